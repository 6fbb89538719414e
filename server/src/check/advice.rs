//! What to change when an operation fails: the same errors as in the widget, told to the person
//! who can do something about the mapping or the backend.

use entraide::backend::{AuthKind, BackendError, HttpResponse, Service};

/// A sentence for what to do about an error; empty where the error itself says it.
#[must_use]
pub fn advice(error: &BackendError, response: Option<&HttpResponse>, service: &Service) -> String {
    let location = response.and_then(|r| r.header("location"));
    if let Some(response) = response
        && (300..400).contains(&response.status)
    {
        let place = location.unwrap_or("elsewhere");
        return format!(
            "it sends calls on to {place}, which is not followed to another origin: if that is a \
             page to sign in, give what proves who asks; if the backend has moved, change `base`"
        );
    }
    let secret = &service.auth.secret;
    match error {
        BackendError::SignedOut { .. } => match service.auth.kind {
            AuthKind::None => {
                "it wants to know who asks: say how in `auth` (cookie, bearer, key or basic)"
                    .to_owned()
            }
            AuthKind::Cookie => format!(
                "give the cookies of a session: --secret {secret}=VARIABLE, an environment variable \
                 that holds what the browser sends as `Cookie`"
            ),
            AuthKind::Basic => format!(
                "give name and password: --secret {secret}=VARIABLE, an environment variable that \
                 holds USER:PASSWORD"
            ),
            AuthKind::Bearer | AuthKind::Key => format!(
                "give it, or a valid one: --secret {secret}=VARIABLE, an environment variable that \
                 holds it"
            ),
        },
        BackendError::Forbidden { .. } => {
            "the backend knows who asks and refuses: that account needs the right to read this"
                .to_owned()
        }
        BackendError::NotFound { .. } => {
            "nothing is there: compare `base` and the address in `call` with the backend's manual"
                .to_owned()
        }
        BackendError::Html { login: true, .. } => format!(
            "that is a page to sign in, so the session is missing or over: for a check give \
             --secret {secret}=VARIABLE; in the page, people must be signed in"
        ),
        BackendError::Html { .. } => {
            "`base` leads to pages for people: the API is somewhere else, often under /api"
                .to_owned()
        }
        BackendError::NotJson { .. } => {
            "the call may need a header or a suffix that asks for JSON (`Accept`, `.json`, \
             `?format=json`)"
                .to_owned()
        }
        BackendError::Invalid { .. } => {
            "compare the call's parameters, or its body, with what the backend's manual asks for"
                .to_owned()
        }
        BackendError::Offline => {
            "compare `base` with the backend's address; from here it must be reachable too"
                .to_owned()
        }
        _ => String::new(),
    }
}
