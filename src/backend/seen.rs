//! A set of texts that remembers what was seen; small in Wasm, where a tree of its own kind
//! would cost kilobytes.

/// Texts seen so far, in order.
#[derive(Debug, Default)]
pub(super) struct Seen(Vec<String>);

impl Seen {
    /// Adds a text; `false` where it was there already.
    pub(super) fn insert(&mut self, text: String) -> bool {
        match self.0.binary_search(&text) {
            Ok(_) => false,
            Err(at) => {
                self.0.insert(at, text);
                true
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
