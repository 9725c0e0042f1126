//! What a player shows of a recording: title, author, chapters, and that the voice is not a person's.

use std::fmt::Write as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::{Deserialize, Serialize};

use super::{
    cover::Cover,
    timing::{Sentence, Timing},
};
use crate::{
    article::Article,
    script::{Part, Role},
};

/// Said in the tags of every file, so that nobody takes the voice for a person's.
pub const SYNTHETIC: &str = "Synthetic speech (Computerstimme)";

/// Longest value of a tag, in characters; pages are hostile.
const LONGEST: usize = 2000;

/// What is known about a recording.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tags {
    /// The headline.
    pub title: Option<String>,
    /// The authors.
    pub artist: Option<String>,
    /// The publication.
    pub publisher: Option<String>,
    /// Day of publication, as `2025-05-25`.
    pub date: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// BCP 47 tag.
    pub language: String,
    /// The lead.
    pub comment: Option<String>,
    /// The chapters in their order; empty where there are no headings.
    pub chapters: Vec<Chapter>,
    /// Length of the recording, in seconds.
    pub duration: f64,
    /// The picture.
    pub cover: Option<Cover>,
}

/// A chapter; it lasts until the next one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chapter {
    /// When it begins, in seconds.
    #[serde(rename = "startTime")]
    pub start: f64,
    /// Its heading.
    pub title: String,
}

impl Tags {
    /// Takes what is known from the article, and a chapter for every heading.
    #[must_use]
    pub fn new(article: &Article, timing: &Timing) -> Self {
        let given = |text: &str| Some(plain(text)).filter(|text| !text.is_empty());
        let lead: Vec<&str> = article.lead.iter().map(|t| t.text.as_str()).collect();
        let title = article.title.as_deref().and_then(given);
        Self {
            artist: given(&article.authors.join(", ")),
            publisher: article.publisher.as_deref().and_then(given),
            date: article.published.map(|moment| moment.date.to_string()),
            url: article.url.as_deref().and_then(given),
            language: timing.language.clone(),
            comment: given(&lead.join(" ")),
            chapters: chapters(&timing.sentences, 0.0, title.as_deref()),
            duration: timing.duration,
            cover: None,
            title,
        }
    }

    /// The tags by the names that Vorbis comments have for them; Opus and FLAC take these.
    #[must_use]
    pub fn vorbis_comments(&self) -> Vec<(String, String)> {
        let date = self.date.as_ref();
        let known = [
            ("TITLE", self.title.as_ref()),
            ("ARTIST", self.artist.as_ref()),
            ("PUBLISHER", self.publisher.as_ref()),
            ("DATE", date),
            ("CONTACT", self.url.as_ref()),
            ("COMMENT", self.comment.as_ref()),
            ("LANGUAGE", Some(&self.language)),
            ("GENRE", Some(&SYNTHETIC.to_owned())),
        ]
        .map(|(name, value)| Some((name.to_owned(), value?.clone())));
        let mut comments: Vec<_> = known.into_iter().flatten().collect();
        for (number, chapter) in self.chapters.iter().enumerate().take(999) {
            let name = format!("CHAPTER{number:03}");
            let ms = (chapter.start * 1000.0).round() as u64;
            let (s, m, h) = (ms / 1000 % 60, ms / 60_000 % 60, ms / 3_600_000);
            let time = format!("{h:02}:{m:02}:{s:02}.{:03}", ms % 1000);
            comments.push((name.clone(), time));
            comments.push((format!("{name}NAME"), chapter.title.clone()));
        }
        comments
    }

    /// The comments as a block, without the picture, which FLAC has in another one.
    pub(super) fn vorbis_block(&self) -> Vec<u8> {
        comment_block(&self.vorbis_comments())
    }

    /// The same with the picture as a comment, as Opus has it (RFC 7845, 5.2.1.4; Xiph, "METADATA_BLOCK_PICTURE").
    pub(super) fn opus_block(&self) -> Vec<u8> {
        let mut comments = self.vorbis_comments();
        comments.extend(self.cover.as_ref().map(|cover| {
            let picture = BASE64_STANDARD.encode(cover.block());
            ("METADATA_BLOCK_PICTURE".to_owned(), picture)
        }));
        comment_block(&comments)
    }

    /// The chapters as the Podcasting 2.0 namespace has them in a file of their own.
    ///
    /// # Errors
    /// Never in practice: text and numbers are JSON.
    pub fn chapters_json(&self) -> serde_json::Result<String> {
        chapters_json(self.title.as_deref(), &self.chapters)
    }
}

/// Comments in the form that Opus and FLAC share (Xiph, "Ogg Vorbis I format specification: comment field").
fn comment_block(comments: &[(String, String)]) -> Vec<u8> {
    let mut block = Vec::new();
    let mut put = |text: &str| {
        block.extend((text.len() as u32).to_le_bytes());
        block.extend(text.as_bytes());
    };
    put(concat!("vorleser ", env!("CARGO_PKG_VERSION")));
    block.extend((comments.len() as u32).to_le_bytes());
    for (name, value) in comments {
        let line = format!("{name}={value}");
        block.extend((line.len() as u32).to_le_bytes());
        block.extend(line.as_bytes());
    }
    block
}

/// Chapters as the Podcasting 2.0 namespace has them in a file of their own.
pub(super) fn chapters_json(
    title: Option<&str>,
    chapters: &[Chapter],
) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct File<'a> {
        version: &'static str,
        title: Option<&'a str>,
        chapters: &'a [Chapter],
    }
    serde_json::to_string_pretty(&File {
        version: "1.2.0",
        title,
        chapters,
    })
}

/// The title and every heading of an article that begins at a time.
pub(super) fn chapters(sentences: &[Sentence], begin: f64, title: Option<&str>) -> Vec<Chapter> {
    let mut chapters: Vec<(Part, Chapter)> = Vec::new();
    for sentence in sentences {
        if sentence.role != Role::Heading {
            continue;
        }
        match chapters.last_mut() {
            // A heading of several sentences is one chapter.
            Some((part, chapter)) if *part == sentence.part => {
                let _ = write!(chapter.title, " {}", plain(&sentence.text));
            }
            _ => chapters.push((
                sentence.part,
                Chapter {
                    start: sentence.start,
                    title: plain(&sentence.text),
                },
            )),
        }
    }
    let mut chapters: Vec<_> = chapters.into_iter().map(|(_, chapter)| chapter).collect();
    if chapters.first().is_some_and(|first| first.start > begin) {
        let title = title.map_or_else(|| "Beginn".to_owned(), str::to_owned);
        chapters.insert(
            0,
            Chapter {
                start: begin,
                title,
            },
        );
    }
    chapters
}

/// Text without control characters, which end a value in one format and a line in another, and not too long.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}
