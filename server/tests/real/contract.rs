//! What must be so on every backend, for whatever operations its mapping has.

use crate::case::Case;
use crate::company::{Colleague, Company};
use entraide::backend::{BackendError, Operation, Pages, Params, Scope, Secrets, Written};
use entraide::model::{NewRequest, Person, PersonId, PersonRef, Request, RequestId, RequestStatus};
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
/// may be an error. Exactly those must be found who fit: `fits` says whether the backend, as it
/// searches, finds a colleague by a text. `own` are texts that the backend itself reads in
/// another way; of those only the answer is wanted.
pub(crate) fn searches(
    case: &Case,
    words: &[&str],
    own: &[&str],
    fits: &dyn Fn(&Colleague, &str) -> bool,
) {
    let company = Company::read();
    for (text, must_find) in words
        .iter()
        .map(|w| (*w, true))
        .chain(HOSTILE.iter().map(|h| (*h, false)))
    {
        println!("searching {text:?}");
        let mut params = Params::search(text);
        params.limit = Some(100);
        let reading = case.people(Operation::PeopleSearch, &params);
        let reading = reading.unwrap_or_else(|e| panic!("searching {text:?}: {e}"));
        if own.contains(&text) {
            continue;
        }
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

/// Whether a text is in another, whatever the case.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    text.to_lowercase().contains(&part.to_lowercase())
}

/// Reads who is signed in.
pub(crate) fn knows_me(case: &Case, login: &str, fields: &[Kept]) {
    let me = case
        .person(Operation::Me, &Params::default())
        .unwrap()
        .value;
    compare(&me, Company::read().login(login), fields);
}

/// The identifiers of a list of requests; none where the mapping has no such list.
fn listed(case: &Case, scope: Scope) -> Option<Vec<RequestId>> {
    if !case.mapping.supports_scope(scope) {
        return None;
    }
    let mut params = Params::scope(scope);
    params.limit = Some(100);
    let reading = case.requests(Operation::RequestsList, &params).unwrap();
    assert_eq!(reading.defects, []);
    let requests = reading.value.items.into_iter();
    Some(requests.map(|r| r.id).collect())
}

#[track_caller]
fn is_listed(case: &Case, scope: Scope, id: &RequestId, wanted: bool) {
    if let Some(ids) = listed(case, scope) {
        assert_eq!(ids.contains(id), wanted, "{id:?} among {scope:?}: {ids:?}");
    }
}

/// Somebody asks, finds the question again, gets an answer from `helper` and accepts it; a second
/// question is closed. As far as the mapping has the operations.
pub(crate) fn whole_story(case: &Case, helper: &Case) {
    let asked = question(case);
    let (id, _) = asks(case);
    let mut about = Params::request(id.clone());
    let read = case.request(&about).unwrap();
    assert_eq!(read.defects, []);
    assert_eq!(read.value.id, id);
    same_question(&read.value, &asked);
    assert!(read.value.status.is_open(), "{:?}", read.value.status);
    for (who, scope, wanted) in [
        (case, Scope::Mine, true),
        (case, Scope::Open, true),
        (case, Scope::All, true),
        (case, Scope::Solved, false),
        (helper, Scope::Mine, false),
    ] {
        is_listed(who, scope, &id, wanted);
    }
    if case.mapping.supports(Operation::AnswersCreate) {
        about.text =
            "Oui : voir \"l'aide\" & <b>le wiki</b>, 100 % sûr.\n\nSinon, demande-moi.".to_owned();
        about.etag = read.value.etag.clone();
        about.key = Some("key-0f3c-2".to_owned());
        let written = helper.write(Operation::AnswersCreate, &about).unwrap();
        assert_eq!(written.defects, []);
        let read = case.request(&about).unwrap();
        assert_eq!(read.defects, []);
        let texts: Vec<&str> = read.value.answers.iter().map(|a| &*a.text).collect();
        assert_eq!(texts, [about.text.as_str()]);
        assert!(!read.value.answers[0].accepted);
        about.answer = Some(read.value.answers[0].id.clone());
        about.etag = read.value.etag;
    }
    if case.mapping.supports(Operation::AnswersAccept) {
        let written = case.write(Operation::AnswersAccept, &about).unwrap();
        assert_eq!(written.defects, []);
        let read = case.request(&about).unwrap().value;
        assert_eq!(read.status, RequestStatus::Solved);
        assert!(read.answers[0].accepted);
        is_listed(case, Scope::Solved, &id, true);
        is_listed(case, Scope::Open, &id, false);
    }
    if case.mapping.supports(Operation::RequestsClose) {
        let (id, _) = asks(case);
        let mut about = Params::request(id.clone());
        about.etag = case.request(&about).unwrap().value.etag;
        let written = case.write(Operation::RequestsClose, &about).unwrap();
        assert_eq!(written.defects, []);
        let read = case.request(&about).unwrap().value;
        assert_eq!(read.status, RequestStatus::Closed);
        is_listed(case, Scope::Open, &id, false);
    }
}

/// Turns pages of two requests each: what was posted before the tests comes exactly once, as it
/// was posted.
pub(crate) fn turns_pages_of_requests(case: &Case) {
    let company = Company::read();
    let mut params = Params::scope(Scope::All);
    params.limit = Some(2);
    let (mut watch, mut pages, mut found) = (Pages::default(), 0, Vec::new());
    loop {
        let reading = case.requests(Operation::RequestsList, &params).unwrap();
        assert_eq!(reading.defects, []);
        let mut page = reading.value;
        let now = entraide::model::Timestamp::from_millis(0);
        let course = watch.admit(&mut page, now, &|r| r.id.as_str());
        params = params.after(page.next.clone());
        assert!(page.items.len() <= 2);
        pages += 1;
        found.append(&mut page.items);
        if course != entraide::backend::Course::More {
            break;
        }
    }
    assert!(pages >= company.requests.len().div_ceil(2));
    for posted in &company.requests {
        let same = found.iter().filter(|r| r.question == posted.question);
        let same: Vec<&Request> = same.collect();
        let [request] = same.as_slice() else {
            panic!("{:?} came {} times", posted.question, same.len());
        };
        assert_eq!(request.details, posted.details);
        if !request.skills.is_empty() {
            assert_eq!(request.skills, posted.skills);
        }
        // A bare identifier says no name.
        let named = |p: &PersonRef| p.name != p.id.as_str();
        if let Some(asker) = request.asker.as_ref().filter(|p| named(p)) {
            assert_eq!(asker.name, company.login(&posted.asker).name);
        }
        if request.asked.first().is_some_and(named) {
            let names = |list: Vec<&str>| list.iter().map(|n| (*n).to_owned()).collect();
            let asked = names(request.asked.iter().map(|p| &*p.name).collect());
            let wanted = names(posted.to.iter().map(|l| &*company.login(l).name).collect());
            assert_eq!(sorted(asked), sorted(wanted));
        }
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
