//! One backend that was started, and a mapping for it.

use entraide::backend::{
    BackendError, Group, HttpRequest, HttpResponse, Mapping, Operation, Pages, Params, Reading,
    Scope, Secrets, Written,
};
use entraide::model::{Page, Person, PersonId, Request, RequestId};
use entraide_server::check::caller::Caller;
use serde_json::{Map, Value, json};
use std::cell::OnceCell;

/// A backend that runs, as `start` of its `backend.mjs` described it, with its mapping.
pub(crate) struct Case {
    /// What `start` gave: `base`, `secrets`, `settings`, and what it adds of its own.
    pub(crate) told: Value,
    pub(crate) mapping: Mapping,
    pub(crate) secrets: Secrets,
    /// Sends requests as a page on the backend's own origin would.
    caller: Caller,
    /// Who is signed in, as soon as somebody wants to know.
    me: OnceCell<PersonId>,
}

/// What `start` of the backend of this name gave.
pub(crate) fn told(name: &str) -> Value {
    let path = std::env::var("ENTRAIDE_REAL_BACKENDS");
    let path = path.unwrap_or_else(|_| panic!("`node tools/backends/run.mjs` starts these tests"));
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let one = all.get(name).cloned();
    one.unwrap_or_else(|| panic!("{name} was not started"))
}

/// A document of this repository.
fn document(path: &str) -> Option<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    std::fs::read_to_string(format!("{root}/{path}")).ok()
}

fn preset(name: &str) -> Option<String> {
    document(&format!("src/backend/presets/{name}.json"))
}

impl Case {
    /// A preset as a page would use it: extended by the address and the settings that `start`
    /// gave, and by the members of `more`.
    pub(crate) fn preset(name: &str, preset: &str, more: &Value) -> Self {
        Self::extending(told(name), preset, more)
    }

    /// The same, for a backend that speaks in two ways.
    pub(crate) fn extending(told: Value, preset: &str, more: &Value) -> Self {
        let mut page = json!({ "extends": preset });
        if let Some(settings) = told.get("settings") {
            page["settings"] = settings.clone();
        }
        for (key, value) in more.as_object().into_iter().flatten() {
            page[key] = value.clone();
        }
        Self::of(told, &page.to_string())
    }

    /// A whole document of `mappings/`, at the address that `start` gave.
    pub(crate) fn mapping(name: &str) -> Self {
        let text = document(&format!("server/tests/real/mappings/{name}.json")).unwrap();
        Self::of(told(name), &text)
    }

    /// Any document, at the address that `start` gave.
    pub(crate) fn of(told: Value, document: &str) -> Self {
        let mapping = Mapping::parse(document, told["base"].as_str(), &preset);
        let mapping = mapping.unwrap_or_else(|problems| panic!("{problems:#?}"));
        let secrets = secrets(&told["secrets"]);
        let caller = caller(&told, &told["secrets"]);
        Self {
            told,
            mapping,
            secrets,
            caller,
            me: OnceCell::new(),
        }
    }

    /// The same backend for somebody else of `told`, who has a session of their own.
    pub(crate) fn somebody(&self, who: &str) -> Self {
        let who = &self.told[who];
        let mut case = self.with_secrets(secrets(who));
        case.caller = caller(&self.told, who);
        case
    }

    /// The same backend for somebody without a session, who proves something else or nothing.
    pub(crate) fn with_secrets(&self, secrets: Secrets) -> Self {
        Self {
            told: self.told.clone(),
            mapping: self.mapping.clone(),
            secrets,
            caller: caller(&self.told, &Value::Null),
            me: OnceCell::new(),
        }
    }

    /// Who is signed in, for backends that must be told.
    fn me(&self) -> Result<PersonId, BackendError> {
        if let Some(me) = self.me.get() {
            return Ok(me.clone());
        }
        let me = self.person(Operation::Me, &Params::default())?.value.id;
        Ok(self.me.get_or_init(|| me).clone())
    }

    /// Calls an operation; the answer as it came.
    pub(crate) fn call(
        &self,
        operation: Operation,
        params: &Params,
    ) -> Result<(HttpRequest, HttpResponse), BackendError> {
        let mut params = params.clone();
        if self.mapping.supports(Operation::Me) && operation.group() == Group::Requests {
            params.me = Some(self.me()?);
        }
        let mut request = self.mapping.prepare(operation, &params, &self.secrets)?;
        loop {
            let mut response = self.caller.send(&request)?;
            let secrets = &self.secrets;
            // Some operations take several calls.
            if !self.mapping.follow(&mut request, &mut response, secrets)? {
                return Ok((request, response));
            }
        }
    }

    /// One page of people.
    pub(crate) fn people(
        &self,
        operation: Operation,
        params: &Params,
    ) -> Result<Reading<Page<Person>>, BackendError> {
        let (request, response) = self.call(operation, params)?;
        self.mapping.read_people(&request, &response)
    }

    /// One person: `people.get` or `me`.
    pub(crate) fn person(
        &self,
        operation: Operation,
        params: &Params,
    ) -> Result<Reading<Person>, BackendError> {
        let (request, response) = self.call(operation, params)?;
        self.mapping.read_person(&request, &response)
    }

    /// One page of requests.
    pub(crate) fn requests(
        &self,
        operation: Operation,
        params: &Params,
    ) -> Result<Reading<Page<Request>>, BackendError> {
        let (request, response) = self.call(operation, params)?;
        self.mapping.read_requests(&request, &response)
    }

    /// Whether the first page of the requests of a scope, all of it sound, holds this one.
    pub(crate) fn lists(&self, scope: Scope, id: &RequestId) -> bool {
        let reading = self.requests(Operation::RequestsList, &Params::scope(scope));
        let reading = reading.unwrap();
        assert_eq!(reading.defects, [], "{scope:?}");
        reading.value.items.iter().any(|r| r.id == *id)
    }

    /// At most so many requests like this text, whatever it is.
    pub(crate) fn similar(&self, text: &str, limit: u32) -> Vec<Request> {
        let mut params = Params::search(text);
        params.limit = Some(limit);
        let reading = self.requests(Operation::RequestsSimilar, &params);
        let reading = reading.unwrap_or_else(|e| panic!("{text:?}: {e}"));
        assert_eq!(reading.defects, [], "{text:?}");
        reading.value.items
    }

    /// One request, with the answers from where the mapping has them.
    pub(crate) fn request(&self, params: &Params) -> Result<Reading<Request>, BackendError> {
        let (request, response) = self.call(Operation::RequestsGet, params)?;
        let mut reading = self.mapping.read_request(&request, &response)?;
        if self.mapping.supports(Operation::AnswersList) {
            let (request, response) = self.call(Operation::AnswersList, params)?;
            let answers = self.mapping.read_answers(&request, &response)?;
            reading.value.answers = answers.value.items;
            reading.defects.extend(answers.defects);
        }
        Ok(reading)
    }

    /// A write.
    pub(crate) fn write(
        &self,
        operation: Operation,
        params: &Params,
    ) -> Result<Reading<Written>, BackendError> {
        let (request, response) = self.call(operation, params)?;
        self.mapping.read_written(&request, &response)
    }

    /// Every page of people, each with at most `limit` of them.
    pub(crate) fn all_people(&self, limit: u32) -> Vec<Page<Person>> {
        let mut params = Params {
            limit: Some(limit),
            ..Params::default()
        };
        let (mut pages, mut watch) = (Vec::new(), Pages::default());
        loop {
            let reading = self.people(Operation::PeopleList, &params).unwrap();
            assert_eq!(reading.defects, [], "page {}", pages.len() + 1);
            let mut page = reading.value;
            let now = entraide::model::Timestamp::from_millis(0);
            let course = watch.admit(&mut page, now, &|p| p.id.as_str());
            params = params.after(page.next.clone());
            pages.push(page);
            if course != entraide::backend::Course::More {
                return pages;
            }
        }
    }
}

/// A caller with the cookies of a session, where there is one.
fn caller(told: &Value, secrets: &Value) -> Caller {
    let base = told["base"].as_str().unwrap();
    let caller = Caller::new(Some(base)).unwrap();
    if let Some(cookies) = secrets.get("cookies").and_then(Value::as_str) {
        caller.set_cookies(base, cookies);
    }
    caller
}

/// What proves who is asking, as `start` gave it.
pub(crate) fn secrets(told: &Value) -> Secrets {
    let text = |key: &str| told.get(key).and_then(Value::as_str).map(str::to_owned);
    let none = Map::new();
    let headers = told
        .get("headers")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    let pair = |i: usize| told["basic"][i].as_str().map(str::to_owned);
    Secrets {
        bearer: text("bearer"),
        api_key: text("apiKey"),
        basic: pair(0).zip(pair(1)),
        csrf: text("csrf"),
        headers: headers
            .iter()
            .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect(),
    }
}
