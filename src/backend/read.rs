//! From a response to the model's types.

use super::call::{Call, Returns};
use super::checker::kind;
use super::error::BackendError;
use super::fields::Tables;
use super::http::{HttpRequest, HttpResponse};
use super::mapping::Mapping;
use super::operation::Operation;
use super::paging::MOST_ITEMS;
use super::records::{Defect, Reader, Reading};
use super::response::decode;
use super::seen::Seen;
use super::select::Scope;
use super::service::Service;
use super::uri;
use super::uri_template::scalar_text;
use crate::model::{Answer, Page, Person, Request, RequestId, Skill};
use serde_json::Value;
use std::borrow::Cow;

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
    /// [`BackendError`] where the response is no success or holds no person.
    pub fn read_person(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Person> {
        self.read_one(request, response, "a person", &mut |r, item| r.person(item))
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
    /// [`BackendError`] where the response is no success or holds no request.
    pub fn read_request(&self, request: &HttpRequest, response: &HttpResponse) -> Read<Request> {
        let etag = response.header("etag");
        self.read_one(request, response, "a request", &mut |r, item| {
            r.request(item, etag)
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
        let (call, service) = self.parts(request)?;
        let mut defects = Vec::new();
        let value = match decode(request, response, service, &call.success) {
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
        let scope = Scope::new(&value, &response.headers);
        let item = select_item(call, &value, &scope);
        if call.returns == Returns::Request && item.is_object() {
            let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
            if let Some(read) = reader.request(&item, response.header("etag")) {
                return Ok(Reading {
                    value: Written::Request(Box::new(read)),
                    defects: reader.defects,
                });
            }
            defects.extend(reader.defects);
        }
        let from_body = match call.returns {
            Returns::Id => scalar_text(&item),
            _ => None,
        };
        let id = from_body
            .or_else(|| request.sent.id.clone())
            .or_else(|| id_from_location(call, response.header("location")?))
            .and_then(|id| RequestId::new(id).ok());
        Ok(Reading {
            value: id.map_or(Written::Done, Written::Known),
            defects,
        })
    }

    /// The name of the server-sent events that tell of a changed request, for whoever listens.
    #[must_use]
    pub fn event_name(&self) -> Option<&str> {
        self.call(Operation::Events, None).map(|call| call.event.as_str())
    }

    /// Reads one server-sent event: the identifier of the request that changed, or `None` where
    /// the event says nothing of that kind.
    #[must_use]
    pub fn read_event(&self, event: &str, data: &str) -> Option<RequestId> {
        let call = self.call(Operation::Events, None)?;
        if event != call.event {
            return None;
        }
        let value: Value = serde_json::from_str(data).unwrap_or_else(|_| Value::from(data));
        let scope = Scope::new(&value, &[]);
        let id = match &call.event_id {
            Some(selector) => selector.select(&value, &scope),
            None => Cow::Borrowed(&value),
        };
        RequestId::new(scalar_text(&id)?).ok()
    }

    fn parts(&self, request: &HttpRequest) -> Result<(&Call, &Service), BackendError> {
        let sent = &request.sent;
        let call = self.call(sent.operation, sent.scope);
        let call = call.ok_or(BackendError::Unsupported(sent.operation))?;
        let service = self.services().get(call.service);
        Ok((
            call,
            service.ok_or(BackendError::Unsupported(sent.operation))?,
        ))
    }

    fn tables_of(&self, call: &Call) -> &Tables {
        static NONE: Tables = Tables::NONE;
        self.tables.get(call.tables).unwrap_or(&NONE)
    }

    fn read_list<T>(
        &self,
        request: &HttpRequest,
        response: &HttpResponse,
        read: &mut dyn FnMut(&mut Reader<'_>, &Value) -> Option<T>,
        key: &dyn Fn(&T) -> String,
    ) -> Read<Page<T>> {
        let mut items = Vec::new();
        let mut seen = Seen::default();
        let rest = self.read_items(request, response, &mut |r, item| {
            let Some(item) = read(r, item) else { return };
            if seen.insert(key(&item)) {
                items.push(item);
            } else {
                r.defect("", "the same as one before it, so it is left out");
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
        read: &mut dyn FnMut(&mut Reader<'_>, &Value),
    ) -> Read<Page<()>> {
        let (call, service) = self.parts(request)?;
        let value = decode(request, response, service, &call.success)?;
        let scope = Scope::new(&value, &response.headers);
        let selected = select_item(call, &value, &scope);
        let list: &[Value] = match selected.as_ref() {
            Value::Array(list) => list,
            // 204, or a body of nothing: an empty list.
            Value::Null if value.is_null() => &[],
            other => return Err(no_list(call, &value, other)),
        };
        let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
        for (i, item) in list.iter().enumerate().take(MOST_ITEMS) {
            reader.inside(i, |r| read(r, item));
        }
        if list.len() > MOST_ITEMS {
            reader.defect(
                "",
                format!("more than {MOST_ITEMS} items on one page; the rest is left out"),
            );
        }
        let position = call.paging.position(
            &request.sent,
            &request.url,
            &service.base,
            response,
            &scope,
            list.len(),
        );
        let mut defects = reader.defects;
        defects.extend(position.defect);
        if scope.is_exhausted() {
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
        read: &mut dyn FnMut(&mut Reader<'_>, &Value) -> Option<T>,
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
        read: &mut dyn FnMut(&mut Reader<'_>, &Value),
    ) -> Result<(&str, Vec<Defect>), BackendError> {
        let (call, service) = self.parts(request)?;
        let value = decode(request, response, service, &call.success)?;
        let scope = Scope::new(&value, &response.headers);
        let selected = select_item(call, &value, &scope);
        // Some backends answer for one with a list of one.
        let item = match selected.as_ref() {
            Value::Array(list) if list.len() == 1 => &list[0],
            other => other,
        };
        let mut reader = Reader::new(self.tables_of(call), &scope, &response.url);
        read(&mut reader, item);
        if scope.is_exhausted() {
            return Err(too_much_work(call));
        }
        Ok((&call.pointer, reader.defects))
    }
}

fn not_found(pointer: &str, what: &str, why: Option<Defect>) -> BackendError {
    let why = why
        .map(|d| format!("{}: {}", d.pointer, d.problem))
        .unwrap_or_default();
    let problem = format!("there is not {what} ({why})");
    BackendError::Unreadable {
        pointer: pointer.to_owned(),
        problem,
    }
}

fn select_item<'a>(call: &Call, value: &'a Value, scope: &Scope<'a>) -> Cow<'a, Value> {
    match &call.items {
        Some((selector, _)) => selector.select(value, scope),
        None => Cow::Borrowed(value),
    }
}

fn too_much_work(call: &Call) -> BackendError {
    BackendError::Unreadable {
        pointer: call.pointer.clone(),
        problem: "reading it takes too much work; ask for smaller pages, or look up less"
            .to_owned(),
    }
}

fn no_list(call: &Call, whole: &Value, found: &Value) -> BackendError {
    let selector = call
        .items
        .as_ref()
        .map_or("the whole response", |(_, text)| text);
    let mut problem = format!("a list is expected, and `{selector}` gives {}", kind(found));
    // The names in the response are the nearest right thing; its values stay out of messages.
    if let Value::Object(map) = whole {
        let names: Vec<&str> = map.keys().take(20).map(String::as_str).collect();
        problem.push_str(&format!("; there are: {}", names.join(", ")));
    } else if whole.is_array() {
        problem.push_str("; the response itself is a list: leave `items` out, or write `@`");
    }
    let problem = crate::model::clean_line(&problem, 2 * crate::model::SHORT_TEXT);
    BackendError::Unreadable {
        pointer: format!("{}/items", call.pointer),
        problem,
    }
}

/// The identifier in a `Location`: by the mapping's own selector over its text, or the last
/// segment of its path.
fn id_from_location(call: &Call, location: &str) -> Option<String> {
    let Some(selector) = &call.location else {
        return uri::last_segment(location);
    };
    let value = Value::from(location);
    let scope = Scope::new(&value, &[]);
    scalar_text(&selector.select(&value, &scope))
}
