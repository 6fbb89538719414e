//! The JSON Schema of mappings against all documents that there are: presets, mappings of tests,
//! and the examples of the documentation are valid; wrong documents are refused by the schema
//! and by the checker alike.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{Mapping, json_schema, preset};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn validator() -> Validator {
    jsonschema::validator_for(&json_schema()).unwrap()
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(root().join(folder)).map(|all| all.flatten().collect::<Vec<_>>());
    let paths = entries
        .unwrap_or_default()
        .into_iter()
        .map(|entry| entry.path());
    paths
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect()
}

/// The fenced blocks of JSON in a text that are whole documents.
fn examples(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    for part in text.split("```json\n").skip(1) {
        let (block, _) = part.split_once("```").unwrap();
        let document = serde_json::from_str::<Value>(block).ok();
        let whole = ["operations", "parts", "extends"];
        if document.is_some_and(|d| whole.iter().any(|key| d.get(key).is_some())) {
            blocks.push(block.to_owned());
        }
    }
    blocks
}

#[test]
fn it_is_a_schema_of_draft_2020_12() {
    assert!(jsonschema::meta::is_valid(&json_schema()));
}

#[test]
fn every_document_that_there_is_is_valid() {
    let mut documents = Vec::new();
    for folder in [
        "src/backend/presets",
        "tests/mappings",
        "server/tests/real/mappings",
    ] {
        for path in files(folder, "json") {
            documents.push((
                path.display().to_string(),
                std::fs::read_to_string(path).unwrap(),
            ));
        }
    }
    let presets = documents.len();
    for folder in ["docs", "docs/presets", "."] {
        for path in files(folder, "md") {
            for example in examples(&std::fs::read_to_string(&path).unwrap()) {
                documents.push((path.display().to_string(), example));
            }
        }
    }
    assert!(
        presets >= 13 && documents.len() >= presets + 4,
        "{presets} of {}",
        documents.len()
    );
    let validator = validator();
    for (name, text) in documents {
        let document = serde_json::from_str(&text).unwrap();
        let problems: Vec<String> = validator
            .iter_errors(&document)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect();
        assert!(problems.is_empty(), "{name}: {}", problems.join("\n  "));
    }
}

/// A sound document, changed at one place.
fn with(pointer: &str, value: Value) -> Value {
    let mut document = json!({
        "base": "/api", "auth": {"kind": "cookie"}, "paging": {"kind": "page", "size": 50},
        "headers": {"Accept": "application/json"}, "settings": {}, "errors": {},
        "records": {"person": {"id": "id", "name": "name", "title": {"select": "title"}}},
        "operations": {"people.list": {"call": "GET /people", "query": {}}, "requests.list": {"call": "GET /r", "scopes": {}}}
    });
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[key] = value;
    document
}

#[test]
fn schema_and_checker_refuse_the_same() {
    let wrong = [
        ("/bsae", json!("/api")),
        ("/base", json!(3)),
        ("/auth/kind", json!("barer")),
        ("/auth/optional", json!("yes")),
        ("/auth/token", json!("secret")),
        ("/auth", json!("cookie")),
        ("/paging/kind", json!("pages")),
        ("/paging/size", json!(0)),
        ("/paging/size", json!("50")),
        ("/paging/first", json!(2)),
        ("/timeoutMs", json!(5)),
        ("/headers", json!(["Accept"])),
        ("/records/person/nmae", json!("name")),
        ("/records/people", json!({"id": "id"})),
        ("/records/person/title", json!({"split": ","})),
        ("/records/person/title", json!({"select": 3})),
        (
            "/records/person/joined",
            json!({"select": "d", "date": "ymd"}),
        ),
        ("/records/person/team", json!(["team"])),
        ("/operations/people.lst", json!("GET /people")),
        ("/operations/people.list/quary", json!({})),
        ("/operations/people.list/success", json!([999])),
        ("/operations/people.list/success", json!("200")),
        ("/operations/people.list/returns", json!("everything")),
        ("/operations/requests.list/scopes/minne", json!({})),
        ("/operations/people.list/records", json!({"person": 1})),
        ("/errors/massage", json!("error")),
    ];
    let validator = validator();
    assert!(validator.is_valid(&with("/name", json!("Staff"))));
    for (pointer, value) in wrong {
        let document = with(pointer, value);
        assert!(
            !validator.is_valid(&document),
            "the schema takes {pointer} of {document}"
        );
        let parsed = Mapping::parse(&document.to_string(), None, &|name| {
            preset(name).map(str::to_owned)
        });
        let problems = parsed.err().unwrap_or_default();
        let parent = pointer.rsplit_once('/').unwrap().0;
        assert!(
            problems.iter().any(|p| p.pointer.starts_with(parent)),
            "the checker says of {pointer}: {problems:?}"
        );
    }
}
