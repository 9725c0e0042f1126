//! Years, spans of years, seasons and decades.

use super::{Match, Rule, numeral, ordinal::capitalise};
use crate::normalise::{
    grammar, number,
    token::{Kind, Sheet},
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Die Mauer fiel 1989.",
        "Die Mauer fiel neunzehnhundertneunundachtzig.",
    ),
    (
        "Der Krieg (1618-1648) verwüstete das Land.",
        "Der Krieg, sechzehnhundertachtzehn bis sechzehnhundertachtundvierzig, verwüstete das Land.",
    ),
    (
        "Der Krieg dauerte 1939–45.",
        "Der Krieg dauerte neunzehnhundertneununddreißig bis fünfundvierzig.",
    ),
    (
        "In den 90er-Jahren boomte der Techno.",
        "In den neunziger Jahren boomte der Techno.",
    ),
    ("In den 90er Jahren", "In den neunziger Jahren"),
    (
        "Die '68er veränderten die Gesellschaft.",
        "Die Achtundsechziger veränderten die Gesellschaft.",
    ),
    (
        "In den 2010er Jahren sank die Zahl.",
        "In den zweitausendzehner Jahren sank die Zahl.",
    ),
    (
        "Sie ist Mitte der 80er geboren.",
        "Sie ist Mitte der Achtziger geboren.",
    ),
    ("in den 80ern", "in den Achtzigern"),
    (
        "In der Saison 2024/25 stieg er auf.",
        "In der Saison zweitausendvierundzwanzig fünfundzwanzig stieg er auf.",
    ),
    (
        "1999 Menschen kamen.",
        "Eintausendneunhundertneunundneunzig Menschen kamen.",
    ),
    ("ein 60er-Jahre-Bau", "ein Sechziger-Jahre-Bau"),
    ("ein 3er-BMW", "ein Dreier-B M W"),
    ("im 6er-Pack", "im Sechser-Pack"),
    (
        "die 20er- und 30er-Jahre",
        "die zwanziger und dreißiger Jahre",
    ),
    (
        "auf S. 1234",
        "auf Seite eintausendzweihundertvierunddreißig",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Year;

impl Rule for Year {
    fn name(&self) -> &'static str {
        "year"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        decade(sheet, i).or_else(|| span(sheet, i))
    }
}

/// Four digits that may be a year.
fn four(sheet: &Sheet, i: usize) -> Option<u32> {
    let digits = sheet.digits(i).filter(|digits| digits.len() == 4)?;
    digits
        .parse()
        .ok()
        .filter(|year| (1000..2200).contains(year))
}

/// `1618-1648`, `1939–45`, `2024/25`, `2024/2025`.
fn span(sheet: &Sheet, i: usize) -> Option<Match> {
    if sheet.glued_left(i) {
        return None;
    }
    let first = four(sheet, i)?;
    let (slash, at) = if sheet.is(i + 1, "/") {
        (true, i + 2)
    } else {
        (false, numeral::range_dash(sheet, i + 1)?)
    };
    let second_digits = sheet.digits(at)?;
    if sheet.glued_right(at + 1)
        || sheet.is(at + 1, ",") && sheet.digits(at + 2).is_some()
        || sheet.is(at + 1, "-") && sheet.digits(at + 2).is_some()
    {
        return None;
    }
    let second: u32 = second_digits.parse().ok()?;
    let full = match second_digits.len() {
        2 => first / 100 * 100 + second,
        4 => second,
        _ => return None,
    };
    // `2024/25`, `1999/00`
    let follows = full == first + 1 || second_digits.len() == 2 && (first + 1) % 100 == second;
    if slash && !follows || !slash && (full <= first || full >= 2200) {
        return None;
    }
    let second = if second_digits.len() == 2 && second < 10 && slash {
        number::digits(second_digits)
    } else {
        number::year(second)
    };
    let joint = if slash { " " } else { " bis " };
    Some(Match::new(
        at + 1,
        format!("{}{joint}{second}", number::year(first)),
    ))
}

/// `90er`, `'68er`, `1920er-Jahre`, `80ern`, `6er-Pack`.
fn decade(sheet: &Sheet, i: usize) -> Option<Match> {
    let start = i;
    let i = if matches!(sheet.mark(i), Some('\'' | '’' | '‘')) && !sheet.glued_left(i) {
        i + 1
    } else {
        i
    };
    let digits = sheet.digits(i).filter(|digits| digits.len() <= 4)?;
    if start == i && sheet.glued_left(i) {
        return None;
    }
    // `der Sommer '69`
    if i > start && digits.len() == 2 && !sheet.glued_right(i + 1) {
        return Some(Match::new(i + 1, number::cardinal(digits.parse().ok()?)));
    }
    let ending = sheet
        .word(i + 1)
        .filter(|word| matches!(*word, "er" | "ern" | "ers"))?;
    let value: u32 = digits.parse().ok()?;
    let mut word = match value {
        0 => "null".to_owned(),
        1 => "eins".to_owned(),
        7 => "sieben".to_owned(),
        _ if four(sheet, i).is_some() => number::year(value),
        _ => number::cardinal_stem(value.into()),
    };
    word.push_str(ending);
    let end = i + 2;
    let hyphen = sheet.is(end, "-");
    let next = if hyphen {
        end + 1
    } else {
        sheet.skip_space(end)
    };
    if matches!(sheet.text(next), "Jahre" | "Jahren") && ending == "er" {
        if hyphen && sheet.is(next + 1, "-") {
            capitalise(&mut word);
            return Some(Match::new(end, word));
        }
        if hyphen {
            return Some(Match::new(next + 1, format!("{word} {}", sheet.text(next))));
        }
        return Some(Match::new(end, word));
    }
    // `die 20er- und 30er-Jahre`, `die 80er und 90er Jahre`
    let joint = sheet.skip_space(if hyphen { end + 1 } else { end });
    if matches!(sheet.text(joint), "und" | "bis" | "oder")
        && sheet.digits(joint + 2).is_some()
        && sheet.is(joint + 3, "er")
    {
        let after = joint + 4;
        let years = if sheet.is(after, "-") {
            after + 1
        } else {
            sheet.skip_space(after)
        };
        if matches!(sheet.text(years), "Jahre" | "Jahren") {
            return Some(Match::new(if hyphen { end + 1 } else { end }, word));
        }
    }
    capitalise(&mut word);
    Some(Match::new(end, word))
}

/// Whether the number at `i..end` is read as a year: `neunzehnhundert…`. From 2000 on both readings are the same.
#[must_use]
pub fn is_year(sheet: &Sheet, i: usize, end: usize) -> bool {
    if end != i + 1 {
        return false;
    }
    let Some(value) = four(sheet, i) else {
        return false;
    };
    if !(1100..2000).contains(&value) {
        return false;
    }
    let left = grammar::lower(sheet.left(i));
    // `S. 1234`
    let abbreviated = sheet.before(i).filter(|&at| at > 0 && sheet.is(at, "."));
    if matches!(left.as_ref(), "seite" | "seiten")
        || abbreviated.is_some_and(|at| sheet.is(at - 1, "S"))
    {
        return false;
    }
    if matches!(
        left.as_ref(),
        "jahr"
            | "jahre"
            | "jahres"
            | "jahren"
            | "seit"
            | "anfang"
            | "mitte"
            | "ende"
            | "sommer"
            | "herbst"
            | "winter"
            | "frühjahr"
            | "frühling"
            | "von"
            | "ab"
            | "bis"
            | "anno"
            | "um"
            | "vor"
            | "nach"
            | "geboren"
            | "("
            | "*"
            | "†"
    ) || super::date::month(&left).is_some()
    {
        // `von 1999 Menschen`, `nach 1200 Metern`
        let plural = matches!(
            left.as_ref(),
            "von" | "ab" | "bis" | "um" | "vor" | "nach" | "seit"
        ) && counts(sheet, end);
        return !plural;
    }
    if grammar::is_adverb(&left)
        && !matches!(left.as_ref(), "erst" | "schon" | "bereits" | "noch" | "nun")
        || matches!(left.as_ref(), "über" | "unter" | "gegen")
    {
        return !(counts(sheet, end)
            || sheet.space(end)
                && sheet
                    .word(end + 1)
                    .is_some_and(|word| word.starts_with(char::is_uppercase)));
    }
    if grammar::is_determiner(&left) && !matches!(left.as_ref(), "der" | "das")
        || matches!(left.as_ref(), "mit" | "für" | "aus" | "insgesamt")
    {
        return !(sheet.space(end)
            && sheet
                .word(end + 1)
                .is_some_and(|word| word.starts_with(char::is_uppercase) && !counts_not(word))
            || counts(sheet, end));
    }
    !counts(sheet, end)
}

/// A capitalised word that is no counted noun.
fn counts_not(word: &str) -> bool {
    super::ordinal::starts_sentence(word)
}

/// Whether a plural noun stands behind the number, directly or with an adjective between.
fn counts(sheet: &Sheet, end: usize) -> bool {
    if sheet.kind(end) != Some(Kind::Space) {
        return false;
    }
    let Some(word) = sheet.word(end + 1) else {
        return false;
    };
    let noun = if word.starts_with(char::is_uppercase) {
        Some(end + 1)
    } else if word.ends_with("en") || word.ends_with('e') {
        sheet
            .word(end + 3)
            .filter(|word| word.starts_with(char::is_uppercase))
            .map(|_| end + 3)
    } else {
        None
    };
    noun.map(|noun| grammar::last_part(sheet, noun))
        .and_then(|noun| grammar::noun_cells(sheet, noun))
        .is_some_and(|cells| cells.meets(grammar::Cells::PLURAL))
}
