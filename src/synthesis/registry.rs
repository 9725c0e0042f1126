//! The voices: one TOML file each in `voices/`, compiled in.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{Speaker, SynthesisError, Synthesiser, pico::Pico, system, tone::Tone};

/// The voice when nobody chose one.
pub const DEFAULT_VOICE: &str = "pico-de";

/// The files; a new voice is a new line here.
const FILES: [&str; 3] = [
    include_str!("../../voices/pico-de.toml"),
    include_str!("../../voices/system.toml"),
    include_str!("../../voices/tone.toml"),
];

static VOICES: LazyLock<Vec<Voice>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|file| toml::from_str(file).ok())
        .collect()
});

/// What is known about a voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    /// Name on the command line.
    pub id: String,
    /// Other names on the command line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Name for people.
    pub name: String,
    /// BCP 47 tag, or `any`.
    pub language: String,
    /// What makes the sound.
    pub engine: EngineKind,
    /// How good it is, in a few words.
    pub quality: String,
    /// SPDX expression where there is one.
    pub licence: String,
    /// Rate of its sound in Hz, for voices that can be rendered into a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_rate: Option<u32>,
    /// A sentence about it.
    pub description: String,
    /// Left out of lists, because it is for tests.
    #[serde(default, skip_serializing)]
    pub hidden: bool,
}

/// The engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineKind {
    /// SVOX Pico.
    Pico,
    /// The operating system's speech service.
    System,
    /// Tones for tests.
    Tone,
}

impl Voice {
    /// Whether the voice can be used without installing anything through this program.
    #[must_use]
    pub fn installed(&self) -> bool {
        match self.engine {
            EngineKind::Pico | EngineKind::Tone => true,
            EngineKind::System => system::BUILT_IN,
        }
    }

    /// Whether the voice can read text in `language` (BCP 47); the region does not matter.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        let primary = language.split('-').next().unwrap_or(language);
        self.language == "any" || self.language.eq_ignore_ascii_case(primary)
    }
}

/// All voices that are there to be listed, the default first.
pub fn voices() -> impl Iterator<Item = &'static Voice> {
    VOICES.iter().filter(|voice| !voice.hidden)
}

/// A voice that is ready to speak.
pub enum OpenVoice {
    /// Makes sound in memory: for files and, through [`crate::output::playback::Player`], for the loudspeaker.
    Synthesiser(Box<dyn Synthesiser>),
    /// Speaks on a device of its own.
    Speaker(Box<dyn Speaker>),
}

/// The voice with this id or alias, or the system's for `system:NAME`; starts nothing.
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`] if the id is unknown.
pub fn find(id: &str) -> Result<&'static Voice, SynthesisError> {
    let (base, name) = match id.split_once(':') {
        Some((base, name)) => (base, Some(name)),
        None => (id, None),
    };
    VOICES
        .iter()
        .find(|voice| voice.id == base || voice.aliases.iter().any(|alias| alias == base))
        .filter(|voice| name.is_none() || voice.engine == EngineKind::System)
        .ok_or_else(|| SynthesisError::NoSuchVoice { id: id.to_owned() })
}

/// The same voice, if it can read text in `language` (BCP 47).
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`], or [`SynthesisError::Language`] where the voice would only garble the text.
pub fn find_for(id: &str, language: &str) -> Result<&'static Voice, SynthesisError> {
    let voice = find(id)?;
    if voice.speaks(language) {
        return Ok(voice);
    }
    Err(SynthesisError::Language {
        voice: voice.id.clone(),
        speaks: voice.language.clone(),
        text: language.to_owned(),
    })
}

/// Opens a voice by id, by alias, or as `system:NAME`.
///
/// `language` (BCP 47) chooses among the voices of a system; built-in voices have one language.
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`] if the id is unknown; otherwise why the voice cannot be used.
pub fn open(id: &str, language: &str) -> Result<OpenVoice, SynthesisError> {
    let voice = find(id)?;
    let name = id.split_once(':').map(|(_, name)| name);
    Ok(match voice.engine {
        EngineKind::Pico => OpenVoice::Synthesiser(Box::new(Pico::new()?)),
        EngineKind::Tone => OpenVoice::Synthesiser(Box::new(Tone::default())),
        EngineKind::System => {
            OpenVoice::Speaker(Box::new(system::SystemVoice::open(name, language)?))
        }
    })
}

/// Opens a voice `count` times, to speak one script on several processors.
///
/// # Errors
/// As [`open`], and [`SynthesisError::LiveOnly`] for a voice that makes no sound in memory.
pub fn open_synthesisers(
    id: &str,
    count: usize,
) -> Result<Vec<Box<dyn Synthesiser>>, SynthesisError> {
    if VOICES
        .iter()
        .any(|v| v.engine == EngineKind::System && id.split(':').next() == Some(&v.id))
    {
        // Asked before anything starts a speech service for nothing.
        return Err(SynthesisError::LiveOnly { id: id.to_owned() });
    }
    (0..count.max(1))
        .map(|_| match open(id, "")? {
            OpenVoice::Synthesiser(engine) => Ok(engine),
            OpenVoice::Speaker(_) => Err(SynthesisError::LiveOnly { id: id.to_owned() }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_voice_file_is_read() {
        let errors: Vec<_> = FILES
            .iter()
            .filter_map(|file| toml::from_str::<Voice>(file).err())
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/voices"))
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path().extension() == Some("toml".as_ref()))
            .count();
        assert_eq!(files, FILES.len(), "a file in voices/ is not compiled in");
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = VOICES
            .iter()
            .flat_map(|v| v.aliases.iter().chain([&v.id]))
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
        assert_eq!(
            voices().next().map(|voice| voice.id.as_str()),
            Some(DEFAULT_VOICE)
        );
    }

    #[test]
    fn unknown_and_unfit_voices_are_told_apart() {
        for id in ["", "helga", "pico-de:x", "pico-de "] {
            assert!(
                matches!(open(id, "de"), Err(SynthesisError::NoSuchVoice { id: named }) if named == id),
                "{id:?}"
            );
        }
        for id in ["system", "system:Anna"] {
            assert!(
                matches!(
                    open_synthesisers(id, 2),
                    Err(SynthesisError::LiveOnly { .. })
                ),
                "{id:?}"
            );
        }
        assert_eq!(open_synthesisers("pico", 2).unwrap().len(), 2);
    }
}
