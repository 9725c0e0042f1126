//! Law: paragraph signs and file numbers.

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{
    grammar::{self, Case, Cells},
    number,
    token::{Kind, Sheet},
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Die §§ 211 und 212 regeln das.",
        "Die Paragrafen zweihundertelf und zweihundertzwölf regeln das.",
    ),
    (
        "Laut BGB § 433 muss der Käufer zahlen.",
        "Laut B G B Paragraf vierhundertdreiunddreißig muss der Käufer zahlen.",
    ),
    (
        "Az.: VI ZR 23/21",
        "Aktenzeichen: sechs Z R dreiundzwanzig aus einundzwanzig",
    ),
    (
        "Az. 4 K 123/22.KS",
        "Aktenzeichen vier K hundertdreiundzwanzig aus zweiundzwanzig K S",
    ),
    ("Art. 3 III GG", "Artikel drei Absatz drei G G"),
    ("wegen des § 5", "wegen des Paragrafen fünf"),
    ("nach § 218a", "nach Paragraf zweihundertachtzehn a"),
    (
        "Das Urteil (Az. 2 BvR 1234/20) ist da.",
        "Das Urteil, Aktenzeichen zwei B v R eintausendzweihundertvierunddreißig aus zwanzig, ist da.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Legal;

/// The sign, once or twice.
#[derive(Debug)]
struct Paragraph {
    plural: bool,
}

impl Rule for Legal {
    fn name(&self) -> &'static str {
        "legal"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.is(i, "§") {
            let plural = sheet.is(i + 1, "§");
            let end = if plural { i + 2 } else { i + 1 };
            return Some(Match::new(end, Paragraph { plural }));
        }
        file_number(sheet, i)
            .or_else(|| senate(sheet, i))
            .or_else(|| section(sheet, i))
    }
}

/// `VI` of `VI ZR 23/21`: the Federal Court of Justice numbers its civil senates in Roman.
fn senate(sheet: &Sheet, i: usize) -> Option<Match> {
    let value = super::roman::value(sheet.word(i)?).filter(|value| *value < 30)?;
    let mark = sheet.word(i + 2).filter(|_| sheet.space(i + 1))?;
    let register = matches!(
        mark,
        "ZR" | "ZB" | "ZA" | "ARZ" | "AR" | "StR" | "StB" | "ZRB" | "R" | "B" | "K"
    );
    let number = sheet.skip_space(i + 3);
    (register && sheet.digits(number).is_some() && sheet.is(number + 1, "/"))
        .then(|| Match::new(i + 1, number::cardinal(value)))
}

/// `III` of `Art. 3 III GG`: lawyers number the sections of an article in Roman.
fn section(sheet: &Sheet, i: usize) -> Option<Match> {
    let value = super::roman::value(sheet.word(i)?).filter(|value| *value < 20)?;
    let number = sheet.before(i)?;
    sheet.digits(number)?;
    let mut sign = sheet.before(number)?;
    if sheet.is(sign, ".") {
        sign = sign.checked_sub(1)?;
    }
    (matches!(sheet.text(sign), "Art" | "Artikel" | "§")
        && sheet.space(i - 1)
        && !sheet.glued_right(i + 1))
    .then(|| Match::new(i + 1, format!("Absatz {}", number::cardinal(value))))
}

/// `1234/20` behind the register mark of a court.
fn file_number(sheet: &Sheet, i: usize) -> Option<Match> {
    let digits = sheet.digits(i)?;
    if sheet.glued_left(i) || !sheet.is(i + 1, "/") {
        return None;
    }
    let year = sheet.digits(i + 2).filter(|digits| digits.len() == 2)?;
    let mark = sheet
        .word(sheet.before(i)?)
        .filter(|word| word.chars().count() <= 4 && word.starts_with(char::is_uppercase))?;
    let court = mark.chars().filter(|c| c.is_uppercase()).count() >= 2
        || matches!(
            mark,
            "O" | "U"
                | "C"
                | "S"
                | "K"
                | "B"
                | "L"
                | "Ca"
                | "Sa"
                | "Js"
                | "Ls"
                | "Ks"
                | "Ss"
                | "Ds"
                | "Cs"
                | "Az"
                | "F"
                | "T"
                | "W"
                | "E"
        );
    if !court
        || sheet.glued_right(i + 3)
        || sheet.kind(i + 3) == Some(Kind::Mark) && sheet.is(i + 3, "/")
    {
        return None;
    }
    let year = if year.starts_with('0') {
        number::digits(year)
    } else {
        number::cardinal_of(year)
    };
    // `4 K 123/22.KS` names the court.
    let court = sheet
        .word(i + 4)
        .filter(|word| sheet.is(i + 3, ".") && word.len() <= 3)
        .and_then(super::acronym::letters);
    let spoken = format!("{} aus {year}", number::cardinal_of(digits));
    Some(match court {
        Some(court) => Match::new(i + 5, format!("{spoken} {court}")),
        None => Match::new(i + 3, spoken),
    })
}

impl Speak for Paragraph {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        if self.plural {
            return "Paragrafen".into();
        }
        let phrase = grammar::phrase_with(sheet, atoms.start, Cells::MASCULINE);
        // A weak noun: `des Paragrafen`, but bare `nach Paragraf fünf`.
        if phrase.determined && phrase.case != Case::Nominative {
            return Spoken {
                text: "Paragrafen".to_owned(),
                reading: Some(phrase.to_string()),
            };
        }
        "Paragraf".into()
    }
}
