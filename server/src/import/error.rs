//! Why a file could not be taken at all, each with what its owner can do next.

use super::field::Field;

/// Why nothing was imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More than [`super::MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than the {max} that are read; split it", max = super::MAX_BYTES)]
    TooLarge {
        /// How long the file is.
        bytes: usize,
    },
    /// A workbook, a document, an archive.
    #[error("this is {what}, not text; save it as CSV (UTF-8) or JSON and import that file")]
    NotText {
        /// What its first bytes say that it is.
        what: &'static str,
    },
    /// Not one record.
    #[error("the file holds no record; export it again, with a line of column names first")]
    Empty,
    /// Looks like JSON, and is not.
    #[error("the JSON is broken at line {line}, column {column}: {detail}; export it again")]
    Json {
        /// Physical line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        detail: String,
    },
    /// JSON in which no list of people is to be found.
    #[error(
        "found no list of people in the JSON (keys: {keys}); it should be an array of objects, \
         one object a line, or an object with one such array (\"users\", \"items\", \"value\")"
    )]
    NoList {
        /// The keys at the top.
        keys: String,
    },
    /// Nothing tells one person from another.
    #[error(
        "no column identifies a person, and none holds e-mail addresses; columns found: {}; \
         say which it is with --map \"COLUMN=id\"",
        list(columns)
    )]
    NoIdentifier {
        /// The columns, as the file names them.
        columns: Vec<String>,
    },
    /// No column holds names.
    #[error(
        "no column holds names; columns found: {}; say which it is with --map \"COLUMN=name\", \
         or --map \"COLUMN=given-name\" and --map \"COLUMN=family-name\"",
        list(columns)
    )]
    NoName {
        /// The columns, as the file names them.
        columns: Vec<String>,
    },
    /// `--map` names a field that people do not have.
    #[error("there is no field {field:?}; the fields are: {}", Field::all_names())]
    UnknownField {
        /// As it was written.
        field: String,
    },
    /// `--map` names a column that the file does not have.
    #[error("there is no column {column:?}; columns found: {}", list(columns))]
    UnknownColumn {
        /// As it was written.
        column: String,
        /// The columns, as the file names them.
        columns: Vec<String>,
    },
}

/// The columns in quotation marks, the first forty of them.
fn list(columns: &[String]) -> String {
    let mut out = String::new();
    for (i, column) in columns.iter().take(40).enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(&format!("{:?}", entraide::model::clean_line(column, 60)));
    }
    if columns.len() > 40 {
        out.push_str(&format!(" and {} more", columns.len() - 40));
    }
    if out.is_empty() {
        out.push_str("none");
    }
    out
}
