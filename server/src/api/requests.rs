//! Questions: posting, reading, and what was asked before.

use super::query::{Params, limit, list_limit};
use crate::app::App;
use crate::call::Call;
use crate::cursor;
use crate::database::request_read::{self, Place, Scope};
use crate::database::request_similar;
use crate::database::request_write::{self, Draft};
use crate::database::standing::standing;
use crate::identity::Viewer;
use crate::permission::{Action, check, no_such_request};
use crate::problem::Problem;
use crate::respond::read_answer;
use crate::validate;
use crate::write::{Begun, Write};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use entraide::model::{NewRequest, Page, Request};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which requests.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// `mine`, `inbox` (help is wanted; asked of me or on a skill of mine; neither mine nor
    /// passed on), `open`, `solved` or `all`, which is meant where it is left out.
    scope: Option<String>,
    /// How many items; 100 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A question being typed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SimilarParams {
    /// The question so far.
    q: Option<String>,
    /// How many items; 5 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// Requests like a question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SimilarRequests {
    /// Best first, with their answers.
    items: Vec<Request>,
}

/// Requests, newest first, without their threads.
#[utoipa::path(get, path = "/requests", operation_id = "requests.list", tag = "requests",
    params(ListParams),
    responses(
        (status = 200, description = "A page of requests", body = Page<Request>),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn list_requests(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    Params(params): Params<ListParams>,
) -> Result<Response, Problem> {
    let word = params
        .scope
        .as_deref()
        .filter(|s| !s.is_empty())
        .unwrap_or("all");
    let scope = Scope::from_word(word).ok_or_else(|| {
        Problem::field(
            "/scope",
            "The scope is one of mine, inbox, open, solved and all.",
        )
    })?;
    let limit = list_limit(params.limit.as_deref())?;
    let kind = format!("requests.{word}");
    let after = params
        .cursor
        .map(|c| cursor::decode::<Place>(&kind, &c))
        .transpose()?;
    let mut tx = app.db.read().await?;
    let mut places = request_read::page(&mut tx, scope, viewer.row, after, limit + 1).await?;
    let more = places.len() > limit as usize;
    places.truncate(limit as usize);
    let rows: Vec<i64> = places.iter().map(|(_, pk)| *pk).collect();
    let page = Page {
        items: request_read::load(&mut tx, &rows, viewer.row, false).await?,
        next: places
            .last()
            .filter(|_| more)
            .map(|place| cursor::encode(&kind, place)),
        total: Some(request_read::total(&mut tx, scope, viewer.row).await?),
    };
    read_answer(&headers, &page, None)
}

/// Answered requests that everybody may read and that are like this question.
#[utoipa::path(get, path = "/requests/similar", operation_id = "requests.similar", tag = "requests",
    params(SimilarParams),
    responses(
        (status = 200, description = "Requests like it", body = SimilarRequests),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn similar_requests(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    Params(params): Params<SimilarParams>,
) -> Result<Response, Problem> {
    let limit = limit(params.limit.as_deref(), 5)?;
    let mut tx = app.db.read().await?;
    let text = params.q.as_deref().unwrap_or("");
    let rows = request_similar::similar(&mut tx, text, limit).await?;
    let items = request_read::load(&mut tx, &rows, viewer.row, true).await?;
    read_answer(&headers, &SimilarRequests { items }, None)
}

/// One request with its answers, and the thanks that you gave or received in it.
#[utoipa::path(get, path = "/requests/{id}", operation_id = "requests.get", tag = "requests",
    params(("id" = String, Path, description = "The request's id")),
    responses(
        (status = 200, description = "The request", body = Request),
        (status = 304, description = "As in If-None-Match"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn get_request(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let mut tx = app.db.read().await?;
    let found = standing(&mut tx, id.trim(), viewer.row)
        .await?
        .ok_or_else(no_such_request)?;
    check(Action::Read, &found)?;
    let seen = request_read::load(&mut tx, &[found.request], viewer.row, true).await?;
    let request = seen.first().ok_or_else(no_such_request)?;
    read_answer(&headers, request, request.etag.as_deref())
}

/// Posts a question.
#[utoipa::path(post, path = "/requests", operation_id = "requests.create", tag = "requests",
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key gives the same answer again")),
    request_body = NewRequest,
    responses(
        (status = 201, description = "Posted; its address is in Location", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn create_request(
    State(app): State<App>,
    call: Call,
) -> Result<Response, Problem> {
    let new: NewRequest = call.json()?;
    let mut write = match Write::begin(&app, &call).await? {
        Begun::New(write) => write,
        Begun::Again(response) => return Ok(response),
    };
    let asker = call.viewer.row;
    let sound = validate::new_request(&mut write.tx, &new, asker).await?;
    let draft = Draft {
        asker,
        question: &sound.question,
        details: &sound.details,
        skills: &sound.skills,
        to: &sound.to,
        visibility: sound.visibility,
        context: sound.context.as_ref(),
    };
    let request = request_write::create(&mut write.tx, &draft, app.now()).await?;
    write.finish(201, request).await
}
