//! Tries a selector on real items, for whoever writes a mapping: what would it give?

use super::select::{Fuel, Kept, Scope, Selector};
use serde_json::Value;

/// What a selector gives for each of the items of a response, which is `$`; nothing but `null`
/// where it is no selector, or where its work is more than a response is worth.
#[must_use]
pub fn probe(selector: &str, response: &Value, items: &[Value]) -> Vec<Value> {
    let Ok(selector) = Selector::parse(selector) else {
        return vec![Value::Null; items.len()];
    };
    let (kept, fuel) = (Kept::default(), Fuel::default());
    let scope = Scope::new(response, &[], &kept, &fuel);
    let values = items
        .iter()
        .map(|item| selector.select(item, &scope).clone());
    values.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn items_are_looked_at_one_by_one_beside_the_response() {
        let response = json!({"teams": [{"id": 7, "name": "Line 2"}], "items": [{"team": 7}, {}]});
        let items = [json!({"team": 7}), json!({})];
        assert_eq!(
            probe("lookup($.teams, 'id', team).name", &response, &items),
            [json!("Line 2"), json!(null)]
        );
        assert_eq!(probe("a[", &response, &items), [json!(null), json!(null)]);
    }
}
