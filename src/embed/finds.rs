//! Searches by the page's script: promises that the store's answers settle.

use super::commands::to_js;
use super::runtime;
use crate::store::Action;
use js_sys::{Function, Promise};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsValue;

/// How many people a search gives where the page does not say.
const LIMIT: usize = 20;

thread_local! {
    static WAITING: RefCell<Vec<(u32, Function, Function)>> = RefCell::default();
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Searches; the promise gives people as the page may see them, or an `Error` with words.
pub(super) fn search(text: String, limit: Option<f64>) -> Promise {
    let id = LAST.get().wrapping_add(1);
    LAST.set(id);
    let promise = Promise::new(&mut |resolve, reject| {
        WAITING.with_borrow_mut(|waiting| waiting.push((id, resolve, reject)));
    });
    // A float to an integer saturates, and NaN becomes 0.
    let limit = limit.map_or(LIMIT, |n| n as usize);
    runtime::dispatch(Action::Find { id, text, limit });
    promise
}

/// The store found them.
pub(super) fn settle(id: u32, result: Result<Value, String>) {
    let found = WAITING.with_borrow_mut(|waiting| {
        let at = waiting.iter().position(|(waits, ..)| *waits == id)?;
        Some(waiting.swap_remove(at))
    });
    let Some((_, resolve, reject)) = found else {
        return;
    };
    // Settling a promise runs nothing of the page now, and throws nothing.
    let _ = match result {
        Ok(people) => resolve.call1(&JsValue::NULL, &to_js(&people)),
        Err(words) => reject.call1(&JsValue::NULL, &js_sys::Error::new(&words)),
    };
}
