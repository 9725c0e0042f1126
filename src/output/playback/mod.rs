//! The default sound device.

#[cfg(feature = "playback")]
mod device;
#[cfg(feature = "playback")]
mod enabled;
#[cfg(feature = "playback")]
mod feed;
#[cfg(feature = "playback")]
mod hush;
#[cfg(feature = "playback")]
mod stretch;
#[cfg(feature = "playback")]
pub use {device::devices, enabled::Player};

#[cfg(not(feature = "playback"))]
mod disabled;
#[cfg(not(feature = "playback"))]
pub use disabled::{Player, devices};

mod outline;
mod steering;
pub use outline::{Outline, Unit};
pub use steering::{Answer, Command, Steering};

/// Whether this program was built with the feature `playback`.
pub const BUILT_IN: bool = cfg!(feature = "playback");

use crate::synthesis::{SpokenUtterance, SynthesisError};
use serde::Serialize;

/// What happens while a player reads.
#[derive(Debug)]
pub enum Moment<'a> {
    /// An utterance begins to be heard.
    Began(&'a SpokenUtterance),
    /// The voice is slower than the listener, and some sound is made before it is heard; told once.
    Filling,
}

/// A place where sound can be played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceName {
    /// What [`Player::open`] takes.
    pub name: String,
    /// What the system says about it, in a few words.
    pub description: String,
    /// Whether it is the one that is taken when nobody names one.
    pub default: bool,
}

/// What can go wrong while sound is played.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlaybackError {
    /// Built without the feature.
    #[error("this program was built without sound output")]
    NotBuiltIn,
    /// There is no sound device, or it does not open.
    #[error("there is no sound device to play on ({reason})")]
    NoDevice {
        /// What the system says.
        reason: String,
    },
    /// No device of that name.
    #[error("there is no sound device called {name:?}{}", similar(near))]
    NoSuchDevice {
        /// What was asked for.
        name: String,
        /// Names that are there and look like it, the nearest first; all that are there when none does.
        near: Vec<String>,
    },
    /// Several devices of that name or description, none of them spelled just so.
    #[error("several sound devices are called {name:?}: {}", same.join(", "))]
    AmbiguousDevice {
        /// What was asked for.
        name: String,
        /// The names that tell them apart.
        same: Vec<String>,
    },
    /// The device went away while it played.
    #[error("the sound device stopped working ({reason})")]
    DeviceLost {
        /// What the system says.
        reason: String,
    },
    /// The voice failed while it was played.
    #[error(transparent)]
    Synthesis(#[from] SynthesisError),
}

fn similar(near: &[String]) -> String {
    if near.is_empty() {
        return String::new();
    }
    format!("; there is {}", near.join(", "))
}

impl PlaybackError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotBuiltIn => Some(
                "build with `--features playback`, or write a file with `vorleser render … -o article.wav`",
            ),
            Self::NoSuchDevice { .. } => Some("`vorleser devices` lists the names"),
            Self::AmbiguousDevice { .. } => Some("give one of these names, spelled just so"),
            Self::NoDevice { .. } | Self::DeviceLost { .. } => Some(
                "plug in or switch on a loudspeaker and see that the sound server runs, or write a file with `vorleser \
                 render … -o article.wav`",
            ),
            Self::Synthesis(error) => error.hint(),
        }
    }
}
