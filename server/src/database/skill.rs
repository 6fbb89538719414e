//! Skills: one row for all spellings, listed with how many people can help.

use super::count;
use entraide::model::{Skill, skill_key};
use sqlx::SqliteConnection;

/// The row of the skill with this name in any spelling, made where it is new.
pub(crate) async fn skill_row(db: &mut SqliteConnection, name: &str) -> sqlx::Result<i64> {
    let key = skill_key(name);
    if let Some(pk) = sqlx::query_scalar("SELECT pk FROM skill WHERE key = ?")
        .bind(&key)
        .fetch_optional(&mut *db)
        .await?
    {
        return Ok(pk);
    }
    sqlx::query_scalar("INSERT INTO skill (key, name) VALUES (?, ?) RETURNING pk")
        .bind(key)
        .bind(name)
        .fetch_one(db)
        .await
}

/// Gives every skill the spelling that most people use; the one seen first wins a tie.
pub(crate) async fn choose_spellings(db: &mut SqliteConnection) -> sqlx::Result<()> {
    sqlx::query(
        "WITH tally AS (
             SELECT skill, spelling, row_number() OVER (
                 PARTITION BY skill ORDER BY count(*) DESC, min(seen)) AS place
             FROM person_skill GROUP BY skill, spelling)
         UPDATE skill SET name = tally.spelling FROM tally
         WHERE tally.skill = skill.pk AND tally.place = 1 AND skill.name <> tally.spelling",
    )
    .execute(db)
    .await
    .map(|_| ())
}

/// Skills that somebody can help with, in the order of their keys, after `after`.
/// Gives each with its key, which is where the next page begins.
pub(crate) async fn list(
    db: &mut SqliteConnection,
    after: Option<&str>,
    limit: u32,
) -> sqlx::Result<Vec<(String, Skill)>> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT s.key, s.name, (SELECT count(*) FROM can_help c WHERE c.skill = s.pk) AS people
         FROM skill s WHERE s.key > ?1
           AND (EXISTS (SELECT 1 FROM person_skill x WHERE x.skill = s.pk)
             OR EXISTS (SELECT 1 FROM evidence e WHERE e.skill = s.pk AND e.accepted + e.thanks > 0))
         ORDER BY s.key LIMIT ?2",
    )
    .bind(after.unwrap_or(""))
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(key, name, n)| {
            (
                key,
                Skill {
                    name,
                    people: count(n),
                },
            )
        })
        .collect())
}

/// How many skills somebody can help with.
pub(crate) async fn total(db: &mut SqliteConnection) -> sqlx::Result<u64> {
    let n: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM skill s
         WHERE EXISTS (SELECT 1 FROM person_skill x WHERE x.skill = s.pk)
            OR EXISTS (SELECT 1 FROM evidence e WHERE e.skill = s.pk AND e.accepted + e.thanks > 0)",
    )
    .fetch_one(db)
    .await?;
    Ok(n.unsigned_abs())
}
