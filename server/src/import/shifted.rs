//! Lines with more cells than columns: somebody wrote the delimiter inside a cell that the
//! export did not quote, and everything behind it stands one column too far to the right.

use super::columns::Columns;
use super::dates::{self, DayOrder};
use super::field::Field;
use super::table::{Cell, Record};
use super::values;
use entraide::model::SafeUrl;
use std::borrow::Cow;

/// Fields in which people write the delimiter, likeliest first.
const SUSPECTS: [Field; 7] = [
    Field::Skills,
    Field::Wants,
    Field::Languages,
    Field::About,
    Field::Title,
    Field::Team,
    Field::Name,
];

/// What was done about the cells beyond the last column.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mended {
    /// Joined again in the column of this field.
    Joined(Field),
    /// Nothing: they are blank, or no reading is better than the one as it stands.
    Left,
}

/// Tries each column in which a delimiter may have been written, and takes the reading in which
/// most dates, addresses and languages stand where they belong. Among equals, a line whose
/// superfluous cells are blank is left as it is; else the likeliest column is taken.
pub(super) fn mend(
    record: &mut Record<'_>,
    columns: &Columns,
    width: usize,
    delimiter: char,
) -> Mended {
    let Some(extra) = record
        .cells
        .len()
        .checked_sub(width)
        .filter(|extra| *extra > 0)
    else {
        return Mended::Left;
    };
    let as_it_stands = fit(record, columns, |column| column);
    let mut best = (as_it_stands, None);
    for suspect in SUSPECTS {
        let Some(at) = columns.of(suspect) else {
            continue;
        };
        let fit = fit(record, columns, |column| {
            if column > at { column + extra } else { column }
        });
        if fit > best.0 {
            best = (fit, Some((at, suspect)));
        }
    }
    let Some((at, field)) = best.1 else {
        return Mended::Left;
    };
    let end = (at + extra + 1).min(record.cells.len());
    let parts: Vec<Cell<'_>> = record.cells.drain(at..end).collect();
    let joined: Vec<&str> = parts.iter().map(Cell::text).collect();
    let whole = Cow::Owned(joined.join(&delimiter.to_string()));
    record.cells.insert(at, Cell::Text(whole));
    Mended::Joined(field)
}

/// How well the cells fit their columns: those that read as what they should be, less those
/// that do not, less one where something is left over.
fn fit(record: &Record<'_>, columns: &Columns, cell_of: impl Fn(usize) -> usize) -> i32 {
    let mut sum = 0;
    for (column, field) in columns.fields.iter().enumerate() {
        let Some(cell) = record.cells.get(cell_of(column)).filter(|c| !c.is_blank()) else {
            continue;
        };
        let fits = match field {
            Some(Field::Email) => values::email(cell.text()).is_some(),
            Some(Field::Joined) => dates::parse(cell.text(), DayOrder::DayFirst).is_some(),
            Some(Field::TimeZone) => values::time_zone(cell.text()).is_some(),
            Some(Field::Photo | Field::Profile) => SafeUrl::new(cell.text().trim()).is_some(),
            Some(Field::Languages) => cell
                .text()
                .split([',', '/', ';', '|'])
                .all(|l| values::language(l).is_some()),
            _ => continue,
        };
        sum += if fits { 1 } else { -1 };
    }
    let next = cell_of(columns.fields.len());
    let left_over = record.cells.iter().skip(next).any(|c| !c.is_blank());
    sum - i32::from(left_over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::delimited::Records;

    fn mended(line: &str) -> (Mended, Vec<String>) {
        let fields = [
            Field::Id,
            Field::Team,
            Field::Skills,
            Field::Wants,
            Field::Joined,
        ]
        .map(Some);
        let columns = Columns {
            fields: fields.to_vec(),
            email_is_id: false,
            notes: Vec::new(),
        };
        let mut record = Records::new(line, ';').next().unwrap();
        let done = mend(&mut record, &columns, 5, ';');
        (
            done,
            record.cells.iter().map(|c| c.text().to_owned()).collect(),
        )
    }

    #[test]
    fn cells_stand_where_they_belong_again() {
        let (done, cells) = mended("1;Achats;Excel;Word;Go;01/02/2024");
        assert_eq!(done, Mended::Joined(Field::Skills));
        assert_eq!(cells, ["1", "Achats", "Excel;Word", "Go", "01/02/2024"]);
        let (done, cells) = mended("1;Achats;Excel;Go;01/02/2024;");
        assert_eq!(done, Mended::Left);
        assert_eq!(cells.len(), 6);
        assert_eq!(mended("1;Achats;Excel;Go;01/02/2024").0, Mended::Left);
        assert_eq!(mended("1;Achats").0, Mended::Left);
        assert_eq!(mended("1;a;b;c;d;e;f;g").0, Mended::Joined(Field::Skills));
    }
}
