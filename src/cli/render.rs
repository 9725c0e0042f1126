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
    fs::{self, File},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use vorleser::{
    output::{OutputError, wav},
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
    let mut stream = stream(&args.output)?;
    let stop = Stop::on_signal()?;
    let id = args.voice.voice.as_str();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // The voice is opened first: a wrong name should not cost the fetching of a page.
    let engines = registry::open_synthesisers(id, processors.min(MOST_ENGINES))?;
    input::detail(&args.talk, &format!("opened the voice {id}"));
    let (_, script) = input::script(&args.input, &args.say, &args.talk, false)?;
    input::needs_words(&script)?;
    registry::find_for(id, &script.language)?;
    let speech = synthesis::synthesise(&Arc::new(script), engines, args.voice.prosody())?;
    let each = |spoken: &SpokenUtterance| warn(&args.talk, spoken);
    if let Some(stream) = &mut stream {
        wav::render_to_stream(stream.as_mut(), speech, &stop.control, each)?;
        input::detail(&args.talk, "wrote the sound");
        return Ok(());
    }
    let rendered = wav::render_to_file(&args.output, speech, stop.while_writing(), each)?;
    input::detail(&args.talk, "wrote the sound");
    input::tell(
        &args.talk,
        &format!(
            "Wrote {}: {} of speech in {}.",
            args.output.display(),
            length(rendered.seconds()),
            input::count(rendered.spans.len(), "utterance")
        ),
    );
    Ok(())
}

/// Standard output, a pipe or a device, which are written to; `None` for a file, which is replaced as a whole.
fn stream(target: &Path) -> Result<Option<Box<dyn Write>>> {
    let (stream, is_terminal): (Box<dyn Write>, bool) = if target == Path::new("-") {
        let out = io::stdout();
        let is_terminal = out.is_terminal();
        (Box::new(out), is_terminal)
    } else if fs::metadata(target).is_ok_and(|facts| !facts.is_file() && !facts.is_dir()) {
        let create = |source| OutputError::Create {
            path: target.to_owned(),
            source,
        };
        let device = File::options().write(true).open(target).map_err(create)?;
        let is_terminal = device.is_terminal();
        (Box::new(device), is_terminal)
    } else {
        return Ok(None);
    };
    if is_terminal {
        return Err(Usage(
            "a terminal cannot show sound; name a file or send it through a pipe".into(),
        )
        .into());
    }
    Ok(Some(stream))
}

/// A length as a person says it.
fn length(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match (seconds / 60, seconds % 60) {
        (0, s) => format!("{s} s"),
        (m, s) => format!("{m} min {s} s"),
    }
}
