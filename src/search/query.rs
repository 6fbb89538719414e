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

/// What is typed before the colon of a filter, folded.
const PREFIXES: [(Facet, &str); 3] = [
    (Facet::Skill, "skill skills competence competences konnen"),
    (Facet::Team, "team equipe service abteilung"),
    (Facet::Place, "place location lieu site ort standort"),
];

/// Reads a query.
pub(crate) fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = text;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        rest = text.get(..end).unwrap_or_default();
    }
    let mut free = String::new();
    // Which clauses came from the last stretch of free words.
    let mut segment = 0..0;
    loop {
        rest = rest.trim_start();
        let mut after = rest.chars();
        let Some(first) = after.next() else {
            break;
        };
        let mut body = rest;
        let excludes =
            matches!(first, '-' | '−') && !after.as_str().starts_with(char::is_whitespace);
        if excludes {
            body = after.as_str();
        }
        if let Some((facet, value, next)) = read_filter(body) {
            if !value.is_empty() {
                parsed.filters.push(TypedFilter {
                    facet,
                    value: value.to_owned(),
                    excludes,
                });
            }
            rest = next;
        } else if let Some((inside, closed, next)) = read_quoted(body) {
            flush(&mut free, &mut parsed.clauses, &mut segment);
            if excludes {
                phrase(inside, false, &mut parsed.excluded);
            } else {
                phrase(inside, !closed, &mut parsed.clauses);
            }
            rest = next;
        } else {
            let (word, next) = split(body, &|c| c.is_whitespace() || is_quote(c));
            if excludes {
                // An exclusion is meant as written: no prefix, no typo.
                clauses_of(word, false, &mut parsed.excluded);
            } else {
                free.push_str(word);
                free.push(' ');
            }
            rest = next;
        }
    }
    flush(&mut free, &mut parsed.clauses, &mut segment);
    open_the_end(&mut parsed.clauses, segment);
    parsed.clauses.truncate(CLAUSES);
    parsed.excluded.truncate(CLAUSES);
    parsed.filters.truncate(CLAUSES);
    parsed
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// A text up to the first character that ends it, and the rest from there.
fn split<'t>(text: &'t str, ends: &dyn Fn(char) -> bool) -> (&'t str, &'t str) {
    for (at, c) in text.char_indices() {
        if ends(c) {
            return text.split_at_checked(at).unwrap_or_default();
        }
    }
    (text, "")
}

/// Reads `team:value` or `team:"a value"`: facet, value, and what follows. A filter without a
/// value yet filters nothing.
fn read_filter(text: &str) -> Option<(Facet, &str, &str)> {
    let (name, value) = split(text, &|c| c == ':' || c.is_whitespace() || is_quote(c));
    let value = value.strip_prefix(':')?;
    let key = skill_key(name);
    for (facet, names) in PREFIXES {
        if names.split(' ').any(|name| name == key) {
            let (value, next) = match read_quoted(value) {
                Some((inside, _, next)) => (inside, next),
                None => split(value, &char::is_whitespace),
            };
            return Some((facet, value.trim(), next));
        }
    }
    None
}

/// Reads a quoted text: what is inside, whether the quote is closed, and what follows.
fn read_quoted(text: &str) -> Option<(&str, bool, &str)> {
    let mut inside = text.chars();
    if !is_quote(inside.next()?) {
        return None;
    }
    let (inside, end) = split(inside.as_str(), &is_quote);
    let mut after = end.chars();
    Some((inside, after.next().is_some(), after.as_str()))
}

fn phrase(text: &str, open: bool, clauses: &mut Vec<Clause>) {
    let mut words = Vec::new();
    // Spelt as the index spells (dotted letters as one word), but without the last character
    // of a run without spaces, which need not be the last of the text that is searched.
    let cut = Cut {
        neighbours: Neighbours::Apart,
        query: text.chars().any(is_spaceless),
    };
    tokenise(text, cut, &mut |t| {
        if t.joins == 0 && words.len() < CLAUSES {
            words.push(t.text.to_owned());
        }
    });
    if !words.is_empty() {
        clauses.push(Clause::Phrase(words, open));
    }
}

/// Turns the gathered free words into clauses; notes which, if there were any.
fn flush(free: &mut String, clauses: &mut Vec<Clause>, segment: &mut Range<usize>) {
    let from = clauses.len();
    clauses_of(free, true, clauses);
    free.clear();
    if from < clauses.len() {
        *segment = from..clauses.len();
    }
}

/// Cuts free text into words, and runs of scripts without spaces into phrases. With `forgiving`
/// (what is searched, not what is excluded) errors and initials are let pass.
fn clauses_of(text: &str, forgiving: bool, clauses: &mut Vec<Clause>) {
    let mut terms: Vec<(Term, bool)> = Vec::new();
    let cut = Cut {
        neighbours: Neighbours::Pairs,
        query: true,
    };
    tokenise(text, cut, &mut |t| {
        if t.joins > 0 {
            // Its words came before it; it ends with the last of them until another comes.
            for (term, _) in terms.iter_mut().skip(t.at as usize).take(t.joins as usize) {
                if forgiving || t.joins == 1 {
                    term.joined.push((t.text.to_owned(), true));
                }
            }
            return;
        }
        for (term, _) in &mut terms {
            close(term);
        }
        let (mut letters, mut spaceless, mut alphabetic) = (0, true, true);
        for c in t.text.chars() {
            letters += 1;
            spaceless &= is_spaceless(c);
            alphabetic &= is_letter(c);
        }
        let mut term = Term {
            text: t.text.to_owned(),
            dotted: t.initial,
            ..Term::default()
        };
        if forgiving {
            term.prefix = spaceless && letters == 1;
            term.initial = t.initial || alphabetic && letters == 1;
            term.errors = if spaceless {
                0
            } else {
                typo::allowance(t.text)
            };
        }
        terms.push((term, t.chained));
    });
    for (term, chained) in terms {
        match clauses.last_mut() {
            Some(Clause::Phrase(words, _)) if chained => words.push(term.text),
            Some(last) if chained => {
                if let Clause::Word(first) = last {
                    *last = Clause::Phrase(vec![std::mem::take(&mut first.text), term.text], false);
                }
            }
            _ => clauses.push(Clause::Word(term)),
        }
    }
}

/// Joined forms that no longer end with the last word are no prefixes.
fn close(term: &mut Term) {
    for (_, ends) in &mut term.joined {
        *ends = false;
    }
}

/// Makes a prefix of the last word of the last stretch of free words, and of the joined forms
/// that end with it.
fn open_the_end(clauses: &mut [Clause], segment: Range<usize>) {
    for (i, clause) in clauses.iter_mut().enumerate() {
        let Clause::Word(term) = clause else { continue };
        if !segment.contains(&i) {
            close(term);
        } else if i + 1 == segment.end {
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
