//! Keeps the house as it was drawn: imports go one way, the browser stays above `ui`, and every
//! file has one subject that its name says. The checkers are tested on bad samples beside them,
//! so that a silent checker fails too.

mod layers;
mod manifest;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

/// Names under which everything and nothing can be filed.
const VAGUE_NAMES: [&str; 8] = [
    "util", "utils", "helper", "helpers", "common", "manager", "misc", "shared",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder with one of the given endings, but for installed packages.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return out;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            out.extend(files(&path, endings));
        } else if path
            .extension()
            .is_some_and(|e| endings.iter().any(|known| e == *known))
        {
            out.push(path);
        }
    }
    out.sort();
    out
}

fn report(found: Vec<String>) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// Whether a file or folder has a name that says nothing.
fn is_vague(path: &Path) -> bool {
    path.iter()
        .filter_map(|part| Path::new(part).file_stem())
        .any(|stem| VAGUE_NAMES.iter().any(|vague| stem == *vague))
}

#[test]
fn imports_go_one_way() {
    let src = root().join("src");
    let files = files(&src, &["rs"]);
    assert!(
        files.len() > 10,
        "the sources were not found below {}",
        src.display()
    );
    let mut found = Vec::new();
    for file in files {
        let relative = file
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let source = fs::read_to_string(&file).unwrap();
        for violation in layers::check_widget_file(&relative, &source) {
            found.push(format!(
                "src/{relative}:{}: {}",
                violation.line, violation.message
            ));
        }
    }
    report(found);
}

#[test]
fn the_server_uses_what_it_may() {
    let src = root().join("server/src");
    let files = files(&src, &["rs"]);
    assert!(!files.is_empty(), "the server's sources were not found");
    let mut found = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&src).unwrap().to_string_lossy();
        let source = fs::read_to_string(&file).unwrap();
        for violation in layers::check_server_file(&relative.replace('\\', "/"), &source) {
            found.push(format!(
                "{}:{}: {}",
                file.display(),
                violation.line,
                violation.message
            ));
        }
    }
    report(found);
}

#[test]
fn every_folder_is_a_known_layer() {
    let unknown = fs::read_dir(root().join("src"))
        .unwrap()
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !layers::is_layer(name))
        .map(|name| {
            format!("src/{name} has no place among the layers of tests/architecture/layers.rs")
        })
        .collect();
    report(unknown);
}

#[test]
fn web_crates_are_dependencies_of_wasm32_only() {
    let source = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    report(manifest::native_web_dependencies(&source));
    let server = fs::read_to_string(root().join("server/Cargo.toml")).unwrap();
    report(manifest::native_web_dependencies(&server));
}

#[test]
fn no_file_has_a_name_that_says_nothing() {
    let mut found = Vec::new();
    for folder in [
        "src", "server", "tools", "loader", "demo", "tests", "benches", "styles",
    ] {
        for file in files(&root().join(folder), &["rs", "js", "mjs", "ts", "css"]) {
            let relative = file.strip_prefix(root()).unwrap();
            if is_vague(relative) {
                found.push(format!(
                    "{}: name the file after its subject",
                    relative.display()
                ));
            }
        }
    }
    report(found);
}

#[test]
fn vague_names_are_recognised() {
    for path in [
        "src/utils.rs",
        "src/ui/helpers/date.rs",
        "tools/common.mjs",
        "src/store/manager.rs",
    ] {
        assert!(is_vague(Path::new(path)), "{path}");
    }
    for path in [
        "src/model/text.rs",
        "src/ui/commonality.rs",
        "tools/setup.sh",
    ] {
        assert!(!is_vague(Path::new(path)), "{path}");
    }
}
