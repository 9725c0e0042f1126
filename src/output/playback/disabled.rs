//! Stands in when the feature `playback` is off.

use super::{DeviceName, Moment, PlaybackError};
use crate::synthesis::{Control, Reading};

/// A sound device that cannot be opened.
pub enum Player {}

impl Player {
    /// Fails.
    ///
    /// # Errors
    /// Always [`PlaybackError::NotBuiltIn`].
    pub fn open(_sample_rate: u32, _device: Option<&str>) -> Result<Self, PlaybackError> {
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
        _each: impl FnMut(Moment<'_>),
    ) -> Result<(), PlaybackError> {
        match *self {}
    }

    /// Never called either.
    pub fn close(self) {
        match self {}
    }
}

/// Fails.
///
/// # Errors
/// Always [`PlaybackError::NotBuiltIn`].
pub fn devices() -> Result<Vec<DeviceName>, PlaybackError> {
    Err(PlaybackError::NotBuiltIn)
}
