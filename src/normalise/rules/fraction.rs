//! Fractions: `1/2`, `¾`, `1½ Stunden`, `2/3-Mehrheit`.

use super::{Match, Rule, Speak, Spoken, numeral, ordinal::capitalise};
use crate::normalise::{
    grammar::{self, Cells},
    number,
    token::{Kind, Sheet},
    units,
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Nötig ist eine 2/3-Mehrheit.",
        "Nötig ist eine Zweidrittelmehrheit.",
    ),
    (
        "Ein 3/4-Jahr lang geschah nichts.",
        "Ein Dreivierteljahr lang geschah nichts.",
    ),
    (
        "Man nehme 1/2 Liter Milch.",
        "Man nehme einen halben Liter Milch.",
    ),
    ("Das dauert 1½ Stunden.", "Das dauert eineinhalb Stunden."),
    ("nach 2 ½ Jahren", "nach zweieinhalb Jahren"),
    (
        "Rund ¾ der Befragten sind dafür.",
        "Rund drei Viertel der Befragten sind dafür.",
    ),
    ("1/2", "ein halb"),
    ("1 1/2", "eineinhalb"),
    ("1/20", "ein Zwanzigstel"),
    ("eine ½ Stunde", "eine halbe Stunde"),
    ("vor ½ Stunde", "vor einer halben Stunde"),
    ("im 1/8-Finale", "im Achtelfinale"),
    ("¼ l Sahne", "ein Viertel Liter Sahne"),
    ("eine 3/4 Stunde", "eine dreiviertel Stunde"),
    ("-1/2", "minus einhalb"),
    ("10/3", "zehn Drittel"),
    ("nach ¼ Stunde", "nach einer viertel Stunde"),
    ("Größe 38/40", "Größe achtunddreißig vierzig"),
    (
        "mit 1/250 Sekunde",
        "mit ein Zweihundertfünfzigstel Sekunde",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Fraction;

#[derive(Debug)]
struct Value {
    whole: Option<u128>,
    numerator: u128,
    denominator: u128,
    /// The unit behind, if it is an abbreviation.
    unit: Option<units::Unit>,
    /// The noun that makes a compound with it: `Mehrheit`.
    compound: Option<String>,
}

impl Rule for Fraction {
    fn name(&self) -> &'static str {
        "fraction"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) && sheet.digits(i).is_some()
            || sheet.digits(i).is_some()
                && i > 0
                && matches!(sheet.mark(i - 1), Some('/' | ',' | '.'))
                && sheet.kind(i.wrapping_sub(2)) == Some(Kind::Digits)
        {
            return None;
        }
        // `-1/2`
        if let Some((sign, next)) = numeral::sign(sheet, i) {
            let (numerator, denominator, end) = part(sheet, next)?;
            let value = Value {
                whole: None,
                numerator,
                denominator,
                unit: None,
                compound: None,
            };
            let spoken = value.speak(sheet, next..end).text;
            return Some(Match::new(end, format!("{} {spoken}", sign.word())));
        }
        // `1½`, `2 1/2`
        let mut whole = None;
        let (numerator, denominator, end) = if let Some(found) = part(sheet, i) {
            found
        } else {
            whole = Some(sheet.digits(i)?.parse().ok()?);
            let at = sheet.skip_space(i + 1);
            let found = part(sheet, at)?;
            if found.0 >= found.1 {
                return None;
            }
            found
        };
        let mut end = end;
        let mut compound = None;
        let mut unit = None;
        if sheet.is(end, "-") && sheet.kind(end + 1) == Some(Kind::Word) {
            compound = Some(sheet.text(end + 1).to_owned());
            end += 2;
        } else if let Some((found, after)) = units::unit(sheet, sheet.skip_space(end))
            .filter(|_| !sheet.is(sheet.skip_space(end), "/"))
            && (sheet.text(sheet.skip_space(end)).chars().count() > 1
                || matches!(
                    sheet.text(sheet.skip_space(end)),
                    "l" | "h" | "m" | "g" | "t" | "s"
                ))
        {
            end = if sheet.is(after - 1, ".") {
                super::abbreviation::without_stop(sheet, after, true, "")
            } else {
                after
            };
            unit = Some(found);
        }
        Some(Match::new(
            end,
            Value {
                whole,
                numerator,
                denominator,
                unit,
                compound,
            },
        ))
    }
}

/// A fraction without whole number.
fn part(sheet: &Sheet, i: usize) -> Option<(u128, u128, usize)> {
    let vulgar = match sheet.text(i) {
        "½" => Some((1, 2)),
        "⅓" => Some((1, 3)),
        "⅔" => Some((2, 3)),
        "¼" => Some((1, 4)),
        "¾" => Some((3, 4)),
        "⅕" => Some((1, 5)),
        "⅖" => Some((2, 5)),
        "⅗" => Some((3, 5)),
        "⅘" => Some((4, 5)),
        "⅙" => Some((1, 6)),
        "⅚" => Some((5, 6)),
        "⅐" => Some((1, 7)),
        "⅛" => Some((1, 8)),
        "⅜" => Some((3, 8)),
        "⅝" => Some((5, 8)),
        "⅞" => Some((7, 8)),
        "⅑" => Some((1, 9)),
        "⅒" => Some((1, 10)),
        _ => None,
    };
    if let Some((numerator, denominator)) = vulgar {
        return Some((numerator, denominator, i + 1));
    }
    let numerator = sheet
        .digits(i)
        .filter(|digits| digits.len() <= 3 && !digits.starts_with('0'))?;
    if !matches!(sheet.mark(i + 1), Some('/' | '⁄' | '∕')) {
        return None;
    }
    let denominator = sheet
        .digits(i + 2)
        .filter(|digits| digits.len() <= 4 && !digits.starts_with('0'))?;
    if sheet.glued_right(i + 3)
        || matches!(sheet.mark(i + 3), Some('/'))
        || matches!(sheet.mark(i + 3), Some('.' | ',')) && sheet.digits(i + 4).is_some()
    {
        return None;
    }
    let (numerator, denominator): (u128, u128) =
        (numerator.parse().ok()?, denominator.parse().ok()?);
    // `24/7`, `08/15`, `120/80` are no fractions, nor is `11/2023`.
    // An improper fraction stands alone: `10/3`.
    let alone = sheet.before(i).is_none() && i + 3 == sheet.len() && denominator < 20;
    let size = sheet.left(i).to_lowercase().ends_with("größe");
    let plain = denominator >= 2
        && !size
        && (numerator < denominator || alone && numerator > denominator)
        && (denominator <= 100 || denominator.is_multiple_of(100) || exposure(sheet, i));
    let month = (1..=12).contains(&numerator) && denominator > 1900;
    let phrase = (numerator, denominator) == (9, 11) || (numerator, denominator) == (7, 24);
    (plain && !month && !phrase).then_some((numerator, denominator, i + 3))
}

/// `1/250 Sekunde`: how long a shutter is open.
fn exposure(sheet: &Sheet, i: usize) -> bool {
    sheet.is(i, "1") && matches!(sheet.right(i + 3), "Sekunde" | "Sek" | "s" | "sec")
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        if let Some(noun) = &self.compound {
            return self.compound_words(noun).into();
        }
        let unit = self.unit.as_ref();
        if let Some(whole) = self.whole {
            let mut text = if whole == 1 {
                "ein".to_owned()
            } else {
                number::cardinal(whole)
            };
            if (self.numerator, self.denominator) == (1, 2) {
                text.push_str("einhalb");
            } else if self.denominator == 4 && whole < 13 {
                text = format!(
                    "{text}{}{}",
                    number::cardinal_stem(self.numerator),
                    number::denominator(self.denominator).to_lowercase()
                );
            } else {
                text = format!(
                    "{text} {} {}",
                    number::cardinal_stem(self.numerator),
                    number::denominator(self.denominator)
                );
            }
            if let Some(unit) = unit {
                text.push(' ');
                text.push_str(&unit.plural);
            }
            return text.into();
        }
        if (self.numerator, self.denominator) == (1, 2) {
            return self.half(sheet, &atoms);
        }
        let numerator = if self.numerator == 1 {
            "ein".to_owned()
        } else {
            number::cardinal(self.numerator)
        };
        // `eine viertel Million`
        let article = sheet.left(atoms.start).to_lowercase();
        if self.numerator == 1
            && self.denominator > 2
            && grammar::is_determiner(&article)
            && unit.is_none()
        {
            return number::denominator(self.denominator).to_lowercase().into();
        }
        // `eine dreiviertel Stunde`
        if (self.numerator, self.denominator) == (3, 4)
            && article.starts_with("ein")
            && sheet.space(atoms.end)
            && grammar::noun_after(sheet, atoms.end).is_some()
        {
            return "dreiviertel".into();
        }
        // `nach einer viertel Stunde`
        if self.numerator == 1
            && self.denominator == 4
            && sheet.space(atoms.end)
            && matches!(
                sheet.text(atoms.end + 1),
                "Stunde" | "Jahr" | "Jahrhundert" | "Million" | "Milliarde"
            )
        {
            let phrase = grammar::phrase_in(sheet, atoms.start, atoms.end, Cells::SINGULAR);
            return Spoken {
                text: format!("{} viertel", phrase.one()),
                reading: Some(phrase.to_string()),
            };
        }
        // `ein Einhundertstel`, lest `ein Hundertstel` be heard as a number.
        let mut denominator = number::denominator(self.denominator);
        if self.numerator == 1
            && (denominator.starts_with("Hundert") || denominator.starts_with("Tausend"))
        {
            denominator = format!("Ein{}", denominator.to_lowercase());
        }
        let mut text = format!("{numerator} {denominator}");
        if let Some(unit) = unit {
            text.push(' ');
            text.push_str(&unit.singular);
        }
        text.into()
    }
}

impl Value {
    /// `1/2 Liter` is `ein halber Liter` in its case; alone it is `ein halb`.
    fn half(&self, sheet: &Sheet, atoms: &Range<usize>) -> Spoken {
        let phrase = if let Some(unit) = &self.unit {
            grammar::phrase_with(
                sheet,
                atoms.start,
                Cells::gender(unit.gender).and(Cells::SINGULAR),
            )
        } else {
            if !sheet.space(atoms.end)
                || sheet
                    .word(atoms.end + 1)
                    .is_none_or(|word| !word.starts_with(char::is_uppercase))
            {
                return if sheet.left(atoms.start).is_empty() || atoms.start == 0 {
                    "ein halb".into()
                } else {
                    "einhalb".into()
                };
            }
            grammar::phrase_in(sheet, atoms.start, atoms.end, Cells::SINGULAR)
        };
        let mut text = if phrase.determined {
            format!("halb{}", phrase.adjective_ending())
        } else {
            let mixed = grammar::Phrase {
                declension: grammar::Declension::Mixed,
                ..phrase
            };
            format!("{} halb{}", phrase.one(), mixed.adjective_ending())
        };
        if let Some(unit) = &self.unit {
            text.push(' ');
            text.push_str(&unit.singular);
        }
        Spoken {
            text,
            reading: Some(phrase.to_string()),
        }
    }

    fn compound_words(&self, noun: &str) -> String {
        let denominator = number::denominator(self.denominator).to_lowercase();
        let noun = noun.to_lowercase();
        let whole = self.whole.map_or(String::new(), number::cardinal_stem);
        let mut text =
            if self.numerator == 1 && (noun.starts_with("finale") || self.denominator == 2) {
                format!("{whole}{denominator}{noun}")
            } else {
                format!(
                    "{whole}{}{denominator}{noun}",
                    number::cardinal_stem(self.numerator)
                )
            };
        capitalise(&mut text);
        text
    }
}
