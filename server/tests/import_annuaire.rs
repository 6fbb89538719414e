//! The export of an invented company that the project was given, if it lies beside the
//! repository: the counts and lines here were worked out apart from the code under test.

use entraide::model::Timestamp;
use entraide_server::import::{self, Field, FindingKind, Format, Import};
use std::collections::BTreeSet;
use std::path::Path;

fn annuaire() -> Option<Import> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/annuaire.csv");
    match std::fs::read(&path) {
        Ok(bytes) => match import::read(&bytes, &[]) {
            Ok(import) => Some(import),
            Err(error) => panic!("{error}"),
        },
        Err(_) => {
            eprintln!(
                "\n*** SKIPPED: {} is not there, so its import is NOT tested ***\n",
                path.display()
            );
            None
        }
    }
}

fn lines(import: &Import, kind: FindingKind) -> Vec<(u64, Option<Field>)> {
    import
        .findings
        .iter()
        .filter(|f| f.kind == kind)
        .map(|f| (f.line, f.field))
        .collect()
}

#[test]
fn everybody_with_an_identifier_and_a_name() {
    let Some(import) = annuaire() else { return };
    // 1,200 numbered lines, of which one has lost its number and one has no name; the truncated
    // line at the end has both.
    assert_eq!(import.people.len(), 1_199);
    let ids: BTreeSet<String> = import.people.iter().map(|p| p.id.to_string()).collect();
    let wanted: BTreeSet<String> = (1..=1_200)
        .filter(|n| ![71, 81].contains(n))
        .map(|n| format!("M{n:05}"))
        .chain(["M99998".to_owned()])
        .collect();
    assert_eq!(ids, wanted);
}

#[test]
fn the_format_is_found() {
    let Some(import) = annuaire() else { return };
    assert_eq!(import.took.encoding, "windows-1252");
    assert_eq!(import.took.format, Format::Csv { delimiter: ';' });
    let columns: Vec<(&str, &str)> = import
        .took
        .columns
        .iter()
        .map(|(h, f)| (h.as_str(), f.map_or("", Field::name)))
        .collect();
    assert_eq!(
        columns,
        [
            ("Matricule", "id"),
            ("Nom", "family-name"),
            ("Prénom", "given-name"),
            ("Courriel", "email"),
            ("Fonction", "title"),
            ("Service", "team"),
            ("Site", "place"),
            ("Compétences", "skills"),
            ("Souhaite apprendre", "wants"),
            ("Télétravail", ""),
            ("Date d'entrée", "joined"),
        ]
    );
}

#[test]
fn every_rejected_line_and_every_dropped_value_is_reported() {
    let Some(import) = annuaire() else { return };
    assert_eq!(
        lines(&import, FindingKind::Rejected),
        [
            (73, Some(Field::Id)),
            (83, None),
            (1_207, None),
            (1_208, None)
        ]
    );
    assert_eq!(
        lines(&import, FindingKind::Dropped),
        [
            (93, Some(Field::Email)),
            (113, Some(Field::GivenName)),
            (144, Some(Field::Joined))
        ]
    );
    let noted = lines(&import, FindingKind::Noted);
    let names = noted
        .iter()
        .filter(|(_, f)| *f == Some(Field::Name))
        .count();
    // 136 names with a lost letter, one with markup.
    assert_eq!(names, 137);
    let of = |field| {
        noted
            .iter()
            .filter(|(_, f)| *f == field)
            .map(|(l, _)| *l)
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Some(Field::Id)), [404, 604]);
    assert_eq!(of(Some(Field::Skills)).len(), 3, "excel, EXCEL, Éxcel");
    assert_eq!(of(None), [2, 1_206], "the empty line, the truncated line");
    assert_eq!(noted.len(), 137 + 2 + 3 + 2);
    let report = import.to_string();
    for text in [
        "encoding: windows-1252",
        "“Télétravail” -> not taken",
        "1199 people, 4 lines rejected, 3 values dropped",
        "line 73, id: no identifier (name: “Minh Barbier”)",
        "line 1208: holds nothing but “Total : 1203 salariés”",
        "line 93, email: “pas-d-adresse” is no e-mail address",
        "line 144, joined: “31/02/2024” is no date that exists",
    ] {
        assert!(report.contains(text), "{text} is not in:\n{report}");
    }
}

#[test]
fn values_are_read() {
    let Some(import) = annuaire() else { return };
    let of = |id: &str| import.people.iter().find(|p| p.id.as_str() == id).unwrap();
    let skills = |id: &str| {
        of(id)
            .skills
            .iter()
            .map(|s| s.name.as_str())
            .collect::<Vec<_>>()
    };
    let joined = |y, m, d| Timestamp::from_date(y, m, d);

    assert_eq!(of("M00001").name, "Samira Lefèvre");
    assert_eq!(of("M00001").place, "São Paulo");
    assert_eq!(of("M00001").joined, joined(2019, 9, 1));
    assert_eq!(
        skills("M00001"),
        ["prise de parole", "droit de la concurrence", "réseaux"]
    );
    assert_eq!(of("M00002").joined, joined(2021, 2, 1));
    assert_eq!(of("M00003").name, "Ma?gorzata Pereira");
    assert_eq!(of("M00003").joined, joined(2026, 1, 3));
    assert_eq!(of("M00006").name, "Zoé D'Alençon");
    assert_eq!(of("M00006").joined, None);
    assert_eq!(of("M00008").place, "Télétravail");
    assert_eq!(of("M00011").wants, ["Teams", "document unique"]);
    assert_eq!(of("M00051").email, "");
    assert_eq!(of("M00061").skills, []);
    assert_eq!(of("M00091").email, "");
    assert_eq!(of("M00111").name, "Bouchet");
    assert_eq!(of("M00121").name, "<img src=x onerror=alert(1)> Adebayo");
    assert_eq!(
        skills("M00131"),
        ["Excel", "VBA", "soudure TIG", "droit du travail"]
    );
    assert_eq!(of("M99998").name, "Ligne Tronquée");
    assert!(
        import
            .people
            .iter()
            .all(|p| p.name.chars().any(char::is_lowercase))
    );
}

#[test]
fn skills_are_one_however_they_are_written() {
    let Some(import) = annuaire() else { return };
    let names: BTreeSet<&str> = import
        .people
        .iter()
        .flat_map(|p| p.skills.iter().map(|s| s.name.as_str()))
        .collect();
    assert_eq!(names.len(), 132);
    let excel = import
        .people
        .iter()
        .filter(|p| p.skill("EXCEL").is_some_and(|s| s.name == "Excel"))
        .count();
    assert_eq!(excel, 42);
    let wants: BTreeSet<&str> = import
        .people
        .iter()
        .flat_map(|p| p.wants.iter().map(String::as_str))
        .collect();
    assert!(wants.is_subset(&names));
}
