//! Whether a browser would let the page read what a backend answers (Fetch standard, "CORS
//! check" and "CORS-preflight fetch"). A native client may read everything, so what a page will
//! not be allowed is looked up in the headers.

use super::caller::{Caller, Send};
use entraide::backend::{Credentials, HttpRequest, HttpResponse, origin};

/// Headers that pages may read without being told so ("CORS-safelisted response-header name").
const READABLE: &str = "cache-control content-language content-length content-type expires \
                        last-modified pragma";
/// Headers that need no preflight, whatever they hold.
const SIMPLE: &str = "accept accept-language content-language";

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// What a page on `page` would not be allowed, each with what to change; nothing where the
/// backend is on the page's own origin.
#[must_use]
pub fn faults(
    caller: &Caller,
    request: &HttpRequest,
    response: &HttpResponse,
    document: &str,
) -> Vec<String> {
    let Some(page) = caller.page() else {
        return Vec::new();
    };
    if origin(&response.url).as_deref() == Some(page) {
        return Vec::new();
    }
    let with_cookies = request.credentials == Credentials::Include;
    let mut out = Vec::new();
    if let Some(fault) = refusal(response, page, with_cookies) {
        out.push(format!(
            "browsers will not give this answer to a page on {page}: {fault}"
        ));
        // The rest depends on the same configuration of the backend.
        return out;
    }
    if let Some(fault) = preflight(caller, request, page, with_cookies) {
        out.push(fault);
    }
    let exposed = response
        .header("access-control-expose-headers")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let exposed: Vec<&str> = exposed.split(',').map(str::trim).collect();
    for name in headers_read(document) {
        let there = response.header(&name).is_some();
        let open = exposed.contains(&name.as_str()) || (exposed.contains(&"*") && !with_cookies);
        if there && !open && !holds(READABLE, &name) {
            out.push(format!(
                "the mapping reads the header `{name}`, which pages on {page} will not see: let the \
                 backend answer with `Access-Control-Expose-Headers: {name}`"
            ));
        }
    }
    out
}

/// Why a browser withholds a response.
fn refusal(response: &HttpResponse, page: &str, with_cookies: bool) -> Option<String> {
    let allowed = response.header("access-control-allow-origin");
    let credentials = response.header("access-control-allow-credentials") == Some("true");
    match allowed {
        Some("*") if !with_cookies => None,
        Some("*") => Some(format!(
            "cookies go along, so `Access-Control-Allow-Origin` must be `{page}` and not `*`"
        )),
        Some(one) if one == page && (credentials || !with_cookies) => None,
        Some(one) if one == page => Some(
            "cookies go along, so it must also say `Access-Control-Allow-Credentials: true`"
                .to_owned(),
        ),
        Some(other) => Some(format!(
            "it allows `{other}`; let it answer with `Access-Control-Allow-Origin: {page}`, or put \
             it under a path of the page's own host"
        )),
        None => Some(format!(
            "let it answer with `Access-Control-Allow-Origin: {page}` (CORS), or put it under a \
             path of the page's own host"
        )),
    }
}

/// Asks what a browser asks before calls that are not simple, and reads the answer as it does.
fn preflight(
    caller: &Caller,
    request: &HttpRequest,
    page: &str,
    with_cookies: bool,
) -> Option<String> {
    let method = request.method.as_str();
    let mut names: Vec<String> = request
        .headers
        .iter()
        .filter(|(name, value)| !is_simple(name, value))
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    names.sort();
    if names.is_empty() && matches!(method, "GET" | "POST") {
        return None;
    }
    let mut headers = vec![(
        "Access-Control-Request-Method".to_owned(),
        method.to_owned(),
    )];
    if !names.is_empty() {
        headers.push(("Access-Control-Request-Headers".to_owned(), names.join(",")));
    }
    let answer = caller.call(Send {
        method: "OPTIONS",
        url: &request.url,
        headers: &headers,
        body: None,
        credentials: Credentials::Omit,
        timeout_ms: request.timeout_ms,
        max_bytes: request.max_bytes,
    });
    let before = format!("before this call browsers ask `OPTIONS {}`", request.url);
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Some(format!("{before}: {error}")),
    };
    if !(200..300).contains(&answer.status) {
        return Some(format!(
            "{before}, and it answers {}: let it answer 204, without a sign-in",
            answer.status
        ));
    }
    if let Some(fault) = refusal(&answer, page, with_cookies) {
        return Some(format!("{before}: {fault}"));
    }
    let list = |name: &str| {
        let text = answer.header(name).unwrap_or_default().to_ascii_lowercase();
        let words = text.split(',').map(|word| word.trim().to_owned());
        words.collect::<Vec<String>>()
    };
    let any = |list: &[String]| !with_cookies && list.iter().any(|word| word == "*");
    let methods = list("access-control-allow-methods");
    let simple = matches!(method, "GET" | "POST");
    if !simple && !any(&methods) && !methods.contains(&method.to_ascii_lowercase()) {
        return Some(format!(
            "{before}, and {method} is not allowed: add it to `Access-Control-Allow-Methods`"
        ));
    }
    let allowed = list("access-control-allow-headers");
    let missing = |name: &&String| {
        let wild = any(&allowed) && *name != "authorization";
        !wild && !allowed.contains(name)
    };
    let missing: Vec<&str> = names.iter().filter(missing).map(String::as_str).collect();
    (!missing.is_empty()).then(|| {
        format!(
            "{before}, and it does not allow the headers of the call: let it answer with \
             `Access-Control-Allow-Headers: {}`",
            missing.join(", ")
        )
    })
}

fn is_simple(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let kind = value.split(';').next().unwrap_or_default().trim();
    holds(SIMPLE, &name)
        || (name == "content-type"
            && matches!(
                kind,
                "application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain"
            ))
}

/// The names of headers that a document reads: `header('x')`, `Link` where pages are found by it.
fn headers_read(document: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in document.split("header(").skip(1) {
        let name: String = part
            .trim_start_matches(['\'', '"', '\\', ' '])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        out.push(name.to_ascii_lowercase());
    }
    let plain: String = document.chars().filter(|c| !c.is_whitespace()).collect();
    if plain.contains("\"kind\":\"link\"") {
        out.push("link".to_owned());
    }
    // What writing and waiting need.
    out.extend(["etag".to_owned(), "retry-after".to_owned()]);
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_a_document_reads() {
        let document = r#"{"total": "header('X-Total-Count')", "a": "header(\"b\")", "paging": {"kind": "link"}}"#;
        assert_eq!(
            headers_read(document),
            ["b", "etag", "link", "retry-after", "x-total-count"]
        );
    }
}
