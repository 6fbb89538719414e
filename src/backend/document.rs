//! A mapping document before it is read: parsed, and merged over what it `extends`.
//!
//! Merging is JSON Merge Patch (RFC 7396): members replace members, objects merge, `null`
//! removes. Two rules are added. An operation written as a text is short for `{"call": text}`,
//! so that a page may change one thing of it; and an object whose `kind` changes (`auth`,
//! `paging`) is replaced as a whole, since the rest of it belongs to the old kind.

use super::checker::{Checker, below};
use super::explain::{hint, says};
use serde_json::{Map, Value};

/// How many documents may extend one another.
const DEEPEST: usize = 8;

/// Where presets come from: a name to a document.
pub type Presets<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a document with all that it extends.
pub(super) fn load(text: &str, presets: Presets<'_>, checker: &mut Checker) -> Option<Value> {
    let value = read(text, "", checker)?;
    extend(value, "", presets, checker, DEEPEST)
}

fn read(text: &str, pointer: &str, checker: &mut Checker) -> Option<Value> {
    match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(value) => Some(value),
        Err(e) => {
            let problem = ["this is not JSON: ", &e.to_string()].concat();
            let advice = hint("look before that place for a comma or a quotation mark");
            checker.add(pointer, &problem, "", advice);
            None
        }
    }
}

/// Merges a document, which stands at `pointer`, over what it extends.
pub(super) fn extend(
    mut document: Value,
    pointer: &str,
    presets: Presets<'_>,
    checker: &mut Checker,
    depth: usize,
) -> Option<Value> {
    let Value::Object(map) = &mut document else {
        return Some(document);
    };
    // An operation as a text becomes an object.
    if let Some(Value::Object(operations)) = map.get_mut("operations") {
        for call in operations.values_mut().filter(|v| v.is_string()) {
            let mut object = Map::new();
            object.insert("call".to_owned(), call.take());
            *call = Value::Object(object);
        }
    }
    let name = map.get_mut("extends").map_or(Value::Null, Value::take);
    if name.is_null() {
        return Some(document);
    }
    let pointer = below(pointer, "extends");
    let name = name.as_str().unwrap_or_default();
    let preset = presets(name).filter(|_| depth > 0);
    let Some(text) = preset else {
        let problem = match depth {
            0 => says("too many documents extend one another"),
            _ => "there is no preset `%`",
        };
        #[cfg(feature = "explain")]
        let advice = super::lint::did_you_mean(name, super::presets::NAMES);
        #[cfg(not(feature = "explain"))]
        let advice = String::new();
        checker.add(&pointer, problem, name, &advice);
        return None;
    };
    let base = read(&text, &pointer, checker)?;
    let mut base = extend(base, &pointer, presets, checker, depth.saturating_sub(1))?;
    merge(&mut base, document);
    Some(base)
}

/// JSON Merge Patch (RFC 7396), with the rule for `kind`.
pub(super) fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    let kind = |of: &Value| of.get("kind").cloned();
    let (old, new) = (kind(target), patch.get("kind"));
    let changes_kind = old.is_some() && new.is_some() && old.as_ref() != new;
    let mut map = Map::new();
    if let Value::Object(old) = target.take()
        && !changes_kind
    {
        // Rebuilt without what the patch removes.
        for (key, value) in old {
            if patch.get(&key) != Some(&Value::Null) {
                map.insert(key, value);
            }
        }
    }
    for (key, value) in patch {
        if !value.is_null() {
            let mut inner = map.get_mut(&key).map_or(Value::Null, Value::take);
            merge(&mut inner, value);
            map.insert(key, inner);
        }
    }
    *target = Value::Object(map);
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
