//! Finding people by typed words and by skill, team and place.

use super::text_index::{match_words, words};
use entraide::model::skill_key;
use sqlx::SqliteConnection;

/// What is looked for; an empty field narrows nothing.
#[derive(Debug, Default)]
pub(crate) struct Wanted<'a> {
    /// Words as typed, each the beginning of a word in name, title, team, place or skills.
    pub(crate) text: &'a str,
    /// A skill in any spelling.
    pub(crate) skill: &'a str,
    /// A team, without case and accents.
    pub(crate) team: &'a str,
    /// A place, without case and accents.
    pub(crate) place: &'a str,
}

/// Rows of the people found, best first, and how many there are in all. All words must match;
/// where nobody has all, those who have any.
pub(crate) async fn search(
    db: &mut SqliteConnection,
    wanted: &Wanted<'_>,
    limit: u32,
) -> sqlx::Result<(Vec<i64>, u64)> {
    let words = words(wanted.text);
    if words.is_empty() {
        if !wanted.text.trim().is_empty() {
            return Ok((Vec::new(), 0));
        }
        return filtered(db, wanted, limit).await;
    }
    let all = matching(db, &match_words(&words, " AND "), wanted, limit).await?;
    if all.1 > 0 || words.len() == 1 {
        return Ok(all);
    }
    matching(db, &match_words(&words, " OR "), wanted, limit).await
}

macro_rules! filters {
    () => {
        "(?2 = '' OR EXISTS (SELECT 1 FROM can_help c JOIN skill s ON s.pk = c.skill
             WHERE c.person = p.pk AND s.key = ?2))
         AND (?3 = '' OR p.team_key = ?3) AND (?4 = '' OR p.place_key = ?4)"
    };
}

async fn matching(
    db: &mut SqliteConnection,
    expression: &str,
    wanted: &Wanted<'_>,
    limit: u32,
) -> sqlx::Result<(Vec<i64>, u64)> {
    // bm25 weighs a hit in the name most, then in the skills (sqlite.org/fts5.html, 5.1.1). It
    // must be computed before the window function sees the rows.
    let rows: Vec<(i64, i64)> = sqlx::query_as(concat!(
        "WITH hit AS MATERIALIZED (
             SELECT rowid AS pk, bm25(person_text, 10.0, 4.0, 2.0, 2.0, 6.0) AS distance
             FROM person_text WHERE person_text MATCH ?1)
         SELECT p.pk, count(*) OVER () FROM hit JOIN person p ON p.pk = hit.pk WHERE ",
        filters!(),
        " ORDER BY hit.distance, p.sort_key, p.pk LIMIT ?5"
    ))
    .bind(expression)
    .bind(skill_key(wanted.skill))
    .bind(skill_key(wanted.team))
    .bind(skill_key(wanted.place))
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(split(rows))
}

async fn filtered(
    db: &mut SqliteConnection,
    wanted: &Wanted<'_>,
    limit: u32,
) -> sqlx::Result<(Vec<i64>, u64)> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(concat!(
        "SELECT p.pk, count(*) OVER () FROM person p WHERE ?1 = '' AND ",
        filters!(),
        " ORDER BY p.sort_key, p.pk LIMIT ?5"
    ))
    .bind("")
    .bind(skill_key(wanted.skill))
    .bind(skill_key(wanted.team))
    .bind(skill_key(wanted.place))
    .bind(limit)
    .fetch_all(db)
    .await?;
    Ok(split(rows))
}

fn split(rows: Vec<(i64, i64)>) -> (Vec<i64>, u64) {
    let total = rows.first().map_or(0, |(_, total)| total.unsigned_abs());
    (rows.into_iter().map(|(pk, _)| pk).collect(), total)
}
