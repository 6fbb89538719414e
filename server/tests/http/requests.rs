//! Questions from posting to thanks.

use crate::harness::{NOON, Server, cast};
use entraide::model::{Request, RequestStatus, Timestamp};
use entraide_server::fill;
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<&str> {
    list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_whole_story() {
    let s = Server::new().await;
    let body = json!({
        "question": "  How do I refresh\na pivot table? ", "details": "It is old.\r\nVery.",
        "skills": ["Éxcel", "EXCEL", "Power BI"], "to": ["ben", "ben"],
        "context": {"title": "Expenses", "url": "https://intranet.example/expenses"}, "unknown": [1]
    });
    let posted = s.post("ada", "/api/requests", body).await.is(201);
    let id = posted.id();
    assert_eq!(posted.header("location"), format!("/api/requests/{id}"));
    assert_eq!(posted.header("etag"), posted.body["etag"]);
    assert_eq!(posted.body["question"], "How do I refresh a pivot table?");
    assert_eq!(posted.body["details"], "It is old.\nVery.");
    assert_eq!(posted.body["skills"], json!(["EXCEL", "Power BI"]));
    assert_eq!(
        posted.body["asked"],
        json!([{"id": "ben", "name": "Ben Łukasz", "title": "Title of ben"}])
    );
    assert_eq!(posted.body["status"], "open");
    assert_eq!(posted.body["created"], "2026-11-24T12:00:00.000Z");

    for who in ["ben", "cleo"] {
        assert_eq!(
            ids(&s.get(who, "/api/requests?scope=inbox").await.body),
            [&id],
            "{who}"
        );
    }
    for who in ["ada", "dan", "eve"] {
        assert!(
            ids(&s.get(who, "/api/requests?scope=inbox").await.body).is_empty(),
            "{who}"
        );
    }
    // A follow-up of the asker is no answer that changes where it stands.
    s.pass_time(1_000);
    s.answer("ada", &id, "Anybody?").await;
    assert_eq!(
        s.get("ada", &format!("/api/requests/{id}")).await.body["status"],
        "open"
    );
    let answer = s.answer("cleo", &id, "Data, refresh all.").await;
    let seen = s.get("ada", &format!("/api/requests/{id}")).await.is(200);
    assert_eq!(
        (&seen.body["status"], &seen.body["answerCount"]),
        (&json!("answered"), &json!(2))
    );
    assert_eq!(seen.body["updated"], "2026-11-24T12:00:01.000Z");
    assert_ne!(seen.header("etag"), posted.header("etag"));

    let solved = s.accept("ada", &id, &answer).await.is(200).body;
    assert_eq!(
        (&solved["status"], &solved["answers"][1]["accepted"]),
        (&json!("solved"), &json!(true))
    );
    let thanks = json!({"to": "cleo", "skill": "excel", "note": "Merci !"});
    let thanked = s
        .post("ada", &format!("/api/requests/{id}/thanks"), thanks)
        .await
        .is(201)
        .body;
    assert_eq!(thanked["thanks"][0]["skill"], "EXCEL");
    // Thanks are between the two.
    let thanks_for = async |who: &str| {
        s.get(who, &format!("/api/requests/{id}")).await.body["thanks"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((thanks_for("cleo").await, thanks_for("ben").await), (1, 0));

    assert!(ids(&s.get("ben", "/api/requests?scope=inbox").await.body).is_empty());
    for scope in ["mine", "solved", "all"] {
        let list = s
            .get("ada", &format!("/api/requests?scope={scope}"))
            .await
            .body;
        assert_eq!(
            (ids(&list), &list["total"]),
            (vec![id.as_str()], &json!(1)),
            "{scope}"
        );
        assert_eq!(list["items"][0]["answers"], json!([]));
        assert_eq!(list["items"][0]["etag"], thanked["etag"]);
    }
    assert!(ids(&s.get("ada", "/api/requests?scope=open").await.body).is_empty());
    assert!(ids(&s.get("ben", "/api/requests?scope=mine").await.body).is_empty());
    s.get("ada", "/api/requests?scope=theirs").await.is(422);
}

#[tokio::test]
async fn passing_leaves_the_inbox_and_names_who_knows() {
    let s = Server::new().await;
    let id = s.ask("ada", "Who signs?", &["Excel"], &["ben"]).await;
    let path = format!("/api/requests/{id}/pass");
    for (body, pointer) in [
        (json!({"reason": "know_who"}), "/to"),
        (json!({"reason": "not_now", "to": "eve"}), "/to"),
        (json!({"reason": "know_who", "to": "ben"}), "/to"),
        (json!({"reason": "know_who", "to": "ada"}), "/to"),
        (json!({"reason": "know_who", "to": "nobody"}), "/to"),
        (json!({"reason": "because"}), "/reason"),
        (json!({}), "/reason"),
    ] {
        let answer = s.post("ben", &path, body.clone()).await.is(422);
        assert_eq!(answer.pointers(), [pointer], "{body}");
    }
    let passed = s
        .post("ben", &path, json!({"reason": "know_who", "to": "eve"}))
        .await
        .is(200)
        .body;
    assert_eq!(passed["asked"][0]["id"], "eve");
    assert!(ids(&s.get("ben", "/api/requests?scope=inbox").await.body).is_empty());
    assert_eq!(
        ids(&s.get("eve", "/api/requests?scope=inbox").await.body),
        [&id]
    );
    let back = s
        .post("eve", &path, json!({"reason": "know_who", "to": "ben"}))
        .await
        .is(422);
    assert_eq!(back.pointers(), ["/to"]);
    // Passing from the inbox without having been asked changes nothing that others see.
    let before = s.get("ada", &format!("/api/requests/{id}")).await;
    s.post("cleo", &path, json!({"reason": "not_my_area"}))
        .await
        .is(200);
    assert!(ids(&s.get("cleo", "/api/requests?scope=inbox").await.body).is_empty());
    let after = s.get("ada", &format!("/api/requests/{id}")).await;
    assert_eq!(
        (after.header("etag"), &after.body),
        (before.header("etag"), &before.body)
    );
    assert!(!after.text.contains("not_my_area") && !after.text.contains("know_who"));
    // Who named somebody is thanked like who answered.
    s.post(
        "ada",
        &format!("/api/requests/{id}/thanks"),
        json!({"to": "ben"}),
    )
    .await
    .is(201);
    s.post(
        "ada",
        &format!("/api/requests/{id}/thanks"),
        json!({"to": "cleo"}),
    )
    .await
    .is(422);
}

#[tokio::test]
async fn similar_ones_are_answered_open_and_alike() {
    let s = Server::new().await;
    let good = s
        .ask(
            "ada",
            "How do I refresh a pivot table in Excel?",
            &["Excel"],
            &[],
        )
        .await;
    s.answer("ben", &good, "Right click on it.").await;
    let unanswered = s
        .ask("ada", "Refresh pivot tables at opening?", &["Excel"], &[])
        .await;
    s.answer("ada", &unanswered, "Anybody?").await;
    let other = s
        .ask("ada", "What is the travel policy in Lyon?", &[], &[])
        .await;
    s.answer("ben", &other, "See the page.").await;
    let body = json!({"question": "Refresh my private pivot table?", "to": ["ben"], "visibility": "private"});
    let private = s.post("ada", "/api/requests", body).await.is(201).id();
    s.answer("ben", &private, "No.").await;

    let found = s
        .get(
            "eve",
            "/api/requests/similar?q=my%20pivot%20tables%20do%20not%20refresh",
        )
        .await
        .is(200);
    assert_eq!(ids(&found.body), [&good]);
    assert_eq!(
        found.body["items"][0]["answers"][0]["text"],
        "Right click on it."
    );
    for nothing in ["q=", "q=how%20do%20I", "q=%22%22%20OR%20*", "q=elephants"] {
        let found = s
            .get("eve", &format!("/api/requests/similar?{nothing}"))
            .await
            .is(200)
            .body;
        assert!(ids(&found).is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn validators_spare_reading_and_guard_writing() {
    let s = Server::new().await;
    let id = s.ask("ada", "One?", &["Excel"], &[]).await;
    let path = format!("/api/requests/{id}");
    for path in [
        path.as_str(),
        "/api/people",
        "/api/people/ben",
        "/api/skills",
        "/api/requests",
        "/api/people/search?q=ben",
        "/api/me",
        "/api/requests/similar?q=x",
    ] {
        let tag = s.get("ada", path).await.is(200).header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 8, "{path}: {tag}");
        let again = s
            .get_with("ada", path, &[("if-none-match", &format!("\"x\", {tag}"))])
            .await;
        assert_eq!(
            (again.status, again.header("etag")),
            (304, tag.as_str()),
            "{path}"
        );
        s.get_with("ada", path, &[("if-none-match", "\"x\"")])
            .await
            .is(200);
    }
    let tag = s.get("ben", &path).await.header("etag").to_owned();
    // The tag of another viewer is another tag: they see other thanks.
    assert_ne!(s.get("ada", &path).await.header("etag"), tag);
    let answers = format!("{path}/answers");
    let with = [("if-match", tag.as_str())];
    s.post_with("ben", &answers, &with, json!({"text": "A"}))
        .await
        .is(201);
    s.post_with("ben", &answers, &with, json!({"text": "B"}))
        .await
        .is(412);
    s.post_with("ben", &answers, &[("if-match", "*")], json!({"text": "C"}))
        .await
        .is(201);
    assert_eq!(s.get("ada", &path).await.body["answerCount"], 2);
    let tag = s.get("ada", &path).await.header("etag").to_owned();
    let mut people = cast();
    people[0].name = "Ada Renamed".into();
    fill::import(&s.db, &people, false).await.unwrap();
    s.get_with("ada", &path, &[("if-none-match", &tag)])
        .await
        .is(200);
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_its_place() {
    let s = Server::new().await;
    let long = "x".repeat(301);
    let too_long = "x".repeat(20_001);
    let many: Vec<String> = (0..21).map(|i| format!("s{i}")).collect();
    for (body, pointers) in [
        (json!({}), vec!["/question"]),
        (json!({"question": 5}), vec!["/question"]),
        (json!({"question": " \n\u{202e} "}), vec!["/question"]),
        (
            json!({"question": long, "details": too_long}),
            vec!["/question", "/details"],
        ),
        (json!({"question": "q", "skills": many}), vec!["/skills"]),
        (
            json!({"question": "q", "skills": ["ok", long]}),
            vec!["/skills/1"],
        ),
        (
            json!({"question": "q", "skills": ["ok", 1]}),
            vec!["/skills/1"],
        ),
        (
            json!({"question": "q", "to": ["ben", "nobody", "ada"]}),
            vec!["/to/1", "/to/2"],
        ),
        (json!({"question": "q", "to": [""]}), vec!["/to/0"]),
        (
            json!({"question": "q", "visibility": "secret"}),
            vec!["/visibility"],
        ),
        (
            json!({"question": "q", "visibility": "private"}),
            vec!["/to"],
        ),
        (
            json!({"question": "q", "context": {"title": "t", "url": "javascript:alert(1)"}}),
            vec!["/context/url"],
        ),
    ] {
        let answer = s.post("ada", "/api/requests", body.clone()).await.is(422);
        assert_eq!(
            answer.pointers(),
            pointers,
            "{} {}",
            body.to_string().len(),
            answer.text
        );
    }
    assert_eq!(s.get("ada", "/api/requests").await.body["total"], 0);
    let id = s.ask("ada", &"é".repeat(300), &[], &[]).await;
    let answers = format!("/api/requests/{id}/answers");
    for (body, pointer) in [
        (json!({"text": " "}), "/text"),
        (json!({"text": too_long}), "/text"),
        (json!({}), "/text"),
    ] {
        assert_eq!(
            s.post("ben", &answers, body).await.is(422).pointers(),
            [pointer]
        );
    }
    s.answer("ben", &id, "x").await;
    let thanks = format!("/api/requests/{id}/thanks");
    for (who, body, pointer) in [
        ("ada", json!({"to": "eve"}), "/to"),
        ("ada", json!({"to": "nobody"}), "/to"),
        (
            "ada",
            json!({"to": "ben", "note": "x".repeat(301)}),
            "/note",
        ),
        (
            "ada",
            json!({"to": "ben", "skill": "x".repeat(121)}),
            "/skill",
        ),
        ("ben", json!({"to": "ben"}), "/to"),
    ] {
        assert_eq!(
            s.post(who, &thanks, body).await.is(422).pointers(),
            [pointer]
        );
    }
}

#[tokio::test]
async fn whole_requests_of_the_past_are_written_with_their_evidence() {
    let s = Server::new().await;
    let past = NOON - 86_400_000 * 30;
    let request = |id: &str, status: &str| -> Request {
        let at = Timestamp::from_millis(past);
        serde_json::from_value(json!({
            "id": id, "question": "Old?", "skills": ["Excel"], "status": status, "created": at,
            "asker": {"id": "ada", "name": ""}, "asked": [{"id": "ben", "name": ""}],
            "answers": [{"id": "a-1", "author": {"id": "ben", "name": ""}, "text": "Yes.",
                "created": at, "accepted": status == "solved"}],
            "thanks": [{"from": {"id": "ada", "name": ""}, "to": {"id": "ben", "name": ""}, "skill": "excel"}]
        }))
        .unwrap()
    };
    let path = s.folder.path().join("test.db");
    let refused = fill::demo(&s.db, &path, &cast(), &[]).await.unwrap_err();
    assert!(refused.to_string().contains("--db"), "{refused}");

    let fresh = s.folder.path().join("fresh.db");
    let db = entraide_server::database::Database::open(&fresh)
        .await
        .unwrap();
    let requests = [
        request("q-1", "solved"),
        request("q-2", "answered"),
        request("q-3", "closed"),
    ];
    assert_eq!(
        fill::demo(&db, &fresh, &cast(), &requests).await.unwrap(),
        (5, 3)
    );
    assert_eq!(
        fill::demo(&db, &fresh, &cast(), &requests).await.unwrap(),
        (0, 0)
    );
    let app = entraide_server::app::App::new(db, entraide_server::app::IdentityMode::Demo);
    let s = Server {
        router: entraide_server::api::router(app, &Default::default()),
        ..s
    };
    let ben = s.get("ada", "/api/people/ben").await.body;
    assert_eq!(
        ben["skills"][0]["evidence"],
        json!({"accepted": 1, "thanks": 3})
    );
    assert_eq!(ben["availability"]["load"]["open"], 0);
    let seen = s.get("ada", "/api/requests/q-1").await.is(200).body;
    let seen: Request = serde_json::from_value(seen).unwrap();
    assert_eq!(
        (seen.status, seen.answers.len(), seen.thanks.len()),
        (RequestStatus::Solved, 1, 1)
    );
    assert_eq!(seen.created, Some(Timestamp::from_millis(past)));
}
