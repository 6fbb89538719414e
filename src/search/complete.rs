//! Completing the name of a skill from its first letters, for a field in which one is chosen.

use super::index::Index;
use super::order::sort_keys;
use super::token::{Words, words};
use crate::model::skill_key;

impl Index {
    /// Skills that colleagues have and whose words begin with the words of `text`, in any
    /// order: the very name first, then names that begin with the text, then by how many
    /// people have them. Each with that number; `most` at the most.
    #[must_use]
    pub fn complete_skill(&self, text: &str, most: usize) -> Vec<(String, u32)> {
        let (sought, key) = (words(text), skill_key(text));
        let names = self.skill_names();
        let mut out = Vec::new();
        if key.is_empty() {
            return out;
        }
        let counts = self.skill_counts();
        let count = |number: u32| counts.get(number as usize).copied().unwrap_or(0);
        // Kind, count (most first) and number as one number to sort by.
        let mut keys = Vec::new();
        for number in 0..names.len() as u32 {
            let own = names.key(number);
            let kind = if own == key {
                0
            } else if own.starts_with(&key) {
                1
            } else if begins(&words(names.name(number).map_or("", |name| name)), &sought) {
                2
            } else {
                continue;
            };
            // Nobody may have it any more: the person who had it changed.
            if count(number) > 0 {
                let rare = u64::from(u32::MAX - count(number));
                keys.push(kind << 62 | rare << 30 | u64::from(number));
            }
        }
        sort_keys(&mut keys);
        keys.truncate(most);
        for key in keys {
            let number = (key & ((1 << 30) - 1)) as u32;
            if let Some(name) = names.name(number) {
                out.push((name.to_string(), count(number)));
            }
        }
        out
    }
}

/// Whether each of the words sought begins one of these; not so without any.
fn begins(own: &Words, sought: &Words) -> bool {
    let mut all = !sought.is_empty();
    for at in 0..sought.len() {
        all &= own.position(sought.text(at), true).is_some();
    }
    all
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
            index
                .complete_skill(text, 5)
                .into_iter()
                .map(|(name, _)| name)
                .collect()
        };
        assert_eq!(names("c"), ["C", "C++", "Clôture", "Droit des contrats"]);
        assert_eq!(names("CLOT"), ["Clôture"]);
        assert_eq!(index.complete_skill("c++", 5), [("C++".to_owned(), 2)]);
        assert!(names(" ").is_empty());
    }
}
