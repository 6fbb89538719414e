//! Strapi 5: colleagues, requests and answers are content types of its own making.

use crate::case::Case;
use crate::contract::{
    EMAIL, HOSTILE, Kept, NAME, PLACE, SKILLS, TEAM, TITLE, asks, gets_one, lists_everybody,
    question, says,
};
use entraide::backend::{Operation, Params, Scope, Secrets, Written};
use entraide::model::{NewRequest, PersonId, RequestId, RequestStatus};
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, SKILLS];

fn case() -> Case {
    Case::preset("strapi", "strapi", &json!({}))
}

fn id_of(case: &Case, login: &str) -> PersonId {
    PersonId::new(case.told["ids"][login].as_str().unwrap()).unwrap()
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "nobody0f3c0f3c0f3c0f3c0f");
}

#[test]
fn it_is_known_who_asks() {
    let case = case();
    let me = case.person(Operation::Me, &Params::default()).unwrap();
    assert_eq!(me.defects, []);
    assert_eq!(me.value.id, id_of(&case, "ada.ozturk"));
    assert_eq!(me.value.name, "Ada Öztürk");
}

#[test]
fn strangers_are_told() {
    let wrong = Secrets {
        bearer: Some("not.a.token".to_owned()),
        ..Secrets::default()
    };
    let stranger = case().with_secrets(wrong);
    let error = stranger.people(Operation::PeopleList, &Params::default());
    says(&error.unwrap_err(), "signed-out", "");
    let nobody = case().with_secrets(Secrets::default());
    let error = nobody.people(Operation::PeopleList, &Params::default());
    says(&error.unwrap_err(), "signed-out", "secret");
}

#[test]
fn a_question_is_asked_answered_solved_and_closed() {
    let case = case();
    let helper = case.somebody("helper");
    let mut params = question(&case);
    let to = vec![id_of(&case, "nguyen.thilan"), id_of(&case, "zoe.muller")];
    params.new_request.as_mut().unwrap().to.clone_from(&to);
    let written = case.write(Operation::RequestsCreate, &params).unwrap();
    assert_eq!(written.defects, []);
    let Written::Request(posted) = written.value else {
        panic!("{:?}", written.value);
    };
    let id = posted.id;
    assert_eq!(posted.asker.unwrap().id, id_of(&case, "ada.ozturk"));
    assert_eq!(posted.skills, ["Rust", "C++"]);
    assert!(case.lists(Scope::Mine, &id));
    assert!(case.lists(Scope::Open, &id));
    assert!(helper.lists(Scope::Inbox, &id));
    assert!(!helper.lists(Scope::Mine, &id));

    let mut answer = Params::request(id.clone());
    answer.text = "Oui : \"à 100 %\" <voir> page 3.\n\nEt {=raw(me)} & plus.".to_owned();
    helper.write(Operation::AnswersCreate, &answer).unwrap();
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    let new = params.new_request.unwrap();
    assert_eq!(
        (&request.question, &request.details),
        (&new.question, &new.details)
    );
    let asked: Vec<PersonId> = request.asked.iter().map(|p| p.id.clone()).collect();
    assert!(asked.len() == 2 && to.iter().all(|id| asked.contains(id)));
    assert_eq!(request.status, RequestStatus::Answered);
    assert_eq!(request.answers[0].text, answer.text);
    assert_eq!(request.answers[0].author.name, "Nguyễn Thị Lan");

    let mut accept = Params::request(id.clone());
    accept.answer = Some(request.answers[0].id.clone());
    case.write(Operation::AnswersAccept, &accept).unwrap();
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    assert_eq!(request.status, RequestStatus::Solved);
    assert!(request.answers[0].accepted);
    assert!(case.lists(Scope::Solved, &id));

    let close = Params::request(id.clone());
    case.write(Operation::RequestsClose, &close).unwrap();
    let request = case.request(&close).unwrap().value;
    assert_eq!(request.status, RequestStatus::Closed);
    assert!(!case.lists(Scope::Open, &id));
}

#[test]
fn similar_questions_are_found_whatever_is_typed() {
    let case = case();
    assert_eq!(case.similar("tva d'un achat", 50).len(), 1);
    for text in HOSTILE {
        let typed = text.trim().to_lowercase();
        for found in case.similar(text, 50) {
            let words = [found.question, found.details].join("\n").to_lowercase();
            assert!(words.contains(&typed), "{text:?} finds {words:?}");
        }
    }
}

#[test]
fn mistakes_are_told_in_words() {
    let case = case();
    asks(&case);
    let long = Params {
        new_request: Some(NewRequest {
            question: "?".repeat(301),
            ..NewRequest::default()
        }),
        ..Params::default()
    };
    let error = case.write(Operation::RequestsCreate, &long).unwrap_err();
    says(&error, "invalid", "question must be at most 300 characters");
    let missing = Params::request(RequestId::new("nothing0f3c").unwrap());
    assert_eq!(case.request(&missing).unwrap_err().kind(), "not-found");
}
