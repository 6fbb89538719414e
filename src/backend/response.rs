//! From a response to JSON, or to the reason why there is none.

use super::dates::http_date;
use super::error::BackendError;
use super::explain::hint;
use super::html::plain_text;
use super::http::{HttpRequest, HttpResponse};
use super::problem::{Problem, read_plain_problem, read_problem};
use super::select::{is_truthy, select};
use super::service::Service;
use super::uri;
use super::uri_template::scalar_text;
use crate::model::{NAME, SHORT_TEXT, clean_line};
use serde_json::Value;

/// The JSON of a response, `null` where it has no body.
pub(super) fn decode(
    request: &HttpRequest,
    response: &HttpResponse,
    service: &Service,
    success: Option<&Value>,
) -> Result<Value, BackendError> {
    if response.body.len() > request.max_bytes as usize {
        return Err(BackendError::TooLarge {
            bytes: response.body.len() as u64,
            max: request.max_bytes,
        });
    }
    if let Some(other) = other_origin(request, response) {
        if is_html(response, text_of(response)) {
            return Err(html(response, text_of(response)));
        }
        let words = [
            "redirected to ",
            &other,
            hint(", which is not read; if that is this backend, write its address in `base`"),
        ];
        return Err(BackendError::Misconfigured {
            problem: words.concat(),
        });
    }
    let expected = match success {
        Some(Value::Array(list)) => list.contains(&Value::from(response.status)),
        _ => (200..300).contains(&response.status),
    };
    if !expected {
        return Err(failure(response, service));
    }
    let body = text_of(response);
    if body.is_empty() {
        return Ok(Value::Null);
    }
    if is_html(response, body) {
        return Err(html(response, body));
    }
    let value = parse(body)?;
    if let Some(selector) = service.text("fails")
        && is_truthy(&select(selector, &value, &response.headers))
    {
        let Problem { detail, fields } = words(service, response, Some(&value), body);
        return Err(BackendError::Invalid { detail, fields });
    }
    Ok(value)
}

/// The origin that answered, where it is another than the one that was asked: whoever can redirect
/// a call must not say who works here. (The widget's own transport looks itself, since it also knows
/// the page's origin, where the base is a path.)
fn other_origin(request: &HttpRequest, response: &HttpResponse) -> Option<String> {
    if !cfg!(feature = "explain") {
        return None;
    }
    let asked = uri::origin(&request.url)?;
    uri::origin(&response.url).filter(|other| *other != asked)
}

/// The body without a byte order mark, white space around it, and the guard that some backends
/// put before JSON against its inclusion as a script.
fn text_of(response: &HttpResponse) -> &str {
    let body = response.body.trim_start_matches('\u{FEFF}').trim();
    match body.strip_prefix(")]}'") {
        Some(rest) => rest.trim_start_matches([',', ' ', '\n', '\r']),
        None => body,
    }
}

fn parse(body: &str) -> Result<Value, BackendError> {
    let error = match serde_json::from_str(body) {
        Ok(value) => return Ok(value),
        Err(e) => e,
    };
    let text = error.to_string();
    if text.starts_with("recursion limit") {
        return Err(BackendError::TooDeep);
    }
    // Half a surrogate pair is what is left when software cuts a text in the middle of an emoji.
    if (text.contains("surrogate") || text.contains("hex escape"))
        && let Ok(value) = serde_json::from_str(&without_lone_surrogates(body))
    {
        return Ok(value);
    }
    Err(BackendError::NotJson {
        problem: clean_line(&text, SHORT_TEXT),
    })
}

/// Replaces `\uD800` to `\uDFFF` that form no pair by `\uFFFD`.
fn without_lone_surrogates(body: &str) -> String {
    let mut out = String::new();
    let mut rest = body;
    let unit = |text: &str| {
        let hex = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(hex, 16).ok()
    };
    while let Some(at) = rest.find('\\') {
        let from = rest.get(at..).unwrap_or_default();
        let next = from.get(6..).and_then(unit).unwrap_or(0);
        let (length, lone) = match unit(from).unwrap_or(0) {
            0xD800..=0xDBFF if (0xDC00..=0xDFFF).contains(&next) => (12, false),
            0xD800..=0xDFFF => (6, true),
            // Two at a time, since the second may be a back slash that is meant.
            _ => (1 + from.chars().nth(1).map_or(0, char::len_utf8), false),
        };
        let (before, after) = rest.split_at_checked(at + length).unwrap_or((rest, ""));
        rest = after;
        if lone {
            out.push_str(before.get(..at).unwrap_or_default());
            out.push('\u{FFFD}');
        } else {
            out.push_str(before);
        }
    }
    out.push_str(rest);
    out
}

fn is_html(response: &HttpResponse, body: &str) -> bool {
    let says_so = response
        .header("content-type")
        .is_some_and(|t| t.to_ascii_lowercase().contains("html"));
    let starts = |tag: &str| {
        body.get(..tag.len())
            .is_some_and(|b| b.eq_ignore_ascii_case(tag))
    };
    starts("<!doctype html") || starts("<html") || (says_so && body.starts_with('<'))
}

/// What a page to sign in holds, and what its address holds.
const LOGIN_PAGE: &str = "type=\"password\" type='password' type=password samlrequest";
const LOGIN_ADDRESS: &str = "login signin sign-in sso oauth adfs authorize";

fn html(response: &HttpResponse, body: &str) -> BackendError {
    // The beginning is enough to tell a page to sign in from others.
    let end = body.char_indices().nth(50_000);
    let (head, _) = body.split_at(end.map_or(body.len(), |(at, _)| at));
    let lower = head.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|at| {
        let after = head.get(at..)?.split_once('>')?.1;
        after.split("</").next()
    });
    let url = response.url.to_ascii_lowercase();
    let holds = |text: &str, words: &str| words.split(' ').any(|word| text.contains(word));
    BackendError::Html {
        title: clean_line(&plain_text(title.unwrap_or_default()), NAME),
        login: holds(&lower, LOGIN_PAGE) || holds(&url, LOGIN_ADDRESS),
    }
}

/// What a status that is no success means.
fn failure(response: &HttpResponse, service: &Service) -> BackendError {
    let body = text_of(response);
    let page = is_html(response, body);
    let value = if page { None } else { parse(body).ok() };
    let body_words = if page { "" } else { body };
    let Problem { detail, fields } = words(service, response, value.as_ref(), body_words);
    // Some refuse by 403 for a while, and say so by one of these.
    let limited = response.header("x-ratelimit-remaining") == Some("0")
        || response.header("retry-after").is_some();
    let status = response.status;
    match status {
        // A response that the browser keeps from the page has status 0.
        0 => BackendError::Offline,
        401 | 407 | 511 => BackendError::SignedOut { detail },
        403 if !limited => BackendError::Forbidden { detail },
        403 | 425 | 429 => BackendError::TooMany {
            retry_after_s: retry_after(response),
        },
        404 | 410 => BackendError::NotFound { detail },
        408 => BackendError::Timeout,
        409 | 412 | 428 => BackendError::Conflict { detail },
        500..=599 => BackendError::Unavailable {
            status,
            retry_after_s: retry_after(response),
            detail,
        },
        400..=499 if !matches!(status, 405 | 406 | 415) => BackendError::Invalid { detail, fields },
        _ if page => html(response, body),
        _ => {
            let status = Value::from(status).to_string();
            let words = [
                "the backend does not take this call (status ",
                &status,
                ") ",
                &detail,
            ];
            BackendError::Misconfigured {
                problem: words.concat(),
            }
        }
    }
}

/// What the backend said, by the mapping's own selector or wherever it usually stands.
fn words(service: &Service, response: &HttpResponse, value: Option<&Value>, body: &str) -> Problem {
    let Some(value) = value else {
        return read_plain_problem(body);
    };
    let mut problem = read_problem(value);
    let own = service
        .document
        .get("errors")
        .and_then(|e| e.get("message"));
    if let Some(selector) = own.and_then(Value::as_str)
        && let Some(text) = scalar_text(&select(selector, value, &response.headers))
    {
        problem.detail = clean_line(&text, SHORT_TEXT);
    }
    problem
}

/// Seconds to wait: `Retry-After` as seconds or as a date (RFC 9110, section 10.2.3), or when
/// the limit is lifted (`X-RateLimit-Reset`, seconds since 1970); dates count from the
/// response's own `Date`, so that a wrong clock here does not matter. At most a day.
fn retry_after(response: &HttpResponse) -> Option<u32> {
    const DAY: i64 = 86_400;
    let now = response
        .header("date")
        .and_then(http_date)
        .map(|t| t.millis() / 1_000);
    let seconds = match response.header("retry-after") {
        Some(text) => match text.trim().parse::<i64>() {
            Ok(seconds) => seconds,
            Err(_) => http_date(text)?.millis() / 1_000 - now?,
        },
        None => {
            let reset: i64 = response.header("x-ratelimit-reset")?.trim().parse().ok()?;
            // Some say in how many seconds, some at which moment.
            if reset <= DAY {
                reset
            } else {
                reset.saturating_sub(now?)
            }
        }
    };
    u32::try_from(seconds.clamp(0, DAY)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mends_half_emoji_and_nothing_else() {
        for (broken, mended) in [
            (r#""a\ud83d""#, "a\u{FFFD}"),
            (r#""\ude00b\ud83d\ude00""#, "\u{FFFD}b😀"),
            (r#""\\ud83d \ud83dx\n""#, "\\ud83d \u{FFFD}x\n"),
        ] {
            assert_eq!(parse(broken), Ok(Value::from(mended)), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn mending_never_panics(text in "[\\\\ud8c0\"é]{0,30}") {
            let _ = without_lone_surrogates(&text);
        }
        #[test]
        fn sound_json_stays(text in "\\PC{0,30}") {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(without_lone_surrogates(&json), json);
        }
    }
}
