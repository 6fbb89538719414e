//! The queue itself: events in, steps out.

use super::entry::{Entry, Standing, Write};
use super::kept;
use super::retry::backoff_ms;
use crate::backend::BackendError;
use crate::model::{PersonId, Timestamp};

/// What happened to the queue.
#[derive(Debug, Clone)]
pub enum Event {
    /// Storage gave back what was kept.
    Restored(String),
    /// The person is known; entries of others stay untouched.
    SignedIn(PersonId),
    /// The backend never says who the person is. What was kept may be another's, so it waits for
    /// this person's word; what they write from now on is sent.
    Anybody,
    /// Something is to be written.
    Enqueue {
        /// Its idempotency key.
        key: String,
        /// What.
        write: Write,
    },
    /// The backend took it, and its answer was read.
    Delivered(String),
    /// It failed.
    Failed {
        /// Which entry.
        key: String,
        /// How.
        error: BackendError,
    },
    /// The person wants it tried now.
    Retry(String),
    /// The person throws it away, or takes it back into its form.
    Remove(String),
    /// There is a network, or a pause is over.
    Wake,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Keep this text instead of the last one; before anything is sent.
    Keep(String),
    /// Send this entry.
    Send(String),
    /// Wake the queue after so many milliseconds.
    WakeAfter(u32),
}

/// The queue.
#[derive(Debug, Clone, Default)]
pub struct Outbox {
    entries: Vec<Entry>,
    me: Option<PersonId>,
    /// Whether the person needs no name.
    anybody: bool,
}

impl Outbox {
    /// Everything that is on its way or needs the person, oldest first, of this person only.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.list().into_iter()
    }

    /// The same as a list.
    #[must_use]
    pub fn list(&self) -> Vec<&Entry> {
        let mut mine = Vec::new();
        for entry in &self.entries {
            if self.is_mine(entry) {
                mine.push(entry);
            }
        }
        mine
    }

    /// The entry of this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.get(self.position(key)?)
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|e| e.key == key)
    }

    fn entry(&mut self, key: &str) -> Option<&mut Entry> {
        let at = self.position(key)?;
        self.entries.get_mut(at)
    }

    fn is_mine(&self, entry: &Entry) -> bool {
        entry.owner.is_none() || self.me.is_none() || entry.owner == self.me
    }

    /// Takes an event at a time, and says what to do.
    pub fn take(&mut self, event: Event, now: Timestamp) -> Vec<Step> {
        let mut steps = Vec::new();
        match event {
            Event::Restored(text) => self.restore(&text),
            Event::SignedIn(me) => {
                // What was written before the person was known is theirs.
                for entry in &mut self.entries {
                    entry.owner.get_or_insert_with(|| me.clone());
                }
                self.me = Some(me);
                steps.push(self.keep());
            }
            Event::Anybody => {
                self.anybody = true;
                for entry in &mut self.entries {
                    entry.standing = Standing::NeedsYou {
                        error: BackendError::SignedOut {
                            detail: String::new(),
                        },
                    };
                }
            }
            Event::Enqueue { key, write } => {
                if self.get(&key).is_none() {
                    self.entries.push(Entry {
                        key,
                        write,
                        owner: self.me.clone(),
                        created: now,
                        attempts: 0,
                        standing: Standing::Queued,
                    });
                    steps.push(self.keep());
                }
            }
            Event::Delivered(key) | Event::Remove(key) => {
                if let Some(at) = self.position(&key) {
                    self.entries.remove(at);
                }
                steps.push(self.keep());
            }
            Event::Failed { key, error } => {
                if let Some(entry) = self.entry(&key) {
                    let pause = backoff_ms(entry.attempts, seed(&key), error.retry_after_ms());
                    entry.standing = if error.is_retryable() {
                        let until = now.plus_millis(i64::try_from(pause).unwrap_or(i64::MAX));
                        Standing::Waiting { until, error }
                    } else {
                        Standing::NeedsYou { error }
                    };
                }
            }
            Event::Retry(key) => {
                if let Some(entry) = self.entry(&key)
                    && !matches!(entry.standing, Standing::Sending)
                {
                    entry.standing = Standing::Queued;
                }
            }
            Event::Wake => {}
        }
        self.advance(now, &mut steps);
        steps
    }

    /// Sends what may be sent. Writes on one request go in order; those on different requests
    /// do not wait for each other, and one that needs the person holds up only its own request.
    fn advance(&mut self, now: Timestamp, steps: &mut Vec<Step>) {
        let mut soonest: Option<i64> = None;
        for i in 0..self.entries.len() {
            let Some(entry) = self.entries.get(i) else {
                break;
            };
            let request = entry.write.request();
            let blocked = request.is_some()
                && self
                    .entries
                    .iter()
                    .take(i)
                    .any(|e| e.write.request() == request);
            // Until the person is known, nothing that was kept is sent: it may be another's.
            let known = self.me.is_some() || self.anybody;
            let sendable = known && self.is_mine(entry) && !blocked;
            let Some(entry) = self.entries.get_mut(i) else {
                break;
            };
            let due = match &entry.standing {
                Standing::Queued => true,
                Standing::Waiting { until, .. } => {
                    let left = until.millis() - now.millis();
                    if left > 0 && sendable {
                        soonest = Some(soonest.map_or(left, |s| s.min(left)));
                    }
                    left <= 0
                }
                Standing::Sending | Standing::NeedsYou { .. } => false,
            };
            if sendable && due {
                entry.attempts += 1;
                entry.standing = Standing::Sending;
                steps.push(Step::Send(entry.key.clone()));
            }
        }
        if let Some(ms) = soonest {
            steps.push(Step::WakeAfter(u32::try_from(ms).unwrap_or(u32::MAX)));
        }
    }

    /// The network is back: what waits for it is due at once.
    pub fn network_back(&mut self, now: Timestamp) -> Vec<Step> {
        for entry in &mut self.entries {
            if matches!(
                &entry.standing,
                Standing::Waiting {
                    error: BackendError::Offline,
                    ..
                }
            ) {
                entry.standing = Standing::Queued;
            }
        }
        self.take(Event::Wake, now)
    }

    fn keep(&self) -> Step {
        Step::Keep(kept::to_text(&self.entries))
    }

    fn restore(&mut self, text: &str) {
        for entry in kept::from_text(text) {
            if self.get(&entry.key).is_none() {
                self.entries.push(entry);
            }
        }
    }
}

/// A number that differs between keys (FNV-1a), for the jitter.
fn seed(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
    })
}
