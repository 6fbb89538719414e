//! How a backend learns who is asking. The document only names what is needed; the secrets
//! themselves come from the host page's callback, call by call.

use super::checker::{Checker, below};
use super::error::BackendError;
use super::explain::{hint, says};
use super::http::{Credentials, Method, Secrets, is_header_name};
use serde_json::Value;

/// The ways to prove who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthKind {
    /// Nothing is needed, or a proxy in front of the backend knows.
    None,
    /// The browser's session cookie.
    Cookie,
    /// A bearer token (RFC 6750).
    Bearer,
    /// A key in a header of its own.
    Key,
    /// User name and password (RFC 7617).
    Basic,
}

/// Where the page finds the token against cross-site request forgery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CsrfSource {
    /// In the cookie of this name.
    Cookie(String),
    /// In `<meta name="..." content="...">` of the host page.
    Meta(String),
    /// In a global variable of the host page, as a dotted path (`wpApiSettings.nonce`).
    Global(String),
    /// In the answer to a call of its own, which goes out before each that needs the token. So it
    /// is always fresh, and a page need not know how long it lasts.
    Call,
}

/// A token against cross-site request forgery, and the header that carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Csrf {
    /// Where the page finds it.
    pub source: CsrfSource,
    /// The header's name.
    pub header: String,
    /// Whether reading needs it too (WordPress takes a cookie without it for nobody's).
    pub on_reads: bool,
}

impl Csrf {
    /// Whether calls of this method carry the token.
    pub(super) fn is_needed_by(&self, method: Method) -> bool {
        self.on_reads || method != Method::Get
    }
}

/// What one backend needs to know who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Auth {
    /// The way.
    pub kind: AuthKind,
    /// The name under which the host page is asked for the secret, so that two backends of one
    /// mapping get different ones.
    pub secret: String,
    /// Whether calls go out without the secret where the page gives none.
    pub optional: bool,
    /// The token against request forgery, with cookies.
    pub csrf: Option<Csrf>,
    /// With [`AuthKind::Key`]: the header, and what stands before the key in it.
    pub header: String,
    /// See `header`; ends in its own space where it needs one.
    pub prefix: String,
    /// Whether cookies go along.
    pub credentials: Credentials,
}

impl Auth {
    /// Reads the document's `auth`, which was checked; its absence means [`AuthKind::None`].
    pub(super) fn parse(value: &Value, name: &str, pointer: &str, checker: &mut Checker) -> Self {
        let text = |value: &Value, key: &str| {
            let text = value.get(key).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let kind = match text(value, "kind").as_str() {
            "cookie" => AuthKind::Cookie,
            "bearer" => AuthKind::Bearer,
            "key" => AuthKind::Key,
            "basic" => AuthKind::Basic,
            "" if value.is_object() => {
                checker.add(pointer, "`kind` is missing", "", "");
                AuthKind::None
            }
            _ => AuthKind::None,
        };
        let header = text(value, "header");
        if (kind == AuthKind::Key) != is_header_name(&header) {
            let problem = says("a key goes in a header, and only a key does");
            let advice = hint("like {\"kind\": \"key\", \"header\": \"X-API-Key\"}");
            checker.add(&below(pointer, "header"), problem, "", advice);
        }
        let secret = text(value, "secret");
        let mut csrf = None;
        if let Some(own @ Value::Object(_)) = value.get("csrf") {
            let mut named = ["cookie", "meta", "global", "call"].into_iter();
            let named = named.find(|key| own.get(key).is_some_and(Value::is_string));
            let header = text(own, "header");
            match named.filter(|_| is_header_name(&header)) {
                Some(key) => {
                    let name = text(own, key);
                    csrf = Some(Csrf {
                        source: match key {
                            "cookie" => CsrfSource::Cookie(name),
                            "meta" => CsrfSource::Meta(name),
                            "call" => CsrfSource::Call,
                            _ => CsrfSource::Global(name),
                        },
                        header,
                        on_reads: own.get("on").and_then(Value::as_str) == Some("all"),
                    });
                }
                None => {
                    let problem = says(
                        "it must say where the token is (`cookie`, `meta`, `global` or `call`) and \
                         the `header` that carries it, like X-CSRFToken",
                    );
                    checker.add(&below(pointer, "csrf"), problem, "", "");
                }
            }
        }
        Self {
            kind,
            secret: if secret.is_empty() {
                name.to_owned()
            } else {
                secret
            },
            optional: value.get("optional") == Some(&Value::Bool(true)),
            csrf,
            header,
            prefix: text(value, "prefix"),
            credentials: match text(value, "credentials").as_str() {
                "omit" => Credentials::Omit,
                "include" => Credentials::Include,
                "" if kind == AuthKind::Cookie => Credentials::Include,
                _ => Credentials::SameOrigin,
            },
        }
    }

    /// The headers that prove who is asking; `token` is one that a call took.
    pub(super) fn headers(
        &self,
        secrets: &Secrets,
        token: Option<&str>,
        method: Method,
    ) -> Result<Vec<(String, String)>, BackendError> {
        let mut out = Vec::new();
        let (name, value) = match self.kind {
            AuthKind::None | AuthKind::Cookie => ("", Some(String::new())),
            AuthKind::Key => {
                let key = secrets.api_key.as_ref();
                let value = key.map(|key| [&self.prefix, key.as_str()].concat());
                (self.header.as_str(), value)
            }
            AuthKind::Bearer => {
                let token = secrets.bearer.as_ref();
                ("Authorization", token.map(|t| ["Bearer ", t].concat()))
            }
            AuthKind::Basic => {
                let basic = secrets.basic.as_ref().map(|(user, password)| {
                    let both = [user, ":", password].concat();
                    ["Basic ", &base64(both.as_bytes())].concat()
                });
                ("Authorization", basic)
            }
        };
        let missing = |words: [&str; 3]| {
            Err(BackendError::SignedOut {
                detail: words.concat(),
            })
        };
        match value {
            Some(value) if !name.is_empty() => out.push((name.to_owned(), value)),
            None if !self.optional => {
                return missing(["the page gave no secret for `", &self.secret, "`"]);
            }
            _ => {}
        }
        if let Some(csrf) = &self.csrf
            && csrf.is_needed_by(method)
        {
            match token.or(secrets.csrf.as_deref()) {
                Some(token) => out.push((csrf.header.clone(), token.to_owned())),
                None if self.optional => {}
                None => return missing(["the page holds no token for `", &csrf.header, "`"]),
            }
        }
        Ok(out)
    }
}

/// Base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let digit = ((bits >> (18 - 6 * i)) & 63) as u8;
            out.push(match digit {
                _ if i > chunk.len() => '=',
                0..26 => char::from(b'A' + digit),
                26..52 => char::from(b'a' + digit - 26),
                52..62 => char::from(b'0' + digit - 52),
                62 => '+',
                _ => '/',
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_base64_as_the_rfc_does() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn a_missing_secret_is_named() {
        let mut checker = Checker::default();
        let value = serde_json::json!({"kind": "bearer"});
        let auth = Auth::parse(&value, "hr", "/auth", &mut checker);
        assert_eq!(checker.problems, []);
        let missing = auth
            .headers(&Secrets::default(), None, Method::Get)
            .unwrap_err();
        assert_eq!(missing.kind(), "signed-out");
        assert!(missing.detail().contains("`hr`"), "{missing}");
        let given = Secrets {
            bearer: Some("t".into()),
            ..Secrets::default()
        };
        let headers = auth.headers(&given, None, Method::Get).unwrap();
        assert_eq!(
            headers,
            [("Authorization".to_owned(), "Bearer t".to_owned())]
        );
    }
}
