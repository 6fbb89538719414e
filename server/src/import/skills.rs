//! Cuts a cell of skills into skills.
//!
//! Nobody agrees on a separator, and `/`, `,` and line breaks also stand inside skills
//! ("PL/SQL"). So each cell is cut at the strongest separator that it has, and a weaker sign
//! cuts further only where the vocabulary of the whole file, taken from the cells that leave
//! no doubt, knows the parts.

use entraide::model::{NAME, clean_line, skill_key};
use std::collections::HashSet;

/// Skills with a slash inside, which look like two.
const WITH_SLASH: [&str; 18] = [
    "pl/sql",
    "tcp/ip",
    "ci/cd",
    "ux/ui",
    "ui/ux",
    "s/4hana",
    "sap s/4hana",
    "sap r/3",
    "z/os",
    "os/2",
    "a/b testing",
    "a/b",
    "qa/qc",
    "b/l",
    "p/l",
    "cad/cam",
    "i/o",
    "html/css",
];

/// Skills that some cell of the file names beyond doubt, by key.
#[derive(Default)]
pub(super) struct Vocabulary(HashSet<String>);

/// What separates the skills of a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Strong,
    Comma,
    Slash,
    Line,
    None,
}

fn is_strong(c: char) -> bool {
    matches!(c, ';' | '|' | '•' | '\t' | '；' | '¦')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

fn has_spaced_slash(cell: &str) -> bool {
    cell.contains(" /") || cell.contains("/ ")
}

impl Separator {
    /// The strongest one outside parentheses and quotation marks.
    fn of(cell: &str) -> Self {
        let has = |sign: fn(char) -> bool| cut(cell, sign).len() > 1;
        if has(is_strong) {
            Self::Strong
        } else if has(is_comma) {
            Self::Comma
        } else if has_spaced_slash(cell) {
            Self::Slash
        } else if has(|c| c == '\n' || c == '\r') {
            Self::Line
        } else {
            Self::None
        }
    }

    fn cut(self, cell: &str) -> Vec<&str> {
        match self {
            Self::Strong => cut(cell, is_strong),
            Self::Comma => cut(cell, is_comma),
            Self::Slash => spaced_slashes(cell),
            Self::Line => cell.lines().collect(),
            Self::None => vec![cell],
        }
    }
}

impl Vocabulary {
    /// Learns from one cell what it names beyond doubt.
    pub(super) fn learn(&mut self, cell: &str) {
        let separator = Separator::of(cell);
        if separator == Separator::Line {
            return;
        }
        for piece in separator.cut(cell) {
            if !piece.contains([',', '/', '\n', '\r']) {
                self.0.extend(clean(piece).map(|skill| skill_key(&skill)));
            }
        }
    }

    /// Learns a skill that stands alone (in a list of JSON).
    pub(super) fn learn_one(&mut self, skill: &str) {
        self.0.extend(clean(skill).map(|skill| skill_key(&skill)));
    }

    fn knows(&self, piece: &str) -> bool {
        clean(piece).is_some_and(|skill| self.0.contains(&skill_key(&skill)))
    }

    /// A skill that stands alone, cleaned as [`Self::split`] does.
    pub(super) fn one(&self, skill: &str) -> Option<Result<String, String>> {
        clean(skill).map(bounded)
    }

    /// The skills of a cell, as they are written there, without quotation marks and bullets.
    /// Those longer than [`NAME`] characters are given as errors: they are sentences.
    pub(super) fn split(&self, cell: &str) -> Vec<Result<String, String>> {
        let cell = cell.trim();
        let separator = Separator::of(cell);
        let mut pieces = Vec::new();
        for piece in separator.cut(cell) {
            match separator {
                Separator::Line => pieces.push(piece.to_owned()),
                Separator::None => self.cut_alone(piece, &mut pieces),
                _ => self.cut_further(piece, &mut pieces),
            }
        }
        if separator == Separator::Line {
            pieces = self.join_wrapped(pieces);
        }
        pieces
            .iter()
            .filter_map(|piece| clean(piece))
            .map(bounded)
            .collect()
    }

    /// A piece between separators: weaker signs cut it only if the file knows the parts.
    fn cut_further(&self, piece: &str, out: &mut Vec<String>) {
        if piece.contains(['\n', '\r']) {
            let lines: Vec<&str> = piece.lines().filter(|l| !l.trim().is_empty()).collect();
            let joined = lines.join(" ");
            if lines.len() > 1 && !self.knows(&joined) && lines.iter().all(|l| self.knows(l)) {
                out.extend(lines.into_iter().map(str::to_owned));
            } else {
                out.push(joined);
            }
            return;
        }
        let commas = cut(piece, is_comma);
        if commas.len() > 1
            && !self.knows(piece)
            && commas.iter().filter(|p| self.knows(p)).count() * 2 >= commas.len()
        {
            out.extend(commas.into_iter().map(str::to_owned));
            return;
        }
        let spaced = spaced_slashes(piece);
        if spaced.len() > 2 && !self.knows(piece) {
            out.extend(spaced.into_iter().map(str::to_owned));
            return;
        }
        let slashes: Vec<&str> = piece.split('/').collect();
        let whole = WITH_SLASH.contains(&skill_key(piece.trim()).as_str()) || self.knows(piece);
        if slashes.len() > 1 && !whole && slashes.iter().all(|p| self.knows(p)) {
            out.extend(slashes.into_iter().map(str::to_owned));
        } else {
            out.push(piece.to_owned());
        }
    }

    /// A cell without any sure separator: "Excel/VBA/Word", "Excel - Word", "PL/SQL".
    fn cut_alone(&self, cell: &str, out: &mut Vec<String>) {
        let key = skill_key(cell);
        if WITH_SLASH.contains(&key.as_str()) {
            out.push(cell.to_owned());
            return;
        }
        let slashes: Vec<&str> = cell.split('/').collect();
        let words = |p: &&str| p.chars().any(char::is_alphabetic);
        if slashes.len() > 2 && slashes.iter().all(words) && !cell.contains("://") {
            out.extend(slashes.into_iter().map(str::to_owned));
            return;
        }
        let dashes: Vec<&str> = cell.split(" - ").collect();
        if dashes.len() > 1 && !self.knows(cell) && dashes.iter().all(|p| self.knows(p)) {
            out.extend(dashes.into_iter().map(str::to_owned));
            return;
        }
        self.cut_further(cell, out);
    }

    /// Lines of a cell that has no other separator: one skill a line, unless a line goes on
    /// with the one before (in lower case, and unknown by itself).
    fn join_wrapped(&self, lines: Vec<String>) -> Vec<String> {
        let mut out: Vec<String> = Vec::with_capacity(lines.len());
        for line in lines {
            let goes_on = line.trim_start().starts_with(char::is_lowercase) && !self.knows(&line);
            match out.last_mut() {
                Some(last) if goes_on || self.knows(&format!("{last} {line}")) => {
                    last.push(' ');
                    last.push_str(&line);
                }
                _ => out.push(line),
            }
        }
        out
    }
}

fn bounded(skill: String) -> Result<String, String> {
    if skill.chars().count() > NAME {
        Err(skill)
    } else {
        Ok(skill)
    }
}

/// Cuts at a sign, but not inside parentheses or between quotation marks that are balanced.
fn cut(cell: &str, is_sign: fn(char) -> bool) -> Vec<&str> {
    let count = |c: char| cell.matches(c).count();
    let brackets = count('(') == count(')');
    let quotes = count('"') % 2 == 0;
    let (mut depth, mut quoted, mut start) = (0_usize, false, 0);
    let mut pieces = Vec::new();
    for (at, c) in cell.char_indices() {
        match c {
            '(' if brackets => depth += 1,
            ')' if brackets => depth = depth.saturating_sub(1),
            '"' if quotes => quoted = !quoted,
            c if depth == 0 && !quoted && is_sign(c) => {
                pieces.push(&cell[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&cell[start..]);
    pieces
}

/// Cuts at slashes that have a space on one side at least.
fn spaced_slashes(cell: &str) -> Vec<&str> {
    let bytes = cell.as_bytes();
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, _) in cell.match_indices('/') {
        let spaced =
            at.checked_sub(1).is_some_and(|i| bytes[i] == b' ') || bytes.get(at + 1) == Some(&b' ');
        if spaced {
            pieces.push(&cell[start..at]);
            start = at + 1;
        }
    }
    pieces.push(&cell[start..]);
    pieces
}

/// A skill's name without quotation marks, bullets and a final full stop; `None` where nothing
/// is left. What is longer than [`NAME`] keeps a little more, so that it can be seen.
fn clean(piece: &str) -> Option<String> {
    let bare: String = piece
        .chars()
        .filter(|c| !matches!(c, '"' | '“' | '”' | '„' | '«' | '»'))
        .collect();
    let bare = bare
        .trim()
        .trim_start_matches(['-', '*', '•', '–', '·', '○', '▪'])
        .trim_end_matches(['.', ',', ';', ':']);
    let line = clean_line(bare, NAME + 20);
    line.chars().any(char::is_alphanumeric).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(cell: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        for known in [
            "Excel, Word, VBA, SQL, droit du travail, Python",
            "C++ ; R ; soudure TIG",
            "Power BI / SAP FI",
        ] {
            vocabulary.learn(known);
        }
        vocabulary
            .split(cell)
            .into_iter()
            .map(|s| s.unwrap_or_else(|s| format!("!{s}")))
            .collect()
    }

    #[test]
    fn one_separator_a_cell() {
        assert_eq!(split("Excel ; Word"), ["Excel", "Word"]);
        assert_eq!(split("Excel,Word,"), ["Excel", "Word"]);
        assert_eq!(split("Excel / Word"), ["Excel", "Word"]);
        assert_eq!(split("Excel\r\nGo\nRust"), ["Excel", "Go", "Rust"]);
        assert_eq!(split("- Excel\n- Go"), ["Excel", "Go"]);
        assert_eq!(split("paie"), ["paie"]);
        assert_eq!(split(" ; ,"), Vec::<String>::new());
    }

    #[test]
    fn signs_inside_skills_stay() {
        assert_eq!(split("PL/SQL, C++"), ["PL/SQL", "C++"]);
        assert_eq!(split("PL/SQL"), ["PL/SQL"]);
        assert_eq!(split("PL/SQL / TCP/IP"), ["PL/SQL", "TCP/IP"]);
        assert_eq!(split("CI/CD; .NET; C#"), ["CI/CD", ".NET", "C#"]);
        assert_eq!(
            split("gestion (budget, paie), Word"),
            ["gestion (budget, paie)", "Word"]
        );
        assert_eq!(split("compta/paie"), ["compta/paie"]);
        assert_eq!(split("droit\ndu travail"), ["droit du travail"]);
        assert_eq!(
            split("Excel, \"VBA\", soudure \"TIG\", droit\ndu travail"),
            ["Excel", "VBA", "soudure TIG", "droit du travail"]
        );
    }

    #[test]
    fn the_vocabulary_cuts_further() {
        assert_eq!(split("Excel/Word"), ["Excel", "Word"]);
        assert_eq!(split("Excel/VBA/Go"), ["Excel", "VBA", "Go"]);
        assert_eq!(split("Excel, Word; Go"), ["Excel", "Word", "Go"]);
        assert_eq!(split("Excel - Word"), ["Excel", "Word"]);
        assert_eq!(
            split("Excel, Power BI\nPython"),
            ["Excel", "Power BI", "Python"]
        );
    }

    #[test]
    fn sentences_are_no_skills() {
        assert!(split(&"x".repeat(121))[0].starts_with('!'));
        assert!(!split(&"x".repeat(120))[0].starts_with('!'));
    }

    proptest! {
        #[test]
        fn never_panics(cell in "[a,;/|\n\"() •é-]{0,40}|\\PC{0,40}") {
            let mut vocabulary = Vocabulary::default();
            vocabulary.learn(&cell);
            let _ = vocabulary.split(&cell);
        }
    }
}
