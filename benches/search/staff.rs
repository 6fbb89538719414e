//! A seeded staff: names, titles and skills with a few common ones and a long tail.

use entraide::model::{Availability, Evidence, Load, Person, PersonId, PersonSkill, Presence};
use std::sync::Arc;

/// A generator with 64 bits of state (Steele, Lea and Flood's SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A number below `n`, small ones far more often: Zipf's law, by inversion.
    pub(crate) fn zipf(&mut self, n: usize) -> usize {
        let u = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64 + 1.0).powf(u) - 1.0) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const FIRST: [&str; 48] = [
    "Élodie",
    "Anna",
    "Jean-Pierre",
    "Marie",
    "Kateryna",
    "Łukasz",
    "Sofía",
    "Jürgen",
    "Amélie",
    "Mohamed",
    "Yann",
    "Chloé",
    "Björn",
    "Inès",
    "Paul",
    "Nguyễn",
    "Fatima",
    "Thomas",
    "Camille",
    "Hélène",
    "Andrzej",
    "Małgorzata",
    "François",
    "Zoë",
    "Antoine",
    "Lucía",
    "Mehmet",
    "Aïcha",
    "Olivier",
    "Nathalie",
    "Stefan",
    "Petra",
    "Krzysztof",
    "Beatriz",
    "Noémie",
    "Sébastien",
    "Claire",
    "Giulia",
    "Ahmed",
    "Léa",
    "Hugo",
    "Jana",
    "Piotr",
    "Sarah",
    "Julien",
    "Emma",
    "Gwenaëlle",
    "Matthieu",
];
const SYLLABLES: [&str; 60] = [
    "mar", "ti", "le", "fèv", "re", "gar", "nier", "bon", "net", "kow", "al", "ski", "wis", "niew",
    "mül", "ler", "schmi", "dt", "hoff", "mann", "du", "pont", "mo", "reau", "ben", "sa", "id",
    "cos", "ta", "fer", "nan", "dez", "ros", "si", "char", "pen", "tier", "gau", "thi", "er",
    "nov", "ák", "dvo", "řák", "ber", "trand", "pi", "card", "leb", "lanc", "rich", "ter", "zim",
    "mer", "öz", "türk", "yil", "maz", "kel", "ly",
];
const TITLES: [&str; 24] = [
    "Comptable général",
    "Chef de projet",
    "Soudeur",
    "Technicienne de maintenance",
    "Data analyst",
    "Software engineer",
    "Acheteuse",
    "Responsable qualité",
    "HR business partner",
    "Contrôleur de gestion",
    "Ingénieure méthodes",
    "Assistante de direction",
    "Key account manager",
    "Supply chain planner",
    "Juriste",
    "Administrateur systèmes",
    "Product owner",
    "Laborantin",
    "Buchhalterin",
    "Vertriebsleiter",
    "Konstrukteur",
    "Logisticienne",
    "UX designer",
    "Formateur",
];
const SKILLS: [&str; 96] = [
    "Excel",
    "SAP FI",
    "Power BI",
    "Word",
    "Python",
    "SQL",
    "Gestion de projet",
    "Anglais technique",
    "PowerPoint",
    "Soudure TIG",
    "ISO 9001",
    "Comptabilité générale",
    "TVA",
    "C++",
    "C#",
    ".NET",
    "Java",
    "JavaScript",
    "Node.js",
    "AutoCAD",
    "SolidWorks",
    "Droit du travail",
    "Paie",
    "Recrutement",
    "Achats",
    "Négociation",
    "Logistique",
    "Lean",
    "5S",
    "Six Sigma",
    "Maintenance préventive",
    "Automates Siemens",
    "Hydraulique",
    "Électricité",
    "Habilitation électrique",
    "CACES",
    "Tableaux croisés dynamiques",
    "VBA",
    "Power Query",
    "Tableau",
    "R",
    "Machine learning",
    "Linux",
    "Windows Server",
    "Active Directory",
    "Réseaux",
    "Cybersécurité",
    "RGPD",
    "Contrats",
    "Marketing digital",
    "SEO",
    "Photoshop",
    "InDesign",
    "Rédaction",
    "Traduction",
    "Allemand",
    "Espagnol",
    "Polonais",
    "Soudure à l'arc",
    "Soudure alu",
    "Métrologie",
    "Contrôle qualité",
    "AMDEC",
    "Plan de contrôle",
    "Douane",
    "Incoterms",
    "Transport",
    "Gestion des stocks",
    "MRP",
    "SAP MM",
    "SAP SD",
    "S/4HANA",
    "Salesforce",
    "CRM",
    "Prospection",
    "Appels d'offres",
    "Trésorerie",
    "Consolidation IFRS",
    "Audit interne",
    "Budget",
    "Analyse financière",
    "Chimie analytique",
    "HPLC",
    "Microbiologie",
    "Sécurité incendie",
    "Premiers secours",
    "Formation",
    "Animation de réunion",
    "Scrum",
    "Kanban",
    "Jira",
    "Git",
    "Kubernetes",
    "Docker",
    "Terraform",
    "React",
];
const TEAMS: [&str; 16] = [
    "Finance",
    "Comptabilité",
    "R&D",
    "Production",
    "Maintenance",
    "IT",
    "Achats",
    "Qualité",
    "Ressources humaines",
    "Marketing",
    "Ventes France",
    "Vertrieb DACH",
    "Logistique",
    "Juridique",
    "Direction",
    "Service client",
];
const PLACES: [&str; 10] = [
    "Lyon",
    "Paris La Défense",
    "Kraków",
    "München",
    "Saint-Étienne",
    "Łódź",
    "Lille",
    "Wien",
    "Nantes",
    "Remote",
];

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn surname(random: &mut Random) -> String {
    let particle = ["Le ", "de ", "van der ", "D’"];
    let mut name = String::new();
    for _ in 0..2 + random.below(2) {
        name.push_str(random.pick(&SYLLABLES));
    }
    let name = capitalised(&name);
    if random.below(20) == 0 {
        format!("{}{name}", random.pick(&particle))
    } else {
        name
    }
}

/// A skill: the known ones first by Zipf's law, then a tail of product names.
fn skill(random: &mut Random) -> String {
    let n = random.zipf(1_200);
    match SKILLS.get(n) {
        Some(name) => (*name).to_owned(),
        None => {
            let mut own = Random(n as u64);
            let word = surname(&mut own);
            format!(
                "{word} {}",
                own.pick(&["Suite", "3D", "Cloud", "machine", "Pro", "method"])
            )
        }
    }
}

/// This many people; the same for the same seed.
pub(crate) fn staff(count: usize, seed: u64) -> Vec<Arc<Person>> {
    let mut random = Random(seed);
    let mut one = |n: usize| {
        let random = &mut random;
        let name = format!("{} {}", random.pick(&FIRST), surname(random));
        let id = PersonId::new(format!("p{n:06}")).ok()?;
        let mut person = Person::named(id, name);
        person.title = random.pick(&TITLES).to_owned();
        person.team = random.pick(&TEAMS).to_owned();
        person.place = PLACES[random.zipf(PLACES.len())].to_owned();
        person.languages = vec![
            "fr".to_owned(),
            random.pick(&["en", "de", "pl", "es"]).to_owned(),
        ];
        for _ in 0..2 + random.below(7) {
            let name = skill(random);
            let evidence = match random.below(4) {
                0 => Evidence {
                    accepted: random.zipf(20) as u32,
                    thanks: random.zipf(10) as u32,
                },
                _ => Evidence::default(),
            };
            if person.skill(&name).is_none() {
                person.skills.push(PersonSkill {
                    name,
                    declared: true,
                    evidence,
                });
            }
        }
        person.wants = (0..random.below(3)).map(|_| skill(random)).collect();
        if random.below(4) == 0 {
            person.about = format!(
                "{} et {}, depuis {} ans",
                skill(random),
                skill(random),
                1 + random.below(30)
            );
        }
        let presence = match random.below(10) {
            0 => Presence::Away,
            1 | 2 => Presence::Busy,
            3 => Presence::Unknown,
            _ => Presence::Available,
        };
        let load = Load {
            open: random.zipf(6) as u32,
            recent: random.zipf(8) as u32,
            weekly_limit: Some(5),
        };
        person.availability = Availability {
            presence,
            until: None,
            load,
        };
        Some(Arc::new(person))
    };
    (0..count).filter_map(&mut one).collect()
}
