//! The small forms of a thread: answer, thank, pass on. What is written into them is kept.

use super::context::Context;
use super::field::{self, Described};
use super::icon;
use super::picker::{Picker, PickerProps, Source};
use crate::i18n::Message as M;
use crate::model::{LONG_TEXT, NewThanks, Pass, PassReason, PersonId, PersonRef, Request, SHORT_TEXT};
use crate::store::{Action, Field};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Properties of the forms that concern a whole thread.
#[derive(Properties, Clone, PartialEq)]
pub(super) struct ThreadProps {
    /// What every screen is given.
    pub context: Context,
    /// The request.
    pub request: Rc<Request>,
}

/// Properties of [`ThankForm`].
#[derive(Properties, Clone, PartialEq)]
pub(super) struct ThankProps {
    /// What every screen is given.
    pub context: Context,
    /// The request.
    pub request: Rc<Request>,
    /// Who helped.
    pub to: PersonRef,
}

fn writes(context: &Context, field: Field) -> Callback<String> {
    let dispatch = context.dispatch.clone();
    Callback::from(move |text| dispatch.emit(Action::Write { field: field.clone(), text }))
}

/// An answer, or a follow-up by the asker.
#[component]
pub(super) fn AnswerForm(props: &ThreadProps) -> Html {
    let ThreadProps { context, request } = props;
    let mine = context.state.my_self().is_some_and(|me| request.is_from(&me.id));
    let field = Field::Answer(request.id.clone());
    let text = context.state.field(&field).to_owned();
    let (label, hint, send) = if mine {
        (M::FollowUpLabel, None, M::FollowUpSend)
    } else {
        (M::AnswerLabel, Some(M::AnswerHint), M::AnswerSend)
    };
    let described = Described {
        id: "answer",
        label: context.text(label),
        hint: hint.map(|h| context.text(h)),
        rows: 3,
        max: LONG_TEXT,
        ..Described::default()
    };
    let onsubmit = {
        let (dispatch, id) = (context.dispatch.clone(), request.id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::Answer(id.clone()));
        })
    };
    html! {
        <form class="reply" {onsubmit} novalidate=true>
            { field::area(described, &text, writes(context, field)) }
            <button type="submit" class="button primary" part="button" disabled={text.trim().is_empty()}>{ context.text(send) }</button>
        </form>
    }
}

/// Thanks to a person for a skill, with a word.
#[component]
pub(super) fn ThankForm(props: &ThankProps) -> Html {
    let ThankProps { context, request, to } = props;
    let open = use_state(|| false);
    let skill = use_state(|| request.skills.first().cloned().unwrap_or_default());
    let first_name = to.name.split_whitespace().next().unwrap_or(&to.name);
    let label = context.fill(M::Thank, &[("name", first_name)]);
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    if !*open {
        return html! {
            <button type="button" class="button small" part="button" aria-expanded="false" onclick={toggle}>{ icon::heart() }{ label }</button>
        };
    }
    let field = Field::ThanksNote(request.id.clone());
    let note = context.state.field(&field).to_owned();
    let onchange = {
        let skill = skill.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()) {
                skill.set(select.value());
            }
        })
    };
    let onsubmit = {
        let (dispatch, request) = (context.dispatch.clone(), request.id.clone());
        let thanks = NewThanks {
            to: to.id.clone(),
            skill: (*skill).clone(),
            note: crate::model::clean_line(&note, SHORT_TEXT),
        };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::Thank { request: request.clone(), thanks: thanks.clone() });
        })
    };
    let described = Described {
        id: "thanks-note",
        label: context.text(M::ThankNote),
        aside: Some(context.text(M::Optional)),
        hint: Some(context.text(M::ThankNoteHint)),
        rows: 2,
        max: SHORT_TEXT,
        ..Described::default()
    };
    html! {
        <form class="thank" {onsubmit} novalidate=true>
            <p class="strong">{ icon::heart() }{ label }</p>
            if !request.skills.is_empty() {
                <div class="field">
                    <label for="thanks-skill">{ context.text(M::ThankFor) }</label>
                    <select id="thanks-skill" {onchange}>
                        { for request.skills.iter().map(|s| html! {
                            <option key={s.clone()} value={s.clone()} selected={*s == *skill}>{ s.clone() }</option>
                        }) }
                        <option value="" selected={skill.is_empty()}>{ context.text(M::ThankForNone) }</option>
                    </select>
                </div>
            }
            { field::area(described, &note, writes(context, field)) }
            <div class="row">
                <button type="submit" class="button primary small" part="button">{ context.text(M::ThankSend) }</button>
                <button type="button" class="quiet small" onclick={toggle}>{ context.text(M::Cancel) }</button>
            </div>
        </form>
    }
}

/// "Not now", "not my area", "I know who": one tap, private, never scored.
#[component]
pub(super) fn PassForm(props: &ThreadProps) -> Html {
    let ThreadProps { context, request } = props;
    let naming = use_state(|| false);
    let pass = |reason: PassReason| {
        let pass = Pass { reason, to: None };
        context.on::<MouseEvent>(Action::PassOn { request: request.id.clone(), pass })
    };
    let name = {
        let naming = naming.clone();
        Callback::from(move |_: MouseEvent| naming.set(!*naming))
    };
    let onpick = {
        let (dispatch, request) = (context.dispatch.clone(), request.id.clone());
        Callback::from(move |value: String| {
            if let Ok(to) = PersonId::new(value) {
                let pass = Pass { reason: PassReason::KnowWho, to: Some(to) };
                dispatch.emit(Action::PassOn { request: request.clone(), pass });
            }
        })
    };
    html! {
        <section class="pass">
            <p class="hint">{ context.text(M::PassHeading) }</p>
            <div class="row">
                <button type="button" class="button small" onclick={pass(PassReason::NotNow)}>{ context.text(M::PassNotNow) }</button>
                <button type="button" class="button small" onclick={pass(PassReason::NotMyArea)}>{ context.text(M::PassNotMine) }</button>
                <button type="button" class="button small" aria-expanded={naming.to_string()} onclick={name}>{ context.text(M::PassKnowWho) }</button>
            </div>
            if *naming {
                <Picker ..PickerProps { context: context.clone(), id: "pass-to", label: M::PassTo, source: Source::People, focus: true, onpick } />
            }
        </section>
    }
}
