//! How the next page is reached: by a link or an address that the answer gives, by a token, or
//! by counting pages or items with the parameters of the address.

use super::address::Address;
use super::answer::Answer;
use super::leaf::join;
use super::names::folded;
use super::shape::is_address;
use serde_json::{Map, Value, json};

/// A page size for lists that were tried with a few items.
const USUAL_SIZE: u64 = 50;
/// Fewer than these were asked for to try.
const FEW: u64 = 20;

/// How the next page is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct PagingProposal {
    /// The `paging` of a mapping.
    pub paging: Value,
    /// The `query` of the call: the address's own parameters, with those that page replaced.
    pub query: Map<String, Value>,
    /// A stable name for what it was taken from: `link`, `next-header`, `next`, `cursor`, `page`,
    /// `offset`, `all` (the list is whole), `unknown`.
    pub why: &'static str,
    /// The name in the answer or the address that tells.
    pub name: String,
    /// How many items there are in all, where the answer says.
    pub total: Option<u64>,
}

/// A value of the answer outside of its list, with its selector.
struct Around<'a> {
    selector: String,
    name: String,
    value: &'a Value,
}

fn around<'a>(value: &'a Value, path: &str, list: &str, depth: usize, all: &mut Vec<Around<'a>>) {
    let Some(map) = value.as_object() else { return };
    for (key, value) in map {
        let selector = join(path, key);
        if selector == list || all.len() > 300 {
            continue;
        }
        match value {
            Value::Object(_) if depth < 4 => around(value, &selector, list, depth + 1, all),
            // Links as lists of one, as some trackers have them.
            Value::Array(items) if depth < 4 && items.len() == 1 => {
                if let Some(Value::Object(link)) = items.first() {
                    for (name, value) in link {
                        let selector = format!("{selector}[0].{}", super::leaf::identifier(name));
                        let name = format!("{}{}", folded(key), folded(name));
                        all.push(Around {
                            selector,
                            name,
                            value,
                        });
                    }
                }
            }
            Value::Array(_) | Value::Object(_) => {}
            _ => all.push(Around {
                selector,
                name: folded(key),
                value,
            }),
        }
    }
}

/// What a parameter of an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Page,
    Offset,
    Limit,
    Cursor,
}

fn used_for(name: &str) -> Option<Use> {
    Some(match folded(name).as_str() {
        "page" | "p" | "pageno" | "pagenumber" | "pageindex" | "currentpage" | "pg"
        | "paginationpage" => Use::Page,
        "offset" | "skip" | "start" | "startindex" | "startat" | "from" | "pageoffset"
        | "sysparmoffset" | "first" | "paginationstart" => Use::Offset,
        "limit" | "perpage" | "pagesize" | "size" | "count" | "top" | "take" | "rows"
        | "itemsperpage" | "max" | "maxresults" | "results" | "pagelimit"
        | "paginationpagesize" | "paginationlimit" | "sysparmlimit" | "pagesizes"
        | "maxpagesize" | "hitsperpage" | "n" => Use::Limit,
        "cursor" | "after" | "pageafter" | "pagetoken" | "token" | "continuation"
        | "continuationtoken" | "nexttoken" | "nextcursor" | "skiptoken" | "pagecursor"
        | "startingafter" | "nextpagetoken" => Use::Cursor,
        _ => return None,
    })
}

/// Names of totals, likeliest first.
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalresults",
    "totalitems",
    "totalelements",
    "totalhits",
    "totalsize",
    "odatacount",
    "count",
    "recordstotal",
    "itemcount",
    "hitstotal",
    "estimatedtotalhits",
    "matches",
    "numfound",
    "hitcount",
    "totalrecords",
    "filteredtablerowscount",
    "rowcount",
    "size",
    "value",
];
/// Headers with totals.
const TOTAL_HEADERS: &[&str] = &[
    "x-total-count",
    "x-total",
    "x-wp-total",
    "x-count-total",
    "total-count",
    "x-pagination-total-count",
    "content-range",
];
/// Names of next addresses.
const NEXT: &[&str] = &[
    "next",
    "nextlink",
    "odatanextlink",
    "nextpageurl",
    "nexturl",
    "nexthref",
    "nexturi",
    "nextpage",
    "href",
    "hydranext",
];
/// Names of tokens for the next page, each with the parameter that it goes into.
const TOKENS: &[(&str, &str)] = &[
    ("nextcursor", "cursor"),
    ("nextpagetoken", "pageToken"),
    ("nexttoken", "nextToken"),
    ("endcursor", "after"),
    ("aftercursor", "after"),
    ("cursor", "cursor"),
    ("continuationtoken", "continuationToken"),
    ("continuation", "continuation"),
    ("next", "_next"),
    ("nextpage", "page"),
    ("after", "after"),
    ("scrollid", "scroll_id"),
];

fn total_in<'a>(found: &'a [Around<'a>], count: usize) -> Option<(&'a Around<'a>, u64)> {
    TOTALS.iter().find_map(|name| {
        let fits = |item: &&Around<'_>| {
            item.name == *name
                // `value` is a total only inside of one, and `size` may be that of a page.
                && (*name != "value" || folded(&item.selector).contains("total"))
                && (*name != "size" || !item.selector.contains('.'))
        };
        let mut items = found.iter().filter(fits);
        items.find_map(|item| {
            let number = item.value.as_u64()?;
            // A count of this page only says nothing of the whole.
            (number >= count as u64).then_some((item, number))
        })
    })
}

/// Proposes the paging of a list of `count` items, which `list` selects.
#[must_use]
pub fn propose_paging(
    answer: &Answer,
    response: &Value,
    list: &str,
    count: usize,
    address: &Address,
) -> PagingProposal {
    let mut found = Vec::new();
    around(response, "", list, 0, &mut found);
    let mut query = Map::new();
    for (key, value) in &address.query {
        add(&mut query, key, json!(value));
    }
    let uses = |wanted: Use| {
        let mut keys = address
            .query
            .iter()
            .filter(move |(key, _)| used_for(key) == Some(wanted));
        keys.next().cloned()
    };
    let mut paging = Map::new();
    let total = total_in(&found, count);
    let header = TOTAL_HEADERS
        .iter()
        .find(|name| answer.header(name).is_some());
    let mut total_count = total.map(|(_, number)| number);
    if let Some((item, _)) = total {
        paging.insert("total".into(), json!(item.selector));
    } else if let Some(name) = header {
        paging.insert("total".into(), json!(format!("header('{name}')")));
        let text = answer.header(name).unwrap_or_default();
        total_count = text
            .rsplit('/')
            .next()
            .and_then(|number| number.trim().parse().ok());
    }
    // How many a page has: what was asked for, unless that was only to try.
    let limit = uses(Use::Limit);
    if let Some((key, given)) = &limit {
        let given: u64 = given.parse().unwrap_or(USUAL_SIZE);
        let more = total_count.is_some_and(|total| total > count as u64);
        let size = if given < FEW && more {
            USUAL_SIZE
        } else {
            given.clamp(1, 5000)
        };
        paging.insert("size".into(), json!(size));
        query.insert(key.clone(), json!("{=limit}"));
    }
    let done = |kind: &str, why, name: &str, paging: Map<String, Value>, query| {
        let mut whole = Map::new();
        whole.insert("kind".into(), json!(kind));
        whole.extend(paging);
        PagingProposal {
            paging: Value::Object(whole),
            query,
            why,
            name: name.to_owned(),
            total: total_count,
        }
    };

    let foreign =
        |target: &str| target.contains("://") && Address::parse(target).origin != address.origin;
    // The first page is where the others are counted from.
    let from_start = |query: &mut Map<String, Value>| {
        for (key, value) in &address.query {
            let start = match used_for(key) {
                Some(Use::Page) => {
                    if value == "0" {
                        "0"
                    } else {
                        "1"
                    }
                }
                Some(Use::Offset) => {
                    if folded(key) == "startindex" {
                        "1"
                    } else {
                        "0"
                    }
                }
                _ => continue,
            };
            query.insert(key.clone(), json!(start));
        }
    };
    if let Some(link) = answer
        .header("link")
        .filter(|link| link.contains("rel=\"next\"") || link.contains("rel=next"))
    {
        let target = link
            .split(',')
            .find(|part| part.contains("next"))
            .unwrap_or_default();
        let target = target.split(['<', '>']).nth(1).unwrap_or_default();
        if foreign(target) {
            paging.insert("rewriteOrigin".into(), json!(true));
        }
        from_start(&mut query);
        return done("link", "link", "Link", paging, query);
    }
    if let Some(name) = ["next-page", "x-next-page-url", "x-next"]
        .iter()
        .find(|n| answer.header(n).is_some_and(is_address))
    {
        paging.insert("next".into(), json!(format!("header('{name}')")));
        from_start(&mut query);
        return done("url", "next-header", name, paging, query);
    }
    let text = |item: &Around<'_>| item.value.as_str().unwrap_or_default().to_owned();
    let next = NEXT.iter().find_map(|name| {
        found.iter().find(|item| {
            let text = text(item);
            let inside = item.selector.contains("next") || item.selector.contains("Next");
            item.name == *name && inside && (is_address(&text) || text.contains('?'))
        })
    });
    if let Some(item) = next {
        let target = text(item);
        if foreign(&target) {
            paging.insert("rewriteOrigin".into(), json!(true));
        }
        paging.insert("next".into(), json!(item.selector));
        from_start(&mut query);
        let name = item.selector.clone();
        return done("url", "next", &name, paging, query);
    }
    let page = uses(Use::Page);
    let offset = uses(Use::Offset);
    let token = TOKENS.iter().find_map(|(name, parameter)| {
        let is = |item: &&Around<'_>| {
            item.name == *name && !item.value.is_null() && !item.value.is_boolean()
        };
        found.iter().find(is).map(|item| (item, *parameter))
    });
    if page.is_none()
        && offset.is_none()
        && let Some((item, parameter)) = token
    {
        let parameter = uses(Use::Cursor).map_or_else(|| parameter.to_owned(), |(key, _)| key);
        paging.insert("next".into(), json!(item.selector));
        if let Some(more) = found.iter().find(|i| {
            matches!(i.name.as_str(), "hasmore" | "hasnextpage" | "hasnext") && i.value.is_boolean()
        }) {
            paging.insert("more".into(), json!(more.selector));
        }
        query.insert(parameter, json!("{=cursor}"));
        let name = item.selector.clone();
        return done("cursor", "cursor", &name, paging, query);
    }
    if let Some((key, value)) = page {
        let zero = value == "0";
        if zero {
            paging.insert("first".into(), json!(0));
        }
        query.insert(key.clone(), json!("{=page}"));
        more(&found, &mut paging);
        return done("page", "page", &key, paging, query);
    }
    if let Some((key, _)) = offset {
        if folded(&key) == "startindex" {
            paging.insert("first".into(), json!(1));
        }
        query.insert(key.clone(), json!("{=offset}"));
        more(&found, &mut paging);
        return done("offset", "offset", &key, paging, query);
    }
    // The address says nothing; the answer may show the names that it would understand.
    if total_count.is_none_or(|total| total > count as u64) {
        for item in &found {
            let Some(of) = shown_parameter(item) else {
                continue;
            };
            let (key, first) = of;
            let kind = if used_for(&key) == Some(Use::Page) {
                "page"
            } else {
                "offset"
            };
            let value = if kind == "page" {
                "{=page}"
            } else {
                "{=offset}"
            };
            if first != u64::from(kind == "page") {
                paging.insert("first".into(), json!(first));
            }
            query.insert(key.clone(), json!(value));
            if let Some(size) = found.iter().find_map(|item| shown_limit(item))
                && limit.is_none()
            {
                paging.insert("size".into(), json!(size.1.clamp(1, 5000)));
                query.insert(size.0, json!("{=limit}"));
            }
            return done(
                kind,
                if kind == "page" { "page" } else { "offset" },
                &key,
                paging,
                query,
            );
        }
    }
    let whole = total_count.is_some_and(|total| total <= count as u64);
    let alone = total_count.is_none() && limit.is_none() && count < 1000;
    done(
        "none",
        if whole || alone { "all" } else { "unknown" },
        "",
        paging,
        query,
    )
}

fn add(query: &mut Map<String, Value>, key: &str, value: Value) {
    match query.get_mut(key) {
        Some(Value::Array(list)) => list.push(value),
        Some(old) => *old = json!([old.take(), value]),
        None => {
            query.insert(key.to_owned(), value);
        }
    }
}

/// Where no total is given, a flag may say that there is more.
fn more(found: &[Around<'_>], paging: &mut Map<String, Value>) {
    let flag = found.iter().find(|i| {
        matches!(
            i.name.as_str(),
            "hasmore" | "hasnextpage" | "hasnext" | "more"
        ) && i.value.is_boolean()
    });
    if let Some(flag) = flag.filter(|_| !paging.contains_key("total")) {
        paging.insert("more".into(), json!(flag.selector));
    }
}

/// The parameter that a number of the answer echoes, and where its counting begins.
fn shown_parameter(item: &Around<'_>) -> Option<(String, u64)> {
    let number = item.value.as_u64()?;
    let last = own_name(item);
    match item.name.as_str() {
        "page" | "currentpage" | "pageindex" | "pagenumber" | "pageno" if number <= 1 => {
            let name = if item.name == "currentpage" {
                "page".to_owned()
            } else {
                last
            };
            Some((nested(item, name), number))
        }
        "offset" | "skip" if number == 0 => Some((nested(item, last), 0)),
        "startindex" if number <= 1 => Some((last, number)),
        "startat" if number == 0 => Some((last, 0)),
        _ => None,
    }
}

fn shown_limit(item: &Around<'_>) -> Option<(String, u64)> {
    let number = item.value.as_u64().filter(|n| *n > 0)?;
    let name = match item.name.as_str() {
        "limit" | "perpage" | "pagesize" | "maxresults" => own_name(item),
        // SCIM (RFC 7644, section 3.4.2.4) asks for `count` and answers with `itemsPerPage`.
        "itemsperpage" => "count".to_owned(),
        _ => return None,
    };
    Some((nested(item, name), number))
}

fn own_name(item: &Around<'_>) -> String {
    let last = item.selector.rsplit('.').next().unwrap_or_default();
    last.trim_matches('"').to_owned()
}

/// Some name their parameters after the object: `meta.pagination.page` is `pagination[page]`.
fn nested(item: &Around<'_>, name: String) -> String {
    if item.selector.contains("meta.pagination.") {
        format!("pagination[{name}]")
    } else if item.selector.contains("meta.page.") {
        format!("page[{name}]")
    } else {
        name
    }
}
