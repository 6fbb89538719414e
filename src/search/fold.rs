//! Folding: the letters that people mean, whatever they typed.
//!
//! Case goes by Unicode's lower-case mapping, Latin letters lose their marks by the table that
//! skills share ([`crate::model::skill_key`]), extended here by Vietnamese and the rare Latin
//! blocks, Greek and Cyrillic accents, Arabic and Hebrew pointing, katakana (read as hiragana),
//! and full-width forms. Folding never needs to look at a neighbour, so that a place in the
//! folded text can always be traced to a place in the original.

use crate::model::{base_letter, lower_case};

/// Base letters of U+1E00 to U+1EFF (Latin Extended Additional), in order.
const EXTENDED_ADDITIONAL: &[u8; 256] = b"\
aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
wwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

/// Appends the folded form of a character: nothing for a mark, one letter as a rule, and up to
/// three for ligatures.
pub(crate) fn fold_into(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    if is_mark(c) {
        return;
    }
    fold_lower(lower_case(c), out);
}

fn fold_lower(c: char, out: &mut String) {
    if let Some(base) = base_letter(c) {
        out.push_str(base);
        return;
    }
    let code = c as u32;
    let plain = match c {
        _ if is_mark(c) => return,
        '\u{1E00}'..='\u{1EFF}' => EXTENDED_ADDITIONAL
            .get((code - 0x1E00) as usize)
            .map_or(c, |b| char::from(*b)),
        'ơ' | 'ǒ' | 'ǫ' => 'o',
        'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'u',
        'ǎ' => 'a',
        'ǐ' => 'i',
        'ǧ' => 'g',
        'ə' | 'ȩ' => 'e',
        'ª' => 'a',
        'º' => 'o',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        'ﬀ' => return out.push_str("ff"),
        'ﬁ' => return out.push_str("fi"),
        'ﬂ' => return out.push_str("fl"),
        'ﬃ' => return out.push_str("ffi"),
        'ﬄ' => return out.push_str("ffl"),
        'ﬅ' | 'ﬆ' => return out.push_str("st"),
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        'й' | 'ї' => {
            // Decomposed text drops the mark of both, so the composed form must as well.
            return out.push(if c == 'й' { 'и' } else { 'і' });
        }
        'ў' => 'у',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ة' => 'ه',
        'ک' => 'ك',
        '\u{660}'..='\u{669}' => shifted(code, 0x660, '0'),
        '\u{6F0}'..='\u{6F9}' => shifted(code, 0x6F0, '0'),
        '\u{30A1}'..='\u{30F6}' => shifted(code, 0x30A1, 'ぁ'),
        '\u{FF01}'..='\u{FF5E}' => shifted(code, 0xFF01, '!').to_ascii_lowercase(),
        c => c,
    };
    out.push(plain);
}

/// The character as far from `to` as `code` is from `from`.
fn shifted(code: u32, from: u32, to: char) -> char {
    char::from_u32(code - from + to as u32).unwrap_or(to)
}

/// Whether a character only modifies its neighbour and is dropped: combining marks of Latin,
/// Greek and Cyrillic, Hebrew and Arabic pointing, the kashida, soft hyphens, joiners and
/// variation selectors.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}' | '\u{483}'..='\u{487}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20F0}'
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}' | '\u{5C4}' | '\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}'
        | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character belongs to a script that is written without spaces between words
/// (Thai, Lao, Burmese, Khmer, kana, Han), or stands for itself (emoji).
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c as u32,
        0xE01..=0xE3A | 0xE40..=0xE4E | 0xE50..=0xE59 | 0xE81..=0xEDF
        | 0x1000..=0x1049 | 0x1050..=0x109F | 0x1780..=0x17D3
        | 0x3005..=0x3007 | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFF)
}

/// Whether a character is part of a word. Beyond letters and digits these are the vowel signs
/// and viramas of the Indic scripts, which Unicode does not call alphabetic throughout.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric()
        || (matches!(c, '\u{900}'..='\u{DFF}') && !matches!(c, '\u{964}' | '\u{965}' | '\u{970}'))
        || is_spaceless(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold_into(c, &mut out));
        out
    }

    #[test]
    fn folds_as_people_expect() {
        for (raw, want) in [
            ("ÉLODIE", "elodie"),
            ("E\u{301}lodie", "elodie"),
            (
                "Œuvre æther Straße Łódź Øre Đuro",
                "oeuvre aether strasse lodz ore duro",
            ),
            ("Nguyễn Thị Ước", "nguyen thi uoc"),
            ("ＡＢＣ１", "abc1"),
            ("ﬁnance m²", "finance m2"),
            ("Ελλάδα σας", "ελλαδα σασ"),
            ("Ёжик Чайковский", "ежик чаиковскии"),
            ("إدارة", "اداره"),
            ("מְנַהֵל", "מנהל"),
            ("プロ", "ぷろ"),
            ("İzmir ISTANBUL", "izmir istanbul"),
        ] {
            assert_eq!(fold(raw), want, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
