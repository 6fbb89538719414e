//! Finding colleagues: their pages arrive, elements and the page's script search them.

use super::Turn;
use super::action::{Action, FacetValue};
use super::call::Call;
use super::command::Command;
use super::directory::{DirectoryView, Loading};
use super::surface::{SurfaceId, View};
use super::words::match_words;
use crate::backend::{BackendError, Course, Operation, Pages};
use crate::model::json::{object, string};
use crate::model::{Page, Person, PersonId};
use crate::search::{Filters, Query};
use serde_json::Value;
use std::rc::Rc;
use std::sync::Arc;

/// How long after a letter the search is shown in the page's address, in milliseconds.
const ADDRESS_PAUSE: u32 = 400;

impl Turn<'_> {
    /// Loads everybody, a page after the other, unless that has begun.
    pub(super) fn want_people(&mut self) {
        if !matches!(self.state.directory.loading, Loading::NotAsked) {
            return;
        }
        if self.state.supports(Operation::PeopleList) {
            self.state.directory.loading = Loading::Arriving { total: None };
            self.affairs.pages = Pages::default();
            self.affairs.arrived.clear();
            self.call(Call::People(None));
        } else if self.state.supports(Operation::PeopleSearch) {
            // Whoever is found comes in.
            self.state.directory.loading = Loading::Complete;
        } else {
            self.state.directory.loading =
                Loading::Failed(BackendError::Unsupported(Operation::PeopleList));
        }
    }

    /// Whether the backend is to be asked for each search, as it does not tell everybody.
    fn searches_there(&self) -> bool {
        !self.state.supports(Operation::PeopleList) && self.state.supports(Operation::PeopleSearch)
    }

    fn search_there(&mut self, words: &str) {
        let call = Call::Search(words.trim().to_owned());
        if self.searches_there() && !words.trim().is_empty() && !self.is_under_way(&call) {
            self.state.directory.loading = Loading::Arriving { total: None };
            self.call(call);
        }
    }

    pub(super) fn search_arrived(&mut self, page: Page<Person>) {
        for person in page.items {
            Rc::make_mut(&mut self.state.directory.index).upsert(Arc::new(person));
        }
        let waits = self.affairs.under_way.iter();
        if !waits
            .into_iter()
            .any(|(_, call)| matches!(call, Call::Search(_)))
        {
            self.state.directory.loading = Loading::Complete;
            self.answer_finds();
        }
        self.index_arrived();
    }

    /// A colleague could not be read; the list of all may know them.
    pub(super) fn person_failed(&mut self, id: &PersonId, error: BackendError) {
        if self.state.person(id).is_none() {
            self.want_people();
            if !self.state.supports(Operation::PeopleList) {
                self.state.directory.loading = Loading::Failed(error);
            }
        }
    }

    pub(super) fn people_arrived(&mut self, mut page: Page<Person>) {
        let now = self.state.now;
        let pages = &mut self.affairs.pages;
        let course = pages.admit(&mut page, now, &|person| person.id.as_str());
        self.affairs
            .arrived
            .extend(page.items.into_iter().map(Arc::new));
        match page.next {
            Some(cursor) => {
                let total = page.total;
                self.state.directory.loading = Loading::Arriving { total };
                self.call(Call::People(Some(cursor)));
                // The first page is searchable at once; later ones go in when they double what
                // is there, so that all indexing together costs no more than two times one.
                if self.affairs.arrived.len() >= self.state.directory.index.len() {
                    self.index_arrived();
                }
            }
            None => {
                self.affairs.pages = Pages::default();
                self.state.directory.loading = match course {
                    Course::Cut => Loading::Cut,
                    _ => Loading::Complete,
                };
                self.index_arrived();
                self.answer_finds();
            }
        }
    }

    fn index_arrived(&mut self) {
        let arrived = std::mem::take(&mut self.affairs.arrived);
        let directory = &mut self.state.directory;
        Rc::make_mut(&mut directory.index).extend(arrived);
        directory.generation = directory.generation.wrapping_add(1);
        self.people_changed();
    }

    /// One colleague was read anew.
    pub(super) fn person_arrived(&mut self, person: Person) {
        let directory = &mut self.state.directory;
        Rc::make_mut(&mut directory.index).upsert(Arc::new(person));
        directory.generation = directory.generation.wrapping_add(1);
        self.people_changed();
    }

    fn people_changed(&mut self) {
        for id in self.state.surfaces_that(&|s| s.view == View::Directory) {
            self.refresh_results(id);
        }
        for id in self.state.surfaces_that(&|s| s.view == View::Ask) {
            self.propose_now(id);
        }
    }

    pub(super) fn people_failed(&mut self, error: BackendError) {
        self.state.directory.loading = Loading::Failed(error);
        self.index_arrived();
        self.answer_finds();
    }

    pub(super) fn want_person(&mut self, id: PersonId) {
        let call = Call::Person(id.clone());
        if self.state.supports(Operation::PeopleGet) {
            // Asked each time: load and evidence change, and they are what one decides by.
            if !self.is_under_way(&call) {
                self.call(call);
            }
        } else if self.state.person(&id).is_none() {
            self.want_people();
        }
    }

    /// Changes a directory's query, and searches anew.
    pub(super) fn search(&mut self, id: SurfaceId, change: &mut dyn FnMut(&mut DirectoryView)) {
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        change(Rc::make_mut(&mut surface.directory));
        Rc::make_mut(&mut surface.directory).search(&self.state.directory);
        // Writing the address at every letter would cost more than the search.
        let deep_link = surface.settings.deep_link;
        if (deep_link || self.searches_there())
            && !std::mem::replace(&mut self.affairs.addressing, true)
        {
            self.after(ADDRESS_PAUSE, Action::ShowAddress(id));
        }
    }

    /// Shows a directory's search in the page's address.
    pub(super) fn show_address(&mut self, id: SurfaceId) {
        self.affairs.addressing = false;
        let Some(surface) = self.state.surfaces.get(&id) else {
            return;
        };
        let Filters {
            skills,
            teams,
            places,
            presence: _,
        } = &surface.directory.query.filters;
        let words = surface.directory.query.text.clone();
        let pairs = vec![
            ("q", surface.directory.query.text.clone()),
            ("skill", skills.join(",")),
            ("team", teams.join(",")),
            ("place", places.join(",")),
        ];
        if surface.settings.deep_link {
            self.commands.push(Command::Address { surface: id, pairs });
        }
        self.search_there(&words);
    }

    pub(super) fn read_address(&mut self, id: SurfaceId, pairs: &[(String, String)]) {
        let query = {
            let mut view = DirectoryView::default();
            for (name, value) in pairs {
                let each = value.split(',').map(str::trim).filter(|v| !v.is_empty());
                match name.as_str() {
                    "q" => view.query.text.clone_from(value),
                    "skill" => each.for_each(|v| view.choose(FacetValue::Skill(v.into()), true)),
                    "team" => each.for_each(|v| view.choose(FacetValue::Team(v.into()), true)),
                    "place" => each.for_each(|v| view.choose(FacetValue::Place(v.into()), true)),
                    _ => {}
                }
            }
            view.query
        };
        self.search(id, &mut |view| view.query.clone_from(&query));
    }

    pub(super) fn refresh_results(&mut self, id: SurfaceId) {
        let generation = self.state.directory.generation;
        let Some(surface) = self.state.surfaces.get_mut(&id) else {
            return;
        };
        if surface.directory.results.is_none() || surface.directory.generation != generation {
            Rc::make_mut(&mut surface.directory).search(&self.state.directory);
        }
    }

    /// A search by the page's script; answered once everybody is here.
    pub(super) fn find(&mut self, id: u32, text: String, limit: usize) {
        self.want_people();
        self.search_there(&text);
        self.affairs.finds.push((id, text, limit.min(1_000)));
        if matches!(
            self.state.directory.loading,
            Loading::Complete | Loading::Cut | Loading::Failed(_)
        ) {
            self.answer_finds();
        }
    }

    fn answer_finds(&mut self) {
        for (id, text, limit) in std::mem::take(&mut self.affairs.finds) {
            let index = &self.state.directory.index;
            let result = match &self.state.directory.loading {
                Loading::Failed(error) if index.is_empty() => {
                    Err(super::error_words(&self.state.config.language, error))
                }
                _ => {
                    let query = Query {
                        text,
                        filters: Filters::default(),
                    };
                    let results = index.search(&query);
                    let mut people = Vec::new();
                    for hit in results.hits.iter().take(limit) {
                        if let Some(person) = index.people().get(hit.person as usize) {
                            let matches = index.explain(&query, hit.person);
                            let language = &self.state.config.language;
                            let why = match_words(language, person, &matches);
                            people.push(super::page_person(person, &why));
                        }
                    }
                    Ok(Value::Array(people))
                }
            };
            self.commands.push(Command::Found { id, result });
        }
    }

    /// A colleague's card was opened: the page may want to know.
    pub(super) fn person_selected(&mut self, id: SurfaceId, person: &PersonId) {
        let detail = match self.state.person(person) {
            Some(person) => super::page_person(person, &[]),
            None => object(vec![("id", string(person.as_str()))]),
        };
        self.commands.push(Command::Emit {
            surface: id,
            name: "entraide-person-selected",
            detail: object(vec![("person", detail)]),
        });
    }
}
