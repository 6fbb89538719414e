//! JSON answers with a validator: `ETag`, and 304 for those who have it already.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Answers a GET with the value, under the strong entity tag `tag`, or under the hash of the
/// bytes where there is none; 304 where `If-None-Match` has it.
pub(crate) fn read_answer<T: Serialize>(
    headers: &HeaderMap,
    value: &T,
    tag: Option<&str>,
) -> Result<Response, Problem> {
    let body =
        serde_json::to_vec(value).map_err(|_| Problem::fault("The answer cannot be written."))?;
    let tag = match tag {
        Some(tag) => tag.to_owned(),
        None => {
            let hash = Sha256::digest(&body);
            format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&hash[..15]))
        }
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|list| entity_tags_match(list, &tag));
    let mut response = if known {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        let keep = HeaderValue::from_static("private, no-cache");
        response.headers_mut().insert(header::CACHE_CONTROL, keep);
        response
    } else {
        private_json(200, body)
    };
    if let Ok(value) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    Ok(response)
}

/// JSON that caches may keep for this person alone, and must ask about each time.
pub(crate) fn private_json(status: u16, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    response
}

/// Whether a list of entity tags, or `*`, has this one. Tags are also taken without quotes, as
/// JSON-minded callers send them, and a weakening by a proxy in between is overlooked.
pub(crate) fn entity_tags_match(list: &str, tag: &str) -> bool {
    let bare = |t: &str| {
        t.trim()
            .trim_start_matches("W/")
            .trim_matches('"')
            .to_owned()
    };
    let tag = bare(tag);
    list.split(',')
        .any(|one| one.trim() == "*" || bare(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        assert!(entity_tags_match("\"a\", W/\"b\"", "\"b\""));
        assert!(entity_tags_match("*", "\"b\""));
        assert!(entity_tags_match("b", "\"b\""));
        assert!(!entity_tags_match("\"bc\"", "\"b\""));
        assert!(!entity_tags_match("", "\"b\""));
    }
}
