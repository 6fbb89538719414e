//! The answers of a thread, with "this solved it" and thanks for its asker.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, item, p, span};
use super::thread::is_mine;
use super::thread_forms::ThankForm;
use super::{avatar, icon};
use crate::i18n::{Message as M, ago};
use crate::model::{Answer, PersonRef, Request, Thanks};
use std::rc::Rc;

/// The answers, oldest first.
pub(super) fn list(context: &Context, request: &Rc<Request>, whole: bool) -> Option<Element> {
    if request.answers.is_empty() {
        return none(context, request, whole);
    }
    let (mut answers, mut thanks) = (element("ol", ""), group());
    for answer in &request.answers {
        answers = answers.child(one(context, request, answer));
    }
    for given in &request.thanks {
        thanks = thanks.child(line_of_thanks(context, given));
    }
    let count = request.answers.len() as u64;
    let heading = context
        .language()
        .count(M::AnswersOne, M::AnswersOther, count);
    let section = element("section", "answers").child(element("h4", "").text(&heading));
    Some(section.child(answers).child(thanks))
}

/// That there is no answer yet, where that is known and still to be mended.
fn none(context: &Context, request: &Request, whole: bool) -> Option<Element> {
    if !whole || request.answer_count > 0 || !request.status.is_open() {
        return None;
    }
    let hint = is_mine(context, request).then(|| p("muted").say(context, M::AnswersNoneHint));
    let heading = p("empty-heading").say(context, M::AnswersNone);
    Some(div("empty small").child(heading).maybe(hint))
}

fn one(context: &Context, request: &Rc<Request>, answer: &Answer) -> Element {
    let state = &context.state;
    let author = &answer.author;
    let when = answer
        .created
        .map(|t| ago(context.language(), t, state.now))
        .unwrap_or_default();
    let own = state.is_own(request, answer);
    let name = span("strong").text(if own {
        context.text(M::You)
    } else {
        &author.name
    });
    let solved = answer.accepted.then(|| {
        span("status solved")
            .icon(icon::CHECK)
            .say(context, M::Accepted)
    });
    let by = p("by")
        .child(avatar::of_name(&author.name))
        .child(
            span("")
                .child(name)
                .child(span("muted").sign(" · ").text(&when)),
        )
        .maybe(solved);
    let accept = state.may_accept(request, answer).then(|| {
        let accept = Deed::Accept(request.id.clone(), answer.id.clone());
        let button = button("button primary small")
            .part("button")
            .act(context, accept);
        button.icon(icon::CHECK).say(context, M::Accept)
    });
    let thank = state.may_thank(request, answer).then(|| {
        ThankForm {
            request: Rc::clone(request),
            to: author.clone(),
        }
        .place(context)
    });
    item(answer.id.as_str())
        .is(
            A::Class,
            if answer.accepted {
                "answer accepted"
            } else {
                "answer"
            },
        )
        .child(by)
        .child(p("prose").text(&answer.text))
        .maybe(accept)
        .maybe(thank)
}

fn line_of_thanks(context: &Context, thanks: &Thanks) -> Element {
    let is_me = |person: &PersonRef| context.state.my_self().is_some_and(|me| me.id == person.id);
    let message = match (
        is_me(&thanks.from),
        is_me(&thanks.to),
        thanks.skill.is_empty(),
    ) {
        (true, _, true) => M::YouThanked,
        (true, _, false) => M::YouThankedFor,
        (false, true, true) => M::ThanksYou,
        (false, true, false) => M::ThanksYouFor,
        (false, false, true) => M::ThankedBy,
        (false, false, false) => M::ThankedByFor,
    };
    let values = [
        ("from", &*thanks.from.name),
        ("to", &*thanks.to.name),
        ("skill", &*thanks.skill),
    ];
    let line = context.fill(message, &values);
    let note =
        (!thanks.note.is_empty()).then(|| span("prose").sign("“").text(&thanks.note).sign("”"));
    p("thanks")
        .icon(icon::HEART)
        .child(span("").text(&line).maybe(note))
}
