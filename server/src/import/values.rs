//! Single values: what is an e-mail address, a language, a time zone, a formula.

use entraide::model::skill_key;

/// What a cell of a spreadsheet holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Nothing, or a word for nothing ("NULL", "#N/A").
    Empty,
    /// Text to be read.
    Text(&'a str),
    /// A formula or an error value, which is not what it stands for: the reason to drop it.
    Unusable(&'static str),
}

/// Looks at a raw cell. `="00123"`, by which exports keep leading zeros, is its text. Formulas
/// are told by the signs that OWASP's "CSV Injection" lists; a plus, a minus or an at sign is
/// one only where a call or a command follows, since phone numbers and bullets start so, too.
pub(super) fn look_at(raw: &str) -> Value<'_> {
    let text = raw.trim();
    if let Some(inner) = text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"'))
        && !inner.contains('"')
    {
        return if inner.trim().is_empty() {
            Value::Empty
        } else {
            Value::Text(inner.trim())
        };
    }
    match text {
        "" | "NULL" | "null" | "(null)" | "\\N" | "N/A" | "n/a" | "#N/A" | "#N/D" | "#NV" | "-"
        | "--" | "—" | "?" => {
            return Value::Empty;
        }
        _ => {}
    }
    if text.starts_with('=') {
        return Value::Unusable("a formula");
    }
    let called = text
        .find('(')
        .is_some_and(|at| text[..at].ends_with(|c: char| c.is_ascii_alphabetic()));
    if text.starts_with(['+', '-', '@'])
        && (text.contains("|'") || (called && !text.starts_with("- ")))
    {
        return Value::Unusable("a formula");
    }
    let error = text.starts_with('#') && text.len() < 12 && text.ends_with(['!', '?']);
    if error {
        Value::Unusable("an error value of a spreadsheet")
    } else {
        Value::Text(text)
    }
}

/// An e-mail address, out of `mailto:` and `Name <address>`; `None` where it is none. Checked
/// is what every deliverable address has (RFC 5321), not more.
pub(super) fn email(raw: &str) -> Option<&str> {
    let raw = raw.trim();
    let inner = match (raw.rfind('<'), raw.ends_with('>')) {
        (Some(at), true) => &raw[at + 1..raw.len() - 1],
        _ => raw,
    };
    let address = match inner.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &inner[7..],
        _ => inner,
    };
    let (local, domain) = address.split_once('@')?;
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"\"<>()[],;:\\".contains(c);
    let dots =
        |s: &str| !s.is_empty() && !s.starts_with('.') && !s.ends_with('.') && !s.contains("..");
    let labels = domain
        .split('.')
        .all(|l| l.chars().all(|c| c.is_alphanumeric() || c == '-') && !l.starts_with('-'));
    (address.len() <= 254
        && local.len() <= 64
        && address.chars().all(sound)
        && dots(local)
        && dots(domain)
        && labels
        && domain.contains('.'))
    .then_some(address)
}

/// Names of languages, folded, in French, English, German, Spanish and in themselves, with
/// their BCP 47 tags.
const LANGUAGES: [(&str, &[&str]); 34] = [
    ("fr", &["francais", "french", "franzosisch", "frances"]),
    ("en", &["anglais", "english", "englisch", "ingles"]),
    ("de", &["allemand", "german", "deutsch", "aleman"]),
    (
        "es",
        &["espagnol", "spanish", "spanisch", "espanol", "castellano"],
    ),
    ("it", &["italien", "italian", "italienisch", "italiano"]),
    (
        "pt",
        &["portugais", "portuguese", "portugiesisch", "portugues"],
    ),
    (
        "nl",
        &[
            "neerlandais",
            "dutch",
            "niederlandisch",
            "neerlandes",
            "holandes",
            "nederlands",
            "flamand",
        ],
    ),
    (
        "pl",
        &["polonais", "polish", "polnisch", "polaco", "polski"],
    ),
    (
        "cs",
        &["tcheque", "czech", "tschechisch", "checo", "cestina"],
    ),
    (
        "sk",
        &["slovaque", "slovak", "slowakisch", "eslovaco", "slovencina"],
    ),
    (
        "hu",
        &["hongrois", "hungarian", "ungarisch", "hungaro", "magyar"],
    ),
    (
        "ro",
        &["roumain", "romanian", "rumanisch", "rumano", "romana"],
    ),
    ("bg", &["bulgare", "bulgarian", "bulgarisch", "bulgaro"]),
    ("el", &["grec", "greek", "griechisch", "griego"]),
    (
        "sv",
        &["suedois", "swedish", "schwedisch", "sueco", "svenska"],
    ),
    ("da", &["danois", "danish", "danisch", "danes", "dansk"]),
    (
        "no",
        &["norvegien", "norwegian", "norwegisch", "noruego", "norsk"],
    ),
    (
        "fi",
        &["finnois", "finnish", "finnisch", "finlandes", "suomi"],
    ),
    ("ru", &["russe", "russian", "russisch", "ruso"]),
    ("uk", &["ukrainien", "ukrainian", "ukrainisch", "ucraniano"]),
    ("tr", &["turc", "turkish", "turkisch", "turco", "turkce"]),
    ("ar", &["arabe", "arabic", "arabisch"]),
    ("he", &["hebreu", "hebrew", "hebraisch", "hebreo"]),
    (
        "zh",
        &["chinois", "chinese", "chinesisch", "chino", "mandarin"],
    ),
    ("ja", &["japonais", "japanese", "japanisch", "japones"]),
    ("ko", &["coreen", "korean", "koreanisch", "coreano"]),
    (
        "vi",
        &["vietnamien", "vietnamese", "vietnamesisch", "vietnamita"],
    ),
    ("hi", &["hindi"]),
    ("ca", &["catalan", "katalanisch", "catala"]),
    ("eu", &["basque", "baskisch", "euskera", "euskara"]),
    ("br", &["breton", "bretonisch", "brezhoneg"]),
    (
        "hr",
        &["croate", "croatian", "kroatisch", "croata", "hrvatski"],
    ),
    ("sr", &["serbe", "serbian", "serbisch", "serbio"]),
    ("fsl", &["langue des signes", "lsf"]),
];

/// The BCP 47 tag of a language that is named by its tag, or by its name with anything behind
/// it ("Anglais (courant)", "English C1", "en-GB"); `None` where it is unknown.
pub(super) fn language(raw: &str) -> Option<String> {
    let text = raw.trim();
    let folded = skill_key(text);
    if let Some((tag, _)) = LANGUAGES
        .iter()
        .find(|(_, names)| names.iter().any(|name| starts_with_word(&folded, name)))
    {
        return Some((*tag).to_owned());
    }
    let mut parts = text.split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    if !LANGUAGES.iter().any(|(tag, _)| *tag == primary) {
        return None;
    }
    match (parts.next(), parts.next()) {
        (None, _) => Some(primary),
        (Some(region), None)
            if region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            Some(format!("{primary}-{}", region.to_ascii_uppercase()))
        }
        _ => None,
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// An IANA time zone: as it is where it has that shape, and for the commonest names that
/// Windows gives to zones (Unicode CLDR, `windowsZones.xml`).
pub(super) fn time_zone(raw: &str) -> Option<&str> {
    const AREAS: [&str; 11] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
        "Etc",
    ];
    const WINDOWS: [(&str, &str); 10] = [
        ("Romance Standard Time", "Europe/Paris"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Central Europe Standard Time", "Europe/Budapest"),
        ("Central European Standard Time", "Europe/Warsaw"),
        ("GMT Standard Time", "Europe/London"),
        ("E. Europe Standard Time", "Europe/Chisinau"),
        ("GTB Standard Time", "Europe/Bucharest"),
        ("Eastern Standard Time", "America/New_York"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("China Standard Time", "Asia/Shanghai"),
    ];
    let text = raw.trim();
    if matches!(text, "UTC" | "GMT") {
        return Some("UTC");
    }
    if let Some((_, zone)) = WINDOWS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text))
    {
        return Some(zone);
    }
    let (area, city) = text.split_once('/')?;
    let city_is_sound = city.starts_with(|c: char| c.is_ascii_alphabetic())
        && city.len() < 40
        && city
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-+/".contains(&b));
    (AREAS.contains(&area) && city_is_sound).then_some(text)
}

/// Whether a text looks like HTML or XML: worth a note, since it is drawn as the text it is.
pub(super) fn has_markup(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let after = rest.strip_prefix('/').unwrap_or(rest);
        after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_seen_and_text_is_not_taken_for_one() {
        for bad in [
            "=1+1",
            " =HYPERLINK(\"http://x\";\"y\")",
            "+cmd|' /C calc'!A0",
            "@SUM(1)",
            "-SUM(A1)",
            "=\"a\"&\"b\"",
            "#REF!",
            "#NOM?",
        ] {
            assert!(matches!(look_at(bad), Value::Unusable(_)), "{bad}");
        }
        for (raw, text) in [
            ("=\"007\"", "007"),
            ("+33 1 23", "+33 1 23"),
            ("- Excel", "- Excel"),
            (" a ", "a"),
            ("@home", "@home"),
        ] {
            assert_eq!(look_at(raw), Value::Text(text));
        }
        for empty in ["", " ", "NULL", "#N/A", "-"] {
            assert_eq!(look_at(empty), Value::Empty);
        }
    }

    #[test]
    fn addresses() {
        for (raw, address) in [
            ("a.b@x.fr", "a.b@x.fr"),
            ("Jean <j@x.fr>", "j@x.fr"),
            ("mailto:j@x.fr", "j@x.fr"),
            ("j+x@sub.ex-ample.org", "j+x@sub.ex-ample.org"),
            ("zoé@exämple.fr", "zoé@exämple.fr"),
        ] {
            assert_eq!(email(raw), Some(address));
        }
        for bad in [
            "pas-d-adresse",
            "@x.fr",
            "a@",
            "a@b",
            "a@b@c.fr",
            "a b@x.fr",
            "a@x..fr",
            "a@.fr",
            ".a@x.fr",
            "a@-x.fr",
            "<script>@x.fr",
            "",
        ] {
            assert_eq!(email(bad), None, "{bad}");
        }
    }

    #[test]
    fn languages_and_zones() {
        for (raw, tag) in [
            ("Français", "fr"),
            ("anglais (courant)", "en"),
            ("ENGLISH C1", "en"),
            ("de", "de"),
            ("en-gb", "en-GB"),
            ("Español", "es"),
        ] {
            assert_eq!(language(raw).as_deref(), Some(tag));
        }
        for bad in ["klingon", "x", "", "en-x-y", "frenchy"] {
            assert_eq!(language(bad), None, "{bad}");
        }
        assert_eq!(time_zone("Europe/Paris"), Some("Europe/Paris"));
        assert_eq!(time_zone("romance standard time"), Some("Europe/Paris"));
        for bad in ["Paris", "Europe/", "Europe/<b>", "GMT+1x", ""] {
            assert_eq!(time_zone(bad), None, "{bad}");
        }
    }

    #[test]
    fn markup() {
        for yes in ["<img src=x>", "a</b>", "<!--"] {
            assert!(has_markup(yes), "{yes}");
        }
        for no in ["a < b", "<3", "5<6>4"] {
            assert!(!has_markup(no), "{no}");
        }
    }
}
