//! Dates, in the forms in which backends write them.
//!
//! Read without being told: RFC 3339; the same without zone (taken as UTC) or with `+0000`;
//! a bare date; seconds or milliseconds since 1970, as number or text; the dates of HTTP
//! (RFC 9110, section 5.6.7); `/Date(1700000000000)/`. Days before or after months cannot be
//! told apart, so `31/12/2026` needs the form `dmy` or `mdy` from the mapping.

use super::uri_template::number_in;
use crate::model::Timestamp;
use serde_json::Value;

/// How a mapping says that a field's dates are written; numbers are places in [`FORMS`].
pub(super) type DateForm = u8;

/// Names of the forms in mappings: any that cannot be mistaken; seconds and milliseconds since
/// 1970; day, month, year with any separator; month, day, year.
pub(super) const FORMS: &str = "auto|seconds|millis|dmy|mdy";
pub(super) const AUTO: DateForm = 0;
const SECONDS: DateForm = 1;
const MILLIS: DateForm = 2;
const DMY: DateForm = 3;

const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";

/// A moment, or `None` where the value is none in this form.
pub(super) fn read_date(value: &Value, form: DateForm) -> Option<Timestamp> {
    let text = match value {
        Value::Number(number) => return from_number(number.as_f64()?, form),
        Value::String(text) => text.trim(),
        _ => return None,
    };
    if form >= DMY {
        return from_parts(text, form);
    }
    Timestamp::parse(text)
        .ok()
        .or_else(|| nearly_rfc3339(text))
        .or_else(|| from_number(number_in(text)?, form))
        .or_else(|| http_date(text))
        .or_else(|| {
            let inside = text.strip_prefix("/Date(")?.strip_suffix(")/")?;
            let zone = inside.rfind(['+', '-']).filter(|at| *at > 0);
            let (millis, _) = inside.split_at(zone.unwrap_or(inside.len()));
            from_number(number_in(millis)?, MILLIS)
        })
}

fn from_number(number: f64, form: DateForm) -> Option<Timestamp> {
    // In seconds, 1e11 is the year 5138; in milliseconds, March 1973.
    let in_seconds = form == SECONDS || (form != MILLIS && number.abs() < 1e11);
    let millis = if in_seconds { number * 1_000.0 } else { number };
    (millis.abs() < 2.6e14).then(|| Timestamp::from_millis(millis as i64))
}

/// A time of a day: `06:24:28.1+0100`, `06:24`, `06:24Z`; without zone it is UTC.
fn at_time(day: Timestamp, time: &str) -> Option<Timestamp> {
    let end = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    let clock = clock.trim();
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let (hours, minutes) = zone.split_at_checked(3).unwrap_or((zone, ""));
    let (hours, minutes) = match minutes.trim_start_matches(':') {
        _ if zone.is_empty() => ("Z", ""),
        "" if zone.len() == 3 => (hours, ":00"),
        "" => (zone, ""),
        minutes => (hours, minutes),
    };
    let colon = if minutes.len() == 2 { ":" } else { "" };
    let whole = ["1970-01-01T", clock, seconds, hours, colon, minutes].concat();
    Some(day.plus_millis(Timestamp::parse(&whole).ok()?.millis()))
}

/// `2026-11-24T06:24:28.1+0100`, `2026-11-24 06:24:28`, `2026-11-24T06:24Z`, `20261124`.
fn nearly_rfc3339(text: &str) -> Option<Timestamp> {
    if text.len() == 8 {
        let (year, rest) = text.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return Timestamp::parse(&[year, "-", month, "-", day].concat()).ok();
    }
    let (date, time) = text.split_at_checked(10)?;
    let day = Timestamp::parse(date).ok()?;
    at_time(day, time.trim_start_matches(['T', 't', ' ']))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` and the obsolete `Sunday, 06-Nov-94 08:49:37 GMT` and
/// `Sun Nov  6 08:49:37 1994` (RFC 9110, section 5.6.7).
pub(super) fn http_date(text: &str) -> Option<Timestamp> {
    let words = text.split([' ', ',', '-']).filter(|w| !w.is_empty());
    let words: Vec<&str> = words.collect();
    let (day, month, year, clock) = match words.as_slice() {
        [_, day, month, year, clock, ..] if clock.contains(':') => (day, month, year, clock),
        [_, month, day, clock, year] if clock.contains(':') => (day, month, year, clock),
        _ => return None,
    };
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.find(&month).filter(|at| at % 3 == 0)? / 3 + 1;
    at_time(date(year, month as u8, day.parse().ok()?)?, clock)
}

/// A day; a year of two digits is of the last century from 70 on.
fn date(year: &str, month: u8, day: u8) -> Option<Timestamp> {
    let century = match year.len() {
        2 if year >= "70" => 1_900,
        2 => 2_000,
        _ => 0,
    };
    let year: i64 = year.parse().ok()?;
    Timestamp::from_date(year + century, month, day)
}

fn from_parts(text: &str, form: DateForm) -> Option<Timestamp> {
    let (days, time) = match text.split_once([' ', 'T']) {
        Some((days, time)) => (days, time),
        None => (text, "00:00"),
    };
    let mut parts = days.split(['/', '.', '-']);
    let (a, b, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month) = if form == DMY { (a, b) } else { (b, a) };
    at_time(date(year, month.parse().ok()?, day.parse().ok()?)?, time)
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
            assert_eq!(read_date(&value, AUTO), expected, "{value}");
        }
        let day = Timestamp::from_date(2026, 12, 31);
        for (value, form) in [
            (json!("2026-12-31"), AUTO),
            (json!("20261231"), AUTO),
            (json!("31/12/2026"), DMY),
            (json!("31.12.26"), DMY),
            (json!("12/31/2026"), DMY + 1),
            (json!("31/12/2026 00:00"), DMY),
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
            assert_eq!(read_date(&bad, AUTO), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9TZ:+. /é-]{0,30}|\\PC{0,20}") {
            for form in 0..5 {
                let _ = read_date(&json!(text), form);
            }
        }
    }
}
