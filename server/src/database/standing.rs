//! How a person stands to a request: the facts that permissions are decided on.

use sqlx::SqliteConnection;

/// A request and one person's part in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    /// The request's row.
    pub request: i64,
    /// Only the asker and those asked may read it.
    pub private: bool,
    /// `open`, `answered`, `solved` or `closed`.
    pub status: String,
    /// They asked it.
    pub is_asker: bool,
    /// They were asked by name, even if they passed since.
    pub was_asked: bool,
    /// They passed on it.
    pub has_passed: bool,
    /// It is about a skill of theirs, declared or shown.
    pub has_skill: bool,
}

/// How `person` stands to the request with this id, or `None` where there is no such request.
pub(crate) async fn standing(
    db: &mut SqliteConnection,
    request: &str,
    person: i64,
) -> sqlx::Result<Option<Standing>> {
    let row: Option<(i64, bool, String, bool, bool, bool, bool)> = sqlx::query_as(
        "SELECT r.pk, r.visibility = 'private', r.status, r.asker IS ?2,
             EXISTS (SELECT 1 FROM asked a WHERE a.request = r.pk AND a.person = ?2),
             EXISTS (SELECT 1 FROM pass p WHERE p.request = r.pk AND p.person = ?2),
             EXISTS (SELECT 1 FROM request_skill rs JOIN can_help c ON c.skill = rs.skill
                 WHERE rs.request = r.pk AND c.person = ?2)
         FROM request r WHERE r.id = ?1",
    )
    .bind(request)
    .bind(person)
    .fetch_optional(db)
    .await?;
    Ok(row.map(
        |(request, private, status, is_asker, was_asked, has_passed, has_skill)| Standing {
            request,
            private,
            status,
            is_asker,
            was_asked,
            has_passed,
            has_skill,
        },
    ))
}
