//! A small map for what one page holds: rows in the order of their keys.
//!
//! The standard library's maps compile to some seven kilobytes for each pair of types, and a
//! widget that is paid for by every page view has a dozen such pairs. A sorted list that is
//! searched by halves does the same for a few hundred bytes, and is as fast at the sizes that
//! occur: elements in a page, questions in a list. The rows are shared until they change, so
//! that a snapshot of the state costs a pointer for each table.

use std::borrow::Borrow;
use std::rc::Rc;

/// A map with its rows in the order of their keys; each key occurs once. Reading is
/// logarithmic in the number of rows, putting in and taking out linear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<K, V>(Rc<Vec<(K, V)>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(Rc::default())
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the key's row is, or would be.
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(k, _)| k.borrow().cmp(key))
    }

    fn rows(&mut self) -> &mut Vec<(K, V)> {
        Rc::make_mut(&mut self.0)
    }

    /// The value of a key.
    #[must_use]
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        // Asked first: a key that is missing must not cost a copy of shared rows.
        let at = self.find(key).ok()?;
        self.rows().get_mut(at).map(|(_, value)| value)
    }

    /// Whether the key has a row.
    #[must_use]
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Puts a value in; returns the one that it replaces.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let place = self.find(&key);
        let rows = self.rows();
        match place {
            Ok(at) => rows
                .get_mut(at)
                .map(|row| std::mem::replace(&mut row.1, value)),
            Err(at) => {
                rows.insert(at, (key, value));
                None
            }
        }
    }

    /// Takes a key's row out; returns its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.find(key).ok()?;
        Some(self.rows().remove(at).1)
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The rows, in the order of their keys.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// The values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.rows().iter_mut().map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[derive(Debug, Clone)]
    enum Step {
        Insert(u8, u32),
        Remove(u8),
        Change(u8, u32),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0u8..20, any::<u32>()).prop_map(|(k, v)| Step::Insert(k, v)),
            (0u8..20).prop_map(Step::Remove),
            (0u8..20, any::<u32>()).prop_map(|(k, v)| Step::Change(k, v)),
        ]
    }

    proptest! {
        #[test]
        fn does_what_the_standard_map_does(steps in prop::collection::vec(step(), 0..80)) {
            let mut ours: Table<String, u32> = Table::new();
            let mut theirs: BTreeMap<String, u32> = BTreeMap::new();
            for step in steps {
                let shared = (ours.clone(), theirs.clone());
                match step {
                    Step::Insert(k, v) => {
                        let k = k.to_string();
                        prop_assert_eq!(ours.insert(k.clone(), v), theirs.insert(k, v));
                    }
                    Step::Remove(k) => {
                        let k = k.to_string();
                        prop_assert_eq!(ours.remove(k.as_str()), theirs.remove(k.as_str()));
                    }
                    Step::Change(k, v) => {
                        let k = k.to_string();
                        let (a, b) = (ours.get_mut(k.as_str()), theirs.get_mut(k.as_str()));
                        prop_assert_eq!(a.as_deref(), b.as_deref());
                        if let (Some(a), Some(b)) = (a, b) {
                            (*a, *b) = (v, v);
                        }
                    }
                }
                for (ours, theirs) in [(&ours, &theirs), (&shared.0, &shared.1)] {
                    let rows: Vec<_> = ours.iter().map(|(k, v)| (k, v)).collect();
                    prop_assert_eq!(rows, theirs.iter().collect::<Vec<_>>());
                    prop_assert_eq!(ours.len(), theirs.len());
                    prop_assert_eq!(ours.is_empty(), theirs.is_empty());
                    prop_assert!(ours.keys().eq(theirs.keys()));
                    prop_assert!(ours.values().eq(theirs.values()));
                    for key in 0..20 {
                        let key = key.to_string();
                        prop_assert_eq!(ours.get(&key), theirs.get(&key));
                        prop_assert_eq!(ours.contains_key(&key), theirs.contains_key(&key));
                    }
                }
            }
        }
    }
}
