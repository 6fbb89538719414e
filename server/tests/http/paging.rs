//! Pages: whatever is inserted while somebody turns them, what was there comes exactly once.

use crate::harness::{Server, person};
use entraide_server::fill;
use proptest::prelude::*;

/// Turns all pages of a list, doing something between them; gives the ids in order.
async fn turn(
    s: &Server,
    path: &str,
    limit: usize,
    mut between: impl AsyncFnMut(usize),
) -> Vec<String> {
    let mut seen = Vec::new();
    let mut next = String::new();
    for page in 0.. {
        let answer = s
            .get("ada", &format!("{path}limit={limit}{next}"))
            .await
            .is(200)
            .body;
        let items = answer["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        seen.extend(items.iter().map(|i| i["id"].as_str().unwrap().to_owned()));
        between(page).await;
        match answer.get("next") {
            Some(cursor) => next = format!("&cursor={}", cursor.as_str().unwrap()),
            None => break,
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn everybody_comes_once_while_people_join(
        names in prop::collection::vec("[a-cé ]{0,3}", 1..30),
        joining in prop::collection::vec("[a-cé ]{0,3}", 0..10),
        limit in 1usize..9,
    ) {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let s = Server::new().await;
            let people: Vec<_> =
                names.iter().enumerate().map(|(i, n)| person(&format!("p{i}"), n, &[])).collect();
            fill::import(&s.db, &people, false).await.unwrap();
            let seen = turn(&s, "/api/people?", limit, async |page| {
                if let Some(name) = joining.get(page) {
                    let new = [person(&format!("new{page}"), name, &[])];
                    fill::import(&s.db, &new, false).await.unwrap();
                }
            })
            .await;
            let mut old: Vec<_> = seen.iter().filter(|id| !id.starts_with("new")).cloned().collect();
            old.sort();
            let mut expected: Vec<String> = people.iter().map(|p| p.id.to_string()).collect();
            expected.extend(["ada", "ben", "cleo", "dan", "eve"].map(str::to_owned));
            expected.sort();
            assert_eq!(old, expected);
            let mut unique = seen.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), seen.len(), "nobody comes twice");
        });
    }
}

#[tokio::test]
async fn requests_come_once_newest_first_while_more_are_posted() {
    let s = Server::new().await;
    let mut posted = Vec::new();
    for i in 0..23 {
        // Several in the same millisecond: the row decides.
        if i % 3 == 0 {
            s.pass_time(1);
        }
        posted.push(s.ask("ada", &format!("Q{i}"), &[], &[]).await);
    }
    let seen = turn(&s, "/api/requests?scope=mine&", 4, async |page| {
        s.ask("ada", &format!("Later {page}"), &[], &[]).await;
    })
    .await;
    posted.reverse();
    assert_eq!(seen, posted);
}

#[tokio::test]
async fn broken_cursors_and_limits_are_refused() {
    let s = Server::new().await;
    for list in ["/api/people?", "/api/skills?", "/api/requests?"] {
        for bad in [
            "cursor=x",
            "cursor=",
            "cursor=WyJwZW9wbGUiLDFd",
            "cursor=%00",
            "limit=0",
            "limit=501",
            "limit=-1",
            "limit=1e3",
            "limit=99999999999",
            "limit=1&limit=2",
        ] {
            s.get("ada", &format!("{list}{bad}")).await.is(422);
        }
        s.get("ada", &format!("{list}limit=500")).await.is(200);
    }
    let next = s.get("ada", "/api/people?limit=1").await.body["next"]
        .as_str()
        .unwrap()
        .to_owned();
    s.get("ada", &format!("/api/people?cursor={next}"))
        .await
        .is(200);
    s.get("ada", &format!("/api/requests?cursor={next}"))
        .await
        .is(422);
}
