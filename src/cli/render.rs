//! `vorleser render`: the article as an audio file, with subtitles and times beside it.

use super::{
    args::{InputArgs, PiperArgs, SayArgs, TalkArgs, VoiceArgs},
    input,
    report::Usage,
    signal::Stop,
    speak::warn,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use std::{
    fs::{self, File},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};
use vorleser::{
    output::{
        OutputError,
        atomic::AtomicFile,
        format::Format,
        render::{self, Rendered, Settings},
        subtitles,
        tags::Tags,
        timing::{self, Timing},
    },
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
    /// Format of the file, whatever the ending of its name says
    #[arg(long, value_enum, value_name = "FORMAT")]
    format_out: Option<FormatOut>,
    /// Loudness after EBU R 128 in LUFS, or off to leave it as the voice is
    #[arg(long, value_name = "LUFS", default_value = "-16", value_parser = loudness, allow_hyphen_values = true)]
    loudness: Loudness,
    /// Write subtitles beside the file, as WebVTT and SRT
    #[arg(long)]
    subtitles: bool,
    /// Write when every sentence is heard, as JSON
    #[arg(long, value_name = "FILE")]
    timing: Option<PathBuf>,
    /// Write the chapters, as Podcasting 2.0 JSON
    #[arg(long, value_name = "FILE")]
    chapters: Option<PathBuf>,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

/// Most engines that speak one article; beyond that the file is written no faster.
const MOST_ENGINES: usize = 4;

/// Values of `--format-out`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatOut {
    /// Uncompressed, 16 bit
    Wav,
    /// Lossless
    Flac,
    /// 96 kbit/s
    #[cfg(feature = "mp3")]
    Mp3,
    /// Opus in Ogg, 32 kbit/s
    Opus,
}

impl From<FormatOut> for Format {
    fn from(given: FormatOut) -> Self {
        match given {
            FormatOut::Wav => Self::Wav,
            FormatOut::Flac => Self::Flac,
            #[cfg(feature = "mp3")]
            FormatOut::Mp3 => Self::Mp3,
            FormatOut::Opus => Self::Opus,
        }
    }
}

/// Value of `--loudness`: `None` is off.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Loudness(Option<f64>);

/// A loudness in LUFS, or `off`.
fn loudness(given: &str) -> Result<Loudness, String> {
    if given == "off" {
        return Ok(Loudness(None));
    }
    match given.replace(',', ".").replace('−', "-").parse::<f64>() {
        Ok(lufs) if (-40.0..=-10.0).contains(&lufs) => Ok(Loudness(Some(lufs))),
        _ => Err("not a number from -40 to -10, nor off".into()),
    }
}

/// The format that the arguments ask for. What has no ending, such as a pipe, gets a WAV.
fn format(args: &RenderArgs) -> Result<Format> {
    if let Some(format) = args.format_out {
        return Ok(format.into());
    }
    match (Format::of(&args.output), args.output.extension()) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Wav),
        (None, Some(ending)) => Err(Usage(format!(
            "there is no format .{}; name a file in {}, or give --format-out",
            ending.to_string_lossy(),
            Format::ENDINGS
        ))
        .into()),
    }
}

/// Runs the command.
pub fn run(args: &RenderArgs) -> Result<()> {
    let settings = Settings {
        format: format(args)?,
        loudness: args.loudness.0,
    };
    let mut stream = stream(&args.output)?;
    if stream.is_some() && args.subtitles {
        return Err(Usage("--subtitles needs a file to stand beside".into()).into());
    }
    let stop = Stop::on_signal()?;
    let id = args.voice.voice.as_str();
    let processors = thread::available_parallelism().map_or(1, usize::from);
    // The voice is opened first: a wrong name should not cost the fetching of a page.
    let engines = registry::open_synthesisers_with(
        id,
        processors.min(MOST_ENGINES),
        &args.piper.options(&args.say.style)?,
    )?;
    input::detail(&args.talk, &format!("opened the voice {id}"));
    let (article, script) = input::script(&args.input, &args.say, &args.talk, false)?;
    input::needs_words(&script)?;
    registry::find_for(id, &script.language)?;
    let script = Arc::new(script);
    let prosody = args.voice.prosody();
    let speech = synthesis::synthesise(&script, engines, prosody)?;
    let each = |spoken: &SpokenUtterance| warn(&args.talk, spoken);
    let approve = |rendered: &Rendered| {
        let timing = Timing::new(&script, rendered, prosody.rate);
        let losses = timing::losses(&article, &script, rendered, &timing);
        if args.input.read.force {
            for lost in &losses {
                input::tell(&args.talk, &format!("warning: {lost}"));
            }
        } else {
            OutputError::lost(losses)?;
        }
        Ok(Tags::new(&article, &timing))
    };
    let rendered = if let Some(stream) = &mut stream {
        let control = &stop.control;
        render::to_stream(stream.as_mut(), speech, settings, control, each, approve)?
    } else {
        let control = stop.while_writing();
        render::to_file(&args.output, speech, settings, control, each, approve)?
    };
    input::detail(&args.talk, "wrote the sound");
    if let (Some(wanted), Some(reached)) = (settings.loudness, rendered.lufs)
        && (wanted - reached).abs() > 0.5
    {
        let sentence = format!("warning: the loudness is {reached:.1} LUFS; more would distort");
        input::tell(&args.talk, &sentence);
    }
    let timing = Timing::new(&script, &rendered, prosody.rate);
    write_beside(args, &timing, &Tags::new(&article, &timing))?;
    if stream.is_none() {
        input::tell(
            &args.talk,
            &format!(
                "Wrote {}: {} of speech in {}.",
                args.output.display(),
                length(rendered.seconds()),
                input::count(rendered.spans.len(), "utterance")
            ),
        );
    }
    Ok(())
}

/// Writes what was asked for beside the sound.
fn write_beside(args: &RenderArgs, timing: &Timing, tags: &Tags) -> Result<()> {
    if args.subtitles {
        write(
            &args.output.with_extension("vtt"),
            &subtitles::web_vtt(timing),
        )?;
        write(
            &args.output.with_extension("srt"),
            &subtitles::sub_rip(timing),
        )?;
    }
    if let Some(path) = &args.timing {
        write(path, &serde_json::to_string_pretty(timing)?)?;
    }
    if let Some(path) = &args.chapters {
        write(path, &tags.chapters_json()?)?;
    }
    Ok(())
}

/// Writes a text file, whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    let file = AtomicFile::create(path)?;
    file.handle()?
        .write_all(text.as_bytes())
        .map_err(|source| OutputError::Write {
            path: path.to_owned(),
            source,
        })?;
    file.commit()?;
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
