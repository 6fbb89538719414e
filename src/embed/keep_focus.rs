//! The focus stays in the widget when what had it goes away.
//!
//! A button that was pressed often disappears by that (a chip that is taken out, "this solved
//! it"). The browser then gives the focus to the page's body, so that the next key is a command
//! to the page and a screen reader starts from the top. Instead it goes to the nearest thing
//! that can take it, among what is left around the place (WCAG 2.4.3, Focus Order).

use crate::ui;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

/// What can take the focus.
const FOCUSABLE: &str = "button:not([disabled]),input,textarea,select,a[href],summary";

/// Where the focus is: what has it, and what that stands in, innermost first.
pub(super) struct Focus(Vec<Element>);

impl Focus {
    /// The focus, if it is inside `whole`.
    pub(super) fn inside(whole: &Element) -> Option<Self> {
        // web-sys has no `DocumentOrShadowRoot`, to which this belongs.
        let active = Reflect::get(&whole.get_root_node(), &"activeElement".into()).ok()?;
        let mut next = active
            .dyn_into::<Element>()
            .ok()
            .filter(|e| whole.contains(Some(e)));
        let mut path = Vec::new();
        while let Some(element) = next {
            if &element == whole {
                break;
            }
            next = element.parent_element();
            path.push(element);
        }
        (!path.is_empty()).then_some(Self(path))
    }

    /// Puts it back into `whole` if it was lost; where the person moved it, it stays.
    pub(super) fn keep(self, whole: &Element) {
        let page = whole.owner_document();
        if !page.as_ref().is_some_and(is_lost) {
            return;
        }
        let left = self.0.iter().filter(|e| whole.contains(Some(e)));
        for around in left {
            if let Ok(Some(found)) = around.query_selector(FOCUSABLE)
                && let Some(found) = found.dyn_ref::<HtmlElement>()
            {
                // Focus can only fail on what is not drawn; then the next place may do.
                let _ = found.focus();
                return;
            }
        }
        ui::focus_marked(whole);
    }
}

/// Whether nothing in the page has the focus.
fn is_lost(page: &Document) -> bool {
    page.active_element()
        .is_none_or(|e| e.tag_name().eq_ignore_ascii_case("body"))
}
