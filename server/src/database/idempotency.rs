//! Answers to writes, kept under their Idempotency-Key
//! (draft-ietf-httpapi-idempotency-key-header).
//!
//! The answer is stored in the transaction of the write itself: either both are there or
//! neither, whatever happens to the process.

use entraide::model::Timestamp;
use sqlx::SqliteConnection;

/// How long an answer is kept: two days, so that the promised one is kept in any time zone.
const KEPT_MS: i64 = 2 * 86_400_000;

/// A stored answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Hash of method, path and body of the first call.
    pub(crate) fingerprint: Vec<u8>,
    /// HTTP status.
    pub(crate) status: u16,
    /// `Location`, where one was given.
    pub(crate) location: Option<String>,
    /// `ETag`, where one was given.
    pub(crate) etag: Option<String>,
    /// The JSON that was answered.
    pub(crate) body: String,
}

/// What was answered to this person under this key.
pub(crate) async fn find(
    db: &mut SqliteConnection,
    person: i64,
    key: &str,
) -> sqlx::Result<Option<Stored>> {
    type Row = (Vec<u8>, u16, Option<String>, Option<String>, String);
    let row: Option<Row> = sqlx::query_as(
        "SELECT fingerprint, status, location, etag, body FROM idempotency WHERE person = ? AND key = ?",
    )
    .bind(person)
    .bind(key)
    .fetch_optional(db)
    .await?;
    Ok(
        row.map(|(fingerprint, status, location, etag, body)| Stored {
            fingerprint,
            status,
            location,
            etag,
            body,
        }),
    )
}

/// Keeps an answer.
pub(crate) async fn store(
    db: &mut SqliteConnection,
    person: i64,
    key: &str,
    answer: &Stored,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO idempotency (person, key, fingerprint, status, location, etag, body, created)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(person)
    .bind(key)
    .bind(&answer.fingerprint)
    .bind(answer.status)
    .bind(&answer.location)
    .bind(&answer.etag)
    .bind(&answer.body)
    .bind(now.millis())
    .execute(db)
    .await
    .map(|_| ())
}

/// Forgets answers older than two days.
pub(crate) async fn prune(db: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM idempotency WHERE created < ?")
        .bind(now.plus_millis(-KEPT_MS).millis())
        .execute(db)
        .await
        .map(|_| ())
}
