//! A voice's `.onnx.json`: what the model was trained with. The file comes from the web and is believed in nothing.
//!
//! The format is that of Piper (`VoiceConfig` in `OHF-Voice/piper1-gpl`, `src/piper/config.py`); keys that are not needed to
//! speak are ignored.

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::Read as _,
    path::Path,
};

use serde::Deserialize;

use super::PiperError;

/// Largest file that is read, in bytes. Real ones have 4 to 7 kB, those with hundreds of speakers 20.
const MAX_BYTES: u64 = 1 << 20;

/// Most phonemes, and most speakers; the largest public voice has 904 speakers.
const MAX_ENTRIES: usize = 10_000;

/// Most ids that stand for one phoneme. One is usual.
const MAX_IDS: usize = 16;

/// Largest id and number of speakers: beyond it no table of a model goes.
const MAX_ID: u32 = 1 << 16;

/// Phoneme that begins every sentence.
pub const BEGIN: &str = "^";
/// Phoneme that ends every sentence.
pub const END: &str = "$";
/// Phoneme that stands between all others.
pub const PAD: &str = "_";

/// What is known of a voice from its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Rate of the sound, in Hz.
    pub sample_rate: u32,
    /// What the model reads.
    pub alphabet: Alphabet,
    /// The ids of every phoneme. [`BEGIN`], [`END`] and [`PAD`] are there.
    pub phoneme_ids: HashMap<String, Vec<i32>>,
    /// How many speakers the model has.
    pub speaker_count: u32,
    /// Names of the speakers; may be empty. All numbers are below [`Config::speaker_count`].
    pub speakers: BTreeMap<String, u32>,
    /// How the voice speaks when nobody asks for anything else.
    pub scales: Scales,
    /// BCP 47 tag, if the file tells.
    pub language: Option<String>,
}

/// What stands for a sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alphabet {
    /// The phonemes of eSpeak NG in IPA.
    Espeak {
        /// eSpeak NG's voice, such as `de`: letters, digits and `-` only.
        voice: String,
    },
    /// The letters of the text.
    Text,
}

/// The three knobs of a Piper model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// Variation of the sound, 0 to 2.
    pub noise: f32,
    /// Length, 0.1 to 10; larger is slower.
    pub length: f32,
    /// Variation of the lengths of phonemes, 0 to 2.
    pub noise_w: f32,
}

impl Scales {
    /// What [`Scales::noise`] and [`Scales::noise_w`] may be.
    pub const NOISE: std::ops::RangeInclusive<f32> = 0.0..=2.0;
    /// What [`Scales::length`] may be.
    pub const LENGTH: std::ops::RangeInclusive<f32> = 0.1..=10.0;
}

/// What is wrong with the content of a file that is JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigFault {
    /// A sample rate of no loudspeaker.
    #[error("a sample rate of {0} Hz is not possible")]
    SampleRate(u32),
    /// Sounds that we cannot make from German text.
    #[error("phonemes of the type {0:?} are not supported, only `espeak` and `text`")]
    PhonemeType(String),
    /// The name of eSpeak NG's voice is missing or could be a path.
    #[error("{0:?} is no voice of eSpeak NG")]
    EspeakVoice(String),
    /// A phoneme without which nothing can be said.
    #[error("the phoneme {0:?} has no id")]
    MissingPhoneme(&'static str),
    /// A phoneme with no id, too many, or one that the model cannot have.
    #[error("the ids of the phoneme {0:?} are impossible")]
    PhonemeIds(String),
    /// More phonemes or speakers than any voice has.
    #[error("there are more than {MAX_ENTRIES} {0}")]
    TooMany(&'static str),
    /// A number of speakers that no model has, or a speaker that is not one of them.
    #[error("the speakers do not fit their number, {0}")]
    Speakers(u32),
    /// A scale with which a model makes no speech.
    #[error("{name} cannot be {value}")]
    Scale {
        /// Name of the scale.
        name: &'static str,
        /// What the file says.
        value: String,
    },
}

#[derive(Deserialize)]
struct Document {
    audio: Audio,
    espeak: Option<Espeak>,
    phoneme_type: Option<String>,
    #[serde(default)]
    inference: Inference,
    phoneme_id_map: HashMap<String, Vec<u32>>,
    num_symbols: Option<u32>,
    num_speakers: Option<u32>,
    #[serde(default)]
    speaker_id_map: BTreeMap<String, u32>,
    language: Option<Language>,
}

#[derive(Deserialize)]
struct Audio {
    sample_rate: u32,
}

#[derive(Deserialize)]
struct Espeak {
    voice: String,
}

#[derive(Deserialize)]
struct Language {
    code: String,
}

#[derive(Deserialize)]
#[serde(default)]
struct Inference {
    noise_scale: f32,
    length_scale: f32,
    noise_w: f32,
}

impl Default for Inference {
    /// Piper's own values.
    fn default() -> Self {
        Self {
            noise_scale: 0.667,
            length_scale: 1.0,
            noise_w: 0.8,
        }
    }
}

impl Config {
    /// Whether the phonemes are those of German.
    #[must_use]
    pub fn is_german(&self) -> bool {
        matches!(&self.alphabet, Alphabet::Espeak { voice } if voice.split('-').next() == Some("de"))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, is too large, is not JSON, or says what cannot be true.
    pub fn load(path: &Path) -> Result<Self, PiperError> {
        let fail = |source| PiperError::Read {
            path: path.to_owned(),
            source,
        };
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
            .map_err(fail)?;
        Self::parse(&bytes).map_err(|source| PiperError::Config {
            path: path.to_owned(),
            source,
        })
    }

    /// Reads the content of a file.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ConfigError> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(ConfigError::TooLarge);
        }
        let file: Document = serde_json::from_slice(bytes)?;
        Ok(check(file)?)
    }
}

/// Why a voice's configuration is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// No configuration is that large.
    #[error("it has more than {} kB", MAX_BYTES >> 10)]
    TooLarge,
    /// Not JSON, or a value is missing or of the wrong type.
    #[error("it is no configuration of a Piper voice")]
    Json(#[from] serde_json::Error),
    /// A value that cannot be.
    #[error(transparent)]
    Fault(#[from] ConfigFault),
}

fn check(file: Document) -> Result<Config, ConfigFault> {
    let sample_rate = file.audio.sample_rate;
    if !(8_000..=96_000).contains(&sample_rate) {
        return Err(ConfigFault::SampleRate(sample_rate));
    }
    let alphabet = match file.phoneme_type.as_deref() {
        None | Some("espeak") => Alphabet::Espeak {
            voice: espeak_voice(file.espeak)?,
        },
        Some("text") => Alphabet::Text,
        Some(other) => return Err(ConfigFault::PhonemeType(other.chars().take(40).collect())),
    };
    if file.phoneme_id_map.len() > MAX_ENTRIES {
        return Err(ConfigFault::TooMany("phonemes"));
    }
    if file.speaker_id_map.len() > MAX_ENTRIES {
        return Err(ConfigFault::TooMany("speakers"));
    }
    let symbols = file.num_symbols.unwrap_or(MAX_ID).min(MAX_ID);
    let mut phoneme_ids = HashMap::new();
    for (phoneme, ids) in file.phoneme_id_map {
        if ids.is_empty() || ids.len() > MAX_IDS || ids.iter().any(|id| *id >= symbols) {
            return Err(ConfigFault::PhonemeIds(phoneme.chars().take(40).collect()));
        }
        // Below `MAX_ID`, so nothing wraps.
        phoneme_ids.insert(phoneme, ids.into_iter().map(u32::cast_signed).collect());
    }
    for needed in [BEGIN, END, PAD] {
        if !phoneme_ids.contains_key(needed) {
            return Err(ConfigFault::MissingPhoneme(needed));
        }
    }
    let speaker_count = file.num_speakers.unwrap_or(1);
    if !(1..=MAX_ID).contains(&speaker_count)
        || file.speaker_id_map.values().any(|id| *id >= speaker_count)
    {
        return Err(ConfigFault::Speakers(speaker_count));
    }
    Ok(Config {
        sample_rate,
        alphabet,
        phoneme_ids,
        speaker_count,
        speakers: file.speaker_id_map,
        scales: scales(&file.inference)?,
        language: file
            .language
            .map(|language| language.code.chars().take(20).collect::<String>())
            .map(|code| code.replace('_', "-")),
    })
}

/// The name is handed to eSpeak NG, which takes what has a slash for a file.
fn espeak_voice(espeak: Option<Espeak>) -> Result<String, ConfigFault> {
    let voice = espeak.map(|espeak| espeak.voice).unwrap_or_default();
    let sound = (1..=20).contains(&voice.len())
        && voice
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if sound {
        Ok(voice)
    } else {
        Err(ConfigFault::EspeakVoice(voice.chars().take(40).collect()))
    }
}

fn scales(given: &Inference) -> Result<Scales, ConfigFault> {
    for (name, value, range) in [
        ("noise_scale", given.noise_scale, Scales::NOISE),
        ("length_scale", given.length_scale, Scales::LENGTH),
        ("noise_w", given.noise_w, Scales::NOISE),
    ] {
        if !range.contains(&value) {
            return Err(ConfigFault::Scale {
                name,
                value: value.to_string(),
            });
        }
    }
    Ok(Scales {
        noise: given.noise_scale,
        length: given.length_scale,
        noise_w: given.noise_w,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn good() -> Value {
        json!({
            "audio": {"sample_rate": 22050, "quality": "medium"},
            "espeak": {"voice": "de"},
            "phoneme_type": "espeak",
            "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
            "num_symbols": 256,
            "num_speakers": 2,
            "speaker_id_map": {"amused": 0, "angry": 1},
            "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "a": [14], "ɐ": [50]},
            "language": {"code": "de_DE"},
            "piper_version": "1.0.0"
        })
    }

    fn parse(value: &Value) -> Result<Config, ConfigError> {
        Config::parse(value.to_string().as_bytes())
    }

    #[test]
    fn a_voice_is_read() {
        let config = parse(&good()).unwrap();
        assert_eq!(config.sample_rate, 22_050);
        assert_eq!(config.alphabet, Alphabet::Espeak { voice: "de".into() });
        assert_eq!(config.phoneme_ids["ɐ"], [50]);
        assert_eq!(config.speakers["angry"], 1);
        assert!((config.scales.noise - 0.667).abs() < 1e-6);
        assert_eq!(config.language.as_deref(), Some("de-DE"));
    }

    #[test]
    fn what_old_files_leave_out_has_pipers_own_value() {
        let mut old = good();
        for key in ["phoneme_type", "inference", "num_speakers", "language"] {
            old.as_object_mut().unwrap().remove(key);
        }
        old["speaker_id_map"] = json!({});
        let config = parse(&old).unwrap();
        assert_eq!((config.speaker_count, config.language), (1, None));
        assert!((config.scales.noise_w - 0.8).abs() < 1e-6);
    }

    #[test]
    fn lies_are_told_apart() {
        let rows: [(&str, Value, &str); 14] = [
            ("/audio/sample_rate", json!(0), "sample rate of 0 Hz"),
            ("/audio/sample_rate", json!(u32::MAX), "sample rate"),
            ("/audio/sample_rate", json!(-1), "no configuration"),
            (
                "/espeak/voice",
                json!("../../etc/passwd"),
                "no voice of eSpeak",
            ),
            ("/espeak/voice", json!(""), "no voice of eSpeak"),
            ("/phoneme_type", json!("pinyin"), "\"pinyin\""),
            (
                "/inference/length_scale",
                json!(1e9),
                "length_scale cannot be",
            ),
            (
                "/inference/length_scale",
                json!(0),
                "length_scale cannot be 0",
            ),
            (
                "/inference/noise_scale",
                json!(-1),
                "noise_scale cannot be -1",
            ),
            ("/num_speakers", json!(0), "do not fit their number, 0"),
            ("/num_speakers", json!(1), "do not fit their number, 1"),
            ("/phoneme_id_map/a", json!([]), "ids of the phoneme \"a\""),
            (
                "/phoneme_id_map/a",
                json!([256]),
                "ids of the phoneme \"a\"",
            ),
            (
                "/phoneme_id_map",
                json!({"_": [0], "^": [1]}),
                "phoneme \"$\" has no id",
            ),
        ];
        let mut wrong = Vec::new();
        for (place, value, wanted) in rows {
            let mut file = good();
            *file.pointer_mut(place).unwrap() = value.clone();
            match parse(&file) {
                Ok(_) => wrong.push(format!("{place} = {value} is taken")),
                Err(error) if error.to_string().contains(wanted) => {}
                Err(error) => wrong.push(format!("{place} = {value}: {error}")),
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(matches!(
            Config::parse(&vec![b' '; MAX_BYTES as usize + 1]),
            Err(ConfigError::TooLarge)
        ));
        assert!(matches!(
            Config::parse("[".repeat(100_000).as_bytes()),
            Err(ConfigError::Json(_))
        ));
    }

    proptest! {
        #[test]
        fn broken_files_are_refused_without_a_panic(at in 0_usize..400, byte: u8) {
            let mut bytes = good().to_string().into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = Config::parse(&bytes);
            bytes.truncate(at);
            prop_assert!(Config::parse(&bytes).is_err());
        }
    }
}
