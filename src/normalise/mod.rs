//! Article → Script. Knows German, no HTML; cannot fail and never drops a word.

pub mod quotes;

use crate::{article::Article, script::Script};

/// Wishes for the spoken form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormaliseOptions {}

/// Turns an article into what will be said.
#[must_use]
pub fn normalise(_article: &Article, _options: &NormaliseOptions) -> Script {
    Script::default()
}
