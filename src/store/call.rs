//! Calls to the backend, as data: what is asked, how it is sent, and what came back.
//!
//! [`Call`] names an operation with its values; [`prepare`] and [`read`] turn it into HTTP and
//! back through the mapping, so the embedding only moves bytes and a native test can answer
//! for a server.

use super::state::State;
use crate::backend::{
    BackendError, Defect, HttpRequest, HttpResponse, Mapping, Operation, Params, Reading, Scope,
    Secrets, Written,
};
use crate::model::{Answer, Cursor, Page, Person, PersonId, Request, RequestId};
use crate::outbox::Write;

/// Numbers a call, so that its answer finds who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// How many people a page holds at most.
const PEOPLE_A_PAGE: u32 = 500;
/// How many requests a page holds at most.
const REQUESTS_A_PAGE: u32 = 50;
/// How many people a search of the backend's own gives.
const FOUND: u32 = 50;
/// How many similar requests are wanted.
const SIMILAR: u32 = 5;

/// A call to the backend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Who am I?
    Me,
    /// A page of all colleagues.
    People(Option<Cursor>),
    /// Colleagues for these words, where the backend searches itself.
    Search(String),
    /// One colleague.
    Person(PersonId),
    /// A page of requests.
    Requests {
        /// Which of them.
        scope: Scope,
        /// From where.
        cursor: Option<Cursor>,
    },
    /// One request with its thread.
    Request(RequestId),
    /// The answers of a request that was read, where the backend keeps them apart.
    Answers(RequestId, Option<Cursor>),
    /// Answered requests like these words.
    Similar(String),
    /// A write, with the key that makes it happen once.
    Write {
        /// The idempotency key.
        key: String,
        /// What to write.
        write: Write,
    },
}

/// What came back. It has no copy: whole pages of people are taken in as they are.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// For [`Call::Me`] and [`Call::Person`].
    Person(Person),
    /// For [`Call::People`] and [`Call::Search`].
    People(Page<Person>),
    /// For [`Call::Requests`] and [`Call::Similar`].
    Requests(Page<Request>),
    /// For [`Call::Request`].
    Request(Request),
    /// For [`Call::Answers`].
    Answers(Page<Answer>),
    /// For [`Call::Write`].
    Written(Written),
}

/// Writes the HTTP request of a call, with what the state knows: who asks, and which version of a
/// request a write is about.
///
/// # Errors
/// What [`Mapping::prepare`] says: the operation is not described, a secret or a value is
/// missing.
pub fn prepare(
    mapping: &Mapping,
    state: &State,
    call: &Call,
    secrets: &Secrets,
) -> Result<HttpRequest, BackendError> {
    let (operation, mut params) = call.operation();
    params.me = state.my_self().map(|me| me.id.clone());
    if let (Some(id), Call::Write { .. }) = (&params.request, call) {
        let known = state.requests.get(id);
        params.etag = known.and_then(|thread| thread.request.etag.clone());
    }
    mapping.prepare(operation, &params, secrets)
}

/// Reads the response of a call, with what had to be left out of it.
///
/// # Errors
/// [`BackendError`] where it is no success, or cannot be read.
pub fn read(
    mapping: &Mapping,
    call: &Call,
    request: &HttpRequest,
    response: &HttpResponse,
) -> Result<(Reply, Vec<Defect>), BackendError> {
    fn wrap<T>(reading: Reading<T>, reply: fn(T) -> Reply) -> (Reply, Vec<Defect>) {
        (reply(reading.value), reading.defects)
    }
    Ok(match call {
        Call::Me | Call::Person(_) => wrap(mapping.read_person(request, response)?, Reply::Person),
        Call::People(_) | Call::Search(_) => {
            wrap(mapping.read_people(request, response)?, Reply::People)
        }
        Call::Requests { .. } | Call::Similar(_) => {
            wrap(mapping.read_requests(request, response)?, Reply::Requests)
        }
        Call::Request(_) => wrap(mapping.read_request(request, response)?, Reply::Request),
        Call::Answers(..) => wrap(mapping.read_answers(request, response)?, Reply::Answers),
        Call::Write { .. } => wrap(mapping.read_written(request, response)?, Reply::Written),
    })
}

impl Call {
    /// The operation, and what it is given.
    #[must_use]
    pub fn operation(&self) -> (Operation, Params) {
        let mut params = Params::default();
        let operation = match self {
            Self::Me => Operation::Me,
            Self::People(cursor) => {
                params.limit = Some(PEOPLE_A_PAGE);
                params.cursor.clone_from(cursor);
                Operation::PeopleList
            }
            Self::Search(words) => {
                params.limit = Some(FOUND);
                params.query.clone_from(words);
                Operation::PeopleSearch
            }
            Self::Person(id) => {
                params.person = Some(id.clone());
                Operation::PeopleGet
            }
            Self::Requests { scope, cursor } => {
                params.scope = Some(*scope);
                params.limit = Some(REQUESTS_A_PAGE);
                params.cursor.clone_from(cursor);
                Operation::RequestsList
            }
            Self::Request(id) => {
                params.request = Some(id.clone());
                Operation::RequestsGet
            }
            Self::Answers(request, cursor) => {
                params.request = Some(request.clone());
                params.cursor.clone_from(cursor);
                Operation::AnswersList
            }
            Self::Similar(words) => {
                params.limit = Some(SIMILAR);
                params.query.clone_from(words);
                Operation::RequestsSimilar
            }
            Self::Write { key, write } => {
                params.key = Some(key.clone());
                params.request = write.request().cloned();
                of_write(write, &mut params)
            }
        };
        (operation, params)
    }
}

fn of_write(write: &Write, params: &mut Params) -> Operation {
    match write {
        Write::Request(new) => {
            params.new_request = Some(new.clone());
            Operation::RequestsCreate
        }
        Write::Answer(_, text) => {
            params.text.clone_from(text);
            Operation::AnswersCreate
        }
        Write::Accept(_, answer) => {
            params.answer = Some(answer.clone());
            Operation::AnswersAccept
        }
        Write::Thanks(_, thanks) => {
            params.thanks = Some(thanks.clone());
            Operation::ThanksCreate
        }
        Write::Pass(_, pass) => {
            params.pass = Some(pass.clone());
            Operation::RequestsPass
        }
        Write::Close(_) => Operation::RequestsClose,
    }
}
