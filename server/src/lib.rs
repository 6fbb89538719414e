//! The reference backend of Entraide.
