//! Just enough of Rust's lexical grammar to read paths: comments, strings and characters are
//! skipped, so that a crate's name in a sentence is not taken for an import.

/// A token that matters for paths. Everything else is [`Token::Other`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    Ident(&'a str),
    PathSep,
    Open,
    Close,
    Comma,
    Semicolon,
    Other(char),
}

/// A token and the line it stands on (the first is 1).
pub(crate) type Spanned<'a> = (Token<'a>, usize);

/// Splits source text into tokens. Text that is not valid Rust gives some tokens, never a panic.
pub(crate) fn tokens(source: &str) -> Vec<Spanned<'_>> {
    let mut out = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or(0);
        if length > 0 {
            let (text, after) = rest.split_at(length);
            line += text.matches('\n').count();
            rest = after;
            continue;
        }
        let (token, length) = if first.is_alphabetic() || first == '_' {
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            (Token::Ident(&rest[..length]), length)
        } else if rest.starts_with("::") {
            (Token::PathSep, 2)
        } else {
            let token = match first {
                '{' => Token::Open,
                '}' => Token::Close,
                ',' => Token::Comma,
                ';' => Token::Semicolon,
                other => Token::Other(other),
            };
            (token, first.len_utf8())
        };
        out.push((token, line));
        rest = &rest[length..];
    }
    out
}

/// The length of the space, comment or literal that `text` starts with.
fn skipped(text: &str) -> Option<usize> {
    let space = text.len() - text.trim_start().len();
    if space > 0 {
        return Some(space);
    }
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment(text));
    }
    if let Some(length) = raw_string(text) {
        return Some(length);
    }
    let prefix = usize::from(text.starts_with("b\"") || text.starts_with("c\""));
    if text[prefix..].starts_with('"') {
        return Some(prefix + quoted(&text[prefix..]));
    }
    if text.starts_with('\'') {
        return char_literal(text);
    }
    None
}

/// Block comments nest in Rust.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let here = &text[at..];
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

fn raw_string(text: &str) -> Option<usize> {
    let body = text
        .strip_prefix("br")
        .or_else(|| text.strip_prefix("cr"))
        .or_else(|| text.strip_prefix('r'))?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    body[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = text.len() - body.len() + hashes + 1;
    Some(match text[start..].find(&end) {
        Some(found) => start + found + end.len(),
        None => text.len(),
    })
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// `'a'` and `'\n'`, but not the lifetime `'a`.
fn char_literal(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        // The first sign after the backslash may itself be a quote.
        chars.next()?;
        let (end, _) = chars.find(|&(_, c)| c == '\'')?;
        return Some(end + 1);
    }
    match chars.next()? {
        (end, '\'') => Some(end + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idents(source: &str) -> Vec<&str> {
        tokens(source)
            .into_iter()
            .filter_map(|(token, _)| match token {
                Token::Ident(name) => Some(name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn comments_and_literals_are_not_code() {
        assert_eq!(
            idents("// yew\nuse a; /* yew /* yew */ yew */ b"),
            ["use", "a", "b"]
        );
        assert_eq!(
            idents(r##"let s = "yew \" yew"; r#"yew " "#; b"yew" c"##),
            ["let", "s", "c"]
        );
        assert_eq!(
            idents(r"'\'' 'y' '\u{1F}' fn f<'a>(x: &'a str)"),
            ["fn", "f", "a", "x", "a", "str"]
        );
        assert_eq!(idents("raw r b br"), ["raw", "r", "b", "br"]);
    }

    #[test]
    fn lines_are_counted_through_everything() {
        let source = "a\n/* \n */ b \"\n\" c";
        let lines: Vec<usize> = tokens(source).iter().map(|&(_, line)| line).collect();
        assert_eq!(lines, [1, 3, 4]);
    }

    #[test]
    fn broken_source_ends() {
        for source in ["\"", "'", "'\\", "r#\"", "/*", "/*/", "é'", "b\"\\"] {
            tokens(source);
        }
    }
}
