//! Finds out how a delimited file is written: its delimiter, and the line of column names,
//! which titles and blank lines may precede.

use super::delimited::{DELIMITERS, Records, evenness};
use super::field::{fold, recognise};
use super::table::{Cell, MAX_RECORDS, Record};
use super::values::email;
use std::borrow::Cow;
use std::collections::HashSet;

/// Records that the judgement looks at.
const SAMPLE: usize = 200;
/// How far down the column names may stand, in records.
const HEADER_WITHIN: usize = 30;

/// A delimited file, taken apart.
pub(super) struct Delimited<'a> {
    /// What stands between its cells.
    pub(super) delimiter: char,
    /// The column names; "column 1" and so on where the file has none.
    pub(super) headers: Vec<String>,
    /// Cells of the line of column names, nameless ones at its end included.
    pub(super) width: usize,
    /// Line of the column names; 0 where the file has none.
    pub(super) header_line: u64,
    /// What stands above the column names.
    pub(super) above: Vec<Record<'a>>,
    /// What follows them.
    pub(super) records: Vec<Record<'a>>,
    /// Physical lines without a character: how many, and the first.
    pub(super) empty_lines: (u64, u64),
}

/// Takes a text apart; `wanted` are column names that its owner has named, which so are
/// certainly among its column names. `None` where there is not one record.
pub(super) fn read<'a>(text: &'a str, wanted: &[&str]) -> Option<Delimited<'a>> {
    let wanted: HashSet<String> = wanted
        .iter()
        .map(|w| fold(w))
        .filter(|w| !w.is_empty())
        .collect();
    let mut best: Option<(char, Option<usize>, f64)> = None;
    for delimiter in DELIMITERS {
        let sample: Vec<_> = Records::new(text, delimiter).take(SAMPLE).collect();
        let (at, names) = header(&sample, &wanted);
        let score = names as f64 * 10.0 + evenness(&sample);
        if best.is_none_or(|(_, _, top)| score > top) {
            best = Some((delimiter, at.filter(|_| names > 0), score));
        }
    }
    let (delimiter, header_at, _) = best?;
    let mut reader = Records::new(text, delimiter);
    let mut records: Vec<Record<'a>> = reader.by_ref().take(MAX_RECORDS).collect();
    let empty_lines = reader.empty_lines;
    let header_at = match header_at {
        Some(at) => at,
        None => records.iter().position(|r| !r.is_blank())?,
    };
    let candidate = records.get(header_at)?;
    let nameless = candidate.cells.iter().any(|c| email(c.text()).is_some());
    if nameless {
        let width = records.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        let headers = (1..=width).map(|n| format!("column {n}")).collect();
        return Some(Delimited {
            delimiter,
            headers,
            width,
            header_line: 0,
            above: Vec::new(),
            records,
            empty_lines,
        });
    }
    let rest = records.split_off(header_at + 1);
    let names = records.pop()?;
    let mut headers: Vec<String> = names.cells.iter().map(header_text).collect();
    // A delimiter at the end of every line is no column.
    let width = headers.len();
    while headers.last().is_some_and(String::is_empty)
        && rest
            .iter()
            .all(|r| r.cells.get(headers.len() - 1).is_none_or(Cell::is_blank))
    {
        headers.pop();
    }
    if headers.is_empty() {
        headers = vec![String::new(); width];
    }
    Some(Delimited {
        delimiter,
        headers,
        width,
        header_line: names.line,
        above: records,
        records: rest,
        empty_lines,
    })
}

fn header_text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(Cow::Borrowed(text)) => text.trim().to_owned(),
        other => other.text().trim().to_owned(),
    }
}

/// Which of the first records names the most columns, and how many different ones.
fn header(sample: &[Record<'_>], wanted: &HashSet<String>) -> (Option<usize>, usize) {
    let mut best = (None, 0);
    for (at, record) in sample.iter().take(HEADER_WITHIN).enumerate() {
        let mut fields = HashSet::new();
        let mut named = HashSet::new();
        for cell in record.cells.iter().take(200) {
            let text = cell.text();
            fields.extend(recognise(text).map(|(field, _)| field));
            named.extend(wanted.get(&fold(text)));
        }
        let names = fields.len() + named.len() * 2;
        if names > best.1 {
            best = (Some(at), names);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiter_and_line_of_names() {
        for (text, delimiter, line, width) in [
            ("Matricule;Nom\n1;a, b, c\n", ';', 1, 2),
            ("id,name,skills\n1,A,x;y;z\n2,B,x;y;z\n", ',', 1, 3),
            ("id\tname\n1\tA\n", '\t', 1, 2),
            ("id|name|\n1|A|\n", '|', 1, 2),
            (
                "Annuaire 2026;;\n\nExporté le 3 mai;;\nMatricule;Nom;Service\n1;A;B\n",
                ';',
                4,
                3,
            ),
            ("sep=,\nid,name\n1,A\n", ',', 2, 2),
            ("\"id\",\"name\"\n\"1\",\"A\"\n", ',', 1, 2),
        ] {
            let read = read(text, &[]).unwrap();
            assert_eq!(
                (read.delimiter, read.header_line, read.headers.len()),
                (delimiter, line, width),
                "{text}"
            );
        }
        assert!(read("", &[]).is_none());
        assert!(read("\n\r\n", &[]).is_none());
    }

    #[test]
    fn names_that_only_the_owner_knows() {
        let text = "Report;x\nFoo;Bar\n1;A\n";
        assert_eq!(read(text, &["foo"]).unwrap().header_line, 2);
        let nameless = read("1;Zoé;z@x.fr\n2;Ana;a@x.fr\n", &[]).unwrap();
        assert_eq!((nameless.header_line, nameless.records.len()), (0, 2));
        assert_eq!(nameless.headers[2], "column 3");
    }
}
