//! Results and ratios: `3:1`, `2:0-Sieg`, `1:25.000`, and minutes of stoppage time: `90.+3`.

use super::{Match, Rule, Speak, Spoken, numeral, ordinal::capitalise};
use crate::normalise::{
    grammar, number,
    token::{Kind, Sheet},
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    ("Köln gewann 3:1.", "Köln gewann drei zu eins."),
    ("nach dem 2:0-Sieg", "nach dem Zwei-zu-null-Sieg"),
    (
        "Der Maßstab ist 1:25.000.",
        "Der Maßstab ist eins zu fünfundzwanzigtausend.",
    ),
    (
        "Er traf in der 90.+3 Minute.",
        "Er traf in der neunzigsten plus dritten Minute.",
    ),
    (
        "Kiel siegte 31:28 gegen Flensburg.",
        "Kiel siegte einunddreißig zu achtundzwanzig gegen Flensburg.",
    ),
    (
        "Das 24:24 der Handballer half nicht.",
        "Das vierundzwanzig zu vierundzwanzig der Handballer half nicht.",
    ),
    ("Endstand 2:1 (1:0)", "Endstand zwei zu eins, eins zu null"),
];

/// The rule.
#[derive(Debug)]
pub struct Score;

/// Minute of regular time and of stoppage.
#[derive(Debug)]
struct Stoppage(u128, u128);

impl Rule for Score {
    fn name(&self) -> &'static str {
        "score"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let first = sheet.digits(i)?;
        if sheet.glued_left(i) {
            return None;
        }
        if sheet.is(i + 1, ".") && sheet.is(sheet.skip_space(i + 2), "+") {
            let at = sheet.skip_space(sheet.skip_space(i + 2) + 1);
            let extra = sheet.digits(at)?.parse().ok()?;
            let end = if sheet.is(at + 1, ".")
                && (!crate::normalise::sentence::ends(sheet, at + 1)
                    || sheet.right(at + 2) == "Minute")
            {
                at + 2
            } else {
                at + 1
            };
            return Some(Match::new(end, Stoppage(first.parse().ok()?, extra)));
        }
        if !sheet.is(i + 1, ":") {
            return None;
        }
        let (second, mut end) = numeral::unsigned(sheet, i + 2)?;
        if second.fraction.is_some() {
            end = i + 3;
        }
        if sheet.is(end, ":") && sheet.digits(end + 1).is_some() {
            return None;
        }
        let first: u128 = first.parse().ok()?;
        let second = second.whole?;
        if sheet.is(end, "-") && sheet.kind(end + 1) == Some(Kind::Word) {
            let mut text = format!(
                "{}-zu-{}",
                number::cardinal(first),
                number::cardinal(second)
            );
            capitalise(&mut text);
            return Some(Match::new(end, text));
        }
        Some(Match::new(
            end,
            format!(
                "{} zu {}",
                number::cardinal(first),
                number::cardinal(second)
            ),
        ))
    }
}

impl Speak for Stoppage {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let phrase = grammar::phrase(sheet, atoms.start, atoms.end);
        // Without a noun it is a minute.
        let ending = if grammar::noun_after(sheet, atoms.end).is_some() || phrase.determined {
            phrase.adjective_ending()
        } else {
            "e"
        };
        Spoken {
            text: format!(
                "{}{ending} plus {}{ending}",
                number::ordinal_stem(self.0),
                number::ordinal_stem(self.1)
            ),
            reading: Some(phrase.to_string()),
        }
    }
}

/// Whether the surroundings of two numbers with a colon speak of a match or a ratio rather than of a time of day.
#[must_use]
pub fn is_match(sheet: &Sheet, i: usize) -> bool {
    let left = grammar::lower(sheet.left(i));
    // A result has an article, a time of day has none: `beim 24:24`, `das 28:25`.
    if matches!(
        left.as_ref(),
        "das" | "dem" | "des" | "beim" | "zum" | "ein" | "einem" | "eines" | "dieses" | "diesem"
    ) {
        return true;
    }
    if matches!(
        left.as_ref(),
        "um" | "ab" | "gegen" | "seit" | "uhrzeit" | "bis" | "von" | "vor" | "nach"
    ) && !matches!(
        sheet.text(sheet.skip_space(i + 3)),
        "gegen" | "bei" | "über"
    ) {
        return false;
    }
    let mut at = i;
    for _ in 0..8 {
        let Some(before) = sheet.before(at) else {
            break;
        };
        if is_sport(sheet.text(before)) {
            return true;
        }
        at = before;
    }
    let mut at = i + 3;
    for _ in 0..4 {
        at = sheet.skip_space(at);
        if is_sport(sheet.text(at)) {
            return true;
        }
        at += 1;
    }
    false
}

fn is_sport(word: &str) -> bool {
    matches!(
        word,
        "gewann"
            | "gewannen"
            | "gewinnt"
            | "gewonnen"
            | "siegte"
            | "siegten"
            | "siegt"
            | "besiegte"
            | "besiegten"
            | "verlor"
            | "verloren"
            | "verliert"
            | "unterlag"
            | "unterlagen"
            | "schlug"
            | "schlugen"
            | "bezwang"
            | "Sieg"
            | "Niederlage"
            | "Remis"
            | "Unentschieden"
            | "endete"
            | "Endstand"
            | "Halbzeit"
            | "Pause"
            | "führte"
            | "führt"
            | "Führung"
            | "Ergebnis"
            | "Satz"
            | "Sätze"
            | "Sätzen"
            | "Heimsieg"
            | "Auswärtssieg"
            | "Spielstand"
            | "Hinspiel"
            | "Rückspiel"
            | "Verhältnis"
            | "Maßstab"
            | "Stimmen"
            | "Tore"
            | "traf"
            | "steht"
            | "stand"
    ) || word.ends_with("sieg") && word.len() > 6
}
