//! One call to the backend, from the store's words to its answer.

use super::{runtime, sign_in, transport};
use crate::backend::{Auth, BackendError, HttpRequest, HttpResponse, Mapping, Operation};
use crate::store::{Action, Call, Reply, Ticket, prepare, read};
use std::cell::RefCell;
use std::rc::Rc;

/// How the last call of an operation ended; for reports.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ended {
    /// The HTTP status, where there was a response.
    pub(super) status: Option<u16>,
    /// The error's name, where it failed.
    pub(super) error: Option<&'static str>,
    /// How many values of the response were not what the mapping says.
    pub(super) defects: usize,
}

thread_local! {
    static ENDED: RefCell<Vec<(Operation, Ended)>> = RefCell::default();
}

/// How the last call of each operation ended.
pub(super) fn ended(operation: Operation) -> Option<Ended> {
    ENDED.with_borrow(|all| {
        all.iter()
            .find(|(of, _)| *of == operation)
            .map(|(_, ended)| *ended)
    })
}

/// The mapping, or why there is none.
pub(super) fn mapping() -> Result<Rc<Mapping>, BackendError> {
    let problem = |problem: &str| BackendError::Misconfigured {
        problem: problem.to_owned(),
    };
    let state = runtime::state().ok_or_else(|| problem("the widget has ended"))?;
    state
        .config
        .backend
        .clone()
        .map_err(|words| problem(&words))
}

/// Calls the backend, and dispatches what came of it.
pub(super) async fn perform(ticket: Ticket, call: Call) {
    let operation = call.operation().0;
    let mut ended = Ended::default();
    let result = attempt(&call, operation, &mut ended).await;
    ended.error = result.as_ref().err().map(BackendError::kind);
    ENDED.with_borrow_mut(|all| {
        all.retain(|(of, _)| *of != operation);
        all.push((operation, ended));
    });
    runtime::dispatch(Action::Replied { ticket, result });
}

async fn attempt(
    call: &Call,
    operation: Operation,
    ended: &mut Ended,
) -> Result<Rc<Reply>, BackendError> {
    let mapping = mapping()?;
    let service = mapping
        .service(operation)
        .ok_or(BackendError::Unsupported(operation))?;
    let could_refresh = sign_in::can_refresh(&service.auth);
    let (mut request, mut response) = send(&mapping, call, &service.auth).await?;
    // A held token may have run out: once, a fresh one is tried.
    if response.status == 401 && could_refresh {
        sign_in::forget();
        (request, response) = send(&mapping, call, &service.auth).await?;
    }
    ended.status = Some(response.status);
    let (reply, defects) = read(&mapping, call, &request, &response)?;
    ended.defects = defects.len();
    Ok(Rc::new(reply))
}

async fn send(
    mapping: &Mapping,
    call: &Call,
    auth: &Auth,
) -> Result<(HttpRequest, HttpResponse), BackendError> {
    let secrets = sign_in::secrets(auth).await;
    let request = prepare(mapping, call, &secrets)?;
    let response = transport::send(&request).await?;
    Ok((request, response))
}
