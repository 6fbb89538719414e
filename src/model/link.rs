//! Addresses that a click may follow.
//!
//! Yew writes an `href` as it is given, and a `javascript:` address runs when clicked, so the
//! allow-list is here, in pure code, and the screens accept no other type.

use serde::{Deserialize, Serialize};

/// An `http`, `https` or `mailto` address, or a path on the page's own origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct SafeUrl(String);

/// Longest address, in bytes, that is worth following.
const MAX_BYTES: usize = 4_096;

impl SafeUrl {
    /// Takes an address if following it cannot run code: the scheme is in the allow-list, or it
    /// is a path that starts with a single slash. Control characters and white space, which
    /// browsers drop inside schemes (WHATWG URL), refuse it.
    #[must_use]
    pub fn new(raw: &str) -> Option<Self> {
        let raw = raw.trim();
        if raw.is_empty()
            || raw.len() > MAX_BYTES
            || raw
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || c == '\\')
        {
            return None;
        }
        let scheme = |s: &str| {
            raw.get(..s.len())
                .is_some_and(|p| p.eq_ignore_ascii_case(s))
        };
        let own_path = raw.starts_with('/') && !raw.starts_with("//");
        (own_path || scheme("https://") || scheme("http://") || scheme("mailto:"))
            .then(|| Self(raw.to_owned()))
    }

    /// The address, ready for an `href`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SafeUrl {
    type Error = &'static str;
    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::new(&raw).ok_or("not an http, https or mailto address")
    }
}
impl From<SafeUrl> for String {
    fn from(url: SafeUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_run() {
        for good in [
            "https://a.example/x",
            "HTTP://a",
            "mailto:a@b.c",
            "/people/1",
        ] {
            assert!(SafeUrl::new(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "//evil.example",
            "/\\evil.example",
            "",
            "blob:x",
            "file:///etc/passwd",
        ] {
            assert!(SafeUrl::new(bad).is_none(), "{bad}");
        }
    }
}
