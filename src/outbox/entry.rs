//! One write on its way.

use crate::backend::BackendError;
use crate::model::{AnswerId, NewRequest, NewThanks, Pass, PersonId, RequestId, Timestamp};

/// What is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Post a request.
    Request(NewRequest),
    /// Answer a request.
    Answer(RequestId, String),
    /// Accept an answer.
    Accept(RequestId, AnswerId),
    /// Thank somebody.
    Thanks(RequestId, NewThanks),
    /// Pass a request on.
    Pass(RequestId, Pass),
    /// Close a request.
    Close(RequestId),
}

impl Write {
    /// The request that it belongs to, once that exists.
    #[must_use]
    pub fn request(&self) -> Option<&RequestId> {
        match self {
            Self::Request(_) => None,
            Self::Answer(id, _)
            | Self::Accept(id, _)
            | Self::Thanks(id, _)
            | Self::Pass(id, _)
            | Self::Close(id) => Some(id),
        }
    }
}

/// How far an entry is; the person always sees it.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Waits for its turn.
    Queued,
    /// On the wire.
    Sending,
    /// Failed in a way that passes; tried again at this time, or when the network is back.
    Waiting {
        /// When.
        until: Timestamp,
        /// What went wrong last.
        error: BackendError,
    },
    /// Failed in a way that does not pass: edit, retry, copy or discard.
    NeedsYou {
        /// What is wrong.
        error: BackendError,
    },
}

/// One write on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The idempotency key; the entry's identity.
    pub key: String,
    /// What is to be written.
    pub write: Write,
    /// Whose it is: another login never sends it. Empty until the person is known.
    pub owner: Option<PersonId>,
    /// When it was put in.
    pub created: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// How far it is.
    pub standing: Standing,
}
