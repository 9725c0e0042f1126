//! Numbers of an enumeration in running text: `Gründe: 1. die Lage, 2. der Preis`.

use super::{Match, Rule, ordinal};
use crate::normalise::{
    number,
    token::{Kind, Sheet},
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Gründe: 1. die Lage, 2. der Preis.",
        "Gründe: erstens die Lage, zweitens der Preis.",
    ),
    (
        "Es gibt drei Arten: 1. Lkw, 2. Pkw und 3. Motorräder.",
        "Es gibt drei Arten: erstens L k w, zweitens P k w und drittens Motorräder.",
    ),
    (
        "Wir (1. sparen; 2. bauen) gern.",
        "Wir, erstens sparen; zweitens bauen, gern.",
    ),
    // What is counted by ordinals stays an ordinal.
    (
        "Frei: 1. Mai, 3. Oktober.",
        "Frei: erster Mai, dritter Oktober.",
    ),
    (
        "Ergebnisse: 1. Mannschaft 3:1, 2. Mannschaft 0:2.",
        "Ergebnisse: erste Mannschaft drei zu eins, zweite Mannschaft null zu zwei.",
    ),
];

/// How many atoms apart two numbers of an enumeration may stand; a bound that keeps the search linear.
const REACH: usize = 80;

/// The highest number that is looked for.
const MOST: u128 = 12;

/// The rule.
#[derive(Debug)]
pub struct Enumeration;

impl Rule for Enumeration {
    fn name(&self) -> &'static str {
        "enumeration"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let n = item(sheet, i)?;
        let neighbour = |at: usize, wanted: u128| {
            item(sheet, at) == Some(wanted)
                // `1. Mannschaft 3:1, 2. Mannschaft 0:2`
                && sheet.text(at + 3) != sheet.text(i + 3)
        };
        let found = if n == 1 {
            (i + 4..sheet.len().min(i + REACH)).any(|at| neighbour(at, 2))
        } else {
            (i.saturating_sub(REACH)..i).any(|at| neighbour(at, n - 1))
        };
        found.then(|| Match::new(i + 2, format!("{}ens", number::ordinal_stem(n))))
    }
}

/// The number at `i`, if an item may begin there and a full stop, a space and its words follow.
fn item(sheet: &Sheet, i: usize) -> Option<u128> {
    let digits = sheet
        .digits(i)
        .filter(|digits| digits.len() < 3 && !digits.starts_with('0'))?;
    let word = sheet
        .word(i + 3)
        .filter(|word| !matches!(*word, "und" | "oder" | "bis" | "sowie"))?;
    // `1. FC`, `2. SV`
    let club = word.len() > 1 && word.chars().all(char::is_uppercase);
    let counts = club || ordinal::is_numbered(sheet, i + 3);
    let apart = sheet.is(i + 1, ".") && sheet.space(i + 2) && !sheet.glued_left(i);
    let n = digits
        .parse()
        .ok()
        .filter(|n| apart && !counts && (1..=MOST).contains(n))?;
    let begins = if n == 1 {
        opens(sheet, i)
    } else {
        goes_on(sheet, i)
    };
    begins.then_some(n)
}

/// Whether an enumeration may begin at `i`: behind a colon or a bracket, or at the start.
fn opens(sheet: &Sheet, i: usize) -> bool {
    sheet
        .before(i)
        .is_none_or(|at| matches!(sheet.mark(at), Some(':' | '(' | '–')))
}

/// Whether the next item of an enumeration may begin at `i`.
fn goes_on(sheet: &Sheet, i: usize) -> bool {
    sheet.before(i).is_some_and(|at| match sheet.kind(at) {
        Some(Kind::Mark) => matches!(sheet.mark(at), Some(',' | ';' | '.' | '?' | '!' | ')')),
        Some(Kind::Word) => matches!(sheet.text(at), "und" | "sowie" | "oder"),
        _ => false,
    })
}
