//! Why somebody was found: which of their words match, where, and how. Done for the rows that
//! are on the screen, from the person's own text, so that the index need not keep it.

use super::document::{Field, Value, each_value};
use super::facets::Selection;
use super::fold::{fold_into, is_mark, is_word};
use super::index::Index;
use super::order::order;
use super::query::{CLAUSES, Clause, Query, Term, parse};
use super::rank::MatchKind;
use super::texts::Texts;
use super::token::tokenise;
use super::typo::Pattern;
use crate::model::Person;
use std::ops::Range;

/// A value of a person that answers the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Where.
    pub field: Field,
    /// Which skill, want or language of the person's list; 0 for the single fields.
    pub value: u32,
    /// What to highlight: byte ranges of the value, in order, apart from one another and on
    /// character boundaries.
    pub spans: Vec<Range<usize>>,
    /// The best kind among them.
    pub kind: MatchKind,
}

impl Index {
    /// Which words of the person at this position of [`Index::people`] match the query, in the
    /// order of [`Field`]. For each word of the query only its best kind of match is told, and
    /// a skill that is picked as a filter is a match as a whole.
    #[must_use]
    pub fn explain(&self, query: &Query, person: u32) -> Vec<Match> {
        let mut found = Vec::new();
        let Some(person) = self.people.get(person as usize) else {
            return Vec::new();
        };
        let parsed = parse(&query.text);
        let mut terms = Vec::new();
        for (number, clause) in parsed.clauses.iter().enumerate() {
            match clause {
                Clause::Word(term) => terms.push(Sought {
                    number,
                    term,
                    pattern: Pattern::new(&term.text, term.errors, term.prefix),
                }),
                Clause::Phrase(words, open) => {
                    find_phrase(number, words, *open, person, &mut found);
                }
            }
        }
        if !terms.is_empty() {
            find_terms(&terms, person, &mut found);
        }
        // Of each clause only the best kind.
        let mut best = [MatchKind::Typo; CLAUSES];
        for (number, f) in &found {
            if let Some(best) = best.get_mut(*number) {
                *best = f.kind.min(*best);
            }
        }
        found.retain(|(number, f)| best.get(*number) == Some(&f.kind));
        let wanted = Selection::new(self, &query.filters, &parsed.filters);
        if wanted.asks_for_skills() {
            each_value(person, &mut |value| {
                if matches!(value.field, Field::SkillShown | Field::SkillDeclared)
                    && wanted.names_skill(self.skill_names().find(value.text))
                {
                    let whole = 0..value.text.len();
                    add(0, &mut found, person, &value, MatchKind::Exact, whole);
                }
            });
        }
        gathered(found)
    }
}

/// What was found so far, each with the number of its clause.
type Found = Vec<(usize, Match)>;

/// A word of the query, ready to be compared.
struct Sought<'q> {
    /// Number of its clause.
    number: usize,
    term: &'q Term,
    pattern: Option<Pattern>,
}

/// Notes a place in a value of a person.
fn add(
    number: usize,
    found: &mut Found,
    person: &Person,
    value: &Value<'_>,
    kind: MatchKind,
    mut span: Range<usize>,
) {
    if value.alias {
        // The value is a tag, and what matched is a name of it.
        let tag = person.languages.get(value.index as usize);
        span = 0..tag.map_or(0, String::len);
    }
    let place = Match {
        field: value.field,
        value: value.index,
        spans: vec![span],
        kind,
    };
    found.push((number, place));
}

/// How a folded word answers a term, and how many of its bytes do.
fn answers(
    term: &Term,
    pattern: Option<&Pattern>,
    word: &str,
    name: bool,
) -> Option<(MatchKind, usize)> {
    let mut begins = None;
    for at in 0..=term.joined.len() {
        // The word itself, then its joined forms.
        let (form, prefix) = match term.joined.get(at.wrapping_sub(1)) {
            Some((form, prefix)) => (form, *prefix),
            None => (&term.text, term.prefix || term.initial && name),
        };
        if word.starts_with(form.as_str()) {
            if word.len() == form.len() {
                return Some((MatchKind::Exact, word.len()));
            }
            if prefix && begins.is_none() {
                begins = Some((MatchKind::Prefix, form.len()));
            }
        }
    }
    begins.or_else(|| {
        pattern?.distance(word)?;
        Some((MatchKind::Typo, word.len()))
    })
}

fn find_terms(terms: &[Sought<'_>], person: &Person, found: &mut Found) {
    each_value(person, &mut |value| {
        tokenise(value.text, value.cut(), &mut |t| {
            let name = value.field == Field::Name;
            for sought in terms {
                let pattern = sought.pattern.as_ref();
                let Some((kind, bytes)) = answers(sought.term, pattern, t.text, name) else {
                    continue;
                };
                let mut span = t.span.0..t.span.1;
                if bytes < t.text.len() {
                    span.end = beginning(value.text, t.span, t.text, bytes);
                }
                add(sought.number, found, person, &value, kind, span);
            }
        });
    });
}

fn find_phrase(number: usize, words: &[String], open: bool, person: &Person, found: &mut Found) {
    each_value(person, &mut |value| {
        let mut texts = Texts::default();
        let mut places = Vec::new();
        tokenise(value.text, value.cut(), &mut |t| {
            texts.push(t.text);
            places.push((t.at, t.span));
        });
        // Where the words so far end: place, how many they are, and the span of the last.
        let mut ending: Vec<(u32, usize, (usize, usize))> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let last = at + 1 == words.len();
            for (token, (place, span)) in places.iter().enumerate() {
                let text = texts.get(token);
                let follows =
                    |(before, done, _): &(u32, usize, _)| *done == at && before + 1 == *place;
                let answers = text == word || last && open && text.starts_with(word.as_str());
                if !answers || at > 0 && !ending.iter().any(follows) {
                    continue;
                }
                ending.push((*place, at + 1, *span));
                if !last {
                    continue;
                }
                let (mut kind, mut end) = (MatchKind::Exact, span.1);
                if text != word {
                    kind = MatchKind::Prefix;
                    end = beginning(value.text, *span, text, word.len());
                }
                for (before, done, span) in &ending {
                    if *done <= at && before + (at + 1 - done) as u32 == *place {
                        add(number, found, person, &value, kind, span.0..span.1);
                    }
                }
                add(number, found, person, &value, kind, span.0..end);
            }
        }
    });
}

/// Where in the original the first `bytes` of a folded word end.
fn beginning(text: &str, span: (usize, usize), word: &str, bytes: usize) -> usize {
    let mut folded = String::new();
    if word.starts_with('.') {
        folded.push('.');
    }
    let mut end = span.0;
    for (at, c) in text.get(span.0..span.1).unwrap_or_default().char_indices() {
        if folded.len() >= bytes && !is_mark(c) {
            break;
        }
        if is_word(c) || matches!(c, '+' | '#') {
            fold_into(c, &mut folded);
        }
        end = span.0 + at + c.len_utf8();
    }
    end
}

/// One match for each value, its spans in order and merged.
fn gathered(found: Found) -> Vec<Match> {
    let key = |at: usize| {
        let (_, f) = found.get(at)?;
        let span = f.spans.first()?;
        Some((f.field, f.value, span.start, span.end))
    };
    let mut out: Vec<Match> = Vec::new();
    for at in order(found.len(), &|a, b| key(a).cmp(&key(b))) {
        let Some((_, f)) = found.get(at as usize) else {
            continue;
        };
        match (out.last_mut(), f.spans.first()) {
            (Some(m), Some(span)) if m.field == f.field && m.value == f.value => {
                m.kind = m.kind.min(f.kind);
                match m.spans.last_mut() {
                    Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                    _ => m.spans.push(span.clone()),
                }
            }
            _ => out.push(f.clone()),
        }
    }
    out
}
