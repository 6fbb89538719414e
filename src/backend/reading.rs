//! What reading a response gives: the value as far as it is sound, and what was left out of it.

/// Something in a response that could not be taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Where: `/3/email` is the field `email` of the fourth item, `/skills/0` of a single one.
    /// A JSON Pointer (RFC 6901) into the result, since a selector may draw on many places.
    pub pointer: String,
    /// What is wrong with it, in words for the page owner; holds nothing of the value.
    pub problem: String,
}

/// What was read, with what had to be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// The value, sound as it is.
    pub value: T,
    /// What was left out or changed; at most 200.
    pub defects: Vec<Defect>,
}
