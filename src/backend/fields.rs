//! Record tables: which part of a backend's item is which field of ours.
//!
//! A table has one entry per field: a selector, or an object with `select`, `default`, `values`
//! (a map from the backend's words to ours, `*` for all others), `split` (a separator) and
//! `date` (see [`DateForm`]).

use super::checker::{Checker, below, kind};
use super::dates::{DateForm, FORMS};
use super::select::{Scope, Selector};
use super::uri_template::scalar_text;
use serde_json::{Map, Value};
use std::borrow::Cow;

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

/// Names of the records in a document, and of their fields.
pub(super) const RECORDS: [(&str, &[&str]); 7] = [
    (
        "person",
        &[
            "id",
            "name",
            "title",
            "team",
            "place",
            "email",
            "photo",
            "profile",
            "languages",
            "timeZone",
            "skills",
            "wants",
            "about",
            "joined",
            "presence",
            "presenceUntil",
            "openRequests",
            "recentRequests",
            "weeklyLimit",
        ],
    ),
    ("personRef", &["id", "name", "title"]),
    ("personSkill", &["name", "declared", "accepted", "thanks"]),
    (
        "request",
        &[
            "id",
            "question",
            "details",
            "skills",
            "asker",
            "asked",
            "status",
            "visibility",
            "contextTitle",
            "contextUrl",
            "created",
            "updated",
            "answerCount",
            "answers",
            "thanks",
            "url",
            "etag",
        ],
    ),
    ("answer", &["id", "author", "text", "created", "accepted"]),
    ("thanks", &["from", "to", "skill", "note", "created"]),
    ("skill", &["name", "people"]),
];

/// How one field is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Field {
    select: Option<Selector>,
    default: Option<Value>,
    values: Option<Map<String, Value>>,
    pub(super) split: Option<String>,
    pub(super) date: DateForm,
}

/// The tables of one backend (or of one operation that has its own).
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Tables {
    tables: [Vec<(&'static str, Field)>; 7],
}

impl Tables {
    /// Tables that say nothing.
    pub(super) const NONE: Self = Self {
        tables: [const { Vec::new() }; 7],
    };

    /// Reads the document's `records`.
    pub(super) fn parse(value: Option<&Value>, pointer: &str, checker: &mut Checker) -> Self {
        let mut tables = Self::default();
        let names = RECORDS.map(|(name, _)| name);
        let Some(map) = value.and_then(|v| checker.object(v, pointer, &names)) else {
            return tables;
        };
        for ((name, fields), table) in RECORDS.iter().zip(&mut tables.tables) {
            let here = below(pointer, name);
            let Some(record) =
                Checker::member(map, name).and_then(|v| checker.object(v, &here, fields))
            else {
                continue;
            };
            for field in *fields {
                let Some(value) = Checker::member(record, field) else {
                    continue;
                };
                let parsed = Field::parse(value, &below(&here, field), checker);
                table.extend(parsed.map(|parsed| (*field, parsed)));
            }
        }
        tables
    }

    /// A field of a record, where the document has it.
    pub(super) fn field(&self, record: Record, name: &str) -> Option<&Field> {
        self.tables
            .get(record as usize)?
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, field)| field)
    }

    /// Whether the document says anything of this record.
    pub(super) fn has(&self, record: Record) -> bool {
        self.tables
            .get(record as usize)
            .is_some_and(|t| !t.is_empty())
    }
}

impl Field {
    fn parse(value: &Value, pointer: &str, checker: &mut Checker) -> Option<Self> {
        if let Value::String(text) = value {
            let select = checker.parse_selector(text, pointer)?;
            return Some(Self {
                select: Some(select),
                ..Self::default()
            });
        }
        if !value.is_object() {
            let problem = format!(
                "a selector or an object should stand here, not {}",
                kind(value)
            );
            checker.add(pointer, problem, "for a constant, write {\"default\": ...}");
            return None;
        }
        let map = checker.object(
            value,
            pointer,
            &["select", "default", "values", "split", "date"],
        )?;
        let values = Checker::member(map, "values");
        if values.is_some_and(|v| !v.is_object()) {
            checker.add(
                &below(pointer, "values"),
                "an object from their words to ours should stand here",
                "",
            );
        }
        let field = Self {
            select: checker.selector(map, pointer, "select"),
            default: Checker::member(map, "default").cloned(),
            values: values.and_then(Value::as_object).cloned(),
            split: checker
                .text(map, pointer, "split")
                .filter(|s| !s.is_empty())
                .map(str::to_owned),
            date: checker
                .choice(map, pointer, "date", &FORMS)
                .unwrap_or_default(),
        };
        if field.select.is_none() && field.default.is_none() {
            checker.add(pointer, "it says neither `select` nor `default`", "");
        }
        Some(field)
    }

    /// The field's value in an item, `null` where there is none.
    pub(super) fn get<'a>(&self, item: &'a Value, scope: &Scope<'a>) -> Cow<'a, Value> {
        let mut value = match &self.select {
            Some(selector) => selector.select(item, scope),
            None => Cow::Owned(Value::Null),
        };
        if let Some(values) = &self.values {
            value = translate(value, values);
        }
        match &self.default {
            Some(default) if value.is_null() || value.as_str() == Some("") => {
                Cow::Owned(default.clone())
            }
            _ => value,
        }
    }
}

/// Their word for ours: exactly, else whatever the case, else `*`, else theirs. Lists word by word.
fn translate<'a>(value: Cow<'a, Value>, values: &Map<String, Value>) -> Cow<'a, Value> {
    if let Value::Array(list) = value.as_ref() {
        let list = list
            .iter()
            .map(|v| translate(Cow::Borrowed(v), values).into_owned());
        return Cow::Owned(list.collect());
    }
    let Some(word) = scalar_text(&value) else {
        return value;
    };
    let found = values
        .get(&word)
        .or_else(|| {
            values
                .iter()
                .find(|(k, _)| k.eq_ignore_ascii_case(&word))
                .map(|(_, v)| v)
        })
        .or_else(|| values.get("*"));
    match found {
        Some(ours) => Cow::Owned(ours.clone()),
        None => value,
    }
}
