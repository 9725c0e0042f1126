//! `vorleser normalise`: written German in, spoken German out, a line for a line.

use super::{
    args::{StyleArgs, TalkArgs},
    input,
    locales::t,
    report::Usage,
};
use anyhow::Result;
use clap::Args;
use std::io::{self, BufRead, Write};
use vorleser::normalise::line as say;

/// Arguments of `vorleser normalise`.
#[derive(Debug, Args)]
pub struct NormaliseArgs {
    /// Read lines from standard input and print exactly one spoken line each
    #[arg(long)]
    lines: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &NormaliseArgs) -> Result<()> {
    if !args.lines {
        return Err(Usage(t!("needs-lines")).into());
    }
    let options = input::style(&args.style, &args.talk)?.text();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        let written = String::from_utf8_lossy(&line);
        let spoken = say(written.trim_end_matches(['\n', '\r']), &options);
        writeln!(out, "{spoken}")?;
        line.clear();
    }
    out.flush()?;
    Ok(())
}
