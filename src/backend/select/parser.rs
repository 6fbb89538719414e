//! Reads a selector: a Pratt parser with the binding powers of the JMESPath grammar.

use super::functions;
use super::lexer::{
    AND, END, EQUAL, FILTER, FLATTEN, GREATER_EQUAL, LESS_EQUAL, LITERAL, NAME, NOT_EQUAL, NUMBER,
    OR, QUOTED, RAW, Token, tokens, without_guard,
};
use super::{At, Node, Op, Selector, SelectorError};
use crate::backend::explain::says;
use serde_json::Value;

/// Deepest nesting, chains included: what evaluating may put on the stack.
const DEEPEST: usize = 80;

/// The reference parsers bind `!` tighter than `.`, so that `!a.b` is `(!a).b`, always null; here
/// it is what everybody means by it.
const NOT: u8 = 6;
const STAR: u8 = 20;
const DOT: u8 = 40;
/// Powers below this end what a projection applies to its items.
const PROJECTION_ENDS: u8 = 10;

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    at: usize,
    nodes: Vec<Node>,
    /// The first mistake; with one, every step answers with `None` and all comes to an end.
    error: Option<SelectorError>,
}

pub(super) fn parse(text: &str) -> Result<Selector, SelectorError> {
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        at: 0,
        nodes: Vec::new(),
        error: None,
    };
    let root = parser.expression(0, 0);
    if parser.peek() != END {
        parser.fail::<()>(says(
            "the selector could end here; what follows does not fit",
        ));
    }
    match parser.error {
        Some(error) => Err(error),
        None => Ok(Selector {
            nodes: parser.nodes,
            root: root.unwrap_or_default(),
        }),
    }
}

impl Parser<'_> {
    fn peek(&self) -> u8 {
        self.tokens.get(self.at).map_or(END, |token| token.kind)
    }

    fn eat(&mut self, kind: u8) -> bool {
        let found = self.peek() == kind;
        self.at += usize::from(found);
        found
    }

    #[inline(never)]
    fn expect(&mut self, kind: u8) -> Option<()> {
        if self.eat(kind) {
            return Some(());
        }
        if cfg!(feature = "explain") {
            return self.fail(&format!("`{}` is missing here", char::from(kind)));
        }
        self.fail(says(""))
    }

    /// Notes a mistake at the token where the parser is.
    #[inline(never)]
    fn fail<T>(&mut self, problem: &str) -> Option<T> {
        if self.error.is_none() {
            let end = self.text.len();
            let at = self.tokens.get(self.at).map_or(end, |t| t.at);
            self.error = Some(SelectorError::new(at, problem));
        }
        None
    }

    /// Adds a node.
    #[inline(never)]
    fn add(&mut self, op: Op, tag: u8, value: Value, kid: At) -> Option<At> {
        self.nodes.push(Node {
            op,
            tag,
            value,
            kid,
            next: At::MAX,
        });
        Some((self.nodes.len() - 1) as At)
    }

    /// Adds a node with two below it, which had none beside them.
    #[inline(never)]
    fn pair(&mut self, op: Op, tag: u8, left: At, right: At) -> Option<At> {
        self.beside(left, right);
        self.add(op, tag, Value::Null, left)
    }

    fn beside(&mut self, left: At, right: At) {
        if let Some(left) = self.nodes.get_mut(usize::from(left)) {
            left.next = right;
        }
    }

    #[inline(never)]
    fn current(&mut self) -> Option<At> {
        self.add(Op::Current, 0, Value::Null, At::MAX)
    }

    fn power(&self) -> u8 {
        match self.peek() {
            b'|' => 1,
            OR => 2,
            AND => 3,
            EQUAL | NOT_EQUAL | b'<' | LESS_EQUAL | b'>' | GREATER_EQUAL => 5,
            FLATTEN => 9,
            b'*' => STAR,
            FILTER => 21,
            b'.' => DOT,
            b'[' => 55,
            b'(' => 60,
            _ => 0,
        }
    }

    fn expression(&mut self, power: u8, depth: usize) -> Option<At> {
        let mut depth = depth + 1;
        let mut left = None;
        while left.is_none() || power < self.power() {
            if depth > DEEPEST {
                return self.fail(says("the selector is nested too deeply"));
            }
            left = Some(match left {
                None => self.prefix(depth)?,
                Some(left) => self.infix(left, depth)?,
            });
            depth += 1;
        }
        left
    }

    /// The value of a name, a literal or a number that was just taken.
    #[inline(never)]
    fn value(&mut self, kind: u8) -> Option<Value> {
        let token = self.tokens.get(self.at.checked_sub(1)?)?;
        let text = self.text.get(token.at..token.end)?;
        let inside = text.get(1..text.len() - 1).unwrap_or_default();
        let read = |text: &str| serde_json::from_str::<Value>(text).ok();
        let value = match kind {
            NAME => Some(Value::from(text)),
            RAW => Some(Value::String(without_guard(inside, RAW))),
            LITERAL => {
                // The deprecated form without quotes (`foo`) is taken as a string.
                let inside = without_guard(inside, LITERAL);
                let inside = inside.trim();
                read(inside).or_else(|| read(&["\"", inside, "\""].concat()))
            }
            _ => read(text),
        };
        if value.is_none() {
            self.at -= 1;
            return self.fail(says(
                "what is quoted here is not JSON, or the number too large",
            ));
        }
        value
    }

    fn prefix(&mut self, depth: usize) -> Option<At> {
        let kind = self.peek();
        self.at += 1;
        let op = match kind {
            LITERAL | RAW => Op::Literal,
            NAME if self.peek() == b'(' => return self.call(depth),
            NAME | QUOTED => Op::Field,
            b'@' => Op::Current,
            b'$' => Op::Root,
            b'!' => {
                let inside = self.expression(NOT, depth)?;
                return self.add(Op::Not, 0, Value::Null, inside);
            }
            b'*' => {
                let left = self.current()?;
                let each = if self.peek() == b']' {
                    self.current()?
                } else {
                    self.projected(STAR, depth)?
                };
                return self.pair(Op::EachValue, 0, left, each);
            }
            FILTER | FLATTEN => {
                self.at -= 1;
                let current = self.current()?;
                return self.infix(current, depth);
            }
            b'{' => return self.list(depth, Op::Hash, b'}'),
            b'(' => {
                let inside = self.expression(0, depth)?;
                self.expect(b')')?;
                return Some(inside);
            }
            b'[' => {
                // `[*, a]` is a list whose first entry is `*`; `[*]` takes each item.
                let after = self.tokens.get(self.at + 1).map(|t| t.kind);
                let alone = after == Some(b']');
                return match self.peek() {
                    b'*' if !alone => self.list(depth, Op::List, b']'),
                    NUMBER | b':' | b'*' => {
                        let current = self.current()?;
                        self.bracket(current, depth)
                    }
                    _ => self.list(depth, Op::List, b']'),
                };
            }
            _ => {
                self.at -= 1;
                return self.fail(says("a name, a value or `@` should stand here"));
            }
        };
        let value = match op {
            Op::Literal | Op::Field => self.value(kind)?,
            _ => Value::Null,
        };
        self.add(op, 0, value, At::MAX)
    }

    fn infix(&mut self, left: At, depth: usize) -> Option<At> {
        let power = self.power();
        let sign = self.peek();
        self.at += 1;
        let (op, right) = match sign {
            b'.' if self.eat(b'*') => (Op::EachValue, self.projected(DOT, depth)?),
            b'.' => (Op::Then, self.after_dot(DOT, depth)?),
            FILTER => {
                let condition = self.expression(0, depth)?;
                self.expect(b']')?;
                let each = if self.peek() == FLATTEN {
                    self.current()?
                } else {
                    self.projected(power, depth)?
                };
                self.beside(each, condition);
                (Op::Each, each)
            }
            FLATTEN => {
                let each = self.projected(power, depth)?;
                let flat = self.add(Op::Flatten, 0, Value::Null, left)?;
                return self.pair(Op::Each, 0, flat, each);
            }
            b'[' => return self.bracket(left, depth),
            b'*' | b'(' => {
                self.at -= 1;
                return self.fail(says("this does not fit here"));
            }
            sign => {
                let op = match sign {
                    b'|' => Op::Then,
                    OR => Op::Or,
                    AND => Op::And,
                    _ => Op::Compare,
                };
                (op, self.expression(power, depth)?)
            }
        };
        self.pair(op, sign, left, right)
    }

    /// What a projection applies to each of its items.
    fn projected(&mut self, power: u8, depth: usize) -> Option<At> {
        if self.power() < PROJECTION_ENDS {
            return self.current();
        }
        if matches!(self.peek(), b'[' | FILTER) {
            return self.expression(power, depth);
        }
        self.expect(b'.')?;
        self.after_dot(power, depth)
    }

    fn after_dot(&mut self, power: u8, depth: usize) -> Option<At> {
        let sign = self.peek();
        match sign {
            NAME | QUOTED | b'*' => self.expression(power, depth),
            b'[' | b'{' => {
                self.at += 1;
                let list = sign == b'[';
                let op = if list { Op::List } else { Op::Hash };
                self.list(depth, op, if list { b']' } else { b'}' })
            }
            _ => self.fail(says(
                "after `.` comes a name, `*`, `[...]` or `{...}`; quote other names: \"a-b\"",
            )),
        }
    }

    /// After `[`: an index, a slice or `*`.
    fn bracket(&mut self, left: At, depth: usize) -> Option<At> {
        let mut taken = left;
        if self.eat(b'*') {
            self.expect(b']')?;
        } else {
            let mut parts = vec![Value::Null; 3];
            let mut colons = 0;
            while !self.eat(b']') {
                let kind = self.peek();
                self.at += 1;
                match parts.get_mut(colons) {
                    Some(part) if kind == NUMBER && part.is_null() => *part = self.value(kind)?,
                    _ if kind == b':' && colons < 2 => colons += 1,
                    _ => {
                        self.at -= 1;
                        return self.fail(says(
                            "in brackets stands a position like [0], a part like [0:3], or [*]",
                        ));
                    }
                }
            }
            if parts.last().and_then(Value::as_i64) == Some(0) {
                return self.fail(says("the step of a part cannot be 0"));
            }
            let op = if colons == 0 { Op::Index } else { Op::Slice };
            let part = self.add(op, 0, Value::Array(parts), At::MAX)?;
            taken = self.pair(Op::Then, 0, left, part)?;
            if colons == 0 {
                return Some(taken);
            }
        }
        let each = self.projected(STAR, depth)?;
        self.pair(Op::Each, 0, taken, each)
    }

    /// Expressions up to the sign that ends them, each with its key in a hash; the arguments of a
    /// call may be none.
    fn list(&mut self, depth: usize, op: Op, end: u8) -> Option<At> {
        let mut keys = Vec::new();
        let (mut first, mut last) = (At::MAX, At::MAX);
        while op != Op::Call || !self.eat(end) {
            if last != At::MAX && op == Op::Call {
                self.expect(b',')?;
            }
            if op == Op::Hash {
                let kind = self.peek();
                if !matches!(kind, NAME | QUOTED) {
                    return self.fail(says("in braces stand pairs like {name: a.b}"));
                }
                self.at += 1;
                keys.push(self.value(kind)?);
                self.expect(b':')?;
            }
            let kid = self.expression(0, depth)?;
            self.beside(last, kid);
            first = first.min(kid);
            last = kid;
            if op != Op::Call {
                if self.eat(end) {
                    break;
                }
                self.expect(b',')?;
            }
        }
        self.add(op, 0, Value::Array(keys), first)
    }

    /// After a name that stands before `(`.
    fn call(&mut self, depth: usize) -> Option<At> {
        let here = self.at - 1;
        let name = self.value(NAME)?;
        self.at += 1;
        let call = self.list(depth, Op::Call, b')')?;
        let node = self.nodes.get(usize::from(call))?;
        match functions::find(name.as_str().unwrap_or_default(), node, &self.nodes) {
            Ok(tag) => {
                self.nodes.get_mut(usize::from(call))?.tag = tag;
                Some(call)
            }
            Err(problem) => {
                self.at = here;
                self.fail(&problem)
            }
        }
    }
}
