//! Stories: a person uses the widget, the page goes away and comes back, the backend answers.

use super::{
    Action, AskEdit, Call, Command, Config, Field, Loading, Reply, Store, SurfaceId, SurfaceKind,
    Ticket, View,
};
use crate::backend::{BackendError, Mapping, Written, preset};
use crate::i18n::Language;
use crate::model::{
    Cursor, NewThanks, Page, Person, PersonId, PersonRef, Request, RequestId, Timestamp,
};
use crate::outbox::{Standing, Write};
use serde_json::{from_value, json};
use std::rc::Rc;

const HERE: SurfaceId = SurfaceId(1);

/// A page with the widget in it, and what its storage holds.
struct Visit {
    store: Store,
    storage: Vec<(String, String)>,
    calls: Vec<(Ticket, Call)>,
    told: Vec<(&'static str, serde_json::Value)>,
    said: Vec<String>,
}

impl Visit {
    fn open(storage: Vec<(String, String)>, first_key: u32) -> Self {
        let document = json!({ "extends": "entraide" }).to_string();
        let read = |name: &str| preset(name).map(str::to_owned);
        let mapping = Mapping::parse(&document, Some("https://a.example/api"), &read).unwrap();
        let config = Config {
            language: Language::new("en"),
            page: None,
            backend: Ok(Rc::new(mapping)),
        };
        let mut key = first_key;
        let keys = Box::new(move || {
            key += 1;
            format!("key-{key}")
        });
        let now = Timestamp::parse("2026-11-24T10:00:00Z").unwrap();
        let mut page = Self {
            store: Store::new(config, now, keys),
            storage: storage.clone(),
            calls: Vec::new(),
            told: Vec::new(),
            said: Vec::new(),
        };
        page.act(Action::Restored(storage));
        page
    }

    /// The page goes away, and another one opens on what was kept.
    fn reopen(self, first_key: u32) -> Self {
        Self::open(self.storage, first_key)
    }

    fn act(&mut self, action: Action) {
        for command in self.store.dispatch(action) {
            match command {
                Command::Keep { slot, value } => {
                    self.storage.retain(|(name, _)| *name != slot);
                    self.storage.extend(value.map(|text| (slot, text)));
                }
                Command::Call { ticket, call } => self.calls.push((ticket, *call)),
                Command::Emit { name, detail, .. } => self.told.push((name, detail)),
                Command::Announce { text, .. } => self.said.push(text),
                Command::BeforePost { surface, request } => {
                    self.act(Action::Approved {
                        surface,
                        request: Some(request),
                    });
                }
                _ => {}
            }
        }
    }

    fn mount(&mut self, kind: SurfaceKind) {
        self.act(Action::Mounted {
            surface: HERE,
            kind,
        });
    }

    fn ask(&mut self, edit: AskEdit) {
        self.act(Action::ask(HERE, edit));
    }

    /// Answers the oldest call that this picks; panics where there is none.
    fn reply(&mut self, pick: impl Fn(&Call) -> bool, result: Result<Reply, BackendError>) {
        let at = self.calls.iter().position(|(_, call)| pick(call)).unwrap();
        let (ticket, _) = self.calls.remove(at);
        self.act(Action::Replied {
            ticket,
            result: result.map(Rc::new),
        });
    }

    fn sign_in(&mut self) {
        let me = Person::named(id("me"), "Me Myself");
        self.reply(|call| *call == Call::Me, Ok(Reply::Person(me)));
    }

    fn kept(&self, slot: &str) -> Option<&str> {
        self.storage
            .iter()
            .find(|(name, _)| name == slot)
            .map(|(_, text)| text.as_str())
    }

    fn view(&self) -> View {
        self.store
            .snapshot()
            .surfaces
            .get(&HERE)
            .unwrap()
            .view
            .clone()
    }
}

fn id(raw: &str) -> PersonId {
    PersonId::new(raw).unwrap()
}

fn request_id(raw: &str) -> RequestId {
    RequestId::new(raw).unwrap()
}

fn is_write(call: &Call) -> bool {
    matches!(call, Call::Write { .. })
}

fn request(raw: &str) -> Request {
    from_value(
        json!({ "id": raw, "question": "Who knows?", "asker": { "id": "me", "name": "Me" } }),
    )
    .unwrap()
}

fn answered(raw: &str) -> Request {
    let author = PersonRef {
        id: id("anna"),
        name: "Anna".into(),
        title: String::new(),
    };
    let answer = json!({ "id": "a1", "author": author, "text": "I do." });
    let mut request = request(raw);
    request.answers.push(from_value(answer).unwrap());
    request.answer_count = 1;
    request
}

#[test]
fn a_draft_outlives_the_page_and_is_forgotten_once_posted() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Ask);
    page.ask(AskEdit::Question("Who knows SAP?".into()));
    page.ask(AskEdit::AddSkill("SAP".into()));
    page.ask(AskEdit::AddPerson(id("anna")));

    let mut page = page.reopen(100);
    page.mount(SurfaceKind::Ask);
    let form = Rc::clone(&page.store.snapshot().surfaces.get(&HERE).unwrap().ask);
    assert_eq!(form.draft.question, "Who knows SAP?");
    assert_eq!(form.draft.skills, ["SAP"]);
    assert_eq!(form.draft.to, [id("anna")]);
    assert_eq!(
        form.draft.key, "key-1",
        "the key of its post is as old as the draft"
    );

    page.sign_in();
    page.act(Action::Post(HERE));
    assert_eq!(page.view(), View::Posted("key-1".into()));
    assert_eq!(page.kept("draft.key-1"), None);
    assert!(
        page.kept("outbox").unwrap().contains("Who knows SAP?"),
        "kept before it is sent"
    );

    page.reply(
        is_write,
        Ok(Reply::Written(Written::Request(Box::new(request("r1"))))),
    );
    assert_eq!(page.view(), View::Thread(request_id("r1")));
    assert_eq!(page.kept("outbox"), None);
    let (name, detail) = page.told.last().unwrap();
    assert_eq!(*name, "entraide-request-posted");
    assert_eq!(
        *detail,
        json!({ "id": "r1", "key": "key-1", "question": "Who knows SAP?" })
    );
}

#[test]
fn a_post_that_the_page_did_not_survive_goes_out_from_the_next_one() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Ask);
    page.sign_in();
    page.ask(AskEdit::Question("Who knows?".into()));
    page.act(Action::Post(HERE));

    let mut page = page.reopen(100);
    assert!(
        !page.calls.iter().any(|(_, call)| is_write(call)),
        "first: whose is it?"
    );
    page.sign_in();
    let (_, call) = page.calls.iter().find(|(_, call)| is_write(call)).unwrap();
    let Call::Write {
        key,
        write: Write::Request(post),
    } = call
    else {
        panic!("{call:?}")
    };
    assert_eq!(
        (key.as_str(), post.question.as_str()),
        ("key-1", "Who knows?")
    );
}

#[test]
fn what_is_written_into_a_thread_outlives_the_page() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Inbox);
    let field = Field::Answer(request_id("r1"));
    page.act(Action::Write {
        field: field.clone(),
        text: "Ask \"Anna\"\nor Ben".into(),
    });

    let mut page = page.reopen(100);
    assert_eq!(page.store.snapshot().field(&field), "Ask \"Anna\"\nor Ben");
    page.act(Action::Write {
        field,
        text: String::new(),
    });
    assert_eq!(page.kept("fields"), None);
}

#[test]
fn a_refused_post_goes_back_into_its_form_under_a_new_key() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Ask);
    page.sign_in();
    page.ask(AskEdit::Question("Who knows?".into()));
    page.act(Action::Post(HERE));
    let refusal = BackendError::Invalid {
        detail: "too short".into(),
        fields: Vec::new(),
    };
    page.reply(is_write, Err(refusal));
    assert_eq!(page.told.last().unwrap().0, "entraide-request-failed");
    let state = page.store.snapshot();
    assert!(matches!(
        state.outbox.get("key-1").unwrap().standing,
        Standing::NeedsYou { .. }
    ));

    page.act(Action::Edit {
        key: "key-1".into(),
        surface: HERE,
    });
    let state = page.store.snapshot();
    let draft = &state.surfaces.get(&HERE).unwrap().ask.draft;
    assert_eq!(draft.question, "Who knows?");
    assert_ne!(draft.key, "key-1");
    assert_eq!(state.outbox.entries().count(), 0);
}

#[test]
fn an_answer_is_news_until_it_is_looked_at() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Inbox);
    page.sign_in();
    page.act(Action::Go {
        surface: HERE,
        view: View::Mine,
    });
    let mine = Page {
        items: vec![request("r1")],
        next: None,
        total: None,
    };
    page.reply(
        |call| matches!(call, Call::Requests { scope, .. } if *scope == super::ListName::Mine.scope()),
        Ok(Reply::Requests(mine)),
    );
    for _ in 0..2 {
        page.act(Action::Changed(request_id("r1")));
        page.reply(
            |call| matches!(call, Call::Request(_)),
            Ok(Reply::Request(answered("r1"))),
        );
    }
    assert_eq!(page.said, ["New answer from Anna"], "said once");
    let before = page.store.snapshot();
    assert_eq!((before.badge(), before.news.len()), (1, 1));

    page.act(Action::Go {
        surface: HERE,
        view: View::Thread(request_id("r1")),
    });
    assert_eq!(page.store.snapshot().badge(), 0);
    assert_eq!(before.badge(), 1, "a snapshot stays as it was");
}

#[test]
fn the_same_thanks_twice_go_once() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Inbox);
    page.sign_in();
    let thanks = NewThanks {
        to: id("anna"),
        skill: "SAP".into(),
        note: "!".into(),
    };
    for _ in 0..2 {
        page.act(Action::Thank {
            request: request_id("r1"),
            thanks: thanks.clone(),
        });
    }
    assert_eq!(page.store.snapshot().outbox.entries().count(), 1);
    page.reply(is_write, Ok(Reply::Written(Written::Done)));
    assert_eq!(
        page.told,
        [(
            "entraide-thanked",
            json!({ "request": "r1", "to": "anna", "skill": "SAP" })
        )]
    );
}

/// A backend that gives a page of people for each call, by its number; how many calls it took.
fn read_people(page: &mut Visit, make: &dyn Fn(usize) -> (Vec<Person>, Option<String>)) -> usize {
    let mut calls = 0;
    while page
        .calls
        .iter()
        .any(|(_, call)| matches!(call, Call::People(_)))
    {
        let (items, next) = make(calls);
        let people = Page {
            items,
            next: next.map(Cursor),
            total: None,
        };
        page.reply(
            |call| matches!(call, Call::People(_)),
            Ok(Reply::People(people)),
        );
        calls += 1;
    }
    calls
}

#[test]
fn a_list_of_people_that_never_ends_is_cut_and_can_be_read_anew() {
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Directory);
    page.act(Action::WantPeople);
    page.act(Action::Find {
        id: 1,
        text: "Anna".into(),
        limit: 5,
    });
    // One and the same page, whatever is asked for.
    let calls = read_people(&mut page, &|n| {
        (vec![Person::named(id("a"), "Anna")], Some(n.to_string()))
    });
    let state = page.store.snapshot();
    assert_eq!((calls, state.directory.index.len()), (2, 1));
    assert_eq!(state.directory.loading, Loading::Cut);

    // Of two people with one identifier, on different pages, the first one stays.
    page.act(Action::Reload(HERE));
    let calls = read_people(&mut page, &|n| match n {
        0 => (
            vec![
                Person::named(id("a"), "Anna"),
                Person::named(id("b"), "Ben"),
            ],
            Some("1".into()),
        ),
        _ => (
            vec![
                Person::named(id("b"), "Mallory"),
                Person::named(id("c"), "Cem"),
            ],
            None,
        ),
    });
    let state = page.store.snapshot();
    assert_eq!(calls, 2);
    assert_eq!(state.directory.loading, Loading::Complete);
    let name = |raw| state.person(&id(raw)).map(|p| p.name.clone());
    assert_eq!(
        [name("a"), name("b"), name("c")].map(Option::unwrap),
        ["Anna", "Ben", "Cem"]
    );

    // A backend that takes its time: what counts is how long it all takes.
    let mut page = Visit::open(Vec::new(), 0);
    page.mount(SurfaceKind::Directory);
    page.act(Action::WantPeople);
    let mut calls = 0;
    while page.store.snapshot().directory.loading != Loading::Cut {
        let people = Page {
            items: vec![Person::named(id(&format!("p{calls}")), "Slow")],
            next: Some(Cursor(calls.to_string())),
            total: None,
        };
        let now = page.store.snapshot().now.plus_millis(60_000);
        page.act(Action::Tick(now));
        page.reply(
            |call| matches!(call, Call::People(_)),
            Ok(Reply::People(people)),
        );
        calls += 1;
    }
    assert_eq!(calls, 12);
}
