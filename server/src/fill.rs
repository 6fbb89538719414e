//! Fills a database from what was read elsewhere: an import file, or the demo company.

use crate::app::system_time;
use crate::database::person_write::{ImportOutcome, import_people};
use crate::database::request_seed::{SeedError, insert_requests};
use crate::database::{Database, person_read};
use entraide::model::{Person, Request};
use std::path::PathBuf;

/// Why a database cannot be filled. Whatever the reason, it is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// It holds other people.
    #[error("the database {0:?} holds people who are not the demo's; name a new file with --db")]
    NotEmpty(PathBuf),
    /// The requests do not fit the people.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// As the database has it.
    #[error("nothing was changed, since the database failed: {0}; try again")]
    Database(#[from] sqlx::Error),
}

/// Writes the people of an import in one transaction; with `dry_run` only says what it would do.
///
/// # Errors
/// As the database has them; nothing is changed then.
pub async fn import(
    db: &Database,
    people: &[Person],
    dry_run: bool,
) -> Result<ImportOutcome, FillError> {
    let mut tx = db.write().await?;
    let outcome = import_people(&mut tx, people).await?;
    if dry_run {
        tx.rollback().await?;
    } else {
        tx.commit().await?;
    }
    Ok(outcome)
}

/// Writes the demo company into an empty database, in one transaction. One that holds the demo
/// already is left as it is; gives how many people and requests were written.
///
/// # Errors
/// [`FillError::NotEmpty`] where other people are in it; the others as they say.
pub async fn demo(
    db: &Database,
    path: &std::path::Path,
    people: &[Person],
    requests: &[Request],
) -> Result<(usize, usize), FillError> {
    let mut tx = db.write().await?;
    let is_demo: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'demo')")
        .fetch_one(&mut *tx)
        .await?;
    if is_demo {
        return Ok((0, 0));
    }
    if person_read::total(&mut tx).await? > 0 {
        return Err(FillError::NotEmpty(path.to_owned()));
    }
    let outcome = import_people(&mut tx, people).await?;
    let written = insert_requests(&mut tx, requests, system_time()).await?;
    sqlx::query("INSERT INTO meta (key, value) VALUES ('demo', '1')")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok((outcome.added, written))
}
