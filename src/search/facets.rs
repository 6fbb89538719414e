//! Facets: who passes the picked filters, and how many there are behind each value.
//!
//! Within skills all that are picked must be there, within the others one of them; a person
//! must pass every facet. Each facet is counted as if it alone were free: its own picks do not
//! lower its counts, the others' do.

use super::dictionary::{Dictionary, NOTHING};
use super::index::{Index, Row};
use super::query::{Facet, Filters, TypedFilter};
use super::token::words;
use crate::model::Presence;
use std::sync::Arc;

/// A value of a facet with the people behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The value as it was first written.
    pub value: Arc<str>,
    /// How many people match the query and the other facets' filters and have it.
    pub count: u32,
    /// How many of the hits have it: what remains if this skill is picked as well.
    pub within: u32,
    /// Whether it is picked.
    pub selected: bool,
}

/// The counts of all facets for one query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// The 50 most frequent skills, and those that are picked.
    pub skills: Vec<FacetCount>,
    /// The 200 most frequent teams, and those that are picked.
    pub teams: Vec<FacetCount>,
    /// The 200 most frequent places, and those that are picked.
    pub places: Vec<FacetCount>,
    /// Presences that somebody has or that are picked.
    pub presence: Vec<(Presence, u32)>,
}

const SKILLS: usize = 50;
const OTHERS: usize = 200;
const PRESENCES: [Presence; 4] = [
    Presence::Available,
    Presence::Busy,
    Presence::Unknown,
    Presence::Away,
];

/// A set of values: a flag for each number of a dictionary.
type Values = Vec<bool>;

fn holds(values: &Values, number: u32) -> bool {
    values.get(number as usize).copied().unwrap_or(false)
}

/// The filters of one query, ready to be asked about a person.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// One of each is needed.
    skills: Vec<Values>,
    teams: Option<Values>,
    places: Option<Values>,
    presence: Option<[bool; 4]>,
    without_skills: Option<Values>,
    without_teams: Option<Values>,
    without_places: Option<Values>,
}

/// A facet whose filter a person does not pass, as a bit.
pub(crate) const SKILLS_FAIL: u8 = 1;
pub(crate) const TEAM_FAILS: u8 = 2;
pub(crate) const PLACE_FAILS: u8 = 4;
pub(crate) const PRESENCE_FAILS: u8 = 8;

impl Selection {
    pub(crate) fn new(index: &Index, picked: &Filters, typed: &[TypedFilter]) -> Self {
        let mut all = Self::default();
        for name in &picked.skills {
            all.skills.push(exactly(&index.skills, name));
        }
        for name in &picked.teams {
            unite(&mut all.teams, &exactly(&index.teams, name));
        }
        for name in &picked.places {
            unite(&mut all.places, &exactly(&index.places, name));
        }
        for presence in &picked.presence {
            if let Some(flag) = all
                .presence
                .get_or_insert_default()
                .get_mut(slot(*presence))
            {
                *flag = true;
            }
        }
        for filter in typed {
            match (filter.facet, filter.excludes) {
                (Facet::Skill, false) => all.skills.push(named(&index.skills, &filter.value)),
                (Facet::Team, false) => unite(&mut all.teams, &named(&index.teams, &filter.value)),
                (Facet::Place, false) => {
                    unite(&mut all.places, &named(&index.places, &filter.value))
                }
                (Facet::Skill, true) => {
                    unite(
                        &mut all.without_skills,
                        &named(&index.skills, &filter.value),
                    );
                }
                (Facet::Team, true) => {
                    unite(&mut all.without_teams, &named(&index.teams, &filter.value));
                }
                (Facet::Place, true) => {
                    unite(
                        &mut all.without_places,
                        &named(&index.places, &filter.value),
                    );
                }
            }
        }
        all
    }

    /// Whether everyone passes.
    pub(crate) fn is_free(&self) -> bool {
        self.skills.is_empty()
            && self.presence.is_none()
            && [
                &self.teams,
                &self.places,
                &self.without_skills,
                &self.without_teams,
                &self.without_places,
            ]
            .iter()
            .all(|values| values.is_none())
    }

    /// Whether an exclusion was typed that this person falls under.
    pub(crate) fn excludes(&self, row: &Row, skills: &[u32]) -> bool {
        self.without_teams
            .as_ref()
            .is_some_and(|v| holds(v, row.team))
            || self
                .without_places
                .as_ref()
                .is_some_and(|v| holds(v, row.place))
            || self
                .without_skills
                .as_ref()
                .is_some_and(|v| skills.iter().any(|s| holds(v, *s)))
    }

    /// The facets whose filters this person does not pass, as bits.
    pub(crate) fn fails(&self, row: &Row, skills: &[u32]) -> u8 {
        let mut fails = 0;
        if !self
            .skills
            .iter()
            .all(|values| skills.iter().any(|s| holds(values, *s)))
        {
            fails |= SKILLS_FAIL;
        }
        if self.teams.as_ref().is_some_and(|v| !holds(v, row.team)) {
            fails |= TEAM_FAILS;
        }
        if self.places.as_ref().is_some_and(|v| !holds(v, row.place)) {
            fails |= PLACE_FAILS;
        }
        if self
            .presence
            .is_some_and(|v| v.get(slot(row.presence)) != Some(&true))
        {
            fails |= PRESENCE_FAILS;
        }
        fails
    }
}

fn slot(presence: Presence) -> usize {
    PRESENCES.iter().position(|p| *p == presence).unwrap_or(0)
}

fn unite(values: &mut Option<Values>, more: &Values) {
    let values = values.get_or_insert_with(|| vec![false; more.len()]);
    for (flag, other) in values.iter_mut().zip(more) {
        *flag |= other;
    }
}

fn exactly(dictionary: &Dictionary, name: &str) -> Values {
    let mut values = vec![false; dictionary.len()];
    if let Some(flag) = dictionary
        .find(name)
        .and_then(|n| values.get_mut(n as usize))
    {
        *flag = true;
    }
    values
}

/// The values that a typed filter means: the one of this very name if there is one, else those
/// that hold all of its words, the last of which may be a prefix.
pub(crate) fn named(dictionary: &Dictionary, typed: &str) -> Values {
    if dictionary.find(typed).is_some() {
        return exactly(dictionary, typed);
    }
    let sought = words(typed);
    let holds_all = |name: &str| {
        let own = words(name);
        sought.iter().enumerate().all(|(i, word)| {
            let open = i + 1 == sought.len();
            own.iter()
                .any(|o| o.text == word.text || open && o.text.starts_with(&word.text))
        })
    };
    dictionary
        .iter()
        .map(|(_, name)| !sought.is_empty() && holds_all(name))
        .collect()
}

/// Counts while people go by.
#[derive(Debug)]
pub(crate) struct Counter {
    skills: Vec<[u32; 2]>,
    teams: Vec<[u32; 2]>,
    places: Vec<[u32; 2]>,
    presence: [u32; 4],
}

fn add(counts: &mut [[u32; 2]], number: u32, hit: bool) {
    if let Some([free, within]) = counts.get_mut(number as usize) {
        *free += 1;
        *within += u32::from(hit);
    }
}

impl Counter {
    pub(crate) fn new(index: &Index) -> Self {
        Self {
            skills: vec![[0; 2]; index.skills.len()],
            teams: vec![[0; 2]; index.teams.len()],
            places: vec![[0; 2]; index.places.len()],
            presence: [0; 4],
        }
    }

    /// Counts a person who matches the words and passes all filters but these.
    pub(crate) fn count(&mut self, row: &Row, skills: &[u32], fails: u8) {
        let hit = fails == 0;
        if fails & !SKILLS_FAIL == 0 {
            for skill in skills {
                add(&mut self.skills, *skill, hit);
            }
        }
        if fails & !TEAM_FAILS == 0 {
            add(&mut self.teams, row.team, hit);
        }
        if fails & !PLACE_FAILS == 0 {
            add(&mut self.places, row.place, hit);
        }
        if fails & !PRESENCE_FAILS == 0
            && let Some(count) = self.presence.get_mut(slot(row.presence))
        {
            *count += 1;
        }
    }

    pub(crate) fn into_facets(self, index: &Index, picked: &Filters) -> Facets {
        Facets {
            skills: most(&index.skills, &self.skills, &picked.skills, SKILLS),
            teams: most(&index.teams, &self.teams, &picked.teams, OTHERS),
            places: most(&index.places, &self.places, &picked.places, OTHERS),
            presence: PRESENCES
                .into_iter()
                .zip(self.presence)
                .filter(|(p, count)| *count > 0 || picked.presence.contains(p))
                .collect(),
        }
    }
}

/// The most frequent values, ties by name, and whatever is picked.
fn most(
    dictionary: &Dictionary,
    counts: &[[u32; 2]],
    picked: &[String],
    limit: usize,
) -> Vec<FacetCount> {
    let counted = |number: u32| counts.get(number as usize).copied().unwrap_or([0; 2]);
    // Count (most first) above the rank of the name: one number to sort by.
    let mut keys: Vec<u64> = Vec::new();
    for (rank, number) in dictionary.by_key().iter().enumerate() {
        let [free, _] = counted(*number);
        if free > 0 {
            keys.push(u64::from(u32::MAX - free) << 32 | rank as u64);
        }
    }
    keys.sort_unstable();
    keys.truncate(limit);
    let chosen: Vec<u32> = picked
        .iter()
        .map(|p| dictionary.find(p).unwrap_or(NOTHING))
        .collect();
    let mut shown: Vec<u32> = keys
        .iter()
        .filter_map(|k| dictionary.by_key().get(*k as u32 as usize).copied())
        .collect();
    for number in &chosen {
        if *number != NOTHING && !shown.contains(number) {
            shown.push(*number);
        }
    }
    let mut out: Vec<FacetCount> = Vec::with_capacity(shown.len());
    for number in shown {
        let [count, within] = counted(number);
        if let Some(value) = dictionary.name(number) {
            let selected = chosen.contains(&number);
            out.push(FacetCount {
                value: value.clone(),
                count,
                within,
                selected,
            });
        }
    }
    for (name, number) in picked.iter().zip(&chosen) {
        if *number == NOTHING && !out.iter().any(|o| *o.value == **name) {
            out.push(FacetCount {
                value: name.as_str().into(),
                count: 0,
                within: 0,
                selected: true,
            });
        }
    }
    out
}
