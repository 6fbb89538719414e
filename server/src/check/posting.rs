//! Tries to write, where that was wished (`--write`): a request that says that it is a test is
//! posted, read back, answered and closed, as far as the mapping can.

use super::live::{Trial, named};
use entraide::backend::{Operation, Params, Reading, Written};
use entraide::model::{NewRequest, RequestId};

/// What marks a request of `--write`.
const TEST_QUESTION: &str = "Test of Entraide, please ignore";
const TEST_DETAILS: &str =
    "Posted by `entraide-server check --write` to see whether asking works. It may be deleted.";

impl Trial<'_> {
    /// Posts a request that says that it is a test, reads it back, answers it and closes it, as
    /// far as the mapping can.
    pub fn write(&mut self, key: &str) {
        if !self.supports(Operation::RequestsCreate) {
            let mut step = named(Operation::RequestsCreate, "");
            step.notes.push("not in the mapping".to_owned());
            self.steps.push(step);
            return;
        }
        let params = Params {
            new_request: Some(NewRequest {
                question: TEST_QUESTION.to_owned(),
                details: TEST_DETAILS.to_owned(),
                ..NewRequest::default()
            }),
            key: Some(key.to_owned()),
            ..Params::default()
        };
        let Some(id) = self.written(Operation::RequestsCreate, params) else {
            return;
        };
        self.follow_up(key, &id);
        let untried = [
            Operation::AnswersAccept,
            Operation::ThanksCreate,
            Operation::RequestsPass,
        ];
        for operation in untried
            .into_iter()
            .filter(|op| self.backend.mapping.supports(*op))
        {
            let mut step = named(operation, "");
            step.notes
                .push("not tried: it needs somebody else's answer".to_owned());
            self.steps.push(step);
        }
    }

    /// What can be done with the request that was posted.
    fn follow_up(&mut self, key: &str, id: &RequestId) {
        if self.supports(Operation::RequestsGet) {
            self.get_request(id);
        }
        let answer = Params {
            text: TEST_QUESTION.to_owned(),
            key: Some(format!("{key}-answer")),
            ..Params::request(id.clone())
        };
        if self.supports(Operation::AnswersCreate) {
            self.written(Operation::AnswersCreate, answer);
        }
        if self.supports(Operation::RequestsClose) {
            // The answer has changed the request.
            let close = Params {
                key: Some(format!("{key}-close")),
                etag: self.etag_of(id),
                ..Params::request(id.clone())
            };
            self.written(Operation::RequestsClose, close);
        }
    }

    fn etag_of(&self, id: &RequestId) -> Option<String> {
        let read = self.backend.get_request(id).ok()?;
        read.value.etag
    }

    /// A write; gives the request's identifier where the answer holds it.
    fn written(&mut self, operation: Operation, params: Params) -> Option<RequestId> {
        let mut step = named(operation, "");
        let id = self
            .exchange(&mut step, operation, params)
            .and_then(|pair| {
                let (request, response) = &pair;
                match self.backend.mapping.read_written(request, response) {
                    Err(error) => {
                        self.fail(&mut step, operation, &error, Some(response));
                        None
                    }
                    Ok(Reading { value, defects }) => {
                        step.defects = defects;
                        let (id, words) = match value {
                            Written::Request(request) => {
                                (Some(request.id), "the request as it is now")
                            }
                            Written::Known(id) => (Some(id), "done"),
                            Written::Accepted => (None, "taken, and done later (202)"),
                            Written::Done => (None, "done"),
                        };
                        step.found = match &id {
                            Some(id) => format!("{words}: `{}`", id.as_str()),
                            None => words.to_owned(),
                        };
                        if id.is_none() && operation == Operation::RequestsCreate {
                            let words = "the answer does not say which request it became, so the \
                                     widget cannot show it, and answering and closing were not \
                                     tried: see `item`, `returns` (`id` where the answer holds \
                                     the identifier alone) and `location`";
                            step.problems.push(words.to_owned());
                        }
                        id
                    }
                }
            });
        self.steps.push(step);
        id
    }
}
