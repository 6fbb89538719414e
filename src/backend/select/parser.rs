//! Reads a selector: a Pratt parser with the binding powers of the JMESPath grammar.

use super::functions;
use super::lexer::{
    AND, END, EQUAL, FILTER, FLATTEN, GREATER_EQUAL, LESS_EQUAL, LITERAL, NAME, NOT_EQUAL, NUMBER,
    OR, QUOTED, Token, tokens,
};
use super::{Node, Op, SelectorError};
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

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

type Parsed = Result<Node, SelectorError>;

pub(super) fn parse(text: &str) -> Parsed {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
    };
    let node = parser.expression(0, 0)?;
    match parser.peek() {
        END => Ok(node),
        _ => parser.fail(says(
            "the selector could end here; what follows does not fit",
        )),
    }
}

impl Parser {
    fn peek(&self) -> u8 {
        self.tokens.get(self.at).map_or(END, |token| token.kind)
    }

    /// Takes a token's value with its kind; each token is taken once.
    fn next(&mut self) -> (u8, Value) {
        let token = self.tokens.get_mut(self.at);
        self.at += 1;
        token.map_or((END, Value::Null), |t| (t.kind, t.value.take()))
    }

    fn eat(&mut self, kind: u8) -> bool {
        let found = self.peek() == kind;
        self.at += usize::from(found);
        found
    }

    #[inline(never)]
    fn expect(&mut self, kind: u8) -> Result<(), SelectorError> {
        if self.eat(kind) {
            return Ok(());
        }
        if cfg!(feature = "explain") {
            return self.fail(&format!("`{}` is missing here", char::from(kind)));
        }
        self.fail(says(""))
    }

    #[inline(never)]
    fn fail<T>(&self, problem: &str) -> Result<T, SelectorError> {
        let token = self.tokens.get(self.at).or(self.tokens.last());
        Err(SelectorError::new(token.map_or(0, |t| t.at), problem))
    }

    fn fail_before<T>(&mut self, problem: &str) -> Result<T, SelectorError> {
        self.at -= 1;
        self.fail(problem)
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

    fn expression(&mut self, power: u8, depth: usize) -> Parsed {
        let mut depth = depth + 1;
        if depth > DEEPEST {
            return self.fail(says("the selector is nested too deeply"));
        }
        let mut left = self.prefix(depth)?;
        while power < self.power() {
            depth += 1;
            if depth > DEEPEST {
                return self.fail(says("the selector is nested too deeply"));
            }
            left = self.infix(left, depth)?;
        }
        Ok(left)
    }

    fn prefix(&mut self, depth: usize) -> Parsed {
        let here = self.at;
        let current = Node::new(Op::Current, Vec::new());
        let (kind, value) = self.next();
        let op = match kind {
            LITERAL => Op::Literal,
            NAME if self.peek() == b'(' => return self.call(&value, here, depth),
            NAME | QUOTED => Op::Field,
            b'@' => Op::Current,
            b'$' => Op::Root,
            b'!' => return Ok(Node::new(Op::Not, vec![self.expression(NOT, depth)?])),
            b'*' => {
                let each = if self.peek() == b']' {
                    Node::new(Op::Current, Vec::new())
                } else {
                    self.projected(STAR, depth)?
                };
                return Ok(Node::new(Op::EachValue, vec![current, each]));
            }
            FILTER => return self.filter(current, depth),
            FLATTEN => return self.flatten(current, depth),
            b'{' => return self.hash(depth),
            b'(' => {
                let inside = self.expression(0, depth)?;
                self.expect(b')')?;
                return Ok(inside);
            }
            b'[' => {
                // `[*, a]` is a list whose first entry is `*`; `[*]` takes each item.
                let after = self.tokens.get(self.at + 1).map(|t| t.kind);
                return match self.peek() {
                    NUMBER | b':' => self.bracket(current, depth),
                    b'*' if after == Some(b']') => self.bracket(current, depth),
                    _ => self.list(depth),
                };
            }
            END => return self.fail_before(says("something is missing here")),
            _ => return self.fail_before(says("a name, a value or `@` should stand here")),
        };
        Ok(Node {
            value,
            ..Node::new(op, Vec::new())
        })
    }

    fn infix(&mut self, left: Node, depth: usize) -> Parsed {
        let power = self.power();
        let (sign, _) = self.next();
        let (op, right) = match sign {
            b'.' if self.eat(b'*') => (Op::EachValue, self.projected(DOT, depth)?),
            b'.' => (Op::Then, self.after_dot(DOT, depth)?),
            b'|' => (Op::Then, self.expression(power, depth)?),
            OR => (Op::Or, self.expression(power, depth)?),
            AND => (Op::And, self.expression(power, depth)?),
            FILTER => return self.filter(left, depth),
            FLATTEN => return self.flatten(left, depth),
            b'[' => return self.bracket(left, depth),
            b'*' | b'(' => return self.fail_before(says("this does not fit here")),
            _ => (Op::Compare, self.expression(power, depth)?),
        };
        Ok(Node {
            tag: sign,
            ..Node::new(op, vec![left, right])
        })
    }

    /// What a projection applies to each of its items.
    fn projected(&mut self, power: u8, depth: usize) -> Parsed {
        if self.power() < PROJECTION_ENDS {
            return Ok(Node::new(Op::Current, Vec::new()));
        }
        if matches!(self.peek(), b'[' | FILTER) {
            return self.expression(power, depth);
        }
        self.expect(b'.')?;
        self.after_dot(power, depth)
    }

    fn after_dot(&mut self, power: u8, depth: usize) -> Parsed {
        match self.peek() {
            NAME | QUOTED | b'*' => self.expression(power, depth),
            b'[' => {
                self.at += 1;
                self.list(depth)
            }
            b'{' => {
                self.at += 1;
                self.hash(depth)
            }
            _ => self.fail(says(
                "after `.` comes a name, `*`, `[...]` or `{...}`; quote other names: \"a-b\"",
            )),
        }
    }

    /// After `[`: an index, a slice or `*`.
    fn bracket(&mut self, left: Node, depth: usize) -> Parsed {
        if self.eat(b'*') {
            self.expect(b']')?;
            let each = self.projected(STAR, depth)?;
            return Ok(Node::new(Op::Each, vec![left, each]));
        }
        let mut parts = vec![Value::Null; 3];
        let mut colons = 0;
        loop {
            let (kind, value) = self.next();
            match (kind, parts.get_mut(colons)) {
                (NUMBER, Some(part)) if part.is_null() => *part = value,
                (b':', _) if colons < 2 => colons += 1,
                (b']', _) => break,
                _ => {
                    return self.fail_before(says(
                        "in brackets stands a position like [0], a part like [0:3], or [*]",
                    ));
                }
            }
        }
        if parts.last().and_then(Value::as_i64) == Some(0) {
            return self.fail(says("the step of a part cannot be 0"));
        }
        let op = if colons == 0 { Op::Index } else { Op::Slice };
        let part = Node {
            value: Value::Array(parts),
            ..Node::new(op, Vec::new())
        };
        let taken = Node::new(Op::Then, vec![left, part]);
        if colons == 0 {
            return Ok(taken);
        }
        let each = self.projected(STAR, depth)?;
        Ok(Node::new(Op::Each, vec![taken, each]))
    }

    fn filter(&mut self, left: Node, depth: usize) -> Parsed {
        let condition = self.expression(0, depth)?;
        self.expect(b']')?;
        let each = if self.peek() == FLATTEN {
            Node::new(Op::Current, Vec::new())
        } else {
            self.projected(21, depth)?
        };
        Ok(Node::new(Op::Each, vec![left, each, condition]))
    }

    fn flatten(&mut self, left: Node, depth: usize) -> Parsed {
        let each = self.projected(9, depth)?;
        let flat = Node::new(Op::Flatten, vec![left]);
        Ok(Node::new(Op::Each, vec![flat, each]))
    }

    /// Expressions up to the sign that ends them; none are allowed for the arguments of a call.
    fn list(&mut self, depth: usize) -> Parsed {
        let mut node = Node::new(Op::List, Vec::new());
        loop {
            node.kids.push(self.expression(0, depth)?);
            if self.eat(b']') {
                return Ok(node);
            }
            self.expect(b',')?;
        }
    }

    fn hash(&mut self, depth: usize) -> Parsed {
        let mut node = Node::new(Op::Hash, Vec::new());
        let mut keys = Vec::new();
        loop {
            let (NAME | QUOTED, key) = self.next() else {
                return self.fail_before(says("in braces stand pairs like {name: a.b}"));
            };
            self.expect(b':')?;
            keys.push(key);
            node.kids.push(self.expression(0, depth)?);
            if self.eat(b'}') {
                node.value = Value::Array(keys);
                return Ok(node);
            }
            self.expect(b',')?;
        }
    }

    fn call(&mut self, name: &Value, here: usize, depth: usize) -> Parsed {
        self.at += 1;
        let mut node = Node::new(Op::Call, Vec::new());
        while !self.eat(b')') {
            if !node.kids.is_empty() {
                self.expect(b',')?;
            }
            node.kids.push(self.expression(0, depth)?);
        }
        match functions::find(name.as_str().unwrap_or_default(), &node.kids) {
            Ok(tag) => Ok(Node { tag, ..node }),
            Err(problem) => {
                self.at = here;
                self.fail(&problem)
            }
        }
    }
}
