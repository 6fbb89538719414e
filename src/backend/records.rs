//! Reading one item, field by field, as far as it is sound.
//!
//! A response is written by software that nobody here controls. So a number is taken where a
//! text is expected, a text where a list is; what cannot be taken is left out and told as a
//! [`Defect`], and the rest of the item stands. Every text that leaves this file is clean and
//! bounded, every link safe.

use super::dates::read_date;
use super::fields::{Field, Record, Tables};
use super::select::{Scope, is_truthy};
use super::uri;
use super::uri_template::{number_in, scalar_text};
use crate::model::{Id, NAME, PersonId, PersonRef, SafeUrl, Timestamp, clean_line, clean_text};
use serde_json::Value;
use std::borrow::Cow;

/// Something in a response that could not be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Where: `/3/email` is the field `email` of the fourth item, `/skills/0` of a single one.
    /// A JSON Pointer (RFC 6901) into the result, since a selector may draw on many places.
    pub pointer: String,
    /// What is wrong with it, in words for the page owner; holds nothing of the value.
    pub problem: String,
}

/// What was read, with what had to be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value, sound as it is.
    pub value: T,
    /// What was left out or changed; at most 200.
    pub defects: Vec<Defect>,
}

/// Most defects that are kept.
const MOST_DEFECTS: usize = 200;
/// Most entries of a list inside an item.
pub(super) const MOST_ENTRIES: usize = 1_000;

/// Reads the items of one response.
pub(super) struct Reader<'a> {
    pub(super) tables: &'a Tables,
    pub(super) scope: &'a Scope<'a>,
    /// The response's address, for relative links.
    pub(super) url: &'a str,
    pub(super) defects: Vec<Defect>,
    /// Where in the result the reader is, as a JSON Pointer.
    path: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(tables: &'a Tables, scope: &'a Scope<'a>, url: &'a str) -> Self {
        Self {
            tables,
            scope,
            url,
            defects: Vec::new(),
            path: String::new(),
        }
    }

    /// Runs `read` one step further inside the result.
    pub(super) fn inside<T>(
        &mut self,
        step: impl std::fmt::Display,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let length = self.path.len();
        let _ = std::fmt::Write::write_fmt(&mut self.path, format_args!("/{step}"));
        let value = read(self);
        self.path.truncate(length);
        value
    }

    #[inline]
    pub(super) fn defect(&mut self, field: &str, problem: impl AsRef<str>) {
        self.push(field, problem.as_ref());
    }

    #[inline(never)]
    fn push(&mut self, field: &str, problem: &str) {
        if self.defects.len() < MOST_DEFECTS {
            let mut pointer = self.path.clone();
            if !field.is_empty() {
                pointer.push('/');
                pointer.push_str(field);
            }
            self.defects.push(Defect {
                pointer,
                problem: problem.to_owned(),
            });
        }
    }

    /// Tells that something of another kind was expected.
    #[inline(never)]
    pub(super) fn expected(&mut self, field: &str, what: &str, found: &Value) {
        self.push(
            field,
            &format!("{what} is expected, not {}", super::checker::kind(found)),
        );
    }

    /// A field's value; `null` where the document has no such field.
    #[inline(never)]
    pub(super) fn get<'v>(&self, record: Record, field: &str, item: &'v Value) -> Cow<'v, Value>
    where
        'a: 'v,
    {
        match self.tables.field(record, field) {
            Some(field) => field.get(item, self.scope),
            None => Cow::Owned(Value::Null),
        }
    }

    pub(super) fn field(&self, record: Record, field: &str) -> Option<&'a Field> {
        self.tables.field(record, field)
    }

    /// One line of text.
    #[inline(never)]
    pub(super) fn line(&mut self, record: Record, field: &str, item: &Value, max: usize) -> String {
        let value = self.get(record, field, item);
        clean_line(&self.text_of(field, &value), max)
    }

    /// Text with line breaks.
    pub(super) fn lines(
        &mut self,
        record: Record,
        field: &str,
        item: &Value,
        max: usize,
    ) -> String {
        let value = self.get(record, field, item);
        clean_text(&self.text_of(field, &value), max)
    }

    /// A value as text: scalars as they are, a list of scalars joined; the rest is a defect.
    fn text_of(&mut self, field: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Array(list) if list.iter().all(|v| !v.is_object() && !v.is_array()) => {
                let words: Vec<String> = list
                    .iter()
                    .take(MOST_ENTRIES)
                    .filter_map(scalar_text)
                    .collect();
                words.join(", ")
            }
            other => scalar_text(other).unwrap_or_else(|| {
                self.expected(field, "a text", other);
                String::new()
            }),
        }
    }

    /// An identifier; texts and whole numbers.
    pub(super) fn id<T>(&mut self, field: &str, value: &Value) -> Option<Id<T>> {
        let text = match value {
            Value::String(text) => Cow::Borrowed(text.as_str()),
            // A number beyond 64 bits lost digits when it was parsed: it may be somebody else's.
            Value::Number(n) if n.is_f64() => {
                self.defect(
                    field,
                    "the number is too long for an identifier; it must come as text",
                );
                return None;
            }
            Value::Number(n) => Cow::Owned(n.to_string()),
            Value::Null => {
                self.defect(field, "the identifier is missing");
                return None;
            }
            other => {
                self.expected(field, "an identifier", other);
                return None;
            }
        };
        match Id::new(text) {
            Ok(id) => Some(id),
            Err(e) => {
                self.defect(field, e.to_string());
                None
            }
        }
    }

    pub(super) fn date(&mut self, record: Record, field: &str, item: &Value) -> Option<Timestamp> {
        let value = self.get(record, field, item);
        if value.is_null() || value.as_str().is_some_and(|s| s.trim().is_empty()) {
            return None;
        }
        let form = self
            .field(record, field)
            .map(|f| f.date)
            .unwrap_or_default();
        let date = read_date(&value, form);
        if date.is_none() {
            self.defect(
                field,
                "no date in a form that is known; see `date` in the mapping",
            );
        }
        date
    }

    /// A count: whole and not negative, bounded by 32 bits.
    pub(super) fn count(&mut self, record: Record, field: &str, item: &Value) -> Option<u32> {
        let value = self.get(record, field, item);
        let number = match value.as_ref() {
            Value::Null => return None,
            Value::Number(n) => n.as_f64(),
            Value::String(text) => number_in(text),
            Value::Array(list) => Some(list.len() as f64),
            _ => None,
        };
        match number.filter(|n| *n >= 0.0 && *n <= f64::from(u32::MAX)) {
            Some(n) => Some(n as u32),
            None => {
                self.defect(field, "a number from 0 to 4294967295 is expected");
                None
            }
        }
    }

    /// A truth value; what is empty, 0, "no" or "false" is false.
    pub(super) fn flag(&self, record: Record, field: &str, item: &Value) -> Option<bool> {
        let value = self.get(record, field, item);
        match value.as_ref() {
            Value::Null => None,
            Value::Number(n) => Some(n.as_f64() != Some(0.0)),
            Value::String(text) => Some(!matches!(
                text.trim().to_ascii_lowercase().as_str(),
                "" | "0" | "false" | "no" | "n" | "off"
            )),
            other => Some(is_truthy(other)),
        }
    }

    /// A link that may be followed; relative ones are resolved against the response's address.
    pub(super) fn link(&mut self, record: Record, field: &str, item: &Value) -> Option<SafeUrl> {
        let value = self.get(record, field, item);
        let text = self.text_of(field, &value);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let absolute = text
            .split_once(':')
            .is_some_and(|(s, _)| !s.contains(['/', '?', '#']));
        let link = if absolute || uri::origin(self.url).is_none() {
            SafeUrl::new(text)
        } else if uri::is_plain(text) {
            SafeUrl::new(&uri::resolve(self.url, text))
        } else {
            None
        };
        if link.is_none() {
            self.defect(
                field,
                "not an address that may be followed (http, https, mailto)",
            );
        }
        link
    }

    /// The entries of a list field: a list, a single value, a text split by the document's
    /// `split`, or JSON in a text.
    pub(super) fn entries<'v>(
        &mut self,
        record: Record,
        field: &str,
        item: &'v Value,
    ) -> Vec<Cow<'v, Value>>
    where
        'a: 'v,
    {
        let split = self.field(record, field).and_then(|f| f.split.as_deref());
        let value = self.get(record, field, item);
        let mut entries: Vec<Cow<'v, Value>> = match value {
            Cow::Borrowed(Value::Array(list)) => list.iter().map(Cow::Borrowed).collect(),
            Cow::Owned(Value::Array(list)) => list.into_iter().map(Cow::Owned).collect(),
            value => match value.as_ref() {
                Value::Null => Vec::new(),
                Value::String(text) => text_entries(text, split),
                _ => vec![value],
            },
        };
        if entries.len() > MOST_ENTRIES {
            self.defect(
                field,
                format!("more than {MOST_ENTRIES} entries; the rest is left out"),
            );
            entries.truncate(MOST_ENTRIES);
        }
        entries
    }

    /// Names of a list field: of texts, or of objects that carry a name; each once.
    pub(super) fn names(&mut self, record: Record, field: &str, item: &Value) -> Vec<String> {
        let entries = self.entries(record, field, item);
        let mut out: Vec<String> = Vec::new();
        let mut seen = super::seen::Seen::default();
        self.inside(field, |r| {
            for (i, entry) in entries.iter().enumerate().filter(|(_, e)| !e.is_null()) {
                let name = r.inside(i, |r| r.name_of(entry));
                if !name.is_empty() && seen.insert(crate::model::skill_key(&name)) {
                    out.push(name);
                }
            }
        });
        out
    }

    /// The name of a skill: a text, or what the table `personSkill` says, or the member that
    /// usually holds it.
    pub(super) fn name_of(&mut self, entry: &Value) -> String {
        if !entry.is_object() {
            let text = self.text_of("", entry);
            return clean_line(&text, NAME);
        }
        if self.field(Record::PersonSkill, "name").is_some() {
            return self.line(Record::PersonSkill, "name", entry, NAME);
        }
        let usual = [
            "name",
            "title",
            "label",
            "tag",
            "displayName",
            "display",
            "value",
            "skill",
        ];
        let found = usual
            .iter()
            .find_map(|key| entry.get(*key).and_then(Value::as_str));
        match found {
            Some(name) => clean_line(name, NAME),
            None => {
                self.defect(
                    "",
                    "an object whose name is not known; say it in `records.personSkill`",
                );
                String::new()
            }
        }
    }

    /// A person as requests name them: an object by the table `personRef` (or `person`), or a
    /// bare identifier, which then stands for the name too until the person is looked up.
    pub(super) fn person_ref(&mut self, field: &str, value: &Value) -> Option<PersonRef> {
        let table = if self.tables.has(Record::PersonRef) {
            Record::PersonRef
        } else {
            Record::Person
        };
        match value {
            Value::Null => None,
            Value::Object(_) => self.inside(field, |r| {
                let id: PersonId = r.id("id", &r.get(table, "id", value))?;
                let mut name = r.line(table, "name", value, NAME);
                if name.is_empty() {
                    name = clean_line(id.as_str(), NAME);
                }
                let title = r.line(table, "title", value, NAME);
                Some(PersonRef { id, name, title })
            }),
            bare => {
                let id: PersonId = self.id(field, bare)?;
                let name = clean_line(id.as_str(), NAME);
                Some(PersonRef {
                    id,
                    name,
                    title: String::new(),
                })
            }
        }
    }
}

fn text_entries<'v>(text: &str, split: Option<&str>) -> Vec<Cow<'v, Value>> {
    if text.trim_start().starts_with('[')
        && let Ok(Value::Array(list)) = serde_json::from_str(text)
    {
        return list.into_iter().map(Cow::Owned).collect();
    }
    let parts: Vec<&str> = match split {
        Some(separator) => text.split(separator).collect(),
        None => vec![text],
    };
    let words = parts
        .into_iter()
        .map(str::trim)
        .filter(|w| !w.is_empty())
        .take(MOST_ENTRIES + 1);
    words.map(|w| Cow::Owned(Value::from(w))).collect()
}
