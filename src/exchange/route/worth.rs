//! What a colleague is worth for a question: the factors of the score, each by itself, and the
//! reasons that come with them.

use super::{Ask, Reason};
use crate::exchange::keywords::keywords;
use crate::exchange::related::related;
use crate::exchange::suggest::suggest_skills;
use crate::model::{Evidence, Person, PersonId, PersonSkill, Presence, Timestamp, skill_key};
use crate::search::language::primary;
use crate::search::rank::{idf, saturated};
use crate::search::texts::Texts;
use crate::search::{Index, words};

/// What a person is worth for a skill that they declare and have not shown.
const DECLARED: f32 = 0.5;
/// The most that a related skill is worth.
const RELATED: f32 = 0.35;
/// The most that words in skills and title are worth.
const WORDS: f32 = 0.35;
/// Skills that were read from the words count a little less than picked ones.
const INFERRED: f32 = 0.8;
/// Words that more than this share of people use say nothing about who knows.
const COMMON: f32 = 0.2;
/// Most reasons that say what somebody knows.
const MOST_KNOWN: usize = 3;
/// Most skills that are asked at once.
const MOST_ASKED: usize = 10;
/// Most words of the question that are looked at.
const MOST_WORDS: usize = 40;

/// A skill that is asked.
struct Asked {
    name: String,
    number: u32,
    weight: f32,
    related: Vec<f32>,
}

/// What all colleagues are measured against.
pub(super) struct Routing<'a> {
    ask: &'a Ask<'a>,
    index: &'a Index,
    now: Timestamp,
    asked: Vec<Asked>,
    /// Folded telling words of the question with their share of the whole.
    words: Texts,
    /// Whether the backend tells what people carry.
    loads_known: bool,
    /// Whether the question's language is worth telling: not everyone speaks it.
    language_tells: bool,
}

/// A colleague in the making.
pub(super) struct Scored<'p> {
    pub(super) person: &'p Person,
    pub(super) score: f32,
    /// Whether they were asked nothing lately, while others were.
    pub(super) seldom: bool,
    pub(super) reasons: Vec<Reason>,
}

fn asked_skills(ask: &Ask<'_>, text: &str, index: &Index) -> Vec<Asked> {
    let mut asked = Vec::new();
    for name in ask.skills {
        add_asked(name, 1.0, index, &mut asked);
    }
    if ask.skills.is_empty() {
        for suggestion in suggest_skills(text, index) {
            add_asked(&suggestion.name, INFERRED, index, &mut asked);
        }
    }
    asked
}

/// Adds a skill that is asked, unless it is known (in another spelling) or there are too many.
fn add_asked(name: &str, weight: f32, index: &Index, asked: &mut Vec<Asked>) {
    let names = index.skill_names();
    let Some(number) = names.find(name) else {
        return;
    };
    if asked.len() < MOST_ASKED && !asked.iter().any(|a| a.number == number) {
        asked.push(Asked {
            name: names.name(number).map_or(name, |name| name).to_owned(),
            number,
            weight,
            related: related(number, index),
        });
    }
}

/// Whether it is worth telling that somebody speaks the question's language: some do, and at
/// least a tenth of those whose languages are known do not.
fn language_tells(ask: &Ask<'_>, index: &Index) -> bool {
    let Some(language) = ask.language else {
        return false;
    };
    let (mut speak, mut all) = (0, 0);
    for person in index.people() {
        all += u32::from(!person.languages.is_empty());
        speak += u32::from(speaks(person, language));
    }
    speak > 0 && speak * 10 < all * 9
}

fn speaks(person: &Person, language: &str) -> bool {
    person
        .languages
        .iter()
        .any(|l| primary(l).eq_ignore_ascii_case(primary(language)))
}

/// The reason that somebody has a skill.
fn has(skill: &PersonSkill) -> Reason {
    let Evidence { accepted, thanks } = skill.evidence;
    let name = skill.name.clone();
    if skill.evidence.is_shown() {
        Reason::Shown {
            skill: name,
            accepted,
            thanks,
        }
    } else {
        Reason::Declared { skill: name }
    }
}

/// What evidence makes of a skill: 0.5 for none, towards 1.
fn mastery(evidence: Evidence) -> f32 {
    1.0 - 1.0 / (1.0 / (1.0 - DECLARED) + weight_of(evidence))
}

fn weight_of(evidence: Evidence) -> f32 {
    evidence.accepted as f32 + 0.5 * evidence.thanks as f32
}

/// Mean and standard deviation of Beta(2 + successes, 1).
fn answer_chance(successes: f32) -> (f32, f32) {
    let (a, b) = (2.0 + successes, 1.0);
    let n = a + b;
    (a / n, (a * b / (n * n * (n + 1.0))).sqrt())
}

/// A number between −1 and 1 from a text and an identifier (FNV-1a, then spread).
fn jitter(text: &str, id: &PersonId) -> f32 {
    let mut hash = 0x811C_9DC5_u32;
    for part in [text, "\0", id.as_str()] {
        for byte in part.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7FEB_352D);
    hash ^= hash >> 15;
    (hash >> 8) as f32 / (1_u32 << 23) as f32 - 1.0
}

impl<'a> Routing<'a> {
    pub(super) fn new(ask: &'a Ask<'a>, text: &str, index: &'a Index, now: Timestamp) -> Self {
        let carries = |p: &Person| p.availability.load.recent > 0 || p.availability.load.open > 0;
        Self {
            ask,
            index,
            now,
            asked: asked_skills(ask, text, index),
            words: Texts::default(),
            loads_known: index.people().iter().any(|p| carries(p)),
            language_tells: language_tells(ask, index),
        }
    }

    /// Hard bounds.
    pub(super) fn may_be_asked(&self, person: &Person) -> bool {
        person.availability.can_be_asked()
            && self.ask.asker.is_none_or(|asker| asker.id != person.id)
            && !self.ask.exclude.contains(&person.id)
    }

    /// Notes the telling words of the question; answers, by position, the share of them that a
    /// person uses outside their name, rare words counting more.
    pub(super) fn read_words(&mut self, text: &str) -> Vec<f32> {
        let people = self.index.len();
        let mut shares = vec![0.0_f32; people];
        let mut total = 0.0;
        let keywords = keywords(text);
        for at in 0..keywords.len().min(MOST_WORDS) {
            let word = keywords.get(at);
            if word.chars().count() < 3 || self.words.find(word).is_some() {
                continue;
            }
            let users = self.index.users_of(word);
            if users.len() as f32 > (people as f32 * COMMON).max(3.0) {
                continue;
            }
            let rarity = idf(people, users.len());
            total += rarity;
            for (person, weight) in users {
                if let Some(share) = shares.get_mut(person as usize) {
                    *share += rarity * saturated(weight);
                }
            }
            self.words.push(word);
        }
        if total > 0.0 {
            for share in &mut shares {
                *share /= total;
            }
        }
        shares
    }

    pub(super) fn score(
        &self,
        position: usize,
        person: &'a Person,
        word_share: f32,
    ) -> Option<Scored<'a>> {
        let mut missing = 1.0;
        // What they know, by skill, the weightiest first.
        let mut known: Vec<(f32, Reason)> = Vec::new();
        let mut successes = 0.0;
        for asked in &self.asked {
            if let Some((chance, reason)) = self.knows(asked, position, person, &mut successes) {
                let chance = asked.weight * chance;
                missing *= 1.0 - chance;
                let at = known.iter().position(|(other, _)| *other < chance);
                known.insert(at.unwrap_or(known.len()), (chance, reason));
            }
        }
        if word_share > 0.0
            && let Some(reason) = self.word_reason(person, &known)
        {
            let chance = WORDS * word_share;
            missing *= 1.0 - chance;
            if let Some(reason) = reason {
                let at = known.iter().position(|(other, _)| *other < chance);
                known.insert(at.unwrap_or(known.len()), (chance, reason));
            }
        }
        if missing >= 1.0 {
            return None;
        }
        let mut reasons = Vec::new();
        for (_, reason) in known {
            if reasons.len() < MOST_KNOWN {
                reasons.push(reason);
            }
        }
        let (mean, deviation) = answer_chance(successes);
        let theta = mean + 0.5 * deviation * jitter(self.ask.question, &person.id);
        let load = person.availability.load;
        let seldom = self.loads_known && load.recent == 0 && load.open == 0;
        let freshness = if seldom { 1.2 } else { 1.0 };
        let score = (1.0 - missing)
            * theta
            * self.availability(person)
            * room(person)
            * self.nearness(person, &mut reasons)
            * freshness;
        self.tell_load(person, seldom, &mut reasons);
        Some(Scored {
            person,
            score,
            seldom,
            reasons,
        })
    }

    /// What somebody knows of a skill, between 0 and 1, and how that is known.
    fn knows(
        &self,
        asked: &Asked,
        position: usize,
        person: &Person,
        successes: &mut f32,
    ) -> Option<(f32, Reason)> {
        let held = self.index.skill_numbers(position);
        if held.contains(&asked.number) {
            // Most people spell it alike; comparing keys is for the others.
            let alike = person.skills.iter().find(|s| s.name == asked.name);
            let skill = alike.or_else(|| person.skill(&asked.name))?;
            *successes += weight_of(skill.evidence);
            return Some((mastery(skill.evidence), has(skill)));
        }
        let (mut strength, mut via) = (0.0, 0);
        for number in held {
            let related = asked.related.get(*number as usize).copied().unwrap_or(0.0);
            if related > strength {
                (strength, via) = (related, *number);
            }
        }
        if strength <= 0.0 {
            return None;
        }
        let reason = Reason::Related {
            skill: asked.name.clone(),
            via: self.index.skill_names().name(via)?.to_string(),
        };
        Some((RELATED * strength, reason))
    }

    /// Where a word of the question stands in their skills or title: a reason that was not told
    /// yet, `Some(None)` where it was, and `None` where the word stands elsewhere only.
    fn word_reason(&self, person: &Person, told: &[(f32, Reason)]) -> Option<Option<Reason>> {
        let mut repeated = false;
        for skill in &person.skills {
            if self.word_in(&skill.name).is_none() {
                continue;
            }
            let is_told = told.iter().any(|(_, r)| match r {
                Reason::Shown { skill: s, .. } | Reason::Declared { skill: s } => *s == skill.name,
                Reason::Related { via, .. } => *via == skill.name,
                _ => false,
            });
            if !is_told {
                return Some(Some(has(skill)));
            }
            repeated = true;
        }
        match self.word_in(&person.title) {
            Some(word) => Some(Some(Reason::Title {
                word: word.to_owned(),
            })),
            None => repeated.then_some(None),
        }
    }

    /// The first word of a text that the question has, as the text writes it.
    fn word_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        let own = words(text);
        for at in 0..own.len() {
            if self.words.find(own.text(at)).is_some() {
                return text.get(own.span(at));
            }
        }
        None
    }

    /// A presence that was to end by now is not known any more.
    fn availability(&self, person: &Person) -> f32 {
        let lapsed = person
            .availability
            .until
            .is_some_and(|until| until < self.now);
        match person.availability.presence {
            Presence::Away => 0.0,
            _ if lapsed => 0.8,
            Presence::Available => 1.0,
            Presence::Busy => 0.5,
            Presence::Unknown => 0.8,
        }
    }

    fn nearness(&self, person: &Person, reasons: &mut Vec<Reason>) -> f32 {
        let mut nearness = 1.0;
        let same = |a: &str, b: &str| !a.is_empty() && skill_key(a) == skill_key(b);
        if let Some(asker) = self.ask.asker {
            if same(&asker.place, &person.place) {
                nearness += 0.08;
                reasons.push(Reason::SamePlace(person.place.clone()));
            }
            if same(&asker.time_zone, &person.time_zone) {
                nearness += 0.04;
            }
        }
        if let Some(language) = self.ask.language
            && !person.languages.is_empty()
        {
            if speaks(person, language) {
                nearness += 0.08;
                if self.language_tells {
                    reasons.push(Reason::Speaks(language.to_owned()));
                }
            } else {
                nearness *= 0.7;
            }
        }
        nearness
    }

    fn tell_load(&self, person: &Person, seldom: bool, reasons: &mut Vec<Reason>) {
        let load = person.availability.load;
        if person.availability.presence == Presence::Available && load.open == 0 {
            reasons.push(Reason::FreeNow);
        } else if self.loads_known && load.open <= 1 && load.recent <= 1 {
            reasons.push(Reason::LightLoad);
        }
        if seldom {
            reasons.push(Reason::SeldomAsked);
        }
    }
}

/// How much room a person has: falls with what is open, and with the week's asks towards their
/// own limit (five a week where they name none).
fn room(person: &Person) -> f32 {
    let load = person.availability.load;
    let limit = load.weekly_limit.unwrap_or(5).max(1) as f32;
    let week = 1.0 / (1.0 + load.recent as f32 / limit);
    week / (1.0 + 0.5 * load.open as f32)
}
