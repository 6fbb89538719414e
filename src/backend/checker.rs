//! Reading a mapping document with care: each mistake is reported with its place, what is wrong,
//! and the nearest right thing.

use super::select::Selector;
use super::template::{Template, escape_pointer};
use serde_json::{Map, Value};
use std::fmt;

/// A mistake in a mapping document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingProblem {
    /// Where: a JSON Pointer (RFC 6901) into the document, `extends` merged in.
    pub pointer: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

impl fmt::Display for MappingProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the document"
        } else {
            &self.pointer
        };
        write!(f, "{place}: {}", self.problem)?;
        if self.hint.is_empty() {
            Ok(())
        } else {
            write!(f, " ({})", self.hint)
        }
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
    format!("{pointer}/{}", escape_pointer(key))
}

impl Checker {
    /// Reports a mistake. Thin and generic, so that the many places that call it stay small.
    #[inline]
    pub(super) fn add(&mut self, pointer: &str, problem: impl AsRef<str>, hint: impl AsRef<str>) {
        self.push(pointer, problem.as_ref(), hint.as_ref());
    }

    #[inline(never)]
    fn push(&mut self, pointer: &str, problem: &str, hint: &str) {
        let problem = MappingProblem {
            pointer: pointer.to_owned(),
            problem: problem.to_owned(),
            hint: hint.to_owned(),
        };
        // What several operations share is read for each of them, and told once.
        if self.problems.len() < MOST && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Reports that something of another kind should stand here.
    #[inline(never)]
    pub(super) fn expected(&mut self, pointer: &str, what: &str, found: &Value) {
        self.push(
            pointer,
            &format!("{what} should stand here, not {}", kind(found)),
            "",
        );
    }

    /// An object whose keys are all among `known`; anything else is reported.
    #[inline(never)]
    pub(super) fn object<'a>(
        &mut self,
        value: &'a Value,
        pointer: &str,
        known: &[&str],
    ) -> Option<&'a Map<String, Value>> {
        let Some(map) = value.as_object() else {
            self.expected(pointer, "an object", value);
            return None;
        };
        for key in map.keys().filter(|k| !known.contains(&k.as_str())) {
            if !matches!(key.as_str(), "$comment" | "$schema") {
                self.add(
                    &below(pointer, key),
                    format!("`{key}` means nothing here"),
                    did_you_mean(key, known),
                );
            }
        }
        Some(map)
    }

    /// A member of any type; `null` counts as absent.
    #[inline(never)]
    pub(super) fn member<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
        map.get(key).filter(|v| !v.is_null())
    }

    #[inline(never)]
    pub(super) fn text<'a>(
        &mut self,
        map: &'a Map<String, Value>,
        pointer: &str,
        key: &str,
    ) -> Option<&'a str> {
        let value = Self::member(map, key)?;
        if value.as_str().is_none() {
            self.expected(&below(pointer, key), "a text", value);
        }
        value.as_str()
    }

    #[inline(never)]
    pub(super) fn flag(
        &mut self,
        map: &Map<String, Value>,
        pointer: &str,
        key: &str,
    ) -> Option<bool> {
        let value = Self::member(map, key)?;
        if value.as_bool().is_none() {
            self.add(&below(pointer, key), "true or false should stand here", "");
        }
        value.as_bool()
    }

    #[inline(never)]
    pub(super) fn number(
        &mut self,
        map: &Map<String, Value>,
        pointer: &str,
        key: &str,
        range: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = Self::member(map, key)?;
        let number = value
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .filter(|n| range.contains(n));
        if number.is_none() {
            let words = format!(
                "a whole number from {} to {} should stand here",
                range.start(),
                range.end()
            );
            self.add(&below(pointer, key), words, "");
        }
        number
    }

    #[inline(never)]
    pub(super) fn selector(
        &mut self,
        map: &Map<String, Value>,
        pointer: &str,
        key: &str,
    ) -> Option<Selector> {
        let text = self.text(map, pointer, key)?;
        self.parse_selector(text, &below(pointer, key))
    }

    #[inline(never)]
    pub(super) fn parse_selector(&mut self, text: &str, pointer: &str) -> Option<Selector> {
        match Selector::parse(text) {
            Ok(selector) => Some(selector),
            Err(e) => {
                self.add(
                    pointer,
                    format!("`{text}` is no selector: {e}"),
                    "selectors are JMESPath",
                );
                None
            }
        }
    }

    #[inline(never)]
    pub(super) fn template(&mut self, value: &Value, pointer: &str) -> Option<Template> {
        match Template::parse(value) {
            Ok(template) => Some(template),
            Err((inside, e)) => {
                self.add(&format!("{pointer}{inside}"), e.to_string(), "");
                None
            }
        }
    }

    /// One of a few names.
    #[inline]
    pub(super) fn choice<T: Copy>(
        &mut self,
        map: &Map<String, Value>,
        pointer: &str,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let at = self.position(map, pointer, key, &|i| choices.get(i).map(|c| c.0))?;
        choices.get(at).map(|c| c.1)
    }

    #[inline(never)]
    fn position<'n>(
        &mut self,
        map: &Map<String, Value>,
        pointer: &str,
        key: &str,
        name: &dyn Fn(usize) -> Option<&'n str>,
    ) -> Option<usize> {
        let text = self.text(map, pointer, key)?;
        let mut names = Vec::new();
        while let Some(known) = name(names.len()) {
            if known == text {
                return Some(names.len());
            }
            names.push(known);
        }
        let problem = format!("`{text}` is not known here");
        self.push(&below(pointer, key), &problem, &did_you_mean(text, &names));
        None
    }
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

/// The nearest known word, or all of them.
#[inline(never)]
pub(super) fn did_you_mean(word: &str, known: &[&str]) -> String {
    let word = word.to_ascii_lowercase();
    let nearest = known
        .iter()
        .map(|k| (distance(&word, &k.to_ascii_lowercase()), *k))
        .min();
    match nearest {
        Some((d, name)) if d <= 1 + word.chars().count() / 3 => format!("did you mean `{name}`?"),
        _ => format!("known here: {}", known.join(", ")),
    }
}

/// Edits between two words, a swap of neighbours counting as one (Damerau's distance in its
/// optimal string alignment form).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(60).collect(), b.chars().take(60).collect());
    let width = b.len() + 1;
    let mut table: Vec<usize> = vec![0; (a.len() + 1) * width];
    let at = |table: &[usize], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let cost = if i == 0 || j == 0 {
                i + j
            } else {
                let differs = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (at(&table, i - 1, j) + 1)
                    .min(at(&table, i, j - 1) + 1)
                    .min(at(&table, i - 1, j - 1) + differs);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(at(&table, i - 2, j - 2) + 1);
                }
                best
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = cost;
            }
        }
    }
    at(&table, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_right_thing() {
        assert_eq!(
            did_you_mean("pagng", &["paging", "parts"]),
            "did you mean `paging`?"
        );
        assert_eq!(
            did_you_mean("peopel.list", &["people.list", "me"]),
            "did you mean `people.list`?"
        );
        assert_eq!(
            did_you_mean("xyz", &["paging", "me"]),
            "known here: paging, me"
        );
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
