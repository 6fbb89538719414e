//! The queue as storage keeps it: a JSON array of entries.
//!
//! An entry is `{key, write, owner?, created}`. How far it was is not kept, since a page that
//! ended does not know. A write is an object with one member, named after what it does:
//! `{"answer": ["<request>", "<text>"]}`, `{"close": "<request>"}`, `{"request": {...}}`.
//! This form must go on being read: words of a person may wait in it for months.

use super::entry::{Entry, Standing, Write};
use crate::model::json::{member, object, read_id, string};
use crate::model::{NewRequest, NewThanks, Pass, RequestId, Timestamp};
use serde_json::Value;

/// The text that storage keeps of these entries.
pub(super) fn to_text(entries: &[Entry]) -> String {
    Value::Array(entries.iter().map(entry_to_json).collect()).to_string()
}

/// The entries of a text that storage kept. One that cannot be read (of a later version, or
/// damaged) does not take the others with it.
pub(super) fn from_text(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Ok(Value::Array(kept)) = serde_json::from_str(text) {
        for value in &kept {
            entries.extend(entry_from_json(value));
        }
    }
    entries
}

fn entry_to_json(entry: &Entry) -> Value {
    object(vec![
        ("key", string(&entry.key)),
        ("write", write_to_json(&entry.write)),
        (
            "owner",
            entry
                .owner
                .as_ref()
                .map_or(Value::Null, |id| string(id.as_str())),
        ),
        ("created", Value::String(entry.created.to_string())),
    ])
}

fn entry_from_json(value: &Value) -> Option<Entry> {
    Some(Entry {
        key: member(value, "key").as_str()?.to_owned(),
        write: write_from_json(member(value, "write"))?,
        owner: match member(value, "owner") {
            Value::Null => None,
            // An owner that cannot be read is somebody: nobody else may send it.
            owner => Some(read_id(owner)?),
        },
        created: Timestamp::parse(member(value, "created").as_str()?).ok()?,
        attempts: 0,
        standing: Standing::Queued,
    })
}

fn write_to_json(write: &Write) -> Value {
    let on = |id: &RequestId, value| Value::Array(vec![string(id.as_str()), value]);
    let (name, value) = match write {
        Write::Request(new) => ("request", new.to_json()),
        Write::Answer(id, text) => ("answer", on(id, string(text))),
        Write::Accept(id, answer) => ("accept", on(id, string(answer.as_str()))),
        Write::Thanks(id, thanks) => ("thanks", on(id, thanks.to_json())),
        Write::Pass(id, pass) => ("pass", on(id, pass.to_json())),
        Write::Close(id) => ("close", string(id.as_str())),
    };
    object(vec![(name, value)])
}

fn write_from_json(value: &Value) -> Option<Write> {
    let (name, value) = value.as_object()?.iter().next()?;
    match name.as_str() {
        "request" => return NewRequest::from_json(value).map(Write::Request),
        "close" => return read_id(value).map(Write::Close),
        _ => {}
    }
    let [id, value] = value.as_array()?.as_slice() else {
        return None;
    };
    let id = read_id(id)?;
    Some(match name.as_str() {
        "answer" => Write::Answer(id, value.as_str()?.to_owned()),
        "accept" => Write::Accept(id, read_id(value)?),
        "thanks" => Write::Thanks(id, NewThanks::from_json(value)?),
        "pass" => Write::Pass(id, Pass::from_json(value)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::json_tests::{a_pass, a_request, a_thanks, an_id};
    use crate::model::{AnswerId, PersonId};
    use proptest::prelude::*;

    fn a_write() -> impl Strategy<Value = Write> {
        let on = || an_id().prop_map(|id| RequestId::new(id.as_str()).unwrap());
        let answer = an_id().prop_map(|id| AnswerId::new(id.as_str()).unwrap());
        prop_oneof![
            a_request().prop_map(Write::Request),
            (on(), ".*").prop_map(|(id, text)| Write::Answer(id, text)),
            (on(), answer).prop_map(|(id, answer)| Write::Accept(id, answer)),
            (on(), a_thanks()).prop_map(|(id, thanks)| Write::Thanks(id, thanks)),
            (on(), a_pass()).prop_map(|(id, pass)| Write::Pass(id, pass)),
            on().prop_map(Write::Close),
        ]
    }

    prop_compose! {
        fn an_entry()(
            key in ".*", write in a_write(), owner in prop::option::of(an_id()),
            created in -1_000_000_000_000i64..10_000_000_000_000,
        ) -> Entry {
            let created = Timestamp::from_millis(created);
            Entry { key, write, owner, created, attempts: 0, standing: Standing::Queued }
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(entries in prop::collection::vec(an_entry(), 0..5)) {
            prop_assert_eq!(from_text(&to_text(&entries)), entries);
        }

        #[test]
        fn reads_anything_without_a_panic(text in "\\PC{0,60}") {
            let _ = from_text(&text);
        }

        /// A text cut off or changed anywhere costs entries, never the page.
        #[test]
        fn survives_damage(entries in prop::collection::vec(an_entry(), 1..4), at: prop::sample::Index, by: char) {
            let mut text: Vec<char> = to_text(&entries).chars().collect();
            let at = at.index(text.len());
            text[at] = by;
            prop_assert!(from_text(&text.iter().collect::<String>()).len() <= entries.len());
        }
    }

    /// As the first versions wrote it; it must be read for ever.
    #[test]
    fn reads_every_kind_as_it_was_first_written() {
        let text = r#"[
            {"key":"a","write":{"request":{"question":"q","details":"d","skills":["s"],"to":["p"],"visibility":"private","context":{"title":"t","url":"/x"}}},"owner":"me","created":"2026-11-24T10:00:00.000Z"},
            {"key":"b","write":{"answer":["r","text"]},"owner":null,"created":"2026-11-24T10:00:00Z"},
            {"key":"c","write":{"accept":["r","a"]},"created":"2026-11-24T10:00:00.000Z"},
            {"key":"d","write":{"thanks":["r",{"to":"p","skill":"s","note":"n"}]},"created":"2026-11-24T10:00:00.000Z"},
            {"key":"e","write":{"pass":["r",{"reason":"know_who","to":"p"}]},"created":"2026-11-24T10:00:00.000Z"},
            {"key":"f","write":{"close":"r"},"created":"2026-11-24T10:00:00.000Z"},
            {"key":"g","write":{"sing":"r"},"created":"2026-11-24T10:00:00.000Z"},
            {"key":"h","write":{"close":"r"},"owner":7,"created":"2026-11-24T10:00:00.000Z"}
        ]"#;
        let entries = from_text(text);
        let keys: Vec<&str> = entries.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(
            keys,
            ["a", "b", "c", "d", "e", "f"],
            "the rest is of no version we know"
        );
        assert_eq!(entries[0].owner, Some(PersonId::new("me").unwrap()));
        let Write::Request(request) = &entries[0].write else {
            panic!("{:?}", entries[0])
        };
        assert_eq!(request.context.as_ref().unwrap().title, "t");
        assert_eq!(
            entries[1].write,
            Write::Answer(RequestId::new("r").unwrap(), "text".into())
        );
    }
}
