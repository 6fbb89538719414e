//! A small company for the examples of this layer.

use crate::model::{
    Answer, AnswerId, Evidence, Person, PersonId, PersonSkill, Presence, Request, RequestId,
    RequestStatus, Visibility,
};
use crate::search::Index;
use std::sync::Arc;

/// A person with declared skills.
pub(crate) fn person(id: &str, name: &str, title: &str, skills: &[&str]) -> Person {
    let mut p = Person::named(PersonId::new(id).unwrap(), name);
    p.title = title.to_owned();
    p.skills = skills
        .iter()
        .filter_map(|s| PersonSkill::declared(s))
        .collect();
    p.availability.presence = Presence::Available;
    p
}

/// The same person, with help that was seen.
pub(crate) fn shown(mut p: Person, skill: &str, accepted: u32, thanks: u32) -> Person {
    for s in &mut p.skills {
        if s.name == skill {
            s.evidence = Evidence { accepted, thanks };
        }
    }
    p
}

/// A company with skills that are easily mistaken for words.
pub(crate) fn staff() -> Index {
    let people = [
        person(
            "1",
            "Anna Novak",
            "Comptable",
            &["Excel", "Tableaux croisés dynamiques", "TVA"],
        ),
        person(
            "2",
            "Ben Ali",
            "Data analyst",
            &["Power BI", "Excel", "Tableaux croisés dynamiques", "R"],
        ),
        person(
            "3",
            "Chloé Le Goff",
            "Juriste",
            &["Droit du travail", "Droit", "RGPD"],
        ),
        person(
            "4",
            "Dora Müller",
            "Soudeuse",
            &["Soudure à l'arc", "Soudure TIG", "CACES"],
        ),
        person(
            "5",
            "Emil Zola",
            "Développeur",
            &["C++", "C#", "C", "Go", "Kubernetes", "Java"],
        ),
        person(
            "6",
            "Faiza Haddad",
            "Responsable qualité",
            &["ISO 9001", "5S", "IT", "Audit interne"],
        ),
        person(
            "7",
            "Gil Roux",
            "Contrôleur de gestion",
            &["Excel", "Tableaux croisés dynamiques"],
        ),
    ];
    Index::build(people.into_iter().map(Arc::new).collect())
}

/// An open request that anyone may read.
pub(crate) fn request(id: &str, question: &str, skills: &[&str]) -> Request {
    Request {
        id: RequestId::new(id).unwrap(),
        question: question.to_owned(),
        details: String::new(),
        skills: skills.iter().map(|s| (*s).to_owned()).collect(),
        asker: None,
        asked: Vec::new(),
        status: RequestStatus::Open,
        visibility: Visibility::Open,
        context: None,
        created: None,
        updated: None,
        answer_count: 0,
        answers: Vec::new(),
        thanks: Vec::new(),
        url: None,
        etag: None,
    }
}

/// An answer by somebody.
pub(crate) fn answer(author: &Person) -> Answer {
    Answer {
        id: AnswerId::new("a").unwrap(),
        author: author.to_ref(),
        text: "So.".to_owned(),
        created: None,
        accepted: false,
    }
}
