//! What every screen is given: the state, which element it is in, and how to act.

use crate::i18n::{Language, Message};
use crate::store::{Action, AskEdit, State, Surface, SurfaceId, View};
use std::rc::Rc;
use yew::prelude::*;

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
    pub(super) fn text(&self, message: Message) -> String {
        self.language().text(message).to_owned()
    }

    /// A text with values.
    pub(super) fn fill(&self, message: Message, values: &[(&str, &str)]) -> String {
        self.language().fill(message, values)
    }

    /// A handler that lets an action happen, whatever the event.
    pub(super) fn on<E: 'static>(&self, action: Action) -> Callback<E> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| dispatch.emit(action.clone()))
    }

    /// A handler that shows a view.
    pub(super) fn on_go(&self, view: View) -> Callback<MouseEvent> {
        self.on(Action::Go { surface: self.surface, view })
    }

    /// A handler that edits the ask form.
    pub(super) fn on_ask(&self, edit: AskEdit) -> Callback<MouseEvent> {
        self.on(Action::Ask { surface: self.surface, edit })
    }
}

/// Properties of a component that needs nothing but the context.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct ContextProps {
    /// What every screen is given.
    pub context: Context,
}
