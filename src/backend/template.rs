//! Writing: JSON in which a string `{=selector}` stands for a value.
//!
//! `"{=limit}"` alone becomes the value with its type; inside a longer text the value is written
//! as text, and then it must say for which grammar: `"name eq {=quote(q, 'odata')}"`, or
//! `{=raw(q)}` where the text has none. Where a value is missing, the member (or parameter, or
//! header) is left out as a whole.

use super::select::{Scope, Selector, SelectorError};
use super::uri_template::scalar_text;
use serde_json::{Map, Value};

/// A parsed template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Template {
    Literal(Value),
    Value(Selector),
    Text(Vec<Piece>),
    List(Vec<Template>),
    Object(Vec<(String, Template)>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Literal(String),
    Value(Selector),
}

/// Deepest template.
const DEEPEST: usize = 40;

impl Template {
    /// Reads a template; an error comes with the JSON Pointer of its place inside `value`.
    pub(super) fn parse(value: &Value) -> Result<Self, (String, SelectorError)> {
        Self::parse_at(value, 0)
    }

    fn parse_at(value: &Value, depth: usize) -> Result<Self, (String, SelectorError)> {
        if depth > DEEPEST {
            let problem = "this is nested too deeply".to_owned();
            return Err((String::new(), SelectorError { at: 0, problem }));
        }
        let below = |key: String, inner: &Value| {
            Self::parse_at(inner, depth + 1)
                .map_err(|(pointer, e)| (format!("/{}{pointer}", escape_pointer(&key)), e))
        };
        match value {
            Value::String(text) => Self::parse_text(text).map_err(|e| (String::new(), e)),
            Value::Array(list) => {
                let items = list
                    .iter()
                    .enumerate()
                    .map(|(i, v)| below(i.to_string(), v));
                Ok(Self::List(items.collect::<Result<_, _>>()?))
            }
            Value::Object(map) => {
                let members = map
                    .iter()
                    .map(|(k, v)| Ok((k.clone(), below(k.clone(), v)?)));
                Ok(Self::Object(members.collect::<Result<_, _>>()?))
            }
            other => Ok(Self::Literal(other.clone())),
        }
    }

    fn parse_text(text: &str) -> Result<Self, SelectorError> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
            let Some(start) = rest.find("{=") else {
                pieces.push(Piece::Literal(rest.to_owned()));
                break;
            };
            if start > 0 {
                pieces.push(Piece::Literal(
                    rest.get(..start).unwrap_or_default().to_owned(),
                ));
            }
            let inside = rest.get(start + 2..).unwrap_or_default();
            let offset = at + start + 2;
            let fail = |problem: &str| SelectorError {
                at: offset,
                problem: problem.to_owned(),
            };
            let end = closing_brace(inside).ok_or_else(|| fail("`{=` is never closed by `}`"))?;
            let selector = Selector::parse(inside.get(..end).unwrap_or_default()).map_err(|e| {
                SelectorError {
                    at: e.at + offset,
                    problem: e.problem,
                }
            })?;
            if start + end + 3 == rest.len() && pieces.is_empty() {
                return Ok(Self::Value(selector));
            }
            if !selector.is_written_for_a_grammar() {
                return Err(fail(
                    "a value inside a text must be written for its grammar, or it could change the \
                     text's meaning: {=quote(x, 'odata')}, or {=raw(x)} where the text has none",
                ));
            }
            pieces.push(Piece::Value(selector));
            at += start + end + 3;
        }
        Ok(match pieces.as_slice() {
            [Piece::Literal(_)] | [] => Self::Literal(Value::from(text)),
            _ => Self::Text(pieces),
        })
    }

    /// Fills it in; `None` where a value that it needs is missing.
    pub(super) fn render(&self, values: &Value) -> Option<Value> {
        match self {
            Self::Literal(value) => Some(value.clone()),
            Self::Value(selector) => {
                let scope = Scope::new(values, &[]);
                let value = selector.select(values, &scope).into_owned();
                (!value.is_null()).then_some(value)
            }
            Self::Text(pieces) => {
                let scope = Scope::new(values, &[]);
                let mut out = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Literal(text) => out.push_str(text),
                        Piece::Value(s) => out.push_str(&scalar_text(&s.select(values, &scope))?),
                    }
                }
                Some(Value::String(out))
            }
            Self::List(items) => Some(items.iter().filter_map(|t| t.render(values)).collect()),
            Self::Object(members) => {
                let mut map = Map::new();
                for (key, template) in members {
                    if let Some(value) = template.render(values) {
                        map.insert(key.clone(), value);
                    }
                }
                Some(Value::Object(map))
            }
        }
    }

    /// Calls `visit` with every selector in it.
    pub(super) fn each_selector<'a>(&'a self, visit: &mut dyn FnMut(&'a Selector)) {
        match self {
            Self::Literal(_) => {}
            Self::Value(selector) => visit(selector),
            Self::Text(pieces) => {
                for piece in pieces {
                    if let Piece::Value(selector) = piece {
                        visit(selector);
                    }
                }
            }
            Self::List(items) => items.iter().for_each(|t| t.each_selector(visit)),
            Self::Object(members) => members.iter().for_each(|(_, t)| t.each_selector(visit)),
        }
    }
}

/// Where the brace is that closes an expression: braces of `{a: b}` and quotations are skipped.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0;
    let mut quote = None;
    let mut guarded = false;
    for (at, c) in text.char_indices() {
        if let Some(end) = quote {
            if c == end && !guarded {
                quote = None;
            }
            guarded = c == '\\' && !guarded;
            continue;
        }
        match c {
            '\'' | '"' | '`' => quote = Some(c),
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A key as a JSON Pointer writes it (RFC 6901, section 3).
pub(super) fn escape_pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn render(template: Value, values: Value) -> Option<Value> {
        Template::parse(&template).unwrap().render(&values)
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
        let (pointer, error) = Template::parse(&json!({"a/b": ["name eq '{=q}'"]})).unwrap_err();
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
        assert!(Template::parse(&json!("{=a")).is_err());
        assert_eq!(render(json!("{='{='}"), json!({})), Some(json!("{=")));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[{}=a'\"`.\\\\ é(]{0,20}") {
            if let Ok(template) = Template::parse(&json!(text)) {
                let _ = template.render(&json!({"a": 1}));
            }
        }
    }
}
