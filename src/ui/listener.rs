//! What follows from an event, as data: one listener for all of them instead of a closure each.

use super::context::Context;
use super::deed::Deed;
use super::field;
use super::local::{Here, Signal};
use crate::store::{Action, AskEdit, Field, SurfaceId};
use wasm_bindgen_futures::JsFuture;
use web_sys::Event;
use yew::Callback;
use yew::virtual_dom::{Listener, ListenerKind};

/// A listener on an element.
pub(super) struct On {
    /// Which event.
    pub when: When,
    /// What follows.
    pub then: Then,
}

/// The events that the screens listen to.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum When {
    /// `blur`
    Blur,
    /// `change`
    Change,
    /// `click`
    Click,
    /// `focus`
    Focus,
    /// `focusin`
    FocusIn,
    /// `input`
    Input,
    /// `keydown`
    KeyDown,
    /// `mousedown`
    MouseDown,
    /// `scroll`
    Scroll,
    /// `submit`; the form then does not leave the page.
    Submit,
}

/// What follows from an event.
pub(super) enum Then {
    /// A deed.
    Act(Callback<Action>, SurfaceId, Deed),
    /// The words in a field changed.
    Write(Callback<Action>, SurfaceId, Words),
    /// A component that remembers something is told.
    Tell(Here, Signal),
    /// A text goes to the clipboard.
    Copy(String),
}

/// Which words a field holds.
pub(super) enum Words {
    /// The ask form's question.
    Question,
    /// The ask form's details.
    Details,
    /// The directory's search.
    Search,
    /// A field of a thread.
    Field(Field),
}

impl Words {
    /// The words changed.
    pub(super) fn then(self, context: &Context) -> Then {
        Then::Write(context.dispatch.clone(), context.surface, self)
    }

    fn action(&self, surface: SurfaceId, text: String) -> Action {
        match self {
            Self::Question => Action::ask(surface, AskEdit::Question(text)),
            Self::Details => Action::ask(surface, AskEdit::Details(text)),
            Self::Search => Action::Search { surface, text },
            Self::Field(field) => Action::Write {
                field: field.clone(),
                text,
            },
        }
    }
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.when {
            When::Blur => ListenerKind::onblur,
            When::Change => ListenerKind::onchange,
            When::Click => ListenerKind::onclick,
            When::Focus => ListenerKind::onfocus,
            When::FocusIn => ListenerKind::onfocusin,
            When::Input => ListenerKind::oninput,
            When::KeyDown => ListenerKind::onkeydown,
            When::MouseDown => ListenerKind::onmousedown,
            When::Scroll => ListenerKind::onscroll,
            When::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        if self.when == When::Submit {
            event.prevent_default();
        }
        match &self.then {
            Then::Act(dispatch, surface, deed) => dispatch.emit(deed.action(*surface)),
            Then::Write(dispatch, surface, words) => {
                dispatch.emit(words.action(*surface, field::typed(&event)));
            }
            Then::Tell(here, signal) => here.hear(signal, &event),
            Then::Copy(text) => copy(text),
        }
    }

    fn passive(&self) -> bool {
        self.when == When::Scroll
    }
}

/// Copies a text, where the browser and the page allow it.
fn copy(text: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let navigator = window.navigator();
    // Absent on pages without TLS.
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
    if has {
        let promise = navigator.clipboard().write_text(text);
        wasm_bindgen_futures::spawn_local(async move {
            // Refused by the person or the page: the text is still on the screen.
            let _ = JsFuture::from(promise).await;
        });
    }
}
