//! Numbers that name something and are said digit by digit: telephone, postcode, IBAN, ISBN, emergency numbers, accounts, versions.

use super::{Match, Rule, acronym};
use crate::normalise::{
    grammar, number,
    token::{Kind, Sheet},
};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Die Hotline +49 221 4710 ist besetzt.",
        "Die Hotline plus vier neun, zwei zwei eins, vier sieben eins null ist besetzt.",
    ),
    (
        "(0411) 0234-1234",
        "null vier eins eins, null zwei drei vier, eins zwei drei vier",
    ),
    (
        "0800 1234567",
        "null acht null null, eins zwei drei vier fünf sechs sieben",
    ),
    (
        "Das Spendenkonto: DE89 3704 0044 0532 0130 00.",
        "Das Spendenkonto: D E acht neun, drei sieben null vier, null null vier vier, null fünf drei zwei, null eins drei null, null null.",
    ),
    (
        "Das Buch hat die ISBN 978-3-16-148410-0.",
        "Das Buch hat die I S B N neun sieben acht, drei, eins sechs, eins vier acht vier eins null, null.",
    ),
    (
        "Domkloster 4, 50667 Köln",
        "Domkloster vier, fünf null sechs sechs sieben Köln",
    ),
    ("Wählen Sie 112.", "Wählen Sie eins eins zwei."),
    ("der Notruf 110", "der Notruf eins eins null"),
    ("Version 2.0.1", "Version zwei Punkt null Punkt eins"),
    ("Goethestr. 12a-c", "Goethestraße zwölf a bis c"),
    ("Python 3.12", "Python drei Punkt zwölf"),
    (
        "Im Herbst kommt iOS 18.1. Es ist kleiner.",
        "Im Herbst kommt iOS achtzehn Punkt eins. Es ist kleiner.",
    ),
    (
        "Das regelt Abschnitt 3.2.",
        "Das regelt Abschnitt drei Punkt zwei.",
    ),
    ("unter 116 117", "unter eins eins sechs, eins eins sieben"),
    (
        "das Kennzeichen B-MW 123",
        "das Kennzeichen B, M W hundertdreiundzwanzig",
    ),
    (
        "+1 123 123-5678",
        "plus eins, eins zwei drei, eins zwei drei, fünf sechs sieben acht",
    ),
    ("CH-8001 Zürich", "C H acht null null eins Zürich"),
    ("Tel.: 12345", "Telefon: eins zwei drei vier fünf"),
];

/// The rule.
#[derive(Debug)]
pub struct Identifier;

impl Rule for Identifier {
    fn name(&self) -> &'static str {
        "identifier"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        iban(sheet, i)
            .or_else(|| isbn(sheet, i))
            .or_else(|| phone(sheet, i))
            .or_else(|| postcode(sheet, i))
            .or_else(|| house(sheet, i))
            .or_else(|| service(sheet, i))
            .or_else(|| named(sheet, i))
            .or_else(|| plate(sheet, i))
            .or_else(|| version(sheet, i))
            .or_else(|| release(sheet, i))
    }
}

/// Letters and digits one by one, groups apart by commas.
fn spell(written: &str) -> String {
    let mut out = String::new();
    for c in written.chars() {
        if c.is_ascii_digit() {
            push(&mut out, &number::digits(c.encode_utf8(&mut [0; 4])));
        } else if c.is_alphabetic() {
            push(&mut out, c.encode_utf8(&mut [0; 4]));
        } else if c != '(' && c != ')' && c != '+' && !out.is_empty() && !out.ends_with(',') {
            out.push(',');
        }
    }
    out.trim_end_matches(',').to_owned()
}

fn push(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

/// Two letters, two check digits and groups; 15 to 34 characters (ISO 13616).
fn iban(sheet: &Sheet, i: usize) -> Option<Match> {
    let country = sheet
        .word(i)
        .filter(|word| word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase()))?;
    let head = sheet.digits(i + 1)?;
    let mut count = country.len() + head.len();
    let mut end = i + 2;
    if head.len() == 2 || head.len() > 10 {
        while end < i + 24 {
            let at = sheet.skip_space(end);
            let group = sheet.text(at);
            let fits = sheet
                .digits(at)
                .is_some_and(|digits| digits.len() <= 4 || at == end)
                || sheet.word(at).is_some_and(|word| {
                    word.len() <= 4
                        && word.bytes().all(|b| b.is_ascii_uppercase())
                        && count + word.len() < 34
                        && sheet.digits(at + 1).is_some()
                });
            if !fits || count + group.len() > 34 {
                break;
            }
            count += group.len();
            end = at + 1;
        }
    }
    (count >= 15).then(|| Match::new(end, spell(sheet.slice(i..end))))
}

/// Ten or thirteen digits with hyphens behind `ISBN`.
fn isbn(sheet: &Sheet, i: usize) -> Option<Match> {
    if !matches!(sheet.text(i), "ISBN" | "ISSN") {
        return None;
    }
    let mut at = i + 1;
    while at < i + 5
        && (sheet.space(at)
            || matches!(sheet.mark(at), Some(':' | '-'))
            || sheet.is(at, "10")
            || sheet.is(at, "13"))
    {
        at += 1;
    }
    let start = at;
    sheet.digits(start)?;
    while at < start + 12
        && (sheet.digits(at).is_some()
            || sheet.is(at, "X")
            || matches!(sheet.mark(at), Some('-' | '–'))
                && (sheet.digits(at + 1).is_some() || sheet.is(at + 1, "X"))
            || sheet.space(at) && sheet.digits(at + 1).is_some())
    {
        at += 1;
    }
    let name = acronym::letters(sheet.text(i)).unwrap_or_default();
    Some(Match::new(
        at,
        format!("{name} {}", spell(sheet.slice(start..at))),
    ))
}

/// `+49 221 4710`, `(0411) 0234-1234`, `0800 1234567`, `030/1234-567`.
fn phone(sheet: &Sheet, i: usize) -> Option<Match> {
    let mut at = i;
    let plus = sheet.is(at, "+");
    if plus {
        at += 1;
    }
    let bracket = sheet.is(at, "(");
    let first = sheet.digits(if bracket { at + 1 } else { at })?;
    let introduced = matches!(
        sheet.left(i).trim_end_matches('.'),
        "Tel"
            | "Telefon"
            | "Telefonnummer"
            | "Rufnummer"
            | "Hotline"
            | "Fax"
            | "Handy"
            | "Mobil"
            | "Nummer"
            | ":"
            | "unter"
    );
    // A number starts with 0 or +; national numbers in Germany do.
    if !(plus || first.starts_with('0') && first.len() >= 3) {
        return None;
    }
    if plus
        && (sheet.is(at + 1, ",")
            || sheet.is(at + 1, ".")
            || first.len() < 2 && !american(sheet, at)
            || !first.starts_with(|c: char| c != '0'))
    {
        return None;
    }
    let mut count = 0;
    let mut groups = 0;
    let mut end = at;
    while at < i + 24 {
        if let Some(digits) = sheet.digits(at) {
            count += digits.len();
            groups += 1;
            at += 1;
            end = at;
            continue;
        }
        let joins =
            sheet.space(at) || matches!(sheet.mark(at), Some('-' | '–' | '/' | '(' | ')' | '.'));
        let goes_on = (1..4).any(|n| {
            sheet.digits(at + n).is_some()
                && (1..n).all(|m| {
                    sheet.space(at + m)
                        || matches!(sheet.mark(at + m), Some('-' | '–' | '/' | '(' | ')'))
                })
        });
        if !joins || !goes_on {
            break;
        }
        at += 1;
    }
    if bracket && sheet.is(end, ")") {
        end += 1;
    }
    let enough = if plus {
        count >= 8 || groups > 1 && count >= 6
    } else {
        groups > 1 && count >= 6 || count >= 9 || introduced && count >= 5
    };
    // `0,5`, `05.06.2024`, `00:15` are something else.
    if !enough
        || sheet.glued_right(end)
        || sheet.is(end, "%")
        || sheet.slice(i..end).matches('.').count() >= 2 && !plus
    {
        return None;
    }
    let digits = spell(sheet.slice(i..end));
    Some(Match::new(
        end,
        if plus {
            format!("plus {digits}")
        } else {
            digits
        },
    ))
}

/// Whether at `i` stands a number of the North American plan: `1 123 123-5678`.
fn american(sheet: &Sheet, i: usize) -> bool {
    let group = |at: usize, length: usize| {
        (sheet.space(at) || sheet.is(at, "-"))
            && sheet
                .digits(at + 1)
                .is_some_and(|digits| digits.len() == length)
    };
    sheet.is(i, "1") && group(i + 1, 3) && group(i + 3, 3) && group(i + 5, 4)
}

/// Five digits before a place: `50667 Köln`; with a country: `CH-8001 Zürich`.
fn postcode(sheet: &Sheet, i: usize) -> Option<Match> {
    if let Some(country) = sheet.word(i)
        && matches!(country, "D" | "A" | "CH" | "DE" | "AT" | "FL" | "L" | "I")
        && sheet.is(i + 1, "-")
    {
        let digits = sheet
            .digits(i + 2)
            .filter(|digits| matches!(digits.len(), 4 | 5))?;
        place(sheet, i + 3)?;
        let letters = acronym::letters(country).unwrap_or_else(|| country.to_owned());
        return Some(Match::new(
            i + 3,
            format!("{letters} {}", number::digits(digits)),
        ));
    }
    let digits = sheet.digits(i).filter(|digits| digits.len() == 5)?;
    let name = place(sheet, i + 1)?;
    let counted = crate::normalise::nouns::cells(name)
        .is_some_and(|cells| cells.meets(grammar::Cells::PLURAL));
    let left = sheet.left(i);
    let address = left == ","
        || matches!(
            left,
            "PLZ" | "Postleitzahl" | "in" | "aus" | "nach" | "(" | "|" | "·" | "•" | "–"
        )
        || i == 0
            && (crate::normalise::nouns::cells(name).is_none()
                || !digits.ends_with("00") && !counted);
    (address && (!counted || left == "," && street_before(sheet, i)))
        .then(|| Match::new(i + 1, number::digits(digits)))
}

/// Whether before the comma at the left of `i` stands a house number.
fn street_before(sheet: &Sheet, i: usize) -> bool {
    sheet
        .before(i)
        .and_then(|comma| sheet.before(comma))
        .is_some_and(|at| sheet.digits(at).is_some() || sheet.digits(at.wrapping_sub(1)).is_some())
}

/// The capitalised word behind white space at `i`.
fn place<'t>(sheet: &Sheet<'t>, i: usize) -> Option<&'t str> {
    if !sheet.space(i) {
        return None;
    }
    sheet
        .word(i + 1)
        .filter(|word| word.starts_with(char::is_uppercase))
}

/// `12a-c`: the entrances of a house.
fn house(sheet: &Sheet, i: usize) -> Option<Match> {
    let letter = |at: usize| {
        sheet
            .word(at)
            .filter(|word| word.len() == 1 && word.starts_with(char::is_lowercase))
    };
    let number = sheet.digits(i).filter(|digits| digits.len() <= 3)?;
    let (first, last) = (letter(i + 1)?, letter(i + 3)?);
    (matches!(sheet.text(i + 2), "-" | "–") && !sheet.glued_right(i + 4) && !sheet.is(i + 4, "-"))
        .then(|| {
            Match::new(
                i + 4,
                format!("{} {first} bis {last}", number::cardinal_of(number)),
            )
        })
}

/// `B-MW 123` behind the word `Kennzeichen`: the letters one by one.
fn plate(sheet: &Sheet, i: usize) -> Option<Match> {
    let letters = |at: usize, most: usize| {
        sheet
            .word(at)
            .filter(|word| word.chars().count() <= most && word.chars().all(char::is_uppercase))
    };
    let (town, series) = (letters(i, 3)?, letters(i + 2, 2)?);
    if !(sheet.is(i + 1, "-") || sheet.space(i + 1)) || !sheet.left(i).ends_with("ennzeichen") {
        return None;
    }
    let at = sheet.skip_space(i + 3);
    let digits = sheet.digits(at).filter(|digits| digits.len() <= 4)?;
    Some(Match::new(
        at + 1,
        format!(
            "{}, {} {}",
            spell(town),
            spell(series),
            number::cardinal_of(digits)
        ),
    ))
}

/// `116 117`, the doctors on call, and the other European numbers of social value.
fn service(sheet: &Sheet, i: usize) -> Option<Match> {
    let tail = sheet
        .digits(i + 2)
        .filter(|tail| sheet.is(i, "116") && sheet.space(i + 1) && tail.len() == 3)?;
    let decimal = matches!(sheet.mark(i + 3), Some(',' | '.')) && sheet.glued_right(i + 4);
    (tail.starts_with(['0', '1']) && !decimal)
        .then(|| Match::new(i + 3, spell(sheet.slice(i..i + 3))))
}

/// Whether the word in front of `i` is one whose numbers have points and are no dates: sections of a text (`Abschnitt 3.2.`) and software
/// (`iOS 18.1.`). A name alone does not do: `Köln 3.2., Bonn 4.2.` are the days of a tour.
#[must_use]
pub(super) fn in_versions(sheet: &Sheet, i: usize) -> bool {
    let Some(name) = sheet.before(i).and_then(|at| sheet.word(at)) else {
        return false;
    };
    // `iOS`, `macOS`, `watchOS`
    let system = name.ends_with("OS") && name.starts_with(char::is_lowercase);
    system
        || matches!(
            name,
            "Version"
                | "Release"
                | "Update"
                | "Firmware"
                | "Build"
                | "Kapitel"
                | "Unterkapitel"
                | "Abschnitt"
                | "Unterabschnitt"
                | "Ziffer"
                | "Punkt"
                | "Unterpunkt"
                | "Abbildung"
                | "Tabelle"
                | "Aufgabe"
                | "Übung"
                | "Android"
                | "Windows"
                | "Linux"
                | "Kernel"
                | "Ubuntu"
                | "Python"
                | "Java"
                | "PHP"
                | "Rust"
                | "Firefox"
                | "Chrome"
                | "Thunderbird"
                | "LibreOffice"
                | "Bluetooth"
                | "USB"
                | "HDMI"
                | "DisplayPort"
                | "PCIe"
                | "OpenGL"
                | "WordPress"
                | "GPT"
                | "Llama"
                | "Gemini"
                | "Claude"
        )
}

/// `Python 3.12`: the two numbers of a release behind a name.
fn release(sheet: &Sheet, i: usize) -> Option<Match> {
    let name = sheet.word(sheet.before(i)?)?;
    let sure = in_versions(sheet, i);
    let named = sure
        || name.starts_with(char::is_uppercase)
            && !super::ordinal::starts_sentence(name)
            && crate::normalise::nouns::cells(name).is_none();
    let minor = sheet
        .digits(i + 2)
        .filter(|digits| digits.len() == 2 || sure && digits.len() == 1)?;
    if !named || !sheet.space(i - 1) || !sheet.is(i + 1, ".") || sheet.digits(i)?.len() > 2 {
        return None;
    }
    let number_goes_on = sheet.glued_right(i + 3)
        || matches!(sheet.mark(i + 3), Some(c) if !matches!(c, '.' | ',' | ')' | '!' | '?' | ';' | ':'))
        || matches!(sheet.mark(i + 3), Some('.' | ',' | ':')) && sheet.digits(i + 4).is_some();
    let next = sheet.skip_space(i + 3);
    let counted = matches!(
        sheet.text(next),
        "Uhr"
            | "h"
            | "Mio"
            | "Mrd"
            | "Millionen"
            | "Milliarden"
            | "Prozent"
            | "bis"
            | "%"
            | "-"
            | "–"
    ) || crate::normalise::units::currency(sheet, next).is_some()
        || crate::normalise::units::unit(sheet, next).is_some();
    if number_goes_on || counted {
        return None;
    }
    let minor = if minor.starts_with('0') {
        number::digits(minor)
    } else {
        number::cardinal_of(minor)
    };
    Some(Match::new(
        i + 3,
        format!("{} Punkt {minor}", number::cardinal_of(sheet.text(i))),
    ))
}

/// Emergency numbers and others whose word before tells: `Notruf 110`, `PIN 1234`.
fn named(sheet: &Sheet, i: usize) -> Option<Match> {
    let digits = sheet.digits(i)?;
    if sheet.glued_right(i + 1)
        || matches!(sheet.mark(i + 1), Some('.' | ',' | ':')) && sheet.digits(i + 2).is_some()
        || sheet.is(i + 1, "-") && sheet.glued_right(i + 2)
    {
        return None;
    }
    let mut before = sheet.before(i)?;
    while matches!(sheet.mark(before), Some(':' | '.')) {
        before = sheet.before(before)?;
    }
    let left = sheet.text(before);
    let lower = left.to_lowercase();
    let noun_follows = sheet.space(i + 1)
        && sheet
            .word(i + 2)
            .is_some_and(|word| word.starts_with(char::is_uppercase));
    let emergency = matches!(
        digits,
        "110"
            | "112"
            | "115"
            | "116117"
            | "116116"
            | "19222"
            | "144"
            | "133"
            | "122"
            | "117"
            | "118"
    );
    let call = matches!(
        lower.as_str(),
        "notruf"
            | "notrufnummer"
            | "euronotruf"
            | "polizeinotruf"
            | "rufnummer"
            | "telefonnummer"
            | "nummer"
            | "hotline"
            | "wählen"
            | "sie"
            | "tel"
            | "telefon"
            | "polizei"
            | "feuerwehr"
            | "rettungsdienst"
            | "wählte"
            | "wähle"
    );
    let plain_call = matches!(lower.as_str(), "die" | "der" | "unter" | "oder" | "und")
        && matches!(digits, "110" | "112" | "115" | "116117" | "19222");
    if emergency && !noun_follows && (call || plain_call) {
        return Some(Match::new(i + 1, number::digits(digits)));
    }
    let account = matches!(
        lower.as_str(),
        "kontonummer"
            | "konto"
            | "kto"
            | "blz"
            | "bankleitzahl"
            | "pin"
            | "tan"
            | "kundennummer"
            | "bestellnummer"
            | "matrikelnummer"
            | "tel"
            | "telefon"
            | "fax"
            | "telefonnummer"
            | "rufnummer"
            | "durchwahl"
            | "hotline"
            | "postfach"
            | "plz"
            | "postleitzahl"
            | "aktennummer"
            | "vorgangsnummer"
            | "kennziffer"
            | "code"
            | "handynummer"
            | "wkn"
    );
    if account && digits.len() >= 3 {
        let mut end = i + 1;
        // Further groups
        while end < i + 12
            && (sheet.space(end) || matches!(sheet.mark(end), Some('-' | '/')))
            && sheet.digits(end + 1).is_some()
        {
            end += 2;
        }
        return Some(Match::new(end, spell(sheet.slice(i..end))));
    }
    None
}

/// `2.0.1`: three numbers or more with points.
fn version(sheet: &Sheet, i: usize) -> Option<Match> {
    sheet.digits(i)?;
    let mut parts = vec![number::cardinal_of(sheet.text(i))];
    let mut at = i + 1;
    while sheet.is(at, ".") && sheet.digits(at + 1).is_some() && parts.len() < 12 {
        let digits = sheet.text(at + 1);
        // `1.000.000` is grouped.
        if digits.len() == 3
            && parts.len() == 1
            && sheet.text(i).len() <= 3
            && !sheet.is(i, "0")
            && sheet.kind(at + 2) != Some(Kind::Mark)
        {
            return None;
        }
        parts.push(if digits.len() > 1 && digits.starts_with('0') {
            number::digits(digits)
        } else {
            number::cardinal_of(digits)
        });
        at += 2;
    }
    let all_groups = {
        let mut at = i + 1;
        let mut groups = true;
        while sheet.is(at, ".") && sheet.digits(at + 1).is_some() {
            groups &= sheet.text(at + 1).len() == 3;
            at += 2;
            if at > i + 30 {
                break;
            }
        }
        groups
    };
    (parts.len() >= 3 && !all_groups && !sheet.glued_right(at))
        .then(|| Match::new(at, parts.join(" Punkt ")))
}
