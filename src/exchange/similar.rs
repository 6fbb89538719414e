//! Questions that were answered before, for backends that cannot search them themselves.
//!
//! A past question is as similar as the words that both have are rare: the cosine of the two
//! sets of words, each weighted by its inverse document frequency (Salton and Buckley 1988).
//! Words of the details are found, and count half. Below a threshold nothing is shown: a wrong "already
//! answered" is worse than none.

use super::keywords::{Keyword, alike, keywords};
use crate::model::{Request, RequestId, RequestStatus, Visibility};
use crate::search::order::sorted;

/// Most similar questions that are told.
const MOST: usize = 5;
/// Less similar ones are never shown.
const LEAST: f32 = 0.35;
/// Part of the question's own words, by rarity, that must be found.
const LEAST_COVERED: f32 = 0.4;
/// Letters of a word that is told from others by itself.
const LONG: usize = 10;

/// A past question's words.
struct Past<'r> {
    id: &'r RequestId,
    words: Vec<(Keyword, f32)>,
}

/// Answered questions like this one, the most similar first, with a similarity between 0 and 1;
/// at most five. Private ones are never told.
#[must_use]
pub fn similar<'r>(
    text: &str,
    requests: impl IntoIterator<Item = &'r Request>,
) -> Vec<(RequestId, f32)> {
    let asked = distinct(keywords(text).into_iter().map(|k| (k, 1.0)));
    if asked.is_empty() {
        return Vec::new();
    }
    let past: Vec<Past<'_>> = requests
        .into_iter()
        .filter(|r| is_answered(r))
        .map(read)
        .collect();
    // How many past questions have a word like each of those asked.
    let rarity: Vec<f32> = asked
        .iter()
        .map(|(word, _)| {
            let found = past
                .iter()
                .filter(|p| p.words.iter().any(|(w, _)| alike(w, word)))
                .count();
            // A word that no past question has is no rarer than one of one of them.
            crate::search::rank::idf(past.len(), found.max(1))
        })
        .collect();
    let all: f32 = rarity.iter().sum();
    let mut frequency: Vec<(&str, u32)> = Vec::new();
    let stems: Vec<&str> = past
        .iter()
        .flat_map(|p| p.words.iter().map(|(w, _)| w.stem.as_str()))
        .collect();
    let stems = sorted(stems, &|a, b| a.cmp(b));
    for same in stems.chunk_by(|a, b| a == b) {
        frequency.extend(same.first().map(|s| (*s, same.len() as u32)));
    }
    let idf = |word: &str| {
        let at = frequency.binary_search_by(|(s, _)| (*s).cmp(word));
        let found = at
            .ok()
            .and_then(|i| frequency.get(i))
            .map_or(0, |(_, n)| *n);
        crate::search::rank::idf(past.len(), found as usize)
    };
    let mut out: Vec<(RequestId, f32)> = Vec::new();
    for p in &past {
        let mut mine = 0.0;
        let mut shared = 0;
        for ((word, _), rarity) in asked.iter().zip(&rarity) {
            let weight = p
                .words
                .iter()
                .filter(|(w, _)| alike(w, word))
                .map(|(_, w)| *w);
            let weight = weight.fold(0.0, f32::max);
            mine += weight * rarity;
            if weight > 0.0 {
                // A long word, often a compound, says as much as two short ones.
                shared += if word.text.chars().count() >= LONG {
                    2
                } else {
                    1
                };
            }
        }
        let theirs: f32 = p
            .words
            .iter()
            .filter(|(_, w)| *w >= 1.0)
            .map(|(w, _)| idf(&w.stem))
            .sum();
        let covered = mine / all;
        let similarity = (mine / (all * theirs.max(mine)).sqrt()).min(1.0);
        if shared >= asked.len().min(2) && covered >= LEAST_COVERED && similarity >= LEAST {
            out.push((p.id.clone(), similarity));
        }
    }
    let mut out = sorted(out, &|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    out.truncate(MOST);
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

fn read(request: &Request) -> Past<'_> {
    let skills = request.skills.iter().flat_map(|s| keywords(s));
    let whole = keywords(&request.question)
        .into_iter()
        .chain(skills)
        .map(|k| (k, 1.0));
    let details = keywords(&request.details).into_iter().map(|k| (k, 0.5));
    Past {
        id: &request.id,
        words: distinct(whole.chain(details)),
    }
}

/// Each stem once, with its first weight, which is its greatest.
fn distinct(words: impl Iterator<Item = (Keyword, f32)>) -> Vec<(Keyword, f32)> {
    let mut out: Vec<(Keyword, f32)> = Vec::new();
    for (word, weight) in words {
        if !out.iter().any(|(w, _)| w.stem == word.stem) {
            out.push((word, weight));
        }
    }
    out
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
