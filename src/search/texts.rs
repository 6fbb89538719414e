//! A list of short texts in one string: one type, and two allocations, for thousands of words.

/// Texts, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    text: String,
    /// Where each ends, and the next begins.
    ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The text of this number; empty where there is none.
    pub(crate) fn get(&self, number: usize) -> &str {
        let end_of = |number: usize| self.ends.get(number).map_or(0, |end| *end as usize);
        let start = if number == 0 { 0 } else { end_of(number - 1) };
        self.text.get(start..end_of(number)).unwrap_or_default()
    }

    /// The number of a text, where it is there.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        (0..self.len()).find(|number| self.get(*number) == text)
    }

    /// Appends a text.
    pub(crate) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// Makes room for so many more, as long as these.
    pub(crate) fn reserve(&mut self, more: &Self) {
        self.text.reserve(more.text.len());
        self.ends.reserve(more.ends.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_is_given() {
        let mut texts = Texts::default();
        for text in ["é", "", "abc"] {
            texts.push(text);
        }
        assert_eq!((texts.get(0), texts.get(1), texts.get(2)), ("é", "", "abc"));
        assert_eq!((texts.get(3), texts.get(usize::MAX)), ("", ""));
        assert_eq!((texts.find("abc"), texts.find("x")), (Some(2), None));
    }
}
