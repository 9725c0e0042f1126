//! `vorleser script`: what will be said.

use super::{
    args::{InputArgs, SayArgs, TalkArgs},
    input,
    sanitise::clean,
};
use anyhow::Result;
use clap::Args;
use std::fmt::Write as _;

/// Arguments of `vorleser script`.
#[derive(Debug, Args)]
pub struct ScriptArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
    /// Print role, language, pause and origin of every utterance as JSON
    #[arg(long)]
    json: bool,
    /// Show each rewrite: written → spoken (rule)
    #[arg(long)]
    explain: bool,
}

/// Runs the command.
pub fn run(args: &ScriptArgs) -> Result<()> {
    let (_, script) = input::script(&args.input, &args.say, &args.talk, args.explain)?;
    if args.json {
        return input::print_json(&script);
    }
    let mut out = String::new();
    for utterance in &script.utterances {
        let _ = writeln!(out, "{}", utterance.text);
        for rewrite in &utterance.rewrites {
            let _ = write!(
                out,
                "  {} → {} ({}",
                rewrite.written, rewrite.spoken, rewrite.rule
            );
            if let Some(reading) = &rewrite.reading {
                let _ = write!(out, "; {reading}");
            }
            out.push_str(")\n");
        }
    }
    input::print(&clean(&out))
}
