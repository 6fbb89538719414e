//! The same call sent again, in a row and at once, is done once.

use crate::harness::Server;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

#[tokio::test]
async fn the_same_key_gives_the_same_answer() {
    let s = Server::new().await;
    let body = json!({"question": "Once?"});
    let key = [("idempotency-key", "k-1")];
    let first = s
        .post_with("ada", "/api/requests", &key, body.clone())
        .await
        .is(201);
    s.answer("ben", &first.id(), "Meanwhile.").await;
    let again = s
        .post_with("ada", "/api/requests", &key, body.clone())
        .await
        .is(201);
    assert_eq!(again.text, first.text);
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(
        (
            first.header("idempotent-replayed"),
            again.header("idempotent-replayed")
        ),
        ("", "true")
    );
    // Another body, another path: 422. Another person: their own key.
    s.post_with("ada", "/api/requests", &key, json!({"question": "Twice?"}))
        .await
        .is(422);
    let path = format!("/api/requests/{}/close", first.id());
    s.post_with("ada", &path, &key, body.clone()).await.is(422);
    let other = s
        .post_with("ben", "/api/requests", &key, body)
        .await
        .is(201);
    assert_ne!(other.id(), first.id());
    assert_eq!(s.get("ada", "/api/requests").await.body["total"], 2);
}

#[tokio::test]
async fn a_refused_call_does_not_use_up_its_key() {
    let s = Server::new().await;
    let key = [("idempotency-key", "k")];
    s.post_with("ada", "/api/requests", &key, json!({"question": ""}))
        .await
        .is(422);
    s.post_with("ada", "/api/requests", &key, json!({"question": "Now?"}))
        .await
        .is(201);
    for bad in ["", "with space", &"x".repeat(129)] {
        let key = [("idempotency-key", bad)];
        s.post_with("ada", "/api/requests", &key, json!({"question": "Q"}))
            .await
            .is(422);
    }
    assert_eq!(s.get("ada", "/api/requests").await.body["total"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_are_one() {
    let s = Arc::new(Server::new().await);
    let calls = (0..20).map(|_| {
        let s = s.clone();
        tokio::spawn(async move {
            let key = [("idempotency-key", "same")];
            let body = json!({"question": "All at once?", "to": ["ben"]});
            s.post_with("ada", "/api/requests", &key, body)
                .await
                .is(201)
                .id()
        })
    });
    let mut ids = BTreeSet::new();
    for call in calls.collect::<Vec<_>>() {
        ids.insert(call.await.unwrap());
    }
    assert_eq!(ids.len(), 1);
    assert_eq!(s.get("ada", "/api/requests").await.body["total"], 1);
    assert_eq!(
        s.get("ben", "/api/me").await.body["availability"]["load"]["open"],
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn different_writes_at_once_all_arrive() {
    let s = Arc::new(Server::new().await);
    let id = s.ask("ada", "Many?", &[], &[]).await;
    let calls = (0..40).map(|i| {
        let (s, id) = (s.clone(), id.clone());
        tokio::spawn(async move {
            s.answer(
                ["ben", "cleo", "dan", "eve"][i % 4],
                &id,
                &format!("Answer {i}"),
            )
            .await
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    let seen = s.get("ada", &format!("/api/requests/{id}")).await.body;
    assert_eq!(
        (
            seen["answers"].as_array().unwrap().len(),
            &seen["answerCount"]
        ),
        (40, &json!(40))
    );
}
