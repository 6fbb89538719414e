//! Entry point of `entraide-server`.

use std::process::ExitCode;

fn main() -> ExitCode {
    entraide_server::cli::run()
}
