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

/// Letters and what they are read as, in turns. Decomposed text drops the mark of й and ї, so
/// the composed letters must lose it as well.
const PLAIN: &str = "\
ơoǒoǫoưuǔuǖuǘuǚuǜuǎaǐiǧgəeȩeªaºo¹1²2³3\
άαέεήηίιϊιΐιόούυϋυΰυώωςσёейиїіўу\
أاإاآاٱاىيیيئيؤوةهکك";

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
    let mut plain = c;
    let mut pairs = PLAIN.chars();
    while let (Some(marked), Some(base)) = (pairs.next(), pairs.next()) {
        if marked == c {
            plain = base;
        }
    }
    let code = c as u32;
    match c {
        _ if is_mark(c) => return,
        '\u{1E00}'..='\u{1EFF}' => {
            let base = EXTENDED_ADDITIONAL.get((code - 0x1E00) as usize);
            plain = base.map_or(c, |b| char::from(*b));
        }
        'ﬀ'..='ﬆ' => {
            let parts = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
            out.push_str(parts.get((code - 0xFB00) as usize).unwrap_or(&""));
            return;
        }
        '\u{660}'..='\u{669}' => plain = shifted(code, 0x660, '0'),
        '\u{6F0}'..='\u{6F9}' => plain = shifted(code, 0x6F0, '0'),
        '\u{30A1}'..='\u{30F6}' => plain = shifted(code, 0x30A1, 'ぁ'),
        '\u{FF01}'..='\u{FF5E}' => plain = shifted(code, 0xFF01, '!').to_ascii_lowercase(),
        _ => {}
    }
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
    // Most letters come before all marks.
    c >= '\u{AD}'
        && matches!(c,
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
    c >= '\u{E01}'
        && matches!(c as u32,
        0xE01..=0xE3A | 0xE40..=0xE4E | 0xE50..=0xE59 | 0xE81..=0xEDF
        | 0x1000..=0x1049 | 0x1050..=0x109F | 0x1780..=0x17D3
        | 0x3005..=0x3007 | 0x3041..=0x309F | 0x30A1..=0x30FA | 0x30FC..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFF)
}

/// What is no part of a word, beyond ASCII: the punctuation, symbols, controls and spaces of
/// Unicode, as pairs of first and last code point, in order. Gaps between blocks that nobody
/// types are filled; a symbol that is missed here becomes a word that nobody looks for.
const APART: [u16; 144] = [
    0x0080, 0x00A9, 0x00AB, 0x00B1, 0x00B4, 0x00B4, 0x00B6, 0x00B8, 0x00BB, 0x00BB, 0x00BF, 0x00BF,
    0x00D7, 0x00D7, 0x00F7, 0x00F7, 0x02C2, 0x02C5, 0x02D2, 0x02DF, 0x02E5, 0x02EB, 0x02EF, 0x02FF,
    0x0375, 0x0375, 0x037E, 0x037E, 0x0384, 0x0385, 0x0387, 0x0387, 0x055A, 0x055F, 0x0589, 0x058F,
    0x05BE, 0x05BE, 0x05C0, 0x05C0, 0x05C3, 0x05C3, 0x05C6, 0x05C6, 0x05F3, 0x060F, 0x061B, 0x061F,
    0x066A, 0x066D, 0x06D4, 0x06D4, 0x06DD, 0x06DE, 0x06FD, 0x06FE, 0x0700, 0x070F, 0x0964, 0x0965,
    0x0970, 0x0970, 0x0E3F, 0x0E3F, 0x0E4F, 0x0E4F, 0x0E5A, 0x0E5B, 0x0F01, 0x0F17, 0x0F3A, 0x0F3D,
    0x104A, 0x104F, 0x10FB, 0x10FB, 0x1360, 0x1368, 0x1400, 0x1400, 0x1680, 0x1680, 0x17D4, 0x17D6,
    0x17D8, 0x17DB, 0x1800, 0x180A, 0x1FBD, 0x1FBD, 0x1FBF, 0x1FC1, 0x2000, 0x206F, 0x207A, 0x207E,
    0x208A, 0x208E, 0x20A0, 0x20CF, 0x2100, 0x2101, 0x2103, 0x2106, 0x2116, 0x2118, 0x211E, 0x2123,
    0x2190, 0x245F, 0x2500, 0x2BFF, 0x2E00, 0x3004, 0x3008, 0x3020, 0x3030, 0x3030, 0x30A0, 0x30A0,
    0x30FB, 0x30FB, 0x3200, 0x33FF, 0x4DC0, 0x4DFF, 0xA490, 0xA4C6, 0xE000, 0xF8FF, 0xFD3E, 0xFD3F,
    0xFE10, 0xFE6B, 0xFEFF, 0xFF0F, 0xFF1A, 0xFF20, 0xFF3B, 0xFF40, 0xFF5B, 0xFF65, 0xFFE0, 0xFFFF,
];

/// Whether a character is part of a word: letters, digits, the marks and vowel signs that
/// belong to them, and emoji.
pub(crate) fn is_word(c: char) -> bool {
    let code = c as u32;
    if code < 0x80 {
        return c.is_ascii_alphanumeric();
    }
    let Ok(code) = u16::try_from(code) else {
        return code < 0xE0000;
    };
    let at = APART.partition_point(|bound| *bound < code);
    at % 2 == 0 && APART.get(at) != Some(&code)
}

/// Whether a character is part of a word and no digit.
pub(crate) fn is_letter(c: char) -> bool {
    is_word(c) && !c.is_ascii_digit()
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

    #[test]
    fn words_are_what_unicode_calls_letters_and_digits() {
        assert!(APART.is_sorted());
        // Circled and squared digits and letters are symbols that happen to have a value.
        let symbols = '\u{2100}'..='\u{33FF}';
        for c in '\u{80}'..='\u{1FFFF}' {
            if c.is_alphanumeric()
                && !symbols.contains(&c)
                && !('\u{A490}'..='\u{A4C6}').contains(&c)
            {
                assert!(is_word(c), "{:x}", c as u32);
            }
            if c.is_whitespace() || c.is_control() {
                assert!(!is_word(c), "{:x}", c as u32);
            }
        }
        for c in "«»“”„’–—…·•¿¡€£©®™°×÷§¶¬±、。「」・！？（）،؛؟।॥׳״→✓".chars()
        {
            assert!(!is_word(c), "{c}");
        }
        for c in "éŁßжωאبकক東あア한ไ²¼🎉".chars() {
            assert!(is_word(c) && is_letter(c), "{c}");
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
