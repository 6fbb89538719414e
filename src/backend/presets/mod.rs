//! Mappings that ship with the widget. Each is a JSON document like any other; a page may
//! extend it. Only the native one is compiled in, the others are loaded when they are named.

/// Names of the presets that ship, the native one first.
pub const NAMES: &[&str] = &[
    "entraide",
    "scim",
    "msgraph",
    "odata",
    "jsonapi",
    "postgrest",
    "directus",
    "strapi",
    "wordpress",
    "redmine",
    "gitlab",
    "github",
    "jira",
    "servicenow",
    "discourse",
    "mattermost",
    "elasticsearch",
    "meilisearch",
];

/// The preset of this name, if it is compiled in.
#[must_use]
pub fn preset(name: &str) -> Option<&'static str> {
    match name {
        "entraide" => Some(include_str!("entraide.json")),
        _ => None,
    }
}
