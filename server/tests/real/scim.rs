//! SCIM 2.0 on scim2-server, with skills in an extension of its own.

use crate::case::Case;
use crate::contract::{
    EMAIL, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, gets_one, lists_everybody,
    refuses_strangers, says, searches,
};
use entraide::backend::{Operation, Params, Secrets};
use serde_json::json;

const FIELDS: &[crate::contract::Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

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
