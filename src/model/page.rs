//! One page of a long list, and where the next one begins.

use serde::{Deserialize, Serialize};

/// Where the next page begins, in the backend's own words (an opaque token, an offset, a URL).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
pub struct Cursor(pub String);

/// A page of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The items, in the backend's order.
    pub items: Vec<T>,
    /// Present exactly when there is more.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next: Option<Cursor>,
    /// How many there are in all, where the backend says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub total: Option<u64>,
}
