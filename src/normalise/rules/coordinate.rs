//! Places on the globe: `50° 30' N, 8° 40' O`, `52,5° N`.

use super::{Match, Rule, numeral};
use crate::normalise::{number, token::Sheet};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "50° 30' N, 8° 40' O",
        "fünfzig Grad dreißig Minuten Nord, acht Grad vierzig Minuten Ost",
    ),
    (
        "Das Wrack liegt bei 54°1′30″N.",
        "Das Wrack liegt bei vierundfünfzig Grad eine Minute dreißig Sekunden Nord.",
    ),
    (
        "auf 52,5° N und 1° W",
        "auf zweiundfünfzig Komma fünf Grad Nord und ein Grad West",
    ),
    (
        "Es waren 38,5° Hitze.",
        "Es waren achtunddreißig Komma fünf Grad Hitze.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Coordinate;

impl Rule for Coordinate {
    fn name(&self) -> &'static str {
        "coordinate"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        let (degrees, at) = numeral::unsigned(sheet, i)?;
        if !sheet.is(at, "°") || degrees.is_code() {
            return None;
        }
        let mut words = format!("{} Grad", degrees.words("ein"));
        let mut at = at + 1;
        for (signs, one, many) in [
            (['\'', '′', '’'], "eine Minute", "Minuten"),
            (['"', '″', '”'], "eine Sekunde", "Sekunden"),
        ] {
            let part = sheet.skip_space(at);
            let Some((count, end)) = numeral::unsigned(sheet, part) else {
                continue;
            };
            if !sheet.mark(end).is_some_and(|mark| signs.contains(&mark)) {
                continue;
            }
            words.push(' ');
            match count.whole.filter(|_| count.fraction.is_none()) {
                Some(1) => words.push_str(one),
                // `05'` is no code here.
                Some(n) => words.extend([&*number::cardinal(n), " ", many]),
                None => words.extend([&*count.words("eins"), " ", many]),
            }
            at = end + 1;
        }
        let letter = sheet.skip_space(at);
        let direction = match sheet.word(letter)? {
            "N" => "Nord",
            "S" => "Süd",
            "O" | "E" => "Ost",
            "W" => "West",
            _ => return None,
        };
        // A full stop behind it is the sentence's.
        Some(Match::new(letter + 1, format!("{words} {direction}")))
    }
}
