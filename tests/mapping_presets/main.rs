//! The presets of products that no test can start: each against responses as the product's public
//! documentation gives them. `tests/presets/NAME.http` holds the conversations, with their source.
//!
//! With `PRESETS_WRITE=1` the files are written anew from what is sent and read now, to be looked
//! at by a person.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod exchange;

use entraide::backend::{Mapping, Operation, Scope, written_out};
use exchange::{Step, Talk, error_line, read, response, secrets, sent_lines};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const PRESETS: [&str; 11] = [
    "directus",
    "discourse",
    "elasticsearch",
    "github",
    "gitlab",
    "jira",
    "mattermost",
    "meilisearch",
    "msgraph",
    "postgrest",
    "servicenow",
];

/// Those that other tests hold against the software itself, here for their pages and documents only.
const STARTED: [&str; 6] = ["jsonapi", "odata", "redmine", "scim", "strapi", "wordpress"];

fn in_root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(in_root(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn preset(name: &str) -> Value {
    let path = format!("src/backend/presets/{name}.json");
    serde_json::from_str(&text(&path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn talk(name: &str) -> Talk {
    Talk::parse(&text(&format!("tests/presets/{name}.http")))
}

fn mapping(talk: &Talk, preset: &Value) -> Result<Mapping, String> {
    Mapping::parse(&talk.document, None, &|_| Some(preset.to_string()))
        .map_err(|problems| problems.iter().map(|p| format!("\n  {p}")).collect())
}

/// What really is sent and read in each case: its steps, and the reading.
fn run(talk: &Talk, mapping: &Mapping) -> Vec<(Vec<Vec<String>>, Vec<String>)> {
    let mut cursors: Vec<(String, String)> = Vec::new();
    let mut out = Vec::new();
    for case in &talk.cases {
        let cursor = |title: &str| {
            let found = cursors.iter().find(|(of, _)| of == title);
            found.map(|(_, cursor)| cursor.clone())
        };
        let params = case.params(&cursor);
        let mut sent = Vec::new();
        let mut lines = Vec::new();
        match mapping.prepare(case.operation(), &params, &secrets()) {
            Err(error) => lines.push(error_line(&error)),
            Ok(mut request) => {
                let empty = Step::default();
                for number in 0.. {
                    sent.push(sent_lines(&request, &talk.headers));
                    let step = case.steps.get(number).unwrap_or(&empty);
                    // A page on its own origin learns absolute addresses all the same.
                    let url = match request.url.strip_prefix('/') {
                        Some(path) => format!("https://intranet.example/{path}"),
                        None => request.url.clone(),
                    };
                    let mut came = response(step, &url);
                    match mapping.follow(&mut request, &mut came, &secrets()) {
                        Ok(true) if number < 20 => {}
                        Ok(_) => {
                            let next;
                            (lines, next) = read(mapping, &request, &came);
                            cursors.extend(next.map(|next| (case.title.clone(), next)));
                            break;
                        }
                        Err(error) => {
                            lines.push(error_line(&error));
                            break;
                        }
                    }
                }
            }
        }
        out.push((sent, lines));
    }
    out
}

#[test]
fn each_call_is_sent_and_each_answer_read_exactly() {
    let write = std::env::var_os("PRESETS_WRITE").is_some();
    // Those of the presets, and of pages that change them.
    let mut names = Vec::new();
    for file in fs::read_dir(in_root("tests/presets")).unwrap() {
        let file = file.unwrap().file_name().into_string().unwrap();
        names.extend(file.strip_suffix(".http").map(str::to_owned));
    }
    assert!(PRESETS.iter().all(|name| names.iter().any(|n| n == name)));
    for name in &names {
        let mut talk = talk(name);
        let page: Value = serde_json::from_str(&talk.document).unwrap();
        let mapping = mapping(&talk, &preset(page["extends"].as_str().unwrap()))
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let results = run(&talk, &mapping);
        for (case, (sent, lines)) in talk.cases.iter_mut().zip(results) {
            if write {
                case.steps.resize_with(sent.len(), Step::default);
                for (step, sent) in case.steps.iter_mut().zip(sent) {
                    step.sent = sent;
                }
                case.read = lines;
                continue;
            }
            let expected: Vec<&Vec<String>> = case.steps.iter().map(|step| &step.sent).collect();
            let sent: Vec<&Vec<String>> = sent.iter().collect();
            assert_eq!(sent, expected, "{name}: {}", case.title);
            assert_eq!(lines, case.read, "{name}: {}", case.title);
        }
        if write {
            let path = in_root(&format!("tests/presets/{name}.http"));
            fs::write(path, talk.render()).unwrap();
        }
    }
}

/// Every conversation in `docs/backends.md` goes as it is told there, with the document before it.
#[test]
fn examples_of_the_documentation_are_true() {
    let write = std::env::var_os("PRESETS_WRITE").is_some();
    let doc = text("docs/backends.md");
    let mut talks = 0;
    for block in doc.split("```json\n").skip(1) {
        let (document, after) = block.split_once("```").unwrap();
        let Some((_, conversation)) = after.split_once("```http\n") else {
            continue;
        };
        let (conversation, _) = conversation.split_once("```").unwrap();
        let talk = Talk::parse(&format!("{}\n{conversation}", document.replace('\n', " ")));
        let mapping = mapping(&talk, &Value::Null).unwrap_or_else(|e| panic!("{document}{e}"));
        for (case, (sent, lines)) in talk.cases.iter().zip(run(&talk, &mapping)) {
            if write {
                println!("{}\n{sent:#?}\n{lines:#?}", case.title);
                continue;
            }
            let expected: Vec<Vec<String>> = case.steps.iter().map(|s| s.sent.clone()).collect();
            assert_eq!(sent, expected, "{}", case.title);
            assert_eq!(lines, case.read, "{}", case.title);
        }
        talks += 1;
    }
    assert!(
        talks >= 7,
        "only {talks} documents with a conversation were found"
    );
}

/// Every operation and scope is called, lists to their second page, and each backend refuses in all
/// the ways that people meet.
#[test]
fn nothing_that_a_preset_has_is_left_out() {
    for name in PRESETS {
        let talk = talk(name);
        let mapping = mapping(&talk, &preset(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let good = |operation: Operation, scope: Option<Scope>, second: bool| {
            let mut cases = talk.cases.iter().filter(|c| c.operation() == operation);
            cases.any(|case| {
                let params = case.params(&|title| Some(title.to_owned()).filter(|t| !t.is_empty()));
                let right =
                    (scope.is_none() || params.scope == scope) && params.cursor.is_some() == second;
                right && case.read.iter().all(|line| !line.starts_with("error"))
            })
        };
        for operation in mapping.operations() {
            if operation == Operation::Events {
                continue;
            }
            assert!(good(operation, None, false), "{name}: {}", operation.name());
        }
        for scope in Scope::ALL {
            if mapping.supports_scope(scope) {
                let there = good(Operation::RequestsList, Some(scope), false);
                assert!(there, "{name}: requests.list {}", scope.name());
            }
        }
        for operation in [Operation::PeopleList, Operation::RequestsList] {
            if mapping.supports(operation) {
                let there = good(operation, None, true);
                assert!(there, "{name}: {} page 2", operation.name());
            }
        }
        for kinds in [
            &["signed-out"][..],
            &["forbidden"],
            &["invalid"],
            &["too-many", "unavailable"],
        ] {
            let mut reads = talk.cases.iter().flat_map(|case| &case.read);
            let there = reads.any(|line| {
                let error = line.strip_prefix("error ").unwrap_or_default();
                kinds.iter().any(|kind| error.starts_with(kind))
            });
            assert!(there, "{name}: nothing is refused as {kinds:?}");
        }
        let sources = talk.notes.iter().filter(|n| n.starts_with("# Source:"));
        assert!(sources.count() > 0, "{name}: no source is named");
    }
}

/// Pointers of everything in a preset, written out, that has an effect of its own.
fn parts(preset: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let mut members = |pointer: String| {
        if let Some(Value::Object(map)) = preset.pointer(&pointer) {
            for (key, _) in map.iter().filter(|(_, value)| !value.is_null()) {
                let key = key.replace('~', "~0").replace('/', "~1");
                out.push(format!("{pointer}/{key}"));
            }
        }
    };
    members("/headers".into());
    members("/paging".into());
    members("/paging/query".into());
    if let Some(Value::Object(records)) = preset.get("records") {
        for record in records.keys() {
            members(format!("/records/{record}"));
        }
    }
    if let Some(Value::Object(operations)) = preset.get("operations") {
        for name in operations.keys() {
            let here = format!("/operations/{name}");
            for key in [
                "query", "headers", "body", "form", "vars", "paging", "scopes",
            ] {
                members(format!("{here}/{key}"));
            }
            for scope in Scope::ALL {
                members(format!("{here}/scopes/{}", scope.name()));
                members(format!("{here}/scopes/{}/query", scope.name()));
            }
            members(here);
        }
    }
    out
}

/// Whatever is taken away from a preset, some case notices.
#[test]
fn every_part_of_a_preset_is_tested() {
    let mut unnoticed = Vec::new();
    for name in PRESETS {
        let (talk, short) = (talk(name), preset(name).to_string());
        let whole = written_out(&short, &|_| None).unwrap();
        let expected = run(&talk, &mapping(&talk, &whole).unwrap());
        for pointer in parts(&whole) {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            let key = key.replace("~1", "/").replace("~0", "~");
            let mut less = whole.clone();
            if let Some(Value::Object(map)) = less.pointer_mut(parent) {
                map.remove(&key);
            }
            // A preset that is refused without it is noticed too.
            let noticed = mapping(&talk, &less).map_or(true, |m| run(&talk, &m) != expected);
            // Sizes are asked for by each case itself.
            let by_the_case = ["size", "max", "first"].contains(&key.as_str());
            if !noticed && !by_the_case {
                unnoticed.push(format!("{name}{pointer}"));
            }
        }
    }
    assert!(unnoticed.is_empty(), "\n{}", unnoticed.join("\n"));
}

/// A preset is read by people: short, and what a page must say is asked for in words.
#[test]
fn presets_are_short_and_say_what_they_need() {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for name in PRESETS.into_iter().chain(STARTED) {
        let source = text(&format!("src/backend/presets/{name}.json"));
        assert!(
            source.lines().all(|line| line.chars().count() <= 200),
            "{name}: long lines"
        );
        lines.push((source.lines().count(), name));
        if PRESETS.contains(&name) {
            let page: Value = serde_json::from_str(&talk(name).document).unwrap();
            assert_eq!(page["extends"], name);
        }
        let doc = text(&format!("docs/presets/{name}.md"));
        let mut documents = 0;
        for block in doc.split("```json\n").skip(1) {
            let (document, _) = block.split_once("```").unwrap();
            let read = Mapping::parse(document, None, &|name| Some(preset(name).to_string()));
            assert!(read.is_ok(), "{name}: {document}\n{read:#?}");
            documents += 1;
        }
        assert!(documents > 0, "{name}: the page shows no document");
        assert!(
            doc.contains("Tested"),
            "{name}: the page says how it was tested"
        );
        for (setting, words) in preset(name)["requires"].as_object().into_iter().flatten() {
            assert!(
                words.as_str().is_some_and(|w| w.len() > 10),
                "{name}: {setting}"
            );
            assert!(
                doc.contains(setting),
                "{name}: the page does not name {setting}"
            );
        }
    }
    // The native contract has a page of its own, docs/api.md.
    let native = text("src/backend/presets/entraide.json");
    lines.push((native.lines().count(), "entraide"));
    assert_eq!(lines.len(), entraide::backend::PRESETS.len());
    lines.sort_unstable();
    println!("lines of JSON: {lines:?}");
    assert!(lines.iter().all(|(lines, _)| *lines <= 70), "{lines:?}");
    // Of an even number, the upper one of the two in the middle.
    let (median, _) = lines[lines.len() / 2];
    assert!(median < 40, "the median is {median}: {lines:?}");
}
