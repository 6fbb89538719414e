//! Server-sent events (WHATWG HTML, section 9.2): a request changed that the viewer may read.

use crate::app::{App, stopped};
use crate::database::event;
use crate::identity::Viewer;
use crate::problem::Problem;
use async_stream::stream;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// What a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(2);
/// A comment goes out this often, so that proxies do not take the stream for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// More missed changes than this are told as `reset`: reading the lists again costs less.
const MOST_MISSED: usize = 500;

/// Event `request`, data `{"id": "..."}`: this request changed and you may read it. Event
/// `reset`, data `{}`: more was missed than is remembered; read the lists again.
#[utoipa::path(get, path = "/events", operation_id = "events", tag = "requests",
    params(("Last-Event-ID" = Option<String>, Header, description = "Id of the last event seen; what came after it is sent first")),
    responses(
        (status = 200, description = "Events, until one side ends", body = String, content_type = "text/event-stream"),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn listen(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // Subscribed before reading, so that nothing falls between the two.
    let mut changes = app.hub.subscribe();
    let asked = headers
        .get("last-event-id")
        .map(|v| v.to_str().unwrap_or("").trim().to_owned());
    let (begin, mut missed) = missed_since(&app, viewer.row, asked.as_deref()).await?;
    let counted = app.metrics.open_stream();
    let mut stopping = app.stopping();
    let events = stream! {
        let _counted = counted;
        let mut last = begin;
        // An id without data starts no event, and is what a reconnecting browser sends.
        yield Ok::<_, Infallible>(Event::default().retry(RETRY).id(begin.to_string()));
        loop {
            for (id, event) in missed.drain(..) {
                last = last.max(id);
                yield Ok(event);
            }
            tokio::select! {
                change = changes.recv() => match change {
                    Ok(change) if change.id > last => {
                        last = change.id;
                        let mine = change.readers.as_ref().is_none_or(|r| r.contains(&viewer.row));
                        if mine {
                            yield Ok(request_event(change.id, &change.request));
                        }
                    }
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => {
                        match missed_since(&app, viewer.row, Some(&last.to_string())).await {
                            Ok((_, again)) => missed = again,
                            Err(_) => return,
                        }
                    }
                    Err(RecvError::Closed) => return,
                },
                () = stopped(&mut stopping) => return,
            }
        }
    };
    let mut response = Sse::new(events)
        .keep_alive(KeepAlive::new().interval(HEARTBEAT).text("heartbeat"))
        .into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks nginx and its kin not to collect the stream.
    response.headers_mut().insert(
        HeaderName::from_static("x-accel-buffering"),
        HeaderValue::from_static("no"),
    );
    Ok(response)
}

/// Where the stream begins, and what the viewer missed since the event that they saw last.
async fn missed_since(
    app: &App,
    viewer: i64,
    last: Option<&str>,
) -> Result<(i64, Vec<(i64, Event)>), Problem> {
    let mut tx = app.db.read().await?;
    let (newest, forgotten) = event::bounds(&mut tx).await?;
    let reset = || {
        vec![(
            newest,
            Event::default()
                .id(newest.to_string())
                .event("reset")
                .data("{}"),
        )]
    };
    let Some(last) = last else {
        return Ok((newest, Vec::new()));
    };
    let Ok(last) = last.parse::<i64>() else {
        return Ok((newest, reset()));
    };
    if last < forgotten || last > newest {
        return Ok((newest, reset()));
    }
    let missed = event::missed(&mut tx, viewer, last).await?;
    if missed.len() > MOST_MISSED {
        return Ok((newest, reset()));
    }
    let events = missed
        .into_iter()
        .map(|(id, request)| (id, request_event(id, &request)));
    Ok((last, events.collect()))
}

fn request_event(id: i64, request: &str) -> Event {
    let data = serde_json::json!({ "id": request }).to_string();
    Event::default()
        .id(id.to_string())
        .event("request")
        .data(data)
}
