//! Event streams: what changed arrives, once, in order, only with those who may read it, and
//! what was missed comes on return.

use crate::harness::{Server, request};
use axum::body::Body;
use axum::http::Method;
use http_body_util::BodyExt;
use serde_json::json;
use std::time::Duration;
use tower::ServiceExt;

struct Stream {
    body: Body,
    buffer: String,
}

impl Stream {
    async fn open(s: &Server, who: &str, last: Option<&str>) -> Self {
        let headers: Vec<(&str, &str)> = last.map(|l| ("last-event-id", l)).into_iter().collect();
        let request = request(Method::GET, who, "/api/events", &headers, Body::empty());
        let response = s.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self {
            body: response.into_body(),
            buffer: String::new(),
        }
    }

    /// The next block as (event, id, data); `None` when the stream ends or stays still.
    async fn next(&mut self) -> Option<(String, String, String)> {
        while !self.buffer.contains("\n\n") {
            let frame = tokio::time::timeout(Duration::from_secs(4), self.body.frame())
                .await
                .ok()??;
            self.buffer
                .push_str(std::str::from_utf8(frame.unwrap().data_ref().unwrap()).unwrap());
        }
        let (block, rest) = self
            .buffer
            .split_once("\n\n")
            .map(|(a, b)| (a.to_owned(), b.to_owned()))?;
        self.buffer = rest;
        let field = |name: &str| {
            block
                .lines()
                .find_map(|l| l.strip_prefix(name))
                .map(|v| v.trim_start().to_owned())
                .unwrap_or_default()
        };
        if block.starts_with("retry:") || block.contains("\nretry:") {
            assert_eq!(field("retry:"), "2000");
            return Some(("begin".into(), field("id:"), String::new()));
        }
        Some((field("event:"), field("id:"), field("data:")))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_arrive_with_those_who_may_read_them() {
    let s = Server::new().await;
    let mut ben = Stream::open(&s, "ben", None).await;
    let mut dan = Stream::open(&s, "dan", None).await;
    assert_eq!(
        ben.next().await.unwrap(),
        ("begin".into(), "0".into(), String::new())
    );
    dan.next().await.unwrap();
    let metrics = s.get("", "/metrics").await.text;
    assert!(metrics.contains("entraide_event_streams 2"), "{metrics}");

    let body = json!({"question": "Between us?", "to": ["ben"], "visibility": "private"});
    let private = s.post("ada", "/api/requests", body).await.is(201).id();
    let open = s.ask("ada", "For all?", &[], &[]).await;
    let data = |id: &str| json!({"id": id}).to_string();
    assert_eq!(
        ben.next().await.unwrap(),
        ("request".into(), "1".into(), data(&private))
    );
    assert_eq!(
        ben.next().await.unwrap(),
        ("request".into(), "2".into(), data(&open))
    );
    assert_eq!(
        dan.next().await.unwrap(),
        ("request".into(), "2".into(), data(&open))
    );

    // Away for a while: each request that changed comes once, then what follows.
    drop(ben);
    s.answer("cleo", &open, "One.").await;
    s.answer("cleo", &open, "Two.").await;
    s.answer("ben", &private, "Three.").await;
    let mut ben = Stream::open(&s, "ben", Some("2")).await;
    assert_eq!(ben.next().await.unwrap().0, "begin");
    assert_eq!(
        ben.next().await.unwrap(),
        ("request".into(), "4".into(), data(&open))
    );
    assert_eq!(
        ben.next().await.unwrap(),
        ("request".into(), "5".into(), data(&private))
    );
    s.answer("cleo", &open, "Four.").await;
    assert_eq!(
        ben.next().await.unwrap(),
        ("request".into(), "6".into(), data(&open))
    );

    // What cannot be resumed is said.
    for unknown in ["999", "nonsense", "-5"] {
        let mut ben = Stream::open(&s, "ben", Some(unknown)).await;
        assert_eq!(
            ben.next().await.unwrap(),
            ("begin".into(), "6".into(), String::new())
        );
        assert_eq!(
            ben.next().await.unwrap(),
            ("reset".into(), "6".into(), "{}".into()),
            "{unknown}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_changes_come_in_order() {
    let s = std::sync::Arc::new(Server::new().await);
    let mut dan = Stream::open(&s, "dan", None).await;
    dan.next().await.unwrap();
    let calls: Vec<_> = (0..30)
        .map(|i| {
            let s = s.clone();
            tokio::spawn(async move { s.ask("ada", &format!("Q{i}"), &[], &[]).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    for expected in 1..=30 {
        assert_eq!(dan.next().await.unwrap().1, expected.to_string());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_end_when_the_server_stops() {
    let s = Server::new().await;
    let mut ben = Stream::open(&s, "ben", None).await;
    ben.next().await.unwrap();
    s.app.stop();
    let end = tokio::time::timeout(Duration::from_secs(2), ben.body.frame())
        .await
        .unwrap();
    assert!(end.is_none());
    s.get("", "/ready").await.is(503);
}
