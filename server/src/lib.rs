//! The reference backend of Entraide.

pub mod demo;
pub mod import;
