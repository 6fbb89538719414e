//! Which value is which field: weighs what a value is called, where it stands, and what it looks
//! like, and writes the field as a mapping says it.

use super::leaf::{Kind, Leaf, is_nothing, leaves};
use super::names::{
    Known, PERSON, REQUEST, is_envelope, is_family_name, is_given_name, is_wrapper, label_weight,
};
use super::proposal::{Choice, FieldProposal, Goal, Why};
use super::request;
use super::shape::{
    date_form, is_address, is_email, is_html, is_language, is_picture, is_salutation, separator,
};
use crate::backend::probe;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How sure it must be to be taken without being asked for.
const ENOUGH: u32 = 48;
/// How sure it must be to be offered.
const OFFERED: u32 = 15;
/// How many choices are offered for a field.
const CHOICES: usize = 6;
/// How many items are shown as examples.
const SAMPLES: usize = 3;

/// How many of the fields that matter the items seem to have, for choosing among lists.
pub(super) fn worth(items: &[Value], response: &Value, goal: Goal) -> u32 {
    let fields = propose_fields(items, response, goal);
    let important = match goal {
        Goal::People => ["id", "name", "email", "skills", "title", "team"],
        Goal::Requests => ["id", "question", "details", "status", "created", "asker"],
    };
    let sure = |field: &FieldProposal| {
        let best = field.best().filter(|_| important.contains(&field.field));
        best.map_or(0, |choice| choice.confidence)
    };
    fields.iter().map(sure).sum()
}

/// Proposes all fields of the items.
pub(super) fn propose_fields(items: &[Value], response: &Value, goal: Goal) -> Vec<FieldProposal> {
    let mut leaves = leaves(items, response);
    drop_captions(&mut leaves);
    let known = match goal {
        Goal::People => PERSON,
        Goal::Requests => REQUEST,
    };
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut fields = Vec::new();
    for known in known {
        let mut choices: Vec<(bool, Choice)> = Vec::new();
        for leaf in &leaves {
            if let Some(choice) = choice(known, leaf, goal, items, response) {
                choices.push((used.contains(&leaf.selector), choice));
            }
        }
        if known.field == "name" {
            choices.extend(joined(&leaves, items, response).map(|choice| (false, choice)));
        }
        // What is another field already comes last, but for identifiers, which may be anything.
        choices.sort_by_key(|(used, choice)| {
            (
                *used,
                std::cmp::Reverse(choice.confidence),
                choice.place.len(),
            )
        });
        let free = choices.first().is_some_and(|(used, _)| !used);
        let mut choices: Vec<Choice> = choices.into_iter().map(|(_, choice)| choice).collect();
        choices.truncate(CHOICES);
        for choice in &mut choices {
            choice.confidence = choice.confidence.min(99);
        }
        if known.field == "name" {
            fall_back(&mut choices, items, response);
        }
        let taken = free && choices.first().is_some_and(|c| c.confidence >= ENOUGH);
        if taken && known.field != "id" {
            used.extend(choices.first().map(|c| c.place.clone()));
        }
        fields.push(FieldProposal {
            field: known.field,
            taken,
            choices,
        });
    }
    // Without a name of its own, whatever names a person best is better than nobody.
    for field in &mut fields {
        if matches!(field.field, "id" | "name" | "question") && !field.choices.is_empty() {
            field.taken = true;
        }
    }
    fields
}

/// Takes out the words that stand beside values for people to read: `{"label": "First name",
/// "value": "Ada"}`.
fn drop_captions(leaves: &mut Vec<Leaf>) {
    let selectors: Vec<String> = leaves.iter().map(|leaf| leaf.selector.clone()).collect();
    leaves.retain(|leaf| {
        let Some(beside) = leaf.selector.strip_suffix(".label") else {
            return true;
        };
        let value = format!("{beside}.value");
        !selectors.iter().any(|other| other.starts_with(&value))
    });
}

/// One field from one leaf, if it can be that.
fn choice(
    known: &Known,
    leaf: &Leaf,
    goal: Goal,
    items: &[Value],
    response: &Value,
) -> Option<Choice> {
    let (named, why) = named(known, leaf);
    let (fit, mut field) = fit(known.field, leaf, goal)?;
    let looks = matches!(known.field, "email" | "photo") && fit >= 100;
    let base = match known.field {
        "id" => named.max(identifies(leaf)),
        _ if looks => named.max(66),
        _ => named,
    };
    let there = leaf.present().count() * 30 / leaf.values.len().max(1);
    let there = u32::try_from(there).unwrap_or(0);
    let confidence = (base * fit / 100 * (70 + there) / 100).min(110);
    if confidence < OFFERED {
        return None;
    }
    let why = match why {
        Why::Named(name) if looks && named > 0 => Why::Both(name),
        _ if named == 0 => Why::Looks,
        why => why,
    };
    let select = field.get("select").and_then(Value::as_str);
    let samples = match select.filter(|select| *select != leaf.selector) {
        Some(select) => samples(&field, &probe(select, response, items)),
        None => samples(&field, &leaf.values),
    };
    // A selector alone is written as a text.
    if let Some(map) = field.as_object()
        && map.len() == 1
        && let Some(select) = map.get("select")
    {
        field = select.clone();
    }
    Some(Choice {
        field,
        place: leaf.selector.clone(),
        confidence,
        why,
        samples,
    })
}

/// How well a value identifies by its looks alone: it is there once for each, and short.
fn identifies(leaf: &Leaf) -> u32 {
    let plain = |value: &Value| match value {
        Value::Number(_) => true,
        Value::String(text) => !text.contains([' ', '@', '/', ':']) && text.len() <= 40,
        _ => false,
    };
    let last = leaf.words.last().map(String::as_str).unwrap_or_default();
    let ends = ["id", "no", "nr", "number", "key", "code", "ref"];
    let called = ends.iter().any(|end| last.ends_with(end));
    match (leaf.values.iter().all(plain), leaf.words.len()) {
        (true, 1) if called => 46,
        (true, 1) if leaf.values.len() > 1 => 24,
        (true, 2) if called => 26,
        _ => 0,
    }
}

/// How well the names on the way to a leaf are those of a field.
fn named(known: &Known, leaf: &Leaf) -> (u32, Why) {
    let mut words = leaf.words.iter().rev();
    let Some(last) = words.next() else {
        return (0, Why::Looks);
    };
    let mut weight = known.weight(last);
    let mut why = Why::Named(leaf.name.clone());
    let mut above: Vec<&String> = words.collect();
    // `team.name` is the team; `avatar_urls."96"` is a picture.
    let number = last.bytes().all(|b| b.is_ascii_digit());
    // The largest picture.
    let size = last.parse::<u32>().unwrap_or(0);
    let label = label_weight(last).or(number.then_some(80 + (size / 10).min(15)));
    let between =
        |word: &&&String| matches!(word.as_str(), "value" | "attributes" | "data" | "node");
    let skipped = above.iter().take_while(between).count();
    if let (Some(label), Some(parent)) = (label, above.get(skipped)) {
        let inside = known.weight(parent) * label / 100;
        if inside > weight || (inside > 0 && known.field == "name") {
            weight = inside;
            why = Why::Inside((*parent).clone());
            above.drain(..=skipped);
        }
    }
    // A place has an identifier and a page too; only those of the item itself count.
    let own = matches!(known.field, "id" | "profile" | "url");
    // What is kept identifies; what is shown is read.
    let mut lost = if known.field == "id" && last == "displayvalue" {
        5
    } else {
        0
    };
    for word in above {
        let near = if own {
            is_envelope(word)
        } else {
            is_wrapper(word)
        };
        lost += if near { 2 } else { 32 };
    }
    (weight.saturating_sub(lost), why)
}

/// How well the values fit, from 0 to 110, and the field as a mapping says it.
fn fit(field: &'static str, leaf: &Leaf, goal: Goal) -> Option<(u32, Value)> {
    if goal == Goal::Requests
        && let Some(fitting) = request::fit(field, leaf)
    {
        return fitting;
    }
    let texts = leaf.texts();
    let all = |test: fn(&str) -> bool| !texts.is_empty() && texts.iter().all(|text| test(text));
    let any = |test: fn(&str) -> bool| texts.iter().any(|text| test(text));
    let longest = texts
        .iter()
        .map(|text| text.chars().count())
        .max()
        .unwrap_or(0);
    let plain = leaf.kind == Kind::Plain;
    let truth = leaf.present().any(Value::is_boolean);
    let select = readable(leaf, &texts);
    let good = match field {
        "id" => {
            let mut seen = BTreeSet::new();
            let unique = leaf
                .values
                .iter()
                .all(|v| !is_nothing(v) && seen.insert(v.to_string()));
            if plain && unique && !truth {
                100
            } else {
                return None;
            }
        }
        "email" if plain || leaf.kind == Kind::List => match all(is_email) {
            true if leaf.words.iter().any(|w| w.contains("manager")) => 30,
            true if plain => 100,
            true => 90,
            false => return None,
        },
        "photo" if plain => match (all(is_picture), all(is_address)) {
            (true, _) => 100,
            (_, true) => 97,
            _ => return None,
        },
        "profile" | "url" if plain && all(is_address) && !all(is_picture) => 95,
        "profile" | "url" | "photo" | "email" => return None,
        "languages" if plain || leaf.kind == Kind::List => {
            match all(is_language) || all(|t| t.len() < 20) {
                true => 100,
                false => return None,
            }
        }
        "skills" | "wants" => return words(leaf, &texts, &select),
        "joined" | "created" | "updated" if plain => {
            let mut forms: Vec<&str> = Vec::new();
            for value in leaf.present() {
                forms.push(date_form(value)?);
            }
            let form = forms
                .iter()
                .find(|form| **form == "mdy")
                .or(forms.first())?;
            let mut field = json!({"select": leaf.selector});
            if *form != "auto" {
                field = json!({"select": leaf.selector, "date": form});
            }
            return Some((100, field));
        }
        "name" if plain && !truth => match (any(is_email), texts.is_empty(), longest > 120) {
            (_, true, _) | (_, _, true) => return None,
            (true, ..) => 60,
            // A name has a blank, mostly.
            _ if any(|t| t.trim().contains(' ')) => 100,
            _ => 88,
        },
        "question" if plain && !truth && !texts.is_empty() => {
            if longest > 400 {
                40
            } else {
                100
            }
        }
        "title" if plain && !texts.is_empty() => {
            match (all(is_salutation), longest > 120, any(is_email)) {
                (false, false, false) => 100,
                _ => return None,
            }
        }
        "team" | "place" | "timeZone"
            if (plain || leaf.kind == Kind::List) && !texts.is_empty() =>
        {
            if longest > 100 || any(is_email) || any(|t| t.starts_with("http")) {
                return None;
            }
            100
        }
        "about" | "details" if plain && !texts.is_empty() => {
            if longest > 30 {
                100
            } else {
                88
            }
        }
        _ => return None,
    };
    // One of several: the first.
    let one = leaf.kind == Kind::List && field != "languages";
    let select = if one {
        format!("{select} | [0]")
    } else {
        select
    };
    Some((good, json!({"select": select})))
}

/// The selector of a leaf, its HTML made readable.
pub(super) fn readable(leaf: &Leaf, texts: &[&str]) -> String {
    let html = leaf.kind == Kind::Plain && texts.iter().any(|text| is_html(text));
    if html {
        format!("plain_text({})", leaf.selector)
    } else {
        leaf.selector.clone()
    }
}

/// Fields that are lists of words, in all forms that backends have for them.
pub(super) fn words(leaf: &Leaf, texts: &[&str], select: &str) -> Option<(u32, Value)> {
    if leaf.kind == Kind::Object || texts.is_empty() {
        return None;
    }
    if leaf.kind == Kind::List {
        let short = texts.iter().all(|text| text.chars().count() <= 60);
        return Some((
            if short { 100 } else { 50 },
            json!({"select": leaf.selector}),
        ));
    }
    if texts.iter().all(|text| text.trim_start().starts_with('[')) {
        let parsed = texts
            .iter()
            .all(|text| serde_json::from_str::<Vec<Value>>(text).is_ok());
        return parsed.then(|| {
            (
                100,
                json!({"select": format!("parse_json({})", leaf.selector)}),
            )
        });
    }
    if texts.iter().any(|text| is_email(text) || is_address(text)) {
        return None;
    }
    if let Some(sign) = separator(texts) {
        return Some((100, json!({"select": select, "split": sign})));
    }
    let short = texts.iter().all(|text| text.chars().count() <= 48);
    Some((
        if short { 88 } else { 40 },
        json!({"select": select, "split": ","}),
    ))
}

/// A given and a family name, side by side.
fn joined<'a>(
    leaves: &'a [Leaf],
    items: &'a [Value],
    response: &'a Value,
) -> impl Iterator<Item = Choice> + 'a {
    // The name may stand in a `value` of its own.
    let parts = |leaf: &'a Leaf| {
        let words = leaf.words.as_slice();
        let (last, above) = words.split_last()?;
        match (label_weight(last), above.split_last()) {
            (Some(_), Some((name, above))) => Some((name.as_str(), above, last.as_str())),
            _ => Some((last.as_str(), above, "")),
        }
    };
    let plain = leaves.iter().filter(|leaf| leaf.kind == Kind::Plain);
    plain.clone().filter_map(move |given| {
        let (name, beside, tail) = parts(given)?;
        if !is_given_name(name) {
            return None;
        }
        let family = plain.clone().find(|leaf| {
            parts(leaf).is_some_and(|(name, above, end)| {
                is_family_name(name) && above == beside && end == tail
            })
        })?;
        let lost: u32 = beside
            .iter()
            .map(|word| if is_wrapper(word) { 2 } else { 40 })
            .sum();
        let select = format!("join(' ', [{}, {}])", given.selector, family.selector);
        let values = probe(&select, response, items);
        Some(Choice {
            samples: samples(&json!(select), &values),
            place: select.clone(),
            field: json!(select),
            confidence: 93_u32.saturating_sub(lost),
            why: match tail {
                "" => Why::Joined(given.name.clone(), family.name.clone()),
                _ => Why::Joined(name.to_owned(), parts(family)?.0.to_owned()),
            },
        })
    })
}

/// Where the best name is missing for some, the next one stands in for it.
fn fall_back(choices: &mut Vec<Choice>, items: &[Value], response: &Value) {
    let [best, rest @ ..] = choices.as_slice() else {
        return;
    };
    let Some(select) = best.field.as_str() else {
        return;
    };
    let values = probe(select, response, items);
    if !values.iter().any(is_nothing) {
        return;
    }
    let other = rest.iter().find_map(|other| {
        let other = other.field.as_str()?;
        let values = values.iter().zip(probe(other, response, items));
        let whole = values
            .into_iter()
            .all(|(a, b)| !is_nothing(a) || !is_nothing(&b));
        whole.then_some(other)
    });
    if let Some(other) = other {
        let select = format!("{select} || {other}");
        let values = probe(&select, response, items);
        let choice = Choice {
            samples: samples(&json!(select), &values),
            place: select.clone(),
            field: json!(select),
            confidence: (best.confidence + 5).min(95),
            why: best.why.clone(),
        };
        choices.insert(0, choice);
    }
}

/// What a field gives for the first few items, as the person will recognise it.
pub(super) fn samples(field: &Value, values: &[Value]) -> Vec<String> {
    let split = field.get("split").and_then(Value::as_str);
    let shown = |value: &Value| match (value, split) {
        (Value::String(text), Some(sign)) => {
            let words: Vec<&str> = text.split(sign).map(str::trim).collect();
            words.join(" · ")
        }
        (value, _) => shown(value),
    };
    values.iter().take(SAMPLES).map(shown).collect()
}

/// A value in one line of at most 80 characters.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            let words: Vec<String> = list.iter().take(8).map(shown).collect();
            words.join(" · ")
        }
        Value::Object(map) => {
            let label = map.iter().filter_map(|(key, value)| {
                let weight = label_weight(&super::names::folded(key))?;
                value.is_string().then_some((weight, value))
            });
            match label.max_by_key(|(weight, _)| *weight) {
                Some((_, label)) => shown(label),
                None => "{…}".to_owned(),
            }
        }
        other => other.to_string(),
    };
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
