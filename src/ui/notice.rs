//! Loading, empty, broken and offline: the states in which there is nothing else to show, each
//! with what to do next.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, p, span};
use super::icon;
use crate::backend::BackendError;
use crate::i18n::Message as M;
use crate::store::error_words;

/// Quiet shapes where content will be; a screen reader hears that it is loading.
pub(super) fn loading(context: &Context, rows: usize) -> Element {
    let mut out = div("loading")
        .is(A::Role, "status")
        .child(span("sr").say(context, M::Loading));
    for _ in 0..rows {
        let row = div("bone-row").decorative();
        let row = row.child(span("bone round")).child(span("bone long"));
        out = out.child(row.child(span("bone short")));
    }
    out
}

/// Nothing here, kindly.
pub(super) fn empty(heading: &str, hint: &str) -> Element {
    let words = element("slot", "").is(A::Name, "empty");
    let words = words
        .child(p("empty-heading").text(heading))
        .child(p("muted").text(hint));
    div("empty").part("notice").child(words)
}

fn alert(context: &Context, heading: M) -> (Element, Element) {
    let notice = div("notice bad")
        .is(A::Role, "alert")
        .part("notice")
        .icon(icon::WARNING);
    (notice, div("").child(p("strong").say(context, heading)))
}

/// Something broke: what, and a retry.
pub(super) fn broken(context: &Context, error: &BackendError) -> Element {
    let (notice, words) = alert(context, M::ErrHeading);
    let retry = button("button").part("button").say(context, M::TryAgain);
    // What is not there at all will not be there the next time.
    let hopeless = matches!(error, BackendError::Unsupported(_));
    notice.child(
        words
            .child(p("").text(&error_words(context.language(), error)))
            .maybe((!hopeless).then(|| retry.act(context, Deed::Reload))),
    )
}

/// The page owner's mapping cannot be used.
pub(super) fn misconfigured(context: &Context, problem: &str) -> Element {
    let (notice, words) = alert(context, M::ErrMisconfigured);
    notice.child(words.child(p("code").text(problem)))
}

/// There is no network.
pub(super) fn banner(context: &Context) -> Element {
    p("banner")
        .is(A::Role, "status")
        .say(context, M::OfflineBanner)
}
