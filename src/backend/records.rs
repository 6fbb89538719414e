//! Reading one item, field by field, as far as it is sound.
//!
//! A response is written by software that nobody here controls. So a number is taken where a
//! text is expected, a text where a list is; what cannot be taken is left out and told as a
//! [`Defect`](super::Defect), and the rest of the item stands. Every text that leaves this file is clean and
//! bounded, every link safe.

use super::checker::kind;
use super::dates::{AUTO, read_date};
use super::explain::says;
use super::fields::{Record, Tables};
use super::reading::Defect;
use super::seen::Seen;
use super::select::{Scope, is_truthy, joined};
use super::uri;
use super::uri_template::{number_in, scalar_text};
use crate::model::{
    Id, NAME, PersonId, PersonRef, SafeUrl, Timestamp, clean_line, clean_text, skill_key,
};
use serde_json::Value;

/// Most defects that are kept.
const MOST_DEFECTS: usize = 200;
/// Most entries of a list inside an item.
pub(super) const MOST_ENTRIES: usize = 1_000;

/// One step into the result.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'s> {
    /// Into a field.
    In(&'s str),
    /// To an entry of a list.
    At(usize),
}

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
    pub(super) fn inside(&mut self, step: Step<'_>, read: &mut dyn FnMut(&mut Self)) {
        let length = self.path.len();
        self.path.push('/');
        match step {
            Step::In(field) => self.path.push_str(field),
            Step::At(i) => self.path.push_str(&Value::from(i).to_string()),
        }
        read(self);
        self.path.truncate(length);
    }

    /// Tells that something could not be taken.
    #[inline(never)]
    pub(super) fn defect(&mut self, field: &str, problem: &str) {
        if self.defects.len() < MOST_DEFECTS {
            let slash = if field.is_empty() { "" } else { "/" };
            self.defects.push(Defect {
                pointer: [self.path.as_str(), slash, field].concat(),
                problem: problem.to_owned(),
            });
        }
    }

    /// Tells that something of another kind was expected.
    #[inline(never)]
    pub(super) fn expected(&mut self, field: &str, what: &str, found: &Value) {
        if cfg!(feature = "explain") {
            let problem = [what, " is expected, not ", kind(found)].concat();
            self.defect(field, &problem);
        } else {
            self.defect(field, says(""));
        }
    }

    /// A field's value; `null` where the document has no such field.
    #[inline(never)]
    pub(super) fn get(&self, record: Record, field: &str, item: &'a Value) -> &'a Value {
        match self.tables.field(record, field) {
            Some(field) => field.get(item, self.scope),
            None => &Value::Null,
        }
    }

    /// One line of text.
    #[inline(never)]
    pub(super) fn line(
        &mut self,
        record: Record,
        field: &str,
        item: &'a Value,
        max: usize,
    ) -> String {
        let value = self.get(record, field, item);
        clean_line(&self.text_of(field, value), max)
    }

    /// One line in lower case, for words that mean one of a few things.
    pub(super) fn word(&mut self, record: Record, field: &str, item: &'a Value) -> String {
        self.line(record, field, item, NAME).to_ascii_lowercase()
    }

    /// Text with line breaks.
    #[inline(never)]
    pub(super) fn lines(
        &mut self,
        record: Record,
        field: &str,
        item: &'a Value,
        max: usize,
    ) -> String {
        let value = self.get(record, field, item);
        clean_text(&self.text_of(field, value), max)
    }

    /// A value as text: scalars as they are, a list of scalars joined; the rest is a defect.
    fn text_of(&mut self, field: &str, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Array(list) if !list.iter().any(|v| v.is_object() || v.is_array()) => {
                joined(list.get(..MOST_ENTRIES).unwrap_or(list), ", ")
            }
            other => scalar_text(other).unwrap_or_else(|| {
                self.expected(field, "a text", other);
                String::new()
            }),
        }
    }

    /// An identifier; texts and whole numbers.
    pub(super) fn id<T>(&mut self, field: &str, value: &Value) -> Option<Id<T>> {
        Id::new(self.id_text(field, value)?).ok()
    }

    /// An identifier's text, which was checked.
    fn id_text(&mut self, field: &str, value: &Value) -> Option<String> {
        let text = match value {
            // A number beyond 64 bits lost digits when it was parsed: it may be somebody else's.
            Value::Number(n) if n.is_f64() => {
                let problem =
                    says("the number is too long for an identifier; it must come as text");
                self.defect(field, problem);
                return None;
            }
            Value::String(_) | Value::Number(_) => scalar_text(value)?,
            other => {
                self.expected(field, "an identifier", other);
                return None;
            }
        };
        // Of two with half a character lost, one would stand for the other.
        let broken = text.contains(char::REPLACEMENT_CHARACTER);
        if broken || PersonId::new(text.as_str()).is_err() {
            let problem =
                says("an identifier has 1 to 512 bytes, no control and no broken character");
            self.defect(field, problem);
            return None;
        }
        Some(text)
    }

    /// Whether something with this identifier may stand for what was asked for; where nothing was
    /// asked for by name, everything may. (Some backends write an identifier back in their own
    /// case.) Another one is told, and must not be taken for it.
    #[inline(never)]
    pub(super) fn is_asked_for(&mut self, asked: Option<&str>, found: &str) -> bool {
        let fits = asked.is_none_or(|asked| asked.eq_ignore_ascii_case(found));
        if !fits {
            self.defect("id", says("another one than was asked for: the address must hold `{id}`, and `id` of the record be the same in both operations"));
        }
        fits
    }

    #[inline(never)]
    pub(super) fn date(
        &mut self,
        record: Record,
        field: &str,
        item: &'a Value,
    ) -> Option<Timestamp> {
        let value = self.get(record, field, item);
        if value.is_null() || value.as_str().is_some_and(|s| s.trim().is_empty()) {
            return None;
        }
        let form = self.tables.field(record, field).map_or(AUTO, |f| f.date());
        let date = read_date(value, form);
        if date.is_none() {
            let problem = says("no date in a form that is known; see `date` in the mapping");
            self.defect(field, problem);
        }
        date
    }

    /// A count: whole and not negative, bounded by 32 bits.
    #[inline(never)]
    pub(super) fn count(&mut self, record: Record, field: &str, item: &'a Value) -> Option<u32> {
        let number = match self.get(record, field, item) {
            Value::Null => return None,
            Value::Number(n) => n.as_f64(),
            Value::String(text) => number_in(text),
            Value::Array(list) => Some(list.len() as f64),
            _ => None,
        };
        let number = number.filter(|n| (0.0..=f64::from(u32::MAX)).contains(n));
        if number.is_none() {
            self.defect(field, says("a number from 0 to 4294967295 is expected"));
        }
        number.map(|n| n as u32)
    }

    /// A truth value; what is empty, 0, "no" or "false" is false.
    #[inline(never)]
    pub(super) fn flag(&self, record: Record, field: &str, item: &'a Value) -> Option<bool> {
        match self.get(record, field, item) {
            Value::Null => None,
            Value::Number(n) => Some(n.as_f64() != Some(0.0)),
            Value::String(text) => {
                let text = text.trim().to_ascii_lowercase();
                Some(!" 0 false no n off".split(' ').any(|no| no == text))
            }
            other => Some(is_truthy(other)),
        }
    }

    /// A link that may be followed; relative ones are resolved against the response's address.
    #[inline(never)]
    pub(super) fn link(&mut self, record: Record, field: &str, item: &'a Value) -> Option<SafeUrl> {
        let value = self.get(record, field, item);
        let text = self.text_of(field, value);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let scheme = text.split([':', '/', '?', '#']).next().unwrap_or_default();
        let absolute = text.get(scheme.len()..).is_some_and(|t| t.starts_with(':'));
        let link = if absolute || uri::origin(self.url).is_none() {
            SafeUrl::new(text)
        } else if uri::is_plain(text) {
            SafeUrl::new(&uri::resolve(self.url, text))
        } else {
            None
        };
        if link.is_none() {
            let problem = says("not an address that may be followed (http, https, mailto)");
            self.defect(field, problem);
        }
        link
    }

    /// The entries of a list field: a list, a single value, a text split by the document's
    /// `split`, or JSON in a text.
    #[inline(never)]
    pub(super) fn entries(&mut self, record: Record, field: &str, item: &'a Value) -> &'a [Value] {
        let made = match self.get(record, field, item) {
            Value::Null => return &[],
            Value::Array(list) => return self.bounded(field, list),
            Value::String(text) => {
                let table = self.tables.field(record, field);
                text_entries(text, table.and_then(|f| f.split()))
            }
            one => return std::slice::from_ref(one),
        };
        match self.scope.keep(made) {
            Value::Array(list) => self.bounded(field, list),
            _ => &[],
        }
    }

    fn bounded(&mut self, field: &str, list: &'a [Value]) -> &'a [Value] {
        match list.get(..MOST_ENTRIES) {
            Some(first) if list.len() > MOST_ENTRIES => {
                self.defect(
                    field,
                    says("more entries than are read; the rest is left out"),
                );
                first
            }
            _ => list,
        }
    }

    /// Reads each entry of a list field that is not `null`, one step further inside.
    #[inline(never)]
    pub(super) fn each_entry(
        &mut self,
        record: Record,
        field: &str,
        item: &'a Value,
        read: &mut dyn FnMut(&mut Self, &'a Value),
    ) {
        let entries = self.entries(record, field, item);
        self.inside(Step::In(field), &mut |r| {
            for (i, entry) in entries.iter().enumerate() {
                if !entry.is_null() {
                    r.inside(Step::At(i), &mut |r| read(r, entry));
                }
            }
        });
    }

    /// Names of a list field: of texts, or of objects that carry a name; each once.
    pub(super) fn names(&mut self, record: Record, field: &str, item: &'a Value) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut seen = Seen::default();
        self.each_entry(record, field, item, &mut |r, entry| {
            let name = r.name_of(entry);
            if !name.is_empty() && seen.insert(skill_key(&name)) {
                out.push(name);
            }
        });
        out
    }

    /// The name of a skill: a text, or what the table `personSkill` says, or the member that
    /// usually holds it.
    #[inline(never)]
    pub(super) fn name_of(&mut self, entry: &'a Value) -> String {
        let Value::Object(map) = entry else {
            return clean_line(&self.text_of("", entry), NAME);
        };
        if self.tables.field(Record::PersonSkill, "name").is_some() {
            return self.line(Record::PersonSkill, "name", entry, NAME);
        }
        let mut usual = USUAL_NAMES.split(' ');
        let found = usual.find_map(|key| map.get(key)?.as_str());
        if found.is_none() {
            let problem =
                says("an object whose name is not known; say it in `records.personSkill`");
            self.defect("", problem);
        }
        clean_line(found.unwrap_or_default(), NAME)
    }

    /// A person as requests name them: an object by the table `personRef` (or `person`), or a
    /// bare identifier, which then stands for the name too until the person is looked up.
    #[inline(never)]
    pub(super) fn person_ref(
        &mut self,
        record: Record,
        field: &str,
        item: &'a Value,
    ) -> Option<PersonRef> {
        let value = self.get(record, field, item);
        let mut person = None;
        // Some backends write an empty text for nobody.
        if is_truthy(value) {
            self.inside(Step::In(field), &mut |r| person = r.person_in(value));
        }
        person
    }

    /// A person as requests name them, found where the reader is.
    pub(super) fn person_in(&mut self, value: &'a Value) -> Option<PersonRef> {
        let has_own = self.tables.has(Record::PersonRef);
        let table = if has_own {
            Record::PersonRef
        } else {
            Record::Person
        };
        let whole = value.is_object();
        let id = if whole {
            self.get(table, "id", value)
        } else {
            value
        };
        let id: PersonId = self.id(if whole { "id" } else { "" }, id)?;
        let (mut name, mut title) = (String::new(), String::new());
        if whole {
            name = self.line(table, "name", value, NAME);
            title = self.line(table, "title", value, NAME);
        }
        if name.is_empty() {
            name = clean_line(id.as_str(), NAME);
        }
        Some(PersonRef { id, name, title })
    }
}

/// Members that usually hold a name, the best first.
const USUAL_NAMES: &str = "name title label tag displayName display value skill";

fn text_entries(text: &str, split: Option<&str>) -> Value {
    if text.trim_start().starts_with('[')
        && let Ok(list @ Value::Array(_)) = serde_json::from_str(text)
    {
        return list;
    }
    let mut out = Vec::new();
    let mut rest = text;
    loop {
        let (part, after) = match split.and_then(|separator| rest.split_once(separator)) {
            Some((part, after)) => (part, Some(after)),
            None => (rest, None),
        };
        let part = part.trim();
        if !part.is_empty() && out.len() <= MOST_ENTRIES {
            out.push(Value::from(part));
        }
        match after {
            Some(after) => rest = after,
            None => return Value::Array(out),
        }
    }
}
