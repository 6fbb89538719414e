//! Completing the name of a skill from its first letters, for a field in which one is chosen.

use super::index::Index;
use super::token::words;
use crate::model::skill_key;

impl Index {
    /// Skills that colleagues have and whose words begin with the words of `text`, in any
    /// order: the very name first, then names that begin with the text, then by how many
    /// people have them. Each with that number; `most` at the most.
    #[must_use]
    pub fn complete_skill(&self, text: &str, most: usize) -> Vec<(String, u32)> {
        let sought = words(text);
        let key = skill_key(text);
        if key.is_empty() {
            return Vec::new();
        }
        let fits = |name: &str| {
            let own = words(name);
            skill_key(name).starts_with(&key)
                || !sought.is_empty()
                    && sought.iter().all(|w| own.iter().any(|o| o.text.starts_with(&w.text)))
        };
        let mut found: Vec<(u8, u32, u32)> = self
            .skills
            .iter()
            .filter(|(_, name)| fits(name))
            .map(|(number, name)| {
                let own = skill_key(name);
                (u8::from(own != key) + u8::from(!own.starts_with(&key)), 0, number)
            })
            .collect();
        for row in &self.rows {
            for skill in self.skills_of(row) {
                if let Some(hit) = found.iter_mut().find(|(_, _, number)| number == skill) {
                    hit.1 += 1;
                }
            }
        }
        // Nobody has it any more: the person who had it changed.
        found.retain(|(_, people, _)| *people > 0);
        found.sort_unstable_by_key(|&(rank, people, number)| (rank, u32::MAX - people, number));
        let name = |number| self.skills.name(number).map(|n| n.to_string());
        found.into_iter().take(most).filter_map(|(_, n, at)| Some((name(at)?, n))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Person, PersonId, PersonSkill};

    #[test]
    fn the_very_name_then_beginnings_then_the_popular() {
        let holders = ["C", "C++", "C++", "Clôture", "Droit des contrats", "Excel"];
        let people = holders.iter().enumerate().map(|(i, skill)| {
            let mut person = Person::named(PersonId::new(i.to_string()).unwrap(), "A B");
            person.skills.extend(PersonSkill::declared(skill));
            person.into()
        });
        let index = Index::build(people.collect());
        let names = |text: &str| -> Vec<String> {
            index.complete_skill(text, 5).into_iter().map(|(name, _)| name).collect()
        };
        assert_eq!(names("c"), ["C", "C++", "Clôture", "Droit des contrats"]);
        assert_eq!(names("CLOT"), ["Clôture"]);
        assert_eq!(index.complete_skill("c++", 5), [("C++".to_owned(), 2)]);
        assert!(names(" ").is_empty());
    }
}
