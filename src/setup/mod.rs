//! From what a backend answered to a mapping: the thinking of `<entraide-setup>`.
//!
//! A page owner gives an address, or pastes what it answers. This layer finds the list in the
//! answer, what each value is (by its name, by what the values look like, by how they are
//! nested), and how the next page is reached; every proposal comes with a confidence, with the
//! reason as a [`Why`] that the screen puts into words, and with others to choose among. Nothing
//! here is certain and nothing is sent: a person looks at real values beside each proposal and
//! corrects it by pointing ([`point`]). [`compose`] then writes the document, and the ordinary
//! [`Mapping`](crate::backend::Mapping) reads it, so that the live view shows what a page will.
//!
//! Where to look: `list` finds the items, `leaf` what can be selected in them, `names` and
//! `shape` judge names and values, `fields` weighs both, `request` knows what only requests have,
//! `paging` and `address` read addresses, `compose` writes, `trial` runs what was written.

mod address;
mod answer;
mod compose;
mod fields;
mod leaf;
mod list;
mod names;
mod paging;
mod pointing;
mod proposal;
mod request;
mod shape;
mod trial;

pub use address::Address;
pub use answer::{Answer, Trouble, read_answer};
pub use compose::compose;
pub use paging::{PagingProposal, propose_paging};
pub use pointing::{Pointed, point};
pub use proposal::{Choice, FieldProposal, Goal, ListProposal, Proposal, Why, infer};
pub use trial::{checked, prepare, read};
