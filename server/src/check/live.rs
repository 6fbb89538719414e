//! Calls each operation of a mapping as the widget would, and looks hard at what comes: does the
//! second page differ from the first, does a search search, is the person who was asked for the
//! one who comes. A backend that ignores a parameter answers as if all were well.

use super::advice::advice;
use super::backend::{Backend, CallError, ReadPage};
use super::cors;
use super::fields::{Share, shares};
use entraide::backend::{
    BackendError, Defect, HttpRequest, HttpResponse, Mapping, Operation, Params, Reading, Scope,
    selectors_in,
};
use entraide::model::{Page, Person, Request, RequestId};
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Instant;

/// What became of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// The operation, with the scope where it has one.
    pub name: String,
    /// Method and address; empty where nothing was called.
    pub call: String,
    /// The status, where something answered.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub ms: u128,
    /// What was read, in words.
    pub found: String,
    /// What each field got.
    pub shares: Vec<Share>,
    /// What could not be taken as it came.
    pub defects: Vec<Defect>,
    /// What does no harm, or was not tried.
    pub notes: Vec<String>,
    /// What is wrong, with what to change.
    pub problems: Vec<String>,
}

/// Tries the operations of one mapping, in their order.
#[derive(Debug)]
pub struct Trial<'a> {
    pub(super) backend: &'a mut Backend,
    /// The document's text with its presets, to see what it uses.
    document: &'a str,
    /// Backends and methods for which CORS was looked at.
    looked: BTreeSet<(String, &'static str)>,
    /// Fields of which was said that nothing came for them.
    told: BTreeSet<String>,
    /// What was called so far.
    pub steps: Vec<Step>,
}

/// A word that no person and no request holds.
const NONSENSE: &str = "qxzvkwjq";

impl<'a> Trial<'a> {
    /// Nothing was tried yet.
    pub fn new(backend: &'a mut Backend, document: &'a str) -> Self {
        Self {
            backend,
            document,
            looked: BTreeSet::new(),
            told: BTreeSet::new(),
            steps: Vec::new(),
        }
    }

    pub(super) fn supports(&self, operation: Operation) -> bool {
        self.backend.mapping.supports(operation)
    }

    /// Calls every operation that only reads; `word` is what is searched for, a part of
    /// somebody's name where it is absent.
    pub fn read(&mut self, word: Option<&str>) {
        if self.supports(Operation::Me) {
            let me = self.one("me", Operation::Me, Params::default(), Mapping::read_person);
            self.backend.me = me.map(|me| me.id);
        }
        let people = self.people(word);
        if let Some(person) = people
            .first()
            .filter(|_| self.supports(Operation::PeopleGet))
        {
            let params = Params::person(person.id.clone());
            self.one(
                "people.get",
                Operation::PeopleGet,
                params,
                Mapping::read_person,
            );
        }
        if self.supports(Operation::SkillsList) {
            let key = |skill: &entraide::model::Skill| skill.name.clone();
            let params = Params::default();
            self.list("", Operation::SkillsList, params, Mapping::read_skills, key);
        }
        let request = self.requests();
        self.thread(request);
        if self.supports(Operation::Events) {
            let mut step = named(Operation::Events, "");
            match self.backend.prepare(Operation::Events, Params::default()) {
                Ok(request) => step.call = format!("{} {}", request.method.as_str(), request.url),
                Err(error) => step.problems.push(error.to_string()),
            }
            step.notes
                .push("not called: a stream has no end".to_owned());
            self.steps.push(step);
        }
    }

    /// `people.list` and `people.search`; gives the people that either found.
    fn people(&mut self, word: Option<&str>) -> Vec<Person> {
        let key = |person: &Person| person.id.as_str().to_owned();
        let operation = Operation::PeopleList;
        let mut people = Vec::new();
        if self.supports(operation) {
            let params = Params::default();
            people = self.list("", operation, params, Mapping::read_people, key);
        }
        if !self.supports(Operation::PeopleSearch) {
            return people;
        }
        let own = people.first().and_then(|person| {
            let words = person.name.split(|c: char| !c.is_alphanumeric());
            words.max_by_key(|word| word.chars().count())
        });
        let Some(word) = word.or(own) else {
            let mut step = named(Operation::PeopleSearch, "");
            let words = "not called: nobody is known to search for; say --search WORD";
            step.notes.push(words.to_owned());
            self.steps.push(step);
            return people;
        };
        let word = word.to_owned();
        let operation = Operation::PeopleSearch;
        let name = format!("({word})");
        let params = Params::search(word.as_str());
        let found = self.list(&name, operation, params, Mapping::read_people, key);
        let failed = self
            .steps
            .last()
            .is_none_or(|step| !step.problems.is_empty());
        if failed {
            return people;
        }
        if own.is_some_and(|own| own == word)
            && let Some(person) = people.first()
            && !found.iter().any(|f| f.id == person.id)
            && self
                .steps
                .last()
                .is_some_and(|step| step.found.starts_with("0 "))
        {
            self.problem(format!(
                "`{}` is in people.list, and a search for `{word}` finds nobody: look at how the \
                 call writes `q`, and in which fields the backend searches",
                person.name
            ));
        }
        // A backend that does not know a parameter answers with everybody.
        if !found.is_empty() {
            let nobody = self.quietly(operation, Params::search(NONSENSE));
            if let Some(many) = nobody.filter(|many| *many > 0) {
                self.problem(format!(
                    "a search for a word that nobody has (`{NONSENSE}`) gives {many} people: the \
                     backend does not read the query; compare its parameters with the backend's \
                     manual"
                ));
            }
        }
        let (all, some) = (people.len(), found.len());
        if all > 1
            && some >= all
            && let Some(step) = self.steps.last_mut()
        {
            step.notes.push(format!(
                "the search for `{word}` finds as many as the list has: does the backend look at `q`?"
            ));
        }
        if people.is_empty() { found } else { people }
    }

    /// How many people a search gives, without a step of its own.
    fn quietly(&self, operation: Operation, params: Params) -> Option<usize> {
        let (request, response) = self.backend.exchange(operation, params).ok()?;
        let read = self.backend.mapping.read_people(&request, &response).ok()?;
        Some(read.value.items.len())
    }

    /// `requests.list` of each scope; gives the first request that came.
    fn requests(&mut self) -> Option<Request> {
        let key = |request: &Request| request.id.as_str().to_owned();
        let mut first = None;
        for scope in Scope::ALL {
            if self.backend.mapping.supports_scope(scope) {
                let params = Params::scope(scope);
                let operation = Operation::RequestsList;
                let read = Mapping::read_requests;
                let requests = self.list(scope.name(), operation, params, read, key);
                first = first.or_else(|| requests.into_iter().next());
            }
        }
        first
    }

    /// What is read about one request.
    fn thread(&mut self, request: Option<Request>) {
        let key = |request: &Request| request.id.as_str().to_owned();
        for operation in [
            Operation::RequestsGet,
            Operation::AnswersList,
            Operation::RequestsSimilar,
        ] {
            if !self.supports(operation) {
                continue;
            }
            let Some(request) = &request else {
                let mut step = named(operation, "");
                let words = "not called: there is no request yet; --write posts one";
                step.notes.push(words.to_owned());
                self.steps.push(step);
                continue;
            };
            let params = Params::request(request.id.clone());
            match operation {
                Operation::RequestsGet => self.get_request(&request.id),
                Operation::AnswersList => {
                    let key = |a: &entraide::model::Answer| a.id.as_str().to_owned();
                    self.list("", operation, params, Mapping::read_answers, key);
                }
                _ => {
                    let params = Params::search(request.question.as_str());
                    self.list("", operation, params, Mapping::read_requests, key);
                }
            }
        }
    }

    pub(super) fn get_request(&mut self, id: &RequestId) {
        let operation = Operation::RequestsGet;
        let params = Params::request(id.clone());
        self.one("requests.get", operation, params, Mapping::read_request);
    }

    /// Reads one thing.
    fn one<T: Serialize>(
        &mut self,
        name: &str,
        operation: Operation,
        params: Params,
        read: fn(&Mapping, &HttpRequest, &HttpResponse) -> Result<Reading<T>, BackendError>,
    ) -> Option<T> {
        let mut step = Step {
            name: name.to_owned(),
            ..Step::default()
        };
        let mut got = None;
        if let Some((request, response)) = self.exchange(&mut step, operation, params) {
            match read(&self.backend.mapping, &request, &response) {
                Err(error) => self.fail(&mut step, operation, &error, Some(&response)),
                Ok(Reading { value, defects }) => {
                    step.found = "read".to_owned();
                    step.defects = defects;
                    self.look(&mut step, operation, &request, &response, &[&value]);
                    got = Some(value);
                }
            }
        }
        self.steps.push(step);
        got
    }

    /// Reads the first page of a list, and the second to see that it is another one.
    fn list<T: Serialize>(
        &mut self,
        name: &str,
        operation: Operation,
        params: Params,
        read: ReadPage<T>,
        key: fn(&T) -> String,
    ) -> Vec<T> {
        let mut step = named(operation, name);
        let mut items = Vec::new();
        if let Some((request, response)) = self.exchange(&mut step, operation, params.clone()) {
            match read(&self.backend.mapping, &request, &response) {
                Err(error) => self.fail(&mut step, operation, &error, Some(&response)),
                Ok(Reading { value, defects }) => {
                    let what = what(operation, value.items.len());
                    step.found = format!("{} {what}", value.items.len());
                    if let Some(total) = value.total {
                        step.found.push_str(&format!(", {total} in all"));
                    }
                    step.defects = defects;
                    self.look(&mut step, operation, &request, &response, &value.items);
                    let seen: BTreeSet<String> = value.items.iter().map(key).collect();
                    items = value.items;
                    if value.next.is_some() {
                        let params = params.after(value.next);
                        let next = self.backend.exchange(operation, params);
                        let next = next.and_then(|(q, s)| read(&self.backend.mapping, &q, &s));
                        second_page(&mut step, next, &seen, key);
                    } else if value.total.is_some_and(|total| total > items.len() as u64)
                        && step.defects.is_empty()
                    {
                        step.notes.push(
                            "there are more, and the mapping does not say how to ask for the next \
                             page: see `paging`"
                                .to_owned(),
                        );
                    }
                }
            }
        }
        self.steps.push(step);
        items
    }

    /// Counts what each field got, and says where nothing came what the items hold instead.
    fn look<T: Serialize>(
        &mut self,
        step: &mut Step,
        operation: Operation,
        request: &HttpRequest,
        response: &HttpResponse,
        items: &[T],
    ) {
        let mapping = &self.backend.mapping;
        let raw = mapping.raw_items(request, response);
        let names = raw.first().map(selectors_in).unwrap_or_default();
        if items.is_empty() {
            match (raw.len(), step.defects.first()) {
                (0, _) => {}
                (many, Some(defect)) => step.problems.push(format!(
                    "{many} came and none of them can be taken ({}: {}); one holds: {}",
                    defect.pointer,
                    defect.problem,
                    names.join(", ")
                )),
                (_, None) => {}
            }
            return;
        }
        step.shares = shares(&mapping.mapped_fields(operation), items);
        let record = match operation {
            Operation::SkillsList => "skill",
            Operation::AnswersList => "answer",
            Operation::RequestsList | Operation::RequestsGet | Operation::RequestsSimilar => {
                "request"
            }
            _ => "person",
        };
        let suspects: Vec<String> = step
            .shares
            .iter()
            .filter(|share| share.is_suspect())
            .map(|share| format!("/records/{record}/{}", share.field))
            .filter(|place| !self.told.contains(place))
            .collect();
        // One alone may well lack something.
        if items.len() < 2 {
            return;
        }
        self.told.extend(suspects.iter().cloned());
        if !suspects.is_empty() {
            step.notes.push(format!(
                "nothing came for {}; an item holds: {}",
                suspects.join(", "),
                names.join(", ")
            ));
        }
    }

    /// Writes and sends a request; what goes wrong is a problem of the step.
    pub(super) fn exchange(
        &mut self,
        step: &mut Step,
        operation: Operation,
        params: Params,
    ) -> Option<(HttpRequest, HttpResponse)> {
        let request = match self.backend.prepare(operation, params) {
            Ok(request) => request,
            Err(error) => {
                self.fail(step, operation, &error, None);
                return None;
            }
        };
        let method = request.method.as_str();
        step.call = format!("{method} {}", request.url);
        let start = Instant::now();
        let sent = self.backend.send(request);
        step.ms = start.elapsed().as_millis();
        match sent {
            Ok((request, response)) => {
                step.status = Some(response.status);
                let service = self.backend.mapping.service(operation);
                let name = service.map(|s| s.base.clone()).unwrap_or_default();
                if self.looked.insert((name, method)) {
                    let caller = &self.backend.caller;
                    let faults = cors::faults(caller, &request, &response, self.document);
                    step.problems.extend(faults);
                }
                Some((request, response))
            }
            Err(CallError::Backend(error)) => {
                self.fail(step, operation, &error, None);
                None
            }
            Err(CallError::Send(error)) => {
                let words = error.to_string();
                let told = BackendError::from(error);
                let service = self.backend.mapping.service(operation);
                let advice = service.map(|service| advice(&told, None, service));
                step.problems
                    .push(sentence(&words, &advice.unwrap_or_default()));
                None
            }
        }
    }

    pub(super) fn fail(
        &self,
        step: &mut Step,
        operation: Operation,
        error: &BackendError,
        response: Option<&HttpResponse>,
    ) {
        let service = self.backend.mapping.service(operation);
        let advice = service.map(|service| advice(error, response, service));
        let words = sentence(&error.to_string(), &advice.unwrap_or_default());
        step.problems.push(words);
    }

    fn problem(&mut self, words: String) {
        if let Some(step) = self.steps.last_mut() {
            step.problems.push(words);
        }
    }
}

/// Says of the second page what is wrong with it.
fn second_page<T>(
    step: &mut Step,
    next: Result<Reading<Page<T>>, BackendError>,
    seen: &BTreeSet<String>,
    key: fn(&T) -> String,
) {
    match next {
        Err(error) => step
            .problems
            .push(format!("the second page cannot be read: {error}")),
        Ok(next) => {
            let items = &next.value.items;
            let again = items.iter().filter(|item| seen.contains(&key(item)));
            let again = again.count();
            if again > 0 && again == items.len() {
                step.problems.push(
                    "the second page is the first again: the backend does not read the parameter \
                     that asks for it; see `paging` and where the call uses it"
                        .to_owned(),
                );
            } else {
                let many = items.len();
                step.found.push_str(&format!("; {many} on the second page"));
            }
        }
    }
}

/// An error with what to do about it; where the backend said nothing, without brackets for it.
fn sentence(words: &str, advice: &str) -> String {
    let words = words.trim_end_matches(" ()").trim_end_matches([':', ' ']);
    match advice {
        "" => words.to_owned(),
        advice => format!("{words}; {advice}"),
    }
}

pub(super) fn named(operation: Operation, more: &str) -> Step {
    let space = if more.is_empty() { "" } else { " " };
    Step {
        name: [operation.name(), space, more].concat(),
        ..Step::default()
    }
}

/// What an operation lists, in words.
fn what(operation: Operation, many: usize) -> &'static str {
    let (one, more) = match operation {
        Operation::SkillsList => ("skill", "skills"),
        Operation::AnswersList => ("answer", "answers"),
        Operation::RequestsList | Operation::RequestsSimilar => ("request", "requests"),
        _ => ("person", "people"),
    };
    if many == 1 { one } else { more }
}
