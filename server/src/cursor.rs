//! Where the next page begins: the place of the last item seen (keyset paging), so that rows
//! inserted meanwhile shift nothing. Opaque to callers: base64url of a small JSON array.

use crate::problem::Problem;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use entraide::model::Cursor;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The cursor for a place in a list of this kind.
pub(crate) fn encode<P: Serialize>(kind: &str, place: &P) -> Cursor {
    let json = serde_json::to_vec(&(kind, place)).unwrap_or_default();
    Cursor(BASE64_URL_SAFE_NO_PAD.encode(json))
}

/// The place that a cursor of this kind of list holds.
pub(crate) fn decode<P: DeserializeOwned>(kind: &str, cursor: &str) -> Result<P, Problem> {
    let parsed = BASE64_URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<(String, P)>(&bytes).ok());
    match parsed {
        Some((found, place)) if found == kind => Ok(place),
        _ => Err(Problem::field(
            "/cursor",
            "This cursor does not belong to this list. Take `next` of the page before, or begin without one.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_back_and_nothing_else_does(key in "\\PC{0,30}", pk in any::<i64>(), junk in "\\PC{0,40}") {
            let cursor = encode("people", &(&key, pk));
            prop_assert_eq!(decode::<(String, i64)>("people", &cursor.0).unwrap(), (key, pk));
            prop_assert!(decode::<(String, i64)>("requests", &cursor.0).is_err());
            prop_assert!(decode::<(String, i64)>("people", &junk).is_err());
        }
    }
}
