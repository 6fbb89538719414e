//! Thanks: to a person, for a skill, tied to real help.

use super::id::PersonId;
use super::person::PersonRef;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Thanks that were given in a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Thanks {
    /// Who thanked.
    pub from: PersonRef,
    /// Who helped.
    pub to: PersonRef,
    /// For which skill; empty where none was named.
    #[serde(default)]
    pub skill: String,
    /// A word with it; may be empty.
    #[serde(default)]
    pub note: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub created: Option<Timestamp>,
}

/// Thanks about to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewThanks {
    /// Who helped.
    pub to: PersonId,
    /// For which skill; empty for none.
    #[serde(default)]
    pub skill: String,
    /// A word with it; may be empty.
    #[serde(default)]
    pub note: String,
}
