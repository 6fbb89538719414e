//! What the index knows beyond a search: which skills there are and how many have them, and who
//! uses a word. The exchange layer routes questions by it.

use super::dictionary::Dictionary;
use super::document::{NAME_WORDS, UNIT};
use super::index::Index;
use crate::model::Skill;

impl Index {
    /// Every skill that somebody has, in its first spelling, the most common first, then by
    /// name.
    #[must_use]
    pub fn skills(&self) -> Vec<Skill> {
        let counts = self.skill_counts();
        let mut keys: Vec<u64> = Vec::new();
        for (rank, number) in self.skills.by_key().iter().enumerate() {
            let people = counts.get(*number as usize).copied().unwrap_or(0);
            if people > 0 {
                keys.push(u64::from(u32::MAX - people) << 32 | rank as u64);
            }
        }
        keys.sort_unstable();
        let skill = |key: &u64| {
            let number = self.skills.by_key().get(*key as u32 as usize)?;
            let name = self.skills.name(*number)?.to_string();
            Some(Skill {
                name,
                people: u32::MAX - (key >> 32) as u32,
            })
        };
        keys.iter().filter_map(skill).collect()
    }

    /// How many people have each skill of the dictionary.
    pub(crate) fn skill_counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.skills.len()];
        for row in &self.rows {
            for skill in self.skills_of(row) {
                if let Some(count) = counts.get_mut(*skill as usize) {
                    *count += 1;
                }
            }
        }
        counts
    }

    /// The skills' names and numbers.
    pub(crate) fn skill_names(&self) -> &Dictionary {
        &self.skills
    }

    /// The skills of the person at a position, as numbers of the dictionary.
    pub(crate) fn skill_numbers(&self, position: usize) -> &[u32] {
        self.rows
            .get(position)
            .map_or(&[], |row| self.skills_of(row))
    }

    /// Who uses this folded word elsewhere than in their name, and how much it weighs there
    /// (as in ranking); each once, in order of position.
    pub(crate) fn users_of(&self, word: &str) -> Vec<(u32, f32)> {
        let mut users: Vec<(u32, f32)> = Vec::new();
        let Ok(number) = self.vocabulary.find(word) else {
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
