//! How addresses, handles and file names are said.

use super::{Electronic, SPELLED_EXTENSIONS, WORD_DOMAINS, WORD_EXTENSIONS};
use crate::normalise::number;

/// How it is said.
#[must_use]
pub fn speak(electronic: &Electronic) -> String {
    let mut spoken = Vec::new();
    match electronic {
        Electronic::Web { host, path } => {
            speak_host(host, &mut spoken);
            speak_path(path, &mut spoken);
        }
        Electronic::Mail { local, host } => {
            speak_name(local, &mut spoken);
            spoken.push("ät".to_owned());
            speak_host(host, &mut spoken);
        }
        Electronic::Handle { name, host } => {
            spoken.push("ät".to_owned());
            speak_name(name, &mut spoken);
            if !host.is_empty() {
                spoken.push("ät".to_owned());
                speak_host(host, &mut spoken);
            }
        }
        Electronic::Hashtag(tag) => {
            spoken.push("Hashtag".to_owned());
            speak_name(tag, &mut spoken);
        }
        Electronic::File { stem, extension } => {
            speak_name(stem, &mut spoken);
            spoken.push("Punkt".to_owned());
            speak_extension(extension, &mut spoken);
        }
        Electronic::Path(path) => speak_path(path, &mut spoken),
    }
    spoken.join(" ")
}

fn speak_host(host: &str, spoken: &mut Vec<String>) {
    let labels = host
        .split('.')
        .filter(|label| !label.is_empty())
        .collect::<Vec<_>>();
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            spoken.push("Punkt".to_owned());
        }
        let lower = label.to_lowercase();
        let last = index + 1 == labels.len();
        if last
            && index > 0
            && (WORD_DOMAINS.contains(&lower.as_str())
                || (lower.len() > 3
                    && lower.chars().all(char::is_alphabetic)
                    && is_pronounceable(&lower)))
        {
            spoken.push(lower);
        } else if last && index > 0 {
            spell(&lower, spoken);
        } else {
            speak_name(label, spoken);
        }
    }
}

fn speak_path(path: &str, spoken: &mut Vec<String>) {
    let mut part_start = 0;
    for (at, separator) in path
        .char_indices()
        .filter(|(_, c)| matches!(c, '/' | '\\' | ':'))
    {
        speak_path_part(&path[part_start..at], spoken);
        part_start = at + 1;
        // A slash at the very end is not said.
        if part_start < path.len() {
            spoken.push(match separator {
                '/' => "Schrägstrich".to_owned(),
                '\\' => "Backslash".to_owned(),
                _ => "Doppelpunkt".to_owned(),
            });
        }
    }
    speak_path_part(&path[part_start..], spoken);
}

fn speak_path_part(part: &str, spoken: &mut Vec<String>) {
    match part.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && is_extension(extension) => {
            speak_name(stem, spoken);
            spoken.push("Punkt".to_owned());
            speak_extension(extension, spoken);
        }
        _ => speak_name(part, spoken),
    }
}

pub fn is_extension(extension: &str) -> bool {
    SPELLED_EXTENSIONS
        .iter()
        .chain(&WORD_EXTENSIONS)
        .any(|known| known.eq_ignore_ascii_case(extension))
}

fn speak_extension(extension: &str, spoken: &mut Vec<String>) {
    let lower = extension.to_lowercase();
    if WORD_EXTENSIONS.contains(&lower.as_str()) {
        spoken.push(lower);
    } else {
        speak_letters_and_digits(&lower, spoken);
    }
}

/// `mp3` is `m p drei`.
fn speak_letters_and_digits(name: &str, spoken: &mut Vec<String>) {
    for run in runs(name) {
        if run.starts_with(|c: char| c.is_ascii_digit()) {
            speak_digits(run, spoken);
        } else {
            spell(run, spoken);
        }
    }
}

/// A label, account or file name: words as words, letters that make none spelled, signs by name.
fn speak_name(name: &str, spoken: &mut Vec<String>) {
    for run in runs(name) {
        let first = run.chars().next().unwrap_or(' ');
        if first.is_ascii_digit() {
            speak_digits(run, spoken);
        } else if first.is_alphabetic() {
            if is_pronounceable(&run.to_lowercase()) {
                spoken.push(run.to_owned());
            } else {
                // `zdfheute`: an acronym and a word.
                let (acronym, word) = run.split_at(word_after_acronym(run).unwrap_or(run.len()));
                spell(acronym, spoken);
                if !word.is_empty() {
                    spoken.push(word.to_owned());
                }
            }
        } else if let Some(name) = sign_name(first) {
            spoken.push(name.to_owned());
        }
    }
}

/// Where a word begins after two to four letters that are spelled; the word must begin as German words do.
fn word_after_acronym(run: &str) -> Option<usize> {
    let lower = run.to_lowercase();
    (lower.len() == run.len()).then_some(())?;
    (2..=4).filter(|at| run.is_char_boundary(*at)).find(|at| {
        let word = lower.get(*at..).unwrap_or_default();
        word.len() >= 4 && is_pronounceable(word) && starts_like_a_word(word)
    })
}

/// Splits at signs, between letters and digits, and inside camel case (`FridaysForFuture`, `XMLDatei`, `iPhone` stays whole).
fn runs(name: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Class {
        Digit,
        Upper,
        Lower,
        Sign,
    }
    let class = |c: char| match c {
        c if c.is_ascii_digit() => Class::Digit,
        c if c.is_uppercase() => Class::Upper,
        c if c.is_alphabetic() => Class::Lower,
        _ => Class::Sign,
    };
    let characters: Vec<(usize, char)> = name.char_indices().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for index in 1..characters.len() {
        let (at, character) = characters[index];
        let before = class(characters[index - 1].1);
        let here = class(character);
        let next = characters.get(index + 1).map(|(_, c)| class(*c));
        let camel = match (before, here) {
            // `fridaysFor`: the border is before the capital, but a single small letter before it belongs to the word (`iPhone`).
            (Class::Lower, Class::Upper) => at - start > 1,
            // `XMLDatei`: the last capital of a run begins the next word.
            (Class::Upper, Class::Upper) => next == Some(Class::Lower),
            (Class::Upper, Class::Lower) => false,
            _ => before != here || here == Class::Sign,
        };
        if camel {
            found.push(&name[start..at]);
            start = at;
        }
    }
    if start < name.len() {
        found.push(&name[start..]);
    }
    found
}

/// Up to four digits are a number, more are read one by one, as are those with a leading zero.
fn speak_digits(digits: &str, spoken: &mut Vec<String>) {
    match digits.parse::<u64>() {
        Ok(value) if digits.len() <= 4 && (!digits.starts_with('0') || digits.len() == 1) => {
            spoken.push(number::cardinal(u128::from(value)));
        }
        _ => spoken.extend(
            digits
                .bytes()
                .filter(u8::is_ascii_digit)
                .map(|digit| number::cardinal(u128::from(digit - b'0'))),
        ),
    }
}

fn spell(letters: &str, spoken: &mut Vec<String>) {
    spoken.extend(letters.chars().map(|c| {
        if c.is_ascii_digit() {
            number::digits(c.encode_utf8(&mut [0; 4]))
        } else {
            c.to_string()
        }
    }));
}

fn sign_name(sign: char) -> Option<&'static str> {
    Some(match sign {
        '.' => "Punkt",
        '-' => "Bindestrich",
        '_' => "Unterstrich",
        '+' => "plus",
        '%' => "Prozent",
        '~' => "Tilde",
        '=' => "gleich",
        '&' => "und",
        '@' => "ät",
        '*' => "Stern",
        '!' => "Ausrufezeichen",
        _ => return None,
    })
}

const VOWELS: &str = "aeiouyäöüéèáàó";

/// The consonants before the first vowel.
fn onset(lower: &str) -> &str {
    &lower[..lower.find(|c| VOWELS.contains(c)).unwrap_or(lower.len())]
}

/// Whether a word may begin with these letters in German.
fn starts_like_a_word(lower: &str) -> bool {
    const STARTS: [&str; 48] = [
        "bl", "br", "ch", "chr", "cl", "cr", "dr", "fl", "fr", "gl", "gn", "gr", "kl", "kn", "kr",
        "ph", "pf", "pfl", "pfr", "pl", "pr", "ps", "qu", "rh", "sc", "sch", "schl", "schm",
        "schn", "schr", "schw", "sh", "sk", "sl", "sm", "sn", "sp", "spr", "st", "str", "sw", "th",
        "thr", "tr", "tw", "wh", "wr", "zw",
    ];
    let onset = onset(lower);
    onset.chars().count() <= 1 || STARTS.contains(&onset)
}

/// Whether a German speaker would try to say the letters as a word: it needs a vowel, and a short one must begin and end as
/// German syllables do (`abc`, `swr`, `ndr` are spelled, `web`, `bund`, `heise` are said).
#[must_use]
pub fn is_pronounceable(lower: &str) -> bool {
    const ENDS: [&str; 66] = [
        "ch", "ck", "ff", "ft", "gs", "ht", "kt", "ks", "ld", "lf", "lg", "lk", "ll", "lm", "lp",
        "ls", "lt", "lz", "mm", "mp", "ms", "mt", "nd", "nf", "ng", "nk", "nn", "ns", "nt", "nz",
        "pf", "pp", "ps", "pt", "rb", "rd", "rf", "rg", "rk", "rl", "rm", "rn", "rp", "rs", "rt",
        "rz", "sch", "sk", "sp", "ss", "st", "th", "ts", "tt", "tz", "xt", "zz", "sh", "cht",
        "chs", "nds", "rst", "nst", "lls", "gt", "bs",
    ];
    let count = lower.chars().count();
    let vowel = |c: char| VOWELS.contains(c);
    if count < 2 || !lower.contains(vowel) {
        return false;
    }
    // `xyz`: three letters that only a `y` would hold together.
    if count < 4 && !lower.contains(['a', 'e', 'i', 'o', 'u', 'ä', 'ö', 'ü']) {
        return false;
    }
    let end = &lower[lower
        .char_indices()
        .rev()
        .find(|(_, c)| vowel(*c))
        .map_or(0, |(at, c)| at + c.len_utf8())..];
    let start_good = starts_like_a_word(lower);
    let end_good = end.chars().count() <= 1 || ENDS.contains(&end);
    // Longer names are mostly words or compounds of words; only their beginning counts.
    if count >= 5 {
        start_good || onset(lower).chars().count() <= 2
    } else {
        start_good && end_good
    }
}
