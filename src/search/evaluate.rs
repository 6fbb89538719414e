//! One search: words to people, people to ranked hits and counted facets, in one pass each.

use super::document::{NAME_WORDS, UNIT};
use super::facets::{Counter, Facets, Selection};
use super::index::{Index, Row};
use super::order::sort_keys;
use super::query::{CLAUSES, Clause, Query, Term, parse};
use super::rank::{
    self, LEAST_SHARE, MatchKind, idf, pack, partial_score, prefix_closeness, saturated,
    typo_closeness, unpack,
};
use super::stop::is_stop_word;
use super::typo::Pattern;
use super::vocabulary::Posting;

/// A person who was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Position in [`Index::people`].
    pub person: u32,
    /// The higher, the better; comparable within one search. 0 where no words were searched.
    pub score: f32,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    /// Everyone who was found, best first.
    pub hits: Vec<Hit>,
    /// Nobody matches all words; the hits match some of them.
    pub partial: bool,
    /// Counts for the query.
    pub facets: Facets,
}

/// What is known of a person during a search.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Best match of the clause at hand ([`pack`]), or 0.
    current: f32,
    /// Sum over the clauses.
    text: f32,
    /// A bit for each clause that matches, and [`EXCLUDED`].
    matched: u32,
    /// How many kinds are worse than the worst match.
    worse: u8,
}

const EXCLUDED: u32 = 1 << CLAUSES;

impl Index {
    /// Searches.
    ///
    /// Without words everyone who passes the filters is found, those who can be asked first,
    /// then by name. With words the order is that of [`super::rank`].
    #[must_use]
    pub fn search(&self, query: &Query) -> Results {
        let parsed = parse(&query.text);
        let mut tallies = vec![Tally::default(); self.people.len()];
        for clause in &parsed.excluded {
            self.tally(clause, EXCLUDED, &mut tallies);
        }
        let mut weights = [0.0; CLAUSES];
        let (mut most, mut all) = (0.0, 0);
        for (i, (clause, weight)) in parsed.clauses.iter().zip(&mut weights).enumerate() {
            *weight = self.tally(clause, 1 << i, &mut tallies);
            most += *weight;
            all |= 1 << i;
        }
        // Everyone who matches all words; where nobody does, the best of those who match some.
        let whole = all == 0 || tallies.iter().any(|t| t.matched == all);
        let (mut total, mut best) = (0.0, 0.0_f32);
        if !whole {
            for (weight, clause) in weights.iter_mut().zip(&parsed.clauses) {
                if matches!(clause, Clause::Word(term) if is_stop_word(&term.text)) {
                    *weight = 0.0;
                }
                total += *weight;
            }
            for tally in &tallies {
                best = best.max(share(tally, &weights));
            }
        }
        let mut outcome = Outcome {
            index: self,
            selection: Selection::new(self, &query.filters, &parsed.filters),
            keys: Vec::new(),
            counter: Counter::new(self),
        };
        for (person, (tally, row)) in (0..).zip(tallies.iter().zip(&self.rows)) {
            let (mut score, mut late) = (0.0, false);
            if !whole {
                let share = share(tally, &weights);
                if share <= 0.0 || share < best * LEAST_SHARE {
                    continue;
                }
                score = partial_score(share / total, tally.text, most, row.readiness);
            } else if tally.matched != all {
                continue;
            } else if all > 0 {
                score = rank::score(tally.worse, tally.text, most, row.readiness);
            } else {
                late = !row.askable;
            }
            outcome.take(person, row, score, late);
        }
        Results {
            partial: !whole,
            ..outcome.finish(query)
        }
    }

    /// Adds a clause to what is known of everyone, under this bit; answers its weight.
    fn tally(&self, clause: &Clause, bit: u32, tallies: &mut [Tally]) -> f32 {
        match clause {
            Clause::Word(term) => self.match_term(term, tallies),
            Clause::Phrase(words, open) => self.match_phrase(words, *open, tallies),
        }
        let found = tallies.iter().filter(|t| t.current > 0.0).count();
        let weight = idf(self.people.len(), found);
        for tally in tallies {
            if tally.current > 0.0 {
                let (worse, frequency) = unpack(tally.current);
                tally.current = 0.0;
                tally.text += weight * saturated(frequency);
                if tally.matched == 0 || worse < tally.worse {
                    tally.worse = worse;
                }
                tally.matched |= bit;
            }
        }
        weight
    }

    fn match_term(&self, term: &Term, tallies: &mut [Tally]) {
        for at in 0..=term.joined.len() {
            // The word itself, then its joined forms.
            let (form, prefix, initial) = match term.joined.get(at.wrapping_sub(1)) {
                Some((form, prefix)) => (form, *prefix, false),
                None => (&term.text, term.prefix, term.initial),
            };
            for number in self.vocabulary.starting_with(form) {
                let word = self.vocabulary.word(number);
                let (kind, names_only) = if word.len() == form.len() {
                    (MatchKind::Exact, false)
                } else if prefix || initial {
                    (MatchKind::Prefix, !prefix)
                } else {
                    break;
                };
                let closeness = prefix_closeness(form, word);
                let list = self.vocabulary.postings(number);
                note(list, kind, closeness, names_only, tallies);
            }
        }
        if let Some(pattern) = Pattern::new(&term.text, term.errors, term.prefix) {
            pattern.walk(&self.vocabulary, &mut |number, errors| {
                if errors > 0 {
                    let closeness =
                        typo_closeness(&term.text, self.vocabulary.word(number), errors);
                    let list = self.vocabulary.postings(number);
                    note(list, MatchKind::Typo, closeness, false, tallies);
                }
            });
        }
    }

    fn match_phrase(&self, words: &[String], open: bool, tallies: &mut [Tally]) {
        let Some((last, before)) = words.split_last() else {
            return;
        };
        let mut lists = Vec::with_capacity(before.len());
        for word in before {
            let (number, true) = self.vocabulary.find(word) else {
                return;
            };
            lists.push(self.vocabulary.postings(number));
        }
        let mut found = Vec::new();
        for number in self.vocabulary.starting_with(last) {
            let word = self.vocabulary.word(number);
            let kind = if word.len() == last.len() {
                MatchKind::Exact
            } else if open {
                MatchKind::Prefix
            } else {
                break;
            };
            found.clear();
            for posting in self.vocabulary.postings(number) {
                let mut place = posting.place();
                let mut follows = true;
                for list in lists.iter().rev() {
                    place = place.wrapping_sub(1);
                    let at = list.partition_point(|p| p.place() < place);
                    follows = list.get(at).is_some_and(|p| p.place() == place);
                    if !follows {
                        break;
                    }
                }
                if follows {
                    found.push(*posting);
                }
            }
            let closeness = prefix_closeness(last, word) * words.len() as f32;
            note(&found, kind, closeness, false, tallies);
        }
    }
}

/// The weight of the words that a person matches, or 0 for those who fall under an exclusion.
fn share(tally: &Tally, weights: &[f32; CLAUSES]) -> f32 {
    let mut share = 0.0;
    if tally.matched < EXCLUDED {
        for (i, weight) in weights.iter().enumerate() {
            if tally.matched >> i & 1 == 1 {
                share += weight;
            }
        }
    }
    share
}

/// Notes the occurrences of one word, which are ordered by person, as matches of the clause at
/// hand.
fn note(
    list: &[Posting],
    kind: MatchKind,
    closeness: f32,
    names_only: bool,
    tallies: &mut [Tally],
) {
    let (mut impact, mut at) = (0, 0);
    while let Some(posting) = list.get(at) {
        if !names_only || u32::from(posting.at()) < NAME_WORDS {
            impact += u32::from(posting.impact());
        }
        at += 1;
        let person = posting.person();
        if list.get(at).is_some_and(|next| next.person() == person) {
            continue;
        }
        if impact > 0
            && let Some(tally) = tallies.get_mut(person as usize)
        {
            let packed = pack(kind, impact as f32 / UNIT * closeness);
            // Not `f32::max`, which is a call in Wasm: this is the innermost loop.
            if packed > tally.current {
                tally.current = packed;
            }
        }
        impact = 0;
    }
}

/// Hits and counts in the making.
struct Outcome<'i> {
    index: &'i Index,
    selection: Selection,
    /// Score, best first, above the rank of the name: one number to sort by.
    keys: Vec<u64>,
    counter: Counter,
}

impl Outcome<'_> {
    /// Takes a person who matches the words; `late` ones come after all others.
    fn take(&mut self, person: u32, row: &Row, score: f32, late: bool) {
        let fails = self.selection.fails(self.index, row);
        if fails.count_ones() > 1 {
            return;
        }
        self.counter.count(self.index, row, fails);
        if fails == 0
            && let Some(rank) = self.index.name_rank.get(person as usize)
        {
            // Bits of floats that are not negative order like the floats.
            let order = if late {
                u32::MAX
            } else {
                u32::MAX - 1 - score.max(0.0).to_bits()
            };
            self.keys.push(u64::from(order) << 32 | u64::from(*rank));
        }
    }

    fn finish(mut self, query: &Query) -> Results {
        sort_keys(&mut self.keys);
        let mut hits = Vec::with_capacity(self.keys.len());
        for key in self.keys {
            let bits = (u32::MAX - 1).saturating_sub((key >> 32) as u32);
            if let Some(person) = self.index.by_name.get(key as u32 as usize) {
                hits.push(Hit {
                    person: *person,
                    score: f32::from_bits(bits),
                });
            }
        }
        Results {
            hits,
            partial: false,
            facets: self.counter.into_facets(self.index, &query.filters),
        }
    }
}
