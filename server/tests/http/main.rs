//! The server through its real router on a real database file. Every answer in every test is
//! checked against the OpenAPI document, so the document cannot drift from the code.

mod document;
mod events;
mod harness;
mod hostile;
mod idempotency;
mod identity;
mod paging;
mod people;
mod permissions;
mod requests;
mod site;
