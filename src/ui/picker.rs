//! Choosing from many by typing: the WAI-ARIA combobox with a listbox, list autocomplete.
//!
//! Nothing is proposed before typing begins. Arrow keys move, Enter takes, Escape closes the
//! list first and only then what is around it.

use super::context::Context;
use super::field;
use crate::i18n::Message as M;
use crate::search::{Filters, Query};
use crate::store::State;
use std::rc::Rc;
use web_sys::{FocusEvent, KeyboardEvent};
use yew::prelude::*;

/// How many choices are shown.
const SHOWN: usize = 6;

/// One choice.
#[derive(Clone, PartialEq)]
pub(super) struct Choice {
    /// What is handed out when it is taken.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Behind it, quieter.
    pub aside: String,
}

/// Where the choices come from.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Source {
    /// Names of skills; another may be typed.
    Skills,
    /// Colleagues; the value is their id.
    People,
}

/// Properties of [`Picker`].
#[derive(Properties, Clone, PartialEq)]
pub(super) struct PickerProps {
    /// What every screen is given.
    pub context: Context,
    /// Unique within its element.
    pub id: &'static str,
    /// The label, which is also the placeholder.
    pub label: M,
    /// Where the choices come from.
    pub source: Source,
    /// Whether a new view's focus goes here.
    #[prop_or_default]
    pub focus: bool,
    /// What was chosen.
    pub onpick: Callback<String>,
}

/// Colleagues or skills for the words typed.
fn choices(state: &Rc<State>, source: Source, text: &str) -> Vec<Choice> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let index = &state.directory.index;
    match source {
        Source::People => {
            let query = Query { text: text.to_owned(), filters: Filters::default() };
            let me = state.my_self().map(|me| &me.id);
            let hits = index.search(&query).hits;
            let people = hits.iter().filter_map(|h| index.people().get(h.person as usize));
            people
                .filter(|p| Some(&p.id) != me)
                .take(SHOWN)
                .map(|p| Choice {
                    value: p.id.as_str().to_owned(),
                    label: p.name.clone(),
                    aside: [p.title.as_str(), p.place.as_str()].join(" · "),
                })
                .collect()
        }
        Source::Skills => index
            .complete_skill(text, SHOWN)
            .into_iter()
            .map(|(name, people)| Choice {
                value: name.clone(),
                label: name,
                aside: state.config.language.count(M::PeopleOne, M::PeopleOther, people.into()),
            })
            .collect(),
    }
}

/// The combobox.
#[component]
pub(super) fn Picker(props: &PickerProps) -> Html {
    let PickerProps { context, id, label, source, focus, onpick } = props.clone();
    let text = use_state(String::new);
    let active = use_state_eq(|| None::<usize>);
    let closed = use_state_eq(|| false);
    let found = if *closed { Vec::new() } else { choices(&context.state, source, &text) };
    let open = !found.is_empty();
    let list_id = format!("{id}-list");
    let option_id = |i: usize| format!("{id}-{i}");

    let pick = {
        let (text, active) = (text.clone(), active.clone());
        move |value: String| {
            text.set(String::new());
            active.set(None);
            onpick.emit(value);
        }
    };
    let oninput = {
        let (text, active, closed) = (text.clone(), active.clone(), closed.clone());
        Callback::from(move |event: InputEvent| {
            text.set(field::typed(&event));
            active.set(None);
            closed.set(false);
        })
    };
    let onkeydown = {
        let (pick, text, active, closed) =
            (pick.clone(), text.clone(), active.clone(), closed.clone());
        let found = found.clone();
        Callback::from(move |event: KeyboardEvent| {
            let count = found.len();
            match event.key().as_str() {
                "ArrowDown" if count > 0 => {
                    active.set(Some(active.map_or(0, |i| (i + 1) % count)));
                }
                "ArrowUp" if count > 0 => {
                    active.set(Some(active.map_or(count - 1, |i| (i + count - 1) % count)));
                }
                "Enter" => {
                    let typed = text.trim().to_owned();
                    match active.and_then(|i| found.get(i)) {
                        Some(choice) => pick(choice.value.clone()),
                        None if source == Source::Skills && !typed.is_empty() => pick(typed),
                        None => match found.first() {
                            Some(first) => pick(first.value.clone()),
                            None => return,
                        },
                    }
                }
                "Escape" if count > 0 => {
                    // Only the list closes; the panel around it does not hear of it.
                    event.stop_propagation();
                    closed.set(true);
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onblur = {
        let closed = closed.clone();
        Callback::from(move |_: FocusEvent| closed.set(true))
    };
    let onfocus = {
        let closed = closed.clone();
        Callback::from(move |_: FocusEvent| closed.set(false))
    };
    let typed = text.trim().to_owned();
    html! {
        <div class="picker">
            <label class="sr" for={id}>{ context.text(label) }</label>
            <input {id} type="text" role="combobox" autocomplete="off" spellcheck="false" maxlength="120"
                placeholder={context.text(label)} value={(*text).clone()} data-focus={focus.then_some("")}
                aria-expanded={open.to_string()} aria-controls={list_id.clone()} aria-autocomplete="list"
                aria-activedescendant={active.filter(|_| open).map(option_id)}
                {oninput} {onkeydown} {onblur} {onfocus} />
            if source == Source::Skills && !typed.is_empty() {
                <button type="button" class="button small" onclick={
                    let (pick, typed) = (pick.clone(), typed.clone());
                    move |_: MouseEvent| pick(typed.clone())
                } aria-label={context.fill(M::AddNamed, &[("value", &typed)])}>{ context.text(M::Add) }</button>
            }
            <ul class="options" id={list_id} role="listbox" aria-label={context.text(label)} hidden={!open}>
                { for found.into_iter().enumerate().map(|(i, choice)| {
                    let pick = pick.clone();
                    let value = choice.value.clone();
                    // Pressed, not clicked: the click comes after the field has lost its focus.
                    let onmousedown = Callback::from(move |event: MouseEvent| {
                        event.prevent_default();
                        pick(value.clone());
                    });
                    html! {
                        <li key={choice.value.clone()} id={option_id(i)} role="option" {onmousedown}
                            aria-selected={(*active == Some(i)).to_string()}>
                            { choice.label }<span class="muted">{ " " }{ choice.aside }</span>
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}
