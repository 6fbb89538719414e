//! Routing by examples and by properties.

use super::*;
use crate::exchange::testing::{person, shown, staff};
use crate::model::{Evidence, Load, Presence};
use proptest::prelude::*;
use std::sync::Arc;

fn now() -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000)
}

fn ids(found: &[Candidate]) -> Vec<&str> {
    found.iter().map(|c| c.person.as_str()).collect()
}

fn index(people: Vec<Person>) -> Index {
    Index::build(people.into_iter().map(Arc::new).collect())
}

#[test]
fn asks_those_who_know_and_says_why() {
    let staff = staff();
    let ask = Ask {
        question: "Qui connaît la soudure à l'arc ?",
        ..Ask::default()
    };
    let found = route(&ask, &staff, now());
    assert_eq!(ids(&found), ["4"]);
    assert_eq!(
        found[0].reasons[0],
        Reason::Declared {
            skill: "Soudure à l'arc".into()
        }
    );
    assert!(found[0].reasons.contains(&Reason::FreeNow));

    let nobody = Ask {
        question: "Où est la cantine ?",
        ..Ask::default()
    };
    assert!(route(&nobody, &staff, now()).is_empty());
}

#[test]
fn a_title_is_a_reason() {
    let ask = Ask {
        question: "une question pour un juriste",
        ..Ask::default()
    };
    let found = route(&ask, &staff(), now());
    assert_eq!(ids(&found), ["3"]);
    assert_eq!(
        found[0].reasons[0],
        Reason::Title {
            word: "Juriste".into()
        }
    );
}

#[test]
fn related_knowledge_is_found_and_comes_after() {
    let mut people: Vec<Person> = (0..4)
        .map(|n| {
            person(
                &format!("both{n}"),
                "B",
                "",
                &["Excel", "Tableaux croisés dynamiques"],
            )
        })
        .collect();
    people.push(person("pivot", "P", "", &["Tableaux croisés dynamiques"]));
    people.extend((0..20).map(|n| person(&format!("x{n:02}"), "X", "", &["Soudure"])));
    let skills = ["Excel".to_owned()];
    let ask = Ask {
        question: "?",
        skills: &skills,
        ..Ask::default()
    };
    let found = route(&ask, &index(people), now());
    assert_eq!(found.len(), 5);
    let last = &found[4];
    assert_eq!(last.person.as_str(), "pivot");
    let via = "Tableaux croisés dynamiques".to_owned();
    assert_eq!(
        last.reasons[0],
        Reason::Related {
            skill: "Excel".into(),
            via
        }
    );
}

#[test]
fn evidence_comes_before_claims() {
    let people = vec![
        person("claims", "A", "", &["Excel"]),
        shown(person("helped", "B", "", &["Excel"]), "Excel", 6, 4),
    ];
    let skills = ["excel".to_owned()];
    let found = route(
        &Ask {
            skills: &skills,
            ..Ask::default()
        },
        &index(people),
        now(),
    );
    assert_eq!(ids(&found), ["helped", "claims"]);
    let reason = Reason::Shown {
        skill: "Excel".into(),
        accepted: 6,
        thanks: 4,
    };
    assert_eq!(found[0].reasons[0], reason);
}

#[test]
fn the_loaded_expert_is_spared() {
    let mut expert = shown(person("expert", "A", "", &["Excel"]), "Excel", 8, 8);
    expert.availability.load = Load {
        open: 4,
        recent: 6,
        weekly_limit: None,
    };
    let people = vec![expert, person("quiet", "B", "", &["Excel"])];
    let skills = ["Excel".to_owned()];
    let found = route(
        &Ask {
            skills: &skills,
            ..Ask::default()
        },
        &index(people),
        now(),
    );
    assert_eq!(ids(&found), ["quiet", "expert"]);
    assert!(found[0].reasons.contains(&Reason::SeldomAsked));
}

#[test]
fn one_of_three_is_somebody_seldom_asked() {
    let mut people: Vec<Person> = (0..5)
        .map(|n| {
            let mut p = shown(person(&format!("e{n}"), "E", "", &["Excel"]), "Excel", 9, 9);
            p.availability.load.recent = 1;
            p
        })
        .collect();
    people.push(person("quiet", "Q", "", &["Excel"]));
    let skills = ["Excel".to_owned()];
    let found = route(
        &Ask {
            skills: &skills,
            ..Ask::default()
        },
        &index(people),
        now(),
    );
    assert!(ids(&found)[..PROPOSED].contains(&"quiet"), "{found:?}");
}

#[test]
fn not_everyone_of_one_team() {
    let mut people: Vec<Person> = (0..6)
        .map(|n| {
            let mut p = shown(
                person(&format!("it{n}"), "I", "", &["Excel"]),
                "Excel",
                5,
                5,
            );
            p.team = "IT".into();
            p
        })
        .collect();
    let mut other = shown(person("fin", "F", "", &["Excel"]), "Excel", 4, 4);
    other.team = "Finance".into();
    people.push(other);
    let skills = ["Excel".to_owned()];
    let found = route(
        &Ask {
            skills: &skills,
            ..Ask::default()
        },
        &index(people),
        now(),
    );
    assert!(ids(&found)[..PROPOSED].contains(&"fin"), "{found:?}");
}

#[test]
fn nearness_is_told() {
    let mut asker = person("me", "Me", "", &["Excel"]);
    asker.place = "Lyon".into();
    let mut near = person("near", "N", "", &["Excel"]);
    near.place = "LYON".into();
    near.languages = vec!["fr-FR".into()];
    let mut far = person("far", "F", "", &["Excel"]);
    far.place = "Kraków".into();
    far.languages = vec!["pl".into()];
    let skills = ["Excel".to_owned()];
    let ask = Ask {
        skills: &skills,
        asker: Some(&asker),
        language: Some("fr"),
        ..Ask::default()
    };
    let found = route(&ask, &index(vec![asker.clone(), near, far]), now());
    assert_eq!(ids(&found), ["near", "far"]);
    assert!(found[0].reasons.contains(&Reason::SamePlace("LYON".into())));
    assert!(found[0].reasons.contains(&Reason::Speaks("fr".into())));
}

#[test]
fn another_question_spreads_to_others() {
    let people = (0..40)
        .map(|n| person(&format!("p{n:02}"), "P", "", &["Excel"]))
        .collect();
    let index = index(people);
    let skills = ["Excel".to_owned()];
    let mut first: Vec<String> = Vec::new();
    for n in 0..30 {
        let question = format!("question {n}");
        let ask = Ask {
            question: &question,
            skills: &skills,
            ..Ask::default()
        };
        first.push(route(&ask, &index, now())[0].person.to_string());
    }
    first.sort();
    first.dedup();
    assert!(first.len() > 10, "the same few are asked first: {first:?}");
}

fn anyone() -> impl Strategy<Value = Person> {
    let skills = prop::collection::vec(
        (
            prop::sample::select(vec!["Excel", "SAP", "Soudure", "C"]),
            0_u32..6,
            0_u32..6,
        ),
        0..4,
    );
    let state = (0_u8..4, 0_u32..6, 0_u32..6, prop::option::of(0_u32..5));
    let place = prop::sample::select(vec!["", "Lyon", "Wien"]);
    (0_u8..20, skills, state, place).prop_map(
        |(id, skills, (presence, open, recent, limit), place)| {
            let mut p = person(&format!("p{id:02}"), "P", "Expert SAP", &[]);
            for (name, accepted, thanks) in skills {
                if p.skill(name).is_none() {
                    let mut s = crate::model::PersonSkill::declared(name).unwrap();
                    s.evidence = Evidence { accepted, thanks };
                    p.skills.push(s);
                }
            }
            p.availability.presence = match presence {
                0 => Presence::Available,
                1 => Presence::Busy,
                2 => Presence::Away,
                _ => Presence::Unknown,
            };
            p.availability.load = Load {
                open,
                recent,
                weekly_limit: limit,
            };
            p.place = place.into();
            p.team = place.into();
            p
        },
    )
}

proptest! {
    #[test]
    fn bounds_hold(people in prop::collection::vec(anyone(), 0..20), question in "(Excel |SAP |c |\\PC){0,10}") {
        let index = index(people);
        let skills = ["Excel".to_owned(), "C".to_owned()];
        let asker = index.people().first().cloned();
        let exclude: Vec<PersonId> = index.people().iter().skip(1).take(1).map(|p| p.id.clone()).collect();
        let ask = Ask {
            question: &question,
            skills: &skills,
            asker: asker.as_deref(),
            exclude: &exclude,
            ..Ask::default()
        };
        let found = route(&ask, &index, now());
        prop_assert!(found.len() <= MOST_CANDIDATES);
        for c in &found {
            let p = index.get(&c.person).unwrap();
            prop_assert!(p.availability.can_be_asked());
            prop_assert!(Some(&p.id) != asker.as_ref().map(|a| &a.id) && !exclude.contains(&p.id));
            prop_assert!(c.score.is_finite() && c.score > 0.0);
            let knowing = matches!(
                c.reasons.first(),
                Some(Reason::Shown { .. } | Reason::Declared { .. } | Reason::Related { .. } | Reason::Title { .. })
            );
            prop_assert!(knowing);
        }
        prop_assert_eq!(&found, &route(&ask, &index, now()));
    }

    #[test]
    fn more_evidence_never_lowers_the_rank(
        people in prop::collection::vec(anyone(), 1..20), who: prop::sample::Index, more in 1_u32..9, accepted: bool,
    ) {
        let mut index = index(people);
        let skills = ["Excel".to_owned()];
        let ask = Ask { question: "q", skills: &skills, ..Ask::default() };
        let mut p = (**who.get(index.people())).clone();
        let rank = |index: &Index| route(&ask, index, now()).iter().position(|c| c.person == p.id).unwrap_or(usize::MAX);
        let before = rank(&index);
        let mut better = p.clone();
        if let Some(skill) = better.skills.iter_mut().find(|s| s.name == "Excel") {
            let e = &mut skill.evidence;
            *(if accepted { &mut e.accepted } else { &mut e.thanks }) += more;
        }
        index.upsert(better.into());
        prop_assert!(rank(&index) <= before);
        p.skills.clear();
    }
}
