//! Why somebody was found: which of their words match, where, and how. Done for the rows that
//! are on the screen, from the person's own text, so that the index need not keep it.

use super::document::{Field, each_value};
use super::fold::{fold_into, is_mark, is_word};
use super::index::Index;
use super::order::sorted;
use super::query::{Clause, Facet, Query, Term, parse};
use super::rank::MatchKind;
use super::token::tokenise;
use super::typo::Pattern;
use crate::model::{Person, skill_key};
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

/// A place that answers a clause.
struct Found {
    kind: MatchKind,
    field: Field,
    value: u32,
    span: Range<usize>,
}

impl Index {
    /// Which words of the person at this position of [`Index::people`] match the query, in the
    /// order of [`Field`]. For each word of the query only its best kind of match is told, and
    /// a skill that is picked as a filter is a match as a whole.
    #[must_use]
    pub fn explain(&self, query: &Query, person: u32) -> Vec<Match> {
        let Some(person) = self.people.get(person as usize) else {
            return Vec::new();
        };
        let parsed = parse(&query.text);
        let mut found = Vec::new();
        for clause in &parsed.clauses {
            let mut here = Vec::new();
            match clause {
                Clause::Word(term) => find_term(term, person, &mut here),
                Clause::Phrase(words, open) => find_phrase(words, *open, person, &mut here),
            }
            let best = here.iter().map(|f| f.kind).min();
            found.extend(here.into_iter().filter(|f| Some(f.kind) == best));
        }
        self.find_filters(query, &parsed.filters, person, &mut found);
        gathered(found)
    }

    fn find_filters(
        &self,
        query: &Query,
        typed: &[super::query::TypedFilter],
        person: &Person,
        found: &mut Vec<Found>,
    ) {
        let wanted = |name: &str| {
            let key = skill_key(name);
            query.filters.skills.iter().any(|s| skill_key(s) == key)
                || typed.iter().any(|f| {
                    f.facet == Facet::Skill
                        && !f.excludes
                        && self.skills.find(name).is_some_and(|number| {
                            super::facets::named(&self.skills, &f.value).get(number as usize)
                                == Some(&true)
                        })
                })
        };
        if query.filters.skills.is_empty() && typed.is_empty() {
            return;
        }
        each_value(person, &mut |value| {
            let skill = matches!(value.field, Field::SkillShown | Field::SkillDeclared);
            if skill && wanted(value.text) {
                found.push(Found {
                    kind: MatchKind::Exact,
                    field: value.field,
                    value: value.index,
                    span: 0..value.text.len(),
                });
            }
        });
    }
}

/// How a folded word answers a term, and how many of its bytes do.
fn answers(
    term: &Term,
    pattern: Option<&Pattern>,
    word: &str,
    name: bool,
) -> Option<(MatchKind, usize)> {
    let forms = || {
        std::iter::once((&term.text, term.prefix)).chain(term.joined.iter().map(|(f, p)| (f, *p)))
    };
    if forms().any(|(form, _)| form == word) {
        return Some((MatchKind::Exact, word.len()));
    }
    let begins = forms().find(|(form, prefix)| *prefix && word.starts_with(form.as_str()));
    if let Some((form, _)) = begins {
        return Some((MatchKind::Prefix, form.len()));
    }
    if term.initial && name && word.starts_with(&term.text) {
        return Some((MatchKind::Prefix, term.text.len()));
    }
    pattern
        .and_then(|p| p.distance(word))
        .map(|_| (MatchKind::Typo, word.len()))
}

fn find_term(term: &Term, person: &Person, found: &mut Vec<Found>) {
    let pattern = Pattern::new(&term.text, term.errors, term.prefix);
    each_value(person, &mut |value| {
        tokenise(value.text, value.cut(), &mut |t| {
            let name = value.field == Field::Name;
            let Some((kind, bytes)) = answers(term, pattern.as_ref(), t.text, name) else {
                return;
            };
            let span = if value.alias {
                // The value is a tag, and what matched is a name of it.
                0..original(person, value.field, value.index).len()
            } else if bytes < t.text.len() {
                t.span.0..beginning(value.text, t.span, t.text, bytes)
            } else {
                t.span.0..t.span.1
            };
            found.push(Found {
                kind,
                field: value.field,
                value: value.index,
                span,
            });
        });
    });
}

fn find_phrase(words: &[String], open: bool, person: &Person, found: &mut Vec<Found>) {
    let Some((last, before)) = words.split_last() else {
        return;
    };
    each_value(person, &mut |value| {
        if value.alias {
            return;
        }
        // All tokens of the value, by place.
        let mut tokens: Vec<(u32, String, (usize, usize))> = Vec::new();
        tokenise(value.text, value.cut(), &mut |t| {
            tokens.push((t.at, t.text.to_owned(), t.span))
        });
        let at = |place: u32, word: &str| {
            tokens
                .iter()
                .find(|(a, text, _)| *a == place && text == word)
                .map(|(_, _, span)| *span)
        };
        for (start, first, _) in &tokens {
            if words.first() != Some(first) && !before.is_empty() {
                continue;
            }
            let mut spans: Vec<(usize, usize)> = Vec::new();
            spans.extend(
                (*start..)
                    .zip(before)
                    .map_while(|(place, word)| at(place, word)),
            );
            if spans.len() < before.len() {
                continue;
            }
            let end = start + before.len() as u32;
            let ending = tokens.iter().find(|(a, text, _)| {
                *a == end && (text == last || open && text.starts_with(last.as_str()))
            });
            let Some((_, text, span)) = ending else {
                continue;
            };
            let (kind, to) = if text == last {
                (MatchKind::Exact, span.1)
            } else {
                (
                    MatchKind::Prefix,
                    beginning(value.text, *span, text, last.len()),
                )
            };
            spans.push((span.0, to));
            for (from, to) in spans {
                found.push(Found {
                    kind,
                    field: value.field,
                    value: value.index,
                    span: from..to,
                });
            }
        }
    });
}

/// The value as the person has it, where an alias of it was searched.
fn original(person: &Person, field: Field, index: u32) -> &str {
    match field {
        Field::Language => person
            .languages
            .get(index as usize)
            .map_or("", String::as_str),
        _ => "",
    }
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
fn gathered(found: Vec<Found>) -> Vec<Match> {
    let key = |f: &Found| (f.field, f.value, f.span.start, f.span.end);
    let found = sorted(found, &|a, b| key(a).cmp(&key(b)));
    let mut out: Vec<Match> = Vec::new();
    for f in found {
        match out.last_mut() {
            Some(m) if m.field == f.field && m.value == f.value => {
                m.kind = m.kind.min(f.kind);
                match m.spans.last_mut() {
                    Some(last) if f.span.start <= last.end => last.end = last.end.max(f.span.end),
                    _ => m.spans.push(f.span),
                }
            }
            _ => out.push(Match {
                field: f.field,
                value: f.value,
                spans: vec![f.span],
                kind: f.kind,
            }),
        }
    }
    out
}
