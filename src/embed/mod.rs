//! The widget in a browser: what the loader calls, and what the store's commands become.
//!
//! The loader (`loader/`, plain JavaScript) owns the elements and this instance of the Wasm;
//! [`exports`] is what it calls. Every call becomes an action in a queue that is drained by
//! [`runtime`], where the pure store turns it into commands. What only a browser can do (network,
//! storage, timers, the page itself) is asked of [`host`], which is the loader again: the same in
//! Rust is several times the bytes. What comes of it is told by a call. Two rules keep it from
//! freezing: nothing is borrowed while anything outside is called, and nothing that JavaScript may
//! throw goes through Rust.

mod calls;
mod clock;
mod commands;
mod events;
pub mod exports;
mod host;
mod panic;
mod pool;
mod runtime;
mod settings;
