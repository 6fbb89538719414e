//! How long ago something was, in words; exact times are for the tooltip.

use super::language::Language;
use super::messages::Message as M;
use crate::model::Timestamp;

/// "just now", "5 min ago", "3 h ago", "yesterday", "6 days ago", then the date. A moment in
/// the future (clocks differ) reads as now.
#[must_use]
pub fn ago(language: &Language, then: Timestamp, now: Timestamp) -> String {
    let minutes = (now.millis() - then.millis()).max(0) as u64 / 60_000;
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    match (minutes, hours, days) {
        (0, ..) => language.text(M::JustNow).to_owned(),
        (m, 0, _) => language.fill(M::MinutesAgo, &[("n", &m.to_string())]),
        (_, h, 0) => language.fill(M::HoursAgo, &[("n", &h.to_string())]),
        (.., 1) => language.text(M::Yesterday).to_owned(),
        (.., d) if d < 30 => language.fill(M::DaysAgo, &[("n", &d.to_string())]),
        _ => short_date(language, then),
    }
}

/// A date with the month in letters, in the order of the language ("24 Nov 2026").
#[must_use]
pub fn short_date(language: &Language, at: Timestamp) -> String {
    let (year, month, day) = at.date();
    let months = language.text(M::Months);
    let name = months
        .split(' ')
        .nth(usize::from(month) - 1)
        .unwrap_or_default();
    language.fill(
        M::ShortDate,
        &[
            ("d", &u64::from(day).to_string()),
            ("m", name),
            ("y", &year.unsigned_abs().to_string()),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_age_in_words() {
        let l = Language::new("en");
        let at = |s: &str| Timestamp::parse(s).unwrap();
        let now = at("2026-11-24T12:00:00Z");
        assert_eq!(ago(&l, at("2026-11-24T12:00:30Z"), now), "just now");
        assert_eq!(ago(&l, at("2026-11-24T11:15:00Z"), now), "45 min ago");
        assert_eq!(ago(&l, at("2026-11-24T02:15:00Z"), now), "9 h ago");
        assert_eq!(ago(&l, at("2026-11-23T02:15:00Z"), now), "yesterday");
        assert_eq!(ago(&l, at("2026-11-14T02:15:00Z"), now), "10 days ago");
        assert_eq!(ago(&l, at("2025-01-14T02:15:00Z"), now), "14 Jan 2025");
        assert_eq!(
            ago(&Language::new("fr"), at("2025-08-14"), now),
            "14 août 2025"
        );
    }
}
