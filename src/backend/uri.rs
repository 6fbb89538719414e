//! Addresses: resolving relative ones (RFC 3986, section 5) and telling origins apart.
//!
//! The next page of a list is often given as an address. It is followed only on the origin that
//! the mapping names, so this file is a safety boundary: what browsers read differently from the
//! RFC (back slashes, tabs, user names before the host) is refused rather than interpreted.

/// The five parts of a reference (RFC 3986, appendix B).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

fn split(text: &str) -> Parts<'_> {
    let (rest, fragment) = cut(text, '#');
    let (rest, query) = cut(rest, '?');
    let (scheme, rest) = match rest.split_once(':') {
        Some((scheme, after)) if is_scheme(scheme) => (Some(scheme), after),
        _ => (None, rest),
    };
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            let (authority, path) = after.split_at(end);
            (Some(authority), path)
        }
        None => (None, rest),
    };
    Parts {
        scheme,
        authority,
        path,
        query,
        fragment,
    }
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Resolves a reference against a base (RFC 3986, section 5.2, strict).
#[must_use]
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (b, r) = (split(base), split(reference));
    let path;
    let (scheme, authority, query) = if r.scheme.is_some() {
        path = remove_dot_segments(r.path);
        (r.scheme, r.authority, r.query)
    } else if r.authority.is_some() {
        path = remove_dot_segments(r.path);
        (b.scheme, r.authority, r.query)
    } else if r.path.is_empty() {
        path = b.path.to_owned();
        (b.scheme, b.authority, r.query.or(b.query))
    } else {
        path = if r.path.starts_with('/') {
            remove_dot_segments(r.path)
        } else if b.authority.is_some() && b.path.is_empty() {
            remove_dot_segments(&format!("/{}", r.path))
        } else {
            let folder = b
                .path
                .rfind('/')
                .map_or("", |end| b.path.get(..=end).unwrap_or(""));
            remove_dot_segments(&format!("{folder}{}", r.path))
        };
        (b.scheme, b.authority, r.query)
    };
    let mut out = String::new();
    for (before, part, after) in [
        ("", scheme, ":"),
        ("//", authority, ""),
        ("", Some(path.as_str()), ""),
        ("?", query, ""),
        ("#", r.fragment, ""),
    ] {
        if let Some(part) = part {
            out.push_str(before);
            out.push_str(part);
            out.push_str(after);
        }
    }
    out
}

/// RFC 3986, section 5.2.4.
fn remove_dot_segments(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let absolute = path.starts_with('/');
    let segments: Vec<&str> = path.split('/').collect();
    let last = segments.len().saturating_sub(1);
    for (i, segment) in segments.iter().enumerate().skip(usize::from(absolute)) {
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    out.pop();
                }
                if i == last {
                    out.push("");
                }
            }
            other => out.push(other),
        }
    }
    let joined = out.join("/");
    if absolute {
        format!("/{joined}")
    } else {
        joined
    }
}

/// The origin of an `http` or `https` address (`https://host:port`, default port left out,
/// lower case), or `None` for any other, and for those that browsers and RFC 3986 read
/// differently: with a user name, a back slash, white space or a control character.
#[must_use]
pub(super) fn origin(url: &str) -> Option<String> {
    if !is_plain(url) {
        return None;
    }
    let parts = split(url);
    let scheme = parts.scheme?.to_ascii_lowercase();
    let authority = parts
        .authority
        .filter(|a| !a.contains('@'))?
        .to_ascii_lowercase();
    let default = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let host = authority.strip_suffix(default).unwrap_or(&authority);
    let host = host.strip_suffix(':').unwrap_or(host);
    (!host.is_empty() && !host.starts_with(':')).then(|| format!("{scheme}://{host}"))
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
    match url.split_once("://") {
        Some((_, rest)) => rest
            .find(['/', '?'])
            .and_then(|at| rest.get(at..))
            .unwrap_or("/"),
        None => url,
    }
}

/// Whether a path holds a `.` or `..` segment, plain or percent-encoded, which a browser would
/// fold away (WHATWG URL, "double-dot path segment").
#[must_use]
pub(super) fn has_dot_segment(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.split('/').any(|segment| {
        segment.len() <= 6
            && matches!(
                segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
                "." | ".."
            )
    })
}

/// The last segment of the path, percent-decoded; `None` where the path ends without one.
#[must_use]
pub(super) fn last_segment(url: &str) -> Option<String> {
    let path = split(url).path.trim_end_matches('/');
    let segment = path.rsplit('/').next().filter(|s| !s.is_empty())?;
    percent_decode(segment)
}

fn percent_decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        let pair = (b == b'%')
            .then(|| text.get(i + 1..i + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(pair.unwrap_or(b));
        i += if pair.is_some() { 3 } else { 1 };
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
        for bad in ["/a/../b", "/a/%2E%2e", "/.", "..", "/a/.%2e/b?x"] {
            assert!(has_dot_segment(bad), "{bad}");
        }
        for good in ["/a/...", "/a.b/..c", "/a?x=/../", "/%2e%2e%2e"] {
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
