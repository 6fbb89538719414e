//! Writing requests: what may be done is decided before; here it is done.
//!
//! Every change that others can see raises the request's version and leaves an event.

use super::skill::skill_row;
use super::text_index::{index_person, index_request};
use entraide::model::{PageContext, PassReason, Timestamp, Visibility};
use sqlx::SqliteConnection;

/// A request that was checked and may be posted.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    /// Row of who asks.
    pub(crate) asker: i64,
    /// The question in one line.
    pub(crate) question: &'a str,
    /// What else one should know.
    pub(crate) details: &'a str,
    /// Names of skills, each once.
    pub(crate) skills: &'a [String],
    /// Rows of those asked by name, each once.
    pub(crate) to: &'a [i64],
    /// Who may read it.
    pub(crate) visibility: Visibility,
    /// The page on which it arose.
    pub(crate) context: Option<&'a PageContext>,
}

/// Posts a request and gives its row.
pub(crate) async fn create(
    db: &mut SqliteConnection,
    draft: &Draft<'_>,
    now: Timestamp,
) -> sqlx::Result<i64> {
    let visibility = match draft.visibility {
        Visibility::Open => "open",
        Visibility::Private => "private",
    };
    // SQLite's generator is seeded by the system; 80 bits are beyond guessing and collision.
    let pk: i64 = sqlx::query_scalar(
        "INSERT INTO request (id, asker, question, details, status, visibility, context_title,
             context_url, created, updated)
         VALUES ('q-' || lower(hex(randomblob(10))), ?1, ?2, ?3, 'open', ?4, ?5, ?6, ?7, ?7)
         RETURNING pk",
    )
    .bind(draft.asker)
    .bind(draft.question)
    .bind(draft.details)
    .bind(visibility)
    .bind(draft.context.map(|c| c.title.clone()))
    .bind(
        draft
            .context
            .and_then(|c| c.url.as_ref())
            .map(|u| u.as_str().to_owned()),
    )
    .bind(now.millis())
    .fetch_one(&mut *db)
    .await?;
    for (position, name) in (0_i64..).zip(draft.skills) {
        let skill = skill_row(db, name).await?;
        sqlx::query("INSERT INTO request_skill (request, skill, position) VALUES (?, ?, ?)")
            .bind(pk)
            .bind(skill)
            .bind(position)
            .execute(&mut *db)
            .await?;
    }
    for person in draft.to {
        ask(db, pk, *person, now).await?;
    }
    index_request(db, pk).await?;
    leave_event(db, pk, now).await?;
    Ok(pk)
}

/// Puts the request to one more person; asking somebody twice is asking once.
async fn ask(
    db: &mut SqliteConnection,
    request: i64,
    person: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO asked (request, person, position, created, waiting)
         VALUES (?1, ?2, (SELECT count(*) FROM asked WHERE request = ?1), ?3,
             NOT EXISTS (SELECT 1 FROM answer WHERE request = ?1 AND author = ?2))
         ON CONFLICT (request, person) DO NOTHING",
    )
    .bind(request)
    .bind(person)
    .bind(now.millis())
    .execute(db)
    .await
    .map(|_| ())
}

/// Adds an answer. The first one by somebody else than the asker makes the request `answered`.
pub(crate) async fn answer(
    db: &mut SqliteConnection,
    request: i64,
    author: i64,
    text: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO answer (id, request, author, text, created)
         VALUES ('a-' || lower(hex(randomblob(10))), ?, ?, ?, ?)",
    )
    .bind(request)
    .bind(author)
    .bind(text)
    .bind(now.millis())
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "UPDATE request SET status = 'answered' WHERE pk = ?1 AND status = 'open' AND asker IS NOT ?2",
    )
    .bind(request)
    .bind(author)
    .execute(&mut *db)
    .await?;
    index_request(db, request).await?;
    touch(db, request, now).await
}

/// The row and author of the answer with this id in the request.
pub(crate) async fn find_answer(
    db: &mut SqliteConnection,
    request: i64,
    answer: &str,
) -> sqlx::Result<Option<(i64, i64)>> {
    sqlx::query_as("SELECT pk, author FROM answer WHERE request = ? AND id = ?")
        .bind(request)
        .bind(answer)
        .fetch_optional(db)
        .await
}

/// Marks the answer as the one that solved the request, in place of any other.
pub(crate) async fn accept(
    db: &mut SqliteConnection,
    request: i64,
    answer: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    let before: Option<(i64, i64)> =
        sqlx::query_as("SELECT pk, author FROM answer WHERE request = ? AND accepted = 1")
            .bind(request)
            .fetch_optional(&mut *db)
            .await?;
    if before.is_some_and(|(pk, _)| pk == answer) {
        return Ok(());
    }
    if let Some((pk, author)) = before {
        sqlx::query("UPDATE answer SET accepted = 0 WHERE pk = ?")
            .bind(pk)
            .execute(&mut *db)
            .await?;
        index_person(db, author).await?;
    }
    let author: i64 =
        sqlx::query_scalar("UPDATE answer SET accepted = 1 WHERE pk = ? RETURNING author")
            .bind(answer)
            .fetch_one(&mut *db)
            .await?;
    set_status(db, request, "solved").await?;
    index_person(db, author).await?;
    touch(db, request, now).await
}

/// Whether this person answered, or named somebody who knows.
pub(crate) async fn has_helped(
    db: &mut SqliteConnection,
    request: i64,
    person: i64,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM answer WHERE request = ?1 AND author = ?2)
             OR EXISTS (SELECT 1 FROM pass WHERE request = ?1 AND person = ?2 AND named IS NOT NULL)",
    )
    .bind(request)
    .bind(person)
    .fetch_one(db)
    .await
}

/// Thanks somebody; `false` where the same thanks were given before.
pub(crate) async fn thank(
    db: &mut SqliteConnection,
    request: i64,
    from: i64,
    to: i64,
    skill: &str,
    note: &str,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let skill = if skill.is_empty() {
        None
    } else {
        Some(skill_row(db, skill).await?)
    };
    let done = sqlx::query(
        "INSERT INTO thanks (request, sender, receiver, skill, note, created)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(request)
    .bind(from)
    .bind(to)
    .bind(skill)
    .bind(note)
    .bind(now.millis())
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    index_person(db, to).await?;
    touch(db, request, now).await?;
    Ok(true)
}

/// Notes that a person passed, and asks the one they named. Others see a change only where the
/// list of those asked changed; the reason is never shown.
pub(crate) async fn pass(
    db: &mut SqliteConnection,
    request: i64,
    person: i64,
    reason: PassReason,
    named: Option<i64>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let before = asked_now(db, request).await?;
    let reason = match reason {
        PassReason::NotNow => "not_now",
        PassReason::NotMyArea => "not_my_area",
        PassReason::KnowWho => "know_who",
    };
    sqlx::query(
        "INSERT INTO pass (request, person, reason, named, created) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (request, person)
             DO UPDATE SET reason = excluded.reason, named = coalesce(excluded.named, named)",
    )
    .bind(request)
    .bind(person)
    .bind(reason)
    .bind(named)
    .bind(now.millis())
    .execute(&mut *db)
    .await?;
    if let Some(named) = named {
        ask(db, request, named, now).await?;
    }
    if asked_now(db, request).await? != before {
        touch(db, request, now).await?;
    }
    Ok(())
}

async fn asked_now(db: &mut SqliteConnection, request: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar(
        "SELECT person FROM asked a WHERE request = ? AND NOT EXISTS (
             SELECT 1 FROM pass p WHERE p.request = a.request AND p.person = a.person)
         ORDER BY person",
    )
    .bind(request)
    .fetch_all(db)
    .await
}

/// Whether this person has passed on the request.
pub(crate) async fn has_passed(
    db: &mut SqliteConnection,
    request: i64,
    person: i64,
) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pass WHERE request = ? AND person = ?)")
        .bind(request)
        .bind(person)
        .fetch_one(db)
        .await
}

/// Whether this person asked it.
pub(crate) async fn is_asker(
    db: &mut SqliteConnection,
    request: i64,
    person: i64,
) -> sqlx::Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM request WHERE pk = ? AND asker = ?)")
        .bind(request)
        .bind(person)
        .fetch_one(db)
        .await
}

/// Closes the request without a solution; closing it again changes nothing.
pub(crate) async fn close(
    db: &mut SqliteConnection,
    request: i64,
    now: Timestamp,
) -> sqlx::Result<()> {
    if set_status(db, request, "closed").await? {
        touch(db, request, now).await?;
    }
    Ok(())
}

async fn set_status(
    db: &mut SqliteConnection,
    request: i64,
    status: &'static str,
) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE request SET status = ?2 WHERE pk = ?1 AND status <> ?2")
        .bind(request)
        .bind(status)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// A new version, for everybody who looks.
async fn touch(db: &mut SqliteConnection, request: i64, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE request SET version = version + 1, updated = max(updated, ?2) WHERE pk = ?1",
    )
    .bind(request)
    .bind(now.millis())
    .execute(&mut *db)
    .await?;
    leave_event(db, request, now).await
}

async fn leave_event(db: &mut SqliteConnection, request: i64, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO event (request, created) VALUES (?, ?)")
        .bind(request)
        .bind(now.millis())
        .execute(db)
        .await
        .map(|_| ())
}
