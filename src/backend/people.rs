//! Reading people and skills.

use super::fields::Record;
use super::records::Reader;
use super::seen::Seen;
use crate::model::{
    Availability, Evidence, LONG_TEXT, Load, NAME, Person, PersonSkill, Presence, Skill, skill_key,
};
use serde_json::Value;

const P: Record = Record::Person;
/// Longest address that mail can have (RFC 5321, section 4.5.3.1.3).
const EMAIL: usize = 254;
/// Most languages of one person.
const LANGUAGES: usize = 20;

impl<'a> Reader<'a> {
    /// A person; `None` (and told) without identifier or name.
    pub(super) fn person(&mut self, item: &Value) -> Option<Person> {
        if !item.is_object() {
            self.expected("", "a person", item);
            return None;
        }
        let id = self.id("id", &self.get(P, "id", item))?;
        let name = self.line(P, "name", item, NAME);
        if name.is_empty() {
            self.defect("name", "the name is missing, so this person is left out");
            return None;
        }
        let mut person = Person::named(id, name);
        person.title = self.line(P, "title", item, NAME);
        person.team = self.line(P, "team", item, NAME);
        person.place = self.line(P, "place", item, NAME);
        person.email = self.email(item);
        person.photo = self.link(P, "photo", item);
        if person
            .photo
            .as_ref()
            .is_some_and(|p| p.as_str().starts_with("mailto:"))
        {
            self.defect("photo", "not the address of a picture");
            person.photo = None;
        }
        person.profile = self.link(P, "profile", item);
        person.languages = self.languages(item);
        person.time_zone = self.time_zone(item);
        person.skills = self.skills(item);
        person.wants = self.names(P, "wants", item);
        person.about = self.lines(P, "about", item, LONG_TEXT);
        person.joined = self.date(P, "joined", item);
        person.availability = Availability {
            presence: self.presence(item),
            until: self.date(P, "presenceUntil", item),
            load: Load {
                open: self.count(P, "openRequests", item).unwrap_or(0),
                recent: self.count(P, "recentRequests", item).unwrap_or(0),
                weekly_limit: self.count(P, "weeklyLimit", item),
            },
        };
        Some(person)
    }

    /// A skill of the group; `None` (and told) without a name.
    pub(super) fn skill(&mut self, item: &Value) -> Option<Skill> {
        let name = match self.field(Record::Skill, "name") {
            Some(_) if item.is_object() => self.line(Record::Skill, "name", item, NAME),
            _ => self.name_of(item),
        };
        if name.is_empty() {
            self.defect("name", "the name is missing, so this skill is left out");
            return None;
        }
        Some(Skill {
            name,
            people: self.count(Record::Skill, "people", item).unwrap_or(0),
        })
    }

    fn email(&mut self, item: &Value) -> String {
        let email = self.line(P, "email", item, EMAIL + 1);
        let sound = email.len() <= EMAIL
            && !email.contains([' ', '<', '>', '"', ','])
            && matches!(email.split_once('@'), Some((a, b)) if !a.is_empty() && !b.is_empty() && !b.contains('@'));
        if sound || email.is_empty() {
            return email;
        }
        self.defect("email", "not an e-mail address");
        String::new()
    }

    fn languages(&mut self, item: &Value) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for entry in self.entries(P, "languages", item) {
            let text = self.name_of(&entry);
            for word in text.split([',', ';', ' ']).filter(|w| !w.is_empty()) {
                // `fr_FR` and `fr;q=0.8` are in use beside BCP 47's `fr-FR`.
                let tag = word.replace('_', "-");
                if word.starts_with("q=") || out.contains(&tag) {
                    continue;
                }
                if !is_language_tag(&tag) || out.len() >= LANGUAGES {
                    self.defect(
                        "languages",
                        "not a language tag (BCP 47), like `fr` or `en-GB`; see `values`",
                    );
                } else {
                    out.push(tag);
                }
            }
        }
        out
    }

    fn time_zone(&mut self, item: &Value) -> String {
        let zone = self.line(P, "timeZone", item, NAME);
        let sound = zone.len() <= 64
            && zone
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b));
        if sound {
            return zone;
        }
        self.defect(
            "timeZone",
            "not the name of a time zone (IANA), like `Europe/Paris`",
        );
        String::new()
    }

    fn skills(&mut self, item: &Value) -> Vec<PersonSkill> {
        const S: Record = Record::PersonSkill;
        let entries = self.entries(P, "skills", item);
        let mut out: Vec<PersonSkill> = Vec::new();
        let mut seen = Seen::default();
        self.inside("skills", |r| {
            for (i, entry) in entries.iter().enumerate().filter(|(_, e)| !e.is_null()) {
                let skill = r.inside(i, |r| {
                    let mut skill = PersonSkill::declared(&r.name_of(entry))?;
                    if entry.is_object() {
                        skill.declared = r.flag(S, "declared", entry).unwrap_or(true);
                        skill.evidence = Evidence {
                            accepted: r.count(S, "accepted", entry).unwrap_or(0),
                            thanks: r.count(S, "thanks", entry).unwrap_or(0),
                        };
                    }
                    Some(skill)
                });
                if let Some(skill) = skill.filter(|s| seen.insert(skill_key(&s.name))) {
                    out.push(skill);
                }
            }
        });
        out
    }

    fn presence(&mut self, item: &Value) -> Presence {
        let value = self.get(P, "presence", item);
        let word = match value.as_ref() {
            Value::Bool(true) => "available".to_owned(),
            Value::Bool(false) => "away".to_owned(),
            _ => self.line(P, "presence", item, NAME).to_ascii_lowercase(),
        };
        match word.as_str() {
            "available" => Presence::Available,
            "busy" => Presence::Busy,
            "away" => Presence::Away,
            "" | "unknown" => Presence::Unknown,
            _ => {
                self.defect(
                    "presence",
                    "neither `available`, `busy` nor `away`; say in `values` which it is",
                );
                Presence::Unknown
            }
        }
    }
}

/// The outward form of a language tag (RFC 5646, section 2.1): a language of 2 or 3 letters and
/// subtags of 1 to 8 letters and digits.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && tag.len() <= 35
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
