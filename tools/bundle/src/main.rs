//! Writes the JavaScript glue and the Wasm of the widget from cargo's output.
//!
//! This is the `wasm-bindgen` command as a crate of the workspace: its version is pinned by
//! Cargo.lock together with the library's, so the two can never drift apart, and it builds in
//! a fraction of the time of the whole command line tool.

use std::path::PathBuf;
use std::process::ExitCode;
use wasm_bindgen_cli_support::EncodeInto;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(out_dir), None) = (args.next(), args.next(), args.next()) else {
        eprintln!("usage: entraide-bundle INPUT.wasm OUT_DIR");
        return ExitCode::from(2);
    };
    match bundle(&input, &out_dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("entraide-bundle: {}: {message}", input.display());
            ExitCode::FAILURE
        }
    }
}

fn bundle(input: &PathBuf, out_dir: &PathBuf) -> Result<(), String> {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(input).out_name("entraide");
    bindgen.web(true).map_err(|e| format!("{e:#}"))?;
    bindgen
        .typescript(false)
        .omit_default_module_path(true)
        // All browsers that the widget runs in have `TextEncoder.encodeInto`.
        .encode_into(EncodeInto::Always)
        // wasm-opt would only have to take these out again.
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(out_dir).map_err(|e| format!("{e:#}"))
}
