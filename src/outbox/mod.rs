//! What a person wrote is never lost, and nothing is posted twice.
//!
//! Every write goes through this queue: it is kept in storage before it is sent, sent with one
//! idempotency key for its whole life, tried again after failures that pass, and deleted only
//! after the backend's answer names it. A failure that does not pass keeps the words and waits
//! for the person. The queue is a pure state machine: events come in with the time, steps come
//! out; clock, storage and network are the caller's.

mod entry;
mod kept;
mod queue;
mod retry;

#[cfg(test)]
mod simulation;

pub use entry::{Entry, Standing, Write};
pub use queue::{Event, Outbox, Step};
pub use retry::backoff_ms;
