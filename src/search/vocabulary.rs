//! The vocabulary: every word of every person, sorted, each with its postings.
//!
//! Sorted words make a prefix a contiguous range, and let typo search walk the words as a trie:
//! each word knows how many bytes it shares with the one before it. Words lie in one string, so
//! that a scan touches memory in order. A batch of new people is merged in one pass.

use super::interner::Interner;
use super::order::sort;
use super::texts::Texts;
use std::ops::Range;

/// One occurrence of a word: who, at which place of their text, and how much it weighs there.
/// Packed into 64 bits (32, 16, 16) so that order, size and sorting code are those of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting(u64);

impl Posting {
    pub(crate) fn new(person: u32, at: u16, impact: u16) -> Self {
        Self(u64::from(person) << 32 | u64::from(at) << 16 | u64::from(impact))
    }
    /// Position in the list of people.
    pub(crate) fn person(self) -> u32 {
        (self.0 >> 32) as u32
    }
    /// Which word of the person's text.
    pub(crate) fn at(self) -> u16 {
        (self.0 >> 16) as u16
    }
    /// Person and word as one number.
    pub(crate) fn place(self) -> u64 {
        self.0 >> 16
    }
    /// Weight, in units of 1/[`super::document::UNIT`].
    pub(crate) fn impact(self) -> u16 {
        self.0 as u16
    }
    /// The same occurrence with another weight.
    fn weighing(self, impact: u16) -> Self {
        Self(self.0 & !0xFFFF | u64::from(impact))
    }
}

/// Words of new people, gathered before they are merged into the vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    words: Interner,
    /// The word of each occurrence, and the occurrence: apart, as together they would be padded.
    numbers: Vec<u32>,
    postings: Vec<Posting>,
}

impl Batch {
    /// Notes an occurrence.
    pub(crate) fn push(&mut self, word: &str, posting: Posting) {
        let id = self.words.intern(word);
        self.numbers.push(id);
        self.postings.push(posting);
    }

    /// How many occurrences are noted so far.
    pub(crate) fn len(&self) -> usize {
        self.postings.len()
    }

    /// Sets the weight of the occurrences noted since `from`.
    pub(crate) fn weigh_since(&mut self, from: usize, impact: u16) {
        for posting in self.postings.iter_mut().skip(from) {
            *posting = posting.weighing(impact);
        }
    }

    /// The postings of each distinct word, in the order in which they came.
    fn lists(&self) -> Vec<Vec<Posting>> {
        let mut counts = vec![0_u32; self.words.len()];
        for id in &self.numbers {
            if let Some(count) = counts.get_mut(*id as usize) {
                *count += 1;
            }
        }
        let mut lists = Vec::with_capacity(counts.len());
        for count in counts {
            lists.push(Vec::with_capacity(count as usize));
        }
        for (id, posting) in self.numbers.iter().zip(&self.postings) {
            if let Some(list) = lists.get_mut(*id as usize) {
                list.push(*posting);
            }
        }
        lists
    }
}

/// All words, sorted by code point, with their postings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    words: Texts,
    /// Bytes that each word shares with the one before it, on a character boundary. Words have
    /// at most 196 bytes ([`super::token::MAX_WORD`]), so one byte holds it.
    shared: Vec<u8>,
    lists: Vec<Vec<Posting>>,
}

impl Vocabulary {
    /// How many words there are, those of people who left included.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word of this number.
    pub(crate) fn word(&self, number: usize) -> &str {
        self.words.get(number)
    }

    /// Bytes shared with the word before.
    pub(crate) fn shared(&self) -> &[u8] {
        &self.shared
    }

    /// Where a word occurs, ordered by person and place.
    pub(crate) fn postings(&self, number: usize) -> &[Posting] {
        self.lists.get(number).map_or(&[], Vec::as_slice)
    }

    /// The first word that is not before this one, and whether it is this very one.
    pub(crate) fn find(&self, word: &str) -> (usize, bool) {
        let start = self.bisect(0, &|other| other < word);
        (start, start < self.len() && self.word(start) == word)
    }

    /// The words that begin with this one, itself included.
    pub(crate) fn starting_with(&self, prefix: &str) -> Range<usize> {
        let (start, _) = self.find(prefix);
        start..self.bisect(start, &|other| other.starts_with(prefix))
    }

    /// How far from `low` on words fulfil a condition that none does after the first that does
    /// not.
    fn bisect(&self, mut low: usize, before: &dyn Fn(&str) -> bool) -> usize {
        let mut high = self.len();
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.word(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Takes a batch in.
    pub(crate) fn merge(&mut self, batch: &Batch) {
        let new = batch.words.texts();
        let mut lists = batch.lists();
        let mut fresh = Vec::new();
        for (id, list) in lists.iter_mut().enumerate() {
            let (number, known) = self.find(new.get(id));
            match self.lists.get_mut(number).filter(|_| known) {
                Some(kept) => add(kept, list),
                None => fresh.push(id as u32),
            }
        }
        if fresh.is_empty() {
            return;
        }
        sort(&mut fresh, &|a, b| {
            new.get(a as usize).cmp(new.get(b as usize))
        });
        let old = std::mem::take(self);
        let mut kept_lists = old.lists.into_iter();
        self.words.reserve(&old.words);
        self.words.reserve(new);
        let mut fresh = fresh.as_slice();
        let mut number = 0;
        loop {
            let kept = old.words.get(number);
            let more = number < old.words.len();
            if let Some((id, rest)) = fresh.split_first()
                && !(more && kept < new.get(*id as usize))
            {
                let mut list = Vec::new();
                if let Some(found) = lists.get_mut(*id as usize) {
                    add(&mut list, found);
                }
                self.append(new.get(*id as usize), list);
                fresh = rest;
            } else if let Some(list) = kept_lists.next() {
                self.append(kept, list);
                number += 1;
            } else {
                return;
            }
        }
    }

    /// Appends a word that sorts after all others.
    fn append(&mut self, word: &str, list: Vec<Posting>) {
        let before = self.word(self.len().wrapping_sub(1));
        let mut shared = 0;
        for (a, b) in before.bytes().zip(word.bytes()) {
            if a != b || shared == usize::from(u8::MAX) {
                break;
            }
            shared += 1;
        }
        while !word.is_char_boundary(shared) {
            shared -= 1;
        }
        self.words.push(word);
        self.shared.push(shared as u8);
        self.lists.push(list);
    }

    /// Forgets the occurrences of a person in the words of a batch; answers how many words
    /// nobody has any more.
    pub(crate) fn forget(&mut self, person: u32, batch: &Batch) -> usize {
        let words = batch.words.texts();
        let mut orphans = 0;
        for id in 0..words.len() {
            let (number, true) = self.find(words.get(id)) else {
                continue;
            };
            let Some(list) = self.lists.get_mut(number) else {
                continue;
            };
            let from = list.partition_point(|p| p.person() < person);
            let to = list.partition_point(|p| p.person() <= person);
            list.drain(from..to);
            orphans += usize::from(list.is_empty());
        }
        orphans
    }
}

/// Adds postings to a list that is in order: new people come last, and changed ones are few.
fn add(list: &mut Vec<Posting>, more: &mut Vec<Posting>) {
    if list.is_empty() && more.is_sorted() {
        std::mem::swap(list, more);
        return;
    }
    for posting in more {
        match list.last() {
            Some(last) if *last > *posting => {
                list.insert(list.partition_point(|p| *p < *posting), *posting);
            }
            _ => list.push(*posting),
        }
    }
}
