//! One colleague in a list: who, what they can help with, why they are here, and "ask".

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, span};
use super::facets::presence_word;
use super::{avatar, highlight, icon};
use crate::i18n::Message as M;
use crate::model::{Person, Presence};
use crate::search::{Field, Match, order};
use crate::store::{View, match_words};

/// How many skills a row shows.
const SKILLS: usize = 4;

/// The first of somebody's names.
pub(super) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Whether there is somebody to be asked: nobody asks themselves.
pub(super) fn can_ask(context: &Context, person: &Person) -> bool {
    context.state.can_ask_by_name() && !is_me(context, person)
}

/// Whether it is the person who looks.
pub(super) fn is_me(context: &Context, person: &Person) -> bool {
    context.state.my_self().is_some_and(|me| me.id == person.id)
}

/// Puts the row into `out`. `matches` say why the search found them.
pub(super) fn row(out: Element, context: &Context, person: &Person, matches: &[Match]) -> Element {
    let me = is_me(context, person).then(|| span("muted").sign(" · ").say(context, M::ItIsYou));
    let name = span("name")
        .child(mark(matches, Field::Name, &person.name))
        .maybe(me);
    let who = span("who")
        .child(name)
        .child(place_line(person, matches))
        .child(skills(context, person, matches))
        .child(span("why line").text(&why(context, person, matches)));
    let person_button = button("person")
        .part("person")
        .go(context, View::Person(person.id.clone()))
        .child(avatar::of(person))
        .child(who);
    let ask = can_ask(context, person).then(|| {
        let title = context.fill(M::AskName, &[("name", first_name(&person.name))]);
        button("button ask")
            .part("button")
            .label_with(context, M::AskName, "name", &person.name)
            .set(A::Title, &title)
            .act(context, Deed::AskPerson(person.id.clone()))
            .icon(icon::ASK)
            .child(span("wide").say(context, M::NavAsk))
    });
    out.child(person_button).maybe(ask)
}

fn mark(matches: &[Match], field: Field, text: &str) -> Element {
    highlight::marked(text, &highlight::spans(matches, &[field], 0))
}

fn place_line(person: &Person, matches: &[Match]) -> Element {
    let parts = [
        (Field::Title, &person.title),
        (Field::Team, &person.team),
        (Field::Place, &person.place),
    ];
    let mut out = span("muted line");
    let mut first = true;
    for (field, text) in parts {
        if text.is_empty() {
            continue;
        }
        if !first {
            out = out.child(span("").decorative().sign(" · "));
        }
        first = false;
        out = out.child(mark(matches, field, text));
    }
    out
}

/// The skills that were looked for first, then those shown by help, then the others.
fn skills(context: &Context, person: &Person, matches: &[Match]) -> Element {
    let fields = [Field::SkillShown, Field::SkillDeclared];
    let rank = |at: u32| {
        let matched = matches
            .iter()
            .any(|m| fields.contains(&m.field) && m.value == at);
        let shown = person.skills.get(at as usize).map(|skill| skill.evidence);
        (
            matched,
            shown.map_or(0, |shown| shown.accepted.saturating_add(shown.thanks)),
        )
    };
    let mut best: Vec<u32> = (0..person.skills.len() as u32).collect();
    order::sort(&mut best, &|a, b| rank(b).cmp(&rank(a)));
    let mut out = span("line skills");
    if best.is_empty() {
        return out;
    }
    out = out.child(span("sr").say(context, M::CanHelpWith).sign(": "));
    for at in best.iter().take(SKILLS) {
        let at = *at as usize;
        let Some(skill) = person.skills.get(at) else {
            continue;
        };
        let tag = span(if skill.evidence.is_shown() {
            "tag shown"
        } else {
            "tag"
        })
        .part("skill");
        let spans = highlight::spans(matches, &fields, at);
        out = out.child(tag.child(highlight::marked(&skill.name, &spans)));
    }
    match best.len().saturating_sub(SKILLS) {
        0 => out,
        rest => out.child(span("muted").text(&["+", &rest.to_string()].concat())),
    }
}

/// Availability, then why the search found them.
fn why(context: &Context, person: &Person, matches: &[Match]) -> String {
    let presence = person.availability.presence;
    let mut out = String::new();
    if person.availability.load.is_full() && presence != Presence::Away {
        out.push_str(context.text(M::Full));
    } else if presence != Presence::Unknown {
        out.push_str(context.text(presence_word(presence)));
    }
    for words in match_words(context.language(), person, matches)
        .iter()
        .take(2)
    {
        if !out.is_empty() {
            out.push_str(" · ");
        }
        out.push_str(words);
    }
    out
}
