//! Names made of letters and digits: `A380`, `G7`, `U20`, `CO2`, `B2B`, `H5N1`, `10b`, `Covid-19`.

use super::{Match, Rule, acronym, ordinal::capitalise};
use crate::normalise::{
    number,
    token::{Kind, Sheet},
};

const EXAMPLES: &[(&str, &str)] = &[
    ("Der G20-Gipfel beginnt.", "Der G-zwanzig-Gipfel beginnt."),
    (
        "Ein Airbus A380 musste notlanden.",
        "Ein Airbus A dreihundertachtzig musste notlanden.",
    ),
    ("Der CO2-Preis steigt.", "Der C-O-zwei-Preis steigt."),
    (
        "Weniger CO₂ ist das Ziel.",
        "Weniger C O zwei ist das Ziel.",
    ),
    (
        "Auf der A7 staut es sich.",
        "Auf der A sieben staut es sich.",
    ),
    (
        "Die Klasse 10b reist nach Rom.",
        "Die Klasse zehn b reist nach Rom.",
    ),
    ("Das Virus H5N1", "Das Virus H fünf N eins"),
    ("die Sars-CoV-2-Variante", "die Sars-CoV-zwei-Variante"),
    ("Covid-19", "Covid-neunzehn"),
    ("2D-Mammogram", "Zwei-D-Mammogram"),
    ("das 5G-Netz", "das Fünf-G-Netz"),
    ("im U21-Team", "im U-einundzwanzig-Team"),
    ("mit H2O", "mit H zwei O"),
    ("PM10", "P M zehn"),
    (
        "Die Folge S03E05 war die beste.",
        "Die Folge fünf aus Staffel drei war die beste.",
    ),
    ("Serie: S01E10", "Serie: Staffel eins, Folge zehn"),
    ("die B2B-Messe", "die B-zwei-B-Messe"),
    (
        "Eine Boeing 737-800 landete.",
        "Eine Boeing siebenhundertsiebenunddreißig achthundert landete.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Code;

impl Rule for Code {
    fn name(&self) -> &'static str {
        "code"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if let Some(found) = hyphened(sheet, i)
            .or_else(|| aircraft(sheet, i))
            .or_else(|| episode(sheet, i))
        {
            return Some(found);
        }
        // `2x2 Meter`
        let times = matches!(sheet.text(i + 1), "x" | "X") && sheet.digits(i + 2).is_some();
        if sheet.glued_left(i) || sheet.digits(i).is_some() && times {
            return None;
        }
        let mut words: Vec<String> = Vec::new();
        let mut at = i;
        let mut letters = false;
        let mut digits = false;
        while at < i + 12 {
            match sheet.kind(at) {
                Some(Kind::Word) => {
                    let word = sheet.text(at);
                    // `5usw.`
                    if at > i
                        && crate::normalise::abbreviations::at(sheet, at)
                            .iter()
                            .any(|(_, end, _)| *end > at + 1)
                    {
                        return None;
                    }
                    // `Film2` and `e5` pass; longer words in small letters are words.
                    if digits && word.chars().count() > 2 && word.chars().any(char::is_lowercase) {
                        return None;
                    }
                    words.push(acronym::letters(word).unwrap_or_else(|| word.to_owned()));
                    letters = true;
                }
                Some(Kind::Digits) => {
                    words.push(spoken_digits(sheet.text(at)));
                    digits = true;
                    if let Some(value) = sheet
                        .text(at + 1)
                        .chars()
                        .next()
                        .filter(|_| sheet.is(at + 1, ".") || sheet.is(at + 1, ","))
                        && (value != ',' || sheet.is(i, "PM"))
                        && sheet.digits(at + 2).is_some()
                        && letters
                    {
                        // `Feinstaub PM2,5`, `USB3.1`
                        let point = if value == ',' { "Komma" } else { "Punkt" };
                        words.push(point.to_owned());
                        at += 1;
                    }
                }
                Some(Kind::Mark) => {
                    let Some(value) = subscript(sheet.text(at)) else {
                        break;
                    };
                    if !letters {
                        break;
                    }
                    words.push(value.to_owned());
                    digits = true;
                }
                _ => break,
            }
            at += 1;
        }
        if !(digits && letters) {
            return None;
        }
        // In a compound the parts are joined: `G-zwanzig-Gipfel`.
        let compound = sheet.is(at, "-") && sheet.kind(at + 1) == Some(Kind::Word);
        let mut text = words.join(" ");
        if compound {
            // `Drei-D-Drucker`
            text = text.replace(' ', "-");
            if sheet.digits(i).is_some() {
                capitalise(&mut text);
            }
        }
        Some(Match::new(at, text))
    }
}

/// `Covid-19`, `Su-27`, `Sars-CoV-2`: a number behind a word and a hyphen is part of its name.
fn hyphened(sheet: &Sheet, i: usize) -> Option<Match> {
    if !sheet.is(i, "-") || i == 0 || sheet.kind(i - 1) != Some(Kind::Word) {
        return None;
    }
    let digits = sheet.digits(i + 1)?;
    if sheet.glued_right(i + 2)
        || matches!(sheet.mark(i + 2), Some('.' | ',')) && sheet.digits(i + 3).is_some()
    {
        return None;
    }
    Some(Match::new(
        i + 2,
        format!("-{}", spoken_digits(digits).replace(' ', "-")),
    ))
}

/// `Boeing 737-800`: the variant of an aircraft; the hyphen is no range.
fn aircraft(sheet: &Sheet, i: usize) -> Option<Match> {
    let (model, variant) = (sheet.digits(i)?, sheet.digits(i + 2)?);
    let maker = matches!(
        sheet.left(i),
        "Boeing" | "Embraer" | "Bombardier" | "Tupolew" | "Douglas" | "Dash" | "ATR" | "Dornier"
    );
    (maker && sheet.is(i + 1, "-")).then(|| {
        Match::new(
            i + 3,
            format!("{} {}", spoken_digits(model), spoken_digits(variant)),
        )
    })
}

/// `S03E05`: season and episode of a series.
fn episode(sheet: &Sheet, i: usize) -> Option<Match> {
    let part = |at: usize, letter: char| {
        let fits = sheet
            .word(at)
            .is_some_and(|word| word.eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4])));
        sheet
            .digits(at + 1)
            .filter(|digits| fits && digits.len() == 2)
            .map(|digits| digits.trim_start_matches('0'))
            .filter(|digits| !digits.is_empty())
            .map(number::cardinal_of)
    };
    let (season, episode) = (part(i, 'S')?, part(i + 2, 'E')?);
    let whole = !sheet.glued_left(i) && !sheet.glued_right(i + 4);
    let text = if matches!(sheet.left(i), "Folge" | "Episode") {
        format!("{episode} aus Staffel {season}")
    } else {
        format!("Staffel {season}, Folge {episode}")
    };
    whole.then(|| Match::new(i + 4, text))
}

/// Up to three digits as a number, more or with a leading zero one by one.
fn spoken_digits(digits: &str) -> String {
    if digits.len() > 4 || digits.len() > 1 && digits.starts_with('0') {
        number::digits(digits)
    } else {
        number::cardinal_of(digits)
    }
}

/// A subscript digit: `₂`.
fn subscript(text: &str) -> Option<&'static str> {
    Some(match text {
        "₀" => "null",
        "₁" => "eins",
        "₂" => "zwei",
        "₃" => "drei",
        "₄" => "vier",
        "₅" => "fünf",
        "₆" => "sechs",
        "₇" => "sieben",
        "₈" => "acht",
        "₉" => "neun",
        _ => return None,
    })
}
