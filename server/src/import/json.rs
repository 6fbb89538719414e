//! Reads JSON into columns and records: an array of objects, an object that holds one, or one
//! object a line. Nested values become columns with dotted names ("name.givenName"), as SCIM
//! (RFC 7643), Microsoft Graph and most exports nest them.

use super::error::ImportError;
use super::table::{Cell, MAX_COLUMNS, MAX_RECORDS, Record};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// Keys under which people are usually found, before any other array is tried.
const KEYS: [&str; 16] = [
    "users",
    "people",
    "persons",
    "employees",
    "collaborateurs",
    "salaries",
    "personnes",
    "members",
    "mitarbeiter",
    "empleados",
    "value",
    "items",
    "Resources",
    "results",
    "records",
    "data",
];
/// How deep values are unfolded into columns.
const DEPTH: usize = 4;

/// What a JSON file holds.
pub(super) struct Found {
    /// Dotted names, in the order of the records in which they first appear.
    pub(super) headers: Vec<String>,
    /// The objects.
    pub(super) records: Vec<Record<'static>>,
    /// Lines of what is no object, with the reason.
    pub(super) rejected: Vec<(u64, String)>,
}

/// Whether a text is meant as JSON.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Reads a JSON text.
///
/// # Errors
/// [`ImportError::Json`] where it is broken, [`ImportError::NoList`] where no list is found.
pub(super) fn read(text: &str) -> Result<Found, ImportError> {
    let mut columns = Columns::default();
    let mut rejected = Vec::new();
    let mut records = Vec::new();
    let lines = Lines::of(text);
    let items = match serde_json::from_str::<&RawValue>(text) {
        Ok(whole) => list(whole, 2)?.ok_or_else(|| no_list(whole))?,
        Err(error) => match one_a_line(text) {
            Some(items) => items,
            None => {
                return Err(ImportError::Json {
                    line: error.line(),
                    column: error.column(),
                    detail: error.to_string(),
                });
            }
        },
    };
    for item in items.into_iter().take(MAX_RECORDS) {
        let line = lines.number(item);
        match serde_json::from_str::<Value>(item) {
            Ok(Value::Object(object)) => {
                let cells = columns.cells(object);
                records.push(Record {
                    line,
                    cells,
                    open_quote: false,
                });
            }
            Ok(_) => rejected.push((line, "not an object with fields".to_owned())),
            Err(error) => rejected.push((line, format!("broken JSON: {error}"))),
        }
    }
    Ok(Found {
        headers: columns.names,
        records,
        rejected,
    })
}

/// The entries of the list of people, as they stand in the text.
fn list(raw: &RawValue, depth: usize) -> Result<Option<Vec<&str>>, ImportError> {
    let text = raw.get();
    if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| broken(&e))?;
        return Ok(Some(items.into_iter().map(RawValue::get).collect()));
    }
    if depth == 0 || !text.starts_with('{') {
        return Ok(None);
    }
    let object: HashMap<String, &RawValue> = serde_json::from_str(text).map_err(|e| broken(&e))?;
    let of_objects = |raw: &RawValue| {
        raw.get()
            .strip_prefix('[')
            .is_some_and(|rest| rest.trim_start().starts_with(['{', ']']))
    };
    for key in KEYS {
        if let Some(raw) = object
            .get(key)
            .filter(|raw| raw.get().starts_with(['[', '{']))
            && let Some(items) = list(raw, depth - 1)?
        {
            return Ok(Some(items));
        }
    }
    let mut arrays = object.values().filter(|raw| of_objects(raw));
    if let (Some(raw), None) = (arrays.next(), arrays.next()) {
        return list(raw, depth - 1);
    }
    // One person alone.
    let is_person = object
        .keys()
        .any(|key| super::field::recognise(key).is_some());
    Ok((is_person && object.values().any(|raw| raw.get().starts_with('"'))).then(|| vec![text]))
}

fn broken(error: &serde_json::Error) -> ImportError {
    ImportError::Json {
        line: error.line(),
        column: error.column(),
        detail: error.to_string(),
    }
}

fn no_list(raw: &RawValue) -> ImportError {
    let keys = match serde_json::from_str::<HashMap<String, &RawValue>>(raw.get()) {
        Ok(object) => {
            let mut keys: Vec<String> = object.into_keys().collect();
            keys.sort_unstable();
            keys.truncate(20);
            entraide::model::clean_line(&keys.join(", "), 300)
        }
        Err(_) => "none".to_owned(),
    };
    ImportError::NoList { keys }
}

/// The lines of JSON Lines: the first two objects are sound, each on a line of its own.
fn one_a_line(text: &str) -> Option<Vec<&str>> {
    let items: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let sound = |line: &&str| serde_json::from_str::<Map<String, Value>>(line).is_ok();
    let sample = items.iter().take(100);
    (items.len() > 1 && sample.filter(|l| sound(l)).count() * 2 > items.len().min(100))
        .then_some(items)
}

/// Line numbers of parts of a text that are asked for in order.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(i, _)| i + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The line, from 1, on which a part of this very text starts.
    fn number(&self, part: &str) -> u64 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.starts.partition_point(|start| *start <= offset) as u64
    }
}

/// Columns as they are found, by dotted name.
#[derive(Default)]
struct Columns {
    names: Vec<String>,
    index: HashMap<String, usize>,
}

impl Columns {
    fn cells(&mut self, object: Map<String, Value>) -> Vec<Cell<'static>> {
        let mut cells = Vec::with_capacity(self.names.len());
        self.unfold("", object, DEPTH, &mut cells);
        cells
    }

    fn unfold(
        &mut self,
        path: &str,
        object: Map<String, Value>,
        depth: usize,
        cells: &mut Vec<Cell<'static>>,
    ) {
        for (key, value) in object {
            let path = if path.is_empty() {
                key
            } else {
                format!("{path}.{key}")
            };
            match value {
                Value::Object(inner) if depth > 0 => self.unfold(&path, inner, depth - 1, cells),
                Value::Array(items) => self.array(&path, items, depth, cells),
                other => {
                    if let Some(text) = scalar(&other) {
                        self.put(path, Cell::Text(Cow::Owned(text)), cells);
                    }
                }
            }
        }
    }

    /// Plain entries, and the names of objects that have one, make a list; other objects (SCIM's
    /// addresses) are unfolded, the primary one.
    fn array(
        &mut self,
        path: &str,
        items: Vec<Value>,
        depth: usize,
        cells: &mut Vec<Cell<'static>>,
    ) {
        let mut list = Vec::new();
        let mut chosen: Option<Map<String, Value>> = None;
        for item in items {
            match item {
                Value::Object(object) => {
                    let primary = object.get("primary") == Some(&Value::Bool(true));
                    let name = [
                        "name",
                        "displayName",
                        "value",
                        "label",
                        "title",
                        "display",
                        "text",
                    ]
                    .iter()
                    .find_map(|key| object.get(*key).and_then(scalar));
                    match name {
                        Some(name) if primary => list.insert(0, name),
                        Some(name) => list.push(name),
                        None if primary || chosen.is_none() => chosen = Some(object),
                        None => {}
                    }
                }
                other => list.extend(scalar(&other)),
            }
        }
        if !list.is_empty() {
            self.put(path.to_owned(), Cell::List(list), cells);
        } else if let Some(object) = chosen.filter(|_| depth > 0) {
            self.unfold(path, object, depth - 1, cells);
        }
    }

    fn put(&mut self, path: String, cell: Cell<'static>, cells: &mut Vec<Cell<'static>>) {
        let at = match self.index.get(&path) {
            Some(at) => *at,
            None if self.names.len() == MAX_COLUMNS => return,
            None => {
                self.names.push(path.clone());
                self.index.insert(path, self.names.len() - 1);
                self.names.len() - 1
            }
        };
        while cells.len() <= at {
            cells.push(Cell::Text(Cow::Borrowed("")));
        }
        cells[at] = cell;
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let found = read(text).unwrap();
        let rows = found.records.iter().map(|r| {
            (
                r.line,
                r.cells.iter().map(|c| c.text().to_owned()).collect(),
            )
        });
        (found.headers.clone(), rows.collect())
    }

    #[test]
    fn every_shape_of_list() {
        for text in [
            "[{\"id\":1},\n{\"id\":2}]",
            "{\"users\":[{\"id\":1},\n{\"id\":2}],\"roles\":[{\"id\":9}]}",
            "{\"totalResults\":2,\"Resources\":[{\"id\":1},\n{\"id\":2}]}",
            "{\"data\":{\"employees\":[{\"id\":1},\n{\"id\":2}]}}",
            "{\"anything\":[{\"id\":1},\n{\"id\":2}]}",
            "{\"id\":1}\n{\"id\":2}\n",
        ] {
            let (headers, rows) = table(text);
            assert_eq!(headers, ["id"], "{text}");
            assert_eq!(
                rows,
                [(1, vec!["1".to_owned()]), (2, vec!["2".to_owned()])],
                "{text}"
            );
        }
        assert!(matches!(read("{\"a\":1}"), Err(ImportError::NoList { .. })));
        assert!(matches!(
            read("[{\"id\":1},\n{\"id\""),
            Err(ImportError::Json { line: 2, .. })
        ));
    }

    #[test]
    fn nested_values() {
        let (headers, rows) = table(
            r#"[{"name":{"givenName":"A"},"emails":[{"value":"b@x","type":"home"},{"value":"a@x","primary":true}],
            "addresses":[{"locality":"Lyon"}],"skills":["C","R"],"tags":[{"name":"t"}],"manager":null,"n":[],"active":true}]"#,
        );
        let of = |name: &str| rows[0].1[headers.iter().position(|h| h == name).unwrap()].as_str();
        assert_eq!(of("name.givenName"), "A");
        assert_eq!(of("emails"), "a@x");
        assert_eq!(of("addresses.locality"), "Lyon");
        assert_eq!(of("skills"), "C");
        assert_eq!(of("tags"), "t");
        assert_eq!(of("active"), "true");
        assert!(!headers.iter().any(|h| h == "manager" || h == "n"));
    }

    #[test]
    fn what_is_no_object_is_rejected() {
        let found = read("[{\"id\":1},\n7,\n\"x\"]").unwrap();
        assert_eq!(found.records.len(), 1);
        assert_eq!(
            found.rejected.iter().map(|r| r.0).collect::<Vec<_>>(),
            [2, 3]
        );
        let lines = read("{\"id\":1}\n{broken\n{\"id\":3}\n").unwrap();
        assert_eq!(lines.rejected.len(), 1);
        assert_eq!(lines.rejected[0].0, 2);
    }
}
