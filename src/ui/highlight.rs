//! A text with the parts that a search matched marked.

use super::element::{Element, element, group};
use crate::search::{Field, Match};
use std::ops::Range;

/// The spans of one field's value, in order.
pub(super) fn spans(matches: &[Match], fields: &[Field], value: usize) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = Vec::new();
    for found in matches {
        if !fields.contains(&found.field) || found.value as usize != value {
            continue;
        }
        for span in &found.spans {
            // They are few, and come nearly in order.
            let mut at = spans.len();
            while at > 0
                && spans
                    .get(at - 1)
                    .is_some_and(|before| before.start > span.start)
            {
                at -= 1;
            }
            spans.insert(at, span.clone());
        }
    }
    spans
}

/// The text with `spans` (byte ranges in it, in order) marked. A range that does not fit the
/// text is passed over rather than trusted.
pub(super) fn marked(text: &str, spans: &[Range<usize>]) -> Element {
    let mut out = group();
    let mut at = 0;
    for span in spans {
        let (Some(before), Some(inside)) = (text.get(at..span.start), text.get(span.clone()))
        else {
            continue;
        };
        out = out.text(before).child(element("mark", "").text(inside));
        at = span.end;
    }
    out.text(text.get(at..).unwrap_or_default())
}
