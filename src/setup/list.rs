//! Finds the list in an answer, in any of the usual shapes: bare, in an envelope, keyed by
//! identifiers, or as rows beside the names of their columns.

use super::leaf::join;
use super::names::folded;
use crate::backend::probe;
use serde_json::{Map, Value};

/// How deep an envelope may be nested.
const DEEPEST: usize = 4;
/// How many items are looked at.
pub(super) const LOOKED_AT: usize = 50;

/// A list that may be the one.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// The selector for it; empty for the whole answer.
    pub(super) selector: String,
    /// Its first items.
    pub(super) items: Vec<Value>,
    /// How many there are.
    pub(super) count: usize,
    /// How usual it is for a list to be called so, from 0.
    pub(super) usual: u32,
}

/// All lists of objects in an answer, and whether there were lists without any item.
pub(super) fn lists(response: &Value) -> (Vec<List>, bool) {
    let mut all = Vec::new();
    let mut empty = false;
    walk(response, response, "", "", 0, &mut all, &mut empty);
    (all, empty)
}

fn usual(name: &str, depth: usize) -> u32 {
    let known = match name {
        "" => 20,
        "data" | "items" | "results" | "value" | "resources" | "records" | "hits" | "rows"
        | "result" | "content" | "entries" | "elements" | "objects" | "collection" | "nodes"
        | "list" | "docs" | "member" | "hydramember" => 20,
        "users" | "people" | "persons" | "employees" | "members" | "staff" | "contacts"
        | "issues" | "tickets" | "requests" | "questions" | "posts" | "topics" | "tasks"
        | "personnes" | "collaborateurs" | "demandes" => 24,
        "included" | "columns" | "facets" | "errors" | "suggestedfacets" | "links" | "schemas"
        | "schema" | "fields" | "warnings" | "aggregations" => 0,
        _ => 10,
    };
    known - (known.min(2 * u32::try_from(depth).unwrap_or(9)))
}

fn add(response: &Value, selector: String, name: &str, depth: usize, all: &mut Vec<List>) {
    let whole = if selector.is_empty() { "@" } else { &selector };
    let found = probe(whole, response, std::slice::from_ref(response)).pop();
    let Some(Value::Array(items)) = found else {
        return;
    };
    let count = items.len();
    let items: Vec<Value> = items
        .into_iter()
        .filter(Value::is_object)
        .take(LOOKED_AT)
        .collect();
    if !items.is_empty() {
        let usual = usual(&folded(name), depth);
        all.push(List {
            selector,
            items,
            count,
            usual,
        });
    }
}

fn walk(
    response: &Value,
    value: &Value,
    path: &str,
    name: &str,
    depth: usize,
    all: &mut Vec<List>,
    empty: &mut bool,
) {
    match value {
        Value::Array(list) if list.is_empty() => *empty |= usual(&folded(name), depth) > 0,
        Value::Array(list) if list.iter().any(Value::is_object) => {
            add(response, path.to_owned(), name, depth, all);
        }
        Value::Object(map) => {
            if let Some((columns, rows)) = table(map) {
                let (columns, rows) = (join(path, columns), join(path, rows));
                add(
                    response,
                    format!("zip({columns}, {rows})"),
                    "rows",
                    depth,
                    all,
                );
            }
            if is_keyed(map) {
                let whole = if path.is_empty() { "@" } else { path };
                add(response, format!("values({whole})"), name, depth + 1, all);
            }
            if depth < DEEPEST {
                for (key, value) in map {
                    walk(
                        response,
                        value,
                        &join(path, key),
                        key,
                        depth + 1,
                        all,
                        empty,
                    );
                }
            }
        }
        _ => {}
    }
}

/// Names of columns beside rows of values.
fn table(map: &Map<String, Value>) -> Option<(&str, &str)> {
    let columns = ["columns", "fields", "header", "headers", "cols"];
    let (columns, width) = columns.iter().find_map(|name| {
        let list = map.get(*name)?.as_array()?;
        let texts = !list.is_empty() && list.iter().all(Value::is_string);
        texts.then_some((*name, list.len()))
    })?;
    let (rows, _) = map.iter().find(|(_, value)| {
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        !list.is_empty()
            && list
                .iter()
                .all(|row| row.as_array().is_some_and(|r| r.len() == width))
    })?;
    Some((columns, rows))
}

/// Whether the members of an object are items of one kind, keyed by something.
fn is_keyed(map: &Map<String, Value>) -> bool {
    let mut items = map.values();
    let Some(Value::Object(first)) = items.next() else {
        return false;
    };
    let alike = |item: &Value| {
        let Some(other) = item.as_object() else {
            return false;
        };
        let same = first.keys().filter(|key| other.contains_key(*key)).count();
        same * 2 > first.len().max(other.len())
    };
    map.len() > 1 && first.len() > 1 && items.all(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn found(response: Value) -> Vec<String> {
        let (mut all, _) = lists(&response);
        all.sort_by_key(|list| std::cmp::Reverse(list.usual));
        all.into_iter().map(|list| list.selector).collect()
    }

    #[test]
    fn lists_are_found_in_their_envelopes() {
        let one = json!({"id": 1, "name": "Ada"});
        assert_eq!(found(json!([one])), [""]);
        assert_eq!(found(json!({"data": [one]})), ["data"]);
        assert_eq!(found(json!({"hits": {"hits": [one]}})), ["hits.hits"]);
        assert_eq!(found(json!({"hydra:member": [one]})), ["\"hydra:member\""]);
        assert_eq!(found(json!({"included": [one], "data": [one]}))[0], "data");
        let keyed = json!({"u1": {"id": 1, "name": "A"}, "u2": {"id": 2, "name": "B"}});
        assert_eq!(found(keyed.clone()), ["values(@)"]);
        assert_eq!(found(json!({"staff": keyed})), ["values(staff)"]);
        let table = json!({"columns": ["id", "name"], "rows": [[1, "Ada"], [2, "Bo"]]});
        assert_eq!(found(table), ["zip(columns, rows)"]);
    }

    #[test]
    fn one_item_is_no_list_of_its_parts() {
        assert_eq!(
            found(json!({"id": 1, "name": "Ada", "job": {"title": "x", "team": "y"}})),
            [""; 0]
        );
        assert!(lists(&json!({"data": []})).1);
    }
}
