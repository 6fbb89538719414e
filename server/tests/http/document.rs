//! The OpenAPI document: every operation of it is called here, and every answer fits it.

use crate::harness::Server;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn every_operation_answers_as_described() {
    let s = Server::new().await;
    for path in [
        "/openapi.json",
        "/health",
        "/ready",
        "/metrics",
        "/demo/people?q=ben",
        "/demo/session",
    ] {
        s.get("", path).await.is(200);
    }
    s.post_with(
        "",
        "/demo/session",
        &[("sec-fetch-site", "same-origin")],
        json!({"person": "ben"}),
    )
    .await
    .is(200);
    for path in [
        "/api/me",
        "/api/people",
        "/api/people/ben",
        "/api/people/search?q=excel",
        "/api/skills",
    ] {
        s.get("ada", path).await.is(200);
    }
    let id = s
        .ask(
            "ada",
            "How do I refresh a pivot table?",
            &["Excel"],
            &["ben"],
        )
        .await;
    let answer = s.answer("ben", &id, "Right click, Refresh.").await;
    s.accept("ada", &id, &answer).await.is(200);
    let thanks = json!({"to": "ben", "skill": "Excel", "note": "Merci"});
    s.post("ada", &format!("/api/requests/{id}/thanks"), thanks)
        .await
        .is(201);
    s.get("ada", &format!("/api/requests/{id}")).await.is(200);
    s.get("ada", "/api/requests?scope=mine").await.is(200);
    s.get("ada", "/api/requests/similar?q=refresh%20pivot")
        .await
        .is(200);
    let id = s.ask("ada", "And charts?", &["Excel"], &["ben"]).await;
    s.post(
        "ben",
        &format!("/api/requests/{id}/pass"),
        json!({"reason": "not_now"}),
    )
    .await
    .is(200);
    s.post("ada", &format!("/api/requests/{id}/close"), json!({}))
        .await
        .is(200);

    let mut described = BTreeSet::new();
    for (path, item) in s.document()["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    // The stream has no end to collect; tests/http/events.rs reads it.
    described.remove("GET /api/events");
    assert_eq!(*s.exercised.lock().unwrap(), described);
}

#[tokio::test]
async fn is_openapi_3_1_with_an_id_for_every_operation() {
    let s = Server::new().await;
    let document = s.get("", "/openapi.json").await.is(200).body;
    assert_eq!(&document, s.document());
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut ids = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(
                ids.insert(operation["operationId"].as_str().unwrap()),
                "{operation}"
            );
        }
    }
    for id in [
        "me",
        "people.list",
        "people.search",
        "people.get",
        "skills.list",
        "requests.create",
        "requests.list",
        "requests.get",
        "requests.similar",
        "answers.create",
        "answers.accept",
        "thanks.create",
        "requests.pass",
        "requests.close",
        "events",
    ] {
        assert!(ids.contains(id), "{id}");
    }
    // Every reference leads somewhere.
    let text = document.to_string();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(
            document["components"]["schemas"].get(name).is_some(),
            "{name}"
        );
    }
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problems() {
    let s = Server::new().await;
    for path in ["/nothing", "/api/nothing", "/api"] {
        let answer = s.get("ada", path).await.is(404);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
    let answer = s.post("ada", "/api/me", json!({})).await.is(405);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let metrics = s.get("", "/metrics").await.is(200).text;
    assert!(
        metrics.contains("route=\"/api/me\",status=\"405\"} 1"),
        "{metrics}"
    );
    assert!(metrics.contains("entraide_event_streams 0"));
}
