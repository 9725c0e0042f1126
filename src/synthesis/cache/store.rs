//! A folder of entries that any number of runs can share: each appears whole or not at all, and what is damaged is seen.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

/// First bytes of an entry; another number whenever the layout, or what is done to the sound before it is kept, changes.
pub(super) const MARK: [u8; 8] = *b"vorles01";

/// Length of mark and checksum.
const HEAD: usize = 8 + 16;

/// Longest entry, in bytes (half an hour of sound at 22 kHz): a damaged or foreign file must not fill the memory.
const MOST_BYTES: u64 = 80 << 20;

/// The part of the limit, one in so many, that is freed when it is reached: not every new sentence costs a look at all.
const FREED: u64 = 5;

/// A folder of spoken sentences. Clones are the same one.
#[derive(Debug, Clone)]
pub struct Cache(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    limit: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Bytes in the folder, as far as this run knows; `None` before they were counted.
    size: Option<u64>,
    /// Something went wrong, and nothing more is kept.
    off: bool,
    /// What it was, until somebody asks.
    trouble: Option<io::Error>,
}

/// How much a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Sentences.
    pub entries: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Cache {
    /// The cache in a folder, which is made when it is needed, holding at most `limit` bytes.
    #[must_use]
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self(Arc::new(Inner {
            folder,
            limit,
            state: Mutex::default(),
        }))
    }

    /// What went wrong, once; from then on nothing more is kept.
    #[must_use]
    pub fn take_trouble(&self) -> Option<io::Error> {
        self.state().trouble.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, key: &str) -> PathBuf {
        let (first, rest) = key.split_at(2);
        self.0.folder.join(first).join(rest)
    }

    /// What is kept under this key. That it is used makes it young again.
    pub(super) fn get(&self, key: &str) -> Option<Vec<u8>> {
        let mut file = File::open(self.path(key)).ok()?;
        let size = file.metadata().ok()?.len();
        let mut bytes = Vec::with_capacity(size.min(MOST_BYTES) as usize);
        (&mut file).take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        let (head, _) = bytes.split_first_chunk::<HEAD>()?;
        if head[..8] != MARK || head[8..] != checksum(&bytes[HEAD..]) {
            return None;
        }
        // A cache that cannot be written is still one that can be read.
        let _ = file.set_modified(SystemTime::now());
        bytes.drain(..HEAD);
        Some(bytes)
    }

    /// Keeps something under a key.
    pub(super) fn put(&self, key: &str, bytes: &[u8]) {
        let mut state = self.state();
        if state.off {
            return;
        }
        let done = self.write(key, bytes).and_then(|()| {
            let size = match state.size {
                Some(size) => size + (HEAD + bytes.len()) as u64,
                None => size(&self.0.folder)?.bytes,
            };
            let size = if size > self.0.limit {
                shrink(&self.0.folder, self.0.limit - self.0.limit / FREED)?
            } else {
                size
            };
            state.size = Some(size);
            Ok(())
        });
        state.trouble = done.err();
        state.off = state.trouble.is_some();
    }

    fn write(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.0.folder);
        make(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".part-")
            .tempfile_in(folder)?;
        file.write_all(&[&MARK[..], &checksum(bytes), bytes].concat())?;
        file.persist(&path)?;
        Ok(())
    }
}

/// Makes a folder that only its owner can look into: what somebody has read to them is nobody else's business.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How much a cache holds; one that is not there holds nothing.
///
/// # Errors
/// When it cannot be read.
pub fn size(folder: &Path) -> io::Result<Size> {
    Ok(files(folder)?
        .iter()
        .fold(Size::default(), |size, file| Size {
            entries: size.entries + u64::from(file.is_entry),
            bytes: size.bytes + file.bytes,
        }))
}

/// Removes everything, and gives how much that was.
///
/// # Errors
/// When it cannot be read or removed.
pub fn clear(folder: &Path) -> io::Result<Size> {
    let all = size(folder)?;
    for file in files(folder)? {
        remove(&file.path)?;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_shelf(&entry.path()) {
            // Another run may just have put something in.
            let _ = fs::remove_dir(entry.path());
        }
    }
    Ok(all)
}

/// A file of a cache.
struct Kept {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
    /// A sentence: not one that is, or was, being written, and not a level.
    is_entry: bool,
}

/// All files in the folders that a cache makes; others are none of its business.
fn files(folder: &Path) -> io::Result<Vec<Kept>> {
    let shelves = match fs::read_dir(folder) {
        Ok(shelves) => shelves,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for shelf in shelves {
        let shelf = shelf?.path();
        if !is_shelf(&shelf) {
            continue;
        }
        for entry in fs::read_dir(shelf)? {
            let entry = entry?;
            // What another run has just removed is no longer there.
            let Ok(facts) = entry.metadata() else {
                continue;
            };
            files.push(Kept {
                bytes: facts.len(),
                used: facts.modified()?,
                is_entry: !entry.file_name().to_string_lossy().contains('.'),
                path: entry.path(),
            });
        }
    }
    Ok(files)
}

/// The folders of a cache have two hexadecimal digits.
fn is_shelf(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit()) && path.is_dir()
}

/// Removes what was not used for longest, until no more than `bytes` are left, and gives how much is left.
fn shrink(folder: &Path, bytes: u64) -> io::Result<u64> {
    let mut files = files(folder)?;
    files.sort_by_key(|file| file.used);
    let mut left = files.iter().map(|file| file.bytes).sum::<u64>();
    for file in files {
        if left <= bytes {
            break;
        }
        remove(&file.path)?;
        left -= file.bytes;
    }
    Ok(left)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn checksum(bytes: &[u8]) -> [u8; 16] {
    let hash = blake3::hash(bytes);
    let mut sum = [0; 16];
    sum.copy_from_slice(&hash.as_bytes()[..16]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn beyond_the_limit_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let one = vec![1; 20_000];
        let bytes = (HEAD + one.len()) as u64;
        let cache = Cache::new(folder.path().into(), bytes * 10);
        let key = |n: usize| blake3::hash(&n.to_le_bytes()).to_hex().to_string();
        let age = |n: usize, seconds| {
            let file = File::open(cache.path(&key(n))).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(seconds))
                .unwrap();
        };
        for n in 0..10 {
            cache.put(&key(n), &one);
            age(n, 1000 - n as u64);
        }
        assert_eq!(size(folder.path()).unwrap().entries, 10);
        // The oldest is used again, and so is not the oldest any more.
        assert!(cache.get(&key(0)).is_some());
        cache.put(&key(10), &one);
        let kept: Vec<_> = (0..11).filter(|n| cache.get(&key(*n)).is_some()).collect();
        assert_eq!(kept, [0, 4, 5, 6, 7, 8, 9, 10]);
        assert!(size(folder.path()).unwrap().bytes <= bytes * 8);

        fs::write(folder.path().join("foreign"), "stays").unwrap();
        assert_eq!(clear(folder.path()).unwrap().entries, 8);
        assert_eq!(size(folder.path()).unwrap(), Size::default());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(size(&folder.path().join("no")).unwrap(), Size::default());
    }
}
