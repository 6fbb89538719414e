//! Puts every preset into the program, so that `check` knows them wherever it runs.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/backend/presets");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut rows = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(name), Some("json")) = (name, path.extension().and_then(|e| e.to_str())) {
            let path = path.canonicalize()?;
            rows.push(format!("    ({name:?}, include_str!({path:?})),\n"));
        }
    }
    rows.sort();
    let table = format!("&[\n{}]\n", rows.concat());
    let out = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&out).join("presets.rs"), table)
}
