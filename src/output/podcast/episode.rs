//! What is known of an episode, as it is kept beside its sound.

use std::{collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::PodcastError;
use crate::{
    article::Article,
    output::{
        tags::{Chapter, Tags, chapters_json},
        timing::Timing,
    },
    script::Script,
};

/// The form of the file; one of a later form is refused, not misread.
const VERSION: u32 = 1;

/// What is known of an episode. The sound is beside it; everything else is made from this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Episode {
    version: u32,
    /// Names the episode for players, for ever. The same article has the same one ([`identity`]).
    pub guid: Uuid,
    /// When it was first put into the podcast; the date that players sort by. Whole seconds.
    pub added: jiff::Timestamp,
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub authors: Option<String>,
    /// The publication.
    pub publisher: Option<String>,
    /// Day on which the article was published.
    pub published: Option<jiff::civil::Date>,
    /// Address of the article, `http` or `https`.
    pub url: Option<String>,
    /// The lead.
    pub summary: Option<String>,
    /// The sound.
    pub audio: Audio,
    /// The chapters.
    pub chapters: Vec<Chapter>,
    /// Sentences in another language than the article's, by their number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub languages: BTreeMap<u32, String>,
    /// When which sentence is heard.
    pub timing: Timing,
}

/// The sound of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audio {
    /// Its format.
    pub kind: Enclosure,
    /// Its length, in bytes.
    pub bytes: u64,
}

/// Formats of an episode's sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enclosure {
    /// MP3.
    Mp3,
    /// Opus in Ogg.
    Opus,
}

impl Enclosure {
    /// The format of [`Format::COMMON`](crate::output::format::Format::COMMON): every player takes MP3; without LAME it is Opus,
    /// which Apple's do not take.
    pub const COMMON: Self = if cfg!(feature = "mp3") {
        Self::Mp3
    } else {
        Self::Opus
    };

    /// The ending of the file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Mp3 => "mp3",
            Self::Opus => "opus",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Opus => "audio/ogg",
        }
    }
}

impl Episode {
    /// An episode of an article that was spoken. `identity` is what [`identity`] gives, `now` when it is added.
    #[must_use]
    pub fn new(
        identity: &str,
        now: jiff::Timestamp,
        tags: Tags,
        audio: Audio,
        script: &Script,
        timing: Timing,
    ) -> Self {
        let now = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self {
            version: VERSION,
            guid: Uuid::new_v5(&Uuid::NAMESPACE_URL, identity.as_bytes()),
            added: now,
            title: tags.title,
            authors: tags.artist,
            publisher: tags.publisher,
            published: tags.date.and_then(|day| day.parse().ok()),
            // A page may claim any address; only these are safe to click on.
            url: tags.url.filter(|url| is_web(url)),
            summary: tags.comment,
            audio,
            chapters: tags.chapters,
            languages: languages(script),
            timing,
        }
    }

    /// Reads one; `None` when it has just been removed.
    pub(super) fn load(path: &Path) -> Result<Option<Self>, PodcastError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => {
                let path = path.to_owned();
                return Err(PodcastError::Read { path, source });
            }
        };
        let episode: Result<Self, _> = serde_json::from_slice(&bytes);
        let episode = episode.and_then(|episode| {
            if episode.version == VERSION {
                Ok(episode)
            } else {
                let version = episode.version;
                Err(serde::de::Error::custom(format!(
                    "the form {version} is not known"
                )))
            }
        });
        match episode {
            Ok(episode) => Ok(Some(episode)),
            Err(source) => Err(PodcastError::Episode {
                path: path.to_owned(),
                source,
            }),
        }
    }

    pub(super) fn to_json(&self) -> String {
        // Text, numbers and maps with plain keys: nothing that JSON could not hold.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    pub(super) fn chapters_json(&self) -> String {
        chapters_json(self.title.as_deref(), &self.chapters).unwrap_or_default()
    }

    /// The headline, or the beginning of the text.
    #[must_use]
    pub fn title(&self) -> String {
        let first = || {
            self.timing
                .sentences
                .iter()
                .find(|s| !s.text.trim().is_empty())
        };
        match &self.title {
            Some(title) => title.clone(),
            None => first().map_or_else(
                || self.added.strftime("%F").to_string(),
                |sentence| shorten(&sentence.text, 80),
            ),
        }
    }

    /// The BCP 47 tag of the article's language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.timing.language
    }

    /// Name of its files without an ending.
    pub(super) fn file_stem(&self) -> String {
        let date = self.published.map(|day| day.to_string());
        crate::output::name::stem(
            date.as_deref(),
            self.title.as_deref(),
            &self.guid.to_string(),
        )
    }
}

/// What makes an article the same one when it comes again: the address that the page gives for itself or, else, from which it
/// came. What has neither is the same when the headline is and the file (`place`) or, from standard input, the first paragraph.
#[must_use]
pub fn identity(article: &Article, place: Option<&str>) -> String {
    let own = article.url.as_deref().filter(|url| is_web(url));
    if let Some(address) = own.or(place.filter(|place| is_web(place))) {
        let end = address.find('#').unwrap_or(address.len());
        return address[..end].to_owned();
    }
    let first = article
        .lead
        .first()
        .or(article.blocks.first().map(|block| &block.text));
    let place = place.or(first.map(|text| text.text.as_str()));
    let title = article.title.as_deref().unwrap_or_default();
    format!("{title}\n{}", place.unwrap_or_default())
}

fn is_web(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

/// At most `most` characters, cut at a word.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!(
        "{} …",
        cut[..end]
            .trim_end_matches([',', ';', ':', '–', '-'])
            .trim_end()
    )
}

/// The sentences all of whose utterances are in one other language than the script's.
fn languages(script: &Script) -> BTreeMap<u32, String> {
    let mut languages: BTreeMap<u32, Option<&str>> = BTreeMap::new();
    for utterance in &script.utterances {
        let own = utterance.language.as_str();
        languages
            .entry(utterance.sentence)
            .and_modify(|other| *other = other.filter(|other| *other == own))
            .or_insert(Some(own));
    }
    languages
        .into_iter()
        .filter_map(|(number, language)| {
            let language = language.filter(|language| *language != script.language)?;
            Some((number, language.to_owned()))
        })
        .collect()
}
