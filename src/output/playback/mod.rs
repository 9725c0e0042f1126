//! The default sound device.

#[cfg(feature = "playback")]
mod enabled;
#[cfg(feature = "playback")]
mod hush;
#[cfg(feature = "playback")]
mod stretch;
#[cfg(feature = "playback")]
pub use enabled::Player;

#[cfg(not(feature = "playback"))]
mod disabled;
#[cfg(not(feature = "playback"))]
pub use disabled::Player;

mod outline;
pub use outline::{Outline, Unit};

/// Whether this program was built with the feature `playback`.
pub const BUILT_IN: bool = cfg!(feature = "playback");

use crate::synthesis::SynthesisError;

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

impl PlaybackError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotBuiltIn => Some(
                "build with `--features playback`, or write a file with `vorleser render … -o article.wav`",
            ),
            Self::NoDevice { .. } | Self::DeviceLost { .. } => Some(
                "plug in or switch on a loudspeaker and see that the sound server runs, or write a file with `vorleser \
                 render … -o article.wav`",
            ),
            Self::Synthesis(error) => error.hint(),
        }
    }
}
