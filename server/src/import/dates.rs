//! Dates as exports write them: ISO 8601, day and month in either order, in words, and the
//! serial numbers of spreadsheets.

use entraide::model::{Timestamp, skill_key};

/// In which order a column of dates writes day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum DayOrder {
    /// 31/12/2024: nearly everywhere.
    #[default]
    DayFirst,
    /// 12/31/2024: the United States.
    MonthFirst,
}

/// Years in which somebody who works today can have joined, or will soon.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;

/// Judges a column: values whose first number cannot be a month against those whose second
/// cannot. Day first where there is no evidence.
pub(super) fn day_order<'a>(values: impl Iterator<Item = &'a str>) -> DayOrder {
    let (mut day_first, mut month_first) = (0_usize, 0_usize);
    for value in values {
        if let Some((a, b, _)) = numbers(without_time(value)) {
            day_first += usize::from((13..=31).contains(&a) && b <= 12);
            month_first += usize::from((13..=31).contains(&b) && a <= 12);
        }
    }
    if month_first > day_first {
        DayOrder::MonthFirst
    } else {
        DayOrder::DayFirst
    }
}

/// Reads a date as midnight UTC; a moment of RFC 3339 as its day. `None` where there is no such
/// day, where the year lies outside 1900 to 2100, or where it is no date.
pub(super) fn parse(value: &str, order: DayOrder) -> Option<Timestamp> {
    let value = value.trim();
    let (year, month, day) = iso(value)
        .or_else(|| slashed(without_time(value), order))
        .or_else(|| compact(value))
        .or_else(|| serial(value))
        .or_else(|| in_words(without_time(value)))?;
    if !YEARS.contains(&year) {
        return None;
    }
    Timestamp::from_date(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

fn iso(value: &str) -> Option<(i64, i64, i64)> {
    let time = Timestamp::parse(value)
        .or_else(|_| Timestamp::parse(without_time(value)))
        .ok()?;
    let (year, month, day) = time.date();
    Some((year, i64::from(month), i64::from(day)))
}

/// The value before a time of day ("15/03/2024 00:00:00").
fn without_time(value: &str) -> &str {
    match value.split_once([' ', 'T']) {
        Some((date, time))
            if time.contains(':')
                && !date.is_empty()
                && date.contains(|c: char| c.is_ascii_digit()) =>
        {
            date
        }
        _ => value,
    }
}

/// Three numbers with one of `/ . -` or spaces between them.
fn numbers(value: &str) -> Option<(i64, i64, i64)> {
    let sign = value.chars().find(|c| matches!(c, '/' | '.' | '-' | ' '))?;
    let mut parts = value.split(sign).map(str::trim).filter(|p| !p.is_empty());
    let mut next = || -> Option<i64> {
        let part = parts.next()?;
        (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let three = (next()?, next()?, next()?);
    parts.next().is_none().then_some(three)
}

fn slashed(value: &str, order: DayOrder) -> Option<(i64, i64, i64)> {
    let (a, b, c) = numbers(value)?;
    if a > 31 {
        return Some((a, b, c));
    }
    let year = full_year(c);
    Some(match order {
        DayOrder::DayFirst => (year, b, a),
        DayOrder::MonthFirst => (year, a, b),
    })
}

/// Two digits as POSIX reads them: 69 to 99 lie in the last century.
fn full_year(year: i64) -> i64 {
    match year {
        0..=68 => year + 2_000,
        69..=99 => year + 1_900,
        _ => year,
    }
}

/// 20240315.
fn compact(value: &str) -> Option<(i64, i64, i64)> {
    let number: i64 = (value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit()))
        .then(|| value.parse().ok())??;
    Some((number / 10_000, number / 100 % 100, number % 100))
}

/// Days since 1899-12-30, as spreadsheets count from March 1900 on (1900 was no leap year, and
/// they think that it was); between 1927 and 2100, so that no year and no small number is taken for one.
fn serial(value: &str) -> Option<(i64, i64, i64)> {
    let days = value.split(['.', ',']).next()?;
    let fraction = value.get(days.len() + 1..).unwrap_or("");
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if days.len() != 5 || !digits(days) || !digits(fraction) {
        return None;
    }
    let days: i64 = days.parse().ok()?;
    if !(10_000..=73_415).contains(&days) {
        return None;
    }
    let (year, month, day) = Timestamp::from_millis((days - 25_569) * 86_400_000).date();
    Some((year, i64::from(month), i64::from(day)))
}

/// Beginnings of month names in English, French, German and Spanish, folded; longer ones that
/// share a beginning stand first.
const MONTHS: [(&str, i64); 26] = [
    ("jan", 1),
    ("ene", 1),
    ("fev", 2),
    ("feb", 2),
    ("mars", 3),
    ("mar", 3),
    ("marz", 3),
    ("avr", 4),
    ("apr", 4),
    ("abr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("jun", 6),
    ("juil", 7),
    ("jul", 7),
    ("aou", 8),
    ("aug", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// "15 mars 2024", "1er avril 2019", "March 15, 2024", "15-Mar-24", "15. März 2024".
fn in_words(value: &str) -> Option<(i64, i64, i64)> {
    let folded = skill_key(value);
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && *w != "de");
    let (mut month, mut found) = (None, Vec::with_capacity(2));
    for word in words {
        let plain = word
            .strip_suffix("er")
            .filter(|w| w.bytes().all(|b| b.is_ascii_digit()))
            .unwrap_or(word);
        if plain.len() <= 4 && plain.bytes().all(|b| b.is_ascii_digit()) {
            found.push(plain.parse::<i64>().ok()?);
        } else {
            let (_, number) = MONTHS.iter().find(|(start, _)| word.starts_with(start))?;
            if month.replace(*number).is_some() {
                return None;
            }
        }
    }
    match (month, found.as_slice()) {
        (Some(month), [year, day]) if *year > 31 => Some((*year, month, *day)),
        (Some(month), [day, year]) => Some((full_year(*year), month, *day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &str, order: DayOrder) -> Option<String> {
        parse(value, order).map(|t| t.to_string()[..10].to_owned())
    }

    #[test]
    fn the_usual_forms() {
        for value in [
            "2024-03-15",
            "15/03/2024",
            "15.03.2024",
            "15-03-2024",
            "15/3/24",
            "15 03 2024",
            "2024/03/15",
            "20240315",
            "45366",
            "45366.75",
            "15/03/2024 08:30:00",
            "2024-03-15 00:00",
            "2024-03-15T10:00:00Z",
            "15 mars 2024",
            "March 15, 2024",
            "15-Mar-24",
            "15. März 2024",
            "15 de marzo de 2024",
            "15.03.2024 ",
        ] {
            assert_eq!(
                read(value, DayOrder::DayFirst).as_deref(),
                Some("2024-03-15"),
                "{value}"
            );
        }
        assert_eq!(
            read("3/1/2026", DayOrder::DayFirst).as_deref(),
            Some("2026-01-03")
        );
        assert_eq!(
            read("3/1/2026", DayOrder::MonthFirst).as_deref(),
            Some("2026-03-01")
        );
        assert_eq!(
            read("1er avril 2019", DayOrder::DayFirst).as_deref(),
            Some("2019-04-01")
        );
        for bad in [
            "31/02/2024",
            "0/1/2024",
            "2024-02-30",
            "2024",
            "12",
            "soon",
            "",
            "1/1",
            "99999",
            "15/03/0024x",
            "1/1/1700",
        ] {
            assert_eq!(read(bad, DayOrder::DayFirst), None, "{bad}");
        }
    }

    #[test]
    fn the_order_follows_the_evidence() {
        assert_eq!(
            day_order(["3/1/2026", "15/03/2024"].into_iter()),
            DayOrder::DayFirst
        );
        assert_eq!(
            day_order(["3/1/2026", "03/15/2024"].into_iter()),
            DayOrder::MonthFirst
        );
        assert_eq!(
            day_order(["3/1/2026", "2024-03-15"].into_iter()),
            DayOrder::DayFirst
        );
    }

    proptest! {
        #[test]
        fn never_panics(value in "[0-9/. a-zé:T-]{0,24}|\\PC{0,24}") {
            let _ = parse(&value, DayOrder::DayFirst);
            let _ = parse(&value, DayOrder::MonthFirst);
        }
    }
}
