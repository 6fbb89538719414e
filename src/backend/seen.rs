//! A set of texts that remembers what was seen; small in Wasm, where a tree of its own kind
//! would cost kilobytes.
//!
//! The texts stand in order, in shelves of bounded length, so that putting one in moves a few
//! hundred others and not all of them, in whatever order a backend sends them: newest first would
//! otherwise move them all, each time. (No hashing: a backend could choose texts that collide.)

/// Most texts of a shelf.
const FULL: usize = 512;

/// Texts seen so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// None is empty, and no text of a shelf comes before one of the shelf before it.
    shelves: Vec<Vec<String>>,
    length: usize,
}

impl Seen {
    /// Adds a text; `false` where it was there already.
    pub(super) fn insert(&mut self, text: String) -> bool {
        let shelves = &mut self.shelves;
        let after = shelves.partition_point(|shelf| shelf.first() <= Some(&text));
        let number = after.saturating_sub(1);
        let Some(shelf) = shelves.get_mut(number) else {
            shelves.push(vec![text]);
            self.length = 1;
            return true;
        };
        let Err(at) = shelf.binary_search(&text) else {
            return false;
        };
        shelf.insert(at, text);
        if shelf.len() > FULL {
            let rest = shelf.split_off(FULL / 2);
            shelves.insert(number + 1, rest);
        }
        self.length += 1;
        true
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn knows_what_was_seen(texts in prop::collection::vec("[a-d]{0,4}", 0..2_000)) {
            let (mut seen, mut known) = (Seen::default(), BTreeSet::new());
            for text in texts {
                prop_assert_eq!(seen.insert(text.clone()), known.insert(text));
                prop_assert_eq!(seen.len(), known.len());
            }
        }
    }

    /// What an insertion moves is at most a shelf and the list of shelves.
    #[test]
    fn moves_little_in_any_order() {
        for order in [
            |i: u32| i,
            |i: u32| u32::MAX - i,
            |i: u32| i.wrapping_mul(2_654_435_761),
        ] {
            let mut seen = Seen::default();
            for i in 0..100_000 {
                assert!(seen.insert(format!("{:010}", order(i))));
            }
            assert!(!seen.insert(format!("{:010}", order(77))));
            assert!(seen.shelves.iter().all(|shelf| shelf.len() <= FULL));
            assert!(seen.shelves.len() <= 2 * 100_000 / FULL + 1);
            assert!(seen.shelves.iter().flatten().is_sorted());
        }
    }
}
