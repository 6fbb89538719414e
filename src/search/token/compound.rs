//! Compounds: words that are written in one piece with signs, joiners or digits in them.

use super::{MAX_WORD, Tokeniser};
use crate::search::fold::{fold_into, is_letter, is_mark, is_spaceless, is_word};

/// A part of a compound: where it lies in the folded buffer and in the original.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    folded: (usize, usize),
    span: (usize, usize),
    letters: usize,
    signed: bool,
    after_dot: bool,
}

/// The words just before, as far as they may be joined with the next.
fn is_joiner(c: char) -> bool {
    is_apostrophe(c) || matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '−' | '.' | '&' | '_')
}

fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇' | '׳' | '״'
    )
}

impl Tokeniser<'_, '_> {
    /// Reads a compound from its first letter; answers where it ends.
    pub(super) fn chunk(&mut self, start: usize) -> usize {
        self.folded.clear();
        self.atoms.clear();
        let mut at = start;
        let mut after_dot = false;
        if self.starts_with_dot(start) {
            self.folded.push('.');
        }
        loop {
            let signed = !self.folded.is_empty() && self.atoms.is_empty();
            at = self.atom(at, signed, after_dot);
            let Some(joiner) = self.peek(at).filter(|c| is_joiner(*c)) else {
                break;
            };
            let next = at + joiner.len_utf8();
            if !self
                .peek(next)
                .is_some_and(|c| is_word(c) && !is_spaceless(c))
            {
                break;
            }
            after_dot = joiner == '.';
            at = next;
        }
        self.emit_chunk();
        at
    }

    /// Whether a dot right before `start` belongs to the word, as in `.NET`.
    fn starts_with_dot(&self, start: usize) -> bool {
        let before = self.text.get(..start).unwrap_or_default();
        before.strip_suffix('.').is_some_and(|rest| {
            !rest.ends_with(|c: char| is_word(c) || c == '.' || matches!(c, '+' | '#'))
        }) && self
            .peek(start)
            .is_some_and(|c| is_letter(c) && !is_mark(c))
    }

    /// Reads one part, splitting `ISO9001` in two; answers where it ends.
    fn atom(&mut self, start: usize, dotted: bool, after_dot: bool) -> usize {
        let span_start = start - usize::from(dotted);
        let from = if dotted {
            self.folded.len() - 1
        } else {
            self.folded.len()
        };
        let mut at = start;
        let mut letters = 0;
        // Where the digits begin, if letters came before and nothing but digits came since.
        let mut digits: Option<(usize, usize, usize)> = None;
        let mut mixed = false;
        while let Some(c) = self.peek(at) {
            let mark = is_mark(c);
            if !mark && (!is_word(c) || is_spaceless(c)) {
                break;
            }
            if !mark && letters < MAX_WORD {
                if c.is_ascii_digit() {
                    if digits.is_none() {
                        digits = Some((self.folded.len(), at, letters));
                    }
                } else if digits.is_some() {
                    mixed = true;
                }
                fold_into(c, &mut self.folded);
                letters += 1;
            }
            at += c.len_utf8();
        }
        let signs = self.signs(at);
        for sign in self.text.get(at..at + signs).unwrap_or_default().chars() {
            self.folded.push(sign);
        }
        at += signs;
        let to = self.folded.len();
        let signed = dotted || signs > 0;
        match digits {
            Some((split, split_at, before))
                if !mixed && !signed && before >= 2 && letters >= before + 2 =>
            {
                self.atoms.push(Atom {
                    folded: (from, split),
                    span: (span_start, split_at),
                    letters: before,
                    signed,
                    after_dot,
                });
                self.atoms.push(Atom {
                    folded: (split, to),
                    span: (split_at, at),
                    letters: letters - before,
                    signed,
                    after_dot: false,
                });
            }
            _ => self.atoms.push(Atom {
                folded: (from, to),
                span: (span_start, at),
                letters,
                signed,
                after_dot,
            }),
        }
        at
    }

    /// How many bytes of `+` and `#` after a word belong to it: `C++`, `C#`, `F#`, but not the
    /// sum `a+b`.
    fn signs(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let plus = rest.bytes().take_while(|b| *b == b'+').count();
        let length = match plus {
            0 => usize::from(rest.starts_with('#')),
            1..=3 => plus,
            _ => 0,
        };
        let follows = rest.get(length..).and_then(|r| r.chars().next());
        if length == 1 && follows.is_some_and(|c| is_word(c) || c == '#') {
            0
        } else {
            length
        }
    }

    fn emit_chunk(&mut self) {
        let atoms = std::mem::take(&mut self.atoms);
        let folded = std::mem::take(&mut self.folded);
        let single = |a: &Atom| a.letters < 2 && !a.signed;
        let initials = self.cut.query
            && atoms.len() > 1
            && atoms.iter().any(|a| a.after_dot)
            && atoms
                .iter()
                .any(|a| single(a) && starts_with_letter(&folded, a));
        let keep = |a: &Atom| initials || atoms.len() == 1 || !single(a);
        let whole_only = !atoms.iter().any(keep);
        let (Some(first), Some(end)) = (atoms.first(), atoms.last()) else {
            return;
        };
        let span = (first.span.0, end.span.1);
        if whole_only {
            self.joined.clear();
            self.joined.extend(folded.chars().take(MAX_WORD));
            let whole = std::mem::take(&mut self.joined);
            self.word(&whole, span, false, true);
            self.joined = whole;
        } else {
            let from = self.count;
            let mut opens = true;
            for atom in atoms.iter().filter(|a| keep(a)) {
                let text = folded.get(atom.folded.0..atom.folded.1).unwrap_or_default();
                let is_initial = initials && single(atom);
                self.word(text, atom.span, is_initial, opens);
                opens = false;
                let dot_net = !self.cut.query && atom.after_dot && text == "net";
                if dot_net {
                    self.joined_form(".net", atom.span, self.count - 1, 1);
                }
                if let Some(bare) = text.strip_prefix('.').filter(|_| !self.cut.query) {
                    self.joined_form(bare, atom.span, self.count - 1, 1);
                }
                if dot_net || text == ".net" && !self.cut.query {
                    // As it is said, and typed.
                    self.joined_form("dotnet", atom.span, self.count - 1, 1);
                }
            }
            if atoms.len() > 1 && folded.chars().count() <= MAX_WORD {
                self.joined_form(&folded, span, from, self.count - from);
            }
        }
        self.atoms = atoms;
        self.folded = folded;
    }
}

fn starts_with_letter(folded: &str, atom: &Atom) -> bool {
    folded
        .get(atom.folded.0..)
        .is_some_and(|t| t.starts_with(is_letter))
}
