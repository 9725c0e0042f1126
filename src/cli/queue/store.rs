//! The reading list on disk: `list.json` with the order, and for each article a file, so that playing needs no network.
//!
//! Every file is replaced as a whole, an article is there before the list names it and goes after the list has forgotten it, and
//! a lock keeps two runs from changing the list at once: whatever ends the program, the list is right.

use crate::cli::{locales::t, private};
use anyhow::{Context, Result};
use etcetera::BaseStrategy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};
use vorleser::Article;

/// One article of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Names its file; never used twice.
    pub id: u64,
    /// Address or file that it came from; `-` for standard input.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// When it was added.
    pub added: Timestamp,
    /// When it was heard to the end.
    pub heard: Option<Timestamp>,
}

/// The whole list in order.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct List {
    next: u64,
    pub entries: Vec<Entry>,
}

/// The directory of the list.
pub struct Store {
    directory: PathBuf,
}

impl Store {
    /// The user's own.
    pub fn of_user() -> Result<Self> {
        let base = etcetera::choose_base_strategy().with_context(|| t!("queue-no-home"))?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Ok(Self {
            directory: state.join("vorleser").join("queue"),
        })
    }

    /// The list as it is.
    pub fn list(&self) -> Result<List> {
        let path = self.directory.join("list.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .with_context(|| t!("queue-damaged", path = path.display().to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(List::default()),
            Err(error) => {
                Err(error).with_context(|| t!("cannot-read", file = path.display().to_string()))
            }
        }
    }

    /// Changes the list while nobody else does.
    pub fn change<T>(&self, change: impl FnOnce(&mut List) -> Result<T>) -> Result<T> {
        let failed = || {
            t!(
                "queue-not-written",
                path = self.directory.display().to_string()
            )
        };
        let lock = self.lock_file("lock").with_context(failed)?;
        lock.lock().with_context(failed)?;
        let mut list = self.list()?;
        let done = change(&mut list)?;
        self.write(&self.directory.join("list.json"), &list)
            .with_context(failed)?;
        self.sweep(&list);
        Ok(done)
    }

    /// Adds an article at the end. One that is there and not yet heard is replaced where it stands. Says its number.
    pub fn add(&self, source: &str, article: &Article) -> Result<usize> {
        self.change(|list| {
            let entry = Entry {
                id: list.next,
                source: source.to_owned(),
                title: article.title.clone(),
                added: Timestamp::now(),
                heard: None,
            };
            list.next += 1;
            let failed = || {
                t!(
                    "queue-not-written",
                    path = self.directory.display().to_string()
                )
            };
            self.write(&self.article_path(entry.id), article)
                .with_context(failed)?;
            let same = |old: &Entry| old.source == source && source != "-";
            list.entries
                .retain(|old| !(same(old) && old.heard.is_some()));
            if let Some(place) = list.entries.iter().position(same) {
                list.entries[place] = entry;
                return Ok(place + 1);
            }
            list.entries.push(entry);
            Ok(list.entries.len())
        })
    }

    /// The prepared article.
    pub fn article(&self, entry: &Entry) -> Result<Article> {
        let path = self.article_path(entry.id);
        let name = || t!("cannot-read", file = path.display().to_string());
        serde_json::from_slice(&fs::read(&path).with_context(name)?).with_context(name)
    }

    /// The right to play; `None` while another run has it.
    pub fn playing(&self) -> Result<Option<File>> {
        let failed = || {
            t!(
                "queue-not-written",
                path = self.directory.display().to_string()
            )
        };
        let lock = self.lock_file("playing.lock").with_context(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error).with_context(failed),
        }
    }

    fn lock_file(&self, name: &str) -> io::Result<File> {
        fs::create_dir_all(&self.directory)?;
        let mut options = File::options();
        options.create(true).truncate(false).write(true);
        options.open(self.directory.join(name))
    }

    fn article_path(&self, id: u64) -> PathBuf {
        self.directory.join(format!("{id}.article.json"))
    }

    /// Writes a file as a whole.
    fn write(&self, path: &Path, value: &impl Serialize) -> io::Result<()> {
        let file = private::json(&self.directory, value)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }

    /// Removes articles that the list does not name any more, whatever they were left by.
    fn sweep(&self, list: &List) {
        for entry in fs::read_dir(&self.directory)
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            let left = name
                .strip_suffix(".article.json")
                .and_then(|id| id.parse().ok())
                .is_some_and(|id: u64| list.entries.iter().all(|entry| entry.id != id));
            if left {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}
