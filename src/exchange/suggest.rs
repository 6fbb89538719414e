//! Skills that a question is about, proposed from its words while it is typed.
//!
//! Only skills that colleagues hold are proposed, and only when the question names them: all of
//! a skill's words, near one another, or two thirds of a long name ("tableaux croisés" is
//! enough for "Tableaux croisés dynamiques"). Endings and one slip in longer words are forgiven.
//! What is written like an ordinary word (one or two letters, or a stop word, as in R, C, Go,
//! IT) must stand in the question as the skill writes it. A wrong proposal costs the asker's
//! trust; a missing one costs a click.

use super::keywords::{Keyword, alike, stem};
use crate::search::order::sorted;
use crate::search::stop::is_stop_word;
use crate::search::{Index, Word, joined_words, words};

/// A skill that a question seems to be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillSuggestion {
    /// The skill, as colleagues write it.
    pub name: String,
    /// The words of the question that name it, as they were written.
    pub why: Vec<String>,
}

/// Most skills that are proposed.
const MOST: usize = 5;
/// Longest part of a question that is read, in bytes.
const LONGEST: usize = 4_000;
/// Words that may stand between the words of a skill, stop words aside.
const GAP: usize = 1;

/// A skill that fits, with what decides between several.
struct Fit {
    name: String,
    /// Places in the question, in order.
    places: Vec<usize>,
    /// Words of the skill that the question has, less what is missing.
    strength: f32,
    people: u32,
}

/// The question, read once.
struct Question<'t> {
    text: &'t str,
    /// All words in order, stop words too.
    words: Vec<Word>,
    keywords: Vec<Keyword>,
    /// Number of words that carry a subject before each word.
    rank: Vec<usize>,
    /// Forms of neighbours written together, with the places that they span.
    joined: Vec<(String, usize, usize)>,
    /// The first two bytes of every word.
    beginnings: Vec<[u8; 2]>,
}

/// The first two bytes of a word, or one and zero.
fn beginning(word: &str) -> [u8; 2] {
    let mut bytes = word.bytes();
    [bytes.next().unwrap_or(0), bytes.next().unwrap_or(0)]
}

/// The skills that a question names, the most specific first; at most five.
#[must_use]
pub fn suggest_skills(text: &str, index: &Index) -> Vec<SkillSuggestion> {
    let question = Question::read(text);
    if question.words.is_empty() {
        return Vec::new();
    }
    let counts = index.skill_counts();
    let mut fits: Vec<Fit> = Vec::new();
    for (number, name) in index.skill_names().iter() {
        let people = counts.get(number as usize).copied().unwrap_or(0);
        if people > 0
            && question.may_name(index.skill_names().key(number))
            && let Some((places, strength)) = question.fit(name)
        {
            fits.push(Fit {
                name: name.to_string(),
                places,
                strength,
                people,
            });
        }
    }
    let fits = sorted(fits, &|a, b| {
        let strength = b.strength.total_cmp(&a.strength);
        strength
            .then(b.people.cmp(&a.people))
            .then_with(|| a.name.cmp(&b.name))
    });
    let mut chosen: Vec<Fit> = Vec::new();
    for fit in fits {
        // "Droit" says nothing beside "Droit du travail".
        let within = |other: &Fit| fit.places.iter().all(|p| other.places.contains(p));
        if chosen.len() < MOST && !chosen.iter().any(within) {
            chosen.push(fit);
        }
    }
    chosen
        .into_iter()
        .map(|fit| SkillSuggestion {
            why: question.written(&fit.places),
            name: fit.name,
        })
        .collect()
}

impl<'t> Question<'t> {
    fn read(text: &'t str) -> Self {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        let words = words(text);
        let mut rank = Vec::with_capacity(words.len());
        let mut count = 0;
        for word in &words {
            rank.push(count);
            count += usize::from(!is_stop_word(&word.text));
        }
        let keyword = |w: &Word| Keyword {
            stem: stem(&w.text).to_owned(),
            written: String::new(),
            text: w.text.clone(),
        };
        let keywords = words.iter().map(keyword).collect();
        let beginnings = words.iter().map(|w| beginning(&w.text)).collect();
        Self {
            text,
            beginnings,
            joined: joined_words(text),
            words,
            keywords,
            rank,
        }
    }

    fn written(&self, places: &[usize]) -> Vec<String> {
        let word = |p: &usize| {
            let span = self.words.get(*p)?.span.clone();
            Some(self.text.get(span)?.to_owned())
        };
        places.iter().filter_map(word).collect()
    }

    /// Whether a skill of this key can be named at all: a word of it begins with two letters
    /// that a word of the question begins with. Keys with signs or other scripts may be.
    fn may_name(&self, key: &str) -> bool {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !key.bytes().all(|b| plain(b) || b == b' ') {
            return true;
        }
        key.split(' ')
            .any(|word| self.beginnings.contains(&beginning(word)))
    }

    /// Where the question names a skill, and how well.
    fn fit(&self, name: &str) -> Option<(Vec<usize>, f32)> {
        let own = words(name);
        let telling: Vec<Keyword> = own
            .iter()
            .filter(|w| !is_stop_word(&w.text))
            .map(|w| Keyword {
                stem: stem(&w.text).to_owned(),
                written: String::new(),
                text: w.text.clone(),
            })
            .collect();
        self.as_one_word(&own).or_else(|| match telling.as_slice() {
            [] => self.as_written(name, &own),
            [only] if only.text.chars().count() <= 2 && own.len() == 1 => {
                self.as_written(name, &own)
            }
            [only] => {
                let place = self.keywords.iter().position(|k| self.same(only, k))?;
                Some((vec![place], 1.0))
            }
            several => self.phrase(several),
        })
    }

    /// Short words must be equal, longer ones alike.
    fn same(&self, skill: &Keyword, word: &Keyword) -> bool {
        skill.text == word.text || skill.text.chars().count() > 4 && alike(skill, word)
    }

    /// "powerbi" for "Power BI" and the other way round.
    fn as_one_word(&self, own: &[Word]) -> Option<(Vec<usize>, f32)> {
        let whole: String = own.iter().map(|w| w.text.as_str()).collect();
        if whole.chars().count() < 4 {
            return None;
        }
        if own.len() > 1
            && let Some(place) = self.words.iter().position(|w| w.text == whole)
        {
            return Some((vec![place], own.len() as f32));
        }
        let (_, from, to) = self.joined.iter().find(|(form, _, _)| *form == whole)?;
        Some(((*from..*to).collect(), own.len() as f32))
    }

    /// What looks like an ordinary word must be written as the skill is, capitals included.
    fn as_written(&self, name: &str, own: &[Word]) -> Option<(Vec<usize>, f32)> {
        let name = name.trim();
        if own.len() != 1 || !name.chars().any(|c| c.is_uppercase() || c.is_numeric()) {
            return None;
        }
        let written = |w: &Word| self.text.get(w.span.clone()) == Some(name);
        let place = self.words.iter().position(written)?;
        Some((vec![place], 1.0))
    }

    /// All of a skill's telling words near one another, or two thirds of them.
    fn phrase(&self, skill: &[Keyword]) -> Option<(Vec<usize>, f32)> {
        let mut best: Option<(Vec<usize>, f32)> = None;
        for start in 0..self.keywords.len() {
            let mut places: Vec<usize> = Vec::new();
            for word in skill {
                let near = |p: &usize| {
                    let rank = |at: usize| self.rank.get(at).copied().unwrap_or(0);
                    let limit = places
                        .last()
                        .map_or(rank(start), |last| rank(*last) + 1 + GAP);
                    !places.contains(p) && rank(*p) <= limit
                };
                let found = (start..self.keywords.len())
                    .take_while(|p| {
                        self.rank
                            .get(*p)
                            .is_some_and(|r| *r <= self.rank[start] + skill.len() * (1 + GAP))
                    })
                    .find(|p| near(p) && self.keywords.get(*p).is_some_and(|k| self.same(word, k)));
                places.extend(found);
            }
            let enough = places.len() == skill.len()
                || places.len() >= 2 && places.len() * 3 >= skill.len() * 2;
            let strength = 2.0 * places.len() as f32 - skill.len() as f32;
            if enough && places.contains(&start) && best.as_ref().is_none_or(|(_, s)| strength > *s)
            {
                best = Some((sorted(places, &|a, b| a.cmp(b)), strength));
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::testing::staff;
    use proptest::prelude::*;

    fn names(text: &str) -> Vec<String> {
        suggest_skills(text, &staff())
            .into_iter()
            .map(|s| s.name)
            .collect()
    }

    #[test]
    fn hears_the_skills_in_a_question() {
        for (text, want) in [
            (
                "Comment faire un tableau croisé dans Excel ?",
                vec!["Excel", "Tableaux croisés dynamiques"],
            ),
            (
                "J'ai besoin d'aide en droit du travail",
                vec!["Droit du travail"],
            ),
            ("power bi does not refresh", vec!["Power BI"]),
            ("Mon rapport PowerBI est vide", vec!["Power BI"]),
            ("Qui connaît la soudure à l’arc ?", vec!["Soudure à l'arc"]),
            ("We need an audit for ISO9001", vec!["ISO 9001"]),
            ("Une macro en C++ ou en C# ?", vec!["C#", "C++"]),
            ("statistics with R", vec!["R"]),
            ("Excle plante", vec![]),
            ("kubernetse cluster", vec!["Kubernetes"]),
        ] {
            assert_eq!(names(text), want, "{text}");
        }
    }

    #[test]
    fn stays_calm() {
        for text in [
            "",
            "Bonjour, qui peut m'aider ?",
            "c'est urgent, r",
            "how do I get it to go?",
            "Where is the canteen?",
            "le travail",
            "un arc-en-ciel",
            "die Tür klemmt",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn tells_why() {
        let found = suggest_skills("Un souci de Droit du Travail", &staff());
        assert_eq!(found[0].why, ["Droit", "Travail"]);
    }

    proptest! {
        #[test]
        fn the_shortcut_hides_nothing(text in "(Power |BI|droit |du |travail |ISO|9001|C\\+\\+|[a-z]{1,3}| ){0,12}") {
            let staff = staff();
            let question = Question::read(&text);
            for (number, name) in staff.skill_names().iter() {
                let key = staff.skill_names().key(number);
                prop_assert!(question.fit(name).is_none() || question.may_name(key), "{name}");
            }
        }

        #[test]
        fn never_panics_and_stays_bounded(text in "(\\PC|droit |du |travail |C|\\+|東| ){0,60}") {
            prop_assert!(suggest_skills(&text, &staff()).len() <= MOST);
        }
    }
}
