//! Long lists, page by page: where the next page begins, and when to stop.
//!
//! A cursor is opaque to everybody but this file: a page number with what was read so far, an
//! offset, the backend's token, or an address. An address is followed only on the mapping's own
//! origin. [`Pages`] ends lists whose cursors repeat.

use super::checker::{Checker, below};
use super::http::{HttpResponse, Sent};
use super::records::Defect;
use super::seen::Seen;
use super::select::{Scope, Selector};
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

const KINDS: [(&str, PagingKind); 6] = [
    ("none", PagingKind::None),
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
    next: Option<Selector>,
    more: Option<Selector>,
    total: Option<Selector>,
    rel: String,
    /// Take only path and query of a next address (for backends behind a proxy that write
    /// another host's name).
    rewrite_origin: bool,
}

/// Items of a page where neither caller nor mapping says.
const SIZE: u32 = 100;
/// Most items of a page that are read.
pub(super) const MOST_ITEMS: usize = 5_000;

/// What a page says of the list it belongs to.
pub(super) struct Position {
    pub(super) next: Option<Cursor>,
    pub(super) total: Option<u64>,
    pub(super) defect: Option<Defect>,
}

impl Paging {
    pub(super) fn parse(value: Option<&Value>, pointer: &str, checker: &mut Checker) -> Self {
        let mut paging = Self {
            kind: PagingKind::None,
            size: SIZE,
            max: MOST_ITEMS as u32,
            first: 0,
            next: None,
            more: None,
            total: None,
            rel: "next".to_owned(),
            rewrite_origin: false,
        };
        let known = [
            "kind",
            "size",
            "max",
            "first",
            "next",
            "more",
            "total",
            "rel",
            "rewriteOrigin",
        ];
        let Some(map) = value.and_then(|v| checker.object(v, pointer, &known)) else {
            return paging;
        };
        paging.kind = checker
            .choice(map, pointer, "kind", &KINDS)
            .unwrap_or_default();
        let most = MOST_ITEMS as u32;
        paging.max = checker
            .number(map, pointer, "max", 1..=most)
            .unwrap_or(most);
        paging.size = checker
            .number(map, pointer, "size", 1..=most)
            .unwrap_or(SIZE)
            .min(paging.max);
        // Most backends count pages from 1 and items from 0.
        let first = u32::from(paging.kind == PagingKind::Page);
        paging.first = checker
            .number(map, pointer, "first", 0..=1)
            .unwrap_or(first);
        paging.next = checker.selector(map, pointer, "next");
        paging.more = checker.selector(map, pointer, "more");
        paging.total = checker.selector(map, pointer, "total");
        if let Some(rel) = checker.text(map, pointer, "rel") {
            rel.clone_into(&mut paging.rel);
        }
        paging.rewrite_origin = checker.flag(map, pointer, "rewriteOrigin").unwrap_or(false);
        let needs_next = matches!(paging.kind, PagingKind::Cursor | PagingKind::Url);
        if needs_next && paging.next.is_none() {
            checker.add(
                &below(pointer, "next"),
                "it must say where the next page is named",
                "a selector, like `next` or `header('next-page')`",
            );
        }
        paging
    }

    /// The value in the call without which every page would be the first; `None` where the
    /// kind needs none.
    pub(super) fn needed_names(&self) -> &'static [&'static str] {
        match self.kind {
            PagingKind::Page => &["page"],
            PagingKind::Offset => &["offset", "last"],
            PagingKind::Cursor => &["cursor"],
            _ => &[],
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
        values.insert("limit".to_owned(), Value::from(limit));
        match self.kind {
            PagingKind::Page => {
                let (page, _) = page_cursor(cursor, self.first);
                values.insert("page".to_owned(), Value::from(page));
            }
            PagingKind::Offset => {
                let offset = number(cursor.unwrap_or("")) + u64::from(self.first);
                values.insert("offset".to_owned(), Value::from(offset));
                values.insert(
                    "last".to_owned(),
                    Value::from(offset + u64::from(limit) - 1),
                );
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
        sent: &Sent,
        request_url: &str,
        base: &str,
        response: &HttpResponse,
        scope: &Scope<'_>,
        got: usize,
    ) -> Position {
        let got = got as u64;
        let select =
            |s: &Option<Selector>| s.as_ref().map(|s| s.select(scope.root, scope).into_owned());
        let total = select(&self.total).and_then(|v| count(&v));
        let more = select(&self.more).map(|v| crate::backend::select::is_truthy(&v));
        let mut position = Position {
            next: None,
            total,
            defect: None,
        };
        let cursor = sent.cursor.as_deref();
        // Without a word from the backend, a short page is the last one.
        let goes_on = |read: u64| {
            got > 0 && more.unwrap_or(total.map_or(got >= u64::from(sent.limit), |t| read < t))
        };
        let next = match self.kind {
            PagingKind::None => None,
            PagingKind::Page => {
                let (page, before) = page_cursor(cursor, self.first);
                let read = before + got;
                goes_on(read).then(|| format!("{}:{read}", page + 1))
            }
            PagingKind::Offset => {
                let read = number(cursor.unwrap_or("")) + got;
                goes_on(read).then(|| read.to_string())
            }
            PagingKind::Cursor => {
                let token = select(&self.next)
                    .as_ref()
                    .and_then(scalar_text)
                    .filter(|t| !t.is_empty());
                token.filter(|_| more != Some(false))
            }
            PagingKind::Url | PagingKind::Link => {
                let target = match self.kind {
                    PagingKind::Link => response
                        .header("link")
                        .and_then(|h| link_target(h, &self.rel))
                        .map(str::to_owned),
                    _ => select(&self.next).as_ref().and_then(scalar_text),
                };
                match target.filter(|t| !t.is_empty() && more != Some(false)) {
                    None => None,
                    Some(target) => {
                        match own_address(&target, &response.url, base, self.rewrite_origin) {
                            Ok(url) => Some(url).filter(|url| url != request_url),
                            Err(problem) => {
                                position.defect = Some(Defect {
                                    pointer: "/next".to_owned(),
                                    problem,
                                });
                                None
                            }
                        }
                    }
                }
            }
        };
        position.next = next.filter(|n| Some(n.as_str()) != cursor).map(Cursor);
        position
    }
}

const REFUSED: &str = "the next page's address is none that may be followed";

/// The address of the next page, if it is on the mapping's own origin: absolute where the base
/// is, else path and query on the page's own origin.
pub(super) fn own_address(
    target: &str,
    response_url: &str,
    base: &str,
    rewrite: bool,
) -> Result<String, String> {
    if !uri::is_plain(target) {
        return Err(REFUSED.to_owned());
    }
    let url = uri::resolve(response_url, target);
    let from = uri::origin(&url).ok_or(REFUSED)?;
    match uri::origin(base) {
        Some(own) if own == from => Ok(url),
        Some(own) if rewrite => Ok(format!("{own}{}", uri::path_and_query(&url))),
        None if rewrite || uri::origin(response_url).as_deref() == Some(&from) => {
            let path = uri::path_and_query(&url);
            let path = if path.starts_with('?') {
                format!("/{path}")
            } else {
                path.to_owned()
            };
            // `//host` would be another origin again.
            if path.starts_with("//") {
                Err(REFUSED.to_owned())
            } else {
                Ok(path)
            }
        }
        _ => Err(format!(
            "the next page is on another origin ({from}), which is never followed; if that is this \
             backend behind a proxy, set `rewriteOrigin` in its paging"
        )),
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
