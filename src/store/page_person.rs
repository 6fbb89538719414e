//! A person as the host page sees one: the contract's fields, and nothing else.

use crate::model::{Person, Presence};
use serde_json::{Value, json};

/// `{id, name, title, team, place, skills, wants, languages, availability, why}`; nothing else
/// of a person leaves the widget.
#[must_use]
pub fn page_person(person: &Person, why: &[String]) -> Value {
    let skills: Vec<&str> = person.skills.iter().map(|s| s.name.as_str()).collect();
    let availability = match person.availability.presence {
        Presence::Available => "available",
        Presence::Busy => "busy",
        Presence::Away => "away",
        Presence::Unknown => "unknown",
    };
    json!({
        "id": person.id.as_str(),
        "name": person.name,
        "title": person.title,
        "team": person.team,
        "place": person.place,
        "skills": skills,
        "wants": person.wants,
        "languages": person.languages,
        "availability": availability,
        "why": why,
    })
}
