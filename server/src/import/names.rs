//! Names of people, as exports mangle them: in capitals, family name first, with a question
//! mark where an old code page had no place for a letter.

/// Small words that stay in lower case before a family name ("VON TRAPP", "DOS SANTOS").
const PARTICLES: [&str; 15] = [
    "de", "del", "von", "van", "der", "den", "ten", "ter", "zu", "zur", "vom", "da", "das", "do",
    "dos",
];
const NUMERALS: [&str; 5] = ["II", "III", "IV", "VI", "VII"];

/// Whether a family or given name is written in capitals only (two letters or more).
pub(super) fn in_capitals(name: &str) -> bool {
    let mut capitals = 0;
    for c in name.chars() {
        if c.is_lowercase() {
            return false;
        }
        capitals += usize::from(c.is_uppercase());
    }
    capitals > 1
}

/// A family name, in title case where it was written in capitals: "D'ALENÇON" becomes
/// "D'Alençon", "VAN DER BERG" "van der Berg", "MACDONALD" "Macdonald", "MCDONALD" "McDonald".
pub(super) fn family(name: &str) -> String {
    if in_capitals(name) {
        title_case(name, true)
    } else {
        name.to_owned()
    }
}

/// A given name; like [`family`], but initials ("JB", "J.-P.") stay.
pub(super) fn given(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let vowel = |c: char| "AEIOUYÀÂÄÁÅÃÆÉÈÊËÍÌÎÏÓÒÔÖÕØŒÚÙÛÜ".contains(c);
    let initials = letters <= 3 && !name.chars().any(vowel);
    if in_capitals(name) && !initials {
        title_case(name, false)
    } else {
        name.to_owned()
    }
}

/// A whole name in one cell: "DUPONT, Jean", "DUPONT Jean" and "Jean DUPONT" become
/// "Jean Dupont".
pub(super) fn whole(name: &str) -> String {
    if let Some((last, first)) = name.split_once(',') {
        let (last, first) = (last.trim(), first.trim());
        // A second comma, or a title behind it ("Jean Dupont, MBA"), is another matter.
        if !last.is_empty() && !first.is_empty() && !first.contains(',') && !in_capitals(first) {
            return format!("{first} {}", family(last));
        }
        return if in_capitals(name) {
            title_case(name, true)
        } else {
            name.to_owned()
        };
    }
    if in_capitals(name) {
        return title_case(name, true);
    }
    let words: Vec<&str> = name.split(' ').collect();
    let leading = words.iter().take_while(|w| in_capitals(w)).count();
    if leading > 0 && words[leading..].iter().all(|w| !in_capitals(w)) {
        let last = title_case(&words[..leading].join(" "), true);
        return format!("{} {last}", words[leading..].join(" "));
    }
    let trailing = words.iter().rev().take_while(|w| in_capitals(w)).count();
    let (first, last) = words.split_at(words.len() - trailing);
    if trailing > 0 && !NUMERALS.contains(&last.join(" ").as_str()) {
        return format!("{} {}", first.join(" "), title_case(&last.join(" "), true));
    }
    name.to_owned()
}

/// Whether a letter was probably lost on the way: a question mark, or Unicode's replacement
/// character, beside a letter.
pub(super) fn lost_letter(name: &str) -> bool {
    let mut before = None::<char>;
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        let beside = before.is_some_and(char::is_alphabetic)
            || chars.peek().is_some_and(|n| n.is_alphabetic());
        if c == '\u{FFFD}' || (c == '?' && beside) {
            return true;
        }
        before = Some(c);
    }
    false
}

fn title_case(name: &str, particles: bool) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = String::with_capacity(name.len());
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        if particles && i + 1 < words.len() && PARTICLES.contains(&lower.as_str()) {
            out.push_str(&lower);
        } else if NUMERALS.contains(word) {
            out.push_str(word);
        } else {
            title_word(&lower, &mut out);
        }
    }
    out
}

/// A word in lower case, with a capital at its start and after every sign but a question mark,
/// which stands for a letter.
fn title_word(lower: &str, out: &mut String) {
    let inside =
        |c: char| c.is_alphabetic() || matches!(c, '?' | '\u{FFFD}' | '\u{300}'..='\u{36F}');
    let mut start = true;
    for (at, c) in lower.char_indices() {
        if start && c.is_alphabetic() {
            out.extend(c.to_uppercase());
        } else {
            let after_mc = at == 2 && lower.starts_with("mc") && lower.len() > 4;
            if after_mc {
                out.extend(c.to_uppercase())
            } else {
                out.push(c)
            }
        }
        start = !inside(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_names() {
        for (raw, want) in [
            ("D'ALENÇON", "D'Alençon"),
            ("LE GOFF", "Le Goff"),
            ("LE-GOFF", "Le-Goff"),
            ("MACDONALD", "Macdonald"),
            ("MCDONALD", "McDonald"),
            ("JØRGENSEN", "Jørgensen"),
            ("O'CONNOR", "O'Connor"),
            ("N’DIAYE", "N’Diaye"),
            ("VAN DER BERG", "van der Berg"),
            ("DE GAULLE", "de Gaulle"),
            ("SZYMA?SKI", "Szyma?ski"),
            ("?TEF?NESCU", "?tef?nescu"),
            ("NG", "Ng"),
            ("Lefèvre", "Lefèvre"),
            ("McKay", "McKay"),
            ("王", "王"),
            ("", ""),
        ] {
            assert_eq!(family(raw), want);
        }
        for (raw, want) in [
            ("JEAN-PIERRE", "Jean-Pierre"),
            ("JB", "JB"),
            ("AL", "Al"),
            ("ÉLODIE", "Élodie"),
        ] {
            assert_eq!(given(raw), want);
        }
    }

    #[test]
    fn whole_names_are_said_given_name_first() {
        for (raw, want) in [
            ("DUPONT Jean", "Jean Dupont"),
            ("DUPONT, Jean", "Jean Dupont"),
            ("Jean DUPONT", "Jean Dupont"),
            ("DE LA TOUR Anne-Marie", "Anne-Marie de La Tour"),
            ("Jean Dupont", "Jean Dupont"),
            ("MARIE CURIE", "Marie Curie"),
            ("Jean Dupont, MBA", "Jean Dupont, MBA"),
            ("Henry Ford III", "Henry Ford III"),
        ] {
            assert_eq!(whole(raw), want);
        }
    }

    #[test]
    fn lost_letters_are_seen() {
        for (name, lost) in [
            ("Ma?gorzata", true),
            ("?ukasz", true),
            ("Pawe?", true),
            ("Ren\u{FFFD}", true),
            ("?", false),
            ("Zoé", false),
        ] {
            assert_eq!(lost_letter(name), lost, "{name}");
        }
    }
}
