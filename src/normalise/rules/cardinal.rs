//! Plain numbers: what no other rule has claimed.

use super::{Match, Rule, Speak, Spoken, numeral::{self, Numeral}};
use crate::normalise::{grammar, token::{Kind, Sheet}};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    ("Von den 101 Abgeordneten fehlten 2.", "Von den hunderteins Abgeordneten fehlten zwei."),
    ("Auf Platz 1 landete Norwegen.", "Auf Platz eins landete Norwegen."),
    ("mit nur 1 Stimme", "mit nur einer Stimme"),
    ("-21,2340", "minus einundzwanzig Komma zwei drei vier null"),
];

/// The rule.
#[derive(Debug)]
pub struct Cardinal;

impl Rule for Cardinal {
    fn name(&self) -> &'static str {
        "cardinal"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let (numeral, end) = numeral::numeral(sheet, i)?;
        Some(Match::new(end, numeral))
    }
}

impl Speak for Numeral {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        if self.is_one(false)
            && let Some(phrase) = counted(sheet, atoms.clone())
        {
            return Spoken {
                text: self.words(phrase.one()),
                reading: Some(phrase.to_string()),
            };
        }
        self.words("eins").into()
    }
}

/// The phrase of a number one that counts the noun behind it, and so inflects.
fn counted(sheet: &Sheet, atoms: Range<usize>) -> Option<grammar::Phrase> {
    // `Platz 1`, `Nummer 1`: behind a noun the number is its name.
    if let Some(before) = sheet.before(atoms.start)
        && before > 0
        && let Some(word) = sheet.word(before)
        && word.starts_with(char::is_uppercase)
    {
        return None;
    }
    if sheet.kind(atoms.end) != Some(Kind::Space) || sheet.kind(atoms.end + 1) != Some(Kind::Word) {
        return None;
    }
    grammar::noun_after(sheet, atoms.end)?;
    Some(grammar::phrase(sheet, atoms.start, atoms.end))
}
