//! Text fields: label, hint, error and counter tied together for a screen reader.

use super::attribute::Attribute as A;
use super::context::Context;
use super::element::{Element, div, element, p, span};
use super::listener::{When, Words};
use crate::i18n::Message as M;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

/// The text that an input event left in its field. Yew listens at its root, so the field is
/// found by the event's target.
pub(super) fn typed(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    target
        .dyn_ref::<HtmlInputElement>()
        .map(HtmlInputElement::value)
        .unwrap_or_default()
}

/// How a field is described.
pub(super) struct Described {
    /// Unique within the widget's element.
    pub id: &'static str,
    /// The label.
    pub label: M,
    /// Whether it may stay empty.
    pub optional: bool,
    /// Under the label.
    pub hint: Option<M>,
    /// What is wrong, if anything.
    pub error: Option<M>,
    /// Lines at least.
    pub rows: &'static str,
    /// Whether a new view's focus goes here.
    pub focus: bool,
    /// Most characters.
    pub max: usize,
    /// How few characters may be left before it is said how many; 0 for never.
    pub warn: usize,
}

/// "· optional", behind a label that says so.
pub(super) fn optional(context: &Context) -> Element {
    span("muted").sign(" · ").say(context, M::Optional)
}

/// A field of one or more lines that grows with its text.
pub(super) fn area(context: &Context, described: &Described, value: &str, words: Words) -> Element {
    let id = described.id;
    let hint_id = [id, "-hint"].concat();
    let error_id = [id, "-error"].concat();
    let by = match (described.error, described.hint) {
        (Some(_), Some(_)) => [&error_id, " ", &hint_id].concat(),
        (Some(_), None) => error_id.clone(),
        (None, _) => hint_id.clone(),
    };
    let mut area = element("textarea", "")
        .id(id)
        .is(A::Rows, described.rows)
        .number(A::MaxLength, described.max)
        .value(value)
        .on(When::Input, words.then(context));
    if described.focus {
        area = area.focus_here();
    }
    if described.error.is_some() {
        area = area.is(A::AriaInvalid, "true");
    }
    if described.error.is_some() || described.hint.is_some() {
        area = area.set(A::AriaDescribedBy, &by);
    }
    let left = described.max.saturating_sub(value.chars().count());
    let label = element("label", "")
        .is(A::For, id)
        .say(context, described.label)
        .maybe(described.optional.then(|| optional(context)));
    div("field")
        .part("field")
        .child(label)
        .maybe(
            described
                .hint
                .map(|hint| p("hint").set(A::Id, &hint_id).say(context, hint)),
        )
        .child(
            div("grow")
                .set(A::DataText, &[value, " "].concat())
                .child(area),
        )
        .maybe((left < described.warn).then(|| {
            let left = left.to_string();
            p("hint")
                .is(A::Role, "status")
                .say_with(context, M::CharactersLeft, "n", &left)
        }))
        .maybe(described.error.map(|error| {
            p("error")
                .set(A::Id, &error_id)
                .is(A::Role, "alert")
                .say(context, error)
        }))
}
