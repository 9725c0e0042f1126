//! The article: what the extractor delivers, as typed blocks in the order in which they are to be read.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// An article in spoken order. The head (kicker, title, lead, byline, dates) is apart from the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Address of the page, canonical if the page names one.
    pub url: Option<String>,
    /// Dachzeile: the short line above the headline.
    pub kicker: Option<String>,
    /// The headline as the reader sees it on the page.
    pub title: Option<String>,
    /// Vorspann: the paragraphs that lead into the article.
    pub lead: Vec<Text>,
    /// Names of the authors, in the order of the page.
    pub authors: Vec<String>,
    /// When the article was first published.
    pub published: Option<Moment>,
    /// When it was last changed, if that is said and differs from `published`.
    pub updated: Option<Moment>,
    /// BCP 47 tag of the page's declared language, such as `de-AT`. A claim, not a measurement.
    pub language: Option<String>,
    /// Ressort, such as `Politik`.
    pub section: Option<String>,
    /// Name of the publication.
    pub publisher: Option<String>,
    /// Address of the lead image.
    pub image: Option<String>,
    /// Alternative text or caption of the lead image.
    pub image_text: Option<String>,
    /// The body, in spoken order.
    pub blocks: Vec<Block>,
    /// Everything that was left out, with the reason. `text --explain` prints it.
    pub dropped: Vec<Dropped>,
    /// How title and lead were decided, for `text --explain`.
    pub evidence: Vec<Evidence>,
}

/// A calendar date with an optional time of day, in the local time of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub date: jiff::civil::Date,
    /// Time of day; `None` where the page gives only a date.
    pub time: Option<jiff::civil::Time>,
}

/// Running text with inline spans. Offsets are bytes into `text`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text with white space collapsed, soft hyphens and zero-width characters removed.
    pub text: String,
    /// Spans in ascending order of start; they may nest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// A marked stretch of a [`Text`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// What the stretch is.
    pub kind: SpanKind,
}

/// What a [`Span`] marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// `em`, `i`, `strong`, `b`.
    Emphasis,
    /// Another language than the text around it, as a BCP 47 tag.
    Language(String),
    /// A link and where it leads.
    Link(String),
}

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What kind of block this is.
    #[serde(flatten)]
    pub kind: BlockKind,
    /// Its text.
    #[serde(flatten)]
    pub text: Text,
    /// Where in the page it came from, such as `article>div[2]>p[4]` or `line 17`.
    #[serde(default)]
    pub origin: String,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; level 2 is the first below the title.
    Heading {
        /// 2 to 6.
        level: u8,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem {
        /// Its number in an ordered list.
        number: Option<u32>,
    },
    /// A block quote (not a pull quote that repeats the body).
    Quote,
    /// A question of an interview.
    Question,
    /// An answer of an interview.
    Answer,
    /// An entry mark of a live ticker: the time and, if there is one, the headline.
    TickerEntry,
    /// A table row, already in the form `Spalte: Wert, Spalte: Wert`.
    TableRow,
    /// A post on a social network that the article quotes.
    Post,
    /// A caption or image description; only when asked for.
    Caption,
    /// A note of ours, such as that a table was left out.
    Note,
}

/// A block of the page that is not read, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// The text that was left out, shortened to at most 200 characters.
    pub text: String,
    /// The reason: a short English phrase, the same for all blocks that are left out for it.
    pub reason: String,
    /// How little the text looks like running text of an article, 0 to 1. It looks most like it where it is long, ends
    /// as a sentence does and holds no links: a low score under a strong reason is the block to look at.
    #[serde(default)]
    pub score: f64,
    /// Where in the page it stood.
    #[serde(default)]
    pub origin: String,
}

/// How a part of the head was decided: where the page shows it, and which sources say the same or something else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// What was decided.
    pub part: HeadPart,
    /// Where the page shows it; `None` where only its metadata say it, or nothing does.
    pub origin: Option<String>,
    /// The markup calls it so.
    pub named: bool,
    /// Sources that say the same, such as `og:title`.
    pub agree: Vec<String>,
    /// Sources that begin with it, or with which it begins.
    pub begin: Vec<String>,
    /// What lost: sources, or places on the page, that say something else.
    pub differ: Vec<Claim>,
}

/// Parts of the head that [`Evidence`] is given for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadPart {
    /// The headline.
    #[default]
    Title,
    /// A paragraph of the lead.
    Lead,
}

/// What one source says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The source, such as `og:title`, or the place on the page.
    pub source: String,
    /// What it says, shortened to at most 200 characters.
    pub text: String,
}

impl Text {
    /// Plain text without spans.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            spans: Vec::new(),
        }
    }
}
