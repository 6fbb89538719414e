//! Answers to a request.

use super::id::AnswerId;
use super::person::PersonRef;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a colleague replied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answer {
    /// As the backend identifies it.
    pub id: AnswerId,
    /// Who replied.
    pub author: PersonRef,
    /// Their words, plain text with line breaks.
    pub text: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub created: Option<Timestamp>,
    /// Whether the asker said that this solved it.
    #[serde(default)]
    pub accepted: bool,
}
