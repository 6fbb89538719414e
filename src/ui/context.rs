//! What every screen is given: the state, which element it is in, and how to act.

use super::deed::Deed;
use super::listener::Then;
use crate::i18n::{Language, Message};
use crate::store::{Action, State, Surface, SurfaceId};
use std::rc::Rc;
use yew::Callback;

/// What every screen is given.
#[derive(Clone)]
pub(super) struct Context {
    /// The snapshot that is drawn.
    pub state: Rc<State>,
    /// The element.
    pub surface: SurfaceId,
    /// How to act.
    pub dispatch: Callback<Action>,
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.state, &other.state)
            && self.surface == other.surface
            && self.dispatch == other.dispatch
    }
}

impl Context {
    /// What the element shows; absent for a moment while it is taken out of the page.
    pub(super) fn shown(&self) -> Option<&Surface> {
        self.state.surfaces.get(&self.surface)
    }

    /// The language of the screens.
    pub(super) fn language(&self) -> &Language {
        &self.state.config.language
    }

    /// A text.
    pub(super) fn text(&self, message: Message) -> &str {
        self.language().text(message)
    }

    /// A text with values.
    pub(super) fn fill(&self, message: Message, values: &[(&str, &str)]) -> String {
        self.language().fill(message, values)
    }

    /// What follows from an event: a deed.
    pub(super) fn then(&self, deed: Deed) -> Then {
        Then::Act(self.dispatch.clone(), self.surface, deed)
    }
}
