//! Article → Script. Knows German, no HTML; cannot fail and never drops a word.
//!
//! [`normalise`] is the whole stage, [`text::verbalise`] turns written into spoken German, [`line()`] does so for one line. The
//! rules are in [`rules`], one file per semiotic class; what they know of words is in the tables; what they know of inflection
//! is in [`grammar`].

pub mod abbreviations;
pub mod context;
pub mod grammar;
pub mod language;
pub mod lexicon;
pub mod names;
pub mod nouns;
pub mod number;
#[cfg(test)]
mod properties;
pub mod quotes;
pub mod respell;
pub mod rules;
mod script;
pub mod sentence;
mod tables;
pub mod text;
pub mod token;
pub mod units;

use crate::{article::Article, script::Script};
use lexicon::Lexicon;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use text::TextOptions;
pub use text::{GenderForm, QuoteStyle};

/// Wishes for the spoken form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormaliseOptions {
    /// How quoted speech is set off.
    pub quotes: QuoteStyle,
    /// How gender forms such as `Lehrer*innen` are said.
    pub gender: GenderForm,
    /// Whether emoji are named or dropped.
    pub emoji: EmojiStyle,
    /// Whether kicker, byline and date are read.
    pub intro: bool,
    /// Whether the authors are read; needs `intro`.
    pub byline: bool,
    /// Language of the whole article as a BCP 47 tag; `None` to find out.
    pub language: Option<String>,
    /// Whether [`Utterance::rewrites`](crate::Utterance::rewrites) is filled.
    pub explain: bool,
    /// The user's own dictionary, which wins over every rule.
    pub lexicon: Option<Arc<Lexicon>>,
}

/// What becomes of emoji.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EmojiStyle {
    /// They are left out.
    #[default]
    Drop,
    /// They are said by their German name.
    Name,
}

impl Default for NormaliseOptions {
    fn default() -> Self {
        Self {
            quotes: QuoteStyle::default(),
            gender: GenderForm::default(),
            emoji: EmojiStyle::default(),
            intro: true,
            byline: true,
            language: None,
            explain: false,
            lexicon: None,
        }
    }
}

impl NormaliseOptions {
    /// What of the wishes concerns a single text.
    #[must_use]
    pub fn text(&self) -> TextOptions {
        TextOptions {
            explain: self.explain,
            gender: self.gender,
            name_emoji: self.emoji == EmojiStyle::Name,
            quotes: self.quotes,
            lexicon: self.lexicon.clone(),
        }
    }
}

/// Turns an article into what will be said.
#[must_use]
pub fn normalise(article: &Article, options: &NormaliseOptions) -> Script {
    script::script(article, options)
}

/// Turns one written line of German into exactly one spoken line.
#[must_use]
pub fn line(written: &str, options: &TextOptions) -> String {
    let mut line = String::with_capacity(written.len() + written.len() / 4);
    for sentence in text::verbalise(written, options) {
        if !line.is_empty() && !sentence.spoken.is_empty() {
            line.push(' ');
        }
        line.push_str(&sentence.spoken);
    }
    line
}
