//! The widget in a browser: what the loader calls, and what the store's commands become.
//!
//! The loader (`loader/`, plain JavaScript) owns the elements and this instance of the Wasm;
//! [`exports`] is what it calls. Every call becomes an action in a queue that is drained by
//! [`runtime`], where the pure store turns it into commands; each port (transport, storage,
//! clock, events of the backend, the page) is a small file of its own. Two rules keep it from
//! freezing: nothing is borrowed while anything outside is called or awaited, and nothing that
//! JavaScript may throw goes through Rust uncaught.

mod calls;
mod clock;
mod commands;
mod events;
pub mod exports;
mod finds;
mod host;
mod keep_focus;
mod page;
mod panic;
mod pool;
mod random;
mod report;
mod runtime;
mod script;
mod settings;
mod sign_in;
mod storage;
mod transport;
