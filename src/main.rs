//! The program: parses flags, wires the stages, prints, and picks the exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
