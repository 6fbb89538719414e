//! What a page owner is told beyond what reading needs: mistakes that do no harm but are none the
//! less mistakes, and the nearest right thing. Only with the feature `explain`.

use super::checker::{Checker, below};
use super::operation::Operation;
use serde_json::{Map, Value};

/// Headers that the browser sets itself, whatever a page says (Fetch standard, "forbidden
/// request-header").
const FORBIDDEN: &str =
    "cookie host origin referer content-length connection user-agent accept-encoding";
/// Members of `auth` that would be secrets in a page.
const SECRETS: &str = "token password key value bearer apiKey user username";

/// Parameters that carry secrets where a backend takes them so.
const QUERY_SECRETS: &str =
    "access_token api_key apikey api-key x-api-key private_token auth_token token password secret";

const IN_A_PAGE: &str = "a secret in a page can be read by everybody who opens it";

fn holds(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Looks at a call as a whole.
pub(super) fn call(
    operation: Operation,
    call: &Map<String, Value>,
    pointer: &str,
    checker: &mut Checker,
) {
    let line = call.get("call").and_then(Value::as_str).unwrap_or_default();
    let has = |key: &str| Checker::member(call, key).is_some();
    if line.contains('#') {
        checker.add(
            &below(pointer, "call"),
            "nothing after `#` is ever sent",
            "",
            "",
        );
    }
    if (has("body") || has("form")) && line.starts_with("GET") {
        checker.add(pointer, "a GET has no body", "", "use POST, or `query`");
    }
    let query = call.get("query").and_then(Value::as_object);
    let (_, in_address) = line.split_once('?').unwrap_or_default();
    let in_address = in_address
        .split('&')
        .filter_map(|pair| pair.split('=').next());
    let names = query.into_iter().flat_map(Map::keys).map(String::as_str);
    for name in names.chain(in_address) {
        if holds(QUERY_SECRETS, &name.to_ascii_lowercase()) {
            checker.add(
                &below(&below(pointer, "query"), name),
                "a secret in an address is kept in histories and logs, and sent on as a referrer",
                "",
                "use `auth` with a header; where the backend takes none, a relay must add it",
            );
        }
    }
    if has("body") && has("form") {
        checker.add(pointer, "either `body` or `form`, not both", "", "");
    }
    let (right, wrong, answer) = if operation.is_list() {
        ("items", "item", "a list")
    } else {
        ("item", "items", "one")
    };
    if has(wrong) {
        let hint = format!("`{}` answers with {answer}", operation.name());
        checker.add(&below(pointer, wrong), "`%` is meant here", right, &hint);
    }
    if has("extends") {
        let problem = "only an operation extends another one";
        checker.add(&below(pointer, "extends"), problem, "", "");
    }
    if has("scopes") && operation != Operation::RequestsList {
        checker.add(
            &below(pointer, "scopes"),
            "only `requests.list` has scopes",
            "",
            "",
        );
    }
}

/// Looks at the paging of a list, shared and own together.
pub(super) fn paging(paging: &Value, pointer: &str, checker: &mut Checker) {
    let needs_next = matches!(paging["kind"].as_str(), Some("cursor" | "url"));
    if needs_next && paging["next"].is_null() {
        checker.add(
            &below(pointer, "next"),
            "it must say where the next page is named",
            "",
            "a selector, like `next` or `header('next-page')`",
        );
    }
}

/// Looks at a header that the document sets.
pub(super) fn header(name: &str, pointer: &str, checker: &mut Checker) {
    if holds(FORBIDDEN, &name.to_ascii_lowercase()) {
        checker.add(
            pointer,
            "browsers set this header themselves",
            "",
            "leave it out",
        );
    }
}

/// What is said of an unknown member.
pub(super) fn unknown(key: &str, pointer: &str, known: &[&str], checker: &mut Checker) {
    if pointer.ends_with("/auth") && holds(SECRETS, key) {
        let hint = "leave it out; the page gives it by entraide.configure({getToken})";
        checker.add(&below(pointer, key), IN_A_PAGE, "", hint);
    } else {
        let hint = did_you_mean(key, known);
        checker.add(&below(pointer, key), "`%` means nothing here", key, &hint);
    }
}

/// The operations that another one can extend: those that extend none themselves.
pub(super) fn extendable(name: &str, operations: &Map<String, Value>) -> String {
    let whole = operations.iter().filter(|(_, o)| !o["extends"].is_string());
    let names: Vec<&str> = whole.map(|(name, _)| name.as_str()).collect();
    did_you_mean(name, &names)
}

/// The nearest known word, or all of them.
pub(super) fn did_you_mean(word: &str, known: &[&str]) -> String {
    let word = word.to_ascii_lowercase();
    let nearest = known
        .iter()
        .map(|k| (distance(&word, &k.to_ascii_lowercase()), *k))
        .min();
    match nearest {
        Some((d, name)) if d <= 1 + word.chars().count() / 3 => format!("did you mean `{name}`?"),
        _ => format!("known here: {}", known.join(", ")),
    }
}

/// Edits between two words, a swap of neighbours counting as one (Damerau's distance in its
/// optimal string alignment form).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(60).collect(), b.chars().take(60).collect());
    let width = b.len() + 1;
    let mut table: Vec<usize> = vec![0; (a.len() + 1) * width];
    let at = |table: &[usize], i: usize, j: usize| table.get(i * width + j).copied().unwrap_or(0);
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let cost = if i == 0 || j == 0 {
                i + j
            } else {
                let differs = usize::from(a[i - 1] != b[j - 1]);
                let mut best = (at(&table, i - 1, j) + 1)
                    .min(at(&table, i, j - 1) + 1)
                    .min(at(&table, i - 1, j - 1) + differs);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best = best.min(at(&table, i - 2, j - 2) + 1);
                }
                best
            };
            if let Some(cell) = table.get_mut(i * width + j) {
                *cell = cost;
            }
        }
    }
    at(&table, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_nearest_right_thing() {
        assert_eq!(
            did_you_mean("pagng", &["paging", "parts"]),
            "did you mean `paging`?"
        );
        assert_eq!(
            did_you_mean("peopel.list", &["people.list", "me"]),
            "did you mean `people.list`?"
        );
        assert_eq!(
            did_you_mean("xyz", &["paging", "me"]),
            "known here: paging, me"
        );
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
