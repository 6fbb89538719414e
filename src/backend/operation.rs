//! What the widget can ask of a backend: the operations, with their fixed names.
//!
//! A mapping describes some of them; one that it leaves out is a feature that is switched off.

/// Something that the widget can ask of a backend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Who is signed in.
    Me,
    /// Every colleague, page by page.
    PeopleList,
    /// Colleagues that fit words and filters, where the backend searches itself.
    PeopleSearch,
    /// One colleague, whole.
    PeopleGet,
    /// The skills that the group knows.
    SkillsList,
    /// Ask: post a request.
    RequestsCreate,
    /// Requests of a [`Scope`], page by page.
    RequestsList,
    /// One request with its thread.
    RequestsGet,
    /// Answered requests like the one being written.
    RequestsSimilar,
    /// The answers of a request, where the backend keeps them apart from it.
    AnswersList,
    /// Answer a request.
    AnswersCreate,
    /// Say that an answer solved it.
    AnswersAccept,
    /// Thank somebody.
    ThanksCreate,
    /// Pass a request on.
    RequestsPass,
    /// Close a request.
    RequestsClose,
    /// Be told of changes by server-sent events.
    Events,
}

/// Which backend of a mapping with `parts` an operation belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Colleagues, and who is signed in.
    People,
    /// The list of skills.
    Skills,
    /// Requests with all that happens to them.
    Requests,
}

impl Group {
    /// All groups.
    pub const ALL: [Self; 3] = [Self::People, Self::Skills, Self::Requests];

    /// Its name in a mapping's `parts`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Skills => "skills",
            Self::Requests => "requests",
        }
    }
}

impl Operation {
    /// All operations with their names in mappings (fixed; `requests.pass` and `answers.list`
    /// are this widget's additions to the first list).
    pub const ALL: [(Self, &'static str); 16] = [
        (Self::Me, "me"),
        (Self::PeopleList, "people.list"),
        (Self::PeopleSearch, "people.search"),
        (Self::PeopleGet, "people.get"),
        (Self::SkillsList, "skills.list"),
        (Self::RequestsCreate, "requests.create"),
        (Self::RequestsList, "requests.list"),
        (Self::RequestsGet, "requests.get"),
        (Self::RequestsSimilar, "requests.similar"),
        (Self::AnswersList, "answers.list"),
        (Self::AnswersCreate, "answers.create"),
        (Self::AnswersAccept, "answers.accept"),
        (Self::ThanksCreate, "thanks.create"),
        (Self::RequestsPass, "requests.pass"),
        (Self::RequestsClose, "requests.close"),
        (Self::Events, "events"),
    ];

    /// Its name in a mapping.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(op, _)| *op == self)
            .map_or("", |(_, name)| name)
    }

    /// The operation of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, n)| *n == name)
            .map(|(op, _)| *op)
    }

    /// Which part of a mapping answers for it.
    #[must_use]
    pub fn group(self) -> Group {
        match self {
            Self::Me | Self::PeopleList | Self::PeopleSearch | Self::PeopleGet => Group::People,
            Self::SkillsList => Group::Skills,
            _ => Group::Requests,
        }
    }

    /// Whether it changes something, so that sending it twice without an idempotency key may
    /// do it twice.
    #[must_use]
    pub fn is_write(self) -> bool {
        matches!(
            self,
            Self::RequestsCreate
                | Self::AnswersCreate
                | Self::AnswersAccept
                | Self::ThanksCreate
                | Self::RequestsPass
                | Self::RequestsClose
        )
    }

    /// Whether it answers with a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::PeopleList
                | Self::PeopleSearch
                | Self::SkillsList
                | Self::RequestsList
                | Self::RequestsSimilar
                | Self::AnswersList
        )
    }
}

/// Which requests a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Those that I asked.
    Mine,
    /// Those where I can help.
    Inbox,
    /// Those that are open to everybody.
    Open,
    /// Those that were solved.
    Solved,
    /// All that I may read.
    All,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 5] = [Self::Mine, Self::Inbox, Self::Open, Self::Solved, Self::All];

    /// Its name in mappings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Inbox => "inbox",
            Self::Open => "open",
            Self::Solved => "solved",
            Self::All => "all",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_operations_are_one_to_one() {
        for (operation, name) in Operation::ALL {
            assert_eq!(operation.name(), name);
            assert_eq!(Operation::named(name), Some(operation));
            assert!(!(operation.is_list() && operation.is_write()));
        }
        assert_eq!(Operation::named("people"), None);
    }
}
