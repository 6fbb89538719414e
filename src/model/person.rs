//! Colleagues.

use super::availability::Availability;
use super::id::PersonId;
use super::link::SafeUrl;
use super::skill::{PersonSkill, skill_key};
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A colleague, with what they can help with and what they want to learn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Person {
    /// As the backend identifies them.
    pub id: PersonId,
    /// The whole name, in the order in which it is said.
    pub name: String,
    /// What they do ("Comptable général").
    #[serde(default)]
    pub title: String,
    /// Team, service or department.
    #[serde(default)]
    pub team: String,
    /// Where they work.
    #[serde(default)]
    pub place: String,
    /// E-mail address; empty where unknown.
    #[serde(default)]
    pub email: String,
    /// A picture of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub photo: Option<SafeUrl>,
    /// Their page in the host's own directory.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub profile: Option<SafeUrl>,
    /// Languages they speak, as BCP 47 tags, best first.
    #[serde(default)]
    pub languages: Vec<String>,
    /// IANA name of their time zone ("Europe/Paris"); empty where unknown.
    #[serde(default)]
    pub time_zone: String,
    /// What they can help with.
    #[serde(default)]
    pub skills: Vec<PersonSkill>,
    /// Names of the skills that they want to learn.
    #[serde(default)]
    pub wants: Vec<String>,
    /// A few words about themselves.
    #[serde(default)]
    pub about: String,
    /// When they joined the organisation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub joined: Option<Timestamp>,
    /// Whether they can be asked.
    #[serde(default)]
    pub availability: Availability,
}

impl Person {
    /// A person of whom nothing else is known.
    #[must_use]
    pub fn named(id: PersonId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            title: String::new(),
            team: String::new(),
            place: String::new(),
            email: String::new(),
            photo: None,
            profile: None,
            languages: Vec::new(),
            time_zone: String::new(),
            skills: Vec::new(),
            wants: Vec::new(),
            about: String::new(),
            joined: None,
            availability: Availability::default(),
        }
    }

    /// Their skill of this name, in any spelling.
    #[must_use]
    pub fn skill(&self, name: &str) -> Option<&PersonSkill> {
        let key = skill_key(name);
        self.skills.iter().find(|s| skill_key(&s.name) == key)
    }

    /// How others refer to them.
    #[must_use]
    pub fn to_ref(&self) -> PersonRef {
        PersonRef {
            id: self.id.clone(),
            name: self.name.clone(),
            title: self.title.clone(),
        }
    }
}

/// A person as requests and answers name them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonRef {
    /// Who.
    pub id: PersonId,
    /// The whole name.
    pub name: String,
    /// What they do; empty where unknown.
    #[serde(default)]
    pub title: String,
}
