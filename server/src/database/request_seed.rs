//! Writing whole requests that happened elsewhere: the past of the demo company.

use super::person_read::row_of;
use super::skill::skill_row;
use super::text_index::{index_person, index_request};
use entraide::model::{PersonId, Request, RequestStatus, Timestamp, Visibility};
use sqlx::SqliteConnection;

/// Why requests cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// A request names a person who is not in the database.
    #[error(
        "the request {request} names the person {person}, who is not in the database; import people first"
    )]
    UnknownPerson {
        /// The request's id.
        request: String,
        /// The person's id.
        person: String,
    },
    /// As the database has it.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
}

/// Writes requests with their answers, thanks and moments, and gives how many were new. One
/// whose id is there already is left as it is. Leaves no events: nothing happens now.
///
/// # Errors
/// [`SeedError`] where a person is unknown, or as the database has them.
pub async fn insert_requests(
    db: &mut SqliteConnection,
    requests: &[Request],
    now: Timestamp,
) -> Result<usize, SeedError> {
    let mut written = 0;
    for request in requests {
        if insert(db, request, now).await? {
            written += 1;
        }
    }
    Ok(written)
}

async fn person(
    db: &mut SqliteConnection,
    request: &Request,
    id: &PersonId,
) -> Result<i64, SeedError> {
    row_of(db, id.as_str())
        .await?
        .ok_or_else(|| SeedError::UnknownPerson {
            request: request.id.to_string(),
            person: id.to_string(),
        })
}

async fn insert(
    db: &mut SqliteConnection,
    request: &Request,
    now: Timestamp,
) -> Result<bool, SeedError> {
    let created = request.created.unwrap_or(now);
    let asker = match &request.asker {
        Some(asker) => Some(person(db, request, &asker.id).await?),
        None => None,
    };
    let visibility = if request.visibility == Visibility::Private {
        "private"
    } else {
        "open"
    };
    let pk: Option<i64> = sqlx::query_scalar(
        "INSERT INTO request (id, asker, question, details, status, visibility, context_title,
             context_url, created, updated)
         VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING pk",
    )
    .bind(request.id.as_str())
    .bind(asker)
    .bind(&request.question)
    .bind(&request.details)
    .bind(visibility)
    .bind(request.context.as_ref().map(|c| c.title.clone()))
    .bind(
        request
            .context
            .as_ref()
            .and_then(|c| c.url.as_ref())
            .map(|u| u.as_str().to_owned()),
    )
    .bind(created.millis())
    .bind(request.updated.unwrap_or(created).millis())
    .fetch_optional(&mut *db)
    .await?;
    let Some(pk) = pk else { return Ok(false) };
    for (position, name) in (0_i64..).zip(&request.skills) {
        let skill = skill_row(db, name).await?;
        sqlx::query(
            "INSERT INTO request_skill (request, skill, position) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(pk)
        .bind(skill)
        .bind(position)
        .execute(&mut *db)
        .await?;
    }
    for (position, asked) in (0_i64..).zip(&request.asked) {
        let asked = person(db, request, &asked.id).await?;
        sqlx::query(
            "INSERT INTO asked (request, person, position, created) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(pk)
        .bind(asked)
        .bind(position)
        .bind(created.millis())
        .execute(&mut *db)
        .await?;
    }
    insert_thread(db, request, pk, created).await?;
    // Last, since the end of a request settles what waits in it.
    let status = match request.status {
        RequestStatus::Open | RequestStatus::Unknown => "open",
        RequestStatus::Answered => "answered",
        RequestStatus::Solved => "solved",
        RequestStatus::Closed => "closed",
    };
    sqlx::query("UPDATE request SET status = ? WHERE pk = ?")
        .bind(status)
        .bind(pk)
        .execute(&mut *db)
        .await?;
    index_request(db, pk).await?;
    Ok(true)
}

async fn insert_thread(
    db: &mut SqliteConnection,
    request: &Request,
    pk: i64,
    created: Timestamp,
) -> Result<(), SeedError> {
    for answer in &request.answers {
        let author = person(db, request, &answer.author.id).await?;
        let row: i64 = sqlx::query_scalar(
            "INSERT INTO answer (id, request, author, text, created) VALUES (?, ?, ?, ?, ?) RETURNING pk",
        )
        .bind(answer.id.as_str())
        .bind(pk)
        .bind(author)
        .bind(&answer.text)
        .bind(answer.created.unwrap_or(created).millis())
        .fetch_one(&mut *db)
        .await?;
        if answer.accepted {
            sqlx::query("UPDATE answer SET accepted = 1 WHERE pk = ?")
                .bind(row)
                .execute(&mut *db)
                .await?;
            index_person(db, author).await?;
        }
    }
    for thanks in &request.thanks {
        let from = person(db, request, &thanks.from.id).await?;
        let to = person(db, request, &thanks.to.id).await?;
        let skill = match thanks.skill.as_str() {
            "" => None,
            name => Some(skill_row(db, name).await?),
        };
        sqlx::query(
            "INSERT INTO thanks (request, sender, receiver, skill, note, created)
             VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(pk)
        .bind(from)
        .bind(to)
        .bind(skill)
        .bind(&thanks.note)
        .bind(thanks.created.unwrap_or(created).millis())
        .execute(&mut *db)
        .await?;
        index_person(db, to).await?;
    }
    Ok(())
}
