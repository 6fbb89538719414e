//! The names that a call uses: each must exist, or a typing error would silently send nothing.

use super::call::{Body, Call};
use super::checker::{Checker, below, did_you_mean};
use super::operation::Operation;
use super::paging::PagingKind;
use super::params;
use super::service::Service;
use super::template::Template;

/// Every name that the call uses must exist, and a list that is cut in pages must say which
/// page it asks for, or the first would come again and again.
pub(super) fn check_values(
    operation: Operation,
    call: &mut Call,
    service: &Service,
    pointer: &str,
    own_paging: bool,
    checker: &mut Checker,
) {
    let mut known: Vec<&str> = params::names(operation).to_vec();
    known.extend(service.settings.keys().map(String::as_str));
    let mut used: Vec<&str> = Vec::new();
    for (name, selector) in &call.vars {
        let roots = selector.roots();
        check_names(
            checker,
            &below(&below(pointer, "vars"), name),
            &roots,
            &known,
        );
        used.extend(roots);
    }
    known.extend(call.vars.iter().map(|(name, _)| name.as_str()));
    let in_url: Vec<&str> = call.url.variables().collect();
    check_names(checker, &below(pointer, "call"), &in_url, &known);
    used.extend(&in_url);
    let mut templates: Vec<(String, &Template)> = Vec::new();
    let (query, headers) = (below(pointer, "query"), below(pointer, "headers"));
    templates.extend(call.query.iter().map(|(k, t)| (below(&query, k), t)));
    templates.extend(call.headers.iter().map(|(k, t)| (below(&headers, k), t)));
    match &call.body {
        Body::None => {}
        Body::Json(template) => templates.push((below(pointer, "body"), template)),
        Body::Form(form) => {
            templates.extend(
                form.iter()
                    .map(|(k, t)| (below(&below(pointer, "form"), k), t)),
            );
        }
    }
    for (here, template) in &templates {
        let mut roots = Vec::new();
        template.each_selector(&mut |selector| roots.extend(selector.roots()));
        check_names(checker, here, &roots, &known);
        used.extend(roots);
    }
    call.takes_scope = used.contains(&"scope");
    let needed = call.paging.needed_names();
    if !needed.is_empty() && !needed.iter().any(|name| used.contains(name)) {
        if own_paging {
            let hint = format!(
                "use `{}` in the address, in `query` or in `body`",
                needed.join("` or `")
            );
            checker.add(
                pointer,
                "the call does not say which page it asks for",
                hint,
            );
        }
        call.paging.kind = PagingKind::None;
    }
}

/// Reports names that a call uses and that do not exist.
fn check_names(checker: &mut Checker, pointer: &str, used: &[&str], known: &[&str]) {
    for name in used.iter().filter(|name| !known.contains(name)) {
        checker.add(
            pointer,
            format!("there is no value `{name}` here"),
            did_you_mean(name, known),
        );
    }
}
