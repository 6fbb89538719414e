//! The expertise directory: everybody, and what one element's search shows of them.
//!
//! The people are held once for all elements, as an index that grows while their pages arrive;
//! each element has its own words, filters and results.

use super::action::FacetValue;
use crate::backend::BackendError;
use crate::search::{Filters, Index, Query, Results};
use std::rc::Rc;

/// How far the colleagues are loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Loading {
    /// Nobody wanted them yet.
    #[default]
    NotAsked,
    /// Pages are arriving.
    Arriving {
        /// How many there are in all, where the backend says so.
        total: Option<u64>,
    },
    /// All are here.
    Complete,
    /// No more are read, though the backend says that there are more (see
    /// [`Course`](crate::backend::Course)).
    Cut,
    /// It broke; those who are here can be searched.
    Failed(BackendError),
}

/// Everybody.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The index; replaced as a whole when pages arrive, so that a drawing keeps its own.
    pub index: Rc<Index>,
    /// Counts the changes of the index; results of another generation are stale.
    pub generation: u32,
    /// How far it is loaded.
    pub loading: Loading,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            index: Rc::new(Index::build(Vec::new())),
            generation: 0,
            loading: Loading::default(),
        }
    }
}

/// What one element shows of the directory.
#[derive(Debug, Clone, Default)]
pub struct DirectoryView {
    /// The words and filters.
    pub query: Query,
    /// Who was found; `None` before the first search.
    pub results: Option<Rc<Results>>,
    /// Of which generation of the index.
    pub generation: u32,
}

impl DirectoryView {
    /// Searches anew.
    pub fn search(&mut self, directory: &Directory) {
        self.results = Some(Rc::new(directory.index.search(&self.query)));
        self.generation = directory.generation;
    }

    /// Chooses a facet's value, or lets it go.
    pub fn choose(&mut self, value: FacetValue, on: bool) {
        fn put<T: PartialEq>(list: &mut Vec<T>, value: T, on: bool) {
            list.retain(|v| *v != value);
            if on {
                list.push(value);
            }
        }
        let filters = &mut self.query.filters;
        match value {
            FacetValue::Skill(v) => put(&mut filters.skills, v, on),
            FacetValue::Team(v) => put(&mut filters.teams, v, on),
            FacetValue::Place(v) => put(&mut filters.places, v, on),
            FacetValue::Presence(v) => put(&mut filters.presence, v, on),
        }
    }

    /// How many facet values are chosen.
    #[must_use]
    pub fn chosen(&self) -> usize {
        let Filters {
            skills,
            teams,
            places,
            presence,
        } = &self.query.filters;
        skills.len() + teams.len() + places.len() + presence.len()
    }
}
