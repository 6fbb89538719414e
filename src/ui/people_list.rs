//! The list of colleagues. Only the rows in sight exist, so ten thousand cost what twenty do.
//!
//! Rows are equally high (the style sheet sees to it, in units that grow with the text), so the
//! place of a row follows from its number. Heights go through the CSSOM, since a strict CSP
//! drops `style` attributes. The arrow keys move through the list as in a WAI-ARIA feed, Home
//! and End to its ends; each row tells its place in the whole by `aria-posinset`.

use super::context::Context;
use super::person_row;
use crate::i18n::Message as M;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Rows that are drawn beyond the sight, each way.
const SPARE: usize = 4;
/// A row's height before one was measured, in CSS pixels.
const GUESS: f64 = 104.0;

/// Properties of [`PeopleList`].
#[derive(Properties, Clone, PartialEq)]
pub(super) struct PeopleListProps {
    /// What every screen is given.
    pub context: Context,
}

/// What is in sight.
#[derive(Clone, Copy, PartialEq)]
struct Sight {
    top: f64,
    height: f64,
    row: f64,
}

/// The list.
#[component]
pub(super) fn PeopleList(props: &PeopleListProps) -> Html {
    let context = &props.context;
    let list = use_node_ref();
    let sight = use_state_eq(|| Sight { top: 0.0, height: 800.0, row: GUESS });
    let active = use_state_eq(|| None::<usize>);

    let surface = context.shown();
    let results = surface.and_then(|s| s.directory.results.clone());
    let query = surface.map(|s| s.directory.query.clone()).unwrap_or_default();
    let count = results.as_ref().map_or(0, |r| r.hits.len());
    let first = ((sight.top / sight.row) as usize).saturating_sub(SPARE).min(count);
    let seen = (sight.height / sight.row) as usize + 2 * SPARE + 1;
    let mut last = (first + seen).min(count);
    // The row that has the focus stays in the document while it is scrolled out of sight.
    let mut from = first;
    if let Some(at) = *active
        && at < count
        && at + 40 > first
        && at < last + 40
    {
        from = from.min(at);
        last = last.max(at + 1);
    }

    // After each drawing: the room before and after the rows, and the height of a row.
    {
        let (list, sight) = (list.clone(), sight.clone());
        use_effect(move || {
            let Some(list) = list.cast::<HtmlElement>() else { return };
            set_height(&list, ".before", from as f64 * sight.row);
            set_height(&list, ".after", count.saturating_sub(last) as f64 * sight.row);
            let row = list
                .query_selector("li[data-row]")
                .ok()
                .flatten()
                .map_or(0.0, |row| row.get_bounding_client_rect().height());
            let height = f64::from(list.client_height());
            if row > 1.0 && height > 0.0 {
                sight.set(Sight { top: f64::from(list.scroll_top()), height, row });
            }
        });
    }
    // Other words: the best match is at the top again.
    {
        let list = list.clone();
        let (sight, active) = (sight.clone(), active.clone());
        use_effect_with(query.clone(), move |_| {
            if let Some(list) = list.cast::<Element>() {
                list.set_scroll_top(0);
            }
            sight.set(Sight { top: 0.0, ..*sight });
            active.set(None);
        });
    }
    // The arrow keys moved on: focus follows, once the row exists.
    {
        let list = list.clone();
        use_effect_with(*active, move |active| {
            if let (Some(at), Some(list)) = (active, list.cast::<Element>())
                && let Ok(Some(row)) = list.query_selector(&format!("li[data-row=\"{at}\"] .person"))
                && let Some(row) = row.dyn_ref::<HtmlElement>()
            {
                let _ = row.focus();
            }
        });
    }

    let onscroll = {
        let sight = sight.clone();
        Callback::from(move |event: Event| {
            if let Some(list) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) {
                let top = f64::from(list.scroll_top());
                sight.set(Sight { top, height: f64::from(list.client_height()), ..*sight });
            }
        })
    };
    let onkeydown = {
        let (list, active, sight) = (list.clone(), active.clone(), sight.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(at) = row_of(&event) else { return };
            let page = ((sight.height / sight.row) as usize).max(1);
            let to = match event.key().as_str() {
                "ArrowDown" => at + 1,
                "ArrowUp" => at.saturating_sub(1),
                "PageDown" => at + page,
                "PageUp" => at.saturating_sub(page),
                "Home" => 0,
                "End" => count,
                _ => return,
            }
            .min(count.saturating_sub(1));
            event.prevent_default();
            if let Some(list) = list.cast::<Element>() {
                let (top, bottom) = (to as f64 * sight.row, (to + 1) as f64 * sight.row);
                let seen = f64::from(list.scroll_top());
                if top < seen {
                    list.set_scroll_top(top as i32);
                } else if bottom > seen + sight.height {
                    list.set_scroll_top((bottom - sight.height).ceil() as i32);
                }
                sight.set(Sight { top: f64::from(list.scroll_top()), ..*sight });
            }
            active.set(Some(to));
        })
    };
    let onfocusin = {
        let active = active.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(at) = row_at(event.target()) {
                active.set(Some(at));
            }
        })
    };

    let Some(results) = results else { return Html::default() };
    let index = Rc::clone(&context.state.directory.index);
    let rows = results.hits[from.min(count)..last].iter().enumerate().filter_map(|(i, hit)| {
        let at = from + i;
        let person = index.people().get(hit.person as usize)?;
        let matches = index.explain(&query, hit.person);
        Some(html! {
            <li key={person.id.as_str().to_owned()} data-row={at.to_string()} class="result"
                aria-posinset={(at + 1).to_string()} aria-setsize={count.to_string()}>
                { person_row::row(context, person, &matches) }
            </li>
        })
    });
    html! {
        <ul class="people" id="people" ref={list} aria-label={context.text(M::ResultsLabel)}
            {onscroll} {onkeydown} {onfocusin}>
            <li class="before" role="presentation" key="before" />
            { for rows }
            <li class="after" role="presentation" key="after" />
        </ul>
    }
}

fn set_height(list: &HtmlElement, selector: &str, height: f64) {
    if let Ok(Some(room)) = list.query_selector(selector)
        && let Some(room) = room.dyn_ref::<HtmlElement>()
    {
        // A whole number: writing one with a fraction brings 13 KB of code.
        let height = height.round() as u32;
        let _ = room.style().set_property("height", &format!("{height}px"));
    }
}

fn row_of(event: &KeyboardEvent) -> Option<usize> {
    row_at(event.target())
}

fn row_at(target: Option<web_sys::EventTarget>) -> Option<usize> {
    let element: Element = target?.dyn_into().ok()?;
    element.closest("li[data-row]").ok()??.get_attribute("data-row")?.parse().ok()
}
