//! From text to the numbers that a network reads.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;

use super::{
    config::{BEGIN, Config, END, PAD},
    espeak::EspeakError,
    pronunciations::{self, Own},
};

/// Turns words into sounds.
pub trait Phonemiser: Send + Sync {
    /// The sounds of a stretch of text without pauses in it, in IPA, the words apart by blanks.
    ///
    /// # Errors
    /// When eSpeak NG is not there.
    fn phonemes(&self, text: &str) -> Result<String, EspeakError>;
}

/// The sentences of an utterance; nearly always there is one. The mark at the end stays.
pub fn sentences(text: &str) -> Vec<&str> {
    cut(text, &['.', '!', '?', '…'])
}

/// Cuts after each of the marks that has a blank behind it, as a full stop in `web.de` ends nothing.
fn cut<'t>(text: &'t str, marks: &[char]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(marks) {
        let end = at + mark.len();
        if text[end..].starts_with(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '“' | '‘' | '»' | '«' | ')')
        }) {
            pieces.push(text[start..end].trim());
            start = end;
        }
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The phonemes of a sentence with the marks between its clauses, as Piper's voices were trained: `ˈaɪns, tsvˈaɪ.`
///
/// # Errors
/// As [`Phonemiser::phonemes`].
pub fn of(
    sentence: &str,
    phonemiser: &dyn Phonemiser,
    own: &Own,
    german: bool,
) -> Result<String, EspeakError> {
    let mut all = String::new();
    for clause in cut(sentence, &[',', ';', ':', '–', '—', '.', '!', '?', '…']) {
        let behind = clause.chars().rev().take_while(|c| !c.is_alphanumeric());
        let mark = behind.filter_map(mark).last();
        let spoken = words(clause, phonemiser, own, german)?;
        if spoken.is_empty() {
            continue;
        }
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&spoken);
        all.extend(mark);
    }
    Ok(all)
}

/// The mark that Piper knows for the end of a clause.
fn mark(c: char) -> Option<char> {
    match c {
        ',' | ';' | ':' | '.' | '!' | '?' => Some(c),
        '–' | '—' => Some(','),
        '…' => Some('.'),
        _ => None,
    }
}

/// The phonemes of a clause.
fn words(
    clause: &str,
    phonemiser: &dyn Phonemiser,
    own: &Own,
    german: bool,
) -> Result<String, EspeakError> {
    let words = pronunciations::words(clause);
    let hits = pronunciations::find(clause, &words, own, german);
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Ok(String::new());
    };
    // The mark at the end is ours to set.
    let text = &clause[first.start..last.end];
    if hits.is_empty() {
        return phonemiser.phonemes(text);
    }
    let whole = phonemiser.phonemes(text)?;
    let mut said: Vec<_> = whole.split(' ').map(str::to_owned).collect();
    if said.len() == words.len() {
        for hit in hits.iter().rev() {
            said.splice(hit.words.clone(), [hit.ipa.to_owned()]);
        }
        return Ok(said.join(" "));
    }
    // eSpeak NG joined or parted words, so nobody knows which is which: say the parts one by one.
    let mut parts = Vec::new();
    let mut at = first.start;
    for hit in &hits {
        parts.push(phonemiser.phonemes(&clause[at..words[hit.words.start].start])?);
        parts.push(hit.ipa.to_owned());
        at = words[hit.words.end - 1].end;
    }
    parts.push(phonemiser.phonemes(&clause[at..last.end])?);
    parts.retain(|part| !part.is_empty());
    Ok(parts.join(" "))
}

/// Numbers of the phonemes, with begin, end and padding between them, as Piper's `phonemes_to_ids` does; accents are
/// phonemes of their own. Phonemes that the voice does not know are left out, and go into `unknown` if they are letters. Empty if
/// nothing remains that could be heard.
pub fn ids(phonemes: &str, config: &Config, unknown: &mut BTreeSet<char>) -> Vec<i32> {
    let of = |phoneme: &str| config.phoneme_ids.get(phoneme);
    let (Some(begin), Some(end), Some(pad)) = (of(BEGIN), of(END), of(PAD)) else {
        return Vec::new();
    };
    let mut ids = begin.clone();
    ids.extend(pad);
    let mut heard = false;
    let mut utf8 = [0; 4];
    for phoneme in phonemes.nfd() {
        match of(phoneme.encode_utf8(&mut utf8)) {
            // What has a meaning of its own in the map is no sound.
            _ if matches!(phoneme, '^' | '$' | '_') => {}
            Some(found) => {
                heard |= phoneme.is_alphanumeric();
                ids.extend(found);
                ids.extend(pad);
            }
            None if phoneme.is_alphanumeric() => {
                unknown.insert(phoneme);
            }
            None => {}
        }
    }
    ids.extend(end);
    if heard { ids } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::{super::espeak::EspeakVoice, *};
    use serde_json::json;
    use std::{collections::BTreeMap, fs};

    /// Says the words as they are written, and `zum` together with the next one.
    struct Letters;

    impl Phonemiser for Letters {
        fn phonemes(&self, text: &str) -> Result<String, EspeakError> {
            let words: Vec<_> = text.split_whitespace().collect();
            Ok(words.join(" ").replace("zum ", "zum"))
        }
    }

    fn said(text: &str) -> String {
        let own = [("Phö".to_owned(), "X".to_owned())].into();
        of(text, &Letters, &own, true).unwrap()
    }

    #[test]
    fn clauses_keep_their_marks() {
        assert_eq!(
            said("Er kam – und sah: nichts, gar nichts!"),
            "Er kam, und sah: nichts, gar nichts!"
        );
        assert_eq!(said("„Ja“, sagte er … „nein.“"), "Ja, sagte er. nein.");
        assert_eq!(said("auf web.de"), "auf web.de");
        assert_eq!(said(" – … ,"), "");
    }

    #[test]
    fn own_sounds_stand_at_their_place() {
        assert_eq!(said("Das Phö, sagt Phö."), "Das X, sagt X.");
        assert_eq!(
            said("Er geht zum Markt im Phö unten."),
            "Er geht zumMarkt im X unten."
        );
        assert_eq!(said("zum Phö"), "zum X");
    }

    #[test]
    fn sentences_end_before_blanks() {
        assert_eq!(
            sentences("Auf web.de steht es. „Wirklich?“ Ja …"),
            ["Auf web.de steht es.", "„Wirklich?", "“ Ja …"]
        );
    }

    /// What voices that read eSpeak NG's phonemes have numbers for, as Piper's trainer writes it into every one of them
    /// (`DEFAULT_PHONEME_ID_MAP` in `OHF-Voice/piper1-gpl`, `src/piper/phoneme_ids.py`), without what is no letter or mark.
    const TRAINED: &str = "_^$ !'(),-.:;?abcdefhijklmnopqrstuvwxyzæçðøħŋœǀǁǂǃɐɑɒɓɔɕɖɗɘəɚɛɜɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾ\
        ʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢʲˈˌːˑ˞βθχᵻⱱ0123456789\u{327}\u{303}\u{32a}\u{32f}\u{329}ʰˤε↓#\"↑";

    fn trained() -> Config {
        let map: BTreeMap<_, _> = (TRAINED.chars().enumerate())
            .map(|(id, symbol)| (symbol.to_string(), [id]))
            .collect();
        let file = json!({
            "audio": {"sample_rate": 22050},
            "espeak": {"voice": "de"},
            "phoneme_id_map": map,
        });
        Config::parse(file.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn an_unknown_sound_does_not_take_its_word_away() {
        let (config, mut unknown) = (trained(), BTreeSet::new());
        let known = ids("tˈaːk", &config, &mut unknown);
        assert!(unknown.is_empty());
        assert_eq!(ids("tˈ語aːкk^", &config, &mut unknown), known);
        assert_eq!(unknown, BTreeSet::from(['к', '語']));
        assert!(ids("語 ^", &config, &mut unknown).is_empty());
    }

    /// 3,000 words of the samples and of the examples in our tables.
    #[test]
    #[ignore = "needs libespeak-ng 1.51; .ci/run installs it"]
    fn voices_have_a_number_for_all_that_espeak_says_in_german() {
        let root = env!("CARGO_MANIFEST_DIR");
        let samples = fs::read_dir(format!("{root}/samples")).unwrap();
        let tables =
            ["normalise", "synthesis/piper"].map(|stage| format!("{root}/src/{stage}/tables"));
        let tables = tables
            .iter()
            .flat_map(|tables| fs::read_dir(tables).unwrap());
        let files = samples
            .map(|sample| sample.unwrap().path().join("spoken.txt"))
            .chain(tables.map(|table| table.unwrap().path()));
        // Not in every folder there is one.
        let text: Vec<_> = files.flat_map(fs::read_to_string).collect();
        let text = text.join("\n");
        let words: BTreeSet<_> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| word.len() > 1)
            .collect();
        let step = (words.len() / 3000).max(1);
        let words: Vec<_> = words.into_iter().step_by(step).take(3000).collect();
        assert!(words.len() > 2000, "{}", words.len());
        let (espeak, config) = (EspeakVoice::open("de").unwrap(), trained());
        let mut wrong = Vec::new();
        for word in words {
            let (phonemes, mut unknown) = (espeak.phonemes(word).unwrap(), BTreeSet::new());
            if ids(&phonemes, &config, &mut unknown).is_empty() || !unknown.is_empty() {
                wrong.push(format!("{word}: /{phonemes}/ {unknown:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
