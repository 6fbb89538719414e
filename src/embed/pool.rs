//! Places where Yew draws, used again and again.
//!
//! Each mount and destroy of a Yew app leaves a node, six listeners and some memory behind, so
//! nothing is ever destroyed: a place whose element left the page is taken out, draws nothing,
//! and moves into the next element that comes.

use super::runtime;
use crate::store::{Action, State, SurfaceId};
use crate::ui::{Root, RootProps};
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{Document, Element};
use yew::{AppHandle, Callback};

/// One place: the box that moves, what Yew draws into, and the live region beside it.
pub(super) struct Place {
    /// What is put into an element.
    whole: Element,
    /// Says things to screen readers; Yew does not know it.
    live: Element,
    app: AppHandle<Root>,
}

thread_local! {
    static IDLE: RefCell<Vec<Place>> = RefCell::default();
    static DISPATCH: Callback<Action> = Callback::from(runtime::dispatch);
}

fn props(state: Rc<State>, surface: Option<SurfaceId>) -> RootProps {
    RootProps {
        state,
        surface,
        dispatch: DISPATCH.with(Clone::clone),
    }
}

fn part(document: &Document, class: &str) -> Option<Element> {
    let element = document.create_element("div").ok()?;
    element.set_class_name(class);
    Some(element)
}

impl Place {
    /// A place in `mount`; `blank` is what it draws from until it is shown something.
    pub(super) fn take(mount: &Element, blank: Rc<State>) -> Option<Self> {
        let place = match IDLE.with_borrow_mut(Vec::pop) {
            Some(place) => place,
            None => Self::make(&mount.owner_document()?, blank)?,
        };
        mount.append_child(&place.whole).ok()?;
        Some(place)
    }

    fn make(document: &Document, blank: Rc<State>) -> Option<Self> {
        let whole = part(document, "place")?;
        let root = part(document, "root")?;
        let live = part(document, "sr")?;
        live.set_attribute("aria-live", "polite").ok()?;
        whole.append_child(&root).ok()?;
        whole.append_child(&live).ok()?;
        let app = yew::Renderer::<Root>::with_root_and_props(root, props(blank, None)).render();
        Some(Self { whole, live, app })
    }

    /// Draws the state, as this surface shows it, before the browser paints.
    pub(super) fn draw(&mut self, state: Rc<State>, surface: SurfaceId) {
        self.app.update(props(state, Some(surface)));
    }

    /// The element that everything is in.
    pub(super) fn whole(&self) -> &Element {
        &self.whole
    }

    /// Says something to screen readers, also when it is the same as before.
    pub(super) fn announce(&self, text: &str) {
        let same = self.live.text_content().as_deref() == Some(text);
        let text = if same {
            format!("{text}\u{A0}")
        } else {
            text.to_owned()
        };
        self.live.set_text_content(Some(&text));
    }

    /// Takes it out of its element, to be used again.
    pub(super) fn leave(mut self, blank: Rc<State>) {
        self.whole.remove();
        self.live.set_text_content(None);
        self.app.update(props(blank, None));
        IDLE.with_borrow_mut(|idle| idle.push(self));
    }
}
