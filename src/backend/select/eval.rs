//! Runs a selector over a JSON value. What it finds is borrowed; what it makes is kept by the
//! scope, so that the rest of the work sees no difference.

use super::functions;
use super::lexer::{EQUAL, GREATER_EQUAL, LESS_EQUAL, NOT_EQUAL};
use super::scope::Scope;
use super::{Node, Op};
use serde_json::{Map, Value};

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

pub(super) fn eval<'a>(node: &Node, at: &'a Value, scope: &Scope<'a>) -> &'a Value {
    if !scope.spend(1) {
        return &Value::Null;
    }
    let run = |i: usize| match node.kids.get(i) {
        Some(kid) => eval(kid, at, scope),
        None => &Value::Null,
    };
    let made = match node.op {
        Op::Current => return at,
        Op::Root => return scope.root,
        Op::Literal => node.value.clone(),
        Op::Field => {
            let name = node.value.as_str().unwrap_or_default();
            return at.get(name).unwrap_or(&Value::Null);
        }
        Op::Index => {
            let index = number(&node.value, 0).unwrap_or_default();
            let Value::Array(list) = at else {
                return &Value::Null;
            };
            let at = if index < 0 {
                index + list.len() as i64
            } else {
                index
            };
            let found = usize::try_from(at).ok().and_then(|i| list.get(i));
            return found.unwrap_or(&Value::Null);
        }
        Op::Slice => match at {
            Value::Array(list) => slice(list, &node.value, scope),
            _ => return &Value::Null,
        },
        Op::Then => {
            let first = run(0);
            return node
                .kids
                .get(1)
                .map_or(first, |next| eval(next, first, scope));
        }
        Op::Each | Op::EachValue => return each(node, run(0), scope),
        Op::Flatten => {
            let list = run(0);
            match list {
                Value::Array(items) if items.iter().any(Value::is_array) => flatten(items, scope),
                Value::Array(_) => return list,
                _ => return &Value::Null,
            }
        }
        Op::Compare => compare(node.tag, run(0), run(1)),
        Op::Or | Op::And => {
            let first = run(0);
            if is_truthy(first) == (node.op == Op::Or) {
                return first;
            }
            return run(1);
        }
        Op::Not => Value::Bool(!is_truthy(run(0))),
        Op::List | Op::Hash if at.is_null() => return at,
        Op::List => {
            let mut list = Vec::new();
            for i in 0..node.kids.len() {
                list.push(scope.copy(run(i)));
            }
            Value::Array(list)
        }
        Op::Hash => {
            let mut map = Map::new();
            for (i, key) in node.value.as_array().into_iter().flatten().enumerate() {
                let key = key.as_str().unwrap_or_default();
                map.insert(key.to_owned(), scope.copy(run(i)));
            }
            Value::Object(map)
        }
        Op::Call => return functions::call(node.tag, &run, scope),
    };
    scope.keep(made)
}

/// What the node takes of each item of `list`, without what is null.
fn each<'a>(node: &Node, list: &'a Value, scope: &Scope<'a>) -> &'a Value {
    let items: Vec<&'a Value> = match (list, node.op) {
        (Value::Array(list), Op::Each) => list.iter().collect(),
        (Value::Object(map), Op::EachValue) => map.values().collect(),
        _ => return &Value::Null,
    };
    let Some(each) = node.kids.get(1) else {
        return list;
    };
    let condition = node.kids.get(2);
    // Nothing to take apart, nothing to leave out: the list itself, without a copy.
    if condition.is_none()
        && each.op == Op::Current
        && list.is_array()
        && !items.iter().any(|v| v.is_null())
    {
        return list;
    }
    let mut out = Vec::new();
    for item in items {
        if !scope.spend(1) {
            break;
        }
        if condition.is_none_or(|c| is_truthy(eval(c, item, scope))) {
            let value = eval(each, item, scope);
            if !value.is_null() {
                out.push(scope.copy(value));
            }
        }
    }
    scope.keep(Value::Array(out))
}

fn flatten(items: &[Value], scope: &Scope<'_>) -> Value {
    let mut out = Vec::new();
    for item in items {
        match item {
            Value::Array(inner) => inner.iter().for_each(|v| out.push(scope.copy(v))),
            other => out.push(scope.copy(other)),
        }
    }
    Value::Array(out)
}

fn number(parts: &Value, at: usize) -> Option<i64> {
    parts.get(at)?.as_i64()
}

fn slice(list: &[Value], parts: &Value, scope: &Scope<'_>) -> Value {
    let length = list.len() as i64;
    let step = number(parts, 2).unwrap_or(1);
    // The ends of JMESPath's slices, as Python's: a backward one may stop before the first item.
    let (lowest, highest, first, last) = if step < 0 {
        (-1, length - 1, length - 1, -1)
    } else {
        (0, length, 0, length)
    };
    let clamp = |part: usize, default: i64| match number(parts, part) {
        None => default,
        Some(n) if n < 0 => n.saturating_add(length).clamp(lowest, highest),
        Some(n) => n.clamp(lowest, highest),
    };
    let (mut at, stop) = (clamp(0, first), clamp(1, last));
    let mut out = Vec::new();
    while (step > 0 && at < stop) || (step < 0 && at > stop) {
        match usize::try_from(at).ok().and_then(|i| list.get(i)) {
            Some(value) => out.push(scope.copy(value)),
            None => break,
        }
        at = at.saturating_add(step);
    }
    Value::Array(out)
}

fn compare(sign: u8, a: &Value, b: &Value) -> Value {
    let numbers = a.as_f64().zip(b.as_f64());
    if matches!(sign, EQUAL | NOT_EQUAL) {
        // 1 and 1.0 are one number in JSON; large integers are compared as they are.
        let same = a == b || numbers.is_some_and(|(x, y)| x == y && (a.is_f64() || b.is_f64()));
        return Value::Bool(same == (sign == EQUAL));
    }
    match numbers {
        Some((x, y)) => Value::Bool(match sign {
            b'<' => x < y,
            LESS_EQUAL => x <= y,
            GREATER_EQUAL => x >= y,
            _ => x > y,
        }),
        None => Value::Null,
    }
}
