//! A write on its way: sending, waiting, or in need of its person. The words are always kept.

use super::context::Context;
use super::{icon, notice};
use crate::backend::BackendError;
use crate::i18n::Message as M;
use crate::outbox::{Entry, Standing, Write};
use crate::store::{Action, View, error_words};
use wasm_bindgen_futures::JsFuture;
use yew::prelude::*;

/// The screen between "send" and the thread.
pub(super) fn screen(context: &Context, key: &str) -> Html {
    match (context.state.outbox.get(key), context.state.posted.get(key)) {
        (Some(entry), _) => html! {
            <section><h3 tabindex="-1">{ context.text(M::NavMine) }</h3>{ line(context, entry) }</section>
        },
        (None, Some(_)) => notice::loading(context, 2),
        // Discarded meanwhile.
        (None, None) => notice::empty(
            context.text(M::AskHeading),
            String::new(),
            html! { <button type="button" class="button primary" onclick={context.on_go(View::Ask)}>{ context.text(M::AskNow) }</button> },
        ),
    }
}

/// What an entry says, for its line and for the clipboard.
fn words(entry: &Entry) -> String {
    match &entry.write {
        Write::Request(new) if new.details.is_empty() => new.question.clone(),
        Write::Request(new) => format!("{}\n\n{}", new.question, new.details),
        Write::Answer(_, text) => text.clone(),
        Write::Thanks(_, thanks) => thanks.note.clone(),
        _ => String::new(),
    }
}

/// One line with what can be done.
pub(super) fn line(context: &Context, entry: &Entry) -> Html {
    let language = context.language();
    let (state, busy, bad) = match &entry.standing {
        Standing::Queued | Standing::Sending => (context.text(M::Sending), true, false),
        Standing::Waiting { error: BackendError::Offline, .. } => {
            (context.text(M::WaitingNetwork), false, false)
        }
        Standing::Waiting { error, .. } => {
            let reason = error_words(language, error);
            (context.fill(M::WaitingRetry, &[("reason", &reason)]), false, false)
        }
        Standing::NeedsYou { error } => {
            let reason = error_words(language, error);
            (context.fill(M::NeedsYou, &[("reason", &reason)]), false, true)
        }
    };
    let text = words(entry);
    let key = entry.key.clone();
    let edit = Action::Edit { key: key.clone(), surface: context.surface };
    let is_request = matches!(entry.write, Write::Request(_));
    let can_edit = bad && matches!(entry.write, Write::Request(_) | Write::Answer(..));
    html! {
        <div key={key.clone()} class={classes!("notice", "post", bad.then_some("bad"))} part="notice">
            if busy { <span class="spinner" aria-hidden="true" /> } else if bad { { icon::warning() } } else { { icon::clock() } }
            <div>
                if !text.is_empty() { <p class={classes!("clip", is_request.then_some("strong"))}>{ text.clone() }</p> }
                <p role="status">{ state }</p>
                if !busy {
                    <div class="row">
                        <button type="button" class="button small" onclick={context.on(Action::Retry(key.clone()))}>{ context.text(M::SendNow) }</button>
                        if can_edit { <button type="button" class="button small" onclick={context.on(edit)}>{ context.text(M::EditIt) }</button> }
                        if !text.is_empty() { <button type="button" class="quiet small" onclick={copy(text)}>{ context.text(M::CopyText) }</button> }
                        <button type="button" class="quiet small" onclick={context.on(Action::Discard(key))}>{ context.text(M::Discard) }</button>
                    </div>
                }
            </div>
        </div>
    }
}

/// Copies a text, where the browser and the page allow it.
fn copy(text: String) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        let Some(window) = web_sys::window() else { return };
        let navigator = window.navigator();
        // Absent on pages without TLS.
        let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
        if has {
            let promise = navigator.clipboard().write_text(&text);
            wasm_bindgen_futures::spawn_local(async move {
                // Refused by the person or the page: the text is still on the screen.
                let _ = JsFuture::from(promise).await;
            });
        }
    })
}
