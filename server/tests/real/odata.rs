//! OData v4 on odatapy: pages of the server's own size, navigation, `If-Match` on changes.

use crate::case::Case;
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, asks, contains, gets_one, knows_me,
    lists_everybody, refuses_strangers, says, searches, turns_pages_of_requests, whole_story,
};
use entraide::backend::{Operation, Params, Scope, Secrets};
use entraide::model::{NewRequest, PersonId};
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn case() -> Case {
    let more = json!({
        "auth": { "kind": "basic" },
        "operations": { "me": { "call": "GET /Me", "query": { "$expand": "skills" } } },
    });
    Case::preset("odata", "odata", &more)
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
    // More than the server gives at once: it decides.
    lists_everybody(&case(), 1000, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "987654");
    knows_me(&case(), "ada.ozturk", FIELDS);
}

#[test]
fn searching_finds_who_fits_and_nobody_else() {
    let words = ["MÜLLER", "o'connor", "Le Goff", "contrôle", "Thị", "Иван"];
    searches(&case(), &words, &[], &|c, text| {
        contains(&c.name, text) || contains(&c.title, text)
    });
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
    let error = case.write(Operation::RequestsClose, &about).unwrap_err();
    says(&error, "conflict", "If-Match");
    about.etag = case.request(&about).unwrap().value.etag;
    assert!(about.etag.is_some());
    case.write(Operation::RequestsClose, &about).unwrap();
    let error = case.write(Operation::RequestsClose, &about).unwrap_err();
    says(&error, "conflict", "changed in the meantime");
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        basic: Some(("ada.ozturk".into(), "guessed".into())),
        ..Secrets::default()
    };
    refuses_strangers(&case(), Operation::PeopleList, wrong);
}

#[test]
fn what_is_wrong_is_said_in_words() {
    let params = Params {
        new_request: Some(NewRequest {
            question: "x".repeat(201),
            ..NewRequest::default()
        }),
        ..Params::default()
    };
    let error = case().write(Operation::RequestsCreate, &params);
    says(&error.unwrap_err(), "invalid", "title");
    let wrong = json!({ "auth": { "kind": "basic" }, "settings": { "skills": "competences" } });
    let error =
        Case::preset("odata", "odata", &wrong).people(Operation::PeopleList, &Params::default());
    says(&error.unwrap_err(), "invalid", "competences");
}

#[test]
fn keys_that_are_texts_stay_texts() {
    let quoted =
        json!({ "auth": { "kind": "none" }, "settings": { "quoted": true, "key": "login" } });
    let case = Case::preset("odata", "odata", &quoted);
    let mut params = Params::person(PersonId::new("o'connor)/x").unwrap());
    let secrets = Secrets::default();
    let request = case
        .mapping
        .prepare(Operation::PeopleGet, &params, &secrets);
    let url = request.unwrap().url;
    assert!(
        url.contains("/People(%27o%27%27connor%29%2Fx%27)?"),
        "{url}"
    );
    params.me = Some(PersonId::new("o'connor").unwrap());
    params.scope = Some(Scope::Mine);
    let request = case
        .mapping
        .prepare(Operation::RequestsList, &params, &secrets);
    let url = request.unwrap().url;
    let filter = "%24filter=asker%2Flogin%20eq%20%27o%27%27connor%27";
    assert!(url.contains(filter), "{url}");
}
