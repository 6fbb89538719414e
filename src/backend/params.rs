//! What an operation is given, and under which names a mapping sees it.

use super::operation::{Operation, Scope};
use crate::model::{
    AnswerId, Cursor, NewRequest, NewThanks, Pass, PassReason, PersonId, RequestId, Visibility,
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

    /// The values as a mapping sees them; what is empty or absent has no name.
    pub(super) fn values(&self, operation: Operation) -> Map<String, Value> {
        let mut out = Map::new();
        let mut put = |name: &str, value: Value| {
            let empty = value.is_null()
                || value.as_str().is_some_and(str::is_empty)
                || value.as_array().is_some_and(Vec::is_empty);
            if !empty {
                out.insert(name.to_owned(), value);
            }
        };
        let text = |s: Option<&str>| s.map_or(Value::Null, Value::from);
        put("me", text(self.me.as_ref().map(PersonId::as_str)));
        put("q", Value::from(self.query.trim()));
        put("scope", text(self.scope.map(Scope::name)));
        put("id", text(self.id(operation)));
        put("answer", text(self.answer.as_ref().map(AnswerId::as_str)));
        put("key", text(self.key.as_deref()));
        put("etag", text(self.etag.as_deref()));
        put("text", Value::from(self.text.as_str()));
        for (name, list) in [
            ("skill", &self.skill),
            ("team", &self.team),
            ("place", &self.place),
        ] {
            put(name, Value::from(list.clone()));
        }
        if let Some(pass) = self
            .pass
            .as_ref()
            .filter(|_| operation == Operation::RequestsPass)
        {
            put(
                "reason",
                Value::from(match pass.reason {
                    PassReason::NotNow => "not_now",
                    PassReason::NotMyArea => "not_my_area",
                    PassReason::KnowWho => "know_who",
                }),
            );
            put("to", text(pass.to.as_ref().map(PersonId::as_str)));
        }
        if let Some(thanks) = self
            .thanks
            .as_ref()
            .filter(|_| operation == Operation::ThanksCreate)
        {
            put("to", Value::from(thanks.to.as_str()));
            put("skill", Value::from(thanks.skill.as_str()));
            put("note", Value::from(thanks.note.as_str()));
        }
        if let Some(new) = self
            .new_request
            .as_ref()
            .filter(|_| operation == Operation::RequestsCreate)
        {
            put(
                "visibility",
                Value::from(match new.visibility {
                    Visibility::Open => "open",
                    Visibility::Private => "private",
                }),
            );
            if let Some(context) = &new.context {
                let mut object = Map::new();
                object.insert("title".to_owned(), Value::from(context.title.as_str()));
                if let Some(url) = &context.url {
                    object.insert("url".to_owned(), Value::from(url.as_str()));
                }
                put("context", Value::Object(object));
            }
            // A posted request is written whole: what is empty is sent as empty.
            let to: Vec<&str> = new.to.iter().map(PersonId::as_str).collect();
            out.insert("question".to_owned(), Value::from(new.question.as_str()));
            out.insert("details".to_owned(), Value::from(new.details.as_str()));
            out.insert("skills".to_owned(), Value::from(new.skills.clone()));
            out.insert("to".to_owned(), Value::from(to));
        }
        out
    }
}

/// The names that a mapping may use in an operation's call, besides its settings and `vars`.
pub(super) fn names(operation: Operation) -> &'static [&'static str] {
    match operation {
        Operation::PeopleList | Operation::PeopleSearch => &[
            "me", "q", "skill", "team", "place", "limit", "cursor", "page", "offset", "last",
        ],
        Operation::SkillsList | Operation::RequestsSimilar => {
            &["me", "q", "limit", "cursor", "page", "offset", "last"]
        }
        Operation::RequestsList => &[
            "me", "q", "scope", "limit", "cursor", "page", "offset", "last",
        ],
        Operation::AnswersList => &["me", "id", "limit", "cursor", "page", "offset", "last"],
        Operation::RequestsCreate => &[
            "me",
            "question",
            "details",
            "skills",
            "to",
            "visibility",
            "context",
            "key",
        ],
        Operation::PeopleGet | Operation::RequestsGet => &["me", "id"],
        Operation::AnswersCreate => &["me", "id", "text", "key", "etag"],
        Operation::AnswersAccept => &["me", "id", "answer", "key", "etag"],
        Operation::ThanksCreate => &["me", "id", "to", "skill", "note", "key", "etag"],
        Operation::RequestsPass => &["me", "id", "reason", "to", "key", "etag"],
        Operation::RequestsClose => &["me", "id", "key", "etag"],
        Operation::Me | Operation::Events => &["me"],
    }
}
