//! Errors of backends, in any shape, turned into words.
//!
//! There is a standard (RFC 9457, problem details), and there is what backends send: a string,
//! `{"error": {"message": ...}}`, `{"errors": [...]}`, an object of arrays by field, plain text,
//! an empty object, a web page. This finds the sentence a person can use, and which fields it is
//! about, and never passes on more than a clean line of 300 characters.

use super::error::FieldProblem;
use crate::model::{NAME, SHORT_TEXT, clean_line};
use serde_json::Value;

/// What an error body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) detail: String,
    pub(super) fields: Vec<FieldProblem>,
}

/// Most problems with fields that are kept.
const MOST_FIELDS: usize = 20;
/// How deep to look.
const DEEPEST: u8 = 4;

/// Members that hold the sentence, the best first.
const SENTENCES: [&str; 15] = [
    "detail",
    "message",
    "error_description",
    "errorMessage",
    "errorMessages",
    "msg",
    "error",
    "errors",
    "description",
    "reason",
    "details",
    "title",
    "error_summary",
    "non_field_errors",
    "info",
];
/// Members that name the field of one problem.
const FIELDS: [&str; 9] = [
    "pointer",
    "field",
    "path",
    "loc",
    "target",
    "param",
    "property",
    "attribute",
    "source",
];
/// Members that say what is wrong with it.
const WORDS: [&str; 6] = ["detail", "message", "msg", "description", "reason", "title"];
/// Members that are never the name of a field of what was sent.
const NOT_FIELDS: [&str; 12] = [
    "type",
    "code",
    "status",
    "statusCode",
    "instance",
    "id",
    "timestamp",
    "request_id",
    "requestId",
    "documentation_url",
    "name",
    "className",
];

pub(super) fn read_problem(body: &Value) -> Problem {
    let mut fields = Vec::new();
    collect_fields(body, &mut fields, 0);
    let mut detail = sentence(body, 0).unwrap_or_default();
    if detail.is_empty() {
        // Only the fields speak: their words are the sentence.
        let words: Vec<String> = fields
            .iter()
            .take(3)
            .map(|f| match f.field.as_str() {
                "" => f.problem.clone(),
                field => format!("{field}: {}", f.problem),
            })
            .collect();
        detail = words.join(" ");
    }
    Problem {
        detail: clean_line(&detail, SHORT_TEXT),
        fields,
    }
}

/// The words of an error body that is not JSON: plain text that is short enough to be a sentence.
pub(super) fn read_plain_problem(body: &str) -> Problem {
    let text = body.trim();
    let is_sentence = text.chars().count() <= SHORT_TEXT && !text.starts_with(['<', '{', '[']);
    Problem {
        detail: if is_sentence {
            clean_line(text, SHORT_TEXT)
        } else {
            String::new()
        },
        fields: Vec::new(),
    }
}

/// Whether every member is a list of words: then `title` is a field that was sent, and not the
/// title of the problem.
fn is_by_field(body: &Value) -> bool {
    let words = |v: &Value| {
        v.as_array()
            .is_some_and(|l| !l.is_empty() && l.iter().all(Value::is_string))
    };
    body.as_object().is_some_and(|map| {
        !map.is_empty()
            && map.values().all(words)
            && !["errors", "errorMessages", "non_field_errors"]
                .iter()
                .any(|k| map.contains_key(*k))
    })
}

fn sentence(value: &Value, depth: u8) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::String(text) => {
            let text = clean_line(text, SHORT_TEXT);
            (!text.is_empty()).then_some(text)
        }
        Value::Array(list) => list
            .iter()
            .take(MOST_FIELDS)
            .find_map(|v| sentence(v, depth + 1)),
        Value::Object(_) if is_by_field(value) => None,
        Value::Object(map) => SENTENCES
            .iter()
            .find_map(|key| map.get(*key).and_then(|v| sentence(v, depth + 1))),
        _ => None,
    }
}

fn collect_fields(value: &Value, out: &mut Vec<FieldProblem>, depth: u8) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(list) => {
            for entry in list.iter().take(MOST_FIELDS) {
                match one_field(entry) {
                    Some(field) => push(out, field),
                    None if entry.is_object() => collect_fields(entry, out, depth + 1),
                    None => {}
                }
            }
        }
        Value::Object(map) => {
            if let Some(field) = one_field(value).filter(|_| depth > 0) {
                push(out, field);
                return;
            }
            let listed = is_by_field(value);
            for (key, inner) in map.iter().take(MOST_FIELDS) {
                let containers = ["errors", "error", "details", "detail", "message", "data"];
                if containers.contains(&key.as_str()) {
                    if !inner.is_string() {
                        collect_fields(inner, out, depth + 1);
                    }
                } else if let Some(problem) = by_field(key, inner, depth, listed) {
                    push(
                        out,
                        FieldProblem {
                            field: clean_line(key, NAME),
                            problem,
                        },
                    );
                }
            }
        }
        _ => {}
    }
}

/// `{"title": ["may not be blank"]}`; inside an `errors` object also `{"title": "..."}`.
fn by_field(key: &str, value: &Value, depth: u8, listed: bool) -> Option<String> {
    if !listed && (NOT_FIELDS.contains(&key) || SENTENCES.contains(&key) && depth == 0) {
        return None;
    }
    match value {
        Value::Array(list) if list.iter().any(|v| v.is_string() || v.is_object()) => {
            sentence(value, 0)
        }
        Value::String(_) if depth > 0 && !SENTENCES.contains(&key) => sentence(value, 0),
        _ => None,
    }
}

/// `{"pointer": "/title", "detail": "..."}` and its relatives.
fn one_field(entry: &Value) -> Option<FieldProblem> {
    let map = entry.as_object()?;
    let field = FIELDS
        .iter()
        .find_map(|key| map.get(*key).and_then(field_name))?;
    let problem = WORDS
        .iter()
        .find_map(|key| map.get(*key).and_then(|v| sentence(v, 1)))?;
    Some(FieldProblem { field, problem })
}

fn field_name(value: &Value) -> Option<String> {
    let name = match value {
        Value::String(name) => name.clone(),
        Value::Array(path) => {
            let parts: Vec<String> = path
                .iter()
                .take(8)
                .filter_map(super::uri_template::scalar_text)
                .collect();
            parts.join(".")
        }
        // JSON:API: {"source": {"pointer": "/data/attributes/title"}}
        Value::Object(source) => ["pointer", "parameter", "header"]
            .iter()
            .find_map(|k| source.get(*k)?.as_str())?
            .to_owned(),
        _ => return None,
    };
    let name = clean_line(&name, NAME);
    (!name.is_empty()).then_some(name)
}

fn push(out: &mut Vec<FieldProblem>, field: FieldProblem) {
    if out.len() < MOST_FIELDS && !out.contains(&field) {
        out.push(field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn finds_the_words_in_every_shape() {
        for (body, detail, field) in [
            (
                json!({"type": "about:blank", "title": "Bad", "detail": "Too long.", "errors": [{"pointer": "/text", "detail": "over 300"}]}),
                "Too long.",
                "/text",
            ),
            (
                json!({"title": ["This field may not be blank."], "body": ["Required."]}),
                "body: Required. title: This field may not be blank.",
                "body",
            ),
            (
                json!({"detail": [{"type": "missing", "loc": ["body", "q", "title"], "msg": "Field required"}]}),
                "Field required",
                "body.q.title",
            ),
            (
                json!({"errors": [{"status": "422", "title": "Invalid", "detail": "is blank", "source": {"pointer": "/data/attributes/title"}}]}),
                "is blank",
                "/data/attributes/title",
            ),
            (
                json!({"error": {"message": "Provide the missing value.", "code": "X", "target": "title"}}),
                "Provide the missing value.",
                "title",
            ),
            (
                json!({"data": null, "error": {"status": 400, "name": "ValidationError", "message": "name must be defined.", "details": {"errors": [{"path": ["name"], "message": "name must be defined."}]}}}),
                "name must be defined.",
                "name",
            ),
            (
                json!({"errorMessages": [], "errors": {"summary": "You must specify a summary."}}),
                "summary: You must specify a summary.",
                "summary",
            ),
            (
                json!({"message": {"title": ["is too short"]}}),
                "title: is too short",
                "title",
            ),
            (
                json!({"message": "Validation Failed", "errors": [{"resource": "Issue", "field": "title", "message": "missing"}]}),
                "Validation Failed",
                "title",
            ),
            (
                json!({"code": 400, "errno": 107, "error": "Invalid parameters", "message": "Unrecognized keys"}),
                "Unrecognized keys",
                "",
            ),
            (
                json!({"error": {"status": 400, "msg": "Property nope not found"}}),
                "Property nope not found",
                "",
            ),
            (
                json!({"ok": false, "error": "Table not found", "title": null}),
                "Table not found",
                "",
            ),
            (json!("just words"), "just words", ""),
            (json!(["first", "second"]), "first", ""),
            (json!({}), "", ""),
            (json!(null), "", ""),
        ] {
            let problem = read_problem(&body);
            assert_eq!(problem.detail, detail, "{body}");
            assert_eq!(
                problem.fields.first().map_or("", |f| &f.field),
                field,
                "{body}"
            );
        }
        assert_eq!(
            read_plain_problem("Invalid Login - Invalid login\n").detail,
            "Invalid Login - Invalid login"
        );
        assert_eq!(read_plain_problem("<h1>no</h1>").detail, "");
    }

    proptest! {
        #[test]
        fn is_always_clean_and_bounded(text in "\\PC{0,400}", key in "[a-z]{0,8}") {
            for body in [json!({&key: [&text]}), json!({"errors": {&key: {"message": text}}}), json!([{"field": text, "msg": text}])] {
                let problem = read_problem(&body);
                prop_assert_eq!(clean_line(&problem.detail, SHORT_TEXT), problem.detail);
                prop_assert!(problem.fields.iter().all(|f| f.problem.chars().count() <= SHORT_TEXT));
            }
        }
    }
}
