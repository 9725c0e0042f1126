//! Audio → file or loudspeaker.

pub mod atomic;
pub mod cover;
pub mod earcon;
mod flac;
pub mod format;
pub mod loudness;
#[cfg(feature = "mp3")]
mod mp3;
pub mod name;
mod opus;
pub mod playback;
pub mod podcast;
pub mod programme;
pub mod render;
pub mod resample;
pub mod subtitles;
pub mod tags;
pub mod timing;
mod wav;

use std::path::PathBuf;

use crate::synthesis::SynthesisError;

/// What can go wrong while sound is written or played.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The target cannot be created, for example because its directory is missing or read-only.
    #[error("cannot write to {}", path.display())]
    Create {
        /// The target.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The target is a directory.
    #[error("{} is a directory, not a file", path.display())]
    IsDirectory {
        /// The target.
        path: PathBuf,
    },
    /// The disk is full; what stood at the target before is untouched.
    #[error("the disk is full; {} was not written", path.display())]
    DiskFull {
        /// The target.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Writing failed on the way; what stood at the target before is untouched.
    #[error("writing {} failed", path.display())]
    Write {
        /// The target.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The reader of a pipe is gone.
    #[error("nobody reads the sound any more")]
    BrokenPipe,
    /// Sound of another rate than the file has.
    #[error("the file has {file} Hz, but sound of {sound} Hz was to be written")]
    RateMismatch {
        /// Rate of the file, in Hz.
        file: u32,
        /// Rate of the sound, in Hz.
        sound: u32,
    },
    /// There were words, and the voice made no sound at all; what stood at the target before is untouched.
    #[error("the voice could not say a word of it")]
    Silent,
    /// Something of the article is not in the sound; what stood at the target before is untouched.
    #[error("the recording is not complete{}", others(*more))]
    Lost {
        /// The first thing that is missing.
        #[source]
        first: timing::Lost,
        /// How many more there are.
        more: usize,
    },
    /// Somebody asked to stop; what stood at the target before is untouched.
    #[error("stopped before the end")]
    Stopped,
    /// The voice failed while its sound was written or played.
    #[error(transparent)]
    Synthesis(#[from] SynthesisError),
}

fn others(more: usize) -> String {
    match more {
        0 => String::new(),
        more => format!(" in {} places", more + 1),
    }
}

impl OutputError {
    /// Fails when something was lost, naming the first of it.
    ///
    /// # Errors
    /// [`OutputError::Lost`].
    pub fn lost(losses: Vec<timing::Lost>) -> Result<(), Self> {
        let more = losses.len().saturating_sub(1);
        match losses.into_iter().next() {
            None => Ok(()),
            Some(first) => Err(Self::Lost { first, more }),
        }
    }

    /// Sorts an error of the system for a target.
    pub(crate) fn write(path: &std::path::Path, source: std::io::Error) -> Self {
        use std::io::ErrorKind;
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull { path, source }
            }
            ErrorKind::BrokenPipe => Self::BrokenPipe,
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            _ => Self::Write { path, source },
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Create { .. } => {
                Some("choose a file in a directory that exists and can be written")
            }
            Self::IsDirectory { .. } => Some("name a file, such as `article.wav`"),
            Self::DiskFull { .. } => Some("free some space, or write to another disk"),
            Self::Silent => Some("the text may be in a language that the voice does not speak"),
            Self::Lost { .. } => {
                Some("`--force` writes the file all the same; `vorleser script` shows what is said")
            }
            Self::Synthesis(error) => error.hint(),
            _ => None,
        }
    }
}
