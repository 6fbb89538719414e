//! What changed, in the order in which it was committed, for server-sent events.

use super::request_read::readable;
use entraide::model::Timestamp;
use sqlx::SqliteConnection;

/// How long a client may be away and still resume: a week.
const KEPT_MS: i64 = 7 * 86_400_000;

/// A change of a request, with who may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its place in the order.
    pub(crate) id: i64,
    /// The request's id.
    pub(crate) request: String,
    /// Rows of those who may read it, or `None` for everybody.
    pub(crate) readers: Option<Vec<i64>>,
}

/// The changes after `after`, oldest first, 500 at most.
pub(crate) async fn since(db: &mut SqliteConnection, after: i64) -> sqlx::Result<Vec<Change>> {
    let rows: Vec<(i64, String, bool, String)> = sqlx::query_as(
        "SELECT e.id, r.id, r.visibility = 'private', (SELECT json_group_array(x.person) FROM (
             SELECT person FROM asked WHERE request = r.pk UNION SELECT r.asker WHERE r.asker IS NOT NULL) x)
         FROM event e JOIN request r ON r.pk = e.request WHERE e.id > ? ORDER BY e.id LIMIT 500",
    )
    .bind(after)
    .fetch_all(db)
    .await?;
    let change = |(id, request, private, readers): (i64, String, bool, String)| Change {
        id,
        request,
        readers: private.then(|| serde_json::from_str(&readers).unwrap_or_default()),
    };
    Ok(rows.into_iter().map(change).collect())
}

/// The last change of each request that the viewer may read, after `after`, oldest first.
pub(crate) async fn missed(
    db: &mut SqliteConnection,
    viewer: i64,
    after: i64,
) -> sqlx::Result<Vec<(i64, String)>> {
    sqlx::query_as(concat!(
        "SELECT max(e.id), r.id FROM event e JOIN request r ON r.pk = e.request
         WHERE e.id > ?2 AND ",
        readable!(),
        " GROUP BY r.pk ORDER BY 1"
    ))
    .bind(viewer)
    .bind(after)
    .fetch_all(db)
    .await
}

/// The last id ever given, and the first from which nothing was forgotten.
pub(crate) async fn bounds(db: &mut SqliteConnection) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "SELECT last, coalesce((SELECT min(id) - 1 FROM event), last)
         FROM (SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0) AS last)",
    )
    .fetch_one(db)
    .await
}

/// Forgets changes older than a week.
pub(crate) async fn prune(db: &mut SqliteConnection, now: Timestamp) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM event WHERE created < ?")
        .bind(now.plus_millis(-KEPT_MS).millis())
        .execute(db)
        .await
        .map(|_| ())
}
