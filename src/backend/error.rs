//! What can go wrong between the widget and a backend, in words that help.

use super::operation::Operation;

/// A problem with one field of what was sent, in the backend's words (cleaned and bounded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The backend's name of the field, or a JSON Pointer to it; may be empty.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Why an operation did not succeed. `detail` is what the backend said, as one clean line of at
/// most 300 characters, empty where it said nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// No network, a refused connection, or a response that the browser withholds (CORS).
    #[error(
        "the backend cannot be reached: check the network, and that it allows this page's origin (CORS)"
    )]
    Offline,
    /// The response did not come in time.
    #[error("the backend did not answer in time; try again")]
    Timeout,
    /// 401, or a secret that the page did not give: who asks is not known.
    #[error("not signed in: sign in and try again ({detail})")]
    SignedOut {
        /// What the backend said.
        detail: String,
    },
    /// 403: known, and not allowed.
    #[error("not allowed: {detail}")]
    Forbidden {
        /// What the backend said.
        detail: String,
    },
    /// 404 or 410: it is not (or no longer) there.
    #[error("not found: {detail}")]
    NotFound {
        /// What the backend said.
        detail: String,
    },
    /// 409, 412 or 428: somebody else changed it in the meantime. Read it again, then repeat.
    #[error("it changed in the meantime: load it again ({detail})")]
    Conflict {
        /// What the backend said.
        detail: String,
    },
    /// 400, 413 or 422: what was sent is not accepted as it is.
    #[error("the backend does not accept this: {detail}")]
    Invalid {
        /// What the backend said.
        detail: String,
        /// What it said of single fields.
        fields: Vec<FieldProblem>,
    },
    /// 429, or 403 with an exhausted rate limit: too many calls.
    #[error("too many calls: wait and try again")]
    TooMany {
        /// Seconds to wait, where the backend says.
        retry_after_s: Option<u32>,
    },
    /// 5xx: the backend fails.
    #[error("the backend fails at present ({status}): try again later")]
    Unavailable {
        /// The status.
        status: u16,
        /// Seconds to wait, where the backend says.
        retry_after_s: Option<u32>,
        /// What the backend said.
        detail: String,
    },
    /// A page for people came instead of data: a sign-in page, a proxy's notice, a wrong base.
    #[error(
        "a web page came instead of data (\"{title}\"): sign in again, or check the address of the backend"
    )]
    Html {
        /// The page's title.
        title: String,
        /// Whether it looks like a page to sign in.
        login: bool,
    },
    /// The response is not JSON.
    #[error("the response is not JSON: {problem}")]
    NotJson {
        /// What the parser said, with line and column.
        problem: String,
    },
    /// The response is longer than the mapping allows.
    #[error(
        "the response has {bytes} bytes, more than the {max} that are allowed (`maxBytes`): ask for smaller pages"
    )]
    TooLarge {
        /// Its length, as far as it is known.
        bytes: u64,
        /// What the mapping allows.
        max: u32,
    },
    /// The response is nested more than 128 deep.
    #[error("the response is nested too deeply")]
    TooDeep,
    /// The response is JSON, and not what the mapping describes.
    #[error("the response does not fit the mapping at `{pointer}`: {problem}")]
    Unreadable {
        /// JSON Pointer into the mapping's own document: the selector that found nothing usable.
        pointer: String,
        /// What was found instead.
        problem: String,
    },
    /// The mapping does not describe this operation.
    #[error("this backend cannot do `{}`", .0.name())]
    Unsupported(Operation),
    /// The mapping and the backend (or the widget) do not fit; the page owner must mend it.
    #[error("the mapping needs mending: {problem}")]
    Misconfigured {
        /// What is wrong.
        problem: String,
    },
}

impl BackendError {
    /// A stable name, for messages in the user's language and for the page.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            Self::SignedOut { .. } => "signed-out",
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound { .. } => "not-found",
            Self::Conflict { .. } => "conflict",
            Self::Invalid { .. } => "invalid",
            Self::TooMany { .. } => "too-many",
            Self::Unavailable { .. } => "unavailable",
            Self::Html { .. } => "html",
            Self::NotJson { .. } => "not-json",
            Self::TooLarge { .. } => "too-large",
            Self::TooDeep => "too-deep",
            Self::Unreadable { .. } => "unreadable",
            Self::Unsupported(_) => "unsupported",
            Self::Misconfigured { .. } => "misconfigured",
        }
    }

    /// Whether the same request may succeed later without anybody changing anything. A page
    /// that came instead of data counts: proxies show one while a backend restarts.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout | Self::TooMany { .. } => true,
            Self::Unavailable { status, .. } => *status != 501,
            Self::Html { login, .. } => !login,
            _ => false,
        }
    }

    /// How long to wait before trying again, in milliseconds, where the backend says.
    #[must_use]
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_after_s } | Self::Unavailable { retry_after_s, .. } => {
                retry_after_s.map(|s| u64::from(s) * 1_000)
            }
            _ => None,
        }
    }

    /// What the backend said, or an empty string.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::SignedOut { detail }
            | Self::Forbidden { detail }
            | Self::NotFound { detail }
            | Self::Conflict { detail }
            | Self::Invalid { detail, .. }
            | Self::Unavailable { detail, .. } => detail,
            _ => "",
        }
    }
}
