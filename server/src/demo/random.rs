//! Chance that always falls the same way: SplitMix64 (Steele, Lea and Flood, "Fast splittable
//! pseudorandom number generators", 2014), seeded by hand. Good enough for inventing people,
//! and for nothing that must be secret.

/// A stream of numbers that a seed determines.
pub(super) struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A fraction, 0 included and 1 not.
    pub(super) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from `from` to `to`, both included.
    pub(super) fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = (to - from).max(0) as f64 + 1.0;
        from + (self.fraction() * span) as i64
    }

    /// Whether something happens that happens in this share of cases.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.fraction() < share
    }

    /// One of several, all alike.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get((self.fraction() * from.len() as f64) as usize)
    }

    /// One of several, the first the likeliest: the popularity of things has a long tail.
    pub(super) fn pick_early<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let deep = self.fraction().powf(1.7);
        from.get((deep * from.len() as f64) as usize)
    }

    /// The place of one of several weights.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut at = self.fraction() * f64::from(total);
        for (i, weight) in weights.enumerate() {
            at -= f64::from(weight);
            if at < 0.0 {
                return i;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_in_its_bounds() {
        let mut random = Random::new(1);
        for _ in 0..10_000 {
            assert!((0.0..1.0).contains(&random.fraction()));
            assert!((-3..=3).contains(&random.between(-3, 3)));
            assert!(random.weighted([1, 0, 2].into_iter()) != 1);
            assert!(random.pick(&[1]).is_some() && random.pick_early(&[1]).is_some());
        }
        assert_eq!(random.pick::<u8>(&[]), None);
        assert_eq!(Random::new(0).next(), 0xE220_A839_7B1D_CDAF);
    }
}
