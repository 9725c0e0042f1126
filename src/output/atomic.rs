//! Files that are there whole or not at all.

use std::{
    fs::File,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::OutputError;

/// A file that is written beside its target and takes its place when it is whole.
///
/// Dropped without [`AtomicFile::commit`] it is removed; killed, the program leaves a hidden `.NAME.….part` behind and the
/// old target as it was.
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
        builder.prefix(&prefix).suffix(".part");
        #[cfg(unix)]
        {
            // A file like any other, not a private one: the system takes the umask off.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let temporary = builder.tempfile_in(directory).map_err(fail)?;
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

/// Writes a text file, whole or not at all.
///
/// # Errors
/// When the disk is full or the target cannot be replaced.
pub fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    let file = AtomicFile::create(path)?;
    file.handle()?
        .write_all(text.as_bytes())
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
