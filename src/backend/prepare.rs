//! From an operation and its parameters to a request.

use super::call::{Body, Call};
use super::error::BackendError;
use super::http::{HttpRequest, Secrets, Sent, is_header_value};
use super::mapping::Mapping;
use super::operation::Operation;
use super::params::Params;
use super::select::Scope;
use super::service::Service;
use super::template::Template;
use super::uri;
use super::uri_template::{encode, scalar_text};
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
        let call = self
            .call(operation, params.scope)
            .ok_or(BackendError::Unsupported(operation))?;
        let service = self
            .services()
            .get(call.service)
            .ok_or(BackendError::Unsupported(operation))?;
        if let Some(what) = params.missing(operation) {
            return Err(misconfigured(format!(
                "`{}` was called without {what}",
                operation.name()
            )));
        }
        let limit = params
            .limit
            .unwrap_or(call.paging.size)
            .clamp(1, call.paging.max);
        let cursor = params.cursor.as_ref().map(|c| c.0.as_str());
        let values = values(operation, params, service, call, cursor, limit);
        let url = match cursor.filter(|_| call.paging.is_by_address()) {
            Some(address) => own_cursor(address, service)?,
            None => first_url(service, call, &values)?,
        };
        let body = write_body(&call.body, &values);
        let headers = headers(operation, service, call, &values, secrets, body.is_some())?;
        Ok(HttpRequest {
            method: call.method,
            url,
            headers,
            body,
            credentials: service.auth.credentials,
            timeout_ms: service.timeout_ms,
            max_bytes: service.max_bytes,
            sent: Sent {
                operation,
                scope: params.scope,
                cursor: cursor.map(str::to_owned),
                limit,
                id: params.id(operation).map(str::to_owned),
            },
        })
    }
}

fn misconfigured(problem: impl Into<String>) -> BackendError {
    BackendError::Misconfigured {
        problem: problem.into(),
    }
}

/// Settings, what the operation is given, where the page begins, and the call's own `vars`.
fn values(
    operation: Operation,
    params: &Params,
    service: &Service,
    call: &Call,
    cursor: Option<&str>,
    limit: u32,
) -> Value {
    let mut values: Map<String, Value> = service.settings.clone();
    values.extend(params.values(operation));
    if operation.is_list() {
        call.paging.add_values(&mut values, cursor, limit);
    }
    let mut values = Value::Object(values);
    let mut vars = Map::new();
    for (name, selector) in &call.vars {
        let scope = Scope::new(&values, &[]);
        vars.insert(name.clone(), selector.select(&values, &scope).into_owned());
    }
    if let Value::Object(map) = &mut values {
        map.extend(vars);
    }
    values
}

/// A cursor that is an address was checked when it was read, and is again when it is used: it
/// may have been kept somewhere in between.
fn own_cursor(address: &str, service: &Service) -> Result<String, BackendError> {
    let own = match uri::origin(&service.base) {
        Some(own) => uri::origin(address).is_some_and(|o| o == own),
        None => address.starts_with('/') && !address.starts_with("//") && uri::is_plain(address),
    };
    if own {
        Ok(address.to_owned())
    } else {
        Err(misconfigured(
            "the next page is not on this backend's origin",
        ))
    }
}

fn first_url(service: &Service, call: &Call, values: &Value) -> Result<String, BackendError> {
    let lookup = |name: &str| values.get(name).cloned();
    let path = call.url.expand(&lookup).map_err(|e| {
        misconfigured(format!(
            "the address of `{}` cannot be written: {}",
            call.pointer, e.problem
        ))
    })?;
    if uri::has_dot_segment(&path) {
        return Err(misconfigured(
            "a value would lead to another address of the backend",
        ));
    }
    let mut url = format!("{}{path}", service.base);
    let mut sign = if url.contains('?') { '&' } else { '?' };
    for (name, text) in pairs(&call.query, values) {
        url.push(sign);
        sign = '&';
        encode(&mut url, &name, false);
        url.push('=');
        encode(&mut url, &text, false);
    }
    Ok(url)
}

/// Names with their values as texts; a list gives one pair for each of its entries.
fn pairs(members: &[(String, Template)], values: &Value) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, template) in members {
        match template.render(values) {
            Some(Value::Array(list)) => {
                out.extend(
                    list.iter()
                        .filter_map(scalar_text)
                        .map(|text| (name.clone(), text)),
                );
            }
            Some(value) => {
                // An object as a parameter is JSON (Strapi, Elasticsearch, Datasette take it so).
                let text =
                    scalar_text(&value).or_else(|| (!value.is_null()).then(|| value.to_string()));
                out.extend(text.map(|text| (name.clone(), text)));
            }
            None => {}
        }
    }
    out
}

fn write_body(body: &Body, values: &Value) -> Option<String> {
    match body {
        Body::None => None,
        Body::Json(template) => Some(template.render(values).unwrap_or(Value::Null).to_string()),
        Body::Form(form) => {
            let mut out = String::new();
            for (name, text) in pairs(form, values) {
                if !out.is_empty() {
                    out.push('&');
                }
                encode(&mut out, &name, false);
                out.push('=');
                encode(&mut out, &text, false);
            }
            Some(out)
        }
    }
}

fn headers(
    operation: Operation,
    service: &Service,
    call: &Call,
    values: &Value,
    secrets: &Secrets,
    has_body: bool,
) -> Result<Vec<(String, String)>, BackendError> {
    let accept = if operation == Operation::Events {
        "text/event-stream"
    } else {
        "application/json"
    };
    let mut out: Vec<(String, String)> = vec![("Accept".to_owned(), accept.to_owned())];
    if has_body {
        let kind = match call.body {
            Body::Form(_) => "application/x-www-form-urlencoded",
            _ => "application/json",
        };
        set(&mut out, "Content-Type".to_owned(), kind.to_owned());
    }
    for (name, template) in service.headers.iter().chain(&call.headers) {
        if let Some(text) = template.render(values).as_ref().and_then(scalar_text) {
            set(&mut out, name.clone(), text);
        }
    }
    for (name, value) in service.auth.headers(secrets, call.method)? {
        set(&mut out, name, value);
    }
    for (name, value) in &secrets.headers {
        set(&mut out, name.clone(), value.clone());
    }
    for (name, value) in &out {
        // A line break in a value would begin a header of its own.
        if !super::http::is_header_name(name) || !is_header_value(value) {
            return Err(misconfigured(format!(
                "the header `{name}` holds a character that headers cannot"
            )));
        }
    }
    Ok(out)
}

/// Sets a header; names are equal whatever their case.
fn set(headers: &mut Vec<(String, String)>, name: String, value: String) {
    match headers
        .iter_mut()
        .find(|(n, _)| n.eq_ignore_ascii_case(&name))
    {
        Some(header) => header.1 = value,
        None => headers.push((name, value)),
    }
}
