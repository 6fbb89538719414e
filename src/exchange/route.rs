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
//!   together with it by others (`related.rs`) up to 0.35. Words of the question in skills
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

mod worth;

use crate::model::{Person, PersonId, Timestamp};
use crate::search::Index;
use crate::search::order::order;
use std::cmp::Ordering;
use worth::{Routing, Scored};

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
    /// taken from the words ([`super::suggest_skills`]).
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

/// Colleagues for a question, best first, at most [`MOST_CANDIDATES`]; the first [`PROPOSED`]
/// are a balanced choice. The same question to the same index is always answered alike.
#[must_use]
pub fn route(ask: &Ask<'_>, index: &Index, now: Timestamp) -> Vec<Candidate> {
    let mut text = ask.question.to_owned();
    text.push('\n');
    text.push_str(ask.details);
    let mut routing = Routing::new(ask, &text, index, now);
    let shares = routing.read_words(&text);
    let mut scored: Vec<Scored<'_>> = Vec::new();
    for (position, (person, share)) in index.people().iter().zip(shares).enumerate() {
        if routing.may_be_asked(person) {
            scored.extend(routing.score(position, person, share));
        }
    }
    let order = order(scored.len(), &|a, b| match (scored.get(a), scored.get(b)) {
        (Some(a), Some(b)) => {
            let better = b.score.total_cmp(&a.score);
            better.then_with(|| a.person.id.cmp(&b.person.id))
        }
        _ => Ordering::Equal,
    });
    choose(scored, order)
}

/// Picks from the ranked, of whom only the first are looked at: a team's second member counts
/// less, and one of the first three is somebody who was asked nothing lately, if they are at
/// least half as good.
fn choose(mut scored: Vec<Scored<'_>>, mut ranked: Vec<u32>) -> Vec<Candidate> {
    // Beyond these nobody can come in, even if every team is told already.
    ranked.truncate(MOST_CANDIDATES * 32);
    let mut teams: Vec<&str> = Vec::new();
    let mut chosen: Vec<Candidate> = Vec::new();
    let mut seldom = false;
    while chosen.len() < MOST_CANDIDATES {
        // The best, and the best of those who were asked nothing lately: worth, then number.
        let mut best = [(0.0, u32::MAX); 2];
        for number in &ranked {
            let Some(s) = scored.get(*number as usize) else {
                continue;
            };
            let mut worth = s.score;
            for team in &teams {
                if *team == s.person.team {
                    worth *= 0.8;
                }
            }
            for (best, counts) in best.iter_mut().zip([true, s.seldom]) {
                if counts && (best.1 == u32::MAX || worth > best.0) {
                    *best = (worth, *number);
                }
            }
        }
        let [(most, mut number), (worth, other)] = best;
        let needed = chosen.len() + 1 == PROPOSED && !seldom;
        if needed && other != u32::MAX && worth * 2.0 >= most {
            number = other;
        }
        let Some(pick) = scored.get_mut(number as usize) else {
            break;
        };
        ranked.retain(|n| *n != number);
        seldom |= pick.seldom;
        if !pick.person.team.is_empty() {
            teams.push(&pick.person.team);
        }
        chosen.push(Candidate {
            person: pick.person.id.clone(),
            reasons: std::mem::take(&mut pick.reasons),
            score: pick.score,
        });
    }
    chosen
}

#[cfg(test)]
mod tests;
