//! Facets of the directory, each value with its count, behind one button (WAI-ARIA disclosure).
//!
//! What is chosen stays in sight as chips, so that nobody wonders why somebody is missing.

use super::context::Context;
use super::icon;
use crate::i18n::Message as M;
use crate::model::Presence;
use crate::store::{Action, FacetValue};
use yew::prelude::*;

/// How many values of a facet are shown before "all".
const FEW: usize = 6;

/// Properties of [`Facets`].
#[derive(Properties, Clone, PartialEq)]
pub(super) struct FacetsProps {
    /// What every screen is given.
    pub context: Context,
}

/// One value as it is drawn.
struct Choice {
    label: String,
    count: u32,
    chosen: bool,
    value: FacetValue,
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

/// The facets.
#[component]
pub(super) fn Facets(props: &FacetsProps) -> Html {
    let context = &props.context;
    let open = use_state(|| false);
    let whole = use_state(|| None::<M>);
    let Some(surface) = context.shown() else { return Html::default() };
    let Some(results) = &surface.directory.results else { return Html::default() };
    let filters = &surface.directory.query.filters;
    let (chosen, facets) = (surface.directory.chosen(), &results.facets);

    let named = |counts: &[crate::search::FacetCount], on: &[String], make: fn(String) -> FacetValue| {
        let choice = |c: &crate::search::FacetCount| Choice {
            label: c.value.to_string(),
            count: c.count,
            chosen: on.iter().any(|v| **v == *c.value),
            value: make(c.value.to_string()),
        };
        counts.iter().map(choice).collect::<Vec<_>>()
    };
    let presence = facets
        .presence
        .iter()
        .map(|(presence, count)| Choice {
            label: context.text(presence_word(*presence)),
            count: *count,
            chosen: filters.presence.contains(presence),
            value: FacetValue::Presence(*presence),
        })
        .collect();
    let groups: [(M, Vec<Choice>); 4] = [
        (M::FacetSkill, named(&facets.skills, &filters.skills, FacetValue::Skill)),
        (M::FacetTeam, named(&facets.teams, &filters.teams, FacetValue::Team)),
        (M::FacetPlace, named(&facets.places, &filters.places, FacetValue::Place)),
        (M::FacetPresence, presence),
    ];
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let label = match chosen {
        0 => context.text(M::Filters),
        n => context.fill(M::FiltersOn, &[("n", &n.to_string())]),
    };
    html! {
        <div class="facets">
            <div class="chips">
                <button type="button" class="chip toggle" aria-expanded={open.to_string()} aria-controls="facets" onclick={toggle}>
                    { icon::filter() }{ label }
                </button>
                { for groups.iter().flat_map(|(_, choices)| choices).filter(|c| c.chosen).map(|choice| html! {
                    <button type="button" class="chip on" key={choice.label.clone()}
                        aria-label={context.fill(M::RemoveNamed, &[("value", &choice.label)])}
                        onclick={choose(context, choice)}>
                        { choice.label.clone() }{ icon::close() }
                    </button>
                }) }
            </div>
            <div id="facets" class="facet-groups" hidden={!*open}>
                if *open {
                    { for groups.iter().filter(|(_, choices)| !choices.is_empty()).map(|(name, choices)| {
                        group(context, *name, choices, &whole)
                    }) }
                }
            </div>
        </div>
    }
}

fn choose(context: &Context, choice: &Choice) -> Callback<MouseEvent> {
    context.on(Action::Facet {
        surface: context.surface,
        value: choice.value.clone(),
        on: !choice.chosen,
    })
}

fn group(context: &Context, name: M, choices: &[Choice], whole: &UseStateHandle<Option<M>>) -> Html {
    let all = **whole == Some(name);
    let shown = if all { choices.len() } else { FEW };
    let toggle = {
        let whole = whole.clone();
        Callback::from(move |_: MouseEvent| whole.set((!all).then_some(name)))
    };
    html! {
        <fieldset class="facet">
            <legend>{ context.text(name) }</legend>
            { for choices.iter().take(shown).map(|choice| html! {
                <label class="facet-value" key={choice.label.clone()}>
                    <input type="checkbox" checked={choice.chosen} onchange={
                        let on_choose = context.on::<Event>(Action::Facet {
                            surface: context.surface, value: choice.value.clone(), on: !choice.chosen,
                        });
                        on_choose
                    } />
                    <span>{ choice.label.clone() }</span>
                    <span class="muted tabular">{ context.language().number(u64::from(choice.count)) }</span>
                </label>
            }) }
            if choices.len() > FEW {
                <button type="button" class="quiet small" aria-expanded={all.to_string()} onclick={toggle}>
                    if all { { context.text(M::FacetLess) } } else {
                        { context.fill(M::FacetMore, &[("n", &choices.len().to_string())]) }
                    }
                </button>
            }
        </fieldset>
    }
}
