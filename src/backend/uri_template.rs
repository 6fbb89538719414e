//! URI Templates, levels 1 to 4 (RFC 6570): how a mapping writes addresses.
//!
//! `/people{?q,limit}` becomes `/people?q=tva&limit=20`. Values are percent-encoded by the rules
//! of the RFC, so nothing that a person types can leave its place, except where the mapping
//! itself asks for reserved expansion (`{+x}`, `{#x}`). Expansion takes JSON values: strings,
//! numbers and booleans, lists of those, and objects of those; `null` is undefined. A template is
//! read each time it is expanded: once to check it, then once for each call.

use super::explain::says;
use serde_json::Value;

/// Why a text is no URI Template, or cannot be expanded with these values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UriTemplateError {
    /// Byte offset in the template.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) problem: &'static str,
}

/// How one expression expands (RFC 6570, appendix A).
#[derive(Clone, Copy)]
struct Operator {
    /// What the expression begins with: `+ # . / ; ? &`, or 0.
    sign: u8,
    explode: bool,
}

impl Operator {
    fn first(self) -> &'static str {
        match self.sign {
            b'#' => "#",
            _ => self.separator_of(""),
        }
    }

    fn separator(self) -> &'static str {
        match self.sign {
            b'?' => "&",
            _ => self.separator_of(","),
        }
    }

    fn separator_of(self, plain: &'static str) -> &'static str {
        match self.sign {
            b'.' => ".",
            b'/' => "/",
            b';' => ";",
            b'?' => "?",
            b'&' => "&",
            _ => plain,
        }
    }

    fn is_reserved(self) -> bool {
        matches!(self.sign, b'+' | b'#')
    }

    fn is_named(self) -> bool {
        matches!(self.sign, b';' | b'?' | b'&')
    }
}

/// Fills the template. What is `null` is left out as the RFC has it; `value` is asked for each
/// name, in order.
///
/// # Errors
/// [`UriTemplateError`] where the text is no template of RFC 6570, where a prefix (`{x:3}`) is
/// asked of a list or an object, or where a list or an object holds other lists or objects.
pub(super) fn expand(
    template: &str,
    value: &mut dyn FnMut(&str) -> Value,
) -> Result<String, UriTemplateError> {
    let mut out = String::new();
    let mut at = 0;
    while let Some(rest) = template.get(at..).filter(|r| !r.is_empty()) {
        let fail = |problem| UriTemplateError { at, problem };
        if let Some(inside) = rest.strip_prefix('{') {
            let Some((inside, _)) = inside.split_once('}') else {
                return Err(fail(says("this brace is never closed")));
            };
            expression(&mut out, inside, value).map_err(fail)?;
            at += inside.len() + 2;
        } else {
            let literal = rest.split('{').next().unwrap_or_default();
            if !is_literal(literal) {
                return Err(fail(says(
                    "a character here cannot stand in an address; write it %-encoded",
                )));
            }
            encode(&mut out, literal, true);
            at += literal.len();
        }
    }
    Ok(out)
}

fn expression(
    out: &mut String,
    inside: &str,
    value: &mut dyn FnMut(&str) -> Value,
) -> Result<(), &'static str> {
    let sign = inside.bytes().next().filter(|b| b"+#./;?&".contains(b));
    let names = match sign {
        Some(_) => inside.get(1..).unwrap_or_default(),
        None => inside,
    };
    let mut started = false;
    for spec in names.split(',') {
        let mut name = spec;
        let mut prefix = 0;
        let mut explode = false;
        if let Some(exploded) = spec.strip_suffix('*') {
            (name, explode) = (exploded, true);
        } else if let Some((before, length)) = spec.split_once(':') {
            name = before;
            prefix = length.parse().unwrap_or(0);
            if !(1..=9_999).contains(&prefix) || length.starts_with(['0', '+']) {
                return Err(says("a prefix is a number from 1 to 9999"));
            }
        }
        if !is_variable_name(name) {
            return Err(says(
                "a variable's name is letters, digits, `_`, `.` and %-encoded characters",
            ));
        }
        let operator = Operator {
            sign: sign.unwrap_or(0),
            explode,
        };
        variable(out, operator, name, prefix, &value(name), &mut started)?;
    }
    Ok(())
}

fn is_variable_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let mut after_dot = true;
    for (i, &b) in bytes.iter().enumerate() {
        let sound = match b {
            b'.' => !after_dot,
            b'%' => is_encoded(bytes, i),
            b => b == b'_' || b.is_ascii_alphanumeric(),
        };
        if !sound {
            return false;
        }
        after_dot = b == b'.';
    }
    !after_dot
}

/// Whether a percent-encoded character begins at `at`.
fn is_encoded(bytes: &[u8], at: usize) -> bool {
    let hex = |at| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    bytes.get(at) == Some(&b'%') && hex(at + 1) && hex(at + 2)
}

/// RFC 6570, section 2.1, with its erratum 6937 that lets the apostrophe stand (OData writes it).
fn is_literal(literal: &str) -> bool {
    literal.char_indices().all(|(i, c)| {
        (c != '%' || is_encoded(literal.as_bytes(), i))
            && !c.is_control()
            && !" \"<>\\^`|}".contains(c)
    })
}

/// Percent-encodes all but the unreserved characters; with `reserved`, the reserved ones and
/// what is already percent-encoded stay too (RFC 6570, section 3.2.1).
#[inline(never)]
pub(super) fn encode(out: &mut String, text: &str, reserved: bool) {
    let bytes = text.as_bytes();
    for (i, &b) in bytes.iter().enumerate() {
        let keep = b.is_ascii_alphanumeric()
            || b"-._~".contains(&b)
            || (reserved && (b":/?#[]@!$&'()*+,;=".contains(&b) || is_encoded(bytes, i)));
        if keep {
            out.push(char::from(b));
        } else {
            let digit = |n: u8| char::from(if n < 10 { b'0' + n } else { b'A' - 10 + n });
            out.push('%');
            out.push(digit(b >> 4));
            out.push(digit(b & 15));
        }
    }
}

/// The number that a text holds, written as JSON writes numbers. (Not by the standard library's
/// own parser, whose tables would be in the Wasm beside those of the JSON parser.)
pub(super) fn number_in(text: &str) -> Option<f64> {
    serde_json::from_str::<Value>(text.trim()).ok()?.as_f64()
}

/// Whole numbers from here on do not all exist as floating-point numbers, which is what a number
/// beyond 64 bits becomes when it is parsed.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// A scalar as text; `None` for `null`, lists and objects, and for a number that lost digits when
/// it was parsed: as an identifier it could be somebody else's.
#[inline(never)]
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.clone()),
        Value::Number(n) if n.is_f64() && n.as_f64().is_none_or(|n| n.abs() >= INEXACT) => None,
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn variable(
    out: &mut String,
    operator: Operator,
    name: &str,
    prefix: usize,
    value: &Value,
    started: &mut bool,
) -> Result<(), &'static str> {
    // A list is its items without names, an object its pairs; both skip what is null.
    let mut items: Vec<(Option<&str>, &Value)> = Vec::new();
    match value {
        Value::Null => {}
        Value::Array(list) => list.iter().for_each(|item| items.push((None, item))),
        Value::Object(map) => map.iter().for_each(|(k, item)| items.push((Some(k), item))),
        scalar => items.push((None, scalar)),
    }
    items.retain(|(_, item)| !item.is_null());
    let is_scalar = !value.is_array() && !value.is_object();
    if prefix > 0 && !is_scalar && !items.is_empty() {
        return Err(says("a prefix is possible only of a text"));
    }
    let apart = operator.explode && !is_scalar;
    let reserved = operator.is_reserved();
    for (i, (key, item)) in items.iter().enumerate() {
        let Some(mut text) = scalar_text(item) else {
            return Err(says(
                "what stands in an address holds only texts and numbers",
            ));
        };
        if let Some((end, _)) = text.char_indices().nth(prefix).filter(|_| prefix > 0) {
            text.truncate(end);
        }
        if i == 0 || apart {
            out.push_str(if std::mem::replace(started, true) {
                operator.separator()
            } else {
                operator.first()
            });
        } else {
            out.push(',');
        }
        // The name stands before each part, or once before all of them.
        let is_pair = apart && key.is_some();
        if is_pair || (operator.is_named() && (apart || i == 0)) {
            let label = key.filter(|_| apart);
            match label {
                Some(key) => encode(out, key, reserved),
                None => out.push_str(name),
            }
            let has_text = !text.is_empty() || !(apart || is_scalar);
            if has_text || operator.sign != b';' {
                out.push('=');
            }
        }
        if let Some(key) = key.filter(|_| !apart) {
            encode(out, key, reserved);
            out.push(',');
        }
        encode(out, &text, reserved);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
