//! Skills that a question is about, proposed from its words while it is typed.
//!
//! Only skills that colleagues hold are proposed, and only when the question names them: all of
//! a skill's words, near one another, or two thirds of a long name ("tableaux croisés" is
//! enough for "Tableaux croisés dynamiques"). Endings and one slip in longer words are forgiven.
//! What is written like an ordinary word (one or two letters, or a stop word, as in R, C, Go,
//! IT) must stand in the question as the skill writes it. A wrong proposal costs the asker's
//! trust; a missing one costs a click.

use super::keywords::alike;
use crate::search::order::{order, sort};
use crate::search::stop::is_stop_word;
use crate::search::{Index, Words, joined_words, words};

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
const GAP: u32 = 1;

/// A skill that fits, with what decides between several.
#[derive(Debug, Default)]
struct Fit {
    /// Of the skill.
    number: u32,
    /// Places in the question, in order.
    places: Vec<u32>,
    /// Twice the words of the skill that the question has, less all of them.
    strength: i32,
    people: u32,
}

/// The question, read once.
struct Question<'t> {
    text: &'t str,
    /// All words in order, stop words too.
    words: Words,
    /// Number of words that carry a subject before each word.
    rank: Vec<u32>,
    /// Forms of neighbours written together, with the places that they span.
    joined: Words,
    /// The first two bytes of every word.
    beginnings: Vec<u32>,
}

/// The first two bytes of a word, or one and zero.
fn beginning(word: &str) -> u32 {
    let mut bytes = word.bytes();
    let first = bytes.next().unwrap_or(0);
    u32::from(first) << 8 | u32::from(bytes.next().unwrap_or(0))
}

/// The skills that a question names, the most specific first; at most five.
#[must_use]
pub fn suggest_skills(text: &str, index: &Index) -> Vec<SkillSuggestion> {
    let question = Question::read(text);
    let names = index.skill_names();
    let mut fits: Vec<Fit> = Vec::new();
    for (number, people) in (0..).zip(index.skill_counts()) {
        if people > 0
            && let Some(name) = names.name(number)
            && question.may_name(names.key(number))
        {
            let (places, strength) = question.fit(name);
            if !places.is_empty() {
                fits.push(Fit {
                    number,
                    places,
                    strength,
                    people,
                });
            }
        }
    }
    let order = order(fits.len(), &|a, b| {
        let (Some(a), Some(b)) = (fits.get(a), fits.get(b)) else {
            return std::cmp::Ordering::Equal;
        };
        let better = b.strength.cmp(&a.strength);
        better
            .then(b.people.cmp(&a.people))
            .then_with(|| names.name(a.number).cmp(&names.name(b.number)))
    });
    let mut taken: Vec<&Fit> = Vec::new();
    let mut out = Vec::new();
    for at in order {
        let Some(fit) = fits.get(at as usize) else {
            continue;
        };
        // "Droit" says nothing beside "Droit du travail".
        let within = |other: &&Fit| fit.places.iter().all(|p| other.places.contains(p));
        if out.len() == MOST || taken.iter().any(within) {
            continue;
        }
        taken.push(fit);
        let mut why = Vec::new();
        for place in &fit.places {
            why.push(question.written(*place as usize).to_owned());
        }
        let name = names.name(fit.number).map_or("", |name| name).to_owned();
        out.push(SkillSuggestion { name, why });
    }
    out
}

impl<'t> Question<'t> {
    fn read(text: &'t str) -> Self {
        let mut end = text.len().min(LONGEST);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text.get(..end).unwrap_or_default();
        let words = words(text);
        let (mut rank, mut beginnings) = (Vec::new(), Vec::new());
        let mut count = 0;
        for at in 0..words.len() {
            let word = words.text(at);
            rank.push(count);
            count += u32::from(!is_stop_word(word));
            beginnings.push(beginning(word));
        }
        Self {
            text,
            words,
            rank,
            joined: joined_words(text),
            beginnings,
        }
    }

    /// A word as the question writes it.
    fn written(&self, place: usize) -> &'t str {
        self.text.get(self.words.span(place)).unwrap_or_default()
    }

    fn rank(&self, place: usize) -> u32 {
        self.rank.get(place).copied().unwrap_or(0)
    }

    /// Whether a skill of this key can be named at all: a word of it begins with two letters
    /// that a word of the question begins with. Keys with signs or other scripts may be.
    fn may_name(&self, key: &str) -> bool {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let mut may = false;
        for word in key.split(' ') {
            may |= !word.bytes().all(plain) || self.beginnings.contains(&beginning(word));
        }
        may
    }

    /// Where the question names a skill (nowhere: no places), and how well.
    fn fit(&self, name: &str) -> (Vec<u32>, i32) {
        let own = words(name);
        let mut whole = String::new();
        let mut telling = Vec::new();
        for at in 0..own.len() {
            whole.push_str(own.text(at));
            if !is_stop_word(own.text(at)) {
                telling.push(own.text(at));
            }
        }
        // "powerbi" for "Power BI" and the other way round.
        if whole.chars().count() >= 4 {
            let mut found = 0..0;
            if own.len() > 1
                && let Some(place) = self.words.position(&whole, false)
            {
                found = place..place + 1;
            } else if let Some(joined) = self.joined.position(&whole, false) {
                found = self.joined.span(joined);
            }
            if !found.is_empty() {
                let places = (found.start as u32..found.end as u32).collect();
                return (places, own.len() as i32);
            }
        }
        let short = |word: &str| word.chars().count() <= 2 && own.len() == 1;
        match telling.as_slice() {
            [] => self.as_written(name, &own),
            [only] if short(only) => self.as_written(name, &own),
            several => self.near_one_another(several),
        }
    }

    /// Short words must be equal, longer ones alike.
    fn same(&self, skill: &str, place: usize) -> bool {
        let word = self.words.text(place);
        skill == word || skill.chars().count() > 4 && alike(skill, word)
    }

    /// What looks like an ordinary word must be written as the skill is, capitals included.
    fn as_written(&self, name: &str, own: &Words) -> (Vec<u32>, i32) {
        let name = name.trim();
        let mut places = Vec::new();
        let telling = own.text(0) != name || name.bytes().any(|b| b.is_ascii_digit());
        if own.len() == 1 && telling {
            for place in 0..self.words.len() {
                if places.is_empty() && self.written(place) == name {
                    places.push(place as u32);
                }
            }
        }
        (places, 1)
    }

    /// All of a skill's telling words near one another, or two thirds of them.
    fn near_one_another(&self, skill: &[&str]) -> (Vec<u32>, i32) {
        let all = skill.len();
        let mut best = (Vec::new(), i32::MIN);
        for start in 0..self.words.len() {
            let reach = self.rank(start) + all as u32 * (1 + GAP);
            let mut limit = self.rank(start);
            let mut places: Vec<u32> = Vec::new();
            for word in skill {
                let mut place = start;
                while place < self.words.len() && self.rank(place) <= reach {
                    let free = !places.contains(&(place as u32));
                    if free && self.rank(place) <= limit && self.same(word, place) {
                        places.push(place as u32);
                        limit = self.rank(place) + 1 + GAP;
                        break;
                    }
                    place += 1;
                }
            }
            let enough = places.len() == all || places.len() >= 2 && places.len() * 3 >= all * 2;
            let strength = 2 * places.len() as i32 - all as i32;
            if enough && places.contains(&(start as u32)) && strength > best.1 {
                best = (places, strength);
            }
        }
        sort(&mut best.0, &|a, b| a.cmp(&b));
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
            for number in 0..staff.skill_names().len() as u32 {
                let name = staff.skill_names().name(number).unwrap();
                let key = staff.skill_names().key(number);
                prop_assert!(question.fit(name).0.is_empty() || question.may_name(key), "{name}");
            }
        }

        #[test]
        fn never_panics_and_stays_bounded(text in "(\\PC|droit |du |travail |C|\\+|東| ){0,60}") {
            prop_assert!(suggest_skills(&text, &staff()).len() <= MOST);
        }
    }
}
