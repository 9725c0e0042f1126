//! Stands in when the feature `system-voice` is off.

use super::{SystemVoiceError, SystemVoiceName};
use crate::{
    script::Utterance,
    synthesis::{Control, Prosody, Said, Speaker, SynthesisError},
};

/// A voice that cannot be opened.
pub enum SystemVoice {}

impl SystemVoice {
    /// Fails.
    ///
    /// # Errors
    /// Always [`SystemVoiceError::NotBuiltIn`].
    pub fn open(_name: Option<&str>, _language: &str) -> Result<Self, SystemVoiceError> {
        Err(SystemVoiceError::NotBuiltIn)
    }
}

impl Speaker for SystemVoice {
    fn speak(&mut self, _: &Utterance, _: Prosody, _: &Control) -> Result<Said, SynthesisError> {
        match *self {}
    }
}

/// Fails.
///
/// # Errors
/// Always [`SystemVoiceError::NotBuiltIn`].
pub fn list() -> Result<Vec<SystemVoiceName>, SystemVoiceError> {
    Err(SystemVoiceError::NotBuiltIn)
}
