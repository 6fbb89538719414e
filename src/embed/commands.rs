//! What the store wants done, done.

use super::{calls, clock, events, finds, page, runtime, sign_in, storage};
use crate::model::{LONG_TEXT, NAME, NewRequest, SHORT_TEXT, clean_line, clean_text};
use crate::store::{Action, Command, MOST, SurfaceId};
use crate::ui;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Carries out one command. What comes of it is dispatched, now or later.
pub(super) fn carry_out(command: Command) {
    match command {
        Command::Call { ticket, call } => spawn_local(calls::perform(ticket, *call)),
        Command::Keep { slot, value } => {
            let denied = storage::keep(&slot, value.as_deref()).is_err();
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
            emit(surface, name, &to_js(&detail));
        }
        Command::BeforePost { surface, request } => before_post(surface, request),
        Command::OpenPanel(prefill) => {
            let opened = runtime::host().and_then(|host| host.open().ok());
            if let Some(number) = opened.and_then(|id| id.as_f64()) {
                let surface = SurfaceId(number as u32);
                runtime::dispatch(Action::Fill {
                    surface,
                    prefill: *prefill,
                });
            }
        }
        Command::ClosePanel(surface) => {
            if let Some(host) = runtime::host() {
                // The loader's own code; what it throws harms nothing here.
                let _ = host.close(surface.0);
            }
        }
        Command::Focus(surface) => runtime::after_drawing(move || {
            if let Some(root) = runtime::mounted(surface, |m| m.place.whole().clone()) {
                ui::focus_marked(&root);
            }
        }),
        Command::Announce { surface, text } => {
            runtime::mounted(surface, |m| m.place.announce(&text));
        }
        Command::Address { surface: _, pairs } => {
            // A browser that refuses it leaves the page as it is, which still works.
            let _ = page::write_address(&pairs);
        }
        Command::SignIn => sign_in::forget(),
        Command::Found { id, result } => finds::settle(id, result),
    }
}

/// JSON as JavaScript's own plain objects.
pub(super) fn to_js(value: &Value) -> JsValue {
    js_sys::JSON::parse(&value.to_string()).unwrap_or(JsValue::NULL)
}

/// Dispatches an event on a surface's element; `false` where a listener cancelled it.
pub(super) fn emit(surface: SurfaceId, name: &str, detail: &JsValue) -> bool {
    let element = runtime::mounted(surface, |m| m.element.clone());
    match (runtime::host(), element) {
        (Some(host), Some(element)) => host.emit(&element, name, detail).unwrap_or(true),
        _ => true,
    }
}

/// Lets the page's listeners see a request before it is posted, change it, or cancel it.
fn before_post(surface: SurfaceId, request: Box<NewRequest>) {
    let detail = to_js(&request.to_json());
    let agreed = emit(surface, "entraide-before-post", &detail);
    let request = agreed.then(|| Box::new(read_back(&detail, *request)));
    runtime::dispatch(Action::Approved { surface, request });
}

/// The request as the listeners left it; what makes no sense any more is as it was.
fn read_back(detail: &JsValue, before: NewRequest) -> NewRequest {
    let text = js_sys::JSON::stringify(detail)
        .ok()
        .and_then(|text| text.as_string());
    let changed: Option<Value> = text.and_then(|text| serde_json::from_str(&text).ok());
    let Some(mut request) = changed.as_ref().and_then(NewRequest::from_json) else {
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
