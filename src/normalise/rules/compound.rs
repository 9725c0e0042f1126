//! Numbers in compounds: `49-Euro-Ticket`, `5%-Hürde`, `20-jährig`, `15-Jähriger`, `20%iger`, `10fach`, `4x100-Meter-Staffel`.

use super::{Match, Rule, numeral, ordinal::capitalise};
use crate::normalise::{
    number,
    token::{Kind, Sheet},
    units,
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Das 49-Euro-Ticket wird teurer.",
        "Das Neunundvierzig-Euro-Ticket wird teurer.",
    ),
    ("das 49-€-Ticket", "das Neunundvierzig-Euro-Ticket"),
    ("das 1,5-Grad-Ziel", "das Eins-Komma-fünf-Grad-Ziel"),
    ("Die 5%-Hürde bleibt.", "Die Fünf-Prozent-Hürde bleibt."),
    ("Die 20-jährige Fahrerin", "Die zwanzigjährige Fahrerin"),
    (
        "Ein 15-Jähriger wird vermisst.",
        "Ein Fünfzehnjähriger wird vermisst.",
    ),
    (
        "Die 100-prozentige Tochter",
        "Die hundertprozentige Tochter",
    ),
    ("20%iger Alkohol", "zwanzigprozentiger Alkohol"),
    ("die 10fache Menge", "die zehnfache Menge"),
    (
        "Die 4x100-Meter-Staffel holte Gold.",
        "Die Vier-mal-hundert-Meter-Staffel holte Gold.",
    ),
    ("der 100-m-Lauf", "der Hundert-Meter-Lauf"),
    (
        "eine 30-km/h-Zone",
        "eine Dreißig-Kilometer-pro-Stunde-Zone",
    ),
    ("ein 1-Euro-Job", "ein Ein-Euro-Job"),
    ("2-D-Bild", "Zwei-D-Bild"),
    ("Ein 08/15-Film", "Ein Null-acht-fünfzehn-Film"),
    ("im 4-4-2-System", "im Vier-vier-zwei-System"),
    ("die 20.000er-Marke", "die Zwanzigtausender-Marke"),
    ("2 x täglich", "zweimal täglich"),
    ("50-mal", "fünfzigmal"),
    ("der 2te Tag", "der zweite Tag"),
    ("ein 5-Klässler", "ein Fünftklässler"),
    (
        "die 20- bis 30-Jährigen",
        "die Zwanzig- bis Dreißigjährigen",
    ),
    ("24/7 geöffnet", "vierundzwanzig sieben geöffnet"),
    ("die 18-Uhr-Nachrichten", "die Achtzehn-Uhr-Nachrichten"),
    ("der 18.05-Uhr-Zug", "der Achtzehn-Uhr-fünf-Zug"),
    ("ein 3-2-Sieg", "ein Drei-zwei-Sieg"),
];

/// The rule.
#[derive(Debug)]
pub struct Compound;

impl Rule for Compound {
    fn name(&self) -> &'static str {
        "compound"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) || sheet.digits(i).is_none() {
            return None;
        }
        phrase(sheet, i)
            .or_else(|| clock(sheet, i))
            .or_else(|| percent_adjective(sheet, i))
            .or_else(|| derived(sheet, i))
            .or_else(|| hyphened(sheet, i))
    }
}

/// Fixed phrases of two numbers: `08/15`, `24/7`, `9/11`.
fn phrase(sheet: &Sheet, i: usize) -> Option<Match> {
    if !sheet.is(i + 1, "/") {
        return None;
    }
    let words = match (sheet.text(i), sheet.digits(i + 2)?) {
        ("08" | "0" | "8", "15") => "null-acht-fünfzehn",
        ("24", "7") => "vierundzwanzig-sieben",
        ("9", "11") => "nine-eleven",
        ("50", "50") => "fünfzig-fünfzig",
        _ => return None,
    };
    let compound = sheet.is(i + 3, "-") && sheet.kind(i + 4) == Some(Kind::Word);
    let mut text = if compound {
        words.to_owned()
    } else {
        words.replace('-', " ")
    };
    if compound {
        capitalise(&mut text);
    }
    Some(Match::new(i + 3, text))
}

/// `18.05-Uhr-Zug`: the minutes go behind `Uhr`.
fn clock(sheet: &Sheet, i: usize) -> Option<Match> {
    let hour: u128 = sheet.digits(i)?.parse().ok().filter(|hour| *hour <= 24)?;
    let minute = sheet.digits(i + 2).filter(|digits| digits.len() == 2)?;
    let minute: u128 = minute.parse().ok().filter(|minute| *minute < 60)?;
    if !matches!(sheet.mark(i + 1), Some('.' | ':'))
        || !sheet.is(i + 3, "-")
        || !sheet.is(i + 4, "Uhr")
        || !sheet.is(i + 5, "-")
    {
        return None;
    }
    let mut text = format!("{}-Uhr", number::cardinal_stem(hour));
    if minute > 0 {
        text.push('-');
        text.push_str(&number::cardinal(minute));
    }
    capitalise(&mut text);
    Some(Match::new(i + 5, text))
}

/// The words of a number inside a compound.
fn stem(numeral: &numeral::Numeral) -> String {
    match (&numeral.fraction, numeral.whole) {
        (None, Some(n)) if !numeral.is_code() => number::cardinal_stem(n),
        _ => numeral.unsigned("ein").replace(' ', "-"),
    }
}

/// `20%iger`, `5%ig`
fn percent_adjective(sheet: &Sheet, i: usize) -> Option<Match> {
    let (numeral, end) = numeral::unsigned(sheet, i)?;
    let at = sheet.skip_space(end);
    if !sheet.is(at, "%") {
        return None;
    }
    let next = if sheet.is(at + 1, "-") {
        at + 2
    } else {
        at + 1
    };
    let ending = sheet.word(next).filter(|word| word.starts_with("ig"))?;
    let joint = if numeral.fraction.is_some() { "-" } else { "" };
    Some(Match::new(
        next + 1,
        format!("{}{joint}prozent{ending}", stem(&numeral)),
    ))
}

/// Endings that make one word with the number before them.
fn is_ending(word: &str) -> bool {
    let lower = word.to_lowercase();
    [
        "jährig",
        "prozentig",
        "köpfig",
        "stündig",
        "tägig",
        "monatig",
        "wöchig",
        "minütig",
        "sekündig",
        "seitig",
        "stöckig",
        "stellig",
        "bändig",
        "teilig",
        "sitzig",
        "türig",
        "zeilig",
        "spurig",
        "gleisig",
        "stufig",
        "silbig",
        "sprachig",
        "malig",
        "fach",
        "gradig",
        "achsig",
        "geschossig",
        "zimmrig",
        "polig",
        "motorig",
        "kantig",
        "eckig",
        "strahlig",
        "tonnig",
        "meterig",
        "karätig",
        "mal",
        "ig",
        "tel",
        "jährlich",
        "stündlich",
        "wöchentlich",
        "monatlich",
        "tausend",
        "hundert",
    ]
    .iter()
    .any(|stem| {
        lower.strip_prefix(stem).is_some_and(|rest| {
            matches!(
                rest,
                "" | "e" | "er" | "es" | "en" | "em" | "s" | "n" | "ere" | "keit" | "eren"
            )
        })
    })
}

/// `20-jährig`, `15-Jähriger`, `10fach`, `3mal`, `20jährige`, `20- bis 30-Jährige`
fn derived(sheet: &Sheet, i: usize) -> Option<Match> {
    let (numeral, end) = numeral::unsigned(sheet, i)?;
    let hyphen = sheet.is(end, "-");
    let at = if hyphen { end + 1 } else { end };
    if let Some(word) = sheet.word(at).filter(|word| is_ending(word))
        && !(sheet.is(at + 1, "-")
            && sheet.glued_right(at + 2)
            && !word.starts_with(char::is_lowercase))
    {
        let joint = if numeral.fraction.is_some() { "-" } else { "" };
        let mut text = format!("{}{joint}{}", stem(&numeral), word.to_lowercase());
        if word.starts_with(char::is_uppercase) {
            capitalise(&mut text);
        }
        return Some(Match::new(at + 1, text));
    }
    // `die 20.000er-Marke`
    if let Some(ending) = sheet.word(at)
        && numeral.grouped
        && numeral.fraction.is_none()
        && matches!(ending, "er" | "ern" | "ers")
    {
        let mut text = format!("{}{ending}", stem(&numeral));
        capitalise(&mut text);
        return Some(Match::new(at + 1, text));
    }
    if let Some(text) = numeral
        .whole
        .filter(|_| numeral.fraction.is_none())
        .and_then(|n| ordinal_form(n, sheet.word(at)?))
    {
        return Some(Match::new(at + 1, text));
    }
    // `3x täglich`
    if !hyphen && sheet.is(at, "x") && !sheet.glued_right(at + 1) && sheet.digits(at + 2).is_none()
    {
        return Some(Match::new(at + 1, format!("{}mal", stem(&numeral))));
    }
    // `2 x täglich`
    if !hyphen
        && sheet.space(at)
        && sheet.is(at + 1, "x")
        && sheet.space(at + 2)
        && sheet
            .word(at + 3)
            .is_some_and(|word| !is_measure(sheet, at + 3, word))
    {
        return Some(Match::new(at + 2, format!("{}mal", stem(&numeral))));
    }
    // `20- bis 30-Jährige`, `3- oder 4-mal`
    if hyphen && sheet.space(at) && matches!(sheet.text(at + 1), "bis" | "und" | "oder") {
        let (_, end) = numeral::unsigned(sheet, sheet.skip_space(at + 2))?;
        let at = if sheet.is(end, "-") {
            end + 1
        } else {
            return None;
        };
        let word = sheet.word(at)?;
        let mut text = format!("{}-", stem(&numeral));
        if word.starts_with(char::is_uppercase) {
            capitalise(&mut text);
        }
        return Some(Match::new(i_after_hyphen(sheet, i), text));
    }
    None
}

/// Whether the word at `i` behind an `x` is a measure or one letter, so that the `x` multiplies: `2 x m`.
fn is_measure(sheet: &Sheet, i: usize, word: &str) -> bool {
    word.chars().nth(1).is_none() || units::unit(sheet, i).is_some()
}

/// `2te`, `20sten`, and `11-Klässler`, who is an `Elftklässler`.
fn ordinal_form(n: u128, word: &str) -> Option<String> {
    let stem = number::ordinal_stem(n);
    if let Some(rest) = word.strip_prefix("Klässler") {
        let mut text = format!("{stem}klässler{rest}");
        capitalise(&mut text);
        return Some(text);
    }
    let ending = word.strip_prefix("st").or_else(|| word.strip_prefix('t'))?;
    matches!(ending, "e" | "er" | "es" | "en" | "em").then(|| format!("{stem}{ending}"))
}

fn i_after_hyphen(sheet: &Sheet, i: usize) -> usize {
    let mut at = i;
    while !sheet.is(at, "-") && at < sheet.len() {
        at += 1;
    }
    at + 1
}

/// `49-Euro-Ticket`: the number, with abbreviated units, as parts of a compound noun; the rest of it follows as written.
fn hyphened(sheet: &Sheet, i: usize) -> Option<Match> {
    let (numeral, mut end) = numeral::unsigned(sheet, i)?;
    let mut parts = vec![stem(&numeral)];
    // `4x100-Meter`, `4-4-2-System`
    loop {
        let times = matches!(sheet.text(end), "x" | "×") && sheet.digits(end + 1).is_some();
        let next = sheet.is(end, "-") && sheet.digits(end + 1).is_some();
        if !times && !next || parts.len() > 8 {
            break;
        }
        let (numeral, after) = numeral::unsigned(sheet, end + 1)?;
        if times {
            parts.push("mal".to_owned());
        }
        parts.push(stem(&numeral));
        end = after;
    }
    // `5%-Hürde`, `100-m-Lauf`, `49-€-Ticket`, `30-km/h-Zone`
    let at = if sheet.is(end, "-") {
        end + 1
    } else {
        sheet.skip_space(end)
    };
    let unit = units::currency(sheet, at)
        .map(|(currency, after)| (currency.singular.to_owned(), after))
        .or_else(|| {
            // `24-Stunden-Rennen`, but `100-Meter-Lauf`
            units::unit(sheet, at).map(|(unit, after)| {
                let plural = unit.singular.ends_with('e');
                (if plural { unit.plural } else { unit.singular }, after)
            })
        })
        .filter(|(_, after)| sheet.is(*after, "-") && sheet.kind(after + 1) == Some(Kind::Word))
        .filter(|_| {
            sheet.word(at).is_none_or(|word| {
                word != "D"
                    && (word.chars().count() > 1
                        || word.starts_with(char::is_lowercase)
                        || word == "V"
                        || word == "W")
            })
        });
    if let Some((unit, after)) = unit {
        parts.push(unit.replace(' ', "-"));
        end = after;
    } else if !sheet.is(end, "-") || sheet.kind(end + 1) != Some(Kind::Word) {
        return None;
    }
    // The last word of the compound decides between noun and adjective.
    let mut last = end + 1;
    while sheet.is(last + 1, "-") && sheet.kind(last + 2) == Some(Kind::Word) {
        last += 2;
        if last > end + 20 {
            break;
        }
    }
    let first = sheet.text(end + 1);
    let noun =
        sheet.text(last).starts_with(char::is_uppercase) || first.starts_with(char::is_uppercase);
    let mut text = parts.join("-");
    if noun {
        capitalise(&mut text);
    }
    Some(Match::new(end, text))
}
