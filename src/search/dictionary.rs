//! The values of a facet: each skill, team or place once, whatever its spelling.

use crate::model::skill_key;
use std::sync::Arc;

/// No value: the person has no team, or no place.
pub(crate) const NOTHING: u32 = u32::MAX;

/// Distinct values, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    names: Vec<Arc<str>>,
    keys: Vec<Box<str>>,
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

    /// All numbers, ordered by folded name.
    pub(crate) fn by_key(&self) -> &[u32] {
        &self.order
    }

    /// A value's key ([`skill_key`]).
    pub(crate) fn key(&self, number: u32) -> &str {
        self.keys.get(number as usize).map_or("", |key| key)
    }

    /// Every value with its number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Arc<str>)> {
        (0..).zip(&self.names)
    }

    /// The number of a value in any spelling.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.position(&skill_key(name))
            .ok()
            .and_then(|at| self.order.get(at).copied())
    }

    /// The number of a value, which is taken in if it is new; [`NOTHING`] for an empty one.
    pub(crate) fn intern(&mut self, name: &str) -> u32 {
        let key = skill_key(name);
        if key.is_empty() {
            return NOTHING;
        }
        match self.position(&key) {
            Ok(at) => self.order.get(at).copied().unwrap_or(NOTHING),
            Err(at) => {
                let number = self.names.len() as u32;
                self.names.push(name.trim().into());
                self.keys.push(key.into());
                self.order.insert(at, number);
                number
            }
        }
    }

    fn position(&self, key: &str) -> Result<usize, usize> {
        self.order
            .binary_search_by(|n| self.keys.get(*n as usize).map_or("", |k| &**k).cmp(key))
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
