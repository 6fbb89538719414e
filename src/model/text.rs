//! Text that came from outside, made safe to lay out.
//!
//! Everything is drawn as text nodes, so markup needs no escaping; what can still hurt is
//! length, control characters and the bidirectional overrides that make text read as another
//! (Unicode Technical Report 36, "Trojan Source"). Both functions keep every other character.

/// Longest name of a person, skill, team or place, in characters.
pub const NAME: usize = 120;
/// Longest question, title or short note, in characters.
pub const SHORT_TEXT: usize = 300;
/// Longest details or answer, in characters.
pub const LONG_TEXT: usize = 20_000;

/// One line: white space of any kind is folded to single spaces, the ends are trimmed,
/// what cannot be shown is dropped, and past `max` characters it ends in an ellipsis.
#[must_use]
pub fn clean_line(raw: &str, max: usize) -> String {
    let mut out = String::with_capacity(raw.len().min(max * 4));
    let mut count = 0;
    let mut gap = false;
    for c in raw.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
            continue;
        }
        if is_unshowable(c) {
            continue;
        }
        let needed = 1 + usize::from(gap);
        if count + needed > max {
            return ellipsis(out, max);
        }
        if gap {
            out.push(' ');
            gap = false;
        }
        out.push(c);
        count += needed;
    }
    out
}

/// Several lines: like [`clean_line`], but line breaks stay (CRLF and CR become LF), and more
/// than two in a row become two.
#[must_use]
pub fn clean_text(raw: &str, max: usize) -> String {
    let mut out = String::with_capacity(raw.len().min(max * 4));
    let mut count = 0;
    let mut breaks = 0;
    let mut previous = ' ';
    for c in raw.chars() {
        let after_cr = std::mem::replace(&mut previous, c) == '\r';
        let c = match c {
            '\n' if after_cr => continue,
            '\r' => '\n',
            '\t' => ' ',
            c if is_unshowable(c) => continue,
            c => c,
        };
        if c == '\n' {
            breaks += 1;
            if breaks > 2 || out.is_empty() {
                continue;
            }
        } else if !c.is_whitespace() {
            breaks = 0;
        }
        if count == max {
            return ellipsis(out, max);
        }
        out.push(c);
        count += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

fn ellipsis(mut text: String, max: usize) -> String {
    while text.chars().count() >= max.max(1) {
        text.pop();
    }
    text.truncate(text.trim_end().len());
    text.push('…');
    text
}

/// Controls, bidirectional overrides and isolates, and non-characters. Joiners stay: emoji
/// and Persian need them.
fn is_unshowable(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || matches!(c, '\u{FDD0}'..='\u{FDEF}')
        || (c as u32 & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_space_and_drops_overrides() {
        assert_eq!(clean_line("  a\u{202E}b \n\t c\0 ", 10), "ab c");
        assert_eq!(clean_text("a\r\nb\rc\n\n\n\nd\n", 50), "a\nb\nc\n\nd");
        assert_eq!(clean_line("abcdef", 4), "abc…");
        assert_eq!(clean_line("abcd", 4), "abcd");
    }

    proptest! {
        #[test]
        fn never_longer_than_asked_and_stable(raw in "\\PC*|(?s).*", max in 1usize..40) {
            for clean in [clean_line, clean_text] {
                let once = clean(&raw, max);
                prop_assert!(once.chars().count() <= max);
                prop_assert_eq!(&clean(&once, max), &once);
            }
        }
    }
}
