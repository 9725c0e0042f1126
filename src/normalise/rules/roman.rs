//! Roman numerals: rulers and popes (`Friedrichs II.`), ordinals (`XX. Parteitag`), and numbers of parts (`Teil II`, `Hartz IV`).

use super::{Match, Rule, Speak, Spoken, ordinal};
use crate::normalise::{
    grammar::{self, Case, Cells, Declension, Gender, Phrase},
    names, number, sentence,
    token::Sheet,
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Die Armee Friedrichs II. zog nach Schlesien.",
        "Die Armee Friedrichs des Zweiten zog nach Schlesien.",
    ),
    (
        "Königin Elizabeth II. starb im September.",
        "Königin Elizabeth die Zweite starb im September.",
    ),
    (
        "Das geschah unter Papst Johannes XXIII.",
        "Das geschah unter Papst Johannes dem Dreiundzwanzigsten.",
    ),
    ("Elisabeth der II.", "Elisabeth der Zweiten."),
    ("Ludwig XIV. war König.", "Ludwig der Vierzehnte war König."),
    (
        "Der Nachfolger von Papst Benedikt XVI. heißt Franziskus.",
        "Der Nachfolger von Papst Benedikt dem Sechzehnten heißt Franziskus.",
    ),
    (
        "Wer Hartz IV bezog, musste sparen.",
        "Wer Hartz vier bezog, musste sparen.",
    ),
    (
        "ein Film über Friedrich II.",
        "ein Film über Friedrich den Zweiten.",
    ),
    (
        "Teil II der Serie startet morgen.",
        "Teil zwei der Serie startet morgen.",
    ),
    ("Rocky IV", "Rocky vier"),
    ("Kap. IV", "Kapitel vier"),
    (
        "Der XX. Parteitag begann.",
        "Der zwanzigste Parteitag begann.",
    ),
    ("im I. Quartal", "im ersten Quartal"),
    ("Der MDR zeigt die CD.", "Der M D R zeigt die C D."),
    (
        "Er malte Philipp IV. zu Pferd.",
        "Er malte Philipp den Vierten zu Pferd.",
    ),
    (
        "1889 besuchte Wilhelm II. Athen.",
        "Achtzehnhundertneunundachtzig besuchte Wilhelm der Zweite Athen.",
    ),
    ("Malcolm X", "Malcolm X"),
    (
        "im BGBl. I veröffentlicht",
        "im Bundesgesetzblatt eins veröffentlicht",
    ),
    (
        "Elisabeth II. starb mit 96, Charles III. ist 75.",
        "Elisabeth die Zweite starb mit sechsundneunzig, Charles der Dritte ist fünfundsiebzig.",
    ),
    ("im Jahr MCMXC", "im Jahr neunzehnhundertneunzig"),
    ("die Klasse IIa", "die Klasse zwei a"),
    ("die Wahl Pius' XII.", "die Wahl Pius' des Zwölften."),
    (
        "König Charles III. besuchte Berlin.",
        "König Charles der Dritte besuchte Berlin.",
    ),
    (
        "Sie traf König Charles III. in Berlin.",
        "Sie traf König Charles den Dritten in Berlin.",
    ),
    (
        "Er diente Friedrich II. Er starb früh.",
        "Er diente Friedrich dem Zweiten. Er starb früh.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Roman;

/// The number of a ruler.
#[derive(Debug)]
struct Ruler {
    value: u128,
    gender: Gender,
    genitive: bool,
}

/// Letters and their worth, in the order in which a numeral may use them.
const STEPS: [(&str, u128); 13] = [
    ("M", 1000),
    ("CM", 900),
    ("D", 500),
    ("CD", 400),
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
];

/// The value of a canonical Roman numeral.
#[must_use]
pub fn value(word: &str) -> Option<u128> {
    if word.len() > 12 || !word.starts_with(['I', 'V', 'X', 'L', 'C', 'D', 'M']) {
        return None;
    }
    let mut rest = word;
    let mut value = 0;
    for (letters, worth) in STEPS {
        let mut times = 0;
        while let Some(tail) = rest.strip_prefix(letters) {
            rest = tail;
            value += worth;
            times += 1;
            if times > 3
                || times > 1 && letters.len() == 2
                || times > 1 && matches!(letters, "D" | "L" | "V")
            {
                return None;
            }
        }
    }
    rest.is_empty().then_some(value)
}

impl Rule for Roman {
    fn name(&self) -> &'static str {
        "roman"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let word = sheet.word(i)?;
        let Some(value) = value(word) else {
            return lettered(sheet, i, word);
        };
        if sheet.glued_left(i) || sheet.glued_right(i + 1) || i > 0 && sheet.is(i - 1, "-") {
            return None;
        }
        let dot = sheet.is(i + 1, ".");
        // `I. Allgemeines`: the number of a section.
        if i == 0 && dot && word == "I" && !is_known(sheet, sheet.skip_space(i + 2)) {
            return Some(Match::new(i + 1, number::cardinal(value)));
        }
        ruler(sheet, i, value, dot)
            .or_else(|| determined(sheet, i, value, dot))
            .or_else(|| part(sheet, i, word, value))
    }
}

/// Whether the word at `i` is a noun whose gender is known.
fn is_known(sheet: &Sheet, i: usize) -> bool {
    grammar::noun_cells(sheet, i).is_some() && ordinal::is_numbered(sheet, i)
}

/// `Klasse IIa`: a number with a letter behind a noun.
fn lettered(sheet: &Sheet, i: usize, word: &str) -> Option<Match> {
    let letter = word.chars().last().filter(|c| matches!(c, 'a'..='d'))?;
    let digits = &word[..word.len() - 1];
    let small = digits.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let noun = sheet.left(i);
    let value = value(digits).filter(|_| small)?;
    (noun.starts_with(char::is_uppercase) && noun.chars().count() > 2 && !sheet.glued_left(i))
        .then(|| Match::new(i + 1, format!("{} {letter}", number::cardinal(value))))
}

/// Words that may stand in front of a ruler's name without being a first name.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "König"
            | "Königin"
            | "Kaiser"
            | "Kaiserin"
            | "Papst"
            | "Zar"
            | "Zarin"
            | "Fürst"
            | "Fürstin"
            | "Herzog"
            | "Herzogin"
            | "Prinz"
            | "Prinzessin"
            | "Königs"
            | "Kaisers"
            | "Papstes"
            | "Sultan"
            | "Schah"
            | "Emir"
            | "Großherzog"
            | "Kurfürst"
            | "Graf"
            | "Monarchin"
            | "Monarch"
            | "Patriarch"
            | "Pharao"
            | "Erzbischof"
            | "Bischof"
            | "Kalif"
            | "Khan"
            | "Kronprinz"
            | "Königen"
    ) || ["könig", "kaiser", "herzog", "fürst"]
        .iter()
        .any(|tail| word.to_lowercase().ends_with(tail))
}

/// `Friedrich II.`, `Papst Johannes Paul II.`
fn ruler(sheet: &Sheet, i: usize, value: u128, dot: bool) -> Option<Match> {
    let name_at = sheet.before(i)?;
    if !sheet.space(i - 1) {
        return None;
    }
    // `Pius' XII.`
    let apostrophe = matches!(sheet.mark(name_at), Some('\'' | '’'));
    let name_at = if apostrophe {
        name_at.checked_sub(1)?
    } else {
        name_at
    };
    let name = sheet.word(name_at)?;
    let titled = sheet
        .before(name_at)
        .is_some_and(|at| is_title(sheet.text(at)));
    let (gender, genitive) = match names::first_name(name) {
        Some((gender, genitive)) => (gender, genitive || apostrophe),
        None if titled && name.starts_with(char::is_uppercase) => {
            let feminine = sheet.left(name_at).ends_with("in");
            (
                if feminine {
                    Gender::Feminine
                } else {
                    Gender::Masculine
                },
                false,
            )
        }
        None => return None,
    };
    // Without a full stop only what can be nothing else: `Ludwig XIV`; at most `I` to `XXX` are borne.
    if value > 40 || !dot && (value < 2 || sheet.text(i).len() < 2 || !titled && value < 4) {
        return None;
    }
    let end = if dot { ruler_end(sheet, i + 1) } else { i + 1 };
    Some(Match::new(
        end,
        Ruler {
            value,
            gender,
            genitive,
        },
    ))
}

/// The place behind the full stop of a ruler's number, or before it if it ends the sentence.
fn ruler_end(sheet: &Sheet, dot: usize) -> usize {
    if !sentence::ends(sheet, dot) {
        return dot + 1;
    }
    match sheet.word(sheet.skip_space(dot + 1)) {
        Some(word) if !ordinal::starts_sentence(word) => dot + 1,
        _ => dot,
    }
}

impl Speak for Ruler {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        // The phrase begins with the first capitalised word of the name and its title.
        let mut start = atoms.start;
        for _ in 0..5 {
            match sheet.before(start) {
                Some(at)
                    if sheet.space(start - 1)
                        && sheet.word(at).is_some_and(|word| {
                            names::first_name(word).is_some() || is_title(word)
                        }) =>
                {
                    start = at;
                }
                Some(at) if start == atoms.start && sheet.word(at).is_some() => start = at,
                _ => break,
            }
        }
        let mut phrase = grammar::phrase_with(sheet, start, Cells::gender(self.gender));
        // `der Brief an Friedrich den Zweiten`
        if matches!(sheet.left(start), "an" | "auf") {
            phrase.case = Case::Accusative;
        }
        if self.genitive && (!phrase.certain || phrase.case != Case::Dative) {
            phrase.case = Case::Genitive;
        } else if !phrase.certain && dative_verb(sheet, start) {
            phrase.case = Case::Dative;
        }
        if !self.genitive
            && !phrase.certain
            && phrase.case == Case::Nominative
            && follows_finite_verb(sheet, start)
        {
            phrase.case = Case::Accusative;
        }
        if !phrase.certain && phrase.case == Case::Accusative && opened_by_number(sheet, start) {
            phrase.case = Case::Nominative;
        }
        // `starb mit 96, Charles III. ist 75`: what governs the number does not govern the name.
        if let Some(comma) = sheet.before(start)
            && sheet.is(comma, ",")
            && comma > 0
            && sheet.digits(comma - 1).is_some()
        {
            phrase.case = Case::Nominative;
        }
        phrase.gender = self.gender;
        let article = phrase.the();
        let phrase = Phrase {
            declension: Declension::Weak,
            ..phrase
        };
        let mut text = number::ordinal_stem(self.value) + phrase.adjective_ending();
        ordinal::capitalise(&mut text);
        Spoken {
            text: format!("{article} {text}"),
            reading: Some(phrase.to_string()),
        }
    }
}

fn dative_verb(sheet: &Sheet, start: usize) -> bool {
    matches!(
        sheet.left(start),
        "diente"
            | "dient"
            | "folgte"
            | "folgt"
            | "gehörte"
            | "gehört"
            | "half"
            | "dankte"
            | "gratulierte"
            | "begegnete"
            | "unterlag"
    )
}

/// Whether a number stands before the verb, so that the subject follows: `1889 besuchte Wilhelm II. Athen`.
fn opened_by_number(sheet: &Sheet, start: usize) -> bool {
    sheet
        .before(start)
        .and_then(|verb| sheet.before(verb))
        .is_some_and(|at| sheet.digits(at).is_some())
}

/// Whether the verb before `start` has had its subject: `er malte Philipp IV.`
fn follows_finite_verb(sheet: &Sheet, start: usize) -> bool {
    let subject = sheet.before(start).map_or("", |verb| sheet.left(verb));
    let pronoun = matches!(
        grammar::lower(subject).as_ref(),
        "er" | "sie" | "wir" | "ich" | "man"
    );
    let verb = sheet.left(start);
    if pronoun && verb.starts_with(char::is_lowercase) {
        return !matches!(
            verb,
            "ist"
                | "war"
                | "sind"
                | "waren"
                | "wurde"
                | "wird"
                | "heißt"
                | "hieß"
                | "bleibt"
                | "blieb"
        ) && grammar::preposition(verb).is_none();
    }
    matches!(
        sheet.left(start),
        "traf"
            | "trifft"
            | "besuchte"
            | "empfing"
            | "empfängt"
            | "stürzte"
            | "krönte"
            | "ermordete"
            | "kritisierte"
            | "lobte"
            | "besiegte"
            | "beerbte"
            | "heiratete"
    )
}

/// `Elisabeth der II.`, `der XX. Parteitag`, `im I. Quartal`, `II. Weltkrieg`
fn determined(sheet: &Sheet, i: usize, value: u128, dot: bool) -> Option<Match> {
    if !dot {
        return None;
    }
    let word = sheet.text(i);
    // `C. Müller`, `M. Schmidt` are initials.
    if word.len() == 1 && !matches!(word, "I" | "V" | "X")
        || word.chars().any(|c| matches!(c, 'C' | 'D' | 'M')) && word.len() < 3
    {
        return None;
    }
    let next = sheet.skip_space(i + 2);
    let lower = grammar::lower(sheet.left(i));
    let governed =
        grammar::is_determiner(&lower) || matches!(grammar::preposition(&lower), Some((_, true)));
    let noun = sheet
        .word(next)
        .is_some_and(|word| word.starts_with(char::is_uppercase));
    let known = noun && grammar::noun_cells(sheet, grammar::last_part(sheet, next)).is_some();
    let single = word.len() == 1;
    if !(governed && (known || !single || next >= sheet.len())
        || known && (!single || ordinal::is_numbered(sheet, next)))
    {
        return None;
    }
    if governed || ordinal::is_numbered(sheet, next) || i == 0 {
        let end = if next >= sheet.len() { i + 1 } else { i + 2 };
        let name = sheet
            .before(i)
            .and_then(|at| sheet.before(at))
            .and_then(|at| names::first_name(sheet.text(at)))
            .map(|(gender, _)| gender);
        return Some(Match::new(end, ordinal::Value { value, name }));
    }
    None
}

/// `Teil II`, `Hartz IV`, `Kap. IV`: a number behind a noun.
fn part(sheet: &Sheet, i: usize, word: &str, value: u128) -> Option<Match> {
    let mut before = sheet.before(i)?;
    if sheet.is(before, ".") {
        before = before.checked_sub(1)?;
    }
    let noun = sheet.word(before).or_else(|| sheet.digits(before))?;
    let counted = matches!(
        noun,
        "Teil"
            | "Teile"
            | "Band"
            | "Kapitel"
            | "Kap"
            | "Akt"
            | "Phase"
            | "Stufe"
            | "Zone"
            | "Klasse"
            | "Weltkrieg"
            | "Block"
            | "Liga"
            | "Division"
            | "Typ"
            | "Kategorie"
            | "Absatz"
            | "Abschnitt"
            | "Buch"
            | "Abs"
            | "Abschn"
            | "Bd"
            | "Nr"
            | "BGBl"
            | "RGBl"
            | "Artikel"
            | "Art"
            | "Bowl"
            | "Gruppe"
            | "Grad"
            | "Senat"
            | "Ziffer"
            | "Episode"
            | "Anhang"
            | "Anlage"
            | "Tarif"
            | "Steuerklasse"
            | "Mark"
            | "Apollo"
            | "Titel"
            | "Szene"
            | "Lohnsteuerklasse"
            | "Pflegestufe"
            | "Reaktor"
            | "Säule"
            | "Vatikanum"
            | "Olympiade"
            | "Ziff"
            | "Tafel"
    );
    if matches!(noun, "Jahr" | "Jahre" | "Jahres" | "Anno" | "anno")
        && (1000..2200).contains(&value)
    {
        return Some(Match::new(i + 1, number::year(u32::try_from(value).ok()?)));
    }
    let small = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let capital = noun.starts_with(char::is_uppercase)
        && noun.chars().count() > 1
        && noun.chars().any(char::is_lowercase)
        || sheet.digits(before).is_some()
        || noun == "FC"
        || noun == "SV";
    let first = before == 0 && ordinal::starts_sentence(noun);
    if !(counted || capital && small && word.len() > 1 && !first && word != "XX" && word != "XXX")
        || counted && word.len() == 1 && !small && noun != "Teil" && noun != "Kapitel"
    {
        return None;
    }
    Some(Match::new(i + 1, number::cardinal(value)))
}
