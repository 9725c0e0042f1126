//! The table of abbreviations.

use super::{
    grammar::Gender,
    tables::{Index, cell, rows},
    token::Sheet,
};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

const TABLE: &str = include_str!("tables/abbreviations.tsv");

/// How an abbreviation is inflected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Not at all.
    Fixed,
    /// As a noun.
    Noun,
    /// As an adjective; `spoken` is the stem.
    Adjective,
    /// As a title before a name: hardly.
    Title,
    /// Name of a month.
    Month,
    /// Name of a weekday.
    Weekday,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abbreviation {
    /// The words in full: nominative singular of nouns, stem of adjectives.
    pub spoken: &'static str,
    /// How it is inflected.
    pub class: Class,
    /// Gender of a noun.
    pub gender: Option<Gender>,
    /// Genitive singular of a noun.
    pub genitive: Option<&'static str>,
    /// Nominative plural of a noun.
    pub plural: Option<&'static str>,
    /// Whether its full stop often ends the sentence too.
    pub ends: bool,
    /// Where the row holds: `any`, `number_after` …, several joined by `|`.
    pub context: &'static str,
}

static INDEX: LazyLock<Index<Abbreviation>> = LazyLock::new(|| {
    Index::new(rows(TABLE).filter_map(|row| {
        let class = match cell(&row, 2)? {
            "noun" => Class::Noun,
            "adj" => Class::Adjective,
            "title" => Class::Title,
            "month" => Class::Month,
            "weekday" => Class::Weekday,
            _ => Class::Fixed,
        };
        Some((
            cell(&row, 0)?,
            Abbreviation {
                spoken: cell(&row, 1)?,
                class,
                gender: cell(&row, 3).and_then(gender),
                genitive: cell(&row, 4),
                plural: cell(&row, 5),
                ends: cell(&row, 6) == Some("yes"),
                context: cell(&row, 7).unwrap_or("any"),
            },
        ))
    }))
});

/// Gender as the tables write it.
#[must_use]
pub fn gender(cell: &str) -> Option<Gender> {
    Some(match cell {
        "m" => Gender::Masculine,
        "f" => Gender::Feminine,
        "n" => Gender::Neuter,
        "pl" => Gender::Plural,
        _ => return None,
    })
}

/// Abbreviations that are written at atom `i`, the longest first, with the place behind each.
/// The flag says that the row is written in small letters and stands here with a capital.
pub fn at(sheet: &Sheet, i: usize) -> Vec<(&'static Abbreviation, usize, bool)> {
    let mut found: Vec<_> = INDEX
        .find(sheet, i)
        .map(|(row, end)| (row, end, false))
        .collect();
    let opens = || {
        i == 0
            || sheet.before(i).is_some_and(|at| {
                matches!(
                    sheet.mark(at),
                    Some(
                        '.' | '!'
                            | '?'
                            | ':'
                            | '„'
                            | '"'
                            | '»'
                            | '('
                            | '–'
                            | '\''
                            | '‚'
                            | '“'
                            | '«'
                    )
                )
            })
    };
    if found.iter().all(|(row, ..)| row.context != "any")
        && let Some(word) = sheet.word(i)
        && word.starts_with(char::is_uppercase)
        && opens()
    {
        // `Vgl.` at the start of a sentence; a single letter would be an initial.
        let lower = word.to_lowercase();
        let small = INDEX
            .find_as(sheet, i, &lower)
            .filter(|(_, end)| word.chars().count() > 1 || end - i > 2)
            // A whole word at the end of the text: `Telefon.` is not `telefonisch`.
            .filter(|(_, end)| *end > i + 2 || *end < sheet.len() || word.len() < 5)
            .map(|(row, end)| (row, end, true));
        found.extend(small);
        found.sort_by_key(|(_, end, _)| std::cmp::Reverse(*end));
    }
    found
}

/// Whether the word is an abbreviation that a number follows as its name: `Abs. 1`, `Nr. 3`.
#[must_use]
pub fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "Abs"
            | "Az"
            | "Nr"
            | "Art"
            | "S"
            | "Kap"
            | "Bd"
            | "Ziff"
            | "Abschn"
            | "Abb"
            | "Tab"
            | "Rn"
            | "Rz"
            | "Anm"
            | "Nrn"
            | "H"
            | "Bl"
            | "Kl"
            | "Str"
    )
}

/// Whether an abbreviation written without a full stop may start with this word.
#[must_use]
pub fn is_head(word: &str) -> bool {
    static HEADS: LazyLock<FxHashSet<String>> = LazyLock::new(|| INDEX.plain_heads());
    HEADS.contains(word)
}
