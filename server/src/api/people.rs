//! The expertise directory.

use super::query::{Params, list_limit};
use crate::app::App;
use crate::cursor;
use crate::database::person_read::{self, Place};
use crate::database::person_search::{self, Wanted};
use crate::identity::Viewer;
use crate::problem::Problem;
use crate::respond::read_answer;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use entraide::model::{Page, Person};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Where a page begins and how long it is.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageParams {
    /// How many items; 100 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    pub(crate) limit: Option<String>,
    /// `next` of the page before.
    pub(crate) cursor: Option<String>,
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchParams {
    /// Words as typed; each begins a word of the name, title, team, place or a skill.
    q: Option<String>,
    /// Only people who can help with this skill, in any spelling.
    skill: Option<String>,
    /// Only people of this team.
    team: Option<String>,
    /// Only people at this place.
    place: Option<String>,
    /// How many items; 100 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// People found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PeopleFound {
    /// Best first.
    items: Vec<Person>,
    /// How many there are in all.
    total: u64,
}

/// The person who calls.
#[utoipa::path(get, path = "/me", operation_id = "me", tag = "people", responses(
    (status = 200, description = "You", body = Person),
    (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn me(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    person(&app, &headers, viewer.row).await
}

/// One person.
#[utoipa::path(get, path = "/people/{id}", operation_id = "people.get", tag = "people",
    params(("id" = String, Path, description = "The person's id")),
    responses(
        (status = 200, description = "The person", body = Person),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn get_person(
    State(app): State<App>,
    _: Viewer,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let row = person_read::row_of(&mut *app.db.read().await?, id.trim()).await?;
    let row = row.ok_or_else(|| Problem::not_found("There is nobody with this id."))?;
    person(&app, &headers, row).await
}

async fn person(app: &App, headers: &HeaderMap, row: i64) -> Result<Response, Problem> {
    let people = person_read::load(&mut *app.db.read().await?, &[row], app.now()).await?;
    let person = people
        .first()
        .ok_or_else(|| Problem::not_found("There is nobody with this id."))?;
    read_answer(headers, person, None)
}

/// Everybody, in the order of their names.
#[utoipa::path(get, path = "/people", operation_id = "people.list", tag = "people", params(PageParams),
    responses(
        (status = 200, description = "A page of people", body = Page<Person>),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn list_people(
    State(app): State<App>,
    _: Viewer,
    headers: HeaderMap,
    Params(params): Params<PageParams>,
) -> Result<Response, Problem> {
    let limit = list_limit(params.limit.as_deref())?;
    let after = params
        .cursor
        .map(|c| cursor::decode::<Place>("people", &c))
        .transpose()?;
    let mut tx = app.db.read().await?;
    let mut places = person_read::page(&mut tx, after.as_ref(), limit + 1).await?;
    let more = places.len() > limit as usize;
    places.truncate(limit as usize);
    let rows: Vec<i64> = places.iter().map(|(_, pk)| *pk).collect();
    let page = Page {
        items: person_read::load(&mut tx, &rows, app.now()).await?,
        next: places
            .last()
            .filter(|_| more)
            .map(|place| cursor::encode("people", place)),
        total: Some(person_read::total(&mut tx).await?),
    };
    read_answer(&headers, &page, None)
}

/// People by words, skill, team and place.
#[utoipa::path(get, path = "/people/search", operation_id = "people.search", tag = "people",
    params(SearchParams),
    responses(
        (status = 200, description = "People found", body = PeopleFound),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn search_people(
    State(app): State<App>,
    _: Viewer,
    headers: HeaderMap,
    Params(params): Params<SearchParams>,
) -> Result<Response, Problem> {
    let limit = list_limit(params.limit.as_deref())?;
    let wanted = Wanted {
        text: params.q.as_deref().unwrap_or(""),
        skill: params.skill.as_deref().unwrap_or(""),
        team: params.team.as_deref().unwrap_or(""),
        place: params.place.as_deref().unwrap_or(""),
    };
    let mut tx = app.db.read().await?;
    let (rows, total) = person_search::search(&mut tx, &wanted, limit).await?;
    let items = person_read::load(&mut tx, &rows, app.now()).await?;
    read_answer(&headers, &PeopleFound { items, total }, None)
}
