//! Questions like this one that were answered before, each with its helper's name: the quickest
//! help, and the credit stays with who gave it.

use super::attribute::Attribute as A;
use super::context::Context;
use super::element::{Element, button, element, group, p, span};
use crate::i18n::{Message as M, ago};
use crate::model::Request;
use crate::store::{AskForm, View};

/// How many are shown.
const SHOWN: usize = 3;

/// The list; nothing where nothing is alike.
pub(super) fn list(context: &Context, form: &AskForm) -> Option<Element> {
    let mut entries = group();
    for request in form.similar.iter().take(SHOWN) {
        entries = entries.child(entry(context, request));
    }
    let heading = p("sub")
        .is(A::Role, "status")
        .say(context, M::SimilarHeading);
    let section = element("section", "similar").label(context, M::SimilarHeading);
    (!form.similar.is_empty()).then(|| section.child(heading).child(entries))
}

fn entry(context: &Context, request: &Request) -> Element {
    let answer = request.accepted().or(request.answers.first());
    let by = answer.map(|answer| {
        let when = answer.created.or(request.created);
        let when = when
            .map(|t| ago(context.language(), t, context.state.now))
            .unwrap_or_default();
        let values = [("name", &*answer.author.name), ("when", &when)];
        span("muted")
            .sign(" ")
            .text(&context.fill(M::SimilarBy, &values))
    });
    let view = View::Thread(request.id.clone());
    let open = context.state.shows(&view).then(|| {
        let open = button("quiet small").go(context, view);
        open.say(context, M::SimilarOpen)
    });
    let summary = element("summary", "")
        .child(span("strong").text(&request.question))
        .maybe(by);
    element("details", "")
        .key(request.id.as_str())
        .child(summary)
        .maybe(answer.map(|answer| p("prose short").text(&answer.text)))
        .maybe(open)
}
