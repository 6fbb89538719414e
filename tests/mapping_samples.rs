//! Mappings written by hand for real backends, against what those backends really answered.
//!
//! The answers lie in `../shared/samples/<backend>/*.http` (a comment line with the call, the
//! status line, headers, an empty line, the body); where that folder is missing the tests say so
//! and pass.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{
    BackendError, HttpRequest, HttpResponse, Mapping, Operation, Params, Secrets, Written,
};
use entraide::model::{Cursor, NewRequest, Page, Person, PersonId, RequestId, Timestamp};

fn mapping(backend: &str) -> Mapping {
    let path = format!(
        "{}/tests/mappings/{backend}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    Mapping::parse(&text, None, &|_| None).unwrap_or_else(|problems| {
        panic!(
            "{backend}: {}",
            problems
                .iter()
                .map(|p| format!("\n  {p}"))
                .collect::<String>()
        )
    })
}

/// The response of a sample, and the address that was called.
fn sample(backend: &str, name: &str) -> Option<(HttpResponse, String)> {
    let path = format!(
        "{}/../shared/samples/{backend}/{name}.http",
        env!("CARGO_MANIFEST_DIR")
    );
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("SKIPPED: there is no sample at {path}");
        return None;
    };
    let text = text.replace("\r\n", "\n");
    let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
    let mut lines = head.lines();
    let call = lines.next()?.to_owned();
    let url = call
        .split(' ')
        .find(|word| word.starts_with("http://"))?
        .to_owned();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    Some((
        HttpResponse {
            status,
            url: url.clone(),
            headers,
            body: body.to_owned(),
        },
        url,
    ))
}

fn secrets() -> Secrets {
    Secrets {
        bearer: Some("t".into()),
        api_key: Some("k".into()),
        basic: Some(("alice".into(), "pw".into())),
        csrf: Some("c".into()),
        headers: Vec::new(),
    }
}

fn prepare(mapping: &Mapping, operation: Operation, params: &Params) -> HttpRequest {
    mapping.prepare(operation, params, &secrets()).unwrap()
}

/// An address with its query in order: the members of a JSON object have none, so the
/// parameters of a mapping go out by name.
fn sorted(url: &str) -> Vec<String> {
    let codes = [
        "%24|$", "%40|@", "%5B|[", "%5D|]", "%2C|,", "%28|(", "%29|)", "%3D|=", "%27|'",
    ];
    let plain = codes
        .iter()
        .filter_map(|pair| pair.split_once('|'))
        .fold(url.to_owned(), |url, (code, sign)| url.replace(code, sign));
    let mut parts: Vec<String> = plain.split(['?', '&']).map(str::to_owned).collect();
    parts.sort();
    parts
}

/// Reads a page of people; `calls` says whether the sample was made by the very same address.
fn people(
    backend: &str,
    name: &str,
    params: &Params,
    operation: Operation,
    calls: bool,
) -> Option<Page<Person>> {
    let (response, url) = sample(backend, name)?;
    let mapping = mapping(backend);
    let request = prepare(&mapping, operation, params);
    if calls {
        assert_eq!(sorted(&request.url), sorted(&url), "{backend}/{name}");
    }
    let reading = mapping
        .read_people(&request, &response)
        .unwrap_or_else(|e| panic!("{backend}/{name}: {e}"));
    assert_eq!(reading.defects, [], "{backend}/{name}");
    Some(reading.value)
}

fn next(page: &Page<Person>) -> &str {
    page.next.as_ref().map_or("", |c| c.0.as_str())
}

#[test]
fn lists_of_people_are_read() {
    let list = Params::default();
    for (backend, name, calls, first, skills, team, total, next_page) in [
        (
            "json-server",
            "list",
            true,
            "Ada Byron",
            "rust wasm",
            "R&D",
            Some(3),
            "http://127.0.0.1:21001/people?_page=2&_limit=2",
        ),
        (
            "drf",
            "list",
            true,
            "Ada Byron",
            "rust wasm",
            "R&D",
            Some(3),
            "http://127.0.0.1:21004/api/people/?page=2",
        ),
        (
            "jsonapi",
            "list",
            true,
            "Ada",
            "rust",
            "R&D",
            Some(3),
            "http://127.0.0.1:21020/rest/people?page%5Boffset%5D=2&page%5Blimit%5D=2&include=skills",
        ),
        (
            "odata-cds",
            "list",
            true,
            "Ada Byron",
            "rust wasm",
            "R&D",
            Some(3),
            "http://127.0.0.1:21008/odata/v4/hr/People?%24expand=skills(%24select%3Dname%2Clevel)&%24count=true&%24skiptoken=2",
        ),
        ("roundup", "list", true, "admin", "", "", Some(2), "2:1"),
        ("strapi", "list", true, "Ada", "rust", "", Some(3), "2:2"),
        ("wordpress", "list", false, "admin", "", "", Some(4), "2:2"),
        ("ninja", "list", true, "Ada", "rust", "", Some(3), "2"),
        ("feathers", "list", true, "Ada", "rust", "", Some(3), "2"),
        (
            "datasette",
            "list-default",
            false,
            "Ada Byron",
            "rust wasm",
            "R&D",
            None,
            "",
        ),
    ] {
        let Some(page) = people(backend, name, &list, Operation::PeopleList, calls) else {
            continue;
        };
        let person = &page.items[0];
        let names: Vec<&str> = person.skills.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            (person.name.as_str(), names.join(" "), person.team.as_str()),
            (first, skills.to_owned(), team),
            "{backend}"
        );
        if backend != "datasette" {
            assert_eq!((page.total, next(&page)), (total, next_page), "{backend}");
        }
    }
}

#[test]
fn kinto_names_the_next_page_in_a_header() {
    let Some(page) = people(
        "kinto",
        "list",
        &Params::default(),
        Operation::PeopleList,
        true,
    ) else {
        return;
    };
    assert_eq!(page.items[0].name, "alan");
    assert!(next(&page).starts_with("http://127.0.0.1:21010/v1/buckets/2cb5e4e7"));
    // The next page is called as it was named.
    let mapping = mapping("kinto");
    let params = Params::default().after(page.next.clone());
    assert_eq!(
        prepare(&mapping, Operation::PeopleList, &params).url,
        next(&page)
    );
    let elsewhere = Params::default().after(Some(Cursor("https://evil.example/".into())));
    assert_eq!(
        mapping
            .prepare(Operation::PeopleList, &elsewhere, &secrets())
            .unwrap_err()
            .kind(),
        "misconfigured"
    );
}

#[test]
fn scim_counts_from_one() {
    let params = Params::default().after(Some(Cursor("1".into())));
    let Some(page) = people("scim2-server", "list", &params, Operation::PeopleList, true) else {
        return;
    };
    let person = &page.items[0];
    assert_eq!(
        (
            person.name.as_str(),
            person.team.as_str(),
            person.email.as_str()
        ),
        ("User 3", "R&D", "u3@example.org")
    );
    assert_eq!(
        person.joined,
        Timestamp::parse("2026-11-24T06:23:35.228Z").ok()
    );
    assert_eq!((page.total, next(&page)), (Some(3), "2"));
    let mapping = mapping("scim2-server");
    let request = prepare(
        &mapping,
        Operation::PeopleSearch,
        &Params::search("\" or title pr or title eq \""),
    );
    assert_eq!(
        request.body.as_deref(),
        Some(
            r#"{"count":1,"filter":"title co \"\\\" or title pr or title eq \\\"\"","schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"startIndex":1}"#
        )
    );
}

#[test]
fn searches_and_single_people_are_read() {
    for (backend, name) in [("json-server", "search"), ("drf", "search")] {
        let found = people(
            backend,
            name,
            &Params::search("rust"),
            Operation::PeopleSearch,
            true,
        );
        assert!(
            found.is_none_or(|page| page.items[0].name == "Ada Byron"),
            "{backend}"
        );
    }
    for (backend, id, expected) in [
        ("json-server", "1", "Ada Byron"),
        ("drf", "1", "Ada Byron"),
        ("jsonapi", "00000000-0000-4000-8000-000000000001", "Ada"),
        ("kinto", "a737d764-282f-4cbb-a3dc-ce983d918edc", "alan"),
        ("odata-cds", "1", "Ada Byron"),
        ("scim2-server", "0be4dac1d76b4cbb99ac5c9ed232e203", "User 2"),
        ("strapi", "nue90ayztdojbxruugotunyx", "Ada"),
        ("wordpress", "1", ""),
    ] {
        let Some((response, _)) = sample(backend, "single") else {
            continue;
        };
        let mapping = mapping(backend);
        let request = prepare(
            &mapping,
            Operation::PeopleGet,
            &Params::person(PersonId::new(id).unwrap()),
        );
        let person = mapping
            .read_person(&request, &response)
            .unwrap_or_else(|e| panic!("{backend}: {e}"))
            .value;
        assert!(
            expected.is_empty() || person.name == expected,
            "{backend}: {}",
            person.name
        );
    }
}

#[test]
fn requests_are_read() {
    for (backend, name, id, first, next_page) in [
        (
            "drf",
            "list-cursor",
            "1",
            "Q0",
            "http://127.0.0.1:21004/api/questions/?cursor=cD0y",
        ),
        ("roundup", "issues", "1", "VPN A", "2:2"),
    ] {
        let Some((response, url)) = sample(backend, name) else {
            continue;
        };
        let mapping = mapping(backend);
        let request = prepare(&mapping, Operation::RequestsList, &Params::default());
        assert_eq!(sorted(&request.url), sorted(&url));
        let reading = mapping.read_requests(&request, &response).unwrap();
        assert_eq!(reading.defects, [], "{backend}");
        let page = reading.value;
        assert_eq!(
            (page.items[0].id.as_str(), page.items[0].question.as_str()),
            (id, first)
        );
        assert_eq!(
            page.next.as_ref().map(|c| c.0.as_str()),
            Some(next_page),
            "{backend}"
        );
    }
    let Some((response, _)) = sample("roundup", "single") else {
        return;
    };
    let mapping = mapping("roundup");
    let params = Params::request(RequestId::new("1").unwrap());
    let request = prepare(&mapping, Operation::RequestsGet, &params);
    let read = mapping.read_request(&request, &response).unwrap().value;
    assert_eq!(
        read.etag.as_deref(),
        Some("\"ed1c479ce391bc4cf044babc55577b73\"")
    );
}

#[test]
fn what_was_written_is_known() {
    let new = NewRequest {
        question: "hi".into(),
        details: "b".into(),
        to: vec![PersonId::new("1").unwrap()],
        ..NewRequest::default()
    };
    let params = Params {
        new_request: Some(new),
        ..Params::default()
    };
    for (backend, body, id, whole) in [
        (
            "json-server",
            r#"{"status":"open","title":"hi"}"#,
            "2",
            true,
        ),
        (
            "drf",
            r#"{"assignee":"1","body":"b","title":"hi"}"#,
            "8",
            true,
        ),
        (
            "odata-cds",
            r#"{"assignee_ID":1,"body":"b","title":"hi"}"#,
            "efb6c5cf-d85e-4398-bced-d8e5fe5e1d24",
            true,
        ),
        (
            "kinto",
            r#"{"data":{"name":"hi"}}"#,
            "f3998235-8540-4e98-9e9c-9c4368c8d977",
            true,
        ),
        ("roundup", r#"{"title":"hi"}"#, "", false),
        (
            "wordpress",
            r#"{"content":"b","status":"private","title":"hi"}"#,
            "",
            true,
        ),
    ] {
        let Some((response, _)) = sample(backend, "post") else {
            continue;
        };
        let mapping = mapping(backend);
        let request = prepare(&mapping, Operation::RequestsCreate, &params);
        assert_eq!(request.body.as_deref(), Some(body), "{backend}");
        match mapping
            .read_written(&request, &response)
            .unwrap_or_else(|e| panic!("{backend}: {e}"))
            .value
        {
            Written::Request(read) if whole => {
                assert!(id.is_empty() || read.id.as_str() == id, "{backend}")
            }
            Written::Known(_) if !whole => {}
            other => panic!("{backend}: {other:?}"),
        }
    }
    // Only the address of what was created: its identifier is in there.
    let mapping = mapping("odata-cds");
    let request = prepare(&mapping, Operation::RequestsCreate, &params);
    let created = HttpResponse {
        status: 201,
        url: request.url.clone(),
        headers: vec![("location".into(), "Questions(efb6c5cf)".into())],
        body: String::new(),
    };
    let written = mapping.read_written(&request, &created).unwrap().value;
    assert_eq!(written, Written::Known(RequestId::new("efb6c5cf").unwrap()));
}

#[test]
fn errors_become_words() {
    let new = NewRequest {
        question: "hi".into(),
        ..NewRequest::default()
    };
    let params = Params {
        new_request: Some(new),
        ..Params::default()
    };
    for (backend, name, kind, words) in [
        (
            "drf",
            "error-400",
            "invalid",
            "body: This field is required. title: This field may not be blank.",
        ),
        (
            "drf",
            "error-401",
            "forbidden",
            "Authentication credentials were not provided.",
        ),
        (
            "drf",
            "error-404",
            "not-found",
            "No Person matches the given query.",
        ),
        (
            "drf",
            "post-session-nocsrf",
            "forbidden",
            "CSRF Failed: CSRF token missing.",
        ),
        ("drf", "noslash", "unavailable", ""),
        (
            "kinto",
            "error-400",
            "invalid",
            "Unrecognized keys in mapping: \"{'x': 1}\"",
        ),
        ("kinto", "error-401", "signed-out", ""),
        (
            "kinto",
            "if-match",
            "conflict",
            "Resource was modified meanwhile",
        ),
        (
            "odata-cds",
            "error-400",
            "invalid",
            "Provide the missing value.",
        ),
        ("odata-cds", "error-404", "not-found", ""),
        ("odata-cds", "patch-badifmatch", "conflict", ""),
        ("odata-cds", "patch-noifmatch", "conflict", ""),
        (
            "roundup",
            "error-400",
            "invalid",
            "Property nope not found in class issue",
        ),
        ("strapi", "error-400", "invalid", "name must be defined."),
        (
            "wordpress",
            "error-401",
            "signed-out",
            "Sorry, you are not allowed to create posts as this user.",
        ),
        ("ninja", "error-422", "invalid", "Field required"),
        ("ninja", "error-401", "signed-out", "Unauthorized"),
        ("json-server", "error", "not-found", ""),
        ("jsonapi", "error-403", "forbidden", ""),
        (
            "jsonapi",
            "error-404",
            "not-found",
            "There is no people with id 00000000-0000-4000-8000-000000000099",
        ),
        ("jsonapi", "error-415", "forbidden", ""),
    ] {
        let Some((response, _)) = sample(backend, name) else {
            continue;
        };
        let mapping = mapping(backend);
        let request = prepare(&mapping, Operation::RequestsCreate, &params);
        let error = mapping.read_written(&request, &response).unwrap_err();
        assert_eq!(error.kind(), kind, "{backend}/{name}: {error}");
        assert!(
            words.is_empty() || error.detail() == words,
            "{backend}/{name}: {error}"
        );
    }
    // Roundup says 401 in plain text.
    if let Some((response, _)) = sample("roundup", "error-401") {
        let mapping = mapping("roundup");
        let request = prepare(&mapping, Operation::PeopleList, &Params::default());
        let error = mapping.read_people(&request, &response).unwrap_err();
        assert_eq!(
            error,
            BackendError::SignedOut {
                detail: "Invalid Login - Invalid login".into()
            }
        );
    }
}
