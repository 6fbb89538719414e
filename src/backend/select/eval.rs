//! Runs a selector over a JSON value, borrowing as long as nothing new is made.

use super::functions;
use super::{Comparison, Expression};
use crate::backend::http::header_of;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::cell::Cell;

/// What a selector sees besides its value, and how much work is left for one response.
pub(in crate::backend) struct Scope<'a> {
    /// `$`: the whole response.
    pub(in crate::backend) root: &'a Value,
    /// For `header(...)`; names in lower case.
    pub(in crate::backend) headers: &'a [(String, String)],
    /// Steps left. A page of 5,000 people with 20 fields each takes about half a million; a
    /// selector that compares all with all stops here and not after minutes.
    fuel: Cell<u64>,
}

/// Steps for one response.
const FUEL: u64 = 20_000_000;

impl<'a> Scope<'a> {
    pub(in crate::backend) fn new(root: &'a Value, headers: &'a [(String, String)]) -> Self {
        Self {
            root,
            headers,
            fuel: Cell::new(FUEL),
        }
    }

    /// Whether the work that is allowed was used up, so that some results are missing.
    pub(in crate::backend) fn is_exhausted(&self) -> bool {
        self.fuel.get() == 0
    }

    /// Takes `steps`; `false` when there are none left.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.fuel.get().saturating_sub(steps as u64);
        self.fuel.set(left);
        left > 0
    }

    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        header_of(self.headers, &name.to_ascii_lowercase())
    }
}

pub(super) const NULL: Cow<'static, Value> = Cow::Owned(Value::Null);

/// False, null, and what is empty count as "no" (JMESPath, "Or Expressions").
pub(in crate::backend) fn is_truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(s) => !s.is_empty(),
        Value::Array(a) => !a.is_empty(),
        Value::Object(o) => !o.is_empty(),
        _ => true,
    }
}

pub(super) fn eval<'a>(e: &Expression, at: Cow<'a, Value>, scope: &Scope<'a>) -> Cow<'a, Value> {
    if !scope.spend(1) {
        return NULL;
    }
    match e {
        Expression::Current => at,
        Expression::Root => Cow::Borrowed(scope.root),
        Expression::Literal(value) => Cow::Owned(value.clone()),
        Expression::Field(name) => match at {
            Cow::Borrowed(Value::Object(map)) => map.get(name).map_or(NULL, Cow::Borrowed),
            Cow::Owned(Value::Object(mut map)) => map.remove(name).map_or(NULL, Cow::Owned),
            _ => NULL,
        },
        Expression::Index(index) => match at {
            Cow::Borrowed(Value::Array(list)) => position(*index, list.len())
                .and_then(|i| list.get(i))
                .map_or(NULL, Cow::Borrowed),
            Cow::Owned(Value::Array(mut list)) => {
                position(*index, list.len()).map_or(NULL, |i| Cow::Owned(list.swap_remove(i)))
            }
            _ => NULL,
        },
        Expression::Slice(start, stop, step) => match at.as_ref() {
            Value::Array(list) => {
                Cow::Owned(Value::Array(slice(list, *start, *stop, *step, scope)))
            }
            _ => NULL,
        },
        Expression::Then(first, second) => eval(second, eval(first, at, scope), scope),
        Expression::Each(list, each) => each_of(eval(list, at, scope), each, None, scope),
        Expression::EachValue(map, each) => {
            let values = match eval(map, at, scope) {
                Cow::Borrowed(Value::Object(map)) => {
                    return collect(map.values().map(Cow::Borrowed), each, None, scope);
                }
                Cow::Owned(Value::Object(map)) => map.into_iter().map(|(_, v)| v),
                _ => return NULL,
            };
            collect(values.map(Cow::Owned), each, None, scope)
        }
        Expression::Filter(list, each, condition) => {
            each_of(eval(list, at, scope), each, Some(condition), scope)
        }
        Expression::Flatten(list) => flatten(eval(list, at, scope), scope),
        Expression::Compare(comparison, a, b) => {
            let here = at.as_ref();
            let a = eval(a, Cow::Borrowed(here), scope);
            let b = eval(b, Cow::Borrowed(here), scope);
            Cow::Owned(compare(*comparison, &a, &b))
        }
        Expression::Or(a, b) => {
            let first = eval(a, again(&at, scope), scope);
            if is_truthy(&first) {
                first
            } else {
                eval(b, at, scope)
            }
        }
        Expression::And(a, b) => {
            let first = eval(a, again(&at, scope), scope);
            if is_truthy(&first) {
                eval(b, at, scope)
            } else {
                first
            }
        }
        Expression::Not(a) => Cow::Owned(Value::Bool(!is_truthy(&eval(a, at, scope)))),
        Expression::List(_) | Expression::Hash(_) if at.is_null() => NULL,
        Expression::List(items) => Cow::Owned(Value::Array(
            items
                .iter()
                .map(|e| owned(eval(e, again(&at, scope), scope), scope))
                .collect(),
        )),
        Expression::Hash(pairs) => {
            let mut map = Map::new();
            for (key, e) in pairs {
                map.insert(key.clone(), owned(eval(e, again(&at, scope), scope), scope));
            }
            Cow::Owned(Value::Object(map))
        }
        Expression::Call(function, arguments) => functions::call(*function, arguments, at, scope),
    }
}

/// Copies only where it must, and pays for the copy.
pub(super) fn owned(value: Cow<'_, Value>, scope: &Scope<'_>) -> Value {
    match value {
        Cow::Owned(value) => value,
        Cow::Borrowed(value) => {
            if scope.spend(weight(value)) {
                value.clone()
            } else {
                Value::Null
            }
        }
    }
}

/// How many values there are in a value.
fn weight(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(weight).sum::<usize>(),
        Value::Object(map) => 1 + map.values().map(weight).sum::<usize>(),
        Value::String(text) => 1 + text.len() / 64,
        _ => 1,
    }
}

/// The same value again, paid for where it must be copied.
pub(super) fn again<'a>(value: &Cow<'a, Value>, scope: &Scope<'a>) -> Cow<'a, Value> {
    match value {
        Cow::Borrowed(value) => Cow::Borrowed(value),
        Cow::Owned(value) => Cow::Owned(owned(Cow::Borrowed(value), scope)),
    }
}

fn flatten<'a>(list: Cow<'a, Value>, scope: &Scope<'a>) -> Cow<'a, Value> {
    match list.as_array() {
        None => return NULL,
        Some(items) if !items.iter().any(Value::is_array) => return list,
        Some(_) => {}
    }
    let mut out = Vec::new();
    if let Value::Array(items) = owned(list, scope) {
        for item in items {
            match item {
                Value::Array(inner) => out.extend(inner),
                other => out.push(other),
            }
        }
    }
    Cow::Owned(Value::Array(out))
}

fn each_of<'a>(
    list: Cow<'a, Value>,
    each: &Expression,
    condition: Option<&Expression>,
    scope: &Scope<'a>,
) -> Cow<'a, Value> {
    match list {
        // Nothing to take apart, nothing to leave out: the list itself, without a copy.
        Cow::Borrowed(Value::Array(items))
            if condition.is_none()
                && matches!(each, Expression::Current)
                && !items.iter().any(Value::is_null) =>
        {
            list
        }
        Cow::Borrowed(Value::Array(list)) => {
            collect(list.iter().map(Cow::Borrowed), each, condition, scope)
        }
        Cow::Owned(Value::Array(list)) => {
            collect(list.into_iter().map(Cow::Owned), each, condition, scope)
        }
        _ => NULL,
    }
}

fn collect<'a>(
    items: impl Iterator<Item = Cow<'a, Value>>,
    each: &Expression,
    condition: Option<&Expression>,
    scope: &Scope<'a>,
) -> Cow<'a, Value> {
    let mut out = Vec::new();
    for item in items {
        if !scope.spend(1) {
            break;
        }
        if condition.is_some_and(|c| !is_truthy(&eval(c, Cow::Borrowed(item.as_ref()), scope))) {
            continue;
        }
        let value = eval(each, item, scope);
        if !value.is_null() {
            out.push(owned(value, scope));
        }
    }
    Cow::Owned(Value::Array(out))
}

fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let at = if index < 0 {
        index.checked_add(length)?
    } else {
        index
    };
    usize::try_from(at).ok().filter(|_| at < length)
}

fn slice(
    list: &[Value],
    start: Option<i64>,
    stop: Option<i64>,
    step: i64,
    scope: &Scope<'_>,
) -> Vec<Value> {
    let length = i64::try_from(list.len()).unwrap_or(i64::MAX);
    // The ends of JMESPath's slices, as Python's: a backward one may stop before the first item.
    let (lowest, highest) = if step < 0 {
        (-1, length - 1)
    } else {
        (0, length)
    };
    let clamp = |end: Option<i64>, default: i64| match end {
        None => default,
        Some(n) if n < 0 => n.saturating_add(length).clamp(lowest, highest),
        Some(n) => n.clamp(lowest, highest),
    };
    let (first, last) = if step < 0 {
        (length - 1, -1)
    } else {
        (0, length)
    };
    let (mut at, stop) = (clamp(start, first), clamp(stop, last));
    let mut out = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        match usize::try_from(at).ok().and_then(|i| list.get(i)) {
            Some(value) => out.push(owned(Cow::Borrowed(value), scope)),
            None => break,
        }
        at = at.saturating_add(step);
    }
    out
}

fn compare(comparison: Comparison, a: &Value, b: &Value) -> Value {
    let same = || match (a.as_f64(), b.as_f64()) {
        // 1 and 1.0 are one number in JSON; large integers are compared as they are.
        (Some(x), Some(y)) => a == b || (x == y && (a.is_f64() || b.is_f64())),
        _ => a == b,
    };
    let order = a
        .as_f64()
        .zip(b.as_f64())
        .and_then(|(x, y)| x.partial_cmp(&y));
    match (comparison, order) {
        (Comparison::Equal, _) => Value::Bool(same()),
        (Comparison::NotEqual, _) => Value::Bool(!same()),
        (Comparison::Less, Some(order)) => Value::Bool(order.is_lt()),
        (Comparison::LessEqual, Some(order)) => Value::Bool(order.is_le()),
        (Comparison::Greater, Some(order)) => Value::Bool(order.is_gt()),
        (Comparison::GreaterEqual, Some(order)) => Value::Bool(order.is_ge()),
        _ => Value::Null,
    }
}
