//! Kinto: Basic authentication, the next page in a header of its own, JSON Patch, `If-Match`.

use crate::case::Case;
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, asks, gets_one, lists_everybody,
    refuses_strangers, says, turns_pages_of_requests, whole_story,
};
use entraide::backend::{Operation, Params, Secrets};

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn case() -> Case {
    Case::mapping("kinto")
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "nobody");
    // Kinto knows an account, whose name is a person's identifier.
    let me = case().person(Operation::Me, &Params::default()).unwrap();
    assert_eq!(me.value.id.as_str(), "ada-ozturk");
}

#[test]
fn a_question_is_asked_answered_and_solved() {
    let case = case();
    whole_story(&case, &case.somebody("helper"));
}

#[test]
fn pages_of_questions_are_turned() {
    turns_pages_of_requests(&case());
}

#[test]
fn who_comes_too_late_is_told() {
    let case = case();
    let (id, _) = asks(&case);
    let mut about = Params::request(id);
    about.etag = case.request(&about).unwrap().value.etag;
    assert!(about.etag.is_some());
    case.write(Operation::RequestsClose, &about).unwrap();
    let error = case.write(Operation::RequestsClose, &about).unwrap_err();
    says(&error, "conflict", "modified meanwhile");
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        basic: Some(("ada-ozturk".into(), "guessed".into())),
        ..Secrets::default()
    };
    refuses_strangers(&case(), Operation::PeopleList, wrong);
}
