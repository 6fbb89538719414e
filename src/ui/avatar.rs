//! A face for a person: their picture where there is one, else their initials in a calm colour
//! that stays theirs.

use crate::model::{Person, Presence};
use yew::prelude::*;

/// How many colours the style sheet has.
const COLOURS: u32 = 8;

/// First letters of the first and last word of a name; the style sheet makes capitals of them.
fn initials(name: &str) -> String {
    let first = |word: &str| word.chars().find(|c| c.is_alphanumeric());
    let mut words = name.split_whitespace().filter_map(first);
    let mut out: String = words.next().into_iter().collect();
    out.extend(words.next_back());
    out
}

/// The colour's class (FNV-1a of the name).
fn colour(name: &str) -> String {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    format!("c{}", hash % COLOURS)
}

/// The face of somebody of whom only the name is known.
pub(super) fn of_name(name: &str) -> Html {
    html! { <span class={classes!("avatar", colour(name))} aria-hidden="true">{ initials(name) }</span> }
}

/// The face of a colleague, with a dot for their presence (said in words elsewhere).
pub(super) fn of(person: &Person) -> Html {
    let dot = match person.availability.presence {
        Presence::Available => Some("on"),
        Presence::Busy => Some("busy"),
        Presence::Away => Some("away"),
        Presence::Unknown => None,
    };
    html! {
        <span class={classes!("avatar", colour(&person.name))} aria-hidden="true">
            if let Some(photo) = &person.photo {
                <img src={photo.as_str().to_owned()} alt="" loading="lazy" decoding="async" referrerpolicy="no-referrer" />
            } else {
                { initials(&person.name) }
            }
            if let Some(dot) = dot {
                <span class={classes!("dot", dot)} />
            }
        </span>
    }
}
