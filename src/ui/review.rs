//! One last look before sending: to whom it goes and who will see it, in one sentence.

use super::ask::name_of;
use super::context::Context;
use super::icon;
use crate::i18n::Message as M;
use crate::model::Visibility;
use crate::store::{Action, AskEdit, AskForm};
use yew::prelude::*;

/// The last look.
pub(super) fn screen(context: &Context, form: &AskForm) -> Html {
    let Some(request) = form.draft.to_request() else { return Html::default() };
    let names: Vec<String> = request.to.iter().map(|p| name_of(context, p)).collect();
    let names = context.language().list(&names);
    let goes = match (request.visibility, request.to.is_empty()) {
        (Visibility::Private, _) => context.fill(M::GoesToPrivate, &[("names", &names)]),
        (Visibility::Open, true) => context.text(M::GoesToAll),
        (Visibility::Open, false) => context.fill(M::GoesTo, &[("names", &names)]),
    };
    let change = AskEdit::Review(false);
    html! {
        <section class="review">
            <h3 tabindex="-1">{ context.text(M::ReviewHeading) }</h3>
            <div class="letter">
                <p class="question">{ request.question.clone() }</p>
                if !request.details.is_empty() { <p class="prose">{ request.details.clone() }</p> }
                if !request.skills.is_empty() {
                    <ul class="chips">
                        { for request.skills.iter().map(|s| html! { <li key={s.clone()}><span class="chip" part="skill">{ s.clone() }</span></li> }) }
                    </ul>
                }
                if let Some(page) = &request.context {
                    <p class="muted">{ icon::link() }{ context.fill(M::FromPage, &[("title", &page.title)]) }</p>
                }
            </div>
            <p class="goes">
                if request.visibility == Visibility::Private { { icon::lock() } } else { { icon::people() } }
                <span>{ goes }</span>
            </p>
            <div class="row end">
                <button type="button" class="button primary" part="button" data-focus=""
                    onclick={context.on(Action::Post(context.surface))}>{ context.text(M::Send) }</button>
                <button type="button" class="button" part="button" onclick={context.on_ask(change)}>{ context.text(M::ChangeIt) }</button>
            </div>
        </section>
    }
}
