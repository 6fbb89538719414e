//! What must be so on every backend, for whatever operations its mapping has.

use crate::case::Case;
use crate::company::{Colleague, Company};
use entraide::backend::{BackendError, Operation, Params, Secrets, Written};
use entraide::model::{NewRequest, Person, PersonId, Request, RequestId};
use std::collections::BTreeMap;

/// What somebody could type to break out of a query, or break it.
pub(crate) const HOSTILE: &[&str] = &[
    "'",
    "\"",
    "\\",
    "'; drop table people; --",
    "' or '1' eq '1",
    "\" or userName pr or title co \"",
    "O'Connor) or (1 eq 1",
    ") or (id gt 0",
    "%",
    "100 %",
    "%25",
    "_",
    "*",
    "a&b=c",
    "R&D",
    "&search=",
    "?page=1#x",
    "x\ny",
    "x\r\nX-Injected: 1",
    "a,b;c|d",
    "name:*",
    "{\"$gt\": \"\"}",
    "[]",
    "${7*7}",
    "~",
    "🦀",
    "\u{202e}evil",
];

/// A field of a person that a backend keeps: its name, and how it was written there.
pub(crate) type Kept = (
    &'static str,
    fn(&Person) -> String,
    fn(&Colleague) -> String,
);

pub(crate) const NAME: Kept = ("name", |p| p.name.clone(), |c| c.name.clone());
pub(crate) const TITLE: Kept = ("title", |p| p.title.clone(), |c| c.title.clone());
pub(crate) const TEAM: Kept = ("team", |p| p.team.clone(), |c| c.team.clone());
pub(crate) const PLACE: Kept = ("place", |p| p.place.clone(), |c| c.place.clone());
pub(crate) const EMAIL: Kept = ("email", |p| p.email.clone(), |c| c.email.clone());
pub(crate) const LANGUAGES: Kept = (
    "languages",
    |p| p.languages.join("|"),
    |c| c.languages.join("|"),
);
/// Skills, in any order: not every backend keeps one.
pub(crate) const SKILLS: Kept = (
    "skills",
    |p| sorted(p.skills.iter().map(|s| s.name.clone()).collect()),
    |c| sorted(c.skills.clone()),
);

fn sorted(mut list: Vec<String>) -> String {
    list.sort();
    list.join("|")
}

fn compare(person: &Person, colleague: &Colleague, fields: &[Kept]) {
    for (field, read, written) in fields {
        let (read, written) = (read(person), written(colleague));
        assert_eq!(read, written, "{field} of {}", colleague.name);
    }
}

/// Lists everybody, page by page: each colleague comes exactly once and with each field as it
/// was written, the total is right where the backend gives one, and no page is longer than what
/// was asked for. `others` are people that the software itself has (its administrator).
pub(crate) fn lists_everybody(case: &Case, limit: u32, fields: &[Kept], others: &[&str]) {
    let company = Company::read();
    let everybody = company.people.len() + others.len();
    let pages = case.all_people(limit);
    let least = everybody.div_ceil(limit as usize);
    assert!(pages.len() >= least, "{} pages", pages.len());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in &pages {
        assert!(page.items.len() <= limit as usize);
        if let Some(total) = page.total {
            assert_eq!(total, everybody as u64);
        }
        for person in &page.items {
            *seen.entry(person.name.clone()).or_default() += 1;
            if !others.contains(&person.name.as_str()) {
                compare(person, company.named(&person.name), fields);
            }
        }
    }
    let names = company.people.iter().map(|p| p.name.clone());
    let names = names.chain(others.iter().map(|n| (*n).to_owned()));
    let wanted: BTreeMap<String, usize> = names.map(|name| (name, 1)).collect();
    assert_eq!(seen, wanted);
}

/// Searches for `words`, each of which must find somebody, and for hostile texts, none of which
/// may be an error. Whoever is found must fit: `fits` says whether the backend, as it searches,
/// should find a colleague by a text.
pub(crate) fn searches(case: &Case, words: &[&str], fits: &dyn Fn(&Colleague, &str) -> bool) {
    let company = Company::read();
    for (text, must_find) in words
        .iter()
        .map(|w| (*w, true))
        .chain(HOSTILE.iter().map(|h| (*h, false)))
    {
        let mut params = Params::search(text);
        params.limit = Some(100);
        let reading = case.people(Operation::PeopleSearch, &params);
        let reading = reading.unwrap_or_else(|e| panic!("searching {text:?}: {e}"));
        let mut found: Vec<&str> = reading.value.items.iter().map(|p| &*p.name).collect();
        let people = company.people.iter().filter(|c| fits(c, text));
        let mut wanted: Vec<&str> = people.map(|c| &*c.name).collect();
        assert!(!must_find || !found.is_empty(), "{text:?} finds nobody");
        found.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "searching {text:?}");
    }
}

/// Reads people of a list one by one: the same person, and nobody where there is nobody.
pub(crate) fn gets_one(case: &Case, fields: &[Kept], nobody: &str) {
    let company = Company::read();
    let page = case.all_people(20).swap_remove(0);
    for listed in page.items.iter().take(3) {
        let reading = case.person(Operation::PeopleGet, &Params::person(listed.id.clone()));
        let person = reading.unwrap().value;
        assert_eq!(person.id, listed.id);
        compare(&person, company.named(&person.name), fields);
    }
    let missing = Params::person(PersonId::new(nobody).unwrap());
    let error = case.person(Operation::PeopleGet, &missing).unwrap_err();
    assert_eq!(error.kind(), "not-found", "{error}");
    // What leads out of the collection is no identifier of anybody in it.
    for hostile in ["../x", "a/b", "..", "?x=1", "#", "%2e%2e", "1;drop"] {
        let params = Params::person(PersonId::new(hostile).unwrap());
        let error = case.person(Operation::PeopleGet, &params).unwrap_err();
        let kinds = ["not-found", "misconfigured", "invalid", "html"];
        assert!(kinds.contains(&error.kind()), "{hostile}: {error}");
    }
}

/// Whoever proves nothing is told to sign in, and so is whoever proves it wrongly.
pub(crate) fn refuses_strangers(case: &Case, operation: Operation, wrong: Secrets) {
    for secrets in [Secrets::default(), wrong] {
        let stranger = case.with_secrets(secrets);
        let error = match operation.is_list() {
            true => stranger.people(operation, &Params::default()).map(|_| ()),
            false => stranger.write(operation, &question(case)).map(|_| ()),
        };
        let error = error.unwrap_err();
        assert_eq!(error.kind(), "signed-out", "{error}");
    }
}

/// A question as people ask them, to somebody of the first page where the mapping lists people.
pub(crate) fn question(case: &Case) -> Params {
    let mut to = Vec::new();
    if case.mapping.supports(Operation::PeopleList)
        && let Ok(reading) = case.people(Operation::PeopleList, &Params::default())
    {
        to.extend(reading.value.items.first().map(|p| p.id.clone()));
    }
    Params {
        new_request: Some(NewRequest {
            question: "Qui connaît l'API \"R&D\" à 100 % <pressé> ?".to_owned(),
            details: "Première ligne, d'abord.\n\nPuis une autre : {=raw(me)} & ${x} \\n \"fin\"."
                .to_owned(),
            skills: vec!["Rust".to_owned(), "C++".to_owned()],
            to,
            ..NewRequest::default()
        }),
        key: Some("key-0f3c-1".to_owned()),
        ..Params::default()
    }
}

/// Posts a question; gives its identifier, and the request where the backend answers with it.
pub(crate) fn asks(case: &Case) -> (RequestId, Option<Request>) {
    let params = question(case);
    let reading = case.write(Operation::RequestsCreate, &params).unwrap();
    assert_eq!(reading.defects, []);
    match reading.value {
        Written::Request(request) => {
            same_question(&request, &params);
            (request.id.clone(), Some(*request))
        }
        Written::Known(id) => (id, None),
        other => panic!("posted, and nobody knows where: {other:?}"),
    }
}

/// That a request holds what was asked.
pub(crate) fn same_question(request: &Request, params: &Params) {
    let asked = params.new_request.as_ref().unwrap();
    assert_eq!(request.question, asked.question);
    if !request.details.is_empty() {
        assert_eq!(request.details, asked.details);
    }
    if !request.asked.is_empty() {
        let ids: Vec<&PersonId> = request.asked.iter().map(|p| &p.id).collect();
        assert_eq!(ids, asked.to.iter().collect::<Vec<_>>());
    }
}

/// That an error says, in words of the backend, what is wrong.
pub(crate) fn says(error: &BackendError, kind: &str, words: &str) {
    assert_eq!(error.kind(), kind, "{error}");
    let mut whole = error.to_string();
    if let BackendError::Invalid { fields, .. } = error {
        for field in fields {
            whole.push_str(&format!(" {}: {}", field.field, field.problem));
        }
    }
    let lower = whole.to_lowercase();
    assert!(lower.contains(&words.to_lowercase()), "{whole}");
}
