//! No file makes the import panic, and what it gives is sound and accounted for.

use entraide_server::import::{self, FindingKind};
use proptest::prelude::*;
use std::collections::HashSet;

const EXPORT: &[u8] = include_bytes!("fixtures/effectifs.csv");

/// Everything imported has a unique identifier and a name, and nothing outgrows its bounds.
fn check(bytes: &[u8]) {
    let Ok(import) = import::read(bytes, &[]) else {
        return;
    };
    let mut ids = HashSet::new();
    for person in &import.people {
        assert!(ids.insert(person.id.clone()));
        assert!(person.name.chars().any(char::is_alphanumeric));
        assert!(person.name.chars().count() <= 120);
        let mut keys = HashSet::new();
        for skill in &person.skills {
            assert!(skill.name.chars().count() <= 120 && !skill.name.contains(['\n', '"']));
            assert!(keys.insert(entraide::model::skill_key(&skill.name)));
        }
    }
    let lines = bytes.len() as u64 + 1;
    assert!(
        import
            .findings
            .iter()
            .all(|f| (1..=lines).contains(&f.line))
    );
    assert!(import.findings.is_sorted_by_key(|f| f.line));
    let _ = import.to_string();
}

/// Names as people have them where Windows-1252 was used.
const WESTERN: &[&str] = &[
    "Hélène Lefèvre",
    "François Müller",
    "Ana Muñoz",
    "Jörg Weiß",
    "Élodie Bérénger",
    "Inès Gonçalves",
    "Aïcha Benoît",
    "Søren Kjær",
    "João Magalhães",
    "Gaëlle Prévost",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&bytes);
    }

    #[test]
    fn any_bytes_below_a_header(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&[b"Matricule;Nom;Langues;Comp\xE9tences;Date d'entr\xE9e\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn mutated_exports(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..60)) {
        let mut bytes = EXPORT.to_vec();
        for (at, byte, how) in edits {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => { bytes.remove(at); }
            }
        }
        check(&bytes);
    }

    #[test]
    fn mutated_structure(edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b";\"\n\r,/=?<".to_vec())), 1..40)) {
        let mut bytes = EXPORT.to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes.insert(at, byte);
        }
        check(&bytes);
    }

    #[test]
    fn mutated_json(edits in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"[]{}\",:1 \\n".to_vec())), 0..6)) {
        let mut bytes = br#"{"users":[{"id":"1","name":{"givenName":"A","familyName":"B"},"skills":["C",{"name":"D"}]},
            {"id":2,"displayName":"X","emails":[{"value":"x@y.z"}]}]}"#.to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(&bytes);
    }

    /// A sound table comes back as it was, whatever the delimiter and the encoding. In eight bits
    /// `è` and `č` are one byte, and only names that people have tell which it is.
    #[test]
    fn sound_tables_come_back(
        names in proptest::collection::vec("[A-Z][a-zéèçüñ]{1,8} [A-Z][a-zéèçüñ]{2,8}", 1..30),
        delimiter in prop::sample::select(vec![';', ',', '\t', '|']),
        western in proptest::collection::vec(prop::sample::select(WESTERN.to_vec()), 3..30),
        utf_8 in any::<bool>(),
    ) {
        let names: Vec<&str> = if utf_8 { names.iter().map(String::as_str).collect() } else { western };
        let mut text = format!("Employee ID{delimiter}Full name{delimiter}Skills\r\n");
        for (n, name) in names.iter().enumerate() {
            text.push_str(&format!("{n}{delimiter}{name}{delimiter}\"Excel ; C++, C#\"\r\n").replace("; C++, C#", "; C++"));
        }
        let bytes = if utf_8 { text.clone().into_bytes() } else { encoding_rs::WINDOWS_1252.encode(&text).0.into_owned() };
        let import = import::read(&bytes, &[]).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let read: Vec<&str> = import.people.iter().map(|p| p.name.as_str()).collect();
        prop_assert_eq!(read, names);
        prop_assert!(import.people.iter().all(|p| p.skills.len() == 2));
        prop_assert_eq!(import.count(FindingKind::Rejected) + import.count(FindingKind::Dropped), 0);
    }
}

/// Twice the file may take about twice the time, not four times: a hostile file of each kind
/// that could be slow is read at two sizes.
#[test]
fn time_grows_with_length_only() {
    let unit = |kind: usize, n: usize| -> Vec<u8> {
        match kind {
            0 => [b"id;name;skills\n".as_slice(), &b"1;\"a;b\n".repeat(n)].concat(),
            1 => [
                b"id;name;skills\n1;A;\"".as_slice(),
                &b"a,b/c,".repeat(n),
                b"\"\n",
            ]
            .concat(),
            2 => [b"id;name;skills\n1;A;".as_slice(), &b"(".repeat(n)].concat(),
            _ => [
                b"[{\"id\":1,\"name\":\"A\",\"skills\":[\"a\"".as_slice(),
                &b",\"b\",\"c1\"".repeat(n),
                b"]}]",
            ]
            .concat(),
        }
    };
    for kind in 0..4 {
        let time = |n: usize| {
            let bytes = unit(kind, n);
            let start = std::time::Instant::now();
            let _ = import::read(&bytes, &[]);
            start.elapsed().as_secs_f64()
        };
        let small = (0..3).map(|_| time(4_000)).fold(f64::MAX, f64::min);
        let large = (0..3).map(|_| time(16_000)).fold(f64::MAX, f64::min);
        assert!(
            large < small * 10.0 + 0.05,
            "kind {kind}: {small} s, four times as long {large} s"
        );
    }
}
