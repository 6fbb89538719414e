//! What the index knows beyond a search: which skills there are and how many have them, and who
//! uses a word. The exchange layer routes questions by it.

use super::dictionary::Dictionary;
use super::document::{NAME_WORDS, UNIT};
use super::index::Index;
use super::query::Facet;
use crate::model::Skill;

impl Index {
    /// Every skill that somebody has, in its first spelling, the most common first, then by
    /// name.
    #[must_use]
    pub fn skills(&self) -> Vec<Skill> {
        let counts = self.skill_counts();
        let count = |number: u32| counts.get(number as usize).copied().unwrap_or(0);
        let mut out = Vec::new();
        for number in self.skill_names().by_count(&count) {
            out.extend(self.skill_names().name(number).map(|name| Skill {
                name: name.to_string(),
                people: count(number),
            }));
        }
        out
    }

    /// How many people have each skill of the dictionary.
    pub(crate) fn skill_counts(&self) -> Vec<u32> {
        let mut counts = vec![0_u32; self.skill_names().len()];
        for row in &self.rows {
            for skill in self.numbers(row, Facet::Skill) {
                if let Some(count) = counts.get_mut(*skill as usize) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// The skills' names and numbers.
    pub(crate) fn skill_names(&self) -> &Dictionary {
        self.dictionary(Facet::Skill)
    }

    /// The skills of the person at a position, as numbers of the dictionary.
    pub(crate) fn skill_numbers(&self, position: usize) -> &[u32] {
        let row = self.rows.get(position);
        row.map_or(&[], |row| self.numbers(row, Facet::Skill))
    }

    /// Who uses this folded word elsewhere than in their name, and how much it weighs there
    /// (as in ranking); each once, in order of position.
    pub(crate) fn users_of(&self, word: &str) -> Vec<(u32, f32)> {
        let mut users: Vec<(u32, f32)> = Vec::new();
        let (number, true) = self.vocabulary.find(word) else {
            return users;
        };
        for posting in self.vocabulary.postings(number) {
            if u32::from(posting.at()) < NAME_WORDS {
                continue;
            }
            let weight = f32::from(posting.impact()) / UNIT;
            match users.last_mut() {
                Some((person, sum)) if *person == posting.person() => *sum += weight,
                _ => users.push((posting.person(), weight)),
            }
        }
        users
    }
}
