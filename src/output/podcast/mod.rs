//! A podcast as a folder of files that any web server can serve.
//!
//! ```text
//! podcast.toml            what the podcast is called and where it is served; may be edited
//! index.html  feed.xml    the episodes for people and for players
//! cover.jpg | cover.png   the picture, if somebody put one there
//! cover-drawn.png         one with the title, if not
//! episodes/NAME.json      what is known of an episode; all but the sound is made from it
//! episodes/NAME.mp3       the sound (or .opus)
//! episodes/NAME.html      the player that reads along
//! episodes/NAME.…         subtitles, transcript, chapters
//! ```
//!
//! Whoever changes the folder holds its lock. New files are there before the feed names them, and files go after the feed has
//! forgotten them, so that whatever is served is whole at any time; and as everything but the sound is made anew from
//! `podcast.toml` and the episodes' JSON each time, a run that was killed is made good by the next one.

mod episode;
mod feed;
mod page;
mod settings;
mod words;

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

pub use episode::{Audio, Enclosure, Episode, identity};
pub use settings::{Changes, Settings};

use super::{
    OutputError,
    atomic::{self, Workshop},
    cover::{self, Cover, CoverError},
    subtitles,
};

/// The folder of the episodes in the podcast's.
const EPISODES: &str = "episodes";

/// Names of a picture of the user's, the first that is there counts.
const COVERS: [&str; 2] = ["cover.jpg", "cover.png"];

/// Name of the picture that is drawn where there is no other.
const DRAWN: &str = "cover-drawn.png";

/// The endings that an episode's files can have, the one of its state first: without that the others are not its own any more.
const ENDINGS: [&str; 8] = [
    "json",
    "html",
    "transcript.html",
    "vtt",
    "srt",
    "chapters.json",
    "mp3",
    "opus",
];

/// What can go wrong with a podcast's folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PodcastError {
    /// The folder is missing, or no podcast was ever put there.
    #[error("{} is no podcast folder", path.display())]
    NotAPodcast {
        /// The folder.
        path: PathBuf,
    },
    /// Something that this program did not write has the name of a file that it would write.
    #[error("{} is there already, and no podcast.toml beside it", path.display())]
    Occupied {
        /// The file.
        path: PathBuf,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The folder cannot be locked.
    #[error("cannot lock {}", path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file cannot be removed.
    #[error("cannot remove {}", path.display())]
    Remove {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The state of an episode is not what this program wrote.
    #[error("{} is not as it was written", path.display())]
    Episode {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The settings are wrong.
    #[error("{} is wrong", path.display())]
    Settings {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// An episode that is not there.
    #[error("there is no episode {name:?}")]
    NoSuchEpisode {
        /// What was asked for.
        name: String,
    },
    /// The feed cannot be made.
    #[error("the feed cannot be written")]
    Feed {
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl PodcastError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NotAPodcast { .. } => Some("`vorleser podcast DIR add INPUT` begins one"),
            Self::Occupied { .. } => Some("give the podcast a folder of its own"),
            Self::NoSuchEpisode { .. } => {
                Some("`vorleser podcast DIR list` names the episodes that are there")
            }
            Self::Episode { .. } => Some("add the article again, or remove the file"),
            Self::Settings { .. } => Some("mend that line"),
            Self::Output(error) => error.hint(),
            _ => None,
        }
    }
}

/// An episode with the name of its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Name of its files without an ending.
    pub name: String,
    /// What is known of it.
    pub episode: Episode,
}

/// A podcast's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

/// The folder while nobody else changes it.
#[derive(Debug)]
pub struct Locked<'a> {
    folder: &'a Folder,
    /// Closing it frees the lock, whatever ends the program.
    _lock: File,
    settings: Settings,
    /// The newest first.
    entries: Vec<Entry>,
}

impl Folder {
    /// A folder that is a podcast's.
    ///
    /// # Errors
    /// [`PodcastError::NotAPodcast`].
    pub fn open(root: &Path) -> Result<Self, PodcastError> {
        if !root.join(settings::NAME).is_file() {
            return Err(PodcastError::NotAPodcast {
                path: root.to_owned(),
            });
        }
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// A folder that becomes a podcast's if it is none. The folder is made, but nothing is put into it yet but a place for the
    /// episodes.
    ///
    /// # Errors
    /// When it cannot be made, or holds a page or a feed of something else.
    pub fn open_or_create(root: &Path) -> Result<Self, PodcastError> {
        if !root.join(settings::NAME).exists() {
            for name in ["index.html", "feed.xml"] {
                let path = root.join(name);
                if path.exists() {
                    return Err(PodcastError::Occupied { path });
                }
            }
        }
        let path = root.join(EPISODES);
        fs::create_dir_all(&path).map_err(|source| OutputError::Create { path, source })?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// A private folder on the same disk, in which the sound grows. It is removed when it is dropped.
    ///
    /// # Errors
    /// When nothing can be written there.
    pub fn workshop(&self) -> Result<Workshop, PodcastError> {
        let path = self.root.join(EPISODES);
        let made = Workshop::create(&path);
        Ok(made.map_err(|source| OutputError::Create { path, source })?)
    }

    /// The episodes, the newest first. Needs no lock: every file is whole.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, PodcastError> {
        let directory = self.root.join(EPISODES);
        let fail = |source| PodcastError::Read {
            path: directory.clone(),
            source,
        };
        let mut entries = Vec::new();
        for file in fs::read_dir(&directory).map_err(fail)? {
            let file = file.map_err(fail)?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(".json"));
            // Hidden files are being written, and `NAME.chapters.json` is made from `NAME.json`.
            let Some(name) = name.filter(|name| !name.contains('.')) else {
                continue;
            };
            if let Some(episode) = Episode::load(&directory.join(&file))? {
                let name = name.to_owned();
                entries.push(Entry { name, episode });
            }
        }
        entries.sort_by(|a, b| {
            let key = |entry: &Entry| (entry.episode.added, entry.name.clone());
            key(b).cmp(&key(a))
        });
        Ok(entries)
    }

    /// Waits until nobody else changes the folder, and holds it from then on.
    ///
    /// # Errors
    /// When it cannot be written to, or what is there cannot be read.
    pub fn lock(&self) -> Result<Locked<'_>, PodcastError> {
        let path = self.root.join(".lock");
        let lock = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|source| OutputError::Create {
                path: path.clone(),
                source,
            })?;
        lock.lock()
            .map_err(|source| PodcastError::Lock { path, source })?;
        // What was being written when a run was killed, whatever it was to become.
        for directory in [&self.root, &self.root.join(EPISODES)] {
            atomic::sweep(directory, ".");
        }
        Ok(Locked {
            folder: self,
            _lock: lock,
            settings: Settings::load(&self.root)?,
            entries: self.entries()?,
        })
    }

    fn file(&self, name: &str, ending: &str) -> PathBuf {
        self.root.join(EPISODES).join(format!("{name}.{ending}"))
    }
}

impl Locked<'_> {
    /// The episodes, the newest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What the podcast is called and where it is served.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Takes new settings over; the pages and the feed follow with [`Locked::publish`].
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn change(&mut self, changes: &Changes) -> Result<(), PodcastError> {
        self.settings = Settings::change(&self.folder.root, changes)?;
        Ok(())
    }

    /// Puts an episode with its sound into the folder, in the place of the one with the same GUID if there is one: that keeps
    /// its name and its date. Gives the sound's new place, and whether it is new.
    ///
    /// # Errors
    /// When a file cannot be written; then the episode is not in the feed, or as it was before.
    pub fn put(
        &mut self,
        mut episode: Episode,
        sound: &Path,
    ) -> Result<(PathBuf, bool), PodcastError> {
        let old = self
            .entries
            .iter()
            .position(|entry| entry.episode.guid == episode.guid);
        let name = if let Some(old) = old {
            let old = self.entries.remove(old);
            episode.added = old.episode.added;
            old.name
        } else {
            // Players sort by dates that have no fractions of seconds, and what is added last comes first.
            let newest = self.entries.iter().map(|entry| entry.episode.added).max();
            if let Some(newest) = newest
                && episode.added < newest + jiff::SignedDuration::from_secs(1)
            {
                episode.added = newest + jiff::SignedDuration::from_secs(1);
            }
            self.free_name(&episode)
        };
        let target = self.folder.file(&name, episode.audio.kind.ending());
        fs::rename(sound, &target).map_err(|error| OutputError::write(&target, error))?;
        let state = self.folder.file(&name, "json");
        write(&state, episode.to_json())?;
        let place = self
            .entries
            .partition_point(|entry| entry.episode.added > episode.added);
        self.entries.insert(place, Entry { name, episode });
        Ok((target, old.is_none()))
    }

    /// A name that no other episode has.
    fn free_name(&self, episode: &Episode) -> String {
        let wanted = episode.file_stem();
        let taken: BTreeSet<&str> = self
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .collect();
        let mut name = wanted.clone();
        let mut number = 2;
        while taken.contains(name.as_str()) {
            name = format!("{wanted}-{number}");
            number += 1;
        }
        name
    }

    /// Writes the pages, the files beside the sound and, last, the feed. Files that would stay the same are left alone.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn publish(&self) -> Result<(), PodcastError> {
        let podcast = Podcast {
            settings: &self.settings,
            cover: match self.own_cover() {
                Some(name) => Some(name),
                None => self.draw_cover()?,
            },
        };
        for Entry { name, episode } in &self.entries {
            let put = |ending, text: &str| write(&self.folder.file(name, ending), text);
            put("vtt", &subtitles::web_vtt(&episode.timing))?;
            put("srt", &subtitles::sub_rip(&episode.timing))?;
            put("chapters.json", &episode.chapters_json())?;
            put("transcript.html", &page::transcript(podcast, episode))?;
            put("html", &page::episode(podcast, name, episode))?;
        }
        let root = &self.folder.root;
        write(
            &root.join("index.html"),
            page::index(podcast, &self.entries),
        )?;
        if let Some(base) = &self.settings.base_url {
            let feed = feed::feed(podcast, base, &self.entries)
                .map_err(|source| PodcastError::Feed { source })?;
            write(&root.join("feed.xml"), &feed)?;
        }
        Ok(())
    }

    /// The user's picture.
    fn own_cover(&self) -> Option<&'static str> {
        (COVERS.into_iter()).find(|name| self.folder.root.join(name).is_file())
    }

    /// Draws one with the title; without letters for it there is none.
    fn draw_cover(&self) -> Result<Option<&'static str>, PodcastError> {
        let Settings { title, author, .. } = &self.settings;
        let Some(cover) = Cover::draw_for_show(title, author.as_deref()) else {
            return Ok(None);
        };
        write(&self.folder.root.join(DRAWN), &cover.bytes)?;
        Ok(Some(DRAWN))
    }

    /// What is wrong with the user's picture, if there is one: its file, and why podcast directories will not take it.
    #[must_use]
    pub fn cover_fault(&self) -> Option<(PathBuf, CoverError)> {
        let path = self.folder.root.join(self.own_cover()?);
        let mut bytes = Vec::new();
        let file = File::open(&path).ok()?;
        file.take(cover::MOST_BYTES as u64 + 1)
            .read_to_end(&mut bytes)
            .ok()?;
        let checked = Cover::new(bytes).and_then(|cover| cover.check_for_show());
        Some((path, checked.err()?))
    }

    /// Publishes without some episodes: they go first from the feed and the pages, then their files, and no others.
    ///
    /// # Errors
    /// When a name is unknown (then all stay), or a file cannot be written or removed.
    pub fn remove(&mut self, names: &BTreeSet<String>) -> Result<(), PodcastError> {
        if let Some(name) =
            (names.iter()).find(|name| !self.entries.iter().any(|e| e.name == **name))
        {
            let name = name.clone();
            return Err(PodcastError::NoSuchEpisode { name });
        }
        self.entries.retain(|entry| !names.contains(&entry.name));
        self.publish()?;
        for name in names {
            for ending in ENDINGS {
                let path = self.folder.file(name, ending);
                match fs::remove_file(&path) {
                    Err(source) if source.kind() != io::ErrorKind::NotFound => {
                        return Err(PodcastError::Remove { path, source });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

/// What all pages and the feed know.
#[derive(Debug, Clone, Copy)]
struct Podcast<'a> {
    settings: &'a Settings,
    /// Name of the picture in the folder.
    cover: Option<&'static str>,
}

/// Writes a file, whole or not at all, unless it is there already.
fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), OutputError> {
    if fs::read(path).is_ok_and(|old| old == bytes.as_ref()) {
        return Ok(());
    }
    atomic::write(path, bytes)
}
