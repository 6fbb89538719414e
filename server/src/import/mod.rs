//! Takes people from the files that personnel departments export.
//!
//! [`read`] is pure: bytes in, people and a report out. It finds the character encoding
//! (`encoding`), tells JSON (`json`) from delimited text (`dialect`, `delimited`), decides which
//! column is what (`columns`, by the names in `field`), and makes people of the records
//! (`people`, with `names`, `dates`, `skills`, `values` and `spellings`). Nothing is edited by
//! hand first: whatever is wrong with a record or a value is reported with its line, and the
//! rest is imported.

mod codepage;
mod columns;
mod dates;
mod delimited;
mod dialect;
mod encoding;
mod error;
mod field;
mod json;
mod names;
mod people;
mod raw;
mod report;
mod shifted;
mod skills;
mod spellings;
mod table;
mod values;

pub use error::ImportError;
pub use field::Field;
pub use report::{Finding, FindingKind, Format, Taken};

use dialect::Delimited;
use entraide::model::Person;
use people::People;
use shifted::Mended;
use table::Record;

/// Longest file that is read, in bytes (200 MiB).
pub const MAX_BYTES: usize = 200 * 1024 * 1024;

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Everyone with an identifier and a name, each once.
    pub people: Vec<Person>,
    /// What was rejected, dropped, and worth a note, in the order of the file.
    pub findings: Vec<Finding>,
    /// How the file was read.
    pub took: Taken,
}

/// Reads a file of people. `overrides` are pairs of a column (its name in any case and accents,
/// or its number from 1) and a field ([`Field::name`], or "ignore"); they win over what the
/// columns' names say.
///
/// # Errors
/// [`ImportError`] where no person can be read at all, or where an override names a column or a
/// field that does not exist.
pub fn read(bytes: &[u8], overrides: &[(String, String)]) -> Result<Import, ImportError> {
    if bytes.len() > MAX_BYTES {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    let decoded = encoding::decode(bytes)?;
    if json::is_json(&decoded.text) {
        let found = json::read(&decoded.text)?;
        if found.records.is_empty() {
            return Err(ImportError::Empty);
        }
        let file = File {
            format: Format::Json,
            width: found.headers.len(),
            headers: found.headers,
            records: found.records,
            findings: found
                .rejected
                .into_iter()
                .map(|(line, reason)| finding(FindingKind::Rejected, line, reason))
                .collect(),
        };
        return file.import(decoded.encoding, overrides);
    }
    let wanted: Vec<&str> = overrides
        .iter()
        .map(|(column, _)| column.as_str())
        .collect();
    let read = dialect::read(&decoded.text, &wanted).ok_or(ImportError::Empty)?;
    File::of_delimited(read).import(decoded.encoding, overrides)
}

fn finding(kind: FindingKind, line: u64, reason: String) -> Finding {
    Finding {
        line,
        field: None,
        kind,
        reason,
    }
}

/// A file of either format, before its columns are understood.
struct File<'a> {
    format: Format,
    headers: Vec<String>,
    /// Cells of the line of column names, nameless ones at its end included.
    width: usize,
    records: Vec<Record<'a>>,
    findings: Vec<Finding>,
}

impl<'a> File<'a> {
    /// Brings delimited text to whole records: what is no record is reported and left out.
    fn of_delimited(read: Delimited<'a>) -> Self {
        let mut findings = Vec::new();
        let mut note = |kind, line, reason: String| findings.push(finding(kind, line, reason));
        let (empty, first) = read.empty_lines;
        if empty > 0 {
            let what = if empty == 1 {
                "an empty line".to_owned()
            } else {
                format!("the first of {empty} empty lines")
            };
            note(FindingKind::Noted, first, format!("{what}, passed over"));
        }
        for record in read.above.iter().filter(|r| !r.is_blank()) {
            note(
                FindingKind::Noted,
                record.line,
                "stands above the column names, and is not read".to_owned(),
            );
        }
        let width = read.headers.len();
        let short = read
            .records
            .iter()
            .filter(|r| r.cells.len() < width && !r.is_blank())
            .count();
        // Where many lines are short, the export leaves out empty cells at the end.
        let short_is_odd = short * 5 < read.records.len().max(5);
        let mut records = Vec::with_capacity(read.records.len());
        for record in read.records {
            let line = record.line;
            if record.is_blank() {
                note(
                    FindingKind::Rejected,
                    line,
                    "an empty record: nothing but delimiters".to_owned(),
                );
                continue;
            }
            let again = record
                .cells
                .iter()
                .zip(&read.headers)
                .all(|(c, h)| c.text().trim() == h);
            if again && record.cells.len() == read.width && read.header_line > 0 {
                note(
                    FindingKind::Rejected,
                    line,
                    "the column names again".to_owned(),
                );
                continue;
            }
            if record.open_quote {
                let reason =
                    "a quotation mark is opened and never closed; read as if it were not there";
                note(FindingKind::Noted, line, reason.to_owned());
            }
            let cells = record.cells.len();
            if cells < width && short_is_odd {
                let reason = format!(
                    "the line ends after {cells} of {width} columns; what followed is lost"
                );
                note(FindingKind::Noted, line, reason);
            }
            records.push(record);
        }
        Self {
            format: Format::Csv {
                delimiter: read.delimiter,
            },
            headers: read.headers,
            width: read.width,
            records,
            findings,
        }
    }

    fn import(
        mut self,
        encoding: String,
        overrides: &[(String, String)],
    ) -> Result<Import, ImportError> {
        let columns = columns::choose(&self.headers, &self.records, overrides)?;
        for reason in &columns.notes {
            self.findings
                .push(finding(FindingKind::Noted, 1, reason.clone()));
        }
        if let Format::Csv { delimiter } = self.format {
            self.mend(&columns, delimiter);
        }
        let mut people = People::new(&columns, &self.records);
        people.findings = self.findings;
        for record in &self.records {
            people.take(record);
        }
        let (people, mut findings) = people.finish();
        findings.sort_by_key(|f| f.line);
        let took = Taken {
            format: self.format,
            encoding,
            columns: self.headers.into_iter().zip(columns.fields).collect(),
        };
        Ok(Import {
            people,
            findings,
            took,
        })
    }

    /// Puts right the lines that have more cells than columns, and says so.
    fn mend(&mut self, columns: &columns::Columns, delimiter: char) {
        let width = self.width;
        for record in &mut self.records {
            let extra = record.cells.len().saturating_sub(width);
            let (kind, reason) = match shifted::mend(record, columns, width, delimiter) {
                Mended::Joined(field) => (
                    FindingKind::Noted,
                    format!(
                        "{extra} cells more than columns; taken as {} with the delimiter inside",
                        field.name()
                    ),
                ),
                Mended::Left if record.cells.iter().skip(width).any(|c| !c.is_blank()) => (
                    FindingKind::Dropped,
                    format!("{extra} cells beyond the last column"),
                ),
                Mended::Left => continue,
            };
            self.findings.push(finding(kind, record.line, reason));
        }
    }
}
