//! Why a database cannot be opened, in words for the person who started the server.

use std::path::{Path, PathBuf};

/// Each says what is wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder that should hold the file is missing.
    #[error(
        "the folder {0:?} for the database does not exist; create it, or name another file with --db"
    )]
    NoFolder(PathBuf),
    /// A folder was named instead of a file.
    #[error("{0:?} is a folder; name a file in it with --db, such as {example:?}", example = .0.join("entraide.db"))]
    Folder(PathBuf),
    /// The file is there and is something else.
    #[error("{0:?} is not a SQLite database; name another file with --db, or move this one away")]
    NotADatabase(PathBuf),
    /// A sound database without our tables.
    #[error(
        "{0:?} is the database of another program and stays untouched; name another file with --db"
    )]
    Foreign(PathBuf),
    /// The file system says no.
    #[error(
        "the database {0:?} cannot be opened for writing; check the permissions of the file and its folder, or name another file with --db"
    )]
    Permission(PathBuf),
    /// Written by a later version of this program.
    #[error(
        "the database {0:?} was written by a newer version of entraide-server; use that version, or name another file with --db"
    )]
    Newer(PathBuf),
    /// The recorded schema is not the one that this version knows.
    #[error(
        "the schema of the database {0:?} was changed outside entraide-server; restore it from a backup, or name another file with --db"
    )]
    Altered(PathBuf),
    /// Another process holds it for longer than ten seconds.
    #[error("the database {0:?} is locked by another process; stop that one and start again")]
    Locked(PathBuf),
    /// Anything else, in SQLite's words.
    #[error(
        "the database {0:?} cannot be used: {1}; restore it from a backup, or name another file with --db"
    )]
    Other(PathBuf, String),
}

impl OpenError {
    /// Sorts SQLite's result codes (sqlite.org/rescode.html) into what a person can do.
    pub(crate) fn from_sqlx(path: &Path, error: sqlx::Error) -> Self {
        let path = path.to_owned();
        let code = match &error {
            sqlx::Error::Database(e) => e
                .code()
                .and_then(|c| c.parse::<u32>().ok())
                .map(|c| c & 0xFF),
            _ => None,
        };
        match code {
            Some(26) => Self::NotADatabase(path),
            // PERM, READONLY, CANTOPEN
            Some(3 | 8 | 14) => Self::Permission(path),
            // BUSY, LOCKED
            Some(5 | 6) => Self::Locked(path),
            _ => Self::Other(path, error.to_string()),
        }
    }
}
