//! The words of the screens, in French and English, and in any language by data.
//!
//! Every text is a [`Message`] with a key; the tables of both languages are checked for
//! completeness at compile time, since one line of the table gives both. A page owner may
//! replace any text, or bring another language, with a JSON object of key to text. Texts hold
//! `{name}` where a value goes in; a text with a number has a form for one and one for others
//! (the plural rules of French and English; Unicode CLDR).

mod language;
mod messages;
mod relative;

pub use language::Language;
pub use messages::Message;
pub use relative::{ago, short_date};
