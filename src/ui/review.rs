//! One last look before sending: to whom it goes and who will see it, in one sentence.

use super::ask::name_of;
use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, item, p, span};
use super::icon;
use crate::i18n::Message as M;
use crate::model::Visibility;
use crate::store::{AskEdit, AskForm};

/// The names of skills, to be read.
pub(super) fn skills(names: &[String]) -> Option<Element> {
    let mut chips = element("ul", "chips");
    for name in names {
        chips = chips.child(item(name).child(span("chip").part("skill").text(name)));
    }
    (!names.is_empty()).then_some(chips)
}

/// A text of one's own, its lines kept; nothing where it is empty.
pub(super) fn prose(text: &str) -> Option<Element> {
    (!text.is_empty()).then(|| p("prose").text(text))
}

/// The last look; nothing while there is no question.
pub(super) fn screen(context: &Context, form: &AskForm) -> Element {
    let section = element("section", "review");
    let Some(request) = form.draft.to_request() else {
        return section;
    };
    let mut names = Vec::new();
    for person in &request.to {
        names.push(name_of(context, person).to_owned());
    }
    let names = context.language().list(&names);
    let private = request.visibility == Visibility::Private;
    let goes = match (private, request.to.is_empty()) {
        (true, _) => M::GoesToPrivate,
        (false, true) => M::GoesToAll,
        (false, false) => M::GoesTo,
    };
    let page = request.context.as_ref().map(|page| {
        p("muted")
            .icon(icon::LINK)
            .say_with(context, M::FromPage, "title", &page.title)
    });
    let letter = div("letter")
        .child(p("question").text(&request.question))
        .maybe(prose(&request.details))
        .maybe(skills(&request.skills))
        .maybe(page);
    let goes = p("goes")
        .icon(if private { icon::LOCK } else { icon::PEOPLE })
        .child(span("").say_with(context, goes, "names", &names));
    let send = button("button primary")
        .part("button")
        .focus_here()
        .act(context, Deed::Post)
        .say(context, M::Send);
    let change = button("button")
        .part("button")
        .ask(context, AskEdit::Review(false))
        .say(context, M::ChangeIt);
    section
        .child(
            element("h3", "")
                .is(A::TabIndex, "-1")
                .say(context, M::ReviewHeading),
        )
        .child(letter)
        .child(goes)
        .child(div("row end").child(send).child(change))
}
