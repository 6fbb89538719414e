//! What the store wants done, done.

use super::{calls, clock, events, host, runtime};
use crate::model::json::{object, string};
use crate::model::{LONG_TEXT, NAME, NewRequest, SHORT_TEXT, clean_line, clean_text};
use crate::store::{Action, Command, MOST, SurfaceId};

/// Carries out one command. What comes of it is dispatched, now or later.
#[inline(never)]
pub(super) fn carry_out(command: Command) {
    match command {
        Command::Call { ticket, call } => calls::perform(ticket, call),
        Command::Keep { slot, value } => {
            let denied = !host::keep(&slot, value.as_deref());
            // The store says it once; each further failure would only draw the same again.
            if denied && runtime::state().is_some_and(|state| state.storage) {
                runtime::dispatch(Action::StorageFailed);
            }
        }
        Command::After { ms, action } => clock::after(ms, *action),
        Command::Listen => events::listen(),
        Command::Hush => events::hush(),
        Command::Emit {
            surface,
            name,
            detail,
        } => {
            host::emit(surface.0, name, &detail.to_string());
        }
        Command::BeforePost { surface, request } => before_post(surface, *request),
        Command::OpenPanel(prefill) => {
            let number = host::open();
            if number > 0 {
                runtime::dispatch(Action::Fill {
                    surface: SurfaceId(number),
                    prefill: *prefill,
                });
            }
        }
        Command::ClosePanel(surface) => host::close(surface.0),
        Command::Focus(surface) => host::focus(surface.0),
        Command::Announce { surface, text } => host::announce(surface.0, &text),
        Command::Address { surface: _, pairs } => {
            let mut members = Vec::new();
            for (name, value) in &pairs {
                members.push((*name, string(value)));
            }
            host::address(&object(members).to_string());
        }
        Command::SignIn => host::forget(),
        Command::Found { id, result } => match result {
            Ok(people) => host::found(id, true, &people.to_string()),
            Err(words) => host::found(id, false, &words),
        },
    }
}

/// Lets the page's listeners see a request before it is posted, change it, or cancel it.
#[inline(never)]
fn before_post(surface: SurfaceId, request: NewRequest) {
    let detail = request.to_json().to_string();
    let left = host::emit(surface.0, "entraide-before-post", &detail);
    let request = left.map(|detail| Box::new(read_back(&detail, request)));
    runtime::dispatch(Action::Approved { surface, request });
}

/// The request as the listeners left it; what makes no sense any more is as it was.
fn read_back(detail: &str, before: NewRequest) -> NewRequest {
    let changed = serde_json::from_str(detail).unwrap_or_default();
    let Some(mut request) = NewRequest::from_json(&changed) else {
        return before;
    };
    request.question = clean_line(&request.question, SHORT_TEXT);
    if request.question.is_empty() {
        request.question = before.question;
    }
    request.details = clean_text(&request.details, LONG_TEXT);
    request.skills.truncate(MOST);
    for skill in &mut request.skills {
        *skill = clean_line(skill, NAME);
    }
    request.skills.retain(|skill| !skill.is_empty());
    request.to.truncate(MOST);
    if let Some(context) = &mut request.context {
        context.title = clean_line(&context.title, SHORT_TEXT);
    }
    request
}
