//! A mapping put to work: one method for each thing that the widget does with a backend.
//!
//! Thin over [`Mapping`]: it writes the request, the [`Caller`] sends it, it reads the response.
//! Lists are read page by page up to a bound, with the same guard against cursors that repeat as
//! in the widget. Errors are those that the widget would have.

use super::caller::{Caller, SendError};
use entraide::backend::{
    BackendError, CsrfSource, Defect, HttpRequest, HttpResponse, Mapping, Operation, Pages, Params,
    Reading, Scope, Secrets, Written,
};
use entraide::model::{
    Answer, AnswerId, NewRequest, NewThanks, Page, Pass, Person, PersonId, Request, RequestId,
    Skill,
};
use std::collections::BTreeMap;

/// A mapping with the caller that reaches its backends and what proves who is asking.
#[derive(Debug)]
pub struct Backend {
    /// The mapping.
    pub mapping: Mapping,
    /// Sends its requests.
    pub caller: Caller,
    /// By the name of the secret ([`Auth::secret`](entraide::backend::Auth)); those under the
    /// empty name are for all that have none of their own.
    pub secrets: BTreeMap<String, Secrets>,
    /// Who is signed in, for backends that must be told.
    pub me: Option<PersonId>,
    /// Items of a page; the mapping's own size where absent.
    pub limit: Option<u32>,
}

/// A list as far as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// Its items.
    pub items: Vec<T>,
    /// What was left out of them, page after page.
    pub defects: Vec<Defect>,
    /// How many there are in all, as the last page that was read says.
    pub total: Option<u64>,
    /// How many pages were read.
    pub pages: usize,
    /// Whether the list was read to its end.
    pub complete: bool,
}

/// Why a call has no answer that can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nothing came back.
    #[error(transparent)]
    Send(#[from] SendError),
    /// It could not be written, or what came back is an error.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

impl From<CallError> for BackendError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Send(error) => error.into(),
            CallError::Backend(error) => error,
        }
    }
}

type Outcome<T> = Result<T, BackendError>;
type ReadPage<T> = fn(&Mapping, &HttpRequest, &HttpResponse) -> Outcome<Reading<Page<T>>>;

impl Backend {
    /// A backend without secrets.
    #[must_use]
    pub fn new(mapping: Mapping, caller: Caller) -> Self {
        Self {
            mapping,
            caller,
            secrets: BTreeMap::new(),
            me: None,
            limit: None,
        }
    }

    /// With secrets for all its backends.
    #[must_use]
    pub fn with_secrets(mut self, secrets: Secrets) -> Self {
        self.secrets.insert(String::new(), secrets);
        self
    }

    /// The secrets for an operation, the token against request forgery among them where it
    /// stands in a cookie that the backend has set.
    #[must_use]
    pub fn secrets_for(&self, operation: Operation) -> Secrets {
        let Some(service) = self.mapping.service(operation) else {
            return Secrets::default();
        };
        let own = self.secrets.get(&service.auth.secret);
        let mut secrets = own
            .or_else(|| self.secrets.get(""))
            .cloned()
            .unwrap_or_default();
        if let Some(CsrfSource::Cookie(name)) = service.auth.csrf.as_ref().map(|csrf| &csrf.source)
            && secrets.csrf.is_none()
        {
            secrets.csrf = self.caller.cookie(&service.base, name);
        }
        secrets
    }

    /// The request of an operation, written and not sent.
    ///
    /// # Errors
    /// As [`Mapping::prepare`].
    pub fn prepare(&self, operation: Operation, mut params: Params) -> Outcome<HttpRequest> {
        params.me = params.me.or_else(|| self.me.clone());
        params.limit = params.limit.or(self.limit);
        self.mapping
            .prepare(operation, &params, &self.secrets_for(operation))
    }

    /// Writes a request, sends it, and gives both it and the response.
    ///
    /// # Errors
    /// [`BackendError`] where it cannot be written or sent; a response that is an error is one.
    pub fn exchange(
        &self,
        operation: Operation,
        params: Params,
    ) -> Outcome<(HttpRequest, HttpResponse)> {
        let request = self.prepare(operation, params)?;
        Ok(self.send(request)?)
    }

    /// Sends a request, and those that the mapping wants before and after it; gives request and
    /// response as they are to be read.
    ///
    /// # Errors
    /// [`CallError`] where nothing came back, or a call before the operation's own failed.
    pub fn send(&self, mut request: HttpRequest) -> Result<(HttpRequest, HttpResponse), CallError> {
        let secrets = self.secrets_for(request.operation());
        loop {
            let mut response = self.caller.send(&request)?;
            if !self.mapping.follow(&mut request, &mut response, &secrets)? {
                return Ok((request, response));
            }
        }
    }

    /// Who is signed in; kept for the calls that follow.
    ///
    /// # Errors
    /// [`BackendError`], as every method here.
    pub fn me(&mut self) -> Outcome<Reading<Person>> {
        let (request, response) = self.exchange(Operation::Me, Params::default())?;
        let me = self.mapping.read_person(&request, &response)?;
        self.me = Some(me.value.id.clone());
        Ok(me)
    }

    /// Colleagues, at most about `max` (a page is read whole).
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn list_people(&self, max: usize) -> Outcome<Listed<Person>> {
        let params = Params::default();
        self.list(Operation::PeopleList, params, max, Mapping::read_people)
    }

    /// Colleagues that the backend itself finds.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn search(&self, words: &str, max: usize) -> Outcome<Listed<Person>> {
        self.search_by(Params::search(words), max)
    }

    /// Colleagues that fit words and facets (`skill`, `team`, `place` of the parameters).
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn search_by(&self, params: Params, max: usize) -> Outcome<Listed<Person>> {
        self.list(Operation::PeopleSearch, params, max, Mapping::read_people)
    }

    /// One colleague.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn get(&self, id: &PersonId) -> Outcome<Reading<Person>> {
        let params = Params::person(id.clone());
        let (request, response) = self.exchange(Operation::PeopleGet, params)?;
        self.mapping.read_person(&request, &response)
    }

    /// Skills.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn list_skills(&self, max: usize) -> Outcome<Listed<Skill>> {
        let params = Params::default();
        self.list(Operation::SkillsList, params, max, Mapping::read_skills)
    }

    /// Requests of a scope.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn list_requests(&self, scope: Scope, max: usize) -> Outcome<Listed<Request>> {
        let params = Params::scope(scope);
        self.list(Operation::RequestsList, params, max, Mapping::read_requests)
    }

    /// Answered requests like these words.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn similar(&self, words: &str, max: usize) -> Outcome<Listed<Request>> {
        let params = Params::search(words);
        let operation = Operation::RequestsSimilar;
        self.list(operation, params, max, Mapping::read_requests)
    }

    /// One request, with its answers also where the backend keeps them apart.
    ///
    /// # Errors
    /// [`BackendError`] of either call.
    pub fn get_request(&self, id: &RequestId) -> Outcome<Reading<Request>> {
        let params = Params::request(id.clone());
        let (request, response) = self.exchange(Operation::RequestsGet, params)?;
        let mut read = self.mapping.read_request(&request, &response)?;
        if self.mapping.supports(Operation::AnswersList) {
            let mut answers = self.list_answers(id, 1_000)?;
            read.value.answers = answers.items;
            read.defects.append(&mut answers.defects);
        }
        Ok(read)
    }

    /// The answers of a request, where the backend keeps them apart.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn list_answers(&self, id: &RequestId, max: usize) -> Outcome<Listed<Answer>> {
        let params = Params::request(id.clone());
        self.list(Operation::AnswersList, params, max, Mapping::read_answers)
    }

    /// Asks. `key` is the same for every attempt at one request.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn create_request(&self, new: NewRequest, key: &str) -> Outcome<Reading<Written>> {
        let params = Params {
            new_request: Some(new),
            key: Some(key.to_owned()),
            ..Params::default()
        };
        self.write(Operation::RequestsCreate, params)
    }

    /// Answers.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn answer(&self, id: &RequestId, text: &str) -> Outcome<Reading<Written>> {
        let params = Params {
            text: text.to_owned(),
            ..Params::request(id.clone())
        };
        self.write(Operation::AnswersCreate, params)
    }

    /// Says that an answer solved a request.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn accept(&self, id: &RequestId, answer: &AnswerId) -> Outcome<Reading<Written>> {
        let params = Params {
            answer: Some(answer.clone()),
            ..Params::request(id.clone())
        };
        self.write(Operation::AnswersAccept, params)
    }

    /// Thanks.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn thank(&self, id: &RequestId, thanks: NewThanks) -> Outcome<Reading<Written>> {
        let params = Params {
            thanks: Some(thanks),
            ..Params::request(id.clone())
        };
        self.write(Operation::ThanksCreate, params)
    }

    /// Passes a request on.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn pass(&self, id: &RequestId, pass: Pass) -> Outcome<Reading<Written>> {
        let params = Params {
            pass: Some(pass),
            ..Params::request(id.clone())
        };
        self.write(Operation::RequestsPass, params)
    }

    /// Closes a request; `etag` is the version that was read, where the backend wants it.
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn close(&self, id: &RequestId, etag: Option<&str>) -> Outcome<Reading<Written>> {
        let params = Params {
            etag: etag.map(str::to_owned),
            ..Params::request(id.clone())
        };
        self.write(Operation::RequestsClose, params)
    }

    /// Any write, with parameters of its own (`etag`, `key`).
    ///
    /// # Errors
    /// [`BackendError`].
    pub fn write(&self, operation: Operation, params: Params) -> Outcome<Reading<Written>> {
        let (request, response) = self.exchange(operation, params)?;
        self.mapping.read_written(&request, &response)
    }

    /// Any list, page by page until its end or until `max` items are there.
    ///
    /// # Errors
    /// [`BackendError`] of any page.
    pub fn list<T>(
        &self,
        operation: Operation,
        params: Params,
        max: usize,
        read: ReadPage<T>,
    ) -> Outcome<Listed<T>> {
        let mut pages = Pages::default();
        let mut out = Listed {
            items: Vec::new(),
            defects: Vec::new(),
            total: None,
            pages: 0,
            complete: false,
        };
        let mut params = params;
        loop {
            let (request, response) = self.exchange(operation, params.clone())?;
            let mut page = read(&self.mapping, &request, &response)?;
            out.pages += 1;
            out.total = page.value.total;
            out.defects.append(&mut page.defects);
            out.items.append(&mut page.value.items);
            if !pages.admit(&mut page.value) {
                out.complete = true;
                return Ok(out);
            }
            if out.items.len() >= max {
                return Ok(out);
            }
            params.cursor = page.value.next;
        }
    }
}
