//! Writes the document: what was proposed and corrected, as the mapping that a page uses.

use serde_json::{Map, Value, json};

/// Writes a mapping.
///
/// `people` and `requests` say what is known of each: `base`, `auth`, `headers`, `name`, `call`
/// (the path of the list), `query`, `items`, `paging`, `fields` (names to fields), `personRef`,
/// `get` and `create` (operations as they are), or `preset` with `settings` for one that ships.
/// Where both are of one backend there is one document, else one with `parts`.
#[must_use]
pub fn compose(people: Option<&Value>, requests: Option<&Value>) -> Value {
    match (people, requests) {
        (Some(people), Some(requests)) if one_backend(people, requests) => {
            let mut document = part(people, true);
            merge(&mut document, part(requests, false));
            Value::Object(document)
        }
        (Some(people), Some(requests)) => {
            let (mut people, mut requests) = (part(people, true), part(requests, false));
            // Each is asked for its own secret, so each needs a name of its own.
            people.entry("name").or_insert(json!("people"));
            if people.get("name") == requests.get("name") || !requests.contains_key("name") {
                requests.insert("name".into(), json!("requests"));
            }
            json!({"parts": {"people": people, "requests": requests}})
        }
        (Some(people), None) => Value::Object(part(people, true)),
        (None, Some(requests)) => Value::Object(part(requests, false)),
        (None, None) => json!({}),
    }
}

fn one_backend(people: &Value, requests: &Value) -> bool {
    let same = |key: &str| people.get(key) == requests.get(key);
    let own_paging = |of: &Value| of.get("preset").is_some();
    if own_paging(people) {
        return same("preset") && same("base") && same("auth");
    }
    same("base") && same("auth") && same("headers") && same("preset")
}

/// What a part says that is neither a call nor a record.
fn part(of: &Value, people: bool) -> Map<String, Value> {
    let mut out = Map::new();
    let mut take = |from: &str, to: &str| {
        if let Some(value) = of.get(from).filter(|value| is_something(value)) {
            out.insert(to.to_owned(), value.clone());
        }
    };
    take("preset", "extends");
    for key in ["name", "base", "auth", "headers", "settings"] {
        take(key, key);
    }
    if of.get("preset").is_some_and(is_something) {
        return out;
    }
    let (list, get) = match people {
        true => ("people.list", "people.get"),
        false => ("requests.list", "requests.get"),
    };
    let mut operations = Map::new();
    let mut call = Map::new();
    let path = of.get("call").and_then(Value::as_str).unwrap_or("/");
    call.insert("call".into(), json!(format!("GET {path}")));
    for key in ["query", "items", "paging"] {
        if let Some(value) = of.get(key).filter(|value| is_something(value)) {
            call.insert(key.into(), value.clone());
        }
    }
    if path_is_known(of) {
        operations.insert(list.into(), Value::Object(call));
    }
    if let Some(one) = of.get("get").filter(|one| is_something(one)) {
        operations.insert(get.into(), one.clone());
    }
    let mut records = Map::new();
    let fields = of.get("fields").filter(|fields| is_something(fields));
    if people {
        records.extend(fields.map(|fields| ("person".to_owned(), fields.clone())));
    } else {
        if let Some(create) = of.get("create").filter(|create| is_something(create)) {
            operations.insert("requests.create".into(), create.clone());
        }
        records.extend(fields.map(|fields| ("request".to_owned(), fields.clone())));
        let refs = of.get("personRef").filter(|refs| is_something(refs));
        records.extend(refs.map(|refs| ("personRef".to_owned(), refs.clone())));
    }
    out.insert("records".into(), Value::Object(records));
    out.insert("operations".into(), Value::Object(operations));
    out
}

fn path_is_known(of: &Value) -> bool {
    of.get("call").is_some_and(is_something)
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    }
}

fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (None, value) => {
                into.insert(key, value);
            }
            // What people say of the backend goes for both.
            (Some(_), _) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::{Mapping, Operation, preset};

    fn people() -> Value {
        json!({"base": "https://hr.example/api", "auth": {"kind": "bearer"}, "call": "/people", "query": {"page": "{=page}"},
            "items": "data", "paging": {"kind": "page"}, "fields": {"id": "id", "name": "name"}})
    }

    fn operations(document: &Value) -> Vec<&'static str> {
        let mapping = Mapping::parse(&document.to_string(), None, &|name| {
            preset(name).map(str::to_owned)
        });
        let mapping = mapping.unwrap_or_else(|problems| panic!("{problems:?} in {document}"));
        mapping
            .operations()
            .into_iter()
            .map(Operation::name)
            .collect()
    }

    #[test]
    fn one_backend_is_one_document() {
        let requests = json!({"base": "https://hr.example/api", "auth": {"kind": "bearer"}, "call": "/questions", "items": "",
            "paging": {"kind": "none"}, "fields": {"id": "id", "question": "title"}, "personRef": {"id": "id"},
            "create": {"call": "POST /questions", "body": {"title": "{=question}"}}});
        let document = compose(Some(&people()), Some(&requests));
        assert_eq!(
            operations(&document),
            ["people.list", "requests.create", "requests.list"]
        );
        assert!(document.get("parts").is_none());
        assert_eq!(
            document.pointer("/operations/people.list/items"),
            Some(&json!("data"))
        );
    }

    #[test]
    fn two_backends_are_parts_with_their_own_names() {
        let requests = json!({"preset": "entraide", "base": "/entraide/api"});
        let document = compose(Some(&people()), Some(&requests));
        assert!(operations(&document).contains(&"people.list"));
        assert_eq!(
            document.pointer("/parts/requests/extends"),
            Some(&json!("entraide"))
        );
        assert_ne!(
            document.pointer("/parts/people/name"),
            document.pointer("/parts/requests/name")
        );
    }

    #[test]
    fn nothing_is_an_empty_document() {
        assert_eq!(compose(None, None), json!({}));
    }
}
