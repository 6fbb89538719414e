//! Who is asking: secrets from the page's own callback, and tokens against request forgery from
//! where the mapping says. Tokens are held in memory until the backend refuses them, and never
//! stored, logged or reported.

use super::runtime;
use super::script::{get, pairs, text};
use crate::backend::{Auth, AuthKind, CsrfSource, Secrets};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// How long the page may take to give a secret, in milliseconds.
const PATIENCE: u32 = 20_000;

thread_local! {
    /// What the callback gave, by the name of the secret.
    static HELD: RefCell<Vec<(String, JsValue)>> = RefCell::default();
}

/// Forgets all secrets, so that the next call asks the page anew.
pub(super) fn forget() {
    HELD.with_borrow_mut(Vec::clear);
}

/// Whether a call with these needs could fare better with a fresh secret.
pub(super) fn can_refresh(auth: &Auth) -> bool {
    held(&auth.secret).is_some()
}

fn held(name: &str) -> Option<JsValue> {
    HELD.with_borrow(|held| {
        held.iter()
            .find(|(of, _)| of == name)
            .map(|(_, secret)| secret.clone())
    })
}

/// What a call with these needs is given.
pub(super) async fn secrets(auth: &Auth) -> Secrets {
    let options = runtime::host()
        .and_then(|host| host.options().ok())
        .unwrap_or_default();
    let mut secrets = Secrets {
        headers: pairs(&options, "headers"),
        ..Secrets::default()
    };
    secrets.csrf = auth.csrf.as_ref().and_then(|csrf| csrf_token(&csrf.source));
    if matches!(auth.kind, AuthKind::None | AuthKind::Cookie) {
        return secrets;
    }
    let secret = match held(&auth.secret) {
        Some(secret) => secret,
        None => {
            let Some(secret) = ask(&options, &auth.secret).await else {
                return secrets;
            };
            HELD.with_borrow_mut(|held| held.push((auth.secret.clone(), secret.clone())));
            secret
        }
    };
    match auth.kind {
        AuthKind::Bearer => secrets.bearer = secret.as_string(),
        AuthKind::Key => secrets.api_key = secret.as_string(),
        AuthKind::Basic => secrets.basic = text(&secret, "user").zip(text(&secret, "password")),
        AuthKind::None | AuthKind::Cookie => {}
    }
    secrets
}

/// Calls the page's `getToken(name)`. It may throw, give something else, or never settle.
async fn ask(options: &JsValue, name: &str) -> Option<JsValue> {
    let callback: Function = get(options, "getToken")?.dyn_into().ok()?;
    let given = callback.call1(&JsValue::NULL, &name.into()).ok()?;
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let late = Promise::new(&mut |resolve, _| signal.set_onabort(Some(&resolve)));
    let first = Promise::race(&js_sys::Array::of2(&given, &late));
    let secret = JsFuture::from(first).await.ok()?;
    signal.set_onabort(None);
    (secret.is_string() || (secret.is_object() && get(&secret, "user").is_some())).then_some(secret)
}

fn csrf_token(source: &CsrfSource) -> Option<String> {
    let window = web_sys::window()?;
    let found = match source {
        CsrfSource::Cookie(name) => {
            let cookies = text(window.document()?.as_ref(), "cookie")?;
            let pair = cookies.split(';').find_map(|pair| {
                let (key, value) = pair.trim().split_once('=')?;
                (key == name).then(|| value.to_owned())
            })?;
            // Frameworks write the token encoded, and want it back as it was.
            js_sys::decode_uri_component(&pair).ok()?.as_string()?
        }
        CsrfSource::Meta(name) => {
            let metas = window.document()?.query_selector_all("meta[name]").ok()?;
            (0..metas.length()).find_map(|i| {
                let meta: web_sys::Element = metas.get(i)?.dyn_into().ok()?;
                (meta.get_attribute("name")? == *name).then(|| meta.get_attribute("content"))?
            })?
        }
        CsrfSource::Global(path) => {
            let mut value: JsValue = window.into();
            for name in path.split('.') {
                value = get(&value, name)?;
            }
            value.as_string()?
        }
    };
    (!found.is_empty()).then_some(found)
}
