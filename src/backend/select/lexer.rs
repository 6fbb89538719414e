//! Cuts a selector into tokens (JMESPath grammar).

use super::SelectorError;
use crate::backend::explain::says;

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Which one: a sign of one character is that character, others have the letters below.
    pub(super) kind: u8,
    /// Where it begins, in bytes.
    pub(super) at: usize,
    /// Where it ends.
    pub(super) end: usize,
}

pub(super) const END: u8 = 0;
pub(super) const NAME: u8 = b'n';
pub(super) const QUOTED: u8 = b'"';
pub(super) const RAW: u8 = b'\'';
pub(super) const LITERAL: u8 = b'`';
pub(super) const NUMBER: u8 = b'0';
pub(super) const FILTER: u8 = b'F';
pub(super) const FLATTEN: u8 = b'E';
pub(super) const OR: u8 = b'O';
pub(super) const AND: u8 = b'A';
pub(super) const EQUAL: u8 = b'=';
pub(super) const NOT_EQUAL: u8 = b'N';
pub(super) const LESS_EQUAL: u8 = b'l';
pub(super) const GREATER_EQUAL: u8 = b'g';

/// The kind of a sign of two characters, or [`END`].
fn pair(first: u8, second: u8) -> u8 {
    match (first, second) {
        (b'[', b'?') => FILTER,
        (b'[', b']') => FLATTEN,
        (b'|', b'|') => OR,
        (b'&', b'&') => AND,
        (b'=', b'=') => EQUAL,
        (b'!', b'=') => NOT_EQUAL,
        (b'<', b'=') => LESS_EQUAL,
        (b'>', b'=') => GREATER_EQUAL,
        _ => END,
    }
}

/// Most tokens of one selector; longer ones are programs, not mappings.
const MOST: usize = 600;

/// The tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, SelectorError> {
    let bytes = text.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(END);
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let first = byte(at);
        let mut end = at + 1;
        let mut kind = first;
        let mut problem = "";
        match first {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at = end;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                kind = NAME;
                while byte(end).is_ascii_alphanumeric() || byte(end) == b'_' {
                    end += 1;
                }
            }
            b'0'..=b'9' | b'-' => {
                kind = NUMBER;
                while byte(end).is_ascii_digit() {
                    end += 1;
                }
                // So that it fits into 64 bits.
                if (first == b'-' && end == at + 1) || end > at + 18 {
                    problem = says("a number is written like 1 or -1");
                }
            }
            b'"' | b'\'' | b'`' => {
                // A back slash guards the next one.
                while byte(end) != first && byte(end) != END {
                    end += if byte(end) == b'\\' { 2 } else { 1 };
                }
                if byte(end) == END {
                    problem = says("this quotation is never closed");
                }
                end += 1;
            }
            _ => {
                let both = pair(first, byte(end));
                if both != END {
                    kind = both;
                    end += 1;
                } else if first == b'=' {
                    problem = says("to compare, write `==`");
                } else if !b".*[],:@&(){}|<>!$".contains(&first) {
                    problem = says(
                        "this character means nothing here; quote names that hold it: \"a-b\"",
                    );
                }
            }
        }
        if out.len() > MOST {
            problem = says("the selector is too long");
        }
        if !problem.is_empty() {
            return Err(SelectorError::new(at, problem));
        }
        out.push(Token { kind, at, end });
        at = end;
    }
    Ok(out)
}

/// Drops the back slashes that guard `quote`; all others stay.
pub(super) fn without_guard(inside: &str, quote: u8) -> String {
    let mut out = String::new();
    for c in inside.chars() {
        if c == char::from(quote) {
            out.pop();
        }
        out.push(c);
    }
    out
}
