//! Long lists, page by page: where the next page begins, and when to stop.
//!
//! A cursor is opaque to everybody but this file: a page number with what was read so far, an
//! offset, the backend's token, or an address. An address is followed only on the mapping's own
//! origin. [`Pages`] ends lists whose cursors repeat.

use super::explain::says;
use super::http::{HttpRequest, HttpResponse, Method};
use super::reading::Defect;
use super::seen::Seen;
use super::select::{is_truthy, select};
use super::service::number as number_of;
use super::uri;
use super::uri_template::scalar_text;
use super::web_link::link_target;
use crate::model::{Cursor, Page, Timestamp};
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
/// Most items of a page that are asked for, where the mapping does not say.
const MAX: u32 = 50_000;
/// Most people or skills of a page that are read: as many as the directory holds.
pub(super) const MOST_ITEMS: usize = 200_000;
/// Most requests or answers of a page that are read.
pub(super) const MOST_REQUESTS: usize = 1_000;

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
        let max = number_of(own.get("max"), MAX);
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

    /// Whether a parameter of a call is here because of how pages are asked for.
    pub(super) fn asks(&self, name: &str, template: &Value) -> bool {
        let query = self.own.get("query");
        query.and_then(|query| query.get(name)) == Some(template)
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
                // A body must not be sent to wherever an answer says.
                Ok(url) if request.method != Method::Get && path(&url) != path(&request.url) => {
                    let problem = says("the next page is not where this one was posted to");
                    defect = Some(Defect {
                        pointer: "/next".to_owned(),
                        problem: problem.to_owned(),
                    });
                    None
                }
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

/// An address without its query.
fn path(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
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

/// Watches a list that is read page by page: each item of it counts once, and it ends also where
/// the backend would never end it.
#[derive(Debug, Default)]
pub struct Pages {
    cursors: Seen,
    items: Seen,
    /// Pages without an item, one after the other.
    empty: u32,
    began: Option<Timestamp>,
}

/// What follows a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Another page, from its `next` on.
    More,
    /// Nothing: this was the last one.
    Done,
    /// Nothing, though there is or may be more: the backend repeats a cursor or a page, gives
    /// nothing but empty pages, or the list is longer or takes longer than is read.
    Cut,
}

/// Most pages of one list.
const MOST_PAGES: usize = 2_000;
/// Most pages without an item, one after the other; a few are usual where a backend leaves out
/// of a page what one may not see.
const MOST_EMPTY: u32 = 20;
/// How long a list may take to arrive, in milliseconds.
const LONGEST: i64 = 600_000;

impl Pages {
    /// Takes a page that was read at this moment. Drops from it what an earlier page held already,
    /// by `key`: of two items with one identifier the first one stays. Drops its `next` too where
    /// that is not to be followed.
    pub fn admit<T>(
        &mut self,
        page: &mut Page<T>,
        now: Timestamp,
        key: &dyn Fn(&T) -> &str,
    ) -> Course {
        let was_empty = page.items.is_empty();
        page.items
            .retain(|item| self.items.insert(key(item).to_owned()));
        let repeats = page.items.is_empty() && !was_empty;
        let course = self.follow(page.next.as_ref(), was_empty, repeats, now);
        if course != Course::More {
            page.next = None;
        }
        course
    }

    fn follow(
        &mut self,
        next: Option<&Cursor>,
        was_empty: bool,
        repeats: bool,
        now: Timestamp,
    ) -> Course {
        self.empty = if was_empty { self.empty + 1 } else { 0 };
        let began = *self.began.get_or_insert(now);
        if self.items.len() >= MOST_ITEMS {
            return Course::Cut;
        }
        let Some(next) = next else {
            return Course::Done;
        };
        let ends = repeats
            || self.empty > MOST_EMPTY
            || self.cursors.len() >= MOST_PAGES
            || now.millis() - began.millis() > LONGEST;
        if ends || !self.cursors.insert(next.0.clone()) {
            return Course::Cut;
        }
        Course::More
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

    /// Reads a list of pages that a backend makes, each by its number; how many calls it took, how
    /// many items came, and how it ended.
    fn read(make: &dyn Fn(usize) -> (Vec<String>, String), millis: i64) -> (usize, usize, Course) {
        let (mut pages, mut calls, mut items) = (Pages::default(), 0, 0);
        loop {
            let (ids, next) = make(calls);
            let mut page = Page {
                items: ids,
                next: Some(Cursor(next)).filter(|n| !n.0.is_empty()),
                total: None,
            };
            let now = Timestamp::from_millis(millis * calls as i64);
            let course = pages.admit(&mut page, now, &|id| id);
            (calls, items) = (calls + 1, items + page.items.len());
            assert_eq!(page.next.is_some(), course == Course::More);
            if course != Course::More {
                return (calls, items, course);
            }
        }
    }

    #[test]
    fn lists_end() {
        let fresh = |n: usize| vec![format!("a{n}"), format!("b{n}")];
        let last = |n: usize| if n == 2 { String::new() } else { n.to_string() };
        assert_eq!(read(&|n| (fresh(n), last(n)), 1), (3, 6, Course::Done));
        // Cursors that go round in a circle.
        let circle = |n: usize| (fresh(n), (n % 2).to_string());
        assert_eq!(read(&circle, 1), (3, 6, Course::Cut));
        // The same page, whatever is asked for.
        let same = |n: usize| (fresh(0), n.to_string());
        assert_eq!(read(&same, 1), (2, 2, Course::Cut));
        // Nothing, again and again; and a few such pages in the middle of a list.
        let nothing = |n: usize| (Vec::new(), n.to_string());
        assert_eq!(read(&nothing, 1), (21, 0, Course::Cut));
        let gaps = |n: usize| match n {
            5 => (fresh(5), String::new()),
            _ => nothing(n),
        };
        assert_eq!(read(&gaps, 1), (6, 2, Course::Done));
        // One new person a page, for ever; and slowly.
        let drips = |n: usize| (fresh(n), n.to_string());
        assert_eq!(read(&drips, 1), (2_001, 4_002, Course::Cut));
        assert_eq!(read(&drips, 60_000), (12, 24, Course::Cut));
        // More people than are held, and the last page among them.
        let many = |n: usize| {
            let ids = (0..90_000).map(|i| format!("{n}-{i}")).collect();
            (ids, if n == 2 { String::new() } else { n.to_string() })
        };
        assert_eq!(read(&many, 1), (3, 270_000, Course::Cut));
    }
}
