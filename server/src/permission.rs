//! Who may do what with a request. The one place where this is decided.
//!
//! | action | who | when |
//! | --- | --- | --- |
//! | read | everybody; a private one: the asker and those asked, also after they passed | always |
//! | answer | whoever may read it; the asker to follow up | until it is closed |
//! | accept | the asker, and never an answer of their own | always |
//! | thank | whoever may read it; somebody else, who answered or named somebody | always |
//! | pass | those asked, and those on whose skill an open one is | while help is wanted |
//! | close | the asker | until it is solved |
//!
//! Whoever may not read a request is told that there is none.

use crate::database::standing::Standing;
use crate::problem::Problem;

/// What somebody wants to do with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See it and its thread.
    Read,
    /// Write an answer, or as its asker a follow-up.
    Answer,
    /// Say that an answer solved it.
    Accept,
    /// Thank a helper.
    Thank,
    /// Pass on it.
    Pass,
    /// Give it up.
    Close,
}

/// Whether a person who stands so to a request may do this.
///
/// # Errors
/// 404 where they may not even read it, 403 where it is not theirs to do, 409 where the request
/// is in a state that does not allow it to anybody.
pub fn check(action: Action, standing: &Standing) -> Result<(), Problem> {
    let Standing {
        private,
        is_asker,
        was_asked,
        has_passed,
        has_skill,
        ..
    } = *standing;
    if private && !is_asker && !was_asked {
        return Err(no_such_request());
    }
    let closed = standing.status == "closed";
    let solved = standing.status == "solved";
    match action {
        Action::Read | Action::Thank => Ok(()),
        Action::Answer if closed => Err(Problem::conflict(
            "This request is closed and takes no more answers. Ask anew if help is wanted again.",
        )),
        Action::Answer => Ok(()),
        Action::Accept if !is_asker => Err(Problem::forbidden(
            "Only the person who asked can say what solved it.",
        )),
        Action::Accept => Ok(()),
        Action::Pass if !(was_asked || has_passed || (has_skill && !is_asker)) => {
            Err(Problem::forbidden(
                "You were not asked and it is not on a skill of yours, so there is nothing to pass on.",
            ))
        }
        Action::Pass if solved || closed => Err(Problem::conflict(
            "Help is no longer wanted here, so there is nothing to pass on.",
        )),
        Action::Pass => Ok(()),
        Action::Close if !is_asker => Err(Problem::forbidden(
            "Only the person who asked can close it.",
        )),
        Action::Close if solved => Err(Problem::conflict(
            "This request is solved already and need not be closed.",
        )),
        Action::Close => Ok(()),
    }
}

/// The same words whether there is none or none that this person may know of.
#[must_use]
pub fn no_such_request() -> Problem {
    Problem::not_found("There is no request with this id, or it is not yours to read.")
}
