//! The voices: one TOML file each in `voices/`, compiled in, and the folders with voices of the user's own.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
    thread,
};

use serde::{Deserialize, Serialize};

use super::{
    Speaker, SynthesisError, Synthesiser,
    pico::Pico,
    piper::{
        self, PiperVoice,
        store::{self, VoiceFile},
    },
    system,
    tone::Tone,
};

/// The voice when nobody chose one.
pub const DEFAULT_VOICE: &str = "pico-de";

/// The files; a new voice is a new line here.
const FILES: [&str; 13] = [
    include_str!("../../voices/pico-de.toml"),
    include_str!("../../voices/de_DE-thorsten-medium.toml"),
    include_str!("../../voices/de_DE-thorsten-high.toml"),
    include_str!("../../voices/de_DE-thorsten-low.toml"),
    include_str!("../../voices/de_DE-thorsten_emotional-medium.toml"),
    include_str!("../../voices/de_DE-kerstin-low.toml"),
    include_str!("../../voices/de_DE-ramona-low.toml"),
    include_str!("../../voices/de_DE-eva_k-x_low.toml"),
    include_str!("../../voices/de_DE-karlsson-low.toml"),
    include_str!("../../voices/de_DE-pavoque-low.toml"),
    include_str!("../../voices/en_US-joe-medium.toml"),
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
    /// Speaker when nobody chose one, of a voice with several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Address below which the files lie; ends with a slash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The files, for voices that have to be installed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<VoiceFile>,
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
    /// A network in Piper's format.
    Piper,
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
            EngineKind::Piper => self.folder().is_some_and(|folder| folder.is_dir()),
        }
    }

    /// The folder with the voice's files, whether or not it is there; `None` if the voice has none or the user no directory
    /// for data.
    #[must_use]
    pub fn folder(&self) -> Option<PathBuf> {
        if self.engine != EngineKind::Piper {
            return None;
        }
        if is_path(&self.id) {
            return Some(self.id.clone().into());
        }
        store::folder(&self.id)
    }

    /// A voice that no file in `voices/` tells about, from its folder. The configuration names the language; a broken one is
    /// reported when the voice is opened.
    fn of_folder(id: &str, folder: &Path) -> Self {
        let config = piper::config_in(folder).ok();
        let language = config.as_ref().and_then(|config| config.language.as_ref());
        let primary = language.and_then(|tag| tag.split('-').next());
        Self {
            id: id.to_owned(),
            aliases: Vec::new(),
            name: format!("Voice of your own, {id}"),
            language: primary.unwrap_or("any").to_ascii_lowercase(),
            engine: EngineKind::Piper,
            quality: "natural".to_owned(),
            licence: "not known".to_owned(),
            sample_rate: config.map(|config| config.sample_rate),
            description: "A Piper voice that you put there yourself.".to_owned(),
            speaker: None,
            source: None,
            files: Vec::new(),
            hidden: false,
        }
    }

    /// Whether the voice can read text in `language` (BCP 47); the region does not matter.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        let primary = language.split('-').next().unwrap_or(language);
        self.language == "any" || self.language.eq_ignore_ascii_case(primary)
    }
}

/// All voices that are there to be listed: the default first, those of the user's own last.
#[must_use]
pub fn voices() -> Vec<Voice> {
    let mut voices: Vec<_> = VOICES.iter().filter(|v| !v.hidden).cloned().collect();
    for (id, folder) in store::folders() {
        if voices.iter().all(|voice| voice.id != id) {
            voices.push(Voice::of_folder(&id, &folder));
        }
    }
    voices
}

/// A voice that is ready to speak.
pub enum OpenVoice {
    /// Makes sound in memory: for files and, through [`crate::output::playback::Player`], for the loudspeaker.
    Synthesiser(Box<dyn Synthesiser>),
    /// Speaks on a device of its own.
    Speaker(Box<dyn Speaker>),
}

/// Whether a voice is named by the place of its folder.
fn is_path(id: &str) -> bool {
    id == "." || id == ".." || id.contains(['/', '\\'])
}

/// `system:Anna` is the voice `system` and the name `Anna`. Names of folders are taken as they are, colons and all.
fn parts(id: &str) -> (&str, Option<&str>) {
    match id.split_once(':') {
        Some((base, name)) if !(is_path(id) && Path::new(id).exists()) => (base, Some(name)),
        _ => (id, None),
    }
}

/// The voice with this id or alias, or the folder of this name; `ID:NAME` is a speaker of a Piper voice, or a voice of the
/// system. Starts nothing.
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`] if the id is unknown.
pub fn find(id: &str) -> Result<Voice, SynthesisError> {
    let (base, name) = parts(id);
    let unknown = || SynthesisError::NoSuchVoice { id: id.to_owned() };
    let known = VOICES
        .iter()
        .find(|voice| voice.id == base || voice.aliases.iter().any(|alias| alias == base))
        .cloned();
    let folder = || {
        let folder = if is_path(base) {
            PathBuf::from(base)
        } else {
            store::folder(base)?
        };
        folder.is_dir().then(|| Voice::of_folder(base, &folder))
    };
    known
        .or_else(folder)
        .filter(|voice| {
            name.is_none() || matches!(voice.engine, EngineKind::System | EngineKind::Piper)
        })
        .ok_or_else(unknown)
}

/// The same voice, if it can read text in `language` (BCP 47).
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`], or [`SynthesisError::Language`] where the voice would only garble the text.
pub fn find_for(id: &str, language: &str) -> Result<Voice, SynthesisError> {
    let voice = find(id)?;
    if voice.speaks(language) {
        return Ok(voice);
    }
    Err(SynthesisError::Language {
        voice: voice.id,
        speaks: voice.language,
        text: language.to_owned(),
    })
}

/// Opens a voice by id, by alias, by the name of its folder, or as `ID:NAME`, on all processors.
///
/// `language` (BCP 47) chooses among the voices of a system; other voices have one language. `options` are for Piper voices,
/// others do not look at them.
///
/// # Errors
/// [`SynthesisError::NoSuchVoice`] if the id is unknown; otherwise why the voice cannot be used.
pub fn open(
    id: &str,
    language: &str,
    options: &piper::Options,
) -> Result<OpenVoice, SynthesisError> {
    let voice = find(id)?;
    Ok(match voice.engine {
        EngineKind::Pico => OpenVoice::Synthesiser(Box::new(Pico::new()?)),
        EngineKind::Tone => OpenVoice::Synthesiser(Box::new(Tone::default())),
        EngineKind::System => {
            let (_, name) = parts(id);
            OpenVoice::Speaker(Box::new(system::SystemVoice::open(name, language)?))
        }
        EngineKind::Piper => {
            let voice = open_piper(id, &voice, options)?;
            OpenVoice::Synthesiser(Box::new(voice.engine(processors())))
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
    open_synthesisers_with(id, count, &piper::Options::default())
}

/// The same, with options for Piper voices.
///
/// # Errors
/// As [`open_synthesisers`].
pub fn open_synthesisers_with(
    id: &str,
    count: usize,
    options: &piper::Options,
) -> Result<Vec<Box<dyn Synthesiser>>, SynthesisError> {
    let voice = find(id)?;
    let count = count.max(1);
    match voice.engine {
        // Said before anything starts a speech service for nothing.
        EngineKind::System => Err(SynthesisError::LiveOnly { id: id.to_owned() }),
        EngineKind::Piper => {
            let voice = open_piper(id, &voice, options)?;
            let threads = (processors() / count).max(1);
            Ok((0..count)
                .map(|_| Box::new(voice.engine(threads)) as Box<dyn Synthesiser>)
                .collect())
        }
        EngineKind::Pico | EngineKind::Tone => (0..count)
            .map(|_| match open(id, "", options)? {
                OpenVoice::Synthesiser(engine) => Ok(engine),
                OpenVoice::Speaker(_) => Err(SynthesisError::LiveOnly { id: id.to_owned() }),
            })
            .collect(),
    }
}

/// Loads a Piper voice; a speaker in the id wins over the one in the options.
fn open_piper(
    id: &str,
    voice: &Voice,
    options: &piper::Options,
) -> Result<Arc<PiperVoice>, SynthesisError> {
    let folder = voice.folder().filter(|folder| folder.is_dir());
    let folder = folder.ok_or_else(|| SynthesisError::NotInstalled {
        id: voice.id.clone(),
    })?;
    let (_, speaker) = parts(id);
    let options = piper::Options {
        speaker: speaker
            .map(str::to_owned)
            .or_else(|| options.speaker.clone())
            .or_else(|| voice.speaker.clone()),
        ..options.clone()
    };
    Ok(Arc::new(PiperVoice::load(&folder, &options)?))
}

/// How many processors there are.
fn processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
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
    fn voices_to_install_tell_what_is_needed() {
        let mut wrong = Vec::new();
        for voice in VOICES.iter().filter(|v| v.engine == EngineKind::Piper) {
            let names: Vec<_> = voice.files.iter().map(VoiceFile::name).collect();
            let model = format!("{}.onnx", voice.id);
            let config = format!("{model}.json");
            if names != [model.as_str(), config.as_str(), "MODEL_CARD"] {
                wrong.push(format!("{}: files {names:?}", voice.id));
            }
            let sound = voice.files.iter().all(|file| {
                file.md5.len() == 32
                    && file
                        .md5
                        .bytes()
                        .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
                    && file.bytes > 0
                    && !file.path.contains("..")
            });
            let source = voice.source.as_deref().unwrap_or_default();
            if !sound || !source.starts_with("https://") || !source.ends_with('/') {
                wrong.push(format!("{}: size, MD5 or source", voice.id));
            }
            if voice.sample_rate.is_none() || voice.folder().is_none() {
                wrong.push(format!("{}: rate or folder", voice.id));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(
            find("thorsten").map(|voice| voice.id).ok().as_deref(),
            Some("de_DE-thorsten-medium")
        );
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
            voices().first().map(|voice| voice.id.clone()),
            Some(DEFAULT_VOICE.to_owned())
        );
    }

    #[test]
    fn unknown_and_unfit_voices_are_told_apart() {
        for id in ["", "helga", "pico-de:x", "pico-de "] {
            assert!(
                matches!(open(id, "de", &piper::Options::default()), Err(SynthesisError::NoSuchVoice { id: named }) if named == id),
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
