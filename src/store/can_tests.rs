//! Each operation left out alone, and the usual halves of a backend: what is shown is what can be
//! done, and what is done leads to a call that the mapping describes.

use super::{
    Action, AskEdit, Call, Command, Config, ListName, Reply, State, Store, SurfaceId, SurfaceKind,
    Ticket, View,
};
use crate::backend::{Mapping, Operation, Scope, preset};
use crate::i18n::Language;
use crate::model::{Answer, Page, Person, PersonId, Request, RequestId, Timestamp};
use serde_json::{Value, from_value, json};
use std::rc::Rc;

const PANEL: SurfaceId = SurfaceId(1);

/// A widget on a backend that can do just this.
struct Widget {
    store: Store,
    mapping: Rc<Mapping>,
    waiting: Vec<(Ticket, Call)>,
    told: Vec<(&'static str, Value)>,
}

/// The native mapping without these operations; `more` is merged over it.
fn mapping_without(names: &[&str], more: Value) -> Mapping {
    let mut document = more;
    document["extends"] = json!("entraide");
    for name in names {
        document["operations"][*name] = Value::Null;
    }
    let presets = |name: &str| preset(name).map(str::to_owned);
    Mapping::parse(&document.to_string(), Some("/api"), &presets).unwrap()
}

fn all_but(kept: &[Operation]) -> Vec<&'static str> {
    let left_out = Operation::ALL.iter().filter(|(op, _)| !kept.contains(op));
    left_out.map(|(_, name)| *name).collect()
}

impl Widget {
    fn on(mapping: Mapping) -> Self {
        let mapping = Rc::new(mapping);
        let config = Config {
            language: Language::new("en"),
            page: None,
            backend: Ok(Rc::clone(&mapping)),
        };
        let now = Timestamp::parse("2026-11-24T10:00:00Z").unwrap();
        let mut key = 0;
        let keys = Box::new(move || {
            key += 1;
            format!("key-{key}")
        });
        let mut widget = Self {
            store: Store::new(config, now, keys),
            mapping,
            waiting: Vec::new(),
            told: Vec::new(),
        };
        widget.act(Action::Mounted {
            surface: PANEL,
            kind: SurfaceKind::Panel,
        });
        widget.act(Action::Shown {
            surface: PANEL,
            open: true,
        });
        widget
    }

    fn without(names: &[&str]) -> Self {
        Self::on(mapping_without(names, json!({})))
    }

    fn act(&mut self, action: Action) {
        for command in self.store.dispatch(action) {
            match command {
                Command::Call { ticket, call } => {
                    // No call leads nowhere.
                    let (operation, params) = call.operation();
                    assert!(self.mapping.supports(operation), "{call:?}");
                    if let Some(scope) = params.scope {
                        assert!(self.mapping.supports_scope(scope), "{call:?}");
                    }
                    self.waiting.push((ticket, *call));
                }
                Command::Emit { name, detail, .. } => self.told.push((name, detail)),
                Command::BeforePost { surface, request } => self.act(Action::Approved {
                    surface,
                    request: Some(request),
                }),
                _ => {}
            }
        }
    }

    /// Answers all that waits, as a backend would that has one of each.
    fn settle(&mut self) {
        while let Some((ticket, call)) = self.waiting.pop() {
            let page = |items| Page {
                items,
                next: None,
                total: None,
            };
            let reply = match &call {
                Call::Me => Reply::Person(person("me")),
                Call::Person(id) => Reply::Person(person(id.as_str())),
                Call::People(_) | Call::Search(_) => Reply::People(Page {
                    items: vec![person("anna")],
                    next: None,
                    total: None,
                }),
                Call::Requests { .. } | Call::Similar(_) => Reply::Requests(page(vec![request()])),
                Call::Request(_) => Reply::Request(request()),
                Call::Answers(..) => Reply::Answers(Page {
                    items: vec![answer()],
                    next: None,
                    total: None,
                }),
                Call::Write { .. } => Reply::Written(crate::backend::Written::Done),
            };
            self.act(Action::Replied {
                ticket,
                result: Ok(Rc::new(reply)),
            });
        }
    }

    fn state(&self) -> Rc<State> {
        self.store.snapshot()
    }

    fn view(&self) -> View {
        self.state().surfaces.get(&PANEL).unwrap().view.clone()
    }

    /// The sections that the panel offers.
    fn tabs(&self) -> Vec<View> {
        let state = self.state();
        let mut tabs = vec![View::Ask, View::Directory, View::Mine, View::Inbox];
        tabs.retain(|view| state.shows(view));
        tabs
    }
}

fn person(id: &str) -> Person {
    Person::named(PersonId::new(id).unwrap(), format!("{id} Person"))
}

fn answer() -> Answer {
    from_value(json!({ "id": "a1", "author": { "id": "ben", "name": "Ben" }, "text": "I do." }))
        .unwrap()
}

/// A question of somebody whom the directory calls otherwise.
fn request() -> Request {
    from_value(
        json!({ "id": "r1", "question": "Who knows SAP?", "status": "open",
        "asker": { "id": "4711", "name": "Somebody" } }),
    )
    .unwrap()
}

#[test]
fn each_operation_left_out_takes_its_own_away_and_nothing_else() {
    let everything = [View::Ask, View::Directory, View::Mine, View::Inbox];
    for (operation, name) in Operation::ALL {
        let mut widget = Widget::without(&[name]);
        let gone: &[View] = match operation {
            Operation::RequestsCreate => &[View::Ask],
            // Without all of them, the backend can still be searched.
            Operation::RequestsList => &[View::Mine, View::Inbox],
            _ => &[],
        };
        let mut left = everything.to_vec();
        left.retain(|view| !gone.contains(view));
        assert_eq!(widget.tabs(), left, "without {name}");
        assert_eq!(Some(&widget.view()), left.first(), "without {name}");
        // Every section and every way on is walked; `act` fails on a call that is not described.
        for view in left {
            widget.act(Action::Go {
                surface: PANEL,
                view,
            });
            widget.settle();
        }
        for view in [
            View::Person(PersonId::new("anna").unwrap()),
            View::Thread(RequestId::new("r1").unwrap()),
        ] {
            let shown = widget.state().shows(&view);
            widget.act(Action::Go {
                surface: PANEL,
                view: view.clone(),
            });
            widget.settle();
            assert_eq!(widget.view() == view, shown, "without {name}");
        }
        widget.act(Action::Changed(RequestId::new("r1").unwrap()));
        widget.act(Action::Streaming(false));
        widget.act(Action::Poll);
        widget.act(Action::Reload(PANEL));
        widget.settle();
    }
}

#[test]
fn what_is_offered_in_a_thread_is_what_the_backend_takes() {
    let ask = |names: &[&str], may: &dyn Fn(&State, &Request, &Answer) -> bool| {
        let mut widget = Widget::without(names);
        widget.settle();
        let (request, answer) = (
            Request {
                answers: vec![answer()],
                answer_count: 1,
                ..request()
            },
            answer(),
        );
        may(&widget.state(), &request, &answer)
    };
    type May = dyn Fn(&State, &Request, &Answer) -> bool;
    let table: [(&str, &May); 4] = [
        ("answers.create", &|s, r, _| s.may_answer(r)),
        ("answers.accept", &|s, r, a| s.may_accept(r, a)),
        ("thanks.create", &|s, r, a| s.may_thank(r, a)),
        ("requests.close", &|s, r, _| s.may_close(r)),
    ];
    for (name, may) in table {
        assert!(ask(&[], may), "{name} is offered");
        assert!(!ask(&[name], may), "{name} is not");
        // Whether it is known who looks changes nothing: the backend lists it as mine.
        assert!(ask(&["me"], may), "{name} without `me`");
    }
    let pass: &May = &|s, r, _| s.may_pass(r);
    assert!(!ask(&[], pass), "one's own is not passed on");
    let not_mine = json!({ "operations": { "requests.list": { "scopes": { "inbox": {} } } } });
    let mut widget = Widget::on(mapping_without(&[], not_mine));
    widget.settle();
    assert!(widget.state().may_pass(&request()));
    assert_eq!(widget.tabs(), [View::Ask, View::Directory, View::Inbox]);
}

#[test]
fn people_only() {
    use Operation as O;
    for kept in [
        &[O::PeopleList][..],
        &[O::PeopleList, O::PeopleGet],
        &[O::PeopleSearch, O::PeopleGet],
    ] {
        let mut widget = Widget::without(&all_but(kept));
        widget.settle();
        assert_eq!(widget.tabs(), [View::Directory]);
        assert_eq!(widget.view(), View::Directory, "the panel opens on it");
        assert!(!widget.state().can_ask_by_name(), "nobody can be asked");
        // A page's script is told.
        widget.act(Action::Fill {
            surface: PANEL,
            prefill: super::Prefill {
                question: Some("Who?".into()),
                ..Default::default()
            },
        });
        assert_eq!(widget.view(), View::Directory);
        assert_eq!(widget.told.last().unwrap().0, "entraide-error");
        widget.act(Action::Go {
            surface: PANEL,
            view: View::Inbox,
        });
        assert_eq!(widget.view(), View::Directory, "no section leads nowhere");
    }
}

#[test]
fn requests_only_and_read_only() {
    use Operation as O;
    let mut widget = Widget::without(&all_but(&[O::RequestsCreate, O::RequestsList]));
    assert_eq!(widget.tabs(), [View::Ask, View::Mine, View::Inbox]);
    widget.act(Action::ask(
        PANEL,
        AskEdit::Question("Who knows SAP?".into()),
    ));
    widget.act(Action::Post(PANEL));
    let sent = widget
        .waiting
        .iter()
        .any(|(_, call)| matches!(call, Call::Write { .. }));
    assert!(sent, "a backend that never says who one is takes questions");
    widget.settle();
    assert_eq!(widget.view(), View::Mine);

    let mut widget = Widget::without(&all_but(&[O::RequestsCreate]));
    widget.act(Action::ask(
        PANEL,
        AskEdit::Question("Who knows SAP?".into()),
    ));
    widget.act(Action::Post(PANEL));
    widget.settle();
    let (view, state) = (widget.view(), widget.state());
    assert!(
        matches!(view, View::Posted(_)),
        "that it was sent: {view:?}"
    );
    assert_eq!(state.outbox.entries().count(), 0);

    let reads: Vec<Operation> = O::ALL
        .iter()
        .map(|(op, _)| *op)
        .filter(|op| !op.is_write())
        .collect();
    let mut widget = Widget::without(&all_but(&reads));
    widget.settle();
    assert_eq!(widget.tabs(), [View::Directory, View::Mine, View::Inbox]);
    let state = widget.state();
    let (r, a) = (request(), answer());
    assert!(!state.may_answer(&r) && !state.may_pass(&r) && !state.may_close(&r));
    assert!(!state.may_accept(&r, &a) && !state.may_thank(&r, &a));
}

#[test]
fn what_the_backend_lists_for_me_is_mine_under_any_identifier() {
    let mut widget = Widget::without(&[]);
    widget.settle();
    let state = widget.state();
    assert!(state.is_mine(&request()), "asked by 4711, listed as mine");
    assert!(!request().is_from(&PersonId::new("me").unwrap()));
    let inbox_alone = json!({ "operations": { "requests.list": { "scopes": { "inbox": {} } } } });
    let mut widget = Widget::on(mapping_without(&[], inbox_alone));
    widget.settle();
    let listed: Vec<RequestId> = widget
        .state()
        .invitations()
        .into_iter()
        .map(|i| i.request)
        .collect();
    assert_eq!(
        listed,
        [request().id],
        "put to me by the backend's own rules"
    );
    // Reading it whole does not take it away.
    widget.act(Action::Go {
        surface: PANEL,
        view: View::Thread(request().id),
    });
    widget.settle();
    assert_eq!(widget.state().invitations().len(), 1);
}

#[test]
fn answers_that_the_backend_keeps_apart_are_read_with_the_request() {
    let apart = json!({ "operations": { "answers.list": { "call": "GET /requests/{id}/answers", "items": "items" } } });
    for without in [&[][..], &["requests.get"]] {
        let mut widget = Widget::on(mapping_without(without, apart.clone()));
        widget.act(Action::Go {
            surface: PANEL,
            view: View::Mine,
        });
        widget.settle();
        widget.act(Action::Go {
            surface: PANEL,
            view: View::Thread(request().id),
        });
        widget.settle();
        let state = widget.state();
        let thread = state.requests.get(&request().id).unwrap();
        assert_eq!(thread.request.answers, [answer()], "{without:?}");
        assert!(thread.whole && !thread.loading);
    }
}

#[test]
fn a_backend_that_searches_itself_is_asked_for_each_search() {
    use Operation as O;
    let mut widget = Widget::without(&all_but(&[O::PeopleSearch]));
    widget.settle();
    widget.act(Action::Search {
        surface: PANEL,
        text: "person".into(),
    });
    widget.act(Action::ShowAddress(PANEL));
    assert_eq!(
        widget.waiting.last().unwrap().1,
        Call::Search("person".into())
    );
    widget.settle();
    let state = widget.state();
    let results = state
        .surfaces
        .get(&PANEL)
        .unwrap()
        .directory
        .results
        .clone()
        .unwrap();
    assert_eq!(results.hits.len(), 1);
    widget.act(Action::Find {
        id: 7,
        text: "anna".into(),
        limit: 5,
    });
    assert_eq!(
        widget.waiting.last().unwrap().1,
        Call::Search("anna".into())
    );
}

#[test]
fn a_write_tells_who_asks_and_which_version_it_is_about() {
    let told = json!({ "operations": { "requests.close": { "headers": { "X-Me": "{=me}" } } } });
    let mut widget = Widget::on(mapping_without(&[], told));
    widget.settle();
    let list = Reply::Requests(Page {
        items: vec![Request {
            etag: Some("\"v7\"".into()),
            ..request()
        }],
        next: None,
        total: None,
    });
    widget.act(Action::Go {
        surface: PANEL,
        view: View::Mine,
    });
    widget.act(Action::Poll);
    widget.act(Action::More {
        list: ListName::Mine,
    });
    // The list comes again with a version.
    let ticket = widget
        .waiting
        .iter()
        .find(|(_, call)| {
            matches!(
                call,
                Call::Requests {
                    scope: Scope::Mine,
                    ..
                }
            )
        })
        .map(|(ticket, _)| *ticket)
        .unwrap();
    widget.waiting.retain(|(t, _)| *t != ticket);
    widget.act(Action::Replied {
        ticket,
        result: Ok(Rc::new(list)),
    });
    widget.act(Action::CloseRequest(request().id));
    let (_, call) = widget.waiting.last().unwrap().clone();
    let state = widget.state();
    let sent = super::prepare(
        &widget.mapping,
        &state,
        &call,
        &crate::backend::Secrets::default(),
    )
    .unwrap();
    let header = |name: &str| {
        let found = sent
            .headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone())
    };
    assert_eq!(header("X-Me").as_deref(), Some("me"));
    assert_eq!(header("If-Match").as_deref(), Some("\"v7\""));
}

#[test]
fn what_the_backend_puts_off_is_read_again_when_it_says() {
    let mut widget = Widget::without(&[]);
    widget.act(Action::Go {
        surface: PANEL,
        view: View::Directory,
    });
    let people = |(_, call): &(Ticket, Call)| matches!(call, Call::People(None));
    let at = widget.waiting.iter().position(people).unwrap();
    let (ticket, _) = widget.waiting.remove(at);
    let error = crate::backend::BackendError::TooMany {
        retry_after_s: Some(17),
    };
    let commands = widget.store.dispatch(Action::Replied {
        ticket,
        result: Err(error),
    });
    let [Command::After { ms: 17_000, action }] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    widget.act((**action).clone());
    assert!(widget.waiting.iter().any(people), "asked again");
}

#[test]
fn nothing_is_asked_for_that_is_not_sent() {
    let widget = Widget::on(mapping_without(
        &[],
        json!({ "operations": { "requests.create": { "body": { "visibility": null, "to": null } } } }),
    ));
    let state = widget.state();
    let takes = |value| state.takes(Operation::RequestsCreate, value);
    assert!(takes("question") && takes("details") && takes("context"));
    assert!(!takes("visibility") && !takes("to") && !state.can_ask_by_name());
    assert!(!Widget::without(&["people.list"]).state().may_pass_to());
    assert!(Widget::without(&[]).state().may_pass_to());
}
