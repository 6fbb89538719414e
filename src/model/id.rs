//! Identifiers, as backends give them: opaque, bounded, never empty.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// Longest identifier that is accepted, in bytes. Real ones (UUIDs, URNs, e-mail addresses,
/// distinguished names) stay well below.
const MAX_BYTES: usize = 512;

/// Why a string is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing, or only white space.
    #[error("the identifier is empty")]
    Empty,
    /// More than 512 bytes.
    #[error("the identifier is longer than {MAX_BYTES} bytes")]
    TooLong,
    /// Control characters, which no backend can mean.
    #[error("the identifier holds a control character")]
    Control,
}

/// An opaque identifier of a `T`, so that a person is never looked up by a request's id.
#[derive(Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id<T>(String, PhantomData<fn() -> T>);

/// Marks identifiers of people.
#[derive(Debug)]
pub enum OfPerson {}
/// Marks identifiers of requests.
#[derive(Debug)]
pub enum OfRequest {}
/// Marks identifiers of answers.
#[derive(Debug)]
pub enum OfAnswer {}

/// Identifies a person.
pub type PersonId = Id<OfPerson>;
/// Identifies a request.
pub type RequestId = Id<OfRequest>;
/// Identifies an answer within its backend.
pub type AnswerId = Id<OfAnswer>;

impl<T> Id<T> {
    /// Takes a backend's identifier, trimmed.
    ///
    /// # Errors
    /// [`IdError`] when it is empty, longer than 512 bytes, or holds control characters.
    pub fn new(raw: impl AsRef<str>) -> Result<Self, IdError> {
        let raw = raw.as_ref().trim();
        if raw.is_empty() {
            return Err(IdError::Empty);
        }
        if raw.len() > MAX_BYTES {
            return Err(IdError::TooLong);
        }
        if raw.chars().any(char::is_control) {
            return Err(IdError::Control);
        }
        Ok(Self(raw.to_owned(), PhantomData))
    }

    /// The identifier as the backend wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// Derives would ask `T` for the same traits; the marker has none.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<T> TryFrom<String> for Id<T> {
    type Error = IdError;
    fn try_from(raw: String) -> Result<Self, IdError> {
        Self::new(raw)
    }
}
impl<T> From<Id<T>> for String {
    fn from(id: Id<T>) -> Self {
        id.0
    }
}

#[cfg(feature = "openapi")]
impl<T> utoipa::PartialSchema for Id<T> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        String::schema()
    }
}
#[cfg(feature = "openapi")]
impl<T> utoipa::ToSchema for Id<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_identifier() {
        assert_eq!(PersonId::new("  "), Err(IdError::Empty));
        assert_eq!(PersonId::new("a\0b"), Err(IdError::Control));
        assert_eq!(PersonId::new("x".repeat(513)), Err(IdError::TooLong));
        assert_eq!(PersonId::new(" urn:a:1 ").unwrap().as_str(), "urn:a:1");
    }
}
