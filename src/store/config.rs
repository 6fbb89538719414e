//! What the page owner set, as far as the widget's behaviour depends on it.

use crate::backend::Mapping;
use crate::i18n::Language;
use crate::model::PageContext;
use std::rc::Rc;

/// Behaviour set by the page owner. Looks (theme, direction) are CSS and attributes only and
/// never reach the store.
#[derive(Debug, Clone)]
pub struct Config {
    /// The language of the screens.
    pub language: Language,
    /// The page that the widget is in, if it may go along with a request (`data-context`).
    pub page: Option<PageContext>,
    /// How to talk to the backend, or why the mapping cannot be used, in words.
    pub backend: Result<Rc<Mapping>, Rc<str>>,
}
