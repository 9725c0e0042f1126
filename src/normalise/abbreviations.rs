//! The table of abbreviations.

/// Whether an abbreviation written without a full stop may start with this word.
#[must_use]
pub fn is_head(_word: &str) -> bool {
    false
}
