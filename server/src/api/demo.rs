//! The colleague picker of the demo: who one is, for the time being.

use super::query::{Params, limit};
use crate::app::{App, IdentityMode};
use crate::call::JsonBody;
use crate::database::person_read;
use crate::database::person_search::{self, Wanted};
use crate::identity::{demo_cookie, set_demo_cookie};
use crate::origin;
use crate::problem::Problem;
use crate::respond::{private_json, read_answer};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use entraide::model::{Person, PersonId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PickerParams {
    /// Words as typed.
    q: Option<String>,
    /// How many; 20 where it is left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// Somebody whom one can be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DemoPerson {
    /// Their id.
    #[schema(value_type = String)]
    id: PersonId,
    /// The whole name.
    name: String,
    /// What they do.
    title: String,
    /// Their team.
    team: String,
}

impl From<&Person> for DemoPerson {
    fn from(p: &Person) -> Self {
        Self {
            id: p.id.clone(),
            name: p.name.clone(),
            title: p.title.clone(),
            team: p.team.clone(),
        }
    }
}

/// People whom one can be.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DemoPeople {
    /// Best first; by name where nothing is typed.
    items: Vec<DemoPerson>,
}

/// Whom one wants to be.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Choice {
    /// A person's id.
    #[schema(value_type = String)]
    person: PersonId,
}

fn only_in_demo(app: &App) -> Result<(), Problem> {
    if *app.identity == IdentityMode::Demo {
        return Ok(());
    }
    Err(Problem::not_found(
        "There is no demo here: people are signed in by the proxy in front.",
    ))
}

/// People whom one can be, found by words.
#[utoipa::path(get, path = "/demo/people", operation_id = "demo.people", tag = "demo",
    params(PickerParams),
    responses(
        (status = 200, description = "People", body = DemoPeople),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn demo_people(
    State(app): State<App>,
    headers: HeaderMap,
    Params(params): Params<PickerParams>,
) -> Result<Response, Problem> {
    only_in_demo(&app)?;
    let limit = limit(params.limit.as_deref(), 20)?;
    let mut tx = app.db.read().await?;
    let wanted = Wanted {
        text: params.q.as_deref().unwrap_or(""),
        ..Wanted::default()
    };
    let (rows, _) = person_search::search(&mut tx, &wanted, limit).await?;
    let people = person_read::load(&mut tx, &rows, app.now()).await?;
    read_answer(
        &headers,
        &DemoPeople {
            items: people.iter().map(DemoPerson::from).collect(),
        },
        None,
    )
}

/// Who one is. At the first call somebody is chosen, the same one each time, and a cookie set.
#[utoipa::path(get, path = "/demo/session", operation_id = "demo.session", tag = "demo", responses(
    (status = 200, description = "Who one is", body = DemoPerson),
    (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn demo_session(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    only_in_demo(&app)?;
    if let Some(id) = demo_cookie(&headers)
        && let Some(person) = find(&app, &id).await?
    {
        return be(&person, false);
    }
    let first = person_read::first_id(&mut *app.db.read().await?).await?;
    let empty = || {
        Problem::not_found(
            "The directory is empty. Fill it with `entraide-server demo-data` or `import FILE`.",
        )
    };
    let person = find(&app, &first.ok_or_else(empty)?)
        .await?
        .ok_or_else(empty)?;
    be(&person, true)
}

/// Becomes somebody else, by a cookie.
#[utoipa::path(post, path = "/demo/session", operation_id = "demo.choose", tag = "demo",
    request_body = Choice,
    responses(
        (status = 200, description = "Who one is now", body = DemoPerson),
        (status = "default", description = "A problem", body = Problem, content_type = "application/problem+json")
    ))]
pub(crate) async fn choose_demo_person(
    State(app): State<App>,
    request: Request,
) -> Result<Response, Problem> {
    only_in_demo(&app)?;
    let (parts, body) = request.into_parts();
    origin::check_proxied(&parts.method, &parts.headers)?;
    let choice: Choice = JsonBody::read(&parts.headers, body).await?.parse()?;
    let person = find(&app, choice.person.as_str())
        .await?
        .ok_or_else(|| Problem::field("/person", "There is nobody with this id."))?;
    be(&person, true)
}

async fn find(app: &App, id: &str) -> Result<Option<DemoPerson>, Problem> {
    let mut tx = app.db.read().await?;
    let Some(row) = person_read::row_of(&mut tx, id).await? else {
        return Ok(None);
    };
    let people = person_read::load(&mut tx, &[row], app.now()).await?;
    Ok(people.first().map(DemoPerson::from))
}

fn be(person: &DemoPerson, set_cookie: bool) -> Result<Response, Problem> {
    let body =
        serde_json::to_vec(person).map_err(|_| Problem::fault("The answer cannot be written."))?;
    let mut response = private_json(200, body);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if set_cookie && let Ok(cookie) = HeaderValue::from_str(&set_demo_cookie(person.id.as_str())) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
