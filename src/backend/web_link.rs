//! The `Link` header (Web Linking, RFC 8288): where many backends write the next page.

/// The target of the first link with this relation, as written (it may be relative).
///
/// Takes several header fields joined by commas, as `fetch` gives them. Commas and semicolons
/// inside `<...>` and quoted strings do not separate (RFC 8288, appendix B.2); links that
/// anchor elsewhere are skipped.
#[must_use]
pub(super) fn link_target<'a>(header: &'a str, relation: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([',', ' ', '\t']);
        let (target, mut after) = rest.strip_prefix('<')?.split_once('>')?;
        let (mut fits, mut seen_rel, mut anchored) = (false, false, false);
        while let Some(parameter) = after.trim_start().strip_prefix(';') {
            let (name, value, tail) = read_parameter(parameter.trim_start());
            match name.to_ascii_lowercase().as_str() {
                // Only the first `rel` counts (section 3.3); it may hold several relations.
                "rel" if !seen_rel => {
                    seen_rel = true;
                    fits = value
                        .split_whitespace()
                        .any(|r| r.eq_ignore_ascii_case(relation));
                }
                "anchor" => anchored = true,
                _ => {}
            }
            after = tail;
        }
        if fits && !anchored {
            return Some(target.trim());
        }
        rest = after.trim_start();
        if !rest.starts_with(',') {
            return None;
        }
    }
}

/// Name, value (without quotes; escapes stay, relations have none) and what follows.
fn read_parameter(text: &str) -> (&str, &str, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return (name.trim(), "", rest);
    };
    if let Some(quoted) = value.strip_prefix('"') {
        let mut escaped = false;
        let end = quoted.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        let end = end.unwrap_or(quoted.len());
        let (inside, tail) = quoted.split_at(end);
        return (name.trim(), inside, tail.strip_prefix('"').unwrap_or(tail));
    }
    let (value, tail) = value.split_at(value.find([';', ',']).unwrap_or(value.len()));
    (name.trim(), value.trim(), tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_the_next_page() {
        for (header, expected) in [
            (
                "<http://a/?p=1>; rel=\"first\", <http://a/?p=2>; rel=\"next\"",
                Some("http://a/?p=2"),
            ),
            (
                "</p?a=1,2;3>; title=\"a, b; \\\"c\\\"\"; rel=\"last next\"",
                Some("/p?a=1,2;3"),
            ),
            ("<a>;REL=Next", Some("a")),
            ("<a>; rel=prev; rel=next", None),
            ("<a>; rel=next; anchor=\"#x\"", None),
            ("<a>", None),
            ("nonsense", None),
            ("", None),
            ("<a>; rel=\"next", Some("a")),
            ("< a >; rel = \"next\" , <b>", Some("a")),
        ] {
            assert_eq!(link_target(header, "next"), expected, "{header}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_or_hangs(header in "[<>;,=\" a-zé\\\\]{0,40}") {
            let _ = link_target(&header, "next");
        }
    }
}
