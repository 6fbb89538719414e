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

pub(super) use eval::{Scope, is_truthy};

use serde_json::Value;
use std::borrow::Cow;

/// Why a text is no selector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at character {at})")]
pub(super) struct SelectorError {
    /// Offset in the selector, in bytes, from 0.
    pub(super) at: usize,
    /// What is wrong there.
    pub(super) problem: String,
}

/// A parsed selector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Selector {
    expression: Expression,
}

/// The syntax tree. Left-nested chains are as deep as they are long, so their length is bounded.
#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Current,
    Root,
    Field(String),
    Literal(Value),
    /// `a.b`, `a | b`, `a[0]`: the second sees what the first gave.
    Then(Box<Expression>, Box<Expression>),
    Index(i64),
    Slice(Option<i64>, Option<i64>, i64),
    /// `a[*].b`: the second for each item of the first.
    Each(Box<Expression>, Box<Expression>),
    /// `a.*.b`: the second for each value of the first.
    EachValue(Box<Expression>, Box<Expression>),
    Flatten(Box<Expression>),
    /// `a[?c].b`: list, what to take of each, condition.
    Filter(Box<Expression>, Box<Expression>, Box<Expression>),
    Compare(Comparison, Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Not(Box<Expression>),
    List(Vec<Expression>),
    Hash(Vec<(String, Expression)>),
    Call(functions::Function, Vec<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// [`SelectorError`] with the place, where it is not JMESPath or is nested too deeply.
    pub(super) fn parse(text: &str) -> Result<Self, SelectorError> {
        Ok(Self {
            expression: parser::parse(text)?,
        })
    }

    /// What it selects in `value`; `null` where there is nothing, or where the work allowed
    /// for this response is used up (then the scope says so).
    pub(super) fn select<'a>(&self, value: &'a Value, scope: &Scope<'a>) -> Cow<'a, Value> {
        eval::eval(&self.expression, Cow::Borrowed(value), scope)
    }

    /// Whether its outermost step is `quote(...)` or `raw(...)`: only those may be written into
    /// the middle of a text, since only those say which grammar the text has.
    pub(super) fn is_written_for_a_grammar(&self) -> bool {
        matches!(
            self.expression,
            Expression::Call(functions::Function::Quote | functions::Function::Raw, _)
        )
    }

    /// The names that are looked up in the value itself, not in something inside it.
    pub(super) fn roots(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.expression.roots(&mut found);
        found
    }
}

impl Expression {
    fn roots<'a>(&'a self, found: &mut Vec<&'a str>) {
        match self {
            Self::Field(name) => found.push(name),
            Self::Then(first, _)
            | Self::Each(first, _)
            | Self::EachValue(first, _)
            | Self::Filter(first, ..) => first.roots(found),
            _ => self.children().iter().for_each(|child| child.roots(found)),
        }
    }

    fn children(&self) -> Vec<&Self> {
        match self {
            Self::Then(a, b)
            | Self::Each(a, b)
            | Self::EachValue(a, b)
            | Self::Compare(_, a, b)
            | Self::Or(a, b)
            | Self::And(a, b) => vec![a, b],
            Self::Filter(a, b, c) => vec![a, b, c],
            Self::Flatten(a) | Self::Not(a) => vec![a],
            Self::List(list) | Self::Call(_, list) => list.iter().collect(),
            Self::Hash(pairs) => pairs.iter().map(|(_, e)| e).collect(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
