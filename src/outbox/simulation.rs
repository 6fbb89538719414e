//! The queue against a faulty world: requests and responses are lost, the page crashes between
//! any two steps, time jumps. Whatever happens, each write ends up in the server exactly once.

use super::{Event, Outbox, Standing, Step, Write};
use crate::backend::BackendError;
use crate::model::{NewRequest, PersonId, Timestamp};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A server that honours idempotency keys.
#[derive(Default)]
struct Server {
    taken: BTreeMap<String, Write>,
    writes: u32,
}

impl Server {
    fn post(&mut self, key: &str, write: &Write) {
        if self.taken.insert(key.to_owned(), write.clone()).is_none() {
            self.writes += 1;
        }
    }
}

/// What fate does with one sending, or with the page.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Delivered,
    RequestLost,
    ResponseLost,
    ServerFails,
    CrashBeforeSending,
    CrashAfterSending,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        3 => Just(Fate::Delivered),
        1 => Just(Fate::RequestLost),
        1 => Just(Fate::ResponseLost),
        1 => Just(Fate::ServerFails),
        1 => Just(Fate::CrashBeforeSending),
        1 => Just(Fate::CrashAfterSending),
    ]
}

struct World {
    outbox: Outbox,
    storage: String,
    server: Server,
    now: Timestamp,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            outbox: Outbox::default(),
            storage: "[]".into(),
            server: Server::default(),
            now: Timestamp::from_millis(0),
        };
        world.sign_in();
        world
    }

    fn me() -> PersonId {
        PersonId::new("me").unwrap()
    }

    fn sign_in(&mut self) -> Vec<String> {
        self.take(Event::SignedIn(Self::me()))
    }

    /// Takes an event; what is to be kept is kept, what is to be sent is returned.
    fn take(&mut self, event: Event) -> Vec<String> {
        let mut sends = Vec::new();
        for step in self.outbox.take(event, self.now) {
            match step {
                Step::Keep(text) => self.storage = text,
                Step::Send(key) => sends.push(key),
                Step::WakeAfter(_) => {}
            }
        }
        sends
    }

    fn crash(&mut self) -> Vec<String> {
        self.outbox = Outbox::default();
        let mut sends = self.take(Event::Restored(self.storage.clone()));
        assert!(
            sends.is_empty(),
            "nothing is sent before the person is known"
        );
        sends.extend(self.sign_in());
        sends
    }

    /// Lets fate decide over everything that is sent, until nothing is.
    fn settle(&mut self, mut sends: Vec<String>, fates: &mut impl Iterator<Item = Fate>) {
        while let Some(key) = sends.pop() {
            let Some(write) = self.outbox.get(&key).map(|e| e.write.clone()) else {
                continue;
            };
            match fates.next().unwrap_or(Fate::Delivered) {
                Fate::Delivered => {
                    self.server.post(&key, &write);
                    sends.extend(self.take(Event::Delivered(key)));
                }
                Fate::RequestLost => {
                    sends.extend(self.take(Event::Failed {
                        key,
                        error: BackendError::Offline,
                    }));
                }
                Fate::ResponseLost => {
                    self.server.post(&key, &write);
                    sends.extend(self.take(Event::Failed {
                        key,
                        error: BackendError::Timeout,
                    }));
                }
                Fate::ServerFails => {
                    let error = BackendError::Unavailable {
                        status: 500,
                        retry_after_s: None,
                        detail: String::new(),
                    };
                    sends.extend(self.take(Event::Failed { key, error }));
                }
                Fate::CrashBeforeSending => sends = self.crash(),
                Fate::CrashAfterSending => {
                    self.server.post(&key, &write);
                    sends = self.crash();
                }
            }
        }
    }
}

fn question(n: usize) -> Write {
    Write::Request(NewRequest {
        question: format!("question {n}"),
        ..NewRequest::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn every_write_arrives_exactly_once(
        fates in prop::collection::vec(fate(), 0..40),
        writes in 1usize..6,
        jump in -100_000i64..1_000_000,
    ) {
        let mut world = World::new();
        let mut fates = fates.into_iter();
        for n in 0..writes {
            let sends = world.take(Event::Enqueue { key: format!("k{n}"), write: question(n) });
            world.settle(sends, &mut fates);
            world.now = world.now.plus_millis(jump);
            let sends = world.take(Event::Wake);
            world.settle(sends, &mut fates);
        }
        // In the end the world is kind.
        for _ in 0..10 {
            world.now = world.now.plus_millis(10 * 60 * 1_000);
            let sends = world.take(Event::Wake);
            world.settle(sends, &mut std::iter::empty());
        }
        prop_assert_eq!(world.outbox.entries().count(), 0);
        prop_assert_eq!(world.server.writes as usize, writes);
        for n in 0..writes {
            prop_assert_eq!(world.server.taken.get(&format!("k{n}")), Some(&question(n)));
        }
    }
}

#[test]
fn another_login_never_sends_what_was_written_here() {
    let mut world = World::new();
    let _ = world.take(Event::Enqueue {
        key: "k".into(),
        write: question(1),
    });
    world.outbox = Outbox::default();
    let _ = world.take(Event::Restored(world.storage.clone()));
    let sends = world.take(Event::SignedIn(PersonId::new("somebody else").unwrap()));
    assert!(sends.is_empty());
    assert_eq!(world.outbox.entries().count(), 0, "nor do they see it");
    // And it is still kept for whom it belongs to.
    assert_eq!(world.crash(), ["k"]);
}

#[test]
fn a_refused_write_waits_for_its_person_and_holds_up_nothing_else() {
    let mut world = World::new();
    let _ = world.take(Event::Enqueue {
        key: "a".into(),
        write: question(1),
    });
    let error = BackendError::Invalid {
        detail: "too short".into(),
        fields: Vec::new(),
    };
    let _ = world.take(Event::Failed {
        key: "a".into(),
        error,
    });
    assert!(matches!(
        world.outbox.get("a").unwrap().standing,
        Standing::NeedsYou { .. }
    ));
    assert_eq!(
        world.take(Event::Enqueue {
            key: "b".into(),
            write: question(2)
        }),
        ["b"]
    );
    assert_eq!(world.take(Event::Retry("a".into())), ["a"]);
}
