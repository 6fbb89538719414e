//! Record tables: which part of a backend's item is which field of ours.
//!
//! A table has one entry per field: a selector, or an object with `select`, `default`, `values`
//! (a map from the backend's words to ours, `*` for all others), `split` (a separator) and
//! `date` (see [`FORMS`]).

use super::dates::{DateForm, FORMS};
use super::select::{Scope, Selector};
use super::uri_template::scalar_text;
use serde_json::{Map, Value};

/// The records, in the order of [`RECORDS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Record {
    Person,
    PersonRef,
    PersonSkill,
    Request,
    Answer,
    Thanks,
    Skill,
}

/// Names of the records in a document.
const RECORDS: [&str; 7] = [
    "person",
    "personRef",
    "personSkill",
    "request",
    "answer",
    "thanks",
    "skill",
];

/// How one field is read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    name: String,
    select: Option<Selector>,
    /// The members beside `select`; empty where the document has the selector alone.
    more: Map<String, Value>,
}

/// The tables of one backend (or of one operation that has its own).
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tables(Vec<Vec<Field>>);

impl Tables {
    /// Tables that say nothing.
    pub(super) const NONE: Self = Self(Vec::new());

    /// Reads the document's `records`, which were checked.
    pub(super) fn parse(records: &Value) -> Self {
        let mut tables = Vec::new();
        for record in RECORDS {
            let mut table = Vec::new();
            if let Some(Value::Object(fields)) = records.get(record) {
                for (name, value) in fields.iter().filter(|(_, v)| !v.is_null()) {
                    let text = value
                        .as_str()
                        .or(value.get("select").and_then(Value::as_str));
                    table.push(Field {
                        name: name.clone(),
                        select: text.and_then(|text| Selector::parse(text).ok()),
                        more: value.as_object().cloned().unwrap_or_default(),
                    });
                }
            }
            tables.push(table);
        }
        Self(tables)
    }

    /// A field of a record, where the document has it.
    pub(super) fn field(&self, record: Record, name: &str) -> Option<&Field> {
        let table = self.0.get(record as usize)?;
        table.iter().find(|field| field.name == name)
    }

    /// The names of the fields of a record that the document has.
    #[cfg(feature = "explain")]
    pub(super) fn names(&self, record: Record) -> Vec<&str> {
        let table = self.0.get(record as usize);
        let fields = table.into_iter().flatten();
        fields.map(|field| field.name.as_str()).collect()
    }

    /// Whether the document says anything of this record.
    pub(super) fn has(&self, record: Record) -> bool {
        self.0.get(record as usize).is_some_and(|t| !t.is_empty())
    }
}

impl Field {
    /// What separates the entries of a list that comes as a text.
    pub(super) fn split(&self) -> Option<&str> {
        let split = self.more.get("split").and_then(Value::as_str);
        split.filter(|s| !s.is_empty())
    }

    /// How its dates are written.
    pub(super) fn date(&self) -> DateForm {
        let name = self.more.get("date").and_then(Value::as_str);
        let place = name.and_then(|name| FORMS.split('|').position(|form| form == name));
        place.unwrap_or(0) as DateForm
    }

    /// The field's value in an item, `null` where there is none.
    pub(super) fn get<'a>(&self, item: &'a Value, scope: &Scope<'a>) -> &'a Value {
        let mut value = match &self.select {
            Some(selector) => selector.select(item, scope),
            None => &Value::Null,
        };
        if self.more.is_empty() {
            return value;
        }
        if let Some(Value::Object(words)) = self.more.get("values") {
            value = translate(value, words, scope);
        }
        match self.more.get("default") {
            Some(default) if value.is_null() || value == "" => scope.keep(default.clone()),
            _ => value,
        }
    }
}

/// Their word for ours: exactly, else whatever the case, else `*`, else theirs. Lists word by word.
fn translate<'a>(value: &'a Value, words: &Map<String, Value>, scope: &Scope<'a>) -> &'a Value {
    if let Value::Array(list) = value {
        let mut ours = Vec::new();
        for entry in list {
            ours.push(scope.copy(translate(entry, words, scope)));
        }
        return scope.keep(Value::Array(ours));
    }
    let Some(word) = scalar_text(value) else {
        return value;
    };
    let alike = || words.iter().find(|(k, _)| k.eq_ignore_ascii_case(&word));
    let found = words.get(&word).or_else(|| Some(alike()?.1));
    match found.or_else(|| words.get("*")) {
        Some(ours) => scope.keep(ours.clone()),
        None => value,
    }
}
