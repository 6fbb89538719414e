//! Finds colleagues: instant, forgiving, explained.
//!
//! An inverted index over the people of a directory, with a sorted vocabulary: a prefix is a
//! range of it, and typos are found by walking it as a trie. People come in as their pages
//! arrive and change in place; one search answers all hits, ranked ([`rank`]), with the counts
//! of all facets; [`Index::explain`] tells for a row on the screen which words matched where.
//!
//! ```
//! use entraide::model::{Person, PersonId, PersonSkill};
//! use entraide::search::{Index, Query};
//!
//! let mut person = Person::named(PersonId::new("1").unwrap(), "Élodie Lefèvre");
//! person.skills.extend(PersonSkill::declared("Tableaux croisés dynamiques"));
//! let index = Index::build(vec![person.into()]);
//! let found = index.search(&Query { text: "elodie tabl".into(), ..Query::default() });
//! assert_eq!(found.hits.len(), 1);
//! ```
//!
//! - `fold`, `token`, `stop`, `language`: texts to words, whatever the script
//! - `texts`, `interner`, `order`: lists of texts, numbers for them, and the only two sorts
//! - `document`: what of a person is searched, and its weight
//! - `vocabulary`, `typo`, `dictionary`, `index`: words, near words, facet values, people
//! - `query`, `evaluate`, `facets`, `explain`: one search

mod complete;
mod dictionary;
pub(crate) mod document;
mod evaluate;
#[cfg(test)]
mod examples;
mod explain;
mod facets;
mod fold;
mod index;
pub(crate) mod interner;
mod knowledge;
pub(crate) mod language;
#[cfg(test)]
mod oracle;
pub(crate) mod order;
mod query;
pub mod rank;
pub(crate) mod stop;
pub(crate) mod texts;
mod token;
mod typo;
mod vocabulary;

pub use document::Field;
pub use evaluate::{Hit, Results};
pub use explain::Match;
pub use facets::{FacetCount, Facets};
pub use index::Index;
pub use query::{Filters, Query};
pub use rank::MatchKind;
pub(crate) use token::joined_words;
pub use token::{Words, words};
pub(crate) use typo::near;
