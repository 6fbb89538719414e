//! A response as the backend gave it, beside what the mapping makes of it: for whoever writes a
//! mapping and sees that a field got nothing. Only with the feature `explain`.

use super::http::{HttpRequest, HttpResponse};
use super::mapping::Mapping;
use super::read::select_item;
use super::response::decode;
use super::select::{Fuel, Kept, Scope};
use serde_json::Value;

/// Most names that are told of one item.
const MOST: usize = 40;

impl Mapping {
    /// The items of a response before anything was read of them: the list at `items`, or the one
    /// item as a list of one; empty where there is none.
    #[must_use]
    pub fn raw_items(&self, request: &HttpRequest, response: &HttpResponse) -> Vec<Value> {
        let Ok((call, service)) = self.parts_of(request) else {
            return Vec::new();
        };
        let Ok(value) = decode(request, response, service, call.get("success")) else {
            return Vec::new();
        };
        let (kept, fuel) = (Kept::default(), Fuel::default());
        let scope = Scope::new(&value, &response.headers, &kept, &fuel);
        match select_item(call, &value, &scope) {
            Value::Array(list) => list.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        }
    }
}

/// Where values stand in an item, as selectors two levels deep: `id`, `profile.title`,
/// `skills[].name`; at most 40, without the values.
#[must_use]
pub fn selectors_in(item: &Value) -> Vec<String> {
    let mut out = Vec::new();
    let Value::Object(map) = item else {
        return out;
    };
    for (key, value) in map {
        let key = quoted(key);
        let (inner, between) = match value {
            Value::Object(inner) => (Some(inner), "."),
            Value::Array(list) => (list.first().and_then(Value::as_object), "[]."),
            _ => (None, ""),
        };
        match inner {
            Some(inner) if !inner.is_empty() => {
                for name in inner.keys() {
                    out.push([&key, between, &quoted(name)].concat());
                }
            }
            _ => out.push(key),
        }
    }
    out.truncate(MOST);
    out
}

/// A name as a selector writes it: in quotation marks where it is no plain word.
fn quoted(name: &str) -> String {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if plain && !name.starts_with(|c: char| c.is_ascii_digit()) && !name.is_empty() {
        name.to_owned()
    } else {
        Value::from(name).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::select::select;
    use serde_json::json;

    #[test]
    fn names_can_be_used_as_selectors() {
        let item = json!({"id": 7, "@odata.etag": "x", "profile": {"job-title": "Fitter"}, "skills": [{"name": "rust"}], "tags": ["a"], "empty": {}});
        let names = selectors_in(&item);
        assert_eq!(
            names,
            [
                "\"@odata.etag\"",
                "empty",
                "id",
                "profile.\"job-title\"",
                "skills[].name",
                "tags"
            ]
        );
        for name in names {
            assert!(!select(&name, &item, &[]).is_null(), "{name}");
        }
        assert!(selectors_in(&json!([1])).is_empty());
    }
}
