//! What both formats are brought to before anything is understood: columns and records.

use std::borrow::Cow;

/// Records that are read from one file; more than any directory of people.
pub(super) const MAX_RECORDS: usize = 2_000_000;
/// Columns that are looked at; more than any export has.
pub(super) const MAX_COLUMNS: usize = 1_000;

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// As it stands in the file.
    Text(Cow<'a, str>),
    /// A list that the file itself keeps apart (an array in JSON).
    List(Vec<String>),
}

impl Cell<'_> {
    /// The text; of a list its first entry.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::List(list) => list.first().map_or("", String::as_str),
        }
    }

    /// Whether there is nothing in it but white space.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.iter().all(|entry| entry.trim().is_empty()),
        }
    }
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Physical line on which it starts, from 1.
    pub(super) line: u64,
    /// Its values, in the order of the columns; there may be fewer or more than columns.
    pub(super) cells: Vec<Cell<'a>>,
    /// Whether a quotation mark was opened in it and never closed.
    pub(super) open_quote: bool,
}

impl Record<'_> {
    /// Whether it holds nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}
