//! Stands in where the feature `media-keys` is off, or there is no D-Bus on the system.

use std::time::Duration;
use vorleser::output::playback::Command;

/// Whether this program knows media keys.
pub const BUILT_IN: bool = false;

/// Nobody calls.
pub fn session_bus() -> bool {
    false
}

/// A desktop that is not there.
pub enum Desktop {}

impl Desktop {
    /// None.
    pub fn begin(_title: &str, _publisher: Option<String>, _length: Duration) -> Option<Self> {
        None
    }

    /// Never called, as there is no desktop.
    pub fn command(&self, _paused: bool) -> Option<Command> {
        match *self {}
    }

    /// Never called either.
    pub fn tell(&mut self, _paused: bool, _index: usize, _progress: impl FnOnce() -> Duration) {
        match *self {}
    }
}
