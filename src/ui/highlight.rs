//! A text with the parts that a search matched marked.

use crate::search::{Field, Match};
use std::ops::Range;
use yew::prelude::*;

/// The spans of one field's value.
pub(super) fn spans(matches: &[Match], fields: &[Field], value: usize) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = matches
        .iter()
        .filter(|m| fields.contains(&m.field) && m.value as usize == value)
        .flat_map(|m| m.spans.iter().cloned())
        .collect();
    spans.sort_unstable_by_key(|s| s.start);
    spans
}

/// The text with `spans` (byte ranges in it, in order) marked. A range that does not fit the
/// text is passed over rather than trusted.
pub(super) fn marked(text: &str, spans: &[Range<usize>]) -> Html {
    let mut parts = Vec::with_capacity(spans.len() * 2 + 1);
    let mut at = 0;
    for span in spans {
        let (Some(before), Some(inside)) = (text.get(at..span.start), text.get(span.clone())) else {
            continue;
        };
        parts.push(html! { { before.to_owned() } });
        parts.push(html! { <mark>{ inside.to_owned() }</mark> });
        at = span.end;
    }
    parts.push(html! { { text.get(at..).unwrap_or_default().to_owned() } });
    parts.into_iter().collect()
}
