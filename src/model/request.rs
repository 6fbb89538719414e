//! Requests for help, and what becomes of them.

use super::answer::Answer;
use super::id::{PersonId, RequestId};
use super::link::SafeUrl;
use super::person::PersonRef;
use super::thanks::Thanks;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RequestStatus {
    /// Nobody has answered yet.
    #[default]
    Open,
    /// Somebody answered; the asker has not said that it is solved.
    Answered,
    /// The asker accepted an answer.
    Solved,
    /// The asker closed it without accepting an answer.
    Closed,
    /// The backend says something that the widget has no word for.
    #[serde(other)]
    Unknown,
}

impl RequestStatus {
    /// Whether help is still wanted. An unknown status counts as open: a question that is shown
    /// once too often hurts less than one that dies in silence.
    #[must_use]
    pub fn is_open(self) -> bool {
        !matches!(self, Self::Solved | Self::Closed)
    }
}

/// Who may read a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Visibility {
    /// Every colleague.
    #[default]
    Open,
    /// The asker and those asked.
    Private,
}

/// The page on which a question arose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PageContext {
    /// The page's title.
    pub title: String,
    /// Its address, without query and fragment unless the page owner gave one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<SafeUrl>,
}

/// Why somebody who was asked passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PassReason {
    /// No time for it now.
    NotNow,
    /// Not what they know.
    NotMyArea,
    /// They name somebody who knows.
    KnowWho,
}

/// Passing on a request; private, and never scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pass {
    /// Why.
    pub reason: PassReason,
    /// Who knows, with [`PassReason::KnowWho`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<PersonId>,
}

/// A request for help with its thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Request {
    /// As the backend identifies it.
    pub id: RequestId,
    /// The question in one line.
    pub question: String,
    /// What else one should know, plain text with line breaks.
    #[serde(default)]
    pub details: String,
    /// Names of the skills that it is about.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Who asks; absent where the backend does not say (or the asker is not named).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub asker: Option<PersonRef>,
    /// Who was asked by name and has not passed.
    #[serde(default)]
    pub asked: Vec<PersonRef>,
    /// Where it stands.
    #[serde(default)]
    pub status: RequestStatus,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The page on which it arose.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub context: Option<PageContext>,
    /// When it was posted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub created: Option<Timestamp>,
    /// When anything last changed in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub updated: Option<Timestamp>,
    /// How many answers there are; lists may give this without the answers themselves.
    #[serde(default)]
    pub answer_count: u32,
    /// The answers, oldest first; empty in lists.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// The thanks given; empty in lists.
    #[serde(default)]
    pub thanks: Vec<Thanks>,
    /// Its page in the backend's own screens.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<SafeUrl>,
    /// Version of this request for `If-Match` (RFC 9110, section 8.8.3), where known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub etag: Option<String>,
}

impl Request {
    /// The answer that solved it.
    #[must_use]
    pub fn accepted(&self) -> Option<&Answer> {
        self.answers.iter().find(|a| a.accepted)
    }

    /// Whether this person asked it.
    #[must_use]
    pub fn is_from(&self, person: &PersonId) -> bool {
        self.asker.as_ref().is_some_and(|a| &a.id == person)
    }
}

/// A request about to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRequest {
    /// The question in one line; 1 to 300 characters.
    pub question: String,
    /// What else one should know; up to 20,000 characters.
    #[serde(default)]
    pub details: String,
    /// Names of the skills that it is about.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Who is asked by name; nobody means everybody who knows.
    #[serde(default)]
    pub to: Vec<PersonId>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
    /// The page on which it arose, if the asker left it in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub context: Option<PageContext>,
}
