//! Text of backends that give HTML: to plain text, and from it.
//!
//! Everything is drawn as text nodes, so this is about reading, not about safety: `plain_text`
//! drops tags, turns blocks into lines and resolves the usual character references.

/// Plain text of an HTML fragment. Scripts and styles are dropped with what is in them; what
/// looks like no tag (`a < b`) stays.
#[must_use]
pub(super) fn plain_text(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if from.starts_with('&') {
            reference(from, &mut out)
        } else {
            tag(from, &mut out)
        };
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn tag<'a>(from: &'a str, out: &mut String) -> &'a str {
    let inside = from.get(1..).unwrap_or_default();
    if let Some(comment) = inside.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let named = inside.trim_start_matches('/');
    if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!') {
        out.push('<');
        return inside;
    }
    let Some((tag, after)) = inside.split_once('>') else {
        return "";
    };
    let name: String = named
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    match name.as_str() {
        "script" | "style" if !tag.starts_with('/') => {
            let mut rest = after;
            while let Some(at) = rest.find("</") {
                let close = rest.get(at + 2..).unwrap_or_default();
                if close
                    .get(..name.len())
                    .is_some_and(|n| n.eq_ignore_ascii_case(&name))
                {
                    return rest.get(at..).unwrap_or_default();
                }
                rest = close;
            }
            ""
        }
        "br" | "p" | "div" | "li" | "tr" | "ul" | "ol" | "blockquote" | "pre" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" => {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            if name == "li" && !tag.starts_with('/') {
                out.push_str("- ");
            }
            after
        }
        _ => after,
    }
}

fn reference<'a>(from: &'a str, out: &mut String) -> &'a str {
    let inside = from.get(1..).unwrap_or_default();
    let end = inside.bytes().take(12).position(|b| b == b';');
    let found = end.and_then(|end| {
        let name = inside.get(..end)?;
        let c = match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => ' ',
            "hellip" => '…',
            "ndash" => '–',
            "mdash" => '—',
            "lsquo" => '‘',
            "rsquo" => '’',
            "laquo" => '«',
            "raquo" => '»',
            "eacute" => 'é',
            "egrave" => 'è',
            "agrave" => 'à',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code).filter(|c| *c != '\0')?
            }
        };
        Some((c, end + 1))
    });
    match found {
        Some((c, length)) => {
            out.push(c);
            inside.get(length..).unwrap_or_default()
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
    let mut out = String::with_capacity(text.len());
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
