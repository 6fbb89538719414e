//! The queue of actions, and what runs it.
//!
//! Whatever happens is put into the queue; whoever finds it at rest drains it: the store takes
//! an action, its commands are carried out, and what they cause is queued in turn. When the
//! queue is empty every element is drawn anew. Calls from JavaScript that come in between only
//! queue.

use super::host::Host;
use super::keep_focus::Focus;
use super::pool::Place;
use super::{clock, commands, events, random};
use crate::store::{Action, Config, State, Store, SurfaceId};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

/// How old the store's clock may be, in milliseconds, before an action is preceded by a tick.
const FRESH: i64 = 1_000;
/// How often time passes on the screens, in milliseconds.
const MINUTE: u32 = 60_000;

/// An element of the page and where it is drawn.
pub(super) struct Mounted {
    /// The custom element.
    pub(super) element: Element,
    /// Where Yew draws.
    pub(super) place: Place,
}

/// What one instance of the Wasm is about.
struct Runtime {
    host: Host,
    store: Store,
    mounted: Vec<(SurfaceId, Mounted)>,
    /// Drawn by places that show nothing.
    blank: Rc<State>,
    /// The count that the launcher shows.
    badge: usize,
    last_surface: u32,
}

thread_local! {
    static RUNTIME: RefCell<Option<Runtime>> = const { RefCell::new(None) };
    static QUEUE: RefCell<VecDeque<Action>> = RefCell::default();
    static DRAINING: Cell<bool> = const { Cell::new(false) };
    static ENDED: Cell<bool> = const { Cell::new(false) };
}

/// Begins; the loader's first call.
pub(super) fn begin(host: Host, config: Config) {
    let store = Store::new(config, clock::now(), Box::new(random::key));
    let blank = store.snapshot();
    let runtime = Runtime {
        host,
        store,
        mounted: Vec::new(),
        blank,
        badge: 0,
        last_surface: 0,
    };
    RUNTIME.with(|cell| cell.replace(Some(runtime)));
    pass_time();
}

/// Ends it, after which nothing happens any more.
pub(super) fn end() {
    ENDED.set(true);
    clock::stop();
}

/// Whether it is over.
pub(super) fn is_over() -> bool {
    ENDED.get()
}

/// Looks at the runtime; nothing outside may be called meanwhile. `None` where it is over.
fn with<T>(f: impl FnOnce(&mut Runtime) -> T) -> Option<T> {
    if is_over() {
        return None;
    }
    RUNTIME.with(|cell| cell.try_borrow_mut().ok()?.as_mut().map(f))
}

/// The loader.
pub(super) fn host() -> Option<Host> {
    with(|runtime| runtime.host.clone())
}

/// The state as it is now.
pub(super) fn state() -> Option<Rc<State>> {
    with(|runtime| runtime.store.snapshot())
}

/// What a place draws that shows nothing.
pub(super) fn blank() -> Option<Rc<State>> {
    with(|runtime| Rc::clone(&runtime.blank))
}

/// A number for a new surface, from 1.
pub(super) fn next_surface() -> Option<SurfaceId> {
    with(|runtime| {
        runtime.last_surface += 1;
        SurfaceId(runtime.last_surface)
    })
}

/// An element is there to be drawn.
pub(super) fn put(surface: SurfaceId, mounted: Mounted) {
    with(|runtime| runtime.mounted.push((surface, mounted)));
}

/// An element is no more.
pub(super) fn take(surface: SurfaceId) -> Option<Mounted> {
    with(|runtime| {
        let at = runtime.mounted.iter().position(|(of, _)| *of == surface)?;
        Some(runtime.mounted.swap_remove(at).1)
    })
    .flatten()
}

/// The surfaces that are drawn.
pub(super) fn surfaces() -> Vec<SurfaceId> {
    with(|runtime| runtime.mounted.iter().map(|(of, _)| *of).collect()).unwrap_or_default()
}

/// Looks at an element; nothing outside that may call back may be called meanwhile.
pub(super) fn mounted<T>(surface: SurfaceId, f: impl FnOnce(&Mounted) -> T) -> Option<T> {
    with(|runtime| {
        runtime
            .mounted
            .iter()
            .find(|(of, _)| *of == surface)
            .map(|(_, m)| f(m))
    })
    .flatten()
}

/// Lets an action happen: now, or when those before it have.
pub(super) fn dispatch(action: Action) {
    if is_over() {
        return;
    }
    QUEUE.with_borrow_mut(|queue| queue.push_back(action));
    if !DRAINING.get() {
        drain();
    }
}

fn drain() {
    DRAINING.set(true);
    tick();
    while let Some(action) = QUEUE.with_borrow_mut(VecDeque::pop_front) {
        let Some(commands) = with(|runtime| runtime.store.dispatch(action)) else {
            break;
        };
        for command in commands {
            commands::carry_out(command);
        }
    }
    DRAINING.set(false);
    draw();
}

/// Tells the store the time where it has an old one.
fn tick() {
    let now = clock::now();
    with(|runtime| {
        if (now.millis() - runtime.store.snapshot().now.millis()).abs() >= FRESH {
            // A tick causes nothing.
            runtime.store.dispatch(Action::Tick(now));
        }
    });
}

/// Once a minute the ages on the screens are told anew.
fn pass_time() {
    clock::after(MINUTE, Action::Tick(clock::now()));
}

/// What a minute's tick does beyond the action itself: the next one.
pub(super) fn rang(action: Action) {
    if let Action::Tick(_) = action {
        pass_time();
        events::resume();
        dispatch(Action::Tick(clock::now()));
    } else {
        dispatch(action);
    }
}

fn draw() {
    let mut focused = None;
    let badge = with(|runtime| {
        let state = runtime.store.snapshot();
        focused = runtime
            .mounted
            .iter()
            .find_map(|(of, m)| Some((*of, Focus::inside(m.place.whole())?)));
        for (surface, mounted) in &mut runtime.mounted {
            mounted.place.draw(Rc::clone(&state), *surface);
        }
        let badge = state.badge();
        (std::mem::replace(&mut runtime.badge, badge) != badge).then_some(badge)
    });
    if let Some((surface, focus)) = focused {
        after_drawing(move || {
            if let Some(whole) = mounted(surface, |m| m.place.whole().clone()) {
                focus.keep(&whole);
            }
        });
    }
    if let (Some(Some(badge)), Some(host)) = (badge, host()) {
        // The loader's own code; what it throws is its own fault and harms nothing here.
        let _ = host.badge(u32::try_from(badge).unwrap_or(u32::MAX));
    }
}

/// Does something once what was changed is drawn: Yew draws in a microtask that is queued by
/// then.
pub(super) fn after_drawing(f: impl FnOnce() + 'static) {
    spawn_local(async move {
        spawn_local(async move {
            if !is_over() {
                f();
            }
        });
    });
}
