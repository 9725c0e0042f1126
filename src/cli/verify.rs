//! `vorleser verify`: whether every sentence is in a recording.

use super::{
    args::TalkArgs,
    input,
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
    let name = args.timing.display();
    let size = fs::metadata(&args.timing)
        .with_context(|| format!("{name} cannot be read"))?
        .len();
    if size > MOST_BYTES {
        return Err(Usage(format!("{name} is too large for a file of times")).into());
    }
    let text =
        fs::read_to_string(&args.timing).with_context(|| format!("{name} cannot be read"))?;
    let timing: Timing = serde_json::from_str(&text)
        .with_context(|| format!("{name} is not what `vorleser render --timing` writes"))?;
    let mut faults = timing.faults();
    if let Some(audio) = &args.audio {
        let file =
            fs::File::open(audio).with_context(|| format!("{} cannot be read", audio.display()))?;
        let heard = in_wav(file, &timing)
            .with_context(|| format!("{} cannot be read as a WAV", audio.display()))?;
        faults.extend(heard);
    }
    if !args.talk.quiet {
        for fault in &faults {
            say(&format!("{fault}"));
        }
    }
    OutputError::lost(faults)?;
    let count = input::count(timing.sentences.len(), "sentence");
    input::tell(&args.talk, &format!("All there: {count}."));
    Ok(())
}
