//! Sorting, once for numbers that are their own key and once for everything else.
//!
//! The standard library's sorts are fast, and compile to some five kilobytes for each type and
//! each comparison; a widget has dozens of short lists to order and no room for that. Numbers
//! are sorted by their bytes, and everything else by its positions, with the comparison behind
//! a pointer.

use std::cmp::Ordering;

/// Sorts numbers by radix, byte by byte from the lowest; bytes that all have in common cost
/// one look.
pub(crate) fn sort_keys(keys: &mut Vec<u64>) {
    let mut moved = vec![0; keys.len()];
    for shift in (0..64).step_by(8) {
        let mut starts = [0_usize; 257];
        for key in keys.iter() {
            starts[(key >> shift) as usize % 256 + 1] += 1;
        }
        if starts.contains(&keys.len()) {
            continue;
        }
        for byte in 1..256 {
            starts[byte] += starts[byte - 1];
        }
        for key in keys.iter() {
            let start = &mut starts[(key >> shift) as usize % 256];
            if let Some(slot) = moved.get_mut(*start) {
                *slot = *key;
            }
            *start += 1;
        }
        std::mem::swap(keys, &mut moved);
    }
}

/// Sorts numbers by what they stand for, as a merge sort; equal ones keep their order.
pub(crate) fn sort(numbers: &mut Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    let mut merged = Vec::with_capacity(numbers.len());
    let mut width = 1;
    while width < numbers.len() {
        let mut left = 0;
        while left < numbers.len() {
            let (mut right, middle) = (left + width, left + width);
            let end = (middle + width).min(numbers.len());
            // Halves that follow one another, as where a little is added to a list in order.
            if let (Some(a), Some(b)) = (numbers.get(middle - 1), numbers.get(middle))
                && compare(*a, *b).is_le()
            {
                merged.extend_from_slice(numbers.get(left..end).unwrap_or_default());
                left = end;
                continue;
            }
            loop {
                let first = numbers.get(left).filter(|_| left < middle);
                let second = numbers.get(right).filter(|_| right < end);
                match (first, second) {
                    (Some(a), b) if b.is_none_or(|b| compare(*b, *a).is_ge()) => {
                        merged.push(*a);
                        left += 1;
                    }
                    (_, Some(b)) => {
                        merged.push(*b);
                        right += 1;
                    }
                    _ => break,
                }
            }
            left = end;
        }
        std::mem::swap(numbers, &mut merged);
        merged.clear();
        width *= 2;
    }
}

/// The positions of so many items, ordered by what stands there; equal ones keep their order.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(count);
    for number in 0..count as u32 {
        numbers.push(number);
    }
    sort(&mut numbers, &|a, b| compare(a as usize, b as usize));
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn orders_like_the_standard_library(items in prop::collection::vec((0_u8..9, 0_u8..9), 0..70)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            let order = order(items.len(), &|a, b| items[a].0.cmp(&items[b].0));
            let found: Vec<(u8, u8)> = order.iter().map(|n| items[*n as usize]).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn sorts_numbers(mut keys in prop::collection::vec(prop_oneof![any::<u64>(), 0_u64..300], 0..300)) {
            let mut expected = keys.clone();
            expected.sort();
            sort_keys(&mut keys);
            prop_assert_eq!(keys, expected);
        }
    }
}
