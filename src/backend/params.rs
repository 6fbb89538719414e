//! What an operation is given, and under which names a mapping sees it.

use super::operation::{Operation, Scope};
use crate::model::{
    AnswerId, Cursor, NewRequest, NewThanks, Pass, PassReason, PersonId, RequestId, SafeUrl,
    Visibility,
};
use serde_json::{Map, Value};

/// What an operation is given; what does not concern it is ignored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Words to search for.
    pub query: String,
    /// Only people with one of these skills (`people.*`).
    pub skill: Vec<String>,
    /// Only people of one of these teams.
    pub team: Vec<String>,
    /// Only people at one of these places.
    pub place: Vec<String>,
    /// Which requests (`requests.list`).
    pub scope: Option<Scope>,
    /// How many items at most; the mapping's page size where absent, never more than its most.
    pub limit: Option<u32>,
    /// Where the page begins; the first page where absent.
    pub cursor: Option<Cursor>,
    /// Which person (`people.get`).
    pub person: Option<PersonId>,
    /// Which request.
    pub request: Option<RequestId>,
    /// Which answer (`answers.accept`).
    pub answer: Option<AnswerId>,
    /// What is asked (`requests.create`).
    pub new_request: Option<NewRequest>,
    /// The answer's words (`answers.create`).
    pub text: String,
    /// Why it is passed on (`requests.pass`).
    pub pass: Option<Pass>,
    /// Whom to thank (`thanks.create`).
    pub thanks: Option<NewThanks>,
    /// The same for every attempt at one write (`Idempotency-Key`).
    pub key: Option<String>,
    /// The version that a write is about (`If-Match`).
    pub etag: Option<String>,
    /// Who is signed in, for backends that must be told.
    pub me: Option<PersonId>,
}

impl Params {
    /// For `people.get`.
    #[must_use]
    pub fn person(id: PersonId) -> Self {
        Self {
            person: Some(id),
            ..Self::default()
        }
    }

    /// For operations on one request.
    #[must_use]
    pub fn request(id: RequestId) -> Self {
        Self {
            request: Some(id),
            ..Self::default()
        }
    }

    /// For a search.
    #[must_use]
    pub fn search(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            ..Self::default()
        }
    }

    /// For `requests.list`.
    #[must_use]
    pub fn scope(scope: Scope) -> Self {
        Self {
            scope: Some(scope),
            ..Self::default()
        }
    }

    /// From this page on.
    #[must_use]
    pub fn after(mut self, cursor: Option<Cursor>) -> Self {
        self.cursor = cursor;
        self
    }

    /// The identifier in the operation's address.
    pub(super) fn id(&self, operation: Operation) -> Option<&str> {
        match operation {
            Operation::PeopleGet => self.person.as_ref().map(PersonId::as_str),
            _ => self.request.as_ref().map(RequestId::as_str),
        }
    }

    /// What this operation cannot do without and was not given.
    pub(super) fn missing(&self, operation: Operation) -> Option<&'static str> {
        let needs_id = match operation {
            Operation::PeopleGet
            | Operation::RequestsGet
            | Operation::AnswersList
            | Operation::RequestsClose => true,
            Operation::RequestsCreate => return self.new_request.is_none().then_some("a request"),
            Operation::AnswersCreate if self.text.trim().is_empty() => return Some("a text"),
            Operation::AnswersAccept if self.answer.is_none() => return Some("an answer"),
            Operation::ThanksCreate if self.thanks.is_none() => return Some("thanks"),
            Operation::RequestsPass if self.pass.is_none() => return Some("a reason"),
            Operation::AnswersCreate
            | Operation::AnswersAccept
            | Operation::ThanksCreate
            | Operation::RequestsPass => true,
            _ => false,
        };
        (needs_id && self.id(operation).is_none()).then_some("an id")
    }

    /// Adds the values as a mapping sees them; what is empty or absent has no name.
    pub(super) fn add_values(&self, operation: Operation, out: &mut Map<String, Value>) {
        let names: [(&str, Option<&str>); 7] = [
            ("me", self.me.as_ref().map(PersonId::as_str)),
            ("q", Some(self.query.trim())),
            ("scope", self.scope.map(Scope::name)),
            ("id", self.id(operation)),
            ("answer", self.answer.as_ref().map(AnswerId::as_str)),
            ("key", self.key.as_deref()),
            ("etag", self.etag.as_deref()),
        ];
        for (name, text) in names {
            put(out, name, text.unwrap_or_default());
        }
        put(out, "text", &self.text);
        for (name, list) in [
            ("skill", &self.skill),
            ("team", &self.team),
            ("place", &self.place),
        ] {
            if !list.is_empty() {
                out.insert(name.to_owned(), texts(list));
            }
        }
        match operation {
            Operation::RequestsPass => {
                if let Some(pass) = &self.pass {
                    let reason = match pass.reason {
                        PassReason::NotNow => "not_now",
                        PassReason::NotMyArea => "not_my_area",
                        PassReason::KnowWho => "know_who",
                    };
                    put(out, "reason", reason);
                    put(out, "to", pass.to.as_ref().map_or("", PersonId::as_str));
                }
            }
            Operation::ThanksCreate => {
                if let Some(thanks) = &self.thanks {
                    put(out, "to", thanks.to.as_str());
                    put(out, "skill", &thanks.skill);
                    put(out, "note", &thanks.note);
                }
            }
            Operation::RequestsCreate => {
                if let Some(new) = &self.new_request {
                    add_new_request(new, out);
                }
            }
            _ => {}
        }
    }
}

fn add_new_request(new: &NewRequest, out: &mut Map<String, Value>) {
    let visibility = match new.visibility {
        Visibility::Open => "open",
        Visibility::Private => "private",
    };
    put(out, "visibility", visibility);
    if let Some(context) = &new.context {
        let mut object = Map::new();
        object.insert("title".to_owned(), Value::from(context.title.as_str()));
        put(
            &mut object,
            "url",
            context.url.as_ref().map_or("", SafeUrl::as_str),
        );
        out.insert("context".to_owned(), Value::Object(object));
    }
    // A posted request is written whole: what is empty is sent as empty.
    let mut to = Vec::new();
    for person in &new.to {
        to.push(Value::from(person.as_str()));
    }
    for (name, value) in [
        ("question", Value::from(new.question.as_str())),
        ("details", Value::from(new.details.as_str())),
        ("skills", texts(&new.skills)),
        ("to", Value::Array(to)),
    ] {
        out.insert(name.to_owned(), value);
    }
}

/// Adds a text that is not empty.
#[inline(never)]
fn put(out: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        out.insert(name.to_owned(), Value::from(text));
    }
}

fn texts(list: &[String]) -> Value {
    let mut out = Vec::new();
    for text in list {
        out.push(Value::from(text.as_str()));
    }
    Value::Array(out)
}

/// The names that a mapping may use in an operation's call, besides its settings and `vars`.
pub(super) fn names(operation: Operation) -> &'static str {
    match operation {
        Operation::PeopleList | Operation::PeopleSearch => {
            "me q skill team place limit cursor page offset last"
        }
        Operation::SkillsList | Operation::RequestsSimilar => "me q limit cursor page offset last",
        Operation::RequestsList => "me q scope limit cursor page offset last",
        Operation::AnswersList => "me id limit cursor page offset last",
        Operation::RequestsCreate => "me question details skills to visibility context key",
        Operation::PeopleGet | Operation::RequestsGet => "me id",
        Operation::AnswersCreate => "me id text key etag",
        Operation::AnswersAccept => "me id answer key etag",
        Operation::ThanksCreate => "me id to skill note key etag",
        Operation::RequestsPass => "me id reason to key etag",
        Operation::RequestsClose => "me id key etag",
        Operation::Me | Operation::Events => "me",
    }
}
