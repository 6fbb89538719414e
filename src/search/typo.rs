//! Words that were mistyped: optimal string alignment, on whole words and on prefixes.
//!
//! The distance counts insertions, deletions, substitutions and swaps of neighbours (Damerau
//! 1964 in its restricted form, "optimal string alignment"). It is computed as a
//! nondeterministic automaton in machine words, one word per number of errors (Wu and Manber,
//! "Fast text searching allowing errors", CACM 1992), with a swap's half-way states kept beside
//! them. The automaton walks the sorted vocabulary as a trie: a state per byte of depth is kept,
//! words that share a prefix with the one before share its states, and a prefix that is already
//! too far skips every word that begins with it.

use super::fold::is_letter;
use super::vocabulary::Vocabulary;

/// Longest mistyped word that is corrected, in characters: a bit each, and one for the start.
const LONGEST: usize = 63;

/// Most errors that are forgiven.
const MOST: usize = 2;

/// How many errors a query word is allowed: none below four letters, one below eight, else two.
/// Words with digits or signs are codes, and a code with another digit is another code.
pub(crate) fn allowance(word: &str) -> u8 {
    if !word.chars().all(is_letter) {
        return 0;
    }
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        8..=LONGEST => 2,
        _ => 0,
    }
}

/// Whether two folded words are the same up to one error.
pub(crate) fn near(a: &str, b: &str) -> bool {
    Pattern::new(a, 1, false).is_some_and(|pattern| pattern.distance(b).is_some())
}

/// The automaton's state after some characters of a word.
#[derive(Debug, Clone, Copy)]
struct State {
    /// Bit `i` of `reach[d]`: the first `i` letters of the pattern match with at most `d` errors.
    reach: [u64; MOST + 1],
    /// Bit `i` of `swap[d]`: with `d` errors, letters `i` and `i + 1` may be swapped, and the
    /// second of them was just read.
    swap: [u64; MOST + 1],
    /// Least errors with which the whole pattern matched a prefix so far, or [`NONE`].
    prefix: u8,
}

const NONE: u8 = u8::MAX;

/// A mistyped word, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    ascii: [u64; 128],
    other: Vec<(char, u64)>,
    length: u32,
    errors: usize,
    prefix: bool,
}

impl Pattern {
    /// A word of the query that may have `errors` errors (at most two), or `None` where it may
    /// have none. With `prefix`, what follows it in a longer word costs nothing.
    pub(crate) fn new(word: &str, errors: u8, prefix: bool) -> Option<Self> {
        let length = word.chars().count();
        if errors == 0 || length > LONGEST {
            return None;
        }
        let errors = usize::from(errors).min(MOST);
        let mut pattern = Self {
            ascii: [0; 128],
            other: Vec::new(),
            length: length as u32,
            errors,
            prefix,
        };
        for (i, c) in word.chars().enumerate() {
            let bit = 1 << i;
            if let Some(mask) = pattern.ascii.get_mut(c as usize) {
                *mask |= bit;
            } else if let Some((_, mask)) = pattern.other.iter_mut().find(|(o, _)| *o == c) {
                *mask |= bit;
            } else {
                pattern.other.push((c, bit));
            }
        }
        Some(pattern)
    }

    fn start(&self) -> State {
        let mut reach = [0; MOST + 1];
        for (errors, bits) in reach.iter_mut().enumerate().take(self.errors + 1) {
            *bits = (2 << errors) - 1;
        }
        State {
            reach,
            swap: [0; MOST + 1],
            prefix: NONE,
        }
    }

    fn places(&self, c: char) -> u64 {
        match self.ascii.get(c as usize) {
            Some(mask) => *mask,
            None => self
                .other
                .iter()
                .find(|(o, _)| *o == c)
                .map_or(0, |(_, mask)| *mask),
        }
    }

    /// The state after one more character.
    #[inline]
    fn step(&self, state: &State, c: char) -> State {
        let places = self.places(c);
        let mut next = State {
            reach: [0; MOST + 1],
            swap: [0; MOST + 1],
            prefix: state.prefix,
        };
        next.reach[0] = (state.reach[0] & places) << 1;
        let mut d = 1;
        while d <= self.errors.min(MOST) {
            let fewer = state.reach[d - 1];
            next.reach[d] = (state.reach[d] & places) << 1
                | fewer
                | fewer << 1
                | next.reach[d - 1] << 1
                | (state.swap[d] & places) << 2;
            next.swap[d] = fewer & places >> 1;
            d += 1;
        }
        if self.prefix {
            next.prefix = next.prefix.min(self.whole(&next));
        }
        next
    }

    /// Errors with which the whole pattern matches what was read, or [`NONE`].
    fn whole(&self, state: &State) -> u8 {
        // More errors than are allowed reach nothing, so all may be looked at.
        let [none, one, two] = state.reach.map(|bits| bits >> self.length & 1);
        if none == 1 {
            0
        } else if one == 1 {
            1
        } else if two == 1 {
            2
        } else {
            NONE
        }
    }

    fn is_dead(&self, state: &State) -> bool {
        state.reach[self.errors] & (2_u64 << self.length).wrapping_sub(1) == 0
    }

    /// Errors between the pattern and this word (or, for prefixes, the nearest beginning of it),
    /// or `None` where they are too many.
    pub(crate) fn distance(&self, word: &str) -> Option<u8> {
        let mut state = self.start();
        for c in word.chars() {
            state = self.step(&state, c);
            // Most words are too far after a few letters.
            if state.prefix == NONE && self.is_dead(&state) {
                return None;
            }
        }
        let least = self.whole(&state).min(state.prefix);
        (least != NONE).then_some(least)
    }

    /// Hands out every word of the vocabulary that is near, with its errors. Words at distance
    /// zero are among them.
    pub(crate) fn walk(&self, vocabulary: &Vocabulary, found: &mut dyn FnMut(usize, u8)) {
        // A state for each byte of depth; those inside a character are never read.
        let mut states = [self.start(); 256];
        // Words that share at least this many bytes with the last one walked are too far.
        let mut dead = usize::MAX;
        for (number, shared) in vocabulary.shared().iter().enumerate() {
            let mut depth = usize::from(*shared);
            if depth >= dead {
                continue;
            }
            dead = usize::MAX;
            let word = vocabulary.word(number);
            let mut state = states[depth.min(255)];
            for c in word.get(depth..).unwrap_or_default().chars() {
                depth += c.len_utf8();
                state = self.step(&state, c);
                if state.prefix == NONE && self.is_dead(&state) {
                    dead = depth;
                    break;
                }
                if let Some(kept) = states.get_mut(depth) {
                    *kept = state;
                }
            }
            if dead == usize::MAX {
                let least = self.whole(&state).min(state.prefix);
                if least != NONE {
                    found(number, least);
                }
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::search::vocabulary::{Batch, Posting};
    use proptest::prelude::*;

    /// The textbook matrix, whose last row holds the distance to every prefix of `word`.
    pub(crate) fn matrix(pattern: &str, word: &str) -> Vec<usize> {
        let (p, w): (Vec<char>, Vec<char>) = (pattern.chars().collect(), word.chars().collect());
        let mut d = vec![vec![0; w.len() + 1]; p.len() + 1];
        for i in 0..=p.len() {
            for j in 0..=w.len() {
                d[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let change = usize::from(p[i - 1] != w[j - 1]);
                    let mut least = (d[i - 1][j] + 1)
                        .min(d[i][j - 1] + 1)
                        .min(d[i - 1][j - 1] + change);
                    if i > 1 && j > 1 && p[i - 1] == w[j - 2] && p[i - 2] == w[j - 1] {
                        least = least.min(d[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        d.pop().unwrap_or_default()
    }

    pub(crate) fn by_matrix(pattern: &str, word: &str, errors: u8, prefix: bool) -> Option<u8> {
        let row = matrix(pattern, word);
        let least = if prefix { row.iter().min() } else { row.last() };
        least
            .filter(|d| **d <= usize::from(errors))
            .map(|d| *d as u8)
    }

    #[test]
    fn counts_what_fingers_do() {
        let near = |a: &str, b: &str, prefix| {
            Pattern::new(a, allowance(a), prefix).and_then(|p| p.distance(b))
        };
        assert_eq!(near("excle", "excel", false), Some(1));
        assert_eq!(near("exel", "excel", false), Some(1));
        assert_eq!(near("ecxel", "excellence", true), Some(1));
        assert_eq!(near("compatbilite", "comptabilite", false), Some(1));
        assert_eq!(near("compatbilte", "comptabilite", false), Some(2));
        assert_eq!(near("sap", "sip", false), None);
        assert_eq!(near("soudre", "soudure", false), Some(1));
        assert_eq!(near("9001", "9002", false), None);
    }

    proptest! {
        #[test]
        fn agrees_with_the_textbook(
            pattern in "[abcé東]{1,12}", words in prop::collection::vec("[abcé東]{1,14}", 0..60),
            errors in 1_u8..=2, prefix: bool,
        ) {
            let automaton = Pattern::new(&pattern, errors, prefix).unwrap();
            let mut batch = Batch::default();
            for word in &words {
                prop_assert_eq!(automaton.distance(word), by_matrix(&pattern, word, errors, prefix), "{} {}", pattern, word);
                batch.push(word, Posting::new(0, 0, 0));
            }
            let mut vocabulary = Vocabulary::default();
            vocabulary.merge(&batch);
            let mut walked = Vec::new();
            automaton.walk(&vocabulary, &mut |n, d| walked.push((vocabulary.word(n).to_owned(), d)));
            let mut expected: Vec<(String, u8)> = words.iter()
                .filter_map(|w| by_matrix(&pattern, w, errors, prefix).map(|d| (w.clone(), d))).collect();
            expected.sort();
            expected.dedup();
            prop_assert_eq!(walked, expected);
        }
    }
}
