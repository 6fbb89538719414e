//! Trying a mapping against the backend that it describes, from outside a browser.
//!
//! [`caller`] sends the requests that the mapping layer writes, as a browser would: with cookies,
//! with the page's origin, within limits of time and size. [`backend`] puts a mapping on it, one
//! method for each thing that the widget does.

pub mod backend;
pub mod caller;
mod cookies;
