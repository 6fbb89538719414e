//! The screens, drawn from a snapshot of the state.
//!
//! [`Root`] is what one element in the page shows. Most of a screen is plain functions from the
//! state to an [`element`]; a component stands only where something is remembered that no other
//! screen needs (where a list is scrolled to, which small form is open), and all of those are
//! one, [`local`]. Nothing here changes the state: what a person does becomes an
//! [`Action`](crate::store::Action).

mod ask;
mod attribute;
mod avatar;
mod card;
mod context;
mod deed;
mod directory;
mod element;
mod facets;
mod field;
mod highlight;
mod icon;
mod inbox;
mod intl;
mod listener;
mod local;
mod mine;
mod notice;
mod people_list;
mod person_row;
mod picker;
mod post_status;
mod review;
mod root;
mod similar;
mod thread;
mod thread_answers;
mod thread_forms;

pub use root::{FAULT, Root, RootProps};
