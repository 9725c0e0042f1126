//! Emoji: left out, or said by their German name from the Unicode CLDR (`tables/emoji.tsv`, Unicode licence).

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{tables, token::Sheet};
use std::{collections::HashMap, ops::Range, sync::LazyLock};

const EXAMPLES: &[(&str, &str)] = &[
    ("Schönes Wochenende! 😀", "Schönes Wochenende!"),
    ("Wir ❤️ Köln.", "Wir Köln."),
    ("Wir feiern :-) heute.", "Wir feiern heute."),
    ("Los geht's 👩🏽‍🚒🇩🇪", "Los geht's"),
];

/// Faces made of punctuation, and what they are called.
const FACES: &[(&str, &str)] = &[
    (":-)", "lachendes Gesicht"),
    (":)", "lachendes Gesicht"),
    ("=)", "lachendes Gesicht"),
    (":-D", "breit lachendes Gesicht"),
    (":D", "breit lachendes Gesicht"),
    (";-)", "zwinkerndes Gesicht"),
    (";)", "zwinkerndes Gesicht"),
    (":-(", "trauriges Gesicht"),
    (":(", "trauriges Gesicht"),
    (":-P", "Gesicht mit herausgestreckter Zunge"),
    ("<3", "Herz"),
    ("^^", "lachendes Gesicht"),
];

/// Longest sequence in the table, in characters without joiners.
const LONGEST: usize = 10;

/// Sequence without joiners and variation selectors, which the cleaning of the text took out → German name.
static NAMES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    tables::rows(include_str!("../tables/emoji.tsv"))
        .filter_map(|row| {
            let (sequence, name) = (row.first()?, row.get(1)?);
            let bare: String = sequence
                .chars()
                .filter(|c| !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}'))
                .collect();
            Some((bare, *name))
        })
        .collect()
});

/// The rule.
#[derive(Debug)]
pub struct Emoji;

/// One emoji, as the characters of its sequence.
#[derive(Debug)]
struct Value(String);

impl Rule for Emoji {
    fn name(&self) -> &'static str {
        "emoji"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if !is_emoji(sheet.mark(i)?) {
            return face(sheet, i);
        }
        let mut end = i + 1;
        while end < i + LONGEST && sheet.mark(end).is_some_and(is_emoji) {
            end += 1;
        }
        if sheet.options().name_emoji {
            while end > i + 1 && name(sheet.slice(i..end)).is_none() {
                end -= 1;
            }
        }
        Some(Match::new(end, Value(sheet.slice(i..end).to_owned())))
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, _: Range<usize>) -> Spoken {
        if !sheet.options().name_emoji {
            return "".into();
        }
        name(&self.0).map_or(Spoken::from(""), |name| format!(", {name},").into())
    }
}

/// A face made of punctuation that starts at atom `i` and stands alone.
fn face(sheet: &Sheet, i: usize) -> Option<Match> {
    if !matches!(sheet.mark(i), Some(':' | ';' | '=' | '<' | '^')) || i > 0 && !sheet.space(i - 1) {
        return None;
    }
    let start = sheet.bytes(i..i + 1).start;
    let (face, _) = FACES
        .iter()
        .find(|(face, _)| sheet.source()[start..].starts_with(face))?;
    let end = sheet.atom_after(i, start + face.len())?;
    let alone = end >= sheet.len()
        || sheet.space(end)
        || matches!(sheet.mark(end), Some('.' | ',' | '!' | '?' | '"' | '“'));
    alone.then(|| Match::new(end, Value((*face).to_owned())))
}

/// The German name of a sequence, whatever the skin tone.
fn name(sequence: &str) -> Option<&'static str> {
    if let Some((_, name)) = FACES.iter().find(|(face, _)| *face == sequence) {
        return Some(name);
    }
    let bare: String = sequence
        .chars()
        .filter(|c| !matches!(c, '\u{1f3fb}'..='\u{1f3ff}'))
        .collect();
    NAMES.get(&bare).copied()
}

/// Pictographs, dingbats, flags, skin tones, tags and the keycap; not the symbols that are read as words.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}' | '\u{2b1c}' | '\u{2b50}' | '\u{2b55}'
        | '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{25aa}'..='\u{25fe}'
        | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use crate::normalise::{line, text::TextOptions};

    #[test]
    fn emoji_are_named_if_wished() {
        let options = TextOptions {
            name_emoji: true,
            ..TextOptions::default()
        };
        assert_eq!(
            line("Super 👍🏽 gemacht!", &options),
            "Super, Daumen hoch, gemacht!"
        );
        assert_eq!(
            line("Los 👩🏽‍🚒🇩🇪", &options),
            "Los, Feuerwehrfrau, Flagge Deutschland"
        );
    }
}
