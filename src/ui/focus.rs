//! Moving the focus to what a new view begins with.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses what is marked `data-focus` under `root`, else its first heading, which takes focus
/// without being a tab stop. Scrolls nothing: the view starts at its top anyway.
pub fn focus_marked(root: &Element) {
    let marked = ["[data-focus]", "h3"]
        .iter()
        .find_map(|selector| root.query_selector(selector).ok().flatten());
    if let Some(element) = marked.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        if element.tag_name() == "H3" {
            element.set_tab_index(-1);
        }
        // Focus can only fail on a detached node, which is what then happens: nothing.
        let _ = element.focus();
    }
}
