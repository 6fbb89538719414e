//! Loading, empty, broken and offline: the states in which there is nothing else to show, each
//! with what to do next.

use super::context::Context;
use super::icon;
use crate::backend::BackendError;
use crate::i18n::Message as M;
use crate::store::{Action, error_words};
use yew::prelude::*;

/// Quiet shapes where content will be; a screen reader hears that it is loading.
pub(super) fn loading(context: &Context, rows: usize) -> Html {
    html! {
        <div class="loading" role="status">
            <span class="sr">{ context.text(M::Loading) }</span>
            { for (0..rows).map(|i| html! {
                <div class="bone-row" key={i} aria-hidden="true">
                    <span class="bone round" /><span class="bone long" /><span class="bone short" />
                </div>
            }) }
        </div>
    }
}

/// Nothing here, kindly, with something to do.
pub(super) fn empty(heading: String, hint: String, action: Html) -> Html {
    html! {
        <div class="empty" part="notice">
            <slot name="empty"><p class="empty-heading">{ heading }</p><p class="muted">{ hint }</p></slot>
            { action }
        </div>
    }
}

/// Something broke: what, and a retry.
pub(super) fn broken(context: &Context, error: &BackendError) -> Html {
    html! {
        <div class="notice bad" role="alert" part="notice">
            { icon::warning() }
            <div>
                <p class="strong">{ context.text(M::ErrHeading) }</p>
                <p>{ error_words(context.language(), error) }</p>
                <button type="button" class="button" part="button"
                    onclick={context.on(Action::Reload(context.surface))}>{ context.text(M::TryAgain) }</button>
            </div>
        </div>
    }
}

/// The page owner's mapping cannot be used.
pub(super) fn misconfigured(context: &Context, problem: &str) -> Html {
    html! {
        <div class="notice bad" role="alert" part="notice">
            { icon::warning() }
            <div>
                <p class="strong">{ context.text(M::ErrMisconfigured) }</p>
                <p class="code">{ problem.to_owned() }</p>
            </div>
        </div>
    }
}

/// There is no network.
pub(super) fn banner(context: &Context) -> Html {
    html! { <p class="banner" role="status">{ context.text(M::OfflineBanner) }</p> }
}
