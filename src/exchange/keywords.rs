//! The words of a question that carry its subject.

use crate::search::stop::is_stop_word;
use crate::search::texts::Texts;
use crate::search::{near, words};

/// Most words of one text that are looked at.
const MOST: usize = 400;

/// The words of a text, folded, without those that carry no subject.
pub(crate) fn keywords(text: &str) -> Texts {
    let words = words(text);
    let mut out = Texts::default();
    for number in 0..words.len().min(MOST) {
        let word = words.text(number);
        if !is_stop_word(word) {
            out.push(word);
        }
    }
    out
}

/// A folded word without the endings of number and gender in French, English and German
/// ("factures" and "facture", "Rechnungen" and "Rechnung"). Short words, and words with digits
/// or signs, stay as they are: "5S" and "C#" are not endings.
pub(crate) fn stem(word: &str) -> &str {
    if word.len() < 5 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word;
    }
    let bare = word
        .strip_suffix(['s', 'x'])
        .filter(|w| !w.ends_with('s'))
        .unwrap_or(word);
    let bare = if bare.len() >= 8 {
        bare.strip_suffix("en").unwrap_or(bare)
    } else {
        bare
    };
    if bare.len() >= 5 {
        bare.strip_suffix('e').unwrap_or(bare)
    } else {
        bare
    }
}

/// Whether two folded words mean the same: the same stem, or one error in words of six letters
/// and more that begin with the same two. Searching forgives more; proposing must not.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    let (mut left, mut right) = (a.chars(), b.chars());
    if left.next() != right.next() {
        return false;
    }
    let long = || a.chars().count() >= 6 && b.chars().count() >= 6;
    stem(a) == stem(b) || left.next() == right.next() && long() && near(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_carries_the_subject() {
        let kept = |t| {
            let found = keywords(t);
            (0..found.len())
                .map(|n| found.get(n).to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            kept("Qui peut m’aider avec les factures d'achat ?"),
            "factures achat"
        );
        assert_eq!(
            kept("How do I get the pivot table to refresh?"),
            "pivot table refresh"
        );
        assert_eq!(
            kept("Wer kann mir bei der Reisekostenabrechnung helfen"),
            "reisekostenabrechnung helfen"
        );
    }

    #[test]
    fn forgives_endings_and_slips() {
        let alike = |a: &str, b: &str| super::alike(keywords(a).get(0), keywords(b).get(0));
        for (a, b) in [
            ("factures", "facture"),
            ("Rechnungen", "Rechnung"),
            ("tableaux", "tableau"),
            ("soudrue", "soudure"),
            ("comptabilité", "Comptabilite"),
        ] {
            assert!(alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("mode", "code"),
            ("C", "C++"),
            ("Java", "JavaScript"),
            ("5S", "5"),
        ] {
            assert!(!alike(a, b), "{a} {b}");
        }
    }
}
