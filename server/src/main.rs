//! Entry point of `entraide-server`.
fn main() {}
