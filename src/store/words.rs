//! Reasons and errors in words: what is data below becomes a sentence here, in the language
//! of the screens.

use crate::backend::BackendError;
use crate::exchange::{InviteReason, Reason};
use crate::i18n::{Language, Message as M};
use crate::model::{Evidence, Person};
use crate::search::{Field, Match};

/// What went wrong and what to do, in one or two sentences. Where the backend gave a reason of
/// its own, it follows.
#[must_use]
pub fn error_words(language: &Language, error: &BackendError) -> String {
    let message = match error {
        BackendError::Offline => M::ErrOffline,
        BackendError::Timeout => M::ErrTimeout,
        BackendError::SignedOut { .. } => M::ErrSignedOut,
        BackendError::Forbidden { .. } => M::ErrForbidden,
        BackendError::NotFound { .. } => M::ErrNotFound,
        BackendError::Conflict { .. } => M::ErrConflict,
        BackendError::Invalid { .. } => M::ErrInvalid,
        BackendError::TooMany { .. } => M::ErrTooMany,
        BackendError::Unavailable { .. } => M::ErrUnavailable,
        BackendError::Html { .. } => M::ErrHtml,
        BackendError::TooLarge { .. } => M::ErrTooLarge,
        BackendError::Unsupported(_) => M::ErrUnsupported,
        BackendError::Misconfigured { .. } => M::ErrMisconfigured,
        _ => M::ErrUnreadable,
    };
    let words = language.text(message);
    match error.detail() {
        "" => words.to_owned(),
        detail => format!("{words} {detail}"),
    }
}

fn helped(language: &Language, evidence: Evidence, skill: &str) -> String {
    let n = u64::from(evidence.accepted) + u64::from(evidence.thanks);
    let message = if n == 1 {
        M::WhyHelpedOne
    } else {
        M::WhyHelpedOther
    };
    language.fill(message, &[("n", &language.number(n)), ("value", skill)])
}

/// Why a search found somebody, best reason first; a name needs no reason.
#[must_use]
pub fn match_words(language: &Language, person: &Person, matches: &[Match]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for found in matches {
        let with = |message, value: &str| Some(language.fill(message, &[("value", value)]));
        let at = found.value as usize;
        let text = match found.field {
            Field::SkillShown => person
                .skills
                .get(at)
                .map(|s| helped(language, s.evidence, &s.name)),
            Field::SkillDeclared => person
                .skills
                .get(at)
                .and_then(|s| with(M::WhySkill, &s.name)),
            Field::Wants => person.wants.get(at).and_then(|w| with(M::WhyWants, w)),
            Field::Language => person
                .languages
                .get(at)
                .and_then(|l| with(M::WhyLanguage, l)),
            Field::Title => with(M::WhyTitle, &person.title),
            Field::Team => with(M::WhyTeam, &person.team),
            Field::Place => with(M::WhyPlace, &person.place),
            Field::About => Some(language.text(M::WhyAbout).to_owned()),
            Field::Name => None,
        };
        if let Some(text) = text
            && !words.contains(&text)
        {
            words.push(text);
        }
    }
    words
}

/// Why a colleague is proposed.
#[must_use]
pub fn reason_words(language: &Language, reason: &Reason) -> String {
    let with = |message, value: &str| language.fill(message, &[("value", value)]);
    match reason {
        Reason::Shown {
            skill,
            accepted,
            thanks,
        } => helped(
            language,
            Evidence {
                accepted: *accepted,
                thanks: *thanks,
            },
            skill,
        ),
        Reason::Declared { skill } => with(M::WhySkill, skill),
        Reason::Related { skill, via } => {
            language.fill(M::WhyRelated, &[("value", skill), ("via", via)])
        }
        Reason::Title { word } => with(M::WhyTitle, word),
        Reason::SamePlace(place) => with(M::WhySamePlace, place),
        Reason::Speaks(tag) => with(M::WhyLanguage, tag),
        Reason::FreeNow => language.text(M::WhyFree).to_owned(),
        Reason::LightLoad => language.text(M::WhyLight).to_owned(),
        Reason::SeldomAsked => language.text(M::WhySeldom).to_owned(),
    }
}

/// Why a request is in "where you can help".
#[must_use]
pub fn invite_words(language: &Language, reason: &InviteReason) -> String {
    match reason {
        InviteReason::AskedByName => language.text(M::InviteByName).to_owned(),
        InviteReason::Skill(skill) => language.fill(M::InviteSkill, &[("value", skill)]),
        InviteReason::WantsToLearn(skill) => language.fill(M::InviteLearn, &[("value", skill)]),
    }
}
