//! What an import can fill in a person, and the names by which files call it.
//!
//! The names of columns stand in `headers.txt`, folded by [`fold`]; a phrase that is missing is
//! added there.

use entraide::model::skill_key;
use std::sync::LazyLock;

/// A field of a person that a column can be taken as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// What tells the person from every other.
    Id,
    /// The whole name.
    Name,
    /// Given names.
    GivenName,
    /// Family names.
    FamilyName,
    /// What they do.
    Title,
    /// Team, service, department.
    Team,
    /// Where they work.
    Place,
    /// E-mail address.
    Email,
    /// Address of a picture.
    Photo,
    /// Address of their page.
    Profile,
    /// Languages they speak.
    Languages,
    /// IANA time zone.
    TimeZone,
    /// What they can help with.
    Skills,
    /// What they want to learn.
    Wants,
    /// A few words about them.
    About,
    /// When they joined.
    Joined,
}

/// `headers.txt`: the phrases that mean each field, the surest first.
static PHRASES: LazyLock<Vec<(Field, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = || {
        let text = include_str!("headers.txt").lines();
        text.filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once(": "))
    };
    ALL.into_iter()
        .map(|field| {
            let own = lines().filter(|(name, _)| *name == field.name());
            (
                field,
                own.flat_map(|(_, phrases)| phrases.split(", ")).collect(),
            )
        })
        .collect()
});

/// Every field, in the order in which reports and messages name them.
const ALL: [Field; 16] = [
    Field::Id,
    Field::Name,
    Field::GivenName,
    Field::FamilyName,
    Field::Title,
    Field::Team,
    Field::Place,
    Field::Email,
    Field::Photo,
    Field::Profile,
    Field::Languages,
    Field::TimeZone,
    Field::Skills,
    Field::Wants,
    Field::About,
    Field::Joined,
];

/// Words that say that a column is of somebody else, or private; it is never taken unasked.
const NOT_THEIRS: &str = "manager responsable superieur superior hierarchique supervisor jefe vorgesetzter \
    vorgesetzte fuhrungskraft assistant assistante n+1 perso personnel personnelle \
    private privat personal conjoint urgence emergency notfall urgencia";

impl Field {
    /// Its name in reports and in `--map COLUMN=FIELD`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Title => "title",
            Self::Team => "team",
            Self::Place => "place",
            Self::Email => "email",
            Self::Photo => "photo",
            Self::Profile => "profile",
            Self::Languages => "languages",
            Self::TimeZone => "time-zone",
            Self::Skills => "skills",
            Self::Wants => "wants",
            Self::About => "about",
            Self::Joined => "joined",
        }
    }

    /// The field of this name, in any case and with any sign between its words.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = |s: &str| fold(s).replace(' ', "");
        let name = plain(name);
        ALL.into_iter().find(|f| plain(f.name()) == name)
    }

    /// All names, to be read by a person.
    pub(super) fn all_names() -> String {
        let mut out = ALL.map(Self::name).join(", ");
        out.push_str(", and \"ignore\" for a column that is not to be taken");
        out
    }

    /// Whether several columns may fill it together ("Skill 1", "Skill 2").
    pub(super) fn takes_many(self) -> bool {
        matches!(self, Self::Skills | Self::Wants | Self::Languages)
    }

    /// Parts of words that are enough where no phrase fits: "Compétences métier (2026)".
    fn hints(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "matricule",
                "personalnummer",
                "employee id",
                "employee number",
            ],
            Self::GivenName => &["prenom", "vorname", "first name", "given name"],
            Self::FamilyName => &[
                "nom de famille",
                "nachname",
                "surname",
                "last name",
                "apellido",
            ],
            Self::Title => &["intitule", "job title", "stellenbezeichnung"],
            Self::Email => &["courriel", "email", "e mail"],
            Self::Wants => &["apprendre", "to learn", "lernen", "aprender", "souhaite"],
            Self::Skills => &[
                "competence",
                "skill",
                "kenntnisse",
                "kompetenz",
                "competencia",
            ],
            Self::Joined => &["date d entree", "embauche", "hire date", "eintritt"],
            Self::Team => &["department", "abteilung", "departement"],
            Self::Languages => &["langues", "languages", "sprachen", "idiomas"],
            Self::TimeZone => &["fuseau", "time zone"],
            _ => &[],
        }
    }
}

/// How a header is taken: the lower, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Doubt(usize);

/// What a header's words say about its column: the field, and how sure that is. A dotted header
/// (a path in JSON) is judged by its last part, or by the part before where the last says
/// nothing by itself ("department.name").
pub(super) fn recognise(header: &str) -> Option<(Field, Doubt)> {
    let parts: Vec<String> = header
        .split('.')
        .map(fold)
        .filter(|p| !p.is_empty())
        .collect();
    let whole = fold(header);
    if let Some(found) = by_phrase(&whole) {
        return Some(found);
    }
    if whole
        .split(' ')
        .any(|word| NOT_THEIRS.split(' ').any(|w| w == word))
    {
        return None;
    }
    let last = parts.last()?;
    if parts.len() > 1 {
        let generic = [
            "name",
            "value",
            "label",
            "title",
            "display name",
            "formatted",
            "text",
            "display",
        ];
        let judged = if generic.contains(&last.as_str()) {
            parts.get(parts.len() - 2)?
        } else {
            last
        };
        return by_phrase(judged).filter(|(field, _)| *field != Field::Id || last != "id");
    }
    ALL.into_iter()
        // Before skills: "compétences que l'on souhaite apprendre".
        .map(|f| {
            if f == Field::Skills {
                Field::Wants
            } else if f == Field::Wants {
                Field::Skills
            } else {
                f
            }
        })
        .find(|f| f.hints().iter().any(|hint| whole.contains(hint)))
        .map(|f| (f, Doubt(1_000)))
}

fn by_phrase(folded: &str) -> Option<(Field, Doubt)> {
    let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let numbered = bare.len() < folded.len();
    PHRASES
        .iter()
        .filter_map(|(field, phrases)| {
            let field = *field;
            let at = |s: &str| phrases.iter().position(|p| same(p, s));
            let found = at(folded).or_else(|| at(bare).filter(|_| numbered && field.takes_many()));
            found.map(|at| (field, Doubt(at)))
        })
        .min_by_key(|(_, doubt)| *doubt)
}

/// Equal but for spaces: "samAccountName", "SAM account name".
fn same(a: &str, b: &str) -> bool {
    let letters = |s: &str| s.bytes().filter(|b| *b != b' ').collect::<Vec<_>>();
    a == b || (a.len().abs_diff(b.len()) < 8 && letters(a) == letters(b))
}

/// Words of a header in their plainest form: no case, no marks, `camelCase` and every sign but
/// `+` made a space, what stands in parentheses dropped.
pub(super) fn fold(header: &str) -> String {
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut depth = 0_usize;
    let mut after_lower = false;
    for c in header.chars().take(200) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if c.is_alphanumeric() || c == '+' || ('\u{300}'..='\u{36F}').contains(&c) => {
                if c.is_uppercase() && after_lower {
                    spaced.push(' ');
                }
                spaced.push(c);
            }
            _ => spaced.push(' '),
        }
        after_lower = c.is_lowercase();
    }
    skill_key(&spaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &str) -> Option<Field> {
        recognise(header).map(|(field, _)| field)
    }

    #[test]
    fn headers_of_four_languages_and_of_directories() {
        for (field, headers) in [
            (
                Field::Id,
                "Matricule|MATRICULE|N° matricule|Employee ID|employeeNumber|Personal-Nr.|Personalnummer|Número de empleado|SamAccountName|id|ID|externalId|userPrincipalName",
            ),
            (
                Field::Name,
                "Nom complet|Nom et prénom|Display name|displayName|Full Name|Vollständiger Name|Nombre y apellidos|name|name.formatted",
            ),
            (
                Field::GivenName,
                "Prénom|PRENOM|First name|givenName|name.givenName|Vorname|Nombre",
            ),
            (
                Field::FamilyName,
                "Nom|NOM|Nom d'usage|surname|Last Name|name.familyName|Nachname|Apellidos",
            ),
            (
                Field::Title,
                "Fonction|Intitulé du poste|Job title|jobTitle|Stellenbezeichnung|Puesto|title|Funktion",
            ),
            (
                Field::Team,
                "Service|Département|Team|Department|department.name|Abteilung|Departamento|urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department",
            ),
            (
                Field::Place,
                "Site|Lieu de travail|Ville|Office|officeLocation|Standort|Ubicación|location.city|addresses.locality",
            ),
            (
                Field::Email,
                "Courriel|E-mail|e-mail|Adresse e-mail|mail|Correo electrónico|emails|E-Mail-Adresse|emails.value",
            ),
            (
                Field::Languages,
                "Langues|Languages|Sprachkenntnisse|Idiomas|preferredLanguage",
            ),
            (
                Field::Skills,
                "Compétences|Compétence 2|Skills|Fähigkeiten|Kenntnisse|Habilidades|Compétences métier 2026|Skills (max. 5)",
            ),
            (
                Field::Wants,
                "Souhaite apprendre|Wants to learn|Möchte lernen|Quiere aprender|Compétences que je souhaite apprendre",
            ),
            (
                Field::Joined,
                "Date d'entrée|Date d’entrée|Hire date|hireDate|Eintrittsdatum|Fecha de ingreso",
            ),
            (
                Field::TimeZone,
                "Fuseau horaire|Time zone|timeZone|Zeitzone",
            ),
            (Field::Photo, "Photo|Avatar URL"),
            (Field::About, "À propos|About me|Über mich"),
        ] {
            for header in headers.split('|') {
                assert_eq!(of(header), Some(field), "{header}");
            }
        }
    }

    #[test]
    fn what_belongs_to_others_is_left() {
        for header in [
            "Télétravail",
            "Salaire",
            "Nom du responsable",
            "Manager",
            "manager.displayName",
            "Manager email",
            "E-mail personnel",
            "Personal email",
            "manager.id",
            "department.id",
            "Téléphone",
            "",
            "Prénom N+1",
        ] {
            assert_eq!(of(header), None, "{header}");
        }
    }

    #[test]
    fn every_phrase_is_folded_and_means_one_field() {
        let mut all = std::collections::HashMap::new();
        for (field, phrases) in PHRASES.iter() {
            assert!(!phrases.is_empty(), "{field:?}");
            for phrase in phrases {
                assert_eq!(&fold(phrase), phrase);
                assert_eq!(all.insert(*phrase, *field), None, "{phrase}");
            }
        }
        let lines = include_str!("headers.txt").lines();
        let unread = lines.filter(|l| !l.is_empty() && !l.starts_with('#'));
        for line in unread {
            let name = line.split(": ").next().unwrap();
            assert!(Field::from_name(name).is_some(), "{line}");
        }
    }

    #[test]
    fn field_names_are_read_back() {
        for field in ALL {
            assert_eq!(Field::from_name(field.name()), Some(field));
        }
        assert_eq!(Field::from_name("Given_Name"), Some(Field::GivenName));
        assert_eq!(Field::from_name("timeZone"), Some(Field::TimeZone));
        assert_eq!(Field::from_name("nope"), None);
    }
}
