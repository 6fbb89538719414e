//! How plausible the words of a file become in a code page: the judgement behind `encoding`,
//! for pages that no detector knows.

use super::codepage::UpperHalf;

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
pub(super) struct Contexts(Vec<[[u32; 4]; 4]>);

impl Contexts {
    /// Counts the bytes above 0x7F of a file.
    pub(super) fn count(bytes: &[u8]) -> Self {
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
    pub(super) fn plausibility(&self, table: &UpperHalf) -> f64 {
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
