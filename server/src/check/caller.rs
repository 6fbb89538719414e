//! Sending requests to a backend over HTTP/1.1, plain or by TLS, as the widget in a page would.
//!
//! What a browser does by itself is done here: cookies are kept and sent back, the page's origin
//! goes along, redirects are followed. What it must not do is not: a redirect to another origin
//! is not followed, since what proves who is asking would go there too, and no response is read
//! beyond its limit, also not one that is small only while it is compressed. Certificates are
//! held against those that the system trusts, so a company's own count.

use super::cookies::Cookies;
use entraide::backend::{BackendError, Credentials, HttpRequest, HttpResponse, origin, resolve};
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use ureq::http;
use ureq::tls::{RootCerts, TlsConfig};

/// Sends requests; keeps the cookies of its session.
#[derive(Debug)]
pub struct Caller {
    agent: ureq::Agent,
    page: Option<String>,
    cookies: Mutex<Cookies>,
}

/// A request, whoever wrote it.
#[derive(Clone, Copy)]
pub struct Send<'a> {
    /// The method, as HTTP writes it.
    pub method: &'a str,
    /// Absolute, or a path on the page's origin.
    pub url: &'a str,
    /// Names and values.
    pub headers: &'a [(String, String)],
    /// The body.
    pub body: Option<&'a str>,
    /// Whether cookies go along.
    pub credentials: Credentials,
    /// How long to wait for the whole response, in milliseconds.
    pub timeout_ms: u32,
    /// How many bytes of body to read.
    pub max_bytes: u32,
}

/// Why there is no response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The address cannot be called.
    #[error(
        "`{0}` cannot be called: give the page's origin (https://intranet.example) or an absolute base"
    )]
    Address(String),
    /// Nobody answers there.
    #[error("{origin} cannot be reached: {reason}")]
    Unreachable {
        /// Scheme, host and port.
        origin: String,
        /// What the network said.
        reason: String,
    },
    /// It took too long.
    #[error("no response within {0} ms")]
    Timeout(u32),
    /// The response is too long.
    #[error("the response is longer than the {0} bytes that are allowed (`maxBytes`)")]
    TooLarge(u32),
}

impl From<SendError> for BackendError {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Address(_) => Self::Misconfigured {
                problem: error.to_string(),
            },
            SendError::Unreachable { .. } => Self::Offline,
            SendError::Timeout(_) => Self::Timeout,
            SendError::TooLarge(max) => Self::TooLarge {
                bytes: u64::from(max) + 1,
                max,
            },
        }
    }
}

/// How many redirects in a row are followed.
const REDIRECTS: usize = 5;

impl Caller {
    /// A caller without cookies. `page` is the origin of the page that holds the widget
    /// (`https://intranet.example`): bases that are paths count from it, and backends on other
    /// origins are told it. Without it, each backend is taken to be on the page's own origin.
    ///
    /// # Errors
    /// [`SendError::Address`] where `page` is no origin.
    pub fn new(page: Option<&str>) -> Result<Self, SendError> {
        let page = match page {
            Some(text) => Some(origin(text).ok_or_else(|| SendError::Address(text.to_owned()))?),
            None => None,
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let agent = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            // Followed here, where origins and cookies are known.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A DELETE with a body, and a GET with one, are what a mapping may ask for.
            .allow_non_standard_methods(true)
            .user_agent(concat!("entraide/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self {
            agent,
            page,
            cookies: Mutex::default(),
        })
    }

    /// The page's origin, if it was given.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Takes cookies for the host of an address, as the header `Cookie` writes them (`a=1; b=2`).
    pub fn set_cookies(&self, url: &str, cookies: &str) {
        let url = self.absolute(url).unwrap_or_default();
        self.jar(|jar| jar.set(&url, cookies));
    }

    /// A cookie that the host of an address has set.
    #[must_use]
    pub fn cookie(&self, url: &str, name: &str) -> Option<String> {
        let url = self.absolute(url).ok()?;
        self.jar(|jar| jar.get(&url, name).map(str::to_owned))
    }

    /// Sends a request of a mapping.
    ///
    /// # Errors
    /// [`SendError`] where no response came, or one that is too long.
    pub fn send(&self, request: &HttpRequest) -> Result<HttpResponse, SendError> {
        self.call(Send {
            method: request.method.as_str(),
            url: &request.url,
            headers: &request.headers,
            body: request.body.as_deref(),
            credentials: request.credentials,
            timeout_ms: request.timeout_ms,
            max_bytes: request.max_bytes,
        })
    }

    /// Sends any request with the session's cookies: to sign in, to prepare a test.
    ///
    /// # Errors
    /// [`SendError`] where no response came within 15 seconds, or one over 8 MB.
    pub fn fetch(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<HttpResponse, SendError> {
        let headers: Vec<(String, String)> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.call(Send {
            method,
            url,
            headers: &headers,
            body,
            credentials: Credentials::Include,
            timeout_ms: 15_000,
            max_bytes: 8_000_000,
        })
    }

    /// Sends a request, and follows redirects on its own origin as browsers do.
    ///
    /// # Errors
    /// [`SendError`] where no response came, or one that is too long.
    pub fn call(&self, request: Send<'_>) -> Result<HttpResponse, SendError> {
        let until = Instant::now() + Duration::from_millis(u64::from(request.timeout_ms));
        let mut url = self.absolute(request.url)?;
        let mut send = request;
        for left in (0..=REDIRECTS).rev() {
            let response = self.once(&send, &url, until)?;
            let target = response
                .header("location")
                .filter(|_| matches!(response.status, 301 | 302 | 303 | 307 | 308) && left > 0)
                .map(|location| resolve(&url, location))
                .filter(|target| origin(target) == origin(&url));
            let Some(target) = target else {
                return Ok(response);
            };
            // Fetch standard, "HTTP-redirect fetch", step 12.
            let posted = matches!(response.status, 301 | 302) && send.method == "POST";
            if posted || (response.status == 303 && send.method != "HEAD") {
                send.method = "GET";
                send.body = None;
            }
            let (target, _) = target.split_once('#').unwrap_or((&target, ""));
            url = target.to_owned();
        }
        Err(SendError::Address(url))
    }

    fn absolute(&self, url: &str) -> Result<String, SendError> {
        let absolute = match &self.page {
            Some(page) => resolve(page, url),
            None => url.to_owned(),
        };
        match origin(&absolute) {
            Some(_) => Ok(absolute),
            None => Err(SendError::Address(url.to_owned())),
        }
    }

    fn jar<T>(&self, use_it: impl FnOnce(&mut Cookies) -> T) -> T {
        use_it(&mut self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn once(&self, send: &Send<'_>, url: &str, until: Instant) -> Result<HttpResponse, SendError> {
        let own = origin(url).unwrap_or_default();
        let page = self.page.as_ref().unwrap_or(&own);
        let mut request = http::Request::builder().method(send.method).uri(ascii(url));
        for (name, value) in send.headers {
            // A redirect from POST to GET leaves the body behind.
            let of_body = name.eq_ignore_ascii_case("content-type") && send.body.is_none();
            if !of_body {
                // Headers are Latin-1 on the wire.
                let bytes: Vec<u8> = value
                    .chars()
                    .map(|c| u8::try_from(c).unwrap_or(b'?'))
                    .collect();
                request = request.header(name, bytes);
            }
        }
        if *page != own || !matches!(send.method, "GET" | "HEAD") {
            request = request.header("Origin", page);
        }
        let cookies = match send.credentials {
            Credentials::Omit => false,
            Credentials::SameOrigin => *page == own,
            Credentials::Include => true,
        };
        if let Some(header) = self.jar(|jar| jar.header(url)).filter(|_| cookies) {
            request = request.header("Cookie", header);
        }
        let timed_out = SendError::Timeout(send.timeout_ms);
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(timed_out);
        }
        let failed = |error: ureq::Error| match error {
            ureq::Error::Timeout(_) => timed_out.clone(),
            ureq::Error::Http(_) | ureq::Error::BadUri(_) => SendError::Address(url.to_owned()),
            other => SendError::Unreachable {
                origin: own.clone(),
                reason: other.to_string(),
            },
        };
        let with_body = send.body.is_some() || matches!(send.method, "POST" | "PUT" | "PATCH");
        let sent = if with_body {
            let request = request.body(send.body.unwrap_or_default());
            request.map_err(ureq::Error::from).and_then(|request| {
                let request = self.agent.configure_request(request);
                self.agent.run(request.timeout_global(Some(left)).build())
            })
        } else {
            request
                .body(())
                .map_err(ureq::Error::from)
                .and_then(|request| {
                    let request = self.agent.configure_request(request);
                    self.agent.run(request.timeout_global(Some(left)).build())
                })
        };
        let (head, mut body) = sent.map_err(failed)?.into_parts();
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in &head.headers {
            let value: String = value.as_bytes().iter().map(|b| char::from(*b)).collect();
            if name == "set-cookie" {
                // Pages never see it.
                if cookies {
                    self.jar(|jar| jar.take(url, &value));
                }
                continue;
            }
            match headers.iter_mut().find(|(known, _)| known == name.as_str()) {
                Some((_, joined)) => *joined = [joined, ", ", &value].concat(),
                None => headers.push((name.as_str().to_owned(), value)),
            }
        }
        let limit = u64::from(send.max_bytes);
        let mut bytes = Vec::new();
        // What is read is what the browser would hold: after decompression.
        let read = body.as_reader().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| match error.kind() {
            std::io::ErrorKind::TimedOut => timed_out.clone(),
            _ => failed(ureq::Error::from(error)),
        })?;
        if bytes.len() as u64 > limit {
            return Err(SendError::TooLarge(send.max_bytes));
        }
        Ok(HttpResponse {
            status: head.status.as_u16(),
            url: url.to_owned(),
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }
}

/// Percent-encodes what addresses cannot hold and browsers encode by themselves.
fn ascii(url: &str) -> String {
    let mut out = String::new();
    for b in url.bytes() {
        if b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}
