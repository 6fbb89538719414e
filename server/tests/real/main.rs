//! The mapping layer against real software, one module of cases for each.
//!
//! `tools/backends/run.mjs` installs the software, starts it, fills it with the people of
//! `company.json` and then runs these tests; `cargo test` alone leaves them out (`test = false`
//! in the manifest), since without a backend there is nothing to test.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod case;
mod company;
mod contract;
mod datasette;
mod drf;
mod json_server;
mod jsonapi;
mod kinto;
mod odata;
mod redmine;
mod scim;
mod strapi;
mod wordpress;
