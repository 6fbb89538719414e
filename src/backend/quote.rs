//! Writing a value into a query language, so that nothing typed can change the query's meaning.
//!
//! Percent-encoding protects an address, not the filter inside it: a backend decodes
//! `name eq 'O%27Hara'` before it reads the filter. Each grammar here has its own rule.

use super::html::escape_html;
use super::uri_template::scalar_text;
use serde_json::Value;

/// The language of the text that a value is written into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// OData v4 (ABNF `string`): apostrophes around, doubled inside.
    OData,
    /// SCIM filters (RFC 7644, section 3.4.2.2): a JSON string.
    Scim,
    /// RSQL and FIQL: quotation marks around, back slash before `"` and `\`.
    Rsql,
    /// Jira's JQL: the same, and line breaks become spaces.
    Jql,
    /// Words inside `"..."` of Microsoft Graph's `$search`; marks that end it are dropped.
    Search,
    /// ServiceNow's encoded queries, which know no escape: `^` and line breaks become spaces.
    ServiceNow,
    /// PostgREST values in lists and logic: quotation marks around, `*` stays a wildcard.
    PostgRest,
    /// Lucene and Elasticsearch query strings: every operator is taken literally.
    Lucene,
    /// HTML text and attribute values.
    Html,
    /// JSON, also for a value inside JSON in a text.
    Json,
}

const GRAMMARS: [(&str, Grammar); 10] = [
    ("odata", Grammar::OData),
    ("scim", Grammar::Scim),
    ("rsql", Grammar::Rsql),
    ("jql", Grammar::Jql),
    ("search", Grammar::Search),
    ("servicenow", Grammar::ServiceNow),
    ("postgrest", Grammar::PostgRest),
    ("lucene", Grammar::Lucene),
    ("html", Grammar::Html),
    ("json", Grammar::Json),
];

impl Grammar {
    pub(super) fn named(name: &str) -> Option<Self> {
        GRAMMARS.iter().find(|(n, _)| *n == name).map(|(_, g)| *g)
    }

    pub(super) fn names() -> String {
        GRAMMARS.map(|(name, _)| name).join(", ")
    }

    /// The value as the grammar writes it; `None` for `null`, lists and objects (but JSON takes
    /// them all). Numbers and truth values are written as they are where the grammar has them.
    pub(super) fn quote(self, value: &Value) -> Option<Value> {
        if self == Self::Json {
            return (!value.is_null()).then(|| Value::String(value.to_string()));
        }
        let text = scalar_text(value)?;
        let typed = !value.is_string();
        Some(Value::String(match self {
            Self::OData | Self::Scim if typed => text,
            Self::OData => format!("'{}'", text.replace('\'', "''")),
            Self::Scim => Value::String(text).to_string(),
            Self::Rsql | Self::PostgRest => guarded(&text),
            Self::Jql => guarded(&spaced(&text, "")),
            Self::Search => spaced(&text, "\"\\"),
            Self::ServiceNow => spaced(&text, "^"),
            Self::Lucene => lucene(&text),
            Self::Html => escape_html(&text),
            Self::Json => text,
        }))
    }
}

fn guarded(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Control characters, and those of `without`, become spaces.
fn spaced(text: &str, without: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() || without.contains(c) {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// `<` and `>` cannot be escaped there, so they become spaces (Elasticsearch reference,
/// "Query string query", reserved characters). Quoted, since words like OR are operators too.
fn lucene(text: &str) -> String {
    guarded(&spaced(text, "<>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn quote(grammar: &str, value: Value) -> Option<String> {
        Grammar::named(grammar)
            .unwrap()
            .quote(&value)?
            .as_str()
            .map(str::to_owned)
    }

    #[test]
    fn each_grammar_has_its_rule() {
        for (grammar, expected) in [
            ("odata", "'O''Hara \"x\\'"),
            ("scim", "\"O'Hara \\\"x\\\\\""),
            ("rsql", "\"O'Hara \\\"x\\\\\""),
            ("search", "O'Hara  x "),
            ("html", "O&#39;Hara &quot;x\\"),
        ] {
            assert_eq!(
                quote(grammar, json!("O'Hara \"x\\")).as_deref(),
                Some(expected),
                "{grammar}"
            );
        }
        assert_eq!(
            quote("servicenow", json!("a^ORb")).as_deref(),
            Some("a ORb")
        );
        assert_eq!(quote("odata", json!(7)).as_deref(), Some("7"));
        assert_eq!(quote("odata", json!(null)), None);
        assert_eq!(quote("odata", json!(["a"])), None);
        assert_eq!(quote("json", json!(["a"])).as_deref(), Some("[\"a\"]"));
    }

    proptest! {
        #[test]
        fn nothing_typed_ends_the_string(text in "[a'\"\\\\^*() \n&|-]{0,20}") {
            let odata = quote("odata", json!(text)).unwrap();
            prop_assert_eq!(odata[1..odata.len() - 1].replace("''", "").matches('\'').count(), 0);
            for grammar in ["scim", "rsql", "jql", "postgrest", "lucene"] {
                let quoted = quote(grammar, json!(text)).unwrap();
                let inside = quoted[1..quoted.len() - 1].replace("\\\\", "").replace("\\\"", "");
                prop_assert!(!inside.contains('"') && !inside.ends_with('\\'), "{grammar}: {quoted}");
            }
            prop_assert!(!quote("servicenow", json!(text)).unwrap().contains('^'));
        }
    }
}
