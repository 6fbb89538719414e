//! The small forms of a thread: answer, thank, pass on. What is written into them is kept.

use super::ask::submit;
use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, p};
use super::field::{self, Described};
use super::icon;
use super::listener::{When, Words};
use super::local::{Here, Piece, Signal, local};
use super::person_row::first_name;
use super::picker::{Pick, Picker};
use super::thread::is_mine;
use crate::i18n::Message as M;
use crate::model::{
    LONG_TEXT, NewThanks, Pass, PassReason, PersonRef, Request, RequestId, SHORT_TEXT, clean_line,
};
use crate::store::{Action, Field};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlSelectElement};

/// Thanks to a person for a skill, with a word.
#[derive(Clone)]
pub(super) struct ThankForm {
    /// In which request.
    pub request: Rc<Request>,
    /// Who helped.
    pub to: PersonRef,
}

/// "Not now", "not my area", "I know who": one tap, private, never scored.
#[derive(Clone)]
pub(super) struct PassForm {
    /// Which request.
    pub request: RequestId,
}

impl ThankForm {
    /// Puts it into a screen.
    pub(super) fn place(self, context: &Context) -> Element {
        group().component(local(context, "thank", Piece::Thank(self)))
    }

    /// What the thanks are for until something else is chosen.
    pub(super) fn first_skill(&self) -> String {
        self.request.skills.first().cloned().unwrap_or_default()
    }

    fn note(&self) -> Field {
        Field::ThanksNote(self.request.id.clone())
    }
}

impl PassForm {
    /// Puts it into a screen.
    pub(super) fn place(self, context: &Context) -> Element {
        group().component(local(context, "pass", Piece::Pass(self)))
    }
}

/// An answer, or a follow-up by the asker.
pub(super) fn answer_form(context: &Context, request: &Request) -> Element {
    let field = Field::Answer(request.id.clone());
    let text = context.state.field(&field);
    let (label, hint, send) = if is_mine(context, request) {
        (M::FollowUpLabel, None, M::FollowUpSend)
    } else {
        (M::AnswerLabel, Some(M::AnswerHint), M::AnswerSend)
    };
    let described = Described {
        id: "answer",
        label,
        optional: false,
        hint,
        error: None,
        rows: "3",
        focus: false,
        max: LONG_TEXT,
        warn: 0,
    };
    let send = submit("button primary", context, send).flag(A::Disabled, text.trim().is_empty());
    let area = field::area(context, &described, text, Words::Field(field));
    element("form", "reply")
        .flag(A::NoValidate, true)
        .on(When::Submit, context.then(Deed::Answer(request.id.clone())))
        .child(area)
        .child(send)
}

/// What happened to the thanks; whether they are to be drawn anew.
pub(super) fn hear_thank(here: &Here, form: &ThankForm, signal: &Signal, event: &Event) -> bool {
    match signal {
        Signal::Input => {
            let select = event
                .target()
                .and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
            let Some(select) = select else { return false };
            *here.memory.text.borrow_mut() = select.value();
            true
        }
        Signal::Submit => {
            let thanks = NewThanks {
                to: form.to.id.clone(),
                skill: here.memory.words(),
                note: clean_line(here.context.state.field(&form.note()), SHORT_TEXT),
            };
            let request = form.request.id.clone();
            here.context
                .dispatch
                .emit(Action::Thank { request, thanks });
            false
        }
        _ => here.toggle(),
    }
}

/// A button, and behind it the form for thanks.
pub(super) fn draw_thank(here: &Here, form: &ThankForm) -> Element {
    let context = &here.context;
    let name = first_name(&form.to.name);
    if !here.memory.open.get() {
        return button("button small")
            .part("button")
            .truth(A::AriaExpanded, false)
            .tell(here, When::Click, Signal::Toggle)
            .icon(icon::HEART)
            .say_with(context, M::Thank, "name", name);
    }
    let described = Described {
        id: "thanks-note",
        label: M::ThankNote,
        optional: true,
        hint: Some(M::ThankNoteHint),
        error: None,
        rows: "2",
        focus: false,
        max: SHORT_TEXT,
        warn: 0,
    };
    let note = context.state.field(&form.note());
    let heading = p("strong")
        .icon(icon::HEART)
        .say_with(context, M::Thank, "name", name);
    let cancel = button("quiet small")
        .tell(here, When::Click, Signal::Toggle)
        .say(context, M::Cancel);
    let buttons = div("row").child(submit("button primary small", context, M::ThankSend));
    element("form", "thank")
        .flag(A::NoValidate, true)
        .tell(here, When::Submit, Signal::Submit)
        .child(heading)
        .maybe((!form.request.skills.is_empty()).then(|| skill(here, form)))
        .child(field::area(
            context,
            &described,
            note,
            Words::Field(form.note()),
        ))
        .child(buttons.child(cancel))
}

/// For which skill they are.
fn skill(here: &Here, form: &ThankForm) -> Element {
    let context = &here.context;
    let chosen = here.memory.words();
    let mut select =
        element("select", "")
            .id("thanks-skill")
            .tell(here, When::Change, Signal::Input);
    for skill in &form.request.skills {
        let option = element("option", "").key(skill).set(A::Value, skill);
        select = select.child(option.flag(A::Selected, *skill == chosen).text(skill));
    }
    let none = element("option", "")
        .is(A::Value, "")
        .flag(A::Selected, chosen.is_empty());
    let label = element("label", "")
        .is(A::For, "thanks-skill")
        .say(context, M::ThankFor);
    div("field")
        .child(label)
        .child(select.child(none.say(context, M::ThankForNone)))
}

/// Three buttons, and behind the third the colleagues.
pub(super) fn draw_pass(here: &Here, form: &PassForm) -> Element {
    let context = &here.context;
    let naming = here.memory.open.get();
    let pass = |reason, label| {
        let deed = Deed::PassOn(form.request.clone(), Pass { reason, to: None });
        button("button small")
            .act(context, deed)
            .say(context, label)
    };
    let name = button("button small")
        .truth(A::AriaExpanded, naming)
        .tell(here, When::Click, Signal::Toggle)
        .say(context, M::PassKnowWho);
    let buttons = div("row")
        .child(pass(PassReason::NotNow, M::PassNotNow))
        .child(pass(PassReason::NotMyArea, M::PassNotMine))
        .maybe(context.state.may_pass_to().then_some(name));
    let picker = naming.then(|| {
        let pick = Pick::PassTo(form.request.clone());
        Picker {
            id: "pass-to",
            label: M::PassTo,
            focus: true,
            pick,
        }
        .place(context)
    });
    element("section", "pass")
        .child(p("hint").say(context, M::PassHeading))
        .child(buttons)
        .maybe(picker)
}
