//! The directory: who there is, found by what, with evidence and load that are right.

use crate::harness::{NOON, Server, cast, person};
use entraide_server::fill;
use serde_json::{Value, json};

fn names(found: &Value) -> Vec<&str> {
    found["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn everybody_is_whole() {
    let s = Server::new().await;
    let all = s.get("ada", "/api/people").await.is(200).body;
    assert_eq!(names(&all), ["ada", "ben", "cleo", "dan", "eve"]);
    assert_eq!(all["total"], 5);
    assert!(all.get("next").is_none());
    let ben = s.get("ada", "/api/people/ben").await.is(200).body;
    assert_eq!(ben, all["items"][1]);
    assert_eq!(ben["languages"], json!(["fr", "en"]));
    assert_eq!(
        ben["availability"]["load"],
        json!({"open": 0, "recent": 0, "weeklyLimit": 3})
    );
    // Two spellings, one each: the one seen first names the skill.
    assert_eq!(ben["skills"][0]["name"], "EXCEL");
    assert_eq!(
        s.get("cleo", "/api/me").await.body["skills"][0]["name"],
        "EXCEL"
    );
    assert_eq!(
        s.get("ada", "/api/me").await.body["wants"],
        json!(["EXCEL"])
    );
    s.get("ada", "/api/people/nobody").await.is(404);
    s.get("ada", "/api/people/%00").await.is(404);
}

#[tokio::test]
async fn skills_are_counted_over_all_spellings() {
    let s = Server::new().await;
    let more = [
        person("fay", "Fay", &["Excel"]),
        person("gil", "Gil", &["Éxcel"]),
    ];
    fill::import(&s.db, &more, false).await.unwrap();
    let skills = s.get("ada", "/api/skills").await.is(200).body;
    let pairs: Vec<(&str, u64)> = skills["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|k| (k["name"].as_str().unwrap(), k["people"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("C#", 1),
            ("C++", 1),
            ("Excel", 4),
            ("SAP FI", 1),
            ("Welding", 1)
        ]
    );
    assert_eq!(skills["total"], 5);
    let first = s.get("ada", "/api/skills?limit=2").await.body;
    let rest = s
        .get(
            "ada",
            &format!("/api/skills?cursor={}", first["next"].as_str().unwrap()),
        )
        .await
        .body;
    assert_eq!(rest["items"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn search_folds_and_filters() {
    let s = Server::new().await;
    for (query, expected) in [
        ("q=lukasz", vec!["ben"]),
        ("q=ALEN%C3%87ON", vec!["cleo"]),
        ("q=alenc", vec!["cleo"]),
        ("q=exc", vec!["ben", "cleo"]),
        ("q=c%2B%2B", vec!["ben"]),
        ("q=c%23", vec!["cleo"]),
        ("q=excel%20nantes", vec!["cleo"]),
        ("q=excel%20nowhere", vec!["ben", "cleo"]),
        ("q=zzz", vec![]),
        ("skill=%C3%89xcel", vec!["ben", "cleo"]),
        ("skill=excel&place=lyon", vec!["ben"]),
        ("team=controle%20de%20gestion", vec!["ben"]),
        ("q=cl&skill=excel", vec!["cleo"]),
        ("q=%22%27%28%29%2A", vec![]),
    ] {
        let found = s
            .get("ada", &format!("/api/people/search?{query}"))
            .await
            .is(200)
            .body;
        let mut names = names(&found);
        names.sort_unstable();
        assert_eq!(names, expected, "{query}");
        assert_eq!(found["total"], expected.len(), "{query}");
    }
    let some = s
        .get("ada", "/api/people/search?limit=2")
        .await
        .is(200)
        .body;
    assert_eq!((names(&some).len(), &some["total"]), (2, &json!(5)));
}

#[tokio::test]
async fn a_name_goes_before_a_title() {
    let s = Server::new().await;
    let mut titled = person("fay", "Fay", &[]);
    titled.title = "Assistant to Marchetti".into();
    let people = [
        titled,
        person("gil", "Zoe Marchetti", &[]),
        person("hal", "Hal", &["Marchetti valves"]),
    ];
    fill::import(&s.db, &people, false).await.unwrap();
    let found = s.get("ada", "/api/people/search?q=march").await.body;
    assert_eq!(names(&found), ["gil", "hal", "fay"]);
}

#[tokio::test]
async fn evidence_comes_from_help_and_goes_with_it() {
    let s = Server::new().await;
    let id = s
        .ask("ada", "Which gas for steel?", &["Welding", "Excel"], &[])
        .await;
    let by_eve = s.answer("eve", &id, "Argon with CO2.").await;
    let by_ben = s.answer("ben", &id, "M21.").await;
    s.accept("ada", &id, &by_eve).await.is(200);
    let eve = s.get("ada", "/api/people/eve").await.body;
    let shown =
        json!({"name": "Welding", "declared": false, "evidence": {"accepted": 1, "thanks": 0}});
    assert!(eve["skills"].as_array().unwrap().contains(&shown), "{eve}");
    // Shown help is found like declared skill, and counted.
    let found = s.get("ada", "/api/people/search?q=welding").await.body;
    assert_eq!(names(&found).len(), 2);
    assert_eq!(
        names(&s.get("ada", "/api/people/search?skill=welding").await.body).len(),
        2
    );

    s.accept("ada", &id, &by_ben).await.is(200);
    let eve = s.get("ada", "/api/people/eve").await.body;
    assert_eq!(eve["skills"], json!([]));
    let thanks = json!({"to": "ben", "skill": "éxcel"});
    s.post("ada", &format!("/api/requests/{id}/thanks"), thanks.clone())
        .await
        .is(201);
    s.post("ada", &format!("/api/requests/{id}/thanks"), thanks)
        .await
        .is(409);
    let ben = s.get("ada", "/api/people/ben").await.body;
    assert_eq!(
        ben["skills"][0]["evidence"],
        json!({"accepted": 1, "thanks": 1})
    );
}

#[tokio::test]
async fn load_counts_what_waits_and_what_came_lately() {
    let s = Server::new().await;
    let load = async |who: &str| {
        let body = s.get("ada", &format!("/api/people/{who}")).await.body;
        let load = &body["availability"]["load"];
        (
            load["open"].as_u64().unwrap(),
            load["recent"].as_u64().unwrap(),
        )
    };
    let a = s
        .ask("ada", "One?", &[], &["ben", "cleo", "dan", "eve"])
        .await;
    assert_eq!(load("ben").await, (1, 1));
    s.answer("ben", &a, "Yes.").await;
    assert_eq!(load("ben").await, (0, 1));
    s.post(
        "cleo",
        &format!("/api/requests/{a}/pass"),
        json!({"reason": "not_now"}),
    )
    .await
    .is(200);
    assert_eq!(load("cleo").await, (0, 1));
    s.post("ada", &format!("/api/requests/{a}/close"), json!({}))
        .await
        .is(200);
    assert_eq!(load("dan").await, (0, 1));
    s.pass_time(8 * 86_400_000);
    assert_eq!(load("eve").await, (0, 0));
    assert!(s.app.now().millis() > NOON);
}

#[tokio::test]
async fn an_import_that_is_run_again_changes_nothing() {
    let s = Server::new().await;
    let before = s.get("ada", "/api/people").await;
    let again = fill::import(&s.db, &cast(), false).await.unwrap();
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 5));
    assert_eq!(
        s.get("ada", "/api/people").await.header("etag"),
        before.header("etag")
    );

    let mut people = cast();
    people[1].name = "Ben Other".to_owned();
    people.push(person("new", "New One", &["Excel"]));
    let tried = fill::import(&s.db, &people, true).await.unwrap();
    assert_eq!((tried.added, tried.changed, tried.unchanged), (1, 1, 4));
    assert_eq!(
        s.get("ada", "/api/people").await.header("etag"),
        before.header("etag")
    );
    let done = fill::import(&s.db, &people, false).await.unwrap();
    assert_eq!(done, tried);
    assert_eq!(
        s.get("ada", "/api/people/ben").await.body["name"],
        "Ben Other"
    );
    assert_eq!(
        names(&s.get("ada", "/api/people/search?q=lukasz").await.body),
        Vec::<&str>::new()
    );
}

#[tokio::test]
async fn the_last_of_several_lines_for_one_person_wins() {
    let s = Server::new().await;
    let twice = [
        person("fay", "First", &["A"]),
        person("fay", "Second", &["B"]),
    ];
    let outcome = fill::import(&s.db, &twice, false).await.unwrap();
    assert_eq!(outcome.added, 1);
    let fay = s.get("ada", "/api/people/fay").await.body;
    assert_eq!(
        (&fay["name"], &fay["skills"][0]["name"]),
        (&json!("Second"), &json!("B"))
    );
}
