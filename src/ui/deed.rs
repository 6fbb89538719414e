//! What a click on a screen can do: the few of all [`Action`]s that a person sets off by one,
//! without the surface, which a screen knows anyway.
//!
//! A listener needs its action anew for every click. Copying any [`Action`] at all, with what
//! backends reply and pages configure, would be several kilobytes.

use crate::model::{AnswerId, Pass, PersonId, RequestId};
use crate::store::{Action, AskEdit, FacetValue, ListName, Prefill, SurfaceId, View};

/// What a click can do.
pub(super) enum Deed {
    /// Shows another view.
    Go(View),
    /// Shows the view before.
    Back,
    /// Closes the panel.
    Close,
    /// Reads again what could not be read.
    Reload,
    /// Asks this colleague.
    AskPerson(PersonId),
    /// Fills the ask form, and shows it.
    Fill(Prefill),
    /// Fills the panel's ask form, from an element that has none.
    Elsewhere(Prefill),
    /// Chooses a facet's value, or lets it go.
    Facet(FacetValue, bool),
    /// Takes all filters and words away.
    ClearSearch,
    /// Changes the ask form.
    Ask(AskEdit),
    /// Sends the question.
    Post,
    /// Continues a draft that was put aside.
    Unshelve(String),
    /// Throws a draft that was put aside away.
    DropDraft(String),
    /// Sends the answer to a request.
    Answer(RequestId),
    /// Says that this answer solved it.
    Accept(RequestId, AnswerId),
    /// Passes a request on.
    PassOn(RequestId, Pass),
    /// Closes one's own request.
    CloseRequest(RequestId),
    /// Shows more of a list.
    More(ListName),
    /// Tries a post that waits.
    Retry(String),
    /// Takes a post back into its form.
    Edit(String),
    /// Throws a post away.
    Discard(String),
}

impl Deed {
    /// The action, in this surface.
    pub(super) fn action(&self, surface: SurfaceId) -> Action {
        match self {
            Self::Go(view) => Action::Go {
                surface,
                view: view.clone(),
            },
            Self::Back => Action::Back(surface),
            Self::Close => Action::Close(surface),
            Self::Reload => Action::Reload(surface),
            Self::AskPerson(person) => Action::AskPerson {
                surface,
                person: person.clone(),
            },
            Self::Fill(prefill) => Action::Fill {
                surface,
                prefill: prefill.clone(),
            },
            Self::Elsewhere(prefill) => Action::Elsewhere(prefill.clone()),
            Self::Facet(value, on) => Action::Facet {
                surface,
                value: value.clone(),
                on: *on,
            },
            Self::ClearSearch => Action::ClearSearch(surface),
            Self::Ask(edit) => Action::Ask {
                surface,
                edit: edit.clone(),
            },
            Self::Post => Action::Post(surface),
            Self::Unshelve(key) => Action::Unshelve {
                surface,
                key: key.clone(),
            },
            Self::DropDraft(key) => Action::DropDraft(key.clone()),
            Self::Answer(request) => Action::Answer(request.clone()),
            Self::Accept(request, answer) => Action::Accept {
                request: request.clone(),
                answer: answer.clone(),
            },
            Self::PassOn(request, pass) => Action::PassOn {
                request: request.clone(),
                pass: pass.clone(),
            },
            Self::CloseRequest(request) => Action::CloseRequest(request.clone()),
            Self::More(list) => Action::More { list: *list },
            Self::Retry(key) => Action::Retry(key.clone()),
            Self::Edit(key) => Action::Edit {
                key: key.clone(),
                surface,
            },
            Self::Discard(key) => Action::Discard(key.clone()),
        }
    }
}
