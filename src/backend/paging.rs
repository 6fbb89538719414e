//! Long lists, page by page: where the next page begins, and when to stop.
//!
//! A cursor is opaque to everybody but this file: a page number with what was read so far, an
//! offset, the backend's token, or an address. An address is followed only on the mapping's own
//! origin. [`Pages`] ends lists whose cursors repeat.

use super::explain::says;
use super::http::{HttpRequest, HttpResponse};
use super::reading::Defect;
use super::seen::Seen;
use super::select::{is_truthy, select};
use super::service::number as number_of;
use super::uri;
use super::uri_template::scalar_text;
use super::web_link::link_target;
use crate::model::{Cursor, Page};
use serde_json::{Map, Value};

/// The ways in which backends cut lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum PagingKind {
    /// One page is all.
    #[default]
    None,
    /// By page number (`page`).
    Page,
    /// By the number of items before it (`offset`).
    Offset,
    /// By a token of the backend's (`cursor`).
    Cursor,
    /// By the next page's address.
    Url,
    /// By the `Link` header (RFC 8288).
    Link,
}

/// The kinds by name, in their order.
const KINDS: [(&str, PagingKind); 5] = [
    ("page", PagingKind::Page),
    ("offset", PagingKind::Offset),
    ("cursor", PagingKind::Cursor),
    ("url", PagingKind::Url),
    ("link", PagingKind::Link),
];

/// How an operation's list is cut.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paging {
    pub(super) kind: PagingKind,
    /// Items of a page where the caller does not say.
    pub(super) size: u32,
    /// Items of a page at most.
    pub(super) max: u32,
    /// The number of the first page, or the offset of the first item.
    first: u32,
    /// What the document says, checked.
    own: Value,
}

/// Items of a page where neither caller nor mapping says.
const SIZE: u32 = 100;
/// Most items of a page that are read.
pub(super) const MOST_ITEMS: usize = 50_000;

/// What a page says of the list it belongs to.
pub(super) struct Position {
    pub(super) next: Option<Cursor>,
    pub(super) total: Option<u64>,
    pub(super) defect: Option<Defect>,
}

impl Paging {
    /// Reads what a document, which was checked, says of paging.
    pub(super) fn parse(own: Value) -> Self {
        let name = own.get("kind").and_then(Value::as_str).unwrap_or_default();
        let kind = KINDS.iter().find(|(known, _)| *known == name);
        let kind = kind.map_or(PagingKind::None, |(_, kind)| *kind);
        let max = number_of(own.get("max"), MOST_ITEMS as u32);
        // Most backends count pages from 1 and items from 0.
        let first = u32::from(kind == PagingKind::Page);
        Self {
            kind,
            size: number_of(own.get("size"), SIZE).min(max),
            max,
            first: number_of(own.get("first"), first),
            own,
        }
    }

    /// What a selector of it selects in the whole answer; `null` where it has none.
    fn select(&self, key: &str, response: &HttpResponse, root: &Value) -> Value {
        match self.own.get(key).and_then(Value::as_str) {
            Some(text) => select(text, root, &response.headers),
            None => Value::Null,
        }
    }

    /// The values in the call, one of which it needs, or every page would be the first; empty
    /// where the kind needs none.
    pub(super) fn needed_names(&self) -> &'static str {
        match self.kind {
            PagingKind::Page => "page",
            PagingKind::Offset => "offset last",
            PagingKind::Cursor => "cursor",
            _ => "",
        }
    }

    /// Whether a cursor of this kind is an address.
    pub(super) fn is_by_address(&self) -> bool {
        matches!(self.kind, PagingKind::Url | PagingKind::Link)
    }

    /// Adds `limit`, `page`, `offset`, `last` and `cursor` to the values of a call.
    pub(super) fn add_values(
        &self,
        values: &mut Map<String, Value>,
        cursor: Option<&str>,
        limit: u32,
    ) {
        let mut put = |name: &str, value: u64| {
            values.insert(name.to_owned(), Value::from(value));
        };
        put("limit", u64::from(limit));
        match self.kind {
            PagingKind::Page => put("page", page_cursor(cursor, self.first).0),
            PagingKind::Offset => {
                let offset = number(cursor.unwrap_or("")) + u64::from(self.first);
                put("offset", offset);
                put("last", offset + u64::from(limit) - 1);
            }
            PagingKind::Cursor => {
                if let Some(cursor) = cursor {
                    values.insert("cursor".to_owned(), Value::from(cursor));
                }
            }
            _ => {}
        }
    }

    /// Where the next page begins, after one with `got` items.
    pub(super) fn position(
        &self,
        request: &HttpRequest,
        base: &str,
        response: &HttpResponse,
        root: &Value,
        got: usize,
    ) -> Position {
        let mut got = got as u64;
        // Where pages may hold fewer than were asked for, the next begins after those, until an
        // answer is empty.
        if self.own.get("sparse") == Some(&Value::Bool(true)) && is_truthy(root) {
            got = u64::from(request.sent.limit);
        }
        let total = count(&self.select("total", response, root));
        // Whether the document says so, and then what the answer says.
        let has_more = self.own.get("more").is_some_and(|m| !m.is_null());
        let more = is_truthy(&self.select("more", response, root));
        let mut defect = None;
        let cursor = request.sent.cursor.as_deref();
        // Without a word from the backend, a short page is the last one.
        let limit = u64::from(request.sent.limit);
        let goes_on = |read: u64| {
            got > 0
                && match total {
                    _ if has_more => more,
                    Some(total) => read < total,
                    None => got >= limit,
                }
        };
        let text = |number: u64| Value::from(number).to_string();
        let next = match self.kind {
            PagingKind::None => None,
            PagingKind::Page => {
                let (page, before) = page_cursor(cursor, self.first);
                let read = before + got;
                goes_on(read).then(|| [&text(page + 1), ":", &text(read)].concat())
            }
            PagingKind::Offset => {
                let read = number(cursor.unwrap_or("")) + got;
                goes_on(read).then(|| text(read))
            }
            PagingKind::Link => {
                let rel = self.own.get("rel").and_then(Value::as_str);
                let header = response.header("link").unwrap_or_default();
                link_target(header, rel.unwrap_or("next")).map(str::to_owned)
            }
            _ => scalar_text(&self.select("next", response, root)),
        };
        let mut next = next.filter(|n| !n.is_empty() && (more || !has_more));
        if self.is_by_address()
            && let Some(target) = &next
        {
            let rewrite = self.own.get("rewriteOrigin") == Some(&Value::Bool(true));
            next = match own_address(target, &response.url, base, rewrite) {
                Ok(url) => Some(url).filter(|url| *url != request.url),
                Err(problem) => {
                    defect = Some(Defect {
                        pointer: "/next".to_owned(),
                        problem,
                    });
                    None
                }
            };
        }
        Position {
            next: next.filter(|n| Some(n.as_str()) != cursor).map(Cursor),
            total,
            defect,
        }
    }
}

/// The address of the next page, if it is on the mapping's own origin: absolute where the base
/// is, else path and query on the page's own origin.
pub(super) fn own_address(
    target: &str,
    response_url: &str,
    base: &str,
    rewrite: bool,
) -> Result<String, String> {
    let refused = Err(says("the next page's address is none that may be followed").to_owned());
    let url = uri::resolve(response_url, target);
    let Some(from) = uri::origin(&url).filter(|_| uri::is_plain(target)) else {
        return refused;
    };
    let path = uri::path_and_query(&url);
    match uri::origin(base) {
        Some(own) if own == from => Ok(url),
        Some(own) if rewrite => Ok([&own, path].concat()),
        // `//host` would be another origin again.
        None if path.starts_with("//") => refused,
        None if rewrite || uri::origin(response_url).as_ref() == Some(&from) => {
            let slash = if path.starts_with('/') { "" } else { "/" };
            Ok([slash, path].concat())
        }
        _ => Err(says(
            "the next page is on another origin, which is never followed; if that is this backend \
             behind a proxy, set `rewriteOrigin` in its paging",
        )
        .to_owned()),
    }
}

/// `page:read`.
fn page_cursor(cursor: Option<&str>, first: u32) -> (u64, u64) {
    match cursor.and_then(|c| c.split_once(':')) {
        Some((page, read)) => (number(page), number(read)),
        None => (u64::from(first), 0),
    }
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0).min(1 << 40)
}

/// A count as number, text, or the end of a `Content-Range` (`0-9/120`; RFC 9110, 14.4).
fn count(value: &Value) -> Option<u64> {
    match value {
        Value::Number(n) => n.as_u64(),
        Value::String(text) => text.rsplit('/').next()?.trim().parse().ok(),
        _ => None,
    }
}

/// Watches a list that is read page by page, and ends it where its cursors repeat (in any
/// cycle) or where it is longer than any list that people read.
#[derive(Debug, Default)]
pub struct Pages {
    seen: Seen,
}

/// Most pages of one list.
const MOST_PAGES: usize = 2_000;

impl Pages {
    /// Takes a page that was read; drops its `next` where that was seen before. Returns whether
    /// there is more to read.
    pub fn admit<T>(&mut self, page: &mut Page<T>) -> bool {
        let fresh = match &page.next {
            Some(cursor) => self.seen.len() < MOST_PAGES && self.seen.insert(cursor.0.clone()),
            None => false,
        };
        if !fresh {
            page.next = None;
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_next_page_never_leaves_its_origin() {
        let own = |target: &str, base: &str, rewrite| {
            own_address(target, "https://api.example/v1/people?p=1", base, rewrite)
        };
        let base = "https://api.example/v1";
        assert_eq!(
            own("People?$skiptoken=2", base, false).as_deref(),
            Ok("https://api.example/v1/People?$skiptoken=2")
        );
        assert_eq!(
            own("?p=2", base, false).as_deref(),
            Ok("https://api.example/v1/people?p=2")
        );
        assert_eq!(
            own("HTTPS://API.example:443/x", base, false).as_deref(),
            Ok("HTTPS://API.example:443/x")
        );
        assert_eq!(own("?p=2", "/v1", false).as_deref(), Ok("/v1/people?p=2"));
        assert_eq!(
            own("http://inside:8000/v1/people?p=2", base, true).as_deref(),
            Ok("https://api.example/v1/people?p=2")
        );
        for bad in [
            "https://evil.example/x",
            "//evil.example/x",
            "http://api.example/x",
            "https://api.example:444/",
            "https://api.example@evil.example/",
            "https:\\\\evil.example",
            "javascript:1",
            "/\t/evil.example",
        ] {
            assert!(own(bad, base, false).is_err(), "{bad}");
            assert!(own(bad, "/v1", false).is_err(), "{bad}");
        }
        assert!(own("https://x.example//evil.example/", "/v1", true).is_err());
    }

    #[test]
    fn lists_end() {
        let page = |next: &str| Page::<u8> {
            items: vec![],
            next: Some(Cursor(next.to_owned())),
            total: None,
        };
        let mut pages = Pages::default();
        assert!(pages.admit(&mut page("a")));
        assert!(pages.admit(&mut page("b")));
        let mut again = page("a");
        assert!(!pages.admit(&mut again));
        assert_eq!(again.next, None);
    }
}
