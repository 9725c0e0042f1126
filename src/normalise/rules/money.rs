//! Sums of money: `1,50 €`, `$2`, `3,5 Mio. Euro`, `Fr. 5.–`, `19,90 €/Monat`, `20–30 Euro`.

use super::{
    Match, Rule, Speak, Spoken,
    numeral::{self, Amount, Amounts},
};
use crate::normalise::{
    grammar::{self, Cells},
    number,
    token::Sheet,
    units,
    units::Currency,
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Das Projekt kostet 3,5 Mio. Euro.",
        "Das Projekt kostet drei Komma fünf Millionen Euro.",
    ),
    (
        "Der Konzern zahlt 2 Mrd. $ Strafe.",
        "Der Konzern zahlt zwei Milliarden Dollar Strafe.",
    ),
    (
        "Der Schaden beträgt 1.000.000 Euro.",
        "Der Schaden beträgt eine Million Euro.",
    ),
    (
        "Ein Liter kostet 0,99 €.",
        "Ein Liter kostet neunundneunzig Cent.",
    ),
    (
        "Das Abo kostet 19,90 €/Monat.",
        "Das Abo kostet neunzehn Euro neunzig pro Monat.",
    ),
    (
        "Tickets kosten 20-30 Euro.",
        "Tickets kosten zwanzig bis dreißig Euro.",
    ),
    (
        "Die Fahrt kostet Fr. 5.–.",
        "Die Fahrt kostet fünf Franken.",
    ),
    ("Die Fahrt kostet 5,- €.", "Die Fahrt kostet fünf Euro."),
    ("für 1 Euro", "für einen Euro"),
    ("mit 1 Euro", "mit einem Euro"),
    ("Das kostet 1 €.", "Das kostet einen Euro."),
    ("-1,25 EUR", "minus ein Euro fünfundzwanzig"),
    ("£2,01", "zwei Pfund ein Penny"),
    (
        "Der Preis stieg von 8,50 auf 9,20 Euro.",
        "Der Preis stieg von acht Euro fünfzig auf neun Euro zwanzig.",
    ),
    ("CHF 12,80", "zwölf Schweizer Franken achtzig"),
    ("12.50 EUR", "zwölf Euro fünfzig"),
    ("1'250.– Franken", "eintausendzweihundertfünfzig Franken"),
    ("1 Mio. €", "eine Million Euro"),
    (
        "Fr. 1'234.50",
        "eintausendzweihundertvierunddreißig Franken fünfzig",
    ),
    ("2,5 Euro", "zwei Komma fünf Euro"),
    ("mit 1 Mrd. Euro", "mit einer Milliarde Euro"),
    ("stieg auf 1,08 $", "stieg auf einen Dollar acht"),
];

/// The rule.
#[derive(Debug)]
pub struct Money;

#[derive(Debug)]
struct Value {
    amounts: Amounts,
    currency: &'static Currency,
    /// `pro Monat`
    per: Option<String>,
}

impl Rule for Money {
    fn name(&self) -> &'static str {
        "money"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        let (amounts, currency, end) = before(sheet, i)
            .or_else(|| after(sheet, i))
            .or_else(|| shared(sheet, i))?;
        let (per, end) = per(sheet, end).map_or((None, end), |(per, end)| (Some(per), end));
        Some(Match::new(
            end,
            Value {
                amounts,
                currency,
                per,
            },
        ))
    }
}

/// `€ 5`, `CHF 12,80`, `-$5`
fn before(sheet: &Sheet, i: usize) -> Option<(Amounts, &'static Currency, usize)> {
    let (sign, at) = match numeral::sign_before(sheet, i) {
        Some((sign, at)) => (Some(sign), at),
        None => (None, i),
    };
    let (currency, end) = units::currency(sheet, at)?;
    // `Mo. bis Fr. 8.00 Uhr`
    let weekday = sheet.is(at, "Fr") && {
        let joint = sheet.before(at);
        joint.is_some_and(|at| matches!(sheet.text(at), "bis" | "-" | "–" | "und" | "/" | ","))
    };
    if !currency.before || weekday {
        return None;
    }
    let (mut amounts, end) = numeral::amounts(sheet, sheet.skip_space(end))?;
    // `2 EUR 5 Cent`: the amount before has the currency.
    if amounts.list[0].numeral.is_code() {
        return None;
    }
    if let Some(sign) = sign {
        amounts.list[0].numeral.sign = Some(sign);
    }
    Some((amounts, currency, dash(sheet, end)))
}

/// `5 €`, `5,– Euro`, `20 € – 30 €`
fn after(sheet: &Sheet, i: usize) -> Option<(Amounts, &'static Currency, usize)> {
    let (amounts, end) = numeral::amounts(sheet, i)?;
    let at = sheet.skip_space(dash(sheet, end));
    let (currency, end) = units::currency(sheet, at)?;
    // `2 TL Salz` are spoonfuls.
    if sheet.is(at, "TL")
        && amounts.list[0]
            .numeral
            .whole
            .is_some_and(|whole| whole < 20)
    {
        return None;
    }
    // A full stop of `Fr.` that ends the sentence stays.
    let end = if sheet.is(end - 1, ".") {
        super::abbreviation::without_stop(sheet, end, true, "")
    } else {
        end
    };
    Some((amounts, currency, end))
}

/// `von 8,50 auf 9,20 Euro`: the first sum shares the currency of the second.
fn shared(sheet: &Sheet, i: usize) -> Option<(Amounts, &'static Currency, usize)> {
    let (amounts, end) = numeral::amounts(sheet, i)?;
    let joint = sheet.skip_space(end);
    let shares = matches!(sheet.text(joint), "auf" | "bis" | "und" | "oder" | "statt");
    if !shares || amounts.list.len() > 1 || cents(&amounts.list[0]).is_none() {
        return None;
    }
    let (other, currency, _) = after(sheet, sheet.skip_space(joint + 1))?;
    (other.list.len() == 1 && cents(&other.list[0]).is_some()).then_some((amounts, currency, end))
}

/// The place behind `.–`, `,-`, `.--` at `i`.
fn dash(sheet: &Sheet, i: usize) -> usize {
    if !matches!(sheet.mark(i), Some('.' | ','))
        || !matches!(sheet.mark(i + 1), Some('-' | '–' | '—'))
    {
        return i;
    }
    let mut at = i + 2;
    while matches!(sheet.mark(at), Some('-' | '–')) {
        at += 1;
    }
    if sheet.glued_right(at) && sheet.digits(at).is_some() {
        i
    } else {
        at
    }
}

/// `/Monat`, `/kWh`, `/Std.`
fn per(sheet: &Sheet, i: usize) -> Option<(String, usize)> {
    let i = if sheet.space(i) && sheet.is(i + 1, "/") {
        i + 1
    } else {
        i
    };
    if !sheet.is(i, "/") {
        return None;
    }
    let at = sheet.skip_space(i + 1);
    if at == i + 1
        && let Some(found) = units::per(sheet, i)
    {
        return Some(found);
    }
    let word = sheet.word(at).filter(|word| {
        word.starts_with(char::is_uppercase) && units::currency(sheet, at).is_none()
    })?;
    let word = super::acronym::letters(word).unwrap_or_else(|| word.to_owned());
    Some((format!("pro {word}"), at + 1))
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let mut reading = None;
        let mut text = if self.amounts.list.len() == 1 {
            let (text, phrase) = self.single(sheet, &atoms);
            reading = phrase;
            text
        } else if self
            .amounts
            .list
            .iter()
            .any(|amount| cents(amount).is_some())
        {
            let parts: Vec<String> = self
                .amounts
                .list
                .iter()
                .map(|amount| self.plain(amount, "ein", self.currency.plural))
                .collect();
            parts.join(" bis ")
        } else {
            format!("{} {}", self.amounts.words("ein"), self.currency.plural)
        };
        if let Some(per) = &self.per {
            text.push(' ');
            text.push_str(per);
        }
        Spoken { text, reading }
    }
}

/// The two digits of hundredths of a plain amount.
fn cents(amount: &Amount) -> Option<u32> {
    let fraction = amount
        .numeral
        .fraction
        .as_deref()
        .filter(|digits| digits.len() == 2)?;
    if amount.scale.is_some() {
        None
    } else {
        fraction.parse().ok()
    }
}

impl Value {
    fn single(&self, sheet: &Sheet, atoms: &Range<usize>) -> (String, Option<String>) {
        let amount = &self.amounts.list[0];
        let whole_one = amount.scale.is_none()
            && amount.numeral.whole == Some(1)
            && (amount.numeral.fraction.is_none() || cents(amount).is_some());
        if amount.scale.is_some() {
            let words = self.amounts.words_at(sheet, atoms, "ein");
            return (format!("{words} {}", self.currency.plural), None);
        }
        if !whole_one {
            return (self.plain(amount, "ein", self.currency.plural), None);
        }
        let phrase = grammar::amount_phrase(
            sheet,
            atoms.start,
            atoms.end,
            Cells::gender(self.currency.gender).and(Cells::SINGULAR),
        );
        let text = self.plain(amount, phrase.one(), self.currency.singular);
        (text, Some(phrase.to_string()))
    }

    fn plain(&self, amount: &Amount, one: &str, name: &str) -> String {
        let Some(cents) = cents(amount) else {
            return format!("{} {name}", amount.words(one));
        };
        let numeral = &amount.numeral;
        let sign = numeral
            .sign
            .map_or(String::new(), |sign| format!("{} ", sign.word()));
        let Some(sub) = self.currency.sub else {
            return format!("{} {name}", amount.words(one));
        };
        let part = |one: &str| {
            if cents == 1 {
                format!("{one} {}", sub.0)
            } else {
                format!("{} {}", number::cardinal(cents.into()), sub.1)
            }
        };
        if numeral.whole == Some(0) && cents > 0 {
            return format!(
                "{sign}{}",
                part(if sub.0.ends_with('e') { "eine" } else { "ein" })
            );
        }
        let whole = match numeral.whole {
            Some(1) => one.to_owned(),
            Some(n) => number::cardinal(n),
            None => number::digits(&numeral.whole_digits),
        };
        match cents {
            0 => format!("{sign}{whole} {name}"),
            1 => format!(
                "{sign}{whole} {name} {}",
                part(if sub.0.ends_with('e') { "eine" } else { "ein" })
            ),
            _ => format!("{sign}{whole} {name} {}", number::cardinal(cents.into())),
        }
    }
}
