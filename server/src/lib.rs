//! The reference backend of Entraide: people, requests and their threads on SQLite, spoken to
//! over HTTP as `docs/api.md` says.
pub mod database;
