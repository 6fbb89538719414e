//! A language of the screens.

use super::messages::Message;
use crate::model::Table;
use std::rc::Rc;

/// Which of the two built-in tables texts come from where the page owner gave none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BuiltIn {
    English,
    French,
}

/// A language of the screens: a built-in table, and the page owner's texts over it.
#[derive(Debug, Clone, PartialEq)]
pub struct Language {
    tag: Rc<str>,
    built_in: BuiltIn,
    texts: Option<Table<String, String>>,
}

impl Language {
    /// The language for a BCP 47 tag; anything but French reads English where the page owner
    /// gives no texts.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let built_in = if primary.eq_ignore_ascii_case("fr") {
            BuiltIn::French
        } else {
            BuiltIn::English
        };
        let tag = if tag.trim().is_empty() {
            "en"
        } else {
            tag.trim()
        };
        Self {
            tag: tag.into(),
            built_in,
            texts: None,
        }
    }

    /// The same language with the page owner's texts (key to text) over the built-in ones.
    #[must_use]
    pub fn with_texts(mut self, texts: Vec<(String, String)>) -> Self {
        let mut rows = Table::new();
        for (key, text) in texts {
            rows.insert(key, text);
        }
        self.texts = Some(rows);
        self
    }

    /// The BCP 47 tag, as given.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The BCP 47 tag of the texts that are shown where the page owner gave none; for `lang`
    /// on the surface, so that a screen reader pronounces them right.
    #[must_use]
    pub fn text_tag(&self) -> &str {
        match (self.built_in, &self.texts) {
            (_, Some(_)) => &self.tag,
            (BuiltIn::French, None) => "fr",
            (BuiltIn::English, None) => "en",
        }
    }

    /// Whether lines run from right to left (Arabic, Hebrew, Persian, Urdu and others).
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        let primary = self.tag.split(['-', '_']).next().unwrap_or_default();
        ["ar", "he", "fa", "ur", "ps", "yi", "dv", "ku", "sd", "ug"]
            .iter()
            .any(|l| primary.eq_ignore_ascii_case(l))
    }

    /// The text of a message, as it is in the table.
    #[must_use]
    pub fn text(&self, message: Message) -> &str {
        if let Some(text) = self.texts.as_ref().and_then(|t| t.get(message.key())) {
            return text;
        }
        match self.built_in {
            BuiltIn::English => message.english(),
            BuiltIn::French => message.french(),
        }
    }

    /// The text with values put in: each `{name}` becomes its value. A value is never read as
    /// a pattern itself.
    #[must_use]
    pub fn fill(&self, message: Message, values: &[(&str, &str)]) -> String {
        let mut rest = self.text(message);
        let mut out = String::with_capacity(rest.len() + 16);
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let value = from.find('}').and_then(|close| {
                let name = &from[1..close];
                let value = values.iter().find(|(n, _)| *n == name)?.1;
                Some((value, &from[close + 1..]))
            });
            match value {
                Some((value, after)) => {
                    out.push_str(value);
                    rest = after;
                }
                None => {
                    out.push('{');
                    rest = &from[1..];
                }
            }
        }
        out.push_str(rest);
        out
    }

    /// The text for a number: `one` or `other` by the language's plural rule, with `{n}` as
    /// the number.
    #[must_use]
    pub fn count(&self, one: Message, other: Message, n: u64) -> String {
        // CLDR: French counts 0 and 1 as one, English only 1.
        let is_one = n == 1 || (n == 0 && self.built_in == BuiltIn::French);
        self.fill(if is_one { one } else { other }, &[("n", &self.number(n))])
    }

    /// A number with its thousands apart: a narrow no-break space in French, a comma in English.
    #[must_use]
    pub fn number(&self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::with_capacity(digits.len() + 6);
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(if self.built_in == BuiltIn::French {
                    '\u{202F}'
                } else {
                    ','
                });
            }
            out.push(c);
        }
        out
    }

    /// Things in a row: "a, b and c".
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [many @ .., last] => {
                self.fill(Message::ListAnd, &[("a", &many.join(", ")), ("b", last)])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_patterns() {
        let l = Language::new("en");
        let s = l.fill(Message::ListAnd, &[("a", "{b}"), ("b", "x")]);
        assert_eq!(s, "{b} and x");
    }

    #[test]
    fn plurals_and_numbers() {
        let (en, fr) = (Language::new("en-GB"), Language::new("FR_ca"));
        assert_eq!(
            en.count(Message::PeopleOne, Message::PeopleOther, 0),
            "0 colleagues"
        );
        assert_eq!(
            fr.count(Message::PeopleOne, Message::PeopleOther, 0),
            "0 collègue"
        );
        assert_eq!(en.number(1_234_567), "1,234,567");
        assert_eq!(fr.number(1_000), "1\u{202F}000");
    }

    #[test]
    fn a_page_owner_may_replace_a_text() {
        let texts = vec![("list_and".to_owned(), "{a} und {b}".to_owned())];
        let de = Language::new("de").with_texts(texts);
        assert_eq!(de.list(&["x".into(), "y".into()]), "x und y");
        assert_eq!(de.text_tag(), "de");
    }
}
