//! The people and requests that every backend is filled with.

use serde::Deserialize;

/// A colleague, as `tools/backends/` writes one into a backend.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Colleague {
    /// Unique; most backends take it as user name.
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) title: String,
    pub(crate) team: String,
    pub(crate) place: String,
    pub(crate) skills: Vec<String>,
    pub(crate) languages: Vec<String>,
}

/// A request that was posted before the tests began.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Posted {
    /// Logins.
    pub(crate) asker: String,
    pub(crate) to: Vec<String>,
    pub(crate) question: String,
    pub(crate) details: String,
    pub(crate) skills: Vec<String>,
}

/// Everybody, and what was asked.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Company {
    pub(crate) people: Vec<Colleague>,
    pub(crate) requests: Vec<Posted>,
}

impl Company {
    /// The company of `company.json`.
    pub(crate) fn read() -> Self {
        serde_json::from_str(include_str!("company.json")).unwrap()
    }

    /// The colleague of this name.
    pub(crate) fn named(&self, name: &str) -> &Colleague {
        let mut people = self.people.iter();
        people
            .find(|p| p.name == name)
            .unwrap_or_else(|| panic!("{name} is nobody of the company"))
    }

    /// The colleague with this login.
    pub(crate) fn login(&self, login: &str) -> &Colleague {
        let mut people = self.people.iter();
        people
            .find(|p| p.login == login)
            .unwrap_or_else(|| panic!("{login} is nobody of the company"))
    }
}
