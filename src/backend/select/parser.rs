//! Reads a selector: a Pratt parser with the binding powers of the JMESPath grammar.

use super::functions::Function;
use super::lexer::{Token, tokens};
use super::{Comparison, Expression, SelectorError};
use serde_json::Value;

/// Deepest nesting, chains included: what evaluating may put on the stack.
const DEEPEST: usize = 80;

const PIPE: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const COMPARE: u8 = 5;
/// The reference parsers bind `!` tighter than `.`, so that `!a.b` is `(!a).b`, always null; here
/// it is what everybody means by it.
const NOT: u8 = 6;
const FLATTEN: u8 = 9;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;

const BRACKET: u8 = 55;
const CALL: u8 = 60;

/// Powers below this end what a projection applies to its items.
const PROJECTION_ENDS: u8 = 10;

struct Parser {
    tokens: Vec<(Token, usize)>,
    at: usize,
}

type Parsed = Result<Expression, SelectorError>;

pub(super) fn parse(text: &str) -> Parsed {
    let mut parser = Parser {
        tokens: tokens(text)?,
        at: 0,
    };
    let expression = parser.expression(0, 0)?;
    match parser.peek() {
        Token::End => Ok(expression),
        _ => parser.fail("the selector could end here; what follows does not fit"),
    }
}

fn boxed(expression: Expression) -> Box<Expression> {
    Box::new(expression)
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |(token, _)| token)
    }

    fn next(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.peek(), Token::Sign(s) if *s == sign)
    }

    fn eat(&mut self, sign: &str) -> bool {
        let found = self.is(sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), SelectorError> {
        if self.eat(sign) {
            return Ok(());
        }
        self.fail(&format!("`{sign}` is missing here"))
    }

    fn fail<T>(&self, problem: &str) -> Result<T, SelectorError> {
        let at = self
            .tokens
            .get(self.at)
            .or(self.tokens.last())
            .map_or(0, |(_, at)| *at);
        Err(SelectorError {
            at,
            problem: problem.to_owned(),
        })
    }

    fn power(&self) -> u8 {
        match self.peek() {
            Token::Sign("|") => PIPE,
            Token::Sign("||") => OR,
            Token::Sign("&&") => AND,
            Token::Sign("==" | "!=" | "<" | "<=" | ">" | ">=") => COMPARE,
            Token::Sign("[]") => FLATTEN,
            Token::Sign("*") => STAR,
            Token::Sign("[?") => FILTER,
            Token::Sign(".") => DOT,
            Token::Sign("[") => BRACKET,
            Token::Sign("(") => CALL,
            _ => 0,
        }
    }

    fn expression(&mut self, power: u8, depth: usize) -> Parsed {
        let mut depth = depth + 1;
        let mut left = self.prefix(depth)?;
        while power < self.power() {
            depth += 1;
            if depth > DEEPEST {
                return self.fail("the selector is nested too deeply");
            }
            left = self.infix(left, depth)?;
        }
        Ok(left)
    }

    fn prefix(&mut self, depth: usize) -> Parsed {
        if depth > DEEPEST {
            return self.fail("the selector is nested too deeply");
        }
        let here = self.at;
        Ok(match self.next() {
            Token::Literal(value) => Expression::Literal(value),
            Token::Name(name) if self.is("(") => return self.call(&name, here, depth),
            Token::Name(name) | Token::Quoted(name) => Expression::Field(name),
            Token::Sign("@") => Expression::Current,
            Token::Sign("$") => Expression::Root,
            Token::Sign("!") => Expression::Not(boxed(self.expression(NOT, depth)?)),
            Token::Sign("*") => {
                let each = if self.is("]") {
                    Expression::Current
                } else {
                    self.projected(STAR, depth)?
                };
                Expression::EachValue(boxed(Expression::Current), boxed(each))
            }
            Token::Sign("[?") => return self.filter(Expression::Current, depth),
            Token::Sign("[]") => return self.flatten(Expression::Current, depth),
            Token::Sign("{") => return self.hash(depth),
            Token::Sign("(") => {
                let inside = self.expression(0, depth)?;
                self.expect(")")?;
                inside
            }
            Token::Sign("[") => {
                if matches!(self.peek(), Token::Number(_) | Token::Sign(":" | "*"))
                    && !self.star_begins_a_list()
                {
                    return self.bracket(Expression::Current, depth);
                }
                return self.list(depth);
            }
            Token::End => {
                self.at = here;
                return self.fail("something is missing here");
            }
            _ => {
                self.at = here;
                return self.fail("a name, a value or `@` should stand here");
            }
        })
    }

    /// `[*, a]` is a list whose first entry is `*`; `[*]` takes each item.
    fn star_begins_a_list(&self) -> bool {
        self.is("*") && !matches!(self.tokens.get(self.at + 1), Some((Token::Sign("]"), _)))
    }

    fn infix(&mut self, left: Expression, depth: usize) -> Parsed {
        let power = self.power();
        let Token::Sign(sign) = self.next() else {
            return self.fail("this does not fit here");
        };
        Ok(match sign {
            "." if self.eat("*") => {
                let each = self.projected(DOT, depth)?;
                Expression::EachValue(boxed(left), boxed(each))
            }
            "." => Expression::Then(boxed(left), boxed(self.after_dot(DOT, depth)?)),
            "|" => Expression::Then(boxed(left), boxed(self.expression(PIPE, depth)?)),
            "||" => Expression::Or(boxed(left), boxed(self.expression(OR, depth)?)),
            "&&" => Expression::And(boxed(left), boxed(self.expression(AND, depth)?)),
            "[?" => return self.filter(left, depth),
            "[]" => return self.flatten(left, depth),
            "[" => return self.bracket(left, depth),
            "==" | "!=" | "<" | "<=" | ">" | ">=" => {
                let right = self.expression(power, depth)?;
                let comparison = match sign {
                    "==" => Comparison::Equal,
                    "!=" => Comparison::NotEqual,
                    "<" => Comparison::Less,
                    "<=" => Comparison::LessEqual,
                    ">" => Comparison::Greater,
                    _ => Comparison::GreaterEqual,
                };
                Expression::Compare(comparison, boxed(left), boxed(right))
            }
            _ => {
                self.at -= 1;
                return self.fail("this does not fit here");
            }
        })
    }

    /// What a projection applies to each of its items.
    fn projected(&mut self, power: u8, depth: usize) -> Parsed {
        if self.power() < PROJECTION_ENDS {
            return Ok(Expression::Current);
        }
        if self.is("[") || self.is("[?") {
            return self.expression(power, depth);
        }
        self.expect(".")?;
        self.after_dot(power, depth)
    }

    fn after_dot(&mut self, power: u8, depth: usize) -> Parsed {
        match self.peek() {
            Token::Name(_) | Token::Quoted(_) | Token::Sign("*") => self.expression(power, depth),
            Token::Sign("[") => {
                self.at += 1;
                self.list(depth)
            }
            Token::Sign("{") => {
                self.at += 1;
                self.hash(depth)
            }
            _ => self.fail(
                "after `.` comes a name, `*`, `[...]` or `{...}`; quote other names: \"a-b\"",
            ),
        }
    }

    /// After `[`: an index, a slice or `*`.
    fn bracket(&mut self, left: Expression, depth: usize) -> Parsed {
        if self.eat("*") {
            self.expect("]")?;
            let each = self.projected(STAR, depth)?;
            return Ok(Expression::Each(boxed(left), boxed(each)));
        }
        let mut parts = [None; 3];
        let mut colons = 0;
        loop {
            match self.next() {
                Token::Number(n) if parts.get(colons).is_some_and(Option::is_none) => {
                    parts[colons] = Some(n);
                }
                Token::Sign(":") if colons < 2 => colons += 1,
                Token::Sign("]") => break,
                _ => {
                    self.at -= 1;
                    return self
                        .fail("in brackets stands a position like [0], a part like [0:3], or [*]");
                }
            }
        }
        let [start, stop, step] = parts;
        if colons == 0 {
            let index = start.unwrap_or_default();
            return Ok(Expression::Then(
                boxed(left),
                boxed(Expression::Index(index)),
            ));
        }
        if step == Some(0) {
            return self.fail("the step of a part cannot be 0");
        }
        let slice = Expression::Slice(start, stop, step.unwrap_or(1));
        let slice = Expression::Then(boxed(left), boxed(slice));
        let each = self.projected(STAR, depth)?;
        Ok(Expression::Each(boxed(slice), boxed(each)))
    }

    fn filter(&mut self, left: Expression, depth: usize) -> Parsed {
        let condition = self.expression(0, depth)?;
        self.expect("]")?;
        let each = if self.is("[]") {
            Expression::Current
        } else {
            self.projected(FILTER, depth)?
        };
        Ok(Expression::Filter(
            boxed(left),
            boxed(each),
            boxed(condition),
        ))
    }

    fn flatten(&mut self, left: Expression, depth: usize) -> Parsed {
        let each = self.projected(FLATTEN, depth)?;
        Ok(Expression::Each(
            boxed(Expression::Flatten(boxed(left))),
            boxed(each),
        ))
    }

    fn list(&mut self, depth: usize) -> Parsed {
        let mut items = Vec::new();
        loop {
            items.push(self.expression(0, depth)?);
            if self.eat("]") {
                return Ok(Expression::List(items));
            }
            self.expect(",")?;
        }
    }

    fn hash(&mut self, depth: usize) -> Parsed {
        let mut pairs = Vec::new();
        loop {
            let (Token::Name(key) | Token::Quoted(key)) = self.next() else {
                self.at -= 1;
                return self.fail("in braces stand pairs like {name: a.b}");
            };
            self.expect(":")?;
            pairs.push((key, self.expression(0, depth)?));
            if self.eat("}") {
                return Ok(Expression::Hash(pairs));
            }
            self.expect(",")?;
        }
    }

    fn call(&mut self, name: &str, here: usize, depth: usize) -> Parsed {
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.eat(")") {
            if !arguments.is_empty() {
                self.expect(",")?;
            }
            arguments.push(self.expression(0, depth)?);
        }
        let end = std::mem::replace(&mut self.at, here);
        let Some(function) = Function::named(name) else {
            return self.fail(&format!(
                "there is no function `{name}`; there are {}",
                Function::names()
            ));
        };
        if !function.takes(arguments.len()) {
            return self.fail(&format!("`{name}` takes {}", function.arity_in_words()));
        }
        if function == Function::Quote
            && !matches!(arguments.get(1), Some(Expression::Literal(Value::String(grammar)))
                if crate::backend::quote::Grammar::named(grammar).is_some())
        {
            return self.fail(&format!(
                "`quote` takes a grammar by name: {}",
                crate::backend::quote::Grammar::names()
            ));
        }
        self.at = end;
        Ok(Expression::Call(function, arguments))
    }
}
