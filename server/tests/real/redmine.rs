//! Redmine: colleagues are the members of a project, requests its issues, answers their notes.

use crate::case::Case;
use crate::company::Company;
use crate::contract::{
    EMAIL, NAME, PLACE, SKILLS, TEAM, TITLE, asks, lists_everybody, question, refuses_strangers,
    same_question, says,
};
use entraide::backend::{Operation, Params, Scope, Secrets, Written};
use entraide::model::{NewRequest, PersonId, RequestId, RequestStatus, Visibility};
use serde_json::json;

const FIELDS: &[crate::contract::Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, SKILLS];

fn case() -> Case {
    Case::preset("redmine", "redmine", &json!({}))
}

/// The same without the list of colleagues, which is many calls and not needed to ask.
fn requests() -> Case {
    let operations = json!({ "people.list": null });
    Case::preset("redmine", "redmine", &json!({ "operations": operations }))
}

/// The colleague who was asked.
fn helper(case: &Case) -> Case {
    case.somebody("helper")
}

/// The person with this login, as Redmine numbers people.
fn id_of(case: &Case, login: &str) -> PersonId {
    PersonId::new(case.told["ids"][login].to_string()).unwrap()
}

#[test]
fn everybody_is_listed_over_pages_with_what_only_a_second_call_tells() {
    // A group is a member too, and nobody to ask: the total counts it.
    let case = case();
    let total = case.all_people(10)[0].total;
    assert_eq!(total, Some(43));
    let pages = Case::preset(
        "redmine",
        "redmine",
        &json!({ "operations": { "people.list": { "paging": { "total": null } } } }),
    );
    lists_everybody(&pages, 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    let case = case();
    let one = |id: &str| {
        let params = Params::person(PersonId::new(id).unwrap());
        case.person(Operation::PeopleGet, &params)
    };
    let reading = one(id_of(&case, "zoe.muller").as_str()).unwrap();
    assert_eq!(reading.defects, []);
    let company = Company::read();
    for (field, read, written) in FIELDS {
        let (read, written) = (read(&reading.value), written(company.login("zoe.muller")));
        assert_eq!(read, written, "{field}");
    }
    for nobody in ["99999", "../8", "8/..", "..", "?x=1", "#", "%2e%2e"] {
        let error = one(nobody).unwrap_err();
        let kinds = ["not-found", "misconfigured"];
        assert!(kinds.contains(&error.kind()), "{nobody}: {error}");
    }
}

#[test]
fn it_is_known_who_asks() {
    let case = case();
    let me = case.person(Operation::Me, &Params::default()).unwrap();
    assert_eq!(me.defects, []);
    let login = case.told["me"].as_str().unwrap();
    assert_eq!(me.value.id, id_of(&case, login));
    assert_eq!(me.value.name, "Ada Öztürk");
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        api_key: Some("0f3c".to_owned()),
        ..Secrets::default()
    };
    refuses_strangers(&requests(), Operation::RequestsCreate, wrong.clone());
    refuses_strangers(&case(), Operation::PeopleList, wrong);
}

#[test]
fn what_was_asked_before_is_read() {
    let case = requests();
    let company = Company::read();
    let seeded = case.told["issues"].as_array().unwrap();
    for (posted, id) in company.requests.iter().zip(seeded) {
        let id = RequestId::new(id.to_string()).unwrap();
        let reading = case.request(&Params::request(id)).unwrap();
        assert_eq!(reading.defects, []);
        let request = reading.value;
        assert_eq!(request.question, posted.question);
        assert_eq!(request.details, posted.details);
        assert_eq!(request.skills, posted.skills);
        assert_eq!(request.asker.unwrap().id, id_of(&case, &posted.asker));
        assert_eq!(request.asked[0].id, id_of(&case, &posted.to[0]));
        assert!(request.created.is_some() && request.updated.is_some());
    }
}

#[test]
fn a_question_is_asked_answered_and_solved() {
    let case = requests();
    let helper = helper(&case);
    let to = id_of(&case, case.told["helper"]["login"].as_str().unwrap());
    let mut params = question(&case);
    let new = params.new_request.as_mut().unwrap();
    new.to = vec![to, id_of(&case, "zoe.muller")];
    let reading = case.write(Operation::RequestsCreate, &params).unwrap();
    assert_eq!(reading.defects, []);
    let Written::Request(posted) = reading.value else {
        panic!("{:?}", reading.value);
    };
    assert_eq!(posted.status, RequestStatus::Open);
    assert_eq!(posted.skills, ["Rust", "C++"]);
    let id = posted.id;
    assert!(case.lists(Scope::Mine, &id));
    assert!(case.lists(Scope::Open, &id));
    assert!(helper.lists(Scope::Inbox, &id));
    assert!(!case.lists(Scope::Inbox, &id));
    assert!(!case.lists(Scope::Solved, &id));

    let mut answer = Params::request(id.clone());
    answer.text = "Oui : \"à 100 %\" <voir> page 3.\n\nEt aussi {=raw(me)} & plus.".to_owned();
    let written = helper.write(Operation::AnswersCreate, &answer).unwrap();
    assert_eq!(written.value, Written::Known(id.clone()));
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    assert_eq!(request.question, params.new_request.unwrap().question);
    assert_eq!(request.status, RequestStatus::Answered);
    assert_eq!(request.answers.len(), 1);
    assert_eq!(request.answers[0].text, answer.text);
    assert_eq!(request.answers[0].author.name, "Nguyễn Thị Lan");

    let mut accept = Params::request(id.clone());
    accept.answer = Some(request.answers[0].id.clone());
    case.write(Operation::AnswersAccept, &accept).unwrap();
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    assert_eq!(request.status, RequestStatus::Solved);
    assert!(case.lists(Scope::Solved, &id));

    let close = Params::request(id.clone());
    case.write(Operation::RequestsClose, &close).unwrap();
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    assert_eq!(request.status, RequestStatus::Closed);
    assert!(!case.lists(Scope::Open, &id));
    assert!(case.lists(Scope::Mine, &id));
}

#[test]
fn a_private_question_is_read_by_those_it_is_for() {
    let case = requests();
    let mut params = question(&case);
    let new = params.new_request.as_mut().unwrap();
    new.to = vec![id_of(&case, "zoe.muller")];
    new.visibility = Visibility::Private;
    let written = case.write(Operation::RequestsCreate, &params).unwrap();
    let Written::Request(posted) = written.value else {
        panic!("{:?}", written.value);
    };
    assert_eq!(posted.visibility, Visibility::Private);
    let one = Params::request(posted.id.clone());
    case.request(&one).unwrap();
    // Somebody else is told that it may not be read, and does not see it in a list.
    let error = helper(&case).request(&one).unwrap_err();
    assert_eq!(error.kind(), "forbidden", "{error}");
    assert!(!helper(&case).lists(Scope::All, &posted.id));
}

#[test]
fn lists_have_pages() {
    let case = requests();
    asks(&case);
    let mut params = Params::scope(Scope::All);
    params.limit = Some(2);
    let first = case.requests(Operation::RequestsList, &params).unwrap();
    let first = first.value;
    assert_eq!(first.items.len(), 2);
    assert!(first.total.unwrap() >= 4);
    let next = params.after(first.next);
    let second = case.requests(Operation::RequestsList, &next).unwrap().value;
    assert!(!second.items.is_empty());
    assert!(
        second
            .items
            .iter()
            .all(|r| first.items.iter().all(|f| f.id != r.id))
    );
}

#[test]
fn mistakes_are_told_in_words() {
    let case = requests();
    let with = |question: &str, to: &str| Params {
        new_request: Some(NewRequest {
            question: question.to_owned(),
            to: vec![PersonId::new(to).unwrap()],
            ..NewRequest::default()
        }),
        ..Params::default()
    };
    // Somebody who is no member cannot be asked: 1 is the administrator.
    let error = case
        .write(Operation::RequestsCreate, &with("Qui ?", "1"))
        .unwrap_err();
    says(&error, "invalid", "Assignee is invalid");
    let error = case
        .write(Operation::RequestsCreate, &with("", "1"))
        .unwrap_err();
    says(&error, "invalid", "Subject cannot be blank");
    let missing = Params::request(RequestId::new("999999").unwrap());
    assert_eq!(case.request(&missing).unwrap_err().kind(), "not-found");
    // What was asked is what was sent, whoever is asked.
    let (_, request) = asks(&case);
    same_question(&request.unwrap(), &question(&case));
}
