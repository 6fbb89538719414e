//! Where one can help: open requests for this person, each with the reason it is shown.

use crate::model::{Person, Request, RequestId, Timestamp, Visibility, skill_key};
use crate::search::order::order;
use std::cmp::Ordering;

/// Why a request is shown to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InviteReason {
    /// They were asked by name.
    AskedByName,
    /// It is about a skill of theirs, as they write it.
    Skill(String),
    /// It is about something that they want to learn, as they write it; reading along teaches.
    WantsToLearn(String),
}

/// A request that somebody could help with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub request: RequestId,
    /// Why.
    pub why: InviteReason,
}

/// The open requests that a person could help with: first those that ask them by name, then
/// those on their skills, then those on what they want to learn; within each the unanswered
/// first, then the oldest. Requests of their own, those that they have answered, and private
/// ones that do not ask them are left out.
#[must_use]
pub fn inbox<'r>(me: &Person, requests: impl IntoIterator<Item = &'r Request>) -> Vec<Invitation> {
    let mut invited = Invited::new(me);
    for request in requests {
        invited.take(request);
    }
    invited.in_order()
}

/// What orders an invitation: its kind (twice, and one more where somebody answered), then its
/// date.
struct Urgency {
    kind: u8,
    created: Timestamp,
}

/// The invitations of one person in the making.
struct Invited<'p> {
    me: &'p Person,
    /// Keys of their skills and wishes, with kind and name.
    topics: Vec<(String, u8, &'p str)>,
    urgency: Vec<Urgency>,
    invitations: Vec<Invitation>,
}

impl<'p> Invited<'p> {
    fn new(me: &'p Person) -> Self {
        let mut topics = Vec::new();
        let mut add = |name: &'p str, kind: u8| {
            let key = skill_key(name);
            if !key.is_empty() {
                topics.push((key, kind, name));
            }
        };
        for skill in &me.skills {
            add(&skill.name, 1);
        }
        for want in &me.wants {
            add(want, 2);
        }
        Self {
            me,
            topics,
            urgency: Vec::new(),
            invitations: Vec::new(),
        }
    }

    fn take(&mut self, request: &Request) {
        let Some((kind, why)) = self.reason(request) else {
            return;
        };
        let answered = request.answer_count > 0 || !request.answers.is_empty();
        self.urgency.push(Urgency {
            kind: kind * 2 + u8::from(answered),
            // Without a date it goes last: no one has waited for long as far as is known.
            created: request.created.unwrap_or(Timestamp::from_millis(i64::MAX)),
        });
        self.invitations.push(Invitation {
            request: request.id.clone(),
            why,
        });
    }

    fn reason(&self, request: &Request) -> Option<(u8, InviteReason)> {
        let me = &self.me.id;
        let answered = request.answers.iter().any(|a| a.author.id == *me);
        if !request.status.is_open() || request.is_from(me) || answered {
            return None;
        }
        if request.asked.iter().any(|p| p.id == *me) {
            return Some((0, InviteReason::AskedByName));
        }
        if request.visibility == Visibility::Private {
            return None;
        }
        let mut first = self.topics.len();
        for skill in &request.skills {
            let key = skill_key(skill);
            let known = self.topics.iter().position(|(topic, _, _)| *topic == key);
            first = first.min(known.unwrap_or(first));
        }
        let (_, kind, name) = self.topics.get(first)?;
        let name = (*name).to_owned();
        Some(match kind {
            1 => (1, InviteReason::Skill(name)),
            _ => (2, InviteReason::WantsToLearn(name)),
        })
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let (Some(x), Some(y)) = (self.urgency.get(a), self.urgency.get(b)) else {
            return Ordering::Equal;
        };
        let id = |at: usize| self.invitations.get(at).map(|i| &i.request);
        let kind = x.kind.cmp(&y.kind);
        kind.then(x.created.cmp(&y.created))
            .then_with(|| id(a).cmp(&id(b)))
    }

    fn in_order(self) -> Vec<Invitation> {
        let mut out = Vec::with_capacity(self.invitations.len());
        for at in order(self.invitations.len(), &|a, b| self.compare(a, b)) {
            out.extend(self.invitations.get(at as usize).cloned());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::testing::{person, request};
    use crate::model::{PersonId, RequestStatus};

    #[test]
    fn the_asked_first_then_skills_then_wishes() {
        let mut me = person("me", "Me", "", &["Excel"]);
        me.wants.push("Python".into());
        let other = person("o", "Other", "", &[]);
        let at = |id: &str, day: u8, skills: &[&str]| {
            let mut r = request(id, "?", skills);
            r.created = Timestamp::from_date(2026, 11, day);
            r.asker = Some(other.to_ref());
            r
        };
        let mut named = at("named", 9, &[]);
        named.asked.push(me.to_ref());
        named.visibility = Visibility::Private;
        let mut answered = at("answered", 1, &["excel"]);
        answered.answer_count = 1;
        let mut mine = at("mine", 1, &["Excel"]);
        mine.asker = Some(me.to_ref());
        let mut closed = at("closed", 1, &["Excel"]);
        closed.status = RequestStatus::Solved;
        let mut secret = at("secret", 1, &["Excel"]);
        secret.visibility = Visibility::Private;
        let mut undated = at("undated", 1, &["Excel"]);
        undated.created = None;
        let all = [
            at("learn", 1, &["python"]),
            undated,
            at("new", 5, &["EXCEL"]),
            answered,
            at("old", 2, &["Excel"]),
            mine,
            closed,
            secret,
            at("none", 1, &["Word"]),
            named,
        ];
        let found = inbox(&me, &all);
        let ids: Vec<&str> = found.iter().map(|i| i.request.as_str()).collect();
        assert_eq!(ids, ["named", "old", "new", "undated", "answered", "learn"]);
        assert_eq!(found[0].why, InviteReason::AskedByName);
        assert_eq!(found[1].why, InviteReason::Skill("Excel".into()));
        assert_eq!(found[5].why, InviteReason::WantsToLearn("Python".into()));
    }

    #[test]
    fn what_i_answered_is_done() {
        let me = person("me", "Me", "", &["Excel"]);
        let mut r = request("1", "?", &["Excel"]);
        r.asked.push(me.to_ref());
        r.answers.push(crate::exchange::testing::answer(&me));
        assert!(inbox(&me, [&r]).is_empty());
        r.answers[0].author.id = PersonId::new("else").unwrap();
        assert_eq!(inbox(&me, [&r]).len(), 1);
    }
}
