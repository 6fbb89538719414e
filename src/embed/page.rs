//! The page that the widget is in: its title and address, and the search in its address.

use crate::model::{NAME, PageContext, SHORT_TEXT, SafeUrl, clean_line};
use web_sys::{UrlSearchParams, Window};

/// What a directory's search is called in an address.
const OURS: [&str; 4] = ["q", "skill", "team", "place"];

/// Title and address of the page, the latter without query and fragment, which may hold what
/// is nobody's business.
pub(super) fn context() -> Option<PageContext> {
    let window = web_sys::window()?;
    let location = window.location();
    let address = format!("{}{}", location.origin().ok()?, location.pathname().ok()?);
    let title = clean_line(&window.document()?.title(), SHORT_TEXT);
    let title = if title.is_empty() {
        clean_line(&location.pathname().ok()?, NAME)
    } else {
        title
    };
    Some(PageContext {
        title,
        url: SafeUrl::new(&address),
    })
}

fn query(window: &Window) -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str(&window.location().search().ok()?).ok()
}

/// The pairs of the page's query that are a directory's search.
pub(super) fn read_address() -> Vec<(String, String)> {
    let Some(query) = web_sys::window().and_then(|w| query(&w)) else {
        return Vec::new();
    };
    OURS.iter()
        .filter_map(|name| Some(((*name).to_owned(), query.get(name)?)))
        .collect()
}

/// Puts pairs into the page's query, and takes out those without a value. The address is
/// replaced, so that "back" leaves the page and not one letter.
pub(super) fn write_address(pairs: &[(&str, String)]) -> Option<()> {
    let window = web_sys::window()?;
    let query = query(&window)?;
    for (name, value) in pairs {
        if value.is_empty() {
            query.delete(name);
        } else {
            query.set(name, value);
        }
    }
    let location = window.location();
    let text = String::from(query.to_string());
    let mark = if text.is_empty() { "" } else { "?" };
    let address = format!(
        "{}{mark}{text}{}",
        location.pathname().ok()?,
        location.hash().ok()?
    );
    let history = window.history().ok()?;
    // Browsers refuse too many of these in a row; the next one makes up for it.
    history
        .replace_state_with_url(&history.state().ok()?, "", Some(&address))
        .ok()
}
