//! Script → Audio: the engines, behind two traits.

use crate::{audio::Audio, script::Utterance};

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

impl Default for Prosody {
    fn default() -> Self {
        Self {
            rate: 1.0,
            pitch: 1.0,
            volume: 1.0,
        }
    }
}

/// Turns one utterance into sound. Leading and trailing silence is trimmed by the implementor's caller.
pub trait Synthesiser: Send {
    /// Rate of the audio it makes, in Hz.
    fn sample_rate(&self) -> u32;
    /// Speaks one utterance into memory.
    ///
    /// # Errors
    /// When the engine fails on the text even in pieces.
    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Audio, SynthesisError>;
}

/// Speaks one utterance on a device of its own and returns when it has been said.
pub trait Speaker: Send {
    /// Speaks.
    ///
    /// # Errors
    /// When the device or the engine fails.
    fn speak(&mut self, utterance: &Utterance, prosody: Prosody) -> Result<(), SynthesisError>;
    /// Falls silent at once; a running [`Speaker::speak`] returns.
    fn stop(&mut self);
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
}
