//! Calendar dates.

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{grammar::{self, Cells}, number, sentence, token::Sheet};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    ("Am 3. Oktober feiert Deutschland.", "Am dritten Oktober feiert Deutschland."),
    ("02.03.2003", "zweiter März zweitausenddrei"),
    ("Die Frist endet am 25.5. um Mitternacht.", "Die Frist endet am fünfundzwanzigsten Mai um Mitternacht."),
];

const MONTHS: [&str; 12] = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
];

/// Number of the month that a word names, without full stop: `Okt`, `Jänner`, `Maerz`.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    let word = grammar::lower(word);
    Some(match word.as_ref() {
        "januar" | "jan" | "jänner" | "jän" => 1,
        "februar" | "feb" | "febr" | "feber" => 2,
        "märz" | "mär" | "mrz" | "maerz" => 3,
        "april" | "apr" => 4,
        "mai" => 5,
        "juni" | "jun" => 6,
        "juli" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "oktober" | "okt" => 10,
        "november" | "nov" => 11,
        "dezember" | "dez" => 12,
        _ => return None,
    })
}

/// The month at atom `i`, with the full stop of an abbreviation.
#[must_use]
pub fn month_at(sheet: &Sheet, i: usize) -> Option<(u8, usize)> {
    let word = sheet.word(i)?;
    let month = month(word)?;
    Some((month, i + 1))
}

/// The rule.
#[derive(Debug)]
pub struct Date;

#[derive(Debug)]
struct Value {
    day: u8,
    month: u8,
    year: Option<u32>,
}

impl Rule for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let day: u8 = sheet.digits(i).filter(|d| d.len() <= 2)?.parse().ok().filter(|d| (1..=31).contains(d))?;
        if !sheet.is(i + 1, ".") {
            return None;
        }
        let at = sheet.skip_space(i + 2);
        let month: u8 = sheet.digits(at).filter(|d| d.len() <= 2)?.parse().ok().filter(|m| (1..=12).contains(m))?;
        if !sheet.is(at + 1, ".") {
            return None;
        }
        let year_at = sheet.skip_space(at + 2);
        if let Some(year) = sheet.digits(year_at).filter(|y| y.len() == 4) {
            return Some(Match::new(year_at + 1, Value { day, month, year: year.parse().ok() }));
        }
        let end = if sentence::ends(sheet, at + 1) { at + 1 } else { at + 2 };
        Some(Match::new(end, Value { day, month, year: None }))
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let phrase = grammar::phrase_with(sheet, atoms.start, Cells::MASCULINE);
        let mut text = number::ordinal_stem(self.day.into()) + phrase.adjective_ending();
        text.push(' ');
        text.push_str(MONTHS[usize::from(self.month - 1)]);
        if let Some(year) = self.year {
            text.push(' ');
            text.push_str(&number::year(year));
        }
        Spoken { text, reading: Some(phrase.to_string()) }
    }
}
