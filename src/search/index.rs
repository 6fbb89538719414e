//! The index: people, their words, and what facets count, kept in step with every change.

use super::dictionary::{Dictionary, NOTHING};
use super::document::gather;
use super::evaluate::Tally;
use super::fold::fold_into;
use super::order::sort;
use super::rank::readiness;
use super::vocabulary::{Batch, Vocabulary};
use crate::model::{Person, PersonId, Presence};
use std::cmp::Ordering;
use std::sync::{Arc, Mutex};

/// People, ready to be searched.
///
/// Changes are taken in place; people are searchable as soon as they are in. A person's
/// position in [`Index::people`] holds until someone is removed.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub(crate) people: Vec<Arc<Person>>,
    pub(crate) rows: Vec<Row>,
    /// The skills of all rows, as numbers of the dictionary; a row knows its part.
    pub(crate) skill_pool: Vec<u32>,
    /// Parts of the pool that no row uses any more.
    unused: usize,
    pub(crate) skills: Dictionary,
    pub(crate) teams: Dictionary,
    pub(crate) places: Dictionary,
    pub(crate) vocabulary: Vocabulary,
    /// Words that lost their last person since the vocabulary was built.
    orphans: usize,
    /// Positions, ordered by identifier.
    by_id: Vec<u32>,
    /// Positions, ordered by name, then identifier.
    pub(crate) by_name: Vec<u32>,
    /// Place of each position in `by_name`.
    pub(crate) name_rank: Vec<u32>,
    /// Folded names by position.
    name_keys: Vec<Box<str>>,
    /// Working memory of searches, kept from one keystroke to the next.
    pub(crate) tallies: Scratch,
}

/// Working memory; a copy of an index begins with none.
#[derive(Debug, Default)]
pub(crate) struct Scratch(pub(crate) Mutex<Vec<Tally>>);

impl Clone for Scratch {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What ranking and facets need of a person, beside their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) team: u32,
    pub(crate) place: u32,
    pub(crate) skills_at: u32,
    pub(crate) skills_len: u32,
    pub(crate) presence: Presence,
    /// Whether they can be asked ([`crate::model::Availability::can_be_asked`]).
    pub(crate) askable: bool,
    pub(crate) readiness: f32,
}

/// Words without people that are put up with before the vocabulary is built anew.
const ORPHANS: usize = 4_096;

impl Index {
    /// Takes in all these people. Of several with one identifier the last one counts.
    #[must_use]
    pub fn build(people: Vec<Arc<Person>>) -> Self {
        let mut index = Self::default();
        index.extend(people);
        index
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Everyone, in no particular order; [`super::Hit::person`] is a position in it.
    #[must_use]
    pub fn people(&self) -> &[Arc<Person>] {
        &self.people
    }

    /// The person with this identifier.
    #[must_use]
    pub fn get(&self, id: &PersonId) -> Option<&Arc<Person>> {
        self.people.get(self.position(id)? as usize)
    }

    /// Position of a person in [`Index::people`].
    #[must_use]
    pub fn position(&self, id: &PersonId) -> Option<u32> {
        let at = self
            .by_id
            .binary_search_by(|p| self.id_at(*p).cmp(&Some(id)))
            .ok()?;
        self.by_id.get(at).copied()
    }

    /// Takes in one person, new or changed.
    pub fn upsert(&mut self, person: Arc<Person>) {
        self.extend(vec![person]);
    }

    /// Takes in people, new or changed: a page of a list that is still arriving, for instance.
    pub fn extend(&mut self, people: Vec<Arc<Person>>) {
        let mut batch = Batch::default();
        let mut positions = Vec::with_capacity(people.len());
        let mut fresh_ids = Vec::new();
        for person in last_of_each(people) {
            let position = match self.position(&person.id) {
                Some(known) => {
                    if self.people.get(known as usize) == Some(&person) {
                        continue;
                    }
                    self.forget_words(known);
                    known
                }
                None => {
                    fresh_ids.push(self.people.len() as u32);
                    self.people.len() as u32
                }
            };
            gather(&person, position, &mut batch);
            self.place(position, person);
            positions.push(position);
        }
        if positions.is_empty() {
            return;
        }
        self.vocabulary.merge(&batch);
        let by_id = std::mem::take(&mut self.by_id);
        self.by_id = self.merged(by_id, fresh_ids, &|index, a, b| {
            index.id_at(a).cmp(&index.id_at(b))
        });
        let mut by_name = std::mem::take(&mut self.by_name);
        let changed = by_name.len() + positions.len() > self.people.len();
        if changed {
            let mut moves = vec![false; self.people.len()];
            for position in &positions {
                if let Some(flag) = moves.get_mut(*position as usize) {
                    *flag = true;
                }
            }
            by_name.retain(|p| moves.get(*p as usize) == Some(&false));
        }
        self.order_by_name(by_name, positions);
        self.tidy();
    }

    /// Removes a person; the last one of [`Index::people`] takes their position.
    pub fn remove(&mut self, id: &PersonId) {
        let Some(position) = self.position(id) else {
            return;
        };
        let last = self.people.len() as u32 - 1;
        self.forget_words(position);
        self.by_id.retain(|p| *p != position && *p != last);
        let mut by_name = std::mem::take(&mut self.by_name);
        by_name.retain(|p| *p != position && *p != last);
        let mut moved = Vec::new();
        if position != last {
            self.forget_words(last);
            moved.push(position);
        }
        self.unused += self
            .rows
            .get(position as usize)
            .map_or(0, |r| r.skills_len as usize);
        self.people.swap_remove(position as usize);
        self.rows.swap_remove(position as usize);
        self.name_keys.swap_remove(position as usize);
        if let Some(person) = self
            .people
            .get(position as usize)
            .filter(|_| position != last)
        {
            let mut batch = Batch::default();
            gather(person, position, &mut batch);
            self.vocabulary.merge(&batch);
        }
        let by_id = std::mem::take(&mut self.by_id);
        self.by_id = self.merged(by_id, moved.clone(), &|index, a, b| {
            index.id_at(a).cmp(&index.id_at(b))
        });
        self.order_by_name(by_name, moved);
        self.tidy();
    }

    /// The skills of a person, as numbers of the dictionary.
    pub(crate) fn skills_of(&self, row: &Row) -> &[u32] {
        let from = row.skills_at as usize;
        self.skill_pool
            .get(from..from + row.skills_len as usize)
            .unwrap_or_default()
    }

    fn id_at(&self, position: u32) -> Option<&PersonId> {
        self.people.get(position as usize).map(|p| &p.id)
    }

    fn forget_words(&mut self, position: u32) {
        let Some(person) = self.people.get(position as usize) else {
            return;
        };
        let mut batch = Batch::default();
        gather(person, position, &mut batch);
        self.orphans += self.vocabulary.forget(position, &batch);
    }

    /// Writes everything but the words of a person at a position, which is taken or the next.
    fn place(&mut self, position: u32, person: Arc<Person>) {
        let skills_at = self.skill_pool.len();
        for skill in &person.skills {
            let number = self.skills.intern(&skill.name);
            let known = self.skill_pool.get(skills_at..).unwrap_or_default();
            if number != NOTHING && !known.contains(&number) {
                self.skill_pool.push(number);
            }
        }
        let row = Row {
            team: self.teams.intern(&person.team),
            place: self.places.intern(&person.place),
            skills_at: skills_at as u32,
            skills_len: (self.skill_pool.len() - skills_at) as u32,
            presence: person.availability.presence,
            askable: person.availability.can_be_asked(),
            readiness: readiness(&person.availability),
        };
        let mut key = String::with_capacity(person.name.len());
        person
            .name
            .trim()
            .chars()
            .for_each(|c| fold_into(c, &mut key));
        let at = position as usize;
        if let (Some(old), Some(old_row), Some(old_key)) = (
            self.people.get_mut(at),
            self.rows.get_mut(at),
            self.name_keys.get_mut(at),
        ) {
            self.unused += old_row.skills_len as usize;
            *old = person;
            *old_row = row;
            *old_key = key.into();
        } else {
            self.people.push(person);
            self.rows.push(row);
            self.name_keys.push(key.into());
        }
    }

    fn compare_names(&self, a: u32, b: u32) -> Ordering {
        let key = |p: u32| self.name_keys.get(p as usize);
        key(a)
            .cmp(&key(b))
            .then_with(|| self.id_at(a).cmp(&self.id_at(b)))
    }

    fn order_by_name(&mut self, by_name: Vec<u32>, more: Vec<u32>) {
        self.by_name = self.merged(by_name, more, &|index, a, b| index.compare_names(a, b));
        self.name_rank.resize(self.people.len(), 0);
        for (rank, position) in self.by_name.iter().enumerate() {
            if let Some(slot) = self.name_rank.get_mut(*position as usize) {
                *slot = rank as u32;
            }
        }
    }

    /// Merges positions into a list that is in order.
    fn merged(
        &self,
        order: Vec<u32>,
        mut more: Vec<u32>,
        compare: &dyn Fn(&Self, u32, u32) -> Ordering,
    ) -> Vec<u32> {
        sort(&mut more, &|a, b| compare(self, a, b));
        let mut out = Vec::with_capacity(order.len() + more.len());
        let mut taken = 0;
        for new in more {
            let rest = order.get(taken..).unwrap_or_default();
            let smaller = rest.partition_point(|old| compare(self, *old, new).is_lt());
            out.extend_from_slice(rest.get(..smaller).unwrap_or_default());
            out.push(new);
            taken += smaller;
        }
        out.extend_from_slice(order.get(taken..).unwrap_or_default());
        out
    }

    /// Rebuilds what too many changes have worn out.
    fn tidy(&mut self) {
        if self.unused > 1_024 && self.unused * 2 > self.skill_pool.len() {
            let mut pool = Vec::with_capacity(self.skill_pool.len() - self.unused);
            for row in &mut self.rows {
                let from = row.skills_at as usize;
                let part = self.skill_pool.get(from..from + row.skills_len as usize);
                row.skills_at = pool.len() as u32;
                pool.extend_from_slice(part.unwrap_or_default());
            }
            self.skill_pool = pool;
            self.unused = 0;
        }
        if self.orphans > ORPHANS && self.orphans * 2 > self.vocabulary.len() {
            let mut batch = Batch::default();
            for (position, person) in (0..).zip(&self.people) {
                gather(person, position, &mut batch);
            }
            self.vocabulary = Vocabulary::default();
            self.vocabulary.merge(&batch);
            self.orphans = 0;
        }
    }
}

/// The last person of each identifier.
fn last_of_each(people: Vec<Arc<Person>>) -> Vec<Arc<Person>> {
    let id = |n: u32| people.get(n as usize).map(|p| &p.id);
    let mut order: Vec<u32> = (0..people.len() as u32).collect();
    sort(&mut order, &|a, b| id(a).cmp(&id(b)));
    let mut replaced = vec![false; people.len()];
    for (number, next) in order.iter().zip(order.iter().skip(1)) {
        if let Some(flag) = replaced.get_mut(*number as usize) {
            *flag = id(*number) == id(*next);
        }
    }
    people
        .into_iter()
        .zip(replaced)
        .filter(|(_, replaced)| !replaced)
        .map(|(p, _)| p)
        .collect()
}
