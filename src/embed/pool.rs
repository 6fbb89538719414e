//! Places where Yew draws, used again and again by the loader (`loader/places.js`): a place whose
//! element left the page draws nothing until it is in another.

use super::runtime;
use crate::store::{Action, State, SurfaceId};
use crate::ui::{Root, RootProps};
use std::rc::Rc;
use web_sys::Element;
use yew::{AppHandle, Callback};

/// One place.
pub(super) struct Place {
    app: AppHandle<Root>,
    /// What it shows; none while it waits.
    pub(super) surface: Option<SurfaceId>,
}

thread_local! {
    static DISPATCH: Callback<Action> = Callback::from(runtime::dispatch);
}

fn props(state: &Rc<State>, surface: Option<SurfaceId>) -> RootProps {
    RootProps {
        state: Rc::clone(state),
        surface,
        dispatch: DISPATCH.with(Clone::clone),
    }
}

impl Place {
    /// A new place in this element. It draws from `blank` until it is shown something.
    pub(super) fn new(root: Element, blank: &Rc<State>) -> Self {
        let renderer = yew::Renderer::with_root_and_props(root, props(blank, None));
        Self {
            app: renderer.render(),
            surface: None,
        }
    }

    /// Draws the state, as its surface shows it, before the browser paints.
    pub(super) fn draw(&mut self, state: &Rc<State>) {
        self.app.update(props(state, self.surface));
    }
}
