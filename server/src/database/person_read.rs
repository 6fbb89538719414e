//! Reading people: whole, in batches, never one query a person.

use super::{count, number_list};
use entraide::model::{
    Availability, Evidence, Load, Person, PersonId, PersonSkill, Presence, SafeUrl, Timestamp,
};
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// A week, for [`Load::recent`].
const WEEK_MS: i64 = 7 * 86_400_000;

type Row = (
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    String,
    Option<i64>,
    String,
    Option<i64>,
    Option<i64>,
);

/// The people of these rows in the given order; rows that do not exist are left out.
/// Evidence and load are those of `now`.
pub(crate) async fn load(
    db: &mut SqliteConnection,
    rows: &[i64],
    now: Timestamp,
) -> sqlx::Result<Vec<Person>> {
    let list = number_list(rows);
    let found: Vec<Row> = sqlx::query_as(
        "SELECT p.pk, p.id, p.name, p.title, p.team, p.place, p.email, p.photo, p.profile, p.languages,
             p.time_zone, p.about, p.joined, p.presence, p.presence_until, p.weekly_limit
         FROM json_each(?) j JOIN person p ON p.pk = j.value",
    )
    .bind(&list)
    .fetch_all(&mut *db)
    .await?;
    let mut people: HashMap<i64, Person> = HashMap::with_capacity(found.len());
    for row in found {
        let pk = row.0;
        // An id that the model refuses cannot have been written; leaving it out beats a panic.
        if let Some(person) = person(row) {
            people.insert(pk, person);
        }
    }
    add_skills(db, &list, &mut people).await?;
    add_wants(db, &list, &mut people).await?;
    add_load(db, &list, &mut people, now).await?;
    Ok(rows.iter().filter_map(|pk| people.remove(pk)).collect())
}

fn person(row: Row) -> Option<Person> {
    let (
        _,
        id,
        name,
        title,
        team,
        place,
        email,
        photo,
        profile,
        languages,
        time_zone,
        about,
        joined,
        presence,
        until,
        weekly_limit,
    ) = row;
    Some(Person {
        id: PersonId::new(id).ok()?,
        name,
        title,
        team,
        place,
        email,
        photo: photo.as_deref().and_then(SafeUrl::new),
        profile: profile.as_deref().and_then(SafeUrl::new),
        languages: serde_json::from_str(&languages).unwrap_or_default(),
        time_zone,
        skills: Vec::new(),
        wants: Vec::new(),
        about,
        joined: joined.map(Timestamp::from_millis),
        availability: Availability {
            presence: presence_from(&presence),
            until: until.map(Timestamp::from_millis),
            load: Load {
                weekly_limit: weekly_limit.map(count),
                ..Load::default()
            },
        },
    })
}

fn presence_from(word: &str) -> Presence {
    match word {
        "available" => Presence::Available,
        "busy" => Presence::Busy,
        "away" => Presence::Away,
        _ => Presence::Unknown,
    }
}

/// The word for a presence in the database, the same as on the wire.
pub(crate) fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Available => "available",
        Presence::Busy => "busy",
        Presence::Away => "away",
        Presence::Unknown => "unknown",
    }
}

async fn add_skills(
    db: &mut SqliteConnection,
    list: &str,
    people: &mut HashMap<i64, Person>,
) -> sqlx::Result<()> {
    let rows: Vec<(i64, String, i64, i64, bool, i64)> = sqlx::query_as(
        "SELECT ps.person, s.name, coalesce(e.accepted, 0), coalesce(e.thanks, 0), 1, ps.position
         FROM json_each(?1) j JOIN person_skill ps ON ps.person = j.value JOIN skill s ON s.pk = ps.skill
         LEFT JOIN evidence e ON e.person = ps.person AND e.skill = ps.skill
         UNION ALL
         SELECT e.person, s.name, e.accepted, e.thanks, 0, 1000000 + e.skill
         FROM json_each(?1) j JOIN evidence e ON e.person = j.value JOIN skill s ON s.pk = e.skill
         WHERE e.accepted + e.thanks > 0 AND NOT EXISTS (
             SELECT 1 FROM person_skill ps WHERE ps.person = e.person AND ps.skill = e.skill)
         ORDER BY 1, 6",
    )
    .bind(list)
    .fetch_all(db)
    .await?;
    for (pk, name, accepted, thanks, declared, _) in rows {
        if let Some(person) = people.get_mut(&pk) {
            let evidence = Evidence {
                accepted: count(accepted),
                thanks: count(thanks),
            };
            person.skills.push(PersonSkill {
                name,
                declared,
                evidence,
            });
        }
    }
    Ok(())
}

async fn add_wants(
    db: &mut SqliteConnection,
    list: &str,
    people: &mut HashMap<i64, Person>,
) -> sqlx::Result<()> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "SELECT w.person, s.name FROM json_each(?) j JOIN want w ON w.person = j.value
         JOIN skill s ON s.pk = w.skill ORDER BY w.person, w.position",
    )
    .bind(list)
    .fetch_all(db)
    .await?;
    for (pk, name) in rows {
        if let Some(person) = people.get_mut(&pk) {
            person.wants.push(name);
        }
    }
    Ok(())
}

async fn add_load(
    db: &mut SqliteConnection,
    list: &str,
    people: &mut HashMap<i64, Person>,
    now: Timestamp,
) -> sqlx::Result<()> {
    let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
        "SELECT j.value,
             (SELECT count(*) FROM asked a WHERE a.person = j.value AND a.waiting = 1),
             (SELECT count(*) FROM asked a WHERE a.person = j.value AND a.created > ?2)
         FROM json_each(?1) j",
    )
    .bind(list)
    .bind(now.plus_millis(-WEEK_MS).millis())
    .fetch_all(db)
    .await?;
    for (pk, open, recent) in rows {
        if let Some(person) = people.get_mut(&pk) {
            person.availability.load.open = count(open);
            person.availability.load.recent = count(recent);
        }
    }
    Ok(())
}

/// Where a page of people begins: after this folded name and row.
pub(crate) type Place = (String, i64);

/// Rows of people in the order of their folded names, after `after`, with their places.
pub(crate) async fn page(
    db: &mut SqliteConnection,
    after: Option<&Place>,
    limit: u32,
) -> sqlx::Result<Vec<Place>> {
    let (key, pk) = after.map_or(("", -1), |(key, pk)| (key.as_str(), *pk));
    sqlx::query_as(
        "SELECT sort_key, pk FROM person WHERE (sort_key, pk) > (?1, ?2)
         ORDER BY sort_key, pk LIMIT ?3",
    )
    .bind(key)
    .bind(pk)
    .bind(limit)
    .fetch_all(db)
    .await
}

/// How many people there are.
pub(crate) async fn total(db: &mut SqliteConnection) -> sqlx::Result<u64> {
    let n: i64 = sqlx::query_scalar("SELECT count(*) FROM person")
        .fetch_one(db)
        .await?;
    Ok(n.unsigned_abs())
}

/// The row of the person with this id.
pub(crate) async fn row_of(db: &mut SqliteConnection, id: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("SELECT pk FROM person WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await
}

/// Rows and ids of the people with this e-mail address, two at most: more than one cannot
/// tell who it is.
pub(crate) async fn rows_of_email(
    db: &mut SqliteConnection,
    email: &str,
) -> sqlx::Result<Vec<(i64, String)>> {
    sqlx::query_as("SELECT pk, id FROM person WHERE email_key = ? AND email_key <> '' LIMIT 2")
        .bind(email.trim().to_lowercase())
        .fetch_all(db)
        .await
}

/// The id that sorts first: the same person each time, for the demo's first look.
pub(crate) async fn first_id(db: &mut SqliteConnection) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT id FROM person ORDER BY id LIMIT 1")
        .fetch_optional(db)
        .await
}

/// Grows when an import changed how people are shown.
pub(crate) async fn epoch(db: &mut SqliteConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'people_epoch'")
        .fetch_one(db)
        .await
}
