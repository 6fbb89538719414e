//! Everything that the screens show, in one value.
//!
//! A snapshot is handed to each element as `Rc<State>`; what is large sits behind an `Rc` of
//! its own, so that the next snapshot shares it.

use super::ask::Draft;
use super::config::Config;
use super::directory::Directory;
use super::lists::{List, ListName};
use super::surface::{Field, Surface, SurfaceId};
use crate::backend::BackendError;
use crate::model::{Person, PersonId, Request, RequestId, Table, Timestamp};
use crate::outbox::{Entry, Outbox, Write};
use std::rc::Rc;
use std::sync::Arc;

/// Who uses the widget.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Me {
    /// Nobody needed to know yet.
    #[default]
    NotAsked,
    /// On its way.
    Loading,
    /// This colleague.
    Known(Rc<Person>),
    /// The backend cannot say, and things that need it are not shown.
    Unsupported,
    /// It broke.
    Failed(BackendError),
}

/// A request as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The request; from a list it has no answers.
    pub request: Rc<Request>,
    /// Whether its answers and thanks were read.
    pub whole: bool,
    /// Whether it is being read.
    pub loading: bool,
    /// Why it could not be read.
    pub error: Option<BackendError>,
}

/// Everything that the screens show.
#[derive(Debug, Clone)]
pub struct State {
    /// What the page owner set.
    pub config: Config,
    /// The clock, as of the last action that looked at it.
    pub now: Timestamp,
    /// Whether the browser has a network.
    pub online: bool,
    /// Whether drafts outlive the page.
    pub storage: bool,
    /// Who uses it.
    pub me: Me,
    /// Everybody.
    pub directory: Directory,
    /// Requests by id.
    pub requests: Table<RequestId, Thread>,
    /// Requests that could not be read at all, and why.
    pub unread: Table<RequestId, BackendError>,
    /// "My questions".
    pub mine: Rc<List>,
    /// "Where you can help".
    pub inbox: Rc<List>,
    /// What is written into fields outside of the ask form.
    pub fields: Table<Field, String>,
    /// The elements in the page.
    pub surfaces: Table<SurfaceId, Surface>,
    /// What is on its way.
    pub outbox: Rc<Outbox>,
    /// Drafts that were put aside when something else filled the form, newest last.
    pub shelved: Vec<Draft>,
    /// Which request a post became.
    pub posted: Table<String, RequestId>,
    /// Requests of mine with answers that were not seen yet.
    pub news: Vec<RequestId>,
    /// Whether answers arrive by themselves.
    pub streaming: bool,
}

impl State {
    /// Nothing yet.
    #[must_use]
    pub fn new(config: Config, now: Timestamp) -> Self {
        Self {
            config,
            now,
            online: true,
            storage: true,
            me: Me::default(),
            directory: Directory::default(),
            requests: Table::new(),
            unread: Table::new(),
            mine: Rc::default(),
            inbox: Rc::default(),
            fields: Table::new(),
            surfaces: Table::new(),
            outbox: Rc::default(),
            shelved: Vec::new(),
            posted: Table::new(),
            news: Vec::new(),
            streaming: false,
        }
    }

    /// The person who uses it, once known.
    #[must_use]
    pub fn my_self(&self) -> Option<&Rc<Person>> {
        match &self.me {
            Me::Known(person) => Some(person),
            _ => None,
        }
    }

    /// A colleague, if they were read.
    #[must_use]
    pub fn person(&self, id: &PersonId) -> Option<&Arc<Person>> {
        self.directory.index.get(id)
    }

    /// A list.
    #[must_use]
    pub fn list(&self, name: ListName) -> &Rc<List> {
        match name {
            ListName::Mine => &self.mine,
            ListName::Inbox => &self.inbox,
        }
    }

    pub(super) fn list_mut(&mut self, name: ListName) -> &mut List {
        Rc::make_mut(match name {
            ListName::Mine => &mut self.mine,
            ListName::Inbox => &mut self.inbox,
        })
    }

    /// The requests of a list that are known, in order; in the inbox, open ones that are not
    /// one's own and not passed on at this moment.
    pub fn listed(&self, name: ListName) -> impl Iterator<Item = &Thread> {
        let mut threads = Vec::new();
        for id in &self.list(name).items {
            if let Some(thread) = self.requests.get(id)
                && (name == ListName::Mine || self.wants_me(&thread.request))
            {
                threads.push(thread);
            }
        }
        threads.into_iter()
    }

    fn wants_me(&self, request: &Request) -> bool {
        request.status.is_open()
            && !self.is_mine(request)
            && !self
                .writes_on(&request.id)
                .any(|e| matches!(e.write, Write::Pass(..)))
    }

    /// What is on its way for this request, oldest first.
    pub fn writes_on(&self, request: &RequestId) -> impl Iterator<Item = &Entry> + use<'_> {
        let mut entries = self.outbox.list();
        entries.retain(|e| e.write.request() == Some(request));
        entries.into_iter()
    }

    /// Questions that are on their way, oldest first.
    pub fn posts_under_way(&self) -> impl Iterator<Item = &Entry> {
        let mut entries = self.outbox.list();
        entries.retain(|e| matches!(e.write, Write::Request(_)));
        entries.into_iter()
    }

    /// The surfaces that are like this.
    pub(super) fn surfaces_that(&self, are: &dyn Fn(&Surface) -> bool) -> Vec<SurfaceId> {
        let mut found = Vec::new();
        for surface in self.surfaces.values() {
            if are(surface) {
                found.push(surface.id);
            }
        }
        found
    }

    /// What the launcher's badge counts: news on one's own questions, and requests to oneself
    /// by name.
    #[must_use]
    pub fn badge(&self) -> usize {
        let mut count = self.news.len();
        if let Some(me) = self.my_self() {
            for thread in self.listed(ListName::Inbox) {
                let asked = thread.request.asked.iter().any(|p| p.id == me.id);
                if asked && !thread.request.answers.iter().any(|a| a.author.id == me.id) {
                    count += 1;
                }
            }
        }
        count
    }

    /// What is written into a field.
    #[must_use]
    pub fn field(&self, field: &Field) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }
}
