//! Selectors: JMESPath (jmespath.org), the language in which a mapping says where a value is.
//!
//! The grammar of the specification is here whole, and those of its functions that mappings
//! need. Three things are ours: `$` is the whole response (so that an item can look beside
//! itself), functions give `null` where the specification has a type error (a response that
//! nobody controls is read as far as it is sound), and there are a few more functions, listed
//! in [`functions`] and in `docs/mapping.md`.
//!
//! Depth is bounded when a selector is read, work when it runs (see [`Scope`]).

mod eval;
mod functions;
mod lexer;
mod parser;
mod scope;

pub(super) use eval::is_truthy;
pub(super) use functions::joined;
pub(super) use scope::{Fuel, Kept, Scope};

use serde_json::Value;

/// Why a text is no selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SelectorError {
    /// Offset in the selector, in bytes, from 0.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) problem: String,
}

impl SelectorError {
    #[inline(never)]
    pub(super) fn new(at: usize, problem: &str) -> Self {
        Self {
            at,
            problem: problem.to_owned(),
        }
    }

    /// Both in one sentence.
    pub(super) fn words(&self) -> String {
        let at = Value::from(self.at).to_string();
        [&self.problem, " (at character ", &at, ")"].concat()
    }
}

/// A parsed selector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selector {
    nodes: Vec<Node>,
    root: At,
}

/// The place of a node in its selector; [`At::MAX`] for none.
type At = u16;

/// One node of the syntax tree. Left-nested chains are as deep as they are long, so their length
/// is bounded. All kinds have one shape and name each other by number: trees of boxes are many
/// times the code.
#[derive(Debug, Clone, PartialEq)]
struct Node {
    op: Op,
    /// With `Compare` the sign, with `Call` the function's place in its table.
    tag: u8,
    /// The first node below it.
    kid: At,
    /// The next one below the same node.
    next: At,
    /// The name of a field, a literal, the three numbers of a slice, the keys of a hash.
    value: Value,
}

/// The nodes below one.
fn kids<'n>(nodes: &'n [Node], node: &'n Node) -> impl Iterator<Item = &'n Node> {
    let get = |at: At| nodes.get(usize::from(at));
    std::iter::successors(get(node.kid), move |kid| get(kid.next))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Current,
    Root,
    Field,
    Literal,
    /// `a.b`, `a | b`, `a[0]`: the second sees what the first gave.
    Then,
    Index,
    Slice,
    /// `a[*].b` and `a[?c].b`: of the first the second for each item, where the third is true.
    Each,
    /// `a.*.b`: the second for each value of the first.
    EachValue,
    Flatten,
    Compare,
    Or,
    And,
    Not,
    List,
    Hash,
    Call,
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// [`SelectorError`] with the place, where it is not JMESPath or is nested too deeply.
    pub(super) fn parse(text: &str) -> Result<Self, SelectorError> {
        parser::parse(text)
    }

    /// What it selects in `value`; `null` where there is nothing, or where the work allowed
    /// for this response is used up (then the scope says so).
    pub(super) fn select<'a>(&self, value: &'a Value, scope: &Scope<'a>) -> &'a Value {
        eval::eval(&self.nodes, self.root, value, scope)
    }

    /// What it selects in a value that stands alone.
    #[inline(never)]
    pub(super) fn select_in(&self, value: &Value, headers: &[(String, String)]) -> Value {
        let (kept, fuel) = (Kept::default(), Fuel::default());
        let scope = Scope::new(value, headers, &kept, &fuel);
        self.select(value, &scope).clone()
    }

    /// Whether its outermost step is `quote(...)` or `raw(...)`: only those may be written into
    /// the middle of a text, since only those say which grammar the text has.
    pub(super) fn is_written_for_a_grammar(&self) -> bool {
        let root = self.nodes.get(usize::from(self.root));
        root.is_some_and(|n| n.op == Op::Call && functions::writes(n.tag))
    }

    /// Calls `found` with the names that are looked up in the value itself, not in something
    /// inside it.
    pub(super) fn each_root<'s>(&'s self, found: &mut dyn FnMut(&'s str)) {
        self.each_root_from(self.root, found);
    }

    fn each_root_from<'s>(&'s self, at: At, found: &mut dyn FnMut(&'s str)) {
        let Some(node) = self.nodes.get(usize::from(at)) else {
            return;
        };
        if node.op == Op::Field {
            found(node.value.as_str().unwrap_or_default());
        }
        let looks_inside = matches!(node.op, Op::Then | Op::Each | Op::EachValue);
        let mut kid = node.kid;
        while let Some(node) = self.nodes.get(usize::from(kid)) {
            self.each_root_from(kid, found);
            kid = if looks_inside { At::MAX } else { node.next };
        }
    }
}

/// What the selector `text` selects in a value that stands alone; `null` where it is none.
#[inline(never)]
pub(super) fn select(text: &str, value: &Value, headers: &[(String, String)]) -> Value {
    match Selector::parse(text) {
        Ok(selector) => selector.select_in(value, headers),
        Err(_) => Value::Null,
    }
}

#[cfg(test)]
mod tests;
