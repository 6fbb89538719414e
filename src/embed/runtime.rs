//! The queue of actions, and what runs it.
//!
//! Whatever happens is put into the queue; whoever finds it at rest drains it: the store takes
//! an action, its commands are carried out, and what they cause is queued in turn. When the
//! queue is empty every element is drawn anew. Calls from JavaScript that come in between only
//! queue.

use super::pool::Place;
use super::{clock, commands, events, host};
use crate::store::{Action, Config, State, Store, SurfaceId};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Element;

/// How old the store's clock may be, in milliseconds, before an action is preceded by a tick.
const FRESH: i64 = 1_000;
/// How often time passes on the screens, in milliseconds.
const MINUTE: u32 = 60_000;

/// What one instance of the Wasm is about.
struct Runtime {
    store: Store,
    /// By the loader's numbers.
    places: Vec<Place>,
    /// Drawn by places that show nothing.
    blank: Rc<State>,
    /// The count that the launcher shows.
    badge: usize,
    last_surface: u32,
}

thread_local! {
    static RUNTIME: RefCell<Option<Runtime>> = const { RefCell::new(None) };
    static QUEUE: RefCell<Vec<Action>> = const { RefCell::new(Vec::new()) };
    static DRAINING: Cell<bool> = const { Cell::new(false) };
    static ENDED: Cell<bool> = const { Cell::new(false) };
}

/// Begins; the loader's first call.
pub(super) fn begin(config: Config) {
    let store = Store::new(config, clock::now(), Box::new(host::key));
    let blank = store.snapshot();
    let runtime = Runtime {
        store,
        places: Vec::new(),
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

/// The state as it is now.
pub(super) fn state() -> Option<Rc<State>> {
    with(|runtime| runtime.store.snapshot())
}

/// Shows a new surface in the place of this number, which is `root` if there was none. Gives its
/// number, from 1; `None` where it is over, or the place is taken.
pub(super) fn show(number: usize, root: Element) -> Option<SurfaceId> {
    let blank = with(|runtime| {
        let new = number == runtime.places.len();
        new.then(|| Rc::clone(&runtime.blank))
    })?;
    let place = blank.map(|blank| Place::new(root, &blank));
    with(|runtime| {
        runtime.places.extend(place);
        let place = runtime.places.get_mut(number)?;
        if place.surface.is_some() {
            return None;
        }
        runtime.last_surface += 1;
        place.surface = Some(SurfaceId(runtime.last_surface));
        place.surface
    })
    .flatten()
}

/// The place of a surface draws nothing any more.
pub(super) fn leave(surface: SurfaceId) {
    with(|runtime| {
        for place in &mut runtime.places {
            if place.surface == Some(surface) {
                place.surface = None;
                place.draw(&runtime.blank);
            }
        }
    });
}

/// Makes Yew panic in its next drawing, which is where that is worst.
pub(super) fn break_drawing() {
    with(|runtime| {
        for place in &mut runtime.places {
            place.surface = Some(crate::ui::FAULT);
            place.draw(&runtime.blank);
        }
    });
}

/// The surfaces that are drawn.
pub(super) fn surfaces() -> Vec<SurfaceId> {
    let mut all = Vec::new();
    with(|runtime| {
        for place in &runtime.places {
            all.extend(place.surface);
        }
    });
    all
}

/// Lets an action happen: now, or when those before it have.
pub(super) fn dispatch(action: Action) {
    if is_over() {
        return;
    }
    QUEUE.with_borrow_mut(|queue| queue.push(action));
    if !DRAINING.get() {
        drain();
    }
}

#[inline(never)]
fn drain() {
    DRAINING.set(true);
    tick();
    while let Some(action) = next() {
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

fn next() -> Option<Action> {
    QUEUE.with_borrow_mut(|queue| (!queue.is_empty()).then(|| queue.remove(0)))
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
    if is_over() {
        return;
    }
    host::drawing();
    let mut news = None;
    with(|runtime| {
        let state = runtime.store.snapshot();
        for place in &mut runtime.places {
            if place.surface.is_some() {
                place.draw(&state);
            }
        }
        let badge = state.badge();
        if runtime.badge != badge {
            runtime.badge = badge;
            news = Some(badge);
        }
    });
    if let Some(badge) = news {
        host::badge(u32::try_from(badge).unwrap_or(u32::MAX));
    }
}
