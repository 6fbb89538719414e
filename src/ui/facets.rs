//! Facets of the directory, each value with its count, behind one button (WAI-ARIA disclosure).
//!
//! What is chosen stays in sight as chips, so that nobody wonders why somebody is missing.

use super::attribute::Attribute as A;
use super::context::Context;
use super::deed::Deed;
use super::element::{Element, button, div, element, group, span};
use super::icon;
use super::listener::When;
use super::local::{Here, Signal};
use crate::i18n::Message as M;
use crate::model::Presence;
use crate::search::FacetCount;
use crate::store::FacetValue;

/// How many values of a facet are shown before "all".
const FEW: usize = 6;

/// One value as it is drawn.
struct Choice<'a> {
    label: &'a str,
    count: u32,
    chosen: bool,
    value: FacetValue,
}

impl Choice<'_> {
    /// Chooses it, or lets it go.
    fn toggled(&self) -> Deed {
        Deed::Facet(self.value.clone(), !self.chosen)
    }
}

/// The word for a presence.
pub(super) fn presence_word(presence: Presence) -> M {
    match presence {
        Presence::Available => M::Available,
        Presence::Busy => M::Busy,
        Presence::Away => M::Away,
        Presence::Unknown => M::PresenceUnknown,
    }
}

fn named<'a>(
    counts: &'a [FacetCount],
    on: &[String],
    make: fn(String) -> FacetValue,
) -> Vec<Choice<'a>> {
    let mut out = Vec::new();
    for counted in counts {
        let label = &*counted.value;
        let chosen = on.iter().any(|value| value == label);
        out.push(Choice {
            label,
            count: counted.count,
            chosen,
            value: make(label.to_owned()),
        });
    }
    out
}

/// What happened; whether it is to be drawn anew.
pub(super) fn hear(here: &Here, signal: &Signal) -> bool {
    match signal {
        Signal::Whole(name) => {
            let whole = &here.memory.whole;
            whole.set((whole.get() != Some(*name)).then_some(*name));
            true
        }
        _ => here.toggle(),
    }
}

/// The facets.
pub(super) fn draw(here: &Here) -> Option<Element> {
    let context = &here.context;
    let view = &context.shown()?.directory;
    let (filters, facets) = (&view.query.filters, &view.results.as_ref()?.facets);
    let mut presence = Vec::new();
    for (status, count) in &facets.presence {
        presence.push(Choice {
            label: context.text(presence_word(*status)),
            count: *count,
            chosen: filters.presence.contains(status),
            value: FacetValue::Presence(*status),
        });
    }
    let facets = [
        (
            M::FacetSkill,
            named(&facets.skills, &filters.skills, FacetValue::Skill),
        ),
        (
            M::FacetTeam,
            named(&facets.teams, &filters.teams, FacetValue::Team),
        ),
        (
            M::FacetPlace,
            named(&facets.places, &filters.places, FacetValue::Place),
        ),
        (M::FacetPresence, presence),
    ];
    let open = here.memory.open.get();
    let toggle = button("chip toggle")
        .truth(A::AriaExpanded, open)
        .is(A::AriaControls, "facets")
        .tell(here, When::Click, Signal::Toggle)
        .icon(icon::FILTER);
    let toggle = match view.chosen() {
        0 => toggle.say(context, M::Filters),
        n => toggle.say_with(context, M::FiltersOn, "n", &n.to_string()),
    };
    let (mut chips, mut groups) = (group(), group());
    for (name, choices) in &facets {
        for choice in choices {
            if choice.chosen {
                chips = chips.child(chip(context, choice));
            }
        }
        if open && !choices.is_empty() {
            groups = groups.child(facet(here, *name, choices));
        }
    }
    let out = div("facets").child(div("chips").child(toggle).child(chips));
    let groups = div("facet-groups")
        .id("facets")
        .flag(A::Hidden, !open)
        .child(groups);
    Some(out.child(groups))
}

fn chip(context: &Context, choice: &Choice) -> Element {
    button("chip on")
        .key(choice.label)
        .label_with(context, M::RemoveNamed, "value", choice.label)
        .act(context, choice.toggled())
        .text(choice.label)
        .icon(icon::CLOSE)
}

fn facet(here: &Here, name: M, choices: &[Choice]) -> Element {
    let context = &here.context;
    let all = here.memory.whole.get() == Some(name);
    let mut values = group();
    for choice in choices.iter().take(if all { choices.len() } else { FEW }) {
        let tick = element("input", "")
            .is(A::Type, "checkbox")
            .checked(choice.chosen)
            .on(When::Change, context.then(choice.toggled()));
        let count = context.language().number(u64::from(choice.count));
        let value = element("label", "facet-value")
            .key(choice.label)
            .child(tick);
        let value = value.child(span("").text(choice.label));
        values = values.child(value.child(span("muted tabular").text(&count)));
    }
    let more = (choices.len() > FEW).then(|| {
        let more = button("quiet small").truth(A::AriaExpanded, all).tell(
            here,
            When::Click,
            Signal::Whole(name),
        );
        if all {
            more.say(context, M::FacetLess)
        } else {
            more.say_with(context, M::FacetMore, "n", &choices.len().to_string())
        }
    });
    let legend = element("legend", "").say(context, name);
    element("fieldset", "facet")
        .child(legend)
        .child(values)
        .maybe(more)
}
