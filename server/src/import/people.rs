//! Makes people of records.

use super::columns::Columns;
use super::dates::{self, DayOrder};
use super::field::Field;
use super::names::lost_letter;
use super::raw::Values;
use super::report::{Finding, FindingKind, quoted};
use super::skills::Vocabulary;
use super::spellings::Spellings;
use super::table::{Cell, Record};
use super::values::{self, Value};
use entraide::model::{
    LONG_TEXT, NAME, Person, PersonId, PersonSkill, SafeUrl, clean_line, clean_text, skill_key,
};
use std::collections::{HashMap, HashSet};

/// Skills (or wants, or languages) that one person can have; more is a mistake of the export.
const MOST: usize = 200;

/// People, as they are gathered from the records of one file.
pub(super) struct People<'c> {
    columns: &'c Columns,
    order: DayOrder,
    vocabulary: Vocabulary,
    /// Every use of a skill's name, those that a line repeats or a later line replaces included.
    skills: Spellings,
    /// Where each identifier stands in `people`.
    known: HashMap<String, usize>,
    /// Each person, with the line on which they stand.
    people: Vec<(u64, Person)>,
    /// Everything that is to be reported.
    pub(super) findings: Vec<Finding>,
}

impl<'c> People<'c> {
    /// Looks through all records for what they only say together: the order of day and month,
    /// and the vocabulary of skills.
    pub(super) fn new(columns: &'c Columns, records: &[Record<'_>]) -> Self {
        let cells = |field: Field| {
            let taken =
                move |(at, _): &(usize, &Cell<'_>)| columns.fields.get(*at) == Some(&Some(field));
            records.iter().flat_map(move |r| {
                r.cells
                    .iter()
                    .enumerate()
                    .filter(taken)
                    .map(|(_, cell)| cell)
            })
        };
        let order = dates::day_order(cells(Field::Joined).map(Cell::text));
        let mut vocabulary = Vocabulary::default();
        for cell in cells(Field::Skills).chain(cells(Field::Wants)) {
            match cell {
                Cell::Text(text) => vocabulary.learn(text),
                Cell::List(list) => list.iter().for_each(|skill| vocabulary.learn_one(skill)),
            }
        }
        Self {
            columns,
            order,
            vocabulary,
            skills: Spellings::default(),
            known: HashMap::new(),
            people: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn find(&mut self, kind: FindingKind, line: u64, field: Option<Field>, reason: String) {
        self.findings.push(Finding {
            line,
            field,
            kind,
            reason,
        });
    }

    /// Takes one record that is not blank.
    pub(super) fn take(&mut self, record: &Record<'_>) {
        let line = record.line;
        let mut values = Values::default();
        for (at, cell) in record.cells.iter().enumerate() {
            if let Some(Some(field)) = self.columns.fields.get(at) {
                self.look(line, *field, cell, &mut values);
            }
        }
        if self.columns.email_is_id {
            values.id = values.email.as_deref().map(str::to_lowercase);
        }
        let Some(raw_id) = values.id.take() else {
            let dropped = self.findings.iter().rev().take_while(|f| f.line == line);
            let why = if dropped.clone().any(|f| f.field == Some(Field::Id)) {
                "no usable identifier"
            } else {
                "no identifier"
            };
            let who = values.whole_name();
            let of = if who.is_empty() {
                String::new()
            } else {
                format!(" (name: {})", quoted(&who))
            };
            self.find(
                FindingKind::Rejected,
                line,
                Some(Field::Id),
                format!("{why}{of}"),
            );
            return;
        };
        let id = match PersonId::new(&raw_id) {
            Ok(id) => id,
            Err(error) => {
                self.find(
                    FindingKind::Rejected,
                    line,
                    Some(Field::Id),
                    format!("{}: {error}", quoted(&raw_id)),
                );
                return;
            }
        };
        let name = clean_line(&values.whole_name(), NAME);
        if !name.chars().any(|c| c.is_alphanumeric()) {
            let alone = record.cells.iter().filter(|c| !c.is_blank()).count() == 1;
            let reason = if alone {
                format!(
                    "holds nothing but {}: a heading or a footer, not a person",
                    quoted(&raw_id)
                )
            } else {
                format!("no name (identifier: {})", quoted(&raw_id))
            };
            self.find(FindingKind::Rejected, line, None, reason);
            return;
        }
        let person = self.person(line, id, name, values);
        self.keep(line, person);
    }

    /// Reads one cell into the values of its record; what cannot be used is reported.
    fn look(&mut self, line: u64, field: Field, cell: &Cell<'_>, values: &mut Values) {
        if let (Cell::List(list), true) = (cell, field.takes_many()) {
            for entry in list {
                match values::look_at(entry) {
                    Value::Text(text) => values.lists.push((field, text.to_owned(), true)),
                    Value::Empty => {}
                    Value::Unusable(what) => self.drop(line, field, entry, what),
                }
            }
            return;
        }
        match values::look_at(cell.text()) {
            Value::Empty => {}
            Value::Unusable(what) => self.drop(line, field, cell.text(), what),
            Value::Text(text) if field.takes_many() => {
                values.lists.push((field, text.to_owned(), false))
            }
            Value::Text(text) => {
                if field == Field::Email && values::email(text).is_none() {
                    self.drop(line, field, text, "no e-mail address");
                } else {
                    values.set(field, text);
                }
            }
        }
    }

    fn drop(&mut self, line: u64, field: Field, value: &str, what: &str) {
        self.find(
            FindingKind::Dropped,
            line,
            Some(field),
            format!("{} is {what}", quoted(value)),
        );
    }

    fn person(&mut self, line: u64, id: PersonId, name: String, values: Values) -> Person {
        if lost_letter(&name) {
            let reason = format!(
                "{}: a letter was probably lost in an earlier export",
                quoted(&name)
            );
            self.find(FindingKind::Noted, line, Some(Field::Name), reason);
        }
        let mut person = Person::named(id, name);
        person.title = clean_line(&values.title, NAME);
        person.team = clean_line(&values.team, NAME);
        person.place = clean_line(&values.place, NAME);
        person.about = clean_text(&values.about, LONG_TEXT);
        person.email = values.email.unwrap_or_default();
        for (field, text) in [
            (Field::Name, &person.name),
            (Field::Title, &person.title),
            (Field::Team, &person.team),
            (Field::Place, &person.place),
            (Field::About, &person.about),
        ] {
            if values::has_markup(text) {
                let reason = format!(
                    "{} looks like markup; it is kept as plain text, and shown so",
                    quoted(text)
                );
                self.findings.push(Finding {
                    line,
                    field: Some(field),
                    kind: FindingKind::Noted,
                    reason,
                });
            }
        }
        for (field, raw) in values.single {
            match field {
                Field::Photo => person.photo = self.url(line, field, &raw),
                Field::Profile => person.profile = self.url(line, field, &raw),
                Field::TimeZone => match values::time_zone(&raw) {
                    Some(zone) => person.time_zone = zone.to_owned(),
                    None => self.drop(
                        line,
                        field,
                        &raw,
                        "no time zone of the IANA database (such as Europe/Paris)",
                    ),
                },
                Field::Joined => match dates::parse(&raw, self.order) {
                    Some(day) => person.joined = Some(day),
                    None => self.drop(line, field, &raw, "no date that exists"),
                },
                _ => {}
            }
        }
        let mut seen = HashSet::new();
        for (field, raw, apart) in values.lists {
            self.list(line, field, &raw, apart, &mut person, &mut seen);
        }
        person
    }

    fn url(&mut self, line: u64, field: Field, raw: &str) -> Option<SafeUrl> {
        let url = SafeUrl::new(raw);
        if url.is_none() {
            self.drop(
                line,
                field,
                raw,
                "no address that is safe to follow (http, https or a path)",
            );
        }
        url
    }

    /// Skills, wants or languages of one cell; `apart` where the file already keeps them so.
    fn list(
        &mut self,
        line: u64,
        field: Field,
        raw: &str,
        apart: bool,
        person: &mut Person,
        seen: &mut HashSet<(Field, String)>,
    ) {
        let entries: Vec<Result<String, String>> = if field == Field::Languages {
            let cut = |c: char| matches!(c, ',' | ';' | '/' | '|' | '\n' | '\r' | '•');
            raw.split(cut).map(|s| Ok(s.trim().to_owned())).collect()
        } else if apart {
            // Still cleaned of quotation marks, but never cut.
            self.vocabulary.one(raw).into_iter().collect()
        } else {
            self.vocabulary.split(raw)
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) if entry.is_empty() => continue,
                Ok(entry) => entry,
                Err(long) => {
                    self.drop(
                        line,
                        field,
                        &long,
                        "longer than a skill's name (120 characters)",
                    );
                    continue;
                }
            };
            if let Value::Unusable(what) = values::look_at(&entry) {
                self.drop(line, field, &entry, what);
                continue;
            }
            let entry = match (field, values::language(&entry)) {
                (Field::Languages, Some(tag)) => tag,
                (Field::Languages, None) => {
                    self.drop(line, field, &entry, "no language that is known here");
                    continue;
                }
                _ => entry,
            };
            if field != Field::Languages {
                self.skills.count(&entry, line);
            }
            let key = (field, skill_key(&entry));
            if seen.contains(&key) {
                continue;
            }
            if seen.iter().filter(|(f, _)| *f == field).count() >= MOST {
                self.drop(
                    line,
                    field,
                    &entry,
                    "one more than the 200 that a person can have",
                );
                return;
            }
            seen.insert(key);
            match field {
                Field::Skills => person.skills.extend(PersonSkill::declared(&entry)),
                Field::Wants => person.wants.push(entry),
                _ => person.languages.push(entry),
            }
        }
    }

    /// Keeps a person; a later line for the same identifier takes the place of the earlier.
    fn keep(&mut self, line: u64, person: Person) {
        match self.known.get(person.id.as_str()) {
            Some(at) => {
                let at = *at;
                let (earlier, before) = std::mem::replace(&mut self.people[at], (line, person));
                let same = if before == self.people[at].1 {
                    "the two say the same"
                } else {
                    "the two differ"
                };
                let reason = format!(
                    "same identifier {} as line {earlier}; {same}, and this later line is kept",
                    quoted(before.id.as_str())
                );
                self.find(FindingKind::Noted, line, Some(Field::Id), reason);
            }
            None => {
                self.known
                    .insert(person.id.as_str().to_owned(), self.people.len());
                self.people.push((line, person));
            }
        }
    }

    /// The people, with one spelling for each skill, team and place.
    pub(super) fn finish(mut self) -> (Vec<Person>, Vec<Finding>) {
        let skills = std::mem::take(&mut self.skills);
        let (mut teams, mut places) = (Spellings::default(), Spellings::default());
        for (line, person) in &self.people {
            teams.count(&person.team, *line);
            places.count(&person.place, *line);
        }
        for (field, spellings) in [
            (Field::Skills, &skills),
            (Field::Team, &teams),
            (Field::Place, &places),
        ] {
            for other in spellings.replaced() {
                let times = if other.uses == 1 {
                    "once".to_owned()
                } else {
                    format!("{} times", other.uses)
                };
                let reason = format!(
                    "written {times} as {}, it is taken as {}",
                    quoted(&other.from),
                    quoted(&other.to)
                );
                self.find(FindingKind::Noted, other.line, Some(field), reason);
            }
        }
        for (_, person) in &mut self.people {
            for skill in &mut person.skills {
                skill.name = skills.best(&skill.name).to_owned();
            }
            for want in &mut person.wants {
                *want = skills.best(want).to_owned();
            }
            person.team = teams.best(&person.team).to_owned();
            person.place = places.best(&person.place).to_owned();
        }
        (
            self.people.into_iter().map(|(_, person)| person).collect(),
            self.findings,
        )
    }
}
