//! What the import found and did, to be read by the person who ran it.

use super::Import;
use super::field::Field;
use entraide::model::clean_line;
use std::collections::HashMap;
use std::fmt;

/// Longest excerpt of a file that a report repeats, in characters.
const EXCERPT: usize = 80;
/// Notes of one kind that the printed report lists; the rest are counted.
const NOTES_SHOWN: usize = 5;

/// What became of a record or of one of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingKind {
    /// The record is no person, and was not imported.
    Rejected,
    /// A value was left out; the person was imported without it.
    Dropped,
    /// Imported, with something that one should know.
    Noted,
}

/// One thing that the import found in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// The field that is concerned; `None` where it is the whole record.
    pub field: Option<Field>,
    /// What became of it.
    pub kind: FindingKind,
    /// Why, in words.
    pub reason: String,
}

/// How the file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Records in lines, cells between delimiters (RFC 4180 and its relatives).
    Csv {
        /// What stands between the cells.
        delimiter: char,
    },
    /// JSON (RFC 8259), or one JSON object a line.
    Json,
}

/// How the file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// How it is written.
    pub format: Format,
    /// The character encoding, by its usual name.
    pub encoding: String,
    /// Every column in the file's order, with the field that it was taken as.
    pub columns: Vec<(String, Option<Field>)>,
}

impl Import {
    /// How many findings there are of a kind.
    #[must_use]
    pub fn count(&self, kind: FindingKind) -> usize {
        self.findings.iter().filter(|f| f.kind == kind).count()
    }
}

/// Text of the file, in quotation marks, on one line, safe to print on a terminal.
pub(super) fn quoted(raw: &str) -> String {
    format!("“{}”", clean_line(raw, EXCERPT))
}

impl fmt::Display for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.took.format {
            Format::Json => "JSON".to_owned(),
            Format::Csv { delimiter: '\t' } => "CSV, delimiter: tab".to_owned(),
            Format::Csv { delimiter } => format!("CSV, delimiter: \"{delimiter}\""),
        };
        writeln!(f, "Read as {format}, encoding: {}", self.took.encoding)?;
        writeln!(f, "Columns:")?;
        for (header, field) in &self.took.columns {
            let field = field.map_or("not taken", Field::name);
            writeln!(f, "  {} -> {field}", quoted(header))?;
        }
        let many =
            |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        writeln!(
            f,
            "{}, {}, {}, {}",
            many(self.people.len(), "person", "people"),
            many(
                self.count(FindingKind::Rejected),
                "line rejected",
                "lines rejected"
            ),
            many(
                self.count(FindingKind::Dropped),
                "value dropped",
                "values dropped"
            ),
            many(self.count(FindingKind::Noted), "note", "notes"),
        )?;
        for (kind, heading) in [
            (FindingKind::Rejected, "Rejected lines:"),
            (FindingKind::Dropped, "Dropped values:"),
        ] {
            let of_kind = self.findings.iter().filter(|x| x.kind == kind);
            for (i, finding) in of_kind.enumerate() {
                if i == 0 {
                    writeln!(f, "{heading}")?;
                }
                writeln!(f, "  {finding}")?;
            }
        }
        self.notes(f)
    }
}

impl Import {
    /// The notes, the first few of each kind, so that the hundredth lost letter does not hide
    /// the one truncated line. Notes are of a kind when they differ only in what they quote.
    fn notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: Vec<(Kind<'_>, Vec<&Finding>)> = Vec::new();
        let mut known: HashMap<Kind<'_>, usize> = HashMap::new();
        for note in self
            .findings
            .iter()
            .filter(|x| x.kind == FindingKind::Noted)
        {
            let kind = (note.field, words_of(&note.reason));
            let at = *known.entry(kind).or_insert_with(|| {
                kinds.push((kind, Vec::new()));
                kinds.len() - 1
            });
            if let Some((_, notes)) = kinds.get_mut(at) {
                notes.push(note);
            }
        }
        for (i, (_, notes)) in kinds.iter().enumerate() {
            if i == 0 {
                writeln!(f, "Notes:")?;
            }
            for note in notes.iter().take(NOTES_SHOWN) {
                writeln!(f, "  {note}")?;
            }
            let left = notes.len().saturating_sub(NOTES_SHOWN);
            if left > 0 {
                writeln!(f, "  ... and {left} more like these")?;
            }
        }
        Ok(())
    }
}

/// What tells one kind of note from another.
type Kind<'a> = (Option<Field>, &'a str);

/// The words of a reason that do not come from the file: before and after what it quotes.
fn words_of(reason: &str) -> &str {
    let end = reason.rfind('”').map_or(0, |at| at + '”'.len_utf8());
    let after = &reason[end..];
    if after.is_empty() {
        reason.split('“').next().unwrap_or(reason)
    } else {
        after
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(field) = self.field {
            write!(f, ", {}", field.name())?;
        }
        write!(f, ": {}", self.reason)
    }
}
