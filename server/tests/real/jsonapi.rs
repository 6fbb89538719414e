//! JSON:API on jsonapi-server, by the preset: pages by offset, `included`, errors with pointers.

use crate::case::Case;
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, gets_one, lists_everybody,
    refuses_strangers, says, turns_pages_of_requests, whole_story,
};
use entraide::backend::{Operation, Params, Secrets};
use entraide::model::NewRequest;
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

/// What this API does in its own way: names in two parts, a skill's `title`, pages by offset, and
/// no search that a comma or a tilde could not turn into another one.
fn case() -> Case {
    let more = json!({
        "paging": { "query": { "page[size]": null, "page[offset]": 0, "page[limit]": "{=limit}" } },
        "operations": {
            "people.search": null,
            "requests.list": { "scopes": { "mine": null, "inbox": null } },
            "requests.create": { "body": { "data": { "attributes": { "status": "open" } } } },
        },
        "records": { "person": {
            "skills": "lookup($.included[?type=='skills'], 'id', relationships.skills.data[].id)[].attributes.title",
        } },
    });
    Case::preset("jsonapi", "jsonapi", &more)
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "0f3c0f3c-0f3c-4f3c-8f3c-0f3c0f3c0f3c");
}

#[test]
fn a_question_is_asked_answered_and_solved() {
    whole_story(&case(), &case());
}

#[test]
fn pages_of_questions_are_turned() {
    turns_pages_of_requests(&case());
}

#[test]
fn strangers_are_told_to_sign_in() {
    let wrong = Secrets {
        bearer: Some("somebody-elses".into()),
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
    says(&error.unwrap_err(), "forbidden", "200");
}
