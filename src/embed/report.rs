//! What works and what does not, for the page's owner: no names, no texts, no tokens.

use super::calls;
use super::runtime;
use crate::backend::Operation;
use crate::model::json::{object, string};
use serde_json::Value;

/// Bytes in a page of Wasm memory.
const PAGE: usize = 65_536;

/// The report of this instance, as JSON.
pub(super) fn report() -> String {
    let Some(state) = runtime::state() else {
        return "{}".to_owned();
    };
    let mut operations = Vec::new();
    for (operation, name) in Operation::ALL {
        let ended = calls::ended(operation);
        let status = (ended.status > 0).then_some(ended.status);
        let value = object(vec![
            ("supported", state.supports(operation).into()),
            ("status", status.map_or(Value::Null, Value::from)),
            ("error", ended.error.map_or(Value::Null, string)),
            ("defects", ended.defects.into()),
        ]);
        operations.push((name, value));
    }
    let problem = state.config.backend.as_ref().err();
    object(vec![
        (
            "problem",
            problem.map_or(Value::Null, |words| string(words)),
        ),
        ("language", string(state.config.language.tag())),
        ("online", state.online.into()),
        ("storage", state.storage.into()),
        ("streaming", state.streaming.into()),
        ("people", state.directory.index.len().into()),
        ("elements", state.surfaces.len().into()),
        ("waiting", state.outbox.entries().count().into()),
        // It never gives any back.
        ("memory", (core::arch::wasm32::memory_size(0) * PAGE).into()),
        ("operations", object(operations)),
    ])
    .to_string()
}
