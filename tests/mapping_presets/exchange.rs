//! Conversations with a backend, as text: what a preset sends, what comes back, what it reads.
//!
//! A file of `tests/presets/` begins with the page's document and the headers of every call; then
//! each `###` is one operation: `?` its values, `>` what is sent, `<` what comes, `=` what is read
//! (without what is empty). A call of several steps has several `>` and `<`. Lines with `#` are for
//! people and name the source.

use entraide::backend::{
    BackendError, HttpRequest, HttpResponse, Mapping, Operation, Params, Reading, Scope, Secrets,
    Written,
};
use entraide::model::{
    AnswerId, Cursor, NewRequest, NewThanks, Page, PageContext, Pass, PassReason, PersonId,
    RequestId, SafeUrl, Visibility,
};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// One file.
pub(crate) struct Talk {
    /// Lines before the first case that are for people.
    pub(crate) notes: Vec<String>,
    /// The page's document.
    pub(crate) document: String,
    /// Headers of every call, as lines.
    pub(crate) headers: Vec<String>,
    pub(crate) cases: Vec<Case>,
}

/// One operation.
#[derive(Default)]
pub(crate) struct Case {
    pub(crate) title: String,
    pub(crate) notes: Vec<String>,
    pub(crate) values: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) read: Vec<String>,
}

/// One request and its response.
#[derive(Default)]
pub(crate) struct Step {
    pub(crate) sent: Vec<String>,
    pub(crate) came: Vec<String>,
}

impl Talk {
    pub(crate) fn parse(text: &str) -> Self {
        let mut sections = text.split("\n### ");
        let mut talk = Self {
            notes: Vec::new(),
            document: String::new(),
            headers: Vec::new(),
            cases: Vec::new(),
        };
        for line in sections.next().unwrap_or_default().lines() {
            match line.split_at_checked(2) {
                Some(("# ", _)) => talk.notes.push(line.to_owned()),
                Some(("> ", header)) => talk.headers.push(header.to_owned()),
                _ if line.trim().is_empty() => {}
                _ => talk.document.push_str(line),
            }
        }
        talk.cases = sections.map(Case::parse).collect();
        talk
    }

    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        for note in &self.notes {
            let _ = writeln!(out, "{note}");
        }
        let _ = writeln!(out, "{}", self.document);
        for header in &self.headers {
            let _ = writeln!(out, "> {header}");
        }
        for case in &self.cases {
            let _ = writeln!(out, "\n### {}", case.title);
            for note in &case.notes {
                let _ = writeln!(out, "{note}");
            }
            if !case.values.is_empty() {
                let _ = writeln!(out, "? {}", case.values);
            }
            for step in &case.steps {
                for (sign, lines) in [('>', &step.sent), ('<', &step.came)] {
                    for line in lines {
                        let _ = writeln!(out, "{}", format!("{sign} {line}").trim_end());
                    }
                }
            }
            for line in &case.read {
                let _ = writeln!(out, "= {line}");
            }
        }
        out
    }
}

impl Case {
    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let mut case = Self {
            title: lines.next().unwrap_or_default().to_owned(),
            ..Self::default()
        };
        let mut last = ' ';
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let sign = line.chars().next().unwrap_or_default();
            let rest = line.get(2..).unwrap_or_default().to_owned();
            match sign {
                '#' => case.notes.push(line.to_owned()),
                '?' => case.values = rest,
                '>' | '<' => {
                    // A new step begins where something is sent, or comes without that.
                    if (sign == '>' && last != '>') || (sign == '<' && !matches!(last, '>' | '<')) {
                        case.steps.push(Step::default());
                    }
                    if let Some(step) = case.steps.last_mut() {
                        let lines = if sign == '>' {
                            &mut step.sent
                        } else {
                            &mut step.came
                        };
                        lines.push(rest);
                    }
                }
                '=' => case.read.push(rest),
                _ => panic!("{}: `{line}` begins with none of # ? > < =", case.title),
            }
            last = sign;
        }
        case
    }

    pub(crate) fn operation(&self) -> Operation {
        let name = self.title.split(' ').next().unwrap_or_default();
        let name = name.trim_end_matches([',', ':']);
        Operation::named(name).unwrap_or_else(|| panic!("{}: no operation", self.title))
    }

    /// The values of the call; `after` is the cursor of an earlier case.
    pub(crate) fn params(&self, after: &dyn Fn(&str) -> Option<String>) -> Params {
        let text = if self.values.is_empty() {
            "{}"
        } else {
            &self.values
        };
        let given: Value =
            serde_json::from_str(text).unwrap_or_else(|e| panic!("{}: {e}", self.title));
        let text = |key: &str| given[key].as_str().unwrap_or_default().to_owned();
        let list = |key: &str| -> Vec<String> {
            let list = given[key].as_array().into_iter().flatten();
            list.filter_map(|v| v.as_str().map(str::to_owned)).collect()
        };
        let scope = Scope::ALL.into_iter().find(|s| s.name() == text("scope"));
        let id = text("id");
        let people = |ids: Vec<String>| ids.into_iter().filter_map(|id| PersonId::new(id).ok());
        let private = text("visibility") == "private";
        Params {
            query: text("q"),
            skill: list("skill"),
            team: list("team"),
            place: list("place"),
            scope,
            limit: given["limit"].as_u64().map(|n| n as u32),
            cursor: after(&text("after")).map(Cursor),
            person: PersonId::new(id.as_str()).ok(),
            request: RequestId::new(id.as_str()).ok(),
            answer: AnswerId::new(text("answer")).ok(),
            new_request: given.get("question").map(|_| NewRequest {
                question: text("question"),
                details: text("details"),
                skills: list("skills"),
                to: people(list("to")).collect(),
                visibility: if private {
                    Visibility::Private
                } else {
                    Visibility::Open
                },
                context: given.get("context").map(|context| PageContext {
                    title: context["title"].as_str().unwrap_or_default().to_owned(),
                    url: SafeUrl::new(context["url"].as_str().unwrap_or_default()),
                }),
            }),
            text: text("text"),
            pass: given.get("reason").map(|_| Pass {
                reason: match text("reason").as_str() {
                    "not_now" => PassReason::NotNow,
                    "know_who" => PassReason::KnowWho,
                    _ => PassReason::NotMyArea,
                },
                to: PersonId::new(text("to")).ok(),
            }),
            thanks: given.get("thank").map(|to| NewThanks {
                to: PersonId::new(to.as_str().unwrap_or_default()).unwrap(),
                skill: text("skill"),
                note: text("note"),
            }),
            key: given["key"].as_str().map(str::to_owned),
            etag: given["etag"].as_str().map(str::to_owned),
            me: PersonId::new(text("me")).ok(),
        }
    }
}

/// What the page gives.
pub(crate) fn secrets() -> Secrets {
    Secrets {
        bearer: Some("TOKEN".into()),
        api_key: Some("KEY".into()),
        basic: Some(("ada".into(), "pw".into())),
        csrf: Some("CSRF".into()),
        headers: Vec::new(),
    }
}

/// A request as lines: the address, the headers that not every call has, and the body.
pub(crate) fn sent_lines(request: &HttpRequest, every: &[String]) -> Vec<String> {
    let mut lines = vec![format!("{} {}", request.method.as_str(), request.url)];
    let headers = request.headers.iter().map(|(n, v)| format!("{n}: {v}"));
    let mut headers: Vec<String> = headers.collect();
    for wanted in every {
        match headers.iter().position(|header| header == wanted) {
            Some(at) => drop(headers.remove(at)),
            None => headers.push(format!("(not {wanted})")),
        }
    }
    headers.sort();
    lines.extend(headers);
    if let Some(body) = &request.body {
        lines.push(String::new());
        lines.push(body.clone());
    }
    lines
}

/// The response of a step.
pub(crate) fn response(step: &Step, url: &str) -> HttpResponse {
    let mut lines = step.came.iter();
    let status = lines.next().and_then(|line| line.split(' ').next());
    let headers = lines.by_ref().take_while(|line| !line.is_empty());
    let headers = headers.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers = headers.collect();
    HttpResponse {
        status: status.and_then(|s| s.parse().ok()).unwrap_or(0),
        url: url.to_owned(),
        headers,
        body: lines.cloned().collect::<Vec<_>>().join("\n"),
    }
}

/// Without what is empty.
fn lean(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let members = map.into_iter().map(|(key, value)| (key, lean(value)));
            let full = members.filter(|(_, v)| {
                *v != json!(null)
                    && *v != json!("")
                    && *v != json!([])
                    && *v != json!({})
                    && *v != json!(0)
            });
            Value::Object(full.collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(lean).collect()),
        other => other,
    }
}

fn line(value: &impl Serialize) -> String {
    lean(serde_json::to_value(value).unwrap()).to_string()
}

fn page<T: Serialize>(reading: Reading<Page<T>>, lines: &mut Vec<String>) -> Option<String> {
    lines.extend(reading.value.items.iter().map(line));
    let next = reading.value.next.map(|cursor| cursor.0);
    lines.extend(next.as_ref().map(|next| format!("next {next}")));
    lines.extend(reading.value.total.map(|total| format!("total {total}")));
    defects(reading.defects, lines);
    next
}

fn defects(defects: Vec<entraide::backend::Defect>, lines: &mut Vec<String>) {
    for defect in defects {
        lines.push(format!("defect {}: {}", defect.pointer, defect.problem));
    }
}

/// What is read of a response, as lines, and the cursor of the next page.
pub(crate) fn read(
    mapping: &Mapping,
    request: &HttpRequest,
    response: &HttpResponse,
) -> (Vec<String>, Option<String>) {
    let mut lines = Vec::new();
    let mut next = None;
    let read = match request.operation() {
        Operation::Me | Operation::PeopleGet => mapping.read_person(request, response).map(|r| {
            lines.push(line(&r.value));
            defects(r.defects, &mut lines);
        }),
        Operation::PeopleList | Operation::PeopleSearch => mapping
            .read_people(request, response)
            .map(|r| next = page(r, &mut lines)),
        Operation::SkillsList => mapping
            .read_skills(request, response)
            .map(|r| next = page(r, &mut lines)),
        Operation::RequestsList | Operation::RequestsSimilar => mapping
            .read_requests(request, response)
            .map(|r| next = page(r, &mut lines)),
        Operation::AnswersList => mapping
            .read_answers(request, response)
            .map(|r| next = page(r, &mut lines)),
        Operation::RequestsGet => mapping.read_request(request, response).map(|r| {
            lines.push(line(&r.value));
            defects(r.defects, &mut lines);
        }),
        _ => mapping.read_written(request, response).map(|r| {
            lines.push(match &r.value {
                Written::Request(request) => line(request),
                Written::Known(id) => format!("known {id}"),
                Written::Done => "done".to_owned(),
                Written::Accepted => "accepted".to_owned(),
            });
            defects(r.defects, &mut lines);
        }),
    };
    if let Err(error) = read {
        lines.push(error_line(&error));
    }
    (lines, next)
}

/// An error as a line.
pub(crate) fn error_line(error: &BackendError) -> String {
    let wait = error.retry_after_ms().map(|ms| format!(" (wait {ms} ms)"));
    let fields = match error {
        BackendError::Invalid { fields, .. } => fields.iter().fold(String::new(), |all, f| {
            format!("{all} [{}: {}]", f.field, f.problem)
        }),
        BackendError::Unreadable { pointer, problem } => format!("{pointer}: {problem}"),
        _ => String::new(),
    };
    format!(
        "error {}{}: {}{fields}",
        error.kind(),
        wait.unwrap_or_default(),
        error.detail()
    )
}
