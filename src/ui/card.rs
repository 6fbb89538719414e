//! One colleague: what they know and how that shows, what they want to learn, when and how to
//! reach them, and "ask" from anywhere on it.

use super::context::Context;
use super::facets::presence_word;
use super::{avatar, icon, intl, notice};
use crate::backend::Operation;
use crate::i18n::{Message as M, short_date};
use crate::model::{Person, PersonId, PersonSkill, Presence};
use crate::store::{Action, Loading, Prefill, Surface, SurfaceKind};
use yew::prelude::*;

/// The card.
pub(super) fn screen(context: &Context, surface: &Surface, id: &PersonId) -> Html {
    match context.state.person(id) {
        Some(person) => card(context, surface, person),
        None => match &context.state.directory.loading {
            Loading::Failed(error) => notice::broken(context, error),
            Loading::Complete => notice::empty(
                context.text(M::PersonMissing),
                String::new(),
                Html::default(),
            ),
            _ => notice::loading(context, 2),
        },
    }
}

fn card(context: &Context, surface: &Surface, person: &Person) -> Html {
    let me = context.state.my_self().is_some_and(|me| me.id == person.id);
    let can_ask = context.state.supports(Operation::RequestsCreate) && !me;
    let first_name = person.name.split_whitespace().next().unwrap_or(&person.name).to_owned();
    let ask = Action::AskPerson { surface: surface.id, person: person.id.clone() };
    let (shown, declared): (Vec<_>, Vec<_>) =
        person.skills.iter().partition(|s| s.evidence.is_shown());
    html! {
        <article class="card" part="person" aria-labelledby="card-name">
            <div class="card-head">
                { avatar::of(person) }
                <div>
                    <h3 id="card-name" data-focus="" tabindex="-1">{ person.name.clone() }</h3>
                    if !person.title.is_empty() { <p>{ person.title.clone() }</p> }
                    <p class="muted">{ join(&[&person.team, &person.place]) }</p>
                </div>
            </div>
            <div class="row">
                if can_ask {
                    <button type="button" class="button primary" part="button" onclick={context.on(ask)}>
                        { icon::ask() }{ context.fill(M::AskName, &[("name", &first_name)]) }
                    </button>
                }
                if me { <p class="muted">{ context.text(M::ItIsYou) }</p> }
                if !person.email.is_empty() {
                    <a class="button" href={format!("mailto:{}", person.email)}>{ context.text(M::SendMail) }</a>
                }
                if let Some(profile) = &person.profile {
                    <a class="button" href={profile.as_str().to_owned()}>{ context.text(M::FullProfile) }</a>
                }
            </div>
            { availability(context, person) }
            if !person.about.is_empty() { <p class="prose">{ person.about.clone() }</p> }
            if person.skills.is_empty() {
                <p class="muted">{ context.text(M::NoSkills) }</p>
            }
            { skills(context, surface, person, M::ShownByHelp, &shown, can_ask) }
            { skills(context, surface, person, M::Declared, &declared, can_ask) }
            { wants(context, person) }
            if !person.languages.is_empty() {
                <p><span class="muted">{ context.text(M::Languages) }{ ": " }</span>{ languages(context, person) }</p>
            }
        </article>
    }
}

fn join(parts: &[&String]) -> String {
    let parts: Vec<&str> = parts.iter().map(|s| s.as_str()).filter(|s| !s.is_empty()).collect();
    parts.join(" · ")
}

fn languages(context: &Context, person: &Person) -> String {
    let tag = context.language().text_tag();
    let name = |l: &String| intl::language_name(tag, l).unwrap_or_else(|| l.clone());
    person.languages.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Presence, load and local time: whether now is a good moment.
fn availability(context: &Context, person: &Person) -> Html {
    let now = &person.availability;
    let load = now.load;
    let presence = match (now.presence, now.until) {
        (Presence::Away, Some(until)) => {
            Some(context.fill(M::AwayUntil, &[("date", &short_date(context.language(), until))]))
        }
        (Presence::Unknown, _) => None,
        (presence, _) => Some(context.text(presence_word(presence))),
    };
    let open = match load.open {
        0 => context.text(M::LoadNone),
        n => context.language().count(M::LoadOne, M::LoadOther, u64::from(n)),
    };
    let limit = load.weekly_limit.map(|limit| {
        if load.is_full() {
            return context.text(M::Full);
        }
        let (n, limit) = (load.recent.to_string(), limit.to_string());
        context.fill(M::LoadLimit, &[("n", &n), ("limit", &limit)])
    });
    let time = (!person.time_zone.is_empty() && intl::own_zone().as_ref() != Some(&person.time_zone))
        .then(|| {
            let ms = context.state.now.millis() as f64;
            intl::time_in_zone(context.language().tag(), &person.time_zone, ms)
        })
        .flatten();
    html! {
        <ul class="facts">
            if let Some(presence) = presence { <li>{ presence }</li> }
            <li>{ open }</li>
            if let Some(limit) = limit { <li>{ limit }</li> }
            if let Some(time) = time {
                <li>{ icon::clock() }{ context.fill(M::LocalTime, &[("time", &time)]) }</li>
            }
        </ul>
    }
}

fn skills(
    context: &Context,
    surface: &Surface,
    person: &Person,
    heading: M,
    skills: &[&PersonSkill],
    can_ask: bool,
) -> Html {
    if skills.is_empty() {
        return Html::default();
    }
    html! {
        <section>
            <h4>{ context.text(heading) }</h4>
            <ul class="chips">
                { for skills.iter().map(|skill| {
                    let evidence = evidence(context, skill);
                    let label = html! {
                        <>{ skill.name.clone() }if !evidence.is_empty() { <span class="muted">{ " · " }{ evidence }</span> }</>
                    };
                    html! {
                        <li key={skill.name.clone()}>
                            if can_ask {
                                <button type="button" class={classes!("chip", skill.evidence.is_shown().then_some("shown"))} part="skill"
                                    title={context.fill(M::AskAbout, &[("value", &skill.name)])}
                                    onclick={ask_about(context, surface, person, &skill.name)}>{ label }</button>
                            } else {
                                <span class="chip" part="skill">{ label }</span>
                            }
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

fn evidence(context: &Context, skill: &PersonSkill) -> String {
    let language = context.language();
    let mut parts = Vec::new();
    if skill.evidence.accepted > 0 {
        parts.push(language.count(M::AcceptedOne, M::AcceptedOther, skill.evidence.accepted.into()));
    }
    if skill.evidence.thanks > 0 {
        parts.push(language.count(M::ThanksOne, M::ThanksOther, skill.evidence.thanks.into()));
    }
    parts.join(" · ")
}

fn ask_about(context: &Context, surface: &Surface, person: &Person, skill: &str) -> Callback<MouseEvent> {
    let prefill = Prefill {
        skills: vec![skill.to_owned()],
        to: vec![person.id.clone()],
        ..Prefill::default()
    };
    if surface.kind == SurfaceKind::Person {
        context.on(Action::Elsewhere(prefill))
    } else {
        context.on(Action::Fill { surface: surface.id, prefill })
    }
}

/// What they want to learn; where the reader knows it, that is an opening.
fn wants(context: &Context, person: &Person) -> Html {
    if person.wants.is_empty() {
        return Html::default();
    }
    let me = context.state.my_self().filter(|me| me.id != person.id);
    html! {
        <section>
            <h4>{ context.text(M::WantsToLearn) }</h4>
            <ul class="chips">
                { for person.wants.iter().map(|want| {
                    let known = me.is_some_and(|me| me.skill(want).is_some());
                    html! {
                        <li key={want.clone()}><span class={classes!("chip", "want", known.then_some("known"))}>
                            { want.clone() }
                            if known { <span class="muted">{ " · " }{ context.text(M::YouKnowThis) }</span> }
                        </span></li>
                    }
                }) }
            </ul>
        </section>
    }
}
