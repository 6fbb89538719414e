//! What a selector sees besides its value, and how much work it may do.

use crate::backend::http::header_of;
use serde_json::Value;
use std::cell::{Cell, OnceCell};

/// Steps left for one response, and what was found once for all items of it. A page of 5,000
/// people with 20 fields each takes about half a million; a selector that compares all with all
/// stops here and not after minutes.
pub(in crate::backend) struct Fuel(Cell<u64>, Kept);

/// Steps for one response.
const FUEL: u64 = 20_000_000;

impl Default for Fuel {
    fn default() -> Self {
        Self(Cell::new(FUEL), Kept::default())
    }
}

impl Fuel {
    /// Whether the work that is allowed was used up, so that some results are missing.
    pub(in crate::backend) fn is_exhausted(&self) -> bool {
        self.0.get() == 0
    }
}

/// Values that selectors made, kept as long as somebody may look at them. So a result is always
/// a borrowed value, whether it was found or made, and evaluating is written once.
#[derive(Default)]
pub(in crate::backend) struct Kept(OnceCell<Box<Link>>);

struct Link {
    /// Of what was found once for all: the place in memory of the node that it belongs to.
    node: usize,
    value: Value,
    next: OnceCell<Box<Link>>,
}

impl Drop for Kept {
    // One after the other: a chain that drops itself is as deep as it is long.
    fn drop(&mut self) {
        let mut link = self.0.take();
        while let Some(mut first) = link {
            link = first.next.take();
        }
    }
}

/// What a selector sees besides its value.
pub(in crate::backend) struct Scope<'a> {
    /// `$`: the whole response.
    pub(in crate::backend) root: &'a Value,
    /// For `header(...)`; names in lower case.
    pub(in crate::backend) headers: &'a [(String, String)],
    pub(in crate::backend) fuel: &'a Fuel,
    /// Where the next value is kept.
    end: Cell<&'a OnceCell<Box<Link>>>,
}

impl<'a> Scope<'a> {
    pub(in crate::backend) fn new(
        root: &'a Value,
        headers: &'a [(String, String)],
        kept: &'a Kept,
        fuel: &'a Fuel,
    ) -> Self {
        Self {
            root,
            headers,
            fuel,
            end: Cell::new(&kept.0),
        }
    }

    /// Takes `steps`; `false` when there are none left.
    #[inline(never)]
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.fuel.0.get().saturating_sub(steps as u64);
        self.fuel.0.set(left);
        left > 0
    }

    /// What was made for all items for the node at this place in memory. Selectors that run on one
    /// response are those of one mapping, which outlives the reading of it: no place is used twice.
    pub(super) fn known(&self, node: usize) -> Option<&'a Value> {
        let mut link = self.fuel.1.0.get();
        while let Some(found) = link.filter(|link| link.node != node) {
            link = found.next.get();
        }
        link.map(|link| &link.value)
    }

    /// Keeps for all items what the node at this place gives for each of them.
    pub(super) fn keep_for_all(&self, node: usize, value: Value) -> &'a Value {
        keep(&Cell::new(&self.fuel.1.0), node, value)
    }

    /// Keeps a value that was made.
    #[inline(never)]
    pub(in crate::backend) fn keep(&self, value: Value) -> &'a Value {
        keep(&self.end, 0, value)
    }

    /// A copy, which is paid for; `null` where it is too large for what is left.
    #[inline(never)]
    pub(in crate::backend) fn copy(&self, value: &Value) -> Value {
        if self.spend(weight(value)) {
            value.clone()
        } else {
            Value::Null
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&'a str> {
        header_of(self.headers, &name.to_ascii_lowercase())
    }
}

/// Adds a link to a chain at its `end`, or behind it.
fn keep<'a>(end: &Cell<&'a OnceCell<Box<Link>>>, node: usize, value: Value) -> &'a Value {
    let next = OnceCell::new();
    let mut link = Box::new(Link { node, value, next });
    loop {
        let here = end.get();
        let full = here.set(link);
        // Another scope may have kept something here in the meantime: go on behind it.
        let Some(last) = here.get() else {
            return &Value::Null;
        };
        end.set(&last.next);
        match full {
            Ok(()) => return &last.value,
            Err(again) => link = again,
        }
    }
}

/// How many values there are in a value.
pub(super) fn weight(value: &Value) -> usize {
    let mut sum = 1;
    match value {
        Value::Array(list) => list.iter().for_each(|v| sum += weight(v)),
        Value::Object(map) => map.values().for_each(|v| sum += weight(v)),
        Value::String(text) => sum += text.len() / 64,
        _ => {}
    }
    sum
}
