//! Addresses: resolving relative ones (RFC 3986, section 5) and telling origins apart.
//!
//! The next page of a list is often given as an address. It is followed only on the origin that
//! the mapping names, so this file is a safety boundary: what browsers read differently from the
//! RFC (back slashes, tabs, user names before the host) is refused rather than interpreted.

/// The parts of a reference (RFC 3986, appendix B), each with the signs that belong to it
/// (`http:`, `//host`, `/path`, `?query`, `#fragment`), so that a part that is there is not
/// empty and all of them together are the reference again.
#[derive(Debug, Clone, Copy, Default)]
struct Parts<'a> {
    scheme: &'a str,
    authority: &'a str,
    path: &'a str,
    query: &'a str,
    fragment: &'a str,
}

/// Cuts before the first of some signs.
fn before<'a>(text: &'a str, signs: &[u8]) -> (&'a str, &'a str) {
    let end = text.bytes().position(|b| signs.contains(&b));
    text.split_at(end.unwrap_or(text.len()))
}

fn split(text: &str) -> Parts<'_> {
    let (rest, fragment) = before(text, b"#");
    let (rest, query) = before(rest, b"?");
    let (mut scheme, mut path) = ("", rest);
    let colon = before(rest, b":").0;
    let sound = colon.starts_with(|c: char| c.is_ascii_alphabetic())
        && colon
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if sound && colon.len() < rest.len() {
        (scheme, path) = rest.split_at(colon.len() + 1);
    }
    let mut authority = "";
    if let Some(after) = path.strip_prefix("//") {
        let host = before(after, b"/").0;
        (authority, path) = path.split_at(host.len() + 2);
    }
    Parts {
        scheme,
        authority,
        path,
        query,
        fragment,
    }
}

/// Resolves a reference against a base (RFC 3986, section 5.2, strict).
#[must_use]
pub fn resolve(base: &str, reference: &str) -> String {
    let (b, r) = (split(base), split(reference));
    let mut t = r;
    let mut path = r.path.to_owned();
    if r.scheme.is_empty() {
        t.scheme = b.scheme;
        if r.authority.is_empty() {
            t.authority = b.authority;
            if r.path.is_empty() {
                path = b.path.to_owned();
                if r.query.is_empty() {
                    t.query = b.query;
                }
                return [t.scheme, t.authority, &path, t.query, t.fragment].concat();
            }
            if !r.path.starts_with('/') {
                let folder = b.path.rfind('/').and_then(|end| b.path.get(..=end));
                let root = if b.path.is_empty() && !b.authority.is_empty() {
                    "/"
                } else {
                    ""
                };
                path = [folder.unwrap_or(root), r.path].concat();
            }
        }
    }
    let path = remove_dot_segments(&path);
    [t.scheme, t.authority, &path, t.query, t.fragment].concat()
}

/// RFC 3986, section 5.2.4.
fn remove_dot_segments(path: &str) -> String {
    let root = usize::from(path.starts_with('/'));
    let (slash, mut rest) = path.split_at(root);
    let mut out = slash.to_owned();
    loop {
        let (segment, after) = before(rest, b"/");
        match segment {
            "." => {}
            ".." => {
                let inside = out.get(root..out.len().saturating_sub(1));
                let kept = inside.and_then(|o| o.rfind('/')).map_or(0, |at| at + 1);
                out.truncate(root + kept);
            }
            segment => {
                out.push_str(segment);
                out.push_str(after.get(..1).unwrap_or_default());
            }
        }
        match after.get(1..) {
            Some(next) => rest = next,
            None => return out,
        }
    }
}

/// The origin of an `http` or `https` address (`https://host:port`, default port left out,
/// lower case), or `None` for any other, and for those that browsers and RFC 3986 read
/// differently: with a user name, a back slash, white space or a control character.
#[must_use]
pub fn origin(url: &str) -> Option<String> {
    let parts = split(url);
    let [scheme, host] = [parts.scheme, parts.authority].map(str::to_ascii_lowercase);
    let default = match scheme.as_str() {
        "http:" => ":80",
        "https:" => ":443",
        _ => return None,
    };
    let host = host.strip_suffix(default).unwrap_or(&host);
    let host = host.strip_suffix(':').unwrap_or(host);
    let sound = is_plain(url) && !host.contains('@') && host.len() > 2 && !host.starts_with("//:");
    sound.then(|| [&scheme, host].concat())
}

/// Whether an address holds only what every reader of addresses reads alike.
#[must_use]
pub(super) fn is_plain(url: &str) -> bool {
    !url.chars()
        .any(|c| c == '\\' || c.is_whitespace() || c.is_control())
}

/// Path, query and fragment of an absolute address: what is the same on any origin.
#[must_use]
pub(super) fn path_and_query(url: &str) -> &str {
    let parts = split(url);
    let start = parts.scheme.len() + parts.authority.len();
    url.get(start..)
        .filter(|rest| !rest.is_empty())
        .unwrap_or("/")
}

/// Whether a path holds a `.` or `..` segment, plain or percent-encoded, which a browser would
/// fold away (WHATWG URL, "double-dot path segment"). Encoded slashes separate here too: proxies
/// decode them before they fold (nginx does, where `proxy_pass` has a path), and `a%2F..%2F..`
/// would lead out of the base.
#[must_use]
pub(super) fn has_dot_segment(url: &str) -> bool {
    let path = before(url, b"?#").0.to_ascii_lowercase();
    let path = path.replace("%2f", "/").replace("%5c", "/");
    path.split('/').any(|segment| {
        let mut rest = segment;
        let mut dots = 0;
        loop {
            if let Some(after) = rest.strip_prefix('.') {
                rest = after;
            } else if let Some(after) = rest.strip_prefix("%2e") {
                rest = after;
            } else {
                break;
            }
            dots += 1;
        }
        rest.is_empty() && matches!(dots, 1 | 2)
    })
}

/// The last segment of the path, percent-decoded; `None` where the path ends without one.
#[must_use]
pub(super) fn last_segment(url: &str) -> Option<String> {
    let path = split(url).path.trim_end_matches('/');
    let start = path.rfind('/').map_or(0, |at| at + 1);
    let segment = path.get(start..).filter(|s| !s.is_empty())?;
    let mut out = Vec::new();
    let mut rest = segment.bytes();
    while let Some(b) = rest.next() {
        let mut ahead = rest.clone();
        let mut digit = || char::from(ahead.next()?).to_digit(16);
        match (b == b'%').then(|| digit().zip(digit())).flatten() {
            Some((high, low)) => {
                out.push((high * 16 + low) as u8);
                rest = ahead;
            }
            None => out.push(b),
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 3986, sections 5.4.1 and 5.4.2.
    #[test]
    fn resolves_the_examples_of_the_rfc() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("g#s", "http://a/b/c/g#s"),
            ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"),
            ("g;x", "http://a/b/c/g;x"),
            ("g;x?y#s", "http://a/b/c/g;x?y#s"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("../../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            (".g", "http://a/b/c/.g"),
            ("g..", "http://a/b/c/g.."),
            ("..g", "http://a/b/c/..g"),
            ("./../g", "http://a/b/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"),
            ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("g?y/./x", "http://a/b/c/g?y/./x"),
            ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("g#s/./x", "http://a/b/c/g#s/./x"),
            ("g#s/../x", "http://a/b/c/g#s/../x"),
            ("http:g", "http:g"),
        ] {
            assert_eq!(
                resolve("http://a/b/c/d;p?q", reference),
                expected,
                "{reference}"
            );
        }
        assert_eq!(
            resolve("http://a", "People?$skiptoken=2"),
            "http://a/People?$skiptoken=2"
        );
    }

    #[test]
    fn tells_origins_apart() {
        assert_eq!(
            origin("HTTPS://A.example:443/x").as_deref(),
            Some("https://a.example")
        );
        assert_eq!(origin("http://a:8080?x").as_deref(), Some("http://a:8080"));
        assert_eq!(origin("http://[::1]:80/").as_deref(), Some("http://[::1]"));
        for bad in [
            "https://a@b/",
            "https:\\\\a/",
            "https://a\t/",
            "javascript:1",
            "/x",
            "//a/x",
            "https:///x",
            "https://:80/",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn finds_dot_segments_and_last_segments() {
        for bad in [
            "/a/../b",
            "/a/%2E%2e",
            "/.",
            "..",
            "/a/.%2e/b?x",
            "/a%2F..%2f..%2Fb",
            "/a%5C..",
        ] {
            assert!(has_dot_segment(bad), "{bad}");
        }
        for good in [
            "/a/...",
            "/a.b/..c",
            "/a?x=/../",
            "/%2e%2e%2e",
            "/a%2Fb",
            "/%252e%252e",
        ] {
            assert!(!has_dot_segment(good), "{good}");
        }
        assert_eq!(
            last_segment("http://a/q/a%20b/?x#y").as_deref(),
            Some("a b")
        );
        assert_eq!(
            last_segment("Questions(1)").as_deref(),
            Some("Questions(1)")
        );
        assert_eq!(last_segment("http://a/"), None);
        assert_eq!(path_and_query("http://a?x=1"), "?x=1");
    }

    proptest! {
        #[test]
        fn a_resolved_relative_path_stays_on_its_origin(path in "[a-z./?#;=%-]{0,30}") {
            prop_assume!(!path.starts_with("//"));
            let url = resolve("https://a.example/x/y", &path);
            prop_assert_eq!(origin(&url), Some("https://a.example".to_owned()));
        }
        #[test]
        fn never_panics(base in "\\PC{0,30}", reference in "\\PC{0,30}") {
            let url = resolve(&base, &reference);
            let _ = (origin(&url), has_dot_segment(&url), last_segment(&url), path_and_query(&url));
        }
    }
}
