//! What must hold of the demo company at any moment.

use super::*;
use entraide::model::{PersonRef, Presence, RequestStatus, Visibility, skill_key};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn demo() -> (Timestamp, Company) {
    let now = at("2026-11-24T21:50:00Z");
    (now, company(now))
}

#[test]
fn the_same_moment_gives_the_same_company() {
    let (now, first) = demo();
    assert_eq!(company(now), first);
    let people = |c: &Company| {
        c.people
            .iter()
            .map(|p| (p.id.clone(), p.name.clone()))
            .collect::<Vec<_>>()
    };
    let other = company(at("2024-02-29T00:00:00Z"));
    assert_eq!(people(&other), people(&first));
}

#[test]
fn two_thousand_colleagues_in_three_languages() {
    let (now, company) = demo();
    assert_eq!(company.people.len(), 2_000);
    let ids: HashSet<_> = company.people.iter().map(|p| &p.id).collect();
    let addresses: HashSet<_> = company.people.iter().map(|p| &p.email).collect();
    assert_eq!((ids.len(), addresses.len()), (2_000, 2_000));
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for person in &company.people {
        *languages.entry(person.languages[0].as_str()).or_default() += 1;
        assert!(!person.title.is_empty() && !person.team.is_empty() && !person.place.is_empty());
        assert!(person.time_zone.starts_with("Europe/"));
        assert!(
            person.email.is_ascii()
                && !person.email.contains("..")
                && !person.email.starts_with('.'),
            "{}",
            person.email
        );
        assert!(
            (2..=14).contains(&person.skills.len()),
            "{} {:?}",
            person.name,
            person.skills
        );
        assert!(person.joined.is_some_and(|j| j < now));
        assert!(!person.about.contains(['{', '}']) && !person.name.contains('·'));
        assert!(person.wants.iter().all(|w| person.skill(w).is_none()));
        let keys: HashSet<_> = person.skills.iter().map(|s| skill_key(&s.name)).collect();
        assert_eq!(keys.len(), person.skills.len());
        assert_eq!(
            person.availability.until.is_some(),
            person.availability.presence != Presence::Available
        );
    }
    assert_eq!(
        languages.keys().copied().collect::<Vec<_>>(),
        ["de", "en", "fr"]
    );
    assert!(languages.values().all(|n| *n > 350), "{languages:?}");
    let names: HashSet<_> = company.people.iter().map(|p| &p.name).collect();
    assert!(names.len() > 1_500, "{}", names.len());
    let accents = company.people.iter().filter(|p| !p.name.is_ascii()).count();
    assert!(accents > 600, "{accents}");
}

#[test]
fn skills_have_a_long_tail() {
    let (_, company) = demo();
    let mut holders: HashMap<&str, usize> = HashMap::new();
    for skill in company.people.iter().flat_map(|p| &p.skills) {
        *holders.entry(skill.name.as_str()).or_default() += 1;
    }
    assert!((250..500).contains(&holders.len()), "{}", holders.len());
    assert!(holders["Excel"] > 300, "{}", holders["Excel"]);
    let rare = holders.values().filter(|n| **n < 12).count();
    assert!(rare > 60, "{rare}");
    let places: BTreeSet<&str> = company.people.iter().map(|p| p.place.as_str()).collect();
    let wanted = [
        "Dublin",
        "Grenoble",
        "Lyon",
        "Manchester",
        "Nantes",
        "Remote",
        "Stuttgart",
        "Wien",
    ];
    assert_eq!(places.into_iter().collect::<Vec<_>>(), wanted);
    let share = |presence| {
        company
            .people
            .iter()
            .filter(|p| p.availability.presence == presence)
            .count()
    };
    assert!(
        share(Presence::Available) > 1_500
            && share(Presence::Busy) > 150
            && share(Presence::Away) > 80
    );
}

#[test]
fn requests_are_coherent() {
    let (now, company) = demo();
    let people: HashMap<_, _> = company.people.iter().map(|p| (p.id.clone(), p)).collect();
    let known = |r: &PersonRef| people.get(&r.id).is_some_and(|p| p.to_ref() == *r);
    let mut ids = HashSet::new();
    for request in &company.requests {
        let created = request.created.unwrap();
        assert!(ids.insert(request.id.clone()));
        assert!(!request.question.is_empty() && request.question.chars().count() <= 300);
        let asker = request.asker.as_ref().unwrap();
        assert!(known(asker) && request.asked.iter().all(known));
        assert!(
            request.asked.iter().all(|a| a.id != asker.id),
            "{}",
            request.question
        );
        assert!(created >= now.plus_millis(-560 * 86_400_000) && created <= now);
        assert_eq!(request.answer_count as usize, request.answers.len());
        let mut last = created;
        for answer in &request.answers {
            assert!(ids.insert(entraide::model::RequestId::new(answer.id.as_str()).unwrap()));
            assert!(known(&answer.author) && answer.author.id != asker.id);
            let when = answer.created.unwrap();
            assert!(when >= last && when <= now);
            last = when;
        }
        assert!(request.updated.is_some_and(|u| u >= last && u <= now));
        let accepted = request.answers.iter().filter(|a| a.accepted).count();
        match request.status {
            RequestStatus::Solved => assert_eq!(
                (accepted, request.thanks.len()),
                (1, 1),
                "{}",
                request.question
            ),
            RequestStatus::Answered => assert!(accepted == 0 && !request.answers.is_empty()),
            RequestStatus::Open => assert!(request.answers.is_empty() && request.thanks.is_empty()),
            other => panic!("{other:?}"),
        }
        for thanks in &request.thanks {
            assert_eq!(&thanks.from, asker);
            assert_eq!(Some(&thanks.to), request.accepted().map(|a| &a.author));
            assert!(
                !thanks.note.is_empty() && people[&thanks.to.id].skill(&thanks.skill).is_some()
            );
        }
        assert!(request.visibility == Visibility::Open || !request.asked.is_empty());
    }
    assert!(company.requests.is_sorted_by_key(|r| r.created));
}

#[test]
fn most_questions_are_solved_by_people_who_know() {
    let (_, company) = demo();
    let of = |status| {
        company
            .requests
            .iter()
            .filter(|r| r.status == status)
            .count()
    };
    assert!(company.requests.len() >= 160, "{}", company.requests.len());
    assert!(of(RequestStatus::Solved) >= 120);
    assert!(
        (20..=30).contains(&of(RequestStatus::Open)),
        "{}",
        of(RequestStatus::Open)
    );
    assert!(of(RequestStatus::Answered) >= 10);
    let people: HashMap<_, _> = company.people.iter().map(|p| (p.id.clone(), p)).collect();
    let solved: Vec<_> = company
        .requests
        .iter()
        .filter_map(|r| r.accepted().map(|a| (r, a)))
        .collect();
    let knowing = solved.iter().filter(|(r, a)| {
        r.skills
            .iter()
            .any(|s| people[&a.author.id].skill(s).is_some())
    });
    assert_eq!(knowing.count(), solved.len());
}

#[test]
fn the_default_person_has_a_life() {
    let (_, company) = demo();
    let camille = &company.people[0];
    assert_eq!(
        (camille.id.as_str(), camille.name.as_str()),
        (DEFAULT_PERSON, "Camille Rousset")
    );
    let mine = |status| {
        company
            .requests
            .iter()
            .filter(|r| r.is_from(&camille.id) && r.status == status)
            .count()
    };
    assert!(
        mine(RequestStatus::Open) >= 2
            && mine(RequestStatus::Answered) >= 1
            && mine(RequestStatus::Solved) >= 3
    );
    let inbox = company
        .requests
        .iter()
        .filter(|r| r.status == RequestStatus::Open && r.asked.iter().any(|a| a.id == camille.id));
    assert!(inbox.count() >= 4);
    let helped = company
        .requests
        .iter()
        .filter(|r| r.accepted().is_some_and(|a| a.author.id == camille.id));
    assert!(helped.count() >= 5);
}
