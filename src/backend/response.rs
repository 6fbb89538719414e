//! From a response to JSON, or to the reason why there is none.

use super::dates::http_date;
use super::error::BackendError;
use super::html::plain_text;
use super::http::{HttpRequest, HttpResponse};
use super::problem::{Problem, read_plain_problem, read_problem};
use super::select::{Scope, is_truthy};
use super::service::Service;
use super::uri_template::scalar_text;
use crate::model::{NAME, SHORT_TEXT, clean_line};
use serde_json::Value;

/// The JSON of a response, `null` where it has no body.
pub(super) fn decode(
    request: &HttpRequest,
    response: &HttpResponse,
    service: &Service,
    success: &[u16],
) -> Result<Value, BackendError> {
    if response.body.len() > request.max_bytes as usize {
        return Err(BackendError::TooLarge {
            bytes: response.body.len() as u64,
            max: request.max_bytes,
        });
    }
    let expected = match success {
        [] => (200..300).contains(&response.status),
        list => list.contains(&response.status),
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
    if let Some(selector) = &service.fails {
        let scope = Scope::new(&value, &response.headers);
        if is_truthy(&selector.select(&value, &scope)) {
            let Problem { detail, fields } = words(service, response, Some(&value), body);
            return Err(BackendError::Invalid { detail, fields });
        }
    }
    Ok(value)
}

/// The body without a byte order mark, white space around it, and the guard that some backends
/// put before JSON against its inclusion as a script.
fn text_of(response: &HttpResponse) -> &str {
    let body = response.body.trim_start_matches('\u{FEFF}').trim();
    body.strip_prefix(")]}'")
        .map_or(body, |rest| rest.trim_start_matches(',').trim_start())
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
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    let unit = |text: &str| {
        let hex = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(hex, 16).ok()
    };
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = match unit(from) {
            None => 1 + from.chars().nth(1).map_or(0, char::len_utf8),
            Some(0xD800..=0xDBFF) => {
                let paired = from
                    .get(6..)
                    .and_then(unit)
                    .is_some_and(|u| (0xDC00..=0xDFFF).contains(&u));
                if paired { 12 } else { 0 }
            }
            Some(0xDC00..=0xDFFF) => 0,
            Some(_) => 6,
        };
        if length == 0 {
            out.push('\u{FFFD}');
            rest = from.get(6..).unwrap_or_default();
        } else {
            out.push_str(from.get(..length).unwrap_or(from));
            rest = from.get(length..).unwrap_or_default();
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

fn html(response: &HttpResponse, body: &str) -> BackendError {
    // The beginning is enough to tell a page to sign in from others.
    let end = body
        .char_indices()
        .nth(50_000)
        .map_or(body.len(), |(at, _)| at);
    let head = body.get(..end).unwrap_or_default().to_ascii_lowercase();
    let title = head.find("<title").and_then(|at| {
        let (_, after) = body.get(at..)?.split_once('>')?;
        Some(after.split_once("</").map_or(after, |(title, _)| title))
    });
    let url = response.url.to_ascii_lowercase();
    let login = head.contains("type=\"password\"")
        || head.contains("type='password'")
        || head.contains("type=password")
        || head.contains("samlrequest")
        || [
            "login",
            "signin",
            "sign-in",
            "sso",
            "oauth",
            "adfs",
            "authorize",
        ]
        .iter()
        .any(|w| url.contains(w));
    BackendError::Html {
        title: clean_line(&plain_text(title.unwrap_or_default()), NAME),
        login,
    }
}

/// What a status that is no success means.
fn failure(response: &HttpResponse, service: &Service) -> BackendError {
    let body = text_of(response);
    let page = is_html(response, body);
    let value = if page { None } else { parse(body).ok() };
    let Problem { detail, fields } = words(
        service,
        response,
        value.as_ref(),
        if page { "" } else { body },
    );
    let limited = response.header("x-ratelimit-remaining") == Some("0");
    match response.status {
        // A response that the browser keeps from the page has status 0.
        0 => BackendError::Offline,
        401 | 407 | 511 => BackendError::SignedOut { detail },
        403 if limited => BackendError::TooMany {
            retry_after_s: retry_after(response),
        },
        403 => BackendError::Forbidden { detail },
        404 | 410 => BackendError::NotFound { detail },
        408 => BackendError::Timeout,
        409 | 412 | 428 => BackendError::Conflict { detail },
        425 | 429 => BackendError::TooMany {
            retry_after_s: retry_after(response),
        },
        405 | 406 | 415 => BackendError::Misconfigured {
            problem: format!(
                "the backend does not take this call (status {}) {detail}",
                response.status
            ),
        },
        400..=499 => BackendError::Invalid { detail, fields },
        500..=599 => BackendError::Unavailable {
            status: response.status,
            retry_after_s: retry_after(response),
            detail,
        },
        _ if page => html(response, body),
        status => BackendError::Misconfigured {
            problem: format!("status {status} was not expected; `success` says which are {detail}"),
        },
    }
}

/// What the backend said, by the mapping's own selector or wherever it usually stands.
fn words(service: &Service, response: &HttpResponse, value: Option<&Value>, body: &str) -> Problem {
    let Some(value) = value else {
        return read_plain_problem(body);
    };
    let mut problem = read_problem(value);
    if let Some(selector) = &service.message {
        let scope = Scope::new(value, &response.headers);
        if let Some(text) = scalar_text(&selector.select(value, &scope)) {
            problem.detail = clean_line(&text, SHORT_TEXT);
        }
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
            if reset <= DAY { reset } else { reset - now? }
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
