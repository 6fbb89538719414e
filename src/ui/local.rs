//! The one component beside the root: a part of a screen that remembers something no other
//! screen needs, such as where a list is scrolled to or which small form is open.
//!
//! Every component costs some kilobytes of Yew's machinery, so all such parts share this one
//! and its memory, of which each uses what it needs. Its own key keeps each part's memory
//! apart; it is forgotten when the part leaves the screen.

use super::context::Context;
use super::element::Element;
use super::facets;
use super::people_list::{self, Sight};
use super::picker::{self, Picker};
use super::thread_forms::{self, PassForm, ThankForm};
use crate::i18n::Message;
use crate::search::Query;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Event;
use yew::html::Scope;
use yew::virtual_dom::{Key, VChild};
use yew::{Component, Html, NodeRef, Properties};

/// Which part of a screen it is.
#[derive(Clone)]
pub(super) enum Piece {
    /// The list of colleagues.
    People,
    /// The facets of the directory.
    Facets,
    /// Choosing from many by typing.
    Picker(Picker),
    /// Thanks.
    Thank(ThankForm),
    /// Passing a request on.
    Pass(PassForm),
}

/// What is remembered.
#[derive(Default)]
pub(super) struct Memory {
    /// Whether it is unfolded.
    pub open: Cell<bool>,
    /// What is typed or chosen.
    pub text: RefCell<String>,
    /// The row or option that the keyboard is at.
    pub at: Cell<Option<usize>>,
    /// The facet of which all values are shown.
    pub whole: Cell<Option<Message>>,
    /// The part of a list that is in sight.
    pub sight: Cell<Sight>,
    /// The search that was drawn last.
    pub query: RefCell<Query>,
    /// The element of the list.
    pub list: NodeRef,
}

impl Memory {
    /// What is typed or chosen.
    pub(super) fn words(&self) -> String {
        self.text.borrow().clone()
    }
}

/// What a part hears of.
pub(super) enum Signal {
    /// Unfold or fold.
    Toggle,
    /// Words were typed, or another option of a `select` was chosen.
    Input,
    /// A key was pressed.
    Key,
    /// The focus came.
    Focus,
    /// The focus went.
    Blur,
    /// The list was scrolled.
    Scroll,
    /// This choice was taken.
    Take(String),
    /// All values of this facet, or few again.
    Whole(Message),
    /// The form is to be sent.
    Submit,
}

/// What a part is given to draw itself and to hear.
#[derive(Clone)]
pub(super) struct Here {
    /// What every screen is given.
    pub context: Context,
    /// Which part it is.
    pub piece: Piece,
    /// What it remembers.
    pub memory: Rc<Memory>,
    link: Scope<Local>,
}

impl Here {
    /// Tells the part, which draws itself anew where something changed.
    pub(super) fn hear(&self, signal: &Signal, event: &Event) {
        let changed = match &self.piece {
            Piece::People => people_list::hear(self, signal, event),
            Piece::Facets => facets::hear(self, signal),
            Piece::Picker(picker) => picker::hear(self, picker, signal, event),
            Piece::Thank(form) => thread_forms::hear_thank(self, form, signal, event),
            Piece::Pass(_) => self.toggle(),
        };
        if changed {
            self.link.send_message(());
        }
    }

    /// Unfolds or folds.
    pub(super) fn toggle(&self) -> bool {
        self.memory.open.set(!self.memory.open.get());
        true
    }
}

/// Properties of [`Local`].
#[derive(Properties)]
pub(super) struct LocalProps {
    context: Context,
    piece: Piece,
}

impl PartialEq for LocalProps {
    /// What a part is about follows from the state; where that is the same, so is the part.
    fn eq(&self, other: &Self) -> bool {
        self.context == other.context
    }
}

/// A part of a screen that remembers something.
pub(super) struct Local {
    memory: Rc<Memory>,
}

/// The part, recognised by its key.
#[inline(never)]
pub(super) fn local(context: &Context, key: &str, piece: Piece) -> Html {
    let props = LocalProps {
        context: context.clone(),
        piece,
    };
    VChild::<Local>::new(props, Some(Key::from(key))).into()
}

fn here(component: &Local, yew: &yew::Context<Local>) -> Here {
    Here {
        context: yew.props().context.clone(),
        piece: yew.props().piece.clone(),
        memory: Rc::clone(&component.memory),
        link: yew.link().clone(),
    }
}

impl Component for Local {
    type Message = ();
    type Properties = LocalProps;

    fn create(yew: &yew::Context<Self>) -> Self {
        let memory = Memory::default();
        match &yew.props().piece {
            Piece::Picker(_) => memory.open.set(true),
            Piece::Thank(form) => *memory.text.borrow_mut() = form.first_skill(),
            _ => {}
        }
        Self {
            memory: Rc::new(memory),
        }
    }

    fn view(&self, yew: &yew::Context<Self>) -> Html {
        let here = here(self, yew);
        let drawn: Option<Element> = match &here.piece {
            Piece::People => people_list::draw(&here),
            Piece::Facets => facets::draw(&here),
            Piece::Picker(picker) => Some(picker::draw(&here, picker)),
            Piece::Thank(form) => Some(thread_forms::draw_thank(&here, form)),
            Piece::Pass(form) => Some(thread_forms::draw_pass(&here, form)),
        };
        drawn.map(Element::into_html).unwrap_or_default()
    }

    fn rendered(&mut self, yew: &yew::Context<Self>, _first: bool) {
        if matches!(yew.props().piece, Piece::People) && people_list::drawn(&here(self, yew)) {
            yew.link().send_message(());
        }
    }
}
