//! JSON answers with a validator: `ETag`, and 304 for those who have it already.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;

/// From this size on, in bytes, an answer is worth compressing.
const WORTH_COMPRESSING: usize = 8 * 1024;

/// Answers a GET with the value, under the strong entity tag `tag`, or under the hash of the
/// bytes where there is none; 304 where `If-None-Match` has it.
///
/// Long answers without a tag of their own go compressed to those who take gzip, under another
/// tag: other bytes are another representation (RFC 9110, section 8.8.3.3).
pub(crate) fn read_answer<T: Serialize>(
    headers: &HeaderMap,
    value: &T,
    tag: Option<&str>,
) -> Result<Response, Problem> {
    let body =
        serde_json::to_vec(value).map_err(|_| Problem::fault("The answer cannot be written."))?;
    let gzip = tag.is_none() && body.len() >= WORTH_COMPRESSING && takes_gzip(headers);
    let tag = match tag {
        Some(tag) => tag.to_owned(),
        None => {
            let hash = Sha256::digest(&body);
            let end = if gzip { "-gzip" } else { "" };
            format!("\"{}{end}\"", BASE64_URL_SAFE_NO_PAD.encode(&hash[..15]))
        }
    };
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|list| entity_tags_match(list, &tag));
    let mut response = if known {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        set_caching(response.headers_mut());
        response
    } else if gzip {
        let mut response = private_json(200, compress(&body)?);
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        response
    } else {
        private_json(200, body)
    };
    if let Ok(value) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    Ok(response)
}

/// Whether `Accept-Encoding` has gzip and does not rule it out (RFC 9110, section 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lists = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|v| v.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let is_gzip = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = |q: &str| {
            q.strip_prefix("q=")
                .is_some_and(|q| q.parse() == Ok(0.0_f32))
        };
        is_gzip && !parts.any(refused)
    })
}

/// Quick rather than small: the list of people is built anew for each call.
fn compress(body: &[u8]) -> Result<Vec<u8>, Problem> {
    let fault = |_| Problem::fault("The answer cannot be written.");
    let mut gzip = GzEncoder::new(Vec::with_capacity(body.len() / 6), Compression::fast());
    gzip.write_all(body).map_err(fault)?;
    gzip.finish().map_err(fault)
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
    set_caching(headers);
    response
}

fn set_caching(headers: &mut HeaderMap) {
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("cookie, accept-encoding"),
    );
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
    fn gzip_is_taken_or_not() {
        let takes = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().unwrap());
            takes_gzip(&headers)
        };
        for yes in ["gzip", "br, GZIP;q=0.5", "deflate, gzip; q=1.0"] {
            assert!(takes(yes), "{yes}");
        }
        for no in ["", "br", "gzip;q=0", "gzip; q=0.0, br", "identity"] {
            assert!(!takes(no), "{no}");
        }
    }

    #[test]
    fn tags() {
        assert!(entity_tags_match("\"a\", W/\"b\"", "\"b\""));
        assert!(entity_tags_match("*", "\"b\""));
        assert!(entity_tags_match("b", "\"b\""));
        assert!(!entity_tags_match("\"bc\"", "\"b\""));
        assert!(!entity_tags_match("", "\"b\""));
    }
}
