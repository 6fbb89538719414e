//! Writing people: an import, which may be run again.
//!
//! Each person carries the hash of what was imported last, so a second run of the same file
//! touches nothing, and what a colleague changed since is kept until the file itself changes.

use super::person_read::presence_word;
use super::skill::{choose_spellings, skill_row};
use super::text_index::index_person;
use entraide::model::{Person, Presence, skill_key};
use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;
use std::collections::HashSet;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportOutcome {
    /// People who were not there.
    pub added: usize,
    /// People whose line says something else than last time.
    pub changed: usize,
    /// People whose line is the same as last time.
    pub unchanged: usize,
}

/// Writes people as an import gives them. Of their skills the declared ones count: evidence and
/// load come from requests alone. Where several have the same id, the last one wins. Nobody is
/// removed. Runs in the caller's transaction, so that half an import never is.
///
/// # Errors
/// As the database has them.
pub async fn import_people(
    db: &mut SqliteConnection,
    people: &[Person],
) -> sqlx::Result<ImportOutcome> {
    let mut outcome = ImportOutcome::default();
    let mut seen = HashSet::new();
    let mut last: Vec<&Person> = people.iter().rev().filter(|p| seen.insert(&p.id)).collect();
    last.reverse();
    for person in last {
        let print = fingerprint(person);
        let old: Option<(i64, Vec<u8>)> =
            sqlx::query_as("SELECT pk, imported FROM person WHERE id = ?")
                .bind(person.id.as_str())
                .fetch_optional(&mut *db)
                .await?;
        match &old {
            Some((_, stored)) if *stored == print => {
                outcome.unchanged += 1;
                continue;
            }
            Some(_) => outcome.changed += 1,
            None => outcome.added += 1,
        }
        let pk = upsert(db, person, &print).await?;
        write_skills(db, pk, person).await?;
        index_person(db, pk).await?;
    }
    if outcome.added + outcome.changed > 0 {
        choose_spellings(db).await?;
        sqlx::query(
            "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'people_epoch'",
        )
        .execute(&mut *db)
        .await?;
        // Lets the planner know the new sizes (sqlite.org/lang_analyze.html).
        sqlx::query("ANALYZE").execute(db).await?;
    }
    Ok(outcome)
}

/// SHA-256 of everything that an import can say about a person.
fn fingerprint(person: &Person) -> Vec<u8> {
    let mut said = person.clone();
    said.availability.load.open = 0;
    said.availability.load.recent = 0;
    said.skills.retain(|s| s.declared);
    for skill in &mut said.skills {
        skill.evidence = Default::default();
    }
    let bytes = serde_json::to_vec(&said).unwrap_or_default();
    Sha256::digest(&bytes).to_vec()
}

async fn upsert(db: &mut SqliteConnection, p: &Person, print: &[u8]) -> sqlx::Result<i64> {
    let known_presence = p.availability.presence != Presence::Unknown;
    // Presence and the own limit are said by people rather than by files: silence keeps them.
    sqlx::query_scalar(
        "INSERT INTO person (id, name, title, team, place, email, photo, profile, languages, time_zone,
             about, joined, presence, presence_until, weekly_limit, sort_key, team_key, place_key,
             email_key, imported)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
         ON CONFLICT (id) DO UPDATE SET name = ?2, title = ?3, team = ?4, place = ?5, email = ?6,
             photo = ?7, profile = ?8, languages = ?9, time_zone = ?10, about = ?11, joined = ?12,
             presence = iif(?21, ?13, presence), presence_until = iif(?21, ?14, presence_until),
             weekly_limit = coalesce(?15, weekly_limit), sort_key = ?16, team_key = ?17,
             place_key = ?18, email_key = ?19, imported = ?20
         RETURNING pk",
    )
    .bind(p.id.as_str())
    .bind(&p.name)
    .bind(&p.title)
    .bind(&p.team)
    .bind(&p.place)
    .bind(&p.email)
    .bind(p.photo.as_ref().map(|u| u.as_str().to_owned()))
    .bind(p.profile.as_ref().map(|u| u.as_str().to_owned()))
    .bind(serde_json::to_string(&p.languages).unwrap_or_else(|_| "[]".to_owned()))
    .bind(&p.time_zone)
    .bind(&p.about)
    .bind(p.joined.map(|t| t.millis()))
    .bind(presence_word(p.availability.presence))
    .bind(p.availability.until.map(|t| t.millis()))
    .bind(p.availability.load.weekly_limit)
    .bind(skill_key(&p.name))
    .bind(skill_key(&p.team))
    .bind(skill_key(&p.place))
    .bind(p.email.to_lowercase())
    .bind(print)
    .bind(known_presence)
    .fetch_one(db)
    .await
}

async fn write_skills(db: &mut SqliteConnection, pk: i64, p: &Person) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM person_skill WHERE person = ?")
        .bind(pk)
        .execute(&mut *db)
        .await?;
    sqlx::query("DELETE FROM want WHERE person = ?")
        .bind(pk)
        .execute(&mut *db)
        .await?;
    for (position, skill) in (0_i64..).zip(p.skills.iter().filter(|s| s.declared)) {
        let row = skill_row(db, &skill.name).await?;
        sqlx::query(
            "INSERT INTO person_skill (person, skill, position, spelling) VALUES (?, ?, ?, ?)
             ON CONFLICT (person, skill) DO NOTHING",
        )
        .bind(pk)
        .bind(row)
        .bind(position)
        .bind(&skill.name)
        .execute(&mut *db)
        .await?;
    }
    for (position, name) in (0_i64..).zip(&p.wants) {
        let row = skill_row(db, name).await?;
        sqlx::query(
            "INSERT INTO want (person, skill, position) VALUES (?, ?, ?)
             ON CONFLICT (person, skill) DO NOTHING",
        )
        .bind(pk)
        .bind(row)
        .bind(position)
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
