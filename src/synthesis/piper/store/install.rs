//! Getting the files of a voice, whole and true or not at all.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use url::Url;

use super::{StoreError, VoiceFile, archive};
use crate::source::{SourceError, download};

/// How often a connection may break without a byte having come before it counts as failed.
const TRIES: u32 = 3;

/// Where the files come from.
#[derive(Debug, Clone)]
pub enum Origin<'a> {
    /// From an address, to which the paths of the files are added.
    Address {
        /// Begins with `http://` or `https://`.
        base: &'a str,
        /// How long the server may be silent.
        idle: Duration,
    },
    /// From a directory that holds the files, one of the files beside which the others lie, or an archive, `.tar.gz`.
    Place(&'a Path),
}

/// How far an installation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The file that is being fetched.
    pub name: &'a str,
    /// Bytes of it that are there.
    pub done: u64,
    /// Bytes that it has.
    pub total: u64,
}

/// Where the files of an installation wait until all are there.
pub(super) fn staging(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!(".{name}.part"))
}

/// Installs a voice into the folder `target`. What an interrupted installation has fetched is not fetched again; the voice is
/// replaced only when all files are there and are what they should be.
///
/// # Errors
/// When a file cannot be had or is not what it should be.
pub fn install(
    target: &Path,
    files: &[VoiceFile],
    origin: &Origin,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StoreError> {
    let staging = staging(target);
    let write = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Write { path, source }
    };
    fs::create_dir_all(&staging).map_err(write(&staging))?;
    let lock_path = staging.join(".lock");
    let lock = File::create(&lock_path).map_err(write(&lock_path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(StoreError::Busy),
        Err(TryLockError::Error(source)) => return Err(write(&lock_path)(source)),
    }
    let got = get_all(files, origin, &staging, progress);
    drop(lock);
    fs::remove_file(&lock_path).map_err(write(&lock_path))?;
    if got.is_err() {
        // Where nothing came, nothing stays; what came waits for the next try.
        let _ = fs::remove_dir(&staging);
        return got;
    }
    if target.exists() {
        fs::remove_dir_all(target).map_err(write(target))?;
    }
    fs::rename(&staging, target).map_err(write(target))
}

/// Gets what is missing into the staging directory.
fn get_all(
    files: &[VoiceFile],
    origin: &Origin,
    staging: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StoreError> {
    let archive = match origin {
        Origin::Place(place) if archive::is_archive(place) && !place.is_dir() => Some(place),
        _ => None,
    };
    if let Some(archive) = archive {
        archive::unpack(archive, files, staging)?;
    }
    for file in files {
        let part = staging.join(file.name());
        // Whole already, from an earlier try or out of the archive.
        if let Err(error) = file.verify(&part) {
            match origin {
                Origin::Address { base, idle } => fetch(file, base, *idle, &part, progress)?,
                Origin::Place(place) if archive.is_some() && !part.is_file() => {
                    return Err(StoreError::NotThere {
                        name: file.name().to_owned(),
                        place: place.to_path_buf(),
                    });
                }
                Origin::Place(_) if archive.is_some() => {
                    let _ = fs::remove_file(&part);
                    return Err(error);
                }
                Origin::Place(place) => copy(file, place, &part)?,
            }
        }
        progress(Progress {
            name: file.name(),
            done: file.bytes,
            total: file.bytes,
        });
    }
    Ok(())
}

/// Copies a file from the user's own disk.
fn copy(file: &VoiceFile, place: &Path, part: &Path) -> Result<(), StoreError> {
    let directory = if place.is_dir() {
        place
    } else {
        place.parent().unwrap_or(place)
    };
    // As it lies in a mirror of the source, or all files in one directory.
    let beside = directory.join(file.name());
    let below = directory.join(&file.path);
    let from = if below.is_file() { below } else { beside };
    if place.exists() && !from.exists() {
        return Err(StoreError::NotThere {
            name: file.name().to_owned(),
            place: place.to_owned(),
        });
    }
    file.verify(&from)?;
    fs::copy(&from, part).map_err(|source| StoreError::Write {
        path: part.to_owned(),
        source,
    })?;
    file.verify(part)
}

/// Fetches a file, from where an earlier try ended. If the whole is not what it should be, what was there before this try
/// may be at fault: then once more from the beginning.
fn fetch(
    file: &VoiceFile,
    base: &str,
    idle: Duration,
    part: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StoreError> {
    let address = || {
        let mut base = Url::parse(base).ok()?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        base.join(&file.path)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
    };
    let url = address().ok_or_else(|| StoreError::Address(base.to_owned()))?;
    let resumed = fs::metadata(part).is_ok_and(|part| part.len() > 0);
    match complete(file, &url, idle, part, progress) {
        Err(StoreError::Size { .. } | StoreError::Md5 { .. }) if resumed => {
            remove(part)?;
            complete(file, &url, idle, part, progress)
        }
        other => other,
    }
    .inspect_err(|error| {
        // What is wrong to the last byte is no beginning of the right file.
        if matches!(error, StoreError::Size { .. } | StoreError::Md5 { .. }) {
            let _ = fs::remove_file(part);
        }
    })
}

fn remove(path: &Path) -> Result<(), StoreError> {
    fs::remove_file(path).map_err(|source| StoreError::Write {
        path: path.to_owned(),
        source,
    })
}

/// Fetches what is missing, again and again as long as something comes.
fn complete(
    file: &VoiceFile,
    url: &Url,
    idle: Duration,
    part: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StoreError> {
    let mut tries = 0;
    loop {
        let before = length(part);
        let failed = match append(file, url, idle, part, progress)? {
            Ok(()) if length(part) >= file.bytes => return file.verify(part),
            Ok(()) => None,
            Err(error) => Some(error),
        };
        tries = if length(part) > before { 0 } else { tries + 1 };
        if tries >= TRIES || failed.as_ref().is_some_and(is_final) {
            return match failed {
                Some(source) => Err(StoreError::Fetch {
                    name: file.name().to_owned(),
                    source: source.into(),
                }),
                None => file.verify(part),
            };
        }
    }
}

/// Whether asking again is useless.
fn is_final(error: &SourceError) -> bool {
    matches!(
        error,
        SourceError::NotFound { .. }
            | SourceError::Forbidden { .. }
            | SourceError::RateLimited { .. }
            | SourceError::Dns { .. }
            | SourceError::Refused { .. }
            | SourceError::Tls { .. }
            | SourceError::Redirects { .. }
            | SourceError::Status { .. }
    )
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

/// One connection: adds to the part what arrives. The outer error is the disk's, the inner one the network's.
fn append(
    file: &VoiceFile,
    url: &Url,
    idle: Duration,
    part: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Result<(), SourceError>, StoreError> {
    let fail = |source: io::Error| StoreError::Write {
        path: part.to_owned(),
        source,
    };
    let have = length(part);
    let from = if have < file.bytes { have } else { 0 };
    let mut rest = match download::rest_of(url, from, idle) {
        Ok(rest) => rest,
        Err(error) => return Ok(Err(error)),
    };
    let mut out = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(part)
        .map_err(fail)?;
    // A server that knows no ranges begins at the beginning; one that begins behind what is there would leave a hole.
    let mut done = rest.start.min(have);
    if rest.start > done {
        out.set_len(0).map_err(fail)?;
        return Ok(Ok(()));
    }
    out.set_len(done).map_err(fail)?;
    io::Seek::seek(&mut out, io::SeekFrom::Start(done)).map_err(fail)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = match rest.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) => return Ok(Err(error)),
        };
        out.write_all(&buffer[..count]).map_err(fail)?;
        done += count as u64;
        // One byte too many tells that it is another file; an endless one must not fill the disk.
        if done > file.bytes {
            break;
        }
        progress(Progress {
            name: file.name(),
            done,
            total: file.bytes,
        });
    }
    // Before the folder gets its name everything has to be on the disk.
    out.sync_all().map_err(fail)?;
    Ok(Ok(()))
}
