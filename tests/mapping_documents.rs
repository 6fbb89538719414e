//! Documents: what a page owner writes, what they get wrong, and what they are told.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use entraide::backend::{
    AuthKind, Credentials, CsrfSource, Mapping, MappingProblem, Method, Operation, Params, Scope,
    Secrets, preset,
};
use entraide::model::{NewRequest, PersonId, RequestId};
use serde_json::{Value, json};

fn parse(document: Value) -> Result<Mapping, Vec<MappingProblem>> {
    Mapping::parse(&document.to_string(), None, &|name| {
        preset(name).map(str::to_owned)
    })
}

/// The pointer and the words of every problem.
fn problems(document: Value) -> Vec<String> {
    parse(document)
        .map(|_| Vec::new())
        .unwrap_or_else(|p| p.iter().map(ToString::to_string).collect())
}

#[test]
fn each_mistake_is_told_with_its_place_and_the_nearest_right_thing() {
    for (document, expected) in [
        (
            json!({"bse": "/a", "operations": {"me": "GET /me"}}),
            "/bse: `bse` means nothing here (did you mean `base`?)",
        ),
        (
            json!({"operations": {"me": "GET /me"}}),
            "/base: it must say where the backend is",
        ),
        (
            json!({"base": "intranet", "operations": {"me": "GET /me"}}),
            "/base: `intranet` is no address of a backend",
        ),
        (
            json!({"base": "/a/../b", "operations": {"me": "GET /me"}}),
            "/base: `/a/../b` is no address",
        ),
        (
            json!({"base": "/a", "operations": {"people.lists": "GET /me"}}),
            "/operations/people.lists: `people.lists` means nothing here (did you mean `people.list`?)",
        ),
        (
            json!({"base": "/a", "operations": {"me": "FETCH /me"}}),
            "/operations/me/call: `FETCH` is no method",
        ),
        (
            json!({"base": "/a", "operations": {"me": "GET https://other.example/me"}}),
            "/operations/me/call: the address is added to `base`",
        ),
        (
            json!({"base": "/a", "operations": {"me": "GET @evil.example"}}),
            "/operations/me/call: the address is added to `base`",
        ),
        (
            json!({"base": "/a", "operations": {"me": "GET /me{"}}),
            "/operations/me/call: `/me{` is no URI template",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": "GET /p{?limt}"}}),
            "/operations/people.list/call: there is no value `limt` here (did you mean `limit`?)",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p", "query": {"x": "{=skil[0]}"}}}}),
            "/operations/people.list/query/x: there is no value `skil` here (did you mean `skill`?)",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p", "item": "x"}}}),
            "/operations/people.list/item: `items` is meant here",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p", "items": "a["}}}),
            "/operations/people.list/items: `a[` is no selector",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p", "paging": {"kind": "page"}}}}),
            "/operations/people.list: the call does not say which page it asks for",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p{?cursor}", "paging": {"kind": "cursor"}}}}),
            "/operations/people.list/paging/next: it must say where the next page is named",
        ),
        (
            json!({"base": "/a", "operations": {"people.list": {"call": "GET /p", "query": {"f": "n eq '{=q}'"}}}}),
            "/operations/people.list/query/f: a value inside a text must be written for its grammar",
        ),
        (
            json!({"base": "/a", "operations": {"requests.create": {"call": "GET /p", "body": {}}}}),
            "/operations/requests.create: a GET has no body",
        ),
        (
            json!({"base": "/a", "headers": {"Authorization": "Bearer x"}, "operations": {"me": "GET /"}}),
            "/headers/Authorization: a secret in a page can be read by everybody",
        ),
        (
            json!({"base": "/a", "headers": {"Cookie": "x"}, "operations": {"me": "GET /"}}),
            "/headers/Cookie: browsers set this header themselves",
        ),
        (
            json!({"base": "/a", "auth": {"kind": "baerer"}, "operations": {"me": "GET /"}}),
            "/auth/kind: `baerer` is not known here (did you mean `bearer`?)",
        ),
        (
            json!({"base": "/a", "auth": {"kind": "bearer", "token": "x"}, "operations": {"me": "GET /"}}),
            "/auth/token: a secret in a page",
        ),
        (
            json!({"base": "/a", "records": {"person": {"nam": "x"}}, "operations": {"me": "GET /"}}),
            "/records/person/nam: `nam` means nothing here (did you mean `name`?)",
        ),
        (
            json!({"base": "/a", "records": {"person": {"name": 3}}, "operations": {"me": "GET /"}}),
            "/records/person/name: a selector or an object should stand here, not a number",
        ),
        (
            json!({"base": "/a", "records": {"person": {"joined": {"select": "x", "date": "dym"}}}, "operations": {"me": "GET /"}}),
            "/records/person/joined/date: `dym` is not known here (did you mean `dmy`?)",
        ),
        (
            json!({"base": "/a", "timeoutMs": 3, "operations": {"me": "GET /"}}),
            "/timeoutMs: a whole number from 100 to 300000",
        ),
        (
            json!({"base": "/a", "operations": {"me": {"call": "GET /", "query": {"API_Key": "x"}}}}),
            "/operations/me/query/API_Key: a secret in an address",
        ),
        (
            json!({"base": "/a", "operations": {"me": "GET /?a=1&access_token=x"}}),
            "/operations/me/query/access_token: a secret in an address",
        ),
        (
            json!({"base": "/a", "operations": {"me": {"call": "GET /", "before": {"call": "GET /x{?ids}"}}}}),
            "/operations/me/before/call: there is no value `ids` here",
        ),
        (
            json!({"base": "/a", "operations": {"me": {"call": "GET /{tokn}", "before": {"call": "GET /x", "take": {"token": "t"}}}}}),
            "/operations/me/call: there is no value `tokn` here (did you mean `token`?)",
        ),
        (
            json!({"base": "/a", "operations": {"me": {"call": "GET /", "then": {"call": "GET /x", "batch": 0}}}}),
            "/operations/me/then/batch: a whole number from 1 to 100",
        ),
        (
            json!({"base": "/a", "auth": {"kind": "cookie", "csrf": {"call": "FETCH /t", "token": "t", "header": "X"}}, "operations": {"requests.close": "POST /{id}"}}),
            "/auth/csrf/call: `FETCH` is no method",
        ),
        (
            json!({"base": "/a", "records": {"person": {"same": "id nmae"}}, "operations": {"me": "GET /"}}),
            "/records/person/nmae: `nmae` means nothing here (did you mean `name`?)",
        ),
        (
            json!({"base": "/a", "records": {"answer": "id, text"}, "operations": {"me": "GET /"}}),
            "/records/answer/id,: `id,` means nothing here (did you mean `id`?)",
        ),
        (
            json!({"base": "/a", "records": {"person": {"same": ["id"]}}, "operations": {"me": "GET /"}}),
            "/records/person/same: an object should stand here, not a list",
        ),
        (
            json!({"base": "/a", "operations": {"people.search": {"extends": "people.lst"}, "people.list": "GET /"}}),
            "/operations/people.search/extends: there is no operation `people.lst` to extend (did you mean `people.list`?)",
        ),
        (
            json!({"base": "/a", "operations": {"requests.list": {"call": "GET /", "scopes": {"mine": {"extends": "me"}}}}}),
            "/operations/requests.list/scopes/mine/extends: only an operation extends another one",
        ),
        (
            json!({"base": "/a", "operations": {"requests.list": {"call": "GET /", "scopes": {"mine": "state=open"}}}}),
            "/operations/requests.list/scopes/mine/call: `state=open` is no method",
        ),
        (
            json!({"base": "/a", "operations": {"requests.list": {"call": "GET /", "scopes": {"mine": "?by={=mee}"}}}}),
            "/operations/requests.list/scopes/mine/query/by: there is no value `mee` here (did you mean `me`?)",
        ),
        (
            json!({"base": "/a", "paging": {"kind": "page", "query": {"p": "{=pag}"}}, "operations": {"people.list": "GET /"}}),
            "/operations/people.list/paging/query/p: there is no value `pag` here (did you mean `page`?)",
        ),
        (json!({"base": "/a"}), "/operations: there is no operation"),
        (
            json!({"extends": "redmin"}),
            "/extends: there is no preset `redmin`",
        ),
        (
            json!({"base": "/a", "requires": {"project": "The project's number"}, "operations": {"me": "GET /{project}"}}),
            "/settings/project: `project` is missing (The project's number)",
        ),
        (
            json!([]),
            "the document: an object should stand here, not a list",
        ),
    ] {
        let told = problems(document.clone());
        assert!(
            told.iter().any(|p| p.starts_with(expected)),
            "{document}\n{told:#?}\n{expected}"
        );
    }
    let told = Mapping::parse("{\"base\": \"/a\",}", None, &|_| None).unwrap_err();
    assert!(told[0].problem.starts_with("this is not JSON"), "{told:?}");
    // One mistake in what operations share is told once.
    let shared = problems(
        json!({"base": "/a", "paging": {"kind": "pages"}, "operations": {"people.list": "GET /", "skills.list": "GET /"}}),
    );
    assert_eq!(
        shared,
        ["/paging/kind: `pages` is not known here (did you mean `page`?)"]
    );
}

/// Every document in `docs/mapping.md` and `docs/backends.md`, and every operation in it can be called.
#[test]
fn the_documentation_is_true() {
    for text in [
        include_str!("../docs/mapping.md"),
        include_str!("../docs/backends.md"),
    ] {
        let mut documents = 0;
        for block in text.split("```json\n").skip(1) {
            let (document, _) = block.split_once("```").unwrap();
            let mapping = Mapping::parse(document, None, &|name| preset(name).map(str::to_owned));
            let mapping = mapping.unwrap_or_else(|p| panic!("{document}\n{p:#?}"));
            assert!(!mapping.operations().is_empty());
            documents += 1;
        }
        assert!(documents >= 4);
    }
}

#[test]
fn people_and_requests_come_from_different_backends() {
    let mapping = parse(json!({
        "parts": {
            "people": {
                "name": "hr", "base": "https://hr.example/api", "auth": {"kind": "bearer"},
                "records": {"person": {"id": "id", "name": "name"}},
                "operations": {"people.list": "GET /people", "me": "GET /me", "requests.list": "GET /never"}
            },
            "requests": {"extends": "entraide", "name": "help", "base": "/help", "auth": {"kind": "cookie", "csrf": {"meta": "csrf", "header": "X-CSRF"}}}
        }
    }))
    .unwrap();
    let people = mapping.service(Operation::PeopleList).unwrap();
    assert_eq!(
        (
            people.name.as_str(),
            people.auth.kind,
            people.auth.secret.as_str()
        ),
        ("hr", AuthKind::Bearer, "hr")
    );
    let requests = mapping.service(Operation::RequestsList).unwrap();
    assert_eq!(
        (requests.base.as_str(), requests.auth.kind),
        ("/help", AuthKind::Cookie)
    );
    assert_eq!(
        requests.auth.csrf.as_ref().map(|c| &c.source),
        Some(&CsrfSource::Meta("csrf".into()))
    );
    assert!(!mapping.supports(Operation::SkillsList) && !mapping.supports(Operation::PeopleSearch));
    // Each gets its own secret: without it the other still works.
    let secrets = Secrets {
        csrf: Some("c".into()),
        ..Secrets::default()
    };
    let close = mapping
        .prepare(
            Operation::RequestsClose,
            &Params::request(RequestId::new("r").unwrap()),
            &secrets,
        )
        .unwrap();
    assert_eq!(
        (close.url.as_str(), close.credentials),
        ("/help/requests/r/close", Credentials::Include)
    );
    assert!(close.headers.contains(&("X-CSRF".into(), "c".into())));
    assert_eq!(
        mapping
            .prepare(Operation::PeopleList, &Params::default(), &secrets)
            .unwrap_err()
            .kind(),
        "signed-out"
    );
    // Reading needs no such token.
    assert!(
        mapping
            .prepare(
                Operation::RequestsList,
                &Params::scope(Scope::Mine),
                &Secrets::default()
            )
            .is_ok()
    );
}

#[test]
fn scopes_are_calls_of_their_own() {
    let mapping = parse(json!({
        "base": "/r", "settings": {"project": "a/b"},
        "operations": {"requests.list": {
            "call": "GET /projects/{project}/issues", "query": {"per_page": "{=limit}"},
            "scopes": {"mine": {"query": {"author": "{=me}"}}, "open": {"query": {"state": "opened"}}, "all": {}}
        }}
    }))
    .unwrap();
    let url = |scope| {
        let params = Params {
            me: PersonId::new("7").ok(),
            ..Params::scope(scope)
        };
        mapping
            .prepare(Operation::RequestsList, &params, &Secrets::default())
            .map(|r| r.url)
    };
    assert_eq!(
        url(Scope::Mine).unwrap(),
        "/r/projects/a%2Fb/issues?author=7&per_page=100"
    );
    assert_eq!(
        url(Scope::Open).unwrap(),
        "/r/projects/a%2Fb/issues?per_page=100&state=opened"
    );
    assert_eq!(
        url(Scope::All).unwrap(),
        "/r/projects/a%2Fb/issues?per_page=100"
    );
    assert!(!mapping.supports_scope(Scope::Inbox) && url(Scope::Inbox).is_err());
}

#[test]
fn what_asks_for_a_page_goes_under_every_list_that_has_pages() {
    let mapping = parse(json!({
        "base": "/r", "paging": {"kind": "page", "query": {"page": "{=page}", "per_page": "{=limit}"}},
        "operations": {
            "me": "GET /me",
            "people.list": {"call": "GET /p", "query": {"per_page": 50, "sort": "name"}, "then": {"call": "GET /x"}},
            "people.search": {"extends": "people.list", "query": {"q": "{=q}"}},
            "requests.similar": {"call": "GET /s", "paging": {"kind": "none"}, "query": {"q": "{=q}"}}
        }
    }))
    .unwrap();
    let params = Params::search("ada");
    for (operation, url) in [
        (Operation::Me, "/r/me"),
        (Operation::PeopleList, "/r/p?page=1&per_page=50&sort=name"),
        (
            Operation::PeopleSearch,
            "/r/p?page=1&per_page=50&q=ada&sort=name",
        ),
        (Operation::RequestsSimilar, "/r/s?q=ada"),
    ] {
        let request = mapping
            .prepare(operation, &params, &Secrets::default())
            .unwrap();
        assert_eq!(request.url, url);
    }
}

#[test]
fn filters_are_composed_and_nothing_typed_escapes_them() {
    let mapping = parse(json!({
        "base": "https://g.example/v1.0", "headers": {"ConsistencyLevel": "eventual"},
        "operations": {"people.search": {
            "call": "GET /users",
            "query": {
                "$search": "\"displayName:{=quote(q, 'search')}\"",
                "$filter": "{=join(' and ', [join('', ['department in (', join(',', team[].quote(@, 'odata')), ')'])][?team || $.team])}"
            }
        }}
    }))
    .unwrap();
    let params = Params {
        team: vec!["R&D".into(), "O'H') or (1 eq 1".into()],
        ..Params::search("ada\" OR \"mail:x")
    };
    let request = mapping
        .prepare(Operation::PeopleSearch, &params, &Secrets::default())
        .unwrap();
    assert_eq!(
        request.url,
        "https://g.example/v1.0/users?%24filter=department%20in%20%28%27R%26D%27%2C%27O%27%27H%27%27%29%20or%20%281%20eq%201%27%29\
         &%24search=%22displayName%3Aada%20%20OR%20%20mail%3Ax%22"
    );
    assert!(
        request
            .headers
            .contains(&("ConsistencyLevel".into(), "eventual".into()))
    );
}

#[test]
fn forms_arrays_and_envelopes_are_written() {
    let mapping = parse(json!({
        "base": "/x", "operations": {
            "requests.create": {"call": "POST /f", "form": {"title": "{=question}", "tag[]": "{=skills}", "none": "{=context.url}"}},
            "answers.create": {"call": "POST /a/{id}", "body": ["{=id}", {"message": {"body": "{=raw(text)}\n\n-- sent from the intranet", "n": "{=length(text)}"}}]},
            "requests.close": {"call": "PATCH /a/{id}", "headers": {"Content-Type": "application/merge-patch+json"}, "body": {"state": "closed"}}
        }
    }))
    .unwrap();
    let new = NewRequest {
        question: "A & b?".into(),
        skills: vec!["x".into(), "y z".into()],
        ..NewRequest::default()
    };
    let params = Params {
        new_request: Some(new),
        text: "Hi \"you\"".into(),
        ..Params::request(RequestId::new("7").unwrap())
    };
    let write = |operation| {
        mapping
            .prepare(operation, &params, &Secrets::default())
            .unwrap()
    };
    let form = write(Operation::RequestsCreate);
    assert_eq!(
        form.body.as_deref(),
        Some("tag%5B%5D=x&tag%5B%5D=y%20z&title=A%20%26%20b%3F")
    );
    assert!(form.headers.contains(&(
        "Content-Type".into(),
        "application/x-www-form-urlencoded".into()
    )));
    let body: Value =
        serde_json::from_str(write(Operation::AnswersCreate).body.as_deref().unwrap()).unwrap();
    assert_eq!(
        body,
        json!(["7", {"message": {"body": "Hi \"you\"\n\n-- sent from the intranet", "n": 8}}])
    );
    let close = write(Operation::RequestsClose);
    assert_eq!(
        (close.method, close.body.as_deref()),
        (Method::Patch, Some(r#"{"state":"closed"}"#))
    );
    assert!(
        close
            .headers
            .contains(&("Content-Type".into(), "application/merge-patch+json".into()))
    );
}

#[test]
fn the_base_of_the_page_goes_before_that_of_the_document() {
    let text = r#"{"base": "/a", "operations": {"me": "GET /me"}}"#;
    let mapping = Mapping::parse(text, Some("https://b.example/x/"), &|_| None).unwrap();
    let request = mapping
        .prepare(Operation::Me, &Params::default(), &Secrets::default())
        .unwrap();
    assert_eq!(request.url, "https://b.example/x/me");
    assert!(Mapping::parse(text, Some("javascript:alert(1)"), &|_| None).is_err());
}
