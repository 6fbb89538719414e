//! Cuts a selector into tokens (JMESPath grammar).

use super::SelectorError;
use serde_json::Value;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Quoted(String),
    Literal(Value),
    Number(i64),
    /// A sign of one or two characters (`.`, `[?`, `||`, `==`).
    Sign(&'static str),
    End,
}

/// Two-character signs first, so that the longest one is taken.
const SIGNS: [&str; 26] = [
    "[?", "[]", "||", "&&", "==", "!=", "<=", ">=", ".", "*", "[", "]", ",", ":", "@", "&", "(",
    ")", "{", "}", "|", "<", ">", "!", "$", "=",
];

/// Most tokens of one selector; longer ones are programs, not mappings.
const MOST: usize = 600;

/// The tokens with their offsets; the last is [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>, SelectorError> {
    let mut out = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let fail = |problem: &str| {
            Err(SelectorError {
                at,
                problem: problem.to_owned(),
            })
        };
        if out.len() > MOST {
            return fail("the selector is too long");
        }
        let Some(first) = rest.chars().next() else {
            out.push((Token::End, at));
            return Ok(out);
        };
        let length = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let name = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
                out.push((Token::Name(name.to_owned()), at));
                name.len()
            }
            '0'..='9' | '-' => {
                let end = rest.get(1..).unwrap_or_default();
                let end = end
                    .find(|c: char| !c.is_ascii_digit())
                    .map_or(rest.len(), |e| e + 1);
                match rest.get(..end).unwrap_or_default().parse() {
                    Ok(number) => out.push((Token::Number(number), at)),
                    Err(_) => return fail("a number is written like 1 or -1"),
                }
                end
            }
            '"' | '\'' | '`' => {
                let Some(inside) = quoted(rest, first) else {
                    return fail("this quotation is never closed");
                };
                let token = match first {
                    '"' => match serde_json::from_str(&format!("\"{inside}\"")) {
                        Ok(Value::String(name)) => Some(Token::Quoted(name)),
                        _ => None,
                    },
                    '\'' => Some(Token::Literal(Value::String(raw_string(inside)))),
                    _ => literal(inside).map(Token::Literal),
                };
                match token {
                    Some(token) => out.push((token, at)),
                    None => return fail("what is quoted here is not JSON"),
                }
                inside.len() + 2
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(&"=") => return fail("to compare, write `==`"),
                Some(sign) => {
                    out.push((Token::Sign(sign), at));
                    sign.len()
                }
                None => {
                    return fail(
                        "this character means nothing here; quote names that hold it: \"a-b\"",
                    );
                }
            },
        };
        at += length;
    }
}

/// What stands between the quote at the start and its end; a back slash guards the next one.
fn quoted(rest: &str, quote: char) -> Option<&str> {
    let inside = rest.get(1..)?;
    let mut guarded = false;
    let end = inside.find(|c| {
        let closes = c == quote && !guarded;
        guarded = c == '\\' && !guarded;
        closes
    })?;
    inside.get(..end)
}

/// In a raw string only `\'` is an escape.
fn raw_string(inside: &str) -> String {
    inside.replace("\\'", "'")
}

/// A literal is JSON; the deprecated form without quotes (`` `foo` ``) is taken as a string.
fn literal(inside: &str) -> Option<Value> {
    let text = inside.replace("\\`", "`");
    let text = text.trim();
    serde_json::from_str(text)
        .ok()
        .or_else(|| serde_json::from_str(&format!("\"{text}\"")).ok())
}
