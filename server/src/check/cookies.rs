//! The cookies of a session, kept while backends are called; as much of RFC 6265 as one session
//! with one backend needs. Path and expiry date of a cookie are not looked at: it lasts as long
//! as the command that got it, and goes to the host that set it and to no other.

use std::collections::BTreeMap;

/// Cookies by host and name.
#[derive(Debug, Default)]
pub(super) struct Cookies {
    by_host: BTreeMap<String, BTreeMap<String, String>>,
}

/// Most cookies of one host that are kept; browsers keep no more either.
const MOST: usize = 180;

impl Cookies {
    /// Takes cookies as the header `Cookie` writes them: `a=1; b=2`.
    pub(super) fn set(&mut self, url: &str, pairs: &str) {
        for pair in pairs.split(';') {
            self.put(url, pair);
        }
    }

    /// Takes one `Set-Cookie`.
    pub(super) fn take(&mut self, url: &str, set_cookie: &str) {
        let (pair, attributes) = set_cookie.split_once(';').unwrap_or((set_cookie, ""));
        let ends = attributes.split(';').any(|attribute| {
            let (name, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            name.trim().eq_ignore_ascii_case("max-age")
                && value.trim().parse::<i64>().is_ok_and(|age| age <= 0)
        });
        if ends {
            let name = pair.split('=').next().unwrap_or_default().trim();
            if let Some(own) = self.by_host.get_mut(host(url)) {
                own.remove(name);
            }
        } else {
            self.put(url, pair);
        }
    }

    fn put(&mut self, url: &str, pair: &str) {
        let Some((name, value)) = pair.split_once('=') else {
            return;
        };
        let own = self.by_host.entry(host(url).to_owned()).or_default();
        let name = name.trim();
        if !name.is_empty() && (own.len() < MOST || own.contains_key(name)) {
            own.insert(name.to_owned(), value.trim().to_owned());
        }
    }

    /// A cookie's value.
    pub(super) fn get(&self, url: &str, name: &str) -> Option<&str> {
        self.by_host.get(host(url))?.get(name).map(String::as_str)
    }

    /// The header `Cookie` for an address; `None` where there are none.
    pub(super) fn header(&self, url: &str) -> Option<String> {
        let own = self.by_host.get(host(url)).filter(|own| !own.is_empty())?;
        let pairs: Vec<String> = own.iter().map(|(n, v)| format!("{n}={v}")).collect();
        Some(pairs.join("; "))
    }
}

/// The host of an absolute address; cookies do not tell ports apart (RFC 6265, section 8.5).
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn go_back_to_the_host_that_set_them_and_to_no_other() {
        let mut jar = Cookies::default();
        jar.take(
            "http://a.example:8000/login",
            "session=x=1; Path=/; HttpOnly",
        );
        jar.take("http://a.example/", "csrftoken=t; Max-Age=3600");
        jar.set("https://[::1]:8443/", "k=v; other=w");
        assert_eq!(
            jar.header("http://a.example:9000/b?c").unwrap(),
            "csrftoken=t; session=x=1"
        );
        assert_eq!(jar.get("http://a.example/", "csrftoken"), Some("t"));
        assert_eq!(jar.header("https://[::1]/").unwrap(), "k=v; other=w");
        assert_eq!(jar.header("http://b.example/"), None);
        jar.take("http://a.example/", "session=; Max-Age=0");
        assert_eq!(jar.header("http://a.example/").unwrap(), "csrftoken=t");
    }
}
