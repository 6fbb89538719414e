//! What becomes of a question: answers, acceptance, thanks, passing on, closing.

use crate::app::App;
use crate::call::Call;
use crate::database::request_write;
use crate::database::standing::{Standing, standing};
use crate::permission::{Action, check, no_such_request};
use crate::problem::Problem;
use crate::validate;
use crate::write::{Begun, Write};
use axum::extract::{Path, State};
use axum::response::Response;
use entraide::model::{NewThanks, Pass, Request};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// An answer about to be given.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewAnswer {
    /// Plain text with line breaks; 1 to 20,000 characters.
    text: String,
}

/// Headers of a write on a request.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
#[allow(dead_code, reason = "describes headers; they are read by `Call`")]
pub(crate) struct WriteHeaders {
    /// The same key gives the same answer again; 1 to 128 visible ASCII characters.
    #[param(rename = "Idempotency-Key")]
    idempotency_key: Option<String>,
    /// `etag` of the request as it was read; 412 where it has changed since.
    #[param(rename = "If-Match")]
    if_match: Option<String>,
}

/// Begins a write on a request, after the caller may do this and has its present version.
async fn begin<'a>(
    app: &'a App,
    call: &'a Call,
    id: &str,
    action: Action,
) -> Result<Result<(Write<'a>, Standing), Response>, Problem> {
    let mut write = match Write::begin(app, call).await? {
        Begun::New(write) => write,
        Begun::Again(response) => return Ok(Err(response)),
    };
    let found = standing(&mut write.tx, id.trim(), call.viewer.row)
        .await?
        .ok_or_else(no_such_request)?;
    check(action, &found)?;
    write.check_version(found.request).await?;
    Ok(Ok((write, found)))
}

/// Answers, or follows up on one's own question.
#[utoipa::path(post, path = "/requests/{id}/answers", operation_id = "answers.create", tag = "requests",
    params(("id" = String, Path, description = "The request's id"), WriteHeaders),
    request_body = NewAnswer,
    responses(
        (status = 201, description = "The request with the answer", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn create_answer(
    State(app): State<App>,
    Path(id): Path<String>,
    call: Call,
) -> Result<Response, Problem> {
    let new: NewAnswer = call.json()?;
    let (mut write, found) = match begin(&app, &call, &id, Action::Answer).await? {
        Ok(begun) => begun,
        Err(again) => return Ok(again),
    };
    let text = validate::answer_text(&new.text)?;
    request_write::answer(
        &mut write.tx,
        found.request,
        call.viewer.row,
        &text,
        app.now(),
    )
    .await?;
    write.finish(201, found.request).await
}

/// Says that an answer solved it.
#[utoipa::path(post, path = "/requests/{id}/answers/{answer}/accept", operation_id = "answers.accept",
    tag = "requests",
    params(
        ("id" = String, Path, description = "The request's id"),
        ("answer" = String, Path, description = "The answer's id"),
        WriteHeaders
    ),
    responses(
        (status = 200, description = "The request, solved", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn accept_answer(
    State(app): State<App>,
    Path((id, answer)): Path<(String, String)>,
    call: Call,
) -> Result<Response, Problem> {
    let (mut write, found) = match begin(&app, &call, &id, Action::Accept).await? {
        Ok(begun) => begun,
        Err(again) => return Ok(again),
    };
    let (row, author) = request_write::find_answer(&mut write.tx, found.request, answer.trim())
        .await?
        .ok_or_else(|| Problem::not_found("This request has no answer with this id."))?;
    if author == call.viewer.row {
        return Err(Problem::forbidden("One cannot accept one's own answer."));
    }
    request_write::accept(&mut write.tx, found.request, row, app.now()).await?;
    write.finish(200, found.request).await
}

/// Thanks somebody who answered, or who named somebody who knows.
#[utoipa::path(post, path = "/requests/{id}/thanks", operation_id = "thanks.create", tag = "requests",
    params(("id" = String, Path, description = "The request's id"), WriteHeaders),
    request_body = NewThanks,
    responses(
        (status = 201, description = "The request with the thanks", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn create_thanks(
    State(app): State<App>,
    Path(id): Path<String>,
    call: Call,
) -> Result<Response, Problem> {
    let new: NewThanks = call.json()?;
    let (mut write, found) = match begin(&app, &call, &id, Action::Thank).await? {
        Ok(begun) => begun,
        Err(again) => return Ok(again),
    };
    let from = call.viewer.row;
    let (to, skill, note) = validate::new_thanks(&mut write.tx, &new, found.request, from).await?;
    let given = request_write::thank(
        &mut write.tx,
        found.request,
        from,
        to,
        &skill,
        &note,
        app.now(),
    )
    .await?;
    if !given {
        return Err(Problem::conflict("You have thanked them for this already."));
    }
    write.finish(201, found.request).await
}

/// Passes on a request, and may name somebody who knows. Nobody else is shown it.
#[utoipa::path(post, path = "/requests/{id}/pass", operation_id = "requests.pass", tag = "requests",
    params(("id" = String, Path, description = "The request's id"), WriteHeaders),
    request_body = Pass,
    responses(
        (status = 200, description = "The request, no longer in your inbox", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn pass_request(
    State(app): State<App>,
    Path(id): Path<String>,
    call: Call,
) -> Result<Response, Problem> {
    let pass: Pass = call.json()?;
    let (mut write, found) = match begin(&app, &call, &id, Action::Pass).await? {
        Ok(begun) => begun,
        Err(again) => return Ok(again),
    };
    let from = call.viewer.row;
    let named = validate::pass(&mut write.tx, &pass, found.request, from).await?;
    request_write::pass(
        &mut write.tx,
        found.request,
        from,
        pass.reason,
        named,
        app.now(),
    )
    .await?;
    write.finish(200, found.request).await
}

/// Closes a request without a solution.
#[utoipa::path(post, path = "/requests/{id}/close", operation_id = "requests.close", tag = "requests",
    params(("id" = String, Path, description = "The request's id"), WriteHeaders),
    responses(
        (status = 200, description = "The request, closed", body = Request),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn close_request(
    State(app): State<App>,
    Path(id): Path<String>,
    call: Call,
) -> Result<Response, Problem> {
    let (mut write, found) = match begin(&app, &call, &id, Action::Close).await? {
        Ok(begun) => begun,
        Err(again) => return Ok(again),
    };
    request_write::close(&mut write.tx, found.request, app.now()).await?;
    write.finish(200, found.request).await
}
