//! Reading requests: one with its thread, or a page of a list without threads.

use super::{count, number_list, person_read};
use base64::Engine;
use entraide::model::{
    Answer, AnswerId, PageContext, PersonId, PersonRef, Request, RequestId, RequestStatus, SafeUrl,
    Thanks, Timestamp, Visibility,
};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// Which requests a list holds; only those that the viewer may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Asked by the viewer.
    Mine,
    /// Where the viewer can help: help is still wanted, and they were asked by name or it is on
    /// a skill of theirs; neither theirs nor passed on.
    Inbox,
    /// Help is still wanted.
    Open,
    /// Solved.
    Solved,
    /// Everything.
    All,
}

impl Scope {
    /// The scope of this name on the wire.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "mine" => Self::Mine,
            "inbox" => Self::Inbox,
            "open" => Self::Open,
            "solved" => Self::Solved,
            "all" => Self::All,
            _ => return None,
        })
    }
}

macro_rules! readable {
    () => {
        "(r.visibility = 'open' OR r.asker = ?1
          OR EXISTS (SELECT 1 FROM asked x WHERE x.request = r.pk AND x.person = ?1))"
    };
}
pub(crate) use readable;

// One fixed statement for each scope, since a condition in a parameter defeats the indexes.
macro_rules! statements {
    ($condition:expr) => {
        (
            concat!(
                "SELECT r.created, r.pk FROM request r WHERE ",
                $condition,
                " AND (r.created, r.pk) < (?2, ?3) ORDER BY r.created DESC, r.pk DESC LIMIT ?4"
            ),
            concat!("SELECT count(*) FROM request r WHERE ", $condition),
        )
    };
}

impl Scope {
    /// The statements for a page and for the total.
    fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::Mine => statements!("r.asker = ?1"),
            Self::Inbox => statements!(
                "r.status IN ('open', 'answered') AND r.asker IS NOT ?1
                 AND NOT EXISTS (SELECT 1 FROM pass p WHERE p.request = r.pk AND p.person = ?1)
                 AND (EXISTS (SELECT 1 FROM asked x WHERE x.request = r.pk AND x.person = ?1)
                   OR (r.visibility = 'open' AND EXISTS (
                       SELECT 1 FROM request_skill rs JOIN can_help c ON c.skill = rs.skill
                       WHERE rs.request = r.pk AND c.person = ?1)))"
            ),
            Self::Open => {
                statements!(concat!(
                    "r.status IN ('open', 'answered') AND ",
                    readable!()
                ))
            }
            Self::Solved => statements!(concat!("r.status = 'solved' AND ", readable!())),
            Self::All => statements!(readable!()),
        }
    }
}

/// Where a page of requests begins: older than this moment, and this row within it.
pub(crate) type Place = (i64, i64);

/// Rows of requests, newest first, older than `after`.
pub(crate) async fn page(
    db: &mut SqliteConnection,
    scope: Scope,
    viewer: i64,
    after: Option<Place>,
    limit: u32,
) -> sqlx::Result<Vec<Place>> {
    let (created, pk) = after.unwrap_or((i64::MAX, i64::MAX));
    sqlx::query_as(scope.statements().0)
        .bind(viewer)
        .bind(created)
        .bind(pk)
        .bind(limit)
        .fetch_all(db)
        .await
}

/// How many requests the scope holds for the viewer.
pub(crate) async fn total(
    db: &mut SqliteConnection,
    scope: Scope,
    viewer: i64,
) -> sqlx::Result<u64> {
    let n: i64 = sqlx::query_scalar(scope.statements().1)
        .bind(viewer)
        .fetch_one(db)
        .await?;
    Ok(n.unsigned_abs())
}

type Row = (
    i64,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    i64,
    i64,
    i64,
    i64,
);

/// The requests of these rows in the given order, as `viewer` sees them; with `thread` the
/// answers, and those of the thanks that the viewer gave or received: thanks are private.
/// Whether the viewer may read them is the caller's question.
pub(crate) async fn load(
    db: &mut SqliteConnection,
    rows: &[i64],
    viewer: i64,
    thread: bool,
) -> sqlx::Result<Vec<Request>> {
    let epoch = person_read::epoch(db).await?;
    let list = number_list(rows);
    let found: Vec<Row> = sqlx::query_as(
        "SELECT r.pk, r.id, p.id, p.name, p.title, r.question, r.details, r.status, r.visibility,
             r.context_title, r.context_url, r.created, r.updated, r.version, r.answer_count
         FROM json_each(?) j JOIN request r ON r.pk = j.value LEFT JOIN person p ON p.pk = r.asker",
    )
    .bind(&list)
    .fetch_all(&mut *db)
    .await?;
    let mut requests: HashMap<i64, Request> = HashMap::with_capacity(found.len());
    for row in found {
        let pk = row.0;
        if let Some(request) = request(row, epoch, viewer) {
            requests.insert(pk, request);
        }
    }
    add_skills(db, &list, &mut requests).await?;
    add_asked(db, &list, &mut requests).await?;
    if thread {
        add_answers(db, &list, &mut requests).await?;
        add_thanks(db, &list, viewer, &mut requests).await?;
    }
    Ok(rows.iter().filter_map(|pk| requests.remove(pk)).collect())
}

fn request(row: Row, epoch: i64, viewer: i64) -> Option<Request> {
    let (
        pk,
        id,
        asker,
        name,
        title,
        question,
        details,
        status,
        visibility,
        context_title,
        context_url,
        created,
        updated,
        version,
        answers,
    ) = row;
    let asker = match (asker, name, title) {
        (Some(id), Some(name), Some(title)) => reference(id, name, title),
        _ => None,
    };
    Some(Request {
        id: RequestId::new(id).ok()?,
        question,
        details,
        skills: Vec::new(),
        asker,
        asked: Vec::new(),
        status: status_from(&status),
        visibility: if visibility == "private" {
            Visibility::Private
        } else {
            Visibility::Open
        },
        context: context_title.map(|title| PageContext {
            title,
            url: context_url.as_deref().and_then(SafeUrl::new),
        }),
        created: Some(Timestamp::from_millis(created)),
        updated: Some(Timestamp::from_millis(updated)),
        answer_count: count(answers),
        answers: Vec::new(),
        thanks: Vec::new(),
        url: None,
        etag: Some(etag(pk, version, epoch, viewer)),
    })
}

/// The entity tag of a request as one viewer sees it: whatever can be seen in it changes with
/// its own version or with the epoch of people's names.
fn etag(pk: i64, version: i64, epoch: i64, viewer: i64) -> String {
    let hash = Sha256::digest(format!("request 1 {pk} {version} {epoch} {viewer}"));
    format!(
        "\"{}\"",
        base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(&hash[..15])
    )
}

fn reference(id: String, name: String, title: String) -> Option<PersonRef> {
    PersonId::new(id)
        .ok()
        .map(|id| PersonRef { id, name, title })
}

pub(crate) fn status_from(word: &str) -> RequestStatus {
    match word {
        "open" => RequestStatus::Open,
        "answered" => RequestStatus::Answered,
        "solved" => RequestStatus::Solved,
        "closed" => RequestStatus::Closed,
        _ => RequestStatus::Unknown,
    }
}

async fn add_skills(
    db: &mut SqliteConnection,
    list: &str,
    requests: &mut HashMap<i64, Request>,
) -> sqlx::Result<()> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT rs.request, s.name FROM json_each(?) j JOIN request_skill rs ON rs.request = j.value
         JOIN skill s ON s.pk = rs.skill ORDER BY rs.request, rs.position",
    )
    .bind(list)
    .fetch_all(db)
    .await?;
    for (pk, name) in rows {
        if let Some(request) = requests.get_mut(&pk) {
            request.skills.push(name);
        }
    }
    Ok(())
}

async fn add_asked(
    db: &mut SqliteConnection,
    list: &str,
    requests: &mut HashMap<i64, Request>,
) -> sqlx::Result<()> {
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(
        "SELECT a.request, p.id, p.name, p.title
         FROM json_each(?) j JOIN asked a ON a.request = j.value JOIN person p ON p.pk = a.person
         WHERE NOT EXISTS (SELECT 1 FROM pass x WHERE x.request = a.request AND x.person = a.person)
         ORDER BY a.request, a.position",
    )
    .bind(list)
    .fetch_all(db)
    .await?;
    for (pk, id, name, title) in rows {
        if let Some(request) = requests.get_mut(&pk) {
            request.asked.extend(reference(id, name, title));
        }
    }
    Ok(())
}

async fn add_answers(
    db: &mut SqliteConnection,
    list: &str,
    requests: &mut HashMap<i64, Request>,
) -> sqlx::Result<()> {
    type AnswerRow = (i64, String, String, String, String, String, i64, bool);
    let rows: Vec<AnswerRow> = sqlx::query_as(
        "SELECT a.request, a.id, p.id, p.name, p.title, a.text, a.created, a.accepted
         FROM json_each(?) j JOIN answer a ON a.request = j.value JOIN person p ON p.pk = a.author
         ORDER BY a.request, a.created, a.pk",
    )
    .bind(list)
    .fetch_all(db)
    .await?;
    for (pk, id, author, name, title, text, created, accepted) in rows {
        let (Some(request), Ok(id)) = (requests.get_mut(&pk), AnswerId::new(id)) else {
            continue;
        };
        if let Some(author) = reference(author, name, title) {
            let created = Some(Timestamp::from_millis(created));
            request.answers.push(Answer {
                id,
                author,
                text,
                created,
                accepted,
            });
        }
    }
    Ok(())
}

async fn add_thanks(
    db: &mut SqliteConnection,
    list: &str,
    viewer: i64,
    requests: &mut HashMap<i64, Request>,
) -> sqlx::Result<()> {
    type ThanksRow = (
        i64,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        i64,
    );
    let rows: Vec<ThanksRow> = sqlx::query_as(
        "SELECT t.request, f.id, f.name, f.title, o.id, o.name, o.title, coalesce(s.name, ''), t.note,
             t.created
         FROM json_each(?1) j JOIN thanks t ON t.request = j.value
         JOIN person f ON f.pk = t.sender JOIN person o ON o.pk = t.receiver
         LEFT JOIN skill s ON s.pk = t.skill
         WHERE t.sender = ?2 OR t.receiver = ?2 ORDER BY t.request, t.created, t.pk",
    )
    .bind(list)
    .bind(viewer)
    .fetch_all(db)
    .await?;
    for (pk, f_id, f_name, f_title, t_id, t_name, t_title, skill, note, created) in rows {
        let Some(request) = requests.get_mut(&pk) else {
            continue;
        };
        let (from, to) = (
            reference(f_id, f_name, f_title),
            reference(t_id, t_name, t_title),
        );
        if let (Some(from), Some(to)) = (from, to) {
            let created = Some(Timestamp::from_millis(created));
            request.thanks.push(Thanks {
                from,
                to,
                skill,
                note,
                created,
            });
        }
    }
    Ok(())
}
