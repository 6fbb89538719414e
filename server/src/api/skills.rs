//! What the group can help with.

use super::people::PageParams;
use super::query::{Params, list_limit};
use crate::app::App;
use crate::cursor;
use crate::database::skill;
use crate::identity::Viewer;
use crate::problem::Problem;
use crate::respond::read_answer;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use entraide::model::{Page, Skill};

/// Skills that somebody can help with, in alphabetical order.
#[utoipa::path(get, path = "/skills", operation_id = "skills.list", tag = "people", params(PageParams),
    responses(
        (status = 200, description = "A page of skills", body = Page<Skill>),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn list_skills(
    State(app): State<App>,
    _: Viewer,
    headers: HeaderMap,
    Params(params): Params<PageParams>,
) -> Result<Response, Problem> {
    let limit = list_limit(params.limit.as_deref())?;
    let after = params
        .cursor
        .map(|c| cursor::decode::<String>("skills", &c))
        .transpose()?;
    let mut tx = app.db.read().await?;
    let mut found = skill::list(&mut tx, after.as_deref(), limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found
        .last()
        .filter(|_| more)
        .map(|(key, _)| cursor::encode("skills", key));
    let items = found.into_iter().map(|(_, skill)| skill).collect();
    let page = Page {
        items,
        next,
        total: Some(skill::total(&mut tx).await?),
    };
    read_answer(&headers, &page, None)
}
