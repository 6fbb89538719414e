//! Changes as the backend tells them, by server-sent events. Where there is no stream, or it gave
//! up, the store polls, and the stream is tried again later.

use super::{calls, host, runtime};
use crate::backend::{Credentials, Operation, Params, Secrets};
use crate::store::Action;
use std::cell::Cell;

thread_local! {
    static WANTED: Cell<bool> = const { Cell::new(false) };
}

/// Listens, or says that there is nothing to listen to.
pub(super) fn listen() {
    WANTED.set(true);
    if open().is_none() {
        runtime::dispatch(Action::Streaming(false));
    }
}

/// Listens again where that was given up.
pub(super) fn resume() {
    if WANTED.get() && !runtime::is_over() {
        open();
    }
}

/// Listens no more.
pub(super) fn hush() {
    WANTED.set(false);
    host::hush();
}

/// Opens the stream where there is none yet; `None` where there can be none.
fn open() -> Option<()> {
    let mapping = calls::mapping().ok()?;
    let auth = &mapping.service(Operation::Events)?.auth;
    let secret = calls::secret(auth);
    // An event stream cannot carry a token; where one is needed, or was given, the store polls.
    if !secret.is_empty() && !auth.optional {
        return None;
    }
    // Reading needs no token against request forgery, which could not be sent anyway.
    let none = Secrets::default();
    let request = mapping.prepare(Operation::Events, &Params::default(), &none);
    let request = request.ok()?;
    let cookies = request.credentials == Credentials::Include;
    host::listen(&request.url, mapping.event_name()?, cookies, secret).then_some(())
}

/// The stream said something.
pub(super) fn heard(data: &str) {
    let changed = calls::mapping().ok().and_then(|mapping| {
        let name = mapping.event_name()?;
        mapping.read_event(name, data)
    });
    if let Some(request) = changed {
        runtime::dispatch(Action::Changed(request));
    }
}
