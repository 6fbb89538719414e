//! A surface is one element in the page: what it shows now, and what was written into it.

use super::ask::AskForm;
use super::directory::DirectoryView;
use crate::model::{PersonId, RequestId};
use std::rc::Rc;

/// Numbers a surface; given by the embedding, never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SurfaceId(pub u32);

/// Which element a surface is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceKind {
    /// The panel of `<entraide-launcher>`.
    Panel,
    /// `<entraide-ask>`.
    Ask,
    /// `<entraide-directory>`.
    Directory,
    /// `<entraide-person>`.
    Person,
    /// `<entraide-inbox>`.
    Inbox,
}

/// What a surface shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum View {
    /// The form for a question.
    Ask,
    /// The expertise directory.
    Directory,
    /// One colleague.
    Person(PersonId),
    /// One request with its thread.
    Thread(RequestId),
    /// A post on its way (its key), until the backend has named the request.
    Posted(String),
    /// "My questions".
    Mine,
    /// "Where you can help".
    Inbox,
}

/// A field outside of the ask form that keeps what is written into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The answer to a request.
    Answer(RequestId),
    /// The word that goes with thanks in a request.
    ThanksNote(RequestId),
}

/// One element in the page.
#[derive(Debug, Clone)]
pub struct Surface {
    /// Its number.
    pub id: SurfaceId,
    /// Which element.
    pub kind: SurfaceKind,
    /// What it shows.
    pub view: View,
    /// What it showed before, oldest first.
    pub trail: Vec<View>,
    /// Whether it can be seen: an open panel, or an element in the page.
    pub open: bool,
    /// The form for a question.
    pub ask: Rc<AskForm>,
    /// The directory's search.
    pub directory: Rc<DirectoryView>,
    /// What `<entraide-directory page-size>` and the like say.
    pub settings: Settings,
}

/// Attributes that change how a surface behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Show the search in the page's address.
    pub deep_link: bool,
    /// How many rows a directory is high, where the page owner says so.
    pub page_size: Option<u16>,
}

/// How many views "back" goes back at most.
const TRAIL: usize = 20;

impl Surface {
    /// A surface that shows what its element is for.
    #[must_use]
    pub fn new(id: SurfaceId, kind: SurfaceKind, ask: AskForm) -> Self {
        let view = match kind {
            SurfaceKind::Panel | SurfaceKind::Ask => View::Ask,
            // The person arrives with the `person` attribute.
            SurfaceKind::Directory | SurfaceKind::Person => View::Directory,
            SurfaceKind::Inbox => View::Inbox,
        };
        Self {
            id,
            kind,
            view,
            trail: Vec::new(),
            open: kind != SurfaceKind::Panel,
            ask: Rc::new(ask),
            directory: Rc::new(DirectoryView::default()),
            settings: Settings::default(),
        }
    }

    /// Shows a view; the present one is kept for "back".
    pub fn go(&mut self, view: View) {
        if view == self.view {
            return;
        }
        // Tabs are places, not steps: going to one that is in the trail cuts the trail there.
        if let Some(at) = self.trail.iter().position(|v| *v == view) {
            self.trail.truncate(at);
            self.view = view;
            return;
        }
        let before = std::mem::replace(&mut self.view, view);
        // A post on its way turns into its thread; nobody goes back to it.
        if !matches!(before, View::Posted(_)) {
            self.trail.push(before);
        }
        if self.trail.len() > TRAIL {
            self.trail.remove(0);
        }
    }

    /// Shows the view before; whether there was one.
    pub fn back(&mut self) -> bool {
        match self.trail.pop() {
            Some(view) => {
                self.view = view;
                true
            }
            None => false,
        }
    }
}
