//! What a text's surroundings tell of it: quotations that may have begun in an earlier paragraph, and stretches in another
//! language. Both are found on the written text and looked up by the rules.

use super::quotes::Quotes;
use std::ops::Range;

/// What is known of a text before it is read. Offsets are bytes into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Its quotations.
    pub quotes: Quotes,
    /// Foreign stretches in ascending order; they do not overlap.
    pub foreign: Vec<Foreign>,
}

/// A stretch in another language than the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// Where it stands.
    pub range: Range<usize>,
    /// BCP 47 tag.
    pub language: String,
    /// What tells so, such as `markup`.
    pub evidence: &'static str,
}

impl Context {
    /// The context of a text that stands alone.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self {
            quotes: Quotes::find(text),
            foreign: Vec::new(),
        }
    }

    /// The foreign stretch around a byte.
    #[must_use]
    pub fn foreign_at(&self, at: usize) -> Option<&Foreign> {
        let index = self
            .foreign
            .partition_point(|foreign| foreign.range.start <= at)
            .checked_sub(1)?;
        self.foreign
            .get(index)
            .filter(|foreign| foreign.range.contains(&at))
    }

    /// Moves all offsets, when the text is cleaned.
    pub(super) fn move_by(&mut self, to: impl Fn(usize) -> usize) {
        let moved = |range: &Range<usize>| to(range.start)..to(range.end);
        for mark in &mut self.quotes.marks {
            mark.range = moved(&mark.range);
        }
        for quotation in &mut self.quotes.quotations {
            quotation.inner = moved(&quotation.inner);
        }
        for foreign in &mut self.foreign {
            foreign.range = moved(&foreign.range);
        }
    }
}
