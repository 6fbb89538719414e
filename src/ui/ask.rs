//! The form for a question. Two minutes, one field that must be filled, and help while typing:
//! skills, colleagues with the reason, and questions that were answered before.

use super::context::{Context, ContextProps};
use super::field::{self, Described};
use super::picker::{Picker, PickerProps, Source};
use super::{avatar, icon, notice, post_status, review, similar};
use crate::backend::Operation;
use crate::exchange::Candidate;
use crate::i18n::Message as M;
use crate::model::{LONG_TEXT, PersonId, SHORT_TEXT, Visibility};
use crate::store::{Action, AskEdit, AskForm, Draft, MOST, Surface, View, reason_words};
use yew::prelude::*;

/// How many colleagues are proposed at once: few, so that each is likelier to reply.
const PROPOSED: usize = 3;

/// The form, or the last look before sending.
#[component]
pub(super) fn AskScreen(props: &ContextProps) -> Html {
    let context = &props.context;
    let Some(surface) = context.shown() else { return Html::default() };
    if !context.state.supports(Operation::RequestsCreate) {
        return notice::empty(context.text(M::NotConnected), String::new(), Html::default());
    }
    if surface.ask.review {
        return review::screen(context, &surface.ask);
    }
    form(context, surface)
}

fn form(context: &Context, surface: &Surface) -> Html {
    let form = &surface.ask;
    let draft = &form.draft;
    let onsubmit = {
        let (dispatch, id) = (context.dispatch.clone(), surface.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            dispatch.emit(Action::ask(id, AskEdit::Review(true)));
        })
    };
    html! {
        <form class="ask" {onsubmit} novalidate=true>
            { for context.state.posts_under_way().map(|entry| post_status::line(context, entry)) }
            { for context.state.shelved.iter().rev().take(2).map(|d| shelved(context, d)) }
            <h3>{ context.text(M::AskHeading) }</h3>
            { question(context, form) }
            { similar::list(context, form) }
            { details(context, draft) }
            { skills(context, form) }
            { people(context, form) }
            { context_of_page(context, draft) }
            { visibility(context, draft) }
            <div class="row end">
                <button type="submit" class="button primary" part="button">{ context.text(M::Continue) }</button>
                if !draft.is_blank() {
                    <button type="button" class="quiet" onclick={context.on_ask(AskEdit::Clear)}>{ context.text(M::Clear) }</button>
                }
            </div>
            if !draft.is_blank() {
                <p class="hint">{ context.text(if context.state.storage { M::DraftKept } else { M::DraftNotKept }) }</p>
            }
        </form>
    }
}

fn edits(context: &Context, make: fn(String) -> AskEdit) -> Callback<String> {
    let (dispatch, id) = (context.dispatch.clone(), context.surface);
    Callback::from(move |text| dispatch.emit(Action::ask(id, make(text))))
}

fn question(context: &Context, form: &AskForm) -> Html {
    let text = &form.draft.question;
    let left = SHORT_TEXT.saturating_sub(text.chars().count());
    let described = Described {
        id: "question",
        label: context.text(M::Question),
        hint: Some(context.text(M::QuestionHint)),
        error: form.missing.then(|| context.text(M::QuestionMissing)),
        rows: 2,
        focus: true,
        max: SHORT_TEXT,
        left: (left < 60).then(|| context.fill(M::CharactersLeft, &[("n", &left.to_string())])),
        ..Described::default()
    };
    field::area(described, text, edits(context, AskEdit::Question))
}

fn details(context: &Context, draft: &Draft) -> Html {
    let described = Described {
        id: "details",
        label: context.text(M::Details),
        aside: Some(context.text(M::Optional)),
        hint: Some(context.text(M::DetailsHint)),
        rows: 3,
        max: LONG_TEXT,
        ..Described::default()
    };
    field::area(described, &draft.details, edits(context, AskEdit::Details))
}

fn shelved(context: &Context, draft: &Draft) -> Html {
    let key = draft.key.clone();
    let go_on = Action::Unshelve { surface: context.surface, key: key.clone() };
    html! {
        <div class="notice" part="notice" key={key.clone()}>
            <div>
                <p class="muted">{ context.text(M::Shelved) }</p>
                <p class="strong clip">{ draft.question.clone() }</p>
                <div class="row">
                    <button type="button" class="button small" onclick={context.on(go_on)}>{ context.text(M::ShelvedContinue) }</button>
                    <button type="button" class="quiet small" onclick={context.on(Action::DropDraft(key))}>{ context.text(M::ShelvedDrop) }</button>
                </div>
            </div>
        </div>
    }
}

fn skills(context: &Context, form: &AskForm) -> Html {
    let chosen = &form.draft.skills;
    let (dispatch, id) = (context.dispatch.clone(), context.surface);
    let onpick = Callback::from(move |name| dispatch.emit(Action::ask(id, AskEdit::AddSkill(name))));
    html! {
        <fieldset class="field">
            <legend>{ context.text(M::SkillsLabel) }<span class="muted">{ " · " }{ context.text(M::Optional) }</span></legend>
            <ul class="chips">
                { for chosen.iter().map(|skill| html! {
                    <li key={skill.clone()}><button type="button" class="chip on" part="skill"
                        aria-label={context.fill(M::RemoveNamed, &[("value", skill)])}
                        onclick={context.on_ask(AskEdit::RemoveSkill(skill.clone()))}>{ skill.clone() }{ icon::close() }</button></li>
                }) }
                { for form.proposals.skills.iter().map(|proposal| html! {
                    <li key={format!("+{}", proposal.name)}><button type="button" class="chip proposed" part="skill"
                        aria-label={context.fill(M::AddNamed, &[("value", &proposal.name)])}
                        onclick={context.on_ask(AskEdit::AddSkill(proposal.name.clone()))}>{ icon::plus() }{ proposal.name.clone() }</button></li>
                }) }
            </ul>
            if chosen.len() < MOST {
                <Picker ..PickerProps { context: context.clone(), id: "add-skill", label: M::SkillsAdd, source: Source::Skills, focus: false, onpick } />
            }
        </fieldset>
    }
}

fn people(context: &Context, form: &AskForm) -> Html {
    let chosen = &form.draft.to;
    let (dispatch, id) = (context.dispatch.clone(), context.surface);
    let onpick = Callback::from(move |value: String| {
        if let Ok(person) = PersonId::new(value) {
            dispatch.emit(Action::ask(id, AskEdit::AddPerson(person)));
        }
    });
    let proposed = &form.proposals.people;
    let free = PROPOSED.saturating_sub(chosen.len().min(PROPOSED - 1));
    html! {
        <fieldset class="field">
            <legend>{ context.text(M::PeopleLabel) }<span class="muted">{ " · " }{ context.text(M::Optional) }</span></legend>
            if chosen.is_empty() {
                <p class="hint">{ context.text(M::PeopleNobody) }</p>
            } else {
                <ul class="chips">
                    { for chosen.iter().map(|person| {
                        let name = name_of(context, person);
                        html! {
                            <li key={person.as_str().to_owned()}><button type="button" class="chip on who"
                                aria-label={context.fill(M::RemoveNamed, &[("value", &name)])}
                                onclick={context.on_ask(AskEdit::RemovePerson(person.clone()))}>
                                { avatar::of_name(&name) }{ name.clone() }{ icon::close() }
                            </button></li>
                        }
                    }) }
                </ul>
            }
            if !proposed.is_empty() && chosen.len() < MOST {
                <p class="sub">{ context.text(M::PeopleProposed) }</p>
                <ul class="candidates">
                    { for proposed.iter().take(free).map(|candidate| self::candidate(context, candidate)) }
                </ul>
            }
            if chosen.len() < MOST && context.state.supports(Operation::PeopleList) {
                <Picker ..PickerProps { context: context.clone(), id: "add-person", label: M::PeopleAdd, source: Source::People, focus: false, onpick } />
            }
        </fieldset>
    }
}

/// The name of somebody, or their id where the directory does not know them.
pub(super) fn name_of(context: &Context, person: &PersonId) -> String {
    context.state.person(person).map_or_else(|| person.as_str().to_owned(), |p| p.name.clone())
}

fn candidate(context: &Context, candidate: &Candidate) -> Html {
    let Some(person) = context.state.person(&candidate.person) else { return Html::default() };
    let reasons: Vec<String> =
        candidate.reasons.iter().take(3).map(|r| reason_words(context.language(), r)).collect();
    let add = AskEdit::AddPerson(candidate.person.clone());
    html! {
        <li key={candidate.person.as_str().to_owned()} class="candidate">
            <button type="button" class="person" onclick={context.on_go(View::Person(candidate.person.clone()))}>
                { avatar::of(person) }
                <span class="who">
                    <span class="name">{ person.name.clone() }</span>
                    <span class="why">{ reasons.join(" · ") }</span>
                </span>
            </button>
            <button type="button" class="button small" onclick={context.on_ask(add)}
                aria-label={context.fill(M::AskName, &[("name", &person.name)])}>{ icon::plus() }{ context.text(M::NavAsk) }</button>
        </li>
    }
}

fn context_of_page(context: &Context, draft: &Draft) -> Html {
    let Some(page) = &draft.context else { return Html::default() };
    let keep = draft.keep_context;
    let edit = AskEdit::KeepContext(!keep);
    html! {
        <div class="context">
            { icon::link() }
            if keep {
                <span class="clip"><span class="muted">{ context.text(M::ContextLabel) }</span>{ " " }
                    { page.title.clone() }
                    if let Some(url) = &page.url { <span class="muted">{ " " }{ url.as_str().to_owned() }</span> }
                </span>
            }
            <button type="button" class="quiet small" onclick={context.on_ask(edit)}>
                { context.text(if keep { M::ContextRemove } else { M::ContextAdd }) }
            </button>
        </div>
    }
}

fn visibility(context: &Context, draft: &Draft) -> Html {
    let radio = |value: Visibility, label: M| {
        let onchange = context.on::<Event>(Action::ask(context.surface, AskEdit::Visibility(value)));
        html! {
            <label class="radio"><input type="radio" name="visibility" checked={draft.visibility == value} {onchange} />
                <span>{ context.text(label) }</span></label>
        }
    };
    let private = draft.visibility == Visibility::Private;
    html! {
        <fieldset class="field">
            <legend>{ context.text(M::WhoSees) }</legend>
            { radio(Visibility::Open, M::SeenByAll) }
            { radio(Visibility::Private, M::SeenByAsked) }
            if private && draft.to.is_empty() {
                <p class="error" role="alert">{ context.text(M::SeenByAskedMissing) }</p>
            } else if !private {
                <p class="hint">{ context.text(M::SeenByAllHint) }</p>
            }
        </fieldset>
    }
}
