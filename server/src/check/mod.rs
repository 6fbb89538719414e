//! Trying a mapping against the backend that it describes, from outside a browser.
//!
//! [`caller`] sends the requests that the mapping layer writes, as a browser would: with cookies,
//! with the page's origin, within limits of time and size. [`backend`] puts a mapping on it, one
//! method for each thing that the widget does. [`command`] is `entraide-server check`: it reads
//! the document ([`document`]), tries each operation ([`live`], writes in `posting`) with what [`cors`] and [`advice`]
//! have to say, counts what each field got ([`fields`]), and prints it ([`report`]).

pub mod advice;
pub mod backend;
pub mod caller;
pub mod command;
mod cookies;
pub mod cors;
pub mod document;
pub mod fields;
pub mod live;
mod posting;
pub mod presets;
pub mod report;
pub mod secrets;
