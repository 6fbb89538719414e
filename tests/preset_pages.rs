//! Every preset is a sound document and has a page, and every document on those pages can be
//! pasted as it stands.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::Mapping;
use std::collections::BTreeSet;
use std::path::Path;

fn file(path: &str) -> Option<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

fn preset(name: &str) -> Option<String> {
    file(&format!("src/backend/presets/{name}.json"))
}

/// Names of the files of a folder that end in this way, without it.
fn names(folder: &str, end: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|f| f.unwrap().file_name().into_string().unwrap());
    names
        .filter_map(|n| n.strip_suffix(end).map(str::to_owned))
        .collect()
}

/// The JSON blocks of a page.
fn documents(page: &str) -> Vec<&str> {
    let blocks = page.split("```json\n").skip(1);
    blocks.filter_map(|b| b.split("```").next()).collect()
}

#[test]
fn every_preset_has_a_page() {
    let mut presets = names("src/backend/presets", ".json");
    // The native contract has a page of its own, docs/api.md.
    presets.remove("entraide");
    assert!(presets.len() >= 3);
    let pages = names("docs/presets", ".md");
    let without: Vec<_> = presets.difference(&pages).collect();
    assert_eq!(without, Vec::<&String>::new());
}

#[test]
fn every_document_on_the_pages_is_sound() {
    for name in names("docs/presets", ".md") {
        let page = file(&format!("docs/presets/{name}.md")).unwrap();
        let documents = documents(&page);
        assert!(!documents.is_empty(), "{name}: no document to begin with");
        for document in documents {
            if let Err(problems) = Mapping::parse(document, None, &preset) {
                panic!("{name}: {problems:#?}\n{document}");
            }
        }
    }
}
