//! Calls to the backend, as data: what is asked, how it is sent, and what came back.
//!
//! [`Call`] names an operation with its values; [`prepare`] and [`read`] turn it into HTTP and
//! back through the mapping, so the embedding only moves bytes and a native test can answer
//! for a server.

use crate::backend::{
    BackendError, HttpRequest, HttpResponse, Mapping, Operation, Params, Reading, Secrets,
};
use crate::model::{
    Cursor, Page, Person, PersonId, Request, RequestId,
};
use crate::outbox::Write;

/// Numbers a call, so that its answer finds who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// A call to the backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Who am I?
    Me,
    /// A page of all colleagues.
    People(Option<Cursor>),
    /// One colleague.
    Person(PersonId),
    /// A page of requests: which of them, and from where.
    Requests {
        /// `mine`, `inbox`, `open`, `solved` or `all`.
        scope: &'static str,
        /// From where.
        cursor: Option<Cursor>,
    },
    /// One request with its thread.
    Request(RequestId),
    /// Answered requests like these words.
    Similar(String),
    /// A write, with the key that makes it happen once.
    Write {
        /// The idempotency key.
        key: String,
        /// What to write.
        write: Write,
    },
}
