//! Reading what a page's script passes: any value, with getters that may throw. What is not of
//! the wanted type is as if it were not there.

use crate::model::{
    LONG_TEXT, NAME, PageContext, PersonId, SHORT_TEXT, SafeUrl, clean_line, clean_text,
};
use crate::store::Prefill;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Longest list that is read.
const MOST: usize = 50;

/// A property, where it is there.
pub(super) fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(object, &name.into()).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A property that is a text.
pub(super) fn text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name)?.as_string()
}

/// A property that is a list of texts, or one text with commas.
pub(super) fn list(object: &JsValue, name: &str) -> Vec<String> {
    let Some(value) = get(object, name) else {
        return Vec::new();
    };
    let all: Vec<String> = match value.as_string() {
        Some(text) => text.split(',').take(MOST).map(str::to_owned).collect(),
        None if Array::is_array(&value) => {
            let array: Array = value.unchecked_into();
            let most = array.length().min(MOST as u32);
            (0..most).filter_map(|i| array.get(i).as_string()).collect()
        }
        None => Vec::new(),
    };
    all.iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// The pairs of an object whose values are texts.
pub(super) fn pairs(object: &JsValue, name: &str) -> Vec<(String, String)> {
    let Some(object) = get(object, name).filter(JsValue::is_object) else {
        return Vec::new();
    };
    let Ok(keys) = Reflect::own_keys(&object) else {
        return Vec::new();
    };
    let pair = |key: JsValue| {
        let key = key.as_string()?;
        let value = text(&object, &key)?;
        Some((key, value))
    };
    (0..keys.length())
        .filter_map(|i| pair(keys.get(i)))
        .collect()
}

/// What an ask form is to be filled with.
pub(super) fn prefill(value: &JsValue) -> Prefill {
    let context = get(value, "context").and_then(|context| {
        let title = clean_line(&text(&context, "title")?, SHORT_TEXT);
        let url = text(&context, "url").and_then(|url| SafeUrl::new(&url));
        (!title.is_empty()).then_some(PageContext { title, url })
    });
    Prefill {
        question: text(value, "question")
            .map(|q| clean_line(&q, SHORT_TEXT))
            .filter(|q| !q.is_empty()),
        details: text(value, "details")
            .map(|d| clean_text(&d, LONG_TEXT))
            .filter(|d| !d.is_empty()),
        skills: list(value, "skills")
            .iter()
            .map(|name| clean_line(name, NAME))
            .collect(),
        to: list(value, "to")
            .iter()
            .filter_map(|id| PersonId::new(id).ok())
            .collect(),
        context,
    }
}
