//! Any REST API, described as data.
//!
//! A backend is a JSON document, never code: a [`Mapping`]. It says for each [`Operation`] how to
//! call (method, address, headers, body) and how to read what comes back. This layer is pure: it
//! writes an [`HttpRequest`], somebody else sends it, and it reads the [`HttpResponse`] into the
//! types of [`model`](crate::model), each item as far as it is sound, with what was left out
//! beside it ([`Reading`]).
//!
//! The language stands on standards: URI Templates (RFC 6570) for addresses, JMESPath for
//! selecting, JSON Merge Patch (RFC 7396) for extending a preset, Web Linking (RFC 8288) and
//! Problem Details (RFC 9457). `docs/mapping.md` shows it by examples.
//!
//! Where to look: `document` merges a document, `checker` holds it against the table in `schema`,
//! `mapping` and `call` hold it ready, `prepare` writes requests, `response` and `read` take answers apart with `records`,
//! `people` and `requests`, `steps` chains calls that need others around them, `paging` finds the next page, `quote` guards queries against what
//! people type.

mod auth;
mod call;
mod checker;
mod dates;
mod document;
mod error;
mod explain;
mod fields;
mod html;
mod http;
#[cfg(feature = "explain")]
mod inspect;
#[cfg(feature = "explain")]
mod json_schema;
#[cfg(feature = "explain")]
mod lint;
mod mapping;
mod operation;
mod paging;
mod params;
mod people;
mod prepare;
#[cfg(feature = "explain")]
mod presets;
#[cfg(feature = "explain")]
mod probe;
mod problem;
mod quote;
mod read;
mod reading;
mod records;
mod requests;
mod response;
mod schema;
mod seen;
mod select;
mod service;
mod steps;
mod template;
mod uri;
mod uri_template;
mod web_link;

pub use auth::{Auth, AuthKind, Csrf, CsrfSource};
pub use checker::MappingProblem;
pub use document::Presets;
#[cfg(feature = "explain")]
pub use document::written_out;
pub use error::{BackendError, FieldProblem};
pub use http::{Credentials, HttpRequest, HttpResponse, Method, Secrets};
#[cfg(feature = "explain")]
pub use inspect::selectors_in;
#[cfg(feature = "explain")]
pub use json_schema::json_schema;
pub use mapping::Mapping;
pub use operation::{Group, Operation, Scope};
pub use paging::{Course, Pages};
pub use params::Params;
#[cfg(feature = "explain")]
pub use presets::{NAMES as PRESETS, preset};
#[cfg(feature = "explain")]
pub use probe::probe;
pub use read::Written;
pub use reading::{Defect, Reading};
pub use service::Service;
pub use uri::{origin, resolve};
