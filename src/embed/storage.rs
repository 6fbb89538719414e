//! Where texts outlive the page: the browser's local storage, under names of our own. It may be
//! denied, full or missing, and says so by an exception; here that is an error value.

use web_sys::Storage;

const PREFIX: &str = "entraide:";

/// Storage is denied, full, or not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the browser keeps nothing for this page: allow it to store site data")]
pub(super) struct StorageDenied;

fn storage() -> Result<Storage, StorageDenied> {
    web_sys::window()
        .and_then(|w| w.local_storage().ok().flatten())
        .ok_or(StorageDenied)
}

/// Keeps a text under a name, or forgets it.
pub(super) fn keep(slot: &str, value: Option<&str>) -> Result<(), StorageDenied> {
    let storage = storage()?;
    let name = format!("{PREFIX}{slot}");
    match value {
        Some(text) => storage.set_item(&name, text),
        None => storage.remove_item(&name),
    }
    .map_err(|_| StorageDenied)
}

/// Everything that was kept: names and texts.
pub(super) fn read_all() -> Result<Vec<(String, String)>, StorageDenied> {
    let storage = storage()?;
    let count = storage.length().map_err(|_| StorageDenied)?;
    let mut all = Vec::new();
    for i in 0..count {
        let Ok(Some(name)) = storage.key(i) else {
            continue;
        };
        let Some(slot) = name.strip_prefix(PREFIX) else {
            continue;
        };
        if let Ok(Some(text)) = storage.get_item(&name) {
            all.push((slot.to_owned(), text));
        }
    }
    Ok(all)
}
