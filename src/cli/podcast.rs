//! `vorleser podcast`: a folder of episodes that any web server can serve.

use super::{
    args::{
        CacheArgs, Format as InputFormat, PageArgs, PiperArgs, ReadArgs, RecordArgs, SayArgs,
        TalkArgs, VoiceArgs,
    },
    config, input,
    locales::{self, errors, t},
    render::{
        covers::Covers,
        jobs::{Job, JobArgs},
        many::{self, Outcome, Reader, Report},
        recorder::{Beside, Recorder, Target, Voices},
    },
    report,
    sanitise::clean,
    signal::Stop,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use vorleser::{
    Input,
    output::{
        format::Format,
        podcast::{self, Audio, Changes, Enclosure, Entry, Episode, Folder, Locked, PodcastError},
        programme::Programme,
        render::Settings,
        timing::Timing,
    },
};

/// What podcasts are made equally loud to, in LUFS: what Apple asks for, and what `render` takes when nothing is said.
const LOUDNESS: f64 = -16.0;

/// Arguments of `vorleser podcast`.
#[derive(Debug, Args)]
pub struct PodcastArgs {
    /// The folder of the podcast
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Add articles; one that is there already is spoken anew in its old place
    Add(Box<AddArgs>),
    /// Remove episodes with their files
    Remove(RemoveArgs),
    /// List the episodes, the newest first
    List(ListArgs),
    /// Write pages and feed anew, after a change of podcast.toml or with other settings
    Update(UpdateArgs),
}

/// What the podcast is.
#[derive(Debug, Args)]
struct FolderArgs {
    /// Address under which the folder will be served; kept in podcast.toml. Without it there is no feed.xml
    #[arg(long, value_name = "URL", value_parser = web_address)]
    base_url: Option<url::Url>,
    /// What the podcast is called; kept in podcast.toml
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Remove all episodes but the newest N
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

#[derive(Debug, Args)]
struct AddArgs {
    #[command(flatten)]
    jobs: JobArgs,
    #[command(flatten)]
    folder: FolderArgs,
    /// Print what became of every article, as JSON
    #[arg(long)]
    json: bool,
    /// Read the inputs as this, whatever their names say
    #[arg(long, value_enum)]
    format: Option<InputFormat>,
    /// Read what is there even where it does not look like a whole article
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    voice: VoiceArgs,
    #[command(flatten)]
    piper: PiperArgs,
    #[command(flatten)]
    cache: CacheArgs,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    say: SayArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct RemoveArgs {
    /// Name of an episode, as `list` shows it, or address of its article
    #[arg(value_name = "EPISODE", required = true)]
    episodes: Vec<String>,
    #[command(flatten)]
    talk: TalkArgs,
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct UpdateArgs {
    #[command(flatten)]
    folder: FolderArgs,
    #[command(flatten)]
    talk: TalkArgs,
}

fn web_address(given: &str) -> Result<url::Url, String> {
    match url::Url::parse(given) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(url),
        _ => Err("not an address, such as https://example.org/podcast/".into()),
    }
}

/// Runs the command.
pub fn run(args: PodcastArgs) -> Result<()> {
    let root = args.folder;
    match args.action {
        Action::Add(args) => add(&root, *args),
        Action::Remove(args) => remove(&root, &args),
        Action::List(args) => list(&root, &args),
        Action::Update(args) => {
            let folder = Folder::open(&root)?;
            let mut locked = folder.lock()?;
            locked.change(&changes(&args.folder))?;
            publish(&mut locked, args.folder.keep, &args.talk)?;
            tell_where(&locked, &root, &args.talk);
            Ok(())
        }
    }
}

fn changes(args: &FolderArgs) -> Changes {
    Changes {
        title: args.title.clone(),
        base_url: args.base_url.clone(),
    }
}

fn add(root: &Path, args: AddArgs) -> Result<()> {
    let talk = &args.talk;
    let stop = Stop::on_signal()?;
    let settings = Settings {
        format: Format::COMMON,
        loudness: Some(LOUDNESS),
        bit_rate: args.record.bit_rate(Format::COMMON, talk)?,
        earcon: args.record.earcon,
    };
    let covers = Covers::new(&args.record.cover)?;
    let manners = config::manners()?;
    let voices = Voices {
        voice: &args.voice,
        options: args.piper.options(&args.say.style)?,
        manners: &manners,
        cache: args.cache.open(),
    };
    let mut recorder = Recorder::new(voices, settings, args.force, talk, &stop)?;
    let options = input::normalise_options(&args.say, talk, false)?;
    // What is wrong with the folder is told before a page is fetched.
    let folder = Folder::open_or_create(root)?;
    folder.lock()?.change(&changes(&args.folder))?;
    let mut fetcher = args.jobs.fetcher();
    let read = ReadArgs {
        format: args.format,
        base_url: None,
        force: args.force,
        page: args.page,
    };
    let timeout = Duration::from_secs(read.page.timeout);
    let jobs = args.jobs.jobs(&mut fetcher, timeout)?;
    let mut reader = Reader {
        fetcher,
        read: &read,
        options: &options,
        manners: &manners,
        covers: &covers,
        talk,
    };
    let rate = args.voice.prosody().rate;
    let mut adder = Adder {
        folder: &folder,
        rate,
        keep: args.folder.keep,
        talk,
    };
    let mut done = Report::default();
    let all = jobs.len();
    let alone = all == 1;
    for (number, job) in jobs.into_iter().enumerate() {
        recorder.place = (!alone).then_some((number + 1, all));
        let name = job.name.clone();
        let outcome = match adder.add(job, &mut reader, &mut recorder) {
            Ok(outcome) => outcome,
            // A single one fails as a command does, with its hint and exit code.
            Err(error) if alone || error.is::<PodcastError>() || many::stops_all(&error) => {
                return Err(error);
            }
            Err(error) => Outcome::Failed {
                error: report::line(&error),
            },
        };
        done.add(&name, outcome, talk);
    }
    let locked = folder.lock()?;
    if args.json {
        input::print_json(&done)?;
    }
    tell_where(&locked, root, talk);
    done.finish(root, talk)
}

/// Adds articles one by one.
struct Adder<'a> {
    folder: &'a Folder,
    /// Speed of the voice.
    rate: f32,
    keep: Option<u32>,
    talk: &'a TalkArgs,
}

impl Adder<'_> {
    /// Reads and speaks an article, and puts it into the folder. The folder is locked only for the last of these.
    fn add(&mut self, job: Job, reader: &mut Reader, recorder: &mut Recorder) -> Result<Outcome> {
        let place = match &job.input {
            Ok(Input::Stdin) => None,
            _ => Some(many::source(&job)),
        };
        let input = job.input?;
        let reading = reader.reading(&input, job.listed)?;
        let identity = podcast::identity(&reading.article, place.as_deref());
        let cover = reader.cover(&reading, &input);
        let programme = Programme::new(vec![reading]).with_cover(cover);
        let workshop = self.folder.workshop()?;
        let sound = workshop.path().join("sound");
        let mut target = Target {
            path: sound.clone(),
            stream: None,
            replace: true,
            beside: Beside::default(),
        };
        let Some(rendered) = many::guarded(|| recorder.record(&programme, &mut target))? else {
            return Ok(Outcome::Present { file: sound });
        };
        let script = programme.script();
        let timing = Timing::new(script, &rendered, self.rate);
        let mut tags = programme.tags(&timing);
        tags.title = tags.title.or_else(|| job.said.title.clone());
        tags.date = tags
            .date
            .or_else(|| job.said.date.map(|day| day.to_string()));
        let bytes = fs::metadata(&sound).map_err(|source| PodcastError::Read {
            path: sound.clone(),
            source,
        })?;
        let audio = Audio {
            kind: Enclosure::COMMON,
            bytes: bytes.len(),
        };
        let now = jiff::Timestamp::now();
        let episode = Episode::new(&identity, now, tags, audio, script, timing);
        let title = episode.title();
        let mut locked = self.folder.lock()?;
        let (file, new) = locked.put(episode, &sound)?;
        publish(&mut locked, self.keep, self.talk)?;
        let seconds = rendered.seconds();
        let length = locales::duration(seconds);
        let sentence = if new {
            t!("podcast-added", title = title.as_str(), length = length)
        } else {
            t!("podcast-anew", title = title.as_str(), length = length)
        };
        input::tell(self.talk, &sentence);
        Ok(Outcome::Written {
            file,
            title: Some(title),
            seconds,
        })
    }
}

/// Writes pages and feed; takes out what is beyond the number of episodes that are kept.
fn publish(locked: &mut Locked, keep: Option<u32>, talk: &TalkArgs) -> Result<()> {
    let keep = keep.map_or(usize::MAX, |keep| keep as usize);
    let gone: Vec<Entry> = locked.entries().iter().skip(keep).cloned().collect();
    locked.remove(&names(&gone))?;
    tell_gone(&gone, talk);
    Ok(())
}

fn names(entries: &[Entry]) -> BTreeSet<String> {
    entries.iter().map(|entry| entry.name.clone()).collect()
}

fn tell_gone(gone: &[Entry], talk: &TalkArgs) {
    for entry in gone {
        input::tell(
            talk,
            &t!(
                "podcast-removed",
                name = entry.name.as_str(),
                title = entry.episode.title()
            ),
        );
    }
}

/// Where the podcast is to be found.
fn tell_where(locked: &Locked, root: &Path, talk: &TalkArgs) {
    let page = root.join("index.html");
    let sentence = if let Some(base) = &locked.settings().base_url {
        t!(
            "podcast-where",
            page = page.display().to_string(),
            feed = format!("{base}feed.xml")
        )
    } else {
        t!(
            "podcast-no-feed",
            page = page.display().to_string(),
            folder = root.display().to_string()
        )
    };
    input::tell(talk, &sentence);
    if let Some((file, error)) = locked.cover_fault() {
        let file = file.display().to_string();
        let reason = errors::words(&error);
        input::warn(talk, &t!("podcast-cover", file = file, reason = reason));
    }
}

fn remove(root: &Path, args: &RemoveArgs) -> Result<()> {
    let folder = Folder::open(root)?;
    let mut locked = folder.lock()?;
    let mut gone: Vec<Entry> = Vec::new();
    for wanted in &args.episodes {
        let is_meant =
            |entry: &&Entry| entry.name == *wanted || entry.episode.url.as_ref() == Some(wanted);
        let entry = locked.entries().iter().find(is_meant);
        let entry = entry.ok_or_else(|| PodcastError::NoSuchEpisode {
            name: wanted.clone(),
        })?;
        if !gone.contains(entry) {
            gone.push(entry.clone());
        }
    }
    locked.remove(&names(&gone))?;
    tell_gone(&gone, &args.talk);
    Ok(())
}

fn list(root: &Path, args: &ListArgs) -> Result<()> {
    let entries = Folder::open(root)?.entries()?;
    if args.json {
        let entries: Vec<_> = entries
            .iter()
            .map(|Entry { name, episode }| {
                serde_json::json!({
                    "name": name,
                    "guid": episode.guid,
                    "title": episode.title(),
                    "added": episode.added,
                    "published": episode.published,
                    "url": episode.url,
                    "seconds": episode.timing.duration,
                    "bytes": episode.audio.bytes,
                })
            })
            .collect();
        return input::print_json(&entries);
    }
    let mut out = String::new();
    for Entry { name, episode } in &entries {
        let length = locales::duration(episode.timing.duration);
        let day = episode.added.strftime("%F");
        let _ = writeln!(
            out,
            "{name}: {}, {length}, added {day}",
            clean(&episode.title())
        );
    }
    input::print(&out)
}
