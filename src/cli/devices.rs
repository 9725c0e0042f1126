//! `vorleser devices`: where sound can be played.

use super::{args::TalkArgs, input, sanitise::one_line};
use anyhow::Result;
use clap::Args;
use std::fmt::Write as _;
use vorleser::output::playback;

/// Arguments of `vorleser devices`.
#[derive(Debug, Args)]
pub struct DevicesArgs {
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Runs the command.
pub fn run(args: &DevicesArgs) -> Result<()> {
    let devices = playback::devices()?;
    if args.json {
        return input::print_json(&devices);
    }
    let mut out = String::new();
    for device in &devices {
        let mark = if device.default { " (default)" } else { "" };
        let name = one_line(&device.name);
        let _ = match one_line(&device.description) {
            same if same == name || same.is_empty() => writeln!(out, "{name}{mark}"),
            description => writeln!(out, "{name}{mark}: {description}"),
        };
    }
    if devices.is_empty() {
        input::tell(&args.talk, "There is no sound device.");
    }
    input::print(&out)
}
