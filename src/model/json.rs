//! What a person writes, as JSON and back, without derived code.
//!
//! The widget keeps drafts and the outbox as JSON and shows a page what is about to be posted.
//! Serde's derived code for that compiles to some fifty kilobytes; these few functions over
//! [`Value`] do the same, and a test holds them to the derived form. Reading takes members that
//! are absent or `null` as empty, passes over those that it does not know, and says `None` for
//! one of the wrong type: whoever reads decides what that costs.

use super::id::{Id, PersonId};
use super::link::SafeUrl;
use super::request::{NewRequest, PageContext, Pass, PassReason, Visibility};
use super::thanks::NewThanks;
use serde_json::{Map, Value};

/// An object of these members; those that are `null` are left out.
#[must_use]
pub fn object(members: Vec<(&str, Value)>) -> Value {
    let mut map = Map::new();
    for (name, value) in members {
        if !value.is_null() {
            map.insert(name.to_owned(), value);
        }
    }
    Value::Object(map)
}

/// A string.
#[must_use]
pub fn string(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// A list of strings.
#[must_use]
pub fn strings(items: &[String]) -> Value {
    Value::Array(items.iter().map(|item| string(item)).collect())
}

/// A list of people's identifiers.
#[must_use]
pub fn person_ids(items: &[PersonId]) -> Value {
    Value::Array(items.iter().map(|item| string(item.as_str())).collect())
}

/// A member of an object; `null` where there is none.
#[must_use]
pub fn member<'v>(object: &'v Value, name: &str) -> &'v Value {
    object.get(name).unwrap_or(&Value::Null)
}

/// A string member; empty where absent, `None` where it is no string.
#[must_use]
pub fn read_string(object: &Value, name: &str) -> Option<String> {
    match member(object, name) {
        Value::Null => Some(String::new()),
        value => value.as_str().map(str::to_owned),
    }
}

/// A member that is a list of strings; empty where absent, `None` where it is anything else.
#[must_use]
pub fn read_strings(object: &Value, name: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    match member(object, name) {
        Value::Null => {}
        value => {
            for item in value.as_array()? {
                all.push(item.as_str()?.to_owned());
            }
        }
    }
    Some(all)
}

/// A member that is a list of people's identifiers; empty where absent, `None` where it is
/// anything else.
#[must_use]
pub fn read_person_ids(object: &Value, name: &str) -> Option<Vec<PersonId>> {
    let mut all = Vec::new();
    for raw in read_strings(object, name)? {
        all.push(PersonId::new(raw).ok()?);
    }
    Some(all)
}

/// An identifier.
#[must_use]
pub fn read_id<T>(value: &Value) -> Option<Id<T>> {
    Id::new(value.as_str()?).ok()
}

impl Visibility {
    /// The word for it in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Private => "private",
        }
    }

    /// The visibility of a word; the usual one where it is absent, `None` for another word.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::Open),
            value => [Self::Open, Self::Private]
                .into_iter()
                .find(|v| value.as_str() == Some(v.as_str())),
        }
    }
}

impl PageContext {
    /// Its JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let url = self
            .url
            .as_ref()
            .map_or(Value::Null, |url| string(url.as_str()));
        object(vec![("title", string(&self.title)), ("url", url)])
    }

    /// Reads its JSON; `None` where it has no title or an address that nobody may follow.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let url = match member(value, "url") {
            Value::Null => None,
            url => Some(SafeUrl::new(url.as_str()?)?),
        };
        Some(Self {
            title: member(value, "title").as_str()?.to_owned(),
            url,
        })
    }
}

impl NewRequest {
    /// Its JSON, as the native API takes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        object(vec![
            ("question", string(&self.question)),
            ("details", string(&self.details)),
            ("skills", strings(&self.skills)),
            ("to", person_ids(&self.to)),
            ("visibility", string(self.visibility.as_str())),
            (
                "context",
                self.context
                    .as_ref()
                    .map_or(Value::Null, PageContext::to_json),
            ),
        ])
    }

    /// Reads its JSON; `None` where the question is missing or any member is of the wrong type.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            question: member(value, "question").as_str()?.to_owned(),
            details: read_string(value, "details")?,
            skills: read_strings(value, "skills")?,
            to: read_person_ids(value, "to")?,
            visibility: Visibility::from_json(member(value, "visibility"))?,
            context: match member(value, "context") {
                Value::Null => None,
                context => Some(PageContext::from_json(context)?),
            },
        })
    }
}

impl NewThanks {
    /// Its JSON, as the native API takes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        object(vec![
            ("to", string(self.to.as_str())),
            ("skill", string(&self.skill)),
            ("note", string(&self.note)),
        ])
    }

    /// Reads its JSON; `None` where nobody is thanked or any member is of the wrong type.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            to: read_id(member(value, "to"))?,
            skill: read_string(value, "skill")?,
            note: read_string(value, "note")?,
        })
    }
}

impl PassReason {
    const ALL: [Self; 3] = [Self::NotNow, Self::NotMyArea, Self::KnowWho];

    /// The word for it in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotNow => "not_now",
            Self::NotMyArea => "not_my_area",
            Self::KnowWho => "know_who",
        }
    }
}

impl Pass {
    /// Its JSON, as the native API takes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let to = self
            .to
            .as_ref()
            .map_or(Value::Null, |to| string(to.as_str()));
        object(vec![("reason", string(self.reason.as_str())), ("to", to)])
    }

    /// Reads its JSON; `None` where the reason is unknown or any member is of the wrong type.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let reason = member(value, "reason").as_str()?;
        Some(Self {
            reason: PassReason::ALL.into_iter().find(|r| r.as_str() == reason)?,
            to: match member(value, "to") {
                Value::Null => None,
                to => Some(read_id(to)?),
            },
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{from_value, json, to_value};

    pub(crate) fn an_id() -> impl Strategy<Value = PersonId> {
        "[a-zé:\"\\\\]{1,12}".prop_map(|raw| PersonId::new(raw).unwrap())
    }

    pub(crate) fn a_context() -> impl Strategy<Value = Option<PageContext>> {
        let url = prop::option::of("/[a-z?\"é]{0,9}".prop_map(|u| SafeUrl::new(&u).unwrap()));
        prop::option::of((".*", url).prop_map(|(title, url)| PageContext { title, url }))
    }

    pub(crate) fn a_visibility() -> impl Strategy<Value = Visibility> {
        prop_oneof![Just(Visibility::Open), Just(Visibility::Private)]
    }

    prop_compose! {
        pub(crate) fn a_request()(
            question in ".*", details in ".*",
            skills in prop::collection::vec(".*", 0..4),
            to in prop::collection::vec(an_id(), 0..4),
            visibility in a_visibility(), context in a_context(),
        ) -> NewRequest {
            NewRequest { question, details, skills, to, visibility, context }
        }
    }

    prop_compose! {
        pub(crate) fn a_thanks()(to in an_id(), skill in ".*", note in ".*") -> NewThanks {
            NewThanks { to, skill, note }
        }
    }

    prop_compose! {
        pub(crate) fn a_pass()(
            reason in prop::sample::select(&PassReason::ALL), to in prop::option::of(an_id()),
        ) -> Pass {
            Pass { reason, to }
        }
    }

    proptest! {
        #[test]
        fn is_the_form_that_the_native_api_has(
            request in a_request(), thanks in a_thanks(), pass in a_pass()
        ) {
            prop_assert_eq!(request.to_json(), to_value(&request).unwrap());
            prop_assert_eq!(thanks.to_json(), to_value(&thanks).unwrap());
            prop_assert_eq!(pass.to_json(), to_value(&pass).unwrap());
            prop_assert_eq!(NewRequest::from_json(&request.to_json()), Some(request));
            prop_assert_eq!(NewThanks::from_json(&thanks.to_json()), Some(thanks));
            prop_assert_eq!(Pass::from_json(&pass.to_json()), Some(pass));
        }

        /// Whatever one member is replaced by, it is read just when the derived code reads it.
        #[test]
        fn refuses_what_the_derived_form_refuses(
            request in a_request(),
            name in prop::sample::select(vec![
                "question", "details", "skills", "to", "visibility", "context", "unknown",
            ]),
            value in prop::sample::select(vec![
                json!(5), json!("x"), json!("private"), json!(true), json!([]), json!(["a"]),
                json!([1]), json!([""]), json!({}), json!({"title": 1}), json!({"title": "t"}),
                json!({"title": "t", "url": "javascript:alert(1)"}),
                json!({"title": "t", "url": "/a", "more": [1]}),
            ]),
        ) {
            // Serde reads an array as an object without names; no page means that.
            prop_assume!(name != "context" || !value.is_array());
            let mut changed = request.to_json();
            changed[name] = value;
            prop_assert_eq!(NewRequest::from_json(&changed), from_value(changed).ok());
        }
    }

    #[test]
    fn what_is_absent_is_empty_and_what_is_needed_is_asked_for() {
        let question = NewRequest {
            question: "q".into(),
            ..NewRequest::default()
        };
        let nulls = json!({ "question": "q", "details": null, "skills": null, "to": null,
            "visibility": null, "context": null });
        for sparse in [json!({ "question": "q" }), nulls] {
            assert_eq!(NewRequest::from_json(&sparse).as_ref(), Some(&question));
        }
        for bad in [
            json!({}),
            json!(null),
            json!([]),
            json!("q"),
            json!({ "question": null }),
        ] {
            assert_eq!(NewRequest::from_json(&bad), None, "{bad}");
            assert_eq!(NewThanks::from_json(&bad), None, "{bad}");
            assert_eq!(Pass::from_json(&bad), None, "{bad}");
        }
        assert_eq!(Pass::from_json(&json!({ "reason": "bored" })), None);
    }
}
