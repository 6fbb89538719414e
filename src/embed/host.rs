//! What the loader, which is plain JavaScript, does for the widget (`loader/app.js`): it owns the
//! elements, the network, the storage and the clock. All of this may run code of the page, so
//! nothing may be borrowed while it is called. What the page throws ends in the loader, and what
//! is answered then is `false`, 0 or nothing.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = entraideHost)]
extern "C" {
    /// Says that this generation is broken for good.
    pub(super) fn trap(message: &str);

    /// Tells the page's owner of a mistake, in the console.
    pub(super) fn complain(message: &str);

    /// Opens the panel; gives its surface's number, 0 where there is none.
    pub(super) fn open() -> u32;

    /// Closes the panel of this surface.
    pub(super) fn close(surface: u32);

    /// Shows a count at the launcher, or none at 0.
    pub(super) fn badge(count: u32);

    /// Dispatches an event of the contract on a surface's element, with a detail in JSON. Gives
    /// the detail as the listeners left it, empty where that is no JSON any more; nothing where
    /// one of them cancelled the event.
    pub(super) fn emit(surface: u32, name: &str, detail: &str) -> Option<String>;

    /// Keeps a text under a name beyond the page's life, or forgets it; `false` where that is
    /// denied.
    pub(super) fn keep(slot: &str, text: Option<&str>) -> bool;

    /// Calls [`ring`](super::exports::ring) after so many milliseconds, and not as it was told
    /// before; never at a negative number.
    pub(super) fn alarm(ms: i32);

    /// Listens to the backend's events of this name, with cookies or without; `false` where there
    /// is no stream, as this secret is held and no stream can carry it.
    pub(super) fn listen(url: &str, event: &str, cookies: bool, secret: &str) -> bool;

    /// Listens no more.
    pub(super) fn hush();

    /// Says something to screen readers.
    pub(super) fn announce(surface: u32, text: &str);

    /// Moves the focus to what is marked, after the next drawing.
    pub(super) fn focus(surface: u32);

    /// Says that the screens are about to be drawn: what has the focus is to keep it.
    pub(super) fn drawing();

    /// Shows these pairs (JSON) in the page's address; empty values are taken out.
    pub(super) fn address(pairs: &str);

    /// Asks for what proves who is asking: the secret of this name, if any, and a token against
    /// request forgery by its source and name. [`secrets`](super::exports::secrets) answers.
    pub(super) fn secrets(id: u32, secret: &str, source: &str, token: &str);

    /// Forgets all secrets, so that the page is asked anew.
    pub(super) fn forget();

    /// Sends a request, headers as lines of `name:value`. [`answered`](super::exports::answered)
    /// or [`failed`](super::exports::failed) answers.
    #[allow(
        clippy::too_many_arguments,
        reason = "plain values are what crosses cheaply"
    )]
    pub(super) fn send(
        id: u32,
        method: &str,
        url: &str,
        headers: &str,
        body: Option<&str>,
        credentials: &str,
        timeout_ms: u32,
        max_bytes: u32,
    );

    /// Settles a search of the page: people as JSON, or what went wrong in words.
    pub(super) fn found(id: u32, good: bool, text: &str);

    /// 128 random bits in hexadecimal.
    pub(super) fn key() -> String;
}
