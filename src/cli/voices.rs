//! `vorleser voices`: which voices there are.

use super::input;
use anyhow::Result;
use clap::Args;
use std::fmt::Write as _;
use vorleser::synthesis::registry;

/// Arguments of `vorleser voices`.
#[derive(Debug, Args)]
pub struct VoicesArgs {
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: &VoicesArgs) -> Result<()> {
    if args.json {
        let voices: Vec<_> = registry::voices()
            .iter()
            .map(|voice| {
                serde_json::json!({
                    "id": voice.id,
                    "name": voice.name,
                    "language": voice.language,
                    "engine": voice.engine,
                    "quality": voice.quality,
                    "licence": voice.licence,
                    "installed": voice.installed(),
                })
            })
            .collect();
        return input::print_json(&voices);
    }
    let mut out = String::new();
    for voice in registry::voices() {
        let _ = writeln!(
            out,
            "{}: {}, language {}, engine {:?}, quality {}, licence {}, {}",
            voice.id,
            voice.name,
            voice.language,
            voice.engine,
            voice.quality,
            voice.licence,
            if voice.installed() {
                "installed"
            } else {
                "not installed"
            },
        );
    }
    input::print(&out)
}
