//! How one operation is called and how its answer is read.

use super::call_names::check_values;
use super::checker::{Checker, below};
use super::http::Method;
use super::operation::Operation;
use super::paging::Paging;
use super::select::Selector;
use super::service::{Service, parse_headers};
use super::template::Template;
use super::uri_template::UriTemplate;
use serde_json::{Map, Value};

/// A call, parsed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    /// Index of its backend.
    pub(super) service: usize,
    /// Index of its record tables.
    pub(super) tables: usize,
    /// Where it stands in the document, for errors.
    pub(super) pointer: String,
    pub(super) method: Method,
    pub(super) url: UriTemplate,
    pub(super) vars: Vec<(String, Selector)>,
    pub(super) query: Vec<(String, Template)>,
    pub(super) headers: Vec<(String, Template)>,
    pub(super) body: Body,
    /// The list in the answer, or the one item; with it the selector's text, for errors.
    pub(super) items: Option<(Selector, String)>,
    pub(super) paging: Paging,
    /// Statuses that mean success; 2xx where empty.
    pub(super) success: Vec<u16>,
    pub(super) returns: Returns,
    /// From the text of `Location` to an identifier.
    pub(super) location: Option<Selector>,
    /// For `events`: the event's name, and the request's identifier in its data.
    pub(super) event: String,
    pub(super) event_id: Option<Selector>,
    /// Whether the call says which scope it asks for.
    pub(super) takes_scope: bool,
}

/// What goes along.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body {
    None,
    Json(Template),
    Form(Vec<(String, Template)>),
}

/// What a write answers with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Returns {
    /// The request as it is now.
    Request,
    /// An identifier of the request.
    Id,
    /// Nothing that is of use.
    Nothing,
}

const RETURNS: [(&str, Returns); 3] = [
    ("request", Returns::Request),
    ("id", Returns::Id),
    ("nothing", Returns::Nothing),
];

const KEYS: [&str; 15] = [
    "call", "vars", "query", "headers", "body", "form", "items", "item", "records", "paging",
    "success", "returns", "location", "event", "id",
];

pub(super) fn parse_call(
    operation: Operation,
    map: &Map<String, Value>,
    pointer: &str,
    service: &Service,
    document: &Map<String, Value>,
    checker: &mut Checker,
) -> Option<Call> {
    let whole = Value::Object(map.clone());
    let mut known = KEYS.to_vec();
    if operation == Operation::RequestsList {
        known.push("scopes");
    }
    checker.object(&whole, pointer, &known);
    let (method, url) = parse_line(map, pointer, checker)?;
    if service.base.is_empty() {
        checker.add(
            &format!("{}/base", of_document(pointer)),
            "it must say where the backend is",
            "like https://intranet.example/api; or data-base in the script tag",
        );
    }
    let own = Checker::member(map, "paging");
    let paging = parse_paging(operation, own, pointer, document, checker);
    let mut call = Call {
        service: 0,
        tables: 0,
        pointer: pointer.to_owned(),
        method,
        url,
        vars: Vec::new(),
        query: parse_members(map, "query", pointer, checker),
        headers: parse_headers(map, pointer, checker),
        body: parse_body(map, pointer, method, checker),
        items: parse_items(operation, map, pointer, checker),
        paging,
        success: parse_success(map, pointer, checker),
        returns: checker
            .choice(map, pointer, "returns", &RETURNS)
            .unwrap_or(Returns::Request),
        location: checker.selector(map, pointer, "location"),
        event: checker
            .text(map, pointer, "event")
            .unwrap_or("message")
            .to_owned(),
        event_id: checker.selector(map, pointer, "id"),
        takes_scope: false,
    };
    if let Some(vars) = Checker::member(map, "vars") {
        let here = below(pointer, "vars");
        match vars.as_object() {
            Some(vars) => {
                for name in vars.keys() {
                    let parsed = checker.selector(vars, &here, name);
                    call.vars.extend(parsed.map(|s| (name.clone(), s)));
                }
            }
            None => checker.add(
                &here,
                "an object from names to selectors should stand here",
                "",
            ),
        }
    }
    check_values(
        operation,
        &mut call,
        service,
        pointer,
        own.is_some(),
        checker,
    );
    Some(call)
}

/// The pointer of the document (or part) that holds an operation.
fn of_document(pointer: &str) -> &str {
    pointer
        .split_once("/operations/")
        .map_or("", |(document, _)| document)
}

/// `"GET /people{?q}"`.
fn parse_line(
    map: &Map<String, Value>,
    pointer: &str,
    checker: &mut Checker,
) -> Option<(Method, UriTemplate)> {
    let here = below(pointer, "call");
    let Some(line) = checker.text(map, pointer, "call") else {
        if !map.contains_key("call") {
            checker.add(
                &here,
                "it must say how to call",
                "like \"GET /people{?q,limit}\"",
            );
        }
        return None;
    };
    let (method, url) = line.trim().split_once(' ').unwrap_or((line, ""));
    let names = Method::ALL.map(Method::as_str);
    let Some(method) = Method::ALL.into_iter().find(|m| m.as_str() == method) else {
        checker.add(
            &here,
            format!("`{method}` is no method"),
            format!("like \"GET /people\"; methods: {}", names.join(", ")),
        );
        return None;
    };
    let url = url.trim();
    // What follows the host must not be able to extend it.
    if !(url.is_empty()
        || url.starts_with(['/', '?'])
        || url.starts_with("{?")
        || url.starts_with("{/"))
        || url.starts_with("//")
    {
        checker.add(
            &here,
            "the address is added to `base`, so it begins with `/` or `?`",
            "another host belongs in a part of its own (`parts`)",
        );
        return None;
    }
    if url.contains('#') {
        checker.add(&here, "nothing after `#` is ever sent", "");
    }
    match UriTemplate::parse(url) {
        Ok(template) => Some((method, template)),
        Err(e) => {
            checker.add(
                &here,
                format!("`{url}` is no URI template: {e}"),
                "URI templates are those of RFC 6570",
            );
            None
        }
    }
}

fn parse_paging(
    operation: Operation,
    own: Option<&Value>,
    pointer: &str,
    document: &Map<String, Value>,
    checker: &mut Checker,
) -> Paging {
    if !operation.is_list() {
        return Paging::parse(None, "", checker);
    }
    let shared = document.get("paging").filter(|v| !v.is_null());
    let mut whole = shared.cloned().unwrap_or(Value::Null);
    let here = match own {
        Some(own) => {
            super::document::merge(&mut whole, own.clone());
            below(pointer, "paging")
        }
        None => format!("{}/paging", of_document(pointer)),
    };
    Paging::parse((!whole.is_null()).then_some(&whole), &here, checker)
}

fn parse_members(
    map: &Map<String, Value>,
    key: &str,
    pointer: &str,
    checker: &mut Checker,
) -> Vec<(String, Template)> {
    let here = below(pointer, key);
    let Some(value) = Checker::member(map, key) else {
        return Vec::new();
    };
    let Some(members) = value.as_object() else {
        checker.add(
            &here,
            "an object from names to values should stand here",
            "like {\"q\": \"{=q}\"}",
        );
        return Vec::new();
    };
    let mut out = Vec::new();
    for (name, value) in members.iter().filter(|(_, v)| !v.is_null()) {
        out.extend(
            checker
                .template(value, &below(&here, name))
                .map(|t| (name.clone(), t)),
        );
    }
    out
}

fn parse_body(
    map: &Map<String, Value>,
    pointer: &str,
    method: Method,
    checker: &mut Checker,
) -> Body {
    let body = Checker::member(map, "body");
    let form = Checker::member(map, "form");
    if (body.is_some() || form.is_some()) && method == Method::Get {
        checker.add(pointer, "a GET has no body", "use POST, or `query`");
    }
    match (body, form) {
        (Some(_), Some(_)) => {
            checker.add(pointer, "either `body` or `form`, not both", "");
            Body::None
        }
        (Some(body), None) => checker
            .template(body, &below(pointer, "body"))
            .map_or(Body::None, Body::Json),
        (None, Some(_)) => Body::Form(parse_members(map, "form", pointer, checker)),
        (None, None) => Body::None,
    }
}

fn parse_items(
    operation: Operation,
    map: &Map<String, Value>,
    pointer: &str,
    checker: &mut Checker,
) -> Option<(Selector, String)> {
    let (right, wrong) = if operation.is_list() {
        ("items", "item")
    } else {
        ("item", "items")
    };
    if map.contains_key(wrong) {
        let hint = format!(
            "`{}` answers with {}",
            operation.name(),
            if operation.is_list() { "a list" } else { "one" }
        );
        checker.add(
            &below(pointer, wrong),
            format!("`{right}` is meant here"),
            hint,
        );
    }
    let text = checker.text(map, pointer, right)?;
    Some((
        checker.parse_selector(text, &below(pointer, right))?,
        text.to_owned(),
    ))
}

fn parse_success(map: &Map<String, Value>, pointer: &str, checker: &mut Checker) -> Vec<u16> {
    let Some(value) = Checker::member(map, "success") else {
        return Vec::new();
    };
    let statuses: Option<Vec<u16>> = value.as_array().and_then(|list| {
        let status = |v: &Value| {
            v.as_u64()
                .filter(|n| (200..600).contains(n))
                .and_then(|n| u16::try_from(n).ok())
        };
        list.iter().map(status).collect()
    });
    if statuses.is_none() {
        checker.add(
            &below(pointer, "success"),
            "a list of statuses should stand here",
            "like [200, 201]",
        );
    }
    statuses.unwrap_or_default()
}
