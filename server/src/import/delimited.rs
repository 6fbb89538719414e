//! Reads delimited text: RFC 4180, and what spreadsheets and old systems make of it.
//!
//! Beyond the standard: any of `;`, `,`, tab and `|` as delimiter; line ends of any kind, mixed;
//! a quotation mark inside a cell that starts without one is a character like any other; and a
//! quotation mark that is opened and never closed does not swallow the lines that follow.

use super::table::{Cell, MAX_COLUMNS, Record};
use std::borrow::Cow;

/// The delimiters that are tried, likeliest first.
pub(super) const DELIMITERS: [char; 4] = [';', ',', '\t', '|'];

/// How far a quoted cell may reach, in bytes; beyond, its quotation mark was opened by mistake.
const LONGEST_QUOTED: usize = 65_536;
/// Cells with a mark that is never closed, after which marks have no meaning in a file. It
/// bounds the text that is looked through in vain.
const MISTAKES: u32 = 1_000;

/// The records of a text, in order. Lines without one character are no records.
pub(super) struct Records<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    delimiter: u8,
    mistakes: u32,
    /// Physical lines without a character, so far: how many, and the first.
    pub(super) empty_lines: (u64, u64),
}

impl<'a> Records<'a> {
    /// Reads `text`, whose first physical line is number 1.
    pub(super) fn new(text: &'a str, delimiter: char) -> Self {
        let delimiter = u8::try_from(delimiter).unwrap_or(b',');
        let mut records = Self {
            text,
            at: 0,
            line: 1,
            delimiter,
            mistakes: 0,
            empty_lines: (0, 0),
        };
        // The line by which Excel is told the delimiter; it is no record.
        if text
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("sep="))
        {
            while records.byte().is_some_and(|b| !is_break(b)) {
                records.at += 1;
            }
            records.line_end();
        }
        records
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end of any kind; `false` where there is none.
    fn line_end(&mut self) -> bool {
        let step = match (self.byte(), self.text.as_bytes().get(self.at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => return false,
        };
        self.at += step;
        self.line += 1;
        true
    }

    /// Where the quoted cell that starts at `self.at` ends: the position of its closing mark,
    /// and whether marks are doubled inside. The closing mark stands before a delimiter, a line
    /// end or the end of the text; a mark that opens another cell shows that this one was
    /// never closed.
    fn closing(&self) -> Option<(usize, bool)> {
        let bytes = self.text.as_bytes();
        let end = bytes.len().min(self.at + LONGEST_QUOTED);
        let mut i = self.at + 1;
        let mut doubled = false;
        while i < end {
            if bytes[i] != b'"' {
                i += 1;
                continue;
            }
            match bytes.get(i + 1) {
                Some(b'"') => {
                    doubled = true;
                    i += 2;
                }
                None => return Some((i, doubled)),
                Some(b) if *b == self.delimiter || is_break(*b) => return Some((i, doubled)),
                Some(b' ') if rest_is_blank(&bytes[i + 1..end], self.delimiter) => {
                    return Some((i, doubled));
                }
                Some(_) => {
                    let before = bytes[i - 1];
                    if i > self.at + 1 && (before == self.delimiter || is_break(before)) {
                        return None;
                    }
                    i += 1;
                }
            }
        }
        None
    }

    fn quoted_cell(&mut self, close: usize, doubled: bool) -> Cow<'a, str> {
        let inside = &self.text[self.at + 1..close];
        self.at += 1;
        while self.at < close {
            if !self.line_end() {
                self.at += 1;
            }
        }
        self.at = close + 1;
        while self.byte() == Some(b' ') {
            self.at += 1;
        }
        if doubled {
            Cow::Owned(inside.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(inside)
        }
    }

    fn plain_cell(&mut self) -> Cow<'a, str> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        while self.at < bytes.len() && bytes[self.at] != self.delimiter && !is_break(bytes[self.at])
        {
            self.at += 1;
        }
        Cow::Borrowed(&self.text[start..self.at])
    }
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Whether spaces only stand before the next delimiter or line end.
fn rest_is_blank(bytes: &[u8], delimiter: u8) -> bool {
    let rest = bytes.iter().take(16).find(|b| **b != b' ');
    rest.is_some_and(|b| *b == delimiter || is_break(*b))
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            let line = self.line;
            if !self.line_end() {
                break;
            }
            let (n, first) = self.empty_lines;
            self.empty_lines = (n + 1, if n == 0 { line } else { first });
        }
        self.byte()?;
        let mut record = Record {
            line: self.line,
            cells: Vec::new(),
            open_quote: false,
        };
        loop {
            let mut cell = None;
            if self.byte() == Some(b'"') && self.mistakes < MISTAKES {
                match self.closing() {
                    Some((close, doubled)) => cell = Some(self.quoted_cell(close, doubled)),
                    None => {
                        self.mistakes += 1;
                        record.open_quote = true;
                        self.at += 1;
                    }
                }
            }
            let cell = cell.unwrap_or_else(|| self.plain_cell());
            if record.cells.len() < MAX_COLUMNS {
                record.cells.push(Cell::Text(cell));
            }
            if self.byte() == Some(self.delimiter) {
                self.at += 1;
            } else if self.line_end() || self.byte().is_none() {
                return Some(record);
            }
        }
    }
}

/// How evenly a delimiter cuts the first records: the share of them that have the commonest
/// number of cells, weighted by that number; 0 where it cuts nothing.
pub(super) fn evenness(records: &[Record<'_>]) -> f64 {
    let mut counts: Vec<usize> = records
        .iter()
        .filter(|r| !r.is_blank())
        .map(|r| r.cells.len())
        .collect();
    counts.sort_unstable();
    let total = counts.len();
    let commonest = counts
        .chunk_by(|a, b| a == b)
        .max_by_key(|same| (same.len(), same[0]));
    match commonest {
        Some(same) if same[0] > 1 => {
            same.len() as f64 / total as f64 * (1.0 + (same[0].min(50) as f64).ln())
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, delimiter: char) -> Vec<(u64, Vec<String>)> {
        Records::new(text, delimiter)
            .map(|r| {
                (
                    r.line,
                    r.cells.iter().map(|c| c.text().to_owned()).collect(),
                )
            })
            .collect()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|c| (*c).to_owned()).collect())
    }

    #[test]
    fn line_ends_of_every_kind_and_quotes() {
        let text = "a;b\r\n\r\n\"x;\"\"y\"\"\nz\";2\rlast;\"\"";
        assert_eq!(
            rows(text, ';'),
            [
                row(1, &["a", "b"]),
                row(3, &["x;\"y\"\nz", "2"]),
                row(5, &["last", ""])
            ]
        );
        assert_eq!(rows("sep=;\na;b\n", ';'), [row(2, &["a", "b"])]);
        assert_eq!(rows("5\" pipe;b\n", ';'), [row(1, &["5\" pipe", "b"])]);
        assert_eq!(rows("\"a\" ;b\n", ';'), [row(1, &["a", "b"])]);
        assert_eq!(
            rows("\"Jean \"le roi\" X\";b\n", ';'),
            [row(1, &["Jean \"le roi\" X", "b"])]
        );
        assert_eq!(rows("", ';'), []);
    }

    #[test]
    fn an_open_quote_swallows_nothing() {
        let text = "1;\"open;x\n2;\"closed;y\";z\n3;q\n";
        assert_eq!(
            rows(text, ';'),
            [
                row(1, &["1", "open", "x"]),
                row(2, &["2", "closed;y", "z"]),
                row(3, &["3", "q"])
            ]
        );
        assert!(Records::new(text, ';').next().is_some_and(|r| r.open_quote));
        assert_eq!(
            rows("1;\"open\n2;b", ';'),
            [row(1, &["1", "open"]), row(2, &["2", "b"])]
        );
    }

    #[test]
    fn hostile_quotes_cost_linear_time() {
        let text = "\"a;".repeat(400_000);
        assert_eq!(Records::new(&text, ';').count(), 1);
    }

    proptest! {
        #[test]
        fn lines_are_counted_right(text in "[a;\"\r\n ]{0,60}") {
            let physical = |upto: usize| text[..upto].replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() as u64 + 1;
            let mut records = Records::new(&text, ';');
            while records.next().is_some() {
                prop_assert_eq!(records.line, physical(records.at));
            }
        }
    }
}
