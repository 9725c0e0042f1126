//! The table of first names with their gender.

use super::{
    abbreviations::gender,
    grammar::Gender,
    tables::{cell, rows},
};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("tables/first_names.tsv");

static NAMES: LazyLock<FxHashMap<&'static str, Gender>> = LazyLock::new(|| {
    rows(TABLE)
        .filter_map(|row| Some((cell(&row, 0)?, gender(cell(&row, 1)?)?)))
        .collect()
});

/// Gender of a first name, and whether it stands in the genitive (`Friedrichs`).
#[must_use]
pub fn first_name(word: &str) -> Option<(Gender, bool)> {
    if let Some(&gender) = NAMES.get(word) {
        return Some((gender, false));
    }
    let stem = word.strip_suffix('s')?;
    NAMES
        .get(stem.trim_end_matches(['\'', '’']))
        .map(|&gender| (gender, true))
}
