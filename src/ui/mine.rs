//! "My questions": what is new first, then what waits, what wants a word, and what is done.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, element, group, item, span};
use super::{notice, post_status, thread};
use crate::i18n::Message as M;
use crate::model::RequestStatus;
use crate::store::{ListName, ListState, Thread, View};

/// The list.
pub(super) fn screen(context: &Context) -> Element {
    let state = &context.state;
    let mut on_its_way = group();
    let mut nothing = true;
    for entry in state.posts_under_way() {
        on_its_way = on_its_way.child(post_status::line(context, entry));
        nothing = false;
    }
    let headings = [M::GroupNews, M::GroupAnswered, M::GroupOpen, M::GroupDone];
    let mut lists = headings.map(|heading| (heading, false, element("ul", "requests")));
    for thread in state.listed(ListName::Mine) {
        nothing = false;
        let at = match thread.request.status {
            _ if state.news.contains(&thread.request.id) => 0,
            RequestStatus::Answered => 1,
            RequestStatus::Open | RequestStatus::Unknown => 2,
            RequestStatus::Solved | RequestStatus::Closed => 3,
        };
        if let Some((_, some, list)) = lists.get_mut(at) {
            *some = true;
            let so_far = std::mem::replace(list, group());
            *list = so_far.child(line(context, thread, None));
        }
    }
    let mut screen = list_screen(context, M::NavMine).child(on_its_way);
    for (heading, some, list) in lists {
        screen = screen.maybe(some.then(|| section(context, heading, list)));
    }
    let empty = nothing.then(|| {
        notice::empty(context.text(M::MineEmpty), context.text(M::MineEmptyHint))
            .maybe(ask_now(context))
    });
    ended(screen, context, ListName::Mine, empty)
}

/// A screen with lists of requests.
pub(super) fn list_screen(context: &Context, heading: M) -> Element {
    let heading = element("h3", "")
        .is(A::TabIndex, "-1")
        .focus_here()
        .say(context, heading);
    element("section", "list").child(heading)
}

/// A list of requests under its heading.
pub(super) fn section(context: &Context, heading: M, list: Element) -> Element {
    element("section", "group")
        .child(element("h4", "").say(context, heading))
        .child(list)
}

/// To the form.
pub(super) fn ask_now(context: &Context) -> Option<Element> {
    context.state.shows(&View::Ask).then(|| {
        button("button primary")
            .go(context, View::Ask)
            .say(context, M::AskNow)
    })
}

/// One request in a list, with the reason why it is there.
pub(super) fn line(context: &Context, thread: &Thread, why: Option<String>) -> Element {
    let request = &thread.request;
    let first = match why {
        Some(why) => span("tag shown").text(&why),
        None => thread::status(context, request),
    };
    let answers = (request.answer_count > 0).then(|| {
        let n = u64::from(request.answer_count);
        span("muted").text(&context.language().count(M::AnswersOne, M::AnswersOther, n))
    });
    let about = span("row small")
        .child(first)
        .child(span("muted").text(&thread::asked_line(context, request)))
        .maybe(answers);
    let line = button("request")
        .go(context, View::Thread(request.id.clone()))
        .child(span("strong").text(&request.question))
        .child(about);
    item(request.id.as_str()).child(line)
}

/// The screen with what stands under its lists: loading, broken, empty, or "show more".
/// `empty` is there where there is nothing in them.
pub(super) fn ended(
    screen: Element,
    context: &Context,
    name: ListName,
    empty: Option<Element>,
) -> Element {
    let list = context.state.list(name);
    let ending = match &list.state {
        ListState::Failed(error) => Some(notice::broken(context, error)),
        ListState::Here => empty,
        ListState::NotAsked | ListState::Loading => empty.map(|_| notice::loading(context, 3)),
    };
    screen.maybe(ending).maybe(list.next.is_some().then(|| {
        button("button")
            .act(context, Deed::More(name))
            .say(context, M::More)
    }))
}
