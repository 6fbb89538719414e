//! From what the page's owner set to the store's configuration.

use super::page;
use super::script::{get, pairs, text};
use super::transport;
use crate::backend::{Mapping, preset};
use crate::i18n::Language;
use crate::store::Config;
use js_sys::JSON;
use serde_json::json;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Most of a configuration document that is read, in bytes.
const LONGEST: u32 = 1_000_000;
/// How long to wait for it, in milliseconds.
const PATIENCE: u32 = 15_000;

/// Reads the options, and the document that they name.
pub(super) async fn read(options: &JsValue) -> Config {
    let tag = text(options, "lang").unwrap_or_default();
    let texts = pairs(options, "messages");
    let language = match texts.is_empty() {
        true => Language::new(&tag),
        false => Language::new(&tag).with_texts(texts.into_iter().collect()),
    };
    let page = match text(options, "context").as_deref() {
        Some("none") => None,
        _ => page::context(),
    };
    Config {
        language,
        page,
        backend: mapping(options).await,
    }
}

async fn mapping(options: &JsValue) -> Result<Rc<Mapping>, Rc<str>> {
    let base = text(options, "base").filter(|base| !base.is_empty());
    let document = match get(options, "config") {
        Some(config) => match config.as_string() {
            Some(url) => fetch(&url).await?,
            None => JSON::stringify(&config)
                .ok()
                .and_then(|text| text.as_string())
                .ok_or_else(|| Rc::from("the configuration is no JSON document"))?,
        },
        None => json!({ "extends": text(options, "backend").unwrap_or_else(|| "entraide".into()) })
            .to_string(),
    };
    Mapping::parse(&document, base.as_deref(), &|name| {
        preset(name).map(str::to_owned)
    })
    .map(Rc::new)
    .map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n").into()
    })
}

async fn fetch(url: &str) -> Result<String, Rc<str>> {
    let response = transport::get(url, PATIENCE, LONGEST)
        .await
        .map_err(|error| Rc::from(format!("{url}: {error}")))?;
    match response.status {
        200..=299 => Ok(response.body),
        status => Err(format!("{url}: HTTP {status}").into()),
    }
}
