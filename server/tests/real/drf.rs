//! Django REST framework with a browser's session and its token against forgery: numbered pages
//! of people, cursors for questions. The same data as JSON:API by the preset.

use crate::case::{Case, told};
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, contains, gets_one, knows_me,
    lists_everybody, refuses_strangers, says, searches, turns_pages_of_requests, whole_story,
};
use entraide::backend::{Operation, Params, Secrets};
use entraide::model::{NewRequest, PersonId};
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn plain() -> Case {
    Case::mapping("drf")
}

/// The preset, as a page on the site itself would extend it.
fn jsonapi() -> Case {
    let more = json!({
        "auth": { "kind": "cookie", "csrf": { "cookie": "csrftoken", "header": "X-CSRFToken" } },
        "operations": { "me": { "call": "GET /people/me?include=skills", "item": "data" } },
    });
    let mut told = told("drf");
    told["base"] = told["jsonapi"].clone();
    Case::extending(told, "jsonapi", &more)
}

fn both() -> [Case; 2] {
    [plain(), jsonapi()]
}

#[test]
fn everybody_is_listed_over_pages() {
    for case in both() {
        lists_everybody(&case, 10, FIELDS, &[]);
    }
}

#[test]
fn one_person_is_read() {
    for case in both() {
        gets_one(&case, FIELDS, "987654");
        knows_me(&case, "ada.ozturk", FIELDS);
    }
}

#[test]
fn searching_finds_who_fits_and_nobody_else() {
    // Django's search takes words, all of which must be in the name or the title.
    let fits = |text: &str, c: &crate::company::Colleague| {
        let words = text.replace('\u{0}', "");
        words
            .split([',', ' ', '\n', '\r', '\t'])
            .filter(|w| !w.is_empty())
            .all(|w| contains(&c.name, w) || contains(&c.title, w))
    };
    for case in both() {
        let words = ["müller", "O'Connor", "Le Goff", "contrôle", "Nguyễn Lan"];
        // Quotation marks around a text are Django's own, and this one is around nothing.
        searches(&case, &words, &["'", "\""], &|c, text| fits(text, c));
    }
}

#[test]
fn a_question_is_asked_answered_and_solved() {
    for case in both() {
        whole_story(&case, &case.somebody("helper"));
    }
}

#[test]
fn pages_of_questions_are_turned() {
    for case in both() {
        turns_pages_of_requests(&case);
    }
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        csrf: Some("x".repeat(32)),
        headers: vec![("Cookie".into(), "sessionid=nobodys; csrftoken=x".into())],
        ..Secrets::default()
    };
    for case in both() {
        refuses_strangers(&case, Operation::PeopleList, wrong.clone());
    }
}

#[test]
fn a_missing_token_against_forgery_is_said() {
    for case in both() {
        let mut forger = case.somebody("secrets");
        forger.secrets.csrf = Some("not the one of the cookie".into());
        let asked = crate::contract::question(&forger);
        let error = forger.write(Operation::RequestsCreate, &asked).unwrap_err();
        says(&error, "forbidden", "CSRF");
    }
}

#[test]
fn what_is_wrong_is_said_in_words() {
    for case in both() {
        let params = Params {
            new_request: Some(NewRequest {
                question: "x".repeat(201),
                to: vec![PersonId::new("987654").unwrap()],
                ..NewRequest::default()
            }),
            ..Params::default()
        };
        let error = case.write(Operation::RequestsCreate, &params).unwrap_err();
        says(&error, "invalid", "no more than 200 characters");
        says(&error, "invalid", "987654");
    }
}
