//! Questions like this one that were answered before, each with its helper's name: the quickest
//! help, and the credit stays with who gave it.

use super::context::Context;
use crate::i18n::{Message as M, ago};
use crate::model::Request;
use crate::store::{AskForm, View};
use yew::prelude::*;

/// How many are shown.
const SHOWN: usize = 3;

/// The list; nothing where nothing is alike.
pub(super) fn list(context: &Context, form: &AskForm) -> Html {
    if form.similar.is_empty() {
        return Html::default();
    }
    html! {
        <section class="similar" aria-label={context.text(M::SimilarHeading)}>
            <p class="sub" role="status">{ context.text(M::SimilarHeading) }</p>
            { for form.similar.iter().take(SHOWN).map(|request| entry(context, request)) }
        </section>
    }
}

fn entry(context: &Context, request: &Request) -> Html {
    let answer = request.accepted().or(request.answers.first());
    let by = answer.map(|a| {
        let when = a.created.or(request.created);
        let when = when.map(|t| ago(context.language(), t, context.state.now)).unwrap_or_default();
        context.fill(M::SimilarBy, &[("name", &a.author.name), ("when", &when)])
    });
    html! {
        <details key={request.id.as_str().to_owned()}>
            <summary><span class="strong">{ request.question.clone() }</span>
                if let Some(by) = by { <span class="muted">{ " " }{ by }</span> }
            </summary>
            if let Some(answer) = answer { <p class="prose short">{ answer.text.clone() }</p> }
            <button type="button" class="quiet small" onclick={context.on_go(View::Thread(request.id.clone()))}>
                { context.text(M::SimilarOpen) }</button>
        </details>
    }
}
