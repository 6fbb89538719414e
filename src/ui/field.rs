//! Text fields: label, hint, error and counter tied together for a screen reader.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// The text that an input event left in its field. Yew listens at its root, so the field is
/// found by the event's target.
pub(super) fn typed(event: &InputEvent) -> String {
    let Some(target) = event.target() else { return String::new() };
    if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        return area.value();
    }
    target.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value).unwrap_or_default()
}

/// How a field is described.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Described {
    /// Unique within its element.
    pub id: &'static str,
    /// The label.
    pub label: String,
    /// Behind the label: "optional".
    pub aside: Option<String>,
    /// Under the label.
    pub hint: Option<String>,
    /// What is wrong, if anything.
    pub error: Option<String>,
    /// Lines at least.
    pub rows: u32,
    /// Whether a new view's focus goes here.
    pub focus: bool,
    /// Most characters.
    pub max: usize,
    /// Shown when few characters are left.
    pub left: Option<String>,
}

/// A field of one or more lines that grows with its text.
pub(super) fn area(described: Described, value: &str, oninput: Callback<String>) -> Html {
    let Described { id, label, aside, hint, error, rows, focus, max, left } = described;
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    let error_id = error.as_ref().map(|_| format!("{id}-error"));
    let by: Vec<String> = [&error_id, &hint_id].into_iter().flatten().cloned().collect();
    let oninput = oninput.reform(|event: InputEvent| typed(&event));
    html! {
        <div class="field" part="field">
            <label for={id}>{ label }if let Some(aside) = aside { <span class="muted">{ " · " }{ aside }</span> }</label>
            if let Some(hint) = hint { <p class="hint" id={hint_id.clone()}>{ hint }</p> }
            <div class="grow" data-text={format!("{value} ")}>
                <textarea {id} rows={rows.to_string()} maxlength={max.to_string()} value={value.to_owned()}
                    {oninput} data-focus={focus.then_some("")}
                    aria-invalid={error.is_some().then_some("true")}
                    aria-describedby={(!by.is_empty()).then(|| by.join(" "))} />
            </div>
            if let Some(left) = left { <p class="hint" role="status">{ left }</p> }
            if let Some(error) = error { <p class="error" id={error_id.clone()} role="alert">{ error }</p> }
        </div>
    }
}
