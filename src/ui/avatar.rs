//! A face for a person: their picture where there is one, else their initials in a calm colour
//! that stays theirs.

use super::attribute::Attribute as A;
use super::element::{Element, element, span};
use crate::model::{Person, Presence};

/// The classes of the colours that the style sheet has.
const COLOURS: [&str; 8] = [
    "avatar c0",
    "avatar c1",
    "avatar c2",
    "avatar c3",
    "avatar c4",
    "avatar c5",
    "avatar c6",
    "avatar c7",
];

/// First letters of the first and last word of a name; the style sheet makes capitals of them.
fn initials(name: &str) -> String {
    let mut out = String::new();
    let mut last = None;
    for word in name.split_whitespace() {
        let Some(letter) = word.chars().find(|c| c.is_alphanumeric()) else {
            continue;
        };
        if out.is_empty() {
            out.push(letter);
        } else {
            last = Some(letter);
        }
    }
    out.extend(last);
    out
}

/// A circle in the colour of a name (FNV-1a).
fn circle(name: &str) -> Element {
    let mut hash = 0x811c_9dc5_u32;
    for byte in name.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let class = COLOURS
        .get(hash as usize % COLOURS.len())
        .copied()
        .unwrap_or_default();
    span(class).decorative()
}

/// The face of somebody of whom only the name is known.
pub(super) fn of_name(name: &str) -> Element {
    circle(name).text(&initials(name))
}

/// The face of a colleague, with a dot for their presence (said in words elsewhere).
pub(super) fn of(person: &Person) -> Element {
    let dot = match person.availability.presence {
        Presence::Available => "dot on",
        Presence::Busy => "dot busy",
        Presence::Away => "dot away",
        Presence::Unknown => "",
    };
    // The letters lie under the picture, for the case that it does not come.
    let picture = person.photo.as_ref().map(|photo| {
        element("img", "")
            .set(A::Src, photo.as_str())
            .is(A::Alt, "")
            .is(A::Loading, "lazy")
            .is(A::Decoding, "async")
            .is(A::ReferrerPolicy, "no-referrer")
    });
    let face = of_name(&person.name).maybe(picture);
    face.maybe((!dot.is_empty()).then(|| span(dot)))
}
