//! One log line and one count for each call, without personal data: the route's template
//! instead of the path, and never a header, a query or a body.

use crate::app::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use std::time::Instant;

/// Wraps every route.
pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = method_word(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("static", |matched| matched.as_str())
        .to_owned();
    let response = next.run(request).await;
    let took = started.elapsed();
    let status = response.status().as_u16();
    app.metrics.count(method, &route, status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::error!(method, route, status, ms, "call");
    } else {
        tracing::info!(method, route, status, ms, "call");
    }
    response
}

/// The method, or `OTHER`: a caller's invention must not become a label.
fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "OTHER",
    }
}
