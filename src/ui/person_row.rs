//! One colleague in a list: who, what they can help with, why they are here, and "ask".

use super::context::Context;
use super::facets::presence_word;
use super::{avatar, highlight, icon};
use crate::backend::Operation;
use crate::i18n::Message as M;
use crate::model::{Person, Presence};
use crate::search::{Field, Match};
use crate::store::{Action, View, match_words};
use yew::prelude::*;

/// How many skills a row shows.
const SKILLS: usize = 4;

/// The row. `matches` say why the search found them.
pub(super) fn row(context: &Context, person: &Person, matches: &[Match]) -> Html {
    let me = context.state.my_self().is_some_and(|me| me.id == person.id);
    let can_ask = context.state.supports(Operation::RequestsCreate) && !me;
    let ask = Action::AskPerson { surface: context.surface, person: person.id.clone() };
    let mark = |field, text: &str| highlight::marked(text, &highlight::spans(matches, &[field], 0));
    let first_name = person.name.split_whitespace().next().unwrap_or(&person.name);
    html! {
        <>
            <button type="button" class="person" part="person"
                onclick={context.on_go(View::Person(person.id.clone()))}>
                { avatar::of(person) }
                <span class="who">
                    <span class="name">{ mark(Field::Name, &person.name) }
                        if me { <span class="muted">{ " · " }{ context.text(M::ItIsYou) }</span> }
                    </span>
                    <span class="muted line">{ place_line(person, &mark) }</span>
                    <span class="line skills">{ skills(context, person, matches) }</span>
                    <span class="why line">{ why(context, person, matches) }</span>
                </span>
            </button>
            if can_ask {
                <button type="button" class="button ask" part="button"
                    aria-label={context.fill(M::AskName, &[("name", &person.name)])}
                    title={context.fill(M::AskName, &[("name", first_name)])}
                    onclick={context.on(ask)}>{ icon::ask() }<span class="wide">{ context.text(M::NavAsk) }</span></button>
            }
        </>
    }
}

fn place_line(person: &Person, mark: &impl Fn(Field, &str) -> Html) -> Html {
    let parts = [
        (Field::Title, &person.title),
        (Field::Team, &person.team),
        (Field::Place, &person.place),
    ];
    let mut out = Vec::new();
    for (field, text) in parts {
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(html! { <span aria-hidden="true">{ " · " }</span> });
        }
        out.push(mark(field, text));
    }
    out.into_iter().collect()
}

/// The skills that were looked for first, then those shown by help, then the others.
fn skills(context: &Context, person: &Person, matches: &[Match]) -> Html {
    let fields = [Field::SkillShown, Field::SkillDeclared];
    let mut order: Vec<usize> = (0..person.skills.len()).collect();
    order.sort_by_key(|&i| {
        let matched = matches.iter().any(|m| fields.contains(&m.field) && m.value as usize == i);
        let shown = person.skills[i].evidence;
        (!matched, std::cmp::Reverse(shown.accepted + shown.thanks))
    });
    if order.is_empty() {
        return Html::default();
    }
    let rest = order.len().saturating_sub(SKILLS);
    html! {
        <>
            <span class="sr">{ context.text(M::CanHelpWith) }{ ": " }</span>
            { for order.iter().take(SKILLS).map(|&i| {
                let skill = &person.skills[i];
                let shown = skill.evidence.is_shown();
                html! {
                    <span class={classes!("tag", shown.then_some("shown"))} part="skill" key={i}>
                        { highlight::marked(&skill.name, &highlight::spans(matches, &fields, i)) }
                    </span>
                }
            }) }
            if rest > 0 { <span class="muted">{ format!("+{rest}") }</span> }
        </>
    }
}

/// Availability, then why the search found them.
fn why(context: &Context, person: &Person, matches: &[Match]) -> Html {
    let presence = person.availability.presence;
    let mut words = Vec::new();
    if person.availability.load.is_full() && presence != Presence::Away {
        words.push(context.text(M::Full));
    } else if presence != Presence::Unknown {
        words.push(context.text(presence_word(presence)));
    }
    words.extend(match_words(context.language(), person, matches).into_iter().take(2));
    html! { { words.join(" · ") } }
}
