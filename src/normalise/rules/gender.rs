//! Gender forms: `Politiker*innen`, `Lehrer:innen`, `StudentInnen`, `Bürger/-innen`, `Bürger(innen)`, `ein*e`, `der*die`, `jede:r`, and
//! `(m/w/d)`.
//!
//! The default speaks them as they are spoken today: a short stop before the ending (`Lehrer innen`), which a space gives in
//! every engine. An article or adjective is given in both forms (`jede oder jeder`), because its ending alone is no word an
//! engine could say.

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{
    grammar::{self, Case, Cells},
    text::GenderForm,
    token::Sheet,
};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    ("Die Lehrer:innen streiken.", "Die Lehrer innen streiken."),
    (
        "Gesucht wird ein Koch (m/w/d).",
        "Gesucht wird ein Koch, m w d.",
    ),
    (
        "Jede*r Bürger*in zählt.",
        "Jede oder jeder Bürger in zählt.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Gender;

impl Rule for Gender {
    fn name(&self) -> &'static str {
        "gender"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.glued_left(i) {
            return None;
        }
        let start = sheet.bytes(i..i + 1).start;
        let (length, value) = recognise(sheet.source(), start)?;
        Some(Match::new(sheet.atom_after(i, start + length)?, value))
    }
}

impl Speak for Gendered {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let style = sheet.options().gender;
        if style != GenderForm::Both {
            return speak(self, style, false).into();
        }
        let phrase = grammar::phrase_with(sheet, atoms.start, Cells::PLURAL);
        Spoken {
            text: speak(self, style, phrase.case == Case::Dative),
            reading: matches!(self, Self::Plural { .. }).then(|| phrase.to_string()),
        }
    }
}

/// What was recognised. The parts are as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gendered {
    /// `Lehrer*innen`.
    Plural {
        /// `Lehrer`
        stem: String,
    },
    /// `Lehrer*in`.
    Singular {
        /// `Lehrer`
        stem: String,
    },
    /// `Bürger*innenrat`: the head of the compound is what follows `innen`.
    Compound {
        /// `Bürger`
        stem: String,
        /// `innenrat`
        rest: String,
    },
    /// `jede*r`, `ein*e`.
    Ending {
        /// `jede`
        stem: String,
        /// `r`
        ending: String,
    },
    /// `der*die`.
    Pair {
        /// `der`
        first: String,
        /// `die`
        second: String,
    },
    /// `m/w/d` with or without brackets; the letters with blanks between them.
    Letters(String),
}

/// Both words of pairs such as `der*die`.
const PAIRED: [&str; 22] = [
    "der", "die", "das", "dem", "den", "des", "er", "sie", "ihm", "ihn", "ihr", "ihre", "ihrer",
    "ihrem", "ihren", "sein", "seine", "seiner", "seinem", "seinen", "dessen", "deren",
];

/// Determiners whose ending may follow the sign: `ein*e`, `kein:e`, `ihr*e`.
const DETERMINERS: [&str; 14] = [
    "ein",
    "kein",
    "mein",
    "dein",
    "sein",
    "ihr",
    "unser",
    "euer",
    "irgendein",
    "welch",
    "manch",
    "solch",
    "dies",
    "jen",
];

/// Ends of the stem before `in` and `innen` → masculine singular and nominative plural ends. The longest match counts; a stem
/// that matches none is spoken with the stop. Standard formation after Duden, Die Grammatik (10th ed.), on nouns for persons.
const MASCULINE: [(&str, &str, &str); 62] = [
    ("er", "er", "er"),
    ("ler", "ler", "ler"),
    ("ent", "ent", "enten"),
    ("ant", "ant", "anten"),
    ("ist", "ist", "isten"),
    ("at", "at", "aten"),
    ("et", "et", "eten"),
    ("it", "it", "iten"),
    ("ot", "ot", "oten"),
    ("og", "oge", "ogen"),
    ("oph", "oph", "ophen"),
    ("om", "om", "omen"),
    ("graf", "graf", "grafen"),
    ("graph", "graph", "graphen"),
    ("or", "or", "oren"),
    ("eur", "eur", "eure"),
    ("är", "är", "äre"),
    ("ier", "ier", "iere"),
    ("al", "al", "ale"),
    ("ör", "ör", "öre"),
    ("kolleg", "kollege", "kollegen"),
    ("kund", "kunde", "kunden"),
    ("zeug", "zeuge", "zeugen"),
    ("expert", "experte", "experten"),
    ("erb", "erbe", "erben"),
    ("gatt", "gatte", "gatten"),
    ("ärzt", "arzt", "ärzte"),
    ("anwält", "anwalt", "anwälte"),
    ("freund", "freund", "freunde"),
    ("feind", "feind", "feinde"),
    ("chef", "chef", "chefs"),
    ("wirt", "wirt", "wirte"),
    ("köch", "koch", "köche"),
    ("rät", "rat", "räte"),
    ("bäuer", "bauer", "bauern"),
    ("jüd", "jude", "juden"),
    ("französ", "franzose", "franzosen"),
    ("pol", "pole", "polen"),
    ("brit", "brite", "briten"),
    ("russ", "russe", "russen"),
    ("türk", "türke", "türken"),
    ("schwed", "schwede", "schweden"),
    ("dän", "däne", "dänen"),
    ("finn", "finne", "finnen"),
    ("griech", "grieche", "griechen"),
    ("tschech", "tscheche", "tschechen"),
    ("chines", "chinese", "chinesen"),
    ("ungar", "ungar", "ungarn"),
    ("beamt", "beamter", "beamte"),
    ("bischöf", "bischof", "bischöfe"),
    ("genoss", "genosse", "genossen"),
    ("insass", "insasse", "insassen"),
    ("laie", "laie", "laien"),
    ("nachbar", "nachbar", "nachbarn"),
    ("held", "held", "helden"),
    ("mensch", "mensch", "menschen"),
    ("schütz", "schütze", "schützen"),
    ("biolog", "biologe", "biologen"),
    ("bot", "bote", "boten"),
    ("gäst", "gast", "gäste"),
    ("wält", "walt", "wälte"),
    ("prinz", "prinz", "prinzen"),
];

/// Ends of the stem before a capital `In`, so that `LinkedIn` and `PlugIn` are left alone.
const PERSON_ENDS: [&str; 12] = [
    "er", "ent", "ant", "ist", "or", "eur", "og", "at", "kolleg", "kund", "ärzt", "freund",
];

/// Longest stem looked at, in bytes.
const MAX_STEM: usize = 80;

/// Recognises a gender form that starts at byte `at` of `text`, where a word or an opening bracket begins. Gives its length in
/// bytes and its parts.
#[must_use]
pub fn recognise(text: &str, at: usize) -> Option<(usize, Gendered)> {
    let rest = &text[at..];
    if let Some(found) = letters(rest) {
        return Some(found);
    }
    let stem_end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let stem = &rest[..stem_end];
    if !(2..=MAX_STEM).contains(&stem_end) {
        return None;
    }
    let after = &rest[stem_end..];
    match after.as_bytes().first() {
        Some(b'*' | b':' | b'_' | b'/' | b'(') => {}
        Some(0xC2 | 0xE2) if after.starts_with(['·', '•', '∗']) => {}
        _ => return internal_capital(stem),
    }
    let (sign, tail) = sign(after)?;
    if let Some(closing) = sign.strip_prefix('(') {
        return bracketed(stem, tail, stem_end + 1 + closing.len());
    }
    let ending_end = tail
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(tail.len());
    let ending = &tail[..ending_end];
    let length = stem_end + sign.len() + ending_end;
    let slash = sign.starts_with('/');
    let gendered = match ending {
        // `Mitarbeiter/inn/en`
        "inn" if tail[ending_end..].starts_with("/en") => {
            return Some((length + 3, Gendered::Plural { stem: stem.into() }));
        }
        "innen" if noun(stem) => Gendered::Plural { stem: stem.into() },
        "in" if noun(stem) => Gendered::Singular { stem: stem.into() },
        _ if ending.starts_with("innen") && noun(stem) => Gendered::Compound {
            stem: stem.into(),
            rest: ending.into(),
        },
        "e" | "r" | "n" | "s" | "m" | "er" | "en" | "em" | "es" if takes_ending(stem, ending) => {
            Gendered::Ending {
                stem: stem.into(),
                ending: ending.into(),
            }
        }
        _ if PAIRED.contains(&stem.to_lowercase().as_str())
            && PAIRED.contains(&ending)
            && !slash =>
        {
            Gendered::Pair {
                first: stem.into(),
                second: ending.into(),
            }
        }
        _ => return None,
    };
    Some((length, gendered))
}

/// How it is said. `dative_plural` says that the phrase is in the dative plural (`mit Lehrer*innen`); only
/// [`GenderForm::Both`] asks.
#[must_use]
pub fn speak(gendered: &Gendered, style: GenderForm, dative_plural: bool) -> String {
    match gendered {
        Gendered::Letters(letters) => format!(",{letters},"),
        Gendered::Pair { first, second } => match style {
            GenderForm::Plain => format!("{first} {second}"),
            _ => format!("{first} oder {second}"),
        },
        Gendered::Ending { stem, ending } => match style {
            GenderForm::Plain => format!("{stem}{ending}"),
            _ if is_noun(stem) => format!("{stem} oder {stem}{ending}"),
            // `Jede oder jeder`: only the first stands at the start of the sentence.
            _ => format!("{stem} oder {}{ending}", stem.to_lowercase()),
        },
        Gendered::Plural { stem } => match style {
            GenderForm::Plain => format!("{stem}innen"),
            GenderForm::Glottal => format!("{stem} innen"),
            GenderForm::Both => masculine(stem).map_or_else(
                || format!("{stem} innen"),
                |(_, mut plural)| {
                    if dative_plural && !plural.ends_with(['n', 's']) {
                        plural.push('n');
                    }
                    format!("{stem}innen und {plural}")
                },
            ),
        },
        Gendered::Singular { stem } => match style {
            GenderForm::Plain => format!("{stem}in"),
            GenderForm::Glottal => format!("{stem} in"),
            GenderForm::Both => masculine(stem).map_or_else(
                || format!("{stem} in"),
                |(singular, _)| format!("{stem}in oder {singular}"),
            ),
        },
        Gendered::Compound { stem, rest } => match style {
            GenderForm::Plain => format!("{stem}{rest}"),
            _ => format!("{stem} {rest}"),
        },
    }
}

/// The sign between stem and ending, and what follows it. For a bracket the sign is `(`.
fn sign(after: &str) -> Option<(&str, &str)> {
    for sign in ["/-", "/‑", "*", ":", "_", "·", "•", "∗", "/", "("] {
        if let Some(tail) = after.strip_prefix(sign) {
            return Some((sign, tail));
        }
    }
    None
}

/// `Lehrer(innen)`, `Lehrer(in)`, `Student(inn)en`. `before` counts the bytes up to and with the bracket.
fn bracketed(stem: &str, tail: &str, before: usize) -> Option<(usize, Gendered)> {
    if !noun(stem) {
        return None;
    }
    let (written, gendered) = [
        ("innen)", Gendered::Plural { stem: stem.into() }),
        ("inn)en", Gendered::Plural { stem: stem.into() }),
        ("in)", Gendered::Singular { stem: stem.into() }),
    ]
    .into_iter()
    .find(|(written, _)| tail.starts_with(written))?;
    let after = &tail[written.len()..];
    (!after.starts_with(char::is_alphabetic)).then_some((before + written.len(), gendered))
}

/// `StudentInnen`, `LehrerIn`, `LehrerInnenzimmer`.
fn internal_capital(word: &str) -> Option<(usize, Gendered)> {
    let at = word.find("In").filter(|at| *at > 1)?;
    let stem = &word[..at];
    if !noun(stem) {
        return None;
    }
    let gendered = match &word[at..] {
        "Innen" => Gendered::Plural { stem: stem.into() },
        // Singular only behind what ends as persons do: `LogIn` is none.
        "In" if PERSON_ENDS.iter().any(|end| stem.ends_with(end)) => {
            Gendered::Singular { stem: stem.into() }
        }
        _ => return None,
    };
    Some((word.len(), gendered))
}

/// `(m/w/d)`, `m/w/d`, `(w/m/x)`, `(m/w)`.
fn letters(rest: &str) -> Option<(usize, Gendered)> {
    let bracket = rest.starts_with('(');
    let inner = &rest[usize::from(bracket)..];
    let end = inner
        .find(|c: char| {
            !matches!(
                c,
                'm' | 'w' | 'd' | 'x' | 'f' | 'i' | 'M' | 'W' | 'D' | 'F' | '/' | '|'
            )
        })
        .unwrap_or(inner.len());
    let written = &inner[..end];
    let parts: Vec<&str> = written.split(['/', '|']).collect();
    let single = parts.iter().all(|part| part.len() == 1);
    let closed = !bracket || inner[end..].starts_with(')');
    let free = bracket || !inner[end..].starts_with(char::is_alphanumeric);
    // Without brackets only the full form of three letters is certain (`m/w` could be an axis of a chart).
    (single && closed && free && parts.len() <= 5 && parts.len() >= if bracket { 2 } else { 3 })
        .then(|| (end, Gendered::Letters(parts.join(" "))))
        .map(|(end, gendered)| {
            if bracket {
                (end + 2, gendered)
            } else {
                (end, gendered)
            }
        })
}

fn noun(stem: &str) -> bool {
    stem.starts_with(char::is_uppercase) && stem.ends_with(char::is_lowercase)
}

/// `ein*e`, `jede:r`, `gute*n`, `Angestellte:r`.
fn takes_ending(stem: &str, ending: &str) -> bool {
    if !stem.ends_with(char::is_lowercase) {
        return false;
    }
    let lower = stem.to_lowercase();
    match ending {
        "r" | "n" | "s" | "m" => lower.ends_with('e') && lower.len() > 3,
        _ => DETERMINERS.contains(&lower.as_str()),
    }
}

/// Whether the stem of `Angestellte:r` is a noun, not a determiner at the start of a sentence.
fn is_noun(stem: &str) -> bool {
    let lower = stem.to_lowercase();
    let base = lower.strip_suffix('e').unwrap_or(&lower);
    stem.starts_with(char::is_uppercase) && base != "jed" && !DETERMINERS.contains(&base)
}

/// Masculine singular and plural of the stem before `in`.
fn masculine(stem: &str) -> Option<(String, String)> {
    let lower = stem.to_lowercase();
    let (end, singular, plural) = MASCULINE
        .iter()
        .filter(|(end, _, _)| lower.ends_with(end))
        .max_by_key(|(end, _, _)| end.len())?;
    // Lower case does not change the length of German letters.
    let kept = stem.get(..stem.len() - end.len())?;
    let whole = |new: &str| {
        if kept.is_empty() {
            let mut characters = new.chars();
            characters
                .next()
                .map(|first| first.to_uppercase().chain(characters).collect::<String>())
                .unwrap_or_default()
        } else {
            format!("{kept}{new}")
        }
    };
    Some((whole(singular), whole(plural)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written → glottal | both | plain. The form stands at the start.
    const FOUND: &[(&str, &str)] = &[
        (
            "Lehrer:innen streiken",
            "Lehrer innen|Lehrerinnen und Lehrer|Lehrerinnen",
        ),
        (
            "Politiker*innen",
            "Politiker innen|Politikerinnen und Politiker|Politikerinnen",
        ),
        (
            "StudentInnen",
            "Student innen|Studentinnen und Studenten|Studentinnen",
        ),
        (
            "Bürger/-innen",
            "Bürger innen|Bürgerinnen und Bürger|Bürgerinnen",
        ),
        (
            "Bürger/innen.",
            "Bürger innen|Bürgerinnen und Bürger|Bürgerinnen",
        ),
        (
            "Mitarbeiter/inn/en",
            "Mitarbeiter innen|Mitarbeiterinnen und Mitarbeiter|Mitarbeiterinnen",
        ),
        (
            "Schüler_innen",
            "Schüler innen|Schülerinnen und Schüler|Schülerinnen",
        ),
        (
            "Kolleg·innen",
            "Kolleg innen|Kolleginnen und Kollegen|Kolleginnen",
        ),
        ("Ärzt*innen", "Ärzt innen|Ärztinnen und Ärzte|Ärztinnen"),
        (
            "Zahnärzt*in",
            "Zahnärzt in|Zahnärztin oder Zahnarzt|Zahnärztin",
        ),
        (
            "Lehrer(innen)",
            "Lehrer innen|Lehrerinnen und Lehrer|Lehrerinnen",
        ),
        (
            "Student(inn)en",
            "Student innen|Studentinnen und Studenten|Studentinnen",
        ),
        (
            "Bürger*innenrat",
            "Bürger innenrat|Bürger innenrat|Bürgerinnenrat",
        ),
        ("ein*e Lehrer*in", "ein oder eine|ein oder eine|eine"),
        ("jede:r", "jede oder jeder|jede oder jeder|jeder"),
        ("keine*n", "keine oder keinen|keine oder keinen|keinen"),
        ("der*die", "der oder die|der oder die|der die"),
        (
            "Angestellte:r",
            "Angestellte oder Angestellter|Angestellte oder Angestellter|Angestellter",
        ),
        ("(m/w/d)", ",m w d,|,m w d,|,m w d,"),
        ("m/w/d gesucht", ",m w d,|,m w d,|,m w d,"),
        ("LinkedIn", "||"),
        ("Zeit: in", "||"),
        ("Innen", "||"),
        ("Hamburg/Berlin", "||"),
        ("an*aus", "||"),
        ("Autor*", "||"),
        ("m/s", "||"),
        ("Uhr:", "||"),
    ];

    #[test]
    fn examples() {
        let mut wrong = Vec::new();
        for (written, expected) in FOUND {
            let found = recognise(written, 0);
            let got = [GenderForm::Glottal, GenderForm::Both, GenderForm::Plain]
                .map(|style| {
                    found
                        .as_ref()
                        .map(|(_, gendered)| speak(gendered, style, false))
                        .unwrap_or_default()
                })
                .join("|");
            if got != *expected {
                wrong.push(format!(
                    "{written}\n  expected {expected}\n  got      {got}"
                ));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn the_dative_plural_has_its_n() {
        let (length, gendered) = recognise("Lehrer*innen", 0).expect("a gender form");
        assert_eq!(length, "Lehrer*innen".len());
        assert_eq!(
            speak(&gendered, GenderForm::Both, true),
            "Lehrerinnen und Lehrern"
        );
    }
}
