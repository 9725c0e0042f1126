//! Stands in where the feature `media-keys` is off, or there is no D-Bus on the system.

use vorleser::output::playback::Command;

/// A desktop that is not there.
pub enum Desktop {}

impl Desktop {
    /// None.
    pub fn begin(_title: &str, _publisher: Option<String>) -> Option<Self> {
        None
    }

    /// Never called, as there is no desktop.
    pub fn command(&self, _paused: bool) -> Option<Command> {
        match *self {}
    }

    /// Never called either.
    pub fn tell(&mut self, _paused: bool) {
        match *self {}
    }
}
