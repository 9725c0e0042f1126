//! Files about what somebody listens to, which is nobody else's business.

use serde::Serialize;
use std::{
    io::{self, Write as _},
    path::Path,
};
use tempfile::NamedTempFile;

/// A hidden file with a value as JSON, to be renamed into its place in the same directory. `tempfile` makes files that only
/// their owner can read.
pub fn json(directory: &Path, value: &impl Serialize) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new()
        .prefix(".")
        .tempfile_in(directory)?;
    file.write_all(&serde_json::to_vec(value)?)?;
    Ok(file)
}
