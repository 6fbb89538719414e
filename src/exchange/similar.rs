//! Questions that were answered before, for backends that cannot search them themselves.
//!
//! A past question is as similar as the words that both have are rare: the cosine of the two
//! sets of words, each weighted by its inverse document frequency (Salton and Buckley 1988).
//! Words of the details are found, and count half. Below a threshold nothing is shown: a wrong "already
//! answered" is worse than none.

use super::keywords::{alike, keywords, stem};
use crate::model::{Request, RequestId, RequestStatus, Visibility};
use crate::search::interner::Interner;
use crate::search::order::order;
use crate::search::rank::idf;

/// Most similar questions that are told.
const MOST: usize = 5;
/// Less similar ones are never shown.
const LEAST: f32 = 0.35;
/// Part of the question's own words, by rarity, that must be found.
const LEAST_COVERED: f32 = 0.4;
/// Letters of a word that is told from others by itself.
const LONG: usize = 10;

/// A question's words, as numbers; each stem once.
#[derive(Default)]
struct Read {
    words: Vec<u32>,
    stems: Vec<u32>,
    /// How many of them come from the question itself and its skills; they count whole, those
    /// of the details half.
    whole: usize,
}

impl Read {
    fn take(&mut self, text: &str, numbers: &mut Interner) {
        let words = keywords(text);
        for at in 0..words.len() {
            let word = words.get(at);
            let stem = numbers.intern(stem(word));
            if !self.stems.contains(&stem) {
                self.stems.push(stem);
                self.words.push(numbers.intern(word));
            }
        }
    }

    /// The weight of the first word that is one of these, which is the greatest; else 0.
    fn weight(&self, like: &[bool]) -> f32 {
        for (at, word) in self.words.iter().enumerate() {
            if like.get(*word as usize) == Some(&true) {
                return if at < self.whole { 1.0 } else { 0.5 };
            }
        }
        0.0
    }
}

/// Answered questions like this one, the most similar first, with a similarity between 0 and 1;
/// at most five. Private ones are never told.
#[must_use]
pub fn similar<'r>(
    text: &str,
    requests: impl IntoIterator<Item = &'r Request>,
) -> Vec<(RequestId, f32)> {
    let mut answered = Vec::new();
    for request in requests {
        if is_answered(request) {
            answered.push(request);
        }
    }
    ranked(text, &answered)
}

/// A past question in comparison.
#[derive(Default)]
struct Compared {
    read: Read,
    /// Of the asked word at hand.
    weight: f32,
    /// Sum of what both have.
    common: f32,
    /// How many words that is.
    shared: usize,
    similarity: f32,
}

fn ranked(text: &str, requests: &[&Request]) -> Vec<(RequestId, f32)> {
    let mut numbers = Interner::default();
    let mut asked = Read::default();
    asked.take(text, &mut numbers);
    if asked.words.is_empty() {
        return Vec::new();
    }
    let mut past: Vec<Compared> = Vec::new();
    for request in requests {
        let mut read = Read::default();
        read.take(&request.question, &mut numbers);
        for skill in &request.skills {
            read.take(skill, &mut numbers);
        }
        read.whole = read.words.len();
        read.take(&request.details, &mut numbers);
        past.push(Compared {
            read,
            ..Compared::default()
        });
    }
    // How many past questions have each stem.
    let mut frequency = vec![0_u32; numbers.len()];
    for p in &past {
        for stem in &p.read.stems {
            if let Some(count) = frequency.get_mut(*stem as usize) {
                *count += 1;
            }
        }
    }
    let mut all = 0.0;
    let mut like = vec![false; numbers.len()];
    for number in &asked.words {
        let word = numbers.text(*number);
        for (other, like) in (0..).zip(&mut like) {
            *like = alike(numbers.text(other), word);
        }
        let mut found = 0;
        for p in &mut past {
            p.weight = p.read.weight(&like);
            found += usize::from(p.weight > 0.0);
        }
        // A word that no past question has is no rarer than one of one of them.
        let rarity = idf(past.len(), found.max(1));
        all += rarity;
        // A long word, often a compound, says as much as two short ones.
        let words = 1 + usize::from(word.chars().count() >= LONG);
        for p in &mut past {
            p.common += p.weight * rarity;
            p.shared += if p.weight > 0.0 { words } else { 0 };
        }
    }
    let count = past.len();
    for p in &mut past {
        let mut theirs = 0.0;
        for stem in p.read.stems.iter().take(p.read.whole) {
            let found = frequency.get(*stem as usize).copied().unwrap_or(0);
            theirs += idf(count, found as usize);
        }
        if p.shared >= asked.words.len().min(2) && p.common >= LEAST_COVERED * all {
            p.similarity = (p.common / (all * theirs.max(p.common)).sqrt()).min(1.0);
        }
    }
    let similarity = |at: usize| past.get(at).map_or(0.0, |p| p.similarity);
    let id = |at: usize| requests.get(at).map(|r| &r.id);
    let order = order(count, &|a, b| {
        let better = similarity(b).total_cmp(&similarity(a));
        better.then_with(|| id(a).cmp(&id(b)))
    });
    let mut out = Vec::new();
    for at in order {
        let similarity = similarity(at as usize);
        if out.len() == MOST || similarity < LEAST {
            break;
        }
        out.extend(id(at as usize).map(|id| (id.clone(), similarity)));
    }
    out
}

fn is_answered(request: &Request) -> bool {
    let answered = request.answer_count > 0
        || !request.answers.is_empty()
        || matches!(
            request.status,
            RequestStatus::Answered | RequestStatus::Solved
        );
    answered && request.visibility == Visibility::Open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::testing::request;
    use proptest::prelude::*;

    fn past() -> Vec<Request> {
        let mut all: Vec<Request> = [
            (
                "vpn",
                "Le VPN ne se connecte plus depuis la mise à jour",
                &["VPN"][..],
            ),
            (
                "pivot",
                "Comment actualiser un tableau croisé dynamique ?",
                &["Excel"],
            ),
            ("travel", "How do I book a train to Kraków?", &[]),
            (
                "leave",
                "Combien de jours de congé pour un déménagement ?",
                &["Paie"],
            ),
            (
                "expense",
                "Wie reiche ich eine Reisekostenabrechnung ein?",
                &[],
            ),
            (
                "printer",
                "L'imprimante du deuxième étage n'imprime plus",
                &[],
            ),
            (
                "sap",
                "Erreur SAP lors de la saisie d'une facture",
                &["SAP FI"],
            ),
        ]
        .into_iter()
        .map(|(id, question, skills)| request(id, question, skills))
        .collect();
        for r in &mut all {
            r.status = RequestStatus::Solved;
            r.answer_count = 1;
        }
        all
    }

    fn found(text: &str) -> Vec<String> {
        similar(text, &past())
            .into_iter()
            .map(|(id, _)| id.to_string())
            .collect()
    }

    #[test]
    fn finds_what_was_asked_in_other_words() {
        for (text, want) in [
            ("actualiser tableau croisé dynamique", "pivot"),
            (
                "Mes tableaux croisés dynamiques ne s'actualisent pas",
                "pivot",
            ),
            ("VPN ne se connecte pas", "vpn"),
            ("Reisekostenabrechnung einreichen", "expense"),
            ("facture SAP erreur", "sap"),
            ("imprimante étage", "printer"),
        ] {
            assert_eq!(
                found(text).first().map(String::as_str),
                Some(want),
                "{text}"
            );
        }
    }

    #[test]
    fn shows_nothing_rather_than_nonsense() {
        for text in [
            "",
            "?",
            "comment faire",
            "Qui connaît la soudure à l'arc ?",
            "train du personnel à la comptabilité analytique",
            "mise en page d'un rapport trimestriel",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn only_answered_and_open_ones() {
        let mut all = past();
        all[0].visibility = Visibility::Private;
        all[1].status = RequestStatus::Open;
        all[1].answer_count = 0;
        assert!(similar("VPN connecte", &all).is_empty());
        assert!(similar("actualiser tableau croisé dynamique", &all).is_empty());
    }

    proptest! {
        #[test]
        fn stays_in_bounds(text in "(\\PC|vpn |sap |facture ){0,40}") {
            for (_, similarity) in similar(&text, &past()) {
                prop_assert!((LEAST..=1.0).contains(&similarity));
            }
        }
        #[test]
        fn the_same_question_is_found(n in 0_usize..7) {
            let all = past();
            let found = similar(&all[n].question, &all);
            prop_assert_eq!(found.first().map(|f| &f.0), Some(&all[n].id));
        }
    }
}
