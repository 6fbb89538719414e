//! Numbers for words: the same word has the same number.

use super::texts::Texts;

/// Distinct words, numbered from zero in the order in which they came: a hash table with open
/// addressing (FNV-1a).
#[derive(Debug, Default)]
pub(crate) struct Interner {
    texts: Texts,
    /// Word number plus one, or zero; as long as a power of two.
    table: Vec<u32>,
}

impl Interner {
    /// How many distinct words there are.
    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The word of this number.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    /// All words in one.
    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// The number of a word, which is taken in if it is new.
    pub(crate) fn intern(&mut self, word: &str) -> u32 {
        if self.len() * 2 >= self.table.len() {
            self.table = vec![0; (self.table.len() * 2).max(1024)];
            for number in 0..self.len() as u32 {
                let slot = self.slot(self.text(number));
                self.put(slot, number + 1);
            }
        }
        let slot = self.slot(word);
        if let Some(number) = self.table.get(slot).filter(|number| **number > 0) {
            return number - 1;
        }
        self.texts.push(word);
        self.put(slot, self.len() as u32);
        self.len() as u32 - 1
    }

    fn put(&mut self, slot: usize, value: u32) {
        if let Some(free) = self.table.get_mut(slot) {
            *free = value;
        }
    }

    /// Where a word is, or would be put.
    fn slot(&self, word: &str) -> usize {
        let mut hash = 0x811C_9DC5_u32;
        for byte in word.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        let mut slot = (hash ^ hash >> 15) as usize;
        loop {
            slot &= self.table.len() - 1;
            match self.table.get(slot) {
                Some(number) if *number > 0 && self.text(number - 1) != word => slot += 1,
                _ => return slot,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_for_one_word() {
        let mut interner = Interner::default();
        let words: Vec<String> = (0..5_000).map(|n| (n % 3_000).to_string()).collect();
        let numbers: Vec<u32> = words.iter().map(|w| interner.intern(w)).collect();
        assert_eq!(interner.len(), 3_000);
        for (word, number) in words.iter().zip(numbers) {
            assert_eq!(interner.text(number), word);
        }
    }
}
