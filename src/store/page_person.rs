//! A person as the host page sees one: the contract's fields, and nothing else.

use crate::model::json::{object, string, strings};
use crate::model::{Person, Presence};
use serde_json::Value;

/// `{id, name, title, team, place, skills, wants, languages, availability, why}`; nothing else
/// of a person leaves the widget.
#[must_use]
pub fn page_person(person: &Person, why: &[String]) -> Value {
    let skills = person.skills.iter().map(|s| string(&s.name)).collect();
    let availability = match person.availability.presence {
        Presence::Available => "available",
        Presence::Busy => "busy",
        Presence::Away => "away",
        Presence::Unknown => "unknown",
    };
    object(vec![
        ("id", string(person.id.as_str())),
        ("name", string(&person.name)),
        ("title", string(&person.title)),
        ("team", string(&person.team)),
        ("place", string(&person.place)),
        ("skills", Value::Array(skills)),
        ("wants", strings(&person.wants)),
        ("languages", strings(&person.languages)),
        ("availability", string(availability)),
        ("why", strings(why)),
    ])
}
