//! How a backend learns who is asking. The document only names what is needed; the secrets
//! themselves come from the host page's callback, call by call.

use super::checker::{Checker, below, did_you_mean};
use super::error::BackendError;
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

const KINDS: [(&str, AuthKind); 5] = [
    ("none", AuthKind::None),
    ("cookie", AuthKind::Cookie),
    ("bearer", AuthKind::Bearer),
    ("key", AuthKind::Key),
    ("basic", AuthKind::Basic),
];

const CREDENTIALS: [(&str, Credentials); 3] = [
    ("omit", Credentials::Omit),
    ("same-origin", Credentials::SameOrigin),
    ("include", Credentials::Include),
];

const KEYS: [&str; 7] = [
    "kind",
    "secret",
    "optional",
    "csrf",
    "header",
    "prefix",
    "credentials",
];
const SECRETS: [&str; 8] = [
    "token", "password", "key", "value", "bearer", "apiKey", "user", "username",
];

impl Auth {
    /// Reads the document's `auth`; its absence means [`AuthKind::None`].
    pub(super) fn parse(
        value: Option<&Value>,
        name: &str,
        pointer: &str,
        checker: &mut Checker,
    ) -> Self {
        let mut auth = Self {
            kind: AuthKind::None,
            secret: name.to_owned(),
            optional: false,
            csrf: None,
            header: String::new(),
            prefix: String::new(),
            credentials: Credentials::SameOrigin,
        };
        let Some(value) = value else { return auth };
        let mut known = KEYS.to_vec();
        known.extend(SECRETS);
        let Some(map) = checker.object(value, pointer, &known) else {
            return auth;
        };
        for key in SECRETS.iter().filter(|key| map.contains_key(**key)) {
            checker.add(
                &below(pointer, key),
                "a secret in a page can be read by everybody who opens it",
                "leave it out; the page gives it by entraide.configure({getToken})",
            );
        }
        match checker.choice(map, pointer, "kind", &KINDS) {
            Some(kind) => auth.kind = kind,
            None if map.contains_key("kind") => {}
            None => checker.add(
                pointer,
                "`kind` is missing",
                did_you_mean("", &KINDS.map(|k| k.0)),
            ),
        }
        if let Some(secret) = checker.text(map, pointer, "secret") {
            secret.clone_into(&mut auth.secret);
        }
        auth.optional = checker.flag(map, pointer, "optional").unwrap_or(false);
        auth.credentials = checker
            .choice(map, pointer, "credentials", &CREDENTIALS)
            .unwrap_or(if auth.kind == AuthKind::Cookie {
                Credentials::Include
            } else {
                Credentials::SameOrigin
            });
        checker
            .text(map, pointer, "prefix")
            .unwrap_or_default()
            .clone_into(&mut auth.prefix);
        checker
            .text(map, pointer, "header")
            .unwrap_or_default()
            .clone_into(&mut auth.header);
        if (auth.kind == AuthKind::Key) != is_header_name(&auth.header) {
            checker.add(
                &below(pointer, "header"),
                "a key goes in a header, and only a key does",
                "like {\"kind\": \"key\", \"header\": \"X-API-Key\"}",
            );
        }
        if let Some(csrf) = Checker::member(map, "csrf") {
            auth.csrf = parse_csrf(csrf, &below(pointer, "csrf"), checker);
        }
        auth
    }

    /// The headers that prove who is asking.
    pub(super) fn headers(
        &self,
        secrets: &Secrets,
        method: Method,
    ) -> Result<Vec<(String, String)>, BackendError> {
        let mut out = Vec::new();
        let authorization = |value: String| ("Authorization".to_owned(), value);
        let found = match self.kind {
            AuthKind::None | AuthKind::Cookie => true,
            AuthKind::Bearer => {
                out.extend(
                    secrets
                        .bearer
                        .as_ref()
                        .map(|t| authorization(format!("Bearer {t}"))),
                );
                secrets.bearer.is_some()
            }
            AuthKind::Key => {
                let key = secrets.api_key.as_ref();
                out.extend(key.map(|k| (self.header.clone(), format!("{}{k}", self.prefix))));
                key.is_some()
            }
            AuthKind::Basic => {
                let basic = secrets.basic.as_ref();
                out.extend(basic.map(|(user, password)| {
                    authorization(format!(
                        "Basic {}",
                        base64(format!("{user}:{password}").as_bytes())
                    ))
                }));
                basic.is_some()
            }
        };
        if !found && !self.optional {
            return Err(BackendError::SignedOut {
                detail: format!("the page gave no secret for `{}`", self.secret),
            });
        }
        if let Some(csrf) = self
            .csrf
            .as_ref()
            .filter(|c| c.on_reads || method != Method::Get)
        {
            match &secrets.csrf {
                Some(token) => out.push((csrf.header.clone(), token.clone())),
                None if self.optional => {}
                None => {
                    return Err(BackendError::SignedOut {
                        detail: format!("the page holds no token for `{}`", csrf.header),
                    });
                }
            }
        }
        Ok(out)
    }
}

fn parse_csrf(value: &Value, pointer: &str, checker: &mut Checker) -> Option<Csrf> {
    let map = checker.object(
        value,
        pointer,
        &["cookie", "meta", "global", "header", "on"],
    )?;
    let header = checker.text(map, pointer, "header").unwrap_or_default();
    if !is_header_name(header) {
        checker.add(
            &below(pointer, "header"),
            "the name of a header should stand here",
            "like X-CSRFToken",
        );
    }
    let on_reads = checker.choice(map, pointer, "on", &[("writes", false), ("all", true)]);
    let cookie = checker
        .text(map, pointer, "cookie")
        .map(|n| CsrfSource::Cookie(n.to_owned()));
    let meta = checker
        .text(map, pointer, "meta")
        .map(|n| CsrfSource::Meta(n.to_owned()));
    let global = checker
        .text(map, pointer, "global")
        .map(|n| CsrfSource::Global(n.to_owned()));
    let source = cookie.or(meta).or(global);
    if source.is_none() {
        checker.add(
            pointer,
            "it must say where the token is",
            "one of `cookie`, `meta`, `global`",
        );
    }
    Some(Csrf {
        source: source?,
        header: header.to_owned(),
        on_reads: on_reads.unwrap_or(false),
    })
}

/// Base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let index = (bits >> (18 - 6 * i)) & 63;
            out.push(if i <= chunk.len() {
                char::from(ALPHABET[index as usize])
            } else {
                '='
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
    fn secrets_are_refused_in_a_document_and_named_where_they_are_missing() {
        let mut checker = Checker::default();
        let value = serde_json::json!({"kind": "bearer", "token": "abc"});
        let auth = Auth::parse(Some(&value), "hr", "/auth", &mut checker);
        assert_eq!(checker.problems[0].pointer, "/auth/token");
        let missing = auth.headers(&Secrets::default(), Method::Get).unwrap_err();
        assert_eq!(missing.kind(), "signed-out");
        let given = Secrets {
            bearer: Some("t".into()),
            ..Secrets::default()
        };
        let headers = auth.headers(&given, Method::Get).unwrap();
        assert_eq!(
            headers,
            [("Authorization".to_owned(), "Bearer t".to_owned())]
        );
    }
}
