//! HTTP over the page's `fetch`, which pages patch: it may throw, reject with anything, or
//! answer with something that is no response. Every such case is a [`BackendError`].

use crate::backend::{BackendError, Credentials, HttpRequest, HttpResponse};
use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReadableStreamDefaultReader, RequestCredentials, RequestInit, Response,
};

#[wasm_bindgen]
extern "C" {
    // web-sys takes it for granted that this gives a promise and never throws.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;
}

/// Sends a request and reads the whole response, within its time and its bytes.
///
/// # Errors
/// [`BackendError::Offline`] where nothing came, [`BackendError::Timeout`] where it took too
/// long, [`BackendError::TooLarge`] where it was too long.
pub(super) async fn send(request: &HttpRequest) -> Result<HttpResponse, BackendError> {
    let init = RequestInit::new();
    let headers = Headers::new().map_err(|_| BackendError::Offline)?;
    for (name, value) in &request.headers {
        headers
            .append(name, value)
            .map_err(|_| BackendError::Misconfigured {
                problem: format!("`{name}` is no header that a page may send"),
            })?;
    }
    init.set_method(request.method.as_str());
    init.set_headers(&headers);
    init.set_credentials(match request.credentials {
        Credentials::Omit => RequestCredentials::Omit,
        Credentials::SameOrigin => RequestCredentials::SameOrigin,
        Credentials::Include => RequestCredentials::Include,
    });
    if let Some(body) = &request.body {
        init.set_body(&JsValue::from_str(body));
    }
    exchange(&request.url, &init, request.timeout_ms, request.max_bytes).await
}

/// Gets a file of the page's owner.
///
/// # Errors
/// As [`send`].
pub(super) async fn get(
    url: &str,
    timeout_ms: u32,
    max: u32,
) -> Result<HttpResponse, BackendError> {
    exchange(url, &RequestInit::new(), timeout_ms, max).await
}

async fn exchange(
    url: &str,
    init: &RequestInit,
    timeout_ms: u32,
    max: u32,
) -> Result<HttpResponse, BackendError> {
    let signal = AbortSignal::timeout_with_u32(timeout_ms);
    init.set_signal(Some(&signal));
    let failed = |_: JsValue| {
        if signal.aborted() {
            BackendError::Timeout
        } else {
            BackendError::Offline
        }
    };
    let promise = fetch(url, init).map_err(failed)?;
    // What is no promise becomes one.
    let answer = JsFuture::from(Promise::resolve(&promise))
        .await
        .map_err(failed)?;
    let response: Response = answer.dyn_into().map_err(failed)?;
    let headers = headers_of(&response);
    let declared = headers.iter().find(|(name, _)| name == "content-length");
    if let Some(bytes) = declared.and_then(|(_, value)| value.parse::<u64>().ok()) {
        within(bytes, max)?;
    }
    let bytes = read_body(&response, max).await.map_err(|e| match e {
        ReadError::TooLarge(error) => error,
        ReadError::Broken(value) => failed(value),
    })?;
    let body = String::from_utf8_lossy(&bytes);
    Ok(HttpResponse {
        status: response.status(),
        url: response.url(),
        headers,
        body: body.strip_prefix('\u{FEFF}').unwrap_or(&body).to_owned(),
    })
}

fn headers_of(response: &Response) -> Vec<(String, String)> {
    let Ok(Some(entries)) = js_sys::try_iter(&response.headers()) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            let pair: Array = entry.ok()?.dyn_into().ok()?;
            Some((
                pair.get(0).as_string()?.to_ascii_lowercase(),
                pair.get(1).as_string()?,
            ))
        })
        .collect()
}

fn within(bytes: u64, max: u32) -> Result<(), BackendError> {
    if bytes > u64::from(max) {
        Err(BackendError::TooLarge { bytes, max })
    } else {
        Ok(())
    }
}

enum ReadError {
    TooLarge(BackendError),
    Broken(JsValue),
}

impl From<JsValue> for ReadError {
    fn from(value: JsValue) -> Self {
        Self::Broken(value)
    }
}

/// Reads in pieces, so that an endless body is left when it is too long: memory that a Wasm
/// instance took never goes back to the browser.
async fn read_body(response: &Response, max: u32) -> Result<Vec<u8>, ReadError> {
    let Some(stream) = response.body() else {
        return Ok(Vec::new());
    };
    let reader: ReadableStreamDefaultReader =
        stream.get_reader().dyn_into().map_err(JsValue::from)?;
    let mut bytes = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = Reflect::get(&piece, &"value".into())?.dyn_into()?;
        let length = bytes.len() as u64 + u64::from(piece.length());
        if let Err(error) = within(length, max) {
            // Nobody waits for the rest; how that ends is of no interest.
            let _ = reader.cancel();
            return Err(ReadError::TooLarge(error));
        }
        bytes.extend(piece.to_vec());
    }
}
