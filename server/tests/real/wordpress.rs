//! WordPress: colleagues are its users, requests the posts of one category, answers their comments.

use crate::case::Case;
use crate::contract::{
    Kept, NAME, PLACE, SKILLS, TEAM, TITLE, asks, lists_everybody, question, says,
};
use entraide::backend::{Operation, Params, Scope, Secrets, Written};
use entraide::model::{PersonId, RequestId, RequestStatus};
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, SKILLS];

/// The preset as a script uses it that has an application password.
fn case() -> Case {
    let auth = json!({ "kind": "basic", "csrf": null });
    Case::preset("wordpress", "wordpress", &json!({ "auth": auth }))
}

/// The preset as it is, in the page of somebody who is signed in.
fn browser() -> Case {
    Case::preset("wordpress", "wordpress", &json!({})).somebody("browser")
}

fn helper() -> Case {
    case().somebody("helper")
}

/// WordPress sets quotation marks and dots as printers do.
fn typed(text: &str) -> String {
    let mut out = text.replace('…', "...");
    for (from, to) in [
        ("’", "'"),
        ("‘", "'"),
        ("“", "\""),
        ("”", "\""),
        ("″", "\""),
    ] {
        out = out.replace(from, to);
    }
    out
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &["admin"]);
}

#[test]
fn one_person_is_read() {
    let case = case();
    // The first page begins with the administrator, whom the site named and not the company.
    let mut one =
        Params::person(PersonId::new(case.told["ids"]["zoe.muller"].to_string()).unwrap());
    let person = case.person(Operation::PeopleGet, &one).unwrap();
    assert_eq!(person.defects, []);
    assert_eq!(person.value.name, "Zoë Müller");
    let skills: Vec<&str> = person.value.skills.iter().map(|s| &*s.name).collect();
    assert_eq!(skills, ["PostgreSQL", "Rust", "Kubernetes"]);
    for (nobody, kind) in [("999999", "not-found"), ("0&context=edit", "not-found")] {
        one.person = Some(PersonId::new(nobody).unwrap());
        let error = case.person(Operation::PeopleGet, &one).unwrap_err();
        assert_eq!(error.kind(), kind, "{nobody}: {error}");
    }
}

#[test]
fn a_page_is_signed_in_by_cookie_and_nonce() {
    let browser = browser();
    let me = browser.person(Operation::Me, &Params::default()).unwrap();
    assert_eq!(me.defects, []);
    assert_eq!(me.value.name, "Ada Öztürk");
    lists_everybody(&browser, 50, FIELDS, &["admin"]);
    asks(&browser);
    // WordPress takes a cookie without a nonce for nobody: the call is not even made.
    let mut half = browser.secrets.clone();
    half.csrf = None;
    let error = browser
        .with_secrets(half)
        .person(Operation::Me, &Params::default());
    assert_eq!(error.unwrap_err().kind(), "signed-out");
    let mut old = browser.secrets.clone();
    old.csrf = Some("0000000000".to_owned());
    let error = browser
        .with_secrets(old)
        .person(Operation::Me, &Params::default());
    says(&error.unwrap_err(), "forbidden", "Cookie check failed");
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        basic: Some(("ada.ozturk".to_owned(), "wrong".to_owned())),
        ..Secrets::default()
    };
    crate::contract::refuses_strangers(&case(), Operation::RequestsCreate, wrong);
}

#[test]
fn what_was_asked_before_is_read() {
    let case = case();
    let company = crate::company::Company::read();
    let posts = case.told["posts"].as_array().unwrap();
    for (posted, id) in company.requests.iter().zip(posts) {
        let id = RequestId::new(id.to_string()).unwrap();
        let reading = case.request(&Params::request(id)).unwrap();
        assert_eq!(reading.defects, []);
        let request = reading.value;
        assert_eq!(typed(&request.question), posted.question);
        assert_eq!(typed(&request.details), posted.details);
        assert_eq!(
            request.asker.unwrap().name,
            company.login(&posted.asker).name
        );
        assert!(request.created.is_some() && request.url.is_some());
    }
}

#[test]
fn a_question_is_asked_answered_and_closed() {
    let (case, helper) = (case(), helper());
    let (id, posted) = asks(&case);
    assert_eq!(posted.unwrap().status, RequestStatus::Open);
    assert!(case.lists(Scope::Mine, &id));
    assert!(helper.lists(Scope::All, &id));
    assert!(!helper.lists(Scope::Mine, &id));

    let mut answer = Params::request(id.clone());
    answer.text =
        "Oui : <voir> page 3 & suivantes.\n\nEt <script>alert(1)</script> aussi.".to_owned();
    helper.write(Operation::AnswersCreate, &answer).unwrap();
    let request = case.request(&Params::request(id.clone())).unwrap().value;
    assert_eq!(
        typed(&request.question),
        question(&case).new_request.unwrap().question
    );
    assert_eq!(request.answers.len(), 1);
    assert_eq!(typed(&request.answers[0].text), answer.text);
    assert_eq!(request.answers[0].author.name, "Nguyễn Thị Lan");

    let close = Params::request(id.clone());
    let written = case.write(Operation::RequestsClose, &close).unwrap().value;
    let Written::Request(closed) = written else {
        panic!("{written:?}");
    };
    assert_eq!(closed.status, RequestStatus::Closed);
    // Somebody else cannot close it, and what is closed takes no answer.
    let error = helper.write(Operation::RequestsClose, &close).unwrap_err();
    says(&error, "forbidden", "not allowed to edit this post");
    answer.text = "Trop tard.".to_owned();
    let error = helper.write(Operation::AnswersCreate, &answer).unwrap_err();
    says(&error, "forbidden", "comments are closed");
}

#[test]
fn answered_questions_are_found() {
    let case = case();
    let found = case.similar("TVA Irlande", 5);
    assert!(found[0].question.contains("TVA"));
    for text in crate::contract::HOSTILE {
        case.similar(text, 5);
    }
}

#[test]
fn mistakes_are_told_in_words() {
    let case = case();
    let missing = Params::request(RequestId::new("999999").unwrap());
    let error = case.request(&missing).unwrap_err();
    says(&error, "not-found", "Invalid post ID");
    let nowhere =
        json!({ "auth": { "kind": "basic", "csrf": null }, "settings": { "category": "none" } });
    let nowhere = Case::preset("wordpress", "wordpress", &nowhere);
    let error = nowhere.write(Operation::RequestsCreate, &question(&case));
    says(&error.unwrap_err(), "invalid", "categories");
}
