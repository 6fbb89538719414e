//! The truth that the index is held to: every person, every value, every word, by the
//! definitions of the module's documentation, with nothing clever in between.

use super::document::{Field, each_value};
use super::query::{Clause, Facet, Query, Term, parse};
use super::rank::{self, MatchKind};
use super::stop::is_stop_word;
use super::token::{tokenise, words};
use super::typo::tests::by_matrix;
use super::{FacetCount, Filters, Index, Results};
use crate::model::{
    Availability, Evidence, Load, Person, PersonId, PersonSkill, Presence, skill_key,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One token of a person: value number, field, place in the value, folded text, weight.
struct Piece {
    value: usize,
    field: Field,
    at: u32,
    text: String,
    impact: u32,
}

fn pieces(person: &Person) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut number = 0;
    each_value(person, &mut |value| {
        let mut own = Vec::new();
        tokenise(value.text, value.cut(), &mut |t| {
            own.push((t.at, t.text.to_owned()))
        });
        let count = own.iter().map(|(at, _)| at + 1).max().unwrap_or(0);
        let impact = u32::from(value.impact(count));
        let piece = |(at, text)| Piece {
            value: number,
            field: value.field,
            at,
            text,
            impact,
        };
        out.extend(own.into_iter().map(piece));
        number += 1;
    });
    out
}

/// The kind and closeness with which a word answers a term.
fn answer(term: &Term, word: &str, name: bool) -> Option<(MatchKind, f32)> {
    let mut forms = vec![(term.text.as_str(), term.prefix)];
    forms.extend(
        term.joined
            .iter()
            .map(|(form, prefix)| (form.as_str(), *prefix)),
    );
    if forms.iter().any(|(form, _)| *form == word) {
        return Some((MatchKind::Exact, 1.0));
    }
    let mut best = None;
    for (form, prefix) in &forms {
        if *prefix && word.starts_with(form) {
            let closeness = rank::prefix_closeness(form, word);
            best = Some(best.map_or(closeness, |b: f32| b.max(closeness)));
        }
    }
    if term.initial && name && word.starts_with(&term.text) {
        let closeness = rank::prefix_closeness(&term.text, word);
        best = Some(best.map_or(closeness, |b: f32| b.max(closeness)));
    }
    if let Some(closeness) = best {
        return Some((MatchKind::Prefix, closeness));
    }
    let errors = by_matrix(&term.text, word, term.errors, term.prefix)?;
    (term.errors > 0).then(|| {
        (
            MatchKind::Typo,
            rank::typo_closeness(&term.text, word, errors),
        )
    })
}

/// The best match of a clause in a person's pieces: of each distinct word the occurrences sum
/// up, and the best word counts.
fn best(clause: &Clause, pieces: &[Piece]) -> Option<(MatchKind, f32)> {
    let mut sums: BTreeMap<(String, bool), (MatchKind, f32, u32)> = BTreeMap::new();
    match clause {
        Clause::Word(term) => {
            for p in pieces {
                // An initial answers in names only, so such matches are summed apart.
                let name = p.field == Field::Name;
                if let Some((kind, closeness)) = answer(term, &p.text, name) {
                    let apart = term.initial && kind == MatchKind::Prefix;
                    let entry = sums
                        .entry((p.text.clone(), apart))
                        .or_insert((kind, closeness, 0));
                    entry.2 += p.impact;
                }
            }
        }
        Clause::Phrase(words, open) => {
            let last = words.len() - 1;
            for end in pieces {
                let ends = if *open {
                    end.text.starts_with(&words[last])
                } else {
                    end.text == words[last]
                };
                let preceded = (0..last).all(|i| {
                    pieces.iter().any(|p| {
                        p.value == end.value
                            && p.text == words[i]
                            && p.at + (last - i) as u32 == end.at
                    })
                });
                if ends && preceded {
                    let kind = if end.text == words[last] {
                        MatchKind::Exact
                    } else {
                        MatchKind::Prefix
                    };
                    let closeness = match kind {
                        MatchKind::Exact => 1.0,
                        _ => rank::prefix_closeness(&words[last], &end.text),
                    };
                    let entry = sums.entry((end.text.clone(), false)).or_insert((
                        kind,
                        closeness * words.len() as f32,
                        0,
                    ));
                    entry.2 += end.impact;
                }
            }
        }
    }
    sums.into_values()
        .map(|(kind, closeness, impact)| (kind, impact as f32 / 256.0 * closeness))
        .reduce(|a, b| {
            if (b.0 < a.0) || (b.0 == a.0 && b.1 > a.1) {
                b
            } else {
                a
            }
        })
}

fn same(a: &str, b: &str) -> bool {
    !skill_key(a).is_empty() && skill_key(a) == skill_key(b)
}

/// Whether a typed filter means this value.
fn means(typed: &str, value: &str, all: &[&str]) -> bool {
    if skill_key(value).is_empty() {
        return false;
    }
    if all.iter().any(|v| same(v, typed)) {
        return same(value, typed);
    }
    let (sought, own) = (words(typed), words(value));
    !sought.is_empty()
        && (0..sought.len()).all(|i| {
            (0..own.len()).any(|o| {
                own.text(o) == sought.text(i)
                    || (i + 1 == sought.len() && own.text(o).starts_with(sought.text(i)))
            })
        })
}

/// What a search must answer: hits as identifiers with scores, whether they are partial, and
/// per facet the counts by key.
pub(crate) struct Truth {
    pub(crate) hits: Vec<(PersonId, f32)>,
    pub(crate) partial: bool,
    skills: BTreeMap<String, (u32, u32)>,
    teams: BTreeMap<String, (u32, u32)>,
    places: BTreeMap<String, (u32, u32)>,
    presence: BTreeMap<String, u32>,
}

pub(crate) fn truth(people: &[Arc<Person>], ever: &[Arc<Person>], query: &Query) -> Truth {
    let parsed = parse(&query.text);
    let n = people.len();
    let all_pieces: Vec<Vec<Piece>> = people.iter().map(|p| pieces(p)).collect();
    let matches: Vec<Vec<Option<(MatchKind, f32)>>> = all_pieces
        .iter()
        .map(|p| parsed.clauses.iter().map(|c| best(c, p)).collect())
        .collect();
    let clauses = parsed.clauses.len();
    let weights: Vec<f32> = (0..clauses)
        .map(|c| rank::idf(n, matches.iter().filter(|m| m[c].is_some()).count()))
        .collect();
    let most: f32 = weights.iter().fold(0.0, |a, b| a + b);
    let worth: Vec<f32> = (0..clauses)
        .map(|c| match &parsed.clauses[c] {
            Clause::Word(t) if is_stop_word(&t.text) => 0.0,
            _ => weights[c],
        })
        .collect();
    let excluded: Vec<bool> = all_pieces
        .iter()
        .map(|p| parsed.excluded.iter().any(|c| best(c, p).is_some()))
        .collect();
    let text = |p: usize| {
        (0..clauses).fold(0.0, |sum, c| match matches[p][c] {
            // Through the same packing, so that rounding is the same.
            Some((kind, tf)) => {
                sum + weights[c] * rank::saturated(rank::unpack(rank::pack(kind, tf)).1)
            }
            None => sum,
        })
    };
    let share = |p: usize| {
        let total: f32 = worth.iter().fold(0.0, |a, b| a + b);
        let mine = (0..clauses).fold(0.0, |a, c| {
            a + if matches[p][c].is_some() {
                worth[c]
            } else {
                0.0
            }
        });
        if total > 0.0 { mine / total } else { 0.0 }
    };
    let whole: Vec<usize> = (0..n)
        .filter(|p| !excluded[*p] && matches[*p].iter().all(Option::is_some))
        .collect();
    let partial = whole.is_empty() && clauses > 0;
    let scored: Vec<(usize, f32)> = if partial {
        let best = (0..n)
            .filter(|p| !excluded[*p])
            .map(share)
            .fold(0.0, f32::max);
        (0..n)
            .filter(|p| !excluded[*p] && share(*p) > 0.0 && share(*p) >= best * rank::LEAST_SHARE)
            .map(|p| {
                let ready = rank::readiness(&people[p].availability);
                (p, rank::partial_score(share(p), text(p), most, ready))
            })
            .collect()
    } else {
        whole
            .into_iter()
            .map(|p| {
                let worst = matches[p].iter().flatten().map(|m| m.0).max();
                let worse = match worst {
                    Some(MatchKind::Exact) => 2,
                    Some(MatchKind::Prefix) => 1,
                    _ => 0,
                };
                let ready = rank::readiness(&people[p].availability);
                (
                    p,
                    if clauses == 0 {
                        0.0
                    } else {
                        rank::score(worse, text(p), most, ready)
                    },
                )
            })
            .collect()
    };

    let skills_ever: Vec<&str> = ever
        .iter()
        .flat_map(|p| p.skills.iter().map(|s| s.name.as_str()))
        .collect();
    let teams_ever: Vec<&str> = ever.iter().map(|p| p.team.as_str()).collect();
    let places_ever: Vec<&str> = ever.iter().map(|p| p.place.as_str()).collect();
    let typed = |facet, excludes| {
        parsed
            .filters
            .iter()
            .filter(move |f| f.facet == facet && f.excludes == excludes)
            .map(|f| f.value.as_str())
    };
    let one_of = |picked: &[String], facet, all: &[&str], value: &str| {
        let none = picked.is_empty() && typed(facet, false).next().is_none();
        none || picked.iter().any(|p| same(p, value))
            || typed(facet, false).any(|t| means(t, value, all))
    };
    let passes = |p: &Person| -> Option<[bool; 4]> {
        let has = |f: &dyn Fn(&str) -> bool| p.skills.iter().any(|s| f(&s.name));
        if typed(Facet::Skill, true).any(|t| has(&|s| means(t, s, &skills_ever)))
            || typed(Facet::Team, true).any(|t| means(t, &p.team, &teams_ever))
            || typed(Facet::Place, true).any(|t| means(t, &p.place, &places_ever))
        {
            return None;
        }
        Some([
            query.filters.skills.iter().all(|f| has(&|s| same(f, s)))
                && typed(Facet::Skill, false).all(|t| has(&|s| means(t, s, &skills_ever))),
            one_of(&query.filters.teams, Facet::Team, &teams_ever, &p.team),
            one_of(&query.filters.places, Facet::Place, &places_ever, &p.place),
            query.filters.presence.is_empty()
                || query.filters.presence.contains(&p.availability.presence),
        ])
    };

    let mut out = Truth {
        hits: Vec::new(),
        partial,
        skills: BTreeMap::new(),
        teams: BTreeMap::new(),
        places: BTreeMap::new(),
        presence: BTreeMap::new(),
    };
    let mut hits: Vec<(usize, f32)> = Vec::new();
    for (p, score) in scored {
        let person = &people[p];
        let Some(ok) = passes(person) else { continue };
        let but = |free: usize| (0..4).all(|f| f == free || ok[f]);
        let hit = ok.iter().all(|x| *x);
        let count = |map: &mut BTreeMap<String, (u32, u32)>, value: &str| {
            let key = skill_key(value);
            if !key.is_empty() {
                let entry = map.entry(key).or_default();
                entry.0 += 1;
                entry.1 += u32::from(hit);
            }
        };
        if but(0) {
            let mut keys: Vec<&str> = person.skills.iter().map(|s| s.name.as_str()).collect();
            keys.sort_by_key(|s| skill_key(s));
            keys.dedup_by_key(|s| skill_key(s));
            keys.into_iter().for_each(|s| count(&mut out.skills, s));
        }
        if but(1) {
            count(&mut out.teams, &person.team);
        }
        if but(2) {
            count(&mut out.places, &person.place);
        }
        if but(3) {
            *out.presence
                .entry(format!("{:?}", person.availability.presence))
                .or_default() += 1;
        }
        if hit {
            hits.push((p, score));
        }
    }
    let name = |p: usize| {
        let mut key = String::new();
        people[p]
            .name
            .trim()
            .chars()
            .for_each(|c| super::fold::fold_into(c, &mut key));
        key
    };
    hits.sort_by(|(a, x), (b, y)| {
        let late = |p: usize| clauses == 0 && !people[p].availability.can_be_asked();
        late(*a)
            .cmp(&late(*b))
            .then(y.total_cmp(x))
            .then_with(|| name(*a).cmp(&name(*b)))
            .then_with(|| people[*a].id.cmp(&people[*b].id))
    });
    out.hits = hits
        .into_iter()
        .map(|(p, s)| (people[p].id.clone(), s))
        .collect();
    out
}

/// Holds an answer of the index to the truth.
pub(crate) fn check(index: &Index, ever: &[Arc<Person>], query: &Query) {
    let found: Results = index.search(query);
    let truth = truth(index.people(), ever, query);
    let hits: Vec<(PersonId, f32)> = found
        .hits
        .iter()
        .map(|h| (index.people()[h.person as usize].id.clone(), h.score))
        .collect();
    assert_eq!(hits, truth.hits, "{query:?}");
    assert_eq!(found.partial, truth.partial, "{query:?}");
    let counts = |facet: &[FacetCount]| -> BTreeMap<String, (u32, u32)> {
        facet
            .iter()
            .filter(|f| f.count > 0)
            .map(|f| (skill_key(&f.value), (f.count, f.within)))
            .collect()
    };
    assert_eq!(counts(&found.facets.skills), truth.skills, "{query:?}");
    assert_eq!(counts(&found.facets.teams), truth.teams, "{query:?}");
    assert_eq!(counts(&found.facets.places), truth.places, "{query:?}");
    let presence: BTreeMap<String, u32> = found
        .facets
        .presence
        .iter()
        .filter(|(_, c)| *c > 0)
        .map(|(p, c)| (format!("{p:?}"), *c))
        .collect();
    assert_eq!(presence, truth.presence, "{query:?}");
    for skill in &query.filters.skills {
        assert!(
            found
                .facets
                .skills
                .iter()
                .any(|f| f.selected && (same(&f.value, skill) || *f.value == **skill))
        );
    }
    explained(index, query, &found);
}

/// What is explained of the hits: spans that can be cut, and a reason for each word that counts.
fn explained(index: &Index, query: &Query, found: &Results) {
    let clauses = parse(&query.text).clauses.len();
    for hit in found.hits.iter().take(5) {
        let person = &index.people()[hit.person as usize];
        let matches = index.explain(query, hit.person);
        assert!(clauses == 0 || !matches.is_empty(), "{query:?} {person:?}");
        for m in &matches {
            let at = m.value as usize;
            let value = match m.field {
                Field::SkillShown | Field::SkillDeclared => &person.skills[at].name,
                Field::Wants => &person.wants[at],
                Field::Name => &person.name,
                Field::Title => &person.title,
                Field::Team => &person.team,
                Field::Place => &person.place,
                Field::Language => &person.languages[at],
                Field::About => &person.about,
            };
            assert!(!m.spans.is_empty());
            let mut end = 0;
            for span in &m.spans {
                assert!(span.start >= end && span.end > span.start, "{m:?}");
                assert!(value.get(span.clone()).is_some(), "{m:?} in {value:?}");
                end = span.end;
            }
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(vec![
            "Excel", "excel", "Excellence", "Soudure", "soudre", "l'arc", "TIG", "Power", "BI",
            "PowerBI", "C", "C++", "C#", ".NET", "ASP.NET", "Node.js", "R", "R&D", "SAP", "FI",
            "ISO 9001", "ISO9001", "5S", "Élodie", "Elodie", "Lefèvre", "D'Angelo", "Le", "Goff",
            "van", "der", "Berg", "Jean-Pierre", "droit", "du", "travail", "who", "can", "Łódź",
            "Straße", "東京都", "東京", "会計", "บัญชี", "مدير", "comptabilite", "Comptabilité",
        ]).prop_map(str::to_owned),
        2 => "[a-eéÉ.'+# -]{0,9}",
        1 => "\\PC{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..4).prop_map(|w| w.join(" "))
}

fn presence() -> impl Strategy<Value = Presence> {
    prop::sample::select(vec![
        Presence::Available,
        Presence::Busy,
        Presence::Away,
        Presence::Unknown,
    ])
}

fn person() -> impl Strategy<Value = Arc<Person>> {
    let skill = (word(), 0_u32..3, 0_u32..3).prop_map(|(name, accepted, thanks)| PersonSkill {
        name,
        declared: true,
        evidence: Evidence { accepted, thanks },
    });
    let lists = (
        prop::collection::vec(skill, 0..5),
        prop::collection::vec(word(), 0..3),
        prop::collection::vec(prop::sample::select(vec!["fr", "de-AT", "x", ""]), 0..3),
    );
    let state = (presence(), 0_u32..4, prop::option::of(0_u32..4));
    (
        0_u8..12,
        text(),
        text(),
        word(),
        word(),
        text(),
        lists,
        state,
    )
        .prop_map(
            |(
                id,
                name,
                title,
                team,
                place,
                about,
                (skills, wants, languages),
                (presence, n, limit),
            )| {
                let mut p = Person::named(PersonId::new(format!("p{id}")).unwrap(), name);
                (p.title, p.team, p.place, p.about) = (title, team, place, about);
                (p.skills, p.wants) = (skills, wants);
                p.languages = languages.into_iter().map(str::to_owned).collect();
                let load = Load {
                    open: n,
                    recent: n,
                    weekly_limit: limit,
                };
                p.availability = Availability {
                    presence,
                    until: None,
                    load,
                };
                Arc::new(p)
            },
        )
}

fn query() -> impl Strategy<Value = Query> {
    let piece = prop_oneof![
        6 => word(),
        2 => word().prop_map(|w| w.chars().take(4).collect()),
        1 => word().prop_map(|w| format!("-{w}")),
        1 => text().prop_map(|t| format!("\"{t}\"")),
        1 => text().prop_map(|t| format!("\"{t}")),
        1 => (prop::sample::select(vec!["skill", "team", "lieu", "-équipe"]), word())
            .prop_map(|(f, w)| format!("{f}:\"{w}\"")),
        1 => Just("e.l".to_owned()),
    ];
    let text = prop::collection::vec(piece, 0..4).prop_map(|p| p.join(" "));
    let some = || prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(word(), 1..3)];
    let presences = prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(presence(), 1..3)];
    (text, some(), some(), some(), presences).prop_map(|(text, skills, teams, places, presence)| {
        Query {
            text,
            filters: Filters {
                skills,
                teams,
                places,
                presence,
            },
        }
    })
}

/// Of several people with one identifier the last one counts.
fn last(people: Vec<Arc<Person>>) -> BTreeMap<PersonId, Arc<Person>> {
    people.into_iter().map(|p| (p.id.clone(), p)).collect()
}

#[derive(Debug, Clone)]
enum Edit {
    Upsert(Arc<Person>),
    Extend(Vec<Arc<Person>>),
    Remove(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        3 => person().prop_map(Edit::Upsert),
        1 => prop::collection::vec(person(), 0..6).prop_map(Edit::Extend),
        2 => (0_u8..12).prop_map(Edit::Remove),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_index_tells_the_truth(
        start in prop::collection::vec(person(), 0..10),
        edits in prop::collection::vec(edit(), 0..8),
        queries in prop::collection::vec(query(), 1..4),
    ) {
        let mut index = Index::build(start.clone());
        let mut now = last(start);
        let mut ever: Vec<Arc<Person>> = now.values().cloned().collect();
        for query in &queries {
            check(&index, &ever, query);
        }
        for edit in edits {
            match edit {
                Edit::Upsert(p) => {
                    ever.push(p.clone());
                    now.insert(p.id.clone(), p.clone());
                    index.upsert(p);
                }
                Edit::Extend(people) => {
                    let page = last(people.clone());
                    ever.extend(page.values().cloned());
                    now.extend(page);
                    index.extend(people);
                }
                Edit::Remove(id) => {
                    let id = PersonId::new(format!("p{id}")).unwrap();
                    now.remove(&id);
                    index.remove(&id);
                }
            }
            prop_assert_eq!(index.len(), now.len());
            for (id, person) in &now {
                prop_assert_eq!(index.get(id), Some(person));
            }
            for query in &queries {
                check(&index, &ever, query);
            }
        }
    }
}
