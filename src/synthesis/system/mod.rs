//! The operating system's own voices, through the crate `tts`: Speech Dispatcher on Linux.
//!
//! They speak on a device of their own; the crate cannot render into memory on Linux.

#[cfg(feature = "system-voice")]
mod enabled;
#[cfg(feature = "system-voice")]
pub use enabled::{SystemVoice, list};

#[cfg(not(feature = "system-voice"))]
mod disabled;
#[cfg(not(feature = "system-voice"))]
pub use disabled::{SystemVoice, list};

/// Whether this program was built with the feature `system-voice`.
pub const BUILT_IN: bool = cfg!(feature = "system-voice");

/// A voice of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemVoiceName {
    /// Name, as in `system:NAME`.
    pub name: String,
    /// BCP 47 tag.
    pub language: String,
}

/// What can go wrong with the system's voices.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SystemVoiceError {
    /// Built without the feature.
    #[error("this program was built without the voices of the operating system")]
    NotBuiltIn,
    /// The service does not run and cannot be started.
    #[error("{SERVICE} does not answer ({reason})")]
    Unavailable {
        /// What the crate `tts` says.
        reason: String,
    },
    /// The service was asked and said nothing for a long time.
    #[error("{SERVICE} stopped answering while it should {doing}")]
    TimedOut {
        /// What it was asked for.
        doing: &'static str,
    },
    /// No voice of that name.
    #[error("{SERVICE} has no voice called {name:?}")]
    NoSuchVoice {
        /// What was asked for.
        name: String,
    },
    /// No voice for the language.
    #[error("{SERVICE} has no voice for the language {language:?}")]
    NoVoiceForLanguage {
        /// BCP 47 tag.
        language: String,
    },
    /// The service refused.
    #[error("{SERVICE} failed to {doing} ({reason})")]
    Failed {
        /// What it was asked for.
        doing: &'static str,
        /// What the crate `tts` says.
        reason: String,
    },
}

/// What the service is called on this system.
const SERVICE: &str = if cfg!(target_os = "linux") {
    "Speech Dispatcher"
} else {
    "the speech service of the operating system"
};

impl SystemVoiceError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotBuiltIn => {
                Some("build with `--features system-voice`, or use the built-in voice `pico-de`")
            }
            Self::Unavailable { .. } | Self::TimedOut { .. } if cfg!(target_os = "linux") => Some(
                "install it with a voice (`apt-get install speech-dispatcher espeak-ng`), see that `spd-say hallo` is \
                 heard, or use the built-in voice `pico-de`",
            ),
            Self::NoSuchVoice { .. } => Some("`vorleser voices` lists the names"),
            Self::NoVoiceForLanguage { .. } if cfg!(target_os = "linux") => {
                Some("`apt-get install espeak-ng` brings voices for many languages")
            }
            _ => None,
        }
    }
}
