//! The rules: one file per semiotic class.
//!
//! # How to add a class
//!
//! 1. One file here with a unit struct that implements [`Rule`]: [`Rule::read`] looks at the atoms from `i` on and answers
//!    with a typed value and where it ends; the value implements [`Speak`].
//! 2. One line in [`RULES`].
//! 3. `const EXAMPLES: &[(&str, &str)]`, whole written and spoken lines; one test runs the examples of all rules.
//!
//! At each place the longest match wins, then the order in [`RULES`]. The driver in `text.rs` asks the rules only at places
//! that its `interesting` finds worth it, which keeps plain words fast: at digits, at marks other than plain punctuation, at
//! words with a capital inside, before `.`, digits, `-` and other marks, and at the heads of abbreviations.
//!
//! What a rule may rely on: [`Sheet`] gives atoms by number, also to the left of `i`; looking outside of the text is allowed
//! and finds nothing. What it must keep to: look at no more than some dozen atoms, so that time stays linear; consume a
//! full stop only if it does *not* end the sentence (ask [`sentence::ends`](super::sentence::ends)); inflect only through
//! [`grammar`](super::grammar); leave no digit and no symbol behind.
//!
//! Spoken text keeps `. , ; : ? ! …`, brackets and dashes; quotation marks, emoji and the like are each their own mark atom
//! and belong to whichever rule reads them. Listeners' wishes are in [`Sheet::options`].

use super::token::Sheet;
use std::{fmt::Debug, ops::Range};

pub mod abbreviation;
pub mod acronym;
pub mod cardinal;
pub mod code;
pub mod compound;
pub mod coordinate;
pub mod date;
pub mod electronic;
pub mod emoji;
pub mod enumeration;
pub mod fraction;
pub mod gender;
pub mod identifier;
pub mod legal;
pub mod measure;
pub mod money;
pub mod numeral;
pub mod ordinal;
pub mod pause;
pub mod quote;
pub mod roman;
pub mod score;
pub mod scripture;
pub mod symbol;
pub mod time;
pub mod year;

/// A class of written forms and how they are said.
pub trait Rule: Sync {
    /// Name in `--explain`, such as `date`.
    fn name(&self) -> &'static str;

    /// Written and spoken lines that show the rule at work; each is a test.
    fn examples(&self) -> &'static [(&'static str, &'static str)];

    /// Reads the atoms from `i` on.
    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match>;
}

/// What a rule found: where it ends, and what it is.
#[derive(Debug)]
pub struct Match {
    /// One past the last atom.
    pub end: usize,
    /// The typed value.
    pub value: Box<dyn Speak>,
}

impl Match {
    /// A value that ends before atom `end`.
    pub fn new(end: usize, value: impl Speak + 'static) -> Self {
        Self {
            end,
            value: Box::new(value),
        }
    }
}

/// A typed value that knows how to say itself at its place.
pub trait Speak: Debug {
    /// The spoken form of the value that covers `atoms`.
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken;
}

/// A spoken form and the grammar that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The words. Empty for what is not said.
    pub text: String,
    /// The grammar reading, for `--explain`.
    pub reading: Option<String>,
}

impl<T: Into<String>> From<T> for Spoken {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            reading: None,
        }
    }
}

/// Fixed words; for classes whose reading does not depend on the place.
impl Speak for String {
    fn speak(&self, _: &Sheet, _: Range<usize>) -> Spoken {
        self.as_str().into()
    }
}

/// All rules. On a match of the same length the earlier one wins.
pub const RULES: &[&dyn Rule] = &[
    &electronic::Address,
    &gender::Gender,
    &compound::Compound,
    &scripture::Scripture,
    &date::Date,
    &time::Time,
    &year::Year,
    &legal::Legal,
    &fraction::Fraction,
    &score::Score,
    &identifier::Identifier,
    &money::Money,
    &coordinate::Coordinate,
    &measure::Measure,
    &enumeration::Enumeration,
    &ordinal::Ordinal,
    &roman::Roman,
    &abbreviation::Abbreviated,
    &code::Code,
    &acronym::Acronym,
    &cardinal::Cardinal,
    &quote::Quote,
    &emoji::Emoji,
    &symbol::Symbol,
    &pause::Pause,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::{line, text::TextOptions};

    #[test]
    fn every_example_is_right() {
        let options = TextOptions::default();
        let wrong: Vec<String> = RULES
            .iter()
            .flat_map(|rule| {
                rule.examples()
                    .iter()
                    .map(move |example| (rule.name(), example))
            })
            .filter_map(|(rule, (written, spoken))| {
                let got = line(written, &options);
                (got != *spoken)
                    .then(|| format!("{rule}: {written:?}\n  want {spoken:?}\n  got  {got:?}"))
            })
            .collect();
        assert!(
            wrong.is_empty(),
            "{} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}
