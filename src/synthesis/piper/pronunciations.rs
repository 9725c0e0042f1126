//! Words with sounds of their own: those that eSpeak NG says wrongly, and those that the user gave IPA for.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
    sync::LazyLock,
};

/// German words that eSpeak NG says wrongly. A new word is a new row.
const GERMAN: &str = include_str!("tables/pronunciations_de.tsv");

/// Longest entry, in words.
const MAX_WORDS: usize = 6;

/// The table: word → IPA.
static TABLE: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| rows().map(|[word, ipa, _]| (word, ipa)).collect());

/// Word, IPA and example.
fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    GERMAN
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').collect::<Vec<_>>().try_into().ok())
}

/// The user's own: word or words, as they stand in the spoken text, → IPA.
pub type Own = BTreeMap<String, String>;

/// A stretch of words that is said in its own way.
#[derive(Debug, PartialEq, Eq)]
pub struct Hit<'p> {
    /// Which of the words.
    pub words: Range<usize>,
    /// How they are said.
    pub ipa: &'p str,
}

/// The byte ranges of the words in a text: letters, with the marks and apostrophes between them.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’');
        match words.last_mut() {
            Some(word) if letter && word.end == at => word.end += c.len_utf8(),
            _ if letter => words.push(at..at + c.len_utf8()),
            _ => {}
        }
    }
    words
}

/// Finds the words of a text with sounds of their own, the user's first, and of these the longest.
pub fn find<'p>(text: &str, words: &[Range<usize>], own: &'p Own, german: bool) -> Vec<Hit<'p>> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let owned = (at + 1..=words.len().min(at + MAX_WORDS))
            .rev()
            .filter(|_| !own.is_empty())
            .find_map(|end| {
                let ipa = own.get(&text[words[at].start..words[end - 1].end])?;
                Some((end, ipa.as_str()))
            });
        let known = || {
            let ipa = TABLE.get(&text[words[at].clone()])?;
            german.then_some((at + 1, *ipa))
        };
        at = match owned.or_else(known) {
            Some((end, ipa)) => {
                hits.push(Hit {
                    words: at..end,
                    ipa,
                });
                end
            }
            None => at + 1,
        };
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            espeak::{EspeakError, EspeakVoice},
            phonemes::{self, Phonemiser},
        },
        *,
    };
    use unicode_normalization::UnicodeNormalization as _;

    /// Letters and marks that Piper's German voices have a number for.
    const SOUNDS: &str = "abdefhijklmnoprstuvwyzøŋœɐɑɔəɛɜɡɪɾʃʊʒˈˌːçx\u{303}";

    /// Says every word as `?`.
    struct Mute;

    impl Phonemiser for Mute {
        fn phonemes(&self, text: &str) -> Result<String, EspeakError> {
            let words: Vec<_> = text.split_whitespace().map(|_| "?").collect();
            Ok(words.join(" "))
        }
    }

    #[test]
    fn every_row_is_sound_and_wins_in_its_example() {
        let lines = GERMAN.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), rows().count(), "a row without three columns");
        assert!(rows().count() >= 200);
        let mut wrong = Vec::new();
        let mut before = "";
        for [word, ipa, example] in rows() {
            if word <= before {
                wrong.push(format!("{word}: out of order, or twice"));
            }
            before = word;
            if !ipa.nfc().all(|c| SOUNDS.contains(c)) || ipa.matches('ˈ').count() != 1 {
                wrong.push(format!(
                    "{word}: /{ipa}/ has foreign signs or not one stress"
                ));
            }
            let said = phonemes::of(example, &Mute, &Own::new(), true).unwrap();
            let place = words(example)
                .iter()
                .position(|range| &example[range.clone()] == word);
            if place.is_none_or(|place| said.split(' ').nth(place).map(trimmed) != Some(ipa)) {
                wrong.push(format!("{word}: /{ipa}/ is not at its place in /{said}/"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn trimmed(word: &str) -> &str {
        word.trim_end_matches(['.', ',', '!', '?'])
    }

    #[test]
    fn the_users_words_win() {
        let own: Own = [("Chef Koch", "a"), ("Chance", "b")]
            .map(|(word, ipa)| (word.to_owned(), ipa.to_owned()))
            .into();
        let said = |text| phonemes::of(text, &Mute, &own, true).unwrap();
        assert_eq!(said("Die Chance, Chef Koch!"), "? b, a!");
        assert_eq!(said("Chancen"), "?");
        assert_eq!(
            phonemes::of("Hotel", &Mute, &own, false).unwrap(),
            "?",
            "the table is for German"
        );
    }

    /// Against the real library: a row that it says right would be dead weight.
    #[test]
    #[ignore = "needs libespeak-ng 1.51; .ci/run installs it"]
    fn espeak_says_every_row_wrongly() {
        let espeak = EspeakVoice::open("de").unwrap();
        let plain = |ipa: &str| ipa.replace(['ˌ', 'ː'], "").replace('ɾ', "r");
        let right: Vec<_> = rows()
            .filter(|[word, ipa, _]| plain(&espeak.phonemes(word).unwrap()) == plain(ipa))
            .collect();
        assert!(right.is_empty(), "{right:?}");
    }
}
