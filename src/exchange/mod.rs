//! The conditions of exchange: which skills a question is about, who is asked, who is spared,
//! and where one can help oneself. Pure functions of what a backend tells, the same in the
//! browser and on the server.

mod inbox;
mod keywords;
mod related;
mod route;
mod similar;
mod suggest;
#[cfg(test)]
mod testing;

pub use inbox::{Invitation, InviteReason, inbox};
pub use route::{Ask, Candidate, MOST_CANDIDATES, PROPOSED, Reason, route};
pub use similar::similar;
pub use suggest::{SkillSuggestion, suggest_skills};
