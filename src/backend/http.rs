//! Requests and responses as plain data: the seam between this layer, which knows no network,
//! and the transport that the page (or a test, or the server's `check` command) puts below it.

use super::operation::{Operation, Scope};
use serde_json::{Map, Value};
use std::fmt;

/// The methods that mappings use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, acts, and for some backends searches.
    Post,
    /// Replaces.
    Put,
    /// Changes a part.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// As HTTP writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// Whether the browser sends its cookies along (`credentials` of `fetch`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// Never.
    Omit,
    /// Only to the page's own origin.
    SameOrigin,
    /// Also to another origin; that origin must then name this page's in its CORS headers.
    Include,
}

/// A request, ready to be sent.
#[derive(Clone, PartialEq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// Absolute, or a path on the page's own origin where the mapping's base is one.
    pub url: String,
    /// Names as the mapping writes them, values without control characters.
    pub headers: Vec<(String, String)>,
    /// The body, if any; its `Content-Type` is among the headers.
    pub body: Option<String>,
    /// Whether cookies go along.
    pub credentials: Credentials,
    /// How long to wait for the whole response, in milliseconds.
    pub timeout_ms: u32,
    /// How many bytes of body to read; a longer response is
    /// [`BackendError::TooLarge`](super::BackendError::TooLarge).
    pub max_bytes: u32,
    /// What was asked, for reading the response.
    pub(super) sent: Sent,
}

/// What reading a response must know of the request, and what the next step of it needs.
#[derive(Clone, PartialEq)]
pub(super) struct Sent {
    pub(super) operation: Operation,
    pub(super) scope: Option<Scope>,
    pub(super) cursor: Option<String>,
    pub(super) limit: u32,
    pub(super) id: Option<String>,
    /// The values that the call may use, and what steps before it took.
    pub(super) values: Map<String, Value>,
    /// Which of the call's steps it is, from 0.
    pub(super) step: usize,
    /// After the call itself: where it went and what was answered, with what came since.
    pub(super) main: Option<Box<(String, HttpResponse)>>,
}

impl HttpRequest {
    /// The operation that this request is for.
    #[must_use]
    pub fn operation(&self) -> Operation {
        self.sent.operation
    }
}

// Header values may be secrets, and a body what somebody wrote in confidence.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} (", self.method.as_str(), self.url)?;
        for (name, _) in &self.headers {
            write!(f, "{name} ")?;
        }
        write!(
            f,
            "body: {} bytes)",
            self.body.as_ref().map_or(0, String::len)
        )
    }
}

/// A response, as the transport got it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// Where it came from, after redirects; absolute.
    pub url: String,
    /// Names in lower case; repeated fields joined by `, `.
    pub headers: Vec<(String, String)>,
    /// The body as text (UTF-8, what is broken replaced).
    pub body: String,
}

impl HttpResponse {
    /// A header field by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header_of(&self.headers, name)
    }
}

pub(super) fn header_of<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(n, _)| n == name)
        .map(|(_, value)| value.as_str())
}

/// What proves who is asking: given by the host page's callback for each call, kept nowhere.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secrets {
    /// A bearer token (RFC 6750).
    pub bearer: Option<String>,
    /// The value for the header that the mapping names.
    pub api_key: Option<String>,
    /// User name and password for Basic (RFC 7617).
    pub basic: Option<(String, String)>,
    /// The token against cross-site request forgery, from where the mapping says.
    pub csrf: Option<String>,
    /// Further headers that the page adds to every call.
    pub headers: Vec<(String, String)>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(not shown)")
    }
}

/// Whether this can be the name of a header field (RFC 9110, section 5.6.2, token).
pub(super) fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

/// Whether this can be the value of a header field: what `fetch` accepts, so Latin-1 without
/// control characters but the tab.
pub(super) fn is_header_value(value: &str) -> bool {
    value
        .chars()
        .all(|c| c == '\t' || (!c.is_control() && (c as u32) < 256))
}
