//! Invents the people of the demo company.

use super::data::{Data, Team};
use super::random::Random;
use entraide::model::{Person, PersonId, PersonSkill, Presence, Timestamp, skill_key};
use std::collections::HashSet;

/// How many people the company has.
pub(super) const HEADCOUNT: usize = 2_000;
const DAY: i64 = 86_400_000;

/// Origins of names, with weights, for the three languages that teams work in.
const ORIGINS: [(&str, &[(&str, u32)]); 3] = [
    (
        "fr",
        &[
            ("fr", 62),
            ("maghreb", 10),
            ("africa", 5),
            ("pt", 5),
            ("it", 4),
            ("es", 3),
            ("asia", 3),
            ("pl", 2),
            ("ro", 2),
            ("de", 2),
            ("slavic", 1),
            ("nordic", 1),
        ],
    ),
    (
        "en",
        &[
            ("en", 48),
            ("ie", 20),
            ("asia", 9),
            ("pl", 6),
            ("africa", 5),
            ("ro", 3),
            ("pt", 3),
            ("it", 2),
            ("es", 2),
            ("nordic", 1),
            ("fr", 1),
        ],
    ),
    (
        "de",
        &[
            ("de", 62),
            ("tr", 10),
            ("it", 6),
            ("slavic", 6),
            ("pl", 4),
            ("ro", 4),
            ("es", 2),
            ("asia", 2),
            ("nordic", 2),
            ("fr", 2),
        ],
    ),
];

/// The language that an origin of names suggests, beside the team's.
const MOTHER_TONGUES: [(&str, &str); 13] = [
    ("it", "it"),
    ("es", "es"),
    ("pt", "pt"),
    ("pl", "pl"),
    ("ro", "ro"),
    ("maghreb", "ar"),
    ("tr", "tr"),
    ("de", "de"),
    ("fr", "fr"),
    ("nordic", "sv"),
    ("en", "en"),
    ("ie", "ga"),
    ("slavic", "uk"),
];

/// Skills that are languages, with their tags: who has the skill speaks the language.
const LANGUAGE_SKILLS: [(&str, &str); 15] = [
    ("anglais", "en"),
    ("Englisch", "en"),
    ("allemand", "de"),
    ("German", "de"),
    ("espagnol", "es"),
    ("italien", "it"),
    ("Italienisch", "it"),
    ("French", "fr"),
    ("Französisch", "fr"),
    ("Polish", "pl"),
    ("Irish", "ga"),
    ("Türkisch", "tr"),
    ("Ungarisch", "hu"),
    ("arabe", "ar"),
    ("anglais juridique", "en"),
];

/// Everybody, the default person of the demo first.
pub(super) fn everybody(data: &Data, now: Timestamp, random: &mut Random) -> Vec<Person> {
    let mut taken = HashSet::new();
    let mut people: Vec<Person> = Vec::with_capacity(HEADCOUNT);
    for number in 1..=HEADCOUNT {
        let Ok(id) = PersonId::new(format!("vm-{number:04}")) else {
            continue;
        };
        let person = if number == 1 {
            Some(default_person(id, now))
        } else {
            invent(data, id, now, random)
        };
        people.extend(person.map(|mut person| {
            person.email = address(&person.name, &mut taken);
            person
        }));
    }
    people
}

/// Whom one is in the demo unless one chooses another.
fn default_person(id: PersonId, now: Timestamp) -> Person {
    let mut person = Person::named(id, "Camille Rousset");
    person.title = "Contrôleuse de gestion".to_owned();
    person.team = "Contrôle de gestion".to_owned();
    person.place = "Lyon".to_owned();
    person.time_zone = "Europe/Paris".to_owned();
    person.languages = ["fr", "en", "it"].map(str::to_owned).to_vec();
    for skill in [
        "budget",
        "Excel",
        "tableaux croisés dynamiques",
        "pivot tables",
        "Power Query",
        "Power BI",
        "SAP CO",
        "reporting",
    ] {
        person.skills.extend(PersonSkill::declared(skill));
    }
    person.wants = ["Python", "DAX", "allemand"].map(str::to_owned).to_vec();
    person.about = "Contrôleuse de gestion à Lyon depuis douze ans. Tableaux croisés et budget, volontiers, même pour \
                    une petite question. J'apprends Python le vendredi après-midi, et j'ai besoin d'aide !"
        .to_owned();
    person.joined = day_before(now, 12 * 365 + 40);
    person.availability.presence = Presence::Available;
    person.availability.load.weekly_limit = Some(6);
    person
}

fn day_before(now: Timestamp, days: i64) -> Option<Timestamp> {
    let (year, month, day) = now.plus_millis(-days * DAY).date();
    Timestamp::from_date(year, month, day)
}

fn invent(data: &Data, id: PersonId, now: Timestamp, random: &mut Random) -> Option<Person> {
    let team = data
        .teams
        .get(random.weighted(data.teams.iter().map(|t| t.size)))?;
    let lang = team.lang.as_str();
    let (_, origins) = ORIGINS.iter().find(|(l, _)| *l == lang)?;
    let (origin, _) = origins.get(random.weighted(origins.iter().map(|(_, w)| *w)))?;
    let woman = random.chance(0.46);
    let names = data.names.get(*origin)?;
    // Families stay where they are: a given name of the country with a name from elsewhere.
    let local = data
        .names
        .get(lang)
        .filter(|_| random.chance(0.25))
        .unwrap_or(names);
    let given = (*random.pick(&local.given(woman))?).replace('·', " ");
    let family = (*random.pick(&names.family())?).replace('·', " ");

    let mut person = Person::named(id, format!("{given} {family}"));
    let role = random.pick_early(&team.roles)?;
    person.title = role.title(woman).to_owned();
    person.team.clone_from(&team.team);
    let places = team.places();
    let (place, _) = places.get(random.weighted(places.iter().map(|(_, w)| *w)))?;
    person.place = (*place).to_owned();
    person.time_zone = match data.places.places.get(*place) {
        Some(zone) => zone.clone(),
        None => random.pick(data.places.remote.get(lang)?)?.clone(),
    };

    let days = if random.chance(0.04) {
        random.between(3, 90)
    } else {
        91 + (random.fraction().powi(2) * 28.0 * 365.0) as i64
    };
    person.joined = day_before(now, days);
    skills(data, team, &role.skills(), days, &mut person, random);
    wants(data, team, &mut person, random);
    languages(lang, origin, &mut person, random);
    availability(now, &mut person, random);
    if random.chance(0.22) {
        person.about = about(data, lang, days > 10 * 365, &person, random);
    }
    Some(person)
}

/// Skills of the role, of the team, of anybody, and now and then of quite another role.
fn skills(
    data: &Data,
    team: &Team,
    of_role: &[&str],
    days: i64,
    person: &mut Person,
    random: &mut Random,
) {
    let mut chosen: Vec<String> = Vec::new();
    let newcomer = days < 120;
    for _ in 0..random.between(2, if newcomer { 3 } else { 5 }) {
        chosen.extend(random.pick_early(of_role).map(|s| (*s).to_owned()));
    }
    let of_team = team.skills();
    for _ in 0..random.between(1, if newcomer { 2 } else { 4 }) {
        chosen.extend(random.pick_early(&of_team).map(|s| (*s).to_owned()));
    }
    let common = data.common(&team.lang);
    for _ in 0..random.between(0, 2) {
        let (skill, _) = common
            .get(random.weighted(common.iter().map(|(_, w)| *w)))
            .unwrap_or(&("", 0));
        chosen.push((*skill).to_owned());
    }
    if random.chance(0.12) {
        chosen.extend(elsewhere(data, &team.lang, random));
    }
    // Chance may have chosen one skill several times; everybody has two at least.
    chosen.extend(
        of_role
            .iter()
            .chain(&of_team)
            .take(2)
            .map(|s| (*s).to_owned()),
    );
    let enough = chosen.len() - 2;
    for (n, skill) in chosen.into_iter().enumerate() {
        if person.skill(&skill).is_none() && (n < enough || person.skills.len() < 2) {
            person.skills.extend(PersonSkill::declared(&skill));
        }
    }
}

/// A skill of some other team that works in the same language.
fn elsewhere(data: &Data, lang: &str, random: &mut Random) -> Option<String> {
    let others: Vec<&Team> = data.teams.iter().filter(|t| t.lang == lang).collect();
    let team = random.pick(&others)?;
    let role = random.pick(&team.roles)?;
    random.pick(&role.skills()).map(|s| (*s).to_owned())
}

fn wants(data: &Data, team: &Team, person: &mut Person, random: &mut Random) {
    let how_many = random.weighted([35, 40, 25].into_iter());
    let common = data.common(&team.lang);
    for _ in 0..how_many {
        let want = if random.chance(0.45) {
            random.pick(&team.skills()).map(|s| (*s).to_owned())
        } else if random.chance(0.4) {
            random.pick(&common).map(|(s, _)| (*s).to_owned())
        } else {
            elsewhere(data, &team.lang, random)
        };
        let Some(want) = want else { continue };
        let key = skill_key(&want);
        if person.skill(&want).is_none() && !person.wants.iter().any(|w| skill_key(w) == key) {
            person.wants.push(want);
        }
    }
}

fn languages(lang: &str, origin: &str, person: &mut Person, random: &mut Random) {
    let mut spoken = vec![lang];
    let mother_tongue = MOTHER_TONGUES
        .iter()
        .find(|(o, _)| *o == origin)
        .map(|(_, tag)| *tag);
    // Few of the Irish speak Irish at work.
    let share = if origin == "ie" { 0.15 } else { 0.8 };
    spoken.extend(mother_tongue.filter(|_| random.chance(share)));
    if random.chance(0.6) {
        spoken.push("en");
    }
    if random.chance(0.12) {
        spoken.extend(random.pick(&["fr", "de", "es", "it"]));
    }
    for (skill, tag) in LANGUAGE_SKILLS {
        if person.skills.iter().any(|s| s.name == skill) {
            spoken.push(tag);
        }
    }
    for tag in spoken {
        if !person.languages.iter().any(|known| known == tag) {
            person.languages.push(tag.to_owned());
        }
    }
}

fn availability(now: Timestamp, person: &mut Person, random: &mut Random) {
    let (presence, hours) = match random.weighted([80, 13, 7].into_iter()) {
        0 => (Presence::Available, None),
        1 => (Presence::Busy, Some(random.between(1, 5))),
        _ => (Presence::Away, Some(random.between(1, 14) * 24)),
    };
    person.availability.presence = presence;
    person.availability.until = hours.map(|hours| now.plus_millis(hours * DAY / 24));
    if random.chance(0.25) {
        person.availability.load.weekly_limit = Some(random.between(2, 6) as u32);
    }
}

fn about(data: &Data, lang: &str, veteran: bool, person: &Person, random: &mut Random) -> String {
    let skill = person.skills.first().map_or("", |s| s.name.as_str());
    let want = person.wants.first().map_or("", String::as_str);
    let place = if person.place == "Remote" {
        ""
    } else {
        person.place.as_str()
    };
    let words = [("{skill}", skill), ("{want}", want), ("{place}", place)];
    let fits = |text: &&String| {
        words
            .iter()
            .all(|(hole, word)| !text.contains(hole) || !word.is_empty())
    };
    let veterans = format!("{lang}-veteran");
    let texts: Vec<&String> = [lang, veterans.as_str()]
        .into_iter()
        .take(if veteran { 2 } else { 1 })
        .filter_map(|key| data.about.get(key))
        .flatten()
        .filter(fits)
        .collect();
    let text = random
        .pick(&texts)
        .map_or(String::new(), |text| (*text).clone());
    words
        .iter()
        .fold(text, |text, (hole, word)| text.replace(hole, word))
}

/// `given.family@…`, in ASCII, with a number where somebody of the same name was there first.
/// The domain is reserved for examples (RFC 2606).
fn address(name: &str, taken: &mut HashSet<String>) -> String {
    let folded = skill_key(name);
    let (given, family) = folded.split_once(' ').unwrap_or((folded.as_str(), ""));
    let plain = |part: &str| -> String {
        part.chars()
            .filter_map(|c| match c {
                'ả' | 'ầ' => Some('a'),
                'ễ' => Some('e'),
                'ứ' => Some('u'),
                ' ' => Some('-'),
                c if c.is_ascii_alphanumeric() || c == '-' => Some(c),
                _ => None,
            })
            .collect()
    };
    let local = format!("{}.{}", plain(given), plain(family));
    let mut address = format!("{local}@maison-valmer.example");
    let mut number = 2;
    while !taken.insert(address.clone()) {
        address = format!("{local}{number}@maison-valmer.example");
        number += 1;
    }
    address
}
