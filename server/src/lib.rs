//! The reference backend of Entraide.

pub mod import;
