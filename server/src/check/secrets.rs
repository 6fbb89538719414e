//! What proves who is asking, from environment variables: never from the command line itself,
//! where every process of the machine could read it.

use entraide::backend::{AuthKind, Mapping, Secrets};
use std::collections::BTreeMap;

/// Secrets as they were given: the name of a backend's secret, or an empty one for all, with the
/// text of each; a name that ends in `.csrf` is the token against request forgery.
#[derive(Default, Clone)]
pub struct Given(Vec<(String, String)>);

/// Why a secret cannot be taken.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// There is no such variable.
    #[error("the environment variable {0:?} of --secret is not set")]
    NotSet(String),
    /// The mapping has no backend that asks for it.
    #[error("no backend of the mapping asks for the secret {name:?}; --secret takes: {known}")]
    Unknown {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// Not a user name with a password.
    #[error("the secret of {0:?} is for Basic: write USER:PASSWORD into the variable")]
    Basic(String),
}

impl Given {
    /// Reads `NAME=VARIABLE` or `VARIABLE` of the command line.
    ///
    /// # Errors
    /// [`SecretError::NotSet`].
    pub fn read(
        arguments: &[String],
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, SecretError> {
        let mut all = Vec::new();
        for argument in arguments {
            let (name, of) = argument.split_once('=').unwrap_or(("", argument));
            let value = variable(of).ok_or_else(|| SecretError::NotSet(of.to_owned()))?;
            all.push((name.to_owned(), value.trim().to_owned()));
        }
        Ok(Self(all))
    }

    /// The secrets of each backend of a mapping, in the form that its `auth` wants, and the
    /// cookies (as the header `Cookie` writes them) of those that know people by cookie, with
    /// their base.
    ///
    /// # Errors
    /// [`SecretError`] where one fits no backend.
    #[allow(clippy::type_complexity, reason = "said in the sentence above")]
    pub fn for_mapping(
        &self,
        mapping: &Mapping,
    ) -> Result<(BTreeMap<String, Secrets>, Vec<(String, String)>), SecretError> {
        let mut secrets: BTreeMap<String, Secrets> = BTreeMap::new();
        let mut cookies = Vec::new();
        for (name, text) in &self.0 {
            let (of, csrf) = match name.strip_suffix(".csrf") {
                Some(of) => (of, true),
                None if name == "csrf" => ("", true),
                None => (name.as_str(), false),
            };
            let mut used = false;
            for service in mapping.services() {
                let auth = &service.auth;
                if !of.is_empty() && auth.secret != of {
                    continue;
                }
                used = true;
                let own = secrets.entry(auth.secret.clone()).or_default();
                match auth.kind {
                    _ if csrf => own.csrf = Some(text.clone()),
                    AuthKind::None => {}
                    AuthKind::Cookie => cookies.push((service.base.clone(), text.clone())),
                    AuthKind::Bearer => own.bearer = Some(text.clone()),
                    AuthKind::Key => own.api_key = Some(text.clone()),
                    AuthKind::Basic => {
                        let pair = text.split_once(':');
                        let pair = pair.ok_or_else(|| SecretError::Basic(auth.secret.clone()))?;
                        own.basic = Some((pair.0.to_owned(), pair.1.to_owned()));
                    }
                }
            }
            if !used {
                let known = mapping.services().iter();
                let known: Vec<&str> = known.map(|s| s.auth.secret.as_str()).collect();
                return Err(SecretError::Unknown {
                    name: of.to_owned(),
                    known: known.join(", "),
                });
            }
        }
        Ok((secrets, cookies))
    }

    /// A text with every secret in it replaced, for whatever is printed.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (_, secret) in &self.0 {
            // Shorter ones are part of words; nobody uses them as secrets.
            for part in std::iter::once(secret.as_str()).chain(secret.split([':', ';', '='])) {
                if part.len() >= 6 {
                    out = out.replace(part, "(secret)");
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    fn given(arguments: &[&str]) -> Result<Given, SecretError> {
        let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        Given::read(&arguments, &|name| match name {
            "TOKEN" => Some("tok-123456\n".to_owned()),
            "LOGIN" => Some("ada:love:lace".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn each_backend_gets_its_own_in_its_form() {
        let part = |name: &str, auth: &str| {
            format!(
                r#"{{"name": "{name}", "base": "/{name}", "auth": {auth}, "operations": {{"people.list": "GET /", "requests.get": "GET /{{id}}"}}}}"#
            )
        };
        let text = format!(
            r#"{{"parts": {{"people": {}, "requests": {}}}}}"#,
            part("hr", r#"{"kind": "bearer"}"#),
            part("desk", r#"{"kind": "basic"}"#)
        );
        let mapping = Mapping::parse(&text, None, &|_| None).unwrap();
        let both = given(&["hr=TOKEN", "desk=LOGIN", "desk.csrf=TOKEN"]).unwrap();
        let (secrets, _) = both.for_mapping(&mapping).unwrap();
        assert_eq!(secrets["hr"].bearer.as_deref(), Some("tok-123456"));
        let basic = secrets["desk"].basic.clone().unwrap();
        assert_eq!(basic, ("ada".to_owned(), "love:lace".to_owned()));
        assert_eq!(secrets["desk"].csrf.as_deref(), Some("tok-123456"));
        assert_eq!(
            given(&["hr=NONE"]).err(),
            Some(SecretError::NotSet("NONE".to_owned()))
        );
        let wrong = given(&["people=TOKEN"]).unwrap().for_mapping(&mapping);
        let words = wrong.err().unwrap().to_string();
        assert!(words.ends_with("--secret takes: hr, desk"), "{words}");
        let wrong = given(&["TOKEN"]).unwrap().for_mapping(&mapping);
        assert_eq!(wrong.err(), Some(SecretError::Basic("desk".to_owned())));
        assert_eq!(
            both.hide("GET /?k=tok-123456 for ada"),
            "GET /?k=(secret) for ada"
        );
    }
}
