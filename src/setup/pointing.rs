//! From a value that somebody pointed at to the field that reads it: "this is the title".

use super::answer::Answer;
use super::answer::read_answer;
use super::fields::{propose_fields, samples};
use super::leaf::{identifier, literal};
use super::list::{List, lists};
use super::proposal::{Choice, Goal, Why};
use super::shape::{is_html, separator, status_word};
use crate::backend::probe;
use serde_json::{Map, Value, json};

/// What somebody's pointing means.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointed {
    /// The field, read from the place that was pointed at.
    pub choice: Choice,
}

/// A step of the way to a value: a member's name, or a place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    Place,
}

/// The field `field` read from the value at `pointer` (a JSON Pointer, RFC 6901, into one item
/// of the list `items`). `None` where that is no list, or the item has no such value.
///
/// What the usual proposals have for that place is taken as they have it, so that a text with
/// commas is split and a list of names and values is read by name.
#[must_use]
pub fn point(
    answer: &Answer,
    goal: Goal,
    items: &str,
    field: &str,
    pointer: &str,
) -> Option<Pointed> {
    let response = read_answer(answer).ok()?;
    let (found, _) = lists(&response);
    let list: List = found.into_iter().find(|list| list.selector == items)?;
    let mut choices = Vec::new();
    for proposal in propose_fields(&list.items, &response, goal) {
        if proposal.field == field {
            choices = proposal.choices;
        }
    }
    let selectors = selectors(&list.items, pointer)?;
    let known = choices
        .into_iter()
        .find(|choice| selectors.contains(&choice.place));
    let choice = known.map(|choice| Choice {
        why: Why::Chosen,
        confidence: 100,
        ..choice
    });
    let choice = choice.or_else(|| {
        let select = selectors.first()?;
        let values = probe(select, &response, &list.items);
        let field = shaped(field, select, &values);
        // As the field reads it, which may be the first of several.
        let whole = field.get("select").unwrap_or(&field).as_str()?;
        let values = probe(whole, &response, &list.items);
        Some(Choice {
            samples: samples(&field, &values),
            field,
            place: select.clone(),
            confidence: 100,
            why: Why::Chosen,
        })
    });
    Some(Pointed { choice: choice? })
}

/// The selectors that mean this place, the likeliest first.
fn selectors(items: &[Value], pointer: &str) -> Option<Vec<String>> {
    let item = items.iter().find(|item| item.pointer(pointer).is_some())?;
    let mut value = item;
    let mut steps: Vec<Step> = Vec::new();
    // A list of names and values is read by the name, wherever that stands in other items.
    let mut by_name = None;
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        let (step, next) = match value {
            Value::Array(list) => {
                let next = token.parse().ok().and_then(|at: usize| list.get(at))?;
                let name = ["name", "label", "field", "key", "title"]
                    .into_iter()
                    .find_map(|key| {
                        let text = next.get(key)?.as_str()?;
                        let value = ["value", "values", "val"]
                            .into_iter()
                            .find(|v| next.get(*v).is_some())?;
                        Some((key, text, value))
                    });
                if let Some((key, text, of)) = name {
                    let path = written(&steps);
                    by_name = Some(format!("{path}[?{key}=={}].{of} | [0]", literal(text)));
                }
                (Step::Place, next)
            }
            Value::Object(map) => (Step::Name(token.clone()), map.get(&token)?),
            _ => return None,
        };
        steps.push(step);
        value = next;
    }
    let mut all: Vec<String> = by_name.into_iter().collect();
    all.push(written(&steps));
    // One of a list of texts stands for the list.
    if let Some((Step::Place, before)) = steps.split_last() {
        all.insert(0, written(before));
    }
    if value.is_object() {
        all.push(format!("keys({})", written(&steps)));
    }
    Some(all)
}

fn written(steps: &[Step]) -> String {
    let mut out = String::new();
    for step in steps {
        match step {
            Step::Name(name) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(&identifier(name));
            }
            Step::Place => out.push_str("[]"),
        }
    }
    if out.is_empty() { "@".to_owned() } else { out }
}

/// A field of this kind from values of any form.
fn shaped(field: &str, select: &str, values: &[Value]) -> Value {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let many = matches!(field, "skills" | "wants" | "languages" | "asked");
    let single = matches!(select.split_once("[]"), Some((_, rest)) if !rest.contains('|'));
    if many {
        if !texts.is_empty() && texts.iter().all(|text| text.trim_start().starts_with('[')) {
            return json!(format!("parse_json({select})"));
        }
        if let Some(sign) = separator(&texts) {
            return json!({"select": select, "split": sign});
        }
    } else if single {
        // One of several: the first.
        return json!(format!("{select} | [0]"));
    }
    if field == "status" {
        let mut words = Map::new();
        for text in &texts {
            if let Some(word) = status_word(text) {
                words.insert((*text).to_owned(), json!(word));
            }
        }
        words.insert("*".into(), json!("open"));
        return json!({"select": select, "values": words});
    }
    if texts.iter().any(|text| is_html(text)) {
        return json!(format!("plain_text({select})"));
    }
    json!(select)
}
