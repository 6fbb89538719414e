//! An answer of a backend as it came, and what is wrong with it before any mapping.

use serde_json::Value;

/// What came from an address, or what was pasted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The address that was called; empty where the answer was pasted.
    pub url: String,
    /// The status code; 200 where the answer was pasted.
    pub status: u16,
    /// The headers that the page may see, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Answer {
    /// A header by its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// Why nothing can be proposed; the screen says it in words, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// 401: who asks is not known.
    #[error("the backend wants to know who asks: choose how to sign in")]
    SignedOut,
    /// 403: known, and not allowed.
    #[error("the backend does not allow this: use an account that may read this list")]
    Forbidden,
    /// 404 or 410: nothing is there.
    #[error("there is nothing at this address: compare it with the backend's documentation")]
    NotFound,
    /// 429: too many calls.
    #[error("too many calls: wait a minute and try again")]
    TooMany,
    /// Another status that is no success.
    #[error("the backend answered with the error {0}: read what it says below")]
    Status(u16),
    /// A web page: a sign-in page, or the wrong address.
    #[error("a web page came instead of data: sign in, or use the address of the API")]
    Html {
        /// Whether it looks like a page to sign in.
        login: bool,
    },
    /// XML, which the widget does not read.
    #[error("XML came, and JSON is needed: ask for JSON, often by `.json` or `?format=json`")]
    Xml,
    /// Nothing, or nothing but blanks.
    #[error("the answer is empty: check the address")]
    Empty,
    /// No JSON.
    #[error("the answer is no JSON: {0}")]
    NotJson(String),
    /// JSON without a list of objects.
    #[error("there is no list in the answer: use the address that lists them")]
    NoList {
        /// Whether it looks like one item alone.
        single: bool,
    },
    /// The list has nothing in it.
    #[error("the list is empty: sign in as somebody who sees something, or add one entry")]
    EmptyList,
}

impl Trouble {
    /// A stable name, for words in the language of the page.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::TooMany => "too-many",
            Self::Status(_) => "status",
            Self::Html { login: true } => "login",
            Self::Html { login: false } => "html",
            Self::Xml => "xml",
            Self::Empty => "empty",
            Self::NotJson(_) => "not-json",
            Self::NoList { single: true } => "single",
            Self::NoList { single: false } => "no-list",
            Self::EmptyList => "empty-list",
        }
    }
}

/// The JSON of an answer.
///
/// # Errors
/// [`Trouble`] where it is an error, a web page, or no JSON.
pub fn read_answer(answer: &Answer) -> Result<Value, Trouble> {
    let body = answer.body.trim_start_matches('\u{FEFF}').trim();
    match answer.status {
        200..=299 => {}
        401 => return Err(Trouble::SignedOut),
        403 => return Err(Trouble::Forbidden),
        404 | 410 => return Err(Trouble::NotFound),
        429 => return Err(Trouble::TooMany),
        status => return Err(Trouble::Status(status)),
    }
    if body.is_empty() {
        return Err(Trouble::Empty);
    }
    if body.starts_with('<') {
        let start: String = body.chars().take(20_000).collect();
        let start = start.to_lowercase();
        let html = start.contains("<html") || start.contains("<!doctype html");
        let login = [
            "type=\"password\"",
            "type='password'",
            "type=password",
            "signin",
            "sign in",
            "log in",
            "login",
        ]
        .iter()
        .any(|sign| start.contains(sign));
        return Err(if html {
            Trouble::Html { login }
        } else {
            Trouble::Xml
        });
    }
    // Some put a prefix there so that no script tag can run it.
    let body = body.strip_prefix(")]}',").unwrap_or(body);
    serde_json::from_str(body).map_err(|e| Trouble::NotJson(e.to_string()))
}
