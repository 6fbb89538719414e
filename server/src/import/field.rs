//! What an import can fill in a person, and the names by which files call it.
//!
//! The phrases are those of exports of payroll and personnel systems, of directories (LDAP,
//! Active Directory, Microsoft Graph, SCIM, RFC 7643) and of plain spreadsheets, in French,
//! English, German and Spanish, folded by [`fold`].

use entraide::model::skill_key;

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

/// The words after which a column is of somebody else, or private, and is never taken unasked.
const NOT_THEIRS: [&str; 24] = [
    "manager",
    "responsable",
    "superieur",
    "superior",
    "hierarchique",
    "supervisor",
    "jefe",
    "vorgesetzter",
    "vorgesetzte",
    "fuhrungskraft",
    "assistant",
    "assistante",
    "n+1",
    "perso",
    "personnel",
    "personnelle",
    "private",
    "privat",
    "personal",
    "conjoint",
    "urgence",
    "emergency",
    "notfall",
    "urgencia",
];

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

    /// Folded phrases that mean this field, the surest first.
    fn phrases(self) -> &'static [&'static str] {
        match self {
            Self::Id => &[
                "matricule",
                "numero matricule",
                "no matricule",
                "n matricule",
                "matricule salarie",
                "matricule agent",
                "matricule employe",
                "employee id",
                "employee number",
                "employee no",
                "emp id",
                "emp no",
                "staff id",
                "staff number",
                "personnel number",
                "payroll number",
                "payroll id",
                "worker id",
                "personalnummer",
                "personal nr",
                "personalnr",
                "pers nr",
                "persnr",
                "mitarbeiternummer",
                "mitarbeiter id",
                "mitarbeiter nr",
                "mitarbeiternr",
                "ma nr",
                "numero de empleado",
                "numero empleado",
                "no empleado",
                "id empleado",
                "legajo",
                "id salarie",
                "id employe",
                "id agent",
                "identifiant salarie",
                "numero salarie",
                "numero employe",
                "numero d employe",
                "code salarie",
                "code employe",
                "code agent",
                "identifiant",
                "id",
                "person id",
                "personne id",
                "user id",
                "userid",
                "uid",
                "external id",
                "object id",
                "objectid",
                "objectguid",
                "kennung",
                "identificador",
                "samaccountname",
                "login",
                "username",
                "user name",
                "benutzername",
                "usuario",
                "nom d utilisateur",
                "userprincipalname",
                "user principal name",
                "upn",
                "key",
                "dn",
                "distinguished name",
                "distinguishedname",
            ],
            Self::Name => &[
                "nom complet",
                "nom et prenom",
                "nom prenom",
                "prenom nom",
                "prenom et nom",
                "noms et prenoms",
                "nom affiche",
                "full name",
                "fullname",
                "display name",
                "displayname",
                "employee name",
                "vollstandiger name",
                "anzeigename",
                "vor und nachname",
                "nachname vorname",
                "name vorname",
                "vorname nachname",
                "nombre completo",
                "nombre y apellidos",
                "apellidos y nombre",
                "apellidos nombre",
                "nombre para mostrar",
                "salarie",
                "collaborateur",
                "employe",
                "employee",
                "mitarbeiter",
                "empleado",
                "nom de l agent",
                "agent",
                "cn",
                "common name",
                "name",
            ],
            Self::GivenName => &[
                "prenom",
                "prenoms",
                "prenom usuel",
                "prenom d usage",
                "first name",
                "firstname",
                "given name",
                "givenname",
                "given names",
                "forename",
                "preferred name",
                "vorname",
                "vornamen",
                "rufname",
                "nombre",
                "nombres",
                "nombre de pila",
            ],
            Self::FamilyName => &[
                "nom usuel",
                "nom d usage",
                "nom de famille",
                "nom patronymique",
                "nom",
                "noms",
                "last name",
                "lastname",
                "surname",
                "family name",
                "familyname",
                "nachname",
                "familienname",
                "zuname",
                "apellido",
                "apellidos",
                "primer apellido",
                "sn",
                "nom de naissance",
            ],
            Self::Title => &[
                "fonction",
                "intitule",
                "intitule du poste",
                "intitule de poste",
                "libelle poste",
                "libelle du poste",
                "libelle emploi",
                "libelle fonction",
                "poste",
                "poste occupe",
                "emploi",
                "metier",
                "titre",
                "job title",
                "jobtitle",
                "title",
                "position",
                "position title",
                "role",
                "job",
                "occupation",
                "stellenbezeichnung",
                "funktion",
                "berufsbezeichnung",
                "stelle",
                "tatigkeit",
                "puesto",
                "puesto de trabajo",
                "cargo",
                "funcion",
                "denominacion del puesto",
            ],
            Self::Team => &[
                "service",
                "departement",
                "equipe",
                "direction",
                "pole",
                "unite",
                "unite organisationnelle",
                "libelle service",
                "nom du service",
                "service affectation",
                "affectation",
                "entite",
                "department",
                "department name",
                "team",
                "team name",
                "division",
                "business unit",
                "org unit",
                "organizational unit",
                "organisational unit",
                "organization unit",
                "ou",
                "unit",
                "group",
                "abteilung",
                "bereich",
                "organisationseinheit",
                "gruppe",
                "departamento",
                "equipo",
                "area",
                "seccion",
                "unidad",
            ],
            Self::Place => &[
                "site",
                "lieu",
                "lieu de travail",
                "lieu de travail principal",
                "ville",
                "implantation",
                "etablissement",
                "localisation",
                "bureau",
                "agence",
                "site de rattachement",
                "site principal",
                "office",
                "office location",
                "officelocation",
                "physicaldeliveryofficename",
                "location",
                "work location",
                "city",
                "town",
                "locality",
                "workplace",
                "place",
                "standort",
                "arbeitsort",
                "ort",
                "stadt",
                "niederlassung",
                "dienstort",
                "ubicacion",
                "ciudad",
                "oficina",
                "sede",
                "centro de trabajo",
                "lugar",
                "lugar de trabajo",
                "localidad",
            ],
            Self::Email => &[
                "courriel professionnel",
                "email professionnel",
                "e mail professionnel",
                "mail professionnel",
                "adresse mail professionnelle",
                "adresse email professionnelle",
                "adresse e mail professionnelle",
                "work email",
                "business email",
                "email work",
                "courriel",
                "e mail",
                "email",
                "mail",
                "mel",
                "adresse e mail",
                "adresse email",
                "adresse mail",
                "adresse electronique",
                "adresse de messagerie",
                "email address",
                "e mail address",
                "emails",
                "emailadresse",
                "e mail adresse",
                "mailadresse",
                "dienstliche e mail",
                "correo",
                "correo electronico",
                "correo e",
                "direccion de correo",
                "primary smtp address",
                "primarysmtpaddress",
            ],
            Self::Photo => &[
                "photo",
                "photos",
                "photo url",
                "url photo",
                "picture",
                "avatar",
                "avatar url",
                "image",
                "portrait",
                "thumbnail",
                "thumbnail url",
                "foto",
                "bild",
                "imagen",
            ],
            Self::Profile => &[
                "profil",
                "profile",
                "profile url",
                "url profil",
                "url du profil",
                "page",
                "lien profil",
                "web url",
                "weburl",
                "html url",
                "perfil",
            ],
            Self::Languages => &[
                "langues",
                "langue",
                "langues parlees",
                "langue parlee",
                "languages",
                "language",
                "spoken languages",
                "preferred language",
                "preferredlanguage",
                "sprachen",
                "sprache",
                "sprachkenntnisse",
                "idiomas",
                "idioma",
                "lenguas",
            ],
            Self::TimeZone => &[
                "fuseau",
                "fuseau horaire",
                "time zone",
                "timezone",
                "tz",
                "zeitzone",
                "zona horaria",
                "huso horario",
            ],
            Self::Skills => &[
                "competences",
                "competence",
                "competences cles",
                "competences principales",
                "savoir faire",
                "savoirs faire",
                "expertise",
                "expertises",
                "domaines d expertise",
                "domaine d expertise",
                "peut aider sur",
                "aide sur",
                "connaissances",
                "skills",
                "skill",
                "key skills",
                "skill set",
                "skillset",
                "can help with",
                "expert in",
                "areas of expertise",
                "knows",
                "capabilities",
                "ask me about",
                "kenntnisse",
                "fahigkeiten",
                "kompetenzen",
                "kompetenz",
                "fachkenntnisse",
                "fachgebiete",
                "kann helfen bei",
                "competencias",
                "habilidades",
                "conocimientos",
                "aptitudes",
                "puede ayudar con",
            ],
            Self::Wants => &[
                "souhaite apprendre",
                "souhaite apprendre a",
                "veut apprendre",
                "envie d apprendre",
                "souhaits de formation",
                "souhait de formation",
                "formations souhaitees",
                "formation souhaitee",
                "competences souhaitees",
                "competences a developper",
                "competences visees",
                "a apprendre",
                "wants to learn",
                "want to learn",
                "would like to learn",
                "learning",
                "learning goals",
                "learning interests",
                "interested in learning",
                "wants",
                "skills to learn",
                "skills to develop",
                "mochte lernen",
                "will lernen",
                "lernwunsche",
                "lernziele",
                "weiterbildungswunsch",
                "weiterbildungswunsche",
                "quiere aprender",
                "desea aprender",
                "interes en aprender",
                "le gustaria aprender",
            ],
            Self::About => &[
                "a propos",
                "a propos de moi",
                "presentation",
                "biographie",
                "bio",
                "description",
                "about",
                "about me",
                "summary",
                "headline",
                "uber mich",
                "beschreibung",
                "sobre mi",
                "acerca de",
                "biografia",
                "descripcion",
            ],
            Self::Joined => &[
                "date d entree",
                "date entree",
                "entree",
                "date d embauche",
                "date embauche",
                "date d arrivee",
                "date d anciennete",
                "date debut contrat",
                "date de debut",
                "embauche",
                "hire date",
                "hiredate",
                "employee hire date",
                "start date",
                "startdate",
                "date of hire",
                "joined",
                "joining date",
                "date joined",
                "eintrittsdatum",
                "eintritt",
                "einstellungsdatum",
                "beschaftigt seit",
                "fecha de ingreso",
                "fecha de alta",
                "fecha de incorporacion",
                "fecha de contratacion",
                "fecha ingreso",
            ],
        }
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
    if whole.split(' ').any(|word| NOT_THEIRS.contains(&word)) {
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
    ALL.into_iter()
        .filter_map(|field| {
            let phrases = field.phrases();
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
    fn field_names_are_read_back() {
        for field in ALL {
            assert_eq!(Field::from_name(field.name()), Some(field));
        }
        assert_eq!(Field::from_name("Given_Name"), Some(Field::GivenName));
        assert_eq!(Field::from_name("timeZone"), Some(Field::TimeZone));
        assert_eq!(Field::from_name("nope"), None);
    }
}
