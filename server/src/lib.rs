//! The reference backend of Entraide: people, requests and their threads on SQLite, spoken to
//! over HTTP as `docs/api.md` says.
//!
//! [`database`] knows SQL and no HTTP; [`api`] knows HTTP and no SQL; [`permission`] decides who
//! may do what. [`cli`] is what a person types, and [`serve`] what runs.

pub mod api;
pub mod app;
mod call;
pub mod check;
pub mod cli;
mod cursor;
pub mod database;
pub mod demo;
pub mod fill;
mod hub;
mod identity;
pub mod import;
mod metrics;
mod origin;
pub mod permission;
pub mod problem;
mod respond;
pub mod serve;
pub mod site;
mod telemetry;
mod validate;
mod write;
