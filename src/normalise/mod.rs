//! Article → Script. Knows German, no HTML; cannot fail and never drops a word.
//!
//! [`text::verbalise`] turns written into spoken German; [`line`] does so for one line. The rules are in [`rules`], one file
//! per semiotic class; what they know of words is in the tables; what they know of inflection is in [`grammar`].

pub mod abbreviations;
pub mod grammar;
pub mod names;
pub mod nouns;
pub mod number;
pub mod rules;
pub mod sentence;
mod tables;
pub mod text;
pub mod token;
pub mod units;

pub mod quotes;

use crate::{article::Article, script::Script};
use text::TextOptions;

/// Wishes for the spoken form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormaliseOptions {}

/// Turns an article into what will be said.
#[must_use]
pub fn normalise(_article: &Article, _options: &NormaliseOptions) -> Script {
    Script::default()
}

/// Turns one written line of German into exactly one spoken line.
#[must_use]
pub fn line(written: &str, options: &TextOptions) -> String {
    let mut line = String::with_capacity(written.len() + written.len() / 4);
    for sentence in text::verbalise(written, options) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&sentence.spoken);
    }
    line
}
