//! The functions of selectors.
//!
//! From JMESPath: `contains`, `join`, `keys`, `length`, `not_null`, `starts_with`, `to_number`,
//! `to_string`, `values`; the others cost kilobytes, and no mapping has needed them.
//! Ours, for what real backends do: `parse_json(text)`, `split(text, separator)`,
//! `zip(names, rows)` for rows as arrays, `lookup(list, key, ids)` for parts that refer to each
//! other, `header(name)`, `plain_text(html)`, `lower(text)`, and for writing
//! `quote(value, grammar)` and `raw(value)`.

use super::scope::{Scope, weight};
use super::{Node, Op, kids};
use crate::backend::explain::says;
use crate::backend::html::plain_text;
use crate::backend::quote;
use crate::backend::uri_template::scalar_text;
use serde_json::{Map, Value};

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
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
const FUNCTIONS: &[(&str, Function, usize, usize)] = &[
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

fn numbered(tag: u8) -> Option<Function> {
    FUNCTIONS.get(usize::from(tag)).map(|f| f.1)
}

/// The place of a function in the table, if it exists and takes the arguments of this call; else
/// why not.
pub(super) fn find(name: &str, call: &Node, nodes: &[Node]) -> Result<u8, String> {
    let Some(tag) = FUNCTIONS.iter().position(|f| f.0 == name) else {
        #[cfg(feature = "explain")]
        {
            let names: Vec<&str> = FUNCTIONS.iter().map(|f| f.0).collect();
            let hint = crate::backend::lint::did_you_mean(name, &names);
            return Err(format!("there is no function `{name}`; {hint}"));
        }
        #[cfg(not(feature = "explain"))]
        return Err(says("").to_owned());
    };
    let tag = tag as u8;
    let (least, most) = arity(tag);
    let count = kids(nodes, call).count();
    if count < least || count > most {
        if !cfg!(feature = "explain") {
            return Err(says("").to_owned());
        }
        return Err(format!("`{name}` takes {least} to {most} arguments"));
    }
    let grammar = kids(nodes, call).nth(1).filter(|a| a.op == Op::Literal);
    let grammar = grammar.and_then(|a| a.value.as_str()).unwrap_or_default();
    if numbered(tag) == Some(Function::Quote) && quote::grammar(grammar).is_none() {
        return Err([says("`quote` takes a grammar by name: "), quote::GRAMMARS].concat());
    }
    Ok(tag)
}

fn arity(tag: u8) -> (usize, usize) {
    let function = FUNCTIONS.get(usize::from(tag));
    function.map_or((0, 0), |f| (f.2, f.3))
}

/// Whether a function says for which grammar it writes.
pub(super) fn writes(tag: u8) -> bool {
    matches!(numbered(tag), Some(Function::Quote | Function::Raw))
}

/// What a function costs more than a copy of what it reads, which goes on letter by letter.
const READS: usize = 4;

/// Calls a function; what it cannot take gives `null`.
pub(super) fn call<'a>(
    tag: u8,
    argument: &dyn Fn(usize) -> &'a Value,
    scope: &Scope<'a>,
) -> &'a Value {
    let Some(function) = numbered(tag) else {
        return &Value::Null;
    };
    let first = argument(0);
    match function {
        Function::NotNull => {
            let mut at = 0;
            let mut found = first;
            while found.is_null() && at < arity(tag).1 {
                at += 1;
                found = argument(at);
            }
            return found;
        }
        // Some backends give the value itself once it is whole.
        Function::ParseJson if !first.is_string() => return first,
        Function::ToString if first.is_string() => return first,
        Function::ToNumber if first.is_number() => return first,
        _ => {}
    }
    let (second, third) = (argument(1), argument(2));
    // Whatever reads a whole value pays for it: `$` is as long as the response, and an item of a
    // list may look at it anew. (`lookup` and `zip` pay for each step.)
    let pays = !matches!(function, Function::Lookup | Function::Zip);
    if pays && !scope.spend(READS * (weight(first) + weight(second))) {
        return &Value::Null;
    }
    match apply(function, first, second, third, scope) {
        Some(value) => scope.keep(value),
        None => &Value::Null,
    }
}

fn apply(
    function: Function,
    value: &Value,
    second: &Value,
    third: &Value,
    scope: &Scope<'_>,
) -> Option<Value> {
    let text = value.as_str();
    let mut list = Vec::new();
    Some(match function {
        Function::Contains => Value::Bool(match value {
            Value::String(text) => text.contains(second.as_str()?),
            Value::Array(list) => list.contains(second),
            _ => return None,
        }),
        Function::StartsWith => Value::Bool(text?.starts_with(second.as_str()?)),
        Function::Header => Value::from(scope.header(text?)?),
        Function::Join => Value::String(joined(second.as_array()?, text?)),
        Function::Keys => {
            for key in value.as_object()?.keys() {
                list.push(Value::from(key.as_str()));
            }
            Value::Array(list)
        }
        Function::Values => {
            for value in value.as_object()?.values() {
                list.push(scope.copy(value));
            }
            Value::Array(list)
        }
        Function::Length => Value::from(match value {
            Value::String(text) => text.chars().count(),
            Value::Array(list) => list.len(),
            Value::Object(map) => map.len(),
            _ => return None,
        }),
        Function::Lookup => return lookup(value.as_array()?, second.as_str()?, third, scope),
        Function::Lower => Value::String(crate::model::lower_text(text?)),
        Function::ParseJson | Function::ToNumber => {
            let parsed: Value = serde_json::from_str(text?.trim()).ok()?;
            return (function == Function::ParseJson || parsed.is_number()).then_some(parsed);
        }
        Function::PlainText => Value::String(plain_text(text?)),
        Function::Quote => return quote::quote(quote::grammar(second.as_str()?)?, value),
        Function::Raw => Value::String(scalar_text(value)?),
        Function::Split => {
            let separator = second.as_str().filter(|s| !s.is_empty())?;
            for part in text?.split(separator).map(str::trim) {
                if !part.is_empty() && scope.spend(1) {
                    list.push(Value::from(part));
                }
            }
            Value::Array(list)
        }
        Function::ToString if value.is_number() => Value::String(scalar_text(value)?),
        Function::ToString => Value::String(value.to_string()),
        Function::Zip => {
            let names = value.as_array()?;
            for row in second.as_array()? {
                let Value::Array(cells) = row else { continue };
                let mut map = Map::new();
                for (name, cell) in names.iter().zip(cells) {
                    map.insert(scalar_text(name).unwrap_or_default(), scope.copy(cell));
                }
                list.push(Value::Object(map));
            }
            Value::Array(list)
        }
        Function::NotNull => return None,
    })
}

/// Scalars as texts with `separator` between them; what is no scalar is passed over.
pub(in crate::backend) fn joined(list: &[Value], separator: &str) -> String {
    let mut out = String::new();
    let mut first = true;
    for text in list.iter().filter_map(scalar_text) {
        if !first {
            out.push_str(separator);
        }
        first = false;
        out.push_str(&text);
    }
    out
}

/// The member of `list` whose `key` is this id (or that of an object with that key). For a list of
/// ids, all members that have one of them, in the order of the ids.
fn lookup(list: &[Value], key: &str, ids: &Value, scope: &Scope<'_>) -> Option<Value> {
    let (many, most) = match ids {
        Value::Array(ids) => (ids.as_slice(), usize::MAX),
        one => (std::slice::from_ref(one), 1),
    };
    let mut found = Vec::new();
    for id in many {
        if !scope.spend(1) {
            break;
        }
        let Some(id) = scalar_text(id.get(key).unwrap_or(id)) else {
            continue;
        };
        // Half a character was lost in it, and with it what tells it from others.
        if id.contains(char::REPLACEMENT_CHARACTER) {
            continue;
        }
        for member in list {
            if found.len() == most || !scope.spend(1) {
                break;
            }
            let is_it = match member.get(key) {
                Some(Value::String(text)) => *text == id,
                other => other.and_then(scalar_text).as_ref() == Some(&id),
            };
            if is_it {
                found.push(scope.copy(member));
            }
        }
    }
    if most == 1 {
        return found.pop();
    }
    Some(Value::Array(found))
}
