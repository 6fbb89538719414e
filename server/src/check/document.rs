//! The document that is checked: a file, a preset, or a file over a preset, with settings from
//! the command line.

use super::presets;
use entraide::backend::{Mapping, MappingProblem};
use serde_json::{Map, Value};

/// A document with a preset under it and settings in it, as text. What is no JSON object stays as
/// it is, so that reading it says what is wrong with it.
///
/// # Errors
/// The name of the preset that the file extends already, where `preset` is another one.
pub fn compose(
    file: Option<&str>,
    preset: Option<&str>,
    settings: &[(String, String)],
) -> Result<String, String> {
    let text = file.unwrap_or("{}");
    if preset.is_none() && settings.is_empty() {
        return Ok(text.to_owned());
    }
    let parsed = serde_json::from_str(text.trim_start_matches('\u{FEFF}'));
    let Ok(Value::Object(mut map)) = parsed else {
        return Ok(text.to_owned());
    };
    if let Some(preset) = preset {
        match map.get("extends").and_then(Value::as_str) {
            Some(other) if other != preset => return Err(other.to_owned()),
            _ => map.insert("extends".to_owned(), Value::from(preset)),
        };
    }
    if !settings.is_empty() {
        let own = map.entry("settings").or_insert(Value::Null);
        let mut all = match own.take() {
            Value::Object(all) => all,
            _ => Map::new(),
        };
        for (name, value) in settings {
            all.insert(name.clone(), Value::from(value.as_str()));
        }
        *own = Value::Object(all);
    }
    Ok(Value::Object(map).to_string())
}

/// Reads a document with the presets that ship; `base` goes before its own.
///
/// # Errors
/// Every mistake in it.
pub fn read(text: &str, base: Option<&str>) -> Result<Mapping, Vec<MappingProblem>> {
    Mapping::parse(text, base, &|name| presets::preset(name).map(str::to_owned))
}

/// A mistake as one line: place, what is wrong, and the nearest right thing.
#[must_use]
pub fn line(problem: &MappingProblem) -> String {
    let place = match problem.pointer.as_str() {
        "" => "the document",
        pointer => pointer,
    };
    let hint = match problem.hint.as_str() {
        "" => String::new(),
        hint => format!("; {hint}"),
    };
    format!("{place}: {}{hint}", problem.problem)
}

/// The text of a document and of every preset under it, for looking at what it uses.
#[must_use]
pub fn with_presets(text: &str) -> String {
    let mut all = text.to_owned();
    for name in presets::names() {
        if text.contains(&format!("\"{name}\""))
            && let Some(preset) = presets::preset(name)
        {
            all.push_str(preset);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;
    use serde_json::json;

    #[test]
    fn every_preset_that_ships_is_read() {
        assert!(presets::names().any(|name| name == "entraide"));
        for name in presets::names() {
            assert!(entraide::backend::PRESETS.contains(&name), "{name}");
            // What differs from site to site has to be given; nothing else may be amiss.
            let document: Value = serde_json::from_str(presets::preset(name).unwrap()).unwrap();
            let requires = document["requires"].as_object().cloned();
            let settings: Vec<(String, String)> = requires
                .unwrap_or_default()
                .keys()
                .map(|key| (key.clone(), "1".to_owned()))
                .collect();
            let text = compose(None, Some(name), &settings).unwrap();
            let read = read(&text, Some("https://backend.example"));
            assert_eq!(read.err().unwrap_or_default(), [], "{name}");
        }
    }

    #[test]
    fn a_file_is_put_over_a_preset_and_settings_into_it() {
        let settings = [("project".to_owned(), "help".to_owned())];
        let text = compose(
            Some(r#"{"settings": {"a": 1}}"#),
            Some("redmine"),
            &settings,
        );
        let document: Value = serde_json::from_str(&text.unwrap()).unwrap();
        assert_eq!(
            document,
            json!({"extends": "redmine", "settings": {"a": 1, "project": "help"}})
        );
        let other = compose(Some(r#"{"extends": "jira"}"#), Some("redmine"), &[]);
        assert_eq!(other.unwrap_err(), "jira");
        for broken in ["{", "[]"] {
            assert_eq!(
                compose(Some(broken), Some("scim"), &settings).unwrap(),
                broken
            );
        }
    }
}
