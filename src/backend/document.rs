//! A mapping document before it is read: parsed, and merged over what it `extends`.
//!
//! Merging is JSON Merge Patch (RFC 7396): members replace members, objects merge, `null`
//! removes. Two rules are added. An operation written as a text is short for `{"call": text}`,
//! so that a page may change one thing of it; and an object whose `kind` changes (`auth`,
//! `paging`) is replaced as a whole, since the rest of it belongs to the old kind.

use super::checker::{Checker, below, did_you_mean};
use super::presets;
use serde_json::{Map, Value};

/// How many documents may extend one another.
const DEEPEST: usize = 8;

/// Where presets come from: a name to a document.
pub type Presets<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a document with all that it extends.
pub(super) fn load(text: &str, presets: Presets<'_>, checker: &mut Checker) -> Option<Value> {
    let value = match serde_json::from_str::<Value>(text.trim_start_matches('\u{FEFF}')) {
        Ok(value) => value,
        Err(e) => {
            checker.add(
                "",
                format!("this is not JSON: {e}"),
                "look before that place for a comma or a quotation mark",
            );
            return None;
        }
    };
    extend(value, "", presets, checker, DEEPEST)
}

/// Merges a document, which stands at `pointer`, over what it extends.
pub(super) fn extend(
    mut document: Value,
    pointer: &str,
    presets: Presets<'_>,
    checker: &mut Checker,
    depth: usize,
) -> Option<Value> {
    normalise(&mut document);
    let Some(name) = document
        .as_object_mut()
        .and_then(|map| map.remove("extends"))
    else {
        return Some(document);
    };
    let pointer = below(pointer, "extends");
    let Value::String(name) = name else {
        checker.add(
            &pointer,
            "the name of a preset should stand here",
            presets::NAMES.join(", "),
        );
        return None;
    };
    if depth == 0 {
        checker.add(&pointer, "too many documents extend one another", "");
        return None;
    }
    let Some(text) = presets(&name) else {
        checker.add(
            &pointer,
            format!("there is no preset `{name}`"),
            did_you_mean(&name, presets::NAMES),
        );
        return None;
    };
    let base: Value = match serde_json::from_str(&text) {
        Ok(base) => base,
        Err(e) => {
            checker.add(
                &pointer,
                format!("the preset `{name}` is not JSON: {e}"),
                "",
            );
            return None;
        }
    };
    let mut base = extend(base, &pointer, presets, checker, depth - 1)?;
    merge(&mut base, document);
    Some(base)
}

/// Operations as texts become objects.
fn normalise(document: &mut Value) {
    if let Some(Value::Object(operations)) = document.get_mut("operations") {
        for call in operations.values_mut().filter(|v| v.is_string()) {
            let mut object = Map::new();
            object.insert("call".to_owned(), call.take());
            *call = Value::Object(object);
        }
    }
}

/// JSON Merge Patch (RFC 7396), with the rule for `kind`.
pub(super) fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    let changes_kind = patch
        .get("kind")
        .is_some_and(|kind| target.get("kind").is_some_and(|old| old != kind));
    if changes_kind || !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(map) = target {
        for (key, value) in patch {
            if value.is_null() {
                map.remove(&key);
            } else {
                merge(map.entry(key).or_insert(Value::Null), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_page_changes_one_thing_and_keeps_the_rest() {
        let preset = |name: &str| {
            (name == "base").then(|| {
                json!({"auth": {"kind": "bearer", "optional": true}, "operations": {"me": "GET /me", "events": "GET /events",
                    "people.list": {"call": "GET /people", "items": "rows"}}})
                .to_string()
            })
        };
        let mut checker = Checker::default();
        let page = json!({"extends": "base", "auth": {"kind": "cookie"}, "operations": {"events": null, "people.list": "GET /users"}});
        let merged = load(&page.to_string(), &preset, &mut checker).unwrap();
        assert_eq!(
            merged,
            json!({"auth": {"kind": "cookie"}, "operations": {"me": {"call": "GET /me"}, "people.list": {"call": "GET /users", "items": "rows"}}})
        );
        assert!(checker.problems.is_empty());
    }

    #[test]
    fn circles_and_unknown_names_are_told() {
        let circle = |_: &str| Some(r#"{"extends": "a"}"#.to_owned());
        let mut checker = Checker::default();
        assert_eq!(load(r#"{"extends": "a"}"#, &circle, &mut checker), None);
        assert!(checker.problems[0].problem.contains("too many"));
        let mut checker = Checker::default();
        assert_eq!(
            load(r#"{"extends": "entraid"}"#, &|_| None, &mut checker),
            None
        );
        assert_eq!(checker.problems[0].hint, "did you mean `entraide`?");
        assert_eq!(checker.problems[0].pointer, "/extends");
    }
}
