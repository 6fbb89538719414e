//! Reading people and skills.

use super::explain::says;
use super::fields::Record;
use super::records::Reader;
use super::seen::Seen;
use crate::model::{
    Availability, Evidence, LONG_TEXT, Load, NAME, Person, PersonSkill, Presence, SafeUrl, Skill,
    skill_key,
};
use serde_json::Value;

const P: Record = Record::Person;
/// Longest address that mail can have (RFC 5321, section 4.5.3.1.3).
const EMAIL: usize = 254;
/// Most languages of one person.
const LANGUAGES: usize = 20;

impl<'a> Reader<'a> {
    /// A person; `None` (and told) without identifier or name.
    pub(super) fn person(&mut self, item: &'a Value) -> Option<Person> {
        if !item.is_object() {
            self.expected("", "a person", item);
            return None;
        }
        let id = self.id("id", self.get(P, "id", item))?;
        let name = self.line(P, "name", item, NAME);
        if name.is_empty() {
            let problem = says("the name is missing, so this person is left out");
            self.defect("name", problem);
            return None;
        }
        let photo = self.link(P, "photo", item);
        let is_mail = |p: &SafeUrl| p.as_str().starts_with("mailto:");
        if photo.as_ref().is_some_and(is_mail) {
            self.defect("photo", says("not the address of a picture"));
        }
        let number = |r: &mut Self, field| r.count(P, field, item).unwrap_or(0);
        Some(Person {
            id,
            name,
            title: self.line(P, "title", item, NAME),
            team: self.line(P, "team", item, NAME),
            place: self.line(P, "place", item, NAME),
            email: self.email(item),
            photo: photo.filter(|p| !is_mail(p)),
            profile: self.link(P, "profile", item),
            languages: self.languages(item),
            time_zone: self.time_zone(item),
            skills: self.skills(item),
            wants: self.names(P, "wants", item),
            about: self.lines(P, "about", item, LONG_TEXT),
            joined: self.date(P, "joined", item),
            availability: Availability {
                presence: self.presence(item),
                until: self.date(P, "presenceUntil", item),
                load: Load {
                    open: number(self, "openRequests"),
                    recent: number(self, "recentRequests"),
                    weekly_limit: self.count(P, "weeklyLimit", item),
                },
            },
        })
    }

    /// A skill of the group; `None` (and told) without a name.
    pub(super) fn skill(&mut self, item: &'a Value) -> Option<Skill> {
        let has_field = self.tables.field(Record::Skill, "name").is_some();
        let name = if has_field && item.is_object() {
            self.line(Record::Skill, "name", item, NAME)
        } else {
            self.name_of(item)
        };
        if name.is_empty() {
            let problem = says("the name is missing, so this skill is left out");
            self.defect("name", problem);
            return None;
        }
        Some(Skill {
            name,
            people: self.count(Record::Skill, "people", item).unwrap_or(0),
        })
    }

    fn email(&mut self, item: &'a Value) -> String {
        let email = self.line(P, "email", item, EMAIL + 1);
        let (name, host) = email.split_once('@').unwrap_or_default();
        let sound = email.len() <= EMAIL
            && !name.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            // In a `mailto:` address `?` begins further header fields, and `%` may stand for it.
            && !email.contains([' ', '<', '>', '"', ',', ';', '?', '%', '#']);
        if sound || email.is_empty() {
            return email;
        }
        self.defect("email", says("not an e-mail address"));
        String::new()
    }

    fn languages(&mut self, item: &'a Value) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for entry in self.entries(P, "languages", item) {
            let text = self.name_of(entry);
            for word in text.split([',', ';', ' ']).filter(|w| !w.is_empty()) {
                // `fr_FR` and `fr;q=0.8` are in use beside BCP 47's `fr-FR`.
                let parts: Vec<&str> = word.split(['_', '-']).collect();
                let tag = parts.join("-");
                if word.starts_with("q=") || out.contains(&tag) {
                    continue;
                }
                if is_language_tag(&parts) && out.len() < LANGUAGES {
                    out.push(tag);
                } else {
                    let problem =
                        says("not a language tag (BCP 47), like `fr` or `en-GB`; see `values`");
                    self.defect("languages", problem);
                }
            }
        }
        out
    }

    fn time_zone(&mut self, item: &'a Value) -> String {
        let zone = self.line(P, "timeZone", item, NAME);
        let known = |b: u8| b.is_ascii_alphanumeric() || b"/_+-".contains(&b);
        if zone.len() <= 64 && zone.bytes().all(known) {
            return zone;
        }
        let problem = says("not the name of a time zone (IANA), like `Europe/Paris`");
        self.defect("timeZone", problem);
        String::new()
    }

    fn skills(&mut self, item: &'a Value) -> Vec<PersonSkill> {
        const S: Record = Record::PersonSkill;
        let mut out: Vec<PersonSkill> = Vec::new();
        let mut seen = Seen::default();
        self.each_entry(P, "skills", item, &mut |r, entry| {
            let Some(mut skill) = PersonSkill::declared(&r.name_of(entry)) else {
                return;
            };
            if entry.is_object() {
                skill.declared = r.flag(S, "declared", entry).unwrap_or(true);
                skill.evidence = Evidence {
                    accepted: r.count(S, "accepted", entry).unwrap_or(0),
                    thanks: r.count(S, "thanks", entry).unwrap_or(0),
                };
            }
            if seen.insert(skill_key(&skill.name)) {
                out.push(skill);
            }
        });
        out
    }

    fn presence(&mut self, item: &'a Value) -> Presence {
        let word = self.word(P, "presence", item);
        match word.as_str() {
            "available" | "true" => Presence::Available,
            "busy" => Presence::Busy,
            "away" | "false" => Presence::Away,
            "" | "unknown" => Presence::Unknown,
            _ => {
                let problem =
                    says("neither `available`, `busy` nor `away`; say in `values` which it is");
                self.defect("presence", problem);
                Presence::Unknown
            }
        }
    }
}

/// The outward form of a language tag (RFC 5646, section 2.1): a language of 2 or 3 letters and
/// subtags of 1 to 8 letters and digits, 35 characters in all.
fn is_language_tag(parts: &[&str]) -> bool {
    let mut length = 0;
    let mut sound = true;
    for (i, part) in parts.iter().enumerate() {
        length += part.len() + 1;
        sound &= match i {
            0 => matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic()),
            _ => matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()),
        };
    }
    sound && length <= 36
}
