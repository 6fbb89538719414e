//! The order of results: one function, and where it comes from.
//!
//! For each word of the query, a person counts by the best kind of match they have: the word
//! itself, before a longer word that begins with it, before a mistyped one. The worst of these
//! kinds over all words is the whole part of the score, so that *exact before prefix before
//! typo* always holds. Within a kind the order is
//!
//! `0.9 · Σ idf(w) · tf(w) / (k1 + tf(w)) / Σ idf(w)  +  0.09 · availability`
//!
//! - `tf` is the fielded term frequency of BM25F (Robertson, Zaragoza and Taylor, "Simple BM25
//!   extension to multiple weighted fields", CIKM 2004): the sum over the word's occurrences of
//!   the field's weight, over the length of the value (`b` = 0.5), times the evidence of help
//!   (`document.rs`), times the closeness of the match below. Where several words of a
//!   person answer one word of the query (prefixes, typos), the best one counts, not their sum.
//! - `idf` is that of BM25 (Robertson and Spärck Jones 1976), over the people who match the
//!   word in any way, so that a rare completion of a prefix is worth no more than a common one.
//! - `availability` is 1 for those who can be asked now, and less for those who cannot.
//!
//! If nobody matches all words, the score is the share of the words' weight (`idf`, nothing for
//! stop words) that a person matches, plus a tenth of the above; those with less than half of
//! the best share are left out. Ties go by name, then identifier.

use crate::model::{Availability, Presence};

/// How a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchKind {
    /// As typed, case and accents aside.
    Exact,
    /// It begins a longer word.
    Prefix,
    /// With one error, or two in long words.
    Typo,
}

/// BM25's saturation: how soon more of the same stops to matter.
const K1: f32 = 1.2;
/// Distance of the kinds in [`pack`].
const STEP: f32 = 64.0;

/// Kind and frequency of a match in one number that grows with the better kind, then with the
/// frequency. Never zero.
pub(crate) fn pack(kind: MatchKind, frequency: f32) -> f32 {
    let step = match kind {
        MatchKind::Exact => 3.0,
        MatchKind::Prefix => 2.0,
        MatchKind::Typo => 1.0,
    };
    STEP * step + frequency.min(STEP - 1.0)
}

/// The inverse of [`pack`]: how many kinds are worse than this one, and the frequency.
pub(crate) fn unpack(packed: f32) -> (u8, f32) {
    let kind = if packed >= 3.0 * STEP {
        2
    } else if packed >= 2.0 * STEP {
        1
    } else {
        0
    };
    (kind, packed - STEP * f32::from(kind + 1))
}

/// Closeness of a word to the prefix that was typed: the more of it was typed, the closer.
pub(crate) fn prefix_closeness(typed: &str, word: &str) -> f32 {
    0.5 + 0.5 * typed.len() as f32 / word.len().max(1) as f32
}

/// Closeness of a word that was mistyped.
pub(crate) fn typo_closeness(typed: &str, word: &str, errors: u8) -> f32 {
    let length = (typed.len() as f32 / word.len().max(1) as f32).min(1.0);
    (0.5 + 0.5 * length) * if errors > 1 { 0.5 } else { 1.0 }
}

/// Inverse document frequency of a word that `found` of `people` match.
pub(crate) fn idf(people: usize, found: usize) -> f32 {
    (1.0 + (people.saturating_sub(found) as f32 + 0.5) / (found as f32 + 0.5)).ln()
}

/// What a word contributes, between 0 and 1.
pub(crate) fn saturated(frequency: f32) -> f32 {
    frequency / (K1 + frequency)
}

/// How readily somebody can be asked, between 0 and 1.
pub(crate) fn readiness(availability: &Availability) -> f32 {
    let presence = match availability.presence {
        Presence::Away => return 0.0,
        _ if availability.load.is_full() => return 0.2,
        Presence::Available => 1.0,
        Presence::Unknown => 0.8,
        Presence::Busy => 0.5,
    };
    // What they already carry weighs, up to half.
    presence * (1.0 - 0.5 * (availability.load.open.min(10) as f32 / 10.0))
}

/// The score of somebody who matches all words: `worse` kinds below their worst match, `text`
/// as the sum over the words, of at most `most`.
pub(crate) fn score(worse: u8, text: f32, most: f32, readiness: f32) -> f32 {
    f32::from(worse) + 0.9 * (text / most.max(f32::MIN_POSITIVE)).min(1.0) + 0.09 * readiness
}

/// The score of somebody who matches this share of the words.
pub(crate) fn partial_score(share: f32, text: f32, most: f32, readiness: f32) -> f32 {
    share + 0.1 * score(0, text, most, readiness)
}

/// Partial matches with less than this part of the best share are left out.
pub(crate) const LEAST_SHARE: f32 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_before_everything() {
        let worst_exact = score(2, 0.0, 1.0, 0.0);
        let best_prefix = score(1, 1.0, 1.0, 1.0);
        assert!(worst_exact > best_prefix);
        assert!(pack(MatchKind::Exact, 0.0) > pack(MatchKind::Prefix, 1e9));
        assert!(pack(MatchKind::Typo, 0.0) > 0.0);
        assert_eq!(unpack(pack(MatchKind::Prefix, 1.5)), (1, 1.5));
    }
}
