//! Decides which column is taken as which field: by the owner's word, by the column's name,
//! and, for e-mail addresses, by its values.

use super::error::ImportError;
use super::field::{Doubt, Field, fold, recognise};
use super::table::Record;
use super::values::email;
use std::collections::HashSet;

/// Records that judgements by value look at.
const SAMPLE: usize = 1_000;

/// Which column is what.
#[derive(Debug)]
pub(super) struct Columns {
    /// The field of each column, `None` for those that are not taken.
    pub(super) fields: Vec<Option<Field>>,
    /// Whether people are identified by their e-mail address, for want of a better column.
    pub(super) email_is_id: bool,
    /// What one should know about the choice.
    pub(super) notes: Vec<String>,
}

impl Columns {
    /// The first column that is taken as a field.
    pub(super) fn of(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|f| *f == Some(field))
    }
}

/// Chooses the columns. `overrides` (column, field) win over every judgement.
///
/// # Errors
/// [`ImportError`] where an override names what is not there, or where nothing identifies or
/// names the people.
pub(super) fn choose(
    headers: &[String],
    records: &[Record<'_>],
    overrides: &[(String, String)],
) -> Result<Columns, ImportError> {
    let forced = forced(headers, overrides)?;
    let sample = &records[..records.len().min(SAMPLE)];
    let mut notes = Vec::new();
    let mut guesses: Vec<Option<(Field, Doubt)>> = headers
        .iter()
        .enumerate()
        .map(|(at, header)| match forced[at] {
            Some(_) => None,
            None => recognise(header).filter(|(field, _)| {
                // One that the owner has placed elsewhere needs no guess.
                field.takes_many() || !forced.contains(&Some(Some(*field)))
            }),
        })
        .collect();
    for field in guesses
        .iter()
        .flatten()
        .map(|(field, _)| *field)
        .collect::<HashSet<_>>()
    {
        if !field.takes_many() {
            keep_the_surest(field, &mut guesses, sample);
        }
    }
    let mut fields: Vec<Option<Field>> =
        guesses.iter().map(|g| g.map(|(field, _)| field)).collect();
    settle_names(&mut fields, &forced);
    for (field, forced) in fields.iter_mut().zip(&forced) {
        if let Some(forced) = forced {
            *field = *forced;
        }
    }
    let mut columns = Columns {
        fields,
        email_is_id: false,
        notes: Vec::new(),
    };
    if columns.of(Field::Email).is_none()
        && let Some(at) = (0..headers.len()).find(|at| {
            columns.fields[*at].is_none() && forced[*at].is_none() && holds_emails(*at, sample)
        })
    {
        columns.fields[at] = Some(Field::Email);
        notes.push(format!(
            "column {:?} is taken as email, since it holds addresses",
            headers[at]
        ));
    }
    if columns.of(Field::Id).is_none() {
        if columns.of(Field::Email).is_none() {
            return Err(ImportError::NoIdentifier {
                columns: headers.to_vec(),
            });
        }
        columns.email_is_id = true;
        notes.push("no column identifies people, so their e-mail address does".to_owned());
    }
    let named = [Field::Name, Field::FamilyName, Field::GivenName];
    if named.iter().all(|field| columns.of(*field).is_none()) {
        return Err(ImportError::NoName {
            columns: headers.to_vec(),
        });
    }
    columns.notes = notes;
    Ok(columns)
}

/// What the owner said of each column: nothing, a field, or that it is not to be taken.
fn forced(
    headers: &[String],
    overrides: &[(String, String)],
) -> Result<Vec<Option<Option<Field>>>, ImportError> {
    let mut forced = vec![None; headers.len()];
    for (column, name) in overrides {
        let field = match fold(name).as_str() {
            "ignore" | "none" => None,
            _ => Some(
                Field::from_name(name).ok_or_else(|| ImportError::UnknownField {
                    field: name.clone(),
                })?,
            ),
        };
        let exact = headers.iter().position(|h| h == column.trim());
        let folded = || {
            headers
                .iter()
                .position(|h| !fold(h).is_empty() && fold(h) == fold(column))
        };
        let number = || {
            let n = column
                .trim()
                .trim_start_matches('#')
                .parse::<usize>()
                .ok()?;
            n.checked_sub(1).filter(|at| *at < headers.len())
        };
        let at =
            exact
                .or_else(folded)
                .or_else(number)
                .ok_or_else(|| ImportError::UnknownColumn {
                    column: column.clone(),
                    columns: headers.to_vec(),
                })?;
        if let Some(field) = field.filter(|f| !f.takes_many()) {
            // The last word on a field counts.
            for other in &mut forced {
                if *other == Some(Some(field)) {
                    *other = Some(None);
                }
            }
        }
        forced[at] = Some(field);
    }
    Ok(forced)
}

/// Of several columns that look like one field, keeps the surest that is filled (and, for
/// identifiers, tells records apart).
fn keep_the_surest(field: Field, guesses: &mut [Option<(Field, Doubt)>], sample: &[Record<'_>]) {
    let mut candidates: Vec<(Doubt, usize)> = guesses
        .iter()
        .enumerate()
        .filter_map(|(at, guess)| {
            guess
                .filter(|(f, _)| *f == field)
                .map(|(_, doubt)| (doubt, at))
        })
        .collect();
    candidates.sort_unstable();
    let sound = |at: usize| {
        let values: Vec<&str> = sample
            .iter()
            .filter_map(|r| r.cells.get(at))
            .map(|c| c.text().trim())
            .filter(|v| !v.is_empty())
            .collect();
        let filled = values.len() * 2 >= sample.len().min(values.len().max(1) * 4);
        let distinct = values.iter().collect::<HashSet<_>>().len();
        !values.is_empty() && filled && (field != Field::Id || distinct * 10 >= values.len() * 8)
    };
    let kept = candidates
        .iter()
        .find(|(_, at)| sound(*at))
        .or(candidates.first())
        .map(|(_, at)| *at);
    for (_, at) in candidates {
        if Some(at) != kept {
            guesses[at] = None;
        }
    }
}

/// "Nom" is a family name beside "Prénom" and a whole name alone; so are "Name" beside
/// "Vorname", and "Nombre".
fn settle_names(fields: &mut [Option<Field>], forced: &[Option<Option<Field>>]) {
    let has = |fields: &[Option<Field>], field: Field| {
        fields.contains(&Some(field)) || forced.contains(&Some(Some(field)))
    };
    let name = has(fields, Field::Name);
    let given = has(fields, Field::GivenName);
    let family = has(fields, Field::FamilyName);
    let (from, to) = match (name, given, family) {
        (true, true, false) => (Field::Name, Field::FamilyName),
        (false, false, true) => (Field::FamilyName, Field::Name),
        (false, true, false) => (Field::GivenName, Field::Name),
        _ => return,
    };
    for field in fields.iter_mut().filter(|f| **f == Some(from)) {
        *field = Some(to);
    }
}

/// Whether most values of a column are e-mail addresses.
fn holds_emails(at: usize, sample: &[Record<'_>]) -> bool {
    let (mut filled, mut good) = (0_usize, 0_usize);
    for cell in sample
        .iter()
        .filter_map(|r| r.cells.get(at))
        .filter(|c| !c.is_blank())
    {
        filled += 1;
        good += usize::from(email(cell.text()).is_some());
    }
    good > 0 && good * 10 >= filled * 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::delimited::Records;

    fn chosen(text: &str, overrides: &[(&str, &str)]) -> Result<Vec<&'static str>, ImportError> {
        let mut records: Vec<_> = Records::new(text, ';').collect();
        let headers: Vec<String> = records
            .remove(0)
            .cells
            .iter()
            .map(|c| c.text().to_owned())
            .collect();
        let overrides: Vec<_> = overrides
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect();
        let columns = choose(&headers, &records, &overrides)?;
        Ok(columns
            .fields
            .into_iter()
            .map(|f| f.map_or("", Field::name))
            .collect())
    }

    #[test]
    fn by_name_and_by_company() {
        assert_eq!(
            chosen("Matricule;Nom;Prénom\n1;A;B", &[]).unwrap(),
            ["id", "family-name", "given-name"]
        );
        assert_eq!(chosen("Matricule;Nom\n1;A", &[]).unwrap(), ["id", "name"]);
        assert_eq!(
            chosen("Personalnr.;Name;Vorname\n1;A;B", &[]).unwrap(),
            ["id", "family-name", "given-name"]
        );
        assert_eq!(
            chosen("Name;GivenName;Surname;ObjectGUID\nA;B;C;1", &[]).unwrap(),
            ["name", "given-name", "family-name", "id"]
        );
        assert_eq!(
            chosen("id;Nombre;Apellidos\n1;A;B", &[]).unwrap(),
            ["id", "given-name", "family-name"]
        );
        assert_eq!(
            chosen("id;name;Skill 1;Skill 2\n1;A;B;C", &[]).unwrap(),
            ["id", "name", "skills", "skills"]
        );
    }

    #[test]
    fn empty_columns_give_way() {
        assert_eq!(
            chosen("Matricule;ID;Nom\n;1;A\n;2;B", &[]).unwrap(),
            ["", "id", "name"]
        );
        assert_eq!(
            chosen("Employee ID;UPN;Name\nx;1;A\nx;2;B\nx;3;C", &[]).unwrap(),
            ["", "id", "name"]
        );
    }

    #[test]
    fn by_value_and_for_want_of_an_identifier() {
        assert_eq!(
            chosen("Nom;Contact\nA;a@x.fr\nB;b@x.fr", &[]).unwrap(),
            ["name", "email"]
        );
        let error = chosen("Nom;Service\nA;B", &[]).unwrap_err().to_string();
        assert!(
            error.contains("\"Service\"") && error.contains("--map"),
            "{error}"
        );
        let error = chosen("Matricule;Service\nA;B", &[]).unwrap_err();
        assert!(matches!(error, ImportError::NoName { .. }));
    }

    #[test]
    fn the_owner_has_the_last_word() {
        let columns = chosen(
            "A;B;Nom;Site\n1;x;N;S",
            &[("a", "id"), ("B", "name"), ("site", "ignore")],
        );
        assert_eq!(columns.unwrap(), ["id", "name", "family-name", ""]);
        assert_eq!(
            chosen("A;B\n1;x", &[("1", "id"), ("#2", "name")]).unwrap(),
            ["id", "name"]
        );
        let error = chosen("A;B\n1;x", &[("A", "identity")])
            .unwrap_err()
            .to_string();
        assert!(error.contains("given-name"), "{error}");
        let error = chosen("A;B\n1;x", &[("C", "id")]).unwrap_err().to_string();
        assert!(error.contains("\"A\", \"B\""), "{error}");
    }
}
