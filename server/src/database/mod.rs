//! The database: SQLite in WAL mode, one writer and several readers.
//!
//! SQLite lets one connection write at a time, so writes queue for a single connection here
//! instead of failing there; reads run beside them on connections that cannot write. Every
//! statement is a fixed string with parameters, which sqlx 0.9 asks for by type.

pub mod event;
pub mod idempotency;
mod open_error;
pub mod person_read;
pub mod person_search;
pub mod person_write;
pub mod request_read;
pub mod request_seed;
pub mod request_similar;
pub mod request_write;
pub mod skill;
pub mod standing;
mod text_index;

pub use open_error::OpenError;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Sqlite, Transaction};
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// Readers at a time; more would only wait for the same two or four cores.
const READERS: u32 = 6;
/// How long a caller waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open database, at the newest schema. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Database {
    read: SqlitePool,
    write: SqlitePool,
}

impl Database {
    /// Opens the file, creates it where it is missing, and brings its schema up to date.
    ///
    /// # Errors
    /// [`OpenError`], each with what a person can do: a missing folder, no permission, a file
    /// that is no database or another program's, or a schema from a newer version.
    pub async fn open(path: &Path) -> Result<Self, OpenError> {
        if path.is_dir() {
            return Err(OpenError::Folder(path.to_owned()));
        }
        match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
                return Err(OpenError::NoFolder(folder.to_owned()));
            }
            _ => {}
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(200);
        let writer = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(writer)
            .await
            .map_err(|e| OpenError::from_sqlx(path, e))?;
        refuse_foreign(&write, path).await?;
        migrations().run(&write).await.map_err(|e| match e {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                OpenError::Newer(path.to_owned())
            }
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => {
                OpenError::Altered(path.to_owned())
            }
            MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => {
                OpenError::from_sqlx(path, e)
            }
            other => OpenError::Other(path.to_owned(), other.to_string()),
        })?;
        let read = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(|e| OpenError::from_sqlx(path, e))?;
        Ok(Self { read, write })
    }

    /// A snapshot to read from: all statements in it see the same moment.
    ///
    /// # Errors
    /// When no connection comes free in ten seconds, or the file cannot be read any more.
    pub async fn read(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.read.begin().await
    }

    /// The one write transaction; others wait for it. Dropped without commit, it never was.
    ///
    /// # Errors
    /// As [`Database::read`], and when another process holds the file's write lock that long.
    pub async fn write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        self.write.begin_with("BEGIN IMMEDIATE").await
    }

    /// Ends all connections and folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

/// The schema's history, compiled in.
fn migrations() -> Migrator {
    let step = |version: i64, name: &'static str, sql: &'static str| {
        Migration::new(
            version,
            Cow::Borrowed(name),
            MigrationType::Simple,
            sqlx::SqlSafeStr::into_sql_str(sql),
            false,
        )
    };
    Migrator::with_migrations(vec![step(
        1,
        "people and requests",
        include_str!("../../migrations/0001_people_and_requests.sql"),
    )])
}

/// A database with tables but without our history belongs to another program.
async fn refuse_foreign(pool: &SqlitePool, path: &Path) -> Result<(), OpenError> {
    let (tables, ours): (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE name = '_sqlx_migrations') FROM sqlite_schema",
    )
    .fetch_one(pool)
    .await
    .map_err(|e| OpenError::from_sqlx(path, e))?;
    if tables > 0 && ours == 0 {
        return Err(OpenError::Foreign(path.to_owned()));
    }
    Ok(())
}

/// Row numbers as one parameter, for `IN (SELECT value FROM json_each(?))`.
pub(crate) fn number_list(numbers: &[i64]) -> String {
    let mut list = String::with_capacity(numbers.len() * 6 + 2);
    list.push('[');
    for (i, n) in numbers.iter().enumerate() {
        if i > 0 {
            list.push(',');
        }
        list.push_str(&n.to_string());
    }
    list.push(']');
    list
}

/// A count as the wire has it; counts in the database are never negative.
pub(crate) fn count(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}
