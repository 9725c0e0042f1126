//! `vorleser render`: the article as a WAV file.

use super::{
    args::{InputArgs, SayArgs, TalkArgs, VoiceArgs},
    input,
    report::Usage,
    signal::Stop,
    speak::warn,
};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use vorleser::{
    output::wav,
    synthesis::{self, SpokenUtterance, registry},
};

/// Arguments of `vorleser render`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The file to write; - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Most engines that speak one article; beyond that the file is written no faster.
const MOST_ENGINES: usize = 4;

/// Runs the command.
pub fn run(args: &RenderArgs) -> Result<()> {
    let to_stdout = args.output == Path::new("-");
    if to_stdout && io::stdout().is_terminal() {
        return Err(Usage(
            "a terminal cannot show sound; name a file or send it through a pipe".into(),
        )
        .into());
    }
    let stop = Stop::on_signal()?;
    let id = args.voice.voice.as_str();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // The voice is opened first: a wrong name should not cost the fetching of a page.
    let engines = registry::open_synthesisers(id, processors.min(MOST_ENGINES))?;
    input::detail(&args.talk, &format!("opened the voice {id}"));
    let (_, script) = input::script(&args.input, &args.say, &args.talk, false)?;
    input::needs_words(&script)?;
    let speech = synthesis::synthesise(&Arc::new(script), engines, args.voice.prosody())?;
    let each = |spoken: &SpokenUtterance| warn(&args.talk, spoken);
    if to_stdout {
        wav::render_to_stream(&mut io::stdout().lock(), speech, &stop.control, each)?;
        input::detail(&args.talk, "wrote the sound to standard output");
        return Ok(());
    }
    let rendered = wav::render_to_file(&args.output, speech, stop.while_writing(), each)?;
    input::detail(&args.talk, "wrote the sound");
    input::tell(
        &args.talk,
        &format!(
            "Wrote {}: {} of speech in {} utterances.",
            args.output.display(),
            length(rendered.seconds()),
            rendered.spans.len()
        ),
    );
    Ok(())
}

/// A length as a person says it.
fn length(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 60, seconds % 60) {
        (0, s) => format!("{s} s"),
        (m, s) => format!("{m} min {s} s"),
    }
}
