//! `vorleser render`: the article as a WAV file.

use super::{
    InputArgs, SayArgs, TalkArgs, VoiceArgs, config::Settings, input, report::Usage, speak,
};
use anyhow::Result;
use clap::Args;
use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};
use vorleser::{
    output::wav,
    synthesis::{self, registry},
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

/// Runs the command.
pub fn run(args: &RenderArgs) -> Result<()> {
    let settings = Settings::load()?;
    let to_stdout = args.output == Path::new("-");
    if to_stdout && io::stdout().is_terminal() {
        return Err(Usage(
            "a terminal cannot show sound; name a file or send it through a pipe".into(),
        )
        .into());
    }
    let control = speak::stop_on_signal()?;
    // The voice is opened first: a wrong name should not cost the fetching of a page.
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(4);
    let engines = registry::open_synthesisers(settings.voice(&args.voice), threads)?;
    let article = input::article(&args.input)?;
    let script = Arc::new(input::script(&article, &args.say, &settings, false)?);
    let speech = synthesis::synthesise(&script, engines, settings.prosody(&args.voice))?;
    let each = |spoken: &synthesis::SpokenUtterance| speak::warn(&args.talk, spoken);
    let rendered = if to_stdout {
        wav::render_to_stream(&mut io::stdout().lock(), speech, &control, each)?
    } else {
        wav::render_to_file(&args.output, speech, &control, each)?
    };
    if !to_stdout {
        input::tell(
            &args.talk,
            &format!(
                "Wrote {}: {} of speech in {} utterances.",
                args.output.display(),
                length(rendered.seconds()),
                rendered.spans.len()
            ),
        );
    }
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
