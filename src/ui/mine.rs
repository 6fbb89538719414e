//! "My questions": what is new first, then what waits, what wants a word, and what is done.

use super::context::Context;
use super::{notice, post_status, thread};
use crate::i18n::Message as M;
use crate::model::RequestStatus;
use crate::store::{Action, ListName, ListState, Thread, View};
use yew::prelude::*;

/// The list.
pub(super) fn screen(context: &Context) -> Html {
    let state = &context.state;
    let list = state.list(ListName::Mine);
    let threads: Vec<&Thread> = state.listed(ListName::Mine).collect();
    let on_its_way: Vec<_> = state.posts_under_way().collect();
    let group = |heading: M, belongs: &dyn Fn(&Thread) -> bool| {
        let items: Vec<&&Thread> = threads.iter().filter(|t| belongs(t)).collect();
        group(context, heading, &items)
    };
    let is_new = |t: &Thread| state.news.contains(&t.request.id);
    html! {
        <section class="list">
            <h3 tabindex="-1" data-focus="">{ context.text(M::NavMine) }</h3>
            { for on_its_way.iter().map(|entry| post_status::line(context, entry)) }
            { group(M::GroupNews, &|t| is_new(t)) }
            { group(M::GroupAnswered, &|t| !is_new(t) && t.request.status == RequestStatus::Answered) }
            { group(M::GroupOpen, &|t| !is_new(t) && matches!(t.request.status, RequestStatus::Open | RequestStatus::Unknown)) }
            { group(M::GroupDone, &|t| !is_new(t) && !t.request.status.is_open()) }
            { ending(context, ListName::Mine, threads.is_empty() && on_its_way.is_empty(), || notice::empty(
                context.text(M::MineEmpty),
                context.text(M::MineEmptyHint),
                html! { <button type="button" class="button primary" onclick={context.on_go(View::Ask)}>{ context.text(M::AskNow) }</button> },
            )) }
            if list.next.is_some() { { more(context, ListName::Mine) } }
        </section>
    }
}

fn group(context: &Context, heading: M, threads: &[&&Thread]) -> Html {
    if threads.is_empty() {
        return Html::default();
    }
    html! {
        <section class="group">
            <h4>{ context.text(heading) }</h4>
            <ul class="requests">{ for threads.iter().map(|t| line(context, t, None)) }</ul>
        </section>
    }
}

/// One request in a list, with the reason why it is there.
pub(super) fn line(context: &Context, thread: &Thread, why: Option<String>) -> Html {
    let request = &thread.request;
    let answers = u64::from(request.answer_count);
    html! {
        <li key={request.id.as_str().to_owned()}>
            <button type="button" class="request" onclick={context.on_go(View::Thread(request.id.clone()))}>
                <span class="strong">{ request.question.clone() }</span>
                <span class="row small">
                    if let Some(why) = why {
                        <span class="tag shown">{ why }</span>
                    } else {
                        { thread::status(context, request) }
                    }
                    <span class="muted">{ thread::asked_line(context, request) }</span>
                    if answers > 0 {
                        <span class="muted">{ context.language().count(M::AnswersOne, M::AnswersOther, answers) }</span>
                    }
                </span>
            </button>
        </li>
    }
}

/// What stands under a list: loading, broken, or empty.
pub(super) fn ending(context: &Context, name: ListName, empty: bool, nothing: impl FnOnce() -> Html) -> Html {
    match &context.state.list(name).state {
        ListState::Failed(error) => notice::broken(context, error),
        ListState::Here if empty => nothing(),
        ListState::NotAsked | ListState::Loading if empty => notice::loading(context, 3),
        _ => Html::default(),
    }
}

/// "Show more".
pub(super) fn more(context: &Context, list: ListName) -> Html {
    html! {
        <button type="button" class="button" onclick={context.on(Action::More { list })}>{ context.text(M::More) }</button>
    }
}
