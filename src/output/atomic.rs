//! Files that are there whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::NamedTempFile;

use super::OutputError;

/// Ending of what is being written.
const PART: &str = ".part";

/// What distinguishes one temporary name from another has so many characters.
const RANDOM: usize = 6;

/// So long, what nobody holds may belong to a run that is just about to take hold of it.
const YOUNG: Duration = Duration::from_secs(10);

/// A file that is written beside its target and takes its place when it is whole.
///
/// Dropped without [`AtomicFile::commit`] it is removed; killed, the program leaves a hidden `.NAME.….part` behind and the
/// old target as it was. The next one that is started for the same target removes it: while a run lives, it holds a lock on
/// its own.
#[derive(Debug)]
pub struct AtomicFile {
    target: PathBuf,
    temporary: NamedTempFile,
}

impl AtomicFile {
    /// Starts a file. A target that is a symbolic link is followed, so that the link stays.
    ///
    /// # Errors
    /// When the target is a directory or nothing can be written beside it.
    pub fn create(target: &Path) -> Result<Self, OutputError> {
        let resolved = target.canonicalize().unwrap_or_else(|_| target.to_owned());
        if resolved.is_dir() {
            return Err(OutputError::IsDirectory {
                path: target.to_owned(),
            });
        }
        let fail = |source| OutputError::Create {
            path: target.to_owned(),
            source,
        };
        let Some(name) = resolved.file_name() else {
            return Err(fail(io::Error::from(io::ErrorKind::InvalidInput)));
        };
        // Someone who protected the old file does not want it replaced, although its directory allows that.
        if resolved.exists() {
            File::options().append(true).open(&resolved).map_err(fail)?;
        }
        let directory = match resolved.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // Names have at most 255 bytes; the temporary one must not be longer than the target's own.
        let stem: String = name.to_string_lossy().chars().take(40).collect();
        let mut builder = tempfile::Builder::new();
        let prefix = format!(".{stem}.");
        builder.prefix(&prefix).suffix(PART).rand_bytes(RANDOM);
        #[cfg(unix)]
        {
            // A file like any other, not a private one: the system takes the umask off.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        sweep(directory, &prefix);
        let temporary = builder.tempfile_in(directory).map_err(fail)?;
        hold(temporary.as_file());
        Ok(Self {
            target: resolved,
            temporary,
        })
    }

    /// The file as it grows, to be written to. Handles share one position.
    ///
    /// # Errors
    /// When the system gives no further handle.
    pub fn handle(&self) -> Result<File, OutputError> {
        self.temporary
            .as_file()
            .try_clone()
            .map_err(|error| OutputError::write(&self.target, error))
    }

    /// Where the file lies.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.temporary.path().parent().unwrap_or(Path::new("."))
    }

    /// Puts the file in its place, after it has reached the disk.
    ///
    /// # Errors
    /// When the disk is full or the target cannot be replaced.
    pub fn commit(self) -> Result<(), OutputError> {
        let Self { target, temporary } = self;
        temporary
            .as_file()
            .sync_all()
            .map_err(|error| OutputError::write(&target, error))?;
        temporary
            .persist(&target)
            .map_err(|error| OutputError::write(&target, error.error))?;
        Ok(())
    }

    /// As [`AtomicFile::commit`], unless something has taken the place in the meantime, such as another run; then this is
    /// dropped and the answer is no.
    ///
    /// # Errors
    /// When the disk is full or the file cannot take its place.
    pub fn commit_new(self) -> Result<bool, OutputError> {
        let Self { target, temporary } = self;
        temporary
            .as_file()
            .sync_all()
            .map_err(|error| OutputError::write(&target, error))?;
        match temporary.persist_noclobber(&target) {
            Ok(_) => Ok(true),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(OutputError::write(&target, error.error)),
        }
    }
}

/// Tells other runs that a file is being written. Where the file system has no locks, nobody removes anything.
fn hold(file: &File) {
    let _ = file.try_lock();
}

/// Removes from a directory what was to become a file whose temporary name begins so, and was left by runs that were killed.
/// What cannot be removed stays.
pub(super) fn sweep(directory: &Path, prefix: &str) {
    for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let random = (name.to_str())
            .and_then(|name| name.strip_prefix(prefix)?.strip_suffix(PART))
            .map(|random| random.rsplit('.').next().unwrap_or_default());
        if random.is_some_and(|random| {
            random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric())
        }) {
            remove_if_left(&entry.path());
        }
    }
}

/// Removes a file, or a folder with the files in it, unless it is young or a run that lives holds it.
fn remove_if_left(path: &Path) {
    let Ok(facts) = fs::symlink_metadata(path) else {
        return;
    };
    let is_old = facts
        .modified()
        .is_ok_and(|moment| moment.elapsed().is_ok_and(|age| age > YOUNG));
    let held = if facts.is_dir() {
        path.join(HELD)
    } else {
        path.to_owned()
    };
    if !is_old || facts.is_symlink() {
        return;
    }
    // A folder that was not held yet when its maker was killed has no such file.
    let is_free = match File::open(&held) {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => facts.is_dir() && error.kind() == io::ErrorKind::NotFound,
    };
    if is_free {
        let _ = if facts.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
    }
}

/// The file in a workshop that is locked while its run lives.
const HELD: &str = ".held";

/// A private folder in which files can grow on the disk where they will lie. It is removed when it is dropped, and, where the
/// program was killed, by the next one.
#[derive(Debug)]
pub struct Workshop {
    // Closed before the folder goes.
    _held: File,
    folder: tempfile::TempDir,
}

impl Workshop {
    /// Makes one in a directory.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub(super) fn create(directory: &Path) -> io::Result<Self> {
        sweep(directory, ".");
        let mut builder = tempfile::Builder::new();
        builder.prefix(".").suffix(PART).rand_bytes(RANDOM);
        let folder = builder.tempdir_in(directory)?;
        let held = File::create(folder.path().join(HELD))?;
        hold(&held);
        Ok(Self {
            _held: held,
            folder,
        })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Writes a small file, whole or not at all.
///
/// # Errors
/// When the disk is full or the target cannot be replaced.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), OutputError> {
    let file = AtomicFile::create(path)?;
    file.handle()?
        .write_all(bytes.as_ref())
        .map_err(|error| OutputError::write(path, error))?;
    file.commit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_old_file_stays_until_the_new_one_is_whole() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.wav");
        std::fs::write(&target, "old").unwrap();
        let file = AtomicFile::create(&target).unwrap();
        file.handle().unwrap().write_all(b"new").unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        file.commit().unwrap();
        assert_eq!(std::fs::read(&target).unwrap(), b"new");
        assert_eq!(names(directory.path()), ["a.wav"]);
    }

    #[test]
    fn what_came_first_stays() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.wav");
        for (text, won) in [("first", true), ("second", false)] {
            let file = AtomicFile::create(&target).unwrap();
            file.handle().unwrap().write_all(text.as_bytes()).unwrap();
            assert_eq!(file.commit_new().unwrap(), won);
        }
        assert_eq!(std::fs::read(&target).unwrap(), b"first");
        assert_eq!(names(directory.path()), ["a.wav"]);
    }

    #[test]
    fn dropped_it_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let target = directory.path().join("a.wav");
        std::fs::write(&target, "old").unwrap();
        let file = AtomicFile::create(&target).unwrap();
        file.handle().unwrap().write_all(b"new").unwrap();
        drop(file);
        assert_eq!(std::fs::read(&target).unwrap(), b"old");
        assert_eq!(names(directory.path()), ["a.wav"]);
    }

    /// Makes a file or folder look older than what may belong to a run that has just begun.
    fn age(path: &Path) {
        let moment = std::time::SystemTime::now() - YOUNG * 2;
        File::open(path).unwrap().set_modified(moment).unwrap();
    }

    #[test]
    fn what_killed_runs_left_goes_and_what_others_write_stays() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let running = AtomicFile::create(&at("a.wav")).unwrap();
        let running_name = running.temporary.path().to_owned();
        for (name, is_old) in [
            (".a.wav.abcdef.part", true),
            (".a.wav.young1.part", false),
            (".a.wav.my-own-file.part", true),
            (".b.wav.abcdef.part", true),
            ("a.wav", true),
        ] {
            fs::write(at(name), name).unwrap();
            if is_old {
                age(&at(name));
            }
        }
        age(&running_name);
        let second = AtomicFile::create(&at("a.wav")).unwrap();
        assert!(!at(".a.wav.abcdef.part").exists());
        let (first, second_name) = (running_name, second.temporary.path().to_owned());
        let mut wanted: Vec<_> = [first, second_name]
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        let others = [
            ".a.wav.my-own-file.part",
            ".a.wav.young1.part",
            ".b.wav.abcdef.part",
            "a.wav",
        ];
        wanted.extend(others.map(str::to_owned));
        wanted.sort();
        assert_eq!(names(directory.path()), wanted);
        running.commit().unwrap();
        second.commit().unwrap();
    }

    #[test]
    fn workshops_of_killed_runs_go_and_those_of_others_stay() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        let running = Workshop::create(directory.path()).unwrap();
        for (name, file) in [
            (".killed.part", HELD),
            (".early1.part", "sound"),
            (".young1.part", HELD),
        ] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join(file), "").unwrap();
        }
        for path in [
            at(".killed.part"),
            at(".early1.part"),
            running.path().to_owned(),
        ] {
            age(&path);
        }
        let second = Workshop::create(directory.path()).unwrap();
        assert!(running.path().join(HELD).exists() && second.path().exists());
        assert!(!at(".killed.part").exists() && !at(".early1.part").exists());
        assert!(at(".young1.part").exists());
        drop((running, second));
        assert_eq!(names(directory.path()), [".young1.part"]);
    }

    #[test]
    fn directories_and_missing_directories_are_told_apart() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(
            AtomicFile::create(directory.path()),
            Err(OutputError::IsDirectory { .. })
        ));
        assert!(matches!(
            AtomicFile::create(&directory.path().join("no/a.wav")),
            Err(OutputError::Create { .. })
        ));
    }

    #[test]
    fn long_names_and_names_that_are_not_plain_work() {
        let directory = tempfile::tempdir().unwrap();
        for name in [
            "ä".repeat(120) + ".wav",
            "🎧 Bericht.wav".into(),
            "a b'c.wav".into(),
        ] {
            let target = directory.path().join(&name);
            AtomicFile::create(&target).unwrap().commit().unwrap();
            assert!(target.exists(), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let directory = tempfile::tempdir().unwrap();
        let (real, link) = (
            directory.path().join("real.wav"),
            directory.path().join("link.wav"),
        );
        std::fs::write(&real, "old").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let file = AtomicFile::create(&link).unwrap();
        file.handle().unwrap().write_all(b"new").unwrap();
        file.commit().unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"new");
    }
}
