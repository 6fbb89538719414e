//! Whether somebody can be asked now, and how much they already carry.

use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a person's status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Presence {
    /// Can be asked.
    Available,
    /// At work, and would rather not be disturbed.
    Busy,
    /// Not at work (leave, absence); never asked.
    Away,
    /// The backend does not say.
    #[default]
    #[serde(other)]
    Unknown,
}

/// What a person carries, in requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Load {
    /// Open requests put to them that they have not yet answered or passed on.
    #[serde(default)]
    pub open: u32,
    /// Requests put to them in the last seven days.
    #[serde(default)]
    pub recent: u32,
    /// How many they are willing to take a week, by their own word.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub weekly_limit: Option<u32>,
}

impl Load {
    /// Whether the person's own limit is reached; a hard bound for routing.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.weekly_limit.is_some_and(|limit| self.recent >= limit)
    }
}

/// Whether a person can be asked, and how much they carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Availability {
    /// What their status says.
    #[serde(default)]
    pub presence: Presence,
    /// Until when it holds, where known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<Timestamp>,
    /// What they carry.
    #[serde(default)]
    pub load: Load,
}

impl Availability {
    /// Whether one may ask them now: not away, and below their own limit.
    #[must_use]
    pub fn can_be_asked(self) -> bool {
        self.presence != Presence::Away && !self.load.is_full()
    }
}
