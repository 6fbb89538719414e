//! Sends a request as a browser would: no redirect is followed, any status is an answer.

use entraide::backend::{BackendError, HttpRequest, HttpResponse};
use std::time::Duration;

/// Sends it and waits for the whole answer.
pub(crate) fn send(request: &HttpRequest) -> Result<HttpResponse, BackendError> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_millis(request.timeout_ms.into())))
        .build()
        .into();
    let mut builder = ureq::http::Request::builder()
        .method(request.method.as_str())
        .uri(&request.url);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let outgoing = builder.body(request.body.clone().unwrap_or_default());
    let mut response = agent.run(outgoing.unwrap()).map_err(|e| {
        println!("{e}");
        BackendError::Offline
    })?;
    let mut headers: Vec<(String, String)> = Vec::new();
    for (name, value) in response.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        match headers.iter_mut().find(|(known, _)| known == name.as_str()) {
            Some((_, old)) => *old = format!("{old}, {value}"),
            None => headers.push((name.as_str().to_owned(), value)),
        }
    }
    Ok(HttpResponse {
        status: response.status().as_u16(),
        url: request.url.clone(),
        headers,
        body: response.body_mut().read_to_string().unwrap_or_default(),
    })
}
