//! Where one can help: open requests for this person, each with the reason it is shown.

use crate::model::{Person, Request, RequestId, Timestamp, Visibility, skill_key};
use crate::search::order::sorted;

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
    let mut all: Vec<(u8, bool, Timestamp, Invitation)> = Vec::new();
    for request in requests {
        if let Some((order, why)) = reason(me, request) {
            let answered = request.answer_count > 0 || !request.answers.is_empty();
            // Without a date it goes last: no one has waited for long as far as is known.
            let created = request.created.unwrap_or(Timestamp::from_millis(i64::MAX));
            let invitation = Invitation {
                request: request.id.clone(),
                why,
            };
            all.push((order, answered, created, invitation));
        }
    }
    let all = sorted(all, &|a, b| {
        (a.0, a.1, a.2, &a.3.request).cmp(&(b.0, b.1, b.2, &b.3.request))
    });
    all.into_iter()
        .map(|(_, _, _, invitation)| invitation)
        .collect()
}

fn reason(me: &Person, request: &Request) -> Option<(u8, InviteReason)> {
    let answered = request.answers.iter().any(|a| a.author.id == me.id);
    if !request.status.is_open() || request.is_from(&me.id) || answered {
        return None;
    }
    if request.asked.iter().any(|p| p.id == me.id) {
        return Some((0, InviteReason::AskedByName));
    }
    if request.visibility == Visibility::Private {
        return None;
    }
    let asked: Vec<String> = request.skills.iter().map(|s| skill_key(s)).collect();
    let wanted = |name: &&str| {
        let key = skill_key(name);
        !key.is_empty() && asked.contains(&key)
    };
    let of_skill = me.skills.iter().map(|s| s.name.as_str()).find(wanted);
    let to_learn = || me.wants.iter().map(String::as_str).find(wanted);
    match of_skill {
        Some(name) => Some((1, InviteReason::Skill(name.to_owned()))),
        None => to_learn().map(|name| (2, InviteReason::WantsToLearn(name.to_owned()))),
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
