//! Lists of requests: "my questions" and "where you can help".

use crate::backend::{BackendError, Scope};
use crate::model::{Cursor, RequestId};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListName {
    /// Asked by me.
    Mine,
    /// Where I can help.
    Inbox,
}

impl ListName {
    /// The scope that a backend is asked for.
    #[must_use]
    pub fn scope(self) -> Scope {
        match self {
            Self::Mine => Scope::Mine,
            Self::Inbox => Scope::Inbox,
        }
    }
}

/// How far a list is loaded.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ListState {
    /// Nobody wanted it yet.
    #[default]
    NotAsked,
    /// On its way; what was there before stays to be seen.
    Loading,
    /// Here, as far as `next`.
    Here,
    /// It broke.
    Failed(BackendError),
}

/// A list of requests, which are held once for all lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct List {
    /// Its requests, in the backend's order.
    pub items: Vec<RequestId>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How far it is loaded.
    pub state: ListState,
}
