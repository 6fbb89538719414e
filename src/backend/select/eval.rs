//! Runs a selector over a JSON value. What it finds is borrowed; what it makes is kept by the
//! scope, so that the rest of the work sees no difference.

use super::functions;
use super::lexer::{EQUAL, GREATER_EQUAL, LESS_EQUAL, NOT_EQUAL};
use super::scope::Scope;
use super::{At, Node, Op};
use serde_json::{Map, Value};
use std::borrow::Cow;

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

pub(super) fn eval<'a>(nodes: &[Node], node: At, at: &'a Value, scope: &Scope<'a>) -> &'a Value {
    let Some(node) = nodes.get(usize::from(node)).filter(|_| scope.spend(1)) else {
        return &Value::Null;
    };
    let after = |at: At| nodes.get(usize::from(at)).map_or(At::MAX, |node| node.next);
    let second = after(node.kid);
    // What stands below it, one after the other; `null` where there is nothing.
    let kid = |number: usize| match number {
        0 => node.kid,
        1 => second,
        _ => (2..=number).fold(second, |kid, _| after(kid)),
    };
    let run = |number: usize| eval(nodes, kid(number), at, scope);
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
        Op::Then => return eval(nodes, second, run(0), scope),
        Op::Each | Op::EachValue | Op::Flatten => {
            // A list that begins at `$` is the same for each item: it is made once.
            let for_all = begins_at_root(nodes, node).then(|| std::ptr::from_ref(node).addr());
            if let Some(known) = for_all.and_then(|node| scope.known(node)) {
                return known;
            }
            let list = run(0);
            let found = match node.op {
                Op::Flatten => flatten(list, scope),
                op => each_of(nodes, (second, after(second)), op, list, scope),
            };
            return match (found, for_all) {
                (Cow::Borrowed(found), _) => found,
                (Cow::Owned(made), Some(node)) => scope.keep_for_all(node, made),
                (Cow::Owned(made), None) => scope.keep(made),
            };
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
        Op::List | Op::Hash => {
            let (mut list, mut map) = (Vec::new(), Map::new());
            let mut kid = node.kid;
            while kid != At::MAX {
                let value = scope.copy(eval(nodes, kid, at, scope));
                match node.value.get(map.len()).and_then(Value::as_str) {
                    Some(key) if node.op == Op::Hash => {
                        map.insert(key.to_owned(), value);
                    }
                    _ => list.push(value),
                }
                kid = after(kid);
            }
            if node.op == Op::Hash {
                Value::Object(map)
            } else {
                Value::Array(list)
            }
        }
        Op::Call => return functions::call(node.tag, &run, scope),
    };
    scope.keep(made)
}

/// Whether a node looks at the whole response alone: whether the first step of its path is `$`.
fn begins_at_root<'n>(nodes: &'n [Node], mut node: &'n Node) -> bool {
    while matches!(node.op, Op::Then | Op::Each | Op::EachValue | Op::Flatten)
        && let Some(first) = nodes.get(usize::from(node.kid))
    {
        node = first;
    }
    node.op == Op::Root
}

/// What a node takes of each item of `list`, where the condition (if any) holds, without what is
/// null.
fn each_of<'a>(
    nodes: &[Node],
    (each, condition): (At, At),
    op: Op,
    list: &'a Value,
    scope: &Scope<'a>,
) -> Cow<'a, Value> {
    let items: Vec<&'a Value> = match (list, op) {
        (Value::Array(list), Op::Each) => list.iter().collect(),
        (Value::Object(map), Op::EachValue) => map.values().collect(),
        _ => return Cow::Borrowed(&Value::Null),
    };
    let whole = nodes
        .get(usize::from(each))
        .is_some_and(|n| n.op == Op::Current);
    // Nothing to take apart, nothing to leave out: the list itself, without a copy.
    if condition == At::MAX && whole && op == Op::Each && !items.iter().any(|v| v.is_null()) {
        return Cow::Borrowed(list);
    }
    let mut out = Vec::new();
    for item in items {
        if !scope.spend(1) {
            break;
        }
        if condition == At::MAX || is_truthy(eval(nodes, condition, item, scope)) {
            let value = eval(nodes, each, item, scope);
            if !value.is_null() {
                out.push(scope.copy(value));
            }
        }
    }
    Cow::Owned(Value::Array(out))
}

fn flatten<'a>(list: &'a Value, scope: &Scope<'a>) -> Cow<'a, Value> {
    let Value::Array(items) = list else {
        return Cow::Borrowed(&Value::Null);
    };
    if !items.iter().any(Value::is_array) {
        return Cow::Borrowed(list);
    }
    let mut out = Vec::new();
    for item in items {
        let inner = match item {
            Value::Array(inner) => inner.as_slice(),
            other => std::slice::from_ref(other),
        };
        for value in inner {
            out.push(scope.copy(value));
        }
    }
    Cow::Owned(Value::Array(out))
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
