//! URI Templates, levels 1 to 4 (RFC 6570): how a mapping writes addresses.
//!
//! `/people{?q,limit}` becomes `/people?q=tva&limit=20`. Values are percent-encoded by the rules
//! of the RFC, so nothing that a person types can leave its place, except where the mapping
//! itself asks for reserved expansion (`{+x}`, `{#x}`). Expansion takes JSON values: strings,
//! numbers and booleans, lists of those, and objects of those; `null` is undefined.

use serde_json::Value;
use std::fmt::Write as _;

/// A parsed URI Template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UriTemplate {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Literal(String),
    Expression(&'static Operator, Vec<Variable>),
}

#[derive(Debug, Clone, PartialEq)]
struct Variable {
    name: String,
    prefix: Option<usize>,
    explode: bool,
}

/// How one expression type expands (RFC 6570, appendix A).
#[derive(Debug, PartialEq)]
struct Operator {
    sign: char,
    first: &'static str,
    separator: char,
    named: bool,
    if_empty: &'static str,
    reserved: bool,
}

const SIMPLE: Operator = operator('\0', "", ',', false, "", false);
const OPERATORS: [Operator; 7] = [
    operator('+', "", ',', false, "", true),
    operator('#', "#", ',', false, "", true),
    operator('.', ".", '.', false, "", false),
    operator('/', "/", '/', false, "", false),
    operator(';', ";", ';', true, "", false),
    operator('?', "?", '&', true, "=", false),
    operator('&', "&", '&', true, "=", false),
];

const fn operator(
    sign: char,
    first: &'static str,
    separator: char,
    named: bool,
    if_empty: &'static str,
    reserved: bool,
) -> Operator {
    Operator {
        sign,
        first,
        separator,
        named,
        if_empty,
        reserved,
    }
}

/// Why a text is no URI Template, or cannot be expanded with these values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at byte {at})")]
pub(super) struct UriTemplateError {
    /// Byte offset in the template.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) problem: &'static str,
}

impl UriTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// [`UriTemplateError`] where it is not one of RFC 6570.
    pub(super) fn parse(text: &str) -> Result<Self, UriTemplateError> {
        let mut parts = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
            if let Some(inside) = rest.strip_prefix('{') {
                let end = inside.find('}').ok_or(UriTemplateError {
                    at,
                    problem: "this brace is never closed",
                })?;
                let expression = inside.get(..end).unwrap_or_default();
                parts.push(parse_expression(expression, at + 1)?);
                at += end + 2;
            } else {
                let end = rest.find('{').unwrap_or(rest.len());
                let literal = rest.get(..end).unwrap_or_default();
                check_literal(literal, at)?;
                let mut encoded = String::new();
                encode(&mut encoded, literal, true);
                parts.push(Part::Literal(encoded));
                at += end;
            }
        }
        Ok(Self { parts })
    }

    /// The names of its variables, in order, with repeats.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts
            .iter()
            .flat_map(|part| match part {
                Part::Literal(_) => [].iter(),
                Part::Expression(_, variables) => variables.iter(),
            })
            .map(|v| v.name.as_str())
    }

    /// Fills the template. What `value` does not know, and `null`, is left out as the RFC has it.
    ///
    /// # Errors
    /// [`UriTemplateError`] where a prefix (`{x:3}`) is asked of a list or an object, or where
    /// a list or an object holds other lists or objects.
    pub(super) fn expand(
        &self,
        value: &dyn Fn(&str) -> Option<Value>,
    ) -> Result<String, UriTemplateError> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Expression(operator, variables) => {
                    let mut started = false;
                    for variable in variables {
                        if let Some(value) = value(&variable.name) {
                            expand_one(&mut out, operator, variable, &value, &mut started)?;
                        }
                    }
                }
            }
        }
        Ok(out)
    }
}

fn parse_expression(inside: &str, at: usize) -> Result<Part, UriTemplateError> {
    let fail = |problem| Err(UriTemplateError { at, problem });
    let sign = inside.chars().next().unwrap_or('}');
    let found = OPERATORS.iter().find(|o| o.sign == sign);
    let list = match found {
        Some(_) => inside.get(1..).unwrap_or_default(),
        None => inside,
    };
    let mut variables = Vec::new();
    for spec in list.split(',') {
        let (name, prefix, explode) = if let Some(name) = spec.strip_suffix('*') {
            (name, None, true)
        } else if let Some((name, length)) = spec.split_once(':') {
            let digits = (1..=4).contains(&length.len())
                && !length.starts_with('0')
                && length.bytes().all(|b| b.is_ascii_digit());
            match length.parse() {
                Ok(n) if digits => (name, Some(n), false),
                _ => return fail("a prefix is a number from 1 to 9999"),
            }
        } else {
            (spec, None, false)
        };
        if !is_variable_name(name) {
            return fail("a variable's name is letters, digits, `_`, `.` and %-encoded characters");
        }
        variables.push(Variable {
            name: name.to_owned(),
            prefix,
            explode,
        });
    }
    Ok(Part::Expression(found.unwrap_or(&SIMPLE), variables))
}

fn is_variable_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut i = 0;
    let mut after_dot = true;
    while let Some(b) = bytes.get(i) {
        match b {
            b'.' if !after_dot => after_dot = true,
            b'%' if is_hex(bytes, i + 1) && is_hex(bytes, i + 2) => {
                after_dot = false;
                i += 2;
            }
            b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => after_dot = false,
            _ => return false,
        }
        i += 1;
    }
    !after_dot
}

fn is_hex(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_hexdigit)
}

/// RFC 6570, section 2.1, with its erratum 6937 that lets the apostrophe stand (OData writes it).
fn check_literal(literal: &str, offset: usize) -> Result<(), UriTemplateError> {
    for (i, c) in literal.char_indices() {
        let stray_percent =
            c == '%' && !(is_hex(literal.as_bytes(), i + 1) && is_hex(literal.as_bytes(), i + 2));
        if stray_percent || c.is_control() || " \"<>\\^`|}".contains(c) {
            return Err(UriTemplateError {
                at: offset + i,
                problem: "this character cannot stand in an address; write it %-encoded",
            });
        }
    }
    Ok(())
}

/// Percent-encodes all but the unreserved characters; with `reserved`, the reserved ones and
/// what is already percent-encoded stay too (RFC 6570, section 3.2.1).
pub(super) fn encode(out: &mut String, text: &str, reserved: bool) {
    let bytes = text.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        let keep = b.is_ascii_alphanumeric()
            || b"-._~".contains(&b)
            || (reserved
                && (b":/?#[]@!$&'()*+,;=".contains(&b)
                    || (b == b'%' && is_hex(bytes, i + 1) && is_hex(bytes, i + 2))));
        if keep {
            out.push(char::from(b));
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
}

/// The number that a text holds, written as JSON writes numbers. (Not by the standard library's
/// own parser, whose tables would be in the Wasm beside those of the JSON parser.)
pub(super) fn number_in(text: &str) -> Option<f64> {
    serde_json::from_str::<Value>(text.trim()).ok()?.as_f64()
}

/// A scalar as text; `None` for `null`, lists and objects.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

fn expand_one(
    out: &mut String,
    operator: &Operator,
    variable: &Variable,
    value: &Value,
    started: &mut bool,
) -> Result<(), UriTemplateError> {
    let fail = |problem| Err(UriTemplateError { at: 0, problem });
    // A list is its items without names, an object its pairs; both skip what is null.
    let mut items: Vec<(Option<&str>, String)> = Vec::new();
    match value {
        Value::Null => {}
        Value::Array(list) => {
            for item in list.iter().filter(|v| !v.is_null()) {
                match scalar_text(item) {
                    Some(text) => items.push((None, text)),
                    None => return fail("a list in an address may hold only texts and numbers"),
                }
            }
        }
        Value::Object(map) => {
            for (key, item) in map.iter().filter(|(_, v)| !v.is_null()) {
                match scalar_text(item) {
                    Some(text) => items.push((Some(key), text)),
                    None => return fail("an object in an address may hold only texts and numbers"),
                }
            }
        }
        scalar => {
            let mut text = scalar_text(scalar).unwrap_or_default();
            if let Some(length) = variable.prefix {
                text = text.chars().take(length).collect();
            }
            start(out, operator, started);
            name_of(out, operator, &variable.name, &text);
            encode(out, &text, operator.reserved);
            return Ok(());
        }
    }
    if items.is_empty() {
        return Ok(());
    }
    if variable.prefix.is_some() {
        return fail("a prefix is possible only of a text");
    }
    if variable.explode {
        for (key, text) in &items {
            start(out, operator, started);
            match key {
                Some(key) => {
                    encode(out, key, operator.reserved);
                    out.push_str(if operator.named && text.is_empty() {
                        operator.if_empty
                    } else {
                        "="
                    });
                }
                None => name_of(out, operator, &variable.name, text),
            }
            encode(out, text, operator.reserved);
        }
        return Ok(());
    }
    start(out, operator, started);
    name_of(out, operator, &variable.name, "x");
    for (i, (key, text)) in items.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        if let Some(key) = key {
            encode(out, key, operator.reserved);
            out.push(',');
        }
        encode(out, text, operator.reserved);
    }
    Ok(())
}

fn start(out: &mut String, operator: &Operator, started: &mut bool) {
    if std::mem::replace(started, true) {
        out.push(operator.separator);
    } else {
        out.push_str(operator.first);
    }
}

fn name_of(out: &mut String, operator: &Operator, name: &str, text: &str) {
    if operator.named {
        out.push_str(name);
        out.push_str(if text.is_empty() {
            operator.if_empty
        } else {
            "="
        });
    }
}

#[cfg(test)]
mod tests;
