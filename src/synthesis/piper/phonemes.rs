//! From text to the numbers that a network reads.

use unicode_normalization::UnicodeNormalization as _;

use super::config::{BEGIN, Config, END, PAD};

/// The sentences of an utterance; nearly always there is one. The mark at the end stays.
pub fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '!', '?', '…'])
        .map(str::trim)
        .collect()
}

/// The phonemes of a voice that reads letters.
pub fn letters(text: &str) -> String {
    text.nfd().collect()
}

/// Numbers of the phonemes, with begin, end and padding between them, as Piper's `phonemes_to_ids` does. Phonemes that the
/// voice does not know are left out. Empty if nothing remains that could be heard.
pub fn ids(phonemes: &str, config: &Config) -> Vec<i32> {
    let of = |phoneme: &str| config.phoneme_ids.get(phoneme);
    let (Some(begin), Some(end), Some(pad)) = (of(BEGIN), of(END), of(PAD)) else {
        return Vec::new();
    };
    let mut ids = begin.clone();
    ids.extend(pad);
    let mut heard = false;
    let mut utf8 = [0; 4];
    for phoneme in phonemes.chars() {
        // What has a meaning of its own in the map is no sound.
        if let Some(found) = of(phoneme.encode_utf8(&mut utf8))
            && !matches!(phoneme, '^' | '$' | '_')
        {
            heard |= phoneme.is_alphanumeric();
            ids.extend(found);
            ids.extend(pad);
        }
    }
    ids.extend(end);
    if heard { ids } else { Vec::new() }
}
