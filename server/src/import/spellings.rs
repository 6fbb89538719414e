//! One spelling for what is written in several: "EXCEL", "excel" and "Éxcel" are one skill.

use entraide::model::skill_key;
use std::collections::HashMap;

/// The spellings of a file, by key.
#[derive(Default)]
pub(super) struct Spellings(HashMap<String, Vec<Spelling>>);

struct Spelling {
    text: String,
    uses: usize,
    first_line: u64,
}

/// A spelling that gave way to a commoner one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Replaced {
    /// Line of its first use.
    pub(super) line: u64,
    /// As it was written.
    pub(super) from: String,
    /// As most lines write it.
    pub(super) to: String,
    /// How often it was used.
    pub(super) uses: usize,
}

impl Spellings {
    /// Counts one use.
    pub(super) fn count(&mut self, text: &str, line: u64) {
        let known = self.0.entry(skill_key(text)).or_default();
        let full = known.len() >= 64;
        match known.iter_mut().find(|s| s.text == text) {
            Some(spelling) => spelling.uses += 1,
            // So many spellings of one word are an attack on this list, not a directory.
            None if full => {}
            None => known.push(Spelling {
                text: text.to_owned(),
                uses: 1,
                first_line: line,
            }),
        }
    }

    /// The commonest spelling of a text, the first seen among equals; the text itself where it
    /// was never counted.
    pub(super) fn best<'a>(&'a self, text: &'a str) -> &'a str {
        self.0
            .get(&skill_key(text))
            .and_then(|known| best(known))
            .map_or(text, |s| &s.text)
    }

    /// All spellings that gave way, in the order of the file.
    pub(super) fn replaced(&self) -> Vec<Replaced> {
        let mut all = Vec::new();
        for known in self.0.values() {
            let Some(to) = best(known) else { continue };
            all.extend(
                known
                    .iter()
                    .filter(|s| s.text != to.text)
                    .map(|s| Replaced {
                        line: s.first_line,
                        from: s.text.clone(),
                        to: to.text.clone(),
                        uses: s.uses,
                    }),
            );
        }
        all.sort_unstable_by(|a, b| (a.line, &a.from).cmp(&(b.line, &b.from)));
        all
    }
}

/// The list is in the order of first use, so the first of the greatest is the first seen.
fn best(known: &[Spelling]) -> Option<&Spelling> {
    known
        .iter()
        .reduce(|best, s| if s.uses > best.uses { s } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_wins_and_the_first_among_equals() {
        let mut spellings = Spellings::default();
        for (line, text) in ["excel", "Excel", "EXCEL", "Excel", "rust", "Rust"]
            .into_iter()
            .enumerate()
        {
            spellings.count(text, line as u64);
        }
        assert_eq!(spellings.best("Éxcel"), "Excel");
        assert_eq!(spellings.best("RUST"), "rust");
        assert_eq!(spellings.best("Go"), "Go");
        let replaced: Vec<_> = spellings
            .replaced()
            .into_iter()
            .map(|r| (r.line, r.from))
            .collect();
        assert_eq!(
            replaced,
            [(0, "excel".into()), (2, "EXCEL".into()), (5, "Rust".into())]
        );
    }
}
