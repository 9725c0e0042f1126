//! The script: what will be said, utterance by utterance.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Everything that will be said, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// Title of the article in its original spelling, if there is one.
    pub title: Option<String>,
    /// BCP 47 tag of the article's language as decided, such as `de`.
    pub language: String,
    /// The utterances in spoken order.
    pub utterances: Vec<Utterance>,
}

/// One stretch of speech with one role and one language: a sentence, or a part of one where a quote or a
/// foreign span takes another voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// Spoken form in ordinary orthography; no digit and no symbol is left in German text.
    pub text: String,
    /// The same with respellings for names that a German voice misreads; `None` when equal to `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respelled: Option<String>,
    /// The written form, as it is shown in subtitles.
    pub shown: String,
    /// BCP 47 tag.
    pub language: String,
    /// What the utterance is in the article.
    pub role: Role,
    /// Silence after the utterance, in milliseconds at rate 1.
    pub pause_after_ms: u32,
    /// Number of the sentence it belongs to, counted over the whole script from 0.
    pub sentence: u32,
    /// Where it came from.
    pub origin: Origin,
    /// What was changed on the way from written to spoken. Filled only when asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rewrites: Vec<Rewrite>,
}

impl Utterance {
    /// What an engine is to say: the respelled form if there is one.
    #[must_use]
    pub fn engine_text(&self) -> &str {
        self.respelled.as_deref().unwrap_or(&self.text)
    }
}

/// Place of an utterance in the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The part of the article.
    pub part: Part,
    /// Byte range in the text of that part.
    pub range: Range<usize>,
}

/// A part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Dachzeile.
    Kicker,
    /// Headline.
    Title,
    /// The sentence with the authors.
    Byline,
    /// The sentence with the date.
    Date,
    /// The n-th paragraph of the lead.
    Lead(usize),
    /// The n-th block of the body.
    Block(usize),
}

/// What an utterance is; voices and pauses depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Dachzeile.
    Kicker,
    /// Headline.
    Title,
    /// Authors and date.
    Byline,
    /// Lead.
    Lead,
    /// Subhead.
    Heading,
    /// Running text.
    Body,
    /// List item.
    ListItem,
    /// Quoted speech, with `--quotes voice`, and block quotes.
    Quote,
    /// Question of an interview.
    Question,
    /// Answer of an interview.
    Answer,
    /// Entry mark of a ticker.
    TickerEntry,
    /// Table row.
    TableRow,
    /// A word of ours, such as `Zitat Ende` or that a table was left out.
    Note,
}

/// One rewrite, for `script --explain`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite {
    /// Byte range in the part's text.
    pub range: Range<usize>,
    /// As written.
    pub written: String,
    /// As spoken.
    pub spoken: String,
    /// Name of the rule, such as `date`.
    pub rule: String,
    /// The grammar reading that decided, such as `dative, masculine, after "am"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}
