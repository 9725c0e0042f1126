//! Script → Audio: the engines, behind two traits.

pub mod cache;
pub mod cast;
mod control;
pub mod level;
pub mod pico;
pub mod pipeline;
pub mod piper;
pub mod reading;
pub mod registry;
pub mod split;
pub mod system;
pub mod tone;

pub use control::{Control, Jump, Place, RATES};
pub use pipeline::{SpokenUtterance, Synthesis, synthesise};
pub use reading::Reading;
pub use registry::{
    EngineKind, OpenVoice, Voice, open, open_synthesisers, open_synthesisers_with, voices,
};

use crate::{
    audio::Audio,
    script::{Role, Script, Utterance},
};
use std::{thread, time::Duration};

/// How to speak, relative to the voice's own manner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prosody {
    /// Speed, 0.5 to 3.0; 1.0 is the voice's own.
    pub rate: f32,
    /// Pitch, 0.5 to 2.0; 1.0 is the voice's own.
    pub pitch: f32,
    /// Volume, 0.0 to 2.0; 1.0 is the voice's own.
    pub volume: f32,
}

/// Pitch of quoted speech, relative to the text around it: low enough to be heard as another voice, high enough for Pico to
/// stay clear.
const QUOTE_PITCH: f32 = 0.86;

impl Prosody {
    /// How an utterance of this role is spoken: a quotation is a little lower, so that it is heard as one.
    #[must_use]
    pub fn for_role(self, role: Role) -> Self {
        match role {
            Role::Quote => Self {
                pitch: self.pitch * QUOTE_PITCH,
                ..self
            },
            _ => self,
        }
    }
}

impl Default for Prosody {
    fn default() -> Self {
        Self {
            rate: 1.0,
            pitch: 1.0,
            volume: 1.0,
        }
    }
}

/// What an engine made of one utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Speech {
    /// The sound, with whatever silence the engine puts around it; samples may lie outside −1 to 1.
    pub audio: Audio,
    /// What went wrong without ending the run.
    pub warnings: Vec<Warning>,
}

/// Something the listener has to be told, because not all of the text was spoken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// The engine failed on this text, even in small pieces, and it was left out.
    #[error("left out, because the voice cannot say it ({reason}): {text:?}")]
    Skipped {
        /// The text.
        text: String,
        /// What the engine said.
        reason: String,
    },
    /// Some sounds are not among those that the voice was trained with, and were left out of their words. Told once.
    #[error("the voice does not know the sounds {sounds:?}, and leaves them out")]
    Unknown {
        /// What they are in the engine's alphabet.
        sounds: String,
    },
    /// The engine accepted the text and made no sound.
    #[error("the voice is silent at this text: {text:?}")]
    Silent {
        /// The text.
        text: String,
    },
}

impl Warning {
    /// Whether text is lost, not just spoken less well.
    #[must_use]
    pub fn loses_text(&self) -> bool {
        !matches!(self, Self::Unknown { .. })
    }
}

/// Turns one utterance into sound. Leading and trailing silence is trimmed by the implementor's caller.
pub trait Synthesiser: Send {
    /// Rate of the audio it makes, in Hz.
    fn sample_rate(&self) -> u32;
    /// Names the engine, its data and its fixed settings: where this is the same, the same utterance sounds the same.
    fn version(&self) -> String {
        env!("CARGO_PKG_VERSION").to_owned()
    }
    /// Hash of all that the sound of an utterance depends on; `None` where that is not known.
    fn fingerprint(&self, _utterance: &Utterance, _prosody: Prosody) -> Option<[u8; 32]> {
        None
    }
    /// Speaks one utterance into memory. The result depends on the arguments alone, not on what was said
    /// before.
    ///
    /// # Errors
    /// When the engine cannot work at all. Text that it cannot say gives a [`Warning`].
    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError>;
}

/// Speaks one utterance on a device of its own and returns when it has been said.
pub trait Speaker: Send {
    /// Speaks. Falls silent and returns when `control` is stopped or paused, or when somebody jumps or changes its speed from
    /// that of `prosody`.
    ///
    /// # Errors
    /// When the device or the engine fails.
    fn speak(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
        control: &Control,
    ) -> Result<Said, SynthesisError>;
}

/// How far a [`Speaker`] came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// To the end.
    All,
    /// It was to be silent before the end.
    Part,
}

/// How often a held speaker looks whether it may go on.
const POLL: Duration = Duration::from_millis(10);

/// Speaks a script through a speaker, utterance by utterance, from the place of `control` until the end or until it is stopped.
/// The speed is that of `control`. After a pause or a change of speed the utterance that was cut off is said again. `each` sees
/// the number of every utterance before it is said.
///
/// # Errors
/// When the speaker fails.
pub fn speak_aloud(
    script: &Script,
    speaker: &mut dyn Speaker,
    prosody: Prosody,
    control: &Control,
    mut each: impl FnMut(usize),
) -> Result<(), SynthesisError> {
    let mut jump = control.first_jump();
    while let Some(utterance) = script.utterances.get(jump.place.index) {
        if control.is_stopped() {
            break;
        }
        if let Some(newer) = control.take_jump() {
            jump = newer;
            continue;
        }
        if control.is_paused() {
            thread::sleep(POLL);
            continue;
        }
        let prosody = Prosody {
            rate: control.rate(),
            ..prosody
        };
        if let Some(aside) = jump.aside.take() {
            speaker.speak(&aside, prosody, control)?;
            continue;
        }
        each(jump.place.index);
        if speaker.speak(utterance, prosody.for_role(utterance.role), control)? == Said::All {
            jump.place = Place::start_of(jump.place.index + 1);
            // After the last one the place stays there: there is nothing beyond to come back to.
            if jump.place.index < script.utterances.len() {
                control.arrive(jump.turn, jump.place);
            }
        }
    }
    Ok(())
}

/// What can go wrong with voices and engines.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SynthesisError {
    /// No voice of that name.
    #[error("there is no voice called {id:?}")]
    NoSuchVoice {
        /// What was asked for.
        id: String,
    },
    /// The voice is known, but its files are not here.
    #[error("the voice {id:?} is not installed")]
    NotInstalled {
        /// Id of the voice.
        id: String,
    },
    /// The text is in a language that the voice cannot read.
    #[error("the text is in {text:?}, and the voice {voice:?} reads {speaks:?}")]
    Language {
        /// Id of the voice.
        voice: String,
        /// Language of the voice, BCP 47.
        speaks: String,
        /// Language of the text, BCP 47.
        text: String,
    },
    /// The voice speaks on a device only, and a file was asked for.
    #[error("the voice {id:?} can only speak aloud, not into a file")]
    LiveOnly {
        /// What was asked for.
        id: String,
    },
    /// The built-in voice could not be loaded.
    #[error("the built-in voice could not be loaded")]
    Pico(#[source] pico::LoadError),
    /// A Piper voice cannot be used.
    #[error(transparent)]
    Piper(#[from] piper::PiperError),
    /// The system's speech service failed.
    #[error(transparent)]
    System(#[from] system::SystemVoiceError),
    /// No engine was given, or one that makes no sound at all (0 Hz).
    #[error("no voice was opened")]
    NoEngine,
    /// Engines that differ in sample rate were to speak one script.
    #[error("the voices make sound at different rates ({0} Hz and {1} Hz)")]
    MixedRates(u32, u32),
    /// A thread of the engine is gone.
    #[error("the voice stopped working at utterance {index}")]
    WorkerDied {
        /// Number of the utterance, counted from 0.
        index: usize,
    },
}

impl SynthesisError {
    /// One sentence that tells what to do about it, if there is something.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchVoice { .. } => Some("`vorleser voices` lists what there is"),
            Self::NotInstalled { .. } => Some("`vorleser voices install` gets it"),
            Self::Language { .. } => Some(
                "take a voice of its language, such as `--voice system` for reading aloud; `--lang de` reads the text as German",
            ),
            Self::LiveOnly { .. } => Some("render with a built-in voice, such as `pico-de`"),
            Self::Pico(_) => {
                Some("set TMPDIR to a directory that can be written and has 2 MB free")
            }
            Self::Piper(error) => error.hint(),
            Self::System(error) => error.hint(),
            Self::NoEngine | Self::MixedRates(..) | Self::WorkerDied { .. } => None,
        }
    }
}
