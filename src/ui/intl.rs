//! What the browser's `Intl` knows better than any table of ours: the time elsewhere, and the
//! names of languages. Each returns `None` where the browser does not know.

use js_sys::{Array, Date, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

fn intl(class: &str, tag: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let bag = Object::new();
    for (name, value) in options {
        Reflect::set(&bag, &(*name).into(), &(*value).into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&class, &Array::of2(&tag.into(), &bag)).ok()
}

fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<String> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.call1(object, argument).ok()?.as_string()
}

/// The time of day in an IANA time zone, as people of the language write it.
pub(super) fn time_in_zone(tag: &str, zone: &str, now_ms: f64) -> Option<String> {
    let format = intl(
        "DateTimeFormat",
        tag,
        &[("timeZone", zone), ("timeStyle", "short")],
    )?;
    let format = Reflect::get(&format, &"format".into()).ok()?;
    let format: Function = format.dyn_into().ok()?;
    format
        .call1(&JsValue::NULL, &Date::new(&now_ms.into()))
        .ok()?
        .as_string()
}

/// The time zone of this browser.
pub(super) fn own_zone() -> Option<String> {
    let format = intl("DateTimeFormat", "en", &[])?;
    let options: Function = Reflect::get(&format, &"resolvedOptions".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let options = options.call0(&format).ok()?;
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// The name of a language ("français") in another language.
pub(super) fn language_name(tag: &str, of: &str) -> Option<String> {
    let names = intl("DisplayNames", tag, &[("type", "language")])?;
    call(&names, "of", &of.into()).filter(|name| !name.is_empty())
}
