//! When to try again.

/// First pause, in milliseconds.
const FIRST: u64 = 1_000;
/// Longest pause, in milliseconds.
const LONGEST: u64 = 5 * 60 * 1_000;

/// How long to wait before try number `attempts + 1`: exponential, from one second to five
/// minutes, with "full jitter" between half and all of it, so that many pages do not come back
/// in step (Brooker, "Exponential Backoff And Jitter", 2015). `seed` is any number that differs
/// between entries. A longer `retry_after_ms` of the backend wins (RFC 9110, section 10.2.3).
#[must_use]
pub fn backoff_ms(attempts: u32, seed: u64, retry_after_ms: Option<u64>) -> u64 {
    // Past the 20th doubling it is the longest pause anyway.
    let full = (FIRST << attempts.saturating_sub(1).min(20)).min(LONGEST);
    // SplitMix64 (Steele and others, 2014): one step is enough to spread the seeds.
    let mut z = seed
        .wrapping_add(u64::from(attempts))
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z ^= z >> 31;
    let jittered = full / 2 + z % (full / 2 + 1);
    jittered.max(retry_after_ms.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn grows_within_bounds_and_honours_the_backend(
            attempts in 0u32..u32::MAX, seed in any::<u64>(), asked in 0u64..10_000_000
        ) {
            let ms = backoff_ms(attempts, seed, None);
            prop_assert!((FIRST / 2..=LONGEST).contains(&ms));
            prop_assert!(backoff_ms(attempts, seed, Some(asked)) >= asked);
        }
    }
}
