//! Natural voices: networks in Piper's format (VITS as ONNX), with the phonemes of eSpeak NG.
//!
//! A voice is a folder with two files, `NAME.onnx` and `NAME.onnx.json`.

pub mod config;
pub mod espeak;
mod phonemes;
mod pronunciations;
pub mod runtime;
pub mod store;
pub mod trial;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

pub use config::Config;
use config::{Alphabet, Scales};
use espeak::{EspeakError, EspeakVoice};
pub use pronunciations::Own as Pronunciations;
pub use runtime::RuntimeKind;
use runtime::{Input, Network, Runner, RuntimeError};
pub use trial::Trial;

use super::{Prosody, Speech, SynthesisError, Synthesiser, Warning, level, split::split};
use crate::{audio::Audio, output::resample::Resampler, script::Utterance};

/// Longest text that goes through the network at once, in bytes: half a minute of sound. What the network needs grows with
/// the square of it.
const MAX_PIECE: usize = 400;

/// Longest sound of one number that the network reads, in seconds at length 1; slow speech has a tenth of it. A network that
/// gives more was not made for speech.
const MAX_ID_SECONDS: f32 = 1.0;

/// Pauses where a text was cut, in milliseconds at rate 1: after a clause, and after a sentence.
const CLAUSE_PAUSE_MS: u32 = 120;
const SENTENCE_PAUSE_MS: u32 = 300;

/// What can be asked of a Piper voice.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// What runs the network.
    pub runtime: RuntimeKind,
    /// Where the voice's chance begins: the same seed gives the same sound.
    pub seed: u64,
    /// Name or number of the speaker; `None` for the first.
    pub speaker: Option<String>,
    /// Variation of the sound, within [`Scales::NOISE`]; `None` as the voice has it.
    pub noise: Option<f32>,
    /// Variation of the rhythm, within [`Scales::NOISE`]; `None` as the voice has it.
    pub noise_w: Option<f32>,
    /// Length, within [`Scales::LENGTH`]; `None` as the voice has it.
    pub length: Option<f32>,
    /// Words of the spoken text that the user gave sounds for, in IPA; they win over eSpeak NG and over our own table.
    pub pronunciations: Pronunciations,
    /// How a voice that is not known yet is tried before it is used; `None` to take it as it is.
    pub trial: Option<Trial>,
}

/// What can go wrong with a Piper voice.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PiperError {
    /// A file of the voice could not be read.
    #[error("the file {} cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The folder holds no voice, or more than one.
    #[error("{} holds {count} voices (NAME.onnx with NAME.onnx.json), not one", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// How many there are.
        count: usize,
    },
    /// The configuration is wrong.
    #[error("the voice's configuration {} is wrong", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: config::ConfigError,
    },
    /// The model is wrong.
    #[error("the voice's model {} cannot be used", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: RuntimeError,
    },
    /// No phonemes can be had.
    #[error(transparent)]
    Espeak(#[from] EspeakError),
    /// The configuration tells of speakers, and the model knows of none.
    #[error("the voice's configuration names {0} speakers, but its model has one")]
    OneSpeaker(u32),
    /// No speaker of that name.
    #[error("the voice has no speaker {name:?}, but {known}")]
    NoSuchSpeaker {
        /// What was asked for.
        name: String,
        /// Who there is.
        known: String,
    },
    /// The user ended the trial of the voice.
    #[error("stopped")]
    Stopped,
    /// The model made more sound than any text of that length has.
    #[error("the voice's model makes sound without end")]
    Endless,
}

impl PiperError {
    fn model(path: &Path, source: RuntimeError) -> Self {
        Self::Model {
            path: path.to_owned(),
            source,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Folder { .. } => {
                Some("a voice is a folder with two files, NAME.onnx and NAME.onnx.json")
            }
            Self::Model {
                source: RuntimeError::Missing(_),
                ..
            } => Some(
                "install ONNX Runtime and give its library in ORT_DYLIB_PATH, or leave out `--runtime ort`",
            ),
            Self::Config { .. } | Self::Model { .. } | Self::OneSpeaker(_) | Self::Endless => Some(
                "get the voice again; NAME.onnx and NAME.onnx.json have to come from the same place",
            ),
            Self::Espeak(EspeakError::Voice(_)) => Some("get a newer eSpeak NG"),
            Self::Espeak(_) => Some(
                "install eSpeak NG: `apt install libespeak-ng1` (Debian, Ubuntu), `dnf install espeak-ng` (Fedora), `brew install espeak-ng` (macOS), or its installer (Windows)",
            ),
            Self::Read { .. } | Self::NoSuchSpeaker { .. } | Self::Stopped => None,
        }
    }
}

/// A voice in memory, to be spoken with by several engines at once.
pub struct PiperVoice {
    model: PathBuf,
    config: Config,
    network: Arc<dyn Network>,
    /// `None` for a voice that reads letters.
    espeak: Option<EspeakVoice>,
    pronunciations: Pronunciations,
    speaker: u32,
    scales: Scales,
    seed: u64,
    runtime: RuntimeKind,
    /// Sounds that it does not know, and that were told.
    told: Mutex<BTreeSet<char>>,
}

impl PiperVoice {
    /// Loads the voice of a folder.
    ///
    /// # Errors
    /// When the folder holds no voice or a broken one, or the voice has no such speaker.
    pub fn load(folder: &Path, options: &Options) -> Result<Self, PiperError> {
        let model = model_in(folder)?;
        let config = Config::load(&config_of(&model))?;
        let speaker = speaker(&config, options.speaker.as_deref())?;
        let espeak = match &config.alphabet {
            Alphabet::Espeak { voice } => Some(EspeakVoice::open(voice)?),
            Alphabet::Text => None,
        };
        if let Some(trial) = &options.trial {
            trial.once(folder, options.runtime)?;
        }
        let network = runtime::load(&model, options.runtime)
            .map_err(|source| PiperError::model(&model, source))?;
        if config.speaker_count > 1 && !network.has_speakers() {
            return Err(PiperError::OneSpeaker(config.speaker_count));
        }
        let asked = |given: Option<f32>, own: f32, range: std::ops::RangeInclusive<f32>| {
            given.unwrap_or(own).clamp(*range.start(), *range.end())
        };
        let scales = Scales {
            noise: asked(options.noise, config.scales.noise, Scales::NOISE),
            length: asked(options.length, config.scales.length, Scales::LENGTH),
            noise_w: asked(options.noise_w, config.scales.noise_w, Scales::NOISE),
        };
        Ok(Self {
            model,
            config,
            network,
            espeak,
            pronunciations: options.pronunciations.clone(),
            speaker,
            scales,
            seed: options.seed,
            runtime: options.runtime,
            told: Mutex::default(),
        })
    }

    /// The phonemes of a sentence in IPA; the text itself for a voice that reads letters.
    ///
    /// # Errors
    /// When eSpeak NG fails.
    pub fn phonemes(&self, sentence: &str) -> Result<String, PiperError> {
        Ok(match &self.espeak {
            Some(espeak) => phonemes::of(
                sentence,
                espeak,
                &self.pronunciations,
                self.config.is_german(),
            )?,
            None => sentence.to_owned(),
        })
    }

    /// A warning about the unknown sounds that nobody was told of yet.
    fn news(&self, mut unknown: BTreeSet<char>) -> Option<Warning> {
        if unknown.is_empty() {
            return None;
        }
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        unknown.retain(|sound| told.insert(*sound));
        (!unknown.is_empty()).then(|| Warning::Unknown {
            sounds: unknown.into_iter().collect(),
        })
    }

    /// An engine that uses `threads` processors at once.
    #[must_use]
    pub fn engine(self: &Arc<Self>, threads: usize) -> Piper {
        Piper {
            voice: Arc::clone(self),
            runner: Arc::clone(&self.network).runner(threads),
        }
    }
}

/// The one model in a folder.
///
/// # Errors
/// When the folder cannot be read or does not hold exactly one model with its configuration.
pub fn model_in(folder: &Path) -> Result<PathBuf, PiperError> {
    let fail = |source| PiperError::Read {
        path: folder.to_owned(),
        source,
    };
    let mut models = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.extension().is_some_and(|ending| ending == "onnx") && config_of(&path).exists() {
            models.push(path);
        }
    }
    match models.pop() {
        Some(model) if models.is_empty() => Ok(model),
        last => Err(PiperError::Folder {
            path: folder.to_owned(),
            count: models.len() + usize::from(last.is_some()),
        }),
    }
}

/// The configuration of the voice in a folder.
///
/// # Errors
/// As [`model_in`], and when the configuration is wrong.
pub fn config_in(folder: &Path) -> Result<Config, PiperError> {
    Config::load(&config_of(&model_in(folder)?))
}

/// `NAME.onnx.json` of `NAME.onnx`.
fn config_of(model: &Path) -> PathBuf {
    let mut name = model.as_os_str().to_owned();
    name.push(".json");
    name.into()
}

/// Number of the speaker with this name or number.
fn speaker(config: &Config, name: Option<&str>) -> Result<u32, PiperError> {
    let Some(name) = name else { return Ok(0) };
    let number = name.parse().ok().filter(|n| *n < config.speaker_count);
    config
        .speakers
        .get(name)
        .copied()
        .or(number)
        .ok_or_else(|| PiperError::NoSuchSpeaker {
            name: name.to_owned(),
            known: if config.speakers.is_empty() {
                format!("{} without names", config.speaker_count)
            } else {
                let names: Vec<_> = config.speakers.keys().map(String::as_str).collect();
                names.join(", ")
            },
        })
}

/// One engine of a voice.
pub struct Piper {
    voice: Arc<PiperVoice>,
    runner: Box<dyn Runner>,
}

impl Synthesiser for Piper {
    fn sample_rate(&self) -> u32 {
        self.voice.config.sample_rate
    }

    fn version(&self) -> String {
        let voice = &self.voice;
        // The model by size and time: to read it once more would take as long as to speak a sentence.
        let model = fs::metadata(&voice.model).ok();
        let model = model.map(|model| (model.len(), model.modified().ok()));
        format!(
            "{} {model:?} {:?} {} {:?} {:?} {:?}",
            env!("CARGO_PKG_VERSION"),
            voice.scales,
            voice.seed,
            voice.speaker,
            voice.runtime,
            voice.pronunciations,
        )
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let sample_rate = self.sample_rate();
        let mut samples: Vec<f32> = Vec::new();
        let mut pause_ms = 0;
        let mut unknown = BTreeSet::new();
        for sentence in phonemes::sentences(utterance.engine_text()) {
            for piece in split(sentence, MAX_PIECE) {
                let sound = level::trim(&self.piece(piece, prosody, &mut unknown)?, sample_rate);
                if sound.is_empty() {
                    continue;
                }
                if !samples.is_empty() {
                    let pause = (pause_ms as f32 / prosody.rate.max(0.1)) as u32;
                    samples.resize(samples.len() + level::samples(pause, sample_rate), 0.0);
                }
                samples.extend(sound);
                pause_ms = if piece.ends_with(['.', '!', '?', '…']) {
                    SENTENCE_PAUSE_MS
                } else {
                    CLAUSE_PAUSE_MS
                };
            }
        }
        for sample in &mut samples {
            *sample *= prosody.volume;
        }
        Ok(Speech {
            audio: Audio {
                sample_rate,
                samples,
            },
            warnings: self.voice.news(unknown).into_iter().collect(),
        })
    }
}

impl Piper {
    /// Says a text that is short enough for the network.
    fn piece(
        &mut self,
        text: &str,
        prosody: Prosody,
        unknown: &mut BTreeSet<char>,
    ) -> Result<Vec<f32>, PiperError> {
        let ids = phonemes::ids(&self.voice.phonemes(text)?, &self.voice.config, unknown);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let Scales {
            noise,
            length,
            noise_w,
        } = self.voice.scales;
        // The network knows no pitch: it speaks slower or faster by as much as the change of pitch will undo.
        let length = (length * prosody.pitch / prosody.rate.max(0.1))
            .clamp(*Scales::LENGTH.start(), *Scales::LENGTH.end());
        let sample_rate = self.sample_rate();
        let input = Input {
            ids: &ids,
            scales: [noise, length, noise_w],
            speaker: self.voice.speaker,
            seed: self.voice.seed,
            longest: longest(ids.len(), length, sample_rate),
        };
        let sound = self.runner.run(input).map_err(|source| match source {
            RuntimeError::Endless => PiperError::Endless,
            source => PiperError::model(&self.voice.model, source),
        })?;
        Ok(change_pitch(sound, sample_rate, prosody.pitch))
    }
}

/// Most samples that so many numbers can be.
fn longest(ids: usize, length: f32, sample_rate: u32) -> usize {
    (MAX_ID_SECONDS * length.max(1.0) * ids as f32 * sample_rate as f32) as usize
}

/// Raises the pitch by playing faster, as a tape does.
fn change_pitch(sound: Vec<f32>, sample_rate: u32, pitch: f32) -> Vec<f32> {
    // Whole steps of ten hertz keep the converter's blocks short; nobody hears a pitch that is off by a thousandth.
    let from = sample_rate / 10 * 10;
    let to = (f64::from(from) / f64::from(pitch.clamp(0.5, 2.0)) / 10.0).round() as u32 * 10;
    let mut out = Vec::new();
    let converted = Resampler::new(from, to).ok().and_then(|mut resampler| {
        resampler.process(&sound, &mut out).ok()?;
        resampler.flush(&mut out).ok()
    });
    // Between rates like these there is always a way; if not, the voice's own pitch is better than silence.
    if converted.is_some() { out } else { sound }
}
