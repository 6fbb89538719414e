//! What the loader, which is plain JavaScript, does for the widget: it owns the elements, opens
//! the panel, and dispatches events. Everything here may run code of the page, so nothing may
//! be borrowed while it is called, and whatever the page throws is caught.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// The loader's object of callbacks.
    #[derive(Clone)]
    pub type Host;

    /// Says that this generation is broken for good.
    #[wasm_bindgen(method)]
    pub fn trap(this: &Host, message: &str);

    /// The options as they are now, as a plain object.
    #[wasm_bindgen(method, catch)]
    pub fn options(this: &Host) -> Result<JsValue, JsValue>;

    /// Opens the panel; gives its surface's number.
    #[wasm_bindgen(method, catch)]
    pub fn open(this: &Host) -> Result<JsValue, JsValue>;

    /// Closes the panel of this surface.
    #[wasm_bindgen(method, catch)]
    pub fn close(this: &Host, surface: u32) -> Result<(), JsValue>;

    /// Shows a count at the launcher, or none at 0.
    #[wasm_bindgen(method, catch)]
    pub fn badge(this: &Host, count: u32) -> Result<(), JsValue>;

    /// Dispatches an event of the contract; `false` where it was cancelled.
    #[wasm_bindgen(method, catch)]
    pub fn emit(
        this: &Host,
        element: &Element,
        name: &str,
        detail: &JsValue,
    ) -> Result<bool, JsValue>;
}
