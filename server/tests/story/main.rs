//! The whole story without a browser: a question is asked, proposed to the right people,
//! answered, accepted and thanked, by the widget's own store on the real server through the
//! mapping; and whatever the network does on the way, every word arrives exactly once.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod colleague;

use axum::Router;
use colleague::{Colleague, Network, PANEL};
use entraide::model::{
    NewThanks, Pass, PassReason, Person, PersonId, PersonSkill, RequestId, RequestStatus, Timestamp,
};
use entraide::outbox::Standing;
use entraide::store::{Action, AskEdit, Field, ListName, Loading, View, reason_words};
use entraide_server::app::{App, IdentityMode};
use entraide_server::database::Database;
use entraide_server::site::Site;
use entraide_server::{api, fill};
use std::sync::Arc;
use tempfile::TempDir;

/// 2026-11-24T12:00:00Z.
const NOON: i64 = 1_795_521_600_000;

fn person(id: &str, name: &str, skills: &[&str]) -> Person {
    let mut person = Person::named(PersonId::new(id).unwrap(), name);
    person.skills = skills
        .iter()
        .filter_map(|s| PersonSkill::declared(s))
        .collect();
    person
}

async fn server() -> (Router, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Database::open(&folder.path().join("story.db"))
        .await
        .unwrap();
    let people = [
        person("ada", "Ada Öztürk", &["SAP FI"]),
        person("ben", "Ben Łukasz", &["Excel", "Power Query"]),
        person("cleo", "Cléo D'Alençon", &["Excel"]),
        person("dan", "Dan Weber", &["Welding"]),
    ];
    fill::import(&db, &people, false).await.unwrap();
    let clock = Arc::new(|| Timestamp::from_millis(NOON));
    let app = App::with_clock(db, IdentityMode::Demo, clock);
    (api::router(app, &Site::default()), folder)
}

async fn write(who: &mut Colleague, question: &str) {
    let edit = AskEdit::Question(question.to_owned());
    who.act(Action::Ask {
        surface: PANEL,
        edit,
    })
    .await;
    who.wait(1_000).await;
}

async fn post(who: &mut Colleague, to: Option<&str>) {
    if let Some(to) = to {
        let edit = AskEdit::AddPerson(PersonId::new(to).unwrap());
        who.act(Action::Ask {
            surface: PANEL,
            edit,
        })
        .await;
    }
    who.act(Action::Post(PANEL)).await;
}

fn shown_thread(who: &Colleague) -> Option<RequestId> {
    match &who.state().surfaces.get(&PANEL)?.view {
        View::Thread(id) => Some(id.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn from_a_question_to_thanks() {
    let (router, _folder) = server().await;
    let (mut ada, mut ben) = (
        Colleague::new("ada", &router, NOON),
        Colleague::new("ben", &router, NOON),
    );
    ada.open_panel().await;
    write(&mut ada, "How do I merge two Excel sheets by a key?").await;

    let state = ada.state();
    assert_eq!(state.directory.loading, Loading::Complete);
    let form = &state.surfaces.get(&PANEL).unwrap().ask;
    let skills: Vec<&str> = form
        .proposals
        .skills
        .iter()
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(skills, ["Excel"]);
    let people: Vec<&str> = form
        .proposals
        .people
        .iter()
        .map(|c| c.person.as_str())
        .collect();
    assert!(
        people.contains(&"ben") && people.contains(&"cleo") && !people.contains(&"dan"),
        "{people:?}"
    );
    for candidate in &form.proposals.people {
        let words = reason_words(&state.config.language, candidate.reasons.first().unwrap());
        assert!(words.contains("Excel"), "{words}");
    }

    let edit = AskEdit::AddSkill("Excel".into());
    ada.act(Action::Ask {
        surface: PANEL,
        edit,
    })
    .await;
    post(&mut ada, Some("ben")).await;
    let id = shown_thread(&ada).expect("the thread is shown once the server has named it");
    assert_eq!(ada.events.first().unwrap().0, "entraide-request-posted");

    ben.open_panel().await;
    let inbox: Vec<RequestId> = ben
        .state()
        .listed(ListName::Inbox)
        .map(|t| t.request.id.clone())
        .collect();
    assert_eq!(inbox, std::slice::from_ref(&id));
    assert_eq!(ben.state().badge(), 1);
    ben.act(Action::Go {
        surface: PANEL,
        view: View::Thread(id.clone()),
    })
    .await;
    let field = Field::Answer(id.clone());
    ben.act(Action::Write {
        field,
        text: "Power Query, Merge Queries.".into(),
    })
    .await;
    ben.act(Action::Answer(id.clone())).await;

    // Ada looks elsewhere when the news comes.
    ada.act(Action::Go {
        surface: PANEL,
        view: View::Directory,
    })
    .await;
    ada.act(Action::Changed(id.clone())).await;
    assert_eq!(ada.said, ["New answer from Ben Łukasz"]);
    assert_eq!(ada.state().badge(), 1);
    ada.act(Action::Go {
        surface: PANEL,
        view: View::Thread(id.clone()),
    })
    .await;
    assert_eq!(ada.state().badge(), 0);

    let request = ada.state().requests.get(&id).unwrap().request.clone();
    let answer = request.answers.first().unwrap().id.clone();
    ada.act(Action::Accept {
        request: id.clone(),
        answer,
    })
    .await;
    let thanks = NewThanks {
        to: PersonId::new("ben").unwrap(),
        skill: "Excel".into(),
        note: "Saved my day".into(),
    };
    ada.act(Action::Thank {
        request: id.clone(),
        thanks,
    })
    .await;
    let request = ada.state().requests.get(&id).unwrap().request.clone();
    assert_eq!(request.status, RequestStatus::Solved);
    assert_eq!(request.thanks.first().unwrap().note, "Saved my day");

    // What helped shows: the next one sees that Ben has done this before.
    let ben = PersonId::new("ben").unwrap();
    ada.act(Action::Go {
        surface: PANEL,
        view: View::Person(ben.clone()),
    })
    .await;
    let state = ada.state();
    let evidence = state.person(&ben).unwrap().skill("excel").unwrap().evidence;
    assert_eq!((evidence.accepted, evidence.thanks), (1, 1));
    assert!(
        ada.storage.is_empty(),
        "nothing is left to send: {:?}",
        ada.storage
    );
}

#[tokio::test]
async fn whatever_the_network_does_it_arrives_once() {
    for network in [Network::Down, Network::AnswersLost] {
        let (router, _folder) = server().await;
        let mut ada = Colleague::new("ada", &router, NOON);
        ada.open_panel().await;
        write(&mut ada, "Where is the VPN guide?").await;
        ada.network = network;
        post(&mut ada, None).await;
        let state = ada.state();
        let entry = state.posts_under_way().next().expect("the words are kept");
        assert!(matches!(entry.standing, Standing::Waiting { .. }));
        assert_eq!(ada.events.last().unwrap().0, "entraide-request-queued");

        // The page is gone and comes back, still without a network; then the network is there.
        ada.reload().await;
        ada.network = Network::Up;
        ada.act(Action::Reload(PANEL)).await;
        ada.wait(10 * 60_000).await;
        assert_eq!(ada.state().posts_under_way().count(), 0);

        let mut again = Colleague::new("ada", &router, NOON);
        again.open_panel().await;
        assert_eq!(
            again.state().listed(ListName::Mine).count(),
            1,
            "exactly once"
        );
    }
}

#[tokio::test]
async fn a_draft_survives_the_page() {
    let (router, _folder) = server().await;
    let mut ada = Colleague::new("ada", &router, NOON);
    ada.open_panel().await;
    write(&mut ada, "Half a thou").await;
    ada.reload().await;
    let state = ada.state();
    let form = &state.surfaces.get(&PANEL).unwrap().ask;
    assert_eq!(form.draft.question, "Half a thou");
    ada.act(Action::Ask {
        surface: PANEL,
        edit: AskEdit::Clear,
    })
    .await;
    assert!(ada.storage.is_empty(), "{:?}", ada.storage);
}

#[tokio::test]
async fn who_knows_who_passes_on() {
    let (router, _folder) = server().await;
    let mut ada = Colleague::new("ada", &router, NOON);
    ada.open_panel().await;
    write(&mut ada, "Who can weld aluminium?").await;
    post(&mut ada, Some("ben")).await;
    let id = shown_thread(&ada).unwrap();

    let mut ben = Colleague::new("ben", &router, NOON);
    ben.open_panel().await;
    ben.act(Action::Go {
        surface: PANEL,
        view: View::Inbox,
    })
    .await;
    ben.act(Action::Go {
        surface: PANEL,
        view: View::Thread(id.clone()),
    })
    .await;
    let pass = Pass {
        reason: PassReason::KnowWho,
        to: PersonId::new("dan").ok(),
    };
    ben.act(Action::PassOn {
        request: id.clone(),
        pass,
    })
    .await;
    assert_eq!(ben.state().surfaces.get(&PANEL).unwrap().view, View::Inbox);
    assert_eq!(ben.state().listed(ListName::Inbox).count(), 0);

    let mut dan = Colleague::new("dan", &router, NOON);
    dan.open_panel().await;
    assert_eq!(dan.state().badge(), 1);
}
