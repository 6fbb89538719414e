//! Elements that come, go, and change what they show.

use super::Turn;
use super::action::{FacetValue, Prefill};
use super::ask::AskForm;
use super::call::Call;
use super::command::Command;
use super::config::Config;
use super::directory::Loading;
use super::lists::{ListName, ListState};
use super::state::Me;
use super::surface::{Surface, SurfaceId, SurfaceKind, View};
use super::words::error_words;
use crate::backend::{BackendError, Operation};
use crate::model::json::{object, string};
use crate::model::{NAME, PersonId, clean_line};
use crate::outbox::Event;
use std::rc::Rc;

impl Turn<'_> {
    pub(super) fn surface(&mut self, id: SurfaceId) -> Option<&mut Surface> {
        self.state.surfaces.get_mut(&id)
    }

    pub(super) fn mount(&mut self, id: SurfaceId, kind: SurfaceKind) {
        let key = (self.affairs.keys)();
        let mut form = AskForm::new(key, self.state.config.page.clone());
        // What was being written when the page went away goes on where it was.
        if matches!(kind, SurfaceKind::Panel | SurfaceKind::Ask)
            && let Some(draft) = self.state.shelved.pop()
        {
            form.draft = draft;
        }
        let mut surface = Surface::new(id, kind, form);
        if kind == SurfaceKind::Panel {
            surface.view = self.state.first_view();
        }
        self.state.surfaces.insert(id, surface);
        if kind != SurfaceKind::Panel {
            self.want(id);
        }
    }

    /// The page owner changed the configuration: what cannot be shown any more makes way.
    pub(super) fn configure(&mut self, config: Config) {
        self.state.config = config;
        let first = self.state.first_view();
        for id in self.state.surfaces_that(&|s| s.kind == SurfaceKind::Panel) {
            let hidden = self.state.surfaces.get(&id);
            if hidden.is_some_and(|s| !self.state.shows(&s.view))
                && let Some(surface) = self.state.surfaces.get_mut(&id)
            {
                surface.trail.clear();
                surface.view = first.clone();
            }
        }
    }

    pub(super) fn unmount(&mut self, id: SurfaceId) {
        if let Some(surface) = self.state.surfaces.remove(&id)
            && !surface.ask.draft.is_blank()
        {
            self.state.shelved.push(surface.ask.draft.clone());
        }
        if self.state.surfaces.is_empty() {
            self.hush();
        }
    }

    pub(super) fn shown(&mut self, id: SurfaceId, open: bool) {
        let Some(surface) = self.surface(id) else {
            return;
        };
        surface.open = open;
        if open {
            self.know_me();
            self.want_list(ListName::Mine);
            self.want_list(ListName::Inbox);
            self.want(id);
            self.commands.push(Command::Focus(id));
        }
    }

    pub(super) fn go(&mut self, id: SurfaceId, view: View) {
        if !self.state.shows(&view) {
            return;
        }
        let Some(surface) = self.surface(id) else {
            return;
        };
        surface.go(view.clone());
        if let View::Person(person) = &view {
            self.person_selected(id, person);
        }
        self.want(id);
        self.commands.push(Command::Focus(id));
    }

    pub(super) fn back(&mut self, id: SurfaceId) {
        let Some(surface) = self.surface(id) else {
            return;
        };
        if surface.back() {
            self.want(id);
            self.commands.push(Command::Focus(id));
        }
    }

    /// Reads what the surface's view needs and what is not there yet.
    pub(super) fn want(&mut self, id: SurfaceId) {
        let Some(surface) = self.state.surfaces.get(&id) else {
            return;
        };
        if !surface.open {
            return;
        }
        let view = surface.view.clone();
        let names_somebody = !surface.ask.draft.to.is_empty();
        self.know_me();
        match view {
            // A draft names people by their ids; the directory knows what they are called.
            View::Ask if names_somebody => self.want_people(),
            View::Ask | View::Posted(_) => {}
            View::Directory => {
                self.want_people();
                self.refresh_results(id);
            }
            View::Person(person) => self.want_person(person),
            View::Thread(request) => {
                self.state.news.retain(|id| *id != request);
                self.want_thread(request);
                self.listen();
            }
            View::Mine => {
                self.want_list(ListName::Mine);
                self.listen();
            }
            View::Inbox => {
                self.want_list(ListName::Inbox);
                self.listen();
            }
        }
    }

    /// Tries again what broke in this surface's view.
    pub(super) fn reload(&mut self, id: SurfaceId) {
        if matches!(self.state.me, Me::Failed(_)) {
            self.state.me = Me::NotAsked;
        }
        if matches!(
            self.state.directory.loading,
            Loading::Failed(_) | Loading::Cut
        ) {
            self.state.directory.loading = Loading::NotAsked;
        }
        for name in [ListName::Mine, ListName::Inbox] {
            if matches!(self.state.list(name).state, ListState::Failed(_)) {
                self.state.list_mut(name).state = ListState::NotAsked;
            }
        }
        if let Some(View::Thread(request)) = self.surface(id).map(|s| s.view.clone()) {
            self.state.unread.remove(&request);
            if let Some(thread) = self.state.requests.get_mut(&request) {
                thread.error = None;
                thread.whole = false;
            }
        }
        self.want(id);
        if let Some(View::Directory) = self.surface(id).map(|s| s.view.clone()) {
            self.show_address(id);
        }
    }

    /// Asks once more who uses it, where that failed.
    pub(super) fn ask_again_who(&mut self) {
        if matches!(self.state.me, Me::Failed(_)) {
            self.state.me = Me::NotAsked;
            self.know_me();
        }
    }

    pub(super) fn know_me(&mut self) {
        if !matches!(self.state.me, Me::NotAsked) {
            return;
        }
        if self.state.supports(Operation::Me) {
            self.state.me = Me::Loading;
            self.call(Call::Me);
        } else {
            self.state.me = Me::Unsupported;
            // Whoever it is, the backend knows.
            self.outbox(Event::Anybody);
        }
    }

    pub(super) fn attribute(&mut self, id: SurfaceId, name: &str, value: Option<String>) {
        let text = value.clone().unwrap_or_default();
        let mut list = Vec::new();
        for part in text.split(',') {
            let part = clean_line(part, NAME);
            if !part.is_empty() {
                list.push(part);
            }
        }
        let by_name = self.state.can_ask_by_name();
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let mut prefill = Prefill::default();
        match name {
            "question" => prefill.question = value,
            "details" => prefill.details = value,
            "skills" => prefill.skills = list,
            "to" if by_name => {
                for part in list {
                    prefill.to.extend(PersonId::new(part));
                }
            }
            "person" => {
                if let Ok(person) = PersonId::new(&text) {
                    surface.trail.clear();
                    surface.view = View::Person(person);
                    self.want(id);
                }
                return;
            }
            "query" => {
                return self.search(id, &mut |view| view.query.text.clone_from(&text));
            }
            "skill" | "team" | "location" => {
                let put = match name {
                    "skill" => FacetValue::Skill,
                    "team" => FacetValue::Team,
                    _ => FacetValue::Place,
                };
                return self.search(id, &mut |view| {
                    for value in &list {
                        view.choose(put(value.clone()), true);
                    }
                });
            }
            "page-size" => {
                surface.settings.page_size = text.parse().ok().filter(|n| (1..=200).contains(n));
                return;
            }
            "deep-link" => {
                surface.settings.deep_link = value.is_some_and(|v| v != "false" && v != "off");
                return;
            }
            _ => return,
        }
        // An attribute fills an empty form; it never replaces what a person wrote.
        if !prefill.is_empty() && surface.ask.draft.is_blank() {
            Rc::make_mut(&mut surface.ask).fill(prefill);
            self.after_edit(id);
        } else if surface.ask.draft.question.trim().is_empty() && prefill.question.is_some() {
            Rc::make_mut(&mut surface.ask).fill(Prefill {
                question: prefill.question,
                ..Prefill::default()
            });
            self.after_edit(id);
        }
    }

    /// Fills the form by a trigger or the page's script. Another question that was begun is put
    /// aside, not lost.
    pub(super) fn fill(&mut self, id: SurfaceId, mut prefill: Prefill) {
        if !self.state.supports(Operation::RequestsCreate) {
            let error = BackendError::Unsupported(Operation::RequestsCreate);
            let words = error_words(&self.state.config.language, &error);
            return self.commands.push(Command::Emit {
                surface: id,
                name: "entraide-error",
                detail: object(vec![("reason", string(&words))]),
            });
        }
        if !self.state.can_ask_by_name() {
            prefill.to.clear();
        }
        let key = (self.affairs.keys)();
        let page = self.state.config.page.clone();
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        let begun = surface.ask.draft.question.trim();
        let other = prefill
            .question
            .as_deref()
            .is_some_and(|q| !begun.is_empty() && q.trim() != begun);
        if other {
            let shelved = std::mem::replace(&mut surface.ask, Rc::new(AskForm::new(key, page)));
            self.state.shelved.push(shelved.draft.clone());
        }
        if let Some(surface) = self.state.surfaces.get_mut(&id) {
            Rc::make_mut(&mut surface.ask).fill(prefill);
        }
        self.go(id, View::Ask);
        self.after_edit(id);
    }

    pub(super) fn ask_person(&mut self, id: SurfaceId, person: PersonId) {
        let prefill = Prefill {
            to: vec![person],
            ..Prefill::default()
        };
        match self.state.surfaces.get(&id).map(|s| s.kind) {
            Some(SurfaceKind::Person | SurfaceKind::Inbox) => {
                self.commands.push(Command::OpenPanel(Box::new(prefill)));
            }
            Some(_) => self.fill(id, prefill),
            None => {}
        }
    }
}
