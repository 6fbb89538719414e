//! One backend of a mapping: where it is, how it is told who asks, and its limits.

use super::auth::Auth;
use super::checker::{Checker, below};
use super::explain::hint;
use super::operation::Group;
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
    /// What its document says, checked; without `operations` and `records`.
    pub(super) document: Map<String, Value>,
}

/// How long to wait for a response, in milliseconds, where the document does not say.
const TIMEOUT_MS: u32 = 15_000;
/// Longest response, in bytes, where the document does not say.
const MAX_BYTES: u32 = 8_000_000;

impl Service {
    /// Reads what a document, which was checked, says of its backend.
    pub(super) fn parse(
        map: &Map<String, Value>,
        pointer: &str,
        group: Option<Group>,
        checker: &mut Checker,
    ) -> Self {
        let mut document = Map::new();
        for (key, value) in map {
            if !matches!(key.as_str(), "operations" | "records" | "parts") {
                document.insert(key.clone(), value.clone());
            }
        }
        let text = |key: &str| map.get(key).and_then(Value::as_str);
        let name = text("name").or(group.map(Group::name));
        let name = name.unwrap_or("backend");
        let base = text("base").unwrap_or_default().trim_end_matches('/');
        let path = base.starts_with('/') && !base.starts_with("//") && uri::is_plain(base);
        let here = below(pointer, "base");
        let advice = hint(
            "like https://intranet.example/api, or /api on the page's own host; without `?` and \
             `#`; or data-base in the script tag",
        );
        if base.is_empty() {
            checker.add(&here, "it must say where the backend is", "", advice);
        } else if base.contains(['?', '#'])
            || uri::has_dot_segment(base)
            || !(path || uri::origin(base).is_some())
        {
            checker.add(&here, "`%` is no address of a backend", base, advice);
        }
        if let Some(Value::Object(requires)) = map.get("requires") {
            let settings = below(pointer, "settings");
            for (key, what) in requires {
                if map.get("settings").and_then(|s| s.get(key)).is_none() {
                    let what = what.as_str().unwrap_or_default();
                    checker.add(&below(&settings, key), "`%` is missing", key, what);
                }
            }
        }
        let auth = map.get("auth").unwrap_or(&Value::Null);
        Self {
            auth: Auth::parse(auth, name, &below(pointer, "auth"), checker),
            name: name.to_owned(),
            base: base.to_owned(),
            document,
        }
    }

    /// A member that is a text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.document.get(key)?.as_str()
    }

    /// How long to wait for a response, in milliseconds.
    pub(super) fn timeout_ms(&self) -> u32 {
        number(self.document.get("timeoutMs"), TIMEOUT_MS)
    }

    /// Longest response, in bytes.
    pub(super) fn max_bytes(&self) -> u32 {
        number(self.document.get("maxBytes"), MAX_BYTES)
    }
}

/// A number of a checked document.
pub(super) fn number(value: Option<&Value>, default: u32) -> u32 {
    let number = value.and_then(Value::as_u64);
    number.map_or(default, |n| n as u32)
}
