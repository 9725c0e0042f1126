//! Where the listener was in which article: small files in the state directory.

use super::private;
use etcetera::BaseStrategy;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};
use vorleser::{Script, source::Input};

/// How many articles are remembered; the ones that were not heard for longest are forgotten.
const MOST: usize = 100;

/// Longest file that is believed, in bytes.
const LONGEST: u64 = 16 << 20;

/// A place in an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bookmark {
    /// Which article, as [`source_of`] names it.
    pub source: String,
    /// Its title.
    pub title: Option<String>,
    /// Number of the utterance, counted from 0.
    pub index: usize,
    /// Its written form, to find it again when the article has changed.
    pub text: String,
    /// How many utterances there are.
    pub count: usize,
    /// Id of the voice.
    pub voice: String,
    /// Speed, pitch and volume.
    pub rate: f32,
    pub pitch: f32,
    pub volume: f32,
    /// Whether it was heard to the end.
    pub finished: bool,
    /// When it was saved.
    pub saved: Timestamp,
}

impl Bookmark {
    /// Where to go on in `script`: the same utterance, or the nearest with the same text; `None` when it was heard to the end
    /// or is not there any more.
    pub fn place_in(&self, script: &Script) -> Option<usize> {
        if self.finished || self.index == 0 {
            return None;
        }
        let here = script.utterances.iter().enumerate();
        here.filter(|(_, u)| u.shown == self.text)
            .map(|(index, _)| index)
            .min_by_key(|index| index.abs_diff(self.index))
    }
}

/// The directory with all of them. For each article there is the place, and beside it the script, so that it can be gone on
/// with at once, without network, and when it came through a pipe.
#[derive(Debug, Clone)]
pub struct Bookmarks {
    directory: PathBuf,
}

impl Bookmarks {
    /// Those of the user; `None` for a user without a home.
    pub fn of_user() -> Option<Self> {
        let strategy = etcetera::choose_base_strategy().ok()?;
        let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
        Some(Self::in_directory(state.join("vorleser").join("places")))
    }

    /// Those in a directory, which need not be there yet.
    pub fn in_directory(directory: PathBuf) -> Self {
        Self { directory }
    }

    /// The place in an article. A file that cannot be read counts as none.
    pub fn find(&self, source: &str) -> Option<Bookmark> {
        read::<Bookmark>(&self.place(source)).filter(|found| found.source == source)
    }

    /// The article heard last that was not heard to the end.
    pub fn last(&self) -> Option<Bookmark> {
        self.all()
            .into_iter()
            .filter_map(|(_, path)| read::<Bookmark>(&path))
            .filter(|bookmark| !bookmark.finished)
            .max_by_key(|bookmark| bookmark.saved)
    }

    /// What was being read when the place was saved.
    pub fn script(&self, source: &str) -> Option<Script> {
        read(&self.script_path(source))
    }

    /// Remembers a place. The file is whole at any moment, whatever happens to the program.
    ///
    /// # Errors
    /// When the directory or the file cannot be written.
    pub fn save(&self, bookmark: &Bookmark) -> io::Result<()> {
        self.write(&self.place(&bookmark.source), bookmark)
    }

    /// Remembers what is being read, and forgets the oldest articles beyond a hundred.
    ///
    /// # Errors
    /// When the directory or the file cannot be written.
    pub fn keep_script(&self, source: &str, script: &Script) -> io::Result<()> {
        self.write(&self.script_path(source), script)?;
        let mut all = self.all();
        all.sort();
        for (_, path) in &all[..all.len().saturating_sub(MOST - 1)] {
            if *path != self.place(source) {
                let _ = fs::remove_file(path.with_extension("script"));
                let _ = fs::remove_file(path);
            }
        }
        Ok(())
    }

    /// The files with places, each with the time of its last change.
    fn all(&self) -> Vec<(SystemTime, PathBuf)> {
        let Ok(entries) = fs::read_dir(&self.directory) else {
            return Vec::new();
        };
        entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let path = entry.path();
                let place = path.extension().is_some_and(|e| e == "place");
                place.then(|| Some((entry.metadata().ok()?.modified().ok()?, path)))?
            })
            .collect()
    }

    fn place(&self, source: &str) -> PathBuf {
        self.directory.join(format!("{:016x}.place", hash(source)))
    }

    fn script_path(&self, source: &str) -> PathBuf {
        self.place(source).with_extension("script")
    }

    fn write(&self, path: &Path, value: &impl Serialize) -> io::Result<()> {
        fs::create_dir_all(&self.directory)?;
        private::json(&self.directory, value)?.persist(path)?;
        Ok(())
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    if fs::metadata(path).ok()?.len() > LONGEST {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The name under which the place in an article is remembered: its address without the fragment, the whole path of its file,
/// or, of what came through a pipe, a fingerprint of what is said.
pub fn source_of(input: &Input, script: &Script) -> String {
    match input {
        Input::Url(address) => {
            let mut address = address.clone();
            address.set_fragment(None);
            address.into()
        }
        Input::File(path) => {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            path.to_string_lossy().into_owned()
        }
        Input::Stdin => {
            let text: String = script.utterances.iter().map(|u| u.text.as_str()).collect();
            format!("text:{:016x}", hash(&text))
        }
    }
}

/// FNV-1a, 64 bits: the same in every version of this program, which the hasher of the standard library is not.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Result;
    use vorleser::{
        Role, Utterance,
        script::{Origin, Part},
    };

    fn script(texts: &[&str]) -> Script {
        let utterance = |text: &&str| Utterance {
            text: (*text).to_owned(),
            respelled: None,
            shown: (*text).to_owned(),
            language: "de".to_owned(),
            role: Role::Body,
            pause_after_ms: 0,
            sentence: 0,
            origin: Origin {
                part: Part::Block(0),
                range: 0..0,
            },
            rewrites: Vec::new(),
        };
        Script {
            title: None,
            language: "de".to_owned(),
            utterances: texts.iter().map(utterance).collect(),
        }
    }

    fn bookmark(source: &str, index: usize, second: i64) -> Bookmark {
        Bookmark {
            source: source.to_owned(),
            title: Some("Titel".to_owned()),
            index,
            text: "Zwei.".to_owned(),
            count: 3,
            voice: "pico-de".to_owned(),
            rate: 1.0,
            pitch: 1.0,
            volume: 1.0,
            finished: false,
            saved: Timestamp::from_second(second).expect("a time"),
        }
    }

    #[test]
    fn places_are_found_again_and_the_last_is_the_newest_unfinished() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let bookmarks = Bookmarks::in_directory(directory.path().join("new").join("places"));
        assert_eq!(bookmarks.last(), None);
        bookmarks.save(&bookmark("a", 1, 10))?;
        bookmarks.save(&bookmark("b", 2, 20))?;
        let done = Bookmark {
            finished: true,
            ..bookmark("c", 2, 30)
        };
        bookmarks.save(&done)?;
        assert_eq!(bookmarks.find("a"), Some(bookmark("a", 1, 10)));
        assert_eq!(bookmarks.find("d"), None);
        assert_eq!(bookmarks.last(), Some(bookmark("b", 2, 20)));
        let text = script(&["Eins.", "Zwei."]);
        bookmarks.keep_script("b", &text)?;
        assert_eq!(bookmarks.script("b"), Some(text));
        // A broken file is no place, and no failure.
        fs::write(bookmarks.place("b"), "{\"source\":")?;
        assert_eq!(bookmarks.last(), Some(bookmark("a", 1, 10)));
        Ok(())
    }

    #[test]
    fn the_place_moves_with_its_sentence() {
        let place = |texts: &[&str]| bookmark("a", 1, 0).place_in(&script(texts));
        assert_eq!(place(&["Eins.", "Zwei.", "Drei."]), Some(1));
        assert_eq!(place(&["Neu.", "Eins.", "Zwei.", "x", "Zwei."]), Some(2));
        assert_eq!(place(&["Eins.", "Drei."]), None);
    }

    #[test]
    fn the_number_of_articles_is_bounded() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let bookmarks = Bookmarks::in_directory(directory.path().to_owned());
        for n in 0..120 {
            let source = format!("https://example.org/{n}");
            bookmarks.keep_script(&source, &script(&["Eins."]))?;
            bookmarks.save(&bookmark(&source, 1, n))?;
        }
        let files = fs::read_dir(directory.path())?.count();
        assert!(files <= 2 * MOST, "{files} files");
        assert!(
            bookmarks
                .find(&format!("https://example.org/{}", 119))
                .is_some()
        );
        Ok(())
    }
}
