//! SCIM 2.0 on scim2-server, with skills in an extension of its own.

use crate::case::Case;
use crate::contract::{
    EMAIL, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, contains, gets_one, lists_everybody,
    refuses_strangers, says, searches,
};
use entraide::backend::{Operation, Params, Secrets};
use serde_json::json;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn case() -> Case {
    Case::preset("scim", "scim", &json!({}))
}

#[test]
fn everybody_is_listed_over_pages() {
    lists_everybody(&case(), 10, FIELDS, &[]);
}

#[test]
fn one_person_is_read() {
    gets_one(&case(), FIELDS, "0f3c0f3c0f3c0f3c0f3c0f3c0f3c0f3c");
}

#[test]
fn searching_finds_who_fits_and_nobody_else() {
    let words = ["müller", "O'Connor", "Le Goff", "contrôle", "Thị", "иван"];
    searches(&case(), &words, &[], &|c, text| {
        contains(&c.name, text) || contains(&c.title, text)
    });
}

#[test]
fn people_who_left_are_not_shown() {
    let everybody = json!({ "settings": { "filter": "active eq false" } });
    let case = Case::preset("scim", "scim", &everybody);
    let pages = case.all_people(10);
    assert!(pages.iter().all(|page| page.items.is_empty()));
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
fn what_the_server_says_is_passed_on() {
    // A filter that is none: the page owner is told so in the server's words.
    let wrong = json!({ "settings": { "filter": "active is true" } });
    let case = Case::preset("scim", "scim", &wrong);
    let error = case.people(Operation::PeopleList, &Params::default());
    says(&error.unwrap_err(), "invalid", "invalid syntax at column 8");
    // This one has no /Me (RFC 7644, section 3.11, leaves it open).
    let error = self::case().person(Operation::Me, &Params::default());
    says(&error.unwrap_err(), "unavailable", "501");
}
