//! `vorleser completions` and `vorleser man`.

use super::{
    Cli, input,
    locales::{help::localised, t},
};
use anyhow::{Context, Result};
use clap::{Args, CommandFactory};
use std::{fs, path::PathBuf};

/// Arguments of `vorleser completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Arguments of `vorleser man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for the program and for each command into this directory instead
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Prints a completion script.
pub fn run(args: &CompletionsArgs) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut localised(Cli::command()),
        "vorleser",
        &mut script,
    );
    input::print(&String::from_utf8_lossy(&script))
}

/// Prints the manual page, or writes all of them.
pub fn man(args: &ManArgs) -> Result<()> {
    let command = localised(Cli::command().disable_help_subcommand(true));
    if let Some(dir) = &args.dir {
        return fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(command, dir))
            .with_context(|| t!("man-not-written", dir = dir.display().to_string()));
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    input::print(&String::from_utf8_lossy(&page))
}
