//! Where Piper voices lie: `vorleser/voices/ID/` in the user's directory for data (`~/.local/share` on Linux).

mod archive;
mod install;

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy as _;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};

use crate::source::SourceError;

pub use install::{Origin, Progress, install};

/// One of the files that a voice consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceFile {
    /// Where it lies below the address of the source. Its last part is its name.
    pub path: String,
    /// How long it is.
    pub bytes: u64,
    /// MD5 in small hexadecimal digits. It guards against broken transfers, not against a forger.
    pub md5: String,
}

impl VoiceFile {
    /// The name in the voice's folder.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Compares a file on the disk with what is known of it.
    ///
    /// # Errors
    /// If it cannot be read, or is not the file it should be.
    pub fn verify(&self, path: &Path) -> Result<(), StoreError> {
        let fail = |source| StoreError::Read {
            path: path.to_owned(),
            source,
        };
        let bytes = fs::metadata(path).map_err(fail)?.len();
        if bytes != self.bytes {
            return Err(StoreError::Size {
                name: self.name().to_owned(),
                bytes,
                expected: self.bytes,
            });
        }
        if md5(path).map_err(fail)? != self.md5 {
            return Err(StoreError::Md5 {
                name: self.name().to_owned(),
            });
        }
        Ok(())
    }
}

/// What can go wrong with the files of a voice.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The user has no home directory.
    #[error("there is no home directory, and so no place for voices")]
    NoDirectory,
    /// The voice has no files to get: it is built in, or one of the user's own.
    #[error("the voice {0:?} cannot be installed")]
    NotOffered(String),
    /// There is nothing to remove or to verify.
    #[error("the voice {0:?} is not installed")]
    NotInstalled(String),
    /// Another process installs the same voice.
    #[error("the voice is being installed by another process")]
    Busy,
    /// The address of the source or mirror cannot be used.
    #[error("{0:?} is no address to get voices from")]
    Address(String),
    /// A file could not be fetched.
    #[error("{name} could not be fetched")]
    Fetch {
        /// The file.
        name: String,
        /// Why.
        #[source]
        source: Box<SourceError>,
    },
    /// A file could not be read.
    #[error("{} cannot be read", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The place that was named does not hold a file of the voice.
    #[error("there is no {name} in {}", place.display())]
    NotThere {
        /// The file.
        name: String,
        /// Where it was looked for.
        place: PathBuf,
    },
    /// A file could not be written or removed.
    #[error("{} cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file is shorter or longer than it should be.
    #[error("{name} has {bytes} bytes, not {expected}")]
    Size {
        /// The file.
        name: String,
        /// How long it is.
        bytes: u64,
        /// How long it should be.
        expected: u64,
    },
    /// A file is as long as it should be and is still another.
    #[error("{name} is not the file it should be: its MD5 is wrong")]
    Md5 {
        /// The file.
        name: String,
    },
}

impl StoreError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotOffered(_) => Some(
                "`vorleser voices` lists those with files to get; a voice of your own is a folder, and `--voice FOLDER` speaks with it",
            ),
            Self::NotInstalled(_) => Some("`vorleser voices` tells which are installed"),
            Self::Busy => Some("wait for it to end, and try again"),
            Self::Address(_) => Some("an address begins with https:// or http://"),
            Self::NotThere { .. } => Some(
                "`--from` takes a folder with the voice's files (NAME.onnx, NAME.onnx.json, MODEL_CARD), one of these files, or a .tar.gz archive of them",
            ),
            Self::Size { .. } | Self::Md5 { .. } => Some("`vorleser voices install` gets it again"),
            _ => None,
        }
    }
}

/// The directory with the folders of all voices; `None` if the user has no home.
#[must_use]
pub fn directory() -> Option<PathBuf> {
    let data = etcetera::choose_base_strategy().ok()?.data_dir();
    Some(data.join("vorleser").join("voices"))
}

/// The folder of a voice, whether or not it is there; `None` if the id cannot be the name of one.
#[must_use]
pub fn folder(id: &str) -> Option<PathBuf> {
    let name = id.starts_with(char::is_alphanumeric)
        && id.len() <= 100
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '+'));
    name.then(directory)?.map(|directory| directory.join(id))
}

/// Id and folder of every voice that is there, in alphabetical order.
#[must_use]
pub fn folders() -> Vec<(String, PathBuf)> {
    let entries = directory().and_then(|directory| fs::read_dir(directory).ok());
    let mut folders: Vec<_> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter_map(|id| folder(&id).map(|folder| (id, folder)))
        .filter(|(_, folder)| super::model_in(folder).is_ok())
        .collect();
    folders.sort();
    folders
}

/// Removes the folder of a voice, and what an interrupted installation left beside it. Tells whether anything was there.
///
/// # Errors
/// If it cannot be removed.
pub fn remove(folder: &Path) -> Result<bool, StoreError> {
    let remove = |path: &Path| match fs::remove_dir_all(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(StoreError::Write {
            path: path.to_owned(),
            source,
        }),
    };
    Ok(remove(&install::staging(folder))? | remove(folder)?)
}

/// MD5 of a file in small hexadecimal digits.
fn md5(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Md5::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            count => hash.update(&buffer[..count]),
        }
    }
    Ok(hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
