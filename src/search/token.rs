//! Words: what a text is cut into, in the index, in queries and in questions.
//!
//! A word is a run of letters and digits, folded. Beyond that, names and skills need:
//! - **signs** that make another thing of a letter: `C++`, `C#`, `.NET` (also `dotnet`) keep them;
//! - **compounds** by apostrophe, hyphen, dot, ampersand or underscore (`l'arc`, `D'Angelo`,
//!   `Jean-Pierre`, `Node.js`, `R&D`) and by a change from letters to digits (`ISO9001`): their
//!   parts are words, parts of one letter are not, and the whole is a *joined* form beside them;
//! - **neighbours** that others write together (`Power BI`, `Le Goff`, `van der Berg`): they
//!   have a joined form as well; so has an Arabic word without its article;
//! - **scripts without spaces**: overlapping pairs of characters (bigrams), and the last
//!   character alone, so that every substring can be found (Lee and Ahn, SIGIR 1996).

mod compound;

use super::fold::{fold_into, is_mark, is_spaceless, is_word};
use super::texts::Texts;
use compound::Atom;
use std::ops::Range;

/// Longest word, in characters; the rest of a longer one is not looked at.
pub(crate) const MAX_WORD: usize = 48;

/// A piece of a text as it is indexed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    /// Folded.
    pub(crate) text: &'a str,
    /// Bytes of the original that it stands for, as start and end.
    pub(crate) span: (usize, usize),
    /// Which word of the text it is, counted from zero (for a joined form: its first).
    pub(crate) at: u32,
    /// Over how many words a joined form extends; 0 for a word itself.
    pub(crate) joins: u32,
    /// Whether it follows the previous word without a gap, in a script without spaces.
    pub(crate) chained: bool,
    /// Whether it is one letter of dotted initials in a query (`e.l`).
    pub(crate) initial: bool,
}

/// Which neighbours get a joined form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Neighbours {
    /// None: running text.
    Apart,
    /// Short ones with what follows them: particles of names.
    Particles,
    /// All that stay short together: names of skills, teams and places, and queries.
    Pairs,
}

/// How to cut.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cut {
    /// Which neighbours get a joined form.
    pub(crate) neighbours: Neighbours,
    /// Whether the text is a query: dotted single letters are initials then, and the last
    /// character of a run without spaces is no word of its own.
    pub(crate) query: bool,
}

impl Cut {
    /// A text to be searched.
    pub(crate) fn text(neighbours: Neighbours) -> Self {
        Self {
            neighbours,
            query: false,
        }
    }
}

/// The Arabic article, which is written together with its word; the word without it is another
/// form.
const ARTICLE: &str = "ال";

/// Longest particle of a name, in bytes ("van", "del").
const PARTICLE: usize = 3;
/// Longest joined form of neighbours, in bytes.
const LONGEST_PAIR: usize = 16;

/// The words of a text, in order.
#[derive(Debug, Clone, Default)]
pub struct Words {
    folded: Texts,
    spans: Vec<(u32, u32)>,
}

impl Words {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// A word, folded: lower case, without accents. Empty where there is none of this number.
    #[must_use]
    pub fn text(&self, number: usize) -> &str {
        self.folded.get(number)
    }

    /// Where a word stands: bytes of the original text, on character boundaries.
    #[must_use]
    pub fn span(&self, number: usize) -> Range<usize> {
        let (from, to) = self.spans.get(number).copied().unwrap_or_default();
        from as usize..to as usize
    }

    /// The first word that begins with this one, or (unless `open`) is this one.
    pub(crate) fn position(&self, word: &str, open: bool) -> Option<usize> {
        (0..self.len()).find(|number| {
            let own = self.text(*number);
            own.starts_with(word) && (open || own.len() == word.len())
        })
    }
}

/// The words of a text, folded, in order; compounds as their parts, without joined forms.
#[must_use]
pub fn words(text: &str) -> Words {
    let mut out = Words::default();
    tokenise(text, Cut::text(Neighbours::Apart), &mut |t| {
        if t.joins == 0 {
            out.folded.push(t.text);
            out.spans.push((t.span.0 as u32, t.span.1 as u32));
        }
    });
    out
}

/// The joined forms of a text (`powerbi` for "Power BI"), as [`Words`]; where each begins and
/// ends is told as words, counted as in [`words`], and not as bytes.
pub(crate) fn joined_words(text: &str) -> Words {
    let mut out = Words::default();
    tokenise(text, Cut::text(Neighbours::Pairs), &mut |t| {
        if t.joins > 0 {
            out.folded.push(t.text);
            out.spans.push((t.at, t.at + t.joins));
        }
    });
    out
}

/// Cuts a text and hands out its tokens: each word, then the joined forms that end with it.
pub(crate) fn tokenise(text: &str, cut: Cut, sink: &mut dyn FnMut(Token<'_>)) {
    let mut tokeniser = Tokeniser {
        text,
        cut,
        sink,
        folded: String::new(),
        atoms: Vec::new(),
        count: 0,
        last: Neighbour::default(),
        run: Neighbour::default(),
        joined: String::new(),
    };
    let mut at = 0;
    while let Some(c) = tokeniser.peek(at) {
        at = if is_spaceless(c) {
            tokeniser.run_without_spaces(at)
        } else if is_word(c) {
            tokeniser.chunk(at)
        } else {
            at + c.len_utf8()
        };
    }
}

#[derive(Debug, Default)]
struct Neighbour {
    text: String,
    start: usize,
    at: u32,
}

struct Tokeniser<'a, 's> {
    text: &'a str,
    cut: Cut,
    sink: &'s mut dyn FnMut(Token<'_>),
    folded: String,
    atoms: Vec<Atom>,
    count: u32,
    /// The previous word.
    last: Neighbour,
    /// The particles in a row that end with the previous word.
    run: Neighbour,
    joined: String,
}

impl Tokeniser<'_, '_> {
    fn peek(&self, at: usize) -> Option<char> {
        // Nearly all of a text, and nothing to decode.
        if let Some(byte) = self.text.as_bytes().get(at)
            && byte.is_ascii()
        {
            return Some(char::from(*byte));
        }
        self.text.get(at..)?.chars().next()
    }

    /// Hands out a word, and its joined forms with the words before it if it `opens` a chunk.
    fn word(&mut self, text: &str, span: (usize, usize), initial: bool, opens: bool) {
        if text.is_empty() {
            return;
        }
        let at = self.count;
        self.count += 1;
        (self.sink)(Token {
            text,
            span,
            at,
            joins: 0,
            chained: false,
            initial,
        });
        if let Some(bare) = text
            .strip_prefix(ARTICLE)
            .filter(|b| b.chars().count() >= 3)
        {
            let from = self.after_article(span);
            self.joined_form(bare, (from, span.1), at, 1);
        }
        if opens && self.cut.neighbours != Neighbours::Apart {
            self.join_with_last(text, span, at);
        }
        self.remember(text, span.0, at);
    }

    /// Where a word that begins with the Arabic article goes on.
    fn after_article(&self, span: (usize, usize)) -> usize {
        let word = self.text.get(span.0..span.1).unwrap_or_default();
        let letters = word.char_indices().filter(|(_, c)| !is_mark(*c));
        letters.map(|(at, _)| span.0 + at).nth(2).unwrap_or(span.0)
    }

    fn join_with_last(&mut self, text: &str, span: (usize, usize), at: u32) {
        let last = std::mem::take(&mut self.last);
        let run = std::mem::take(&mut self.run);
        let pairs = self.cut.neighbours == Neighbours::Pairs;
        let short = |n: &Neighbour| !n.text.is_empty() && n.text.len() + text.len() <= LONGEST_PAIR;
        if short(&last) && (pairs || last.text.len() <= PARTICLE) {
            self.join(&last, text, span, at);
        }
        if run.at != last.at && short(&run) {
            self.join(&run, text, span, at);
        }
        self.last = last;
        self.run = run;
    }

    fn join(&mut self, before: &Neighbour, text: &str, span: (usize, usize), at: u32) {
        let mut joined = std::mem::take(&mut self.joined);
        joined.clear();
        joined.push_str(&before.text);
        joined.push_str(text);
        self.joined_form(
            &joined,
            (before.start, span.1),
            before.at,
            at + 1 - before.at,
        );
        self.joined = joined;
    }

    fn remember(&mut self, text: &str, start: usize, at: u32) {
        let particle = text.len() <= PARTICLE;
        if !particle {
            self.run.text.clear();
            self.run.at = at;
        } else {
            if self.run.text.is_empty() || self.run.text.len() > LONGEST_PAIR {
                self.run.text.clear();
                self.run.start = start;
                self.run.at = at;
            }
            self.run.text.push_str(text);
        }
        self.last.text.clear();
        self.last.text.push_str(text);
        self.last.start = start;
        self.last.at = at;
    }

    fn joined_form(&mut self, text: &str, span: (usize, usize), at: u32, joins: u32) {
        // Of marks alone nothing is left.
        if text.is_empty() {
            return;
        }
        (self.sink)(Token {
            text,
            span,
            at,
            joins,
            chained: false,
            initial: false,
        });
    }

    /// Reads a run of a script without spaces as bigrams; answers where it ends.
    fn run_without_spaces(&mut self, start: usize) -> usize {
        let mut at = start;
        // The previous character: where it lies in the buffer, and where in the original.
        let mut previous: Option<(usize, usize)> = None;
        let mut first = true;
        self.folded.clear();
        while let Some(c) = self.peek(at).filter(|c| is_spaceless(*c) || is_mark(*c)) {
            let from = self.folded.len();
            fold_into(c, &mut self.folded);
            let end = at + c.len_utf8();
            if self.folded.len() > from {
                if let Some((buffer, began)) = previous {
                    self.bigram(buffer, (began, end), !first);
                    first = false;
                }
                previous = Some((from, at));
            }
            at = end;
        }
        if let Some((buffer, began)) = previous
            && (first || !self.cut.query)
        {
            self.bigram(buffer, (began, at), !first);
        }
        self.last = Neighbour::default();
        self.run = Neighbour::default();
        at
    }

    fn bigram(&mut self, from: usize, span: (usize, usize), chained: bool) {
        let text = self.folded.get(from..).unwrap_or_default();
        (self.sink)(Token {
            text,
            span,
            at: self.count,
            joins: 0,
            chained,
            initial: false,
        });
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, neighbours: Neighbours, query: bool) -> String {
        let mut out = Vec::new();
        tokenise(text, Cut { neighbours, query }, &mut |t| {
            out.push(match (t.joins, t.initial) {
                (0, false) => t.text.to_owned(),
                (0, true) => format!("{}.", t.text),
                (n, _) => format!("{}({}+{n})", t.text, t.at),
            });
        });
        out.join(" ")
    }

    #[test]
    fn signs_make_skills() {
        let apart = |t| cut(t, Neighbours::Apart, false);
        assert_eq!(apart("C, C++, C#, R, 5S"), "c c++ c# r 5s");
        assert_eq!(apart("C/C++ F# Notepad++ a+b"), "c c++ f# notepad++ a b");
        assert_eq!(apart(".NET"), ".net net(0+1) dotnet(0+1)");
        assert_eq!(
            apart("ASP.NET"),
            "asp net .net(1+1) dotnet(1+1) aspnet(0+2)"
        );
        assert_eq!(apart("Fin. Et..."), "fin et");
        assert_eq!(apart(".\u{20d0}$ \u{20d0}-\u{20d0}"), "", "marks alone");
        assert_eq!(
            apart("Node.js R&D ISO9001"),
            "node js nodejs(0+2) rd iso 9001 iso9001(3+2)"
        );
        assert_eq!(
            apart("Objective-C S/4HANA"),
            "objective objectivec(0+1) s 4hana"
        );
    }

    #[test]
    fn compounds_and_neighbours_join() {
        let pairs = |t| cut(t, Neighbours::Pairs, false);
        assert_eq!(pairs("Power BI"), "power bi powerbi(0+2)");
        assert_eq!(
            pairs("soudure à l'arc"),
            "soudure a soudurea(0+2) arc aarc(1+2) larc(2+1)"
        );
        let name = |t| cut(t, Neighbours::Particles, false);
        assert_eq!(name("Yann Le Goff"), "yann le goff legoff(1+2)");
        assert_eq!(
            name("Piet van der Berg"),
            "piet van der vander(1+2) berg derberg(2+2) vanderberg(1+3)"
        );
        assert_eq!(name("Anna D’Angelo"), "anna angelo dangelo(1+1)");
        assert_eq!(name("Jean-Pierre Roux"), "jean pierre jeanpierre(0+2) roux");
    }

    #[test]
    fn queries_know_initials() {
        let query = |t| cut(t, Neighbours::Apart, true);
        assert_eq!(query("e.l"), "e. l. el(0+2)");
        assert_eq!(query("É. Lefèvre"), "e lefevre");
        assert_eq!(query("e.lefevre"), "e. lefevre elefevre(0+2)");
        assert_eq!(query(".net"), ".net");
    }

    #[test]
    fn scripts_without_spaces_are_bigrams() {
        assert_eq!(
            cut("東京都庁", Neighbours::Pairs, false),
            "東京 京都 都庁 庁"
        );
        assert_eq!(cut("東京都", Neighbours::Pairs, true), "東京 京都");
        assert_eq!(cut("SAP導入", Neighbours::Pairs, true), "sap 導入");
        assert_eq!(cut("บัญชี", Neighbours::Pairs, true), "บั ัญ ญช ชี");
    }

    proptest! {
        #[test]
        fn spans_hold_and_words_are_short(text in "\\PC{0,60}|[a-c.'+# éÉ東-]{0,30}") {
            for query in [false, true] {
                for neighbours in [Neighbours::Apart, Neighbours::Particles, Neighbours::Pairs] {
                    let mut next = 0;
                    tokenise(&text, Cut { neighbours, query }, &mut |t| {
                        assert!(text.get(t.span.0..t.span.1).is_some_and(|s| !s.is_empty()));
                        assert!(!t.text.is_empty());
                        if t.joins == 0 {
                            assert_eq!(t.at, next);
                            next += 1;
                        } else {
                            assert!(t.at + t.joins <= next);
                        }
                    });
                }
            }
        }
    }
}
