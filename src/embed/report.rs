//! What works and what does not, for the page's owner: no names, no texts, no tokens.

use super::calls;
use super::runtime;
use crate::backend::Operation;
use js_sys::{ArrayBuffer, WebAssembly};
use serde_json::{Map, Value, json};
use wasm_bindgen::JsCast;

/// The report of this instance.
pub(super) fn report() -> Value {
    let Some(state) = runtime::state() else {
        return json!({});
    };
    let operations: Map<String, Value> = Operation::ALL
        .into_iter()
        .map(|(operation, name)| {
            let ended = calls::ended(operation).unwrap_or_default();
            let value = json!({
                "supported": state.supports(operation),
                "status": ended.status,
                "error": ended.error,
                "defects": ended.defects,
            });
            (name.to_owned(), value)
        })
        .collect();
    json!({
        "problem": state.config.backend.as_ref().err().map(|words| &**words),
        "language": state.config.language.tag(),
        "online": state.online,
        "storage": state.storage,
        "streaming": state.streaming,
        "people": state.directory.index.len(),
        "elements": state.surfaces.len(),
        "waiting": state.outbox.entries().count(),
        "memory": memory(),
        "operations": operations,
    })
}

/// Bytes of memory that this instance holds; it never gives any back.
fn memory() -> Option<u32> {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().dyn_into().ok()?;
    let buffer: ArrayBuffer = memory.buffer().dyn_into().ok()?;
    Some(buffer.byte_length())
}
