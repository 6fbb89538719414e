//! The whole proposal for one answer: its list, its fields, its paging.

use super::address::Address;
use super::answer::{Answer, Trouble, read_answer};
use super::fields::{propose_fields, worth};
use super::list::{List, lists};
use super::paging::{PagingProposal, propose_paging};
use super::request::propose_person_ref;
use serde_json::Value;

/// How many items are shown whole.
const EXAMPLES: usize = 3;

/// What the answer should be a list of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Colleagues.
    People,
    /// Questions that were asked.
    Requests,
}

/// Why something was taken for something; the screen puts it into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is called so.
    Named(String),
    /// It stands in something that is called so.
    Inside(String),
    /// Its values look like it.
    Looks,
    /// It is called so, and its values look like it.
    Both(String),
    /// It is made of two: the names of both.
    Joined(String, String),
    /// Somebody pointed at it.
    Chosen,
}

/// One way to read a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The field as a mapping says it: a selector, or an object with one.
    pub field: Value,
    /// The place that it reads, in the backend's words, such as `name.family`.
    pub place: String,
    /// From 0 to 100.
    pub confidence: u32,
    /// Why it was taken.
    pub why: Why,
    /// What it gives for the first few items, as text; empty where there is nothing.
    pub samples: Vec<String>,
}

/// A field of the widget with the ways to read it, the best first.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldProposal {
    /// The widget's name of the field.
    pub field: &'static str,
    /// Whether the first choice is good enough to be taken without being asked for.
    pub taken: bool,
    /// The ways to read it; none where nothing looks like it.
    pub choices: Vec<Choice>,
}

impl FieldProposal {
    /// The choice that is taken.
    #[must_use]
    pub fn best(&self) -> Option<&Choice> {
        self.choices.first().filter(|_| self.taken)
    }
}

/// A list that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListProposal {
    /// The selector; empty for the whole answer.
    pub selector: String,
    /// How many items it has.
    pub count: usize,
}

/// What is proposed for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The lists in the answer, the best first.
    pub lists: Vec<ListProposal>,
    /// The first items of the first list, to be pointed at.
    pub examples: Vec<Value>,
    /// The fields of the first list.
    pub fields: Vec<FieldProposal>,
    /// For requests: how the people that they name are read (`id`, `name`), where they are objects.
    pub person_ref: Vec<(&'static str, String)>,
    /// How the next page is reached.
    pub paging: PagingProposal,
}

/// Whether an answer is one item, alone or in an envelope.
fn is_one(response: &Value) -> bool {
    let Some(map) = response.as_object() else {
        return false;
    };
    match map.values().next() {
        Some(Value::Object(inner)) if map.len() == 1 => inner.len() > 1,
        _ => map.len() > 1,
    }
}

/// Proposes a mapping for an answer. `items` is the list that a person chose; the likeliest
/// one where absent.
///
/// # Errors
/// [`Trouble`] where the answer is an error, no JSON, or has no list of objects.
pub fn infer(answer: &Answer, goal: Goal, items: Option<&str>) -> Result<Proposal, Trouble> {
    let response = read_answer(answer)?;
    let (mut found, empty) = lists(&response);
    let score = |list: &List| {
        let fields = worth(&list.items, &response, goal);
        let many = u32::try_from(list.count.min(20)).unwrap_or(20);
        let chosen = items == Some(list.selector.as_str());
        (chosen, list.usual * 5 + fields + many)
    };
    found.sort_by_cached_key(|list| std::cmp::Reverse(score(list)));
    let Some(list) = found.first() else {
        return Err(match empty {
            true => Trouble::EmptyList,
            false => Trouble::NoList {
                single: is_one(&response),
            },
        });
    };
    let fields = propose_fields(&list.items, &response, goal);
    let person_ref = match goal {
        Goal::People => Vec::new(),
        Goal::Requests => propose_person_ref(&fields, &list.items, &response),
    };
    let address = Address::parse(&answer.url);
    let paging = propose_paging(answer, &response, &list.selector, list.count, &address);
    let examples = list.items.iter().take(EXAMPLES).cloned().collect();
    let lists = found.iter().map(|list| ListProposal {
        selector: list.selector.clone(),
        count: list.count,
    });
    Ok(Proposal {
        lists: lists.collect(),
        examples,
        fields,
        person_ref,
        paging,
    })
}
