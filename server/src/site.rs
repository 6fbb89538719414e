//! Static files: the pages of a site, and the widget beside it at `/entraide/`.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;

/// The policy under which pages are sent: nothing inline, nothing from elsewhere, and no string
/// becomes markup or code. What runs under it runs in any intranet.
pub const STRICT_CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What is served beside the API.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Folder of pages, at `/`.
    pub pages: Option<PathBuf>,
    /// Folder of the widget, at `/entraide/`, with `.br` files beside what is compressed.
    pub widget: Option<PathBuf>,
    /// Sends the pages without a content security policy, for pages with inline scripts.
    pub open_csp: bool,
}

/// Who may load it without CORS (Fetch, section 3.7).
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

impl Site {
    /// Adds the folders to a router.
    pub(crate) fn mount(&self, mut router: Router) -> Router {
        if let Some(folder) = &self.widget {
            router = router.nest_service("/entraide", files(folder).layer(from_fn(open_to_pages)));
        }
        if let Some(folder) = &self.pages {
            let pages = files(folder).layer(from_fn(explain_missing));
            router = router.fallback_service(if self.open_csp {
                pages
            } else {
                pages.layer(from_fn(send_policy))
            });
        }
        router
    }
}

/// A folder with validators, right types, and Brotli where it lies beside. `no-cache` lets
/// browsers keep a file and ask each time whether it is still the one.
fn files(folder: &Path) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(folder).precompressed_br())
        .layer(from_fn(|request: Request, next: Next| async move {
            let mut response = next.run(request).await;
            let keep = HeaderValue::from_static("no-cache");
            response.headers_mut().insert(header::CACHE_CONTROL, keep);
            response
        }))
}

/// The widget's files are no secret, and pages of other origins name them: the script by its tag,
/// the module and the Wasm by requests that need CORS. The API stays closed.
async fn open_to_pages(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().extend([
        (
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        ),
        (RESOURCE_POLICY, HeaderValue::from_static("cross-origin")),
    ]);
    response
}

async fn explain_missing(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let page = "<!doctype html><html lang=\"en\"><title>Not found</title><h1>Not found</h1>\
                <p>There is no page at this address. <a href=\"/\">Go to the start</a></p></html>";
    (StatusCode::NOT_FOUND, html, page).into_response()
}

async fn send_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|v| v.as_bytes().starts_with(b"text/html"));
    if is_html {
        let policy = HeaderValue::from_static(STRICT_CSP);
        response
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Sent with everything: no guessing of types, and no paths to other sites.
pub(crate) async fn send_safe_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let safe = [
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("same-origin"),
        ),
    ];
    response.headers_mut().extend(safe);
    response
        .headers_mut()
        .entry(RESOURCE_POLICY)
        .or_insert(HeaderValue::from_static("same-origin"));
    response
}
