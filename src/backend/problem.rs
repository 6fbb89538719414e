//! Errors of backends, in any shape, turned into words.
//!
//! There is a standard (RFC 9457, problem details), and there is what backends send: a string,
//! `{"error": {"message": ...}}`, `{"errors": [...]}`, an object of arrays by field, plain text,
//! an empty object, a web page. This finds the sentence a person can use, and which fields it is
//! about, and never passes on more than a clean line of 300 characters.

use super::error::FieldProblem;
use super::select::joined;
use super::uri_template::scalar_text;
use crate::model::{NAME, SHORT_TEXT, clean_line};
use serde_json::{Map, Value};

/// What an error body says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) detail: String,
    pub(super) fields: Vec<FieldProblem>,
}

/// Most problems with fields that are kept.
const MOST_FIELDS: usize = 20;
/// How deep to look.
const DEEPEST: u8 = 5;

/// Members that hold the sentence, the best first.
const SENTENCES: &str = "detail message error_description errorMessage errorMessages msg error \
                         errors description reason details title error_summary non_field_errors \
                         info";
/// Members that name the field of one problem.
const FIELDS: &str = "pointer field path loc target param property attribute source";
/// Members that say what is wrong with it.
const WORDS: &str = "detail message msg description reason title code";
/// Members that are never the name of a field of what was sent.
const NOT_FIELDS: &str = "type code status statusCode instance id timestamp request_id requestId \
                          documentation_url name className schemas";
/// Members that hold problems of fields.
const CONTAINERS: &str = "errors error details detail message data";

/// What the first of some members gives that gives anything.
fn first(
    map: &Map<String, Value>,
    keys: &str,
    read: &dyn Fn(&Value) -> Option<String>,
) -> Option<String> {
    let mut keys = keys.split(' ');
    keys.find_map(|key| map.get(key).and_then(read))
}

fn is_one_of(keys: &str, key: &str) -> bool {
    keys.split(' ').any(|known| known == key)
}

pub(super) fn read_problem(body: &Value) -> Problem {
    let mut fields = Vec::new();
    collect_fields(body, &mut fields, 0);
    let mut detail = sentence(body, 0).unwrap_or_default();
    if detail.is_empty() {
        // Only the fields speak: their words are the sentence.
        for field in fields.iter().take(3) {
            let colon = if field.field.is_empty() { "" } else { ": " };
            for part in [&field.field, colon, &field.problem, " "] {
                detail.push_str(part);
            }
        }
    }
    Problem {
        detail: clean_line(&detail, SHORT_TEXT),
        fields,
    }
}

/// The words of an error body that is not JSON: plain text that is short enough to be a sentence.
pub(super) fn read_plain_problem(body: &str) -> Problem {
    let is_sentence = body.chars().count() <= SHORT_TEXT && !body.starts_with(['<', '{', '[']);
    Problem {
        detail: clean_line(if is_sentence { body } else { "" }, SHORT_TEXT),
        fields: Vec::new(),
    }
}

/// Whether every member is a list of words: then `title` is a field that was sent, and not the
/// title of the problem.
fn is_by_field(map: &Map<String, Value>) -> bool {
    let words = |v: &Value| match v {
        Value::Array(list) => !list.is_empty() && list.iter().all(Value::is_string),
        _ => false,
    };
    !map.is_empty()
        && map.iter().all(|(key, value)| {
            words(value) && !is_one_of("errors errorMessages non_field_errors", key)
        })
}

fn sentence(value: &Value, depth: u8) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::String(text) => Some(clean_line(text, SHORT_TEXT)).filter(|t| !t.is_empty()),
        Value::Array(list) => {
            let mut list = list.iter().take(MOST_FIELDS);
            list.find_map(|v| sentence(v, depth + 1))
        }
        Value::Object(map) if !is_by_field(map) => {
            first(map, SENTENCES, &|v| sentence(v, depth + 1))
        }
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
                if let Value::Object(map) = entry
                    && !push(out, one_field(map))
                {
                    collect_fields(entry, out, depth + 1);
                }
            }
        }
        Value::Object(map) => {
            if depth > 0 && push(out, one_field(map)) {
                return;
            }
            let listed = is_by_field(map);
            // Further members of problem details are no fields (RFC 9457, section 3.2).
            let standard = depth == 0 && map.get("type").is_some_and(Value::is_string);
            for (key, inner) in map.iter().take(MOST_FIELDS) {
                if is_one_of(CONTAINERS, key) {
                    collect_fields(inner, out, depth + 1);
                } else if !standard && let Some(problem) = by_field(key, inner, depth, listed) {
                    let field = clean_line(key, NAME);
                    push(out, Some(FieldProblem { field, problem }));
                }
            }
        }
        _ => {}
    }
}

/// `{"title": ["may not be blank"]}`; inside an `errors` object also `{"title": "..."}`.
fn by_field(key: &str, value: &Value, depth: u8, listed: bool) -> Option<String> {
    let is_sentence = is_one_of(SENTENCES, key);
    if !listed && (is_one_of(NOT_FIELDS, key) || is_sentence && depth == 0) {
        return None;
    }
    match value {
        Value::Array(list) if list.iter().any(|v| v.is_string() || v.is_object()) => {}
        Value::String(_) if depth > 0 && !is_sentence => {}
        _ => return None,
    }
    sentence(value, 0)
}

/// `{"pointer": "/title", "detail": "..."}` and its relatives.
fn one_field(map: &Map<String, Value>) -> Option<FieldProblem> {
    Some(FieldProblem {
        field: first(map, FIELDS, &field_name)?,
        problem: first(map, WORDS, &|v| sentence(v, 1))?,
    })
}

fn field_name(value: &Value) -> Option<String> {
    let name = match value {
        Value::Array(path) => joined(path.get(..8).unwrap_or(path), "."),
        // JSON:API: {"source": {"pointer": "/data/attributes/title"}}
        Value::Object(source) => first(source, "pointer parameter header", &scalar_text)?,
        other => other.as_str()?.to_owned(),
    };
    Some(clean_line(&name, NAME)).filter(|n| !n.is_empty())
}

/// Keeps a problem, once; `false` where there is none.
fn push(out: &mut Vec<FieldProblem>, field: Option<FieldProblem>) -> bool {
    let Some(field) = field else { return false };
    if out.len() < MOST_FIELDS && !out.contains(&field) {
        out.push(field);
    }
    true
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
