//! The mapping layer alone, for whoever looks into a page's connection to its backend.
//!
//! The widget reads a mapping in few words and few bytes. This Wasm, which only `diagnose()`
//! loads, reads the same document with all explanations, writes the same requests, and tells of
//! each response what of it was taken: how many items, which fields got something, and what had
//! to be left out. It tells no value of a response but the identifiers that the next call needs.
//!
//! Everything crosses as JSON text. The functions that can be called from JavaScript are at the
//! end; what they do is plain Rust, tested natively.

mod outline;

use entraide::backend::{
    Auth, AuthKind, BackendError, Credentials, CsrfSource, HttpRequest, HttpResponse, Mapping,
    Operation, Params, Scope, Secrets,
};
use entraide::model::{Cursor, PersonId, RequestId};
use serde_json::{Value, json};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// A mapping under examination, and the call that is under way.
#[derive(Default)]
pub struct Probe {
    mapping: Option<Mapping>,
    request: Option<HttpRequest>,
    operation: Option<Operation>,
    secrets: Secrets,
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name)?.as_str()
}

fn method(operation: Operation) -> &'static str {
    if operation.is_write() {
        "write"
    } else {
        "read"
    }
}

impl Probe {
    /// Reads settings as the loader writes them (`document`, `base`, `presets`, `problem`). Gives
    /// `problems` of the document, and its `operations`: name, kind, where, and what secrets each
    /// needs.
    #[must_use]
    pub fn open(&mut self, settings: &Value) -> Value {
        *self = Self::default();
        if let Some(problem) = text(settings, "problem") {
            return json!({ "problems": [{ "pointer": "", "problem": problem, "hint": "" }], "operations": [] });
        }
        let document = text(settings, "document").unwrap_or_default();
        let presets = |name: &str| Some(settings.get("presets")?.get(name)?.as_str()?.to_owned());
        let base = text(settings, "base").filter(|base| !base.is_empty());
        match Mapping::parse(document, base, &presets) {
            Ok(mapping) => {
                let operations: Vec<Value> = mapping
                    .operations()
                    .into_iter()
                    .map(|operation| described(&mapping, operation))
                    .collect();
                self.mapping = Some(mapping);
                json!({ "problems": [], "operations": operations })
            }
            Err(problems) => {
                let problems: Vec<Value> = problems
                    .iter()
                    .map(|p| json!({ "pointer": p.pointer, "problem": p.problem, "hint": p.hint }))
                    .collect();
                json!({ "problems": problems, "operations": [] })
            }
        }
    }

    /// Writes the request of an operation. `given` may hold `limit`, `cursor`, `scope`, `person`,
    /// `request`, `q` and `me`; `secrets` is what the loader's `makeSecrets` gives.
    #[must_use]
    pub fn prepare(&mut self, operation: &str, given: &Value, secrets: &Value) -> Value {
        let (Some(mapping), Some(operation)) = (&self.mapping, Operation::named(operation)) else {
            return json!({ "error": { "kind": "unsupported", "words": "there is no such operation" } });
        };
        self.secrets = secrets_of(secrets);
        match mapping.prepare(operation, &params(given), &self.secrets) {
            Ok(request) => {
                let prepared = prepared(&request);
                self.operation = Some(operation);
                self.request = Some(request);
                prepared
            }
            Err(error) => json!({ "error": told(&error) }),
        }
    }

    /// Reads the response of the request that was written last: what [`outline`] tells, the
    /// `error`, or the `next` request where the operation needs more than one.
    #[must_use]
    pub fn read(&mut self, mut response: HttpResponse) -> Value {
        let (Some(mapping), Some(request)) = (&self.mapping, &mut self.request) else {
            return json!({ "error": { "kind": "unsupported", "words": "nothing was asked" } });
        };
        match mapping.follow(request, &mut response, &self.secrets) {
            Ok(true) => json!({ "next": prepared(request) }),
            Ok(false) => outline::of(mapping, request, &response)
                .unwrap_or_else(|error| json!({ "error": told(&error) })),
            Err(error) => json!({ "error": told(&error) }),
        }
    }

    /// How many people or requests the response of the last request holds; for measuring.
    #[must_use]
    pub fn decode(&self, response: &HttpResponse) -> usize {
        let (Some(mapping), Some(request)) = (&self.mapping, &self.request) else {
            return 0;
        };
        if self.operation == Some(Operation::RequestsList) {
            let read = mapping.read_requests(request, response);
            return read.map_or(0, |read| read.value.items.len());
        }
        let read = mapping.read_people(request, response);
        read.map_or(0, |read| read.value.items.len())
    }
}

/// A request as the loader sends it.
fn prepared(request: &HttpRequest) -> Value {
    let headers = request.headers.iter();
    let headers: Vec<Value> = headers.map(|(name, value)| json!([name, value])).collect();
    let credentials = match request.credentials {
        Credentials::Omit => "omit",
        Credentials::SameOrigin => "same-origin",
        Credentials::Include => "include",
    };
    json!({
        "method": request.method.as_str(), "url": request.url, "headers": headers, "body": request.body,
        "credentials": credentials, "timeout": request.timeout_ms, "most": request.max_bytes,
    })
}

/// An error without what the backend said, which may name somebody.
fn told(error: &BackendError) -> Value {
    let words = match error {
        BackendError::Misconfigured { problem }
        | BackendError::NotJson { problem }
        | BackendError::Unreadable { problem, .. } => problem.clone(),
        BackendError::SignedOut { .. } => "it is not known who asks".to_owned(),
        BackendError::Forbidden { .. } => "it is known who asks, and it is not allowed".to_owned(),
        BackendError::NotFound { .. } => "there is nothing at this address".to_owned(),
        BackendError::Conflict { .. } => "it changed in the meantime".to_owned(),
        BackendError::Invalid { .. } => "the backend does not take this call as it is".to_owned(),
        BackendError::Unavailable { .. } => "the backend fails at present".to_owned(),
        BackendError::Html { .. } => "a web page came instead of data".to_owned(),
        other => other.to_string(),
    };
    let pointer = match error {
        BackendError::Unreadable { pointer, .. } => pointer.as_str(),
        _ => "",
    };
    let login = matches!(error, BackendError::Html { login: true, .. });
    let wait = error.retry_after_ms().map(|ms| ms / 1_000);
    json!({ "kind": error.kind(), "words": words, "pointer": pointer, "login": login, "wait": wait })
}

fn described(mapping: &Mapping, operation: Operation) -> Value {
    let scopes: Vec<&str> = Scope::ALL
        .into_iter()
        .filter(|scope| operation == Operation::RequestsList && mapping.supports_scope(*scope))
        .map(Scope::name)
        .collect();
    let service = mapping.service(operation);
    let auth = service.map(|s| auth(&s.auth)).unwrap_or_default();
    json!({
        "name": operation.name(), "does": method(operation), "scopes": scopes, "auth": auth,
        "backend": service.map(|s| s.name.as_str()), "base": service.map(|s| s.base.as_str()),
        "mapped": mapping.mapped_fields(operation),
    })
}

fn auth(auth: &Auth) -> Value {
    let kind = match auth.kind {
        AuthKind::None => "none",
        AuthKind::Cookie => "cookie",
        AuthKind::Bearer => "bearer",
        AuthKind::Key => "key",
        AuthKind::Basic => "basic",
    };
    let (source, token) = match auth.csrf.as_ref().map(|csrf| &csrf.source) {
        Some(CsrfSource::Cookie(name)) => ("cookie", name.as_str()),
        Some(CsrfSource::Meta(name)) => ("meta", name.as_str()),
        Some(CsrfSource::Global(path)) => ("global", path.as_str()),
        Some(CsrfSource::Call) | None => ("", ""),
    };
    let secret = match auth.kind {
        AuthKind::None | AuthKind::Cookie => "",
        _ => auth.secret.as_str(),
    };
    json!({ "kind": kind, "secret": secret, "optional": auth.optional, "source": source, "token": token })
}

fn params(given: &Value) -> Params {
    let id = |name: &str| text(given, name).map(str::to_owned);
    let limit = given.get("limit").and_then(Value::as_u64);
    let scope = text(given, "scope");
    Params {
        query: id("q").unwrap_or_default(),
        cursor: id("cursor").map(Cursor),
        limit: limit.and_then(|limit| u32::try_from(limit).ok()),
        scope: Scope::ALL
            .into_iter()
            .find(|known| scope == Some(known.name())),
        person: id("person").and_then(|id| PersonId::new(id).ok()),
        request: id("request").and_then(|id| RequestId::new(id).ok()),
        me: id("me").and_then(|id| PersonId::new(id).ok()),
        ..Params::default()
    }
}

fn secrets_of(given: &Value) -> Secrets {
    let own = |name: &str| text(given, name).map(str::to_owned);
    let mut headers = Vec::new();
    if let Some(Value::Object(all)) = given.get("headers") {
        for (name, value) in all {
            headers.extend(value.as_str().map(|value| (name.clone(), value.to_owned())));
        }
    }
    Secrets {
        bearer: own("secret"),
        api_key: own("secret"),
        basic: own("user").zip(own("password")),
        csrf: own("csrf"),
        headers,
    }
}

thread_local! {
    static PROBE: RefCell<Probe> = RefCell::default();
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

/// A response; headers as lines of `name: value`.
fn response(status: u16, url: String, headers: &str, body: String) -> HttpResponse {
    let pairs = headers.lines().filter_map(|line| line.split_once(": "));
    HttpResponse {
        status,
        url,
        headers: pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).collect(),
        body,
    }
}

/// [`Probe::open`], from and to JSON.
#[wasm_bindgen]
#[must_use]
pub fn open(settings: &str) -> String {
    PROBE.with_borrow_mut(|probe| probe.open(&parsed(settings)).to_string())
}

/// [`Probe::prepare`], from and to JSON.
#[wasm_bindgen]
#[must_use]
pub fn prepare(operation: &str, given: &str, secrets: &str) -> String {
    let (given, secrets) = (parsed(given), parsed(secrets));
    PROBE.with_borrow_mut(|probe| probe.prepare(operation, &given, &secrets).to_string())
}

/// [`Probe::read`], to JSON.
#[wasm_bindgen]
#[must_use]
pub fn read(status: u16, url: String, headers: &str, body: String) -> String {
    let response = response(status, url, headers, body);
    PROBE.with_borrow_mut(|probe| probe.read(response).to_string())
}

/// [`Probe::decode`].
#[wasm_bindgen]
#[must_use]
pub fn decode(status: u16, url: String, headers: &str, body: String) -> usize {
    let response = response(status, url, headers, body);
    PROBE.with_borrow(|probe| probe.decode(&response))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{ "base": "https://hr.example/api", "auth": { "kind": "bearer" },
        "paging": { "kind": "page", "total": "total" },
        "records": { "person": { "id": "id", "name": "name", "title": "job", "skills": "skills", "joined": "since" } },
        "operations": { "people.list": { "call": "GET /staff{?page}", "items": "data" }, "people.get": "GET /staff/{id}" } }"#;

    fn ask(body: &str) -> Value {
        let mut probe = Probe::default();
        let opened = probe.open(&json!({ "document": DOCUMENT }));
        assert_eq!(opened["problems"], json!([]));
        let prepared = probe.prepare(
            "people.list",
            &json!({ "limit": 50 }),
            &json!({ "secret": "s3cret" }),
        );
        assert_eq!(prepared["url"], "https://hr.example/api/staff?page=1");
        let url = "https://hr.example/api/staff?page=1".to_owned();
        probe.read(response(
            200,
            url,
            "content-type: application/json",
            body.to_owned(),
        ))
    }

    #[test]
    fn tells_what_was_taken_and_no_value() {
        let told = ask(
            r#"{"data": [{"id": 1, "name": "Ada Byron", "job": "Analyst", "since": "soon"}, {"id": 2, "name": "Bo Li", "since": "later"}, {"id": 3}], "total": 3}"#,
        );
        assert_eq!(told["count"], 2);
        assert_eq!(told["fields"]["title"], 1);
        assert_eq!(told["empty"], json!(["joined", "skills"]));
        assert_eq!(told["defects"][0]["times"], 2, "{told}");
        assert_eq!(told["ids"], json!(["1", "2"]));
        let shown = json!({ "fields": told["fields"], "defects": told["defects"] }).to_string();
        assert!(!shown.contains("Ada") && !shown.contains("Analyst") && !shown.contains("soon"));
    }

    #[test]
    fn tells_an_error_without_the_backends_words() {
        let mut probe = Probe::default();
        let _ = probe.open(&json!({ "document": DOCUMENT }));
        let _ = probe.prepare("people.list", &json!({}), &json!({ "secret": "s" }));
        let refused = r#"{"detail": "Ada Byron may not"}"#.to_owned();
        let told = probe.read(response(403, "https://hr.example/".into(), "", refused));
        assert_eq!(told["error"]["kind"], "forbidden");
        assert!(!told.to_string().contains("Ada"));
    }

    #[test]
    fn explains_a_wrong_document() {
        let opened =
            Probe::default().open(&json!({ "document": r#"{"base": "/x", "pagng": {}}"# }));
        assert_eq!(opened["problems"][0]["pointer"], "/pagng");
        assert_eq!(opened["problems"][0]["hint"], "did you mean `paging`?");
    }

    #[test]
    fn a_secret_that_is_missing_is_told() {
        let mut probe = Probe::default();
        let _ = probe.open(&json!({ "document": DOCUMENT }));
        let prepared = probe.prepare("people.list", &json!({}), &json!({}));
        assert_eq!(prepared["error"]["kind"], "signed-out");
    }
}
