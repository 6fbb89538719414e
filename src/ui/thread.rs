//! A request with its thread: what was asked, what was answered, and what each can do next.

use super::context::Context;
use super::thread_forms::{AnswerForm, PassForm, ThreadProps};
use super::{avatar, icon, notice, post_status, thread_answers};
use crate::backend::Operation;
use crate::i18n::{Message as M, ago};
use crate::model::{Request, RequestId, RequestStatus, Visibility};
use crate::store::{Action, Thread};
use yew::prelude::*;

/// The thread.
pub(super) fn screen(context: &Context, id: &RequestId) -> Html {
    match (context.state.requests.get(id), context.state.unread.get(id)) {
        (Some(thread), _) => of_thread(context, thread),
        (None, Some(error)) => notice::broken(context, error),
        (None, None) if context.state.supports(Operation::RequestsGet) => notice::loading(context, 3),
        (None, None) => {
            notice::empty(context.text(M::RequestMissing), String::new(), Html::default())
        }
    }
}

/// The word for a status.
pub(super) fn status_word(status: RequestStatus) -> M {
    match status {
        RequestStatus::Open | RequestStatus::Unknown => M::StatusOpen,
        RequestStatus::Answered => M::StatusAnswered,
        RequestStatus::Solved => M::StatusSolved,
        RequestStatus::Closed => M::StatusClosed,
    }
}

/// The status as a small label.
pub(super) fn status(context: &Context, request: &Request) -> Html {
    let class = match request.status {
        RequestStatus::Open | RequestStatus::Unknown => "open",
        RequestStatus::Answered => "answered",
        RequestStatus::Solved => "solved",
        RequestStatus::Closed => "closed",
    };
    html! {
        <span class={classes!("status", class)}>
            if request.status == RequestStatus::Solved { { icon::check() } }
            { context.text(status_word(request.status)) }
        </span>
    }
}

/// Who asked, and when.
pub(super) fn asked_line(context: &Context, request: &Request) -> String {
    let when = request
        .created
        .map(|t| ago(context.language(), t, context.state.now))
        .unwrap_or_default();
    let mine = context.state.my_self().is_some_and(|me| request.is_from(&me.id));
    match &request.asker {
        _ if mine => context.fill(M::AskedByYou, &[("when", &when)]),
        Some(asker) => context.fill(M::AskedBy, &[("name", &asker.name), ("when", &when)]),
        None => context.fill(M::AskedWhen, &[("when", &when)]),
    }
}

fn of_thread(context: &Context, thread: &Thread) -> Html {
    let state = &context.state;
    let request = &thread.request;
    let me = state.my_self().map(|me| &me.id);
    let mine = me.is_some_and(|me| request.is_from(me));
    let open = request.status.is_open();
    let can_answer = me.is_some() && state.supports(Operation::AnswersCreate);
    let can_pass = open && !mine && me.is_some() && state.supports(Operation::RequestsPass);
    let answered = me.is_some_and(|me| request.answers.iter().any(|a| &a.author.id == me));
    let props = ThreadProps { context: context.clone(), request: request.clone() };
    html! {
        <article class="thread" part="thread" aria-labelledby="thread-question">
            { head(context, request) }
            if let Some(error) = &thread.error { { notice::broken(context, error) } }
            if !thread.whole && thread.loading { { notice::loading(context, 2) } }
            { thread_answers::list(context, request, thread.whole) }
            { for state.writes_on(&request.id).map(|entry| post_status::line(context, entry)) }
            if can_answer && (!mine || request.answer_count > 0) {
                <AnswerForm ..props.clone() />
            }
            if can_pass && !answered {
                <PassForm ..props />
            }
            if mine && open && state.supports(Operation::RequestsClose) {
                <div class="row"><button type="button" class="quiet small"
                    onclick={context.on(Action::CloseRequest(request.id.clone()))}>{ context.text(M::CloseRequest) }</button></div>
            }
        </article>
    }
}

fn head(context: &Context, request: &Request) -> Html {
    let asked: Vec<String> = request.asked.iter().map(|p| p.name.clone()).collect();
    html! {
        <header class="thread-head">
            <div class="row">
                { status(context, request) }
                if request.visibility == Visibility::Private {
                    <span class="muted small">{ icon::lock() }{ context.text(M::OnlyAsked) }</span>
                }
            </div>
            <h3 id="thread-question" data-focus="" tabindex="-1">{ request.question.clone() }</h3>
            <p class="muted by">
                if let Some(asker) = &request.asker { { avatar::of_name(&asker.name) } }
                <span>{ asked_line(context, request) }</span>
            </p>
            if !request.details.is_empty() { <p class="prose">{ request.details.clone() }</p> }
            if !request.skills.is_empty() {
                <ul class="chips">
                    { for request.skills.iter().map(|s| html! { <li key={s.clone()}><span class="chip" part="skill">{ s.clone() }</span></li> }) }
                </ul>
            }
            if let Some(page) = &request.context {
                <p class="muted small">{ icon::link() }
                    if let Some(url) = &page.url {
                        <a href={url.as_str().to_owned()}>{ context.fill(M::FromPage, &[("title", &page.title)]) }</a>
                    } else {
                        { context.fill(M::FromPage, &[("title", &page.title)]) }
                    }
                </p>
            }
            if !asked.is_empty() {
                <p class="muted small">{ context.fill(M::AskedPeople, &[("names", &context.language().list(&asked))]) }</p>
            }
            if let Some(url) = &request.url {
                <p class="small"><a href={url.as_str().to_owned()}>{ context.text(M::OpenInSource) }</a></p>
            }
        </header>
    }
}
