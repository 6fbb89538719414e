//! Elements of a screen, put together by plain function calls.
//!
//! `html!` writes the making of every element and every attribute out in full, which a widget
//! that must be small cannot afford: here each step is a call of one function that exists
//! once, on a box of which only the pointer is passed along. A screen reads from the outside in:
//!
//! ```text
//! div("row").child(button("quiet").say(context, M::Back).act(context, Deed::Back))
//! ```
//!
//! Where something may be missing, [`Element::maybe`] keeps its place, so that what stands
//! behind it is recognised as the same in the next drawing and keeps its focus.

use super::attribute::{Attribute, NAMES};
use super::context::Context;
use super::deed::Deed;
use super::listener::{On, Then, When};
use super::local::{Here, Signal};
use crate::i18n::Message;
use crate::store::{AskEdit, View};
use std::rc::Rc;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, VList, VNode, VTag, VText};
use yew::{AttrValue, Html, NodeRef};

/// An element that is being put together.
pub(super) struct Element(Box<Parts>);

struct Parts {
    /// Empty: a group without an element of its own.
    name: &'static str,
    attributes: Vec<Option<AttributeOrProperty>>,
    listeners: Vec<Option<Rc<dyn Listener>>>,
    children: Vec<VNode>,
    key: Option<Key>,
    node: NodeRef,
    value: Option<AttrValue>,
    checked: Option<bool>,
}

/// An element of this name and class; no class where it is empty.
#[inline(never)]
pub(super) fn element(name: &'static str, class: &'static str) -> Element {
    let element = Element(Box::new(Parts {
        name,
        attributes: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
        key: None,
        node: NodeRef::default(),
        value: None,
        checked: None,
    }));
    if class.is_empty() {
        element
    } else {
        element.is(Attribute::Class, class)
    }
}

/// Elements side by side, with none around them.
#[inline(never)]
pub(super) fn group() -> Element {
    element("", "")
}

/// A `div`.
#[inline(never)]
pub(super) fn div(class: &'static str) -> Element {
    element("div", class)
}

/// A `span`.
#[inline(never)]
pub(super) fn span(class: &'static str) -> Element {
    element("span", class)
}

/// A paragraph.
#[inline(never)]
pub(super) fn p(class: &'static str) -> Element {
    element("p", class)
}

/// A list's item, which keeps its element as long as its key.
#[inline(never)]
pub(super) fn item(key: &str) -> Element {
    element("li", "").key(key)
}

/// A button that submits nothing.
#[inline(never)]
pub(super) fn button(class: &'static str) -> Element {
    element("button", class).is(Attribute::Type, "button")
}

impl Element {
    #[inline(never)]
    fn put(mut self, attribute: Attribute, value: AttributeOrProperty) -> Self {
        let (at, values) = (attribute as usize, &mut self.0.attributes);
        while values.len() <= at {
            values.push(None);
        }
        if let Some(slot) = values.get_mut(at) {
            *slot = Some(value);
        }
        self
    }

    #[inline(never)]
    fn push(mut self, child: VNode) -> Self {
        self.0.children.push(child);
        self
    }

    /// An attribute with a value that is always the same.
    #[inline(never)]
    pub(super) fn is(self, attribute: Attribute, value: &'static str) -> Self {
        self.put(attribute, AttributeOrProperty::Static(value))
    }

    /// An attribute with a value.
    #[inline(never)]
    pub(super) fn set(self, attribute: Attribute, value: &str) -> Self {
        self.put(
            attribute,
            AttributeOrProperty::Attribute(AttrValue::Rc(value.into())),
        )
    }

    /// An attribute with a number.
    #[inline(never)]
    pub(super) fn number(self, attribute: Attribute, value: usize) -> Self {
        self.set(attribute, &value.to_string())
    }

    /// An attribute that is there (with its own name as its value) or not.
    #[inline(never)]
    pub(super) fn flag(self, attribute: Attribute, on: bool) -> Self {
        let name = NAMES.get(attribute as usize).copied().unwrap_or_default();
        if on { self.is(attribute, name) } else { self }
    }

    /// An attribute that says `true` or `false`, as those of ARIA do.
    #[inline(never)]
    pub(super) fn truth(self, attribute: Attribute, on: bool) -> Self {
        self.is(attribute, if on { "true" } else { "false" })
    }

    /// The id, unique within the widget's element.
    #[inline(never)]
    pub(super) fn id(self, id: &'static str) -> Self {
        self.is(Attribute::Id, id)
    }

    /// The part, by which a page's style sheet reaches it.
    #[inline(never)]
    pub(super) fn part(self, part: &'static str) -> Self {
        self.is(Attribute::Part, part)
    }

    /// Hidden from screen readers.
    #[inline(never)]
    pub(super) fn decorative(self) -> Self {
        self.is(Attribute::AriaHidden, "true")
    }

    /// A new view's focus goes here.
    #[inline(never)]
    pub(super) fn focus_here(self) -> Self {
        self.is(Attribute::DataFocus, "")
    }

    /// The accessible name.
    #[inline(never)]
    pub(super) fn label(self, context: &Context, message: Message) -> Self {
        self.set(Attribute::AriaLabel, context.text(message))
    }

    /// The accessible name, with a value put in.
    #[inline(never)]
    pub(super) fn label_with(
        self,
        context: &Context,
        message: Message,
        name: &str,
        value: &str,
    ) -> Self {
        self.set(
            Attribute::AriaLabel,
            &context.fill(message, &[(name, value)]),
        )
    }

    /// What the element is recognised by in the next drawing.
    #[inline(never)]
    pub(super) fn key(mut self, key: &str) -> Self {
        self.0.key = Some(Key::from(key));
        self
    }

    /// Where the real element is to be found after drawing.
    #[inline(never)]
    pub(super) fn found_by(mut self, node: &NodeRef) -> Self {
        self.0.node = node.clone();
        self
    }

    /// What stands in a text field.
    #[inline(never)]
    pub(super) fn value(mut self, value: &str) -> Self {
        self.0.value = Some(AttrValue::Rc(value.into()));
        self
    }

    /// Whether a box is ticked.
    #[inline(never)]
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.checked = Some(checked);
        self
    }

    /// Characters that are no words of a language, such as a dot between two things.
    #[inline(never)]
    pub(super) fn sign(self, sign: &'static str) -> Self {
        self.push(VNode::VText(VText {
            text: AttrValue::Static(sign),
        }))
    }

    /// A text.
    #[inline(never)]
    pub(super) fn text(self, text: &str) -> Self {
        self.push(VNode::VText(VText {
            text: AttrValue::Rc(text.into()),
        }))
    }

    /// A text in the language of the screens.
    #[inline(never)]
    pub(super) fn say(self, context: &Context, message: Message) -> Self {
        self.text(context.text(message))
    }

    /// A text in the language of the screens, with a value put in.
    #[inline(never)]
    pub(super) fn say_with(
        self,
        context: &Context,
        message: Message,
        name: &str,
        value: &str,
    ) -> Self {
        self.text(&context.fill(message, &[(name, value)]))
    }

    /// An element inside, after those before.
    #[inline(never)]
    pub(super) fn child(self, child: Element) -> Self {
        self.push(child.into_html())
    }

    /// An element inside, or an empty place for it.
    #[inline(never)]
    pub(super) fn maybe(self, child: Option<Element>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self.push(VNode::default()),
        }
    }

    /// A component inside.
    #[inline(never)]
    pub(super) fn component(self, component: Html) -> Self {
        self.push(component)
    }

    /// What follows from an event.
    #[inline(never)]
    pub(super) fn on(mut self, when: When, then: Then) -> Self {
        self.0.listeners.push(Some(Rc::new(On { when, then })));
        self
    }

    /// A part of the screen that remembers something hears of an event.
    #[inline(never)]
    pub(super) fn tell(self, here: &Here, when: When, signal: Signal) -> Self {
        self.on(when, Then::Tell(here.clone(), signal))
    }

    /// What a click does. Two of them happen one after the other.
    #[inline(never)]
    pub(super) fn act(self, context: &Context, deed: Deed) -> Self {
        self.on(When::Click, context.then(deed))
    }

    /// A click shows a view.
    #[inline(never)]
    pub(super) fn go(self, context: &Context, view: View) -> Self {
        self.act(context, Deed::Go(view))
    }

    /// A click edits the ask form.
    #[inline(never)]
    pub(super) fn ask(self, context: &Context, edit: AskEdit) -> Self {
        self.act(context, Deed::Ask(edit))
    }

    /// What Yew draws.
    #[inline(never)]
    pub(super) fn into_html(self) -> Html {
        let parts = *self.0;
        let mut children = VList::from(parts.children);
        if parts.name.is_empty() {
            children.key = parts.key;
            return VNode::from(children);
        }
        let mut tag = VTag::new(parts.name);
        tag.key = parts.key;
        tag.node_ref = parts.node;
        if let Some(keys) = NAMES.get(..parts.attributes.len()) {
            tag.set_attributes(Attributes::Dynamic {
                keys,
                values: parts.attributes.into(),
            });
        }
        if !parts.listeners.is_empty() {
            tag.set_listeners(parts.listeners.into());
        }
        if let Some(value) = parts.value {
            tag.set_value(value);
        }
        if let Some(checked) = parts.checked {
            tag.set_checked(checked);
        }
        if let Some(inside) = tag.children_mut() {
            *inside = VNode::from(children);
        }
        VNode::from(tag)
    }
}
