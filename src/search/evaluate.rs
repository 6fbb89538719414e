//! One search: words to people, people to ranked hits and counted facets, in one pass each.

use super::document::{NAME_WORDS, UNIT};
use super::facets::{Counter, Facets, Selection};
use super::index::Index;
use super::query::{CLAUSES, Clause, Parsed, Query, Term, parse};
use super::rank::{
    LEAST_SHARE, MatchKind, idf, pack, partial_score, prefix_closeness, saturated, score,
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
        let selection = Selection::new(self, &query.filters, &parsed.filters);
        // A search on another thread has the shared memory; then this one takes its own.
        match self.tallies.0.try_lock() {
            Ok(mut tallies) => self.search_with(query, &parsed, &selection, &mut tallies),
            Err(_) => self.search_with(query, &parsed, &selection, &mut Vec::new()),
        }
    }

    fn search_with(
        &self,
        query: &Query,
        parsed: &Parsed,
        selection: &Selection,
        tallies: &mut Vec<Tally>,
    ) -> Results {
        tallies.clear();
        tallies.resize(self.people.len(), Tally::default());
        let mut touched = Vec::new();
        for clause in &parsed.excluded {
            touched.clear();
            self.match_clause(clause, tallies, &mut touched);
            for person in &touched {
                if let Some(tally) = tallies.get_mut(*person as usize) {
                    tally.current = 0.0;
                    tally.matched = EXCLUDED;
                }
            }
        }
        let mut weights = [0.0; CLAUSES];
        let mut most = 0.0;
        for (i, (clause, weight)) in parsed.clauses.iter().zip(&mut weights).enumerate() {
            touched.clear();
            self.match_clause(clause, tallies, &mut touched);
            *weight = idf(self.people.len(), touched.len());
            most += *weight;
            for person in &touched {
                let Some(tally) = tallies.get_mut(*person as usize) else {
                    continue;
                };
                let (worse, frequency) = unpack(tally.current);
                tally.current = 0.0;
                tally.text += *weight * saturated(frequency);
                tally.worse = if tally.matched & !EXCLUDED == 0 {
                    worse
                } else {
                    tally.worse.min(worse)
                };
                tally.matched |= 1 << i;
            }
        }
        let all = (1_u32 << parsed.clauses.len()) - 1;
        let whole = tallies.iter().any(|t| t.matched == all);
        let mut outcome = Outcome::new(self, selection);
        if whole || parsed.clauses.is_empty() {
            let words = !parsed.clauses.is_empty();
            for (person, tally) in (0..).zip(tallies.iter()).filter(|(_, t)| t.matched == all) {
                let Some(row) = self.rows.get(person as usize) else {
                    continue;
                };
                let score = if words {
                    score(tally.worse, tally.text, most, row.readiness)
                } else {
                    0.0
                };
                outcome.take(person, score, !words && !row.askable);
            }
            return outcome.finish(query, false);
        }
        self.partly(parsed, &weights, most, tallies, &mut outcome);
        outcome.finish(query, true)
    }

    /// The best of those who match some of the words.
    fn partly(
        &self,
        parsed: &Parsed,
        weights: &[f32; CLAUSES],
        most: f32,
        tallies: &[Tally],
        outcome: &mut Outcome<'_>,
    ) {
        let mut total = 0.0;
        let mut worth = [0.0; CLAUSES];
        for ((worth, weight), clause) in worth.iter_mut().zip(weights).zip(&parsed.clauses) {
            let stop = matches!(clause, Clause::Word(term) if is_stop_word(&term.text));
            *worth = if stop { 0.0 } else { *weight };
            total += *worth;
        }
        if total <= 0.0 {
            return;
        }
        let share = |tally: &Tally| {
            let bit = |(i, w): (usize, &f32)| if tally.matched >> i & 1 == 1 { *w } else { 0.0 };
            worth.iter().enumerate().map(bit).sum::<f32>() / total
        };
        let shares: Vec<f32> = tallies
            .iter()
            .map(|t| {
                if t.matched == 0 || t.matched >= EXCLUDED {
                    0.0
                } else {
                    share(t)
                }
            })
            .collect();
        let best = shares.iter().fold(0.0_f32, |a, b| a.max(*b));
        for ((person, tally), share) in (0..).zip(tallies).zip(shares) {
            if share <= 0.0 || share < best * LEAST_SHARE {
                continue;
            }
            let readiness = self.rows.get(person as usize).map_or(0.0, |r| r.readiness);
            outcome.take(
                person,
                partial_score(share, tally.text, most, readiness),
                false,
            );
        }
    }

    /// Notes the best match of a clause for everyone who has one.
    fn match_clause(&self, clause: &Clause, tallies: &mut [Tally], touched: &mut Vec<u32>) {
        match clause {
            Clause::Word(term) => self.match_term(term, tallies, touched),
            Clause::Phrase(words, open) => self.match_phrase(words, *open, tallies, touched),
        }
    }

    fn match_term(&self, term: &Term, tallies: &mut [Tally], touched: &mut Vec<u32>) {
        let forms = || {
            std::iter::once((&term.text, term.prefix))
                .chain(term.joined.iter().map(|(f, p)| (f, *p)))
        };
        for (form, prefix) in forms() {
            let longer = match self.vocabulary.find(form) {
                Ok(number) => {
                    let list = self.vocabulary.postings(number);
                    note(list, MatchKind::Exact, 1.0, false, tallies, touched);
                    number + 1
                }
                Err(number) => number,
            };
            let names_only = term.initial && !prefix && form == &term.text;
            if prefix || names_only {
                let range = self.vocabulary.starting_with(form);
                for number in longer..range.end {
                    let closeness = prefix_closeness(form, self.vocabulary.word(number));
                    let list = self.vocabulary.postings(number);
                    note(
                        list,
                        MatchKind::Prefix,
                        closeness,
                        names_only,
                        tallies,
                        touched,
                    );
                }
            }
        }
        if let Some(pattern) = Pattern::new(&term.text, term.errors, term.prefix) {
            pattern.walk(&self.vocabulary, &mut |number, errors| {
                if errors > 0 {
                    let closeness =
                        typo_closeness(&term.text, self.vocabulary.word(number), errors);
                    let list = self.vocabulary.postings(number);
                    note(list, MatchKind::Typo, closeness, false, tallies, touched);
                }
            });
        }
    }

    fn match_phrase(
        &self,
        words: &[String],
        open: bool,
        tallies: &mut [Tally],
        touched: &mut Vec<u32>,
    ) {
        // Where the words so far end: person and place, in order.
        let mut ends: Option<Vec<u64>> = None;
        for (i, word) in words.iter().enumerate() {
            let last = i + 1 == words.len();
            let numbers = if last && open {
                self.vocabulary.starting_with(word)
            } else {
                self.vocabulary.find(word).map_or(0..0, |n| n..n + 1)
            };
            let mut next = Vec::new();
            for number in numbers {
                let list = self.vocabulary.postings(number);
                let follows = |p: &&Posting| match &ends {
                    None => true,
                    Some(ends) => p.at() > 0 && ends.binary_search(&(place(**p) - 1)).is_ok(),
                };
                let found: Vec<Posting> = list.iter().filter(follows).copied().collect();
                if last {
                    let whole = self.vocabulary.word(number);
                    let (kind, closeness) = if whole == word {
                        (MatchKind::Exact, 1.0)
                    } else {
                        (MatchKind::Prefix, prefix_closeness(word, whole))
                    };
                    note(
                        &found,
                        kind,
                        closeness * words.len() as f32,
                        false,
                        tallies,
                        touched,
                    );
                } else {
                    next.extend(found.iter().map(|p| place(*p)));
                }
            }
            ends = Some(next);
        }
    }
}

/// Person and place of an occurrence, as one number.
fn place(posting: Posting) -> u64 {
    u64::from(posting.person()) << 16 | u64::from(posting.at())
}

/// Notes the occurrences of one word, which are ordered by person, as matches of the clause at
/// hand.
fn note(
    list: &[Posting],
    kind: MatchKind,
    closeness: f32,
    names_only: bool,
    tallies: &mut [Tally],
    touched: &mut Vec<u32>,
) {
    let mut postings = list.iter().peekable();
    while let Some(first) = postings.next() {
        let person = first.person();
        let counts = |p: &Posting| !names_only || u32::from(p.at()) < NAME_WORDS;
        let mut impact = if counts(first) {
            u32::from(first.impact())
        } else {
            0
        };
        while let Some(more) = postings.next_if(|p| p.person() == person) {
            if counts(more) {
                impact += u32::from(more.impact());
            }
        }
        if impact == 0 {
            continue;
        }
        let Some(tally) = tallies.get_mut(person as usize) else {
            continue;
        };
        if tally.current == 0.0 {
            touched.push(person);
        }
        tally.current = tally
            .current
            .max(pack(kind, impact as f32 / UNIT * closeness));
    }
}

/// Hits and counts in the making.
struct Outcome<'i> {
    index: &'i Index,
    selection: &'i Selection,
    /// Whether nothing is picked or excluded by a filter.
    free: bool,
    /// Score, best first, above the rank of the name: one number to sort by.
    keys: Vec<u64>,
    counter: Counter,
}

impl<'i> Outcome<'i> {
    fn new(index: &'i Index, selection: &'i Selection) -> Self {
        Self {
            index,
            free: selection.is_free(),
            selection,
            keys: Vec::new(),
            counter: Counter::new(index),
        }
    }

    /// Takes a person who matches the words; `late` ones come after all others.
    fn take(&mut self, person: u32, score: f32, late: bool) {
        let at = person as usize;
        let (Some(row), Some(rank)) = (self.index.rows.get(at), self.index.name_rank.get(at))
        else {
            return;
        };
        let skills = self.index.skills_of(row);
        let fails = if self.free {
            0
        } else if self.selection.excludes(row, skills) {
            return;
        } else {
            self.selection.fails(row, skills)
        };
        if fails.count_ones() > 1 {
            return;
        }
        self.counter.count(row, skills, fails);
        if fails == 0 {
            // Bits of floats that are not negative order like the floats.
            let order = if late {
                u32::MAX
            } else {
                u32::MAX - 1 - score.max(0.0).to_bits()
            };
            self.keys.push(u64::from(order) << 32 | u64::from(*rank));
        }
    }

    fn finish(mut self, query: &Query, partial: bool) -> Results {
        self.keys.sort_unstable();
        let hit = |key: &u64| {
            let order = (key >> 32) as u32;
            let bits = (u32::MAX - 1).saturating_sub(order);
            let person = self.index.by_name.get(*key as u32 as usize)?;
            Some(Hit {
                person: *person,
                score: f32::from_bits(bits),
            })
        };
        Results {
            hits: self.keys.iter().filter_map(hit).collect(),
            partial,
            facets: self.counter.into_facets(self.index, &query.filters),
        }
    }
}
