//! Where Piper voices lie: `vorleser/voices/ID/` in the user's directory for data (`~/.local/share` on Linux).

use std::{fs, path::PathBuf};

use etcetera::BaseStrategy as _;

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
