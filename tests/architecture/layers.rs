//! The floors of the house: which layer may import which, and which crates stay out of all
//! layers that must run without a browser.

use crate::tokens::{Spanned, Token, tokens};

/// Each layer with those below it. Its own modules are always allowed.
const LAYERS: [(&str, &[&str]); 10] = [
    ("model", &[]),
    ("i18n", &["model"]),
    ("search", &["model"]),
    ("exchange", &["model", "search"]),
    ("backend", &["model"]),
    // Only the Wasm of `<entraide-setup>` uses it, a crate of its own.
    ("setup", &["model", "backend"]),
    ("outbox", &["model", "backend"]),
    (
        "store",
        &["model", "i18n", "search", "exchange", "backend", "outbox"],
    ),
    (
        "ui",
        &[
            "model", "i18n", "search", "exchange", "backend", "outbox", "store",
        ],
    ),
    (
        "embed",
        &[
            "model", "i18n", "search", "exchange", "backend", "outbox", "store", "ui",
        ],
    ),
];

/// The layers that may know a browser.
const WEB_LAYERS: [&str; 2] = ["ui", "embed"];

/// What the server may use of the widget's crate.
const SERVER_LAYERS: [&str; 3] = ["model", "search", "exchange"];

/// Whether a crate is one of the web's.
pub(crate) fn is_web_crate(name: &str) -> bool {
    let name = name.replace('-', "_");
    ["web_sys", "js_sys", "yew"].contains(&name.as_str())
        || ["gloo", "wasm_bindgen", "yew_"]
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

/// An import that goes the wrong way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// Checks one file of the widget's crate; `path` is relative to `src/`, such as `search/index.rs`.
pub(crate) fn check_widget_file(path: &str, source: &str) -> Vec<Violation> {
    let module = module_path(path);
    let layer = module.first().map(String::as_str);
    let mut found = Vec::new();
    let tokens = tokens(source);
    for (name, line) in references(&tokens, &module, "entraide") {
        let Some(layer) = layer else { continue };
        if name == "*" {
            let message = "a glob import of the crate's root hides which layers are used".into();
            found.push(Violation { line, message });
            continue;
        }
        let is_layer = LAYERS.iter().any(|(known, _)| *known == name);
        if is_layer && name != layer && !may_import(layer, name) {
            let message = format!("`{layer}` must not import `{name}`");
            found.push(Violation { line, message });
        }
    }
    if !layer.is_some_and(|layer| WEB_LAYERS.contains(&layer)) {
        found.extend(web_crates(&tokens));
    }
    found
}

/// Checks one file of the server's crate; `path` is relative to its `src/`. What tries mappings
/// (`check/`) also uses the layer that reads them.
pub(crate) fn check_server_file(path: &str, source: &str) -> Vec<Violation> {
    let tokens = tokens(source);
    let mut found = web_crates(&tokens);
    for at in 0..tokens.len() {
        if !starts_path(&tokens, at, "entraide") {
            continue;
        }
        for (name, line) in path_heads(&tokens, at + 1) {
            let tries = name == "backend" && path.starts_with("check/");
            if !tries && !SERVER_LAYERS.contains(&name) {
                let message = format!("the server must not use `entraide::{name}`");
                found.push(Violation { line, message });
            }
        }
    }
    found
}

/// Whether every folder of `src/` has its place among the layers.
pub(crate) fn is_layer(name: &str) -> bool {
    LAYERS.iter().any(|(known, _)| *known == name)
}

fn may_import(layer: &str, other: &str) -> bool {
    LAYERS
        .iter()
        .any(|(name, below)| *name == layer && below.contains(&other))
}

/// `search/index.rs` is the module `search::index`; `search/mod.rs` is `search`.
fn module_path(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if parts
        .last()
        .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
    {
        parts.pop();
    }
    parts
}

/// Names of the crate's top level that a file refers to, by `crate::`, by the crate's own name,
/// or by enough `super::`. `*` stands for a glob.
fn references<'a>(tokens: &[Spanned<'a>], module: &[String], this: &str) -> Vec<(&'a str, usize)> {
    let mut out = Vec::new();
    // Depth of braces at which each inline `mod name { … }` was opened.
    let mut inline: Vec<usize> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&(token, _)) = tokens.get(at) {
        match token {
            Token::Open => {
                depth += 1;
                if at >= 2 && tokens[at - 2].0 == Token::Ident("mod") {
                    inline.push(depth);
                }
            }
            Token::Close => {
                if inline.last() == Some(&depth) {
                    inline.pop();
                }
                depth = depth.saturating_sub(1);
            }
            Token::Ident("crate") if is_sep(tokens, at + 1) => {
                out.extend(path_heads(tokens, at + 1));
            }
            Token::Ident(name) if name == this && starts_path(tokens, at, this) => {
                out.extend(path_heads(tokens, at + 1));
            }
            Token::Ident("super") if is_sep(tokens, at + 1) => {
                let mut up = 1;
                while is_sep(tokens, at + 1)
                    && tokens.get(at + 2).map(|t| t.0) == Some(Token::Ident("super"))
                {
                    up += 1;
                    at += 2;
                }
                if up == module.len() + inline.len() {
                    out.extend(path_heads(tokens, at + 1));
                }
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// The first names after a path's beginning: one, or those of a group `{a::b, c}`.
fn path_heads<'a>(tokens: &[Spanned<'a>], sep: usize) -> Vec<(&'a str, usize)> {
    if !is_sep(tokens, sep) {
        return Vec::new();
    }
    match tokens.get(sep + 1) {
        Some(&(Token::Ident(name), line)) => vec![(name, line)],
        Some(&(Token::Other('*'), line)) => vec![("*", line)],
        Some(&(Token::Open, _)) => {
            let mut heads = Vec::new();
            let mut depth = 1_usize;
            let mut expects = true;
            for &(token, line) in &tokens[sep + 2..] {
                match token {
                    Token::Open => depth += 1,
                    Token::Close => depth -= 1,
                    Token::Comma if depth == 1 => expects = true,
                    Token::Ident(name) if expects && depth == 1 => {
                        heads.push((name, line));
                        expects = false;
                    }
                    Token::Other('*') if expects && depth == 1 => heads.push(("*", line)),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            heads
        }
        _ => Vec::new(),
    }
}

/// Paths and imports that begin with one of the web's crates.
fn web_crates(tokens: &[Spanned<'_>]) -> Vec<Violation> {
    let mut found = Vec::new();
    for (at, &(token, line)) in tokens.iter().enumerate() {
        let Token::Ident(name) = token else { continue };
        let imported = at > 0
            && (matches!(tokens[at - 1].0, Token::Ident("use"))
                || (tokens[at - 1].0 == Token::Ident("crate")
                    && at > 1
                    && tokens[at - 2].0 == Token::Ident("extern")));
        if is_web_crate(name) && (imported || starts_path(tokens, at, name)) {
            let message =
                format!("`{name}` belongs to the browser: only `ui` and `embed` may use it");
            found.push(Violation { line, message });
        }
    }
    found
}

/// Whether the token at `at` is `name` and begins a path: `name::`, not `other::name::`.
fn starts_path(tokens: &[Spanned<'_>], at: usize, name: &str) -> bool {
    let inside = at >= 2
        && tokens[at - 1].0 == Token::PathSep
        && matches!(tokens[at - 2].0, Token::Ident(_) | Token::Other('>'))
        // `use ::name::…` begins at its own `::`.
        && tokens[at - 2].0 != Token::Ident("use");
    tokens[at].0 == Token::Ident(name) && is_sep(tokens, at + 1) && !inside
}

fn is_sep(tokens: &[Spanned<'_>], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|&(token, _)| token == Token::PathSep)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(path: &str, source: &str) -> Vec<String> {
        check_widget_file(path, source)
            .into_iter()
            .map(|violation| violation.message)
            .collect()
    }

    #[test]
    fn an_import_upwards_is_found_in_every_spelling() {
        for source in [
            "use crate::store::State;",
            "use crate::{model::Person, store::State};",
            "use crate::{\n    model::{Person, Skill},\n    store,\n};",
            "use super::super::store::State;",
            "fn f() -> crate::store::State { todo() }",
            "use entraide::store::State;",
            "mod inner { use super::super::super::store::State; }",
            "pub(crate) use crate::store as s;",
        ] {
            assert_eq!(
                messages("search/index.rs", source),
                ["`search` must not import `store`"],
                "{source}"
            );
        }
    }

    #[test]
    fn an_import_downwards_or_sideways_within_a_layer_is_fine() {
        for source in [
            "use crate::model::Person;",
            "use crate::search::fold;",
            "use super::fold::words;",
            "use super::super::model::Person;",
            "mod tests { use super::*; use super::super::fold; }",
            "// use crate::store::State;",
            "let text = \"crate::store::State\";",
            "let store = 1; store::<u8>();",
        ] {
            assert_eq!(messages("search/index.rs", source), [""; 0], "{source}");
        }
    }

    #[test]
    fn siblings_keep_apart() {
        assert_eq!(
            messages("backend/mod.rs", "use crate::search;"),
            ["`backend` must not import `search`"]
        );
        assert_eq!(
            messages("search/a.rs", "use crate::exchange::route;"),
            ["`search` must not import `exchange`"]
        );
        assert_eq!(
            messages("exchange/a.rs", "use crate::search::Index;"),
            [""; 0]
        );
        assert_eq!(
            messages("model/a.rs", "use crate::i18n;"),
            ["`model` must not import `i18n`"]
        );
        assert_eq!(messages("store/a.rs", "use crate::*;").len(), 1);
    }

    #[test]
    fn web_crates_stay_above() {
        for source in [
            "use yew::prelude::*;",
            "use ::web_sys::Window;",
            "use wasm_bindgen as w;",
            "extern crate js_sys;",
            "fn f() { gloo_timers::callback::Timeout::new(1, f); }",
            "fn f(w: &web_sys::Window) {}",
        ] {
            assert_eq!(messages("store/effects.rs", source).len(), 1, "{source}");
            assert_eq!(messages("ui/app.rs", source), [""; 0], "{source}");
        }
        assert_eq!(
            messages("store/effects.rs", "use crate::model::yew::x; let yew = 1;"),
            [""; 0]
        );
    }

    #[test]
    fn the_server_sees_three_layers() {
        assert_eq!(
            check_server_file(
                "api/x.rs",
                "use entraide::{model::Person, search::Index, exchange};"
            ),
            []
        );
        assert_eq!(
            check_server_file("api/x.rs", "use entraide::store::State;").len(),
            1
        );
        assert_eq!(
            check_server_file("api/x.rs", "use entraide::{model, backend::Mapping};").len(),
            1
        );
        let tried = "use entraide::{model, backend::Mapping};";
        assert_eq!(check_server_file("check/live.rs", tried), []);
        assert_eq!(
            check_server_file("check/live.rs", "use entraide::ui::x;").len(),
            1
        );
        assert_eq!(
            check_server_file("api/x.rs", "use wasm_bindgen::JsValue;").len(),
            1
        );
        assert_eq!(
            check_server_file("api/x.rs", "use crate::store::entraide::x;"),
            []
        );
    }
}
