//! When Rust panics, the loader hears of it first: Yew is locked for good from then on, so this
//! instance does nothing any more and the loader takes another.

use super::{host, runtime};

/// Sets the hook. Yew keeps one that is set through it, and no other.
pub(super) fn watch() {
    yew::set_custom_panic_hook(Box::new(|info| {
        runtime::end();
        host::trap(&info.to_string());
    }));
}
