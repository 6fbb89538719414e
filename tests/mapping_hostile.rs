//! Responses are hostile: what is sound in them is read, nobody ever stands in another's place,
//! no address leads away, and the work is bounded. `docs/mapping.md` says what is decided where
//! standards leave it open.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{
    BackendError, HttpRequest, HttpResponse, Mapping, Operation, Params, Reading, Secrets, Written,
};
use entraide::model::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::mpsc;
use std::time::Duration;

/// A mapping at `base`, with these members over the usual ones.
fn mapping(base: &str, more: &Value) -> Mapping {
    let mut document = json!({
        "base": base,
        "records": {
            "person": {"id": "id", "name": "name", "title": "title", "skills": "skills", "email": "email", "joined": "joined"},
            "request": {"id": "id", "question": "question", "answers": "answers", "asked": "asked", "status": "status"},
            "answer": {"id": "id", "author": "author", "text": "text", "created": "created"},
        },
        "operations": {
            "me": "GET /me",
            "people.list": {"call": "GET /people", "items": "items"},
            "people.get": "GET /people/{id}",
            "requests.list": {"call": "GET /requests{?offset}", "items": "items", "paging": {"kind": "offset"}},
            "requests.get": "GET /requests/{id}",
            "requests.create": {"call": "POST /requests", "headers": {"Idempotency-Key": "{=key}"}, "body": {"q": "{=question}"}},
            "answers.list": {"call": "GET /requests/{id}/answers", "items": "items"},
            "answers.create": {"call": "POST /requests/{id}/answers", "headers": {"If-Match": "{=etag}"}, "body": {"text": "{=text}"}},
        },
    });
    merge(&mut document, more);
    Mapping::parse(&document.to_string(), None, &|_| None).unwrap_or_else(|e| panic!("{e:?}"))
}

fn merge(into: &mut Value, more: &Value) {
    for (key, value) in more.as_object().unwrap() {
        match into.get_mut(key) {
            Some(old @ Value::Object(_)) if value.is_object() => merge(old, value),
            _ => into[key] = value.clone(),
        }
    }
}

fn plain() -> Mapping {
    mapping("https://api.example/v1", &json!({}))
}

fn ask(mapping: &Mapping, operation: Operation, params: &Params) -> HttpRequest {
    mapping
        .prepare(operation, params, &Secrets::default())
        .unwrap()
}

fn answer(request: &HttpRequest, body: impl Into<String>) -> HttpResponse {
    HttpResponse {
        status: 200,
        url: request.url.clone(),
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.into(),
    }
}

type People = Result<Reading<Page<Person>>, BackendError>;

fn people(mapping: &Mapping, body: impl Into<String>) -> People {
    let request = ask(mapping, Operation::PeopleList, &Params::default());
    mapping.read_people(&request, &answer(&request, body))
}

fn names(read: &People) -> Vec<&str> {
    let items = &read.as_ref().unwrap().value.items;
    items.iter().map(|p| p.name.as_str()).collect()
}

/// Runs what must not take for ever: it takes a second, and took hours where its work grew with the
/// square of the body.
fn soon<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(work()));
    receive.recv_timeout(Duration::from_secs(300)).unwrap()
}

// --- Nobody in another's place ---------------------------------------------------------------

#[test]
fn of_two_with_one_identifier_the_first_stays_and_the_second_is_told() {
    let read = people(
        &plain(),
        r#"{"items": [
        {"id": "7", "name": "Ada"}, {"id": 7, "name": "Not Ada"}, {"id": " 7 ", "name": "Nor she"}, {"id": "8", "name": "Bo"}
    ]}"#,
    );
    assert_eq!(names(&read), ["Ada", "Bo"]);
    let defects = read.unwrap().defects;
    let places: Vec<&str> = defects.iter().map(|d| d.pointer.as_str()).collect();
    assert_eq!(places, ["/1", "/2"]);
}

#[test]
fn identifiers_that_lost_something_stand_for_nobody() {
    let read = people(&plain(), r#"{"items": [
        {"id": 12345678901234567890, "name": "Fits into 64 bits"},
        {"id": 123456789012345678901, "name": "Long"}, {"id": 123456789012345678902, "name": "Long too"},
        {"id": -9223372036854775809, "name": "Below"}, {"id": 1e3, "name": "Float"}, {"id": 1.5, "name": "Half"},
        {"id": "a\ud800", "name": "Half a character"}, {"id": "a\udfff", "name": "Another half"},
        {"id": "a\u0000", "name": "Null byte"}, {"id": "a\nb", "name": "Line"}, {"id": " \t ", "name": "Space"},
        {"id": "", "name": "Empty"}, {"id": null, "name": "Null"}, {"id": true, "name": "Truth"},
        {"id": ["1"], "name": "List"}, {"id": {"id": 1}, "name": "Object"}, {"name": "None"},
        {"id": "x", "name": " \u202e\u0000 "}, {"id": "ok", "name": "Ada"}
    ]}"#.replace("a\nb", "a\\nb"));
    assert_eq!(names(&read), ["Fits into 64 bits", "Ada"]);
    let read = read.unwrap();
    assert_eq!(read.value.items[0].id.as_str(), "12345678901234567890");
    assert!(read.defects.len() >= 16, "{:?}", read.defects);
    let long = people(&plain(), json!({"items": [{"id": "x".repeat(513), "name": "N"}, {"id": "x".repeat(512), "name": "M"}]}).to_string());
    assert_eq!(names(&long), ["M"]);
}

/// Numbers that lost digits are equal to others; what is joined by them is nobody's. The same for
/// identifiers with half a character, and for texts made of such numbers.
#[test]
fn what_is_joined_by_a_broken_identifier_is_nobodys() {
    let joined = mapping(
        "/v1",
        &json!({"records": {"person": {"title": "lookup($.users, 'id', by).name"}}}),
    );
    let read = people(
        &joined,
        r#"{
        "users": [{"id": 123456789012345678901, "name": "Wrong"}, {"id": "b\ud800", "name": "Wrong too"}, {"id": 5, "name": "Right"}],
        "items": [
            {"id": "1", "name": "A", "by": 123456789012345678902}, {"id": "2", "name": "B", "by": "b\ud801"},
            {"id": "3", "name": "C", "by": "5"}, {"id": "4", "name": "D", "by": [5, 123456789012345678902]}
        ]
    }"#,
    );
    let titles: Vec<String> = read
        .unwrap()
        .value
        .items
        .into_iter()
        .map(|p| p.title)
        .collect();
    assert_eq!(titles, ["", "", "Right", ""]);
    for made in ["to_string(id)", "join('-', ['u', id])", "raw(id)"] {
        let made = mapping("/v1", &json!({"records": {"person": {"id": made}}}));
        let read = people(
            &made,
            r#"{"items": [{"id": 123456789012345678901, "name": "A"}, {"id": 123456789012345678902, "name": "B"}]}"#,
        );
        // `join` passes over what is missing, so both would be `u`: one is left, and told.
        assert!(read.is_ok_and(|r| r.value.items.len() <= 1 && !r.defects.is_empty()));
    }
}

#[test]
fn another_one_than_was_asked_for_is_refused() {
    let plain = plain();
    let one = ask(
        &plain,
        Operation::PeopleGet,
        &Params::person(PersonId::new("Ada@X").unwrap()),
    );
    let other = plain.read_person(&one, &answer(&one, r#"{"id": "bo@x", "name": "Bo"}"#));
    assert!(
        matches!(&other, Err(e @ BackendError::Unreadable { .. }) if e.to_string().contains("another one")),
        "{other:?}"
    );
    // Backends that write an address back in lower case mean the same person.
    let same = plain
        .read_person(&one, &answer(&one, r#"[{"id": "ada@x", "name": "Ada"}]"#))
        .unwrap();
    assert_eq!(same.value.name, "Ada");
    let me = ask(&plain, Operation::Me, &Params::default());
    assert!(
        plain
            .read_person(&me, &answer(&me, r#"{"id": "bo@x", "name": "Bo"}"#))
            .is_ok()
    );

    let request = RequestId::new("r1").unwrap();
    let get = ask(
        &plain,
        Operation::RequestsGet,
        &Params::request(request.clone()),
    );
    assert!(
        plain
            .read_request(
                &get,
                &answer(&get, r#"{"id": "r2", "question": "Another?"}"#)
            )
            .is_err()
    );
    let write = ask(
        &plain,
        Operation::AnswersCreate,
        &Params {
            text: "x".into(),
            ..Params::request(request.clone())
        },
    );
    for body in [
        r#"{"id": "r2", "question": "Another?"}"#,
        r#"{"id": "a77"}"#,
        "",
        "[]",
        "{}",
        "null",
    ] {
        let written = plain.read_written(&write, &answer(&write, body)).unwrap();
        assert_eq!(written.value, Written::Known(request.clone()), "{body}");
    }
    // A backend that answers with the new answer's identifier: it is not the request's.
    let by_id = mapping(
        "/v1",
        &json!({"operations": {"answers.create": {"returns": "id", "item": "id"}}}),
    );
    let write = ask(
        &by_id,
        Operation::AnswersCreate,
        &Params {
            text: "x".into(),
            ..Params::request(request.clone())
        },
    );
    let written = by_id
        .read_written(&write, &answer(&write, r#"{"id": "r2"}"#))
        .unwrap();
    assert_eq!(written.value, Written::Known(request));
}

#[test]
fn answers_of_one_identifier_count_once() {
    let plain = plain();
    let get = ask(
        &plain,
        Operation::RequestsGet,
        &Params::request(RequestId::new("r").unwrap()),
    );
    let body = r#"{"id": "r", "question": "Q?", "answers": [
        {"id": "a", "author": "p1", "text": "First"}, {"id": "a", "author": "p2", "text": "Second"}, {"id": "b", "author": "p2", "text": "Third"}
    ], "asked": ["p1", "p1", "p2"]}"#;
    let read = plain.read_request(&get, &answer(&get, body)).unwrap();
    let texts: Vec<&str> = read.value.answers.iter().map(|a| a.text.as_str()).collect();
    assert_eq!((texts, read.value.asked.len()), (vec!["First", "Third"], 2));
    assert_eq!(read.defects[0].pointer, "/answers/1");
}

/// RFC 8259, section 4, leaves open which of two members of one name counts: the last one, as for
/// browsers and most servers, so that nobody sees another person than they do.
#[test]
fn of_two_members_of_one_name_the_last_one_counts() {
    let read = people(
        &plain(),
        r#"{"items": [{"id": "1", "name": "A"}], "items": [{"id": "1", "id": "2", "name": "B", "name": "C"}]}"#,
    );
    assert_eq!(names(&read), ["C"]);
    assert_eq!(read.unwrap().value.items[0].id.as_str(), "2");
}

// --- Depth, length, work ---------------------------------------------------------------------

#[test]
fn depth_is_refused_and_never_overflows() {
    let plain = plain();
    let nest = |open: &str, close: &str, n: usize| {
        [open.repeat(n), "1".to_owned(), close.repeat(n)].concat()
    };
    for n in [200, 10_000, 500_000] {
        for (open, close) in [("[", "]"), ("{\"items\":", "}"), ("[{\"a\":", "}]")] {
            let read = people(&plain, nest(open, close, n));
            assert_eq!(
                read.map(|_| ()),
                Err(BackendError::TooDeep),
                "{n} of {open}"
            );
        }
        assert!(people(&plain, "[".repeat(n)).is_err());
        // In an error, and in what comes instead of an answer to a write.
        let write = ask(
            &plain,
            Operation::AnswersCreate,
            &Params {
                text: "x".into(),
                ..Params::request(RequestId::new("r").unwrap())
            },
        );
        let mut refused = answer(&write, nest("{\"error\":", "}", n));
        assert!(plain.read_written(&write, &refused).is_err());
        refused.status = 422;
        assert_eq!(
            plain.read_written(&write, &refused).unwrap_err().kind(),
            "invalid"
        );
    }
    let deep =
        json!({"items": [{"id": "1", "name": "A", "title": nest("[", "]", 100_000)}]}).to_string();
    let parses = mapping(
        "/v1",
        &json!({"records": {"person": {"title": "parse_json(title)", "skills": "title"}}}),
    );
    assert_eq!(names(&people(&parses, deep)), ["A"]);
    let bearable = format!(
        "{{\"items\": [{{\"id\": \"1\", \"name\": \"A\", \"title\": {}}}]}}",
        nest("[", "]", 100)
    );
    assert_eq!(names(&people(&plain, bearable)), ["A"]);
}

#[test]
fn a_body_that_is_too_long_is_not_read() {
    let limited = mapping("/v1", &json!({"maxBytes": 1_000}));
    let body = |n: usize| format!("{{\"items\": []}}{}", " ".repeat(n));
    assert!(people(&limited, body(1_000 - 13)).is_ok());
    assert_eq!(
        people(&limited, body(1_001 - 13)).unwrap_err(),
        BackendError::TooLarge {
            bytes: 1_001,
            max: 1_000
        }
    );
    let huge = people(&plain(), " ".repeat(100_000_000)).unwrap_err();
    assert_eq!(
        huge,
        BackendError::TooLarge {
            bytes: 100_000_000,
            max: 8_000_000
        }
    );
    let request = ask(&plain(), Operation::PeopleList, &Params::default());
    assert_eq!(
        request.max_bytes, 8_000_000,
        "the transport is told when to stop"
    );
    // No document may ask for more than a page can hold.
    let greedy = json!({"base": "/v1", "maxBytes": 4_000_000_000_u64, "records": {"person": {"id": "id", "name": "name"}}, "operations": {"people.list": "GET /p"}});
    assert!(Mapping::parse(&greedy.to_string(), None, &|_| None).is_err());
}

#[test]
fn more_than_is_held_is_left_out_and_told() {
    let wide = mapping("/v1", &json!({"maxBytes": 64_000_000}));
    // Newest first, which is how most backends count.
    let many = |n: u32| {
        let items: Vec<Value> = (0..n).rev().map(|i| json!({"id": i, "name": "N", "question": "Q?", "author": "p", "text": "T", "created": i})).collect();
        json!({ "items": items }).to_string()
    };
    let (people_read, requests, answers) = soon(move || {
        let listed = people(&wide, many(201_000)).unwrap();
        let list = ask(&wide, Operation::RequestsList, &Params::default());
        let requests = wide
            .read_requests(&list, &answer(&list, many(5_000)))
            .unwrap();
        let list = ask(
            &wide,
            Operation::AnswersList,
            &Params::request(RequestId::new("r").unwrap()),
        );
        let answers = wide
            .read_answers(&list, &answer(&list, many(50_000)))
            .unwrap();
        (listed, requests, answers)
    });
    assert_eq!(people_read.value.items.len(), 200_000);
    assert!(
        people_read
            .defects
            .iter()
            .any(|d| d.problem.contains("more items"))
    );
    assert_eq!(requests.value.items.len(), 1_000);
    assert_eq!(
        requests.value.next,
        Some(Cursor("1000".into())),
        "the next page begins where reading stopped"
    );
    assert!(
        requests
            .defects
            .iter()
            .any(|d| d.problem.contains("more items"))
    );
    assert_eq!(answers.value.items.len(), 1_000);
    assert!(answers.value.items.is_sorted_by_key(|a| a.created));
}

/// Each of these took time that grows with the square of the body; the fuel of selectors and the
/// bounds of lists make it a share of it.
#[test]
fn work_is_bounded() {
    let ends = |records: Value, body: String| {
        let wide = mapping(
            "/v1",
            &json!({"maxBytes": 64_000_000, "records": {"person": records}}),
        );
        soon(move || people(&wide, body).map(|read| read.value.items.len()))
    };
    let person =
        |more: Value| json!({"items": [{"id": "1", "name": "A", "title": more}]}).to_string();
    assert_eq!(
        ends(
            json!({"title": "plain_text(title)"}),
            person(json!("&".repeat(6_000_000)))
        ),
        Ok(1)
    );
    assert_eq!(
        ends(
            json!({"title": "plain_text(title)"}),
            person(json!("<".repeat(6_000_000)))
        ),
        Ok(1)
    );
    assert_eq!(
        ends(
            json!({"title": "plain_text(title)"}),
            person(json!("<script></".repeat(600_000)))
        ),
        Ok(1)
    );
    assert_eq!(
        ends(
            json!({"title": "split(title, ',')"}),
            person(json!("a,".repeat(3_000_000)))
        ),
        Ok(1)
    );
    assert_eq!(
        ends(
            json!({"skills": {"select": "title", "split": ","}}),
            person(json!("a,".repeat(3_000_000)))
        ),
        Ok(1)
    );
    // All with all.
    let ids: Vec<u32> = (0..100_000).collect();
    let users: Vec<Value> = ids.iter().map(|i| json!({"k": i + 1_000_000})).collect();
    let body = json!({"users": users, "items": [{"id": "1", "name": "A", "by": ids}]}).to_string();
    let refused = ends(json!({"title": "lookup($.users, 'k', by)"}), body).unwrap_err();
    assert!(refused.to_string().contains("too much work"), "{refused}");
    // The whole response, again for each of its items.
    let crowd: Vec<Value> = (0..10_000).map(|i| json!({"id": i, "name": "N"})).collect();
    let body = json!({"items": crowd, "text": "x ".repeat(1_000_000), "list": ids}).to_string();
    for again in [
        "to_string($)",
        "lower($.text)",
        "contains($.list, 'z') && 'z'",
        "join(',', $.list)",
        "$.list[::-1]",
    ] {
        let refused = ends(json!({"title": again}), body.clone()).unwrap_err();
        assert!(
            refused.to_string().contains("too much work"),
            "{again}: {refused}"
        );
    }
    // But for what is taken of a list there: that is made once, for all of them.
    let once = json!({"title": "$.items[?id=='x'].id | [0]"});
    assert_eq!(ends(once, body), Ok(10_000));
}

#[test]
fn defects_do_not_grow_with_the_response() {
    let items: Vec<Value> = (0..50_000)
        .map(
            |i| json!({"id": i, "name": "N", "email": "no", "joined": "never", "skills": [{}, {}]}),
        )
        .collect();
    let read = people(&plain(), json!({ "items": items }).to_string()).unwrap();
    assert_eq!(read.value.items.len(), 50_000);
    assert!(read.defects.len() <= 202);
    assert!(read.defects.iter().all(|d| d.problem.len() < 200));
}

#[test]
fn paging_of_no_size_is_a_mistake_and_no_panic() {
    for paging in [
        json!({"kind": "page", "max": 0}),
        json!({"kind": "page", "size": 0}),
        json!({"kind": "offset", "first": 2}),
        json!({"kind": "page", "max": -1}),
    ] {
        let document = json!({"base": "/v1", "records": {"person": {"id": "id", "name": "name"}},
            "operations": {"people.list": {"call": "GET /p{?page,offset}", "paging": paging}}});
        assert!(
            Mapping::parse(&document.to_string(), None, &|_| None).is_err(),
            "{paging}"
        );
    }
}

// --- Where calls go --------------------------------------------------------------------------

/// The host that a browser reads in an address (WHATWG URL: back slashes are slashes, tabs and line
/// breaks vanish, control characters and spaces at the ends too, what is before `@` is a user), or
/// `None` where it stays on the page's own. Written apart from the code that it judges.
fn browsers_host(address: &str) -> Option<String> {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    let text: String = trimmed
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let text = text.replace('\\', "/");
    let colon = text.find(':').filter(|at| {
        let scheme = &text[..*at];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let (scheme, rest) = match colon {
        Some(at) => (text[..at].to_lowercase(), &text[at + 1..]),
        None => (String::new(), text.as_str()),
    };
    if scheme.is_empty() && !rest.starts_with("//") {
        return None;
    }
    let after = rest.trim_start_matches('/');
    let authority = &after[..after.find(['/', '?', '#']).unwrap_or(after.len())];
    let host = authority
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let user = authority.contains('@');
    Some(format!(
        "{scheme}:{host}{}",
        if user { " with a user" } else { "" }
    ))
}

fn address() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "https:",
        "http:",
        "HTTPS:",
        "javascript:",
        "data:",
        "file:",
        "//",
        "/",
        "\\\\",
        "\\",
        "/\\",
        "api.example",
        "API.example",
        "api.example:443",
        ":444",
        "evil.example",
        "@",
        "user:pass@",
        "api.example@",
        ".evil.example",
        "..",
        "/../",
        "%2e%2e",
        "?p=2",
        "#",
        "\t",
        "\n",
        " ",
        "\0",
        "\u{200B}",
        "。",
        "people",
        "v1",
        "[::1]",
        "127.0.0.1",
        ";",
        "%00",
        "%0d%0a",
        "é",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces.clone(), 1..7).prop_map(|all| all.concat()),
        // What begins as the own origin does, and goes on to be another.
        4 => prop::collection::vec(pieces, 1..4).prop_map(|all| ["https://api.example", &all.concat()].concat()),
        1 => "\\PC{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(700))]

    #[test]
    fn a_next_page_never_leads_away(target in address(), rewrite: bool, link: bool, own: bool) {
        let kind = if link { "link" } else { "url" };
        let base = if own { "/v1" } else { "https://api.example/v1" };
        let paged = mapping(base, &json!({"paging": {"kind": kind, "next": if link { Value::Null } else { json!("next") }, "rewriteOrigin": rewrite}}));
        let request = ask(&paged, Operation::PeopleList, &Params::default());
        let mut response = answer(&request, json!({"items": [], "next": target}).to_string());
        response.url = "https://api.example/v1/people".to_owned();
        if link {
            response.headers.push(("link".to_owned(), format!("<{target}>; rel=\"next\"")));
        }
        let read = paged.read_people(&request, &response).unwrap().value;
        let Some(next) = read.next else { return Ok(()) };
        let follow = ask(&paged, Operation::PeopleList, &Params::default().after(Some(next)));
        let expected = (!own).then(|| "https:api.example".to_owned());
        let found = browsers_host(&follow.url).map(|h| h.replace(":443", ""));
        prop_assert_eq!(found, expected, "{}", follow.url);
        prop_assert!(!follow.url.chars().any(|c| c.is_control() || c.is_whitespace()));
    }

    /// A cursor that was kept somewhere, and changed there.
    #[test]
    fn a_kept_cursor_never_leads_away(target in address(), own: bool) {
        let base = if own { "/v1" } else { "https://api.example/v1" };
        let paged = mapping(base, &json!({"paging": {"kind": "url", "next": "next"}}));
        let params = Params::default().after(Some(Cursor(target)));
        if let Ok(request) = paged.prepare(Operation::PeopleList, &params, &Secrets::default()) {
            let expected = (!own).then(|| "https:api.example".to_owned());
            prop_assert_eq!(browsers_host(&request.url).map(|h| h.replace(":443", "")), expected, "{}", request.url);
        }
    }

    /// An identifier is one segment of a path, or the call is not made.
    #[test]
    fn an_identifier_is_one_segment(id in prop_oneof![address(), "(?s).{0,12}"]) {
        let plain = plain();
        let Ok(id) = PersonId::new(id) else { return Ok(()) };
        let Ok(request) = plain.prepare(Operation::PeopleGet, &Params::person(id.clone()), &Secrets::default()) else {
            prop_assert!(id.as_str().split(['/', '\\']).any(|s| s == "." || s == ".."), "{id}");
            return Ok(());
        };
        let segment = request.url.strip_prefix("https://api.example/v1/people/").unwrap();
        prop_assert!(segment.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)), "{}", segment);
        // Whatever a proxy decodes before it looks.
        let decoded = segment.to_lowercase().replace("%2f", "/").replace("%5c", "/").replace("%2e", ".");
        prop_assert!(!decoded.split('/').any(|s| s == "." || s == ".."), "{}", decoded);
    }

    /// No value becomes a header of its own.
    #[test]
    fn headers_hold_no_line_breaks(text in prop_oneof!["(?s).{0,12}", "[a\r\n: \0é€\t]{0,8}"], name in prop_oneof!["[A-Za-z-]{1,8}", "(?s).{0,6}"]) {
        for (kind, header) in [("bearer", Value::Null), ("key", json!("X-Key")), ("basic", Value::Null)] {
            let auth = json!({"kind": kind, "header": header, "csrf": {"cookie": "c", "header": "X-CSRF"}});
            let guarded = mapping("/v1", &json!({ "auth": auth }));
            let secrets = Secrets {
                bearer: Some(text.clone()),
                api_key: Some(text.clone()),
                basic: Some((text.clone(), text.clone())),
                csrf: Some(text.clone()),
                headers: vec![(name.clone(), text.clone())],
            };
            let params = Params { text: "x".into(), etag: Some(text.clone()), key: Some(text.clone()), ..Params::request(RequestId::new("r").unwrap()) };
            if let Ok(request) = guarded.prepare(Operation::AnswersCreate, &params, &secrets) {
                for (name, value) in &request.headers {
                    prop_assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && b != b':'), "{:?}", name);
                    prop_assert!(value.chars().all(|c| c == '\t' || (' '..='\u{FF}').contains(&c) && !c.is_control()), "{:?}", value);
                }
            }
        }
    }

    /// Whatever a backend asks us to wait: at most a day, and never an overflow.
    #[test]
    fn waiting_is_bounded(
        after in prop_oneof!["[0-9-]{0,25}", "\\PC{0,20}", Just("Sun, 06 Nov 9999 08:49:37 GMT".to_owned()), Just("9223372036854775807".to_owned()), Just("-9223372036854775808".to_owned())],
        date in prop_oneof!["\\PC{0,20}", Just("Sun, 06 Nov 0001 08:49:37 GMT".to_owned()), Just("Sun, 06 Nov 9999 08:49:37 GMT".to_owned())],
        status in prop::sample::select(vec![429, 503, 403, 425]), reset: bool,
    ) {
        let plain = plain();
        let request = ask(&plain, Operation::Me, &Params::default());
        let mut response = answer(&request, "");
        response.status = status;
        response.headers = vec![
            ((if reset { "x-ratelimit-reset" } else { "retry-after" }).to_owned(), after),
            ("date".to_owned(), date),
            ("x-ratelimit-remaining".to_owned(), "0".to_owned()),
        ];
        let error = plain.read_person(&request, &response).unwrap_err();
        prop_assert!(error.retry_after_ms().is_none_or(|ms| ms <= 86_400_000));
    }

    /// Selectors of any make over answers of any make: an answer or a refusal, within the fuel.
    #[test]
    fn selectors_are_survived(
        selector in prop::collection::vec(prop::sample::select(vec![
            "a", "b", "$", "@", ".", "[0]", "[-1]", "[]", "[*]", ".*", "[::-1]", "[?a]", "[?a=='b']", "|", "||", "&&", "!", "(", ")", "[", "]", "{a: ", "}",
            "to_string(", "parse_json(", "length(", "join(',', ", "lookup($.a, 'a', ", "zip(a, ", "split(a, 'b')", "plain_text(", "lower(", ",", "'x'", "`1`", "`[1]`",
        ]), 1..9).prop_map(|all| all.concat()),
        value in "[{}\\[\\]:,\"ab01e9.\\\\ud8-]{0,40}",
    ) {
        let document = json!({"base": "/v1", "records": {"person": {"id": "id", "name": "name", "title": selector}}, "operations": {"people.list": {"call": "GET /p", "items": "items"}}});
        if let Ok(odd) = Mapping::parse(&document.to_string(), None, &|_| None) {
            let _ = people(&odd, &*value);
            let read = people(&odd, format!("{{\"items\": [{{\"id\": 1, \"name\": \"N\", \"a\": [{{\"a\": \"b\"}}, [1, \"x,y\"]], \"b\": \"[1]\"}}], \"a\": {value:?}}}"));
            if let Ok(read) = read {
                prop_assert_eq!(read.value.items.len(), 1);
            }
        }
    }
}

/// A search that is posted: its body is not sent to wherever an answer says.
#[test]
fn a_posted_search_goes_on_only_where_it_began() {
    let posted = mapping(
        "/v1",
        &json!({"paging": {"kind": "url", "next": "next"}, "operations": {"people.list": {"call": "POST /people/search", "body": {"q": "x"}}}}),
    );
    let request = ask(&posted, Operation::PeopleList, &Params::default());
    let next = |target: &str| {
        let mut response = answer(&request, json!({"items": [], "next": target}).to_string());
        response.url = "https://intranet.example/v1/people/search".to_owned();
        posted.read_people(&request, &response).unwrap()
    };
    assert_eq!(
        next("/v1/people/search?page=2").value.next,
        Some(Cursor("/v1/people/search?page=2".into()))
    );
    for away in ["/v1/people/delete", "/logout", "/v1/people/search/../all"] {
        let read = next(away);
        assert_eq!((read.value.next, read.defects.len()), (None, 1), "{away}");
    }
}

#[test]
fn what_another_origin_answers_is_not_read() {
    let plain = plain();
    let me = ask(&plain, Operation::Me, &Params::default());
    let from = |url: &str, body: &str, kind: &str| {
        let mut response = answer(&me, body);
        response.url = url.to_owned();
        response.headers = vec![("content-type".to_owned(), kind.to_owned())];
        plain
            .read_person(&me, &response)
            .map(|read| read.value.name)
    };
    let person = r#"{"id": "1", "name": "Ada"}"#;
    for own in ["https://api.example/v2/me", "HTTPS://API.EXAMPLE:443/x"] {
        assert_eq!(from(own, person, "application/json").as_deref(), Ok("Ada"));
    }
    for other in [
        "https://evil.example/v1/me",
        "http://api.example/v1/me",
        "https://api.example:8443/v1/me",
    ] {
        let refused = from(other, person, "application/json").unwrap_err();
        assert_eq!(refused.kind(), "misconfigured");
        assert!(
            refused.to_string().contains("redirected to http"),
            "{refused}"
        );
    }
    // Where a session has ended, that is what one is told.
    let page = "<!DOCTYPE html><title>Sign in</title><form><input type=\"password\">";
    let refused = from("https://sso.example/", page, "text/html").unwrap_err();
    assert!(
        matches!(refused, BackendError::Html { login: true, .. }),
        "{refused:?}"
    );
}

/// A web page is never taken for data, whatever status and type it comes with.
#[test]
fn a_web_page_is_no_data() {
    let plain = plain();
    let request = ask(&plain, Operation::PeopleList, &Params::default());
    for body in [
        "<!doctype html><p>",
        "\u{FEFF}\n <HTML lang=fr>",
        "<html><title>Wartung",
        "<!DOCTYPE HTML PUBLIC",
    ] {
        for kind in ["text/html", "application/json", ""] {
            let mut response = answer(&request, body);
            response.headers = vec![("content-type".to_owned(), kind.to_owned())];
            assert_eq!(
                plain.read_people(&request, &response).unwrap_err().kind(),
                "html",
                "{body} as {kind}"
            );
        }
    }
    for body in [
        "<?xml version='1.0'?><people/>",
        "id;name\n1;Ada",
        "Welcome",
        "<people/>",
    ] {
        assert_eq!(
            people(&plain, body).unwrap_err().kind(),
            "not-json",
            "{body}"
        );
    }
}
