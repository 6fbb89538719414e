//! What only requests have: a status in the backend's words, and people by reference.

use super::fields::{readable, words};
use super::leaf::{Kind, Leaf, identifier, is_nothing};
use super::proposal::FieldProposal;
use super::shape::status_word;
use crate::backend::probe;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// How well a leaf fits a field that only requests have; `None` for all other fields.
pub(super) fn fit(field: &str, leaf: &Leaf) -> Option<Option<(u32, Value)>> {
    match field {
        "status" => Some(status(leaf)),
        "asker" | "asked" => Some(person(field, leaf)),
        "answerCount" => {
            let counts = leaf
                .present()
                .all(|v| v.as_u64().is_some_and(|n| n < 1_000_000));
            let good = leaf.kind == Kind::Plain && counts;
            Some(good.then(|| (100, json!({"select": leaf.selector}))))
        }
        "skills" => {
            let texts = leaf.texts();
            Some(words(leaf, &texts, &readable(leaf, &texts)))
        }
        _ => None,
    }
}

/// A status, with the widget's words for the backend's.
fn status(leaf: &Leaf) -> Option<(u32, Value)> {
    if leaf.kind != Kind::Plain {
        return None;
    }
    let last = leaf.words.last().map(String::as_str).unwrap_or_default();
    if leaf.present().all(Value::is_boolean) {
        let done = if last.contains("solved") {
            "solved"
        } else {
            "closed"
        };
        return Some((
            100,
            json!({"select": leaf.selector, "values": {"true": done, "false": "open"}}),
        ));
    }
    let texts: BTreeSet<&str> = leaf.texts().into_iter().collect();
    if texts.is_empty() || texts.len() > 12 {
        return None;
    }
    let mut values = Map::new();
    let mut understood = 0;
    for text in &texts {
        if let Some(word) = status_word(text) {
            understood += 1;
            values.insert((*text).to_owned(), json!(word));
        }
    }
    values.insert("*".to_owned(), json!("open"));
    let fit = if understood > 0 { 100 } else { 60 };
    Some((fit, json!({"select": leaf.selector, "values": values})))
}

/// A person that a request names: an object, or an identifier.
fn person(field: &str, leaf: &Leaf) -> Option<(u32, Value)> {
    let texts = leaf.texts();
    let long = texts.iter().any(|text| text.chars().count() > 80);
    let fit = match leaf.kind {
        Kind::Object if names(leaf).is_some() => 100,
        Kind::Object => return None,
        Kind::List if field == "asker" => return None,
        _ if long || leaf.present().any(Value::is_boolean) => return None,
        // A bare identifier says less than an object with a name.
        _ => 82,
    };
    Some((fit, json!({"select": leaf.selector})))
}

/// The members of the objects of a leaf that identify and name a person.
fn names(leaf: &Leaf) -> Option<(String, String)> {
    let objects = || {
        leaf.present().flat_map(|value| match value {
            Value::Array(list) => list.iter().collect::<Vec<_>>(),
            other => vec![other],
        })
    };
    let first = |names: &[&str]| {
        let usable = |name: &&&str| {
            let values = objects().map(|o| o.get(**name).filter(|v| !is_nothing(v)));
            let mut values = values.into_iter().peekable();
            values.peek().is_some()
                && values.all(|v| v.is_some_and(|v| v.is_string() || v.is_number()))
        };
        names.iter().find(usable).map(|name| (*name).to_owned())
    };
    let id = first(&[
        "id",
        "uuid",
        "_id",
        "ID",
        "key",
        "accountId",
        "userId",
        "sys_id",
        "login",
        "username",
        "email",
    ])?;
    let name = first(&[
        "displayName",
        "name",
        "fullName",
        "full_name",
        "display_name",
        "realname",
        "label",
        "title",
        "username",
        "login",
        "email",
    ])?;
    Some((id, name))
}

/// How the people that requests name are read, where they are objects.
pub(super) fn propose_person_ref(
    fields: &[FieldProposal],
    items: &[Value],
    response: &Value,
) -> Vec<(&'static str, String)> {
    for field in fields
        .iter()
        .filter(|f| matches!(f.field, "asker" | "asked"))
    {
        let Some(selector) = field.best().and_then(|best| best.field.as_str()) else {
            continue;
        };
        let leaf = Leaf {
            words: Vec::new(),
            name: String::new(),
            selector: selector.to_owned(),
            kind: Kind::Object,
            values: probe(selector, response, items),
        };
        if leaf
            .present()
            .any(|v| v.is_object() || v.get(0).is_some_and(Value::is_object))
            && let Some((id, name)) = names(&leaf)
        {
            return vec![("id", identifier(&id)), ("name", identifier(&name))];
        }
    }
    Vec::new()
}
