//! Searching by examples that a person understands.

use super::{Field, Filters, Index, Match, MatchKind, Query, Results};
use crate::model::{Evidence, Person, PersonId, PersonSkill, Presence};
use std::sync::Arc;

fn person(name: &str, title: &str, team: &str, place: &str, skills: &[&str]) -> Person {
    let id = if name.is_empty() || name.len() > 100 {
        "x"
    } else {
        name
    };
    let mut p = Person::named(PersonId::new(id).unwrap(), name);
    (p.title, p.team, p.place) = (title.into(), team.into(), place.into());
    p.skills = skills
        .iter()
        .filter_map(|s| PersonSkill::declared(s))
        .collect();
    p.availability.presence = Presence::Available;
    p
}

fn company() -> Index {
    let mut all = vec![
        person(
            "Élodie Lefèvre",
            "Comptable générale",
            "Finance",
            "Lyon",
            &["Excel", "SAP FI", "TVA"],
        ),
        person(
            "Anna D'Angelo",
            "Juriste",
            "Legal",
            "Paris",
            &["Droit du travail", "RGPD"],
        ),
        person(
            "Yann Le Goff",
            "Soudeur",
            "Atelier",
            "Lyon",
            &["Soudure à l'arc", "Soudure alu", "5S"],
        ),
        person(
            "Jean-Pierre Roux",
            "Développeur",
            "IT",
            "Lyon",
            &["C", "C++", "Node.js"],
        ),
        person(
            "Ola Łukasik",
            "Developer",
            "IT",
            "Kraków",
            &["C#", ".NET", "Comptabilité"],
        ),
        person(
            "Cécile Martin",
            "Chef de projet",
            "IT",
            "Paris",
            &["Communication", "Excel", "Power BI"],
        ),
        person(
            "Bo Chen",
            "Analyst",
            "R&D",
            "Paris",
            &["R", "Python", "ISO 9001", "Excellence"],
        ),
        person("山田太郎", "経理部長", "東京本社", "東京都", &["会計監査"]),
        person("สมชาย ใจดี", "บัญชี", "การเงิน", "กรุงเทพ", &["งบการเงิน"]),
        person(
            "مُحَمَّد الأحمد",
            "مدير المشاريع",
            "إدارة",
            "الرباط",
            &["محاسبة"],
        ),
    ];
    all[4].languages = vec!["pl".into(), "de-AT".into()];
    all[1].wants = vec!["Excel".into()];
    Index::build(all.into_iter().map(Arc::new).collect())
}

fn find(index: &Index, text: &str) -> Results {
    index.search(&Query {
        text: text.into(),
        ..Query::default()
    })
}

fn names(index: &Index, found: &Results) -> Vec<String> {
    found
        .hits
        .iter()
        .map(|h| index.people()[h.person as usize].name.clone())
        .collect()
}

fn first(text: &str) -> Option<String> {
    let index = company();
    let found = find(&index, text);
    assert!(!found.partial, "{text}");
    names(&index, &found).first().cloned()
}

#[test]
fn people_are_found_as_they_are_typed() {
    for (text, name) in [
        ("elodie", "Élodie Lefèvre"),
        ("ÉLODIE LEF", "Élodie Lefèvre"),
        ("lefevre elodie", "Élodie Lefèvre"),
        ("E\u{301}lodie", "Élodie Lefèvre"),
        ("e.l", "Élodie Lefèvre"),
        ("e lefevre", "Élodie Lefèvre"),
        ("é. lefèvre", "Élodie Lefèvre"),
        ("e.lefevre", "Élodie Lefèvre"),
        ("elodei", "Élodie Lefèvre"),
        ("lefebre", "Élodie Lefèvre"),
        ("d'angelo", "Anna D'Angelo"),
        ("d’angelo", "Anna D'Angelo"),
        ("dangelo", "Anna D'Angelo"),
        ("d angelo", "Anna D'Angelo"),
        ("angelo", "Anna D'Angelo"),
        ("le goff", "Yann Le Goff"),
        ("legoff", "Yann Le Goff"),
        ("jean pierre", "Jean-Pierre Roux"),
        ("jeanpi", "Jean-Pierre Roux"),
        ("jean-pierre r", "Jean-Pierre Roux"),
        ("lukasik", "Ola Łukasik"),
        ("krakow", "Ola Łukasik"),
        ("german", "Ola Łukasik"),
        ("polonais", "Ola Łukasik"),
    ] {
        assert_eq!(first(text).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn skills_of_signs_are_told_apart() {
    for (text, name) in [
        ("c", "Jean-Pierre Roux"),
        ("C++", "Jean-Pierre Roux"),
        ("c#", "Ola Łukasik"),
        (".net", "Ola Łukasik"),
        ("dotnet", "Ola Łukasik"),
        ("net", "Ola Łukasik"),
        ("node.js", "Jean-Pierre Roux"),
        ("nodejs", "Jean-Pierre Roux"),
        ("node js", "Jean-Pierre Roux"),
        ("R", "Bo Chen"),
        ("r&d", "Bo Chen"),
        ("iso9001", "Bo Chen"),
        ("ISO 9001", "Bo Chen"),
        ("5s", "Yann Le Goff"),
        ("sap fi", "Élodie Lefèvre"),
        ("sapfi", "Élodie Lefèvre"),
        ("powerbi", "Cécile Martin"),
        ("soudure l'arc", "Yann Le Goff"),
        ("soudure arc", "Yann Le Goff"),
        ("soudrue alu", "Yann Le Goff"),
    ] {
        assert_eq!(first(text).as_deref(), Some(name), "{text}");
    }
    let index = company();
    assert_eq!(find(&index, "C++").hits.len(), 1);
    assert_eq!(find(&index, "c#").hits.len(), 1);
    // C alone comes first, then all that begins with it.
    assert!(find(&index, "c").hits.len() > 4);
}

#[test]
fn other_scripts_are_found_by_any_part() {
    for (text, name) in [
        ("山田", "山田太郎"),
        ("太郎", "山田太郎"),
        ("郎", "山田太郎"),
        ("京都", "山田太郎"),
        ("監査", "山田太郎"),
        ("งบการ", "สมชาย ใจดี"),
        ("เงิน", "สมชาย ใจดี"),
        ("محمد", "مُحَمَّد الأحمد"),
        ("محاسبه", "مُحَمَّد الأحمد"),
        ("مشاريع المدير", "مُحَمَّد الأحمد"),
        ("احمد محمد", "مُحَمَّد الأحمد"),
    ] {
        let index = company();
        let found = names(&index, &find(&index, text));
        assert_eq!(found.first().map(String::as_str), Some(name), "{text}");
    }
}

#[test]
fn exact_before_prefix_before_typo() {
    let index = Index::build(
        [
            person("A", "", "", "", &["Excellence"]),
            person("B", "", "", "", &["Exxcel"]),
            person("C", "", "", "", &["Excel"]),
        ]
        .into_iter()
        .map(Arc::new)
        .collect(),
    );
    assert_eq!(names(&index, &find(&index, "excel")), ["C", "A", "B"]);
    assert_eq!(names(&index, &find(&index, "xyz")), Vec::<String>::new());
}

#[test]
fn evidence_and_availability_decide_between_equals() {
    let mut all: Vec<Person> = ["A", "B", "C", "D"]
        .iter()
        .map(|n| person(n, "", "", "", &["Excel"]))
        .collect();
    all[1].availability.presence = Presence::Away;
    all[2].skills[0].evidence = Evidence {
        accepted: 4,
        thanks: 2,
    };
    let index = Index::build(all.into_iter().map(Arc::new).collect());
    assert_eq!(names(&index, &find(&index, "excel")), ["C", "A", "D", "B"]);
    assert_eq!(names(&index, &find(&index, "")), ["A", "C", "D", "B"]);
}

#[test]
fn those_who_know_come_before_those_who_want_to() {
    let index = company();
    let found = names(&index, &find(&index, "excel"));
    assert_eq!(found[..2], ["Cécile Martin", "Élodie Lefèvre"]);
    assert_eq!(found[2], "Anna D'Angelo");
}

#[test]
fn where_nobody_matches_all_words_the_best_come_and_it_is_said() {
    let index = company();
    let found = find(&index, "someone who can do RGPD and bungee");
    assert!(found.partial);
    assert_eq!(names(&index, &found), ["Anna D'Angelo"]);
    assert!(find(&index, "bungee").hits.is_empty());
}

#[test]
fn phrases_exclusions_and_typed_filters() {
    let index = company();
    let found = |text: &str| names(&index, &find(&index, text));
    assert_eq!(found("\"droit du travail\""), ["Anna D'Angelo"]);
    assert!(
        find(&index, "\"travail du droit\"").partial || found("\"travail du droit\"").is_empty()
    );
    assert_eq!(found("\"chef de pro"), ["Cécile Martin"]);
    assert_eq!(
        found("excel -juriste -team:finance"),
        ["Cécile Martin", "Bo Chen"]
    );
    assert_eq!(found("team:it place:lyon"), ["Jean-Pierre Roux"]);
    assert_eq!(found("skill:c"), ["Jean-Pierre Roux"]);
    assert_eq!(found("skill:soud"), ["Yann Le Goff"]);
    assert_eq!(found("équipe:\"R&D\""), ["Bo Chen"]);
    assert_eq!(found("compétence:excel martin"), ["Cécile Martin"]);
}

#[test]
fn facets_count_as_if_each_were_free() {
    let index = company();
    let filters = Filters {
        teams: vec!["it".into()],
        places: vec!["Lyon".into(), "Paris".into()],
        ..Filters::default()
    };
    let found = index.search(&Query {
        text: String::new(),
        filters,
    });
    assert_eq!(names(&index, &found), ["Cécile Martin", "Jean-Pierre Roux"]);
    let count = |facet: &[super::FacetCount], value: &str| {
        facet
            .iter()
            .find(|f| &*f.value == value)
            .map(|f| (f.count, f.selected))
    };
    assert_eq!(count(&found.facets.teams, "IT"), Some((2, true)));
    assert_eq!(count(&found.facets.teams, "Finance"), Some((1, false)));
    assert_eq!(count(&found.facets.places, "Kraków"), Some((1, false)));
    assert_eq!(count(&found.facets.places, "Lyon"), Some((1, true)));
    assert_eq!(count(&found.facets.skills, "Excel"), Some((1, false)));
    assert_eq!(count(&found.facets.skills, "TVA"), None);
    assert_eq!(found.facets.presence, [(Presence::Available, 2)]);
}

#[test]
fn picked_values_that_nobody_has_stay_visible() {
    let index = company();
    let filters = Filters {
        skills: vec!["Excel".into(), "Jonglage".into()],
        ..Filters::default()
    };
    let found = index.search(&Query {
        text: String::new(),
        filters,
    });
    assert!(found.hits.is_empty());
    let selected: Vec<&str> = found
        .facets
        .skills
        .iter()
        .filter(|f| f.selected)
        .map(|f| &*f.value)
        .collect();
    assert_eq!(selected, ["Excel", "Jonglage"]);
}

fn marked(value: &str, m: &Match) -> String {
    let mut out = String::new();
    let mut end = 0;
    for span in &m.spans {
        out.push_str(&value[end..span.start]);
        out.push_str(&format!("[{}]", &value[span.clone()]));
        end = span.end;
    }
    out.push_str(&value[end..]);
    out
}

#[test]
fn highlights_what_was_typed() {
    for (name, skill, text, want) in [
        ("Élodie Lefèvre", "", "elo", "[Élo]die Lefèvre"),
        ("E\u{301}lodie", "", "e", "[E\u{301}]lodie"),
        ("Élodie Lefèvre", "", "lefevre e", "[É]lodie [Lefèvre]"),
        ("Yann Le Goff", "", "legof", "Yann [Le Gof]f"),
        ("", "Œuvre", "oeu", "[Œu]vre"),
        ("", "Œuvre", "o", "[Œ]uvre"),
        ("", "Straße", "stras", "[Straß]e"),
        ("", "ISO 9001", "iso90", "[ISO 90]01"),
        ("", "Soudure à l'arc", "larc", "Soudure à [l'arc]"),
        ("", "C++", "c+", "[C+]+"),
        ("", ".NET", ".n", "[.N]ET"),
        ("", "Kubernetes", "kuberntes", "[Kubernetes]"),
        ("", "東京都庁", "京都", "東[京都]庁"),
        ("", "東京都庁", "東京都", "[東京都]庁"),
        (
            "",
            "Droit du travail",
            "\"droit du tra",
            "[Droit] [du] [tra]vail",
        ),
    ] {
        let p = person(name, "", "", "", &[skill]);
        let index = Index::build(vec![Arc::new(p)]);
        let query = Query {
            text: text.into(),
            ..Query::default()
        };
        let matches = index.explain(&query, 0);
        let value = if skill.is_empty() { name } else { skill };
        assert_eq!(matches.len(), 1, "{text}: {matches:?}");
        assert_eq!(marked(value, &matches[0]), want, "{text}");
    }
}

#[test]
fn says_where_and_how() {
    let index = company();
    let query = Query {
        text: "excel anna".into(),
        ..Query::default()
    };
    let found = index.search(&query);
    let matches = index.explain(&query, found.hits[0].person);
    let told: Vec<(Field, MatchKind)> = matches.iter().map(|m| (m.field, m.kind)).collect();
    assert_eq!(
        told,
        [
            (Field::Wants, MatchKind::Exact),
            (Field::Name, MatchKind::Exact)
        ]
    );
    assert!(index.explain(&query, 9_999).is_empty());

    let filters = Filters {
        skills: vec!["excel".into()],
        ..Filters::default()
    };
    let query = Query {
        text: String::new(),
        filters,
    };
    let found = index.search(&query);
    let matches = index.explain(&query, found.hits[0].person);
    assert_eq!(matches[0].field, Field::SkillDeclared);
    assert_eq!(marked("Excel", &matches[0]), "[Excel]");
}

#[test]
fn hostile_texts_are_only_texts() {
    let long = "a".repeat(100_000);
    let mut p = person(&long, &"é ".repeat(50_000), "\u{202E}", "", &[]);
    p.about = "x-".repeat(60_000);
    p.skills = (0..5_000)
        .filter_map(|n| PersonSkill::declared(&format!("skill {n}")))
        .collect();
    let index = Index::build(vec![Arc::new(p)]);
    for text in [
        long.as_str(),
        &"\"".repeat(1_000),
        &"a b ".repeat(2_000),
        "-",
        "skill:",
        ":::",
        "\0",
        "🎸",
    ] {
        let _ = find(&index, text);
    }
    assert_eq!(find(&index, "aaaa").hits.len(), 1);
    assert_eq!(find(&index, "skill 4").hits.len(), 1);
}

#[test]
fn a_phrase_may_go_through_words_written_together() {
    // "e-'é" is also "ee", which stands before "é" as "e" does, and is read after it.
    let index = Index::build(vec![person("e-'é é", "", "", "", &[]).into()]);
    let query = Query {
        text: "\"éé é#É".into(),
        ..Query::default()
    };
    assert_eq!(index.search(&query).hits.len(), 1);
    assert!(!index.explain(&query, 0).is_empty());
}

#[test]
fn a_language_is_found_by_its_names_and_not_by_its_tag() {
    let mut anna = person("Anna", "", "", "", &[]);
    anna.languages = vec!["de-AT".to_owned(), "tlh".to_owned()];
    let jean = person("Jean", "Contrôle de gestion", "", "", &[]);
    let index = Index::build(vec![anna.into(), jean.into()]);
    for (text, found) in [
        ("allemand", vec!["Anna"]),
        ("german", vec!["Anna"]),
        ("tlh", vec!["Anna"]),
        ("de gestion", vec!["Jean"]),
        ("de", vec!["Jean", "Anna"]),
        ("at", vec![]),
    ] {
        assert_eq!(names(&index, &find(&index, text)), found, "{text}");
    }
    // In quotes too, and told as the language that it is.
    let query = Query {
        text: "\"german\"".to_owned(),
        ..Query::default()
    };
    let why = index.explain(&query, 0);
    assert_eq!(why.len(), 1);
    assert_eq!((why[0].field, &why[0].spans[0]), (Field::Language, &(0..5)));
}
