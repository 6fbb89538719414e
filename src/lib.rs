//! Entraide puts an "ask a colleague" panel and an expertise directory into pages that exist.
//!
//! The crate is one house with floors, and imports only go down:
//! [`model`] ← [`search`], [`exchange`], [`backend`] ← [`outbox`] ← [`store`] ← `ui` ← `embed`.
//! [`setup`] stands beside: it infers mappings, on `backend` and `model`, for `<entraide-setup>`.
//! Everything up to `store` is pure Rust without a browser, tested natively; `ui` and `embed`
//! exist on wasm32 only, with the feature `widget`. `tests/architecture.rs` keeps it so.

pub mod backend;
pub mod exchange;
pub mod i18n;
pub mod model;
pub mod outbox;
pub mod search;
#[cfg(feature = "explain")]
pub mod setup;
pub mod store;

#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod embed;
#[cfg(all(target_arch = "wasm32", feature = "widget"))]
pub mod ui;

// Memory is handed out by talc, made for single-threaded Wasm: 2 KB (Brotli) less than what the
// standard library brings, and it grows the page's memory in place.
#[cfg(all(target_arch = "wasm32", feature = "widget"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
