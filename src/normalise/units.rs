//! The tables of units and currencies.

use super::{
    abbreviations::gender,
    grammar::Gender,
    tables::{Index, cell, rows},
    token::{Kind, Sheet},
};
use std::sync::LazyLock;

const UNITS: &str = include_str!("tables/units.tsv");
const CURRENCIES: &str = include_str!("tables/currencies.tsv");

/// A unit of measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// `Stunde`
    pub singular: String,
    /// `Stunden`, the form after a number other than one
    pub plural: String,
    /// Gender of the singular.
    pub gender: Gender,
    /// Length, mass, time …
    pub class: &'static str,
}

/// A currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// `Krone`
    pub singular: &'static str,
    /// `Kronen`, the form after a number
    pub plural: &'static str,
    /// Gender of the singular.
    pub gender: Gender,
    /// The hundredth, singular and plural.
    pub sub: Option<(&'static str, &'static str)>,
    /// Whether it may stand before the amount.
    pub before: bool,
}

static UNIT_INDEX: LazyLock<Index<Unit>> = LazyLock::new(|| {
    Index::new(rows(UNITS).filter_map(|row| {
        Some((
            cell(&row, 0)?,
            Unit {
                singular: cell(&row, 1)?.to_owned(),
                plural: cell(&row, 2)?.to_owned(),
                gender: gender(cell(&row, 3)?)?,
                class: cell(&row, 4).unwrap_or("other"),
            },
        ))
    }))
});

/// Units by their lower-case spelling, for `STCK.` and `Kwh`; on a clash the first row in the table wins.
static LOWER_INDEX: LazyLock<Index<(char, Unit)>> = LazyLock::new(|| {
    Index::new(rows(UNITS).filter_map(|row| {
        let written = cell(&row, 0).filter(|written| written.chars().count() > 1)?;
        let lower: &'static str = Box::leak(written.to_lowercase().into_boxed_str());
        Some((
            lower,
            (
                written.chars().next()?,
                Unit {
                    singular: cell(&row, 1)?.to_owned(),
                    plural: cell(&row, 2)?.to_owned(),
                    gender: gender(cell(&row, 3)?)?,
                    class: cell(&row, 4).unwrap_or("other"),
                },
            ),
        ))
    }))
});

static CURRENCY_INDEX: LazyLock<Index<Currency>> = LazyLock::new(|| {
    Index::new(rows(CURRENCIES).filter_map(|row| {
        Some((
            cell(&row, 0)?,
            Currency {
                singular: cell(&row, 1)?,
                plural: cell(&row, 2)?,
                gender: gender(cell(&row, 3)?)?,
                sub: cell(&row, 4).zip(cell(&row, 5)),
                before: cell(&row, 6).is_some_and(|position| position != "after"),
            },
        ))
    }))
});

/// The currency that is written at atom `i`, and the place behind it.
#[must_use]
pub fn currency(sheet: &Sheet, i: usize) -> Option<(&'static Currency, usize)> {
    CURRENCY_INDEX.find(sheet, i).find(|(_, end)| {
        // A word stands alone: `Eur` is not `Europa`, `kr` not `kr1`.
        let word = sheet.word(end - 1).is_some();
        let goes_on =
            sheet.word(*end).is_some() || sheet.is(*end, "-") && sheet.glued_right(end + 1);
        !(word && goes_on)
    })
}

/// The base unit, without powers and quotients, at atom `i`.
fn base(sheet: &Sheet, i: usize) -> Option<(Unit, usize)> {
    let whole = |end: usize| sheet.word(end - 1).is_none() || sheet.kind(end) != Some(Kind::Word);
    // `20° C`
    if sheet.is(i, "°") && sheet.space(i + 1) && matches!(sheet.text(i + 2), "C" | "F") {
        let name = if sheet.is(i + 2, "C") {
            "Grad Celsius"
        } else {
            "Grad Fahrenheit"
        };
        let unit = Unit {
            singular: name.to_owned(),
            plural: name.to_owned(),
            gender: Gender::Masculine,
            class: "temperature",
        };
        return Some((unit, i + 3));
    }
    if let Some((unit, end)) = UNIT_INDEX.find(sheet, i).find(|(_, end)| whole(*end)) {
        return Some((unit.clone(), end));
    }
    let word = sheet.word(i)?;
    if word.chars().count() < 2 {
        return None;
    }
    let lower = word.to_lowercase();
    // Only spellings in one case throughout or capitalised stand for a unit (`STCK.`, `ltr.`, `mv`), never a word such as `An`.
    let first = word.chars().next()?;
    let candidates = || {
        LOWER_INDEX
            .find_as(sheet, i, &lower)
            .filter(|(_, end)| whole(*end))
    };
    // `mv` is rather `mV` than `MV`.
    let ((_, unit), end) = candidates()
        .find(|((head, _), _)| *head == first)
        .or_else(|| candidates().next())?;
    let plain = super::rules::ordinal::starts_sentence(word)
        || matches!(
            lower.as_str(),
            "am" | "an" | "in" | "ab" | "um" | "da" | "so"
        );
    (!plain).then(|| (unit.clone(), end))
}

/// A power behind a length: `²`, `³`, `2`, `3`, `^2`.
fn power(sheet: &Sheet, i: usize) -> Option<(u8, usize)> {
    let (text, end) = if sheet.is(i, "^") {
        (sheet.text(i + 1), i + 2)
    } else {
        (sheet.text(i), i + 1)
    };
    let power = match text {
        "²" | "2" => 2,
        "³" | "3" => 3,
        _ => return None,
    };
    (!sheet.glued_right(end)).then_some((power, end))
}

/// A unit with its power: `m²`, `km3`.
fn powered(sheet: &Sheet, i: usize) -> Option<(Unit, usize)> {
    let (mut unit, mut end) = base(sheet, i)?;
    if let Some((power, after)) = power(sheet, end)
        && matches!(unit.class, "length" | "time")
    {
        let prefix = if power == 2 { "Quadrat" } else { "Kubik" };
        for form in [&mut unit.singular, &mut unit.plural] {
            *form = format!("{prefix}{}", form.to_lowercase());
        }
        unit.class = "area";
        end = after;
    }
    Some((unit, end))
}

/// The unit at atom `i` with powers and quotients, and the place behind it: `µg/m³`, `l/100 km`, `km²`, `/km²`.
#[must_use]
pub fn unit(sheet: &Sheet, i: usize) -> Option<(Unit, usize)> {
    let (mut unit, mut end) = if sheet.is(i, "/") {
        let (per, end) = per(sheet, i)?;
        let unit = Unit {
            singular: per.clone(),
            plural: per,
            gender: Gender::Neuter,
            class: "other",
        };
        return Some((unit, end));
    } else {
        powered(sheet, i)?
    };
    for _ in 0..2 {
        let Some((per, after)) = per(sheet, end) else {
            break;
        };
        for form in [&mut unit.singular, &mut unit.plural] {
            form.push(' ');
            form.push_str(&per);
        }
        end = after;
    }
    // `kg·m`
    Some((unit, end))
}

/// A quotient at `i`: `/h` is `pro Stunde`, `/100 km` is `pro hundert Kilometer`; the word behind the slash may be any noun.
#[must_use]
pub fn per(sheet: &Sheet, i: usize) -> Option<(String, usize)> {
    if !sheet.is(i, "/") {
        return None;
    }
    let at = i + 1;
    if let Some(digits) = sheet.digits(at) {
        let grouped =
            sheet.is(at + 1, ".") && sheet.digits(at + 2).is_some_and(|digits| digits.len() == 3);
        let (number, after) = if grouped {
            (format!("{digits}{}", sheet.text(at + 2)), at + 3)
        } else {
            (digits.to_owned(), at + 1)
        };
        if !matches!(number.as_str(), "10" | "100" | "1000" | "10000" | "100000") {
            return None;
        }
        let place = sheet.skip_space(after);
        let (unit, end) = match powered(sheet, place) {
            Some((unit, end)) => (unit.plural, end),
            None => (
                sheet
                    .word(place)
                    .filter(|word| word.starts_with(char::is_uppercase))
                    .map(|word| super::rules::acronym::letters(word).unwrap_or(word.to_owned()))?,
                place + 1,
            ),
        };
        return Some((
            format!("pro {} {unit}", super::number::cardinal_of(&number)),
            end,
        ));
    }
    if let Some((unit, end)) = powered(sheet, at) {
        return Some((format!("pro {}", unit.singular), end));
    }
    None
}
