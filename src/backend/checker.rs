//! Reading a mapping document with care: each mistake is reported with its place and what is
//! wrong; with the feature `explain` also with the nearest right thing.

use super::explain::says;
use super::http::{is_header_name, is_header_value};
use super::schema;
use super::select::Selector;
use super::template::{escape_pointer, render};
use crate::model::{NAME, clean_line};
use serde_json::{Map, Value};
use std::fmt;

/// A mistake in a mapping document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingProblem {
    /// Where: a JSON Pointer (RFC 6901) into the document, `extends` merged in.
    pub pointer: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it; may be empty, and is without the feature `explain`.
    pub hint: String,
}

impl fmt::Display for MappingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.pointer.as_str() {
            "" => "the document",
            pointer => pointer,
        })?;
        f.write_str(": ")?;
        f.write_str(&self.problem)?;
        if self.hint.is_empty() {
            return Ok(());
        }
        f.write_str(" (")?;
        f.write_str(&self.hint)?;
        f.write_str(")")
    }
}

impl std::error::Error for MappingProblem {}

/// Collects the problems of one document.
#[derive(Debug, Default)]
pub(super) struct Checker {
    pub(super) problems: Vec<MappingProblem>,
}

/// Most problems that are reported.
const MOST: usize = 50;

/// The pointer of a member.
#[inline(never)]
pub(super) fn below(pointer: &str, key: &str) -> String {
    [pointer, "/", &escape_pointer(key)].concat()
}

impl Checker {
    /// Reports a mistake; `%` in `problem` stands for `word`.
    #[inline(never)]
    pub(super) fn add(&mut self, pointer: &str, problem: &str, word: &str, hint: &str) {
        let (before, after) = problem.split_once('%').unwrap_or((problem, ""));
        let word = if after.is_empty() { "" } else { word };
        let problem = MappingProblem {
            pointer: pointer.to_owned(),
            problem: [before, word, after].concat(),
            hint: hint.to_owned(),
        };
        // What several operations share is read for each of them, and told once.
        if self.problems.len() < MOST && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Reports that something of another kind should stand here.
    #[inline(never)]
    fn expected(&mut self, pointer: &str, what: &str, found: &Value) {
        let value = shown(found);
        if cfg!(feature = "explain") {
            let found = kind(found);
            let problem = format!("{what} should stand here, not {found} (`%`)");
            self.add(pointer, &problem, &value, "");
        } else {
            self.add(pointer, "`%` is not as described", &value, "");
        }
    }

    /// A member of any type; `null` counts as absent.
    #[inline(never)]
    pub(super) fn member<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
        map.get(key).filter(|v| !v.is_null())
    }

    /// Reports a word that is not among those known here.
    #[inline(never)]
    pub(super) fn unknown(&mut self, key: &str, pointer: &str, known: &[&str]) {
        #[cfg(feature = "explain")]
        super::lint::unknown(key, pointer, known, self);
        #[cfg(not(feature = "explain"))]
        {
            let _ = known;
            self.add(&below(pointer, key), "unknown", "", "");
        }
    }

    /// Checks a value against its kind in the [`schema`].
    pub(super) fn check(&mut self, value: &Value, pointer: &str, kind: &'static str) {
        let text = value.as_str();
        match kind {
            "any" => {}
            "text" if text.is_some() => {}
            "flag" if value.is_boolean() => {}
            "selector" => match text.map(Selector::parse) {
                None => self.expected(pointer, "a selector", value),
                Some(Ok(_)) => {}
                Some(Err(e)) => {
                    let text = text.unwrap_or_default();
                    let problem = ["`%` is no selector: ", &e.words()].concat();
                    self.add(pointer, &problem, text, "");
                }
            },
            "template" => {
                if let Err((inside, e)) = render(value, &mut |_| Value::Null) {
                    self.add(&[pointer, &inside].concat(), &e.words(), "", "");
                }
            }
            "field" if text.is_some() => self.check(value, pointer, "selector"),
            "field" if value.is_object() => {
                self.check(value, pointer, "{field}");
                if value.get("select").or(value.get("default")).is_none() {
                    let problem = says("it says neither `select` nor `default`");
                    self.add(pointer, problem, "", "");
                }
            }
            "field" => self.expected(pointer, "a selector or an object", value),
            "text" => self.expected(pointer, "a text", value),
            "flag" => self.expected(pointer, "true or false", value),
            "statuses" => {
                let status = |v: &Value| v.as_u64().is_some_and(|n| (200..600).contains(&n));
                if !value.as_array().is_some_and(|list| list.iter().all(status)) {
                    self.expected(pointer, "a list of statuses, like [200, 201],", value);
                }
            }
            kind => self.check_composed(value, pointer, kind),
        }
    }

    /// Checks objects, choices and numbers.
    fn check_composed(&mut self, value: &Value, pointer: &str, kind: &'static str) {
        if kind.contains('|') {
            let text = value.as_str().unwrap_or_default();
            if value.is_string() && !kind.split('|').any(|known| known == text) {
                #[cfg(feature = "explain")]
                let hint = super::lint::did_you_mean(text, &kind.split('|').collect::<Vec<_>>());
                #[cfg(not(feature = "explain"))]
                let hint = String::new();
                self.add(pointer, "`%` is not known here", text, &hint);
            } else if !value.is_string() {
                self.expected(pointer, "a text", value);
            }
            return;
        }
        if let Some((least, most)) = kind.split_once('-') {
            let bound = |text: &str| text.parse().unwrap_or(0);
            let sound = value.as_u64();
            if !sound.is_some_and(|n| (bound(least)..=bound(most)).contains(&n)) {
                let problem = [
                    "a whole number from ",
                    least,
                    " to ",
                    most,
                    " should stand here, not `%`",
                ];
                self.add(pointer, &problem.concat(), &shown(value), "");
            }
            return;
        }
        let Some(map) = value.as_object() else {
            return self.expected(pointer, "an object", value);
        };
        let name = kind.trim_matches(['{', '}', '*']);
        let members = schema::members(name);
        for (key, value) in map {
            if key == "$comment" {
                continue;
            }
            let here = below(pointer, key);
            if kind == "headers" {
                self.check_header(key, value, &here);
                continue;
            }
            let mut kinds = members.split(' ').map(schema::member);
            let kind = match kind.strip_prefix("{*").and_then(|k| k.strip_suffix('}')) {
                Some("call") => Some("{call}"),
                Some(any) => Some(any),
                None => kinds.find(|(known, _)| known == key).map(|(_, kind)| kind),
            };
            match kind {
                Some(kind) if !value.is_null() => self.check(value, &here, kind),
                Some(_) => {}
                None => {
                    let known: Vec<&str> =
                        members.split(' ').map(|m| schema::member(m).0).collect();
                    self.unknown(key, pointer, &known);
                }
            }
        }
    }

    fn check_header(&mut self, name: &str, value: &Value, pointer: &str) {
        if name.eq_ignore_ascii_case("authorization") {
            let problem = says("a secret in a page can be read by everybody who opens it");
            self.add(pointer, problem, "", "");
        } else if !is_header_name(name) || !value.as_str().is_none_or(is_header_value) {
            self.add(pointer, says("this cannot be a header"), "", "");
        }
        #[cfg(feature = "explain")]
        super::lint::header(name, pointer, self);
        self.check(value, pointer, "template");
    }
}

/// A value as messages show it: its JSON on one line, as far as it is short.
#[inline(never)]
fn shown(value: &Value) -> String {
    clean_line(&value.to_string(), NAME)
}

/// The kind of a JSON value, with its article.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::super::mapping::Mapping;
    use serde_json::json;

    /// Also without the feature `explain`, as the widget has it.
    #[test]
    fn place_and_wrong_value_are_always_told() {
        for (document, place, value) in [
            (json!({"timeoutMs": 3, "base": "/a"}), "/timeoutMs", "3"),
            (json!({"name": ["x"], "base": "/a"}), "/name", "[\"x\"]"),
            (
                json!({"auth": "bearer", "base": "/a"}),
                "/auth",
                "\"bearer\"",
            ),
            (
                json!({"auth": {"kind": "baerer"}, "base": "/a"}),
                "/auth/kind",
                "baerer",
            ),
            (
                json!({"records": {"person": {"id": 7}}, "base": "/a"}),
                "/records/person/id",
                "7",
            ),
            (
                json!({"records": {"person": {"id": "a["}}, "base": "/a"}),
                "/records/person/id",
                "a[",
            ),
            (
                json!({"operations": {"me": {"call": "GET /{x}"}}, "base": "/a"}),
                "/operations/me/call",
                "x",
            ),
            (
                json!({"operations": {"me": {"call": "GOT /"}}, "base": "/a"}),
                "/operations/me/call",
                "GOT",
            ),
            (
                json!({"operations": {"me": {"call": "GET /", "success": [99]}}, "base": "/a"}),
                "/operations/me/success",
                "[99]",
            ),
            (
                json!({"operations": {"me": "GET /"}, "base": "intranet"}),
                "/base",
                "intranet",
            ),
            (json!({"extends": "redmin"}), "/extends", "redmin"),
            (json!({"bse": "/a", "base": "/a"}), "/bse", "bse"),
        ] {
            let told = Mapping::parse(&document.to_string(), None, &|_| None).unwrap_err();
            let told: Vec<String> = told.iter().map(ToString::to_string).collect();
            let both =
                |line: &&String| line.starts_with(&format!("{place}: ")) && line.contains(value);
            assert!(told.iter().any(|line| both(&line)), "{document}: {told:?}");
        }
    }
}
