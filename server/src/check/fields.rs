//! What each field of the mapping got: for what share of the items there is a value, and one of
//! them. The items are looked at as the widget has them, after everything that reading does.

use serde::Serialize;
use serde_json::Value;

/// What one field got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The field, as records name it.
    pub field: String,
    /// For how many of the items there is a value.
    pub filled: usize,
    /// Of how many.
    pub of: usize,
    /// One value, shortened; empty where there is none.
    pub example: String,
}

/// Fields that are nothing or zero for most people, of which nobody should think that they are
/// mapped wrongly when no item has them.
const OFTEN_EMPTY: [&str; 17] = [
    "photo",
    "wants",
    "about",
    "joined",
    "presence",
    "presenceUntil",
    "openRequests",
    "recentRequests",
    "weeklyLimit",
    "details",
    "asked",
    "contextTitle",
    "contextUrl",
    "answerCount",
    "answers",
    "thanks",
    "accepted",
];

impl Share {
    /// Whether it has no value anywhere, and that is more likely a wrong selector than the truth.
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        self.filled == 0 && self.of > 0 && !OFTEN_EMPTY.contains(&self.field.as_str())
    }

    /// The share in whole percent; never 100 where one is missing, never 0 where one is there.
    #[must_use]
    pub fn percent(&self) -> usize {
        match (self.filled * 100).checked_div(self.of) {
            None => 0,
            Some(0) if self.filled > 0 => 1,
            Some(percent) => percent,
        }
    }
}

/// Where a field stands in the widget's own JSON, as a JSON Pointer.
fn pointer(field: &str) -> String {
    match field {
        "presence" => "/availability/presence",
        "presenceUntil" => "/availability/until",
        "openRequests" => "/availability/load/open",
        "recentRequests" => "/availability/load/recent",
        "weeklyLimit" => "/availability/load/weeklyLimit",
        "contextTitle" => "/context/title",
        "contextUrl" => "/context/url",
        other => return format!("/{other}"),
    }
    .to_owned()
}

/// What each of some fields got in some items.
pub fn shares<T: Serialize>(fields: &[&str], items: &[T]) -> Vec<Share> {
    let items: Vec<Value> = items
        .iter()
        .map(|item| serde_json::to_value(item).unwrap_or_default())
        .collect();
    let share = |field: &&str| {
        let pointer = pointer(field);
        let values = items.iter().filter_map(|item| item.pointer(&pointer));
        let mut texts = values.map(text).filter(|text| !text.is_empty());
        let example = texts.next();
        Share {
            field: (*field).to_owned(),
            filled: usize::from(example.is_some()) + texts.count(),
            of: items.len(),
            example: shortened(&example.unwrap_or_default()),
        }
    };
    fields.iter().map(share).collect()
}

/// A value in a few words; empty where there is nothing: zero, `false` and the unknown too.
fn text(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Number(n) if n.as_u64() == Some(0) => String::new(),
        Value::Number(n) => n.to_string(),
        Value::String(text) if text == "unknown" => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let texts: Vec<String> = list.iter().take(4).map(text).collect();
            texts.join(", ")
        }
        Value::Object(map) => {
            let names = ["name", "text", "note", "id"];
            let named = names.iter().find_map(|key| map.get(*key));
            named.map(text).unwrap_or_default()
        }
    }
}

/// At most 40 characters, on one line.
fn shortened(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if line.chars().count() <= 40 {
        return line;
    }
    line.chars().take(39).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use entraide::model::{Person, PersonId, PersonSkill};

    #[test]
    fn counts_what_is_there_and_shows_one_of_it() {
        let mut people: Vec<Person> = (0..200)
            .map(|i| Person::named(PersonId::new(format!("p{i}")).unwrap(), format!("Name {i}")))
            .collect();
        people[7].skills = vec![PersonSkill::declared("Welding").unwrap()];
        people[9].title = "a long title that goes on\nand on and on and on".to_owned();
        people[9].availability.load.open = 2;
        let fields = ["name", "title", "skills", "team", "openRequests", "photo"];
        let shares = shares(&fields, &people);
        let row = |s: &Share| (s.percent(), s.example.clone(), s.is_suspect());
        let rows: Vec<_> = shares.iter().map(row).collect();
        let title = "a long title that goes on and on and on…".to_owned();
        assert_eq!(
            rows,
            [
                (100, "Name 0".to_owned(), false),
                (1, title, false),
                (1, "Welding".to_owned(), false),
                (0, String::new(), true),
                (1, "2".to_owned(), false),
                (0, String::new(), false),
            ]
        );
        assert_eq!(super::shares::<Person>(&["name"], &[])[0].percent(), 0);
    }
}
