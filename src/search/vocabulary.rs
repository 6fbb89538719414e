//! The vocabulary: every word of every person, sorted, each with its postings.
//!
//! Sorted words make a prefix a contiguous range, and let typo search walk the words as a trie:
//! each word knows how many bytes it shares with the one before it. Words lie in one string, so
//! that a scan touches memory in order. A batch of new people is merged in one pass.

use super::order::sort;
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
    text: String,
    /// Start of each distinct word in `text`; the end is the next one's start.
    starts: Vec<u32>,
    /// Open addressing: word number plus one, or zero.
    table: Vec<u32>,
    occurrences: Vec<(u32, Posting)>,
}

impl Batch {
    /// Notes an occurrence.
    pub(crate) fn push(&mut self, word: &str, posting: Posting) {
        let id = self.intern(word);
        self.occurrences.push((id, posting));
    }

    /// How many occurrences are noted so far.
    pub(crate) fn len(&self) -> usize {
        self.occurrences.len()
    }

    /// Sets the weight of the occurrences noted since `from`.
    pub(crate) fn weigh_since(&mut self, from: usize, impact: u16) {
        for (_, posting) in self.occurrences.iter_mut().skip(from) {
            *posting = posting.weighing(impact);
        }
    }

    fn word(&self, id: u32) -> &str {
        let start = self.starts.get(id as usize).map_or(0, |s| *s as usize);
        let end = self
            .starts
            .get(id as usize + 1)
            .map_or(self.text.len(), |s| *s as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    fn intern(&mut self, word: &str) -> u32 {
        if self.starts.len() * 2 >= self.table.len() {
            self.grow();
        }
        let mut slot = self.slot(word);
        loop {
            match self.table.get(slot).copied().unwrap_or(0) {
                0 => break,
                id if self.word(id - 1) == word => return id - 1,
                _ => slot = (slot + 1) & (self.table.len() - 1),
            }
        }
        self.starts.push(self.text.len() as u32);
        self.text.push_str(word);
        if let Some(free) = self.table.get_mut(slot) {
            *free = self.starts.len() as u32;
        }
        self.starts.len() as u32 - 1
    }

    /// Where the search for a word begins (FNV-1a; the table's length is a power of two).
    fn slot(&self, word: &str) -> usize {
        let hash = word.bytes().fold(0x811C_9DC5_u32, |h, b| {
            (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
        });
        (hash ^ hash >> 15) as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(1024)];
        for id in 0..self.starts.len() as u32 {
            let mut slot = self.slot(self.word(id));
            while self.table.get(slot).is_some_and(|s| *s != 0) {
                slot = (slot + 1) & (self.table.len() - 1);
            }
            if let Some(free) = self.table.get_mut(slot) {
                *free = id + 1;
            }
        }
    }

    /// The distinct words in order.
    fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.starts.len() as u32).collect();
        sort(&mut order, &|a, b| self.word(a).cmp(self.word(b)));
        order
    }

    /// The postings of each distinct word, in the order in which they came.
    fn lists(&self) -> Vec<Vec<Posting>> {
        let mut counts = vec![0_usize; self.starts.len()];
        for (id, _) in &self.occurrences {
            if let Some(count) = counts.get_mut(*id as usize) {
                *count += 1;
            }
        }
        let mut lists: Vec<Vec<Posting>> = counts.into_iter().map(Vec::with_capacity).collect();
        for (id, posting) in &self.occurrences {
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
    text: String,
    /// Start of each word in `text`; the end is the next one's start.
    starts: Vec<u32>,
    /// Bytes that each word shares with the one before it, on a character boundary. Words have
    /// at most 196 bytes ([`super::token::MAX_WORD`]), so one byte holds it.
    shared: Vec<u8>,
    lists: Vec<Vec<Posting>>,
}

impl Vocabulary {
    /// How many words there are, those of people who left included.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The word of this number.
    pub(crate) fn word(&self, number: usize) -> &str {
        let start = self
            .starts
            .get(number)
            .map_or(self.text.len(), |s| *s as usize);
        let end = self
            .starts
            .get(number + 1)
            .map_or(self.text.len(), |s| *s as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Bytes shared with the word before.
    pub(crate) fn shared(&self) -> &[u8] {
        &self.shared
    }

    /// Where a word occurs, ordered by person and place.
    pub(crate) fn postings(&self, number: usize) -> &[Posting] {
        self.lists.get(number).map_or(&[], Vec::as_slice)
    }

    /// The number of this very word, or where it would stand.
    pub(crate) fn find(&self, word: &str) -> Result<usize, usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.word(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Ok(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        Err(low)
    }

    /// The words that begin with this one, itself included.
    pub(crate) fn starting_with(&self, prefix: &str) -> Range<usize> {
        let start = self.find(prefix).unwrap_or_else(|at| at);
        let (mut low, mut high) = (start, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.word(middle).starts_with(prefix) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start..low
    }

    /// Takes a batch in.
    pub(crate) fn merge(&mut self, batch: &Batch) {
        let order = batch.order();
        let mut lists = batch.lists();
        let mut take = |id: u32| {
            lists
                .get_mut(id as usize)
                .map(std::mem::take)
                .unwrap_or_default()
        };
        let mut fresh = Vec::new();
        for id in order {
            match self.find(batch.word(id)) {
                Ok(number) => {
                    if let Some(list) = self.lists.get_mut(number) {
                        add(list, take(id));
                    }
                }
                Err(before) => fresh.push((before, id)),
            }
        }
        if fresh.is_empty() {
            return;
        }
        let Self {
            text,
            starts,
            lists: mut kept,
            ..
        } = std::mem::take(self);
        let total = starts.len() + fresh.len();
        self.text.reserve(text.len() + batch.text.len());
        self.starts.reserve(total);
        self.shared.reserve(total);
        self.lists.reserve(total);
        let mut fresh = fresh.into_iter().peekable();
        for number in 0..=starts.len() {
            while let Some((_, id)) = fresh.next_if(|(before, _)| *before == number) {
                let mut list = Vec::new();
                add(&mut list, take(id));
                self.append(batch.word(id), list);
            }
            if let (Some(start), Some(list)) = (starts.get(number), kept.get_mut(number)) {
                let end = starts.get(number + 1).map_or(text.len(), |s| *s as usize);
                let word = text.get(*start as usize..end).unwrap_or_default();
                self.append(word, std::mem::take(list));
            }
        }
    }

    /// Appends a word that sorts after all others.
    fn append(&mut self, word: &str, list: Vec<Posting>) {
        let before = self.len().checked_sub(1).map_or("", |last| self.word(last));
        let same = before
            .bytes()
            .zip(word.bytes())
            .take_while(|(a, b)| a == b)
            .count();
        let shared = (0..=same)
            .rev()
            .find(|n| word.is_char_boundary(*n))
            .unwrap_or(0);
        self.starts.push(self.text.len() as u32);
        self.text.push_str(word);
        self.shared.push(u8::try_from(shared).unwrap_or(0));
        self.lists.push(list);
    }

    /// Forgets the occurrences of a person in the words of a batch; answers how many words
    /// nobody has any more.
    pub(crate) fn forget(&mut self, person: u32, batch: &Batch) -> usize {
        let mut orphans = 0;
        for id in 0..batch.starts.len() as u32 {
            let Ok(number) = self.find(batch.word(id)) else {
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
fn add(list: &mut Vec<Posting>, more: Vec<Posting>) {
    if list.is_empty() && more.is_sorted() {
        *list = more;
        return;
    }
    for posting in more {
        match list.last() {
            Some(last) if *last > posting => {
                list.insert(list.partition_point(|p| *p < posting), posting);
            }
            _ => list.push(posting),
        }
    }
}
