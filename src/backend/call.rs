//! How one operation is called and how its answer is read.

use super::auth::CsrfSource;
use super::checker::{Checker, below};
use super::explain::{hint, says};
use super::http::Method;
use super::operation::Operation;
use super::paging::{Paging, PagingKind};
use super::params;
use super::select::Selector;
use super::service::Service;
use super::template::render;
use super::uri_template;
use serde_json::{Map, Value};

/// A call: what the document says of it, checked, with what is needed at once read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    /// Index of its backend.
    pub(super) service: usize,
    /// Index of its record tables.
    pub(super) tables: usize,
    /// Where it stands in the document, for errors.
    pub(super) pointer: String,
    pub(super) method: Method,
    /// The URI template.
    pub(super) url: String,
    /// Selects the list in the answer, or the one item.
    pub(super) items: Option<Selector>,
    pub(super) paging: Paging,
    /// The names of values that it sends.
    pub(super) used: Vec<String>,
    /// What goes out before it, in order; what those calls `take` are values of this one.
    pub(super) before: Vec<Call>,
    /// What goes out after it, if anything: one call, or one for each batch of identifiers.
    pub(super) then: Option<Box<Call>>,
    own: Map<String, Value>,
}

impl Call {
    /// A member.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        Checker::member(&self.own, key)
    }

    /// A member that is a text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// The members of an object; none where there is no such object.
    pub(super) fn members(&self, key: &str) -> Vec<(&str, &Value)> {
        members(&self.own, key)
    }

    /// Whether it, or a call around it, sends the value of this name.
    pub(super) fn takes(&self, name: &str) -> bool {
        let around = self.before.iter().chain(self.then.as_deref());
        self.used.iter().any(|used| used == name) || around.into_iter().any(|c| c.takes(name))
    }

    /// The text of the selector of its list or item.
    pub(super) fn items_text(&self) -> Option<&str> {
        self.text("items").or(self.text("item"))
    }

    /// Reads a call, which was checked alone, together with what it stands in. `step` are, for
    /// a call before or after another one, the values that it may use besides those of its
    /// operation.
    pub(super) fn parse(
        operation: Operation,
        mut own: Map<String, Value>,
        pointer: &str,
        service: &Service,
        step: Option<&str>,
        checker: &mut Checker,
    ) -> Option<Self> {
        let mut paging = Value::Null;
        if operation.is_list() && step.is_none() {
            paging = service.document.get("paging").cloned().unwrap_or_default();
            let of_call = own.get("paging").cloned();
            super::document::merge(&mut paging, of_call.unwrap_or(Value::Object(Map::new())));
            #[cfg(feature = "explain")]
            super::lint::paging(&paging, &below(pointer, "paging"), checker);
            // How a page is asked for goes under what the call itself sends.
            if let Some(query) = paging.get("query") {
                let mut query = query.clone();
                let of_call = own.get("query").cloned();
                super::document::merge(&mut query, of_call.unwrap_or(Value::Object(Map::new())));
                own.insert("query".to_owned(), query);
            }
        }
        #[cfg(feature = "explain")]
        super::lint::call(operation, &own, pointer, checker);
        let here = below(pointer, "call");
        let Some(line) = own.get("call").and_then(Value::as_str) else {
            let advice = hint("like \"GET /people{?q,limit}\"");
            checker.add(&here, "it must say how to call", "", advice);
            return None;
        };
        let (method, url) = line.trim().split_once(' ').unwrap_or((line, ""));
        let Some(method) = Method::ALL.into_iter().find(|m| m.as_str() == method) else {
            let advice = hint("like \"GET /people\"; methods: GET, POST, PUT, PATCH, DELETE");
            checker.add(&here, "`%` is no method", method, advice);
            return None;
        };
        let url = url.trim();
        // What follows the host must not be able to extend it.
        let first = url.strip_prefix('{').unwrap_or(url);
        if url.starts_with("//") || !(url.is_empty() || first.starts_with(['/', '?'])) {
            let problem = says("the address is added to `base`, so it begins with `/` or `?`");
            let advice = hint("another host belongs in a part of its own (`parts`)");
            checker.add(&here, problem, "", advice);
            return None;
        }
        let items = own.get("items").or(own.get("item")).and_then(Value::as_str);
        let mut parse = |own: Option<&Value>, pointer: &str, given: &str| {
            // One step deep: calls around a call have none around them.
            let own = own.filter(|_| step.is_none())?.as_object()?.clone();
            Self::parse(operation, own, pointer, service, Some(given), checker)
        };
        let mut before = Vec::new();
        if let Some(csrf) = &service.auth.csrf
            && csrf.source == CsrfSource::Call
            && csrf.is_needed_by(method)
        {
            let auth = service.document.get("auth");
            before.extend(parse(auth.and_then(|a| a.get("csrf")), "/auth/csrf", ""));
        }
        let mut given = step.unwrap_or_default().to_owned();
        if let Some(first) = parse(own.get("before"), &below(pointer, "before"), "") {
            for (name, _) in first.members("take") {
                given.push(' ');
                given.push_str(name);
            }
            before.push(first);
        }
        let after = [&given, " ids"].concat();
        let then = parse(own.get("then"), &below(pointer, "then"), &after);
        let mut call = Self {
            service: 0,
            tables: 0,
            pointer: pointer.to_owned(),
            method,
            url: url.to_owned(),
            items: items.and_then(|text| Selector::parse(text).ok()),
            paging: Paging::parse(paging),
            used: Vec::new(),
            before,
            then: then.map(Box::new),
            own,
        };
        call.check_names(operation, service, &given, checker);
        Some(call)
    }

    /// The call that goes out as number `step`, from 0; those after this one are all alike.
    pub(super) fn step(&self, step: usize) -> &Self {
        let then = self.then.as_deref().filter(|_| step > self.before.len());
        self.before.get(step).or(then).unwrap_or(self)
    }

    /// Every name that the call uses must exist, or a typing error would silently send nothing;
    /// and a list that is cut in pages must say which page it asks for, or the first would come
    /// again and again.
    fn check_names(
        &mut self,
        operation: Operation,
        service: &Service,
        given: &str,
        checker: &mut Checker,
    ) {
        let mut known: Vec<&str> = params::names(operation).split(' ').collect();
        known.extend(given.split(' ').filter(|name| !name.is_empty()));
        for (key, _) in members(&service.document, "settings") {
            known.push(key);
        }
        let mut used = Vec::new();
        let vars = self.members("vars");
        for (name, selector) in &vars {
            let here = below(&below(&self.pointer, "vars"), name);
            if let Ok(selector) = Selector::parse(selector.as_str().unwrap_or_default()) {
                selector.each_root(&mut |root| note(root, &here, &known, &mut used, checker));
            }
        }
        for (name, _) in &vars {
            known.push(name);
        }
        let here = below(&self.pointer, "call");
        let expanded = uri_template::expand(&self.url, &mut |name| {
            note(name, &here, &known, &mut used, checker);
            Value::Null
        });
        if let Err(e) = expanded {
            let problem = ["`%` is no URI template: ", e.problem].concat();
            checker.add(&here, &problem, &self.url, "");
        }
        let in_paging = [&self.pointer, "/paging/query"].concat();
        for key in ["query", "headers", "form", "body"] {
            let here = below(&self.pointer, key);
            let mut look = |template: &Value, here: &str| {
                let _ = render(template, &mut |selector| {
                    selector.each_root(&mut |root| note(root, here, &known, &mut used, checker));
                    Value::Null
                });
            };
            match self.get(key) {
                Some(Value::Object(_)) => {
                    for (name, template) in self.members(key) {
                        let of_paging = key == "query" && self.paging.asks(name, template);
                        let place = if of_paging { &in_paging } else { &here };
                        look(template, &below(place, name));
                    }
                }
                Some(whole) => look(whole, &here),
                None => {}
            }
        }
        let uses = |names: &str| names.split(' ').any(|n| used.iter().any(|u| u == n));
        let needed = self.paging.needed_names();
        if !needed.is_empty() && !uses(needed) {
            // Paging that the whole document shares does not concern this list.
            if self.get("paging").is_some() {
                let problem = says("the call does not say which page it asks for");
                let advice = hint(
                    "use `page`, `offset` or `cursor` in the address, in `query` or in `body`",
                );
                checker.add(&self.pointer, problem, "", advice);
            }
            self.paging.kind = PagingKind::None;
        }
        self.used = used;
    }
}

/// The members of an object in an object, without what is `null`.
#[inline(never)]
pub(super) fn members<'a>(map: &'a Map<String, Value>, key: &str) -> Vec<(&'a str, &'a Value)> {
    let mut out = Vec::new();
    if let Some(Value::Object(map)) = map.get(key) {
        for (key, value) in map {
            if !value.is_null() {
                out.push((key.as_str(), value));
            }
        }
    }
    out
}

/// Notes that a name is used, and reports it where it does not exist.
fn note(name: &str, pointer: &str, known: &[&str], used: &mut Vec<String>, checker: &mut Checker) {
    used.push(name.to_owned());
    if !known.contains(&name) {
        #[cfg(feature = "explain")]
        let advice = super::lint::did_you_mean(name, known);
        #[cfg(not(feature = "explain"))]
        let advice = String::new();
        checker.add(pointer, "there is no value `%` here", name, &advice);
    }
}
