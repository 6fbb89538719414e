//! One sort for everything that is not a plain number.
//!
//! The standard library's sorts are fast, and compile to some five kilobytes for each type and
//! each comparison; a widget has dozens of short lists to order and no room for that. This is
//! a merge sort over positions with the comparison behind a pointer.

use std::cmp::Ordering;

/// Sorts numbers by what they stand for; equal ones keep their order.
pub(crate) fn sort(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut merged = Vec::with_capacity(numbers.len());
    let mut width = 1;
    while width < numbers.len() {
        for pair in numbers.chunks(2 * width) {
            let (left, right) = pair.split_at(width.min(pair.len()));
            let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
            while let Some(first) = left.peek() {
                match right.next_if(|other| compare(**other, **first).is_lt()) {
                    Some(other) => merged.push(*other),
                    None => merged.extend(left.next()),
                }
            }
            merged.extend(right);
        }
        std::mem::swap(numbers, &mut merged);
        merged.clear();
        width *= 2;
    }
}

/// The items in order; equal ones keep theirs.
pub(crate) fn sorted<T>(items: Vec<T>, compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut numbers: Vec<u32> = (0..items.len() as u32).collect();
    sort(
        &mut numbers,
        &|a, b| match (items.get(a as usize), items.get(b as usize)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        },
    );
    let mut slots: Vec<Option<T>> = items.into_iter().map(Some).collect();
    numbers
        .iter()
        .filter_map(|n| slots.get_mut(*n as usize)?.take())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_like_the_standard_library(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..70)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(sorted(items, &|a, b| a.0.cmp(&b.0)), expected);
        }
    }
}
