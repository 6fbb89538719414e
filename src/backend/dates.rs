//! Dates, in the forms in which backends write them.
//!
//! Read without being told: RFC 3339; the same without zone (taken as UTC) or with `+0000`;
//! a bare date; seconds or milliseconds since 1970, as number or text; the dates of HTTP
//! (RFC 9110, section 5.6.7); `/Date(1700000000000)/`. Days before or after months cannot be
//! told apart, so `31/12/2026` needs the form `dmy` or `mdy` from the mapping.

use super::uri_template::number_in;
use crate::model::Timestamp;
use serde_json::Value;

/// How a mapping says that a field's dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DateForm {
    /// Any of the forms that cannot be mistaken.
    #[default]
    Auto,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Millis,
    /// Day, month, year, with any separator.
    Dmy,
    /// Month, day, year.
    Mdy,
}

/// Names of the forms in mappings.
pub(super) const FORMS: [(&str, DateForm); 5] = [
    ("auto", DateForm::Auto),
    ("seconds", DateForm::Seconds),
    ("millis", DateForm::Millis),
    ("dmy", DateForm::Dmy),
    ("mdy", DateForm::Mdy),
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A moment, or `None` where the value is none in this form.
pub(super) fn read_date(value: &Value, form: DateForm) -> Option<Timestamp> {
    match value {
        Value::Number(number) => from_number(number.as_f64()?, form),
        Value::String(text) => {
            let text = text.trim();
            match form {
                DateForm::Dmy | DateForm::Mdy => from_parts(text, form),
                DateForm::Auto | DateForm::Seconds | DateForm::Millis => Timestamp::parse(text)
                    .ok()
                    .or_else(|| nearly_rfc3339(text))
                    .or_else(|| from_number(number_in(text)?, form))
                    .or_else(|| http_date(text))
                    .or_else(|| {
                        let inside = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
                        let end = inside
                            .get(1..)?
                            .find(['+', '-'])
                            .map_or(inside.len(), |e| e + 1);
                        from_number(number_in(inside.get(..end)?)?, DateForm::Millis)
                    }),
            }
        }
        _ => None,
    }
}

fn from_number(number: f64, form: DateForm) -> Option<Timestamp> {
    // In seconds, 1e11 is the year 5138; in milliseconds, March 1973.
    let millis = match form {
        DateForm::Millis => number,
        DateForm::Seconds => number * 1_000.0,
        _ if number.abs() < 1e11 => number * 1_000.0,
        _ => number,
    };
    (millis.is_finite() && millis.abs() < 2.6e14).then(|| Timestamp::from_millis(millis as i64))
}

/// `2026-11-24T06:24:28.1+0100`, `2026-11-24 06:24:28`, `2026-11-24T06:24Z`, `20261124`.
fn nearly_rfc3339(text: &str) -> Option<Timestamp> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let whole = format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        return Timestamp::parse(&whole).ok();
    }
    let (date, time) = text.split_at_checked(10)?;
    let time = time.trim_start_matches(['T', 't', ' ']);
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(at);
    let clock = clock.trim_end();
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let zone = match zone.len() {
        0 => "Z".to_owned(),
        3 => format!("{zone}:00"),
        5 => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        _ => zone.to_owned(),
    };
    Timestamp::parse(&format!("{date}T{clock}{seconds}{zone}")).ok()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` and the obsolete `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994` (RFC 9110, section 5.6.7).
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let words: Vec<&str> = text
        .split([' ', ',', '-'])
        .filter(|w| !w.is_empty())
        .collect();
    let (day, month, year, clock) = match words.as_slice() {
        [_, day, month, year, clock, ..] if clock.contains(':') => (day, month, year, clock),
        [_, month, day, clock, year] if clock.contains(':') => (day, month, year, clock),
        _ => return None,
    };
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month)? + 1;
    let year: u16 = year.parse().ok()?;
    // Two digits are of the last century from 70 on.
    let year = if year < 70 {
        year + 2_000
    } else if year < 100 {
        year + 1_900
    } else {
        year
    };
    Timestamp::parse(&format!("{year:04}-{month:02}-{day:0>2}T{clock}Z")).ok()
}

fn from_parts(text: &str, form: DateForm) -> Option<Timestamp> {
    let (date, clock) = match text.split_once([' ', 'T']) {
        Some((date, clock)) => (date, clock.trim()),
        None => (text, ""),
    };
    let mut parts = date.split(['/', '.', '-']).map(str::parse::<u16>);
    let (a, b, year) = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    let (day, month) = if form == DateForm::Dmy {
        (a, b)
    } else {
        (b, a)
    };
    let year = if year < 100 { year + 2_000 } else { year };
    let midnight = format!("{year:04}-{month:02}-{day:02}");
    if clock.is_empty() {
        Timestamp::parse(&midnight).ok()
    } else {
        nearly_rfc3339(&format!("{midnight}T{clock}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn reads_the_forms_of_real_backends() {
        let expected = Timestamp::parse("2026-11-24T06:24:28Z").ok();
        for value in [
            json!("2026-11-24T06:24:28Z"),
            json!("2026-11-24T07:24:28+01:00"),
            json!("2026-11-24T07:24:28.000+0100"),
            json!("2026-11-24 06:24:28"),
            json!("2026-11-24T06:24:28"),
            json!(1_795_501_468),
            json!(1_795_501_468_000_i64),
            json!("1795501468"),
            json!("Tue, 24 Nov 2026 06:24:28 GMT"),
            json!("Tuesday, 24-Nov-26 06:24:28 GMT"),
            json!("Tue Nov 24 06:24:28 2026"),
            json!("/Date(1795501468000)/"),
            json!("/Date(1795501468000+0100)/"),
        ] {
            assert_eq!(read_date(&value, DateForm::Auto), expected, "{value}");
        }
        let day = Timestamp::from_date(2026, 12, 31);
        for (value, form) in [
            (json!("2026-12-31"), DateForm::Auto),
            (json!("20261231"), DateForm::Auto),
            (json!("31/12/2026"), DateForm::Dmy),
            (json!("31.12.26"), DateForm::Dmy),
            (json!("12/31/2026"), DateForm::Mdy),
            (json!("31/12/2026 00:00"), DateForm::Dmy),
        ] {
            assert_eq!(read_date(&value, form), day, "{value}");
        }
        for bad in [
            json!("31/12/2026"),
            json!("soon"),
            json!(""),
            json!(null),
            json!({}),
            json!(1e300),
        ] {
            assert_eq!(read_date(&bad, DateForm::Auto), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9TZ:+. /é-]{0,30}|\\PC{0,20}") {
            for (_, form) in FORMS {
                let _ = read_date(&json!(text), form);
            }
        }
    }
}
