//! A writing call as it came in: who, with what body, under which key and condition.

use crate::app::App;
use crate::identity::Viewer;
use crate::problem::{FieldProblem, Problem};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, header};
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::time::Duration;

/// Largest body, in bytes. The longest request that the model allows has a fifth of it.
pub(crate) const MAX_BODY: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// A writing call, read whole.
#[derive(Debug)]
pub(crate) struct Call {
    /// Who calls.
    pub(crate) viewer: Viewer,
    /// The Idempotency-Key, where one was sent.
    pub(crate) key: Option<String>,
    /// Hash of method, path and body: what the key stands for.
    pub(crate) fingerprint: Vec<u8>,
    /// The entity tags of `If-Match`, where sent.
    pub(crate) if_match: Option<String>,
    json: JsonBody,
}

/// A body that claims to be JSON, or does not.
#[derive(Debug)]
pub(crate) struct JsonBody {
    is_json: bool,
    bytes: Bytes,
}

impl FromRequest<App> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let viewer = Viewer::from_request_parts(&mut parts, app).await?;
        let key = idempotency_key(&parts.headers)?;
        let if_match = parts
            .headers
            .get(header::IF_MATCH)
            .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
        let json = JsonBody::read(&parts.headers, body).await?;
        let mut hash = Sha256::new();
        hash.update(parts.method.as_str());
        hash.update([0]);
        hash.update(parts.uri.path());
        hash.update([0]);
        hash.update(&json.bytes);
        Ok(Self {
            viewer,
            key,
            fingerprint: hash.finalize().to_vec(),
            if_match,
            json,
        })
    }
}

impl Call {
    /// The body as a `T`. Unknown fields are ignored.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        self.json.parse()
    }
}

impl JsonBody {
    /// Reads the body within the bounds of size and time.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, Problem> {
        let declared = headers
            .get(header::CONTENT_LENGTH)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.parse::<u64>().ok());
        if declared.is_some_and(|n| n > MAX_BODY as u64) {
            return Err(too_large());
        }
        let is_json = headers
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| {
                let essence = v
                    .split(';')
                    .next()
                    .unwrap_or("")
                    .trim()
                    .to_ascii_lowercase();
                essence == "application/json"
                    || (essence.starts_with("application/") && essence.ends_with("+json"))
            });
        let bytes = match tokio::time::timeout(BODY_PATIENCE, to_bytes(body, MAX_BODY)).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(e)) if e.source().is_some_and(|s| s.is::<LengthLimitError>()) => {
                return Err(too_large());
            }
            Ok(Err(_)) => return Err(Problem::malformed("The body broke off. Send it again.")),
            Err(_) => return Err(Problem::too_slow("The body did not arrive in 10 seconds.")),
        };
        Ok(Self { is_json, bytes })
    }

    /// The body as a `T`: 415 unless sent as JSON, 400 where it is none, 422 with the place
    /// where a field does not fit.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        if !self.is_json {
            return Err(Problem::not_json(
                "Send the body with Content-Type: application/json.",
            ));
        }
        // Derived readers also take arrays, field by field, which nobody means.
        if self.bytes.iter().find(|b| !b.is_ascii_whitespace()) != Some(&b'{') {
            serde_json::from_slice::<serde::de::IgnoredAny>(&self.bytes)
                .map_err(|e| no_json(&e))?;
            return Err(Problem::field("", "A JSON object is needed."));
        }
        let mut reader = serde_json::Deserializer::from_slice(&self.bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|e| {
            let pointer = pointer(e.path());
            let inner = e.into_inner();
            if inner.is_data() {
                field_problem(pointer, &inner)
            } else {
                no_json(&inner)
            }
        })?;
        reader.end().map_err(|e| no_json(&e))?;
        Ok(value)
    }
}

fn no_json(error: &serde_json::Error) -> Problem {
    Problem::malformed(format!(
        "The body is not JSON: it breaks at line {}, column {}.",
        error.line(),
        error.column()
    ))
}

/// What serde says of a field, without the place in the text, which the pointer has better.
fn field_problem(mut pointer: String, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(said, _)| said);
    if let Some(name) = said
        .strip_prefix("missing field `")
        .and_then(|s| s.strip_suffix('`'))
    {
        pointer.push('/');
        pointer.push_str(name);
        return Problem::field(&pointer, "This field is needed.");
    }
    Problem::field(&pointer, format!("This does not fit: {said}."))
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut out = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => out.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                out.push('/');
                out.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    out
}

fn too_large() -> Problem {
    Problem::too_large("The body is larger than 256 KB. Shorten the text.")
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all("idempotency-key").iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    let sound = values.next().is_none()
        && (1..=128).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_graphic);
    match (sound, std::str::from_utf8(bytes)) {
        (true, Ok(key)) => Ok(Some(key.to_owned())),
        _ => Err(Problem::invalid_key()),
    }
}

impl Problem {
    fn invalid_key() -> Self {
        Self::fields(vec![FieldProblem {
            pointer: "/Idempotency-Key".to_owned(),
            detail: "An Idempotency-Key is sent once, as 1 to 128 visible ASCII characters."
                .to_owned(),
        }])
    }
}
