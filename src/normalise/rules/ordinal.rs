//! Ordinals: a number with a full stop that is not the end of a sentence.

use super::{Match, Rule, Speak, Spoken, date, numeral};
use crate::normalise::{
    grammar, names, number, sentence,
    token::{Kind, Sheet},
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Das ist schon ihr 3. Kind.",
        "Das ist schon ihr drittes Kind.",
    ),
    (
        "Virologen warnen vor einer 4. Welle.",
        "Virologen warnen vor einer vierten Welle.",
    ),
    (
        "Das Urteil fiel in 2. Instanz.",
        "Das Urteil fiel in zweiter Instanz.",
    ),
    ("Er ist 12. Sie ist 15.", "Er ist zwölf. Sie ist fünfzehn."),
    ("2.", "zweiter."),
    ("Er wurde 1. und sie 3.", "Er wurde Erster und sie Dritte."),
    ("Sie ging als 4. ins Ziel.", "Sie ging als Vierte ins Ziel."),
    (
        "Der Tabellen-2. verlor gegen den Tabellen-15.",
        "Der Tabellenzweite verlor gegen den Tabellenfünfzehnten.",
    ),
    (
        "Kane (67., 81.) traf.",
        "Kane, siebenundsechzigste, einundachtzigste, traf.",
    ),
    (
        "Auf Köln folgt Berlin (12.).",
        "Auf Köln folgt Berlin, zwölfte.",
    ),
    ("der 11.-Klässler", "der Elftklässler"),
    (
        "Dortmund ist 1., Bayern 2.",
        "Dortmund ist Erster, Bayern Zweiter.",
    ),
    (
        "Das 2:0 schoss Kane (34./FE).",
        "Das zwei zu null schoss Kane, vierunddreißigste F E.",
    ),
    ("zw. 3. und 9. Juni", "zwischen drittem und neuntem Juni"),
    ("bei der 1.-Mai-Demo", "bei der Erste-Mai-Demo"),
    ("die 2.-Platzierten", "die Zweitplatzierten"),
    (
        "Ihr 1. und einziges Album erschien.",
        "Ihr erstes und einziges Album erschien.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Ordinal;

/// An ordinal number.
#[derive(Debug)]
pub(super) struct Value {
    /// Its value.
    pub value: u128,
    /// Gender of the name that it stands behind (`Elisabeth der Zweiten`) and with which it is written with a capital.
    pub name: Option<grammar::Gender>,
}

/// An ordinal that opens a range or an enumeration without words: `3.–5. Mai`, `3./4. Mai`.
#[derive(Debug)]
struct Joined {
    value: u128,
    joint: &'static str,
}

impl Rule for Ordinal {
    fn name(&self) -> &'static str {
        "ordinal"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.word(i).is_some() {
            return ranked(sheet, i);
        }
        let (numeral, end) = numeral::unsigned(sheet, i)?;
        if numeral.fraction.is_some()
            || numeral.is_code()
            || sheet.glued_left(i)
            || !sheet.is(end, ".")
        {
            return None;
        }
        let value = numeral.whole?;
        // `der 11.-Klässler`
        if sheet.is(end + 1, "-")
            && let Some(rest) = sheet.text(end + 2).strip_prefix("Klässler")
        {
            let mut text = format!("{}klässler{rest}", number::ordinal_stem(value));
            capitalise(&mut text);
            return Some(Match::new(end + 3, text));
        }
        if let Some(found) = compound(sheet, end, value) {
            return Some(found);
        }
        if let Some(joined) = joined(sheet, end, value) {
            return Some(joined);
        }
        is_ordinal(sheet, i, end, value).then(|| {
            // `Berlin (12.).`: the sentence has a full stop of its own.
            let closed = sheet.is(end + 1, ")") && sheet.mark(end + 2).is_some();
            let end = if sentence::ends(sheet, end) && !goes_on(sheet, end) && !closed {
                end
            } else {
                end + 1
            };
            Match::new(end, Value { value, name: None })
        })
    }
}

/// `die 1.-Mai-Demo`, `der 2.-Liga-Klub`: inside a compound the ordinal stands in the form of the dictionary, as in
/// `Dritte-Welt-Laden`. `der 2.-Platzierte` makes one word.
fn compound(sheet: &Sheet, dot: usize, value: u128) -> Option<Match> {
    if !sheet.is(dot + 1, "-") {
        return None;
    }
    let word = sheet
        .word(dot + 2)
        .filter(|word| word.starts_with(char::is_uppercase))?;
    let mut text = number::ordinal_stem(value);
    let end = if word.starts_with("Platziert") {
        text.push_str(&word.to_lowercase());
        dot + 3
    } else if sheet.is(dot + 3, "-") && sheet.word(dot + 4).is_some() {
        text.push('e');
        dot + 1
    } else {
        return None;
    };
    capitalise(&mut text);
    Some(Match::new(end, text))
}

/// A place in a table, as who holds it: `der Tabellen-2.`
#[derive(Debug)]
struct Ranked {
    table: String,
    value: u128,
}

fn ranked(sheet: &Sheet, i: usize) -> Option<Match> {
    let table = sheet.word(i).filter(|word| {
        ["tabellen", "listen"]
            .iter()
            .any(|tail| word.to_lowercase().ends_with(tail))
    })?;
    let value = sheet.digits(i + 2).filter(|_| sheet.is(i + 1, "-"))?;
    if !sheet.is(i + 3, ".") || sheet.glued_right(i + 4) {
        return None;
    }
    let end = if sentence::ends(sheet, i + 3) && !goes_on(sheet, i + 3) {
        i + 3
    } else {
        i + 4
    };
    let ranked = Ranked {
        table: table.to_owned(),
        value: value.parse().ok()?,
    };
    Some(Match::new(end, ranked))
}

impl Speak for Ranked {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let phrase = grammar::phrase_with(sheet, atoms.start, grammar::Cells::SINGULAR);
        Spoken {
            text: format!(
                "{}{}{}",
                self.table,
                number::ordinal_stem(self.value),
                phrase.adjective_ending()
            ),
            reading: Some(phrase.to_string()),
        }
    }
}

/// The dash or slash behind the full stop at `dot`, if another ordinal follows it.
fn joined(sheet: &Sheet, dot: usize, value: u128) -> Option<Match> {
    let (joint, at) = if sheet.is(dot + 1, "/") {
        ("und", dot + 2)
    } else {
        ("bis", numeral::range_dash(sheet, dot + 1)?)
    };
    (sheet.digits(at).is_some() && sheet.is(at + 1, "."))
        .then(|| Match::new(at, Joined { value, joint }))
}

impl Speak for Joined {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let phrase = grammar::phrase(sheet, atoms.start, atoms.end);
        Spoken {
            text: format!(
                "{}{} {} ",
                number::ordinal_stem(self.value),
                phrase.adjective_ending(),
                self.joint
            ),
            reading: Some(phrase.to_string()),
        }
    }
}

/// Whether behind the full stop at `dot` the same sentence goes on with a capitalised word.
fn goes_on(sheet: &Sheet, dot: usize) -> bool {
    sheet.space(dot + 1)
        && sheet
            .word(dot + 2)
            .is_some_and(|word| !starts_sentence(word) || word.starts_with(char::is_lowercase))
}

/// Full stop or ordinal? `i` is the number, `dot` the full stop behind it.
fn is_ordinal(sheet: &Sheet, i: usize, dot: usize, value: u128) -> bool {
    let left = sheet.left(i);
    let left_lower = grammar::lower(left);
    let determined = grammar::is_determiner(&left_lower)
        || matches!(grammar::preposition(&left_lower), Some((_, true)));
    let next = sheet.skip_space(dot + 1);
    if next >= sheet.len() {
        // `am 3.` and a bare `2.` are ordinals, `Er ist 12.` is not.
        return determined && !matches!(left_lower.as_ref(), "die" | "das")
            || i == 0
            || continues_ordinals(sheet, i);
    }
    if !sheet.space(dot + 1) {
        return match sheet.mark(dot + 1) {
            Some(',' | ';' | ')' | '/') => true,
            Some('-' | '–') => sheet.digits(dot + 2).is_some() || sheet.word(dot + 2).is_some(),
            Some('“' | '"' | '«' | '!' | '?' | ':') => determined,
            None => sheet.word(dot + 1).is_some() && sheet.digits(dot + 1).is_none(),
            _ => false,
        };
    }
    match sheet.kind(next) {
        Some(Kind::Word) => {
            let word = sheet.text(next);
            if word.starts_with(char::is_lowercase) {
                return true;
            }
            // `Er ging am 3. Der Rest blieb.`
            if starts_sentence(word)
                && matches!(
                    left_lower.as_ref(),
                    "am" | "zum" | "vom" | "beim" | "der" | "dem"
                )
            {
                return value <= 31;
            }
            if determined || is_numbered(sheet, next) {
                return !starts_sentence(word) || (determined && sheet.is(next + 1, "-"));
            }
            if starts_sentence(word) {
                return false;
            }
            if value >= 1000 {
                return false;
            }
            if left.is_empty() || continues_ordinals(sheet, i) {
                return true;
            }
            if sheet.mark(sheet.before(i).unwrap_or(0)).is_some() {
                return value < 100;
            }
            let noun = grammar::last_part(sheet, next);
            let plural_only = grammar::noun_cells(sheet, noun)
                .is_some_and(|cells| !cells.meets(grammar::Cells::SINGULAR));
            if grammar::preposition(&left_lower).is_some() {
                // `stieg auf 23. Experten sagen`
                return !plural_only && value < 200;
            }
            let predicate = matches!(
                left_lower.as_ref(),
                "ist"
                    | "sind"
                    | "war"
                    | "waren"
                    | "wird"
                    | "werden"
                    | "sei"
                    | "bin"
                    | "bist"
                    | "auf"
                    | "um"
            );
            if predicate
                || left.starts_with(char::is_uppercase) && sheet.before(i).is_some_and(|at| at > 0)
            {
                return false;
            }
            !plural_only && value < 100
        }
        // `90. + 3`, `3. / 4.`
        Some(Kind::Mark) => {
            determined && matches!(sheet.mark(next), Some('„' | '"' | '»' | '/' | '-' | '–'))
        }
        _ => false,
    }
}

/// Whether the word at `i` is one that is counted by ordinals so regularly that the number before it is one.
#[must_use]
pub fn is_numbered(sheet: &Sheet, i: usize) -> bool {
    if date::month_at(sheet, i).is_some() {
        return true;
    }
    let word = sheet.text(grammar::last_part(sheet, i)).to_lowercase();
    [
        "fc",
        "weltkrieg",
        "weltkriegs",
        "weltkrieges",
        "liga",
        "bundesliga",
        "jahrhundert",
        "jahrhunderts",
        "jh",
        "jhd",
        "jhdt",
        "spieltag",
        "spieltags",
        "minute",
        "runde",
        "platz",
        "rang",
        "mal",
        "geburtstag",
        "klasse",
        "stock",
        "etage",
        "instanz",
        "halbzeit",
        "etappe",
        "auflage",
        "advent",
        "weihnachtstag",
        "weihnachtsfeiertag",
        "feiertag",
        "tag",
        "woche",
        "quartal",
        "halbjahr",
        "staffel",
        "folge",
        "runde",
        "bezirk",
        "sv",
        "fsv",
        "ffc",
        "fck",
        "vorsitzende",
        "vorsitzender",
        "vorsitzenden",
        "bürgermeister",
        "reihe",
        "lesung",
        "senat",
        "strafsenat",
        "zivilsenat",
        "kammer",
        "republik",
        "legislaturperiode",
        "obergeschoss",
        "og",
        "lebensjahr",
        "schuljahr",
        "semester",
        "welle",
        "sitzung",
        "parteitag",
        "kapitel",
        "akt",
        "satz",
        "sinfonie",
        "symphonie",
    ]
    .iter()
    .any(|noun| word == *noun)
}

/// Words that open a sentence rather than follow an ordinal.
#[must_use]
pub fn starts_sentence(word: &str) -> bool {
    let lower = word.to_lowercase();
    grammar::is_determiner(&lower)
        || grammar::preposition(&lower).is_some()
        || grammar::is_adverb(&lower)
        || matches!(
            lower.as_str(),
            "er" | "sie"
                | "es"
                | "wir"
                | "ich"
                | "ihr"
                | "man"
                | "und"
                | "oder"
                | "aber"
                | "doch"
                | "denn"
                | "dann"
                | "damit"
                | "dabei"
                | "dazu"
                | "dafür"
                | "dagegen"
                | "dort"
                | "hier"
                | "heute"
                | "gestern"
                | "morgen"
                | "jetzt"
                | "so"
                | "wie"
                | "was"
                | "wer"
                | "wo"
                | "wann"
                | "warum"
                | "wenn"
                | "weil"
                | "dass"
                | "ob"
                | "nachdem"
                | "bevor"
                | "obwohl"
                | "zudem"
                | "außerdem"
                | "allerdings"
                | "jedoch"
                | "deshalb"
                | "daher"
                | "darum"
                | "trotzdem"
                | "dennoch"
                | "danach"
                | "davor"
                | "zuvor"
                | "zuletzt"
                | "zunächst"
                | "seitdem"
                | "später"
                | "viele"
                | "einige"
                | "manche"
                | "mehrere"
                | "ja"
                | "nein"
                | "nicht"
                | "niemand"
                | "jemand"
                | "etwas"
                | "nichts"
                | "damals"
                | "inzwischen"
                | "mittlerweile"
                | "bisher"
                | "bislang"
                | "darunter"
                | "davon"
                | "darüber"
                | "hinzu"
                | "laut"
                | "auch"
                | "eigentlich"
                | "vielleicht"
                | "ebenso"
                | "zum"
                | "wieder"
                | "immer"
                | "insgesamt"
                | "natürlich"
                | "kein"
                | "selbst"
                | "erst"
        )
}

/// Whether the number at `i` goes on an enumeration or range of ordinals: `3. bis 5.`
fn continues_ordinals(sheet: &Sheet, i: usize) -> bool {
    let Some(joint) = sheet.before(i) else {
        return false;
    };
    // `wurde 1. und sie 3.`, `ist 1., Bayern 2.`
    let holder = sheet
        .word(joint)
        .is_some_and(|word| matches!(word, "er" | "sie") || word.starts_with(char::is_uppercase));
    let joint = match sheet.before(joint) {
        Some(before) if holder => before,
        None if holder => return false,
        _ => joint,
    };
    if !matches!(
        sheet.text(joint),
        "bis" | "und" | "oder" | "," | "/" | "–" | "-"
    ) {
        return false;
    }
    sheet
        .before(joint)
        .is_some_and(|at| sheet.is(at, ".") && at > 0 && sheet.digits(at - 1).is_some())
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let phrase = match self.name {
            Some(gender) => {
                grammar::phrase_with(sheet, atoms.start, grammar::Cells::gender(gender))
            }
            None => grammar::phrase(sheet, atoms.start, atoms.end),
        };
        // `Müller (23.)` is the minute of a match.
        let alone = matches!(sheet.mark(atoms.end), Some(')' | ',' | '/'))
            && !phrase.certain
            && listed_in_brackets(sheet, atoms.start);
        let holder = if phrase.determined || alone {
            None
        } else {
            holder(sheet, &atoms)
        };
        let phrase = match holder {
            Some(gender) => grammar::Phrase {
                case: grammar::Case::Nominative,
                gender,
                ..phrase
            },
            None => phrase,
        };
        let ending = if alone {
            "e"
        } else {
            phrase.adjective_ending()
        };
        let mut text = number::ordinal_stem(self.value) + ending;
        // `ein einhundertster`, lest the article be heard as part of the number.
        if sheet.left(atoms.start).eq_ignore_ascii_case("ein")
            && (text.starts_with("hundert") || text.starts_with("tausend"))
        {
            text.insert_str(0, "ein");
        }
        if self.name.is_some() || holder.is_some() || is_name(sheet, atoms.end) {
            capitalise(&mut text);
        }
        Spoken {
            text,
            reading: Some(phrase.to_string()),
        }
    }
}

/// Whether the ordinal at `i` stands in brackets, perhaps behind others: `Kane (67., 81.)`.
fn listed_in_brackets(sheet: &Sheet, i: usize) -> bool {
    let mut at = i;
    for _ in 0..12 {
        let Some(before) = sheet.before(at) else {
            return false;
        };
        match sheet.mark(before) {
            Some('(') => return true,
            Some(',') if before > 1 && sheet.is(before - 1, ".") => at = before - 2,
            _ => return false,
        }
    }
    false
}

/// Gender of who came in at a place, if the ordinal is a noun: `Sie wurde 2.`, `er ging als 4. ins Ziel`.
fn holder(sheet: &Sheet, atoms: &Range<usize>) -> Option<grammar::Gender> {
    use grammar::Gender::{Feminine, Masculine, Plural};
    let verb = |word: &str| {
        matches!(
            word,
            "wurde"
                | "wurden"
                | "wird"
                | "werden"
                | "als"
                | "war"
                | "waren"
                | "ist"
                | "sind"
                | "bin"
        )
    };
    let pronoun = |word: &str| match word {
        "er" | "Er" => Some(Masculine),
        "sie" | "Sie" => Some(Feminine),
        _ => None,
    };
    let left = sheet.left(atoms.start);
    let counts = !sheet.is(atoms.end, ",") && grammar::noun_after(sheet, atoms.end).is_some();
    let listed = sheet.is(atoms.end, ".") && continues_ordinals(sheet, atoms.start);
    if counts || !verb(left) && pronoun(left).is_none() && !listed {
        return None;
    }
    let mut at = atoms.start;
    for _ in 0..8 {
        let Some(before) = sheet.before(at) else {
            break;
        };
        let word = sheet.text(before);
        if matches!(word, "wurden" | "waren" | "werden" | "sind") {
            return Some(Plural);
        }
        if let Some(gender) = pronoun(word).or_else(|| names::first_name(word).map(|name| name.0)) {
            return Some(gender);
        }
        if sheet
            .mark(before)
            .is_some_and(|mark| matches!(mark, '.' | '!' | '?'))
        {
            break;
        }
        at = before;
    }
    Some(Masculine)
}

/// Whether the ordinal is part of a proper name and so written with a capital: `Zweiter Weltkrieg`, `Erster FC Köln`.
fn is_name(sheet: &Sheet, end: usize) -> bool {
    matches!(
        sheet.right(end),
        "Weltkrieg"
            | "Weltkriegs"
            | "Weltkrieges"
            | "Reich"
            | "Reichs"
            | "Reiches"
            | "Welt"
            | "FC"
            | "FSV"
            | "FFC"
            | "SC"
            | "SV"
            | "Bundesliga"
            | "Senat"
            | "Vatikanische"
            | "Vatikanischen"
    )
}

/// Makes the first letter a capital.
pub fn capitalise(text: &mut String) {
    if let Some(first) = text.chars().next() {
        let upper: String = first.to_uppercase().collect();
        text.replace_range(..first.len_utf8(), &upper);
    }
}
