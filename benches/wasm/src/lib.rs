//! The index as a page has it, with nothing else around it: the sources of the model and of the
//! search, compiled into a Wasm of their own with the widget's profile. Depending on the crate
//! would bring the whole widget along, and its size and memory would hide the index's.

// The included modules are tested where they belong, not once more here.
#![cfg(not(test))]

// The staff of the native benchmark names the widget's crate.
extern crate self as entraide;

#[path = "../../../src/model/mod.rs"]
#[allow(dead_code, unused_imports)]
pub mod model;
#[path = "../../../src/search/mod.rs"]
#[allow(dead_code, unused_imports)]
pub mod search;
#[path = "../../search/staff.rs"]
mod staff;

mod document;

use model::Person;
use search::{Filters, Index, Query};
use std::hint::black_box;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// A staff, and its index once it is built.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bench {
    people: Vec<Arc<Person>>,
    index: Index,
}

#[wasm_bindgen]
impl Bench {
    /// The seeded staff of this size.
    pub fn seeded(count: u32, seed: u32) -> Self {
        Self::of(staff::staff(count as usize, seed.into()))
    }

    /// A staff from a JSON array of people, as the widget's own API lists them.
    ///
    /// # Errors
    /// What is wrong with the JSON, and where.
    pub fn parsed(json: &str) -> Result<Self, String> {
        let people: Vec<Person> = serde_json::from_str(json).map_err(|e| e.to_string())?;
        Ok(Self::of(people.into_iter().map(Arc::new).collect()))
    }

    /// The people from one position to another as documents for other libraries: a JSON array.
    pub fn documents(&self, from: u32, to: u32) -> String {
        let range = from as usize..(to as usize).min(self.people.len());
        document::json(self.people.get(range).unwrap_or_default())
    }

    /// Builds the index.
    pub fn build(&mut self) {
        self.index = Index::build(self.people.clone());
    }

    /// One keystroke: everyone who is found, ranked, with the counts of all facets, and `rows`
    /// of them with what matched where. The positions of the first 200 come back.
    pub fn search(&self, text: &str, rows: u32) -> Vec<u32> {
        let query = Query {
            text: text.to_owned(),
            filters: Filters::default(),
        };
        let found = self.index.search(&query);
        for hit in found.hits.iter().take(rows as usize) {
            black_box(self.index.explain(&query, hit.person));
        }
        let mut first = Vec::with_capacity(found.hits.len().min(200));
        first.extend(found.hits.iter().take(200).map(|hit| hit.person));
        black_box(found);
        first
    }
}

impl Bench {
    fn of(people: Vec<Arc<Person>>) -> Self {
        Self {
            people,
            index: Index::default(),
        }
    }
}
