//! Signs that stand for a word: `&`, `=`, `>`, `%`, `€`; signs that say nothing are left out.

use super::{Match, Rule};
use crate::normalise::{
    grammar, number,
    token::{Kind, Sheet},
    units,
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Die Firma Müller & Söhne ist pleite.",
        "Die Firma Müller und Söhne ist pleite.",
    ),
    ("Rechne 3 x 4 = 12.", "Rechne drei mal vier gleich zwölf."),
    (
        "Die Quote liegt bei >50 %.",
        "Die Quote liegt bei über fünfzig Prozent.",
    ),
    (
        "Bündnis 90/Die Grünen legen zu.",
        "Bündnis neunzig Die Grünen legen zu.",
    ),
    (
        "Die LGBTQ+-Szene feiert.",
        "Die L G B T Q plus-Szene feiert.",
    ),
    (
        "(* 1950, † 2001)",
        "geboren neunzehnhundertfünfzig, gestorben zweitausendeins",
    ),
    ("der %-Wert", "der Prozent-Wert"),
    ("ca. ±5 %", "circa plus-minus fünf Prozent"),
    ("2 + 2", "zwei plus zwei"),
    ("das €-Zeichen", "das Euro-Zeichen"),
    ("~5 Leute", "etwa fünf Leute"),
    ("10² Meter", "zehn hoch zwei Meter"),
    ("Etwa 10⁶ Keime.", "Etwa zehn hoch sechs Keime."),
    ("3 · 10⁻¹² Meter", "drei mal zehn hoch minus zwölf Meter"),
    ("10^6 Teile", "zehn hoch sechs Teile"),
    ("ab S+U Alexanderplatz", "ab S und U Alexanderplatz"),
    ("zwei Liter Wasser/Tag", "zwei Liter Wasser pro Tag"),
    ("im Jahr 2023¹", "im Jahr zweitausenddreiundzwanzig eins"),
    ("im Ø bei 6 Litern", "im Durchschnitt bei sechs Litern"),
    ("Ø 4,5 Sterne", "durchschnittlich vier Komma fünf Sterne"),
    ("2,10 m x 80 cm", "zwei Meter zehn mal achtzig Zentimeter"),
    ("Schrauben M8 x 40", "Schrauben M acht mal vierzig"),
    ("der/die Vorsitzende", "der oder die Vorsitzende"),
    ("+/- 5 Prozent", "plus-minus fünf Prozent"),
    (
        "120 g CO2/km",
        "hundertzwanzig Gramm C O zwei pro Kilometer",
    ),
    ("5*3", "fünf mal drei"),
    ("ein Programm in C#", "ein Programm in C Sharp"),
    ("5' vor Schluss", "fünf Minuten vor Schluss"),
    ("10 : 2 = 5", "zehn geteilt durch zwei gleich fünf"),
];

/// The rule.
#[derive(Debug)]
pub struct Symbol;

impl Rule for Symbol {
    fn name(&self) -> &'static str {
        "symbol"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if let Some(word) = average(sheet, i).or_else(|| times(sheet, i)) {
            return Some(Match::new(i + 1, word.to_owned()));
        }
        let mark = sheet.mark(i)?;
        if let Some(power) = power(sheet, i) {
            return Some(power);
        }
        // `120 g CO2/km`
        if mark == '/'
            && sheet.glued_left(i)
            && matches!(sheet.text(i + 1), "km" | "kWh" | "kg" | "ha")
            && let Some((per, end)) = units::per(sheet, i)
        {
            return Some(Match::new(end, per));
        }
        if let Some(word) = word(sheet, i, mark) {
            return Some(Match::new(i + 1, word.to_owned()));
        }
        if let Some((currency, end)) = units::currency(sheet, i) {
            return Some(Match::new(end, currency.plural.to_owned()));
        }
        if let Some((unit, end)) = units::unit(sheet, i).filter(|_| mark != '/') {
            return Some(Match::new(end, unit.plural));
        }
        None
    }
}

/// `Ø`: `im Durchschnitt`, `durchschnittlich vier Sterne`.
fn average(sheet: &Sheet, i: usize) -> Option<&'static str> {
    if !matches!(sheet.text(i), "Ø" | "⌀") || sheet.glued_left(i) {
        return None;
    }
    let left = grammar::lower(sheet.left(i));
    let governed = grammar::is_determiner(&left) || grammar::preposition(&left).is_some();
    Some(if sheet.is(i + 1, "-") {
        "Durchschnitts"
    } else if governed || sheet.digits(sheet.skip_space(i + 1)).is_none() {
        "Durchschnitt"
    } else {
        "durchschnittlich"
    })
}

/// `x` between two measures: `2,10 m x 80 cm`.
fn times(sheet: &Sheet, i: usize) -> Option<&'static str> {
    if !matches!(sheet.text(i), "x" | "X") || !sheet.space(i + 1) {
        return None;
    }
    let unit = sheet.before(i).filter(|_| sheet.space(i - 1))?;
    let measured = units::unit(sheet, unit).is_some()
        && sheet
            .before(unit)
            .is_some_and(|at| sheet.digits(at).is_some());
    // `M8 x 40`
    let sized = sheet.digits(unit).is_some() && sheet.glued_left(unit);
    (sheet.digits(i + 2).is_some() && (measured || sized)).then_some("mal")
}

/// Whether the dash at `i` joins two weekdays or months: `Mo.–Fr.`, `Montag–Freitag`, `Juni-August`.
fn joins_days(sheet: &Sheet, i: usize) -> bool {
    let named = |at: usize| {
        sheet.word(at).is_some_and(|word| {
            super::date::month(word).is_some()
                || matches!(
                    word,
                    "Mo" | "Di"
                        | "Mi"
                        | "Do"
                        | "Fr"
                        | "Sa"
                        | "So"
                        | "Montag"
                        | "Dienstag"
                        | "Mittwoch"
                        | "Donnerstag"
                        | "Freitag"
                        | "Samstag"
                        | "Sonnabend"
                        | "Sonntag"
                )
        })
    };
    let mut left = sheet.before(i);
    if left.is_some_and(|at| sheet.is(at, ".")) {
        left = left.and_then(|at| at.checked_sub(1));
    }
    left.is_some_and(named) && named(sheet.skip_space(i + 1))
}

/// An exponent behind a number: `10⁶`, `10⁻³`, `10^6`. One behind a year, or a lone `¹`, is a footnote mark.
fn power(sheet: &Sheet, i: usize) -> Option<Match> {
    const LONGEST: usize = 4;
    let base = sheet.digits(i.checked_sub(1)?)?;
    let (mut figures, mut minus, mut end) = (String::new(), false, i);
    if sheet.is(i, "^") {
        minus = matches!(sheet.mark(i + 1), Some('-' | '−'));
        end = i + 1 + usize::from(minus);
        figures.push_str(sheet.digits(end)?);
        end += 1;
    } else {
        while let Some(mark) = sheet.mark(end).filter(|_| end < i + LONGEST) {
            match "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|c| c == mark) {
                Some(figure) => figures.push_str(&figure.to_string()),
                None if mark == '⁻' && end == i => minus = true,
                None => break,
            }
            end += 1;
        }
    }
    let exponent: u128 = figures.parse().ok()?;
    if !minus && (exponent < 2 || base.len() == 4) {
        return None;
    }
    let sign = if minus { "minus " } else { "" };
    let spoken = format!("hoch {sign}{}", number::cardinal(exponent));
    Some(Match::new(end, spoken))
}

/// The digit that is raised or lowered.
fn small_digit(mark: char) -> Option<&'static str> {
    const WORDS: [&str; 10] = [
        "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    ];
    let at = "⁰¹²³⁴⁵⁶⁷⁸⁹"
        .chars()
        .position(|c| c == mark)
        .or_else(|| "₀₁₂₃₄₅₆₇₈₉".chars().position(|c| c == mark))?;
    WORDS.get(at).copied()
}

/// A sign between two numbers: `4 - 2 = 2`, `3 - 5`, `10 : 2`, `5*3`.
fn arithmetic(sheet: &Sheet, i: usize, mark: char) -> Option<&'static str> {
    let spaced = sheet.space(i + 1) && sheet.space(i.wrapping_sub(1));
    let equation = sheet.right(i + 3) == "=";
    let value = |at: usize| sheet.text(at).parse::<u64>().ok();
    match mark {
        '-' | '–' if equation && sheet.space(i + 1) => Some("minus"),
        '-' if spaced && value(i - 2) < value(i + 2) => Some("bis"),
        ':' if spaced && equation => Some("geteilt durch"),
        ':' if spaced => Some("zu"),
        '*' => Some("mal"),
        // `3 · 10⁶`; between other numbers the dot is a separator.
        '·' if sheet.is(i + 2, "10") && power(sheet, i + 3).is_some() => Some("mal"),
        _ => None,
    }
}

/// Whether the slash at `i` says who or what time uses up what stands before it: `Euro/Jahr`, `Wasser/Tag`.
fn is_per(sheet: &Sheet, i: usize) -> bool {
    let noun = |at: usize| {
        sheet
            .word(at)
            .filter(|word| word.starts_with(char::is_uppercase))
    };
    let user = |word: &str| {
        matches!(
            word,
            "Stunde"
                | "Tag"
                | "Nacht"
                | "Woche"
                | "Monat"
                | "Jahr"
                | "Person"
                | "Kopf"
                | "Einwohner"
        )
    };
    let Some(right) = noun(i + 1) else {
        return false;
    };
    let money = units::currency(sheet, i - 1).is_some() && units::currency(sheet, i + 1).is_none();
    // `Tag/Nacht` are two times.
    money || user(right) && noun(i - 1).is_some_and(|left| !user(left))
}

fn word(sheet: &Sheet, i: usize, mark: char) -> Option<&'static str> {
    let number = sheet.digits(sheet.skip_space(i + 1)).is_some();
    let compared = number && sheet.before(i).is_some_and(|at| sheet.digits(at).is_some());
    if compared && let Some(word) = arithmetic(sheet, i, mark) {
        return Some(word);
    }
    // `der/die`
    if mark == '/'
        && i > 0
        && grammar::is_determiner(&grammar::lower(sheet.text(i - 1)))
        && grammar::is_determiner(sheet.text(i + 1))
    {
        return Some(" oder ");
    }
    if mark == '/' && i > 0 && is_per(sheet, i) {
        return Some(" pro ");
    }
    let number = number && !compared;
    Some(match mark {
        '"' | '″' if sheet.digits(i.wrapping_sub(1)).is_some() => "Zoll",
        '\'' | '′' if sheet.digits(i.wrapping_sub(1)).is_some() && sheet.space(i + 1) => {
            "Minuten"
        }
        '"' | '„' | '“' | '”' | '»' | '«' | '‚' | '‘' | '‹' | '›' | '″' | '′' => {
            " "
        }
        '–' | '-' if joins_days(sheet, i) => " bis ",
        '&' => "und",
        // `ab S+U Alexanderplatz`
        '+' if sheet.is(i.wrapping_sub(1), "S") && sheet.is(i + 1, "U") => "und",
        '+' => "plus",
        '=' => "gleich",
        '<' => {
            if number {
                "unter"
            } else {
                "kleiner als"
            }
        }
        '>' => {
            if number {
                "über"
            } else {
                "größer als"
            }
        }
        '≥' => "mindestens",
        '≤' => "höchstens",
        '≈' | '≃' => "ungefähr",
        '≠' => "ungleich",
        '~' => {
            if number {
                "etwa"
            } else {
                " "
            }
        }
        '×' => "mal",
        '÷' => "geteilt durch",
        '±' => "plus-minus",
        '∞' => "unendlich",
        '−' => {
            if number {
                "minus"
            } else {
                " "
            }
        }
        '†' => "gestorben",
        '*' => {
            if number && sheet.digits(i + 1).is_none() || number && i > 0 && sheet.is(i - 1, "(") {
                "geboren"
            } else {
                " "
            }
        }
        '#' => {
            // `C#`, the programming language and the note.
            if i > 0 && matches!(sheet.text(i - 1), "C" | "F") && !sheet.glued_right(i + 1) {
                "Sharp"
            } else if number {
                "Nummer"
            } else {
                " "
            }
        }
        '@' => "ät",
        '©' => "Copyright",
        '²' => {
            if sheet.glued_left(i) && sheet.kind(i - 1) == Some(Kind::Digits) {
                "hoch zwei"
            } else {
                "Quadrat"
            }
        }
        '³' => "hoch drei",
        '/' | '\\' | '·' | '^' | '_' | '`' | '´' | '®' | '™' | '→' | '►' | '▶' | '■' | '●'
        | '▪' | '↑' | '↓' | '←' | '¬' | '¦' | '¶' => " ",
        _ => return small_digit(mark),
    })
}
