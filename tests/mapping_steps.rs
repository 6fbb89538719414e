//! Calls that need others around them: what is sent in which order, and where it ends.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{HttpRequest, HttpResponse, Mapping, Operation, Params, Secrets};
use entraide::model::{Page, Person, PersonId, RequestId};
use serde_json::{Value, json};

fn mapping(document: Value) -> Mapping {
    Mapping::parse(&document.to_string(), None, &|_| None).unwrap_or_else(|p| panic!("{p:#?}"))
}

fn response(status: u16, body: &Value) -> HttpResponse {
    HttpResponse {
        status,
        url: "https://x.example/now".into(),
        headers: vec![("content-type".into(), "application/json".into())],
        body: body.to_string(),
    }
}

/// Sends until nothing is left to be sent; `answer` is the backend. What was sent, and what is to
/// be read.
fn talk(
    mapping: &Mapping,
    operation: Operation,
    params: &Params,
    answer: &mut dyn FnMut(&HttpRequest) -> HttpResponse,
) -> (
    Vec<String>,
    Result<(HttpRequest, HttpResponse), entraide::backend::BackendError>,
) {
    let mut sent = Vec::new();
    let secrets = Secrets::default();
    let mut request = mapping.prepare(operation, params, &secrets).unwrap();
    loop {
        let body = request.body.clone().unwrap_or_default();
        sent.push(format!(
            "{} {} {body}",
            request.method.as_str(),
            request.url
        ));
        assert!(sent.len() < 100, "it never ends");
        let mut came = answer(&request);
        match mapping.follow(&mut request, &mut came, &secrets) {
            Ok(true) => {}
            Ok(false) => return (sent, Ok((request, came))),
            Err(error) => return (sent, Err(error)),
        }
    }
}

fn directory(then: Value) -> Mapping {
    mapping(json!({
        "base": "https://x.example",
        "paging": {"kind": "link"},
        "records": {"person": {"id": "id", "name": "name", "skills": "lookup($.then[], 'id', id).skills"}},
        "operations": {"people.list": {"call": "GET /people", "items": "first", "then": then}}
    }))
}

fn people(
    mapping: &Mapping,
    answer: &mut dyn FnMut(&HttpRequest) -> HttpResponse,
) -> (Vec<String>, Page<Person>) {
    let (sent, read) = talk(mapping, Operation::PeopleList, &Params::default(), answer);
    let (request, came) = read.unwrap();
    let reading = mapping.read_people(&request, &came).unwrap();
    assert_eq!(reading.defects, []);
    (sent, reading.value)
}

#[test]
fn one_call_for_each_is_bounded_and_what_fails_leaves_a_gap() {
    let mapping = directory(json!({"ids": "[].id", "most": 3, "call": "GET /people/{ids}/skills"}));
    let list: Vec<Value> = (0..5).map(|n| json!({"id": n, "name": "N"})).collect();
    let (sent, page) = people(&mapping, &mut |request| {
        if request.url.ends_with("/people") {
            let mut first = response(200, &json!(list));
            first
                .headers
                .push(("link".into(), "</people?page=2>; rel=next".into()));
            return first;
        }
        match request.url.as_str() {
            "https://x.example/people/1/skills" => response(404, &json!({})),
            url => {
                let id: u32 = url.split('/').nth(4).unwrap().parse().unwrap();
                response(200, &json!({"id": id, "skills": ["s"]}))
            }
        }
    });
    assert_eq!(
        sent,
        [
            "GET https://x.example/people ",
            "GET https://x.example/people/0/skills ",
            "GET https://x.example/people/1/skills ",
            "GET https://x.example/people/2/skills ",
        ]
    );
    let skilled: Vec<bool> = page.items.iter().map(|p| !p.skills.is_empty()).collect();
    assert_eq!(skilled, [true, false, true, false, false]);
    // Headers and address are those of the list.
    let next = page.next.unwrap();
    assert_eq!(next.0, "https://x.example/people?page=2");
}

#[test]
fn an_overloaded_backend_is_not_asked_for_the_rest() {
    let mapping = directory(json!({"ids": "[].id", "call": "GET /people/{ids}"}));
    for status in [429, 503] {
        let (sent, page) = people(&mapping, &mut |request| {
            if request.url.ends_with("/people") {
                response(
                    200,
                    &json!([{"id": 1, "name": "A"}, {"id": 2, "name": "B"}]),
                )
            } else {
                response(status, &json!({"message": "later"}))
            }
        });
        assert_eq!((sent.len(), page.items.len()), (2, 2), "{status}");
    }
}

#[test]
fn nobody_to_ask_about_is_no_call() {
    let mapping = directory(json!({"ids": "[].id", "call": "GET /people/{ids}"}));
    for empty in [json!([]), json!([{"name": "no id"}])] {
        let list = empty.clone();
        let (sent, read) = talk(
            &mapping,
            Operation::PeopleList,
            &Params::default(),
            &mut |_| response(200, &list),
        );
        assert_eq!(sent.len(), 1, "{empty}");
        assert!(read.is_ok());
    }
    // Where the list itself fails, reading says so.
    let (sent, read) = talk(
        &mapping,
        Operation::PeopleList,
        &Params::default(),
        &mut |_| response(403, &json!({"message": "no"})),
    );
    let (request, came) = read.unwrap();
    let error = mapping.read_people(&request, &came).unwrap_err();
    assert_eq!((sent.len(), error.kind()), (1, "forbidden"));
}

#[test]
fn what_comes_before_gives_values_or_ends_it() {
    let mapping = mapping(json!({
        "base": "https://x.example",
        "auth": {"kind": "cookie", "csrf": {
            "call": "GET /", "headers": {"X-CSRF-Token": "Fetch"}, "token": "header('x-csrf-token')", "header": "X-CSRF-Token"
        }},
        "operations": {"answers.create": {
            "before": {"call": "POST /channels/direct", "body": ["{=me}", "{=id}"], "take": {"channel": "id"}},
            "call": "POST /posts", "body": {"channel": "{=channel}", "text": "{=text}"}, "returns": "nothing"
        }}
    }));
    let params = Params {
        me: PersonId::new("m").ok(),
        text: "Hi".into(),
        ..Params::request(RequestId::new("b").unwrap())
    };
    let mut backend = |request: &HttpRequest| {
        let token = request.headers.iter().find(|(n, _)| n == "X-CSRF-Token");
        let token = token.map(|(_, value)| value.as_str());
        match request.url.as_str() {
            // SAP gives a token to whoever asks for one by this header.
            "https://x.example/" => {
                assert_eq!(token, Some("Fetch"));
                let mut root = response(200, &json!({"d": []}));
                root.headers.push(("x-csrf-token".into(), "t1".into()));
                root
            }
            url => {
                assert_eq!(token, Some("t1"), "{url}");
                response(201, &json!({"id": "c"}))
            }
        }
    };
    let (sent, read) = talk(&mapping, Operation::AnswersCreate, &params, &mut backend);
    assert_eq!(
        sent,
        [
            "GET https://x.example/ ",
            "POST https://x.example/channels/direct [\"m\",\"b\"]",
            "POST https://x.example/posts {\"channel\":\"c\",\"text\":\"Hi\"}",
        ]
    );
    let (request, came) = read.unwrap();
    assert!(mapping.read_written(&request, &came).is_ok());
    // The channel is refused: nothing is posted, and the words are the backend's.
    let (sent, read) = talk(
        &mapping,
        Operation::AnswersCreate,
        &params,
        &mut |request| {
            if request.url.ends_with("direct") {
                return response(403, &json!({"message": "not with them"}));
            }
            backend(request)
        },
    );
    assert_eq!(sent.len(), 2);
    assert_eq!(read.unwrap_err().detail(), "not with them");
    // It says nothing of a channel: a post without one must not go out.
    let (sent, read) = talk(
        &mapping,
        Operation::AnswersCreate,
        &params,
        &mut |request| {
            if request.url.ends_with("direct") {
                return response(200, &json!({}));
            }
            backend(request)
        },
    );
    assert_eq!((sent.len(), read.unwrap_err().kind()), (2, "unreadable"));
}

#[test]
fn a_page_of_its_own_kind_goes_on_by_what_was_asked_for() {
    let mapping = mapping(json!({
        "base": "https://x.example",
        "paging": {"kind": "offset", "sparse": true},
        "records": {"person": {"id": "id", "name": "name"}},
        "operations": {"people.list": {"call": "GET /people{?offset,limit}", "items": "[?active]"}}
    }));
    let read = |cursor, body: Value| {
        let params = Params {
            limit: Some(2),
            ..Params::default().after(cursor)
        };
        let request = mapping
            .prepare(Operation::PeopleList, &params, &Secrets::default())
            .unwrap();
        let page = mapping
            .read_people(&request, &response(200, &body))
            .unwrap();
        (request.url, page.value)
    };
    let gone = json!([{"id": 1, "name": "A", "active": false}]);
    let (_, first) = read(None, gone);
    assert_eq!((first.items.len(), first.next.is_some()), (0, true));
    let (url, second) = read(first.next, json!([{"id": 2, "name": "B", "active": true}]));
    assert_eq!(url, "https://x.example/people?offset=2&limit=2");
    let (url, last) = read(second.next, json!([]));
    assert_eq!(url, "https://x.example/people?offset=4&limit=2");
    assert_eq!(last.next, None);
}
