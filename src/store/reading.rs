//! What the backend answers, and what it says by itself.

use super::Turn;
use super::action::Action;
use super::call::{Call, Reply, Ticket};
use super::command::Command;
use super::lists::{ListName, ListState};
use super::state::{Me, Thread};
use super::surface::View;
use crate::backend::{BackendError, Operation, Scope};
use crate::i18n::Message;
use crate::model::{Answer, Page, Request, RequestId, RequestStatus};
use crate::outbox::Event;
use std::rc::Rc;

/// How often to look for news where there is no stream of events, in milliseconds.
const POLL: u32 = 20_000;
/// The same while nothing is shown: only the launcher's badge depends on it.
const POLL_UNSEEN: u32 = 60_000;
/// How soon and how late what could not be read is read again where the backend says when, in
/// milliseconds.
const SOONEST: u64 = 2_000;
const LATEST: u64 = 600_000;
/// Most answers of a request that are read.
const MOST_ANSWERS: usize = 500;
/// How long until it is asked again who uses the widget, in milliseconds.
const ASK_AGAIN: u32 = 10_000;

impl Turn<'_> {
    pub(super) fn replied(&mut self, ticket: Ticket, result: Result<Rc<Reply>, BackendError>) {
        let under_way = &mut self.affairs.under_way;
        let Some(at) = under_way.iter().position(|(of, _)| *of == ticket) else {
            return;
        };
        let (_, call) = under_way.swap_remove(at);
        match result {
            Ok(reply) => {
                if let Some(reply) = Rc::into_inner(reply) {
                    self.succeeded(call, reply);
                }
            }
            Err(error) => self.failed(call, error),
        }
    }

    fn succeeded(&mut self, call: Call, reply: Reply) {
        match (call, reply) {
            (Call::Me, Reply::Person(me)) => {
                let id = me.id.clone();
                self.state.me = Me::Known(Rc::new(me));
                self.outbox(Event::SignedIn(id));
            }
            (Call::People(_), Reply::People(page)) => self.people_arrived(page),
            (Call::Search(_), Reply::People(page)) => self.search_arrived(page),
            (Call::Person(_), Reply::Person(person)) => self.person_arrived(person),
            (Call::Requests { scope, cursor }, Reply::Requests(page)) => {
                self.list_arrived(scope, cursor.is_some(), page);
            }
            (Call::Request(_), Reply::Request(request)) => self.request_arrived(request),
            (Call::Answers(request, _), Reply::Answers(page)) => {
                self.answers_arrived(&request, page);
            }
            (Call::Similar(words), Reply::Requests(page)) => {
                let found = page.items.into_iter().map(Rc::new).collect();
                self.similar_arrived(&words, found);
            }
            (Call::Write { key, write }, Reply::Written(written)) => {
                self.delivered(&key, &write, written);
            }
            // `read` answers each call with its own reply.
            _ => {}
        }
    }

    fn failed(&mut self, call: Call, error: BackendError) {
        // What was to be read is read again when the backend says; the outbox does so for writes.
        if let (Some(ms), false) = (error.retry_after_ms(), matches!(call, Call::Write { .. })) {
            let ms = ms.clamp(SOONEST, LATEST) as u32;
            for id in self.state.surfaces_that(&|s| s.open) {
                self.after(ms, Action::Reload(id));
            }
        }
        match call {
            Call::Me => {
                // Without it nothing that waits can be sent, so it is asked until it is known.
                if error.is_retryable() {
                    self.after(ASK_AGAIN, Action::KnowMe);
                }
                self.state.me = Me::Failed(error);
            }
            Call::People(_) | Call::Search(_) => self.people_failed(error),
            Call::Person(id) => self.person_failed(&id, error),
            Call::Similar(_) => {}
            Call::Answers(id, _) => {
                if let Some(request) = self.take_half(&id) {
                    self.thread_arrived(request);
                }
                if let Some(thread) = self.state.requests.get_mut(&id) {
                    thread.error = Some(error);
                }
            }
            Call::Requests { scope, .. } => {
                if let Some(name) = list_of(scope) {
                    self.state.list_mut(name).state = ListState::Failed(error);
                }
            }
            Call::Request(id) => match self.state.requests.get_mut(&id) {
                Some(thread) => {
                    thread.loading = false;
                    thread.error = Some(error);
                }
                None => {
                    self.state.unread.insert(id, error);
                }
            },
            Call::Write { key, .. } => self.refused(key, error),
        }
    }

    pub(super) fn want_list(&mut self, name: ListName) {
        if matches!(self.state.list(name).state, ListState::NotAsked) && self.state.can_list(name) {
            self.state.list_mut(name).state = ListState::Loading;
            self.call(Call::Requests {
                scope: name.scope(),
                cursor: None,
            });
        }
    }

    /// Reads a list again from its beginning; what is there stays to be seen meanwhile.
    pub(super) fn reread_list(&mut self, name: ListName) {
        let call = Call::Requests {
            scope: name.scope(),
            cursor: None,
        };
        if self.state.can_list(name) && !self.is_under_way(&call) {
            let list = self.state.list_mut(name);
            if list.items.is_empty() {
                list.state = ListState::Loading;
            }
            self.call(call);
        }
    }

    pub(super) fn more(&mut self, name: ListName) {
        let list = self.state.list_mut(name);
        if let (Some(cursor), ListState::Here) = (list.next.clone(), &list.state) {
            list.state = ListState::Loading;
            self.call(Call::Requests {
                scope: name.scope(),
                cursor: Some(cursor),
            });
        }
    }

    fn list_arrived(&mut self, scope: Scope, continued: bool, page: Page<Request>) {
        let Some(name) = list_of(scope) else { return };
        let ids: Vec<RequestId> = page.items.iter().map(|r| r.id.clone()).collect();
        for request in page.items {
            self.learn(request, false);
        }
        let list = self.state.list_mut(name);
        if !continued {
            list.items.clear();
        }
        for id in ids {
            if !list.items.contains(&id) {
                list.items.push(id);
            }
        }
        list.next = page.next;
        list.state = ListState::Here;
    }

    /// Takes in what is known of a request; a list's line never replaces a whole thread by
    /// less, unless it is newer: then the thread is read again when it is looked at.
    fn learn(&mut self, request: Request, whole: bool) {
        let id = request.id.clone();
        let mine = self
            .state
            .my_self()
            .is_some_and(|me| request.is_from(&me.id));
        let known = self.state.requests.get(&id).map(|t| t.request.answer_count);
        let can_read = self.state.supports(Operation::RequestsGet);
        if !whole && mine && can_read && known.is_some_and(|n| n < request.answer_count) {
            // Somebody answered: the whole thread says who, and makes it news.
            return self.read_thread(id);
        }
        if let Some(thread) = self.state.requests.get_mut(&id)
            && thread.whole
            && !whole
        {
            let newer = thread.request.updated != request.updated
                || thread.request.answer_count != request.answer_count
                || thread.request.status != request.status;
            if newer && self.is_seen(&id) {
                self.read_thread(id);
            } else if newer && let Some(thread) = self.state.requests.get_mut(&id) {
                thread.whole = false;
                thread.request = Rc::new(request);
            }
            return;
        }
        let thread = Thread {
            request: Rc::new(request),
            whole,
            loading: false,
            error: None,
        };
        self.state.requests.insert(id, thread);
    }

    pub(super) fn want_thread(&mut self, id: RequestId) {
        if self
            .state
            .requests
            .get(&id)
            .is_none_or(|t| !t.whole && !t.loading)
        {
            self.read_thread(id);
        }
    }

    pub(super) fn read_thread(&mut self, id: RequestId) {
        if !self.state.supports(Operation::RequestsGet) {
            let known = self
                .state
                .requests
                .get(&id)
                .map(|t| t.request.as_ref().clone());
            if let Some(mut request) = known {
                request.answers.clear();
                self.request_arrived(request);
            }
            return;
        }
        let call = Call::Request(id.clone());
        if self.is_under_way(&call) {
            return;
        }
        self.state.unread.remove(&id);
        if let Some(thread) = self.state.requests.get_mut(&id) {
            thread.loading = true;
            thread.error = None;
        }
        self.call(call);
    }

    /// A request came; its answers may have to be read apart.
    pub(super) fn request_arrived(&mut self, request: Request) {
        if !self.state.supports(Operation::AnswersList) || !request.answers.is_empty() {
            return self.thread_arrived(request);
        }
        if !self.state.requests.contains_key(&request.id) {
            let thread = Thread {
                request: Rc::new(request.clone()),
                whole: false,
                loading: true,
                error: None,
            };
            self.state.requests.insert(request.id.clone(), thread);
        }
        let call = Call::Answers(request.id.clone(), None);
        if !self.is_under_way(&call) {
            self.affairs.half_read.push(request);
            self.call(call);
        }
    }

    fn take_half(&mut self, id: &RequestId) -> Option<Request> {
        let half = &mut self.affairs.half_read;
        let at = half.iter().position(|request| request.id == *id)?;
        Some(half.swap_remove(at))
    }

    fn answers_arrived(&mut self, id: &RequestId, page: Page<Answer>) {
        let Some(mut request) = self.take_half(id) else {
            return;
        };
        let more = !page.items.is_empty() && request.answers.len() < MOST_ANSWERS;
        request.answers.extend(page.items);
        if let (Some(cursor), true) = (page.next, more) {
            self.affairs.half_read.push(request);
            return self.call(Call::Answers(id.clone(), Some(cursor)));
        }
        let count = u32::try_from(request.answers.len()).unwrap_or(u32::MAX);
        request.answer_count = request.answer_count.max(count);
        // As where they came with it: the thread says what a status of "open" leaves out.
        if request.status == RequestStatus::Open && request.accepted().is_some() {
            request.status = RequestStatus::Solved;
        } else if request.status == RequestStatus::Open && count > 0 {
            request.status = RequestStatus::Answered;
        }
        self.thread_arrived(request);
    }

    /// A whole request came: its thread, the lists that it belongs to, and the news in it.
    pub(super) fn thread_arrived(&mut self, request: Request) {
        let id = request.id.clone();
        let before = self
            .state
            .requests
            .get(&id)
            .map_or(0, |t| t.request.answer_count);
        let known = self.state.requests.contains_key(&id);
        let last = request.answers.last();
        let is_news = known
            && request.answer_count > before
            && last.is_some_and(|a| !self.state.is_own(&request, a))
            && self.state.is_mine(&request);
        {
            if is_news && let Some(last) = last {
                let text = self
                    .state
                    .config
                    .language
                    .fill(Message::NewAnswerFrom, &[("name", &last.author.name)]);
                self.announce(&text);
                if !self.is_seen(&id) && !self.state.news.contains(&id) {
                    self.state.news.push(id.clone());
                }
            }
        }
        let mine = self.state.is_mine(&request);
        let me = self.state.my_self();
        let invited = me.is_some_and(|me| !crate::exchange::inbox(me, [&request]).is_empty());
        self.put_in_list(ListName::Mine, &id, mine);
        self.put_in_list(ListName::Inbox, &id, invited);
        self.state.unread.remove(&id);
        self.learn(request, true);
    }

    pub(super) fn put_in_list(&mut self, name: ListName, id: &RequestId, belongs: bool) {
        let list = self.state.list_mut(name);
        let there = list.items.contains(id);
        // A list that was never read stays so: it is read whole when it is looked at.
        if belongs && !there && matches!(list.state, ListState::Here) {
            list.items.insert(0, id.clone());
        }
    }

    /// Whether an open surface shows this thread.
    fn is_seen(&self, id: &RequestId) -> bool {
        self.state
            .surfaces
            .values()
            .any(|s| s.open && matches!(&s.view, View::Thread(shown) if shown == id))
    }

    fn announce(&mut self, text: &str) {
        if let Some(surface) = self.state.surfaces.values().find(|s| s.open) {
            let (surface, text) = (surface.id, text.to_owned());
            self.commands.push(Command::Announce { surface, text });
        }
    }

    /// The backend says that a request changed.
    pub(super) fn changed(&mut self, id: RequestId) {
        self.read_thread(id);
    }

    /// Listens to the backend's events, or polls where it has none.
    pub(super) fn listen(&mut self) {
        if self.affairs.listening {
            return;
        }
        self.affairs.listening = true;
        if self.state.supports(Operation::Events) {
            self.commands.push(Command::Listen);
        } else {
            self.streaming(false);
        }
    }

    pub(super) fn hush(&mut self) {
        if std::mem::take(&mut self.affairs.listening) {
            self.state.streaming = false;
            self.commands.push(Command::Hush);
        }
    }

    pub(super) fn streaming(&mut self, on: bool) {
        let was = std::mem::replace(&mut self.state.streaming, on);
        if on && !was {
            // What happened while nobody listened.
            self.refresh();
        }
        if !on && self.affairs.listening && !std::mem::replace(&mut self.affairs.polling, true) {
            self.after(POLL, Action::Poll);
        }
    }

    pub(super) fn poll(&mut self) {
        self.affairs.polling = false;
        if self.state.streaming || !self.affairs.listening {
            return;
        }
        self.affairs.polling = true;
        let seen = self.state.surfaces.values().any(|s| s.open);
        self.after(if seen { POLL } else { POLL_UNSEEN }, Action::Poll);
        if self.state.online {
            self.refresh();
        }
    }

    /// Reads again what open surfaces show.
    fn refresh(&mut self) {
        for id in self.state.surfaces_that(&|s| s.open) {
            if let Some(View::Thread(request)) = self.surface(id).map(|s| s.view.clone()) {
                self.read_thread(request);
            }
        }
        for name in [ListName::Mine, ListName::Inbox] {
            let call = Call::Requests {
                scope: name.scope(),
                cursor: None,
            };
            if matches!(self.state.list(name).state, ListState::Here) && !self.is_under_way(&call) {
                self.call(call);
            }
        }
    }

    pub(super) fn network(&mut self, online: bool) {
        let was = std::mem::replace(&mut self.state.online, online);
        if online && !was {
            let steps = Rc::make_mut(&mut self.state.outbox).network_back(self.state.now);
            self.carry_out(steps);
            for id in self.state.surfaces_that(&|s| s.open) {
                self.reload(id);
            }
        }
    }
}

fn list_of(scope: Scope) -> Option<ListName> {
    [ListName::Mine, ListName::Inbox]
        .into_iter()
        .find(|name| name.scope() == scope)
}
