//! How much is said: everything where documents are checked, the bare fact in the widget.
//!
//! Page owners check a mapping natively, with the feature `explain`, and are told what is wrong
//! and what to do. The widget is read by every visitor and must be small: without the feature it
//! refuses the same documents, and says where and in two words why.

/// A sentence for page owners.
#[inline(always)]
pub(super) const fn says(long: &'static str) -> &'static str {
    if cfg!(feature = "explain") {
        long
    } else {
        "not as described"
    }
}

/// Advice that follows a sentence.
#[inline(always)]
pub(super) const fn hint(text: &'static str) -> &'static str {
    if cfg!(feature = "explain") { text } else { "" }
}
