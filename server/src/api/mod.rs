//! The routes, each with its description: one cannot be added without the other, since
//! `OpenApiRouter` takes handlers only together with their `utoipa::path`.

mod demo;
mod events;
mod operations;
mod people;
mod query;
mod replies;
mod requests;
mod skills;

use crate::app::{App, IdentityMode};
use crate::origin::is_loopback_host;
use crate::problem::Problem;
use crate::site::{Site, send_safe_headers};
use crate::telemetry::observe;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Entraide",
        description = "People, what they can help with, and what they ask each other.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    tags(
        (name = "people", description = "The expertise directory"),
        (name = "requests", description = "Questions and their threads"),
        (name = "demo", description = "Choosing who one is; only with `--identity demo`"),
        (name = "operations", description = "For those who run the server")
    )
)]
struct Document;

/// All routes with their descriptions.
fn routes() -> OpenApiRouter<App> {
    let api = OpenApiRouter::new()
        .routes(routes!(people::me))
        .routes(routes!(people::list_people))
        .routes(routes!(people::search_people))
        .routes(routes!(people::get_person))
        .routes(routes!(skills::list_skills))
        .routes(routes!(requests::list_requests, requests::create_request))
        .routes(routes!(requests::similar_requests))
        .routes(routes!(requests::get_request))
        .routes(routes!(replies::create_answer))
        .routes(routes!(replies::accept_answer))
        .routes(routes!(replies::create_thanks))
        .routes(routes!(replies::pass_request))
        .routes(routes!(replies::close_request))
        .routes(routes!(events::listen))
        .fallback(nothing_here);
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(operations::openapi))
        .routes(routes!(operations::health))
        .routes(routes!(operations::ready))
        .routes(routes!(operations::metrics))
        .routes(routes!(demo::demo_people))
        .routes(routes!(demo::demo_session, demo::choose_demo_person))
        .nest("/api", api)
}

/// The OpenAPI 3.1 document of the API.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    routes().into_openapi()
}

/// The whole server as a router: API, operations, and the site's files.
pub fn router(app: App, site: &Site) -> Router {
    let (router, _) = routes().split_for_parts();
    let router = router
        .fallback(nothing_here)
        .method_not_allowed_fallback(no_such_method)
        .with_state(app.clone());
    site.mount(router)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), refuse_foreign_hosts))
        .layer(from_fn_with_state(app, observe))
        .layer(from_fn(send_safe_headers))
}

async fn nothing_here() -> Problem {
    Problem::not_found("There is nothing at this address. /openapi.json lists what there is.")
}

async fn no_such_method() -> Problem {
    Problem::no_such_method("This address takes other methods. /openapi.json lists them.")
}

fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Problem::fault("Something went wrong on the server. Nothing was changed; try again.")
        .into_response()
}

/// In the demo anybody may be anybody, so no other site may reach it by a name of its own.
async fn refuse_foreign_hosts(State(app): State<App>, request: Request, next: Next) -> Response {
    if *app.identity == IdentityMode::Demo
        && let Some(host) = request.headers().get(header::HOST)
        && !host.to_str().is_ok_and(is_loopback_host)
    {
        return Problem::forbidden("The demo answers only to localhost and 127.0.0.1.")
            .into_response();
    }
    next.run(request).await
}
