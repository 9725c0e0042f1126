//! From articles to one recording and what lies beside it.

use std::{cell::Cell, io::Write, path::PathBuf, sync::Arc, thread};

use anyhow::Result;
use vorleser::{
    Synthesiser, Utterance,
    output::{
        OutputError,
        atomic::{self, AtomicFile},
        programme::Programme,
        render::{self, Rendered, Settings},
        subtitles,
        tags::Tags,
        timing::{Lost, Timing},
    },
    synthesis::{
        self, SpokenUtterance, SynthesisError,
        cache::{Cache, Cached},
        cast::{Cast, Manners},
        piper, registry,
    },
};

use super::super::{
    args::{TalkArgs, VoiceArgs},
    input,
    locales::{self, errors, t},
    progress::Progress,
    signal::Stop,
    speak::warn,
};

/// Most engines that speak one article; beyond that the file is written no faster.
const MOST_ENGINES: usize = 4;

/// All that stays the same from one recording to the next.
pub struct Recorder<'a> {
    voice: &'a VoiceArgs,
    /// For natural voices.
    options: piper::Options,
    manners: &'a Manners,
    cache: Option<Cache>,
    settings: Settings,
    /// Writes what is not complete, too.
    force: bool,
    talk: &'a TalkArgs,
    stop: &'a Stop,
    /// Which of how many recordings the next one is.
    pub place: Option<(usize, usize)>,
    /// Opened already, for the next recording.
    engines: Option<Vec<Box<dyn Synthesiser>>>,
}

/// Which voices speak, and how.
pub struct Voices<'a> {
    /// The main one.
    pub voice: &'a VoiceArgs,
    /// For natural voices.
    pub options: piper::Options,
    /// By role.
    pub manners: &'a Manners,
    /// Where spoken sentences are kept.
    pub cache: Option<Cache>,
}

/// Where a recording goes.
pub struct Target {
    /// The file, which takes its place when it is whole.
    pub path: PathBuf,
    /// The pipe or device that is written to instead.
    pub stream: Option<Box<dyn Write>>,
    /// Whether the file may take the place of another one.
    pub replace: bool,
    /// What is written beside it.
    pub beside: Beside,
}

/// What is written beside the sound.
#[derive(Debug, Default, Clone)]
pub struct Beside {
    /// Subtitles as WebVTT and SRT, named as the sound is.
    pub subtitles: Option<PathBuf>,
    /// When every sentence is heard.
    pub timing: Option<PathBuf>,
    /// Chapters as JSON.
    pub chapters: Option<PathBuf>,
}

/// An article of several is not whole in the recording.
#[derive(Debug, thiserror::Error)]
#[error("{}", errors::words(error))]
pub struct LostOf {
    /// Number of the article.
    pub reading: usize,
    #[source]
    error: OutputError,
}

impl<'a> Recorder<'a> {
    /// Opens the voice: a wrong name should not cost the fetching of a page.
    pub fn new(
        voices: Voices<'a>,
        settings: Settings,
        force: bool,
        talk: &'a TalkArgs,
        stop: &'a Stop,
    ) -> Result<Self> {
        let Voices {
            voice,
            options,
            manners,
            cache,
        } = voices;
        let mut recorder = Self {
            voice,
            options,
            manners,
            cache,
            settings,
            force,
            talk,
            stop,
            place: None,
            engines: None,
        };
        recorder.engines = Some(recorder.open()?);
        input::detail(talk, &t!("opened-voice", voice = &voice.voice));
        Ok(recorder)
    }

    /// Opens the voice once for every processor.
    fn open(&self) -> Result<Vec<Box<dyn Synthesiser>>> {
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let count = processors.min(MOST_ENGINES);
        let id = &self.voice.voice;
        let engines = registry::open_synthesisers_with(id, count, &self.options)?.into_iter();
        Ok(engines.map(|engine| self.cached(engine, id)).collect())
    }

    fn cached(&self, engine: Box<dyn Synthesiser>, id: &str) -> Box<dyn Synthesiser> {
        Box::new(Cached::new(engine, id, self.cache.clone()))
    }

    /// Puts the voices of all roles beside a voice.
    fn cast(&self, engine: Box<dyn Synthesiser>, language: &str) -> Result<Box<dyn Synthesiser>> {
        if self.manners.is_empty() {
            return Ok(engine);
        }
        let cast = Cast::new(engine, self.manners, language, |id| {
            let mut other = registry::open_synthesisers_with(id, 1, &self.options)?;
            let other = other.pop().ok_or(SynthesisError::NoEngine)?;
            anyhow::Ok(self.cached(other, id))
        });
        Ok(Box::new(cast?))
    }

    /// Speaks and writes. `None` when something else has taken the place that was not to be replaced.
    ///
    /// # Errors
    /// Among others [`LostOf`], when an article is not whole in the sound.
    pub fn record(
        &mut self,
        programme: &Programme,
        target: &mut Target,
    ) -> Result<Option<Rendered>> {
        for reading in programme.readings() {
            input::needs_words(&reading.script)?;
            registry::find_for(&self.voice.voice, &reading.script.language)?;
        }
        let engines = match self.engines.take() {
            Some(engines) => engines,
            None => self.open()?,
        };
        let prosody = self.voice.prosody();
        let script = programme.script();
        let engines: Result<Vec<_>> = (engines.into_iter())
            .map(|engine| self.cast(engine, &script.language))
            .collect();
        let engines = engines?;
        let speech = synthesis::synthesise(&Arc::clone(script), engines, prosody)?
            .with_cache(self.cache.clone());
        let size = |utterance: &Utterance| utterance.engine_text().chars().count() as u64;
        let title = script.title.as_deref().unwrap_or("…");
        let title = match self.place {
            Some((n, of)) => format!("{n}/{of} {title}"),
            None => title.to_owned(),
        };
        let progress = Progress::new(
            self.talk,
            &title,
            script.utterances.iter().map(size).sum::<u64>(),
        );
        let each = |spoken: &SpokenUtterance| {
            if let Some(utterance) = script.utterances.get(spoken.index) {
                progress.spoke(size(utterance), spoken.audio.seconds());
            }
            warn(self.talk, spoken);
            if let Some(trouble) = self.cache.as_ref().and_then(Cache::take_trouble) {
                let sentence = t!("cache-trouble", trouble = trouble.to_string());
                input::tell(self.talk, &sentence);
            }
        };
        let lost_of = Cell::new(0);
        let approve = |rendered: &Rendered| {
            let losses = programme.losses(rendered, prosody.rate);
            if self.force {
                for (_, lost) in &losses {
                    input::warn(self.talk, &errors::words(lost));
                }
            } else if let Some((reading, _)) = losses.first() {
                lost_of.set(*reading);
                let losses: Vec<Lost> = losses.into_iter().map(|(_, lost)| lost).collect();
                OutputError::lost(losses)?;
            }
            Ok(programme.tags(&Timing::new(script, rendered, prosody.rate)))
        };
        let settings = self.settings;
        let name = |error| match error {
            error @ OutputError::Lost { .. } => anyhow::Error::from(LostOf {
                reading: lost_of.get(),
                error,
            }),
            error => error.into(),
        };
        let describe = |rendered: &Rendered, beside: &Beside| {
            let timing = Timing::new(script, rendered, prosody.rate);
            beside.write(&timing, &programme.tags(&timing))
        };
        let rendered = if let Some(stream) = &mut target.stream {
            let control = &self.stop.control;
            let done = render::to_stream(stream.as_mut(), speech, settings, control, each, approve);
            let rendered = done.map_err(name)?;
            describe(&rendered, &target.beside)?;
            rendered
        } else {
            let (path, control) = (&target.path, self.stop.while_writing());
            let file = AtomicFile::create(path)?;
            let done = render::into(&file, path, speech, settings, control, each, approve);
            let rendered = done.map_err(name)?;
            // The sound comes last: where it is, all is.
            describe(&rendered, &target.beside)?;
            if target.replace {
                file.commit()?;
            } else if !file.commit_new()? {
                return Ok(None);
            }
            rendered
        };
        drop(progress);
        input::detail(self.talk, &t!("wrote-sound"));
        if let (Some(wanted), Some(reached)) = (settings.loudness, rendered.lufs)
            && (wanted - reached).abs() > 0.5
        {
            input::warn(
                self.talk,
                &t!("loudness-short", lufs = locales::number(reached, 1)),
            );
        }
        Ok(Some(rendered))
    }
}

impl Beside {
    fn write(&self, timing: &Timing, tags: &Tags) -> Result<()> {
        if let Some(path) = &self.subtitles {
            atomic::write(&path.with_extension("vtt"), subtitles::web_vtt(timing))?;
            atomic::write(&path.with_extension("srt"), subtitles::sub_rip(timing))?;
        }
        if let Some(path) = &self.timing {
            atomic::write(path, &serde_json::to_string_pretty(timing)?)?;
        }
        if let Some(path) = &self.chapters {
            atomic::write(path, &tags.chapters_json()?)?;
        }
        Ok(())
    }
}
