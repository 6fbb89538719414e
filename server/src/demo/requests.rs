//! What the people of the demo company asked each other, and what came of it.

use super::data::{Data, Question};
use super::random::Random;
use entraide::model::{
    Answer, AnswerId, Person, PersonRef, Request, RequestId, RequestStatus, Thanks, Timestamp,
    Visibility, skill_key,
};
use std::collections::HashMap;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// How far back questions reach, in days: 18 months.
const MEMORY: f64 = 540.0;

/// Who knows what, and who is where.
struct Directory<'a> {
    people: &'a [Person],
    by_id: HashMap<&'a str, &'a Person>,
    by_skill: HashMap<String, Vec<&'a Person>>,
}

impl<'a> Directory<'a> {
    fn new(people: &'a [Person]) -> Self {
        let mut by_skill: HashMap<String, Vec<&Person>> = HashMap::new();
        for person in people {
            for skill in &person.skills {
                by_skill
                    .entry(skill_key(&skill.name))
                    .or_default()
                    .push(person);
            }
        }
        let by_id = people.iter().map(|p| (p.id.as_str(), p)).collect();
        Self {
            people,
            by_id,
            by_skill,
        }
    }

    /// Somebody of a team.
    fn member(&self, team: &str, random: &mut Random) -> Option<&'a Person> {
        let members: Vec<&Person> = self.people.iter().filter(|p| p.team == team).collect();
        random.pick(&members).copied()
    }

    /// Somebody else who has the skill and speaks the language. A few people answer most
    /// questions, here as everywhere.
    fn expert(
        &self,
        skill: &str,
        lang: &str,
        not: &[&Person],
        random: &mut Random,
    ) -> Option<&'a Person> {
        let holders = self.by_skill.get(&skill_key(skill))?;
        let others = |p: &&&Person| !not.iter().any(|n| n.id == p.id);
        let speakers: Vec<&Person> = holders
            .iter()
            .filter(others)
            .filter(|p| p.languages.iter().any(|l| l == lang))
            .copied()
            .collect();
        if speakers.is_empty() {
            let anybody: Vec<&Person> = holders.iter().filter(others).copied().collect();
            return random.pick_early(&anybody).copied();
        }
        random.pick_early(&speakers).copied()
    }
}

/// All requests, oldest first, numbered in that order.
pub(super) fn all(
    data: &Data,
    people: &[Person],
    now: Timestamp,
    random: &mut Random,
) -> Vec<Request> {
    let directory = Directory::new(people);
    let mut requests = Vec::new();
    for (lang, questions) in &data.questions {
        for question in questions {
            requests.extend(request(question, lang, &directory, now, random));
        }
    }
    requests.sort_by_key(|r| r.created);
    for (number, request) in (1..).zip(&mut requests) {
        if let Ok(id) = RequestId::new(format!("q-{number:04}")) {
            request.id = id;
        }
        for (n, answer) in (1..).zip(&mut request.answers) {
            if let Ok(id) = AnswerId::new(format!("q-{number:04}-a{n}")) {
                answer.id = id;
            }
        }
    }
    requests
}

fn request(
    question: &Question,
    lang: &str,
    directory: &Directory<'_>,
    now: Timestamp,
    random: &mut Random,
) -> Option<Request> {
    let asker = match &question.asker {
        Some(id) => *directory.by_id.get(id.as_str())?,
        None => directory.member(&question.from, random)?,
    };
    let created = posted(question, now, random);
    let mut asked: Vec<&Person> = question
        .to
        .iter()
        .filter_map(|id| directory.by_id.get(id.as_str()).copied())
        .collect();
    for _ in 0..question.ask {
        let not: Vec<&Person> = asked.iter().copied().chain([asker]).collect();
        asked.extend(
            question
                .skills
                .iter()
                .find_map(|s| directory.expert(s, lang, &not, random)),
        );
    }
    let mut request = Request {
        id: RequestId::new("q").ok()?,
        question: question.question.clone(),
        details: question.details.clone(),
        skills: question.skills.clone(),
        asker: Some(asker.to_ref()),
        asked: Vec::new(),
        status: RequestStatus::Open,
        visibility: if question.private {
            Visibility::Private
        } else {
            Visibility::Open
        },
        context: None,
        created: Some(created),
        updated: Some(created),
        answer_count: 0,
        answers: Vec::new(),
        thanks: Vec::new(),
        url: None,
        etag: None,
    };
    let last = answer(
        &mut request,
        question,
        lang,
        (directory, asker, created, now),
        random,
    );
    if let Some(accepted) = request.accepted().map(|a| a.author.clone()) {
        request.status = RequestStatus::Solved;
        let when = later(last, random.between(5, 300), now);
        let when = at_work(when, random).min(now);
        request.thanks.extend(thanks(
            question,
            directory,
            asker.to_ref(),
            accepted.clone(),
            when,
        ));
        request.updated = Some(when);
        // Half of the questions went to somebody by name.
        if random.chance(0.5) {
            request.asked.push(accepted);
        }
    } else if !request.answers.is_empty() {
        request.status = RequestStatus::Answered;
        request.updated = Some(last);
    }
    request.answer_count = u32::try_from(request.answers.len()).unwrap_or(u32::MAX);
    request.asked.extend(asked.iter().map(|p| p.to_ref()));
    Some(request)
}

/// Writes the answers; gives the time of the last one.
fn answer(
    request: &mut Request,
    question: &Question,
    lang: &str,
    (directory, asker, created, now): (&Directory<'_>, &Person, Timestamp, Timestamp),
    random: &mut Random,
) -> Timestamp {
    let mut last = created;
    let mut authors = vec![asker];
    for (n, text) in question.answers.iter().enumerate() {
        let named = question
            .by
            .get(n)
            .and_then(|id| directory.by_id.get(id.as_str()).copied());
        let author = named.or_else(|| {
            question
                .skills
                .iter()
                .find_map(|s| directory.expert(s, lang, &authors, random))
        });
        let (Some(author), Ok(id)) = (author, AnswerId::new("a")) else {
            continue;
        };
        // From eight minutes to a day, most within the hour.
        let minutes = 8.0 * (random.fraction() * (1_440.0_f64 / 8.0).ln()).exp();
        last = at_work(later(last, minutes as i64, now), random).min(now);
        authors.push(author);
        request.answers.push(Answer {
            id,
            author: author.to_ref(),
            text: text.clone(),
            created: Some(last),
            accepted: question.state.is_empty() && n == question.accepted,
        });
    }
    last
}

fn later(time: Timestamp, minutes: i64, now: Timestamp) -> Timestamp {
    time.plus_millis(minutes * MINUTE).min(now)
}

/// Thanks for the first skill of the question that the helper has.
fn thanks(
    question: &Question,
    directory: &Directory<'_>,
    from: PersonRef,
    to: PersonRef,
    when: Timestamp,
) -> Option<Thanks> {
    let helper = directory.by_id.get(to.id.as_str())?;
    let skill = question
        .skills
        .iter()
        .find(|s| helper.skill(s).is_some())?
        .clone();
    Some(Thanks {
        from,
        to,
        skill,
        note: question.thanks.clone(),
        created: Some(when),
    })
}

/// When a question was posted: on a working day, in working hours, the recent past more densely.
fn posted(question: &Question, now: Timestamp, random: &mut Random) -> Timestamp {
    let days = match question.days {
        Some(0) => return now.plus_millis(-random.between(15, 200) * MINUTE),
        Some(days) => days,
        None if question.state == "answered" => random.between(3, 25),
        None => 8 + (random.fraction().powf(1.3) * (MEMORY - 12.0)) as i64,
    };
    let midnight = now.millis().div_euclid(DAY) - days;
    let weekend = match weekday(midnight) {
        Weekday::Working => 0,
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
    };
    let minutes = random.between(7 * 60, 15 * 60 + 59);
    Timestamp::from_millis((midnight - weekend) * DAY + minutes * MINUTE)
}

enum Weekday {
    Working,
    Saturday,
    Sunday,
}

/// 1970-01-01 was a Thursday, so Saturday and Sunday are the days 2 and 3 after it.
fn weekday(day: i64) -> Weekday {
    match day.rem_euclid(7) {
        2 => Weekday::Saturday,
        3 => Weekday::Sunday,
        _ => Weekday::Working,
    }
}

/// The time itself, or the next morning at work where it falls into the night or on a weekend.
fn at_work(time: Timestamp, random: &mut Random) -> Timestamp {
    let day = time.millis().div_euclid(DAY);
    let minute = time.millis().rem_euclid(DAY) / MINUTE;
    let next = match weekday(day) {
        Weekday::Working if (6 * 60..18 * 60).contains(&minute) => return time,
        Weekday::Working if minute < 6 * 60 => day,
        _ => day + 1,
    };
    let next = match weekday(next) {
        Weekday::Working => next,
        Weekday::Saturday => next + 2,
        Weekday::Sunday => next + 1,
    };
    Timestamp::from_millis(next * DAY + random.between(7 * 60, 9 * 60) * MINUTE)
}
