//! What of a person is searched, and how much each field weighs.
//!
//! A person's text is one sequence of words with numbered places: the name takes the first
//! [`NAME_WORDS`], each value after it begins one place further, so that a phrase never reaches
//! from one value into the next.

use super::language;
use super::token::{Cut, Neighbours, tokenise};
use super::vocabulary::{Batch, Posting};
use crate::model::{Evidence, Person};

/// A part of a person in which words are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// A skill that was shown by accepted answers or thanks.
    SkillShown,
    /// A skill that they declare.
    SkillDeclared,
    /// A skill that they want to learn.
    Wants,
    /// Their name.
    Name,
    /// What they do.
    Title,
    /// Their team.
    Team,
    /// Where they work.
    Place,
    /// A language that they speak.
    Language,
    /// A few words about themselves.
    About,
}

/// Places that are kept for the name.
pub(crate) const NAME_WORDS: u32 = 32;
/// Places of a person's whole text; what comes after is not searched.
const PLACES: u32 = 4_000;
/// Most values of one list (skills, wants, languages) that are searched.
const VALUES: usize = 200;
/// Weights are kept as multiples of 1/256.
pub(crate) const UNIT: f32 = 256.0;

/// A value of a person, ready to be cut into words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    /// Where it stands.
    pub(crate) field: Field,
    /// Which skill, want or language; 0 for the single fields.
    pub(crate) index: u32,
    /// The text: the value itself, or other names of it.
    pub(crate) text: &'a str,
    /// Whether `text` is another name of the value ("German" for `de`).
    pub(crate) alias: bool,
    /// What one of its words weighs, before the length of the value is seen.
    weight: f32,
}

impl Value<'_> {
    /// How its words are cut.
    pub(crate) fn cut(&self) -> Cut {
        let neighbours = match self.field {
            Field::Name => Neighbours::Particles,
            Field::About => Neighbours::Apart,
            Field::Language if self.alias => Neighbours::Apart,
            _ => Neighbours::Pairs,
        };
        Cut {
            neighbours,
            query: false,
        }
    }

    /// Weight of each of its words, with `words` of them: BM25F's length normalisation with
    /// `b` = 0.5 against a usual length of the field, which is fixed so that no person's weight
    /// depends on the others'.
    pub(crate) fn impact(&self, words: u32) -> u16 {
        let usual = match self.field {
            Field::About => 20.0,
            // Other names of one language do not make it longer.
            Field::Language => return (self.weight * UNIT) as u16,
            Field::Title => 3.0,
            _ => 2.0,
        };
        let length = 0.5 + 0.5 * words as f32 / usual;
        (self.weight / length * UNIT).clamp(1.0, 8_000.0) as u16
    }
}

/// How much help that was seen lifts a skill over one that is only claimed: 1 for none, growing
/// with the logarithm of accepted answers and (half as much) thanks, up to 2.
pub(crate) fn evidence_factor(evidence: Evidence) -> f32 {
    let seen = evidence.accepted as f32 + 0.5 * evidence.thanks as f32;
    (1.0 + 0.3 * (1.0 + seen).ln()).min(2.0)
}

/// Hands out each value of a person that is searched, the name first.
pub(crate) fn each_value<'a>(person: &'a Person, sink: &mut dyn FnMut(Value<'a>)) {
    let mut put = |field, index: usize, text: &'a str, alias, weight| {
        if !text.is_empty() {
            sink(Value {
                field,
                index: index as u32,
                text,
                alias,
                weight,
            });
        }
    };
    put(Field::Name, 0, &person.name, false, 2.6);
    for (i, skill) in person.skills.iter().take(VALUES).enumerate() {
        let field = if skill.evidence.is_shown() {
            Field::SkillShown
        } else {
            Field::SkillDeclared
        };
        put(
            field,
            i,
            &skill.name,
            false,
            2.4 * evidence_factor(skill.evidence),
        );
    }
    put(Field::Title, 0, &person.title, false, 1.6);
    put(Field::Team, 0, &person.team, false, 1.0);
    put(Field::Place, 0, &person.place, false, 1.0);
    for (i, tag) in person.languages.iter().take(VALUES).enumerate() {
        // A known tag is not searched itself: nobody types one, and in other languages it is a
        // common word ("contrôle de gestion" asks for no German).
        let names = language::names(tag);
        let known = !names.is_empty();
        put(
            Field::Language,
            i,
            if known { names } else { tag },
            known,
            1.0,
        );
    }
    for (i, want) in person.wants.iter().take(VALUES).enumerate() {
        put(Field::Wants, i, want, false, 0.5);
    }
    put(Field::About, 0, &person.about, false, 0.5);
}

/// Puts a person's words into a batch, under this position.
pub(crate) fn gather(person: &Person, position: u32, batch: &mut Batch) {
    let mut base = 0;
    each_value(person, &mut |value| {
        let limit = if value.field == Field::Name {
            NAME_WORDS
        } else {
            PLACES
        };
        if value.field != Field::Name {
            base = base.max(NAME_WORDS);
        }
        let (from, mut words) = (batch.len(), 0);
        tokenise(value.text, value.cut(), &mut |token| {
            let at = base + token.at;
            if at < limit {
                words = words.max(token.at + 1);
                batch.push(token.text, Posting::new(position, at as u16, 0));
            }
        });
        batch.weigh_since(from, value.impact(words));
        base += words + 1;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_lifts_and_never_lowers() {
        let at = |accepted, thanks| evidence_factor(Evidence { accepted, thanks });
        assert_eq!(at(0, 0), 1.0);
        assert!(at(1, 0) > at(0, 1) && at(0, 1) > 1.0);
        assert!(at(9, 4) > at(9, 3));
        assert_eq!(at(u32::MAX, u32::MAX), 2.0);
    }
}
