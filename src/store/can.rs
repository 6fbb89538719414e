//! What can be done here: the screens show nothing else, so that no button leads nowhere.
//!
//! It depends on what the mapping describes, and on whose a request is. Who somebody is may be
//! said by another backend than the requests', which knows people by other identifiers; so a
//! request that its backend lists as mine is mine, and one that it lists for my help asks me,
//! whatever the identifiers say.

use super::lists::ListName;
use super::state::{Me, State};
use super::surface::View;
use crate::backend::Operation;
use crate::exchange::{Invitation, InviteReason, inbox};
use crate::model::{Answer, Request, RequestId};
use crate::outbox::Write;

impl State {
    /// Whether the backend can do this; what it cannot is not shown.
    #[must_use]
    pub fn supports(&self, operation: Operation) -> bool {
        let backend = self.config.backend.as_ref();
        backend.is_ok_and(|m| m.supports(operation))
    }

    /// Whether a write tells the backend this value (`to`, `visibility`): what is not sent must
    /// not be asked for.
    #[must_use]
    pub fn takes(&self, operation: Operation, value: &str) -> bool {
        let backend = self.config.backend.as_ref();
        backend.is_ok_and(|m| m.takes(operation, value))
    }

    /// Whether this list can be read.
    #[must_use]
    pub fn can_list(&self, name: ListName) -> bool {
        let backend = self.config.backend.as_ref();
        backend.is_ok_and(|m| m.supports_scope(name.scope()))
    }

    /// Whether colleagues can be looked for.
    #[must_use]
    pub fn can_find(&self) -> bool {
        self.supports(Operation::PeopleList) || self.supports(Operation::PeopleSearch)
    }

    /// Whether a question can be put to somebody by name.
    #[must_use]
    pub fn can_ask_by_name(&self) -> bool {
        self.takes(Operation::RequestsCreate, "to")
    }

    /// Whether a request can be looked at as a whole.
    #[must_use]
    pub fn can_open(&self, id: &RequestId) -> bool {
        self.supports(Operation::RequestsGet) || self.requests.contains_key(id)
    }

    /// Whether there is anything behind a view.
    #[must_use]
    pub fn shows(&self, view: &View) -> bool {
        match view {
            View::Ask => self.supports(Operation::RequestsCreate),
            View::Directory => self.can_find(),
            View::Person(id) => {
                self.supports(Operation::PeopleGet)
                    || self.supports(Operation::PeopleList)
                    || self.person(id).is_some()
            }
            View::Thread(id) => self.can_open(id),
            View::Posted(_) => true,
            View::Mine => self.can_list(ListName::Mine),
            View::Inbox => self.can_list(ListName::Inbox),
        }
    }

    /// The first section of the panel that can be shown.
    #[must_use]
    pub fn first_view(&self) -> View {
        let mut views = [View::Ask, View::Directory, View::Mine, View::Inbox].into_iter();
        views.find(|view| self.shows(view)).unwrap_or(View::Ask)
    }

    /// Whether the person who looks asked it.
    #[must_use]
    pub fn is_mine(&self, request: &Request) -> bool {
        self.mine.items.contains(&request.id)
            || self.my_self().is_some_and(|me| request.is_from(&me.id))
    }

    /// Whether the person who looks wrote it; the asker is theirs under any identifier.
    #[must_use]
    pub fn is_own(&self, request: &Request, answer: &Answer) -> bool {
        let id = &answer.author.id;
        self.my_self().is_some_and(|me| me.id == *id)
            || (request.is_from(id) && self.is_mine(request))
    }

    /// Whether it is known who looks, or never will be: then the backend is trusted to know.
    fn is_somebody(&self) -> bool {
        matches!(self.me, Me::Known(_) | Me::Unsupported)
    }

    /// Whether an answer can be written: one's own question takes follow-ups.
    #[must_use]
    pub fn may_answer(&self, request: &Request) -> bool {
        self.supports(Operation::AnswersCreate)
            && self.is_somebody()
            && (!self.is_mine(request) || request.answer_count > 0)
    }

    /// Whether the answer can be accepted: by the asker, once.
    #[must_use]
    pub fn may_accept(&self, request: &Request, answer: &Answer) -> bool {
        self.supports(Operation::AnswersAccept)
            && self.is_mine(request)
            && !self.is_own(request, answer)
            && request.accepted().is_none()
            // What is on its way is not offered again.
            && !self.writes_on(&request.id).any(|e| matches!(e.write, Write::Accept(..)))
    }

    /// Whether its author can be thanked: by the asker, and by whom an accepted answer helps.
    #[must_use]
    pub fn may_thank(&self, request: &Request, answer: &Answer) -> bool {
        let to = &answer.author.id;
        let given = request.thanks.iter().any(|thanks| {
            thanks.to.id == *to && self.my_self().is_none_or(|me| me.id == thanks.from.id)
        });
        self.supports(Operation::ThanksCreate)
            && self.is_somebody()
            && !self.is_own(request, answer)
            && (answer.accepted || self.is_mine(request))
            && !given
            && !self
                .writes_on(&request.id)
                .any(|e| matches!(&e.write, Write::Thanks(_, thanks) if thanks.to == *to))
    }

    /// Whether it can be passed on.
    #[must_use]
    pub fn may_pass(&self, request: &Request) -> bool {
        self.supports(Operation::RequestsPass)
            && self.is_somebody()
            && request.status.is_open()
            && !self.is_mine(request)
            && !request.answers.iter().any(|a| self.is_own(request, a))
    }

    /// Whether it can be passed to somebody in particular.
    #[must_use]
    pub fn may_pass_to(&self) -> bool {
        self.takes(Operation::RequestsPass, "to") && self.supports(Operation::PeopleList)
    }

    /// Whether it can be closed: by the asker.
    #[must_use]
    pub fn may_close(&self, request: &Request) -> bool {
        self.supports(Operation::RequestsClose) && self.is_mine(request) && request.status.is_open()
    }

    /// Where one can help, best reason first. What the backend lists without a reason that is
    /// known here was put to this person by the backend's own rules.
    #[must_use]
    pub fn invitations(&self) -> Vec<Invitation> {
        let listed: Vec<&Request> = self
            .listed(ListName::Inbox)
            .map(|t| t.request.as_ref())
            .collect();
        let mut all = match self.my_self() {
            Some(me) => inbox(me, listed.iter().copied()),
            None => Vec::new(),
        };
        for request in listed {
            let answered = request.answers.iter().any(|a| self.is_own(request, a));
            if !answered && !all.iter().any(|known| known.request == request.id) {
                all.push(Invitation {
                    request: request.id.clone(),
                    why: InviteReason::AskedByName,
                });
            }
        }
        all
    }
}
