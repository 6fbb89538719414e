//! Who calls, and whether another site made them.

use crate::harness::{NOT_FOUND, Server, cast, person, request};
use axum::body::Body;
use axum::http::Method;
use entraide_server::app::IdentityMode;
use entraide_server::site::Site;
use serde_json::json;

fn cookie(set: &str) -> String {
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_demo_picks_somebody_and_lets_one_change() {
    let s = Server::new().await;
    let first = s.get("", "/demo/session").await.is(200);
    assert_eq!(
        first.body,
        json!({"id": "ada", "name": "Ada Öztürk", "title": "Title of ada", "team": "Finance"})
    );
    let set = first.header("set-cookie").to_owned();
    assert!(
        set.ends_with("; Path=/; HttpOnly; SameSite=Strict"),
        "{set}"
    );
    let as_ada = cookie(&set);
    let same = s
        .get_with("", "/demo/session", &[("cookie", &as_ada)])
        .await
        .is(200);
    assert_eq!(
        (&same.body["id"], same.header("set-cookie")),
        (&json!("ada"), "")
    );

    let from_here = ("sec-fetch-site", "same-origin");
    let chosen = s
        .post_with("", "/demo/session", &[from_here], json!({"person": "ben"}))
        .await
        .is(200);
    let as_ben = format!("theme=dark; {}", cookie(chosen.header("set-cookie")));
    // Two browsers, two people.
    assert_eq!(
        s.get_with("", "/api/me", &[("cookie", &as_ben)])
            .await
            .is(200)
            .body["id"],
        "ben"
    );
    assert_eq!(
        s.get_with("", "/api/me", &[("cookie", &as_ada)])
            .await
            .is(200)
            .body["id"],
        "ada"
    );
    s.post_with(
        "",
        "/demo/session",
        &[from_here],
        json!({"person": "nobody"}),
    )
    .await
    .is(422);
    s.post_with(
        "",
        "/demo/session",
        &[("sec-fetch-site", "cross-site")],
        json!({"person": "ben"}),
    )
    .await
    .is(403);

    for broken in [
        "entraide_demo_person=%%%",
        "entraide_demo_person=",
        "entraide_demo_person=bm9ib2R5",
    ] {
        s.get_with("", "/api/me", &[("cookie", broken)])
            .await
            .is(401);
        assert_eq!(
            s.get_with("", "/demo/session", &[("cookie", broken)])
                .await
                .is(200)
                .body["id"],
            "ada"
        );
    }
    let picker = s.get("", "/demo/people?q=excel&limit=1").await.is(200).body;
    assert_eq!(picker["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_cookie_writes_only_from_here() {
    let s = Server::new().await;
    let as_ada = cookie(s.get("", "/demo/session").await.header("set-cookie"));
    for (headers, expected) in [
        (vec![], 403),
        (vec![("sec-fetch-site", "same-origin")], 201),
        (vec![("sec-fetch-site", "none")], 201),
        (vec![("sec-fetch-site", "same-site")], 403),
        (
            vec![
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://localhost"),
            ],
            403,
        ),
        (vec![("origin", "http://localhost")], 201),
        (vec![("origin", "http://localhost:81")], 403),
        (vec![("origin", "http://evil.example")], 403),
        (vec![("origin", "null")], 403),
    ] {
        let mut all = vec![("cookie", as_ada.as_str())];
        all.extend(&headers);
        let got = s
            .post_with("", "/api/requests", &all, json!({"question": "Q"}))
            .await;
        assert_eq!(got.status, expected, "{headers:?}");
    }
    let read = s
        .get_with(
            "",
            "/api/me",
            &[("cookie", &as_ada), ("sec-fetch-site", "cross-site")],
        )
        .await
        .is(200);
    assert!(
        read.headers
            .keys()
            .all(|name| !name.as_str().starts_with("access-control"))
    );
}

#[tokio::test]
async fn the_demo_has_no_other_name() {
    let s = Server::new().await;
    for (host, expected) in [
        ("evil.example", 403),
        ("127.0.0.1:8787", 200),
        ("[::1]:1", 200),
    ] {
        let request = axum::http::Request::get("/api/people")
            .header("host", host)
            .header("x-demo-person", "ada")
            .body(Body::empty())
            .unwrap();
        assert_eq!(s.send(request).await.status, expected, "{host}");
    }
}

#[tokio::test]
async fn a_proxy_names_people_by_id_or_address() {
    let mode = IdentityMode::Proxy("x-remote-user".parse().unwrap());
    let mut people = cast();
    let mut twin = person("twin", "Twin", &[]);
    twin.email = "EVE@valmer.example".into();
    people.push(twin);
    let s = Server::with(mode, &Site::default(), &people).await;
    let me = async |value: &str| s.get_with("", "/api/me", &[("x-remote-user", value)]).await;
    assert_eq!(me("ben").await.is(200).body["id"], "ben");
    assert_eq!(me(" BEN@Valmer.example ").await.is(200).body["id"], "ben");
    me("eve@valmer.example").await.is(403);
    me("stranger").await.is(401);
    me("").await.is(401);
    // The demo's ways in are closed, and a header sent twice is nobody.
    s.get("ben", "/api/me").await.is(401);
    s.get_with("", "/api/me", &[("cookie", "entraide_demo_person=YmVu")])
        .await
        .is(401);
    for path in ["/demo/session", "/demo/people"] {
        assert_eq!(s.get("", path).await.status, NOT_FOUND);
    }
    let twice = [("x-remote-user", "ben"), ("x-remote-user", "ada")];
    s.send(request(Method::GET, "", "/api/me", &twice, Body::empty()))
        .await
        .is(401);
    // A browser's call from elsewhere is refused; a tool's is not.
    let post = async |more: &[(&str, &str)]| {
        let mut headers = vec![("x-remote-user", "ben")];
        headers.extend_from_slice(more);
        s.post_with("", "/api/requests", &headers, json!({"question": "Q"}))
            .await
            .status
    };
    assert_eq!(post(&[]).await, 201);
    assert_eq!(post(&[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post(&[("origin", "http://evil.example")]).await, 403);
    assert_eq!(post(&[("sec-fetch-site", "same-origin")]).await, 201);
}
