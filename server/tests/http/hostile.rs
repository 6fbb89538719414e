//! Bodies and queries that nobody well-meaning sends.

use crate::harness::{Server, request};
use axum::body::Body;
use axum::http::Method;
use proptest::prelude::*;
use serde_json::json;

#[tokio::test]
async fn bodies_that_are_no_sound_json() {
    let s = Server::new().await;
    let json = ("content-type", "application/json");
    let send = async |headers: &[(&str, &str)], body: Vec<u8>| {
        s.send(request(
            Method::POST,
            "ada",
            "/api/requests",
            headers,
            Body::from(body),
        ))
        .await
    };
    send(&[], b"{}".to_vec()).await.is(415);
    send(
        &[("content-type", "text/plain")],
        br#"{"question":"q"}"#.to_vec(),
    )
    .await
    .is(415);
    send(
        &[("content-type", "application/x-www-form-urlencoded")],
        b"question=q".to_vec(),
    )
    .await
    .is(415);
    for broken in [
        &b""[..],
        b"{",
        b"nothing",
        b"{\"question\":\"\xff\"}",
        b"{} {}",
    ] {
        let status = send(&[json], broken.to_vec()).await.status;
        assert!(status == 400 || status == 422, "{status} {broken:?}");
    }
    send(&[json], "[".repeat(100_000).into_bytes())
        .await
        .is(400)
        .body["detail"]
        .as_str()
        .unwrap();
    // Unknown fields are skipped without descending.
    let deep = format!(
        r#"{{"question":"q","x":{}{}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    send(&[json], deep.into_bytes()).await.is(201);
    for body in ["[]", "null", "\"q\"", "5"] {
        send(&[json], body.into()).await.is(422);
    }
    send(
        &[("content-type", "application/json; charset=utf-8")],
        br#"{"question":"q"}"#.to_vec(),
    )
    .await
    .is(201);
    send(
        &[("content-type", "application/merge-patch+json")],
        br#"{"question":"q"}"#.to_vec(),
    )
    .await
    .is(201);
    let large = json!({"question": "q", "details": "x".repeat(300_000)}).to_string();
    send(&[json], large.clone().into_bytes()).await.is(413);
    // Without a length in front.
    let chunks = large
        .into_bytes()
        .chunks(1_000)
        .map(|c| Ok::<_, std::io::Error>(c.to_vec()))
        .collect::<Vec<_>>();
    let body = Body::from_stream(tokio_stream::iter(chunks));
    s.send(request(Method::POST, "ada", "/api/requests", &[json], body))
        .await
        .is(413);
}

#[tokio::test]
async fn markup_is_kept_as_text() {
    let s = Server::new().await;
    let text = "<img src=x onerror=alert(1)> '; DROP TABLE request; -- \u{0}";
    let id = s.ask("ada", text, &["<b>"], &[]).await;
    let seen = s.get("ada", &format!("/api/requests/{id}")).await;
    assert_eq!(
        seen.body["question"],
        "<img src=x onerror=alert(1)> '; DROP TABLE request; --"
    );
    assert_eq!(seen.header("content-type"), "application/json");
    assert_eq!(seen.header("x-content-type-options"), "nosniff");
}

fn percent(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_typed_text_is_an_error(texts in prop::collection::vec("\\PC{0,30}|[\"'*():^+#{} ]{1,12}|(AND|OR|NOT|NEAR| |\"|name:)+", 8)) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let s = Server::new().await;
            for text in texts {
                let text = percent(&text);
                s.get("ada", &format!("/api/people/search?q={text}&skill={text}")).await.is(200);
                s.get("ada", &format!("/api/requests/similar?q={text}")).await.is(200);
                s.get("ada", &format!("/demo/people?q={text}")).await.is(200);
                let status = s.get("ada", &format!("/api/people/{text}x")).await.status;
                prop_assert_eq!(status, 404);
                let status = s.get("ada", &format!("/api/people?cursor={text}x")).await.status;
                prop_assert_eq!(status, 422);
            }
            Ok(())
        })?;
    }
}
