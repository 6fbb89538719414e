//! Answered requests that are like a question being typed.

use super::text_index::{match_words, words};
use entraide::model::skill_key;
use sqlx::SqliteConnection;

/// Candidates that are looked at closely.
const CANDIDATES: u32 = 60;
/// Share of the question's telling words that a request must hold to be called similar.
const ENOUGH: f32 = 0.4;

/// Function words of French, English and German, folded. They are in every question and would
/// make everything similar to everything.
const FUNCTION_WORDS: &str = " a an and any are as at be by can could das dans de dem den der des \
    die do does du ein eine einen elle en er es est et for from have how i ich il ils im in is ist \
    it je kann l la le les ma mein mes mit mon my n nicht not nous of on or ou par pas peut peux \
    pour qu que quel quelle qui s se sie sont sur the there this to un une und unsere von vous was \
    we welche what when where which who why wie with wo y you zu zum zur ";

/// Rows of open-visibility requests that somebody other than the asker answered and that share
/// enough telling words with `text`, best first (bm25, then age).
pub(crate) async fn similar(
    db: &mut SqliteConnection,
    text: &str,
    limit: u32,
) -> sqlx::Result<Vec<i64>> {
    let telling: Vec<String> = words(text)
        .into_iter()
        .filter(|w| !FUNCTION_WORDS.contains(&format!(" {w} ")))
        .map(|w| stem(&w))
        .collect();
    if telling.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT r.pk, t.question || ' ' || t.details || ' ' || t.skills || ' ' || t.answers
         FROM request_text t JOIN request r ON r.pk = t.rowid
         WHERE request_text MATCH ?1 AND r.visibility = 'open' AND EXISTS (
             SELECT 1 FROM answer a WHERE a.request = r.pk AND a.author IS NOT r.asker)
         ORDER BY bm25(request_text, 8.0, 2.0, 4.0, 1.0) - iif(r.status = 'solved', 0.5, 0.0),
             r.created DESC LIMIT ?2",
    )
    .bind(match_words(&telling, " OR "))
    .bind(CANDIDATES)
    .fetch_all(db)
    .await?;
    let enough = |held: &str| {
        let held = held.split(|c: char| !(c.is_alphanumeric() || c == '+' || c == '#'));
        let held: Vec<&str> = held.collect();
        let shared = telling
            .iter()
            .filter(|w| held.iter().any(|h| h.starts_with(*w)))
            .count();
        shared as f32 >= telling.len() as f32 * ENOUGH
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    Ok(rows
        .into_iter()
        .filter(|(_, held)| enough(&skill_key(held)))
        .map(|(pk, _)| pk)
        .take(limit)
        .collect())
}

/// A long word without the ending of a plural, so that one form finds the other.
fn stem(word: &str) -> String {
    let ending = word.chars().count() > 4 && word.ends_with(['s', 'x', 'e', 'n']);
    let kept = word.chars().count() - usize::from(ending);
    word.chars().take(kept).collect()
}
