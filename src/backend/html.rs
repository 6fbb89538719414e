//! Text of backends that give HTML: to plain text, and from it.
//!
//! Everything is drawn as text nodes, so this is about reading, not about safety: `plain_text`
//! drops tags, turns blocks into lines and resolves the usual character references.

/// Plain text of an HTML fragment. Scripts and styles are dropped with what is in them; what
/// looks like no tag (`a < b`) stays.
#[must_use]
pub(super) fn plain_text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '&' => reference(after, &mut out),
            '<' => tag(after, &mut out),
            c => {
                out.push(c);
                after
            }
        };
    }
    out.trim().to_owned()
}

/// Tags that begin a new line.
const BLOCKS: &str = "br p div li tr ul ol blockquote pre h1 h2 h3 h4 h5 h6";

fn tag<'a>(inside: &'a str, out: &mut String) -> &'a str {
    if let Some(comment) = inside.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let named = inside.trim_start_matches('/');
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        out.push('<');
        return inside;
    }
    let opens = named.len() == inside.len();
    let Some((_, after)) = inside.split_once('>') else {
        return "";
    };
    let end = named.find(|c: char| !c.is_ascii_alphanumeric());
    let name = named.split_at(end.unwrap_or(named.len())).0;
    let name = name.to_ascii_lowercase();
    if opens && matches!(name.as_str(), "script" | "style") {
        let mut rest = after;
        while let Some((_, close)) = rest.split_once("</") {
            let closes = close.get(..name.len());
            if closes.is_some_and(|n| n.eq_ignore_ascii_case(&name)) {
                return close.split_once('>').map_or("", |(_, after)| after);
            }
            rest = close;
        }
        return "";
    }
    if BLOCKS.split(' ').any(|block| block == name) {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        if opens && name == "li" {
            out.push_str("- ");
        }
    }
    after
}

/// The usual named references, each followed by its character.
const REFERENCES: &str = "amp& lt< gt> quot\" apos' hellip… ndash– mdash— lsquo‘ rsquo’ laquo« \
                          raquo» eacuteé egraveè agraveà";

/// Longest name of a character that is looked for, in bytes: a text full of `&` is not read to its
/// end for each of them.
const LONGEST_NAME: usize = 12;

fn reference<'a>(inside: &'a str, out: &mut String) -> &'a str {
    let end = inside.bytes().take(LONGEST_NAME).position(|b| b == b';');
    let parts = end.and_then(|end| inside.get(..end).zip(inside.get(end + 1..)));
    let found = parts.and_then(|(name, after)| {
        let c = if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        } else if name == "nbsp" {
            ' '
        } else {
            let known = REFERENCES.split(' ');
            let mut rest = known.filter_map(|known| known.strip_prefix(name));
            rest.find_map(|rest| {
                let mut rest = rest.chars();
                rest.next()
                    .filter(|c| !c.is_ascii_alphanumeric() && rest.next().is_none())
            })?
        };
        Some((c, after))
    });
    match found {
        Some((c, after)) => {
            out.push(c);
            after
        }
        None => {
            out.push('&');
            inside
        }
    }
}

/// Text as HTML writes it.
#[must_use]
pub(super) fn escape_html(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_html_as_people_do() {
        for (html, text) in [
            ("<p>Salut&nbsp;!</p><p>a<br/>b</p>", "Salut !\na\nb"),
            (
                "a < b &amp;&amp; c &#233; &#x20AC; &unknown; & x",
                "a < b && c é € &unknown; & x",
            ),
            (
                "<script>alert(1)</script>ok<!-- no --><style>x</style>",
                "ok",
            ),
            ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
            ("<unclosed", ""),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
    }

    proptest! {
        #[test]
        fn what_was_escaped_comes_back(text in "\\PC{0,30}") {
            prop_assert_eq!(plain_text(&escape_html(&text)), text.trim());
        }
        #[test]
        fn never_panics(html in "[<>&;#xa-p/!é\" -]{0,40}") {
            let _ = plain_text(&html);
        }
    }
}
