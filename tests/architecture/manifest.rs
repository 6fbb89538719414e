//! Reads `Cargo.toml` as far as needed: which section a dependency stands in.

use crate::layers::is_web_crate;

/// Web crates among the dependencies that every target compiles. Optional ones are allowed:
/// they come only with a feature that asks for them.
pub(crate) fn native_web_dependencies(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut section = "";
    for (at, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').trim();
            if let Some(name) = section.strip_prefix("dependencies.")
                && is_web_crate(name)
            {
                found.push(message(at, name));
            }
            continue;
        }
        let name = line.split(['=', '.']).next().unwrap_or("").trim();
        if section == "dependencies" && is_web_crate(name) && !is_optional(line) {
            found.push(message(at, name));
        }
    }
    found
}

fn is_optional(line: &str) -> bool {
    line.replace(' ', "").contains("optional=true")
}

fn message(at: usize, name: &str) -> String {
    format!(
        "Cargo.toml:{}: `{name}` belongs under [target.'cfg(target_arch = \"wasm32\")'.dependencies]",
        at + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_crate_for_every_target_is_found() {
        for manifest in [
            "[dependencies]\nserde = \"1\"\nyew = \"0.23\"",
            "[dependencies]\nweb-sys = { version = \"0.3\" }",
            "[dependencies.gloo]\nversion = \"0.12\"",
            "[dependencies]\nwasm-bindgen.workspace = true",
        ] {
            assert_eq!(native_web_dependencies(manifest).len(), 1, "{manifest}");
        }
    }

    #[test]
    fn for_wasm32_or_on_request_it_is_fine() {
        for manifest in [
            "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\nyew = \"0.23\"",
            "[dependencies]\nyew = { version = \"0.23\", optional = true }",
            "[workspace.dependencies]\nwasm-bindgen = \"1\"",
            "[dependencies]\nserde = \"1\" # not yew",
        ] {
            assert!(native_web_dependencies(manifest).is_empty(), "{manifest}");
        }
    }
}
