//! One backend of a mapping: where it is, how it is told who asks, and its limits.

use super::auth::Auth;
use super::checker::{Checker, below};
use super::http::{is_header_name, is_header_value};
use super::operation::Group;
use super::select::Selector;
use super::template::Template;
use super::uri;
use serde_json::{Map, Value};

/// One backend of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// The document's `name`, or the name of its part.
    pub name: String,
    /// Where it is: `https://host/path` or `/path`, without a slash at its end.
    pub base: String,
    /// How it learns who is asking.
    pub auth: Auth,
    pub(super) headers: Vec<(String, Template)>,
    pub(super) timeout_ms: u32,
    pub(super) max_bytes: u32,
    pub(super) settings: Map<String, Value>,
    pub(super) fails: Option<Selector>,
    pub(super) message: Option<Selector>,
}

/// How long to wait for a response, in milliseconds, where the document does not say.
const TIMEOUT_MS: u32 = 15_000;
/// Longest response, in bytes, where the document does not say.
const MAX_BYTES: u32 = 8_000_000;

impl Service {
    /// Reads what a document says of its backend.
    pub(super) fn parse(
        map: &Map<String, Value>,
        pointer: &str,
        group: Option<Group>,
        checker: &mut Checker,
    ) -> Self {
        let name = checker.text(map, pointer, "name");
        let name = name
            .or(group.map(Group::name))
            .unwrap_or("backend")
            .to_owned();
        let base = checker
            .text(map, pointer, "base")
            .unwrap_or_default()
            .trim_end_matches('/')
            .to_owned();
        let path = base.starts_with('/') && !base.starts_with("//") && uri::is_plain(&base);
        if base.contains(['?', '#'])
            || uri::has_dot_segment(&base)
            || !(path || uri::origin(&base).is_some() || base.is_empty())
        {
            checker.add(
            &below(pointer, "base"),
            format!("`{base}` is no address of a backend"),
            "like https://intranet.example/api, or /api on the page's own host; without `?` and `#`",
        );
        }
        let mut settings = Map::new();
        if let Some(value) = Checker::member(map, "settings") {
            match value {
                Value::Object(own) => settings.clone_from(own),
                _ => checker.add(
                    &below(pointer, "settings"),
                    "an object should stand here",
                    "",
                ),
            }
        }
        if let Some(Value::Object(requires)) = Checker::member(map, "requires") {
            for (key, what) in requires
                .iter()
                .filter(|(key, _)| !settings.contains_key(*key))
            {
                let what = what.as_str().unwrap_or_default();
                checker.add(
                    &below(&below(pointer, "settings"), key),
                    format!("`{key}` is missing"),
                    what,
                );
            }
        }
        let errors = Checker::member(map, "errors")
            .and_then(|v| checker.object(v, &below(pointer, "errors"), &["message"]));
        Self {
            auth: Auth::parse(
                Checker::member(map, "auth"),
                &name,
                &below(pointer, "auth"),
                checker,
            ),
            name,
            base,
            headers: parse_headers(map, pointer, checker),
            timeout_ms: checker
                .number(map, pointer, "timeoutMs", 100..=300_000)
                .unwrap_or(TIMEOUT_MS),
            max_bytes: checker
                .number(map, pointer, "maxBytes", 1_000..=64_000_000)
                .unwrap_or(MAX_BYTES),
            settings,
            fails: checker.selector(map, pointer, "fails"),
            message: errors
                .and_then(|map| checker.selector(map, &below(pointer, "errors"), "message")),
        }
    }
}

/// Headers that the browser sets itself, whatever a page says (Fetch standard, "forbidden
/// request-header"), and those that hold secrets.
const FORBIDDEN: [&str; 9] = [
    "authorization",
    "cookie",
    "host",
    "origin",
    "referer",
    "content-length",
    "connection",
    "user-agent",
    "accept-encoding",
];

pub(super) fn parse_headers(
    map: &Map<String, Value>,
    pointer: &str,
    checker: &mut Checker,
) -> Vec<(String, Template)> {
    let here = below(pointer, "headers");
    let Some(headers) = Checker::member(map, "headers") else {
        return Vec::new();
    };
    let Some(headers) = headers.as_object() else {
        checker.add(
            &here,
            "an object should stand here",
            "like {\"Accept\": \"application/json\"}",
        );
        return Vec::new();
    };
    let mut out = Vec::new();
    for (name, value) in headers.iter().filter(|(_, v)| !v.is_null()) {
        let here = below(&here, name);
        let lower = name.to_ascii_lowercase();
        if !is_header_name(name) || value.as_str().is_some_and(|v| !is_header_value(v)) {
            checker.add(&here, "this cannot be a header", "");
        } else if lower == "authorization" {
            checker.add(
                &here,
                "a secret in a page can be read by everybody who opens it",
                "say the way in `auth`; the page gives the secret",
            );
        } else if FORBIDDEN.contains(&lower.as_str()) {
            checker.add(&here, "browsers set this header themselves", "leave it out");
        } else if let Some(template) = checker.template(value, &here) {
            out.push((name.clone(), template));
        }
    }
    out
}
