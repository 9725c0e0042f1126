//! The program: parses flags, wires the stages, prints, and picks the exit code.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod allocator;
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    allocator::give_back();
    cli::run()
}
