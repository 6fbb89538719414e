//! What the store wants done: calls, storage, timers, and words to the host page.
//!
//! Commands are plain data as well. The embedding carries them out over its ports and comes
//! back with actions; a test carries them out over a simulated backend and clock.

use super::action::{Action, Prefill};
use super::call::{Call, Ticket};
use super::surface::SurfaceId;
use crate::model::NewRequest;
use serde_json::Value;

/// Something to be done outside of the store.
#[derive(Debug, Clone)]
pub enum Command {
    /// Call the backend; answer with [`Action::Replied`].
    Call {
        /// To be given back.
        ticket: Ticket,
        /// What to call.
        call: Box<Call>,
    },
    /// Keep this text under this name beyond the page's life (`None`: forget it).
    Keep {
        /// The slot's name.
        slot: String,
        /// Its contents.
        value: Option<String>,
    },
    /// Dispatch an action after so many milliseconds.
    After {
        /// How long.
        ms: u32,
        /// What then.
        action: Box<Action>,
    },
    /// Listen to the backend's events; answer with [`Action::Streaming`] and
    /// [`Action::Changed`].
    Listen,
    /// Listen no more.
    Hush,
    /// An event of the contract for the host page, bubbling and composed.
    Emit {
        /// The surface on whose element it is dispatched.
        surface: SurfaceId,
        /// The event's name ("entraide-answered").
        name: &'static str,
        /// Its `detail`.
        detail: Value,
    },
    /// Dispatch the cancelable `entraide-before-post`; answer with [`Action::Approved`].
    BeforePost {
        /// On whose element.
        surface: SurfaceId,
        /// What would be posted.
        request: Box<NewRequest>,
    },
    /// Open the panel, then fill its ask form ([`Action::Fill`] with the panel's surface).
    OpenPanel(Box<Prefill>),
    /// Close the panel of this surface.
    ClosePanel(SurfaceId),
    /// Move the focus to what is marked `data-focus` in this surface, after the next drawing.
    Focus(SurfaceId),
    /// Say this politely to a screen reader (ARIA live region).
    Announce {
        /// In which surface.
        surface: SurfaceId,
        /// The words.
        text: String,
    },
    /// Show this search in the page's address.
    Address {
        /// Which directory.
        surface: SurfaceId,
        /// The pairs that are ours; empty values are taken out.
        pairs: Vec<(&'static str, String)>,
    },
    /// Ask the host page for a fresh token, then answer the calls that wait.
    SignIn,
    /// The answer to [`Action::Find`].
    Found {
        /// The caller's number.
        id: u32,
        /// The people as [`super::page_person`] shows them, in a list, or what went wrong in
        /// words.
        result: Result<Value, String>,
    },
}
