//! What can happen to the widget: the person did something, a page's script asked for
//! something, or the world answered.
//!
//! Actions are plain data. The screens and the embedding make them, [`super::Store::dispatch`]
//! is the only place that acts on them.

use super::call::{Reply, Ticket};
use super::config::Config;
use super::surface::{Field, SurfaceId, SurfaceKind, View};
use crate::backend::BackendError;
use crate::model::{
    AnswerId, NewRequest, NewThanks, PageContext, Pass, PersonId, Presence, RequestId, Timestamp,
    Visibility,
};
use std::rc::Rc;

/// What an ask panel is to be filled with, by an attribute, a trigger or `entraide.ask()`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefill {
    /// The question.
    pub question: Option<String>,
    /// The details.
    pub details: Option<String>,
    /// Names of skills.
    pub skills: Vec<String>,
    /// Who is to be asked.
    pub to: Vec<PersonId>,
    /// The page that goes along, instead of the one that the widget is in.
    pub context: Option<PageContext>,
}

impl Prefill {
    /// Whether it fills nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }
}

/// One choice in a facet of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetValue {
    /// A skill's name.
    Skill(String),
    /// A team's name.
    Team(String),
    /// A place's name.
    Place(String),
    /// A status.
    Presence(Presence),
}

/// A change to the ask form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskEdit {
    /// The question's words.
    Question(String),
    /// The details' words.
    Details(String),
    /// A skill is added (proposed or typed).
    AddSkill(String),
    /// A skill is taken out; it is not proposed again for this question.
    RemoveSkill(String),
    /// A colleague is to be asked by name.
    AddPerson(PersonId),
    /// A colleague is not to be asked by name.
    RemovePerson(PersonId),
    /// Who may read it.
    Visibility(Visibility),
    /// The page goes along, or does not.
    KeepContext(bool),
    /// To the last look before sending, or back to the form.
    Review(bool),
    /// An empty form again.
    Clear,
}

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Action {
    /// The embedding starts, or the page owner changed the configuration.
    Configured(Config),
    /// Time passes; sent about once a minute and before anything that looks at the clock.
    Tick(Timestamp),
    /// What storage kept: slot names and contents.
    Restored(Vec<(String, String)>),
    /// Storage refused; drafts live in memory only from now on, and the person is told.
    StorageFailed,
    /// The browser says whether there is a network.
    Online(bool),

    /// An element came into the page.
    Mounted {
        /// Which.
        surface: SurfaceId,
        /// What it shows.
        kind: SurfaceKind,
    },
    /// An element left the page.
    Unmounted(SurfaceId),
    /// An attribute of an element was set (`None`: taken away).
    Attribute {
        /// Which element.
        surface: SurfaceId,
        /// The attribute's name.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// The address of the page holds a search (`data-deep-link`).
    Address {
        /// The directory that reads it.
        surface: SurfaceId,
        /// The `URLSearchParams` pairs that are ours.
        pairs: Vec<(String, String)>,
    },
    /// Fill the ask form of a surface, and show it.
    Fill {
        /// Which.
        surface: SurfaceId,
        /// With what. It is taken in without a copy, so it must not be held elsewhere.
        prefill: Prefill,
    },
    /// Fill the panel's ask form, from an element that has none of its own.
    Elsewhere(Prefill),
    /// A panel was opened or closed.
    Shown {
        /// Which.
        surface: SurfaceId,
        /// Open?
        open: bool,
    },

    /// Show another view; the one before is kept for "back".
    Go {
        /// In which surface.
        surface: SurfaceId,
        /// What to show.
        view: View,
    },
    /// To the view before.
    Back(SurfaceId),
    /// Ask this colleague, from wherever they are seen.
    AskPerson {
        /// Seen where.
        surface: SurfaceId,
        /// Whom.
        person: PersonId,
    },
    /// The person wants the panel closed.
    Close(SurfaceId),
    /// Read again what could not be read.
    Reload(SurfaceId),

    /// Somebody is about to be looked for (a field that completes names): load the people.
    WantPeople,
    /// Words typed into the directory's search.
    Search {
        /// Which directory.
        surface: SurfaceId,
        /// The words.
        text: String,
    },
    /// A facet's value was chosen, or let go.
    Facet {
        /// Which directory.
        surface: SurfaceId,
        /// The value.
        value: FacetValue,
        /// Chosen?
        on: bool,
    },
    /// The pause after a search is over: show it in the page's address.
    ShowAddress(SurfaceId),
    /// All filters and words away.
    ClearSearch(SurfaceId),

    /// A change to an ask form.
    Ask {
        /// Which form.
        surface: SurfaceId,
        /// What changed.
        edit: AskEdit,
    },
    /// The pause after typing is over: propose skills, colleagues and similar questions.
    Propose {
        /// Which form.
        surface: SurfaceId,
        /// Of which state of the form; later typing makes it stale.
        revision: u32,
    },
    /// The person presses "send".
    Post(SurfaceId),
    /// `entraide-before-post` has run: what is to be posted, or `None` where it was cancelled.
    Approved {
        /// Which form.
        surface: SurfaceId,
        /// What the page's listeners left of it.
        request: Option<Box<NewRequest>>,
    },

    /// Words typed into a field of a thread (an answer, a word of thanks).
    Write {
        /// Which field.
        field: Field,
        /// The words.
        text: String,
    },
    /// Send the answer that was written to a request.
    Answer(RequestId),
    /// This answer solved it.
    Accept {
        /// Of which request.
        request: RequestId,
        /// Which.
        answer: AnswerId,
    },
    /// Thank somebody.
    Thank {
        /// In which request.
        request: RequestId,
        /// Whom, for what.
        thanks: NewThanks,
    },
    /// Pass a request on.
    PassOn {
        /// Which.
        request: RequestId,
        /// Why, and to whom.
        pass: Pass,
    },
    /// Close one's own request.
    CloseRequest(RequestId),
    /// More of a list (at its end, or a click on "more").
    More {
        /// Which list.
        list: super::lists::ListName,
    },

    /// Try a post that waits, now.
    Retry(String),
    /// Continue a draft that was put aside when something else filled the form.
    Unshelve {
        /// In which form.
        surface: SurfaceId,
        /// The draft's key.
        key: String,
    },
    /// Throw a draft that was put aside away.
    DropDraft(String),
    /// Take a post back into its form.
    Edit {
        /// Its key.
        key: String,
        /// The surface in which to show the form.
        surface: SurfaceId,
    },
    /// Throw a post away, by the person's word.
    Discard(String),

    /// A call came back.
    Replied {
        /// Which.
        ticket: Ticket,
        /// With what. It is taken in without a copy, so it must not be held elsewhere.
        result: Result<Rc<Reply>, BackendError>,
    },
    /// The backend says that a request changed.
    Changed(RequestId),
    /// A pause of the outbox is over.
    Wake,
    /// Find out who uses it, where that failed before.
    KnowMe,
    /// Look for news where there is no stream of events.
    Poll,
    /// The stream of events opened (`true`) or broke (`false`).
    Streaming(bool),
    /// A search by the page's script: answered by [`super::Command::Found`].
    Find {
        /// The caller's number.
        id: u32,
        /// The words.
        text: String,
        /// How many at most.
        limit: usize,
    },
}

impl Action {
    /// An edit of a surface's ask form.
    #[must_use]
    pub fn ask(surface: SurfaceId, edit: AskEdit) -> Self {
        Self::Ask { surface, edit }
    }
}
