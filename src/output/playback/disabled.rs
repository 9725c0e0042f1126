//! Stands in when the feature `playback` is off.

use super::PlaybackError;
use crate::synthesis::{Control, SpokenUtterance, Synthesis};

/// A sound device that cannot be opened.
pub enum Player {}

impl Player {
    /// Fails.
    ///
    /// # Errors
    /// Always [`PlaybackError::NotBuiltIn`].
    pub fn open(_sample_rate: u32) -> Result<Self, PlaybackError> {
        Err(PlaybackError::NotBuiltIn)
    }

    /// Never called, as there is no player.
    ///
    /// # Errors
    /// None.
    pub fn play(
        &mut self,
        _speech: Synthesis,
        _control: &Control,
        _each: impl FnMut(&SpokenUtterance),
    ) -> Result<(), PlaybackError> {
        match *self {}
    }
}
