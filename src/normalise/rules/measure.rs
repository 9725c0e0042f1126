//! Measures: a number with a unit (`80 km/h`, `1 kWh`, `-1,2 °C`, `3 x 4 m`, `5–10 %`), and units that stand alone (`pro m²`).

use super::{
    Match, Rule, Speak, Spoken,
    numeral::{self, Amounts},
};
use crate::normalise::{
    abbreviations,
    grammar::{self, Case, Cells, Gender},
    number,
    token::{Kind, Sheet},
    units::{self, Unit},
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Rühren Sie 1 TL Salz ein.",
        "Rühren Sie einen Teelöffel Salz ein.",
    ),
    (
        "Er fuhr 80 km/h zu schnell.",
        "Er fuhr achtzig Kilometer pro Stunde zu schnell.",
    ),
    ("Das Baby wog 1 kg.", "Das Baby wog ein Kilogramm."),
    ("von 1 kWh", "von einer Kilowattstunde"),
    (
        "Die Inflation lag bei 20 %.",
        "Die Inflation lag bei zwanzig Prozent.",
    ),
    (
        "Bei 20°C im Schatten.",
        "Bei zwanzig Grad Celsius im Schatten.",
    ),
    ("20° C", "zwanzig Grad Celsius"),
    ("-1,2 °C", "minus eins Komma zwei Grad Celsius"),
    (
        "Die Belastung lag bei 40 µg/m³.",
        "Die Belastung lag bei vierzig Mikrogramm pro Kubikmeter.",
    ),
    (
        "Der Raum ist 3 x 4 m groß.",
        "Der Raum ist drei mal vier Meter groß.",
    ),
    ("Sie ist 1,80 m groß.", "Sie ist ein Meter achtzig groß."),
    ("1,1 cm", "eins Komma eins Zentimeter"),
    (
        "56,3 /km²",
        "sechsundfünfzig Komma drei pro Quadratkilometer",
    ),
    ("1,0 kg", "ein Kilogramm"),
    ("2 STCK. Eier", "zwei Stück Eier"),
    ("45 min. backen", "fünfundvierzig Minuten backen"),
    ("seit 3 Mon.", "seit drei Monaten."),
    ("90,4 millionen g", "neunzig Komma vier Millionen Gramm"),
    ("7 l/100 km", "sieben Liter pro hundert Kilometer"),
    ("5-10 %", "fünf bis zehn Prozent"),
    (
        "Die Preise je m² steigen.",
        "Die Preise je Quadratmeter steigen.",
    ),
    (
        "Nach 2 km war Schluss.",
        "Nach zwei Kilometern war Schluss.",
    ),
    ("mit 118 km/h", "mit hundertachtzehn Kilometern pro Stunde"),
    ("in 400 km Höhe", "in vierhundert Kilometern Höhe"),
    ("mit 2 l Milch", "mit zwei Liter Milch"),
    (
        "Böen bis zu 120 km/h",
        "Böen bis zu hundertzwanzig Kilometer pro Stunde",
    ),
    ("in 3 m hohen Wellen", "in drei Meter hohen Wellen"),
    (
        "Der Pegel stieg auf 5 m.",
        "Der Pegel stieg auf fünf Meter.",
    ),
    ("plus 5 %-Punkte", "plus fünf Prozentpunkte"),
    ("mit 1,2 ‰ Alkohol", "mit eins Komma zwei Promille Alkohol"),
    (
        "zwischen -5 und +3 °C",
        "zwischen minus fünf und plus drei Grad Celsius",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Measure;

#[derive(Debug)]
struct Value {
    amounts: Amounts,
    unit: Unit,
}

/// A unit without a number.
#[derive(Debug)]
struct Bare(Unit);

impl Rule for Measure {
    fn name(&self) -> &'static str {
        "measure"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        if sheet.kind(i) == Some(Kind::Word) || matches!(sheet.mark(i), Some('°' | '℃')) {
            return bare(sheet, i);
        }
        let (mut amounts, mut end) = numeral::amounts(sheet, i)?;
        if amounts.list.len() > 1 && unit_behind(sheet, i, end).is_none() {
            let (amount, after) = numeral::amount(sheet, i)?;
            // `5 % – 10 %` is read as two measures.
            unit_behind(sheet, i, after)?;
            amounts = Amounts {
                list: vec![amount],
                joint: "",
            };
            end = after;
        }
        let (unit, end) = unit_behind(sheet, i, end)?;
        Some(Match::new(end, Value { amounts, unit }))
    }
}

/// The unit behind a number that ends at `end`.
fn unit_behind(sheet: &Sheet, start: usize, end: usize) -> Option<(Unit, usize)> {
    let at = sheet.skip_space(end);
    let spaced = at > end;
    if sheet.is(at, "%")
        && sheet.is(at + 1, "-")
        && matches!(sheet.text(at + 2), "Punkte" | "Punkten" | "Punkt")
    {
        let word = format!("Prozent{}", sheet.text(at + 2).to_lowercase());
        let unit = Unit {
            singular: word.clone(),
            plural: word,
            gender: Gender::Masculine,
            class: "percent",
        };
        return Some((unit, at + 3));
    }
    let (unit, after) = units::unit(sheet, at)?;
    // `m ü. M.`
    if abbreviations::at(sheet, at)
        .iter()
        .any(|(row, end, _)| *end > after + 1 && row.context.contains("number_before"))
    {
        return None;
    }
    let word = sheet.text(at);
    // A compound (`5 %-Hürde`, `100-m-Lauf`) is not a measure.
    if sheet.is(after, "-") && sheet.glued_right(after + 1) && !sheet.is(after - 1, ".") {
        return None;
    }
    // `1/1000` is a fraction.
    if sheet.is(at, "/") && sheet.digits(at + 1).is_some() {
        return None;
    }
    if sheet.is(at, "/") && spaced && !sheet.is(at + 1, "/") && sheet.space(at + 1) {
        return None;
    }
    let single =
        word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && after == at + 1;
    if single {
        let code = match word {
            // `5G`, `3D`, `4K`, `Klasse 10 a`; glued capitals are names, but for volt and watt.
            "V" | "W" => false,
            _ if word.starts_with(char::is_uppercase) => !spaced || sheet.is(after, "."),
            "a" => true,
            "d" => !spaced,
            _ => false,
        };
        // Behind a noun, the letter belongs to a house, class or gate: `Klasse 10 g`.
        let named = matches!(
            sheet.left(start),
            "Klasse"
                | "Klassen"
                | "Straße"
                | "Haus"
                | "Nummer"
                | "Gate"
                | "Artikel"
                | "§"
                | "Paragraf"
                | "Weg"
                | "Absatz"
                | "Abschnitt"
                | "Satz"
                | "Linie"
                | "Raum"
                | "Block"
                | "Gruppe"
        );
        let street = sheet.left(start).ends_with("straße")
            || sheet.left(start).ends_with("weg")
            || sheet.left(start).ends_with("platz");
        // `4 K 123/22`: the register of a court
        let register = word.starts_with(char::is_uppercase)
            && sheet.digits(at + 2).is_some()
            && sheet.is(at + 3, "/");
        if code || named || street || register {
            return None;
        }
    }
    // `5 AM`, `3 PM`, `20 MP` and the like pass; a word that is one in German does not: `3 Min` is `Minuten`, but `1 Pa` is not `Papa`.
    // `45 min.`: the table has the unit without full stop, the abbreviations with it.
    let after = if sheet.is(after, ".")
        && after == at + 1
        && abbreviations::at(sheet, at)
            .iter()
            .any(|(row, end, _)| *end == after + 1 && row.context.contains("number_before"))
    {
        after + 1
    } else {
        after
    };
    let after = if sheet.is(after - 1, ".") && sheet.word(after.wrapping_sub(2)).is_some() {
        super::abbreviation::without_stop(sheet, after, true, "")
    } else {
        after
    };
    Some((unit, after))
}

/// A unit that stands without number: `pro m²`, `in km/h`, `Cent/kWh`.
fn bare(sheet: &Sheet, i: usize) -> Option<Match> {
    let (unit, end) = units::unit(sheet, i)?;
    if sheet.glued_right(end) || sheet.is(end - 1, ".") {
        return None;
    }
    let written = sheet.slice(i..end);
    let per = matches!(sheet.left(i), "pro" | "je" | "per");
    let telling = matches!(
        written,
        "km" | "kg"
            | "cm"
            | "mm"
            | "kWh"
            | "MWh"
            | "GWh"
            | "TWh"
            | "kW"
            | "MW"
            | "GW"
            | "°C"
            | "Mbit"
            | "Gbit"
            | "MHz"
            | "GHz"
            | "kHz"
            | "dB"
            | "hPa"
            | "ml"
            | "mg"
            | "µg"
            | "µm"
            | "nm"
            | "kJ"
            | "kcal"
            | "kn"
    ) || written.contains(['/', '²', '³']) && written.chars().count() > 1;
    if !per && !telling {
        return None;
    }
    Some(Match::new(end, Bare(unit)))
}

impl Speak for Bare {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let single = matches!(
            sheet.left(atoms.start),
            "pro"
                | "je"
                | "per"
                | "ein"
                | "eine"
                | "einen"
                | "einem"
                | "einer"
                | "jede"
                | "jeden"
                | "jeder"
        );
        let unit = &self.0;
        if single {
            unit.singular.as_str().into()
        } else {
            unit.plural.as_str().into()
        }
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let unit = &self.unit;
        if unit.singular.starts_with("pro ") {
            return format!("{} {}", self.amounts.words("eins"), unit.plural).into();
        }
        if let Some(text) = self.metres(sheet, &atoms) {
            return text.into();
        }
        if self.amounts.is_one() {
            let phrase = grammar::amount_phrase(
                sheet,
                atoms.start,
                atoms.end,
                Cells::gender(unit.gender).and(Cells::SINGULAR),
            );
            return Spoken {
                text: format!("{} {}", self.amounts.words(phrase.one()), unit.singular),
                reading: Some(phrase.to_string()),
            };
        }
        let mut name = unit.plural.clone();
        let mut reading = None;
        if let Some(at) = dative_place(unit, sheet, atoms.end) {
            let phrase = grammar::amount_phrase(sheet, atoms.start, atoms.end, Cells::PLURAL);
            let plural = phrase.gender == Gender::Plural;
            if phrase.certain && phrase.case == Case::Dative && plural {
                name.insert(at, 'n');
            }
            reading = Some(phrase.to_string());
        }
        Spoken {
            text: format!(
                "{} {name}",
                self.amounts.words_at(
                    sheet,
                    &atoms,
                    if self.amounts.list.len() > 1 {
                        "ein"
                    } else {
                        "eins"
                    }
                )
            ),
            reading,
        }
    }
}

/// The place in the plural of a unit where the -n of the dative goes: `seit drei Monaten`, `mit achtzig Kilometern pro Stunde`.
///
/// Units in -er keep their form before what is measured (`mit zwei Liter Milch`; Duden, "Maß-, Mengen- und Münzbezeichnungen")
/// and before an adjective (`in drei Meter hohen Wellen`).
fn dative_place(unit: &Unit, sheet: &Sheet, end: usize) -> Option<usize> {
    let (head, per) = unit.plural.split_once(' ').unwrap_or((&unit.plural, "pro"));
    let inflects = head.ends_with("er")
        || head.ends_with('e') && unit.class == "time"
        || head.ends_with("punkte");
    let next = sheet.right(end);
    let measured = matches!(unit.class, "volume" | "mass") && next.starts_with(char::is_uppercase);
    let adjective = [
        "hoh", "lang", "breit", "tief", "dick", "groß", "weit", "schwer", "entfernt", "alt",
        "schnell", "stark", "dauernd",
    ]
    .iter()
    .any(|stem| next.starts_with(stem));
    (inflects && per.starts_with("pro") && !measured && !adjective).then_some(head.len())
}

impl Value {
    /// `1,80 m` is `ein Meter achtzig`.
    fn metres(&self, sheet: &Sheet, atoms: &Range<usize>) -> Option<String> {
        let [amount] = self.amounts.list.as_slice() else {
            return None;
        };
        let numeral = &amount.numeral;
        let fraction = numeral
            .fraction
            .as_deref()
            .filter(|digits| digits.len() == 2)?;
        let whole = numeral.whole.filter(|whole| (1..100).contains(whole))?;
        let centimetres: u32 = fraction.parse().ok()?;
        if amount.scale.is_some()
            || self.unit.singular != "Meter"
            || numeral.point
            || centimetres == 0
        {
            return None;
        }
        let sign = numeral
            .sign
            .map_or(String::new(), |sign| format!("{} ", sign.word()));
        let whole = if whole == 1 {
            // `Sie ist ein Meter achtzig groß` is said; only behind a preposition is it `einem`.
            let noun = Cells::MASCULINE.and(Cells::SINGULAR);
            let phrase = grammar::amount_phrase(sheet, atoms.start, atoms.end, noun);
            let one = if phrase.case == Case::Dative {
                "einem"
            } else {
                "ein"
            };
            one.to_owned()
        } else {
            number::cardinal(whole)
        };
        Some(format!(
            "{sign}{whole} Meter {}",
            number::cardinal(centimetres.into())
        ))
    }
}
