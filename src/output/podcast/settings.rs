//! `podcast.toml`: what the podcast is called and where it is served.

use std::{fs, io, path::Path};

use serde::Deserialize;
use toml_edit::{DocumentMut, value};
use url::Url;
use uuid::Uuid;

use super::PodcastError;

/// Its name in the folder.
pub(super) const NAME: &str = "podcast.toml";

/// What a new podcast begins with.
const NEW: &str = include_str!("podcast.toml");

/// Name space of `podcast:guid` (Podcasting 2.0, tag `guid`).
const NAME_SPACE: Uuid = Uuid::from_u128(0xead4_c236_bf58_58c6_a2c6_a6b2_8d12_8cb6);

/// The settings of a podcast.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who makes it.
    #[serde(default)]
    pub author: Option<String>,
    /// BCP 47 tag of its language; the words of the pages follow it.
    pub language: String,
    /// One of Apple's categories.
    pub category: String,
    /// Whether it is unfit for children.
    #[serde(default)]
    pub explicit: bool,
    /// Address under which the folder is served, with a slash at its end. Without it there is no feed.
    #[serde(default)]
    pub base_url: Option<Url>,
    /// `podcast:guid`: made from the first address of the feed, and kept when that changes.
    #[serde(default)]
    pub guid: Option<Uuid>,
}

/// What is to be set; `None` leaves a setting as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// [`Settings::title`].
    pub title: Option<String>,
    /// [`Settings::base_url`].
    pub base_url: Option<Url>,
}

impl Settings {
    /// Reads the settings of a folder; those of a new podcast if there are none.
    pub(super) fn load(root: &Path) -> Result<Self, PodcastError> {
        Self::parse(root, &text(root)?)
    }

    fn parse(root: &Path, text: &str) -> Result<Self, PodcastError> {
        let settings: Result<Self, _> = toml::from_str(text);
        settings.map_err(|source| PodcastError::Settings {
            path: root.join(NAME),
            source: Box::new(source),
        })
    }

    /// Writes changes into the settings of a folder, leaving all else as the user wrote it, and gives the settings.
    pub(super) fn change(root: &Path, changes: &Changes) -> Result<Self, PodcastError> {
        let mut text = text(root)?;
        let before = Self::parse(root, &text)?;
        // What could be parsed above can be parsed here, too.
        if let Ok(mut document) = text.parse::<DocumentMut>() {
            if let Some(title) = &changes.title {
                document["title"] = value(title);
            }
            if let Some(base) = &changes.base_url {
                let base = with_slash(base.clone());
                if before.guid.is_none() {
                    document["guid"] = value(guid(&base).to_string());
                }
                document["base_url"] = value(base.as_str());
            }
            text = document.to_string();
        }
        super::write(&root.join(NAME), &text)?;
        Self::parse(root, &text)
    }
}

/// The text of the settings file.
fn text(root: &Path) -> Result<String, PodcastError> {
    let path = root.join(NAME);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(NEW.to_owned()),
        Err(source) => Err(PodcastError::Read { path, source }),
    }
}

/// The address as that of a folder: what is joined to it lies in it.
fn with_slash(mut base: Url) -> Url {
    base.set_query(None);
    base.set_fragment(None);
    if !base.path().ends_with('/') {
        let path = format!("{}/", base.path());
        base.set_path(&path);
    }
    base
}

/// Version 5 of the feed's address without its scheme, as the tag `podcast:guid` wants it.
fn guid(base: &Url) -> Uuid {
    let feed = format!("{base}feed.xml");
    let feed = feed
        .split_once("://")
        .map_or(feed.as_str(), |(_, rest)| rest);
    Uuid::new_v5(&NAME_SPACE, feed.trim_end_matches('/').as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_podcast_has_sound_settings() {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings::load(directory.path()).unwrap();
        assert_eq!(
            (settings.language.as_str(), settings.base_url),
            ("de", None)
        );
    }

    #[test]
    fn the_guid_is_that_of_the_specification_and_stays() {
        // The example of the Podcasting 2.0 namespace, tag `guid`.
        let example = Uuid::new_v5(&NAME_SPACE, b"podnews.net/rss");
        assert_eq!(example.to_string(), "9b024349-ccf0-5f69-a609-6b82873eab3c");

        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let change = |address: &str| {
            let base_url = Some(address.parse().unwrap());
            let changes = Changes {
                base_url,
                ..Changes::default()
            };
            Settings::change(root, &changes).unwrap()
        };
        let first = change("https://a.example/vorgelesen");
        assert_eq!(
            first.base_url.unwrap().as_str(),
            "https://a.example/vorgelesen/"
        );
        let second = change("https://b.example/");
        assert_eq!(first.guid, second.guid);
    }

    #[test]
    fn changes_leave_the_rest_of_the_file_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(NAME);
        fs::write(&path, NEW.replace("category = ", "# mine\ncategory = ")).unwrap();
        let title = Some("Zeitung \"am\" Morgen\n[x]".to_owned());
        let changes = Changes {
            title: title.clone(),
            ..Changes::default()
        };
        assert_eq!(
            Some(Settings::change(directory.path(), &changes).unwrap().title),
            title
        );
        assert!(fs::read_to_string(&path).unwrap().contains("# mine\n"));
        fs::write(&path, "titel = 3").unwrap();
        let wrong = Settings::load(directory.path());
        assert!(
            matches!(wrong, Err(PodcastError::Settings { .. })),
            "{wrong:?}"
        );
    }
}
