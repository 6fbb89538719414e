//! From an operation and its parameters to a request.

use super::call::{Call, members};
use super::error::BackendError;
use super::http::{HttpRequest, Secrets, Sent, is_header_name, is_header_value};
use super::mapping::Mapping;
use super::operation::Operation;
use super::params::Params;
use super::select::select;
use super::service::Service;
use super::template::render;
use super::uri;
use super::uri_template::{encode, expand, scalar_text};
use serde_json::{Map, Value};

impl Mapping {
    /// Writes the request for an operation.
    ///
    /// # Errors
    /// [`BackendError::Unsupported`] where the mapping has no such operation,
    /// [`BackendError::SignedOut`] where the page gave no secret and one is needed, and
    /// [`BackendError::Misconfigured`] where a value is missing or cannot stand where the
    /// mapping puts it.
    pub fn prepare(
        &self,
        operation: Operation,
        params: &Params,
        secrets: &Secrets,
    ) -> Result<HttpRequest, BackendError> {
        let (call, service) = self.parts(operation, params.scope)?;
        if let Some(what) = params.missing(operation) {
            let words = ["`", operation.name(), "` was called without ", what];
            return Err(misconfigured(&words));
        }
        let limit = params.limit.unwrap_or(call.paging.size);
        let limit = limit.clamp(1, call.paging.max);
        let cursor = params.cursor.as_ref().map(|c| c.0.clone());
        let mut request = HttpRequest {
            method: call.method,
            url: String::new(),
            headers: Vec::new(),
            body: None,
            credentials: service.auth.credentials,
            timeout_ms: service.timeout_ms(),
            max_bytes: service.max_bytes(),
            sent: Sent {
                operation,
                scope: params.scope,
                limit,
                id: params.id(operation).map(str::to_owned),
                values: values(operation, params, service, call, cursor.as_deref(), limit),
                cursor,
                step: 0,
                main: None,
            },
        };
        write(call, service, &mut request, secrets)?;
        Ok(request)
    }
}

/// Writes into `request` the step that is due.
pub(super) fn write(
    call: &Call,
    service: &Service,
    request: &mut HttpRequest,
    secrets: &Secrets,
) -> Result<(), BackendError> {
    let sent = &request.sent;
    let call = call.step(sent.step);
    let values = with_vars(call, &sent.values);
    let cursor = sent.cursor.as_deref();
    let url = match cursor.filter(|_| call.paging.is_by_address()) {
        Some(address) => own_cursor(address, service)?,
        None => first_url(service, call, &values)?,
    };
    let mut kind = "application/json";
    let body = if call.get("form").is_some() {
        kind = "application/x-www-form-urlencoded";
        let mut out = String::new();
        write_pairs(call, "form", &values, &mut out, "");
        Some(out)
    } else {
        let body = call.get("body");
        body.map(|b| filled(b, &values).to_string())
    };
    let kind = Some(kind).filter(|_| body.is_some());
    request.headers = headers(sent.operation, service, call, &values, secrets, kind)?;
    request.method = call.method;
    request.url = url;
    request.body = body;
    Ok(())
}

/// The name of the token among the values: one that no document can use.
pub(super) const CSRF: &str = " csrf";

fn misconfigured(words: &[&str]) -> BackendError {
    BackendError::Misconfigured {
        problem: words.concat(),
    }
}

/// A template with the values of a call in it; `null` where one that it needs is missing.
fn filled(template: &Value, values: &Value) -> Value {
    let filled = render(template, &mut |selector| selector.select_in(values, &[]));
    filled.unwrap_or_default()
}

/// Settings, what the operation is given, and where the page begins.
fn values(
    operation: Operation,
    params: &Params,
    service: &Service,
    call: &Call,
    cursor: Option<&str>,
    limit: u32,
) -> Map<String, Value> {
    let mut values = match service.document.get("settings") {
        Some(Value::Object(settings)) => settings.clone(),
        _ => Map::new(),
    };
    params.add_values(operation, &mut values);
    if operation.is_list() {
        call.paging.add_values(&mut values, cursor, limit);
    }
    values
}

/// The values with the call's own `vars`.
fn with_vars(call: &Call, values: &Map<String, Value>) -> Value {
    let mut all = values.clone();
    let values = Value::Object(all.clone());
    for (name, selector) in call.members("vars") {
        let value = select(selector.as_str().unwrap_or_default(), &values, &[]);
        all.insert(name.to_owned(), value);
    }
    Value::Object(all)
}

/// A cursor that is an address was checked when it was read, and is again when it is used: it
/// may have been kept somewhere in between.
fn own_cursor(address: &str, service: &Service) -> Result<String, BackendError> {
    let own = match uri::origin(&service.base) {
        Some(own) => uri::origin(address) == Some(own),
        None => address.starts_with('/') && !address.starts_with("//") && uri::is_plain(address),
    };
    if own {
        return Ok(address.to_owned());
    }
    let words = ["the next page is not on this backend's origin"];
    Err(misconfigured(&words))
}

fn first_url(service: &Service, call: &Call, values: &Value) -> Result<String, BackendError> {
    let mut lookup = |name: &str| values.get(name).cloned().unwrap_or_default();
    let path = expand(&call.url, &mut lookup).unwrap_or_default();
    let lost = path.is_empty() && !call.url.is_empty();
    if lost || uri::has_dot_segment(&path) {
        // A value that an address cannot hold, or one that would lead to another address.
        let words = ["the address of `", &call.pointer, "` cannot be written"];
        return Err(misconfigured(&words));
    }
    let sign = if path.contains('?') { "&" } else { "?" };
    let mut url = [service.base.as_str(), &path].concat();
    write_pairs(call, "query", values, &mut url, sign);
    Ok(url)
}

/// Writes names with their values as in forms, `sign` before the first; a list gives one pair
/// for each of its entries.
fn write_pairs(call: &Call, key: &str, values: &Value, out: &mut String, sign: &str) {
    let mut sign = sign;
    for (name, template) in call.members(key) {
        let value = filled(template, values);
        let list = match &value {
            Value::Array(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in list {
            // An object as a parameter is JSON (Strapi, Elasticsearch, Datasette take it so).
            let text = match value {
                Value::Object(_) => Some(value.to_string()),
                other => scalar_text(other),
            };
            if let Some(text) = text {
                out.push_str(sign);
                sign = "&";
                encode(out, name, false);
                out.push('=');
                encode(out, &text, false);
            }
        }
    }
}

fn headers(
    operation: Operation,
    service: &Service,
    call: &Call,
    values: &Value,
    secrets: &Secrets,
    content_type: Option<&str>,
) -> Result<Vec<(String, String)>, BackendError> {
    let mut out = Vec::new();
    let accept = match operation {
        Operation::Events => "text/event-stream",
        _ => "application/json",
    };
    set(&mut out, "Accept", accept.to_owned());
    if let Some(kind) = content_type {
        set(&mut out, "Content-Type", kind.to_owned());
    }
    for own in [
        members(&service.document, "headers"),
        call.members("headers"),
    ] {
        for (name, template) in own {
            if let Some(text) = scalar_text(&filled(template, values)) {
                set(&mut out, name, text);
            }
        }
    }
    // The token that a call before this one took goes before the page's.
    let token = values.get(CSRF).and_then(Value::as_str);
    for (name, value) in service.auth.headers(secrets, token, call.method)? {
        set(&mut out, &name, value);
    }
    for (name, value) in &secrets.headers {
        set(&mut out, name, value.clone());
    }
    for (name, value) in &out {
        // A line break in a value would begin a header of its own.
        if !is_header_name(name) || !is_header_value(value) {
            let words = [
                "the header `",
                name,
                "` holds a character that headers cannot",
            ];
            return Err(misconfigured(&words));
        }
    }
    Ok(out)
}

/// Sets a header; names are equal whatever their case.
#[inline(never)]
fn set(headers: &mut Vec<(String, String)>, name: &str, value: String) {
    for (known, old) in headers.iter_mut() {
        if known.eq_ignore_ascii_case(name) {
            *old = value;
            return;
        }
    }
    headers.push((name.to_owned(), value));
}
