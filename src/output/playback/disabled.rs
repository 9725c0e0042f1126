//! Stands in when the feature `playback` is off.

use super::PlaybackError;
use crate::synthesis::{Control, Reading, SpokenUtterance};

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
        _reading: &mut Reading,
        _control: &Control,
        _each: impl FnMut(&SpokenUtterance),
    ) -> Result<(), PlaybackError> {
        match *self {}
    }
}
