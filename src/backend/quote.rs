//! Writing a value into a query language, so that nothing typed can change the query's meaning.
//!
//! Percent-encoding protects an address, not the filter inside it: a backend decodes
//! `name eq 'O%27Hara'` before it reads the filter. Each grammar here has its own rule.

use super::html::escape_html;
use super::uri_template::scalar_text;
use crate::model::lower_text;
use serde_json::Value;

/// The languages, each by its name; the order is that of [`RULES`].
///
/// - `odata`: OData v4 (ABNF `string`): apostrophes around, doubled inside; numbers bare.
/// - `scim`: SCIM filters (RFC 7644, section 3.4.2.2): a JSON string; numbers bare.
/// - `rsql`: RSQL and FIQL: quotation marks around, back slash before `"` and `\`.
/// - `jql`: Jira's JQL: the same, and line breaks become spaces.
/// - `search`: words inside `"..."` of Microsoft Graph's `$search`; marks that end it are dropped.
/// - `servicenow`: encoded queries, which know no escape: `^` and line breaks become spaces, and so
///   does the colon of `javascript:`, since what follows it would be run there.
/// - `postgrest`: values in lists and logic: as RSQL; `*` stays a wildcard.
/// - `lucene`: Lucene and Elasticsearch: quoted, since words like OR are operators too; `<` and
///   `>` cannot be escaped there, so they become spaces (Elasticsearch reference, "Query string
///   query", reserved characters).
/// - `html`: text and attribute values.
/// - `json`: also for a value inside JSON in a text.
/// - `words`: letters and digits in lower case, all else a space, for searches that have marks and
///   words with a meaning (`repo:`, `-`, `?`, `OR`) and no sure way to write them without it.
pub(super) const GRAMMARS: &str =
    "odata scim rsql jql search servicenow postgrest lucene html json words";

/// How a language writes a text.
struct Rule {
    /// Before and after it.
    around: &'static str,
    /// Characters that are guarded, and the guard before them.
    guarded: &'static str,
    guard: &'static str,
    /// Characters that become spaces; with any, control characters do too.
    spaced: &'static str,
}

const fn rule(
    around: &'static str,
    guarded: &'static str,
    guard: &'static str,
    spaced: &'static str,
) -> Rule {
    Rule {
        around,
        guarded,
        guard,
        spaced,
    }
}

const RULES: [Rule; 8] = [
    rule("'", "'", "'", ""),
    rule("", "", "", ""),
    rule("\"", "\\\"", "\\", ""),
    rule("\"", "\\\"", "\\", "\n"),
    rule("", "", "", "\"\\"),
    rule("", "", "", "^"),
    rule("\"", "\\\"", "\\", ""),
    rule("\"", "\\\"", "\\", "<>"),
];
const ODATA: usize = 0;
const SCIM: usize = 1;
const SERVICENOW: usize = 5;
const HTML: usize = 8;
const JSON: usize = 9;
const WORDS: usize = 10;

/// What makes a value a script in an encoded query.
const SCRIPT: &str = "javascript:";

/// The number of a grammar.
pub(super) fn grammar(name: &str) -> Option<usize> {
    GRAMMARS.split(' ').position(|known| known == name)
}

/// The value as the grammar writes it; `None` for `null`, lists and objects (but JSON takes
/// them all). Numbers and truth values are written as they are where the grammar has them.
pub(super) fn quote(grammar: usize, value: &Value) -> Option<Value> {
    if grammar == JSON {
        return (!value.is_null()).then(|| Value::String(value.to_string()));
    }
    let text = scalar_text(value)?;
    let bare = !value.is_string() && matches!(grammar, ODATA | SCIM);
    Some(Value::String(match RULES.get(grammar) {
        _ if bare => text,
        _ if grammar == SCIM => value.to_string(),
        _ if grammar == HTML => escape_html(&text),
        _ if grammar == WORDS => {
            let mut out = String::new();
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() && !out.is_empty() {
                    out.push(' ');
                }
                out.push_str(word);
            }
            if out.is_empty() {
                return None;
            }
            lower_text(&out)
        }
        Some(rule) => {
            let mut text = text;
            while grammar == SERVICENOW
                && let Some(at) = text.to_ascii_lowercase().find(SCRIPT)
            {
                let colon = at + SCRIPT.len() - 1;
                text.replace_range(colon..=colon, " ");
            }
            let mut out = rule.around.to_owned();
            for c in text.chars() {
                if rule.guarded.contains(c) {
                    out.push_str(rule.guard);
                }
                let spaced = !rule.spaced.is_empty() && (c.is_control() || rule.spaced.contains(c));
                out.push(if spaced { ' ' } else { c });
            }
            out.push_str(rule.around);
            out
        }
        None => text,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn quote(name: &str, value: Value) -> Option<String> {
        let quoted = super::quote(grammar(name).unwrap(), &value)?;
        quoted.as_str().map(str::to_owned)
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
        let words = quote("words", json!("-repo:x (L'accès OR ?)"));
        assert_eq!(words.as_deref(), Some("repo x l accès or"));
        assert_eq!(quote("words", json!("?!")), None);
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
            let words = quote("words", json!(text)).unwrap_or_default();
            prop_assert!(words.chars().all(|c| c == ' ' || c.is_alphanumeric()));
            prop_assert!(!quote("servicenow", json!(text)).unwrap().contains('^'));
        }
    }
}
