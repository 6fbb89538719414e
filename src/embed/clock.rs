//! The clock of the browser: what time it is, and actions that are due later.
//!
//! One timer serves all that waits, so that ending the widget is one call and nothing of it is
//! left in the page.

use super::runtime;
use crate::model::Timestamp;
use crate::store::Action;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Longest pause that a browser's timer knows; a longer one is waited for in pieces.
const LONGEST: u32 = i32::MAX as u32;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(handler: &Function, ms: u32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
}

#[derive(Default)]
struct Waiting {
    /// What waits, with when it is due in milliseconds since 1970, in the order of asking. There
    /// are a handful at most: a sorted map would be code for nothing.
    due: Vec<(i64, Action)>,
    timer: Option<JsValue>,
}

thread_local! {
    static WAITING: RefCell<Waiting> = RefCell::default();
    static RING: Closure<dyn FnMut()> = Closure::new(ring);
}

/// The time now.
pub(super) fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Dispatches an action after so many milliseconds.
pub(super) fn after(ms: u32, action: Action) {
    WAITING.with_borrow_mut(|waiting| {
        let due = now().millis().saturating_add(i64::from(ms));
        waiting.due.push((due, action));
    });
    wind();
}

/// Forgets everything that waits.
pub(super) fn stop() {
    WAITING.with_borrow_mut(|waiting| {
        waiting.due.clear();
        if let Some(timer) = waiting.timer.take() {
            clear_timeout(&timer);
        }
    });
}

/// Sets the timer to what is due first.
fn wind() {
    WAITING.with_borrow_mut(|waiting| {
        if let Some(timer) = waiting.timer.take() {
            clear_timeout(&timer);
        }
        if let Some(due) = waiting.due.iter().map(|(due, _)| *due).min() {
            let left = due.saturating_sub(now().millis()).max(0);
            let ms = u32::try_from(left).unwrap_or(LONGEST).min(LONGEST);
            waiting.timer = Some(RING.with(|ring| set_timeout(ring.as_ref().unchecked_ref(), ms)));
        }
    });
}

fn ring() {
    let now = now().millis();
    let due: Vec<(i64, Action)> = WAITING.with_borrow_mut(|waiting| {
        waiting.timer = None;
        waiting.due.extract_if(.., |(due, _)| *due <= now).collect()
    });
    for (_, action) in due {
        runtime::rang(action);
    }
    wind();
}
