//! All that can be selected in the items of a list: each value at its path, lists of values,
//! labels of objects in lists, fields that are named by a value, and what JSON:API keeps apart.

use super::names::{folded, label_weight};
use crate::backend::probe;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How deep items are looked into.
const DEEPEST: usize = 5;
/// Most leaves of one list; what is beyond is nobody's name.
const MOST: usize = 400;

/// How the values of a leaf are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One text, number or truth value for each item.
    Plain,
    /// A list of them.
    List,
    /// An object, such as a person that a request names; or a list of them.
    Object,
}

/// Something that a selector finds in the items.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// The names on the way to it, folded; the last is its own.
    pub(super) words: Vec<String>,
    /// The last name as the backend writes it.
    pub(super) name: String,
    /// The selector, applied to an item.
    pub(super) selector: String,
    /// How its values are given.
    pub(super) kind: Kind,
    /// What it gives for each item; `null` where there is nothing.
    pub(super) values: Vec<Value>,
}

impl Leaf {
    /// Its values that are there.
    pub(super) fn present(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(|v| !is_nothing(v))
    }

    /// The texts among its values, those in lists too.
    pub(super) fn texts(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for value in &self.values {
            match value {
                Value::String(text) if !text.is_empty() => all.push(text.as_str()),
                Value::Array(list) => all.extend(list.iter().filter_map(Value::as_str)),
                _ => {}
            }
        }
        all
    }
}

pub(super) fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

/// A name as selectors write it: bare where it can be, else in quotation marks.
pub(super) fn identifier(name: &str) -> String {
    let bare = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if bare {
        name.to_owned()
    } else {
        Value::from(name).to_string()
    }
}

/// A text as selectors write it.
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A selector below another one.
pub(super) fn join(path: &str, name: &str) -> String {
    let name = identifier(name);
    if path.is_empty() {
        name
    } else {
        format!("{path}.{name}")
    }
}

/// All leaves of the items; `response` is what they came in.
pub(super) fn leaves(items: &[Value], response: &Value) -> Vec<Leaf> {
    let mut all = Found {
        leaves: Vec::new(),
        seen: BTreeSet::new(),
        items,
        response,
    };
    let items: Vec<&Value> = items.iter().collect();
    all.walk(&items, "", &[], 0);
    all.leaves
}

struct Found<'a> {
    leaves: Vec<Leaf>,
    seen: BTreeSet<String>,
    items: &'a [Value],
    response: &'a Value,
}

impl Found<'_> {
    fn add(&mut self, words: &[String], name: &str, selector: String, kind: Kind) {
        if self.leaves.len() >= MOST || !self.seen.insert(selector.clone()) {
            return;
        }
        let values = probe(&selector, self.response, self.items);
        if values.iter().all(Value::is_null) {
            return;
        }
        self.leaves.push(Leaf {
            words: words.to_vec(),
            name: name.to_owned(),
            selector,
            kind,
            values,
        });
    }

    fn walk(&mut self, objects: &[&Value], path: &str, words: &[String], depth: usize) {
        let mut members: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for object in objects {
            for (key, value) in object.as_object().into_iter().flatten() {
                members.entry(key).or_default().push(value);
            }
        }
        for (key, values) in members {
            let selector = join(path, key);
            let mut below = words.to_vec();
            below.push(folded(key));
            let first = values.iter().find(|v| !is_nothing(v));
            match first {
                None => {}
                Some(Value::Object(_)) => {
                    self.add(&below, key, selector.clone(), Kind::Object);
                    self.object(&values, &selector, &below, key);
                    if depth < DEEPEST {
                        self.walk(&values, &selector, &below, depth + 1);
                    }
                }
                Some(Value::Array(list)) if list.iter().any(Value::is_object) => {
                    self.list(&values, &selector, &below, key);
                }
                Some(Value::Array(_)) => self.add(&below, key, selector, Kind::List),
                Some(_) => self.add(&below, key, selector, Kind::Plain),
            }
        }
    }

    /// Objects whose keys are values (`{"rust": 3}`), and relations of JSON:API to one thing.
    fn object(&mut self, values: &[&Value], selector: &str, words: &[String], key: &str) {
        let maps = values.iter().filter_map(|v| v.as_object());
        let counts = maps.clone().flat_map(|map| map.values());
        let named = maps.flat_map(|map| map.keys());
        if counts.into_iter().all(|v| v.is_number() || v.is_boolean())
            && named
                .into_iter()
                .all(|name| label_weight(&folded(name)).is_none())
        {
            self.add(words, key, format!("keys({selector})"), Kind::List);
        }
        if let Some(data) = values.iter().find_map(|v| v.get("data")) {
            self.relation(data, selector, words, key);
        }
    }

    /// JSON:API (section "Compound Documents") keeps related things in `included`, by their ids.
    fn relation(&mut self, data: &Value, selector: &str, words: &[String], key: &str) {
        let many = data.is_array();
        let first = if many { data.get(0) } else { Some(data) };
        let Some(kind) = first.and_then(|one| one.get("type")) else {
            return;
        };
        let included = self.response.get("included").and_then(Value::as_array);
        let Some(other) = included
            .into_iter()
            .flatten()
            .find(|one| one.get("type") == Some(kind))
        else {
            return;
        };
        let attributes = other.get("attributes").and_then(Value::as_object);
        let label = attributes
            .into_iter()
            .flat_map(|map| map.keys())
            .filter_map(|name| Some((label_weight(&folded(name))?, name)))
            .max_by_key(|(weight, _)| *weight);
        if let Some((_, label)) = label {
            let label = identifier(label);
            // The attribute belongs to what the relation is called after.
            let (ids, pick, of) = match many {
                true => ("data[].id", "[].", Kind::List),
                false => ("data.id", ".", Kind::Plain),
            };
            let selector =
                format!("lookup($.included, 'id', {selector}.{ids}){pick}attributes.{label}");
            let words: Vec<String> = words
                .iter()
                .filter(|w| *w != "relationships")
                .cloned()
                .collect();
            self.add(&words, key, selector, of);
        }
    }

    /// Lists of objects: by their labels, by the one that is marked, or as fields with names.
    fn list(&mut self, values: &[&Value], selector: &str, words: &[String], key: &str) {
        self.add(words, key, selector.to_owned(), Kind::Object);
        let objects: Vec<&Value> = values
            .iter()
            .filter_map(|v| v.as_array())
            .flatten()
            .filter(|v| v.is_object())
            .collect();
        if self.named_fields(&objects, selector, words) {
            return;
        }
        let mut keys: BTreeSet<&str> = BTreeSet::new();
        for object in &objects {
            keys.extend(
                object
                    .as_object()
                    .into_iter()
                    .flat_map(|map| map.keys())
                    .map(String::as_str),
            );
        }
        let marked = objects
            .iter()
            .any(|o| o.get("primary").is_some_and(Value::is_boolean));
        for name in keys {
            let inside = objects
                .iter()
                .find_map(|o| o.get(name).filter(|v| !is_nothing(v)));
            let mut below = words.to_vec();
            below.push(folded(name));
            match inside {
                Some(Value::Object(map)) => {
                    for label in map
                        .keys()
                        .filter(|label| label_weight(&folded(label)).is_some())
                    {
                        let selector =
                            format!("{selector}[].{}.{}", identifier(name), identifier(label));
                        self.add(&below, label, selector, Kind::List);
                    }
                }
                Some(Value::String(_) | Value::Number(_)) => {
                    let name = identifier(name);
                    if marked {
                        // The multi-valued attributes of SCIM (RFC 7643, section 2.4).
                        let one = format!(
                            "not_null({selector}[?primary].{name} | [0], {selector}[0].{name})"
                        );
                        self.add(&below, key, one, Kind::Plain);
                    }
                    self.add(&below, key, format!("{selector}[].{name}"), Kind::List);
                }
                _ => {}
            }
        }
    }

    /// Fields that stand in a list as names and values; whether these are such.
    fn named_fields(&mut self, objects: &[&Value], selector: &str, words: &[String]) -> bool {
        const VALUES: [&str; 3] = ["value", "values", "val"];
        const NAMES: [&str; 6] = ["name", "label", "field", "key", "title", "attribute"];
        let has = |name: &&str| {
            objects.iter().filter(|o| o.get(*name).is_some()).count() * 2 > objects.len()
        };
        let (Some(value), Some(name)) = (
            VALUES.iter().find(|name| has(name)),
            NAMES.iter().find(|name| has(name)),
        ) else {
            return false;
        };
        let names: BTreeSet<&str> = objects
            .iter()
            .filter_map(|o| o.get(*name)?.as_str())
            .take(60)
            .collect();
        for field in names {
            let sample = objects
                .iter()
                .filter(|o| o.get(*name).and_then(Value::as_str) == Some(field))
                .find_map(|o| o.get(*value).filter(|v| !is_nothing(v)));
            let kind = match sample {
                Some(Value::Array(_)) => Kind::List,
                Some(Value::Object(_)) | None => continue,
                Some(_) => Kind::Plain,
            };
            let mut below = words.to_vec();
            below.pop();
            below.push(folded(field));
            let one = format!("{selector}[?{name}=={}].{value} | [0]", literal(field));
            self.add(&below, field, one, kind);
        }
        true
    }
}
