//! Full text search: what goes into the index, and how typed words become a query.
//!
//! Both sides are folded by [`skill_key`], which knows letters that SQLite's `unicode61` does
//! not fold (ø, ł, ß, œ). Typed text reaches FTS5 only as quoted strings (sqlite.org/fts5.html,
//! section 3.1), so no operator, column filter or stray quote in it can mean anything.

use entraide::model::skill_key;
use sqlx::SqliteConnection;

/// More words than this narrow nothing any more.
const MAX_WORDS: usize = 16;
/// Longer words are cut: the index holds no longer ones worth finding.
const MAX_WORD_CHARS: usize = 48;

/// The words of a text as the index sees them: folded, in order, each once.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // A bound on the work: nothing longer is a search.
    let head: String = text.chars().take(2_000).collect();
    for word in skill_key(&head).split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '#')) {
        let word: String = word.chars().take(MAX_WORD_CHARS).collect();
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
        if words.len() == MAX_WORDS {
            break;
        }
    }
    words
}

/// All words must begin a word of the row (`" AND "`), or any (`" OR "`).
pub(crate) fn match_words(words: &[String], joined_by: &str) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|w| format!("\"{}\"*", w.replace('"', "\"\"")))
        .collect();
    quoted.join(joined_by)
}

/// Writes one person's row of the index anew.
pub(crate) async fn index_person(db: &mut SqliteConnection, person: i64) -> sqlx::Result<()> {
    let row: Option<(String, String, String, String, String)> = sqlx::query_as(
        "SELECT p.name, p.title, p.team, p.place, coalesce((
             SELECT group_concat(s.name || ' ' || coalesce(ps.spelling, ''), ' | ')
             FROM can_help c JOIN skill s ON s.pk = c.skill
             LEFT JOIN person_skill ps ON ps.person = c.person AND ps.skill = c.skill
             WHERE c.person = p.pk), '')
         FROM person p WHERE p.pk = ?",
    )
    .bind(person)
    .fetch_optional(&mut *db)
    .await?;
    sqlx::query("DELETE FROM person_text WHERE rowid = ?")
        .bind(person)
        .execute(&mut *db)
        .await?;
    if let Some((name, title, team, place, skills)) = row {
        sqlx::query(
            "INSERT INTO person_text (rowid, name, title, team, place, skills) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(person)
        .bind(skill_key(&name))
        .bind(skill_key(&title))
        .bind(skill_key(&team))
        .bind(skill_key(&place))
        .bind(skill_key(&skills))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Writes one request's row of the index anew. Private requests are never in it.
pub(crate) async fn index_request(db: &mut SqliteConnection, request: i64) -> sqlx::Result<()> {
    let row: Option<(String, String, String, String)> = sqlx::query_as(
        "SELECT r.question, r.details,
             coalesce((SELECT group_concat(s.name, ' | ') FROM request_skill rs
                 JOIN skill s ON s.pk = rs.skill WHERE rs.request = r.pk), ''),
             coalesce((SELECT group_concat(a.text, ' | ') FROM answer a WHERE a.request = r.pk), '')
         FROM request r WHERE r.pk = ? AND r.visibility = 'open'",
    )
    .bind(request)
    .fetch_optional(&mut *db)
    .await?;
    sqlx::query("DELETE FROM request_text WHERE rowid = ?")
        .bind(request)
        .execute(&mut *db)
        .await?;
    if let Some((question, details, skills, answers)) = row {
        sqlx::query(
            "INSERT INTO request_text (rowid, question, details, skills, answers) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(request)
        .bind(skill_key(&question))
        .bind(skill_key(&details))
        .bind(skill_key(&skills))
        .bind(skill_key(&answers))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_text_is_only_words() {
        assert_eq!(
            words("Éxcel, C++ ou C#? excel"),
            ["excel", "c++", "ou", "c#"]
        );
        assert_eq!(
            match_words(&words("a\" OR name:b* NEAR("), " AND "),
            "\"a\"* AND \"or\"* AND \"name\"* AND \"b\"* AND \"near\"*"
        );
        assert!(words("  \"'();--  ").is_empty());
    }
}
