//! The native API through its preset: whatever the model can hold survives the way through the
//! API's JSON and the mapping, and every call is the one that `docs/api.md` describes.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{
    BackendError, Course, HttpRequest, HttpResponse, Mapping, Method, Operation, Pages, Params,
    Scope, Secrets, Written, preset,
};
use entraide::model::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const BASE: &str = "https://intranet.example/entraide/api";

fn native() -> Mapping {
    let document = r#"{"extends": "entraide"}"#;
    Mapping::parse(document, Some(BASE), &|name| {
        preset(name).map(str::to_owned)
    })
    .unwrap()
}

fn ask(operation: Operation, params: &Params) -> HttpRequest {
    native()
        .prepare(operation, params, &Secrets::default())
        .unwrap()
}

fn answer(status: u16, body: &Value) -> HttpResponse {
    HttpResponse {
        status,
        url: format!("{BASE}/x"),
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.to_string(),
    }
}

fn header<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request
        .headers
        .iter()
        .find(|(n, _)| n == name)
        .map(|(_, v)| v.as_str())
}

fn id(text: &str) -> RequestId {
    RequestId::new(text).unwrap()
}

#[test]
fn every_operation_of_the_contract_is_there() {
    let operations = native().operations();
    let missing: Vec<&str> = Operation::ALL
        .iter()
        .filter(|(op, _)| !operations.contains(op))
        .map(|(_, name)| *name)
        .collect();
    assert_eq!(missing, ["answers.list"], "answers come with their request");
    for scope in Scope::ALL {
        assert!(native().supports_scope(scope));
    }
}

#[test]
fn every_call_is_the_documented_one() {
    let person = PersonId::new("p 1/2").unwrap();
    let new = NewRequest {
        question: "Why?".into(),
        skills: vec!["TVA".into()],
        to: vec![person.clone()],
        visibility: Visibility::Private,
        context: Some(PageContext {
            title: "Page".into(),
            url: SafeUrl::new("/x"),
        }),
        ..NewRequest::default()
    };
    let all = Params {
        query: "tva".into(),
        skill: vec!["a&b".into(), "c".into()],
        team: vec!["t".into()],
        scope: Some(Scope::Inbox),
        limit: Some(20),
        person: Some(person.clone()),
        request: Some(id("r1")),
        answer: Some(AnswerId::new("a1").unwrap()),
        new_request: Some(new),
        text: "Because.".into(),
        pass: Some(Pass {
            reason: PassReason::KnowWho,
            to: Some(person.clone()),
        }),
        thanks: Some(NewThanks {
            to: person,
            skill: "TVA".into(),
            note: String::new(),
        }),
        key: Some("k1".into()),
        etag: Some("\"7\"".into()),
        ..Params::default()
    };
    for (operation, line, body) in [
        (Operation::Me, "GET /me", None),
        (Operation::PeopleList, "GET /people?limit=20", None),
        (
            Operation::PeopleSearch,
            "GET /people/search?q=tva&skill=a%26b&skill=c&team=t&limit=20",
            None,
        ),
        (Operation::PeopleGet, "GET /people/p%201%2F2", None),
        (Operation::SkillsList, "GET /skills?limit=20", None),
        (
            Operation::RequestsCreate,
            "POST /requests",
            Some(
                json!({"question": "Why?", "details": "", "skills": ["TVA"], "to": ["p 1/2"], "visibility": "private", "context": {"title": "Page", "url": "/x"}}),
            ),
        ),
        (
            Operation::RequestsList,
            "GET /requests?scope=inbox&limit=20",
            None,
        ),
        (Operation::RequestsGet, "GET /requests/r1", None),
        (
            Operation::RequestsSimilar,
            "GET /requests/similar?q=tva&limit=20",
            None,
        ),
        (
            Operation::AnswersCreate,
            "POST /requests/r1/answers",
            Some(json!({"text": "Because."})),
        ),
        (
            Operation::AnswersAccept,
            "POST /requests/r1/answers/a1/accept",
            None,
        ),
        (
            Operation::ThanksCreate,
            "POST /requests/r1/thanks",
            Some(json!({"to": "p 1/2", "skill": "TVA"})),
        ),
        (
            Operation::RequestsPass,
            "POST /requests/r1/pass",
            Some(json!({"reason": "know_who", "to": "p 1/2"})),
        ),
        (Operation::RequestsClose, "POST /requests/r1/close", None),
        (Operation::Events, "GET /events", None),
    ] {
        let request = ask(operation, &all);
        let got = format!(
            "{} {}",
            request.method.as_str(),
            request.url.replace(BASE, "")
        );
        assert_eq!(got, line);
        let sent: Option<Value> = request
            .body
            .as_deref()
            .map(|b| serde_json::from_str(b).unwrap());
        assert_eq!(sent, body, "{line}");
        assert_eq!(
            header(&request, "Idempotency-Key").is_some(),
            request.method == Method::Post,
            "{line}"
        );
        let matches = matches!(
            operation,
            Operation::AnswersAccept | Operation::RequestsClose
        );
        assert_eq!(header(&request, "If-Match").is_some(), matches, "{line}");
    }
    assert_eq!(
        header(&ask(Operation::Events, &all), "Accept"),
        Some("text/event-stream")
    );
    // What the server reads is what the model writes.
    let request = ask(Operation::RequestsCreate, &all);
    let read: NewRequest = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
    assert_eq!(Some(read), all.new_request);
    assert!(
        Mapping::default()
            .prepare(Operation::Me, &all, &Secrets::default())
            .is_err()
    );
    assert_eq!(
        ask(
            Operation::PeopleList,
            &Params {
                limit: Some(9_999),
                ..Params::default()
            }
        )
        .url,
        format!("{BASE}/people?limit=500")
    );
}

#[test]
fn a_token_is_sent_where_the_page_gives_one() {
    let secrets = Secrets {
        bearer: Some("abc".into()),
        headers: vec![("X-Tenant".into(), "7".into())],
        ..Secrets::default()
    };
    let request = native()
        .prepare(Operation::Me, &Params::default(), &secrets)
        .unwrap();
    assert_eq!(header(&request, "Authorization"), Some("Bearer abc"));
    assert_eq!(header(&request, "X-Tenant"), Some("7"));
    assert!(!format!("{request:?} {secrets:?}").contains("abc"));
    let injected = Secrets {
        bearer: Some("a\r\nX: y".into()),
        ..Secrets::default()
    };
    let error = native()
        .prepare(Operation::Me, &Params::default(), &injected)
        .unwrap_err();
    assert_eq!(error.kind(), "misconfigured");
}

#[test]
fn events_name_the_request() {
    let native = native();
    assert_eq!(
        native.read_event("request", r#"{"id": "r7"}"#),
        Some(id("r7"))
    );
    for (event, data) in [
        ("other", r#"{"id": "r7"}"#),
        ("request", "{}"),
        ("request", ""),
        ("request", "{"),
    ] {
        assert_eq!(native.read_event(event, data), None);
    }
}

#[test]
fn lists_are_read_to_their_end_and_no_further() {
    let native = native();
    let mut pages = Pages::default();
    let mut cursor = None;
    let mut names = Vec::new();
    let mut calls = 0;
    loop {
        let request = ask(
            Operation::PeopleList,
            &Params::default().after(cursor.clone()),
        );
        // A backend whose cursors go round in a circle: a, b, a, b ...
        let next = if request.url.ends_with("cursor=a") {
            "b"
        } else {
            "a"
        };
        let body =
            json!({"items": [{"id": format!("p{calls}"), "name": "N"}], "next": next, "total": 3});
        let mut page = native
            .read_people(&request, &answer(200, &body))
            .unwrap()
            .value;
        calls += 1;
        let course = pages.admit(&mut page, Timestamp::from_millis(0), &|p: &Person| {
            p.id.as_str()
        });
        names.extend(page.items);
        cursor = page.next;
        if course != Course::More {
            assert_eq!(course, Course::Cut);
            break;
        }
    }
    assert_eq!((calls, names.len()), (3, 3));
}

#[test]
fn what_is_unsound_is_left_out_and_told() {
    let body = json!({"items": [
        {"id": 7, "name": " Ada\u{202E} <b>Byron</b> ", "email": "not an address", "photo": "javascript:alert(1)", "skills": "Excel",
         "languages": ["fr_FR", "klingon language"], "joined": "soon", "title": {"x": 1}, "availability": {"presence": "on the moon", "load": {"open": -3}}},
        {"id": "8"}, {"name": "No id"}, "text", null, {"id": "7", "name": "Twice"},
        {"id": 123_456_789_012_345_678_901_234_567_890.0, "name": "Digits lost"},
        {"id": "9", "name": "Bo", "photo": "/img/bo.png", "skills": [{"name": "SQL", "declared": false, "evidence": {"thanks": "2"}}, "sql", 5, null]},
    ], "next": "", "total": "12"});
    let request = ask(Operation::PeopleList, &Params::default());
    let reading = native().read_people(&request, &answer(200, &body)).unwrap();
    let page = reading.value;
    assert_eq!((page.total, page.next), (Some(12), None));
    let [ada, bo] = page.items.as_slice() else {
        panic!("{:?}", page.items)
    };
    assert_eq!(
        (ada.id.as_str(), ada.name.as_str()),
        ("7", "Ada <b>Byron</b>")
    );
    assert_eq!(
        (
            ada.email.as_str(),
            &ada.photo,
            ada.joined,
            ada.title.as_str()
        ),
        ("", &None, None, "")
    );
    assert_eq!(
        (ada.skills[0].name.as_str(), ada.languages.as_slice()),
        ("Excel", ["fr-FR".to_owned()].as_slice())
    );
    assert_eq!(
        bo.photo.as_ref().map(SafeUrl::as_str),
        Some("https://intranet.example/img/bo.png")
    );
    let skills: Vec<_> = bo
        .skills
        .iter()
        .map(|s| (s.name.as_str(), s.declared, s.evidence.thanks))
        .collect();
    assert_eq!(skills, [("SQL", false, 2), ("5", true, 0)]);
    let places: Vec<&str> = reading.defects.iter().map(|d| d.pointer.as_str()).collect();
    for place in [
        "/0/email",
        "/0/photo",
        "/0/languages",
        "/0/joined",
        "/0/title",
        "/0/presence",
        "/0/openRequests",
        "/1/name",
        "/2/id",
        "/3",
        "/4",
        "/5",
        "/6/id",
    ] {
        assert!(places.contains(&place), "{place} is not told: {places:?}");
    }
}

#[test]
fn what_comes_instead_of_data_is_told_apart() {
    let request = ask(Operation::PeopleList, &Params::default());
    let with = |status: u16, body: &str, headers: &[(&str, &str)]| {
        let headers = headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        let response = HttpResponse {
            status,
            url: format!("{BASE}/people"),
            headers,
            body: body.to_owned(),
        };
        native().read_people(&request, &response).unwrap_err()
    };
    let login = with(
        200,
        "\u{FEFF}\n<!DOCTYPE html><title>Sign in &amp; go</title><input type=\"password\">",
        &[],
    );
    assert_eq!(
        login,
        BackendError::Html {
            title: "Sign in & go".into(),
            login: true
        }
    );
    assert!(!login.is_retryable());
    assert!(
        with(
            200,
            "<html><title>Maintenance</title>",
            &[("content-type", "text/html")]
        )
        .is_retryable()
    );
    assert_eq!(with(200, &"[".repeat(500), &[]), BackendError::TooDeep);
    assert_eq!(with(200, "{\"items\": [", &[]).kind(), "not-json");
    assert_eq!(with(200, "OK", &[]).kind(), "not-json");
    assert_eq!(with(200, &" ".repeat(8_000_001), &[]).kind(), "too-large");
    let lost = with(200, "{\"data\": [], \"meta\": 1}", &[]);
    assert!(
        lost.to_string()
            .contains("`items` gives null; there are: data, meta"),
        "{lost}"
    );
    assert_eq!(with(0, "", &[]), BackendError::Offline);
    let busy = with(
        429,
        "",
        &[
            ("retry-after", "Tue, 24 Nov 2026 06:20:00 GMT"),
            ("date", "Tue, 24 Nov 2026 06:19:30 GMT"),
        ],
    );
    assert_eq!(
        (busy.retry_after_ms(), busy.is_retryable()),
        (Some(30_000), true)
    );
    assert_eq!(
        with(503, "", &[("retry-after", "-5")]).retry_after_ms(),
        Some(0)
    );
    let limited = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60")];
    assert_eq!(with(403, "{}", &limited).retry_after_ms(), Some(60_000));
    assert_eq!(with(304, "", &[]).kind(), "misconfigured");
    // An empty answer to a list is an empty list.
    let none = HttpResponse {
        status: 204,
        url: BASE.into(),
        headers: vec![],
        body: String::new(),
    };
    assert_eq!(
        native().read_people(&request, &none).unwrap().value.items,
        []
    );
}

#[test]
fn what_was_written_must_not_be_sent_again() {
    let params = Params {
        text: "x".into(),
        ..Params::request(id("r1"))
    };
    let request = ask(Operation::AnswersCreate, &params);
    for (status, body, expected) in [
        (202, "", Written::Accepted),
        (204, "", Written::Known(id("r1"))),
        (200, "OK", Written::Known(id("r1"))),
        (201, "{\"unexpected\": true}", Written::Known(id("r1"))),
    ] {
        let response = HttpResponse {
            status,
            url: BASE.into(),
            headers: vec![],
            body: body.into(),
        };
        assert_eq!(
            native().read_written(&request, &response).unwrap().value,
            expected
        );
    }
    let login = HttpResponse {
        status: 200,
        url: BASE.into(),
        headers: vec![],
        body: "<html>".into(),
    };
    assert_eq!(
        native().read_written(&request, &login).unwrap_err().kind(),
        "html"
    );
    let new = Params {
        new_request: Some(NewRequest {
            question: "q".into(),
            ..NewRequest::default()
        }),
        ..Params::default()
    };
    let created = HttpResponse {
        status: 201,
        url: BASE.into(),
        headers: vec![("location".into(), "/api/requests/r%209".into())],
        body: String::new(),
    };
    let written = native()
        .read_written(&ask(Operation::RequestsCreate, &new), &created)
        .unwrap()
        .value;
    assert_eq!(written, Written::Known(id("r 9")));
    let nowhere = HttpResponse {
        headers: vec![],
        ..created
    };
    assert_eq!(
        native()
            .read_written(&ask(Operation::RequestsCreate, &new), &nowhere)
            .unwrap()
            .value,
        Written::Done
    );
}

// What the model can hold, as any part of the widget would build it.

fn line(max: usize) -> impl Strategy<Value = String> {
    "[a-zA-Zé😀<>\"'& .-]{0,30}".prop_map(move |s| clean_line(&s, max))
}
fn name() -> impl Strategy<Value = String> {
    "[A-Zé][a-z '<>]{0,20}".prop_map(|s| clean_line(&s, NAME))
}
fn any_id<T>() -> impl Strategy<Value = Id<T>> {
    "[a-z0-9:/@é-]{1,20}".prop_map(|s| Id::new(s).unwrap())
}
fn time() -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::of(
        (-62_135_596_800_000_i64..253_402_300_799_999).prop_map(Timestamp::from_millis),
    )
}
fn url() -> impl Strategy<Value = Option<SafeUrl>> {
    proptest::option::of(
        "https://[a-z]{1,8}\\.example/[a-z0-9/?=&%.-]{0,20}"
            .prop_map(|s| SafeUrl::new(&s).unwrap()),
    )
}
fn person_ref() -> impl Strategy<Value = PersonRef> {
    (any_id(), name(), line(NAME)).prop_map(|(id, name, title)| PersonRef { id, name, title })
}
fn unique(names: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    names
        .into_iter()
        .filter(|n| seen.insert(skill_key(n)))
        .collect()
}
fn names() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(name(), 0..4).prop_map(unique)
}

fn person() -> impl Strategy<Value = Person> {
    let head = (
        any_id(),
        name(),
        line(NAME),
        line(NAME),
        line(NAME),
        line(SHORT_TEXT),
        time(),
    );
    let skills =
        proptest::collection::vec((name(), any::<bool>(), any::<u32>(), any::<u32>()), 0..4);
    let presence = prop_oneof![
        Just(Presence::Available),
        Just(Presence::Busy),
        Just(Presence::Away),
        Just(Presence::Unknown)
    ];
    let load = (
        any::<u32>(),
        any::<u32>(),
        proptest::option::of(any::<u32>()),
    );
    let links = (url(), url(), prop_oneof![Just(""), Just("a.b@c.example")]);
    let tags = proptest::sample::subsequence(vec!["fr", "en-GB", "de", "zh-Hant-TW"], 0..4);
    let zone = prop_oneof![Just(""), Just("Europe/Paris"), Just("Etc/GMT+5")];
    (
        head,
        skills,
        presence,
        time(),
        load,
        links,
        tags,
        (zone, names()),
    )
        .prop_map(
            |(head, skills, presence, until, load, links, tags, (zone, wants))| {
                let mut person = Person::named(head.0, head.1);
                (
                    person.title,
                    person.team,
                    person.place,
                    person.about,
                    person.joined,
                ) = (head.2, head.3, head.4, head.5, head.6);
                (person.photo, person.profile) = (links.0, links.1);
                person.email = links.2.to_owned();
                person.languages = tags.into_iter().map(str::to_owned).collect();
                person.time_zone = zone.to_owned();
                person.wants = wants;
                let mut seen = std::collections::BTreeSet::new();
                person.skills = skills
                    .into_iter()
                    .filter(|s| seen.insert(skill_key(&s.0)))
                    .map(|(name, declared, accepted, thanks)| PersonSkill {
                        name,
                        declared,
                        evidence: Evidence { accepted, thanks },
                    })
                    .collect();
                let load = Load {
                    open: load.0,
                    recent: load.1,
                    weekly_limit: load.2,
                };
                person.availability = Availability {
                    presence,
                    until,
                    load,
                };
                person
            },
        )
}

fn request() -> impl Strategy<Value = Request> {
    let head = (
        any_id(),
        name(),
        line(LONG_TEXT),
        names(),
        proptest::option::of(person_ref()),
    );
    let answers = proptest::collection::vec((any_id(), person_ref(), name(), any::<bool>()), 0..3);
    let thanks = proptest::collection::vec(
        (
            person_ref(),
            person_ref(),
            line(NAME),
            line(SHORT_TEXT),
            time(),
        ),
        0..3,
    );
    let asked = proptest::collection::vec(person_ref(), 0..3);
    let status = prop_oneof![
        Just(RequestStatus::Solved),
        Just(RequestStatus::Closed),
        Just(RequestStatus::Answered),
        Just(RequestStatus::Unknown)
    ];
    let rest = (
        any::<bool>(),
        proptest::option::of((name(), url())),
        time(),
        time(),
        url(),
        proptest::option::of("\"[a-z0-9]{1,8}\""),
        3..99_u32,
    );
    (head, answers, thanks, asked, status, rest).prop_map(
        |(head, answers, thanks, asked, status, rest)| {
            let mut seen = std::collections::BTreeSet::new();
            Request {
                id: head.0,
                question: head.1,
                details: head.2,
                skills: head.3,
                asker: head.4,
                asked: asked
                    .into_iter()
                    .filter(|p| seen.insert(p.id.clone()))
                    .collect(),
                status,
                visibility: if rest.0 {
                    Visibility::Private
                } else {
                    Visibility::Open
                },
                context: rest.1.map(|(title, url)| PageContext { title, url }),
                created: rest.2,
                updated: rest.3,
                answer_count: rest.6,
                answers: answers
                    .into_iter()
                    .map(|(id, author, text, accepted)| Answer {
                        id,
                        author,
                        text,
                        created: None,
                        accepted,
                    })
                    .collect(),
                thanks: thanks
                    .into_iter()
                    .map(|(from, to, skill, note, created)| Thanks {
                        from,
                        to,
                        skill,
                        note,
                        created,
                    })
                    .collect(),
                url: rest.4,
                etag: rest.5,
            }
        },
    )
}

proptest! {
    #[test]
    fn a_person_survives_the_way(person in person()) {
        let request = ask(Operation::PeopleGet, &Params::person(person.id.clone()));
        let body = serde_json::to_value(&person).unwrap();
        let reading = native().read_person(&request, &answer(200, &body)).unwrap();
        prop_assert_eq!(reading.value, person);
        prop_assert_eq!(reading.defects, []);
    }

    #[test]
    fn a_request_survives_the_way(given in request()) {
        let request = ask(Operation::RequestsGet, &Params::request(given.id.clone()));
        let body = serde_json::to_value(&given).unwrap();
        let reading = native().read_request(&request, &answer(200, &body)).unwrap();
        prop_assert_eq!(reading.value, given);
        prop_assert_eq!(reading.defects, []);
    }
}
