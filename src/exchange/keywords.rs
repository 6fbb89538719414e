//! The words of a question that carry its subject.

use crate::search::stop::is_stop_word;
use crate::search::{near, words};

/// A word that carries a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keyword {
    /// Folded.
    pub(crate) text: String,
    /// Without endings of number and gender.
    pub(crate) stem: String,
    /// As it was written.
    pub(crate) written: String,
}

/// Most words of one text that are looked at.
const MOST: usize = 400;

/// The words of a text without those that carry no subject.
pub(crate) fn keywords(text: &str) -> Vec<Keyword> {
    words(text)
        .into_iter()
        .take(MOST)
        .filter(|w| !is_stop_word(&w.text))
        .map(|w| Keyword {
            stem: stem(&w.text).to_owned(),
            written: text.get(w.span).unwrap_or_default().to_owned(),
            text: w.text,
        })
        .collect()
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

/// Whether two words mean the same: the same stem, or one error in words of six letters and
/// more that begin with the same two. Searching forgives more; proposing must not.
pub(crate) fn alike(a: &Keyword, b: &Keyword) -> bool {
    if a.stem == b.stem {
        return true;
    }
    let long = a.text.chars().count() >= 6 && b.text.chars().count() >= 6;
    long && a.text.chars().take(2).eq(b.text.chars().take(2)) && near(&a.text, &b.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_carries_the_subject() {
        let kept = |t| {
            keywords(t)
                .into_iter()
                .map(|k| k.text)
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
        let alike = |a: &str, b: &str| {
            let one = |t: &str| keywords(t).remove(0);
            super::alike(&one(a), &one(b))
        };
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
