//! From what the page set, as the loader writes it (JSON of texts), to the store's words.

use super::host;
use crate::backend::Mapping;
use crate::i18n::Language;
use crate::model::json::member;
use crate::model::{
    LONG_TEXT, NAME, PageContext, PersonId, SHORT_TEXT, SafeUrl, clean_line, clean_text,
};
use crate::store::{Config, Prefill};
use serde_json::Value;
use std::rc::Rc;

fn text<'v>(object: &'v Value, name: &str) -> &'v str {
    member(object, name).as_str().unwrap_or_default()
}

/// The members of a JSON object that are texts.
pub(super) fn pairs_of(object: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Value::Object(members) = object {
        for (name, value) in members {
            if let Value::String(text) = value {
                all.push((name.clone(), text.clone()));
            }
        }
    }
    all
}

/// The same of JSON text.
pub(super) fn pairs(json: &str) -> Vec<(String, String)> {
    pairs_of(&serde_json::from_str(json).unwrap_or_default())
}

/// The page owner's settings: `lang`, `messages`, `title` and `url` of the page, `base`, and the
/// `document` of the mapping with the `presets` that it names, or the `problem` that there is none.
pub(super) fn config(settings: &str) -> Config {
    let settings: Value = serde_json::from_str(settings).unwrap_or_default();
    let texts = pairs_of(member(&settings, "messages"));
    let mut language = Language::new(text(&settings, "lang"));
    if !texts.is_empty() {
        language = language.with_texts(texts);
    }
    Config {
        language,
        page: page(&settings),
        backend: mapping(&settings),
    }
}

fn page(object: &Value) -> Option<PageContext> {
    let title = clean_line(text(object, "title"), SHORT_TEXT);
    (!title.is_empty()).then(|| PageContext {
        title,
        url: SafeUrl::new(text(object, "url")),
    })
}

fn mapping(settings: &Value) -> Result<Rc<Mapping>, Rc<str>> {
    let problem = text(settings, "problem");
    if !problem.is_empty() {
        host::complain(problem);
        return Err(problem.into());
    }
    let base = Some(text(settings, "base")).filter(|base| !base.is_empty());
    let presets = |name: &str| {
        let preset = member(member(settings, "presets"), name).as_str();
        preset.map(str::to_owned)
    };
    match Mapping::parse(text(settings, "document"), base, &presets) {
        Ok(mapping) => Ok(Rc::new(mapping)),
        Err(problems) => {
            let mut lines = String::new();
            for problem in &problems {
                if !lines.is_empty() {
                    lines.push('\n');
                }
                lines.push_str(&problem.to_string());
            }
            lines.push_str("\nSee `entraide-server check` or <entraide-setup>.");
            host::complain(&lines);
            Err(lines.into())
        }
    }
}

/// What an ask form is to be filled with: `question`, `details`, `skills` and `to` as lines, and
/// `title` and `url` of the page that goes along.
pub(super) fn prefill(given: &str) -> Prefill {
    let given: Value = serde_json::from_str(given).unwrap_or_default();
    let question = clean_line(text(&given, "question"), SHORT_TEXT);
    let details = clean_text(text(&given, "details"), LONG_TEXT);
    let mut prefill = Prefill {
        question: (!question.is_empty()).then_some(question),
        details: (!details.is_empty()).then_some(details),
        context: page(&given),
        ..Prefill::default()
    };
    for name in text(&given, "skills").lines() {
        let name = clean_line(name, NAME);
        if !name.is_empty() {
            prefill.skills.push(name);
        }
    }
    for id in text(&given, "to").lines() {
        prefill.to.extend(PersonId::new(id.trim()).ok());
    }
    prefill
}
