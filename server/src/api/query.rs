//! Parameters in the address.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// How many items where nothing is said.
const DEFAULT_LIMIT: u32 = 100;
/// How many items at most.
const MAX_LIMIT: u32 = 500;

/// The parameters of an address as a `T`, whose fields are all optional texts; a parameter sent
/// twice is 422.
pub(crate) struct Params<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(value)| Self(value))
            .map_err(|_| {
                Problem::field(
                    "/",
                    "The parameters cannot be read; each may be given once.",
                )
            })
    }
}

/// The number of items wanted: 1 to 500, else 422.
pub(crate) fn limit(raw: Option<&str>, default: u32) -> Result<u32, Problem> {
    match raw {
        None | Some("") => Ok(default),
        Some(text) => text
            .parse()
            .ok()
            .filter(|n| (1..=MAX_LIMIT).contains(n))
            .ok_or_else(|| Problem::field("/limit", "The limit is a number from 1 to 500.")),
    }
}

/// The number of items of a list.
pub(crate) fn list_limit(raw: Option<&str>) -> Result<u32, Problem> {
    limit(raw, DEFAULT_LIMIT)
}
