//! A voice in an archive, `.tar.gz`, as Piper's first voices were given out and as people hand voices on.

use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use flate2::read::MultiGzDecoder;
use tar::Archive;

use super::{StoreError, VoiceFile};

/// Most bytes that an archive may hold, unpacked; the largest voices have 120 MB.
const MOST_BYTES: u64 = 1 << 30;

/// Whether a file is such an archive, by its name.
pub fn is_archive(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    [".tar.gz", ".tgz", ".tar"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Unpacks the files of a voice into a directory, wherever they lie in the archive. Nothing else is unpacked, and no path of
/// the archive is used. Files that are not in it are not missed here.
///
/// # Errors
/// If the archive cannot be read or a file not be written.
pub fn unpack(path: &Path, files: &[VoiceFile], directory: &Path) -> Result<(), StoreError> {
    let read = |source| StoreError::Read {
        path: path.to_owned(),
        source,
    };
    let packed = BufReader::new(File::open(path).map_err(read)?);
    let zipped = !path.to_string_lossy().to_lowercase().ends_with(".tar");
    let content: Box<dyn Read> = if zipped {
        Box::new(MultiGzDecoder::new(packed))
    } else {
        Box::new(packed)
    };
    let mut archive = Archive::new(content.take(MOST_BYTES));
    for entry in archive.entries().map_err(read)? {
        let mut entry = entry.map_err(read)?;
        let name = entry.path().map_err(read)?.into_owned();
        let name = name.file_name().unwrap_or_default();
        let Some(file) = files.iter().find(|file| name == file.name()) else {
            continue;
        };
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let part = directory.join(file.name());
        let write = |source| StoreError::Write {
            path: part.clone(),
            source,
        };
        let mut out = File::create(&part).map_err(write)?;
        // One byte too many tells that it is another file.
        let mut content = entry.by_ref().take(file.bytes + 1);
        let mut buffer = vec![0; 1 << 16];
        loop {
            // Apart, to tell a broken archive from a full disk.
            let count = content.read(&mut buffer).map_err(read)?;
            if count == 0 {
                break;
            }
            io::Write::write_all(&mut out, &buffer[..count]).map_err(write)?;
        }
        out.sync_all().map_err(write)?;
    }
    Ok(())
}
