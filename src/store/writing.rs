//! Writing: everything that is sent goes through the outbox, and every field keeps its words.

use super::Turn;
use super::action::Action;
use super::call::Call;
use super::command::Command;
use super::kept;
use super::lists::ListName;
use super::surface::{Field, SurfaceId, View};
use crate::backend::{BackendError, Written};
use crate::model::json::{object, string};
use crate::model::{LONG_TEXT, NewThanks, Pass, RequestId, clean_text};
use crate::outbox::{Event, Standing, Step, Write};
use serde_json::Value;
use std::rc::Rc;

/// The slot of the queue in storage.
const OUTBOX: &str = "outbox";
/// The slot of the fields of threads in storage.
const FIELDS: &str = "fields";

impl Turn<'_> {
    /// What storage kept when the page began.
    pub(super) fn restore(&mut self, slots: Vec<(String, String)>) {
        // The queue first: a draft whose post is on its way is no draft any more.
        for (slot, text) in &slots {
            if slot == OUTBOX {
                self.outbox(Event::Restored(text.clone()));
            } else if slot == FIELDS {
                for (field, words) in kept::fields_from_text(text) {
                    self.state.fields.insert(field, words);
                }
            }
        }
        for (slot, text) in &slots {
            if slot.starts_with("draft.") {
                self.restore_draft(text);
            }
        }
        for (slot, text) in slots {
            self.affairs.kept.insert(slot, text);
        }
        if self.state.outbox.entries().next().is_some() {
            // Somebody's words wait here: find out whether they are this person's.
            self.know_me();
        }
    }

    pub(super) fn write_field(&mut self, field: Field, text: String) {
        if text.is_empty() {
            self.state.fields.remove(&field);
        } else {
            self.state.fields.insert(field, text);
        }
        let fields = &self.state.fields;
        let kept = if fields.is_empty() {
            None
        } else {
            Some(kept::fields_to_text(fields))
        };
        self.keep(FIELDS.to_owned(), kept);
    }

    pub(super) fn answer(&mut self, request: RequestId) {
        let field = Field::Answer(request.clone());
        let text = clean_text(self.state.field(&field), LONG_TEXT);
        if !text.is_empty() {
            self.enqueue(Write::Answer(request, text));
            self.write_field(field, String::new());
        }
    }

    pub(super) fn thank(&mut self, request: RequestId, thanks: NewThanks) {
        self.write_field(Field::ThanksNote(request.clone()), String::new());
        self.enqueue(Write::Thanks(request, thanks));
    }

    pub(super) fn pass_on(&mut self, request: RequestId, pass: Pass) {
        // Whoever passes has seen enough of it: back to where they came from.
        let shows = |view: &View| matches!(view, View::Thread(id) if *id == request);
        let showing = self.state.surfaces_that(&|s| shows(&s.view));
        self.enqueue(Write::Pass(request, pass));
        for id in showing {
            self.back(id);
        }
    }

    pub(super) fn enqueue(&mut self, write: Write) {
        // The same write twice is a double click, not a wish.
        if self.state.outbox.entries().any(|e| e.write == write) {
            return;
        }
        let key = (self.affairs.keys)();
        self.outbox(Event::Enqueue { key, write });
    }

    pub(super) fn outbox(&mut self, event: Event) {
        let steps = Rc::make_mut(&mut self.state.outbox).take(event, self.state.now);
        self.carry_out(steps);
        // Nothing can be sent for somebody who is not known.
        if self.state.outbox.entries().next().is_some() {
            self.know_me();
        }
    }

    /// Throws a post away; whoever looks at it goes on where panels begin.
    pub(super) fn discard(&mut self, key: String) {
        let first = self.state.first_view();
        for surface in self.state.surfaces.values_mut() {
            if matches!(&surface.view, View::Posted(shown) if *shown == key) {
                surface.view = first.clone();
            }
        }
        self.outbox(Event::Remove(key));
    }

    pub(super) fn carry_out(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Keep(text) => {
                    let value = if text == "[]" { None } else { Some(text) };
                    self.keep(OUTBOX.to_owned(), value);
                }
                Step::Send(key) => {
                    if let Some(entry) = self.state.outbox.get(&key) {
                        let write = entry.write.clone();
                        self.call(Call::Write { key, write });
                    }
                }
                Step::WakeAfter(ms) => self.after(ms, Action::Wake),
            }
        }
    }

    /// The backend took a write.
    pub(super) fn delivered(&mut self, key: &str, write: &Write, written: Written) {
        self.outbox(Event::Delivered(key.to_owned()));
        let (request, known) = match written {
            Written::Request(request) => (Some(*request), None),
            Written::Known(id) => (None, Some(id)),
            Written::Done | Written::Accepted => (None, None),
        };
        let id = request
            .as_ref()
            .map(|r| r.id.clone())
            .or(known)
            .or_else(|| write.request().cloned());
        match (write, &id) {
            (Write::Request(_), Some(id)) => {
                self.state.posted.insert(key.to_owned(), id.clone());
                // Mine, whatever the backend calls me.
                self.put_in_list(ListName::Mine, id, true);
            }
            (Write::Pass(..), Some(id)) => {
                self.state
                    .list_mut(ListName::Inbox)
                    .items
                    .retain(|i| i != id);
            }
            _ => {}
        }
        match request {
            Some(request) => self.request_arrived(request),
            // It answered without the request: read it.
            None => {
                if let Some(id) = &id {
                    self.read_thread(id.clone());
                }
            }
        }
        if id.is_none() {
            // The backend does not say which request it became; the list will show it.
            self.reread_list(ListName::Mine);
        }
        self.tell_delivered(key, write, id.as_ref());
        let mut showable = vec![View::Mine];
        showable.extend(id.clone().map(View::Thread));
        showable.retain(|view| self.state.shows(view));
        for surface in self.state.surfaces.values_mut() {
            if matches!(&surface.view, View::Posted(shown) if shown == key) {
                let view = id.clone().map_or(View::Mine, View::Thread);
                // Where neither can be shown, it says that it was sent.
                if showable.contains(&view) {
                    surface.view = view;
                }
                self.commands.push(Command::Focus(surface.id));
            }
        }
    }

    fn tell_delivered(&mut self, key: &str, write: &Write, id: Option<&RequestId>) {
        // What the backend did not say is not in the detail.
        let request = id.map_or(Value::Null, |id| string(id.as_str()));
        let (name, detail) = match write {
            Write::Request(new) => (
                "entraide-request-posted",
                vec![
                    ("id", request),
                    ("key", string(key)),
                    ("question", string(&new.question)),
                ],
            ),
            Write::Answer(..) => ("entraide-answered", vec![("request", request)]),
            Write::Thanks(_, thanks) => (
                "entraide-thanked",
                vec![
                    ("request", request),
                    ("to", string(thanks.to.as_str())),
                    ("skill", string(&thanks.skill)),
                ],
            ),
            _ => return,
        };
        let detail = object(detail);
        if let Some(surface) = self.surface_of(key, id) {
            self.commands.push(Command::Emit {
                surface,
                name,
                detail,
            });
        }
    }

    /// A write failed; whether it waits or needs its person is the queue's judgement.
    pub(super) fn refused(&mut self, key: String, error: BackendError) {
        let words = super::error_words(&self.state.config.language, &error);
        let detail = object(vec![("key", string(&key)), ("reason", string(&words))]);
        let stale = matches!(error, BackendError::Conflict { .. });
        self.outbox(Event::Failed {
            key: key.clone(),
            error,
        });
        if stale && let Some(id) = self.state.outbox.get(&key).and_then(|e| e.write.request()) {
            // The next try is about the request as it is then.
            let id = id.clone();
            self.read_thread(id);
        }
        let Some(entry) = self.state.outbox.get(&key) else {
            return;
        };
        let name = match (&entry.standing, &entry.write) {
            (Standing::NeedsYou { .. }, Write::Request(_)) => "entraide-request-failed",
            (Standing::Waiting { .. }, Write::Request(_)) if entry.attempts == 1 => {
                "entraide-request-queued"
            }
            (Standing::NeedsYou { .. }, _) => "entraide-error",
            _ => return,
        };
        let request = entry.write.request().cloned();
        if let Some(surface) = self.surface_of(&key, request.as_ref()) {
            self.commands.push(Command::Emit {
                surface,
                name,
                detail,
            });
        }
    }

    /// The surface in which something happens: the one that shows it, else the first.
    fn surface_of(&self, key: &str, request: Option<&RequestId>) -> Option<SurfaceId> {
        let shows = |view: &View| match view {
            View::Posted(shown) => shown == key,
            View::Thread(shown) => Some(shown) == request,
            _ => false,
        };
        let all = &self.state.surfaces;
        all.values()
            .find(|s| shows(&s.view))
            .or(all.values().next())
            .map(|s| s.id)
    }
}
