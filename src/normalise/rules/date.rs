//! Calendar dates: `3. Mai 2024`, `25.05.2024`, `25.5.`, `2024-05-25`, `25.–27.5.`, `Okt. 2019`.
//!
//! The month is said by name, as news readers do, not by number.

use super::{Match, Rule, Speak, Spoken, numeral};
use crate::normalise::{
    grammar::{self, Case, Cells},
    number, sentence,
    token::Sheet,
};
use jiff::civil::Date as Day;
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Am 3. Oktober feiert Deutschland.",
        "Am dritten Oktober feiert Deutschland.",
    ),
    (
        "In der Nacht des 3. Oktobers brannte es.",
        "In der Nacht des dritten Oktobers brannte es.",
    ),
    ("02.03.2003", "zweiter März zweitausenddrei"),
    ("2003-03-02", "zweiter März zweitausenddrei"),
    (
        "Veröffentlicht am 2024-05-25.",
        "Veröffentlicht am fünfundzwanzigsten Mai zweitausendvierundzwanzig.",
    ),
    (
        "Die Frist endet am 25.5. um Mitternacht.",
        "Die Frist endet am fünfundzwanzigsten Mai um Mitternacht.",
    ),
    (
        "Die Frist endet am 25.5.",
        "Die Frist endet am fünfundzwanzigsten Mai.",
    ),
    (
        "Ab 8. Jan. wieder geöffnet.",
        "Ab achtem Januar wieder geöffnet.",
    ),
    ("2. mär. 2003", "zweiter März zweitausenddrei"),
    ("3. Mär 2026", "dritter März zweitausendsechsundzwanzig"),
    ("vom 3.–5. Mai", "vom dritten bis fünften Mai"),
    (
        "vom 3.5.-5.6.2024",
        "vom dritten Mai bis fünften Juni zweitausendvierundzwanzig",
    ),
    (
        "vom 3.-5.5.2024",
        "vom dritten bis fünften Mai zweitausendvierundzwanzig",
    ),
    (
        "am 3.10.89",
        "am dritten Oktober neunzehnhundertneunundachtzig",
    ),
    (
        "am 3. 10. 1990",
        "am dritten Oktober neunzehnhundertneunzig",
    ),
    ("am 3./4. Mai", "am dritten und vierten Mai"),
    (
        "25/05/2024",
        "fünfundzwanzigster Mai zweitausendvierundzwanzig",
    ),
    ("2024/03/15", "fünfzehnter März zweitausendvierundzwanzig"),
    ("12-05-2020", "zwölfter Mai zweitausendzwanzig"),
    (
        "Im Okt. 2019 wurde gewählt.",
        "Im Oktober zweitausendneunzehn wurde gewählt.",
    ),
    (
        "Am Montag, 3. Juni, beginnt es.",
        "Am Montag, dem dritten Juni, beginnt es.",
    ),
    (
        "Bis Freitag, 3. Januar, gilt das.",
        "Bis Freitag, den dritten Januar, gilt das.",
    ),
    ("am Samstag, d. 3. Mai", "am Samstag, dem dritten Mai"),
    (
        "Dienstag, 31. Januar, 2017",
        "Dienstag, einunddreißigster Januar, zweitausendsiebzehn",
    ),
    (
        "Stand: 25.05.2024",
        "Stand: fünfundzwanzigster Mai zweitausendvierundzwanzig",
    ),
];

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A day as German writes it out: `3. Mai 2024`.
#[must_use]
pub fn written(day: Day) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{}. {month} {}", day.day(), day.year())
}

/// Number of the month that a word names, without full stop: `Okt`, `Jänner`, `Maerz`.
#[must_use]
pub fn month(word: &str) -> Option<u8> {
    if word.len() > 12 || word.len() < 3 {
        return None;
    }
    let word = grammar::lower(word);
    Some(match word.as_ref() {
        "januar" | "jan" | "jänner" | "jän" | "januars" => 1,
        "februar" | "feb" | "febr" | "feber" | "februars" => 2,
        "märz" | "mär" | "mrz" | "maerz" => 3,
        "april" | "apr" | "aprils" => 4,
        "mai" => 5,
        "juni" | "jun" | "juno" => 6,
        "juli" | "jul" | "julei" => 7,
        "august" | "aug" | "augusts" => 8,
        "september" | "sep" | "sept" | "septembers" => 9,
        "oktober" | "okt" | "oktobers" => 10,
        "november" | "nov" | "novembers" => 11,
        "dezember" | "dez" | "dezembers" => 12,
        _ => return None,
    })
}

/// The month that is named at atom `i`.
#[must_use]
pub fn month_at(sheet: &Sheet, i: usize) -> Option<u8> {
    month(sheet.word(i)?)
}

/// The rule.
#[derive(Debug)]
pub struct Date;

/// A day, its month, and perhaps the year; the month's own word where it is written out (`Jänner`).
#[derive(Debug)]
struct Value {
    day: u8,
    month: Month,
    year: Option<u32>,
    /// Whether `bis` follows.
    until: bool,
}

#[derive(Debug)]
enum Month {
    /// By number or abbreviation.
    Number(u8),
    /// Written out.
    Word(String),
}

impl Rule for Date {
    fn name(&self) -> &'static str {
        "date"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        iso(sheet, i)
            .or_else(|| named(sheet, i))
            .or_else(|| numeric(sheet, i))
            .or_else(|| slashed(sheet, i))
    }
}

fn day_at(sheet: &Sheet, i: usize) -> Option<u8> {
    small(sheet, i, 31)
}

fn small(sheet: &Sheet, i: usize, max: u8) -> Option<u8> {
    sheet
        .digits(i)
        .filter(|digits| digits.len() <= 2)?
        .parse()
        .ok()
        .filter(|n| (1..=max).contains(n))
}

/// A year of four digits at `i`.
fn year_at(sheet: &Sheet, i: usize) -> Option<u32> {
    let digits = sheet.digits(i).filter(|digits| digits.len() == 4)?;
    if sheet.glued_right(i + 1) {
        return None;
    }
    digits
        .parse()
        .ok()
        .filter(|year| (1000..2300).contains(year))
}

/// `2024-05-25`, `2024/05/25`, also in front of `T12:00`.
fn iso(sheet: &Sheet, i: usize) -> Option<Match> {
    let year = sheet
        .digits(i)
        .filter(|digits| digits.len() == 4)?
        .parse()
        .ok()?;
    let separator = sheet.mark(i + 1).filter(|mark| matches!(mark, '-' | '/'))?;
    if sheet.mark(i + 3) != Some(separator) {
        return None;
    }
    let two = |at: usize| sheet.digits(at).is_some_and(|digits| digits.len() == 2);
    if !two(i + 2) || !two(i + 4) {
        return None;
    }
    let month = Month::Number(small(sheet, i + 2, 12)?);
    let day = day_at(sheet, i + 4)?;
    // `T12:30` of a time stamp
    let clock = sheet.is(i + 5, "T") && sheet.digits(i + 6).is_some();
    Some(Match::new(
        if clock { i + 6 } else { i + 5 },
        Value {
            day,
            month,
            year: Some(year),
            until: false,
        },
    ))
}

/// `25/05/2024`, `25-05-2024`
fn slashed(sheet: &Sheet, i: usize) -> Option<Match> {
    let day = day_at(sheet, i)?;
    let separator = sheet.mark(i + 1).filter(|mark| matches!(mark, '-' | '/'))?;
    if sheet.mark(i + 3) != Some(separator) {
        return None;
    }
    let month = Month::Number(small(sheet, i + 2, 12)?);
    let year = year_at(sheet, i + 4)?;
    Some(Match::new(
        i + 5,
        Value {
            day,
            month,
            year: Some(year),
            until: false,
        },
    ))
}

/// `3. Mai 2024`, `3. Okt.`, `3. Maerz 2026`
fn named(sheet: &Sheet, i: usize) -> Option<Match> {
    let day = day_at(sheet, i)?;
    if !sheet.is(i + 1, ".") {
        return None;
    }
    let at = sheet.skip_space(i + 2);
    let number = month_at(sheet, at)?;
    let word = sheet.text(at);
    if sheet.is(at + 1, "-") && sheet.glued_right(at + 2) {
        return None;
    }
    let mut end = at + 1;
    let month = if word.chars().count() > 4
        || matches!(
            word.to_lowercase().as_str(),
            "mai" | "juni" | "juli" | "märz"
        ) {
        if word.eq_ignore_ascii_case("maerz") {
            Month::Number(3)
        } else {
            Month::Word(word.to_owned())
        }
    } else {
        if sheet.is(end, ".") {
            end = super::abbreviation::without_stop(sheet, end + 1, true, "");
        }
        if word.eq_ignore_ascii_case("jän") || word == "Jän" {
            Month::Word("Jänner".to_owned())
        } else {
            Month::Number(number)
        }
    };
    let at = sheet.skip_space(end);
    let year = year_at(sheet, at);
    if year.is_some() {
        end = at + 1;
    }
    Some(Match::new(
        end,
        Value {
            day,
            month,
            year,
            until: false,
        },
    ))
}

/// `25.05.2024`, `25.5.`, `25. 5. 24`, with the dash of a range.
fn numeric(sheet: &Sheet, i: usize) -> Option<Match> {
    let day = day_at(sheet, i)?;
    if !sheet.is(i + 1, ".") {
        return None;
    }
    let at = sheet.skip_space(i + 2);
    let month = small(sheet, at, 12)?;
    if !sheet.is(at + 1, ".") {
        return None;
    }
    let month = Month::Number(month);
    let year_place = sheet.skip_space(at + 2);
    if let Some(year) = year_at(sheet, year_place) {
        let (end, until) = dash(sheet, year_place + 1);
        return Some(Match::new(
            end,
            Value {
                day,
                month,
                year: Some(year),
                until,
            },
        ));
    }
    if !sheet.space(at + 2)
        && let Some(digits) = sheet.digits(at + 2).filter(|digits| digits.len() == 2)
        && !sheet.glued_right(at + 3)
        && !(sheet.is(at + 3, ".") && sheet.digits(at + 4).is_some())
    {
        let short: u32 = digits.parse().ok()?;
        // Two digits mean the hundred years up to some ten years from now.
        let year = Some(if short < 40 {
            2000 + short
        } else {
            1900 + short
        });
        return Some(Match::new(
            at + 3,
            Value {
                day,
                month,
                year,
                until: false,
            },
        ));
    }
    if sheet.digits(at + 2).is_some() || super::identifier::in_versions(sheet, i) {
        return None;
    }
    let (end, until) = dash(sheet, at + 2);
    if until {
        return Some(Match::new(
            end,
            Value {
                day,
                month,
                year: None,
                until,
            },
        ));
    }
    let end = if sentence::ends(sheet, at + 1)
        && sheet
            .word(sheet.skip_space(at + 2))
            .is_none_or(super::ordinal::starts_sentence)
    {
        at + 1
    } else {
        at + 2
    };
    Some(Match::new(
        end,
        Value {
            day,
            month,
            year: None,
            until: false,
        },
    ))
}

/// The dash of a range of dates at `i`: the place behind it.
fn dash(sheet: &Sheet, i: usize) -> (usize, bool) {
    match numeral::range_dash(sheet, i) {
        Some(at) if sheet.digits(at).is_some() && sheet.is(at + 1, ".") => (at, true),
        _ => (i, false),
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let genitive = matches!(&self.month, Month::Word(word) if word.ends_with('s'));
        let noun = if genitive {
            Cells::of(Case::Genitive, grammar::Gender::Masculine)
        } else {
            Cells::MASCULINE
        };
        let apposition = weekday_before(sheet, atoms.start);
        let phrase = grammar::phrase_with(sheet, atoms.start, noun);
        let mut text = String::new();
        if let Some(article) = apposition {
            text.push_str(article);
            text.push(' ');
        }
        text.push_str(&number::ordinal_stem(self.day.into()));
        text.push_str(if apposition.is_some() {
            "en"
        } else {
            phrase.adjective_ending()
        });
        text.push(' ');
        text.push_str(match &self.month {
            Month::Number(number) => MONTHS[usize::from(number - 1)],
            Month::Word(word) => word,
        });
        if let Some(year) = self.year {
            text.push(' ');
            text.push_str(&number::year(year));
        }
        if self.until {
            text.push_str(" bis ");
        }
        Spoken {
            text,
            reading: Some(phrase.to_string()),
        }
    }
}

/// The article of a date beside a weekday that a preposition governs: `am Montag, 3. Juni`, said `dem dritten Juni`; `bis Montag,
/// 3. Juni`, said `den dritten Juni`.
pub(super) fn weekday_before(sheet: &Sheet, i: usize) -> Option<&'static str> {
    let comma = sheet
        .before(i)
        .filter(|&at| matches!(sheet.mark(at), Some(',' | '(')))?;
    let day = sheet.before(comma)?;
    let day = if sheet.is(day, ".") && day > 0 {
        day - 1
    } else {
        day
    };
    let weekday = matches!(
        sheet.text(day),
        "Montag"
            | "Dienstag"
            | "Mittwoch"
            | "Donnerstag"
            | "Freitag"
            | "Samstag"
            | "Sonnabend"
            | "Sonntag"
            | "Mo"
            | "Di"
            | "Mi"
            | "Do"
            | "Fr"
            | "Sa"
            | "So"
    );
    if !weekday {
        return None;
    }
    let governor = grammar::lower(sheet.text(sheet.before(day)?));
    let (cells, _) = grammar::preposition(&governor)?;
    Some(if cells.meets(Cells::DATIVE) {
        "dem"
    } else {
        "den"
    })
}
