//! Clock times and durations: `7.05 Uhr`, `10:30–12:00 Uhr`, `9h`, `14:05`, `2:03:59 Stunden`.

use super::{Match, Rule, numeral, score};
use crate::normalise::{
    grammar::{self, Cells},
    number,
    token::Sheet,
    units,
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Gegen 1 Uhr nachts fielen Schüsse.",
        "Gegen ein Uhr nachts fielen Schüsse.",
    ),
    (
        "Die Sitzung war von 10:30–12:00 Uhr.",
        "Die Sitzung war von zehn Uhr dreißig bis zwölf Uhr.",
    ),
    (
        "Geöffnet von 9 bis 17 Uhr.",
        "Geöffnet von neun bis siebzehn Uhr.",
    ),
    (
        "Die Sendung läuft 10-14 Uhr.",
        "Die Sendung läuft zehn bis vierzehn Uhr.",
    ),
    (
        "Der Zug fährt um 7.05 Uhr ab.",
        "Der Zug fährt um sieben Uhr fünf ab.",
    ),
    ("14:05", "vierzehn Uhr fünf"),
    ("00:15 Uhr", "null Uhr fünfzehn"),
    ("01:01:01 Uhr est", "ein Uhr eine Minute eine Sekunde e s t"),
    (
        "von 8.15 bis 9.30 Uhr",
        "von acht Uhr fünfzehn bis neun Uhr dreißig",
    ),
    ("ab 9h", "ab neun Uhr"),
    (
        "Einlass ab 18.30, Ende offen",
        "Einlass ab achtzehn Uhr dreißig, Ende offen",
    ),
    ("Einlass: 18h", "Einlass: achtzehn Uhr"),
    ("17:30h", "siebzehn Uhr dreißig"),
    ("10.15 h", "zehn Uhr fünfzehn"),
    ("nach 1:30 h", "nach einer Stunde dreißig Minuten"),
    (
        "Er lief 2:03:59 Stunden.",
        "Er lief zwei Stunden drei Minuten neunundfünfzig Sekunden.",
    ),
    (
        "in 3:26 Minuten",
        "in drei Minuten sechsundzwanzig Sekunden",
    ),
    (
        "die Runde in 1:31,447 Minuten",
        "die Runde in einer Minute einunddreißig Komma vier vier sieben Sekunden",
    ),
    ("von 1 bis 2 Uhr", "von ein bis zwei Uhr"),
];

/// The rule.
#[derive(Debug)]
pub struct Time;

/// Hour, minute and second.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: u32,
    minute: Option<u32>,
    second: Option<u32>,
}

impl Clock {
    fn words(self) -> String {
        let hour = one(self.hour, "ein");
        let mut text = format!("{hour} Uhr");
        match (self.minute, self.second) {
            (Some(minute), None) if minute > 0 => {
                text.push(' ');
                text.push_str(&number::cardinal(minute.into()));
            }
            (Some(minute), Some(second)) => {
                if minute > 0 {
                    text.push(' ');
                    text.push_str(&counted(minute, "Minute"));
                }
                if second > 0 {
                    text.push(' ');
                    text.push_str(&counted(second, "Sekunde"));
                }
            }
            _ => {}
        }
        text
    }
}

fn one(n: u32, word: &str) -> String {
    if n == 1 {
        word.to_owned()
    } else {
        number::cardinal(n.into())
    }
}

fn counted(n: u32, unit: &str) -> String {
    let plural = if n == 1 { "" } else { "n" };
    format!("{} {unit}{plural}", one(n, "eine"))
}

impl Rule for Time {
    fn name(&self) -> &'static str {
        "time"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let stamp = i > 0 && sheet.is(i - 1, "T") && i > 1 && sheet.digits(i - 2).is_some();
        if sheet.glued_left(i) && !stamp
            || i > 0
                && matches!(sheet.mark(i - 1), Some(':' | ',' | '.'))
                && sheet.digits(i.wrapping_sub(2)).is_some()
        {
            return None;
        }
        duration(sheet, i)
            .or_else(|| clock_range(sheet, i))
            .or_else(|| hour_letter(sheet, i))
    }
}

fn two(sheet: &Sheet, i: usize, max: u32) -> Option<u32> {
    sheet
        .digits(i)
        .filter(|digits| digits.len() == 2)?
        .parse()
        .ok()
        .filter(|n| *n <= max)
}

/// A clock face at `i`: `7.05`, `14:05`, `14:05:30`, or a bare hour. The separator is given too.
fn face(sheet: &Sheet, i: usize) -> Option<(Clock, usize, char)> {
    let hour: u32 = sheet
        .digits(i)
        .filter(|digits| digits.len() <= 2)?
        .parse()
        .ok()
        .filter(|hour| *hour <= 24)?;
    let separator = sheet.mark(i + 1).filter(|mark| matches!(mark, ':' | '.'));
    if let Some(separator) = separator
        && let Some(minute) = two(sheet, i + 2, 59)
    {
        if sheet.is(i + 3, ":")
            && let Some(second) = two(sheet, i + 4, 59)
        {
            return Some((
                Clock {
                    hour,
                    minute: Some(minute),
                    second: Some(second),
                },
                i + 5,
                ':',
            ));
        }
        if separator == '.' && sheet.is(i + 3, ".") && sheet.digits(i + 4).is_some() {
            return None;
        }
        return Some((
            Clock {
                hour,
                minute: Some(minute),
                second: None,
            },
            i + 3,
            separator,
        ));
    }
    if sheet.glued_right(i + 1) {
        return None;
    }
    Some((
        Clock {
            hour,
            minute: None,
            second: None,
        },
        i + 1,
        ' ',
    ))
}

/// The word `Uhr` behind `i`, with a time zone in small letters; gives the place behind and the zone.
fn oclock(sheet: &Sheet, i: usize) -> Option<(usize, Option<String>)> {
    let at = sheet.skip_space(i);
    if !matches!(sheet.text(at), "Uhr" | "uhr" | "UHR") || sheet.is(at + 1, "-") {
        return None;
    }
    let zone = sheet.skip_space(at + 1);
    if matches!(
        sheet.text(zone),
        "est" | "cet" | "cest" | "gmt" | "utc" | "mez" | "mesz" | "pst" | "edt" | "pdt" | "cst"
    ) {
        let letters: Vec<String> = sheet.text(zone).chars().map(String::from).collect();
        return Some((zone + 1, Some(letters.join(" "))));
    }
    Some((at + 1, None))
}

fn clock_range(sheet: &Sheet, i: usize) -> Option<Match> {
    let (first, end, separator) = face(sheet, i)?;
    // One time
    if let Some((end, zone)) = oclock(sheet, end) {
        let mut text = first.words();
        if let Some(zone) = zone {
            text.push(' ');
            text.push_str(&zone);
        }
        return Some(Match::new(end, text));
    }
    // Two times with one `Uhr`, or two with colons
    let (joint, at) = if let Some(at) = numeral::range_dash(sheet, end) {
        ("bis", at)
    } else {
        let at = sheet.skip_space(end);
        match sheet.text(at) {
            word @ ("bis" | "und" | "oder") if sheet.space(at + 1) => (
                if word == "bis" {
                    "bis"
                } else if word == "und" {
                    "und"
                } else {
                    "oder"
                },
                at + 2,
            ),
            _ => ("", end),
        }
    };
    if at > end
        && let Some((second, after, other)) = face(sheet, at)
    {
        let hour_only = first.minute.is_none();
        let spoken_first = if hour_only {
            one(first.hour, "ein")
        } else {
            first.words()
        };
        if let Some((after, _)) = oclock(sheet, after)
            && (joint == "bis" || !hour_only)
        {
            return Some(Match::new(
                after,
                format!("{spoken_first} {joint} {}", second.words()),
            ));
        }
        if separator == ':' && other == ':' && joint == "bis" && !score::is_match(sheet, i) {
            return Some(Match::new(
                after,
                format!("{spoken_first} {joint} {}", second.words()),
            ));
        }
    }
    // `um 18.30`, `ab 9.15,`: with a preposition of time and nothing counted behind.
    if separator == '.' && first.minute.is_some() && announced(sheet, i, end) {
        return Some(Match::new(end, first.words()));
    }
    // A bare `14:05`
    let minutes =
        separator == ':' && !sheet.is(end, ":") && !sheet.glued_right(end) && !sheet.is(end, "-");
    if minutes
        && !score::is_match(sheet, i)
        && sheet.digits(i + 2).is_some_and(|digits| digits.len() == 2)
    {
        return Some(Match::new(end, first.words()));
    }
    None
}

/// Whether `18.30` at `i..end` is a time of day by what stands around it: `ab 18.30`, but not `ab 18.30 Franken`, `um 2.50 auf`.
fn announced(sheet: &Sheet, i: usize, end: usize) -> bool {
    let preposition = matches!(
        sheet.left(i),
        "um" | "Um" | "ab" | "Ab" | "gegen" | "Gegen" | "Einlass" | "Beginn" | "Anpfiff"
    );
    let next = sheet.skip_space(end);
    let counted = sheet.digits(next).is_some()
        || sheet.is(next, "auf")
        || sheet.text(next).starts_with(char::is_uppercase)
        || sheet.mark(end).is_some_and(|mark| {
            !matches!(mark, ',' | '.' | ';' | '!' | '?' | ')')
                || mark == '.' && sheet.glued_right(end + 1)
        })
        || units::unit(sheet, next).is_some()
        || units::currency(sheet, next).is_some();
    // `ab 18.10.` is a date.
    let date = sheet.is(end, ".") && next < sheet.len() && end + 1 < sheet.len();
    preposition && !counted && !date
}

/// Whether the label before the colon at the left of `i` announces a time of day: `Beginn: 18h`.
fn names_a_time(sheet: &Sheet, i: usize) -> bool {
    let label = sheet.before(i).map_or("", |colon| sheet.left(colon));
    matches!(
        label,
        "Beginn"
            | "Ende"
            | "Start"
            | "Einlass"
            | "Anpfiff"
            | "Anstoß"
            | "Abfahrt"
            | "Ankunft"
            | "Abflug"
            | "Treffpunkt"
            | "Uhrzeit"
            | "Zeit"
    )
}

/// `9h`, `9h30`, `18 h` as a time of day, behind `um`, `ab`, `gegen`.
fn hour_letter(sheet: &Sheet, i: usize) -> Option<Match> {
    let hour: u32 = sheet
        .digits(i)
        .filter(|digits| digits.len() <= 2)?
        .parse()
        .ok()
        .filter(|hour| *hour <= 24)?;
    // `18.30 h`
    if sheet.is(i + 1, ".")
        && let Some(minute) = two(sheet, i + 2, 59)
    {
        let at = sheet.skip_space(i + 3);
        let clock = Clock {
            hour,
            minute: Some(minute),
            second: None,
        };
        return sheet.is(at, "h").then(|| Match::new(at + 1, clock.words()));
    }
    let at = sheet.skip_space(i + 1);
    if !sheet.is(at, "h") {
        return None;
    }
    if let Some(minute) = two(sheet, at + 1, 59) {
        return Some(Match::new(
            at + 2,
            Clock {
                hour,
                minute: Some(minute),
                second: None,
            }
            .words(),
        ));
    }
    let left = sheet.left(i).to_lowercase();
    (matches!(
        left.as_str(),
        "um" | "ab" | "gegen" | "bis" | "von" | "vor" | "nach"
    ) || left == ":" && names_a_time(sheet, i))
    .then(|| {
        Match::new(
            at + 1,
            Clock {
                hour,
                minute: None,
                second: None,
            }
            .words(),
        )
    })
}

/// `2:03:59 Stunden`, `3:26,5 Minuten`, `1:30 h`, and a bare `2:03:59`.
fn duration(sheet: &Sheet, i: usize) -> Option<Match> {
    let first: u32 = sheet
        .digits(i)
        .filter(|digits| digits.len() <= 3)?
        .parse()
        .ok()?;
    if !sheet.is(i + 1, ":") {
        return None;
    }
    let second = two(sheet, i + 2, 59)?;
    let mut end = i + 3;
    let third = if sheet.is(end, ":") {
        two(sheet, end + 1, 59)
    } else {
        None
    };
    if third.is_some() {
        end += 2;
    }
    let mut hundredths = None;
    if matches!(sheet.mark(end), Some(',' | '.'))
        && let Some(digits) = sheet.digits(end + 1).filter(|digits| digits.len() <= 3)
        && (sheet.is(end, ",") || third.is_some())
    {
        hundredths = Some(digits);
        end += 2;
    }
    let at = sheet.skip_space(end);
    let unit = sheet.text(at);
    // `17:30h` is a time of day, `1:30 h` and `1:30 Std.` are not.
    if unit == "h" && at == end && third.is_none() && first <= 24 && hundredths.is_none() {
        let clock = Clock {
            hour: first,
            minute: Some(second),
            second: None,
        };
        return Some(Match::new(at + 1, clock.words()));
    }
    let hours = matches!(unit, "Stunden" | "Stunde" | "Std" | "h");
    let minutes = matches!(unit, "Minuten" | "Minute" | "Min" | "min");
    let bare = third.is_some() && oclock(sheet, end).is_none();
    if !hours && !minutes && !bare && hundredths.is_none() {
        return None;
    }
    if hours || minutes {
        end = at + 1;
        if sheet.is(end, ".") && matches!(unit, "Std" | "Min") {
            end = super::abbreviation::without_stop(sheet, end + 1, true, "");
        }
    }
    let units: &[&str] = if third.is_some() || hours {
        &["Stunde", "Minute", "Sekunde"]
    } else {
        &["Minute", "Sekunde"]
    };
    let values = [Some(first), Some(second), third];
    let mut parts: Vec<String> = Vec::new();
    let last = values.iter().flatten().count() - 1;
    for (n, (value, unit)) in values.iter().flatten().zip(units).enumerate() {
        if n == last
            && let Some(digits) = hundredths
        {
            parts.push(format!(
                "{} Komma {} {unit}n",
                number::cardinal((*value).into()),
                number::digits(digits)
            ));
        } else if n == 0 && *value == 1 {
            // `nach einer Stunde dreißig Minuten`
            let noun = Cells::FEMININE.and(Cells::SINGULAR);
            let phrase = grammar::amount_phrase(sheet, i, end, noun);
            parts.push(format!("{} {unit}", phrase.one()));
        } else if *value > 0 || n == 0 && third.is_none() {
            parts.push(counted(*value, unit));
        }
    }
    Some(Match::new(end, parts.join(" ")))
}
