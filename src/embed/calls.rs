//! Calls to the backend, from the store's words to their answers: the secrets are asked for, the
//! request is sent, the response is read. Each step ends when the next one is asked of the loader,
//! which comes back with the call's number.

use super::{host, runtime, settings};
use crate::backend::{
    Auth, AuthKind, BackendError, Credentials, CsrfSource, HttpRequest, HttpResponse, Mapping,
    Secrets, Service,
};
use crate::model::json::member;
use crate::store::{Action, Call, Reply, Ticket, prepare, read};
use serde_json::Value;
use std::cell::RefCell;
use std::rc::Rc;

/// A call that waits for the loader.
struct Waiting {
    /// Its number.
    ticket: Ticket,
    call: Box<Call>,
    /// What was sent, once it was.
    request: Option<HttpRequest>,
    /// Whether a secret went along that was held from an earlier call.
    held: bool,
    /// For the call's further steps; gone with the call.
    secrets: Secrets,
}

thread_local! {
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
}

/// The mapping, or why there is none.
pub(super) fn mapping() -> Result<Rc<Mapping>, BackendError> {
    let problem: Rc<str> = match runtime::state() {
        Some(state) => match &state.config.backend {
            Ok(mapping) => return Ok(Rc::clone(mapping)),
            Err(problem) => Rc::clone(problem),
        },
        None => "the widget has ended".into(),
    };
    Err(BackendError::Misconfigured {
        problem: (*problem).to_owned(),
    })
}

/// The secret that a backend's calls carry; empty where they need none.
pub(super) fn secret(auth: &Auth) -> &str {
    match auth.kind {
        AuthKind::None | AuthKind::Cookie => "",
        AuthKind::Bearer | AuthKind::Key | AuthKind::Basic => &auth.secret,
    }
}

/// Calls the backend; what comes of it is dispatched.
pub(super) fn perform(ticket: Ticket, call: Box<Call>) {
    begin(Waiting {
        ticket,
        call,
        request: None,
        held: false,
        secrets: Secrets::default(),
    });
}

/// Asks for the secrets.
fn begin(waiting: Waiting) {
    let operation = waiting.call.operation().0;
    let mapping = match mapping() {
        Ok(mapping) => mapping,
        Err(error) => return fail(&waiting, error),
    };
    let Some(Service { auth, .. }) = mapping.service(operation) else {
        return fail(&waiting, BackendError::Unsupported(operation));
    };
    let (source, token) = match auth.csrf.as_ref().map(|csrf| &csrf.source) {
        Some(CsrfSource::Cookie(name)) => ("cookie", name.as_str()),
        Some(CsrfSource::Meta(name)) => ("meta", name.as_str()),
        Some(CsrfSource::Global(path)) => ("global", path.as_str()),
        Some(CsrfSource::Call) | None => ("", ""),
    };
    let id = waiting.ticket.0;
    WAITING.with_borrow_mut(|all| all.push(waiting));
    host::secrets(id, secret(auth), source, token);
}

/// The call of this number, if it still waits.
fn take(id: u32) -> Option<Waiting> {
    WAITING.with_borrow_mut(|all| {
        let at = all.iter().position(|waiting| waiting.ticket.0 == id)?;
        Some(all.swap_remove(at))
    })
}

/// The secrets are there, as JSON: the request is sent.
pub(super) fn send(id: u32, secrets: &str) {
    let Some(mut waiting) = take(id) else { return };
    let given: Value = serde_json::from_str(secrets).unwrap_or_default();
    waiting.held = member(&given, "held") == &Value::Bool(true);
    waiting.secrets = secrets_of(&given);
    let Some(state) = runtime::state() else {
        return;
    };
    let prepared =
        mapping().and_then(|mapping| prepare(&mapping, &state, &waiting.call, &waiting.secrets));
    match prepared {
        Err(error) => fail(&waiting, error),
        Ok(request) => transmit(waiting, request),
    }
}

/// Hands a request to the loader, which answers later, never while it is called.
fn transmit(mut waiting: Waiting, request: HttpRequest) {
    let mut headers = String::new();
    for (name, value) in &request.headers {
        for part in [name, ":", value, "\n"] {
            headers.push_str(part);
        }
    }
    let credentials = match request.credentials {
        Credentials::Omit => "omit",
        Credentials::SameOrigin => "same-origin",
        Credentials::Include => "include",
    };
    host::send(
        waiting.ticket.0,
        request.method.as_str(),
        &request.url,
        &headers,
        request.body.as_deref(),
        credentials,
        request.timeout_ms,
        request.max_bytes,
    );
    waiting.request = Some(request);
    WAITING.with_borrow_mut(|all| all.push(waiting));
}

fn secrets_of(given: &Value) -> Secrets {
    let text = |name: &str| member(given, name).as_str().map(str::to_owned);
    Secrets {
        bearer: text("secret"),
        api_key: text("secret"),
        basic: text("user").zip(text("password")),
        csrf: text("csrf"),
        headers: settings::pairs_of(member(given, "headers")),
    }
}

/// The response is there.
pub(super) fn answered(id: u32, mut response: HttpResponse) {
    let Some(mut waiting) = take(id) else { return };
    // A held token may have run out: once, a fresh one is tried.
    if response.status == 401 && std::mem::take(&mut waiting.held) {
        host::forget();
        return begin(waiting);
    }
    let Some(mut request) = waiting.request.take() else {
        return;
    };
    let result = mapping().and_then(|mapping| {
        if mapping.follow(&mut request, &mut response, &waiting.secrets)? {
            return Ok(None);
        }
        read(&mapping, &waiting.call, &request, &response).map(Some)
    });
    match result {
        Ok(None) => transmit(waiting, request),
        Ok(Some((answer, _))) => reply(&waiting, Ok(Rc::new(answer))),
        Err(error) => reply(&waiting, Err(error)),
    }
}

/// There is no response: `problem` as the loader's transport names it.
pub(super) fn failed(id: u32, problem: &str, header: &str, bytes: f64) {
    let Some(waiting) = take(id) else { return };
    let max = waiting.request.as_ref().map_or(0, |sent| sent.max_bytes);
    let error = match problem {
        "timeout" => BackendError::Timeout,
        "too-large" => BackendError::TooLarge {
            bytes: bytes as u64,
            max,
        },
        "header" => BackendError::Misconfigured {
            problem: ["`", header, "` is no header that a page may send"].concat(),
        },
        "moved" => BackendError::Misconfigured {
            problem: "redirected: the mapping needs the final address".to_owned(),
        },
        _ => BackendError::Offline,
    };
    fail(&waiting, error);
}

fn fail(waiting: &Waiting, error: BackendError) {
    reply(waiting, Err(error));
}

fn reply(waiting: &Waiting, result: Result<Rc<Reply>, BackendError>) {
    let ticket = waiting.ticket;
    runtime::dispatch(Action::Replied { ticket, result });
}
