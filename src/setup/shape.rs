//! What a value looks like, whatever its name: an e-mail address, a picture, a date, a status.

use serde_json::Value;

/// A text that can be an e-mail address; no more than a guess, so no grammar of RFC 5322.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let sound = |part: &str| !part.is_empty() && !part.contains([' ', '/', ',', ':', '@', '<']);
    sound(local) && sound(domain) && domain.trim_matches('.').contains('.')
}

/// An address on the web, or a path on the backend's own host.
pub(super) fn is_address(text: &str) -> bool {
    let web = text.starts_with("https://") || text.starts_with("http://");
    (web || (text.starts_with('/') && text.len() > 1)) && !text.contains([' ', '<', '\n'])
}

/// An address whose ending is that of a picture.
pub(super) fn is_picture(text: &str) -> bool {
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    is_address(text)
        && matches!(
            ending.as_str(),
            "jpg" | "jpeg" | "png" | "webp" | "gif" | "svg" | "avif"
        )
}

/// A language tag such as `fr` or `pt-BR`.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    (2..=3).contains(&first.len())
        && letters(first)
        && parts.all(|part| (2..=4).contains(&part.len()))
}

/// How a date is written, as a mapping says it; `None` where it is no date.
pub(super) fn date_form(value: &Value) -> Option<&'static str> {
    if let Some(number) = value.as_i64() {
        // From 2000 to 2065, in seconds or in milliseconds.
        return match number {
            946_684_800..=3_000_000_000 | 946_684_800_000..=3_000_000_000_000 => Some("auto"),
            _ => None,
        };
    }
    let text = value.as_str()?.trim();
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    if let [a, b, c] = parts.as_slice()
        && [a, b].iter().all(|part| (1..=2).contains(&part.len()))
        && let (Ok(a), Ok(b)) = (a.parse::<u8>(), b.parse::<u8>())
    {
        let year = c.split(' ').next().unwrap_or_default();
        let sound = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        // Which of the two is the month, only a number over twelve tells.
        return match (sound, a, b) {
            (true, 1..=12, 13..=31) => Some("mdy"),
            (true, 1..=31, 1..=12) => Some("dmy"),
            _ => None,
        };
    }
    let digits = |at: std::ops::Range<usize>| {
        text.get(at)
            .is_some_and(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    let iso =
        digits(0..4) && digits(5..7) && digits(8..10) && text.as_bytes().get(4) == Some(&b'-');
    let http = text.ends_with(" GMT") && text.contains(", ");
    (iso || http).then_some("auto")
}

/// Whether a text holds tags or character references.
pub(super) fn is_html(text: &str) -> bool {
    let tag = text.split('<').skip(1).any(|after| {
        let inside = after.trim_start_matches('/');
        inside.starts_with(|c: char| c.is_ascii_alphabetic()) && inside.contains('>')
    });
    let reference = ["&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#"];
    tag || reference.iter().any(|code| text.contains(code))
}

/// What separates the words of a list in one text.
pub(super) fn separator(texts: &[&str]) -> Option<&'static str> {
    [";", "|", ",", "\n"].into_iter().find(|sign| {
        let with = texts.iter().filter(|text| text.contains(sign)).count();
        let words = texts.iter().flat_map(|text| text.split(sign));
        // Sentences have commas too; words of a list are short.
        with > 0
            && words
                .into_iter()
                .all(|word| word.trim().chars().count() <= 48)
    })
}

/// A form of address, which many backends call a title.
pub(super) fn is_salutation(text: &str) -> bool {
    let word = text.trim_end_matches('.').to_lowercase();
    matches!(
        word.as_str(),
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "mx"
            | "m"
            | "mme"
            | "mlle"
            | "monsieur"
            | "madame"
            | "herr"
            | "frau"
            | "dr"
            | "prof"
    )
}

/// The widget's word for a status in the backend's.
pub(super) fn status_word(text: &str) -> Option<&'static str> {
    let word: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    const WORDS: [(&str, &str); 4] = [
        (
            "open",
            "open opened new todo reopened pending waiting backlog unanswered unassigned triage \
             nouveau nouvelle ouvert ouverte enattente afaire neu offen publish published private",
        ),
        (
            "answered",
            "answered inprogress assigned doing active started processing replied repondu encours \
             attribue inarbeit beantwortet",
        ),
        (
            "solved",
            "solved resolved done fixed accepted complete completed finished answeredandaccepted \
             resolu résolu termine terminé fait gelost gelöst erledigt",
        ),
        (
            "closed",
            "closed rejected cancelled canceled wontfix duplicate archived invalid abandoned ferme \
             fermé clos annule annulé rejete rejeté geschlossen",
        ),
    ];
    let known = |words: &str| words.split_whitespace().any(|known| known == word);
    WORDS
        .iter()
        .find(|(_, words)| known(words))
        .map(|(ours, _)| *ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_known_by_their_looks() {
        assert!(is_email("ada@example.org") && !is_email("@ada") && !is_email("ada@localhost"));
        assert!(is_picture("https://x.example/a.PNG?s=9") && !is_picture("https://x.example/png"));
        assert!(is_language("fr") && is_language("pt_BR") && !is_language("French"));
        assert!(is_html("<p>a</p>") && is_html("R&amp;D") && !is_html("a < b > c"));
        assert_eq!(separator(&["rust, wasm", "cobol"]), Some(","));
        assert_eq!(separator(&["a;b,c"]), Some(";"));
        assert_eq!(separator(&["rust"]), None);
    }

    #[test]
    fn dates_are_told_from_numbers() {
        for (value, form) in [
            (json!("2026-01-02"), Some("auto")),
            (json!("2026-01-02T03:04:05Z"), Some("auto")),
            (json!("Tue, 24 Nov 2026 06:19:36 GMT"), Some("auto")),
            (json!(1_795_501_529_488_i64), Some("auto")),
            (json!(1_795_501_529), Some("auto")),
            (json!("31/12/2026"), Some("dmy")),
            (json!("12/31/2026"), Some("mdy")),
            (json!(42), None),
            (json!("1.2.3"), None),
            (json!("later"), None),
        ] {
            assert_eq!(date_form(&value), form, "{value}");
        }
    }

    #[test]
    fn statuses_are_known_in_three_languages() {
        assert_eq!(status_word("In Progress"), Some("answered"));
        assert_eq!(status_word("Résolu"), Some("solved"));
        assert_eq!(status_word("won't fix"), Some("closed"));
        assert_eq!(status_word("purple"), None);
    }
}
