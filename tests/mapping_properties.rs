//! Responses are hostile: whatever comes, nothing panics, and nothing unclean gets through.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{HttpResponse, Mapping, Operation, Params, Secrets, preset};
use entraide::model::*;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn native() -> Mapping {
    Mapping::parse(r#"{"extends": "entraide"}"#, Some("/api"), &|name| {
        preset(name).map(str::to_owned)
    })
    .unwrap()
}

/// Texts as they hurt: markup, overrides, controls, long ones, addresses that run code.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "(?s).{0,20}",
        Just("javascript:alert(1)".to_owned()),
        Just("\u{202E}<script>\0</script>".to_owned()),
        Just("https://a.example/x".to_owned()),
        Just("//evil.example".to_owned()),
        Just("2026-11-24T06:19:36Z".to_owned()),
        Just("solved".to_owned()),
        (0..40_000usize).prop_map(|n| "é".repeat(n)),
    ]
}

/// Any JSON, whose names are often those that the mapping looks for.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    let keys = vec![
        "id",
        "name",
        "title",
        "email",
        "photo",
        "profile",
        "skills",
        "languages",
        "timeZone",
        "wants",
        "about",
        "joined",
        "availability",
        "load",
        "presence",
        "open",
        "question",
        "details",
        "asker",
        "asked",
        "status",
        "answers",
        "thanks",
        "author",
        "text",
        "from",
        "to",
        "created",
        "context",
        "url",
        "etag",
        "items",
        "next",
        "total",
        "evidence",
        "accepted",
        "x",
    ];
    leaf.prop_recursive(5, 200, 12, move |inner| {
        let key = proptest::sample::select(keys.clone());
        prop_oneof![
            2 => proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            5 => proptest::collection::vec((key, inner), 0..14).prop_map(|pairs| {
                Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Map<_, _>>())
            }),
        ]
    })
}

/// An item with what it cannot do without, so that the rest of it is looked at.
fn item() -> impl Strategy<Value = Value> {
    (value(), text()).prop_map(|(mut value, name)| {
        if let Value::Object(map) = &mut value {
            map.insert("id".to_owned(), json!("x1"));
            map.insert("name".to_owned(), json!(name));
            map.insert("question".to_owned(), json!(name));
        }
        value
    })
}

fn clean(text: &str, max: usize) -> Result<(), TestCaseError> {
    prop_assert_eq!(&clean_text(text, max), text);
    Ok(())
}

fn clean_ref(person: &PersonRef) -> Result<(), TestCaseError> {
    prop_assert!(!person.name.is_empty());
    clean(&person.name, NAME)?;
    clean(&person.title, NAME)
}

fn clean_url(url: Option<&SafeUrl>) -> Result<(), TestCaseError> {
    prop_assert!(url.is_none_or(|u| SafeUrl::new(u.as_str()).as_ref() == Some(u)));
    Ok(())
}

fn clean_person(person: &Person) -> Result<(), TestCaseError> {
    prop_assert!(!person.name.is_empty());
    for text in [&person.name, &person.title, &person.team, &person.place] {
        prop_assert_eq!(&clean_line(text, NAME), text);
    }
    clean(&person.about, LONG_TEXT)?;
    prop_assert!(person.email.is_empty() || person.email.contains('@'));
    clean_url(person.photo.as_ref())?;
    clean_url(person.profile.as_ref())?;
    for skill in &person.skills {
        prop_assert!(!skill.name.is_empty());
        clean(&skill.name, NAME)?;
    }
    prop_assert!(
        person
            .languages
            .iter()
            .all(|l| l.is_ascii() && l.len() <= 35)
    );
    prop_assert!(person.time_zone.is_ascii());
    Ok(())
}

fn clean_request(request: &Request) -> Result<(), TestCaseError> {
    prop_assert!(!request.question.is_empty());
    clean(&request.question, SHORT_TEXT)?;
    clean(&request.details, LONG_TEXT)?;
    clean_url(request.url.as_ref())?;
    for person in request.asked.iter().chain(&request.asker) {
        clean_ref(person)?;
    }
    for answer in &request.answers {
        clean_ref(&answer.author)?;
        prop_assert!(!answer.text.is_empty());
        clean(&answer.text, LONG_TEXT)?;
    }
    for thanks in &request.thanks {
        clean_ref(&thanks.from)?;
        clean(&thanks.note, SHORT_TEXT)?;
    }
    if let Some(context) = &request.context {
        prop_assert!(!context.title.is_empty());
        clean_url(context.url.as_ref())?;
    }
    prop_assert!(
        request
            .etag
            .as_ref()
            .is_none_or(|e| !e.contains(['\r', '\n']))
    );
    Ok(())
}

fn response(status: u16, body: String) -> HttpResponse {
    HttpResponse {
        status,
        url: "https://intranet.example/api/x".to_owned(),
        headers: Vec::new(),
        body,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_read_is_clean(items in proptest::collection::vec(item(), 0..3), next in value(), total in value()) {
        let native = native();
        let body = json!({"items": items, "next": next, "total": total}).to_string();
        let list = native.prepare(Operation::PeopleList, &Params::default(), &Secrets::default()).unwrap();
        let people = native.read_people(&list, &response(200, body.clone())).unwrap();
        for person in &people.value.items {
            clean_person(person)?;
        }
        prop_assert!(people.defects.len() <= 201);
        let list = native.prepare(Operation::RequestsList, &Params::default(), &Secrets::default()).unwrap();
        for request in &native.read_requests(&list, &response(200, body.clone())).unwrap().value.items {
            clean_request(request)?;
        }
        let list = native.prepare(Operation::SkillsList, &Params::default(), &Secrets::default()).unwrap();
        for skill in &native.read_skills(&list, &response(200, body)).unwrap().value.items {
            clean(&skill.name, NAME)?;
        }
    }

    #[test]
    fn any_json_with_any_status_is_survived(body in value(), status in 0u16..600) {
        let native = native();
        let id = RequestId::new("r").unwrap();
        let response = response(status, body.to_string());
        let params = Params { text: "x".into(), ..Params::request(id) };
        let written = native.prepare(Operation::AnswersCreate, &params, &Secrets::default()).unwrap();
        match native.read_written(&written, &response) {
            Ok(_) => prop_assert!((200..300).contains(&status)),
            Err(error) => {
                clean(error.detail(), SHORT_TEXT)?;
                let _ = (error.kind(), error.to_string(), error.is_retryable(), error.retry_after_ms());
            }
        }
        let me = native.prepare(Operation::Me, &Params::default(), &Secrets::default()).unwrap();
        if let Ok(person) = native.read_person(&me, &response) {
            clean_person(&person.value)?;
        }
    }

    #[test]
    fn any_text_is_survived(body in text(), kind in proptest::sample::select(vec!["text/html", "application/json", ""])) {
        let native = native();
        let me = native.prepare(Operation::Me, &Params::default(), &Secrets::default()).unwrap();
        let mut response = response(200, body);
        response.headers.push(("content-type".to_owned(), kind.to_owned()));
        prop_assert!(native.read_person(&me, &response).is_err());
    }

    #[test]
    fn any_document_is_survived(document in value(), text in "\\PC{0,60}") {
        let _ = Mapping::parse(&text, None, &|_| None);
        for document in [json!({"base": "/a", "operations": document}), json!({"base": "/a", "paging": document, "operations": {"people.list": "GET /"}}), document] {
            if let Err(problems) = Mapping::parse(&document.to_string(), None, &|_| None) {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.pointer.is_empty() || problem.pointer.starts_with('/'));
                }
            }
        }
    }

    #[test]
    fn nothing_typed_changes_where_a_call_goes(query in text(), id in "\\PC{1,20}") {
        let native = native();
        let search = native.prepare(Operation::PeopleSearch, &Params::search(query), &Secrets::default()).unwrap();
        prop_assert!(search.url.starts_with("/api/people/search?"));
        prop_assert!(search.url.matches(['?', '#']).count() == 1 && search.url.matches('&').count() <= 1);
        if let Ok(id) = PersonId::new(id) {
            match native.prepare(Operation::PeopleGet, &Params::person(id.clone()), &Secrets::default()) {
                Ok(get) => {
                    prop_assert_eq!(get.url.matches('/').count(), 3);
                    prop_assert!(!get.url.contains(['?', '#', '\\']));
                }
                // Also between slashes, which some proxies decode before they fold dots away.
                Err(_) => prop_assert!(id.as_str().split(['/', '\\']).any(|s| s == "." || s == "..")),
            }
        }
    }
}
