//! One writing call from begin to commit: the same key is answered the same, a stale condition
//! is refused, and the answer is stored in the transaction of the write.

use crate::app::App;
use crate::call::Call;
use crate::database::idempotency::{self, Stored};
use crate::database::request_read;
use crate::problem::Problem;
use crate::respond::{entity_tags_match, private_json};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use sqlx::{Sqlite, Transaction};

/// The write transaction of a call. Dropped before [`Write::finish`], it changed nothing.
pub(crate) struct Write<'a> {
    /// To read and write in.
    pub(crate) tx: Transaction<'static, Sqlite>,
    app: &'a App,
    call: &'a Call,
}

/// What a call turns out to be.
pub(crate) enum Begun<'a> {
    /// To be carried out.
    New(Write<'a>),
    /// Carried out before: this was the answer.
    Again(Response),
}

impl<'a> Write<'a> {
    /// Waits for the turn to write. A call with the same key that is still running is waited
    /// for, since there is one writer, and its answer is given again.
    pub(crate) async fn begin(app: &'a App, call: &'a Call) -> Result<Begun<'a>, Problem> {
        let mut tx = app.db.write().await?;
        if let Some(key) = &call.key
            && let Some(stored) = idempotency::find(&mut tx, call.viewer.row, key).await?
        {
            if stored.fingerprint != call.fingerprint {
                return Err(Problem::field(
                    "/Idempotency-Key",
                    "This Idempotency-Key was used for another call. Take a new one for each thing to send.",
                ));
            }
            let mut response = answer(&stored);
            response.headers_mut().insert(
                HeaderName::from_static("idempotent-replayed"),
                HeaderValue::from_static("true"),
            );
            return Ok(Begun::Again(response));
        }
        Ok(Begun::New(Self { tx, app, call }))
    }

    /// Refuses to go on where the caller's `If-Match` names another version (RFC 9110, 13.1.1).
    pub(crate) async fn check_version(&mut self, request: i64) -> Result<(), Problem> {
        let Some(expected) = &self.call.if_match else {
            return Ok(());
        };
        let now = request_read::load(&mut self.tx, &[request], self.call.viewer.row, false).await?;
        let tag = now
            .first()
            .and_then(|r| r.etag.as_deref())
            .unwrap_or_default();
        if entity_tags_match(expected, tag) {
            return Ok(());
        }
        Err(Problem::changed(
            "This request has changed since you read it. Look at it again first.",
        ))
    }

    /// Commits, tells the event streams, and answers with the request as the caller sees it.
    pub(crate) async fn finish(mut self, status: u16, request: i64) -> Result<Response, Problem> {
        let viewer = self.call.viewer.row;
        let seen = request_read::load(&mut self.tx, &[request], viewer, true).await?;
        let request = seen
            .first()
            .ok_or_else(|| Problem::fault("The request is gone."))?;
        let body = serde_json::to_string(request)
            .map_err(|_| Problem::fault("The answer cannot be written."))?;
        let stored = Stored {
            fingerprint: self.call.fingerprint.clone(),
            status,
            location: (status == 201)
                .then(|| format!("/api/requests/{}", path_segment(request.id.as_str()))),
            etag: request.etag.clone(),
            body,
        };
        if let Some(key) = &self.call.key {
            idempotency::store(&mut self.tx, viewer, key, &stored, self.app.now()).await?;
        }
        self.tx.commit().await?;
        self.app.hub.wake();
        Ok(answer(&stored))
    }
}

fn answer(stored: &Stored) -> Response {
    let mut response = private_json(stored.status, stored.body.clone().into_bytes());
    for (name, value) in [
        (header::LOCATION, &stored.location),
        (header::ETAG, &stored.etag),
    ] {
        if let Some(value) = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// An id as one segment of a path (RFC 3986, unreserved characters stay).
fn path_segment(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for b in id.bytes() {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push_str(&format!("%{b:02X}"));
        }
    }
    out
}
