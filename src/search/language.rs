//! Names of languages, so that "German", "allemand" and "Deutsch" find those who speak `de`.
//!
//! People's languages come as BCP 47 tags. The table holds, per primary subtag (ISO 639), the
//! English, French and German names and the language's own where it differs, for the languages
//! of European companies and the world's largest.

use std::cmp::Ordering;

/// A line for each tag: the tag, then names that people type, parted by spaces. Sorted, so that a
/// tag is found by bisection.
const NAMES: &str = "\
ar arabic arabe arabisch العربية
bg bulgarian bulgare bulgarisch български
bn bengali bengalisch বাংলা
br breton bretonisch brezhoneg
ca catalan katalanisch català
cs czech tchèque tschechisch čeština
da danish danois dänisch dansk
de german allemand deutsch
el greek grec griechisch ελληνικά
en english anglais englisch
es spanish espagnol spanisch español
et estonian estonien estnisch eesti
eu basque baskisch euskara
fa persian persan persisch farsi فارسی
fi finnish finnois finnisch suomi
fr french français französisch
ga irish irlandais irisch gaeilge
he hebrew hébreu hebräisch עברית
hi hindi हिन्दी
hr croatian croate kroatisch hrvatski
hu hungarian hongrois ungarisch magyar
id indonesian indonésien indonesisch
it italian italien italienisch italiano
ja japanese japonais japanisch 日本語
ko korean coréen koreanisch 한국어
lb luxembourgish luxembourgeois luxemburgisch
lt lithuanian lituanien litauisch
lv latvian letton lettisch
mt maltese maltais maltesisch
nl dutch néerlandais niederländisch nederlands flamand
no norwegian norvégien norwegisch norsk
pl polish polonais polnisch polski
pt portuguese portugais portugiesisch português
ro romanian roumain rumänisch română
ru russian russe russisch русский
sk slovak slovaque slowakisch
sl slovenian slovène slowenisch
sr serbian serbe serbisch српски
sv swedish suédois schwedisch svenska
th thai thaï thailändisch ไทย
tr turkish turc türkisch türkçe
uk ukrainian ukrainien ukrainisch українська
vi vietnamese vietnamien vietnamesisch
zh chinese chinois chinesisch mandarin 中文
";

/// The names of a tag's language; empty for one that the table does not know.
pub(crate) fn names(tag: &str) -> &'static str {
    let [a, b] = primary(tag).as_bytes() else {
        return "";
    };
    let key = [a.to_ascii_lowercase(), b.to_ascii_lowercase()];
    let bytes = NAMES.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        // The line that holds the middle.
        let mut start = (low + high) / 2;
        while start > low && bytes.get(start - 1) != Some(&b'\n') {
            start -= 1;
        }
        let mut end = start;
        while bytes.get(end).is_some_and(|byte| *byte != b'\n') {
            end += 1;
        }
        match bytes.get(start..start + 2).unwrap_or_default().cmp(&key) {
            Ordering::Less => low = end + 1,
            Ordering::Equal => return NAMES.get(start + 3..end).unwrap_or_default(),
            Ordering::Greater => high = start,
        }
    }
    ""
}

/// The primary subtag: `pt` of `pt-BR`.
pub(crate) fn primary(tag: &str) -> &str {
    let end = tag.bytes().position(|b| b == b'-' || b == b'_');
    tag.get(..end.unwrap_or(tag.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn finds_a_language_by_its_tag() {
        assert!(super::names("de-AT").contains("allemand"));
        assert!(super::names("ZH").ends_with("中文"));
        assert_eq!(super::names("xx"), "");
        assert_eq!(super::names(""), "");
        assert_eq!(super::names("d"), "");
        assert_eq!(super::names("deu"), "");
    }

    #[test]
    fn every_tag_is_found() {
        assert!(super::NAMES.lines().is_sorted());
        for line in super::NAMES.lines() {
            assert_eq!(super::names(&line[..2]), &line[3..]);
        }
    }
}
