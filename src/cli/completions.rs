//! `vorleser completions` and `vorleser man`.

use super::{Cli, input};
use anyhow::Result;
use clap::{Args, CommandFactory};

/// Arguments of `vorleser completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Prints a completion script.
pub fn run(args: &CompletionsArgs) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "vorleser", &mut script);
    input::print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page.
pub fn man() -> Result<()> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    input::print(&String::from_utf8_lossy(&page))
}
