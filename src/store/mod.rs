//! The state of the widget, and the only place that changes it.
//!
//! The store lives outside of Yew, since each element in the page is a Yew root of its own.
//! [`Store::dispatch`] takes an action, changes the state and returns the commands that follow
//! from it; the embedding carries them out and comes back with actions. Nothing here waits,
//! reads a clock or touches the browser, so a whole story can be played natively in a test.

mod action;
mod ask;
mod asking;
mod call;
mod can;
#[cfg(test)]
mod can_tests;
mod command;
mod config;
mod directory;
mod finding;
mod kept;
mod lists;
mod page_person;
mod reading;
mod state;
mod surface;
mod surfaces;
#[cfg(test)]
mod tests;
mod words;
mod writing;

pub use action::{Action, AskEdit, FacetValue, Prefill};
pub use ask::{AskForm, Draft, MOST, Proposals};
pub use call::{Call, Reply, Ticket, prepare, read};
pub use command::Command;
pub use config::Config;
pub use directory::{Directory, DirectoryView, Loading};
pub use lists::{List, ListName, ListState};
pub use page_person::page_person;
pub use state::{Me, State, Thread};
pub use surface::{Field, Settings, Surface, SurfaceId, SurfaceKind, View};
pub use words::{error_words, invite_words, match_words, reason_words};

use crate::backend::Pages;
use crate::model::{Person, Request, Table, Timestamp};
use crate::outbox::{Event, Write};
use std::rc::Rc;
use std::sync::Arc;

/// The store.
pub struct Store {
    state: Rc<State>,
    affairs: Affairs,
}

/// What the store needs for itself and no screen shows.
struct Affairs {
    /// Makes idempotency keys; random, and never the same twice.
    keys: Box<dyn FnMut() -> String>,
    tickets: u32,
    /// Requests whose answers are being read.
    half_read: Vec<Request>,
    /// Calls that were not answered yet.
    under_way: Vec<(Ticket, Call)>,
    /// Pages of people that are not in the index yet.
    arrived: Vec<Arc<Person>>,
    /// Watches over the list of people, so that a backend that never ends it cannot keep us busy.
    pages: Pages,
    /// Searches of the page's script that wait for the people.
    finds: Vec<(u32, String, usize)>,
    /// Whether a search is about to be shown in the page's address.
    addressing: bool,
    /// Whether a poll is on its way.
    polling: bool,
    /// Whether the stream of events was asked for.
    listening: bool,
    /// Which texts storage was last told to keep.
    kept: Table<String, String>,
}

/// One action at work: the state that it changes, and the commands that follow.
struct Turn<'a> {
    state: &'a mut State,
    affairs: &'a mut Affairs,
    commands: Vec<Command>,
}

impl Store {
    /// A store with nothing in it. `keys` makes idempotency keys: random text of 1 to 128
    /// visible ASCII characters, never the same twice.
    #[must_use]
    pub fn new(config: Config, now: Timestamp, keys: Box<dyn FnMut() -> String>) -> Self {
        Self {
            state: Rc::new(State::new(config, now)),
            affairs: Affairs {
                keys,
                tickets: 0,
                half_read: Vec::new(),
                under_way: Vec::new(),
                arrived: Vec::new(),
                pages: Pages::default(),
                finds: Vec::new(),
                addressing: false,
                polling: false,
                listening: false,
                kept: Table::new(),
            },
        }
    }

    /// The state as it is now; later actions do not change it.
    #[must_use]
    pub fn snapshot(&self) -> Rc<State> {
        Rc::clone(&self.state)
    }

    /// Lets an action happen, and says what is to be done.
    pub fn dispatch(&mut self, action: Action) -> Vec<Command> {
        let mut turn = Turn {
            state: Rc::make_mut(&mut self.state),
            affairs: &mut self.affairs,
            commands: Vec::new(),
        };
        turn.take(action);
        turn.commands
    }
}

impl Turn<'_> {
    fn take(&mut self, action: Action) {
        match action {
            Action::Configured(config) => self.configure(config),
            Action::Tick(now) => self.state.now = now,
            Action::Restored(slots) => self.restore(slots),
            Action::StorageFailed => self.state.storage = false,
            Action::Online(online) => self.network(online),

            Action::Mounted { surface, kind } => self.mount(surface, kind),
            Action::Unmounted(surface) => self.unmount(surface),
            Action::Attribute {
                surface,
                name,
                value,
            } => self.attribute(surface, &name, value),
            Action::Address { surface, pairs } => self.read_address(surface, &pairs),
            Action::Fill { surface, prefill } => self.fill(surface, prefill),
            Action::Elsewhere(prefill) => {
                self.commands.push(Command::OpenPanel(Box::new(prefill)));
            }
            Action::Shown { surface, open } => self.shown(surface, open),
            Action::Go { surface, view } => self.go(surface, view),
            Action::Back(surface) => self.back(surface),
            Action::AskPerson { surface, person } => self.ask_person(surface, person),
            Action::Close(surface) => self.commands.push(Command::ClosePanel(surface)),
            Action::Reload(surface) => self.reload(surface),

            Action::WantPeople => self.want_people(),
            Action::Search { surface, text } => {
                self.search(surface, &mut |view| view.query.text.clone_from(&text));
            }
            Action::Facet { surface, value, on } => {
                self.search(surface, &mut |view| view.choose(value.clone(), on));
            }
            Action::ShowAddress(surface) => self.show_address(surface),
            Action::ClearSearch(surface) => {
                self.search(surface, &mut |view| {
                    view.query = crate::search::Query::default()
                });
            }
            Action::Find { id, text, limit } => self.find(id, text, limit),

            Action::Ask { surface, edit } => self.edit_ask(surface, edit),
            Action::Propose { surface, revision } => self.propose(surface, revision),
            Action::Post(surface) => self.post(surface),
            Action::Approved { surface, request } => self.approved(surface, request),
            Action::Unshelve { surface, key } => self.unshelve(surface, &key),
            Action::DropDraft(key) => self.drop_draft(&key),

            Action::Write { field, text } => self.write_field(field, text),
            Action::Answer(request) => self.answer(request),
            Action::Accept { request, answer } => self.enqueue(Write::Accept(request, answer)),
            Action::Thank { request, thanks } => self.thank(request, thanks),
            Action::PassOn { request, pass } => self.pass_on(request, pass),
            Action::CloseRequest(request) => self.enqueue(Write::Close(request)),
            Action::Retry(key) => {
                self.ask_again_who();
                self.outbox(Event::Retry(key));
            }
            Action::Edit { key, surface } => self.edit_post(&key, surface),
            Action::Discard(key) => self.discard(key),

            Action::More { list } => self.more(list),
            Action::Replied { ticket, result } => self.replied(ticket, result),
            Action::Changed(request) => self.changed(request),
            Action::Wake => self.outbox(Event::Wake),
            Action::KnowMe => self.ask_again_who(),
            Action::Poll => self.poll(),
            Action::Streaming(on) => self.streaming(on),
        }
    }

    fn call(&mut self, call: Call) {
        self.affairs.tickets = self.affairs.tickets.wrapping_add(1);
        let ticket = Ticket(self.affairs.tickets);
        self.affairs.under_way.push((ticket, call.clone()));
        self.commands.push(Command::Call {
            ticket,
            call: Box::new(call),
        });
    }

    fn is_under_way(&self, wanted: &Call) -> bool {
        self.affairs
            .under_way
            .iter()
            .any(|(_, call)| call == wanted)
    }

    fn after(&mut self, ms: u32, action: Action) {
        self.commands.push(Command::After {
            ms,
            action: Box::new(action),
        });
    }

    /// Keeps a text beyond the page's life, unless storage holds just that already.
    fn keep(&mut self, slot: String, value: Option<String>) {
        let known = match &value {
            Some(text) => self.affairs.kept.insert(slot.clone(), text.clone()),
            None => self.affairs.kept.remove(&slot),
        };
        if known != value {
            self.commands.push(Command::Keep { slot, value });
        }
    }
}
