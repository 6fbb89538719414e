//! What the demo company is made of, as written down in `data/`: teams with their roles and
//! skills, names by origin, places, a few words about oneself, and questions with their answers.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

const TEAMS: &str = include_str!("data/teams.json");
const NAMES: &str = include_str!("data/names.json");
const PLACES: &str = include_str!("data/places.json");
const ABOUT: &str = include_str!("data/about.json");
const QUESTIONS: [(&str, &str); 3] = [
    ("fr", include_str!("data/questions-fr.json")),
    ("en", include_str!("data/questions-en.json")),
    ("de", include_str!("data/questions-de.json")),
];

/// Everything in `data/`.
pub(super) struct Data {
    pub(super) teams: Vec<Team>,
    pub(super) names: BTreeMap<String, Names>,
    pub(super) places: Places,
    /// Sentences by language, with `{skill}`, `{want}` and `{place}` in them; under "fr-veteran"
    /// and so on those of people who have been there for ten years and more.
    pub(super) about: BTreeMap<String, Vec<String>>,
    /// Questions by language.
    pub(super) questions: Vec<(&'static str, Vec<Question>)>,
}

/// A team and the roles in it.
#[derive(Deserialize)]
pub(super) struct Team {
    pub(super) team: String,
    /// The language that it works in.
    pub(super) lang: String,
    /// Where its people sit: names with their weights.
    places: String,
    /// How many people it has, in relation to the others.
    pub(super) size: u32,
    skills: String,
    pub(super) roles: Vec<Role>,
}

/// A role, the commonest of its team first.
#[derive(Deserialize)]
pub(super) struct Role {
    title: String,
    skills: String,
}

/// Names of one origin, separated by spaces; a middle dot stands for a space within a name.
#[derive(Deserialize)]
pub(super) struct Names {
    f: String,
    m: String,
    family: String,
}

/// Places and what people everywhere can do.
#[derive(Deserialize, Default)]
pub(super) struct Places {
    /// Time zones of the places.
    pub(super) places: BTreeMap<String, String>,
    /// Time zones of people who work from anywhere, by language.
    pub(super) remote: BTreeMap<String, Vec<String>>,
    common: BTreeMap<String, String>,
}

/// A question as `data/` has it.
#[derive(Deserialize)]
pub(super) struct Question {
    /// The question.
    #[serde(rename = "q")]
    pub(super) question: String,
    /// Its details.
    #[serde(rename = "d", default)]
    pub(super) details: String,
    /// The skills that it is about; the first is what the answer is thanked for.
    #[serde(rename = "s")]
    pub(super) skills: Vec<String>,
    /// The team of the asker, or the asker.
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) asker: Option<String>,
    /// The answers; none where it is open.
    #[serde(rename = "a")]
    pub(super) answers: Vec<String>,
    /// Who answers, where that matters.
    #[serde(default)]
    pub(super) by: Vec<String>,
    /// The note with the thanks.
    #[serde(rename = "t", default)]
    pub(super) thanks: String,
    /// "answered" where no answer was accepted yet.
    #[serde(default)]
    pub(super) state: String,
    /// Which answer was accepted.
    #[serde(rename = "acc", default)]
    pub(super) accepted: usize,
    /// Who was asked by name.
    #[serde(default)]
    pub(super) to: Vec<String>,
    /// How many who know were asked by name.
    #[serde(default)]
    pub(super) ask: usize,
    /// How many days ago, where that matters.
    #[serde(default)]
    pub(super) days: Option<i64>,
    #[serde(default)]
    pub(super) private: bool,
}

/// `Excel, Word` as a list.
fn list(text: &str) -> Vec<&str> {
    text.split(", ").filter(|s| !s.is_empty()).collect()
}

/// `Lyon 8, Nantes 2` as names with weights.
fn weighted(text: &str) -> Vec<(&str, u32)> {
    list(text)
        .into_iter()
        .map(|entry| match entry.rsplit_once(' ') {
            Some((name, weight)) => weight.parse().map_or((entry, 1), |weight| (name, weight)),
            None => (entry, 1),
        })
        .collect()
}

fn parsed<T: DeserializeOwned + Default>(text: &str) -> T {
    // The texts are part of the program, and a test proves that they are sound.
    serde_json::from_str(text).unwrap_or_default()
}

impl Data {
    /// Reads what is built in.
    pub(super) fn load() -> Self {
        Self {
            teams: parsed(TEAMS),
            names: parsed(NAMES),
            places: parsed(PLACES),
            about: parsed(ABOUT),
            questions: QUESTIONS
                .iter()
                .map(|(lang, text)| (*lang, parsed(text)))
                .collect(),
        }
    }

    /// Skills that people of any role have, by language, with weights.
    pub(super) fn common(&self, lang: &str) -> Vec<(&str, u32)> {
        self.places
            .common
            .get(lang)
            .map_or_else(Vec::new, |text| weighted(text))
    }
}

impl Team {
    pub(super) fn places(&self) -> Vec<(&str, u32)> {
        weighted(&self.places)
    }

    /// What people of every role in it can do, the commonest first.
    pub(super) fn skills(&self) -> Vec<&str> {
        list(&self.skills)
    }
}

impl Role {
    /// The title for a man or a woman.
    pub(super) fn title(&self, woman: bool) -> &str {
        match self.title.split_once('|') {
            Some((_, of_woman)) if woman => of_woman,
            Some((of_man, _)) => of_man,
            None => &self.title,
        }
    }

    pub(super) fn skills(&self) -> Vec<&str> {
        list(&self.skills)
    }
}

impl Names {
    pub(super) fn given(&self, woman: bool) -> Vec<&str> {
        if woman { &self.f } else { &self.m }.split(' ').collect()
    }

    pub(super) fn family(&self) -> Vec<&str> {
        self.family.split(' ').collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound<T: DeserializeOwned>(text: &str) -> T {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_file_is_sound() {
        assert!(sound::<Vec<Team>>(TEAMS).len() > 25);
        assert!(sound::<BTreeMap<String, Names>>(NAMES).len() > 10);
        assert_eq!(sound::<Places>(PLACES).common.len(), 3);
        assert_eq!(sound::<BTreeMap<String, Vec<String>>>(ABOUT).len(), 6);
        for (lang, text) in QUESTIONS {
            assert!(sound::<Vec<Question>>(text).len() > 30, "{lang}");
        }
    }

    #[test]
    fn what_is_named_exists() {
        let data = Data::load();
        let teams: Vec<&str> = data.teams.iter().map(|t| t.team.as_str()).collect();
        let mut skills: Vec<&str> = data.teams.iter().flat_map(Team::skills).collect();
        skills.extend(
            data.teams
                .iter()
                .flat_map(|t| &t.roles)
                .flat_map(Role::skills),
        );
        for lang in ["fr", "en", "de"] {
            skills.extend(data.common(lang).iter().map(|(skill, _)| *skill));
        }
        for team in &data.teams {
            for (place, weight) in team.places() {
                assert!(
                    weight > 0 && (place == "Remote" || data.places.places.contains_key(place)),
                    "{place}"
                );
            }
        }
        let mut seen = std::collections::HashSet::new();
        for question in data.questions.iter().flat_map(|(_, q)| q) {
            assert!(
                seen.insert(&question.question),
                "{} stands twice",
                question.question
            );
            assert!(
                question.asker.is_some() || teams.contains(&question.from.as_str()),
                "{}",
                question.from
            );
            assert!(!question.skills.is_empty());
            for skill in &question.skills {
                assert!(skills.contains(&skill.as_str()), "{skill}");
            }
        }
    }

    /// The same skill has one name, also across teams and languages.
    #[test]
    fn skills_are_spelled_in_one_way() {
        let data = Data::load();
        let mut by_key = std::collections::HashMap::new();
        let of_roles = data
            .teams
            .iter()
            .flat_map(|t| &t.roles)
            .flat_map(Role::skills);
        let of_all = ["fr", "en", "de"]
            .into_iter()
            .flat_map(|l| data.common(l))
            .map(|(s, _)| s);
        for skill in data
            .teams
            .iter()
            .flat_map(Team::skills)
            .chain(of_roles)
            .chain(of_all)
        {
            let known = *by_key
                .entry(entraide::model::skill_key(skill))
                .or_insert(skill);
            assert_eq!(known, skill);
        }
    }
}
