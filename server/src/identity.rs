//! Who calls: a person of the directory, named by a proxy or chosen in the demo.

use crate::app::{App, IdentityMode};
use crate::database::person_read::{row_of, rows_of_email};
use crate::origin;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

/// The cookie of the demo. Its value is no secret: whoever can reach a demo may be anybody.
pub(crate) const DEMO_COOKIE: &str = "entraide_demo_person";
/// The header with which tests and tools say who they are, in the demo only.
pub(crate) const DEMO_HEADER: &str = "x-demo-person";

/// The person who calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Viewer {
    /// Their row.
    pub(crate) row: i64,
    /// Their id.
    pub(crate) id: String,
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let headers = &parts.headers;
        let claimed = match app.identity.as_ref() {
            IdentityMode::Proxy(name) => {
                origin::check_proxied(&parts.method, headers)?;
                header_text(headers, name.as_str())
            }
            IdentityMode::Demo => match header_text(headers, DEMO_HEADER) {
                Some(id) => Some(id),
                None => {
                    let id = demo_cookie(headers);
                    if id.is_some() {
                        origin::check_cookie(&parts.method, headers)?;
                    }
                    id
                }
            },
        };
        let claimed = claimed.ok_or_else(|| match app.identity.as_ref() {
            IdentityMode::Demo => Problem::signed_out(
                "Choose a colleague first: GET /demo/session picks one, POST /demo/session another.",
            ),
            IdentityMode::Proxy(_) => {
                Problem::signed_out("Sign in to your intranet again, then try once more.")
            }
        })?;
        let mut tx = app.db.read().await?;
        if let Some(row) = row_of(&mut tx, &claimed).await? {
            return Ok(Self { row, id: claimed });
        }
        let mut by_email = rows_of_email(&mut tx, &claimed).await?;
        match (by_email.pop(), by_email.pop()) {
            (Some((row, id)), None) => Ok(Self { row, id }),
            (Some(_), Some(_)) => Err(Problem::forbidden(
                "Several people have this e-mail address; the directory must name one.",
            )),
            _ => Err(Problem::signed_out(
                "You are signed in, but the directory does not know you. Ask whoever keeps it to add you.",
            )),
        }
    }
}

/// A header's value as text, trimmed; none where it is missing, empty, sent twice or no UTF-8.
fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    let text = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The person in the demo's cookie.
pub(crate) fn demo_cookie(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == DEMO_COOKIE)
        .and_then(|(_, value)| BASE64_URL_SAFE_NO_PAD.decode(value).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
}

/// `Set-Cookie` for being this person.
pub(crate) fn set_demo_cookie(person: &str) -> String {
    let value = BASE64_URL_SAFE_NO_PAD.encode(person);
    format!("{DEMO_COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict")
}
