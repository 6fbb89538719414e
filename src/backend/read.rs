//! From a response to the model's types.

use super::call::Call;
use super::checker::kind;
use super::error::BackendError;
use super::explain::{hint, says};
use super::fields::Tables;
use super::http::{HttpRequest, HttpResponse};
use super::mapping::Mapping;
use super::operation::{Group, Operation};
use super::paging::{MOST_ITEMS, MOST_REQUESTS};
use super::reading::{Defect, Reading};
use super::records::{Reader, Step};
use super::requests::AGAIN;
use super::response::decode;
use super::seen::Seen;
use super::select::{Fuel, Kept, Scope, select};
use super::service::Service;
use super::uri;
use super::uri_template::scalar_text;
use crate::model::{Answer, Page, Person, Request, RequestId, SHORT_TEXT, Skill, clean_line};
use serde_json::Value;

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The backend answered with the request as it is now.
    Request(Box<Request>),
    /// It is done, to this request; how it looks now is to be read with `requests.get`.
    Known(RequestId),
    /// It is done; the backend says nothing more.
    Done,
    /// 202: it was taken, and will be done later.
    Accepted,
}

type Read<T> = Result<Reading<T>, BackendError>;

impl Mapping {
    /// Reads a page of colleagues (`people.list`, `people.search`).
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success or holds no list.
    pub fn read_people(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
    ) -> Read<Page<Person>> {
        let key = |p: &Person| p.id.as_str().to_owned();
        self.read_list(request, response, &mut |r, item| r.person(item), &key)
    }

    /// Reads one colleague (`people.get`, `me`).
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success, holds no person, or holds another one
    /// than was asked for.
    pub fn read_person(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Person> {
        let asked = request.sent.id.as_deref();
        self.read_one(request, response, "a person", &mut |r, item| {
            let person = r.person(item)?;
            r.is_asked_for(asked, person.id.as_str()).then_some(person)
        })
    }

    /// Reads a page of skills (`skills.list`).
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success or holds no list.
    pub fn read_skills(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Page<Skill>> {
        let key = |s: &Skill| crate::model::skill_key(&s.name);
        self.read_list(request, response, &mut |r, item| r.skill(item), &key)
    }

    /// Reads a page of requests (`requests.list`, `requests.similar`).
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success or holds no list.
    pub fn read_requests(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
    ) -> Read<Page<Request>> {
        let key = |r: &Request| r.id.as_str().to_owned();
        self.read_list(
            request,
            response,
            &mut |r, item| r.request(item, None),
            &key,
        )
    }

    /// Reads one request with its thread (`requests.get`).
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success, holds no request, or holds another one
    /// than was asked for.
    pub fn read_request(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Request> {
        let etag = response.header("etag");
        let asked = request.sent.id.as_deref();
        self.read_one(request, response, "a request", &mut |r, item| {
            let found = r.request(item, etag)?;
            r.is_asked_for(asked, found.id.as_str()).then_some(found)
        })
    }

    /// Reads the answers of a request (`answers.list`), oldest first where dated.
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success or holds no list.
    pub fn read_answers(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
    ) -> Read<Page<Answer>> {
        let key = |a: &Answer| a.id.as_str().to_owned();
        let mut read = self.read_list(request, response, &mut |r, item| r.answer(item), &key)?;
        super::requests::oldest_first(&mut read.value.items);
        Ok(read)
    }

    /// Reads what became of a write: the request itself, its identifier from the body, from
    /// `Location` or from what was asked, or only that it is done.
    ///
    /// # Errors
    /// [`BackendError`] where the response is no success. A success that cannot be read any
    /// further is still a success, told in the defects: what was written must not be sent again.
    pub fn read_written(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Written> {
        let (call, service) = self.parts_of(request)?;
        let mut defects = Vec::new();
        let value = match decode(request, response, service, call.get("success")) {
            Ok(value) => value,
            // A write that did succeed, and says so in other words than JSON.
            Err(BackendError::NotJson { problem }) => {
                defects.push(Defect {
                    pointer: String::new(),
                    problem,
                });
                Value::Null
            }
            Err(e) => return Err(e),
        };
        if response.status == 202 {
            return Ok(Reading {
                value: Written::Accepted,
                defects,
            });
        }
        let (kept, fuel) = (Kept::default(), Fuel::default());
        let scope = Scope::new(&value, &response.headers, &kept, &fuel);
        let item = select_item(call, &value, &scope);
        let returns = call.text("returns").unwrap_or("request");
        if returns == "request" && item.is_object() {
            let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
            let asked = request.sent.id.as_deref();
            let read = reader
                .request(item, response.header("etag"))
                .filter(|read| reader.is_asked_for(asked, read.id.as_str()));
            defects.append(&mut reader.defects);
            if let Some(read) = read {
                return Ok(Reading {
                    value: Written::Request(Box::new(read)),
                    defects,
                });
            }
        }
        // What was asked about one request is done to that one, whatever the answer names: the
        // identifier in it may be the new answer's.
        let mut id = request.sent.id.clone();
        id = id.or_else(|| scalar_text(item).filter(|_| returns == "id"));
        if id.is_none()
            && let Some(location) = response.header("location")
        {
            // By the mapping's own selector over its text, or the last segment of its path.
            id = match call.text("location") {
                Some(selector) => scalar_text(&select(selector, &Value::from(location), &[])),
                None => uri::last_segment(location),
            };
        }
        let id = id.and_then(|id| RequestId::new(id).ok());
        Ok(Reading {
            value: id.map_or(Written::Done, Written::Known),
            defects,
        })
    }

    /// The name of the server-sent events that tell of a changed request, for whoever listens.
    #[must_use]
    pub fn event_name(&self) -> Option<&str> {
        let call = self.call(Operation::Events, None)?;
        Some(call.text("event").unwrap_or("message"))
    }

    /// Reads one server-sent event: the identifier of the request that changed, or `None` where
    /// the event says nothing of that kind.
    #[must_use]
    pub fn read_event(&self, event: &str, data: &str) -> Option<RequestId> {
        if self.event_name() != Some(event) {
            return None;
        }
        let mut value: Value = serde_json::from_str(data).unwrap_or_else(|_| Value::from(data));
        if let Some(selector) = self.call(Operation::Events, None)?.text("id") {
            value = select(selector, &value, &[]);
        }
        RequestId::new(scalar_text(&value)?).ok()
    }

    /// The call of an operation, and its backend.
    pub(super) fn parts(
        &self,
        operation: Operation,
        scope: Option<super::operation::Scope>,
    ) -> Result<(&Call, &Service), BackendError> {
        let call = self.call(operation, scope);
        let parts = call.and_then(|call| Some((call, self.services().get(call.service)?)));
        parts.ok_or(BackendError::Unsupported(operation))
    }

    pub(super) fn parts_of(
        &self,
        request: &HttpRequest,
    ) -> Result<(&Call, &Service), BackendError> {
        self.parts(request.sent.operation, request.sent.scope)
    }

    fn tables_of(&self, call: &Call) -> &Tables {
        static NONE: Tables = Tables::NONE;
        self.tables.get(call.tables).unwrap_or(&NONE)
    }

    fn read_list<T>(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        read: &mut dyn for<'i> FnMut(&mut Reader<'i>, &'i Value) -> Option<T>,
        key: &dyn Fn(&T) -> String,
    ) -> Read<Page<T>> {
        let mut items = Vec::new();
        let mut seen = Seen::default();
        let rest = self.read_items(request, response, &mut |r, item| {
            let Some(item) = read(r, item) else { return };
            if seen.insert(key(&item)) {
                items.push(item);
            } else {
                r.defect("", says(AGAIN));
            }
        })?;
        let Page { next, total, .. } = rest.value;
        Ok(Reading {
            value: Page { items, next, total },
            defects: rest.defects,
        })
    }

    /// Everything about a list but the type of its items, so that it is there once.
    fn read_items(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        read: &mut dyn for<'i> FnMut(&mut Reader<'i>, &'i Value),
    ) -> Read<Page<()>> {
        let (call, service) = self.parts_of(request)?;
        let value = decode(request, response, service, call.get("success"))?;
        let (kept, fuel) = (Kept::default(), Fuel::default());
        let scope = Scope::new(&value, &response.headers, &kept, &fuel);
        let list: &[Value] = match select_item(call, &value, &scope) {
            Value::Array(list) => list,
            // 204, or a body of nothing: an empty list.
            Value::Null if value.is_null() => &[],
            other => return Err(no_list(call, &value, other)),
        };
        let most = match request.sent.operation.group() {
            Group::Requests => MOST_REQUESTS,
            _ => MOST_ITEMS,
        };
        let mut defects = Vec::new();
        for (i, item) in list.iter().enumerate().take(most) {
            // What selectors make of one item goes when it is read.
            let kept = Kept::default();
            let scope = Scope::new(&value, &response.headers, &kept, &fuel);
            let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
            reader.defects = defects;
            reader.inside(Step::At(i), &mut |r| read(r, item));
            defects = reader.defects;
        }
        if list.len() > most {
            defects.push(Defect {
                pointer: String::new(),
                problem: says("more items on one page than are read; the rest is left out")
                    .to_owned(),
            });
        }
        let position = call.paging.position(
            request,
            &service.base,
            response,
            &value,
            list.len().min(most),
        );
        defects.extend(position.defect);
        if fuel.is_exhausted() {
            return Err(too_much_work(call));
        }
        let page = Page {
            items: Vec::new(),
            next: position.next,
            total: position.total,
        };
        Ok(Reading {
            value: page,
            defects,
        })
    }

    fn read_one<T>(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        what: &str,
        read: &mut dyn for<'i> FnMut(&mut Reader<'i>, &'i Value) -> Option<T>,
    ) -> Read<T> {
        let mut found = None;
        let (pointer, mut defects) = self.read_item(request, response, &mut |r, item| {
            found = read(r, item);
        })?;
        match found {
            Some(value) => Ok(Reading { value, defects }),
            None => Err(not_found(pointer, what, defects.pop())),
        }
    }

    /// Everything about reading one item but its type.
    fn read_item(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        read: &mut dyn for<'i> FnMut(&mut Reader<'i>, &'i Value),
    ) -> Result<(&str, Vec<Defect>), BackendError> {
        let (call, service) = self.parts_of(request)?;
        let value = decode(request, response, service, call.get("success"))?;
        let (kept, fuel) = (Kept::default(), Fuel::default());
        let scope = Scope::new(&value, &response.headers, &kept, &fuel);
        let mut item = select_item(call, &value, &scope);
        // Some backends answer for one with a list of one.
        if let Value::Array(list) = item
            && let [one] = list.as_slice()
        {
            item = one;
        }
        let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
        read(&mut reader, item);
        if fuel.is_exhausted() {
            return Err(too_much_work(call));
        }
        Ok((&call.pointer, reader.defects))
    }
}

fn unreadable(call: &str, inside: &str, problem: &[&str]) -> BackendError {
    BackendError::Unreadable {
        pointer: [call, inside].concat(),
        problem: clean_line(&problem.concat(), 2 * SHORT_TEXT),
    }
}

fn not_found(pointer: &str, what: &str, why: Option<Defect>) -> BackendError {
    let (place, why) = why.map_or_else(Default::default, |d| (d.pointer, d.problem));
    let words = ["there is not ", what, " (", &place, ": ", &why, ")"];
    unreadable(pointer, "", &words)
}

pub(super) fn select_item<'a>(call: &Call, value: &'a Value, scope: &Scope<'a>) -> &'a Value {
    match &call.items {
        Some(selector) => selector.select(value, scope),
        None => value,
    }
}

fn too_much_work(call: &Call) -> BackendError {
    let words = ["reading it takes too much work; ask for smaller pages, or look up less"];
    unreadable(&call.pointer, "", &words)
}

fn no_list(call: &Call, whole: &Value, found: &Value) -> BackendError {
    let selector = call.items_text().unwrap_or("the whole response");
    let mut problem = [
        "a list is expected, and `",
        selector,
        "` gives ",
        kind(found),
    ]
    .concat();
    // The names in the response are the nearest right thing; its values stay out of messages.
    if let Value::Object(map) = whole {
        problem.push_str("; there are: ");
        for (i, key) in map.keys().take(20).enumerate() {
            problem.push_str(if i == 0 { "" } else { ", " });
            problem.push_str(key);
        }
    } else if whole.is_array() {
        problem.push_str(hint(
            "; the response itself is a list: leave `items` out, or write `@`",
        ));
    }
    unreadable(&call.pointer, "/items", &[&problem])
}
