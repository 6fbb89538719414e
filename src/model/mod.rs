//! What exists: people, what they know, what they ask, and how help is thanked.
//!
//! Pure data with its invariants. Values reach this layer from backends that nobody controls,
//! so the constructors bound lengths, strip what cannot be shown and refuse what makes no sense;
//! whoever holds a value of these types can draw it without looking twice. The serde form of
//! the types is the wire format of the native API (camelCase JSON).

mod answer;
mod availability;
mod case;
mod id;
pub mod json;
mod link;
mod page;
mod person;
mod request;
mod skill;
mod table;
mod text;
mod thanks;
mod time;

#[cfg(test)]
pub(crate) use json::tests as json_tests;

pub use answer::Answer;
pub use availability::{Availability, Load, Presence};
pub use case::{lower_case, lower_text};
pub use id::{AnswerId, Id, IdError, PersonId, RequestId};
pub use link::SafeUrl;
pub use page::{Cursor, Page};
pub use person::{Person, PersonRef};
pub use request::{NewRequest, PageContext, Pass, PassReason, Request, RequestStatus, Visibility};
pub(crate) use skill::base_letter;
pub use skill::{Evidence, PersonSkill, Skill, skill_key};
pub use table::Table;
pub use text::{LONG_TEXT, NAME, SHORT_TEXT, clean_line, clean_text};
pub use thanks::{NewThanks, Thanks};
pub use time::{Timestamp, TimestampError};
