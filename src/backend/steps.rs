//! Calls that need others around them.
//!
//! Most operations are one request and one response. Some backends want more: a token before each
//! write, a channel that must exist before a message can be posted to it, a second look at each
//! person since the list leaves out what they know. A call says so by `before` and `then`:
//!
//! - `before` goes out first; what it `take`s from the answer are values of the call.
//! - `then` goes out afterwards, once, or for each batch of the `ids` that the answer names. What
//!   selectors then see is `{"first": the answer, "then": [the answers of the later calls]}`.
//!
//! Whoever sends requests asks [`Mapping::follow`] after each response; most often that is all.

use super::call::Call;
use super::error::BackendError;
use super::explain::says;
use super::http::{HttpRequest, HttpResponse, Secrets};
use super::mapping::Mapping;
use super::prepare::{CSRF, write};
use super::response::decode;
use super::select::select;
use super::service::number;
use serde_json::Value;

/// How many identifiers of a page are looked up where the document does not say.
const MOST: u32 = 100;

impl Mapping {
    /// Goes on after a response: `true` where a further request is due, which `request` then is;
    /// `false` where `request` and `response` are ready to be read.
    ///
    /// Bounded: one request before the call for a token and one for `before`; after it one, or one
    /// for each batch of at most `most` identifiers. A later call that fails leaves `null` in its
    /// place; where the backend is overloaded or away, the rest is not asked for.
    ///
    /// # Errors
    /// [`BackendError`] where a call before the operation's own fails, or the next one cannot be
    /// written.
    pub fn follow(
        &self,
        request: &mut HttpRequest,
        response: &mut HttpResponse,
        secrets: &Secrets,
    ) -> Result<bool, BackendError> {
        let (call, service) = self.parts_of(request)?;
        let own = call.before.len();
        let at = request.sent.step;
        let then = call.then.as_deref();
        let Some(then) = then.or((at < own).then_some(call)) else {
            return Ok(false);
        };
        let step = call.step(at);
        let answer = decode(request, response, service, step.get("success"));
        let sent = &mut request.sent;
        sent.step += 1;
        if at < own {
            take(step, &answer?, response, &mut sent.values)?;
            write(call, service, request, secrets)?;
            return Ok(true);
        }
        let mut goes_on = true;
        match &mut sent.main {
            None => {
                // Where the call itself failed, reading it says why.
                let Ok(value) = &answer else { return Ok(false) };
                let ids = match then.text("ids") {
                    Some(selector) => select(selector, value, &response.headers),
                    None => Value::Array(vec![Value::from(sent.id.as_deref())]),
                };
                sent.values.insert(IDS.to_owned(), ids);
                let mut all = HttpResponse {
                    status: response.status,
                    url: String::new(),
                    headers: Vec::new(),
                    body: ["{\"first\":", &value.to_string(), ",\"then\":["].concat(),
                };
                std::mem::swap(&mut all.url, &mut response.url);
                std::mem::swap(&mut all.headers, &mut response.headers);
                sent.main = Some(Box::new((request.url.clone(), all)));
            }
            Some(main) => {
                goes_on = !answer.as_ref().is_err_and(BackendError::is_retryable);
                let all = &mut main.1.body;
                if !all.ends_with('[') {
                    all.push(',');
                }
                all.push_str(&answer.unwrap_or_default().to_string());
            }
        }
        let batch = number(then.get("batch"), 1) as usize;
        let most = number(then.get("most"), MOST) as usize;
        let from = (at - own) * batch;
        let ids = sent.values.get(IDS).and_then(Value::as_array);
        let ids = ids.and_then(|ids| ids.get(from..ids.len().min(from + batch).min(most)));
        if let Some(ids) = ids.filter(|ids| goes_on && !ids.is_empty()) {
            let ids = Value::from(ids);
            sent.values.insert("ids".to_owned(), ids);
            write(call, service, request, secrets)?;
            return Ok(true);
        }
        if let Some(main) = sent.main.take() {
            (request.url, *response) = *main;
            response.body.push_str("]}");
        }
        Ok(false)
    }
}

/// The name of all identifiers among the values: one that no document can use.
const IDS: &str = " ids";

/// Takes what a call before the operation's own is made for.
fn take(
    step: &Call,
    answer: &Value,
    response: &HttpResponse,
    values: &mut serde_json::Map<String, Value>,
) -> Result<(), BackendError> {
    let mut put = |name: &str, pointer: &str, selector: &Value| {
        let found = select(
            selector.as_str().unwrap_or_default(),
            answer,
            &response.headers,
        );
        if found.is_null() {
            return Err(BackendError::Unreadable {
                pointer: [&step.pointer, pointer].concat(),
                problem: says("the answer does not hold what is taken from it").to_owned(),
            });
        }
        values.insert(name.to_owned(), found);
        Ok(())
    };
    if let Some(token) = step.get("token") {
        put(CSRF, "/token", token)?;
    }
    for (name, selector) in step.members("take") {
        put(name, "/take", selector)?;
    }
    Ok(())
}
