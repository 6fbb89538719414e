//! Finds the character encoding of a file that does not say it.
//!
//! Byte order marks and valid UTF-8 settle it. What is left is some old code page, and nearly
//! every byte is a letter in nearly every page, so candidates are judged by how plausible the
//! words become: a lower-case letter inside a word is, a fraction or a box corner is not, and
//! common letters are likelier than rare ones. `chardetng` (the detector of Firefox) proposes
//! one page and gets a head start, since it knows pairs of letters of many languages; it does not
//! know the pages of DOS and the old Macintosh, for which the judgement by words exists.

use super::codepage::{CP437, CP850, UpperHalf};
use super::error::ImportError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_8859_2, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250,
    WINDOWS_1252,
};
use std::borrow::Cow;

/// A file as text.
pub(super) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(super) text: Cow<'a, str>,
    /// Name of the encoding, with what was done to the text.
    pub(super) encoding: String,
}

/// Decodes a file.
///
/// # Errors
/// [`ImportError::NotText`] for what is no text in any encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, ImportError> {
    if let Some(what) = binary(bytes) {
        return Err(ImportError::NotText { what });
    }
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let name = format!("{} with byte order mark", encoding.name());
        return Ok(in_encoding(encoding, &bytes[skip..], &name));
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return Ok(in_encoding(encoding, bytes, encoding.name()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let name = if text.is_ascii() { "ASCII" } else { "UTF-8" };
        return Ok(match undo_double_encoding(text) {
            Some(text) => Decoded {
                text: Cow::Owned(text),
                encoding: "UTF-8 that had been encoded twice (undone)".to_owned(),
            },
            None => Decoded {
                text: Cow::Borrowed(text),
                encoding: name.to_owned(),
            },
        });
    }
    if mostly_utf_8(bytes) {
        return Ok(in_encoding(
            UTF_8,
            bytes,
            "UTF-8 with broken bytes (shown as \u{FFFD})",
        ));
    }
    Ok(in_code_page(bytes))
}

/// What the first bytes say, where it is no text.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"PK\x03\x04", "an Excel workbook, or another ZIP archive"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
        (b"%PDF-", "a PDF document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG", "a picture"),
    ];
    KNOWN
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, what)| *what)
}

fn in_encoding<'a>(encoding: &'static Encoding, bytes: &'a [u8], name: &str) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text,
        encoding: name.to_owned(),
    }
}

/// UTF-16 of western text has a zero in every second byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4_096)];
    let pairs = sample.len() / 2;
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 4 {
        None
    } else if odd * 10 > pairs * 7 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Text that was UTF-8, was read as windows-1252 and written as UTF-8 again ("LefÃ¨vre"), or
/// `None` where it was not: the way back must exist for the whole text.
fn undo_double_encoding(text: &str) -> Option<String> {
    let mut leads = 0_usize;
    let mut other = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii() {
            continue;
        }
        if matches!(c, 'Â' | 'Ã' | 'Å' | 'Ä' | 'â') && chars.peek().is_some_and(|n| !n.is_ascii())
        {
            leads += 1;
            chars.next();
        } else {
            other += 1;
        }
    }
    if leads < 2 || other > leads {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(text);
    if unmappable {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

/// Whether far more bytes above 0x7F belong to sound UTF-8 sequences than to broken ones.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= 10 * broken.max(1)
}

/// A code page that may be judged byte by byte.
#[derive(Clone, Copy)]
enum Page {
    Web(&'static Encoding),
    Dos(&'static str, &'static UpperHalf),
}

const PAGES: [Page; 7] = [
    Page::Web(WINDOWS_1252),
    Page::Web(ISO_8859_15),
    Page::Web(WINDOWS_1250),
    Page::Web(ISO_8859_2),
    Page::Dos("IBM850", &CP850),
    Page::Web(MACINTOSH),
    Page::Dos("IBM437", &CP437),
];

impl Page {
    fn upper_half(self) -> UpperHalf {
        match self {
            Self::Dos(_, table) => *table,
            Self::Web(encoding) => {
                let mut table = ['\u{FFFD}'; 128];
                for (byte, c) in (0x80_u8..=0xFF).zip(table.iter_mut()) {
                    let one = [byte];
                    let (text, _) = encoding.decode_without_bom_handling(&one);
                    *c = text.chars().next().unwrap_or('\u{FFFD}');
                }
                table
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Dos(name, _) => name,
        }
    }

    fn is(self, encoding: &'static Encoding) -> bool {
        matches!(self, Self::Web(own) if own == encoding)
    }
}

/// Head start of the detector's proposal, per byte above 0x7F.
const HEAD_START: f64 = 0.8;
/// Bytes of lines beyond ASCII after which the detector has seen enough; it is slow.
const ENOUGH: usize = 65_536;
/// Mean plausibility from which western text counts as read well.
const READS_WELL: f64 = 1.0;

fn in_code_page(bytes: &[u8]) -> Decoded<'_> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let mut fed = 0;
    for line in bytes
        .split_inclusive(|b| *b == b'\n')
        .filter(|line| !line.is_ascii())
    {
        if fed >= ENOUGH {
            break;
        }
        detector.feed(&line[..line.len().min(ENOUGH)], false);
        fed += line.len();
    }
    detector.feed(&[], true);
    let proposed = detector.guess(None, Utf8Detection::Deny);
    let pairs = Contexts::count(bytes);
    let mut best = (PAGES[0], f64::NEG_INFINITY);
    for page in PAGES {
        let mut score = pairs.plausibility(&page.upper_half());
        if page.is(proposed) {
            score += HEAD_START;
        }
        if score > best.1 {
            best = (page, score);
        }
    }
    let proposed_is_judged = PAGES.iter().any(|page| page.is(proposed));
    if !proposed_is_judged && best.1 < READS_WELL {
        return in_encoding(proposed, bytes, proposed.name());
    }
    let table = best.0.upper_half();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for byte in bytes {
        match byte {
            0..=0x7F => text.push(char::from(*byte)),
            high => text.push(table[usize::from(high - 0x80)]),
        }
    }
    Decoded {
        text: Cow::Owned(text),
        encoding: best.0.name().to_owned(),
    }
}

/// What stands beside a byte.
#[derive(Clone, Copy)]
#[repr(usize)]
enum Beside {
    Nothing,
    Lower,
    Upper,
    High,
}

fn beside(byte: Option<u8>) -> Beside {
    match byte {
        Some(b'a'..=b'z') => Beside::Lower,
        Some(b'A'..=b'Z') => Beside::Upper,
        Some(0x80..) => Beside::High,
        _ => Beside::Nothing,
    }
}

const BESIDE: [Beside; 4] = [Beside::Nothing, Beside::Lower, Beside::Upper, Beside::High];

/// How often each byte above 0x7F stands in each context: one pass over the file serves every
/// candidate.
struct Contexts(Vec<[[u32; 4]; 4]>);

impl Contexts {
    fn count(bytes: &[u8]) -> Self {
        let mut counts = vec![[[0_u32; 4]; 4]; 128];
        for (i, byte) in bytes.iter().enumerate().filter(|(_, b)| **b >= 0x80) {
            let before = beside(i.checked_sub(1).and_then(|j| bytes.get(j)).copied());
            let after = beside(bytes.get(i + 1).copied());
            let cell = &mut counts[usize::from(byte - 0x80)][before as usize][after as usize];
            *cell = cell.saturating_add(1);
        }
        Self(counts)
    }

    /// Mean plausibility of the bytes above 0x7F, as characters of a table.
    fn plausibility(&self, table: &UpperHalf) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (counts, c) in self.0.iter().zip(table) {
            for before in BESIDE {
                for after in BESIDE {
                    let n = f64::from(counts[before as usize][after as usize]);
                    if n > 0.0 {
                        sum += n * plausible(*c, before, after);
                        total += n;
                    }
                }
            }
        }
        if total > 0.0 { sum / total } else { 0.0 }
    }
}

/// Letters with marks of the large western languages, and those of central Europe.
const WESTERN: &str = "éèàçêâîôûëïùüöäßñóáíúãõøåæœòìÉÈÀÇÊÂÎÔÛËÏÜÖÄÑÓÁÍÚÃÕØÅÆŒ";
const CENTRAL: &str = "łąęśćżźńčšžřěůőűýđţşăŁĄĘŚĆŻŹŃČŠŽŘĚŮŐŰÝĐŢŞĂťďň";

/// How plausible a character is between its neighbours, from -5 to 2.
fn plausible(c: char, before: Beside, after: Beside) -> f64 {
    let letter = |b: Beside| matches!(b, Beside::Lower | Beside::Upper);
    let inside = letter(before) && letter(after);
    if c.is_control() || c == '\u{FFFD}' {
        return -5.0;
    }
    if !c.is_alphabetic() {
        return match c {
            '’' | '‘' | '\u{AD}' => 0.5,
            _ if inside => -4.0,
            '\u{A0}' | '«' | '»' | '“' | '”' | '„' | '–' | '—' | '…' | '€' | '°' | '§' | '•'
            | '·' => 0.3,
            '\u{2500}'..='\u{25FF}' | '\u{2200}'..='\u{23FF}' => -3.0,
            _ => -1.0,
        };
    }
    let common = if WESTERN.contains(c) {
        2.0
    } else if CENTRAL.contains(c) {
        1.5
    } else {
        0.0
    };
    let misplaced = if c.is_uppercase() {
        // "lefÔvre"
        matches!(before, Beside::Lower)
    } else {
        // "HéBERT"; a lone "à" or "ß" beside a capital is fine.
        matches!(before, Beside::Upper) && matches!(after, Beside::Upper)
    };
    if misplaced { -3.0 } else { common }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Matricule;Prénom;Nom\n1;Hélène;LEFÈVRE\n2;François;Müller\n3;Noël;BÉRANGER\n\
        4;Zoé;Peña\n5;Jérôme;Jørgensen\n6;Aïcha;D'ALENÇON\n7;Inès;Évrard\n8;Élodie;Châtelain\n";

    fn dos(text: &str, table: &UpperHalf) -> Vec<u8> {
        text.chars()
            .map(|c| match table.iter().position(|t| *t == c) {
                Some(at) if !c.is_ascii() => 0x80 + at as u8,
                _ => c as u8,
            })
            .collect()
    }

    fn check(bytes: &[u8], encoding: &str, text: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, text);
        assert!(decoded.encoding.contains(encoding), "{}", decoded.encoding);
    }

    #[test]
    fn western_pages() {
        check(FRENCH.as_bytes(), "UTF-8", FRENCH);
        check(&WINDOWS_1252.encode(FRENCH).0, "windows-1252", FRENCH);
        check(&MACINTOSH.encode(FRENCH).0, "macintosh", FRENCH);
        check(&dos(FRENCH, &CP850), "IBM850", FRENCH);
        let for_437 = FRENCH.replace('È', "E").replace('ø', "o");
        let decoded = decode(&dos(&for_437, &CP437)).map(|d| d.text.into_owned());
        assert_eq!(decoded.unwrap(), for_437);
        let quote = "id;nom\n1;l’équipe œuvre\n2;“Ünal” – 5 €\n3;Chloé\n";
        check(&WINDOWS_1252.encode(quote).0, "windows-1252", quote);
    }

    #[test]
    fn central_european_pages() {
        let polish = "id;imię;nazwisko\n1;Małgorzata;Wójcik\n2;Łukasz;Dąbrowski\n3;Paweł;Wiśniewski\n4;Agnieszka;Żak\n";
        check(&WINDOWS_1250.encode(polish).0, "windows-1250", polish);
        let czech = "id;jméno;příjmení;funkce\n1;Jiří;Dvořák;účetní oddělení, řízení výroby\n2;Tomáš;Novotný;\
            nákupčí, skladník\n3;Zdeněk;Kučera;údržba strojů\n";
        let as_1250 = decode(&WINDOWS_1250.encode(czech).0).map(|d| d.text.into_owned());
        assert_eq!(as_1250.unwrap(), czech);
    }

    #[test]
    fn unicode_in_all_its_forms() {
        let with_bom = [b"\xEF\xBB\xBF".as_slice(), FRENCH.as_bytes()].concat();
        check(&with_bom, "UTF-8 with byte order mark", FRENCH);
        let le: Vec<u8> = FRENCH.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = FRENCH.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&[b"\xFF\xFE".as_slice(), &le].concat(), "UTF-16LE", FRENCH);
        check(&[b"\xFE\xFF".as_slice(), &be].concat(), "UTF-16BE", FRENCH);
        check(&le, "UTF-16LE", FRENCH);
        check(&be, "UTF-16BE", FRENCH);
        let (twice, ..) = WINDOWS_1252.decode(FRENCH.as_bytes());
        if !twice.contains('\u{81}') {
            check(twice.as_bytes(), "twice", FRENCH);
        }
        let broken = [FRENCH.as_bytes(), b"9;Ren\xE9;X\n"].concat();
        let decoded = decode(&broken).unwrap();
        assert!(
            decoded.text.starts_with("Matricule;Prénom") && decoded.text.contains("Ren\u{FFFD}")
        );
    }

    #[test]
    fn says_what_is_no_text() {
        let error = decode(b"PK\x03\x04rest").err();
        assert!(error.is_some_and(|e| e.to_string().contains("Excel workbook")));
    }
}
