//! Who is asked: a few colleagues who can and will answer, each with reasons.
//!
//! The score of a colleague is a product, as in Aardvark (Horowitz and Kamvar, "The anatomy of
//! a large-scale social search engine", WWW 2010), which multiplied relevance by connectedness
//! and asked only those available:
//!
//! `relevance · θ · availability · room · nearness · freshness`
//!
//! - **relevance**, 0 to 1: what they know of what is asked. Each skill asked counts by what
//!   shows it: declared 0.5; shown by `e` accepted answers (thanks count half) 1 − 1/(2 + e), so
//!   that evidence weighs more than claims and the first pieces most; a skill that is held
//!   together with it by others ([`super::related`]) up to 0.35. Words of the question in skills
//!   and title add up to 0.35 by their rarity. The parts combine as independent chances
//!   (noisy-or).
//! - **θ**: the chance that an answer of theirs helps: Beta(2 + e, 1), a prior of two thirds
//!   (people agree more readily than askers think: Flynn and Lake 2008). Instead of its mean we
//!   take mean + z · deviation with z between −½ and ½ from a hash of question and person. That
//!   is Thompson sampling (1933) without a random source: over many questions those of whom
//!   little is known get their share, and the same question is always answered alike.
//! - **availability**: busy people are asked half as readily; away is a bound.
//! - **room**: back-pressure. Sending each question to the best expert is not the best policy
//!   when experts are finite; weighing by what they already carry is (Shah and others, "Adaptive
//!   matching for expert systems with uncertain task types", arXiv 1703.00674). The share of
//!   replies falls as more is asked of one person (Barron and Yechiam 2002).
//! - **nearness**: the same place, time zone and language add a little, never decide.
//! - **freshness**: those who know and were asked nothing lately get a fifth more, and one of
//!   the first three places if one of them is at least half as good. 20 to 35 % of valuable help
//!   comes from 3 to 5 % of people otherwise (Cross, Rebele and Grant, HBR 2016).
//!
//! Hard bounds: the asker, those already asked, away, and a person's own weekly limit. A second
//! colleague of the same team counts for less, so that a question never goes to one corner only.

use super::keywords::keywords;
use super::related::related;
use super::suggest::suggest_skills;
use crate::model::{Evidence, Person, PersonId, Presence, Timestamp, skill_key};
use crate::search::language::primary;
use crate::search::rank::{idf, saturated};
use crate::search::{Index, words};

/// How many colleagues are proposed where nobody says otherwise.
pub const PROPOSED: usize = 3;
/// How many colleagues are told at most.
pub const MOST_CANDIDATES: usize = 8;

/// A question that looks for colleagues.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The question in one line.
    pub question: &'a str,
    /// What else was written.
    pub details: &'a str,
    /// The skills that it is about, as the asker picked them. Where there are none they are
    /// taken from the words ([`suggest_skills`]).
    pub skills: &'a [String],
    /// Who asks, as far as the backend tells.
    pub asker: Option<&'a Person>,
    /// The language of the question as a BCP 47 tag, where known.
    pub language: Option<&'a str>,
    /// Who is not to be proposed: those asked already, and those who passed.
    pub exclude: &'a [PersonId],
}

/// Why a colleague is proposed; the screen turns it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// They helped with this skill before.
    Shown {
        /// The skill, as they write it.
        skill: String,
        /// Answers that were accepted.
        accepted: u32,
        /// Thanks received.
        thanks: u32,
    },
    /// They say that they can help with this skill.
    Declared {
        /// The skill, as they write it.
        skill: String,
    },
    /// People who have a skill of theirs mostly know this one as well.
    Related {
        /// The skill that is asked.
        skill: String,
        /// The skill that they have.
        via: String,
    },
    /// A word of the question is in their title.
    Title {
        /// The word, as the title writes it.
        word: String,
    },
    /// They work where the asker works.
    SamePlace(String),
    /// They speak the question's language (a BCP 47 tag), which not everyone does.
    Speaks(String),
    /// They are available and have no open request.
    FreeNow,
    /// They carry little at the moment.
    LightLoad,
    /// They were asked nothing lately, while others were.
    SeldomAsked,
}

/// A colleague who could be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Why, the weightiest first; at least one says what they know.
    pub reasons: Vec<Reason>,
    /// The higher, the better; comparable within one question.
    pub score: f32,
}

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
/// Most words of the question that are looked at.
const MOST_WORDS: usize = 40;

/// A skill that is asked.
struct Asked {
    name: String,
    number: Option<u32>,
    weight: f32,
    related: Vec<f32>,
}

/// A colleague in the making.
struct Scored<'p> {
    person: &'p Person,
    score: f32,
    seldom: bool,
    reasons: Vec<Reason>,
}

/// What all colleagues are measured against.
struct Routing<'a> {
    ask: &'a Ask<'a>,
    index: &'a Index,
    now: Timestamp,
    asked: Vec<Asked>,
    /// Folded telling words of the question with their share of the whole.
    words: Vec<String>,
    /// Whether the backend tells what people carry.
    loads_known: bool,
    /// Whether the question's language is worth telling: not everyone speaks it.
    language_tells: bool,
}

/// Colleagues for a question, best first, at most [`MOST_CANDIDATES`]; the first [`PROPOSED`]
/// are a balanced choice. The same question to the same index is always answered alike.
#[must_use]
pub fn route(ask: &Ask<'_>, index: &Index, now: Timestamp) -> Vec<Candidate> {
    let text = format!("{}\n{}", ask.question, ask.details);
    let mut routing = Routing {
        ask,
        index,
        now,
        asked: asked_skills(ask, &text, index),
        words: Vec::new(),
        loads_known: index
            .people()
            .iter()
            .any(|p| p.availability.load.recent > 0 || p.availability.load.open > 0),
        language_tells: language_tells(ask, index),
    };
    let shares = routing.read_words(&text);
    let mut scored: Vec<Scored<'_>> = Vec::new();
    for (position, (person, share)) in index.people().iter().zip(shares).enumerate() {
        if routing.may_be_asked(person) {
            scored.extend(routing.score(position, person, share));
        }
    }
    scored.sort_unstable_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.person.id.cmp(&b.person.id))
    });
    choose(scored)
}

fn asked_skills(ask: &Ask<'_>, text: &str, index: &Index) -> Vec<Asked> {
    let counts = index.skill_counts();
    let mut asked: Vec<Asked> = Vec::new();
    let mut add = |name: &str, weight: f32| {
        let number = index.skill_names().find(name);
        if asked.len() < 10 && !asked.iter().any(|a| a.number == number && number.is_some()) {
            let related = number
                .map(|n| related(n, &counts, index))
                .unwrap_or_default();
            asked.push(Asked {
                name: name.to_owned(),
                number,
                weight,
                related,
            });
        }
    };
    for name in ask.skills {
        add(name, 1.0);
    }
    if ask.skills.is_empty() {
        for suggestion in suggest_skills(text, index) {
            add(&suggestion.name, INFERRED);
        }
    }
    asked
}

/// Whether it is worth telling that somebody speaks the question's language: some do, and at
/// least a tenth of those whose languages are known do not.
fn language_tells(ask: &Ask<'_>, index: &Index) -> bool {
    let Some(language) = ask.language else {
        return false;
    };
    let known = index.people().iter().filter(|p| !p.languages.is_empty());
    let (speak, all) = known.fold((0, 0), |(speak, all), p| {
        (speak + usize::from(speaks(p, language)), all + 1)
    });
    speak > 0 && speak * 10 < all * 9
}

fn speaks(person: &Person, language: &str) -> bool {
    person
        .languages
        .iter()
        .any(|l| primary(l).eq_ignore_ascii_case(primary(language)))
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
    let bytes = text.bytes().chain([0]).chain(id.as_str().bytes());
    let mut hash = bytes.fold(0x811C_9DC5_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    });
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7FEB_352D);
    hash ^= hash >> 15;
    (hash >> 8) as f32 / (1_u32 << 23) as f32 - 1.0
}

impl<'a> Routing<'a> {
    /// Hard bounds.
    fn may_be_asked(&self, person: &Person) -> bool {
        person.availability.can_be_asked()
            && self.ask.asker.is_none_or(|asker| asker.id != person.id)
            && !self.ask.exclude.contains(&person.id)
    }

    /// Notes the telling words of the question; answers, by position, the share of them that a
    /// person uses outside their name, rare words counting more.
    fn read_words(&mut self, text: &str) -> Vec<f32> {
        let people = self.index.len();
        let mut shares = vec![0.0_f32; people];
        let mut total = 0.0;
        for keyword in keywords(text).into_iter().take(MOST_WORDS) {
            if keyword.text.chars().count() < 3 || self.words.contains(&keyword.text) {
                continue;
            }
            let users = self.index.users_of(&keyword.text);
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
            self.words.push(keyword.text);
        }
        if total > 0.0 {
            shares.iter_mut().for_each(|s| *s /= total);
        }
        shares
    }

    fn score(&self, position: usize, person: &'a Person, word_share: f32) -> Option<Scored<'a>> {
        let mut missing = 1.0;
        let mut reasons: Vec<(f32, Reason)> = Vec::new();
        let mut successes = 0.0;
        for asked in &self.asked {
            let Some((chance, reason)) = self.knows(asked, position, person, &mut successes) else {
                continue;
            };
            missing *= 1.0 - asked.weight * chance;
            reasons.push((asked.weight * chance, reason));
        }
        if word_share > 0.0
            && let Some(reason) = self.word_reason(person, &reasons)
        {
            missing *= 1.0 - WORDS * word_share;
            reasons.extend(reason.map(|r| (WORDS * word_share, r)));
        }
        if missing >= 1.0 {
            return None;
        }
        reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
        reasons.truncate(3);
        let mut reasons: Vec<Reason> = reasons.into_iter().map(|(_, r)| r).collect();
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
        if asked.number.is_some_and(|n| held.contains(&n)) {
            let skill = person.skill(&asked.name)?;
            let evidence = skill.evidence;
            *successes += weight_of(evidence);
            let name = skill.name.clone();
            let reason = if evidence.is_shown() {
                Reason::Shown {
                    skill: name,
                    accepted: evidence.accepted,
                    thanks: evidence.thanks,
                }
            } else {
                Reason::Declared { skill: name }
            };
            return Some((mastery(evidence), reason));
        }
        let strength = |n: &u32| asked.related.get(*n as usize).copied().unwrap_or(0.0);
        let via = held
            .iter()
            .copied()
            .max_by(|a, b| strength(a).total_cmp(&strength(b)))?;
        let chance = RELATED * strength(&via);
        if chance <= 0.0 {
            return None;
        }
        let via = self.index.skill_names().name(via)?.to_string();
        Some((
            chance,
            Reason::Related {
                skill: asked.name.clone(),
                via,
            },
        ))
    }

    /// Where a word of the question stands in their skills or title: a reason that was not told
    /// yet, `Some(None)` where it was, and `None` where the word stands elsewhere only.
    fn word_reason(&self, person: &Person, told: &[(f32, Reason)]) -> Option<Option<Reason>> {
        let asked = |text: &str| {
            words(text)
                .into_iter()
                .find(|w| self.words.contains(&w.text))
                .and_then(|w| text.get(w.span).map(str::to_owned))
        };
        let mut repeated = false;
        for skill in &person.skills {
            if asked(&skill.name).is_none() {
                continue;
            }
            let is_told = told.iter().any(|(_, r)| match r {
                Reason::Shown { skill: s, .. } | Reason::Declared { skill: s } => *s == skill.name,
                Reason::Related { via, .. } => *via == skill.name,
                _ => false,
            });
            repeated |= is_told;
            if !is_told {
                let Evidence { accepted, thanks } = skill.evidence;
                let name = skill.name.clone();
                return Some(Some(if skill.evidence.is_shown() {
                    Reason::Shown {
                        skill: name,
                        accepted,
                        thanks,
                    }
                } else {
                    Reason::Declared { skill: name }
                }));
            }
        }
        match asked(&person.title) {
            Some(word) => Some(Some(Reason::Title { word })),
            None => repeated.then_some(None),
        }
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

/// Picks from the ranked: a team's second member counts less, and one of the first three is
/// somebody who was asked nothing lately, if they are at least half as good.
fn choose(mut ranked: Vec<Scored<'_>>) -> Vec<Candidate> {
    // Beyond these nobody can come in, even if every team is told already.
    ranked.truncate(MOST_CANDIDATES * 32);
    let mut teams: Vec<String> = Vec::new();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut seldom = false;
    while chosen.len() < MOST_CANDIDATES {
        let worth = |s: &Scored<'_>| {
            let team = &s.person.team;
            let before = teams.iter().filter(|t| !t.is_empty() && *t == team).count();
            s.score * 0.8_f32.powi(before as i32)
        };
        let best = |only_seldom: bool| {
            let mut best: Option<(usize, f32)> = None;
            for (i, s) in ranked
                .iter()
                .enumerate()
                .filter(|(_, s)| !only_seldom || s.seldom)
            {
                let worth = worth(s);
                if best.is_none_or(|(_, most)| worth > most) {
                    best = Some((i, worth));
                }
            }
            best
        };
        let Some((mut at, most)) = best(false) else {
            break;
        };
        if chosen.len() + 1 == PROPOSED
            && !seldom
            && let Some((other, worth)) = best(true)
            && worth * 2.0 >= most
        {
            at = other;
        }
        let pick = ranked.remove(at);
        seldom |= pick.seldom;
        teams.push(pick.person.team.clone());
        chosen.push(Candidate {
            person: pick.person.id.clone(),
            reasons: pick.reasons,
            score: pick.score,
        });
    }
    chosen
}

#[cfg(test)]
mod tests;
