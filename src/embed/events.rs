//! Changes as the backend tells them, by server-sent events (WHATWG HTML, section 9.2).
//!
//! The browser reconnects by itself and says what it heard last. Where it gives up, or cannot
//! send what proves who is asking (an `EventSource` has no headers), the store polls instead,
//! and the stream is tried again later.

use super::{calls, runtime, sign_in};
use crate::backend::{AuthKind, Credentials, Mapping, Operation, Params, Secrets};
use crate::store::Action;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, EventSource, EventSourceInit, MessageEvent};

/// How often the browser may lose the connection, without one event in between, before it is
/// no stream but a way of polling badly.
const PATIENCE: u32 = 5;

struct Stream {
    source: EventSource,
    _opened: Closure<dyn FnMut(Event)>,
    _failed: Closure<dyn FnMut(Event)>,
    _said: Closure<dyn FnMut(MessageEvent)>,
    /// How often it was lost since it last said something.
    losses: u32,
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

thread_local! {
    static STREAM: RefCell<Option<Stream>> = const { RefCell::new(None) };
    static WANTED: Cell<bool> = const { Cell::new(false) };
}

/// Listens, or says that there is nothing to listen to.
pub(super) fn listen() {
    WANTED.set(true);
    resume();
    if STREAM.with_borrow(Option::is_none) {
        runtime::dispatch(Action::Streaming(false));
    }
}

/// Listens again where that was given up.
pub(super) fn resume() {
    if WANTED.get() && !runtime::is_over() && STREAM.with_borrow(Option::is_none) {
        let stream = calls::mapping().ok().and_then(open);
        STREAM.with(|cell| cell.replace(stream));
    }
}

/// Listens no more.
pub(super) fn hush() {
    WANTED.set(false);
    close();
}

fn close() {
    if let Some(stream) = STREAM.with(RefCell::take) {
        stream.source.close();
        // One of its closures may be what is running.
        spawn_local(async move { drop(stream) });
    }
}

fn open(mapping: Rc<Mapping>) -> Option<Stream> {
    let service = mapping.service(Operation::Events)?;
    // An event stream cannot carry a token; where one is needed, or was given, the store polls.
    let needs_none = matches!(service.auth.kind, AuthKind::None | AuthKind::Cookie);
    if !needs_none && (!service.auth.optional || sign_in::can_refresh(&service.auth)) {
        return None;
    }
    let name = mapping.event_name()?.to_owned();
    // Reading needs no token against request forgery, which could not be sent anyway.
    let request = mapping
        .prepare(Operation::Events, &Params::default(), &Secrets::default())
        .ok()?;
    let init = EventSourceInit::new();
    init.set_with_credentials(request.credentials == Credentials::Include);
    let source = EventSource::new_with_event_source_init_dict(&request.url, &init).ok()?;
    let opened = Closure::new(|_| runtime::dispatch(Action::Streaming(true)));
    let failed = Closure::new(|_| lost());
    let event = name.clone();
    let said = Closure::new(move |message: MessageEvent| {
        STREAM.with_borrow_mut(|stream| {
            if let Some(stream) = stream {
                stream.losses = 0;
            }
        });
        let data = message.data().as_string().unwrap_or_default();
        if let Some(request) = mapping.read_event(&event, &data) {
            runtime::dispatch(Action::Changed(request));
        }
    });
    source.set_onopen(Some(opened.as_ref().unchecked_ref()));
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    source
        .add_event_listener_with_callback(&name, said.as_ref().unchecked_ref())
        .ok()?;
    Some(Stream {
        source,
        _opened: opened,
        _failed: failed,
        _said: said,
        losses: 0,
    })
}

/// The connection was lost; the browser tries again unless it was refused.
fn lost() {
    let given_up = STREAM.with_borrow_mut(|stream| {
        let Some(stream) = stream else { return false };
        stream.losses += 1;
        stream.losses > PATIENCE || stream.source.ready_state() == EventSource::CLOSED
    });
    runtime::dispatch(Action::Streaming(false));
    if given_up {
        close();
    }
}
