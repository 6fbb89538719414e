//! json-server: no accounts, the Link header, a total in a header, nested departments.

use crate::case::Case;
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, contains, gets_one, lists_everybody,
    searches, turns_pages_of_requests, whole_story,
};

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn case() -> Case {
    Case::mapping("json-server")
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "987654");
}

#[test]
fn searching_finds_who_fits_and_nobody_else() {
    let words = ["müller", "o'connor", "Le Goff", "Kraków", "c++", "R&D"];
    // It looks everywhere; the identifiers have no letters.
    searches(&case(), &words, &[], &|c, text| {
        let skills = c.skills.iter().any(|s| contains(s, text));
        let words = [&c.name, &c.email, &c.title, &c.team, &c.place];
        skills || words.iter().any(|w| contains(w, text)) || contains(&c.languages.join(", "), text)
    });
}

#[test]
fn a_question_is_asked_answered_and_solved() {
    whole_story(&case(), &case());
}

#[test]
fn pages_of_questions_are_turned() {
    turns_pages_of_requests(&case());
}
