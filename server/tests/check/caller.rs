//! The caller behaves as a browser would, and stays within its limits.

use crate::canned::{Canned, json};
use entraide::backend::{Credentials, Mapping, Secrets};
use entraide_server::check::backend::Backend;
use entraide_server::check::caller::{Caller, Send, SendError};
use std::io::Write;

fn send(url: &str) -> Send<'_> {
    Send {
        method: "GET",
        url,
        headers: &[],
        body: None,
        credentials: Credentials::SameOrigin,
        timeout_ms: 2_000,
        max_bytes: 1_000,
    }
}

#[test]
fn keeps_cookies_and_tells_the_pages_origin() {
    let server = Canned::new(|asked| {
        let mut answer = json(200, "{}");
        if asked.line.contains("/login") {
            let cookie = "session=s1; Path=/; HttpOnly".to_owned();
            answer.1.push(("Set-Cookie", cookie));
            answer.1.push(("Set-Cookie", "csrftoken=t1".to_owned()));
        }
        answer
    });
    let caller = Caller::new(None).unwrap();
    let login = format!("{}/login", server.origin);
    let answer = caller.fetch("POST", &login, &[], Some("a=b")).unwrap();
    assert_eq!((answer.status, answer.header("set-cookie")), (200, None));
    assert_eq!(caller.cookie(&login, "csrftoken").as_deref(), Some("t1"));
    caller
        .call(send(&format!("{}/api", server.origin)))
        .unwrap();
    let other = Caller::new(Some("https://intranet.example/page")).unwrap();
    other.set_cookies(&login, "mine=1");
    other.call(send(&login)).unwrap();
    let asked = server.asked();
    assert_eq!(
        (asked[0].line.as_str(), asked[0].body.as_str()),
        ("POST /login", "a=b")
    );
    assert_eq!(asked[0].header("origin"), Some(server.origin.as_str()));
    assert_eq!(asked[1].header("cookie"), Some("csrftoken=t1; session=s1"));
    assert_eq!(asked[1].header("origin"), None, "browsers send none there");
    assert_eq!(asked[2].header("origin"), Some("https://intranet.example"));
    assert_eq!(asked[2].header("cookie"), None, "not to another origin");
}

#[test]
fn follows_redirects_on_the_same_origin_only() {
    let elsewhere = Canned::new(|_| json(200, "{}"));
    let away = elsewhere.origin.clone();
    let server = Canned::new(move |asked| {
        let to = |status, place: &str| (status, vec![("Location", place.to_owned())], vec![]);
        match asked.line.as_str() {
            "GET /people" => to(301, "people/"),
            "POST /people" => to(302, "/people/"),
            "PUT /people" => to(307, "/people/"),
            "GET /away" => to(302, &format!("{away}/steal")),
            "GET /loop" => to(302, "/loop"),
            _ => json(200, "[]"),
        }
    });
    let caller = Caller::new(Some(&server.origin)).unwrap();
    let headers = [
        ("Authorization", "Bearer s"),
        ("Content-Type", "text/plain"),
    ];
    for method in ["GET", "POST", "PUT"] {
        let body = (method != "GET").then_some("x");
        let answer = caller.fetch(method, "/people", &headers, body).unwrap();
        assert_eq!(answer.url, format!("{}/people/", server.origin));
    }
    let asked = server.asked();
    let lines: Vec<(&str, &str)> = asked
        .iter()
        .map(|a| (a.line.as_str(), a.body.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            ("GET /people", ""),
            ("GET /people/", ""),
            ("POST /people", "x"),
            ("GET /people/", ""),
            ("PUT /people", "x"),
            ("PUT /people/", "x"),
        ]
    );
    assert_eq!(asked[3].header("content-type"), None);
    assert_eq!(asked[3].header("authorization"), Some("Bearer s"));
    assert_eq!(
        caller.fetch("GET", "/away", &headers, None).unwrap().status,
        302
    );
    assert!(elsewhere.asked().is_empty());
    assert_eq!(caller.fetch("GET", "/loop", &[], None).unwrap().status, 302);
}

#[test]
fn reads_no_further_than_its_limits() {
    let server = Canned::new(|asked| match asked.line.as_str() {
        "GET /long" => json(200, &" ".repeat(1_001)),
        "GET /bomb" => {
            let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            zip.write_all(&vec![b' '; 10_000_000]).unwrap();
            let mut answer = json(200, "");
            answer.1.push(("Content-Encoding", "gzip".to_owned()));
            answer.2 = zip.finish().unwrap();
            answer
        }
        "GET /slow" => {
            std::thread::sleep(std::time::Duration::from_millis(600));
            json(200, "{}")
        }
        _ => json(200, &" ".repeat(1_000)),
    });
    let at = |path: &str| format!("{}{path}", server.origin);
    let caller = Caller::new(None).unwrap();
    assert_eq!(caller.call(send(&at("/fits"))).unwrap().body.len(), 1_000);
    for path in ["/long", "/bomb"] {
        let failed = caller.call(send(&at(path))).unwrap_err();
        assert_eq!(failed, SendError::TooLarge(1_000), "{path}");
    }
    let mut slow = send("");
    let url = at("/slow");
    (slow.url, slow.timeout_ms) = (&url, 200);
    assert_eq!(caller.call(slow).unwrap_err(), SendError::Timeout(200));
    let nobody = caller.call(send("http://127.0.0.1:1/x")).unwrap_err();
    let words = nobody.to_string();
    assert!(
        words.starts_with("http://127.0.0.1:1 cannot be reached: "),
        "{words}"
    );
    for wrong in ["/path", "file:///etc/passwd", "http://a b/"] {
        assert!(
            matches!(caller.call(send(wrong)), Err(SendError::Address(_))),
            "{wrong}"
        );
    }
}

#[test]
fn lists_are_read_page_by_page_up_to_a_bound() {
    let server = Canned::new(|asked| {
        let page: u32 = asked.line.rsplit('=').next().unwrap().parse().unwrap();
        json(
            200,
            &format!(
                r#"{{"n": 9, "rows": [{{"i": "{page}a", "n": "A"}}, {{"i": "{page}b", "n": "B"}}, {{"i": ""}}]}}"#
            ),
        )
    });
    let document = format!(
        r#"{{"base": "{}", "auth": {{"kind": "bearer"}}, "records": {{"person": {{"id": "i", "name": "n"}}}},
            "paging": {{"kind": "page", "total": "n", "size": 3}},
            "operations": {{"people.list": {{"call": "GET /p{{?page}}", "items": "rows"}}}}}}"#,
        server.origin
    );
    let mapping = Mapping::parse(&document, None, &|_| None).unwrap();
    let backend = Backend::new(mapping, Caller::new(None).unwrap());
    assert_eq!(backend.list_people(9).unwrap_err().kind(), "signed-out");
    let backend = backend.with_secrets(Secrets {
        bearer: Some("t".to_owned()),
        ..Secrets::default()
    });
    let some = backend.list_people(3).unwrap();
    assert_eq!((some.items.len(), some.pages, some.complete), (4, 2, false));
    let all = backend.list_people(100).unwrap();
    assert_eq!((all.items.len(), all.pages, all.complete), (6, 3, true));
    assert_eq!((all.total, all.defects.len()), (Some(9), 3));
    assert!(
        server
            .asked()
            .iter()
            .all(|a| a.header("authorization") == Some("Bearer t"))
    );
}
