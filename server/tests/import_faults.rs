//! A small export of an invented company with every fault that exports have, and what the
//! import must make of it, value by value. `fixtures/effectifs.csv` is windows-1252.

use entraide::model::{Person, Timestamp};
use entraide_server::import::{self, Field, FindingKind, Format, Import, ImportError};

const EXPORT: &[u8] = include_bytes!("fixtures/effectifs.csv");

fn imported(bytes: &[u8]) -> Import {
    match import::read(bytes, &[]) {
        Ok(import) => import,
        Err(error) => panic!("{error}"),
    }
}

fn person<'a>(import: &'a Import, id: &str) -> &'a Person {
    let found = import.people.iter().find(|p| p.id.as_str() == id);
    found.unwrap_or_else(|| panic!("{id} is missing"))
}

fn skills(person: &Person) -> Vec<&str> {
    person.skills.iter().map(|s| s.name.as_str()).collect()
}

#[test]
fn how_it_was_read() {
    let import = imported(EXPORT);
    assert_eq!(import.took.encoding, "windows-1252");
    assert_eq!(import.took.format, Format::Csv { delimiter: ';' });
    let taken: Vec<&str> = import
        .took
        .columns
        .iter()
        .map(|(_, f)| f.map_or("", Field::name))
        .collect();
    let wanted = "id family-name given-name email - title team place skills wants languages \
                  time-zone joined - photo";
    let wanted: Vec<&str> = wanted
        .split(' ')
        .map(|f| if f == "-" { "" } else { f })
        .collect();
    assert_eq!(taken, wanted);
}

#[test]
fn who_was_taken_and_what_was_not() {
    let import = imported(EXPORT);
    let ids: Vec<&str> = import.people.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "A001", "A002", "A003", "A005", "A006", "A007", "A008", "A009", "0010", "A011"
        ]
    );
    let of = |kind| -> Vec<(u64, &str)> {
        let found = import.findings.iter().filter(|f| f.kind == kind);
        found
            .map(|f| (f.line, f.field.map_or("", Field::name)))
            .collect()
    };
    assert_eq!(
        of(FindingKind::Rejected),
        [(9, "id"), (10, ""), (16, ""), (19, ""), (20, "")]
    );
    assert_eq!(
        of(FindingKind::Dropped),
        [
            (5, "photo"),
            (6, "time-zone"),
            (6, "joined"),
            (6, "languages"),
            (11, "family-name"),
            (11, "email"),
            (11, "skills"),
        ]
    );
    assert_eq!(
        of(FindingKind::Noted),
        [
            (1, ""),
            (2, ""),
            (5, "skills"),
            (5, "skills"),
            (5, "place"),
            (8, "id"),
            (11, "name"),
            (12, "name"),
            (13, ""),
            (14, ""),
            (17, "name"),
            (18, ""),
        ]
    );
}

#[test]
fn what_became_of_the_values() {
    let import = imported(EXPORT);
    let day = Timestamp::from_date;

    let first = person(&import, "A001");
    assert_eq!(first.name, "Maëlle Le Goff");
    assert_eq!(first.email, "maelle.legoff@valmer.example");
    assert_eq!(
        (first.title.as_str(), first.team.as_str()),
        ("Comptable", "Comptabilité")
    );
    assert_eq!(skills(first), ["Excel", "TVA intracommunautaire", "PL/SQL"]);
    assert_eq!(first.languages, ["fr", "en"]);
    assert_eq!(first.time_zone, "Europe/Paris");
    assert_eq!(first.joined, day(2019, 4, 3));
    assert!(first.photo.is_some());

    let second = person(&import, "A002");
    assert_eq!(second.name, "Zoé D'Alençon");
    assert_eq!(second.place, "Nantes");
    assert_eq!(skills(second), ["Excel", "négociation", "Incoterms"]);
    assert_eq!(second.wants, ["Excel", "VBA"]);
    assert_eq!(second.languages, ["fr", "de"]);
    assert_eq!(second.time_zone, "Europe/Paris");
    assert_eq!(second.joined, day(2020, 2, 29));
    assert_eq!(second.photo, None);

    let later = person(&import, "A003");
    assert_eq!(later.name, "Iñaki Macdonald");
    assert_eq!(later.place, "Saint-Étienne");
    assert_eq!(later.joined, day(2023, 1, 1));

    let markup = person(&import, "A005");
    assert_eq!(markup.name, "<b>Léo</b>");
    assert_eq!((markup.email.as_str(), skills(markup).len()), ("", 0));

    assert_eq!(person(&import, "A006").name, "Pawe? Szyma?ski");
    assert_eq!(person(&import, "A006").joined, day(2021, 6, 5));
    assert_eq!(skills(person(&import, "A006")), ["Excel", "soudure MIG"]);
    let shifted = person(&import, "A007");
    assert_eq!(shifted.name, "Siobhán O’Neill");
    assert_eq!(skills(shifted), ["Excel", "droit du travail"]);
    assert_eq!(shifted.wants, ["contrats"]);
    assert_eq!(
        person(&import, "A008").name,
        "Jean \"le grand\" Paul Œuvrard"
    );
    assert_eq!(person(&import, "A008").joined, day(2018, 3, 1));
    assert_eq!(person(&import, "A009").name, "JB Peña");
    assert_eq!(
        skills(person(&import, "A009")),
        ["droit du travail", "contrats"]
    );
    assert_eq!(person(&import, "A009").joined, day(2018, 3, 1));
    assert_eq!(person(&import, "0010").name, "Anh Nguy?n");
    assert_eq!(person(&import, "A011").name, "Ligne Coupée");
}

#[test]
fn the_owner_maps_columns() {
    let text = b"Pers;Wer;Was\n1;Zo\xE9;B\xE4cker\n";
    let error = import::read(text, &[]).map(|_| ()).unwrap_err();
    assert!(matches!(&error, ImportError::NoIdentifier { columns } if columns.len() == 3));
    let map = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let overrides = [map("pers", "id"), map("Wer", "name"), map("3", "title")];
    let import = import::read(text, &overrides).unwrap();
    assert_eq!(
        (
            import.people[0].name.as_str(),
            import.people[0].title.as_str()
        ),
        ("Zoé", "Bäcker")
    );
}

#[test]
fn json_of_scim_and_of_the_native_api() {
    let scim = br#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[
 {"id":"2819","userName":"bj@x.example","name":{"givenName":"Barbara","familyName":"JENSEN"},"title":"Buyer",
  "emails":[{"value":"home@x.example"},{"value":"bj@x.example","primary":true}],"preferredLanguage":"en-GB",
  "timezone":"Europe/London","addresses":[{"locality":"Manchester"}],"photos":[{"value":"https://x.example/p.png"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Purchasing","manager":{"displayName":"Boss"}}},
 {"id":"2820","userName":"nobody"}]}"#;
    let import = imported(scim);
    assert_eq!(import.took.format, Format::Json);
    let barbara = person(&import, "2819");
    assert_eq!(barbara.name, "Barbara Jensen");
    assert_eq!(barbara.email, "bj@x.example");
    assert_eq!(
        (barbara.team.as_str(), barbara.place.as_str()),
        ("Purchasing", "Manchester")
    );
    assert_eq!(barbara.languages, ["en-GB"]);
    assert!(barbara.photo.is_some());
    assert_eq!(import.people.len(), 1);
    assert_eq!(import.findings[0].line, 6);

    let mut own = Person::named(barbara.id.clone(), "Zoé Lambert");
    own.skills
        .extend(entraide::model::PersonSkill::declared("PL/SQL, really"));
    own.wants.push("C++".to_owned());
    own.languages.push("fr".to_owned());
    own.joined = Timestamp::from_date(2020, 1, 2);
    own.time_zone = "Europe/Paris".to_owned();
    let page = serde_json::json!({"items": [own], "total": 1});
    let import = imported(page.to_string().as_bytes());
    assert_eq!(import.people, [own]);
}

#[test]
fn what_is_no_file_of_people_says_so() {
    for (bytes, words) in [
        (b"".as_slice(), "no record"),
        (b"\n\n", "no record"),
        (b"PK\x03\x04", "Excel workbook"),
        (b"{\"a\":1}", "no list of people"),
        (b"[{\"id\":1}", "broken at line 1"),
        (b"id;salary\n1;2", "--map"),
        (b"[]", "no record"),
    ] {
        let error = import::read(bytes, &[])
            .map(|_| ())
            .unwrap_err()
            .to_string();
        assert!(error.contains(words), "{error}");
    }
    let large = vec![b'a'; import::MAX_BYTES + 1];
    assert!(matches!(
        import::read(&large, &[]),
        Err(ImportError::TooLarge { .. })
    ));
}
