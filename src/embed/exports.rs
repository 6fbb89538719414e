//! What the loader calls. Each is a free function that queues and returns; none trusts what it
//! is given.

use super::commands::{emit, to_js};
use super::host::Host;
use super::pool::Place;
use super::runtime::Mounted;
use super::{events, finds, page, panic, report, runtime, script, settings, sign_in, storage};
use crate::store::{Action, SurfaceId, SurfaceKind, View};
use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

/// Starts this instance: reads the options, and what was kept from the last time.
#[wasm_bindgen]
pub async fn start(host: Host) {
    panic::watch();
    let options = host.options().unwrap_or_default();
    let config = settings::read(&options).await;
    runtime::begin(host, config);
    match storage::read_all() {
        Ok(slots) => runtime::dispatch(Action::Restored(slots)),
        Err(_) => runtime::dispatch(Action::StorageFailed),
    }
    let online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    if !online {
        runtime::dispatch(Action::Online(false));
    }
}

/// Draws an element: `kind` is its name without `entraide-`, `mount` a `div` in its shadow
/// root. Gives its number, from 1; 0 where it cannot be drawn.
#[wasm_bindgen]
pub fn attach(kind: &str, mount: &Element, element: &Element) -> u32 {
    let kind = match kind {
        "launcher" => SurfaceKind::Panel,
        "ask" => SurfaceKind::Ask,
        "directory" => SurfaceKind::Directory,
        "person" => SurfaceKind::Person,
        "inbox" => SurfaceKind::Inbox,
        _ => return 0,
    };
    let made = runtime::next_surface().zip(runtime::blank());
    let Some((surface, blank)) = made else {
        return 0;
    };
    let Some(place) = Place::take(mount, blank) else {
        return 0;
    };
    runtime::put(
        surface,
        Mounted {
            element: element.clone(),
            place,
        },
    );
    runtime::dispatch(Action::Mounted { surface, kind });
    runtime::after_drawing(move || {
        emit(surface, "entraide-ready", &Object::new());
    });
    surface.0
}

/// An element left the page.
#[wasm_bindgen]
pub fn detach(surface: u32) {
    let surface = SurfaceId(surface);
    let mounted = runtime::take(surface);
    runtime::dispatch(Action::Unmounted(surface));
    if let (Some(mounted), Some(blank)) = (mounted, runtime::blank()) {
        mounted.place.leave(blank);
    }
}

/// An attribute of an element has this value, or none.
#[wasm_bindgen]
pub fn attribute(surface: u32, name: &str, value: Option<String>) {
    let surface = SurfaceId(surface);
    let links = name == "deep-link" && value.is_some();
    runtime::dispatch(Action::Attribute {
        surface,
        name: name.to_owned(),
        value,
    });
    if links {
        let pairs = page::read_address();
        if !pairs.is_empty() {
            runtime::dispatch(Action::Address { surface, pairs });
        }
    }
}

/// A panel was opened or closed.
#[wasm_bindgen]
pub fn shown(surface: u32, open: bool) {
    runtime::dispatch(Action::Shown {
        surface: SurfaceId(surface),
        open,
    });
}

/// Fills the ask form of a surface with `{question, details, skills, to, context}`.
#[wasm_bindgen]
pub fn fill(surface: u32, prefill: &JsValue) {
    let prefill = script::prefill(prefill);
    runtime::dispatch(Action::Fill {
        surface: SurfaceId(surface),
        prefill,
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

/// Finds people for the page's script.
#[wasm_bindgen]
pub fn search(text: String, limit: Option<f64>) -> Promise {
    finds::search(text, limit)
}

/// The page's owner changed the options.
#[wasm_bindgen]
pub fn configure(options: JsValue) {
    spawn_local(async move {
        let config = settings::read(&options).await;
        sign_in::forget();
        runtime::dispatch(Action::Configured(config));
        // What failed under the old options may work under these.
        for surface in runtime::surfaces() {
            runtime::dispatch(Action::Reload(surface));
        }
    });
}

/// What works and what does not, as a plain object. With `panic` this instance breaks, as a
/// fault of ours would break it: for tests of what becomes of the page.
#[wasm_bindgen]
pub fn diagnose(panic: bool) -> JsValue {
    if panic {
        panic::provoke();
    }
    to_js(&report::report())
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

/// Ends this instance: no timer, no connection and no drawing is left.
#[wasm_bindgen]
pub fn retire() {
    runtime::end();
    events::hush();
}
