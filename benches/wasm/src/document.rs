//! People as other libraries take them: one text for each field, the same texts that our own
//! index reads, with the names of their languages beside the tags.

use crate::model::Person;
use crate::search::rank::readiness;
use crate::search::{Field, document::each_value};
use serde::Serialize;
use std::sync::Arc;

#[derive(Serialize, Default)]
struct Document<'a> {
    id: u32,
    name: &'a str,
    title: &'a str,
    team: &'a str,
    place: &'a str,
    shown: Vec<&'a str>,
    declared: Vec<&'a str>,
    wants: Vec<&'a str>,
    languages: Vec<&'a str>,
    about: &'a str,
    presence: String,
    /// How readily they can be asked, between 0 and 1.
    readiness: f32,
}

/// A JSON array of documents; their `id` is the position in this list.
pub(crate) fn json(people: &[Arc<Person>]) -> String {
    let documents: Vec<Document<'_>> = (0..).zip(people).map(|(n, p)| document(n, p)).collect();
    serde_json::to_string(&documents).unwrap_or_default()
}

fn document(id: u32, person: &Person) -> Document<'_> {
    let mut out = Document {
        id,
        presence: format!("{:?}", person.availability.presence),
        readiness: readiness(&person.availability),
        ..Document::default()
    };
    each_value(person, &mut |value| match value.field {
        Field::Name => out.name = value.text,
        Field::Title => out.title = value.text,
        Field::Team => out.team = value.text,
        Field::Place => out.place = value.text,
        Field::About => out.about = value.text,
        Field::SkillShown => out.shown.push(value.text),
        Field::SkillDeclared => out.declared.push(value.text),
        Field::Wants => out.wants.push(value.text),
        Field::Language => out.languages.push(value.text),
    });
    out
}
