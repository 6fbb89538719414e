//! Writing: JSON in which a string `{=selector}` stands for a value.
//!
//! `"{=limit}"` alone becomes the value with its type; inside a longer text the value is written
//! as text, and then it must say for which grammar: `"name eq {=quote(q, 'odata')}"`, or
//! `{=raw(q)}` where the text has none. Where a value is missing, the member (or parameter, or
//! header) is left out as a whole.
//!
//! A template is walked as it is, once to check it and once for each call: calls are rare.

use super::explain::says;
use super::select::{Selector, SelectorError};
use super::uri_template::scalar_text;
use serde_json::{Map, Value};

/// Gives the value of a selector; `null` where it is missing.
pub(super) type Lookup<'l> = &'l mut dyn FnMut(&Selector) -> Value;

/// A mistake in a template: the JSON Pointer of its place inside, and what is wrong.
pub(super) type TemplateError = (String, SelectorError);

/// Deepest template.
const DEEPEST: usize = 40;

/// Fills a template in; `null` where a value that it needs is missing.
///
/// # Errors
/// [`TemplateError`] where a text in it is no template.
pub(super) fn render(template: &Value, lookup: Lookup<'_>) -> Result<Value, TemplateError> {
    let mut render = Render {
        lookup,
        missing: false,
        pointer: String::new(),
        error: None,
    };
    let value = render.at(template, DEEPEST);
    match render.error {
        Some(error) => Err((render.pointer, error)),
        None if render.missing => Ok(Value::Null),
        None => Ok(value),
    }
}

struct Render<'l> {
    lookup: Lookup<'l>,
    /// Whether a value was missing in what was filled in last.
    missing: bool,
    /// The place; after a mistake it stays there.
    pointer: String,
    error: Option<SelectorError>,
}

impl Render<'_> {
    fn at(&mut self, template: &Value, depth: usize) -> Value {
        self.missing = false;
        match template {
            _ if depth == 0 => {
                self.fail(0, says("this is nested too deeply"));
                Value::Null
            }
            Value::String(text) => self.text(text),
            Value::Array(list) => {
                let mut out = Vec::new();
                for (i, inner) in list.iter().enumerate() {
                    let value = self.inside(&Value::from(i).to_string(), inner, depth);
                    if !self.missing {
                        out.push(value);
                    }
                }
                self.missing = false;
                Value::Array(out)
            }
            Value::Object(map) => {
                let mut out = Map::new();
                for (key, inner) in map {
                    let value = self.inside(key, inner, depth);
                    if !self.missing {
                        out.insert(key.clone(), value);
                    }
                }
                self.missing = false;
                Value::Object(out)
            }
            other => other.clone(),
        }
    }

    fn inside(&mut self, key: &str, inner: &Value, depth: usize) -> Value {
        let length = self.pointer.len();
        if self.error.is_none() {
            self.pointer.push('/');
            self.pointer.push_str(&escape_pointer(key));
        }
        let value = self.at(inner, depth - 1);
        if self.error.is_none() {
            self.pointer.truncate(length);
        }
        value
    }

    /// Notes the first mistake.
    fn fail(&mut self, at: usize, problem: &str) {
        if self.error.is_none() {
            self.error = Some(SelectorError::new(at, problem));
        }
    }

    fn text(&mut self, text: &str) -> Value {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, inside)) = rest.split_once("{=") {
            out.push_str(before);
            let offset = text.len() - inside.len();
            let Some(end) = closing_brace(inside) else {
                self.fail(offset, says("`{=` is never closed by `}`"));
                break;
            };
            let (selector, after) = inside.split_at(end);
            let selector = match Selector::parse(selector) {
                Ok(selector) => selector,
                Err(e) => {
                    self.fail(e.at + offset, &e.problem);
                    break;
                }
            };
            rest = after.get(1..).unwrap_or_default();
            let value = (self.lookup)(&selector);
            if offset == 2 && rest.is_empty() {
                self.missing = value.is_null();
                return value;
            }
            if !selector.is_written_for_a_grammar() {
                self.fail(
                    offset,
                    says(
                        "a value inside a text must be written for its grammar, or it could \
                         change the text's meaning: {=quote(x, 'odata')}, or {=raw(x)} where the \
                         text has none",
                    ),
                );
            }
            match scalar_text(&value) {
                Some(value) => out.push_str(&value),
                None => self.missing = true,
            }
        }
        out.push_str(rest);
        Value::String(out)
    }
}

/// Where the brace is that closes an expression: braces of `{a: b}` and quotations are skipped.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = 0;
    let mut guarded = false;
    for (at, &b) in text.as_bytes().iter().enumerate() {
        if quote != 0 {
            if b == quote && !guarded {
                quote = 0;
            }
            guarded = b == b'\\' && !guarded;
            continue;
        }
        match b {
            b'\'' | b'"' | b'`' => quote = b,
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A key as a JSON Pointer writes it (RFC 6901, section 3).
pub(super) fn escape_pointer(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        match c {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn filled(template: Value, values: Value) -> Result<Value, TemplateError> {
        super::render(&template, &mut |selector| selector.select_in(&values, &[]))
    }

    fn render(template: Value, values: Value) -> Option<Value> {
        filled(template, values).ok().filter(|v| !v.is_null())
    }

    #[test]
    fn values_keep_their_type_and_missing_ones_leave_no_trace() {
        let template = json!({
            "fields": {"summary": "{=question}", "labels": "{=skills}", "due": "{=due}", "project": {"key": "HELP"}},
            "n": "{=length(skills)}", "text": "{=raw(question)} ({=raw(who.name)})", "gone": "by {=raw(due)}",
            "list": ["{=due}", "{={a: 'x}', b: question}}"], "null": null, "private": "{=visibility=='private'}"
        });
        let values = json!({"question": "Why?", "skills": ["a", "b"], "who": {"name": "Ada"}, "visibility": "open"});
        assert_eq!(
            render(template, values),
            Some(json!({
                "fields": {"summary": "Why?", "labels": ["a", "b"], "project": {"key": "HELP"}},
                "n": 2, "text": "Why? (Ada)", "list": [{"a": "x}", "b": "Why?"}], "null": null, "private": false
            }))
        );
    }

    #[test]
    fn a_value_inside_a_query_must_be_quoted() {
        let (pointer, error) = filled(json!({"a/b": ["name eq '{=q}'"]}), json!({})).unwrap_err();
        assert_eq!((pointer.as_str(), error.at), ("/a~1b/0", 11));
        assert_eq!(
            render(
                json!("name eq {=quote(q, 'odata')}"),
                json!({"q": "x' or 'a' eq 'a"})
            ),
            Some(json!("name eq 'x'' or ''a'' eq ''a'"))
        );
        assert_eq!(
            render(json!("name eq {=quote(q, 'odata')}"), json!({})),
            None
        );
        assert!(filled(json!("{=a"), json!({})).is_err());
        assert_eq!(render(json!("{='{='}"), json!({})), Some(json!("{=")));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[{}=a'\"`.\\\\ é(]{0,20}") {
            let _ = filled(json!(text), json!({"a": 1}));
        }
    }
}
