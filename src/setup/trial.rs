//! Tries a document as a page would: writes the request of one operation, and shows what came of
//! the answer, in the widget's own words for each field.

use super::answer::Answer;
use crate::backend::{
    BackendError, Defect, HttpRequest, HttpResponse, Mapping, MappingProblem, Operation, Params,
    Presets, Secrets, Written,
};
use crate::model::{NewRequest, Person, PersonId, PersonRef, Request, RequestId, Visibility};
use serde_json::{Value, json};

fn text<'v>(of: &'v Value, name: &str) -> &'v str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The operations of a document, and for each whether it is described; or its mistakes.
#[must_use]
pub fn checked(document: &str, presets: Presets<'_>) -> Value {
    match Mapping::parse(document, None, presets) {
        Ok(mapping) => {
            let operations = mapping.operations().into_iter().map(Operation::name);
            json!({"operations": operations.collect::<Vec<_>>(), "problems": []})
        }
        Err(problems) => json!({"operations": [], "problems": told(&problems)}),
    }
}

fn told(problems: &[MappingProblem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

/// What an operation is given: `person` or `request` (identifiers), `question`, `details`, `to`
/// (identifiers) and `skills` for a request to be made.
fn params(given: &Value) -> Params {
    let texts = |name: &str| -> Vec<String> {
        let list = given.get(name).and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let question = text(given, "question");
    Params {
        limit: given
            .get("limit")
            .and_then(Value::as_u64)
            .and_then(|n| u32::try_from(n).ok()),
        person: PersonId::new(text(given, "person")).ok(),
        request: RequestId::new(text(given, "request")).ok(),
        key: Some("entraide-setup-test".to_owned()),
        new_request: (!question.is_empty()).then(|| NewRequest {
            question: question.to_owned(),
            details: text(given, "details").to_owned(),
            skills: texts("skills"),
            to: texts("to")
                .into_iter()
                .filter_map(|id| PersonId::new(id).ok())
                .collect(),
            visibility: Visibility::Open,
            context: None,
        }),
        ..Params::default()
    }
}

fn secrets(given: &Value) -> Secrets {
    let some = |name: &str| Some(text(given, name).to_owned()).filter(|text| !text.is_empty());
    Secrets {
        bearer: some("bearer"),
        api_key: some("key"),
        basic: some("user").map(|user| (user, text(given, "password").to_owned())),
        csrf: some("csrf"),
        headers: Vec::new(),
    }
}

fn write(
    document: &str,
    presets: Presets<'_>,
    operation: &str,
    given: &Value,
    with: &Secrets,
) -> Result<(Mapping, HttpRequest), String> {
    let mapping = Mapping::parse(document, None, presets);
    let mapping = mapping.map_err(|problems| told(&problems).join("\n"))?;
    let named = Operation::named(operation).ok_or_else(|| format!("there is no `{operation}`"))?;
    let request = mapping.prepare(named, &params(given), with);
    let request = request.map_err(|e| e.to_string())?;
    Ok((mapping, request))
}

/// The request of an operation: `{method, url, headers, body, credentials}`, or `{problem}`.
#[must_use]
pub fn prepare(
    document: &str,
    presets: Presets<'_>,
    operation: &str,
    given: &Value,
    with: &Value,
) -> Value {
    match write(document, presets, operation, given, &secrets(with)) {
        Err(problem) => json!({"problem": problem}),
        Ok((_, request)) => {
            let lines = request
                .headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}\n"));
            json!({
                "method": request.method.as_str(),
                "url": request.url,
                "headers": lines.collect::<String>(),
                "body": request.body,
                "credentials": match request.credentials {
                    crate::backend::Credentials::Omit => "omit",
                    crate::backend::Credentials::SameOrigin => "same-origin",
                    crate::backend::Credentials::Include => "include",
                },
            })
        }
    }
}

/// What the widget understands of an answer: `{items, total, next, defects}`, each item with
/// `id` and the fields that it has; or `{problem, kind}`.
#[must_use]
pub fn read(
    document: &str,
    presets: Presets<'_>,
    operation: &str,
    given: &Value,
    answer: &Answer,
) -> Value {
    // The secrets do not matter for reading; the request must only be whole.
    let any = Secrets {
        bearer: Some("-".into()),
        api_key: Some("-".into()),
        basic: Some(("-".into(), "-".into())),
        csrf: Some("-".into()),
        headers: Vec::new(),
    };
    let (mapping, request) = match write(document, presets, operation, given, &any) {
        Ok(both) => both,
        Err(problem) => return json!({"problem": problem, "kind": "misconfigured"}),
    };
    let response = HttpResponse {
        status: answer.status,
        url: if answer.url.is_empty() {
            request.url.clone()
        } else {
            answer.url.clone()
        },
        headers: answer.headers.clone(),
        body: answer.body.clone(),
    };
    let result = match operation {
        "people.list" | "people.search" => mapping.read_people(&request, &response).map(|read| {
            let items: Vec<Value> = read.value.items.iter().map(person).collect();
            page(
                items,
                read.value.total,
                read.value.next.is_some(),
                &read.defects,
            )
        }),
        "people.get" | "me" => mapping
            .read_person(&request, &response)
            .map(|read| page(vec![person(&read.value)], None, false, &read.defects)),
        "requests.list" => mapping.read_requests(&request, &response).map(|read| {
            let items: Vec<Value> = read.value.items.iter().map(asked).collect();
            page(
                items,
                read.value.total,
                read.value.next.is_some(),
                &read.defects,
            )
        }),
        "requests.get" => mapping
            .read_request(&request, &response)
            .map(|read| page(vec![asked(&read.value)], None, false, &read.defects)),
        _ => mapping.read_written(&request, &response).map(|read| {
            let items = match &read.value {
                Written::Request(request) => vec![asked(request)],
                Written::Known(id) => vec![json!({"id": id.as_str()})],
                Written::Done | Written::Accepted => Vec::new(),
            };
            page(items, None, false, &read.defects)
        }),
    };
    result.unwrap_or_else(|e: BackendError| json!({"problem": e.to_string(), "kind": e.kind()}))
}

fn page(items: Vec<Value>, total: Option<u64>, next: bool, defects: &[Defect]) -> Value {
    let defects: Vec<Value> = defects
        .iter()
        .take(20)
        .map(|defect| json!({"pointer": defect.pointer, "problem": defect.problem}))
        .collect();
    json!({"items": items, "total": total, "next": next, "defects": defects})
}

fn person(of: &Person) -> Value {
    let skills: Vec<&str> = of.skills.iter().map(|skill| skill.name.as_str()).collect();
    json!({
        "id": of.id.as_str(), "name": of.name, "title": of.title, "team": of.team, "place": of.place,
        "email": of.email, "photo": of.photo.as_ref().map(crate::model::SafeUrl::as_str),
        "profile": of.profile.as_ref().map(crate::model::SafeUrl::as_str), "languages": of.languages,
        "timeZone": of.time_zone, "skills": skills, "wants": of.wants, "about": of.about,
        "joined": of.joined.map(|time| time.to_string()),
    })
}

fn reference(of: &PersonRef) -> String {
    if of.name.is_empty() {
        of.id.as_str().to_owned()
    } else {
        of.name.clone()
    }
}

fn asked(of: &Request) -> Value {
    json!({
        "id": of.id.as_str(), "question": of.question, "details": of.details, "skills": of.skills,
        "asker": of.asker.as_ref().map(reference), "asked": of.asked.iter().map(reference).collect::<Vec<_>>(),
        "status": serde_json::to_value(of.status).unwrap_or_default(), "answerCount": of.answer_count,
        "created": of.created.map(|time| time.to_string()), "updated": of.updated.map(|time| time.to_string()),
        "url": of.url.as_ref().map(crate::model::SafeUrl::as_str),
    })
}
