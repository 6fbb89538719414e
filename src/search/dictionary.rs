//! The values of a facet: each skill, team or place once, whatever its spelling.

use super::order::sort_keys;
use super::texts::Texts;
use crate::model::skill_key;
use std::sync::Arc;

/// No value: the person has no team, or no place.
pub(crate) const NOTHING: u32 = u32::MAX;

/// Distinct values, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    names: Vec<Arc<str>>,
    keys: Texts,
    /// Numbers, ordered by key.
    order: Vec<u32>,
}

impl Dictionary {
    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// A value as it was first written.
    pub(crate) fn name(&self, number: u32) -> Option<&Arc<str>> {
        self.names.get(number as usize)
    }

    /// A value's key ([`skill_key`]).
    pub(crate) fn key(&self, number: u32) -> &str {
        self.keys.get(number as usize)
    }

    /// The number of a value in any spelling.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        let key = skill_key(name);
        let number = self.order.get(self.position(&key)).copied();
        number.filter(|number| self.key(*number) == key)
    }

    /// The number of a value, which is taken in if it is new; [`NOTHING`] for an empty one.
    pub(crate) fn intern(&mut self, name: &str) -> u32 {
        let key = skill_key(name);
        if key.is_empty() {
            return NOTHING;
        }
        let at = self.position(&key);
        if let Some(number) = self.order.get(at)
            && self.key(*number) == key
        {
            return *number;
        }
        let number = self.names.len() as u32;
        self.names.push(name.trim().into());
        self.keys.push(&key);
        self.order.insert(at, number);
        number
    }

    /// The values that somebody has, the most common first, then by key; `count` tells how many
    /// have one.
    pub(crate) fn by_count(&self, count: &dyn Fn(u32) -> u32) -> Vec<u32> {
        // Count (most first) above the rank of the key: one number to sort by.
        let mut keys = Vec::new();
        for (rank, number) in self.order.iter().enumerate() {
            let count = count(*number);
            if count > 0 {
                keys.push(u64::from(u32::MAX - count) << 32 | rank as u64);
            }
        }
        sort_keys(&mut keys);
        let mut numbers = Vec::with_capacity(keys.len());
        for key in keys {
            numbers.extend(self.order.get(key as u32 as usize));
        }
        numbers
    }

    /// Where in the order a key is, or would be.
    fn position(&self, key: &str) -> usize {
        self.order.partition_point(|n| self.key(*n) < key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_for_all_spellings() {
        let mut skills = Dictionary::default();
        let excel = skills.intern("Excel");
        assert_eq!(skills.intern(" EXCEL "), excel);
        assert_ne!(skills.intern("C++"), skills.intern("C"));
        assert_eq!(skills.find("éxcel"), Some(excel));
        assert_eq!(skills.intern(" \u{301}"), NOTHING);
        assert_eq!(skills.name(excel).map(|n| &**n), Some("Excel"));
        assert_eq!(skills.find("Word"), None);
    }
}
