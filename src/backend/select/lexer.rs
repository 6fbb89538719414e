//! Cuts a selector into tokens (JMESPath grammar).

use super::SelectorError;
use crate::backend::explain::says;
use serde_json::Value;

/// One token.
#[derive(Debug, Default)]
pub(super) struct Token {
    /// Which one: a sign of one character is that character, others have the letters below.
    pub(super) kind: u8,
    /// The name, the literal or the number.
    pub(super) value: Value,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

pub(super) const END: u8 = 0;
pub(super) const NAME: u8 = b'n';
pub(super) const QUOTED: u8 = b'q';
pub(super) const LITERAL: u8 = b'v';
pub(super) const NUMBER: u8 = b'0';
pub(super) const FILTER: u8 = b'F';
pub(super) const FLATTEN: u8 = b'E';
pub(super) const OR: u8 = b'O';
pub(super) const AND: u8 = b'A';
pub(super) const EQUAL: u8 = b'=';
pub(super) const NOT_EQUAL: u8 = b'N';
pub(super) const LESS_EQUAL: u8 = b'l';
pub(super) const GREATER_EQUAL: u8 = b'g';

/// Signs of two characters, each with its kind.
const PAIRS: &[u8] = b"[?F[]E||O&&A===!=N<=l>=g";
const SINGLE: &[u8] = b".*[],:@&(){}|<>!$";

/// Most tokens of one selector; longer ones are programs, not mappings.
const MOST: usize = 600;

/// The tokens; the last is [`END`].
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SelectorError> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let fail = |problem| Err(SelectorError::new(at, problem));
        if out.len() > MOST {
            return fail(says("the selector is too long"));
        }
        let bytes = rest.as_bytes();
        let Some(&first) = bytes.first() else {
            out.push(Token {
                kind: END,
                value: Value::Null,
                at,
            });
            return Ok(out);
        };
        let mut length = 1;
        let run = |alike: &dyn Fn(u8) -> bool| {
            let tail = bytes.iter().skip(1);
            1 + tail.take_while(|b| alike(**b)).count()
        };
        let (kind, value) = match first {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                length = run(&|b| b.is_ascii_alphanumeric() || b == b'_');
                (NAME, Value::from(rest.get(..length)))
            }
            b'0'..=b'9' | b'-' => {
                length = run(&|b| b.is_ascii_digit());
                let number: Option<i64> = rest.get(..length).and_then(|n| n.parse().ok());
                match number {
                    Some(number) => (NUMBER, Value::from(number)),
                    None => return fail(says("a number is written like 1 or -1")),
                }
            }
            b'"' | b'\'' | b'`' => {
                let Some(inside) = quoted(rest, first) else {
                    return fail(says("this quotation is never closed"));
                };
                length = inside.len() + 2;
                let value = match first {
                    b'\'' => Some(Value::String(without_guard(inside, '\''))),
                    b'"' => rest
                        .get(..length)
                        .and_then(|t| serde_json::from_str(t).ok()),
                    _ => literal(&without_guard(inside, '`')),
                };
                let Some(value) = value else {
                    return fail(says("what is quoted here is not JSON"));
                };
                (if first == b'"' { QUOTED } else { LITERAL }, value)
            }
            _ => match PAIRS.chunks(3).find(|pair| bytes.starts_with(&pair[..2])) {
                Some(pair) => {
                    length = 2;
                    (pair[2], Value::Null)
                }
                None if SINGLE.contains(&first) => (first, Value::Null),
                None if first == b'=' => return fail(says("to compare, write `==`")),
                None => {
                    return fail(says(
                        "this character means nothing here; quote names that hold it: \"a-b\"",
                    ));
                }
            },
        };
        out.push(Token { kind, value, at });
        at += length;
    }
}

/// What stands between the quote at the start and its end; a back slash guards the next one.
fn quoted(rest: &str, quote: u8) -> Option<&str> {
    let mut guarded = false;
    for (i, &b) in rest.as_bytes().iter().enumerate().skip(1) {
        if b == quote && !guarded {
            return rest.get(1..i);
        }
        guarded = b == b'\\' && !guarded;
    }
    None
}

/// Drops the back slashes that guard `quote`; all others stay.
fn without_guard(inside: &str, quote: char) -> String {
    let mut out = String::new();
    for c in inside.chars() {
        if c == quote {
            out.pop();
        }
        out.push(c);
    }
    out
}

/// A literal is JSON; the deprecated form without quotes (`` `foo` ``) is taken as a string.
fn literal(text: &str) -> Option<Value> {
    let text = text.trim();
    match serde_json::from_str(text) {
        Ok(value) => Some(value),
        Err(_) => serde_json::from_str(&["\"", text, "\""].concat()).ok(),
    }
}
