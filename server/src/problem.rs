//! Errors on the wire: problem details (RFC 9457), each with what a person can do next.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// One field that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// JSON Pointer (RFC 6901) into the body; for the address, `/` and the parameter's name.
    pub pointer: String,
    /// What is wrong with it, and what would be right.
    pub detail: String,
}

/// A problem as RFC 9457 has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Stable name of the kind of problem, as a URN.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What happened here, and what to do.
    pub detail: String,
    /// The fields at fault, with status 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// Seconds to wait before trying again, sent as `Retry-After`.
    #[serde(skip)]
    #[schema(ignore)]
    pub retry_after: Option<u32>,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $status:literal $urn:literal $title:literal;)*) => {
        impl Problem {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(detail: impl Into<String>) -> Self {
                Self {
                    kind: concat!("urn:entraide:problem:", $urn),
                    title: $title,
                    status: $status,
                    detail: detail.into(),
                    errors: Vec::new(),
                    retry_after: None,
                }
            })*
        }
    };
}

kinds! {
    /// 400: the body is no JSON, or the call makes no sense.
    malformed 400 "malformed" "The call cannot be read";
    /// 401: nobody is signed in.
    signed_out 401 "signed-out" "Nobody is signed in";
    /// 403: this person may not do this.
    forbidden 403 "forbidden" "Not allowed";
    /// 404: there is no such thing, or none that this person may know of.
    not_found 404 "not-found" "Not found";
    /// 405: the path exists and has no such method.
    no_such_method 405 "method" "No such method here";
    /// 408: the body did not arrive in time.
    too_slow 408 "timeout" "The call took too long";
    /// 409: it does not fit the state that the request is in.
    conflict 409 "conflict" "It does not fit the present state";
    /// 412: it changed since it was read.
    changed 412 "changed" "It has changed meanwhile";
    /// 413: the body is too large.
    too_large 413 "too-large" "Too large";
    /// 415: the body is not sent as JSON.
    not_json 415 "media-type" "Not sent as JSON";
    /// 422: the fields are not as they must be.
    invalid 422 "invalid" "Some of it is not as it must be";
    /// 500: a fault of the server.
    fault 500 "fault" "The server failed";
    /// 503: the server is busy.
    busy 503 "busy" "The server is busy";
}

impl Problem {
    /// 422 for one field.
    #[must_use]
    pub fn field(pointer: &str, detail: impl Into<String>) -> Self {
        Self::fields(vec![FieldProblem {
            pointer: pointer.to_owned(),
            detail: detail.into(),
        }])
    }

    /// 422 for several fields; the first one speaks for all where there is room for one line.
    #[must_use]
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let detail = errors.first().map(|e| e.detail.clone()).unwrap_or_default();
        Self {
            errors,
            ..Self::invalid(detail)
        }
    }

    /// This problem with the advice to try again after some seconds.
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        Self {
            retry_after: Some(seconds),
            ..self
        }
    }
}

/// The database failed: busy ones are worth another try, the rest is logged and told as a fault
/// without its words, which may hold what people wrote.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(e) => e.code().and_then(|c| c.parse::<u32>().ok()),
            _ => None,
        };
        let busy = matches!(code.map(|c| c & 0xFF), Some(5 | 6));
        if busy || matches!(error, sqlx::Error::PoolTimedOut) {
            tracing::warn!("the database is busy");
            return Self::busy("Too much is being written at this moment. Try again in a second.")
                .retry_after(1);
        }
        tracing::error!(code, kind = error_kind(&error), "the database failed");
        tracing::debug!(%error, "in its own words");
        Self::fault("Something went wrong on the server. Nothing was changed; try again.")
    }
}

fn error_kind(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Database(_) => "database",
        sqlx::Error::Io(_) => "io",
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "decode",
        sqlx::Error::RowNotFound => "row not found",
        sqlx::Error::PoolClosed => "pool closed",
        _ => "other",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
