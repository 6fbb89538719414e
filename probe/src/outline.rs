//! What of a response was taken, told without its values: counts, names of fields, defects.

use entraide::backend::{
    BackendError, Defect, HttpRequest, HttpResponse, Mapping, Operation, Reading,
};
use entraide::model::Page;
use serde_json::{Map, Value, json};

/// Most identifiers that are handed on, and most kinds of defects that are told.
const MOST: usize = 20;

/// Where the model's JSON has a field that mappings know by another name.
const NAMES: [(&str, &str); 7] = [
    ("availability.presence", "presence"),
    ("availability.until", "presenceUntil"),
    ("availability.load.open", "openRequests"),
    ("availability.load.recent", "recentRequests"),
    ("availability.load.weeklyLimit", "weeklyLimit"),
    ("context.title", "contextTitle"),
    ("context.url", "contextUrl"),
];

/// The outline of a response: `count` of items, whether there is `more` (a cursor) and the
/// `total`, in how many items each of the `fields` got something, which mapped ones are `empty` in
/// all, `defects` by place with how many `times`, and `ids` for the calls that follow.
pub(crate) fn of(
    mapping: &Mapping,
    request: &HttpRequest,
    response: &HttpResponse,
) -> Result<Value, BackendError> {
    let (items, next, total, defects) = match request.operation() {
        Operation::Me | Operation::PeopleGet => one(mapping.read_person(request, response)?),
        Operation::RequestsGet => one(mapping.read_request(request, response)?),
        Operation::PeopleList | Operation::PeopleSearch => {
            list(mapping.read_people(request, response)?)
        }
        Operation::SkillsList => list(mapping.read_skills(request, response)?),
        Operation::AnswersList => list(mapping.read_answers(request, response)?),
        _ => list(mapping.read_requests(request, response)?),
    };
    let mut fields = Map::new();
    for item in &items {
        count(item, "", &mut fields);
    }
    let mut empty: Vec<&str> = mapping.mapped_fields(request.operation());
    fields.retain(|name, _| empty.contains(&name.as_str()));
    empty.retain(|name| !fields.contains_key(*name) && !items.is_empty());
    empty.sort_unstable();
    let ids = items.iter().filter_map(|item| item.get("id")).take(MOST);
    Ok(json!({
        "count": items.len(), "more": next, "total": total, "fields": fields, "empty": empty,
        "defects": grouped(&defects), "ids": ids.collect::<Vec<_>>(),
    }))
}

type Read = (Vec<Value>, Option<String>, Option<u64>, Vec<Defect>);

fn one(read: Reading<impl serde::Serialize>) -> Read {
    let item = serde_json::to_value(read.value).unwrap_or_default();
    (vec![item], None, None, read.defects)
}

fn list<T: serde::Serialize>(read: Reading<Page<T>>) -> Read {
    let Page { items, next, total } = read.value;
    let items = items
        .iter()
        .map(|item| serde_json::to_value(item).unwrap_or_default());
    (
        items.collect(),
        next.map(|cursor| cursor.0),
        total,
        read.defects,
    )
}

/// Counts the fields of an item that hold something.
fn count(item: &Value, path: &str, fields: &mut Map<String, Value>) {
    let Value::Object(members) = item else { return };
    for (key, value) in members {
        let path = if path.is_empty() {
            key.clone()
        } else {
            [path, ".", key].concat()
        };
        let holds = match value {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty() && text != "unknown",
            Value::Array(list) => !list.is_empty(),
            Value::Number(_) | Value::Bool(true) => true,
            Value::Object(_) => false,
        };
        if holds || matches!(key.as_str(), "asker" | "author") {
            let known = NAMES.iter().find(|(own, _)| *own == path);
            let name = known.map_or(path.as_str(), |(_, name)| *name);
            let before = fields.get(name).and_then(Value::as_u64).unwrap_or(0);
            if !value.is_null() {
                fields.insert(name.to_owned(), Value::from(before + 1));
            }
        } else {
            count(value, &path, fields);
        }
    }
}

/// Defects of the same kind at the same place in any item are one.
fn grouped(defects: &[Defect]) -> Vec<Value> {
    let mut all: Vec<(String, &str, u64)> = Vec::new();
    for defect in defects {
        let place: Vec<&str> = defect
            .pointer
            .split('/')
            .map(|step| {
                if step.parse::<usize>().is_ok() {
                    "*"
                } else {
                    step
                }
            })
            .collect();
        let place = place.join("/");
        match all
            .iter_mut()
            .find(|(p, problem, _)| *p == place && *problem == defect.problem)
        {
            Some((_, _, times)) => *times += 1,
            None => all.push((place, &defect.problem, 1)),
        }
    }
    all.truncate(MOST);
    let told = all.iter().map(
        |(place, problem, times)| json!({ "pointer": place, "problem": problem, "times": times }),
    );
    told.collect()
}
