//! The list of colleagues. Only the rows in sight exist, so ten thousand cost what twenty do.
//!
//! Rows are equally high (the style sheet sees to it, in units that grow with the text), so the
//! place of a row follows from its number. Heights go through the CSSOM, since a strict CSP
//! drops `style` attributes. The arrow keys move through the list as in a WAI-ARIA feed, Home
//! and End to its ends; each row tells its place in the whole by `aria-posinset`.

use super::attribute::Attribute as A;
use super::element::{Element, element, group, item};
use super::listener::When;
use super::local::{Here, Signal};
use super::person_row;
use crate::i18n::Message as M;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

/// Rows that are drawn beyond the sight, each way.
const SPARE: usize = 4;
/// How far the row that has the focus may be scrolled out of sight and still be kept.
const KEPT: usize = 40;

/// What is in sight, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sight {
    top: f64,
    height: f64,
    row: f64,
    /// The rows that were drawn, and how many there are.
    from: usize,
    to: usize,
    count: usize,
    /// Whether the list starts again at its top.
    anew: bool,
    /// The row that the focus is to follow to.
    follow: Option<usize>,
}

impl Default for Sight {
    /// Before anything was measured.
    fn default() -> Self {
        Self {
            top: 0.0,
            height: 800.0,
            row: 104.0,
            from: 0,
            to: 0,
            count: 0,
            anew: false,
            follow: None,
        }
    }
}

/// The rows that are to be drawn; notes them for when they are.
fn window(here: &Here, count: usize) -> Sight {
    let mut sight = here.memory.sight.get();
    let first = ((sight.top / sight.row) as usize)
        .saturating_sub(SPARE)
        .min(count);
    let seen = (sight.height / sight.row) as usize + 2 * SPARE + 1;
    (sight.from, sight.to, sight.count) = (first, (first + seen).min(count), count);
    // The row that has the focus stays in the document while it is scrolled out of sight.
    if let Some(at) = here.memory.at.get()
        && at < count
        && at + KEPT > first
        && at < sight.to + KEPT
    {
        sight.from = sight.from.min(at);
        sight.to = sight.to.max(at + 1);
    }
    here.memory.sight.set(sight);
    sight
}

/// The list.
pub(super) fn draw(here: &Here) -> Option<Element> {
    let context = &here.context;
    let view = &context.shown()?.directory;
    let results = view.results.as_ref()?;
    // Other words: the best match is at the top again.
    if *here.memory.query.borrow() != view.query {
        *here.memory.query.borrow_mut() = view.query.clone();
        let sight = here.memory.sight.get();
        here.memory.sight.set(Sight {
            top: 0.0,
            anew: true,
            follow: None,
            ..sight
        });
        here.memory.at.set(None);
    }
    let sight = window(here, results.hits.len());
    let index = &context.state.directory.index;
    let mut rows = group();
    for at in sight.from..sight.to {
        let Some(hit) = results.hits.get(at) else {
            continue;
        };
        let Some(person) = index.people().get(hit.person as usize) else {
            continue;
        };
        let row = item(person.id.as_str())
            .number(A::DataRow, at)
            .is(A::Class, "result")
            .number(A::AriaPosInSet, at + 1)
            .number(A::AriaSetSize, sight.count);
        let matches = index.explain(&view.query, hit.person);
        rows = rows.child(person_row::row(row, context, person, &matches));
    }
    let room = |class| element("li", class).decorative();
    let list = element("ul", "people")
        .id("people")
        .found_by(&here.memory.list)
        .label(context, M::ResultsLabel)
        .tell(here, When::Scroll, Signal::Scroll)
        .tell(here, When::KeyDown, Signal::Key)
        .tell(here, When::FocusIn, Signal::Focus);
    Some(list.child(room("before")).child(rows).child(room("after")))
}

/// After each drawing: the room before and after the rows, the height of a row, and the focus
/// where the arrow keys moved it. Whether another drawing is needed.
pub(super) fn drawn(here: &Here) -> bool {
    let Some(list) = here.memory.list.cast::<HtmlElement>() else {
        return false;
    };
    let before = here.memory.sight.get();
    let mut sight = before;
    set_height(&list, ".before", before.from as f64 * before.row);
    set_height(
        &list,
        ".after",
        before.count.saturating_sub(before.to) as f64 * before.row,
    );
    if before.anew {
        list.set_scroll_top(0);
        sight.anew = false;
    }
    if let Some(at) = before.follow {
        sight.follow = None;
        let selector = ["li[data-row=\"", &at.to_string(), "\"] .person"].concat();
        if let Some(row) = find(&list, &selector) {
            let _ = row.focus();
        }
    }
    let row =
        find(&list, "li[data-row]").map_or(0.0, |row| row.get_bounding_client_rect().height());
    let height = f64::from(list.client_height());
    if row > 1.0 && height > 0.0 {
        (sight.top, sight.height, sight.row) = (f64::from(list.scroll_top()), height, row);
    }
    here.memory.sight.set(sight);
    (before.top, before.height, before.row) != (sight.top, sight.height, sight.row)
}

/// What happened; whether it is to be drawn anew.
pub(super) fn hear(here: &Here, signal: &Signal, event: &Event) -> bool {
    match signal {
        Signal::Scroll => {
            let Some(list) = here.memory.list.cast::<HtmlElement>() else {
                return false;
            };
            see(here, &list)
        }
        Signal::Key => event.dyn_ref().is_some_and(|event| press(here, event)),
        Signal::Focus => {
            let Some(at) = row_of(event) else {
                return false;
            };
            here.memory.at.replace(Some(at)) != Some(at)
        }
        _ => false,
    }
}

/// Notes what is in sight; whether that is something else.
fn see(here: &Here, list: &HtmlElement) -> bool {
    let before = here.memory.sight.get();
    let (top, height) = (
        f64::from(list.scroll_top()),
        f64::from(list.client_height()),
    );
    here.memory.sight.set(Sight {
        top,
        height,
        ..before
    });
    (before.top, before.height) != (top, height)
}

fn press(here: &Here, event: &KeyboardEvent) -> bool {
    let Some(at) = row_of(event) else {
        return false;
    };
    let sight = here.memory.sight.get();
    let page = ((sight.height / sight.row) as usize).max(1);
    let to = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "PageDown" => at + page,
        "PageUp" => at.saturating_sub(page),
        "Home" => 0,
        "End" => sight.count,
        _ => return false,
    }
    .min(sight.count.saturating_sub(1));
    event.prevent_default();
    here.memory.sight.set(Sight {
        follow: Some(to),
        ..sight
    });
    if let Some(list) = here.memory.list.cast::<HtmlElement>() {
        let (top, bottom) = (to as f64 * sight.row, (to + 1) as f64 * sight.row);
        let seen = f64::from(list.scroll_top());
        if top < seen {
            list.set_scroll_top(top as i32);
        } else if bottom > seen + sight.height {
            list.set_scroll_top((bottom - sight.height).ceil() as i32);
        }
        see(here, &list);
    }
    here.memory.at.set(Some(to));
    true
}

fn find(list: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    list.query_selector(selector).ok()??.dyn_into().ok()
}

fn set_height(list: &HtmlElement, selector: &str, height: f64) {
    if let Some(room) = find(list, selector) {
        let height = [&*(height.round() as i32).to_string(), "px"].concat();
        // A number of pixels is always taken.
        let _ = room.style().set_property("height", &height);
    }
}

/// The number of the row in which an event happened.
fn row_of(event: &Event) -> Option<usize> {
    let element: web_sys::Element = event.target()?.dyn_into().ok()?;
    element
        .closest("li[data-row]")
        .ok()??
        .get_attribute("data-row")?
        .parse()
        .ok()
}
