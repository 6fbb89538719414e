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

/// The number of a presence, as skills, teams and places have theirs from their dictionaries.
pub(crate) fn presence_number(presence: Presence) -> u32 {
    let mut number = 0;
    for (other, known) in (0..).zip(PRESENCES) {
        if known == presence {
            number = other;
        }
    }
    number
}

/// A filter: flags for the numbers of a facet, one of which a person needs, or must not have.
#[derive(Debug)]
struct Rule {
    facet: Facet,
    excludes: bool,
    values: Vec<bool>,
}

/// The filters of one query, ready to be asked about a person.
#[derive(Debug, Default)]
pub(crate) struct Selection(Vec<Rule>);

/// Falls under an exclusion that was typed.
pub(crate) const EXCLUDED: u8 = u8::MAX;

impl Selection {
    pub(crate) fn new(index: &Index, picked: &Filters, typed: &[TypedFilter]) -> Self {
        let mut all = Self::default();
        for facet in [Facet::Skill, Facet::Team, Facet::Place] {
            for name in picked.names(facet) {
                let dictionary = index.dictionary(facet);
                all.add(facet, false, exactly(dictionary, dictionary.find(name)));
            }
        }
        for presence in &picked.presence {
            let mut values = vec![false; PRESENCES.len()];
            set(&mut values, presence_number(*presence));
            all.add(Facet::Presence, false, values);
        }
        for filter in typed {
            let values = named(index.dictionary(filter.facet), &filter.value);
            all.add(filter.facet, filter.excludes, values);
        }
        all
    }

    /// All picked skills are needed, and each is a rule of its own; of the others one is enough.
    fn add(&mut self, facet: Facet, excludes: bool, values: Vec<bool>) {
        if facet != Facet::Skill || excludes {
            for rule in &mut self.0 {
                if rule.facet == facet && rule.excludes == excludes {
                    for (flag, more) in rule.values.iter_mut().zip(&values) {
                        *flag |= *more;
                    }
                    return;
                }
            }
        }
        self.0.push(Rule {
            facet,
            excludes,
            values,
        });
    }

    /// Whether any skill is asked for.
    pub(crate) fn asks_for_skills(&self) -> bool {
        self.0
            .iter()
            .any(|r| r.facet == Facet::Skill && !r.excludes)
    }

    /// Whether a skill of this number is asked for.
    pub(crate) fn names_skill(&self, number: Option<u32>) -> bool {
        let asked = |r: &Rule| r.facet == Facet::Skill && !r.excludes;
        let holds = |r: &Rule| r.values.get(number.unwrap_or(NOTHING) as usize) == Some(&true);
        self.0.iter().any(|r| asked(r) && holds(r))
    }

    /// The facets whose filters this person does not pass, as bits, or [`EXCLUDED`].
    pub(crate) fn fails(&self, index: &Index, row: &Row) -> u8 {
        let mut fails = 0;
        for rule in &self.0 {
            let mut has = false;
            for number in index.numbers(row, rule.facet) {
                has |= rule.values.get(*number as usize) == Some(&true);
            }
            if has == rule.excludes {
                fails |= if has { EXCLUDED } else { rule.facet.bit() };
            }
        }
        fails
    }
}

fn set(values: &mut [bool], number: u32) {
    if let Some(flag) = values.get_mut(number as usize) {
        *flag = true;
    }
}

fn exactly(dictionary: &Dictionary, number: Option<u32>) -> Vec<bool> {
    let mut values = vec![false; dictionary.len()];
    set(&mut values, number.unwrap_or(NOTHING));
    values
}

/// The values that a typed filter means: the one of this very name if there is one, else those
/// that hold all of its words, the last of which may be a prefix.
pub(crate) fn named(dictionary: &Dictionary, typed: &str) -> Vec<bool> {
    let number = dictionary.find(typed);
    let mut values = exactly(dictionary, number);
    if number.is_some() {
        return values;
    }
    let sought = words(typed);
    for (number, flag) in (0..).zip(&mut values) {
        let own = words(dictionary.name(number).map_or("", |name| name));
        *flag = !sought.is_empty();
        for at in 0..sought.len() {
            let open = at + 1 == sought.len();
            *flag &= own.position(sought.text(at), open).is_some();
        }
    }
    values
}

/// Counts while people go by: for each facet and value all who pass the other facets' filters,
/// and those who pass all.
#[derive(Debug)]
pub(crate) struct Counter([Vec<[u32; 2]>; 4]);

impl Counter {
    pub(crate) fn new(index: &Index) -> Self {
        Self(Facet::ALL.map(|facet| {
            let values = match facet {
                Facet::Presence => PRESENCES.len(),
                _ => index.dictionary(facet).len(),
            };
            vec![[0; 2]; values]
        }))
    }

    /// Counts a person who matches the words and passes all filters but these.
    pub(crate) fn count(&mut self, index: &Index, row: &Row, fails: u8) {
        for (facet, counts) in Facet::ALL.into_iter().zip(&mut self.0) {
            if fails & !facet.bit() != 0 {
                continue;
            }
            for number in index.numbers(row, facet) {
                if let Some([free, within]) = counts.get_mut(*number as usize) {
                    *free += 1;
                    *within += u32::from(fails == 0);
                }
            }
        }
    }

    pub(crate) fn into_facets(self, index: &Index, picked: &Filters) -> Facets {
        let [skills, teams, places, presences] = self.0;
        let mut presence = Vec::new();
        for (value, [count, _]) in PRESENCES.into_iter().zip(presences) {
            if count > 0 || picked.presence.contains(&value) {
                presence.push((value, count));
            }
        }
        Facets {
            skills: most(index, Facet::Skill, &skills, picked, SKILLS),
            teams: most(index, Facet::Team, &teams, picked, OTHERS),
            places: most(index, Facet::Place, &places, picked, OTHERS),
            presence,
        }
    }
}

/// The most frequent values, ties by name, and whatever is picked.
fn most(
    index: &Index,
    facet: Facet,
    counts: &[[u32; 2]],
    picked: &Filters,
    limit: usize,
) -> Vec<FacetCount> {
    let dictionary = index.dictionary(facet);
    let picked = picked.names(facet);
    let counted = |number: u32| counts.get(number as usize).copied().unwrap_or_default();
    let mut shown = dictionary.by_count(&|number| counted(number)[0]);
    shown.truncate(limit);
    let mut chosen = Vec::with_capacity(picked.len());
    for name in picked {
        let number = dictionary.find(name).unwrap_or(NOTHING);
        chosen.push(number);
        if !shown.contains(&number) {
            shown.push(number);
        }
    }
    let mut out = Vec::with_capacity(shown.len() + picked.len());
    for number in shown {
        let [count, within] = counted(number);
        if let Some(value) = dictionary.name(number) {
            out.push(FacetCount {
                value: value.clone(),
                count,
                within,
                selected: chosen.contains(&number),
            });
        }
    }
    // What nobody here has is shown as it was picked.
    for (name, number) in picked.iter().zip(chosen) {
        if number == NOTHING && !out.iter().any(|o| *o.value == **name) {
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
