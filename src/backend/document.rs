//! A mapping document before it is read: parsed, and merged over what it `extends`.
//!
//! Merging is JSON Merge Patch (RFC 7396): members replace members, objects merge, `null`
//! removes. One rule is added: an object whose `kind` changes (`auth`, `paging`) is replaced as a
//! whole, since the rest of it belongs to the old kind.
//!
//! What a document says in short is written out before it is merged, so that a page may change
//! one thing of it and nothing after this file knows the short forms: an operation as a text
//! stands for `{"call": text}`, a record as a text (or its `same`) for fields that the backend
//! names as we do, a scope as a text for the parameters (or the call) by which it differs, and an
//! operation that `extends` another one of the document for that one with
//! its own members merged over it.

#[cfg(feature = "explain")]
use super::checker::MappingProblem;
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

/// A document with all that it extends, and all that it says in short written out.
///
/// # Errors
/// What keeps it from being read at all; whether what it says is right, [`Mapping::parse`] tells.
///
/// [`Mapping::parse`]: super::Mapping::parse
#[cfg(feature = "explain")]
pub fn written_out(text: &str, presets: Presets<'_>) -> Result<Value, Vec<MappingProblem>> {
    let mut checker = Checker::default();
    let document = load(text, presets, &mut checker);
    document.ok_or(checker.problems)
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
    let mut built = Vec::new();
    if let Some(records) = map.get_mut("records") {
        name_fields(records);
    }
    if let Some(Value::Object(operations)) = map.get_mut("operations") {
        for (name, call) in operations {
            if call.is_string() {
                *call = object("call", call.take());
            }
            if let Some(Value::Object(scopes)) = call.get_mut("scopes") {
                for scope in scopes.values_mut().filter(|scope| scope.is_string()) {
                    *scope = scope_of(scope);
                }
            }
            if let Some(records) = call.get_mut("records") {
                name_fields(records);
            }
            if call.get("extends").is_some_and(|name| !name.is_null()) {
                built.push((name.clone(), call.clone()));
            }
        }
    }
    let name = map.get_mut("extends").map_or(Value::Null, Value::take);
    let mut whole = document;
    if !name.is_null() {
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
        let base = extend(base, &pointer, presets, checker, depth.saturating_sub(1))?;
        let own = std::mem::replace(&mut whole, base);
        merge(&mut whole, own);
    }
    if let Some(Value::Object(operations)) = whole.get_mut("operations") {
        let pointer = below(pointer, "operations");
        // All from what stands there, then all at once: no order among them matters.
        for (name, call) in &mut built {
            *call = build(call.take(), operations, &below(&pointer, name), checker);
        }
        for (name, call) in built {
            operations.insert(name, call);
        }
    }
    Some(whole)
}

/// An object with one member.
fn object(key: &str, value: Value) -> Value {
    let mut object = Map::new();
    object.insert(key.to_owned(), value);
    Value::Object(object)
}

/// A scope as a text: a call of its own, or parameters as an address has them, though with values
/// as templates (`?state=open&author={=me}`).
fn scope_of(scope: &Value) -> Value {
    let text = scope.as_str().unwrap_or_default();
    let Some(parameters) = text.strip_prefix('?') else {
        return object("call", Value::from(text));
    };
    let mut query = Map::new();
    for parameter in parameters.split('&').filter(|p| !p.is_empty()) {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        query.insert(name.to_owned(), Value::from(value));
    }
    object("query", Value::Object(query))
}

/// An operation that extends another one of the same document: that one, with `own` over it.
fn build(
    own: Value,
    operations: &Map<String, Value>,
    pointer: &str,
    checker: &mut Checker,
) -> Value {
    let name = own.get("extends").and_then(Value::as_str);
    let name = name.unwrap_or_default().to_owned();
    let found = operations.get(&name).filter(|o| !o["extends"].is_string());
    let mut whole = found.cloned().unwrap_or_default();
    // How to call is what it takes over; which requests there are is a matter of lists.
    if let Some(scopes) = whole.get_mut("scopes") {
        *scopes = Value::Null;
    }
    merge(&mut whole, own);
    if let Some(extends) = whole.get_mut("extends") {
        *extends = Value::Null;
    }
    if found.is_none() {
        #[cfg(feature = "explain")]
        let advice = super::lint::extendable(&name, operations);
        #[cfg(not(feature = "explain"))]
        let advice = String::new();
        let problem = "there is no operation `%` to extend";
        checker.add(&below(pointer, "extends"), problem, &name, &advice);
    }
    whole
}

/// Writes out the fields of records that the backend names as we do: a record that is a text is
/// the list of their names; in one that is an object, `same` is that text, or such texts by the
/// selector of the object that they stand in.
fn name_fields(records: &mut Value) {
    let Value::Object(records) = records else {
        return;
    };
    for record in records.values_mut() {
        if let Value::String(names) = record {
            let names = std::mem::take(names);
            *record = Value::Object(Map::new());
            add_fields(record, "", &names);
        }
        // Of another kind it stays where it is, and is told with all that is wrong.
        let same = match record.get_mut("same") {
            Some(same) if same.is_string() || same.is_object() => same.take(),
            _ => continue,
        };
        if let Value::Object(places) = same {
            for (place, names) in places {
                add_fields(record, &place, names.as_str().unwrap_or_default());
            }
        } else {
            add_fields(record, "", same.as_str().unwrap_or_default());
        }
    }
}

/// Adds fields by their names; those that the record has already stay as they are.
fn add_fields(record: &mut Value, place: &str, names: &str) {
    let Value::Object(fields) = record else {
        return;
    };
    for name in names.split(' ').filter(|name| !name.is_empty()) {
        if fields.get(name).is_none() {
            let dot = if place.is_empty() { "" } else { "." };
            let selector = [place, dot, name].concat();
            fields.insert(name.to_owned(), Value::from(selector));
        }
    }
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

    fn loaded(document: &Value, base: &Value) -> (Value, Vec<String>) {
        let mut checker = Checker::default();
        let preset = |_: &str| Some(base.to_string());
        let merged = load(&document.to_string(), &preset, &mut checker).unwrap();
        let told = checker.problems.iter().map(ToString::to_string);
        (merged, told.collect())
    }

    #[test]
    fn fields_that_are_named_as_ours_are_named_once() {
        let base = json!({"records": {
            "skill": "name  people",
            "person": {"same": {"@": "id", "attributes": "name title"}, "title": "job || attributes.title", "team": "unit"},
            "answer": {"same": "id text", "text": "body"}
        }});
        let page = json!({"extends": "base", "records": {"person": {"title": null}, "skill": {"people": null}, "answer": "text"},
            "operations": {"me": {"call": "GET /me", "records": {"person": "id"}}}});
        let (merged, told) = loaded(&page, &base);
        assert_eq!(told, Vec::<String>::new());
        assert_eq!(
            merged,
            json!({"records": {
                "skill": {"name": "name"},
                "person": {"same": null, "id": "@.id", "name": "attributes.name", "team": "unit"},
                "answer": {"same": null, "id": "id", "text": "text"}
            }, "operations": {"me": {"call": "GET /me", "records": {"person": {"id": "id"}}}}})
        );
    }

    #[test]
    fn a_scope_may_be_a_text() {
        let document = json!({"operations": {"requests.list": {"call": "GET /q", "scopes": {
            "mine": "?author={=me}&state=", "solved": "?", "inbox": "GET /todo", "open": {"query": {"state": "open"}}, "all": {}}}}});
        let (merged, _) = loaded(&document, &json!({}));
        assert_eq!(
            merged["operations"]["requests.list"]["scopes"],
            json!({"mine": {"query": {"author": "{=me}", "state": ""}}, "solved": {"query": {}}, "inbox": {"call": "GET /todo"}, "open": {"query": {"state": "open"}}, "all": {}})
        );
    }

    #[test]
    fn an_operation_extends_another_one_of_its_document() {
        let base = json!({"operations": {
            "requests.list": {"call": "GET /q", "items": "rows", "then": {"call": "GET /x"}, "query": {"a": "1"}, "scopes": {"all": {}}},
            "requests.similar": {"extends": "requests.list", "then": null, "query": {"q": "{=q}"}}
        }});
        let similar = json!({"extends": null, "call": "GET /q", "items": "rows", "query": {"a": "1", "q": "{=q}"}, "scopes": null});
        let (merged, told) = loaded(&json!({"extends": "base"}), &base);
        assert_eq!(
            (&merged["operations"]["requests.similar"], told.len()),
            (&similar, 0)
        );
        // A page's word on the one goes into what the page builds from it, and takes the place of
        // what the preset built.
        let page = json!({"extends": "base", "operations": {
            "requests.list": {"call": "GET /r"}, "requests.similar": {"extends": "requests.list", "items": null}
        }});
        let (merged, _) = loaded(&page, &base);
        assert_eq!(
            merged["operations"]["requests.similar"],
            json!({"extends": null, "call": "GET /r", "then": {"call": "GET /x"}, "query": {"a": "1"}, "scopes": null})
        );
        for (operations, expected) in [
            (
                json!({"me": {"extends": "people.gett"}, "people.get": "GET /p"}),
                "/operations/me/extends: there is no operation `people.gett` to extend (did you mean `people.get`?)",
            ),
            (
                json!({"me": {"extends": "me"}, "people.get": "GET /p"}),
                "/operations/me/extends: there is no operation `me` to extend (known here: people.get)",
            ),
            (
                json!({"me": {"extends": "people.get"}, "people.get": {"extends": "me"}, "events": "GET /e"}),
                "/operations/me/extends: there is no operation `people.get` to extend (known here: events)",
            ),
        ] {
            let (_, told) = loaded(&json!({"operations": operations}), &json!({}));
            assert_eq!(told[0], expected);
        }
    }
}
