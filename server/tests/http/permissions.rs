//! Who may do what: the table of `permission.rs`, asked of the real routes by every kind of person.

use crate::harness::Server;
use serde_json::{Value, json};

/// A request in a state, with an answer by ben; each call gets its own.
async fn scene(s: &Server, visibility: &str, state: &str) -> (String, String) {
    let body = json!({"question": "Q?", "skills": ["Excel"], "to": ["ben", "eve"], "visibility": visibility});
    let id = s.post("ada", "/api/requests", body).await.is(201).id();
    let answer = s.answer("ben", &id, "A.").await;
    match state {
        "solved" => drop(s.accept("ada", &id, &answer).await.is(200)),
        "closed" => drop(
            s.post("ada", &format!("/api/requests/{id}/close"), json!({}))
                .await
                .is(200),
        ),
        _ => {}
    }
    (id, answer)
}

#[tokio::test]
async fn the_table_holds_on_every_route() {
    let s = Server::new().await;
    let actions = ["read", "answer", "accept", "thank", "pass", "close"];
    // asker, asked who answered, asked, has the skill, outsider
    let people = ["ada", "ben", "eve", "cleo", "dan"];
    let table: [(&str, &str, [[u16; 5]; 6]); 5] = [
        (
            "open",
            "answered",
            [
                [200, 200, 200, 200, 200],
                [201, 201, 201, 201, 201],
                [200, 403, 403, 403, 403],
                [201, 422, 201, 201, 201],
                [403, 200, 200, 200, 403],
                [200, 403, 403, 403, 403],
            ],
        ),
        (
            "open",
            "solved",
            [
                [200, 200, 200, 200, 200],
                [201, 201, 201, 201, 201],
                [200, 403, 403, 403, 403],
                [201, 422, 201, 201, 201],
                [403, 409, 409, 409, 403],
                [409, 403, 403, 403, 403],
            ],
        ),
        (
            "open",
            "closed",
            [
                [200, 200, 200, 200, 200],
                [409, 409, 409, 409, 409],
                [200, 403, 403, 403, 403],
                [201, 422, 201, 201, 201],
                [403, 409, 409, 409, 403],
                [200, 403, 403, 403, 403],
            ],
        ),
        (
            "private",
            "answered",
            [
                [200, 200, 200, 404, 404],
                [201, 201, 201, 404, 404],
                [200, 403, 403, 404, 404],
                [201, 422, 201, 404, 404],
                [403, 200, 200, 404, 404],
                [200, 403, 403, 404, 404],
            ],
        ),
        (
            "private",
            "closed",
            [
                [200, 200, 200, 404, 404],
                [409, 409, 409, 404, 404],
                [200, 403, 403, 404, 404],
                [201, 422, 201, 404, 404],
                [403, 409, 409, 404, 404],
                [200, 403, 403, 404, 404],
            ],
        ),
    ];
    for (visibility, state, rows) in table {
        for (action, row) in actions.iter().zip(rows) {
            for (who, expected) in people.iter().zip(row) {
                let (id, answer) = scene(&s, visibility, state).await;
                let path = format!("/api/requests/{id}");
                let got = match *action {
                    "read" => s.get(who, &path).await,
                    "answer" => {
                        s.post(who, &format!("{path}/answers"), json!({"text": "T"}))
                            .await
                    }
                    "accept" => s.accept(who, &id, &answer).await,
                    "thank" => {
                        s.post(who, &format!("{path}/thanks"), json!({"to": "ben"}))
                            .await
                    }
                    "pass" => {
                        s.post(who, &format!("{path}/pass"), json!({"reason": "not_now"}))
                            .await
                    }
                    _ => s.post(who, &format!("{path}/close"), json!({})).await,
                };
                assert_eq!(
                    got.status, expected,
                    "{visibility} {state}: {who} {action}: {}",
                    got.text
                );
            }
        }
    }
}

#[tokio::test]
async fn nobody_signed_in_sees_or_does_anything() {
    let s = Server::new().await;
    let (id, answer) = scene(&s, "open", "answered").await;
    for path in [
        "/api/me",
        "/api/people",
        "/api/people/ben",
        "/api/people/search",
        "/api/skills",
        "/api/requests",
        "/api/requests/similar",
        "/api/events",
        &format!("/api/requests/{id}"),
    ] {
        for who in ["", "stranger"] {
            s.get(who, path).await.is(401);
        }
    }
    for path in [
        "",
        "/answers",
        "/thanks",
        "/pass",
        "/close",
        &format!("/answers/{answer}/accept"),
    ] {
        let path = if path.is_empty() {
            "/api/requests".to_owned()
        } else {
            format!("/api/requests/{id}{path}")
        };
        s.post("", &path, json!({})).await.is(401);
    }
}

#[tokio::test]
async fn own_answers_are_not_accepted_and_answers_belong_to_their_request() {
    let s = Server::new().await;
    let (id, _) = scene(&s, "open", "answered").await;
    let (_, elsewhere) = scene(&s, "open", "answered").await;
    let own = s.answer("ada", &id, "Solved it myself.").await;
    s.accept("ada", &id, &own).await.is(403);
    s.accept("ada", &id, &elsewhere).await.is(404);
    s.accept("ada", &id, "nothing").await.is(404);
    s.accept("ada", "nothing", &own).await.is(404);
}

#[tokio::test]
async fn private_requests_show_nowhere_to_others() {
    let s = Server::new().await;
    let (id, _) = scene(&s, "private", "answered").await;
    for who in ["cleo", "dan"] {
        for scope in ["mine", "inbox", "open", "solved", "all"] {
            let list = s
                .get(who, &format!("/api/requests?scope={scope}"))
                .await
                .is(200)
                .body;
            assert_eq!(
                (&list["items"], &list["total"]),
                (&json!([]), &json!(0)),
                "{who} {scope}"
            );
        }
    }
    // Whoever was asked goes on reading after passing.
    s.post(
        "eve",
        &format!("/api/requests/{id}/pass"),
        json!({"reason": "not_my_area"}),
    )
    .await
    .is(200);
    s.get("eve", &format!("/api/requests/{id}")).await.is(200);
    let list: Value = s.get("eve", "/api/requests?scope=all").await.body;
    assert_eq!(list["total"], 1);
    // And whoever is named may read from then on.
    s.post(
        "ben",
        &format!("/api/requests/{id}/pass"),
        json!({"reason": "know_who", "to": "dan"}),
    )
    .await
    .is(200);
    s.get("dan", &format!("/api/requests/{id}")).await.is(200);
}
