//! The index: people, their words, and what facets count, kept in step with every change.

use super::dictionary::{Dictionary, NOTHING};
use super::document::gather;
use super::facets::presence_number;
use super::fold::fold_into;
use super::order::{order, sort};
use super::query::Facet;
use super::rank::readiness;
use super::texts::Texts;
use super::vocabulary::{Batch, Vocabulary};
use crate::model::{Person, PersonId};
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// People, ready to be searched.
///
/// Changes are taken in place; people are searchable as soon as they are in. A person's
/// position in [`Index::people`] holds until someone is removed.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub(crate) people: Vec<Arc<Person>>,
    pub(crate) rows: Vec<Row>,
    /// What rows are filtered and counted by, as numbers: presence, team, place, and skills.
    pool: Vec<u32>,
    /// Parts of the pool that no row uses any more.
    unused: usize,
    /// Of skills, teams and places.
    dictionaries: [Dictionary; 3],
    pub(crate) vocabulary: Vocabulary,
    /// Words that lost their last person since the vocabulary was built.
    orphans: usize,
    /// Positions, ordered by identifier.
    by_id: Vec<u32>,
    /// Positions, ordered by name, then identifier.
    pub(crate) by_name: Vec<u32>,
    /// Place of each position in `by_name`.
    pub(crate) name_rank: Vec<u32>,
    /// Folded names; a row knows its own. Those of people who changed or left stay for a while.
    name_keys: Texts,
}

/// What ranking and facets need of a person, beside their words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Where in the pool its numbers begin.
    start: u32,
    /// And where they end.
    end: u32,
    /// Number of the folded name.
    name: u32,
    /// Whether they can be asked ([`crate::model::Availability::can_be_asked`]).
    pub(crate) askable: bool,
    pub(crate) readiness: f32,
}

impl Row {
    fn numbers(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Occurrences that are gathered at least before they are merged into the vocabulary.
const BATCH: usize = 40_000;
/// Words without people, and numbers without rows, that are put up with before both are built anew.
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
        let at = self.by_id.partition_point(|p| self.id_at(*p) < Some(id));
        let position = self.by_id.get(at).copied()?;
        (self.id_at(position) == Some(id)).then_some(position)
    }

    /// Takes in one person, new or changed.
    pub fn upsert(&mut self, person: Arc<Person>) {
        self.extend(vec![person]);
    }

    /// Takes in people, new or changed: a page of a list that is still arriving, for instance.
    pub fn extend(&mut self, people: Vec<Arc<Person>>) {
        let mut batch = Batch::default();
        let (mut fresh, mut moved) = (Vec::new(), Vec::new());
        let id = |n: usize| people.get(n).map(|p| &p.id);
        let order = order(people.len(), &|a, b| id(a).cmp(&id(b)));
        for (rank, n) in order.iter().enumerate() {
            let Some(person) = people.get(*n as usize) else {
                continue;
            };
            let next = order.get(rank + 1).and_then(|next| id(*next as usize));
            if next == Some(&person.id) {
                continue;
            }
            let position = match self.position(&person.id) {
                Some(known) => {
                    if self.people.get(known as usize) == Some(person) {
                        continue;
                    }
                    self.forget_words(known);
                    known
                }
                None => {
                    fresh.push(self.people.len() as u32);
                    self.people.len() as u32
                }
            };
            self.place(position, person.clone(), &mut batch);
            moved.push(position);
            // A batch takes more memory than what it becomes, and memory lent by a page never
            // returns: it stays a fraction of the index.
            if batch.len() > BATCH.max(self.people.len() * 2) {
                self.vocabulary.merge(&std::mem::take(&mut batch));
            }
        }
        self.vocabulary.merge(&batch);
        self.order(fresh, moved);
    }

    /// Removes a person; the last one of [`Index::people`] takes their position.
    pub fn remove(&mut self, id: &PersonId) {
        let Some(position) = self.position(id) else {
            return;
        };
        let last = self.people.len() as u32 - 1;
        self.forget_words(position);
        if position != last {
            self.forget_words(last);
        }
        self.by_id.retain(|p| *p != position && *p != last);
        self.by_name.retain(|p| *p != position && *p != last);
        self.people.swap_remove(position as usize);
        let row = self.rows.swap_remove(position as usize);
        self.unused += row.numbers().len();
        let mut moved = Vec::new();
        if let Some(person) = self.people.get(position as usize).cloned() {
            let mut batch = Batch::default();
            self.place(position, person, &mut batch);
            self.vocabulary.merge(&batch);
            moved.push(position);
        }
        self.order(moved.clone(), moved);
    }

    /// What somebody's row holds of a facet, as numbers: of its dictionary, or of presences.
    pub(crate) fn numbers(&self, row: &Row, facet: Facet) -> &[u32] {
        let Range { start, end } = row.numbers();
        let range = match facet {
            Facet::Presence => start..start + 1,
            Facet::Team => start + 1..start + 2,
            Facet::Place => start + 2..start + 3,
            Facet::Skill => start + 3..end,
        };
        self.pool.get(range).unwrap_or_default()
    }

    /// The values of skills, teams or places; presences have no dictionary.
    pub(crate) fn dictionary(&self, facet: Facet) -> &Dictionary {
        let [skills, teams, places] = &self.dictionaries;
        match facet {
            Facet::Team => teams,
            Facet::Place => places,
            _ => skills,
        }
    }

    fn id_at(&self, position: u32) -> Option<&PersonId> {
        self.people.get(position as usize).map(|p| &p.id)
    }

    fn forget_words(&mut self, position: u32) {
        if let Some(person) = self.people.get(position as usize) {
            let mut batch = Batch::default();
            gather(person, position, &mut batch);
            self.orphans += self.vocabulary.forget(position, &batch);
        }
    }

    /// Writes a person at a position, which is taken or the next; their words go into a batch.
    fn place(&mut self, position: u32, person: Arc<Person>, batch: &mut Batch) {
        gather(&person, position, batch);
        let [skills, teams, places] = &mut self.dictionaries;
        let start = self.pool.len();
        self.pool
            .push(presence_number(person.availability.presence));
        self.pool.push(teams.intern(&person.team));
        self.pool.push(places.intern(&person.place));
        for skill in &person.skills {
            let number = skills.intern(&skill.name);
            let known = self.pool.get(start + 3..).unwrap_or_default();
            if number != NOTHING && !known.contains(&number) {
                self.pool.push(number);
            }
        }
        let mut key = String::with_capacity(person.name.len());
        for c in person.name.trim().chars() {
            fold_into(c, &mut key);
        }
        let row = Row {
            start: start as u32,
            end: self.pool.len() as u32,
            name: self.name_keys.len() as u32,
            askable: person.availability.can_be_asked(),
            readiness: readiness(&person.availability),
        };
        self.name_keys.push(&key);
        let at = position as usize;
        if let (Some(old), Some(old_row)) = (self.people.get_mut(at), self.rows.get_mut(at)) {
            self.unused += old_row.numbers().len();
            *old = person;
            *old_row = row;
        } else {
            self.people.push(person);
            self.rows.push(row);
        }
    }

    /// Takes positions into the orders by identifier and by name; those in `moved` may stand in
    /// the latter already, in a wrong place.
    fn order(&mut self, fresh: Vec<u32>, moved: Vec<u32>) {
        if moved.len() > fresh.len() {
            let mut moves = vec![false; self.people.len()];
            for position in &moved {
                if let Some(flag) = moves.get_mut(*position as usize) {
                    *flag = true;
                }
            }
            let stays = |p: &u32| moves.get(*p as usize) == Some(&false);
            self.by_name.retain(stays);
        }
        let mut by_id = std::mem::take(&mut self.by_id);
        insert(&mut by_id, fresh, &|a, b| self.id_at(a).cmp(&self.id_at(b)));
        let mut by_name = std::mem::take(&mut self.by_name);
        let name = |position: u32| {
            let row = self.rows.get(position as usize);
            row.map_or("", |row| self.name_keys.get(row.name as usize))
        };
        insert(&mut by_name, moved, &|a, b| {
            let names = name(a).cmp(name(b));
            names.then_with(|| self.id_at(a).cmp(&self.id_at(b)))
        });
        (self.by_id, self.by_name) = (by_id, by_name);
        self.name_rank.resize(self.people.len(), 0);
        for (rank, position) in (0..).zip(&self.by_name) {
            if let Some(slot) = self.name_rank.get_mut(*position as usize) {
                *slot = rank;
            }
        }
        self.tidy();
    }

    /// Rebuilds what too many changes have worn out; every position stays.
    fn tidy(&mut self) {
        let orphans = self.orphans > ORPHANS && self.orphans * 2 > self.vocabulary.len();
        if !orphans && (self.unused < ORPHANS || self.unused * 2 < self.pool.len()) {
            return;
        }
        let mut batch = Batch::default();
        self.pool.clear();
        self.name_keys = Texts::default();
        for position in 0..self.people.len() {
            if let Some(person) = self.people.get(position).cloned() {
                self.place(position as u32, person, &mut batch);
            }
        }
        self.vocabulary = Vocabulary::default();
        self.vocabulary.merge(&batch);
        (self.unused, self.orphans) = (0, 0);
    }
}

/// Few enough to be put into a list one by one.
const FEW: usize = 32;

/// Puts more positions into a list that is in order.
fn insert(order: &mut Vec<u32>, more: Vec<u32>, compare: &dyn Fn(u32, u32) -> Ordering) {
    if more.len() > FEW {
        order.extend_from_slice(&more);
        sort(order, compare);
        return;
    }
    for new in more {
        let at = order.partition_point(|old| compare(*old, new).is_lt());
        order.insert(at, new);
    }
}
