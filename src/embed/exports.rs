//! What the loader calls. Each is a free function that queues and returns; none trusts what it
//! is given.

use super::{calls, clock, events, panic, runtime, settings};
use crate::backend::HttpResponse;
use crate::store::{Action, SurfaceId, SurfaceKind, View};
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Starts this instance on the page owner's settings and what was kept from the last time (JSON of
/// texts by their names), nothing where storage is denied.
#[wasm_bindgen]
pub fn start(settings: &str, kept: Option<String>) {
    panic::watch();
    runtime::begin(settings::config(settings));
    runtime::dispatch(match kept {
        Some(kept) => Action::Restored(settings::pairs(&kept)),
        None => Action::StorageFailed,
    });
}

/// The page's owner changed the settings.
#[wasm_bindgen]
pub fn configure(settings: &str) {
    runtime::dispatch(Action::Configured(settings::config(settings)));
    // What failed under the old settings may work under these.
    for surface in runtime::surfaces() {
        runtime::dispatch(Action::Reload(surface));
    }
}

/// Draws an element: `kind` is its name without `entraide-`, `place` numbers where, `root` is the
/// `div` there. Gives the element's number, from 1; 0 where it cannot be drawn.
#[wasm_bindgen]
pub fn attach(kind: &str, place: usize, root: Element) -> u32 {
    let kind = match kind {
        "launcher" => SurfaceKind::Panel,
        "ask" => SurfaceKind::Ask,
        "directory" => SurfaceKind::Directory,
        "person" => SurfaceKind::Person,
        "inbox" => SurfaceKind::Inbox,
        _ => return 0,
    };
    let Some(surface) = runtime::show(place, root) else {
        return 0;
    };
    runtime::dispatch(Action::Mounted { surface, kind });
    surface.0
}

/// An element left the page.
#[wasm_bindgen]
pub fn detach(surface: u32) {
    let surface = SurfaceId(surface);
    runtime::leave(surface);
    runtime::dispatch(Action::Unmounted(surface));
}

/// An attribute of an element has this value, or none.
#[wasm_bindgen]
pub fn attribute(surface: u32, name: &str, value: Option<String>) {
    runtime::dispatch(Action::Attribute {
        surface: SurfaceId(surface),
        name: name.to_owned(),
        value,
    });
}

/// The page's address holds a search, as JSON of texts.
#[wasm_bindgen]
pub fn address(surface: u32, pairs: &str) {
    runtime::dispatch(Action::Address {
        surface: SurfaceId(surface),
        pairs: settings::pairs(pairs),
    });
}

/// A panel was opened or closed.
#[wasm_bindgen]
pub fn shown(surface: u32, open: bool) {
    runtime::dispatch(Action::Shown {
        surface: SurfaceId(surface),
        open,
    });
}

/// Fills the ask form of a surface with `{question, details, skills, to, title, url}`, as JSON of
/// texts.
#[wasm_bindgen]
pub fn fill(surface: u32, prefill: &str) {
    runtime::dispatch(Action::Fill {
        surface: SurfaceId(surface),
        prefill: settings::prefill(prefill),
    });
}

/// Shows `ask`, `directory`, `mine` or `inbox`; anything else changes nothing.
#[wasm_bindgen]
pub fn go(surface: u32, panel: &str) {
    let view = match panel {
        "ask" => View::Ask,
        "directory" => View::Directory,
        "mine" => View::Mine,
        "inbox" => View::Inbox,
        _ => return,
    };
    runtime::dispatch(Action::Go {
        surface: SurfaceId(surface),
        view,
    });
}

/// Finds people for the page's script, which knows this search by its number.
#[wasm_bindgen]
pub fn search(id: u32, text: String, limit: f64) {
    // A float to an integer saturates, and NaN becomes 0.
    let limit = limit as usize;
    runtime::dispatch(Action::Find { id, text, limit });
}

/// What a call is given to prove who is asking, as JSON.
#[wasm_bindgen]
pub fn secrets(id: u32, secrets: &str) {
    calls::send(id, secrets);
}

/// The backend answered a call; headers as lines of `name: value`.
#[wasm_bindgen]
pub fn answered(id: u32, status: u16, url: String, headers: &str, body: String) {
    let mut response = HttpResponse {
        status,
        url,
        headers: Vec::new(),
        body,
    };
    for line in headers.lines() {
        if let Some((name, value)) = line.split_once(": ") {
            response.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    calls::answered(id, response);
}

/// A call had no answer: `offline`, `timeout`, `too-large` with so many bytes, or `header` with the
/// name of the one that cannot be sent.
#[wasm_bindgen]
pub fn failed(id: u32, problem: &str, header: &str, bytes: f64) {
    calls::failed(id, problem, header, bytes);
}

/// The time that was asked for has come.
#[wasm_bindgen]
pub fn ring() {
    clock::ring();
}

/// The backend's events come, or do not.
#[wasm_bindgen]
pub fn streaming(open: bool) {
    runtime::dispatch(Action::Streaming(open));
}

/// The backend told a change.
#[wasm_bindgen]
pub fn heard(data: &str) {
    events::heard(data);
}

/// Breaks this instance, as a fault of ours would break it: for tests of what becomes of the page.
#[wasm_bindgen]
pub fn fault() {
    runtime::break_drawing();
}

/// The browser has a network, or has none.
#[wasm_bindgen]
pub fn online(online: bool) {
    runtime::dispatch(Action::Online(online));
    if online {
        events::resume();
    }
}

/// The page can be seen, or cannot.
#[wasm_bindgen]
pub fn visible(visible: bool) {
    if visible {
        // Timers slept while it was hidden.
        runtime::dispatch(Action::Wake);
        events::resume();
    }
}

/// Ends this instance: nothing is drawn any more, and nothing asked of the loader.
#[wasm_bindgen]
pub fn retire() {
    runtime::end();
}
