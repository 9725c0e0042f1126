//! `vorleser render`: articles as audio files, with subtitles and times beside them.

pub mod covers;
pub mod jobs;
pub mod many;
pub mod recorder;

use super::{
    args::{CacheArgs, PiperArgs, ReadArgs, RecordArgs, SayArgs, TalkArgs, VoiceArgs},
    config, input,
    locales::{self, t},
    report::Usage,
    signal::Stop,
};
use anyhow::Result;
use clap::{Args, ValueEnum};
use covers::Covers;
use jobs::JobArgs;
use many::{Folder, Outcome, Reader, Report};
use recorder::{Beside, Recorder, Target, Voices};
use std::{
    fs::{self, File},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use vorleser::output::{OutputError, format::Format, programme::Programme, render::Settings};

/// Arguments of `vorleser render`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[command(flatten)]
    jobs: JobArgs,
    #[command(flatten)]
    read: ReadArgs,
    /// The file to write; - for standard output. For several articles the folder, where each gets a file named by date and title
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: PathBuf,
    /// Format of the file, whatever the ending of its name says
    #[arg(long, value_enum, value_name = "FORMAT")]
    format_out: Option<FormatOut>,
    /// Write all articles into one file, with chapters
    #[arg(long)]
    join: bool,
    /// Loudness after EBU R 128 in LUFS, or off to leave it as the voice is
    #[arg(long, value_name = "LUFS", default_value = "-16", value_parser = loudness, allow_hyphen_values = true)]
    loudness: Loudness,
    #[command(flatten)]
    record: RecordArgs,
    /// Write subtitles beside the file, as WebVTT and SRT
    #[arg(long)]
    subtitles: bool,
    /// Write when every sentence is heard, as JSON; a folder when the output is one
    #[arg(long, value_name = "FILE")]
    timing: Option<PathBuf>,
    /// Write the chapters, as Podcasting 2.0 JSON; a folder when the output is one
    #[arg(long, value_name = "FILE")]
    chapters: Option<PathBuf>,
    /// Print what became of every article, as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

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
        _ => Err(t!("not-a-loudness")),
    }
}

/// The format that the arguments ask for. What has no ending, such as a pipe, gets a WAV; a folder the format that most
/// players know.
fn format(args: &RenderArgs, in_folder: bool) -> Result<Format> {
    if let Some(format) = args.format_out {
        return Ok(format.into());
    }
    if in_folder {
        return Ok(Format::COMMON);
    }
    match (Format::of(&args.output), args.output.extension()) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Wav),
        (None, Some(ending)) => Err(Usage(t!(
            "no-format",
            ending = ending.to_string_lossy(),
            endings = Format::ENDINGS
        ))
        .into()),
    }
}

/// Runs the command.
pub fn run(args: &RenderArgs) -> Result<()> {
    let in_folder = !args.join && (args.jobs.is_many() || args.output.is_dir());
    let format = format(args, in_folder)?;
    let settings = Settings {
        format,
        loudness: args.loudness.0,
        earcon: args.record.earcon,
        bit_rate: args.record.bit_rate(format, &args.talk)?,
    };
    let covers = Covers::new(&args.record.cover)?;
    let stream = if in_folder {
        None
    } else {
        stream(&args.output)?
    };
    if in_folder && args.output == Path::new("-") {
        return Err(Usage(t!("several-need-folder")).into());
    }
    if stream.is_some() && args.subtitles {
        return Err(Usage(t!("subtitles-need-file")).into());
    }
    if args.output == Path::new("-") && args.json {
        return Err(Usage(t!("json-or-sound")).into());
    }
    let stop = Stop::on_signal()?;
    let force = args.read.force;
    let manners = config::manners()?;
    let voices = Voices {
        voice: &args.voice,
        options: args.piper.options(&args.say.style)?,
        manners: &manners,
        cache: args.cache.open(),
    };
    let mut recorder = Recorder::new(voices, settings, force, &args.talk, &stop)?;
    // A fault in the user's dictionary is told before a page is fetched.
    let options = input::normalise_options(&args.say, &args.talk, false)?;
    let mut fetcher = args.jobs.fetcher();
    let timeout = Duration::from_secs(args.read.page.timeout);
    let mut jobs = args.jobs.jobs(&mut fetcher, timeout)?;
    let mut reader = Reader {
        fetcher,
        read: &args.read,
        options: &options,
        manners: &manners,
        covers: &covers,
        talk: &args.talk,
    };
    if in_folder {
        let folder = Folder {
            path: &args.output,
            ending: settings.format.ending(),
            force,
            subtitles: args.subtitles,
            timing: args.timing.as_deref(),
            chapters: args.chapters.as_deref(),
        };
        let report = many::into_folder(&jobs, &folder, &mut reader, &mut recorder)?;
        return tell(args, &report);
    }
    let mut target = Target {
        path: args.output.clone(),
        stream,
        replace: true,
        beside: Beside {
            subtitles: args.subtitles.then(|| args.output.clone()),
            timing: args.timing.clone(),
            chapters: args.chapters.clone(),
        },
    };
    if args.jobs.is_many() {
        let report = many::into_one(&jobs, &mut target, &mut reader, &mut recorder)?;
        return tell(args, &report);
    }
    let Some(job) = jobs.pop() else {
        return Ok(());
    };
    let place = job.input?;
    let reading = reader.reading(&place, job.listed)?;
    let cover = reader.cover(&reading, &place);
    let programme = Programme::new(vec![reading]).with_cover(cover);
    let Some(rendered) = recorder.record(&programme, &mut target)? else {
        return Ok(());
    };
    if target.stream.is_none() {
        let sentence = t!(
            "wrote",
            file = args.output.display().to_string(),
            length = locales::duration(rendered.seconds()),
            utterances = t!("utterances", n = rendered.spans.len())
        );
        input::tell(&args.talk, &sentence);
    }
    if args.json {
        let mut report = Report::default();
        let outcome = Outcome::Written {
            file: target.path,
            title: programme.script().title.clone(),
            seconds: rendered.seconds(),
        };
        report.add(&job.name, outcome, &args.talk);
        input::print_json(&report)?;
    }
    Ok(())
}

/// Tells what became of many articles, to people and to programs.
fn tell(args: &RenderArgs, report: &Report) -> Result<()> {
    if args.json {
        input::print_json(report)?;
    }
    report.finish(&args.output, &args.talk)
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
        return Err(Usage(t!("terminal-no-sound")).into());
    }
    Ok(Some(stream))
}
