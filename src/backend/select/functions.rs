//! The functions of selectors.
//!
//! From JMESPath: `contains`, `join`, `keys`, `length`, `not_null`, `starts_with`, `to_number`,
//! `to_string`, `values`; the others cost kilobytes, and no mapping has needed them.
//! Ours, for what real backends do: `parse_json(text)`, `split(text, separator)`,
//! `zip(names, rows)` for rows as arrays, `lookup(list, key, ids)` for parts that refer to each
//! other, `header(name)`, `plain_text(html)`, `lower(text)`, and for writing
//! `quote(value, grammar)` and `raw(value)`.

use super::Expression;
use super::eval::{NULL, Scope, again, eval, owned};
use crate::backend::html::plain_text;
use crate::backend::quote::Grammar;
use crate::backend::uri_template::scalar_text;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Contains,
    Header,
    Join,
    Keys,
    Length,
    Lookup,
    Lower,
    NotNull,
    ParseJson,
    PlainText,
    Quote,
    Raw,
    Split,
    StartsWith,
    ToNumber,
    ToString,
    Values,
    Zip,
}

/// Name, function, fewest and most arguments.
const FUNCTIONS: [(&str, Function, usize, usize); 18] = [
    ("contains", Function::Contains, 2, 2),
    ("header", Function::Header, 1, 1),
    ("join", Function::Join, 2, 2),
    ("keys", Function::Keys, 1, 1),
    ("length", Function::Length, 1, 1),
    ("lookup", Function::Lookup, 3, 3),
    ("lower", Function::Lower, 1, 1),
    ("not_null", Function::NotNull, 1, 20),
    ("parse_json", Function::ParseJson, 1, 1),
    ("plain_text", Function::PlainText, 1, 1),
    ("quote", Function::Quote, 2, 2),
    ("raw", Function::Raw, 1, 1),
    ("split", Function::Split, 2, 2),
    ("starts_with", Function::StartsWith, 2, 2),
    ("to_number", Function::ToNumber, 1, 1),
    ("to_string", Function::ToString, 1, 1),
    ("values", Function::Values, 1, 1),
    ("zip", Function::Zip, 2, 2),
];

impl Function {
    pub(super) fn named(name: &str) -> Option<Self> {
        FUNCTIONS.iter().find(|f| f.0 == name).map(|f| f.1)
    }

    pub(super) fn names() -> String {
        FUNCTIONS.map(|f| f.0).join(", ")
    }

    fn arity(self) -> (usize, usize) {
        FUNCTIONS
            .iter()
            .find(|f| f.1 == self)
            .map_or((0, 0), |f| (f.2, f.3))
    }

    pub(super) fn takes(self, count: usize) -> bool {
        let (least, most) = self.arity();
        (least..=most).contains(&count)
    }

    pub(super) fn arity_in_words(self) -> String {
        match self.arity() {
            (1, 1) => "1 argument".to_owned(),
            (least, most) if least == most => format!("{least} arguments"),
            (least, most) => format!("{least} to {most} arguments"),
        }
    }
}

/// Calls a function; what it cannot take gives `null`.
pub(super) fn call<'a>(
    function: Function,
    arguments: &[Expression],
    at: Cow<'a, Value>,
    scope: &Scope<'a>,
) -> Cow<'a, Value> {
    if function == Function::NotNull {
        return arguments
            .iter()
            .map(|e| eval(e, again(&at, scope), scope))
            .find(|v| !v.is_null())
            .unwrap_or(NULL);
    }
    let here = at.as_ref();
    let mut values = arguments
        .iter()
        .map(|e| eval(e, Cow::Borrowed(here), scope));
    let (first, second, third) = (
        values.next().unwrap_or(NULL),
        values.next().unwrap_or(NULL),
        values.next().unwrap_or(NULL),
    );
    Cow::Owned(apply(function, first, &second, &third, scope).unwrap_or(Value::Null))
}

fn apply(
    function: Function,
    first: Cow<'_, Value>,
    second: &Value,
    third: &Value,
    scope: &Scope<'_>,
) -> Option<Value> {
    let value = first.as_ref();
    Some(match function {
        Function::Contains => Value::Bool(match value {
            Value::String(text) => text.contains(second.as_str()?),
            Value::Array(list) => list.contains(second),
            _ => return None,
        }),
        Function::StartsWith => Value::Bool(value.as_str()?.starts_with(second.as_str()?)),
        Function::Header => Value::String(scope.header(value.as_str()?)?.to_owned()),
        Function::Join => {
            let parts: Vec<String> = second.as_array()?.iter().filter_map(scalar_text).collect();
            Value::String(parts.join(value.as_str()?))
        }
        Function::Keys => value
            .as_object()?
            .keys()
            .map(|k| Value::from(k.as_str()))
            .collect(),
        Function::Values => match owned(first, scope) {
            Value::Object(map) => map.into_iter().map(|(_, v)| v).collect(),
            _ => return None,
        },
        Function::Length => Value::from(match value {
            Value::String(text) => text.chars().count(),
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => return None,
        }),
        Function::Lookup => return lookup(value.as_array()?, second.as_str()?, third, scope),
        Function::Lower => Value::String(crate::model::lower_text(value.as_str()?)),
        Function::ParseJson => match value {
            Value::String(text) => serde_json::from_str(text).ok()?,
            // Some backends give the value itself once it is whole.
            _ => owned(first, scope),
        },
        Function::PlainText => Value::String(plain_text(value.as_str()?)),
        Function::Quote => Grammar::named(second.as_str()?)?.quote(value)?,
        Function::Raw => Value::String(scalar_text(value)?),
        Function::Split => {
            let separator = second.as_str().filter(|s| !s.is_empty())?;
            let parts = value.as_str()?.split(separator).map(str::trim);
            parts
                .filter(|p| !p.is_empty() && scope.spend(1))
                .map(Value::from)
                .collect()
        }
        Function::ToNumber => match value {
            Value::Number(_) => owned(first, scope),
            Value::String(text) => serde_json::from_str::<serde_json::Number>(text.trim())
                .ok()?
                .into(),
            _ => return None,
        },
        Function::ToString => match value {
            Value::String(_) => owned(first, scope),
            other => Value::String(other.to_string()),
        },
        Function::Zip => {
            let names: Vec<String> = value.as_array()?.iter().filter_map(scalar_text).collect();
            let Value::Array(rows) = owned(Cow::Borrowed(second), scope) else {
                return None;
            };
            rows.into_iter()
                .filter_map(|row| match row {
                    Value::Array(cells) => {
                        let mut row = Map::new();
                        row.extend(names.iter().cloned().zip(cells));
                        Some(Value::Object(row))
                    }
                    _ => None,
                })
                .collect()
        }
        Function::NotNull => return None,
    })
}

/// The members of `list` whose `key` is one of `ids` (an id or a list of ids, or of objects
/// with that key), in the order of the ids; one id gives one member, not a list.
fn lookup(list: &[Value], key: &str, ids: &Value, scope: &Scope<'_>) -> Option<Value> {
    let find = |id: &Value| {
        let id = scalar_text(id.get(key).unwrap_or(id))?;
        let found = list.iter().find(|member| {
            scope.spend(1) && member.get(key).and_then(scalar_text).as_deref() == Some(id.as_str())
        })?;
        Some(owned(Cow::Borrowed(found), scope))
    };
    match ids {
        Value::Array(ids) => Some(ids.iter().filter_map(find).collect()),
        id => find(id),
    }
}
