//! A write on its way: sending, waiting, or in need of its person. The words are always kept.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, p, span};
use super::listener::{Then, When};
use super::{icon, mine, notice};
use crate::backend::BackendError;
use crate::i18n::Message as M;
use crate::outbox::{Entry, Standing, Write};
use crate::store::error_words;

/// The screen between "send" and the thread.
pub(super) fn screen(context: &Context, key: &str) -> Element {
    match (context.state.outbox.get(key), context.state.posted.get(key)) {
        (Some(entry), _) => {
            let heading = element("h3", "")
                .is(A::TabIndex, "-1")
                .say(context, M::NavMine);
            element("section", "")
                .child(heading)
                .child(line(context, entry))
        }
        (None, Some(id)) if context.state.can_open(id) => notice::loading(context, 2),
        _ => notice::empty(context.text(M::Sent), "").maybe(mine::ask_now(context)),
    }
}

/// What an entry says, for its line and for the clipboard.
fn words(entry: &Entry) -> String {
    match &entry.write {
        Write::Request(new) if new.details.is_empty() => new.question.clone(),
        Write::Request(new) => [&*new.question, "\n\n", &*new.details].concat(),
        Write::Answer(_, text) => text.clone(),
        Write::Thanks(_, thanks) => thanks.note.clone(),
        _ => String::new(),
    }
}

/// One line with what can be done.
pub(super) fn line(context: &Context, entry: &Entry) -> Element {
    let with_reason = |message, error| {
        let reason = error_words(context.language(), error);
        context.fill(message, &[("reason", &reason)])
    };
    let (state, busy, bad) = match &entry.standing {
        Standing::Queued | Standing::Sending => (context.text(M::Sending).to_owned(), true, false),
        Standing::Waiting {
            error: BackendError::Offline,
            ..
        } => (context.text(M::WaitingNetwork).to_owned(), false, false),
        Standing::Waiting { error, .. } => (with_reason(M::WaitingRetry, error), false, false),
        Standing::NeedsYou { error } => (with_reason(M::NeedsYou, error), false, true),
    };
    let text = words(entry);
    let is_request = matches!(entry.write, Write::Request(_));
    let can_edit = bad && (is_request || matches!(entry.write, Write::Answer(..)));
    let class = if bad {
        "notice post bad"
    } else {
        "notice post"
    };
    let notice = div(class).part("notice").key(&entry.key);
    let notice = match (busy, bad) {
        (true, _) => notice.child(span("spinner").decorative()),
        (_, true) => notice.icon(icon::WARNING),
        _ => notice.icon(icon::CLOCK),
    };
    let text_class = if is_request { "clip strong" } else { "clip" };
    let said = (!text.is_empty()).then(|| p(text_class).text(&text));
    let status = p("").is(A::Role, "status").text(&state);
    let choices = (!busy).then(|| choices(context, entry, can_edit, text));
    notice.child(div("").maybe(said).child(status).maybe(choices))
}

/// What can be done with an entry that is not on its way at this moment.
fn choices(context: &Context, entry: &Entry, can_edit: bool, text: String) -> Element {
    let key = || entry.key.clone();
    let again = button("button small").act(context, Deed::Retry(key()));
    let edit = can_edit.then(|| {
        let edit = Deed::Edit(key());
        button("button small")
            .act(context, edit)
            .say(context, M::EditIt)
    });
    let copy = (!text.is_empty()).then(|| {
        let copy = button("quiet small").on(When::Click, Then::Copy(text));
        copy.say(context, M::CopyText)
    });
    let discard = button("quiet small").act(context, Deed::Discard(key()));
    div("row")
        .child(again.say(context, M::SendNow))
        .maybe(edit)
        .maybe(copy)
        .child(discard.say(context, M::Discard))
}
