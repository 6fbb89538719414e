//! Whether a call comes from a page of this server or from somebody else's.
//!
//! Browsers send cookies, and a proxy's sign-in, along with calls that other sites start. They
//! also say where a call comes from: `Sec-Fetch-Site` (W3C Fetch Metadata), and `Origin` on
//! every unsafe call (Fetch standard). There is no CORS here, so other origins cannot read
//! answers; this keeps them from writing.

use crate::problem::Problem;
use axum::http::{HeaderMap, Method, header};

/// For cookies: an unsafe call must show that it comes from here.
pub(crate) fn check_cookie(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if method.is_safe() || from_here(headers) == Some(true) {
        Ok(())
    } else {
        Err(foreign())
    }
}

/// Behind a proxy: an unsafe call must not show that it comes from elsewhere. One that says
/// nothing is from no browser, and carries nothing that the proxy did not check.
pub(crate) fn check_proxied(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if method.is_safe() || from_here(headers) != Some(false) {
        Ok(())
    } else {
        Err(foreign())
    }
}

/// Whether the call shows that it comes from here, from elsewhere, or nothing.
fn from_here(headers: &HeaderMap) -> Option<bool> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|v: &axum::http::HeaderValue| v.to_str().ok())
    };
    if let Some(site) = text("sec-fetch-site".parse::<header::HeaderName>().ok()?) {
        return Some(matches!(site, "same-origin" | "none"));
    }
    let origin = text(header::ORIGIN)?;
    let host = text(header::HOST);
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    Some(authority.is_some() && authority == host)
}

fn foreign() -> Problem {
    Problem::forbidden("This call was started by another site, so it was not carried out.")
}

/// Whether a `Host` names the machine itself. In the demo, any other name means that a page of
/// another site made its name point here (DNS rebinding).
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => host.split(':').next().unwrap_or(""),
    };
    name.eq_ignore_ascii_case("localhost")
        || name
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_calls_from_here_write() {
        let from = |pairs: &[_]| from_here(&headers(pairs));
        assert_eq!(from(&[("sec-fetch-site", "same-origin")]), Some(true));
        assert_eq!(from(&[("sec-fetch-site", "none")]), Some(true));
        assert_eq!(from(&[("sec-fetch-site", "same-site")]), Some(false));
        assert_eq!(
            from(&[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://a"),
                ("host", "a")
            ]),
            Some(false)
        );
        assert_eq!(
            from(&[("origin", "http://a:1"), ("host", "a:1")]),
            Some(true)
        );
        assert_eq!(
            from(&[("origin", "http://a.evil"), ("host", "a")]),
            Some(false)
        );
        assert_eq!(from(&[("origin", "null"), ("host", "a")]), Some(false));
        assert_eq!(from(&[("host", "a")]), None);
    }

    #[test]
    fn knows_its_own_names() {
        for own in [
            "localhost",
            "LOCALHOST:8787",
            "127.0.0.1:80",
            "127.9.9.9",
            "[::1]:8787",
        ] {
            assert!(is_loopback_host(own), "{own}");
        }
        for other in [
            "evil.example",
            "localhost.evil.example",
            "192.168.0.1",
            "",
            "127.0.0.1.nip.io",
        ] {
            assert!(!is_loopback_host(other), "{other}");
        }
    }
}
