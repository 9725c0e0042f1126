//! Plain numbers: what no other rule has claimed, with ranges and large-number words.

use super::{
    Match, Rule, Speak, Spoken,
    numeral::{self, Amounts},
    year,
};
use crate::normalise::{
    grammar, number,
    token::{Kind, Sheet},
    units,
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    ("Wählen Sie 1 Gericht.", "Wählen Sie ein Gericht."),
    ("Ich habe 1 Hund.", "Ich habe einen Hund."),
    (
        "Er wurde 1. Sieger, ich war 1 Jahr alt.",
        "Er wurde erster Sieger, ich war ein Jahr alt.",
    ),
    (
        "1 von 10 Frauen lebt allein.",
        "Eine von zehn Frauen lebt allein.",
    ),
    (
        "Karlsruhe (1 BvR 2656/18) rügt das Gesetz.",
        "Karlsruhe, eins B v R zweitausendsechshundertsechsundfünfzig aus achtzehn, rügt das Gesetz.",
    ),
    ("nur 1 von 3 Bewerbern", "nur einer von drei Bewerbern"),
    (
        "Von den 101 Abgeordneten fehlten 2.",
        "Von den hunderteins Abgeordneten fehlten zwei.",
    ),
    (
        "Auf Platz 1 landete Norwegen.",
        "Auf Platz eins landete Norwegen.",
    ),
    ("mit nur 1 Stimme", "mit nur einer Stimme"),
    ("1 Tote und 3 Verletzte", "eine Tote und drei Verletzte"),
    ("1 Toter", "ein Toter"),
    ("gegen 1 Stimme", "gegen eine Stimme"),
    ("Es gab 1 Verletzten.", "Es gab einen Verletzten."),
    ("-21,2340", "minus einundzwanzig Komma zwei drei vier null"),
    (
        "Er ist über 1,5 Mio. Mal verkauft worden.",
        "Er ist über eins Komma fünf Millionen Mal verkauft worden.",
    ),
    ("10-20 Leute", "zehn bis zwanzig Leute"),
    (
        "38 664 Menschen",
        "achtunddreißigtausendsechshundertvierundsechzig Menschen",
    ),
    ("1 bis 2 Tage", "ein bis zwei Tage"),
    ("um 1 bis 2 cm", "um ein bis zwei Zentimeter"),
    ("die Plätze 1 bis 3", "die Plätze eins bis drei"),
    (
        "mit 3 Toren, 1 Platzverweis und 1 Pause",
        "mit drei Toren, einem Platzverweis und einer Pause",
    ),
    ("von 1 Mio. Menschen", "von einer Million Menschen"),
    ("Agent 007", "Agent null null sieben"),
    ("Das Ergebnis war 1.", "Das Ergebnis war eins."),
];

/// The rule.
#[derive(Debug)]
pub struct Cardinal;

/// One number or a range.
#[derive(Debug)]
struct Value {
    amounts: Amounts,
    /// Whether a single number is a year.
    year: bool,
}

impl Rule for Cardinal {
    fn name(&self) -> &'static str {
        "cardinal"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let (mut amounts, mut end) = numeral::amounts(sheet, i)?;
        if amounts.list.len() > 1 && (sheet.glued_left(i) || sheet.glued_right(end)) {
            let (amount, after) = numeral::amount(sheet, i)?;
            amounts = Amounts {
                list: vec![amount],
                joint: "",
            };
            end = after;
        }
        let year = amounts.list.len() == 1 && year::is_year(sheet, i, end);
        Some(Match::new(end, Value { amounts, year }))
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        if self.year
            && let Some(n) = self.amounts.list[0]
                .numeral
                .whole
                .and_then(|n| u32::try_from(n).ok())
        {
            return number::year(n).into();
        }
        if self.amounts.list.len() == 1
            && self.amounts.list[0].scale.is_none()
            && self.amounts.list[0].numeral.is_one(false)
        {
            if ranges_on(sheet, atoms.end) {
                return self.amounts.words("ein").into();
            }
            if let Some(word) = one_of(sheet, &atoms) {
                return word.into();
            }
            if let Some(phrase) = counted(sheet, atoms.clone()) {
                return Spoken {
                    text: self.amounts.words(phrase.one()),
                    reading: Some(phrase.to_string()),
                };
            }
        }
        if self.amounts.list.len() == 1 && self.amounts.list[0].scale.is_none() {
            return self.amounts.list[0].numeral.words("eins").into();
        }
        let noun = sheet.space(atoms.end)
            && sheet
                .word(atoms.end + 1)
                .is_some_and(|word| word.starts_with(char::is_uppercase));
        self.amounts
            .words_at(sheet, &atoms, if noun { "ein" } else { "eins" })
            .into()
    }
}

/// `1 bis 2 Tage`, `1 oder 2 Tore`
fn ranges_on(sheet: &Sheet, end: usize) -> bool {
    let joint = sheet.skip_space(end);
    let second = sheet.skip_space(joint + 1);
    matches!(sheet.text(joint), "bis" | "oder")
        && sheet.digits(second).is_some()
        && (grammar::noun_after(sheet, second + 1).is_some()
            || units::unit(sheet, sheet.skip_space(second + 1)).is_some()
            || units::currency(sheet, sheet.skip_space(second + 1)).is_some())
}

/// `1 von 3 Bewerbern`: the one has the gender of what it is taken from.
fn one_of(sheet: &Sheet, atoms: &Range<usize>) -> Option<&'static str> {
    let of = sheet.skip_space(atoms.end);
    let number = sheet.skip_space(of + 1);
    if !sheet.is(of, "von") || sheet.digits(number).is_none() {
        return None;
    }
    let noun = grammar::noun_after(sheet, number + 1)?;
    // `Platz 1 von 3`, `Teil 1 von 4`: a number behind a noun is its name.
    let named = sheet
        .before(atoms.start)
        .is_some_and(|at| at > 0 && sheet.text(at).starts_with(char::is_uppercase));
    if named || sheet.left(atoms.start) == ":" {
        return None;
    }
    Some(
        match crate::normalise::nouns::gender_of_plural(sheet.text(noun)) {
            Some(grammar::Gender::Feminine) => "eine",
            Some(grammar::Gender::Neuter) => "eines",
            _ => "einer",
        },
    )
}

/// The phrase of a number one that counts the noun behind it, and so inflects.
pub(super) fn counted(sheet: &Sheet, atoms: Range<usize>) -> Option<grammar::Phrase> {
    // `Platz 1`, `Nummer 1`: behind a noun the number is its name.
    if let Some(before) = sheet.before(atoms.start)
        && let Some(word) = sheet.word(before)
        && word.starts_with(char::is_uppercase)
        // `Wählen Sie 1 Gericht`: nobody bears a number as `Sie`.
        && !matches!(word, "Sie" | "Ihnen")
        && (before > 0
            || crate::normalise::nouns::cells(word).is_some()
                && !super::ordinal::starts_sentence(word))
    {
        return None;
    }
    // `1 BvR 2656/18`: the chamber of a court.
    if sheet.digits(atoms.end + 3).is_some() && sheet.is(atoms.end + 4, "/") {
        return None;
    }
    // `§ 1 Abs. 2`
    if matches!(
        sheet.left(atoms.start),
        "§" | "Az" | "Aktenzeichen" | ":" | "#"
    ) {
        return None;
    }
    // `Satz 1 Nr. 3`, `Abs. 1 Satz 2`
    if let Some(before) = sheet.before(atoms.start)
        && sheet.is(before, ".")
        && before > 0
        && sheet
            .word(before - 1)
            .is_some_and(crate::normalise::abbreviations::is_counted)
    {
        return None;
    }
    if sheet.kind(atoms.end) != Some(Kind::Space) || sheet.kind(atoms.end + 1) != Some(Kind::Word) {
        return None;
    }
    let noun = grammar::noun_after(sheet, atoms.end)?;
    // Across an adjective only if it agrees: `1 schwerer Unfall`, not `1 landete Norwegen`.
    if noun > atoms.end + 1 && grammar::noun_cells(sheet, noun).is_none() {
        return None;
    }
    Some(grammar::phrase_in(
        sheet,
        atoms.start,
        atoms.end,
        grammar::Cells::SINGULAR,
    ))
}
