//! What a searcher typed, read as words, phrases, exclusions and filters.
//!
//! | typed | meaning |
//! | --- | --- |
//! | `anna exc` | both words; the last one is a prefix |
//! | `"droit du travail"` | these words in this order, in one value |
//! | `skill:excel`, `team:"R&D"`, `place:lyon` | a filter (also `compétence:`, `équipe:`, `lieu:`, `site:`, `ort:`, `können:`) |
//! | `-java`, `-"chef de projet"`, `-team:it` | not those |
//! | `e.l` | initials of a name |

use super::fold::{is_letter, is_spaceless};
use super::token::{Cut, Neighbours, tokenise};
use super::typo;
use crate::model::{Presence, skill_key};
use std::ops::Range;

/// What is searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// As typed. Words, `"phrases"`, `-exclusions`, and the filters `skill:`, `team:` and
    /// `place:` are understood; the last word is a prefix. Of a text of more than 400
    /// characters or 16 words the rest is not looked at.
    pub text: String,
    /// As picked.
    pub filters: Filters,
}

/// Picked filters. A person must pass every facet: all of the skills, and one of the teams,
/// places and presences each; an empty list lets everyone pass. Spelling (case, accents) does
/// not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Skills, all of which a person must have.
    pub skills: Vec<String>,
    /// Teams, one of which must be theirs.
    pub teams: Vec<String>,
    /// Places, one of which must be theirs.
    pub places: Vec<String>,
    /// Presences, one of which must be theirs.
    pub presence: Vec<Presence>,
}

/// Longest query that is read, in characters.
const LONGEST: usize = 400;
/// Most words and phrases that are searched: a bit each.
pub(crate) const CLAUSES: usize = 16;

/// A word that is searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Term {
    /// Folded.
    pub(crate) text: String,
    /// Other forms that answer it: this word written together with its neighbours; `true`
    /// where such a form ends with the word that is a prefix.
    pub(crate) joined: Vec<(String, bool)>,
    /// Whether longer words that begin with it answer it.
    pub(crate) prefix: bool,
    /// Whether words of names that begin with it answer it (one letter that is not the last).
    pub(crate) initial: bool,
    /// Whether it is one letter of dotted initials, which stays one even at the end.
    dotted: bool,
    /// How many errors are forgiven.
    pub(crate) errors: u8,
}

/// What must match, each by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clause {
    /// A word.
    Word(Term),
    /// Words in a row; the last may be a prefix.
    Phrase(Vec<String>, bool),
}

/// What people are filtered and counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Facet {
    Skill,
    Team,
    Place,
    Presence,
}

impl Facet {
    pub(crate) const ALL: [Self; 4] = [Self::Skill, Self::Team, Self::Place, Self::Presence];

    /// One of a set of facets.
    pub(crate) fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Filters {
    /// The names that are picked of a facet that has names.
    pub(crate) fn names(&self, facet: Facet) -> &[String] {
        match facet {
            Facet::Skill => &self.skills,
            Facet::Team => &self.teams,
            Facet::Place => &self.places,
            Facet::Presence => &[],
        }
    }
}

/// A typed filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedFilter {
    pub(crate) facet: Facet,
    pub(crate) value: String,
    pub(crate) excludes: bool,
}

/// A query's text, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parsed {
    /// At most [`CLAUSES`].
    pub(crate) clauses: Vec<Clause>,
    pub(crate) excluded: Vec<Clause>,
    pub(crate) filters: Vec<TypedFilter>,
}

const PREFIXES: [(&str, Facet); 15] = [
    ("skill", Facet::Skill),
    ("skills", Facet::Skill),
    ("competence", Facet::Skill),
    ("competences", Facet::Skill),
    ("konnen", Facet::Skill),
    ("team", Facet::Team),
    ("equipe", Facet::Team),
    ("service", Facet::Team),
    ("abteilung", Facet::Team),
    ("place", Facet::Place),
    ("location", Facet::Place),
    ("lieu", Facet::Place),
    ("site", Facet::Place),
    ("ort", Facet::Place),
    ("standort", Facet::Place),
];

/// Reads a query.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    let mut rest = text.get(..end).unwrap_or_default().trim_start();
    let mut free = String::new();
    // Which clauses came from the last stretch of free words.
    let mut segment = 0..0;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        let excludes =
            matches!(first, '-' | '−') && after.starts_with(|c: char| !c.is_whitespace());
        let body = if excludes { after } else { rest };
        rest = if let Some((filter, next)) = read_filter(body, excludes) {
            parsed.filters.extend(filter);
            next
        } else if let Some((inside, closed, next)) = read_quoted(body) {
            segment = flush(&mut free, &mut parsed.clauses).unwrap_or(segment);
            let target = if excludes {
                &mut parsed.excluded
            } else {
                &mut parsed.clauses
            };
            target.extend(phrase(inside, !closed && !excludes));
            next
        } else {
            let length = body
                .find(|c: char| c.is_whitespace() || is_quote(c))
                .unwrap_or(body.len());
            let (word, next) = body.split_at_checked(length.max(1)).unwrap_or((body, ""));
            if excludes {
                // An exclusion is meant as written: no prefix, no typo.
                clauses_of(word, false, &mut parsed.excluded);
            } else {
                free.push_str(word);
                free.push(' ');
            }
            next
        }
        .trim_start();
    }
    segment = flush(&mut free, &mut parsed.clauses).unwrap_or(segment);
    open_the_end(&mut parsed.clauses, segment);
    parsed.clauses.truncate(CLAUSES);
    parsed.excluded.truncate(CLAUSES);
    parsed.filters.truncate(CLAUSES);
    parsed
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Reads `team:value` or `team:"a value"`; a filter without a value yet filters nothing.
fn read_filter(text: &str, excludes: bool) -> Option<(Option<TypedFilter>, &str)> {
    let colon = text.find(|c: char| c == ':' || c.is_whitespace() || is_quote(c))?;
    let (name, value) = text.split_at_checked(colon)?;
    let value = value.strip_prefix(':')?;
    let key = skill_key(name);
    let (_, facet) = PREFIXES.iter().find(|(prefix, _)| *prefix == key)?;
    let (value, next) = match read_quoted(value) {
        Some((inside, _, next)) => (inside, next),
        None => value.split_at_checked(value.find(char::is_whitespace).unwrap_or(value.len()))?,
    };
    let value = value.trim();
    let filter = (!value.is_empty()).then(|| TypedFilter {
        facet: *facet,
        value: value.to_owned(),
        excludes,
    });
    Some((filter, next))
}

/// Reads a quoted text: what is inside, whether the quote is closed, and what follows.
fn read_quoted(text: &str) -> Option<(&str, bool, &str)> {
    let inside = text.strip_prefix(is_quote)?;
    let end = inside.find(is_quote);
    let (content, after) = inside.split_at_checked(end.unwrap_or(inside.len()))?;
    Some((
        content,
        end.is_some(),
        after.strip_prefix(is_quote).unwrap_or_default(),
    ))
}

fn phrase(text: &str, open: bool) -> Option<Clause> {
    let mut words = Vec::new();
    // Spelt as the index spells (dotted letters as one word), but without the last character
    // of a run without spaces, which need not be the last of the text that is searched.
    let query = text.chars().any(is_spaceless);
    tokenise(
        text,
        Cut {
            neighbours: Neighbours::Apart,
            query,
        },
        &mut |t| {
            if t.joins == 0 && words.len() < CLAUSES {
                words.push(t.text.to_owned());
            }
        },
    );
    if words.len() == 1 && !open {
        let text = words.pop().unwrap_or_default();
        return Some(Clause::Word(Term {
            text,
            ..Term::default()
        }));
    }
    (!words.is_empty()).then_some(Clause::Phrase(words, open))
}

/// Turns the gathered free words into clauses; answers which, if there were any.
fn flush(free: &mut String, clauses: &mut Vec<Clause>) -> Option<Range<usize>> {
    let from = clauses.len();
    clauses_of(free, true, clauses);
    free.clear();
    (from < clauses.len()).then_some(from..clauses.len())
}

/// Cuts free text into words, and runs of scripts without spaces into phrases. With `forgiving`
/// (what is searched, not what is excluded) errors and initials are let pass.
fn clauses_of(text: &str, forgiving: bool, clauses: &mut Vec<Clause>) {
    let mut terms: Vec<(Term, bool)> = Vec::new();
    let mut joined: Vec<(String, usize, usize)> = Vec::new();
    tokenise(
        text,
        Cut {
            neighbours: Neighbours::Pairs,
            query: true,
        },
        &mut |t| {
            if t.joins > 0 {
                joined.push((t.text.to_owned(), t.at as usize, (t.at + t.joins) as usize));
                return;
            }
            let spaceless = t.text.chars().all(is_spaceless);
            let single = t.text.chars().count() == 1;
            let term = Term {
                text: t.text.to_owned(),
                joined: Vec::new(),
                prefix: forgiving && spaceless && single,
                initial: forgiving && (t.initial || single && t.text.chars().all(is_letter)),
                dotted: t.initial,
                errors: if forgiving && !spaceless {
                    typo::allowance(t.text)
                } else {
                    0
                },
            };
            terms.push((term, t.chained));
        },
    );
    let count = terms.len();
    for (text, from, to) in joined {
        for (term, _) in terms.iter_mut().take(to).skip(from) {
            if forgiving || to - from == 1 {
                term.joined.push((text.clone(), to == count));
            }
        }
    }
    for (term, chained) in terms {
        match (chained, clauses.last_mut()) {
            (true, Some(Clause::Phrase(words, _))) => words.push(term.text),
            (true, Some(last @ Clause::Word(_))) => {
                if let Clause::Word(first) = last {
                    *last = Clause::Phrase(vec![std::mem::take(&mut first.text), term.text], false);
                }
            }
            _ => clauses.push(Clause::Word(term)),
        }
    }
}

/// Makes a prefix of the last word of the last stretch of free words, and of the joined forms
/// that end with it.
fn open_the_end(clauses: &mut [Clause], segment: Range<usize>) {
    for (i, clause) in clauses.iter_mut().enumerate() {
        let Clause::Word(term) = clause else { continue };
        let in_segment = segment.contains(&i);
        if !in_segment {
            term.joined.iter_mut().for_each(|(_, ends)| *ends = false);
        }
        if in_segment && i + 1 == segment.end {
            term.prefix = !term.dotted;
            term.initial = term.dotted;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let clause = |c: &Clause| match c {
            Clause::Word(t) => format!(
                "{}{}{}{}{}",
                t.text,
                if t.prefix { "*" } else { "" },
                if t.initial { "." } else { "" },
                "~".repeat(t.errors.into()),
                t.joined
                    .iter()
                    .map(|(j, p)| format!("|{j}{}", if *p { "*" } else { "" }))
                    .collect::<String>(),
            ),
            Clause::Phrase(words, open) => {
                format!("\"{}{}\"", words.join(" "), if *open { "*" } else { "" })
            }
        };
        let p = parse(text);
        let mut out: Vec<String> = p.clauses.iter().map(clause).collect();
        out.extend(p.excluded.iter().map(|c| format!("-{}", clause(c))));
        out.extend(p.filters.iter().map(|f| {
            format!(
                "{}{:?}:{}",
                if f.excludes { "-" } else { "" },
                f.facet,
                f.value
            )
        }));
        out.join(" ")
    }

    #[test]
    fn reads_what_people_type() {
        for (text, want) in [
            ("Anna exc", "anna~|annaexc* exc*|annaexc*"),
            ("comptabilité", "comptabilite*~~"),
            ("\"droit du travail\" anna", "\"droit du travail\" anna*~"),
            ("\"droit du trav", "\"droit du trav*\""),
            (
                "skill:excel -java team:\"R&D\"",
                "-java Skill:excel Team:R&D",
            ),
            ("équipe:vente -lieu:Lyon", "Team:vente -Place:Lyon"),
            ("skill: exc", "exc*"),
            (
                "re: 9:30 -",
                "re|re9|re930* 9|re9|930*|re930* 30*|930*|re930*",
            ),
            ("e.l", "e.|el* l.|el*"),
            ("e l", "e.|el* l*|el*"),
            ("C", "c*"),
            ("c++ .net", "c++|c++.net* .net*|c++.net*"),
            ("d'angelo", "angelo*~|dangelo*"),
            ("東京都 会", "\"東京 京都\" 会*"),
            ("exc place:lyon", "exc* Place:lyon"),
            ("-\"chef de projet\"", "-\"chef de projet\""),
            ("", ""),
            ("\"", ""),
            ("- -- \"\" :", ""),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_bounded(text in "(\\PC|[-\":a. 東]){0,80}") {
            let p = parse(&text);
            prop_assert!(p.clauses.len() <= CLAUSES && p.excluded.len() <= CLAUSES);
        }
    }
}
