//! Datasette: read only, rows as arrays beside their column names, lists as JSON inside JSON, a
//! cursor in the body.

use crate::case::Case;
use crate::contract::{
    EMAIL, HOSTILE, Kept, LANGUAGES, NAME, PLACE, SKILLS, TEAM, TITLE, gets_one, lists_everybody,
    searches,
};
use entraide::backend::Operation;

const FIELDS: &[Kept] = &[NAME, TITLE, TEAM, PLACE, EMAIL, LANGUAGES, SKILLS];

fn case() -> Case {
    Case::mapping("datasette")
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
    // SQLite's LIKE: two signs of its own, and capitals are the same in ASCII only.
    let own: Vec<&str> = HOSTILE
        .iter()
        .copied()
        .filter(|h| h.contains(['%', '_']))
        .collect();
    let words = ["Müller", "o'connor", "LE GOFF", "Thị Lan", "Иван"];
    searches(&case(), &words, &own, &|c, text| {
        let lower = |text: &str| text.to_ascii_lowercase();
        lower(&c.name).contains(&lower(text))
    });
}

#[test]
fn what_it_cannot_do_is_off() {
    assert!(!case().mapping.supports(Operation::RequestsCreate));
    assert!(!case().mapping.supports(Operation::Me));
}
