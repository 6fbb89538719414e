//! The answers of a thread, with "this solved it" and thanks for its asker.

use super::context::Context;
use super::thread_forms::{ThankForm, ThankProps};
use super::{avatar, icon};
use crate::backend::Operation;
use crate::i18n::{Message as M, ago};
use crate::model::{Answer, Request, Thanks};
use crate::outbox::Write;
use crate::store::Action;
use std::rc::Rc;
use yew::prelude::*;

/// The answers, oldest first.
pub(super) fn list(context: &Context, request: &Rc<Request>, whole: bool) -> Html {
    if request.answers.is_empty() {
        let mine = context.state.my_self().is_some_and(|me| request.is_from(&me.id));
        if !whole || request.answer_count > 0 || !request.status.is_open() {
            return Html::default();
        }
        return html! {
            <div class="empty small">
                <p class="empty-heading">{ context.text(M::AnswersNone) }</p>
                if mine { <p class="muted">{ context.text(M::AnswersNoneHint) }</p> }
            </div>
        };
    }
    let count = request.answers.len() as u64;
    html! {
        <section class="answers">
            <h4>{ context.language().count(M::AnswersOne, M::AnswersOther, count) }</h4>
            <ol>{ for request.answers.iter().map(|a| answer(context, request, a)) }</ol>
            { for request.thanks.iter().map(|t| thanks(context, t)) }
        </section>
    }
}

fn answer(context: &Context, request: &Rc<Request>, answer: &Answer) -> Html {
    let state = &context.state;
    let me = state.my_self().map(|me| &me.id);
    let own = me == Some(&answer.author.id);
    let mine = me.is_some_and(|me| request.is_from(me));
    let when = answer.created.map(|t| ago(context.language(), t, state.now)).unwrap_or_default();
    let accepting = state.writes_on(&request.id).any(|e| matches!(e.write, Write::Accept(..)));
    let can_accept = mine
        && !own
        && !accepting
        && request.accepted().is_none()
        && state.supports(Operation::AnswersAccept);
    let thanked = request
        .thanks
        .iter()
        .any(|t| Some(&t.from.id) == me && t.to.id == answer.author.id);
    let thanking = state.writes_on(&request.id).any(
        |e| matches!(&e.write, Write::Thanks(_, t) if t.to == answer.author.id),
    );
    let can_thank = me.is_some()
        && !own
        && !thanked
        && !thanking
        && (mine || answer.accepted)
        && state.supports(Operation::ThanksCreate);
    let accept = Action::Accept { request: request.id.clone(), answer: answer.id.clone() };
    html! {
        <li key={answer.id.as_str().to_owned()} class={classes!("answer", answer.accepted.then_some("accepted"))}>
            <p class="by">{ avatar::of_name(&answer.author.name) }
                <span><span class="strong">{ if own { context.text(M::You) } else { answer.author.name.clone() } }</span>
                <span class="muted">{ " · " }{ when }</span></span>
                if answer.accepted { <span class="status solved">{ icon::check() }{ context.text(M::Accepted) }</span> }
            </p>
            <p class="prose">{ answer.text.clone() }</p>
            if can_accept {
                <button type="button" class="button primary small" part="button" onclick={context.on(accept)}>
                    { icon::check() }{ context.text(M::Accept) }</button>
            }
            if can_thank {
                <ThankForm ..ThankProps { context: context.clone(), request: request.clone(), to: answer.author.clone() } />
            }
        </li>
    }
}

fn thanks(context: &Context, thanks: &Thanks) -> Html {
    let me = context.state.my_self().map(|me| &me.id);
    let name = |p: &crate::model::PersonRef| {
        if me == Some(&p.id) { context.text(M::You) } else { p.name.clone() }
    };
    let (from, to) = (name(&thanks.from), name(&thanks.to));
    let line = if thanks.skill.is_empty() {
        context.fill(M::ThankedBy, &[("from", &from), ("to", &to)])
    } else {
        let values = [("from", from.as_str()), ("to", &to), ("skill", &thanks.skill)];
        context.fill(M::ThankedByFor, &values)
    };
    html! {
        <p class="thanks">{ icon::heart() }<span>{ line }
            if !thanks.note.is_empty() { <span class="prose">{ "“" }{ thanks.note.clone() }{ "”" }</span> }
        </span></p>
    }
}
