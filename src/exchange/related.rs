//! Skills that go together, by what people actually hold: someone who makes pivot tables can
//! help with Excel, though they never wrote it down.
//!
//! For a skill `s` that is asked and a skill `t` that somebody holds, the strength of the
//! relation is how far holding `t` lifts the probability of holding `s` above its base rate,
//! with the rate smoothed towards the base (Beta-binomial, weight 5):
//! `((both + 5·p(s)) / (n(t) + 5) − p(s)) / (1 − p(s))`.

use crate::search::Index;

/// How much people count before they outweigh the base rate.
const SMOOTHING: f32 = 5.0;
/// Relations that fewer people share are chance.
const LEAST_TOGETHER: u32 = 3;
/// Weaker relations are not used.
const LEAST_STRENGTH: f32 = 0.15;

/// For each skill of the dictionary, how strongly it is related to the one asked: between 0 and
/// 1, and 0 for that skill itself.
pub(crate) fn related(asked: u32, index: &Index) -> Vec<f32> {
    let counts = index.skill_counts();
    let mut together = vec![0_u32; counts.len()];
    for position in 0..index.len() {
        let held = index.skill_numbers(position);
        if held.contains(&asked) {
            for skill in held {
                if let Some(count) = together.get_mut(*skill as usize) {
                    *count += 1;
                }
            }
        }
    }
    let base = counts.get(asked as usize).copied().unwrap_or(0) as f32 / index.len().max(1) as f32;
    let mut out = Vec::with_capacity(counts.len());
    for (number, (both, count)) in (0..).zip(together.into_iter().zip(counts)) {
        let rate = (both as f32 + SMOOTHING * base) / (count as f32 + SMOOTHING);
        let lift = (rate - base) / (1.0 - base);
        let tells = number != asked && both >= LEAST_TOGETHER && base < 1.0;
        out.push(if tells && lift >= LEAST_STRENGTH {
            lift
        } else {
            0.0
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::testing::staff;

    #[test]
    fn pivot_tables_find_excel() {
        let index = staff();
        let number = |name| index.skill_names().find(name).unwrap();
        let strengths = related(number("Excel"), &index);
        let of = |name| strengths[number(name) as usize];
        assert!(of("Tableaux croisés dynamiques") > 0.15);
        assert_eq!(of("Soudure TIG"), 0.0);
        assert_eq!(of("TVA"), 0.0, "one person is chance");
        assert_eq!(of("Excel"), 0.0);
    }
}
