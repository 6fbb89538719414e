//! The clock of the browser: what time it is, and actions that are due later.
//!
//! One timer serves all that waits, so that ending the widget is one call and nothing of it is
//! left in the page.

use super::{host, runtime};
use crate::model::Timestamp;
use crate::store::Action;
use std::cell::RefCell;

thread_local! {
    /// What waits, with when it is due in milliseconds since 1970, in the order of asking. There
    /// are a handful at most: a sorted map would be code for nothing.
    static WAITING: RefCell<Vec<(i64, Action)>> = const { RefCell::new(Vec::new()) };
}

/// The time now.
pub(super) fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// Dispatches an action after so many milliseconds.
pub(super) fn after(ms: u32, action: Action) {
    let due = now().millis().saturating_add(i64::from(ms));
    WAITING.with_borrow_mut(|waiting| waiting.push((due, action)));
    wind();
}

/// Sets the timer to what is due first. A browser's timer knows no longer pause than an `i32`; a
/// longer one is waited for in pieces.
fn wind() {
    let mut first = i64::MAX;
    WAITING.with_borrow(|waiting| {
        for (due, _) in waiting {
            first = first.min(*due);
        }
    });
    let left = match first {
        i64::MAX => -1,
        due => due
            .saturating_sub(now().millis())
            .clamp(0, i64::from(i32::MAX)),
    };
    host::alarm(left as i32);
}

/// Dispatches what is due.
pub(super) fn ring() {
    let now = now().millis();
    while let Some(action) = next(now) {
        runtime::rang(action);
    }
    wind();
}

/// Takes out the first that is due.
fn next(now: i64) -> Option<Action> {
    WAITING.with_borrow_mut(|waiting| {
        let at = waiting.iter().position(|(due, _)| *due <= now)?;
        Some(waiting.remove(at).1)
    })
}
