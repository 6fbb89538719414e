//! The Wasm of `<entraide-setup>`: what [`entraide::setup`] and [`entraide::backend`] know,
//! for the plain JavaScript that draws it (`loader/setup/`).
//!
//! It is a module of its own, so that no other page pays for it. Every function takes and gives
//! JSON as text; none keeps anything, none calls anything, and none fails on any input: what is
//! wrong is told in what it gives.

use entraide::setup::{
    Address, Answer, Choice, Goal, Proposal, Why, checked, compose, infer, point, prepare, read,
};
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn text<'v>(of: &'v Value, name: &str) -> &'v str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// An answer as the page's transport gives it: `{url, status, headers, body}`, headers as lines.
fn answer(of: &Value) -> Answer {
    let status = of.get("status").and_then(Value::as_u64).unwrap_or(200);
    let lines = text(of, "headers").lines();
    let headers = lines.filter_map(|line| line.split_once(':'));
    Answer {
        url: text(of, "url").to_owned(),
        status: u16::try_from(status).unwrap_or(0),
        headers: headers
            .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
            .collect(),
        body: text(of, "body").to_owned(),
    }
}

fn goal(of: &Value) -> Goal {
    match text(of, "goal") {
        "requests" => Goal::Requests,
        _ => Goal::People,
    }
}

fn why(of: &Why) -> Value {
    match of {
        Why::Named(name) => json!({"kind": "named", "name": name}),
        Why::Inside(name) => json!({"kind": "inside", "name": name}),
        Why::Looks => json!({"kind": "looks"}),
        Why::Both(name) => json!({"kind": "both", "name": name}),
        Why::Joined(first, second) => json!({"kind": "joined", "name": first, "second": second}),
        Why::Chosen => json!({"kind": "chosen"}),
    }
}

fn choice(of: &Choice) -> Value {
    json!({"field": of.field, "place": of.place, "confidence": of.confidence, "why": why(&of.why), "samples": of.samples})
}

fn proposal(of: &Proposal) -> Value {
    let lists = of
        .lists
        .iter()
        .map(|list| json!({"selector": list.selector, "count": list.count}));
    let fields = of.fields.iter().map(|field| {
        let choices: Vec<Value> = field.choices.iter().map(choice).collect();
        json!({"field": field.field, "taken": field.taken, "choices": choices})
    });
    let refs: Map<String, Value> = of
        .person_ref
        .iter()
        .map(|(name, selector)| ((*name).to_owned(), json!(selector)))
        .collect();
    json!({
        "lists": lists.collect::<Vec<_>>(), "fields": fields.collect::<Vec<_>>(), "personRef": refs, "examples": of.examples,
        "paging": {"paging": of.paging.paging, "query": of.paging.query, "why": of.paging.why,
            "name": of.paging.name, "total": of.paging.total},
    })
}

/// Proposes a mapping. Takes `{answer, goal, items}`; gives the proposal with `address`
/// (`{base, call, one}`), or `{trouble, detail}`.
#[wasm_bindgen]
#[must_use]
pub fn propose(input: &str) -> String {
    let input = parsed(input);
    let answer = answer(&input["answer"]);
    let items = input.get("items").and_then(Value::as_str);
    let mut out = match infer(&answer, goal(&input), items) {
        Ok(found) => proposal(&found),
        Err(trouble) => json!({"trouble": trouble.kind(), "detail": trouble.to_string()}),
    };
    let address = Address::parse(&answer.url);
    let base = address.base(text(&input, "origin"));
    out["address"] = json!({"base": base, "call": address.path, "one": address.of_one()});
    out.to_string()
}

/// What pointing at a value means. Takes `{answer, goal, items, field, pointer}`; gives a choice,
/// or `null`.
#[wasm_bindgen]
#[must_use]
pub fn pointed(input: &str) -> String {
    let input = parsed(input);
    let answer = answer(&input["answer"]);
    let (items, field, pointer) = (
        text(&input, "items"),
        text(&input, "field"),
        text(&input, "pointer"),
    );
    let found = point(&answer, goal(&input), items, field, pointer);
    found
        .map_or(Value::Null, |found| choice(&found.choice))
        .to_string()
}

/// Writes the document. Takes `{people, requests, presets}`; gives `{document, operations,
/// problems}`.
#[wasm_bindgen]
#[must_use]
pub fn composed(input: &str) -> String {
    let input = parsed(input);
    let some = |name: &str| input.get(name).filter(|value| value.is_object());
    let document = compose(some("people"), some("requests"));
    let mut out = checked(&document.to_string(), &presets(&input));
    out["document"] = document;
    out.to_string()
}

/// The request of an operation. Takes `{document, presets, operation, params, secrets}`.
#[wasm_bindgen]
#[must_use]
pub fn prepared(input: &str) -> String {
    let input = parsed(input);
    let document = input["document"].to_string();
    let (params, secrets) = (&input["params"], &input["secrets"]);
    prepare(
        &document,
        &presets(&input),
        text(&input, "operation"),
        params,
        secrets,
    )
    .to_string()
}

/// What the widget understands of an answer. Takes `{document, presets, operation, params, answer}`.
#[wasm_bindgen]
#[must_use]
pub fn understood(input: &str) -> String {
    let input = parsed(input);
    let document = input["document"].to_string();
    let answer = answer(&input["answer"]);
    read(
        &document,
        &presets(&input),
        text(&input, "operation"),
        &input["params"],
        &answer,
    )
    .to_string()
}

/// Presets are fetched by the page, since only those in use are.
fn presets(input: &Value) -> impl Fn(&str) -> Option<String> {
    let presets = input.get("presets").cloned().unwrap_or_default();
    move |name| presets.get(name).map(Value::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_becomes_a_document_that_reads_it() {
        let answer = json!({"url": "https://hr.example/api/staff?page=1", "status": 200, "headers": "X-Total-Count: 9\n",
            "body": r#"{"data": [{"uuid": "a", "full_name": "Ada Byron"}, {"uuid": "b", "full_name": "Bo Li"}]}"#});
        let found = parsed(&propose(
            &json!({"answer": answer, "goal": "people", "origin": ""}).to_string(),
        ));
        assert_eq!(
            found["address"],
            json!({"base": "https://hr.example/api", "call": "/staff", "one": "/staff/{id}"})
        );
        let fields: Map<String, Value> = found["fields"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|field| field["taken"] == json!(true))
            .map(|field| {
                (
                    field["field"].as_str().unwrap().to_owned(),
                    field["choices"][0]["field"].clone(),
                )
            })
            .collect();
        let people = json!({"base": "https://hr.example/api", "call": "/staff", "query": found["paging"]["query"],
            "items": found["lists"][0]["selector"], "paging": found["paging"]["paging"], "fields": fields});
        let whole = parsed(&composed(&json!({"people": people}).to_string()));
        assert_eq!(whole["problems"], json!([]), "{whole}");
        let input =
            json!({"document": whole["document"], "operation": "people.list", "answer": answer});
        let read = parsed(&understood(&input.to_string()));
        assert_eq!(read["items"][1]["name"], json!("Bo Li"), "{read}");
        assert_eq!(read["total"], json!(9));
        let call = parsed(&prepared(&input.to_string()));
        assert_eq!(call["url"], json!("https://hr.example/api/staff?page=1"));
    }

    #[test]
    fn nothing_fails_on_any_input() {
        for input in [
            "",
            "null",
            "[]",
            "{\"answer\": 7}",
            "{\"document\": {\"extends\": \"x\"}}",
        ] {
            for function in [propose, pointed, composed, prepared, understood] {
                assert!(
                    serde_json::from_str::<Value>(&function(input)).is_ok(),
                    "{input}"
                );
            }
        }
    }
}
