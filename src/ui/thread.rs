//! A request with its thread: what was asked, what was answered, and what each can do next.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, p, span};
use super::review::{prose, skills};
use super::thread_forms::{PassForm, answer_form};
use super::{avatar, icon, notice, post_status, thread_answers};
use crate::backend::Operation;
use crate::i18n::{Message as M, ago};
use crate::model::{PageContext, Request, RequestId, RequestStatus, Visibility};
use crate::store::Thread;

/// The thread.
pub(super) fn screen(context: &Context, id: &RequestId) -> Element {
    match (context.state.requests.get(id), context.state.unread.get(id)) {
        (Some(thread), _) => of_thread(context, thread),
        (None, Some(error)) => notice::broken(context, error),
        (None, None) if context.state.supports(Operation::RequestsGet) => {
            notice::loading(context, 3)
        }
        (None, None) => notice::empty(context.text(M::RequestMissing), ""),
    }
}

/// The status as a small label.
pub(super) fn status(context: &Context, request: &Request) -> Element {
    let (class, word) = match request.status {
        RequestStatus::Open | RequestStatus::Unknown => ("status open", M::StatusOpen),
        RequestStatus::Answered => ("status answered", M::StatusAnswered),
        RequestStatus::Solved => ("status solved", M::StatusSolved),
        RequestStatus::Closed => ("status closed", M::StatusClosed),
    };
    let label = span(class);
    let solved = request.status == RequestStatus::Solved;
    let label = if solved {
        label.icon(icon::CHECK)
    } else {
        label
    };
    label.say(context, word)
}

/// Who asked, and when.
pub(super) fn asked_line(context: &Context, request: &Request) -> String {
    let when = request
        .created
        .map(|t| ago(context.language(), t, context.state.now));
    let when = when.unwrap_or_default();
    let mine = is_mine(context, request);
    let (message, name) = match &request.asker {
        _ if mine => (M::AskedByYou, ""),
        Some(asker) => (M::AskedBy, &*asker.name),
        None => (M::AskedWhen, ""),
    };
    context.fill(message, &[("name", name), ("when", &when)])
}

/// Whether the person who looks asked it.
pub(super) fn is_mine(context: &Context, request: &Request) -> bool {
    context.state.is_mine(request)
}

fn of_thread(context: &Context, thread: &Thread) -> Element {
    let state = &context.state;
    let request = &thread.request;
    let mut on_their_way = group();
    for entry in state.writes_on(&request.id) {
        on_their_way = on_their_way.child(post_status::line(context, entry));
    }
    let close = state.may_close(request).then(|| {
        let close = Deed::CloseRequest(request.id.clone());
        div("row").child(
            button("quiet small")
                .act(context, close)
                .say(context, M::CloseRequest),
        )
    });
    element("article", "thread")
        .part("thread")
        .is(A::AriaLabelledBy, "thread-question")
        .child(head(context, request))
        .maybe(
            thread
                .error
                .as_ref()
                .map(|error| notice::broken(context, error)),
        )
        .maybe((!thread.whole && thread.loading).then(|| notice::loading(context, 2)))
        .maybe(thread_answers::list(context, request, thread.whole))
        .child(on_their_way)
        .maybe(
            state
                .may_answer(request)
                .then(|| answer_form(context, request)),
        )
        .maybe(state.may_pass(request).then(|| {
            PassForm {
                request: request.id.clone(),
            }
            .place(context)
        }))
        .maybe(close)
}

fn head(context: &Context, request: &Request) -> Element {
    let private = (request.visibility == Visibility::Private).then(|| {
        span("muted small")
            .icon(icon::LOCK)
            .say(context, M::OnlyAsked)
    });
    let question = element("h3", "")
        .id("thread-question")
        .focus_here()
        .is(A::TabIndex, "-1")
        .text(&request.question);
    let by = p("muted by")
        .maybe(
            request
                .asker
                .as_ref()
                .map(|asker| avatar::of_name(&asker.name)),
        )
        .child(span("").text(&asked_line(context, request)));
    let mut names = Vec::new();
    for person in &request.asked {
        names.push(person.name.clone());
    }
    let asked = (!names.is_empty()).then(|| {
        let names = context.language().list(&names);
        p("muted small").say_with(context, M::AskedPeople, "names", &names)
    });
    let source = request.url.as_ref().map(|url| {
        let link = element("a", "").set(A::Href, url.as_str());
        p("small").child(link.say(context, M::OpenInSource))
    });
    element("header", "thread-head")
        .child(div("row").child(status(context, request)).maybe(private))
        .child(question)
        .child(by)
        .maybe(prose(&request.details))
        .maybe(skills(&request.skills))
        .maybe(
            request
                .context
                .as_ref()
                .map(|page| from_page(context, page)),
        )
        .maybe(asked)
        .maybe(source)
}

/// The page that the question was asked on.
fn from_page(context: &Context, page: &PageContext) -> Element {
    let line = p("muted small").icon(icon::LINK);
    let words = match &page.url {
        Some(url) => element("a", "").set(A::Href, url.as_str()),
        None => group(),
    };
    line.child(words.say_with(context, M::FromPage, "title", &page.title))
}
