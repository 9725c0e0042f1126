//! `vorleser verify`: whether every sentence is in a recording.

use super::{
    args::TalkArgs,
    input,
    locales::{errors, t},
    report::{Usage, say},
};
use anyhow::{Context, Result};
use clap::Args;
use std::{fs, path::PathBuf};
use vorleser::output::{
    OutputError,
    timing::{Timing, in_wav},
};

/// Arguments of `vorleser verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The file that `vorleser render --timing` wrote
    #[arg(value_name = "FILE")]
    timing: PathBuf,
    /// The recording, as WAV, to be listened to as well
    #[arg(long, value_name = "FILE")]
    audio: Option<PathBuf>,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Most bytes of a file of times: a day of speech has some ten.
const MOST_BYTES: u64 = 64 << 20;

/// Runs the command.
pub fn run(args: &VerifyArgs) -> Result<()> {
    let name = args.timing.display().to_string();
    let size = fs::metadata(&args.timing)
        .with_context(|| t!("cannot-read", file = &name))?
        .len();
    if size > MOST_BYTES {
        return Err(Usage(t!("timing-too-large", file = name)).into());
    }
    let text = fs::read_to_string(&args.timing).with_context(|| t!("cannot-read", file = &name))?;
    let timing: Timing =
        serde_json::from_str(&text).with_context(|| t!("not-timing", file = &name))?;
    let mut faults = timing.faults();
    if let Some(audio) = &args.audio {
        let name = audio.display().to_string();
        let file = fs::File::open(audio).with_context(|| t!("cannot-read", file = &name))?;
        let heard = in_wav(file, &timing).with_context(|| t!("not-wav", file = &name))?;
        faults.extend(heard);
    }
    if !args.talk.quiet {
        for fault in &faults {
            say(&errors::words(fault));
        }
    }
    OutputError::lost(faults)?;
    let sentences = t!("sentences", n = timing.sentences.len());
    input::tell(&args.talk, &t!("all-there", sentences = sentences));
    Ok(())
}
