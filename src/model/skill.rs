//! What can be known: skills, and the evidence that somebody has one.

use super::case::lower_case;
use super::text::{NAME, clean_line};
use serde::{Deserialize, Serialize};

/// A skill as a group knows it, with how many people declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Skill {
    /// As people write it ("Power BI").
    pub name: String,
    /// How many people can help with it.
    #[serde(default)]
    pub people: u32,
}

/// What shows that a person has a skill, beyond their own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Answers on this skill that their askers accepted.
    #[serde(default)]
    pub accepted: u32,
    /// Thanks received for this skill.
    #[serde(default)]
    pub thanks: u32,
}

impl Evidence {
    /// Whether help was ever seen; a skill that was shown counts more than one that was claimed.
    #[must_use]
    pub fn is_shown(self) -> bool {
        self.accepted > 0 || self.thanks > 0
    }
}

/// A skill of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonSkill {
    /// As people write it.
    pub name: String,
    /// Whether the person says so themselves; else it is known only by the help they gave.
    #[serde(default = "yes")]
    pub declared: bool,
    /// What was seen of it.
    #[serde(default)]
    pub evidence: Evidence,
}

fn yes() -> bool {
    true
}

impl PersonSkill {
    /// A skill that the person declares, or `None` where the name is empty.
    #[must_use]
    pub fn declared(name: &str) -> Option<Self> {
        let name = clean_line(name, NAME);
        (!name.is_empty()).then_some(Self {
            name,
            declared: true,
            evidence: Evidence::default(),
        })
    }
}

/// The identity of a skill's name: two spellings with the same key are one skill ("EXCEL",
/// "Excel", "éxcel"). Case, accents of Latin letters, and runs of space fold; signs stay,
/// since C, C++ and C# differ.
#[must_use]
pub fn skill_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars().map(lower_case) {
            match c {
                '\u{300}'..='\u{36F}' => {}
                '’' | 'ʼ' => key.push('\''),
                '‐' | '‑' | '–' => key.push('-'),
                c => match crate::model::skill::base_letter(c) {
                    Some(base) => key.push_str(base),
                    None => key.push(c),
                },
            }
        }
    }
    key
}

/// The letters that a lower-case Latin letter with a mark is written without it, or `None`
/// where it has no mark (Unicode Latin-1 Supplement and Latin Extended-A).
#[must_use]
pub(crate) fn base_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ſ' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_skill_share_a_key() {
        let key = skill_key("Excel");
        for other in ["EXCEL", "excel", "Éxcel", " E\u{301}xcel "] {
            assert_eq!(skill_key(other), key, "{other}");
        }
        assert_eq!(
            skill_key("droit\ndu  travail"),
            skill_key("Droit du travail")
        );
        assert_eq!(skill_key("soudure à l’arc"), skill_key("Soudure a l'arc"));
        assert_ne!(skill_key("C++"), skill_key("C"));
        assert_ne!(skill_key("C#"), skill_key("C"));
    }
}
