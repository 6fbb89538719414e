//! The command `check` and what it stands on: against servers that answer what they are told,
//! and against the reference server.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod caller;
mod canned;
mod command;
