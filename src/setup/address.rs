//! The address that lists something, taken apart as a mapping has it: where the backend is, the
//! path below it, and the parameters.

/// An address, in parts. All are empty where an answer was pasted without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Scheme and host (`https://hr.example`); empty for a path on the page's own host.
    pub origin: String,
    /// What stands before the last segment of the path, without a slash at its end.
    pub folder: String,
    /// The last segment with its slashes: `/people`, or `/people/`.
    pub path: String,
    /// The parameters of the query, decoded, in their order.
    pub query: Vec<(String, String)>,
}

impl Address {
    /// Takes an address apart; a fragment is dropped.
    #[must_use]
    pub fn parse(url: &str) -> Self {
        let url = url.trim().split('#').next().unwrap_or_default();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let (origin, path) = match place.split_once("://") {
            Some((scheme, rest)) => {
                let at = rest.find('/').unwrap_or(rest.len());
                let (host, path) = rest.split_at(at);
                // A user and a password in an address are secrets, and no page may send them.
                let host = host.rsplit('@').next().unwrap_or_default();
                let origin = format!("{}://{}", scheme.to_lowercase(), host.to_lowercase());
                (origin, path)
            }
            None => (String::new(), place),
        };
        let slash = path.len() > 1 && path.ends_with('/');
        let whole = path.trim_end_matches('/');
        let (folder, last) = whole.rsplit_once('/').unwrap_or(("", whole));
        // Braces are templates in a mapping.
        let last = last.replace('{', "%7B").replace('}', "%7D");
        let end = if slash && !last.is_empty() { "/" } else { "" };
        Self {
            origin,
            folder: folder.to_owned(),
            path: if url.is_empty() {
                String::new()
            } else {
                format!("/{last}{end}")
            },
            query: query
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(pair)
                .collect(),
        }
    }

    /// Where the backend is, as a mapping says it; a path where it is on the page's own origin.
    #[must_use]
    pub fn base(&self, page_origin: &str) -> String {
        // A base needs at least a slash, and is joined to a path that begins with one.
        match self.origin == page_origin || self.origin.is_empty() {
            true if self.folder.is_empty() => self.origin.clone(),
            true => self.folder.clone(),
            false => format!("{}{}", self.origin, self.folder),
        }
    }

    /// The addresses under which one item of the list may be, by convention.
    #[must_use]
    pub fn of_one(&self) -> String {
        let name = self.path.trim_end_matches('/');
        // OData (section "Canonical URL") writes keys in parentheses.
        if self.query.iter().any(|(key, _)| key.starts_with('$')) {
            return format!("{name}({{id}})");
        }
        match name.strip_suffix(".json") {
            Some(name) => format!("{name}/{{id}}.json"),
            None => format!(
                "{name}/{{id}}{}",
                if self.path.len() > 1 && self.path.ends_with('/') {
                    "/"
                } else {
                    ""
                }
            ),
        }
    }
}

fn pair(text: &str) -> (String, String) {
    let (key, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(key), decoded(value))
}

/// `application/x-www-form-urlencoded` as the URL Standard reads it.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'+', _) => bytes.push(b' '),
            (b'%', [a, b, tail @ ..]) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => {
                let digit = |c: u8| char::from(c).to_digit(16).unwrap_or(0);
                bytes.push(u8::try_from(digit(*a) * 16 + digit(*b)).unwrap_or(0));
                rest = tail;
            }
            (other, _) => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_apart_as_mappings_have_them() {
        let all = Address::parse("https://HR.example/api/v2/people/?page%5Bsize%5D=2&q=a+b#x");
        assert_eq!(all.base("https://x.example"), "https://hr.example/api/v2");
        assert_eq!(all.base("https://hr.example"), "/api/v2");
        assert_eq!(all.path, "/people/");
        assert_eq!(
            all.query,
            [
                ("page[size]".into(), "2".into()),
                ("q".into(), "a b".into())
            ]
        );
        assert_eq!(all.of_one(), "/people/{id}/");
        let root = Address::parse("http://h.example/?rest_route=/wp/v2/users");
        assert_eq!(
            (root.base("").as_str(), root.path.as_str()),
            ("http://h.example", "/")
        );
        assert_eq!(Address::parse("/api/staff").base("x"), "/api");
        assert_eq!(
            Address::parse("http://me:secret@h.example/a").origin,
            "http://h.example"
        );
        assert_eq!(
            Address::parse("http://h/o/People?$top=2").of_one(),
            "/People({id})"
        );
        assert_eq!(
            Address::parse("http://h/issues.json").of_one(),
            "/issues/{id}.json"
        );
    }
}
