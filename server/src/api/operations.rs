//! For those who run the server: is it alive, can it work, what has it done, what can it do.

use crate::app::App;
use crate::problem::Problem;
use crate::respond::read_answer;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Status {
    /// `ok`.
    status: &'static str,
}

/// The OpenAPI document.
#[utoipa::path(get, path = "/openapi.json", operation_id = "openapi", tag = "operations", responses(
    (status = 200, description = "OpenAPI 3.1", body = Object)
))]
pub(crate) async fn openapi(headers: HeaderMap) -> Result<Response, Problem> {
    read_answer(&headers, &super::openapi(), None)
}

/// The process answers.
#[utoipa::path(get, path = "/health", operation_id = "health", tag = "operations", responses(
    (status = 200, description = "It lives", body = Status)
))]
pub(crate) async fn health() -> Json<Status> {
    Json(Status { status: "ok" })
}

/// The database answers.
#[utoipa::path(get, path = "/ready", operation_id = "ready", tag = "operations", responses(
    (status = 200, description = "It can work", body = Status),
    (status = "default", description = "It cannot work now", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn ready(State(app): State<App>) -> Result<Json<Status>, Problem> {
    if *app.stopping().borrow() {
        return Err(Problem::busy("The server is stopping."));
    }
    let mut tx = app.db.read().await?;
    crate::database::person_read::epoch(&mut tx).await?;
    Ok(Json(Status { status: "ok" }))
}

/// What was counted, in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", operation_id = "metrics", tag = "operations", responses(
    (status = 200, description = "Counters", body = String, content_type = "text/plain")
))]
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    (
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
        app.metrics.render(),
    )
        .into_response()
}
