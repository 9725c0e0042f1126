//! Web addresses, e-mail addresses, @handles, #hashtags, file names and paths.
//!
//! Read as a presenter reads them out: `www.tagesschau.de` is `w w w Punkt tagesschau Punkt d e`, `info@beispiel.de` is
//! `info ät beispiel Punkt d e`. The scheme (`https://`) is not said, nor is what follows `?` or `#` in an address: nobody can
//! type it by ear. `--explain` shows it as part of the rewrite.
//!
//! Syntax after RFC 3986 (addresses) and RFC 5321 (mail), narrowed to what stands in running text.

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{number, token::Sheet};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Mehr unter www.tagesschau.de im Netz.",
        "Mehr unter w w w Punkt tagesschau Punkt d e im Netz.",
    ),
    (
        "Schreiben Sie an info@beispiel.de.",
        "Schreiben Sie an info ät beispiel Punkt d e.",
    ),
    (
        "Unter #IchBinHanna klagen viele.",
        "Unter Hashtag Ich Bin Hanna klagen viele.",
    ),
    ("Der Hashtag #MeToo lebt.", "Der Hashtag Me Too lebt."),
    (
        "Die Datei bericht.pdf fehlt.",
        "Die Datei bericht Punkt p d f fehlt.",
    ),
];

/// The rule.
#[derive(Debug)]
pub struct Address;

impl Rule for Address {
    fn name(&self) -> &'static str {
        "electronic"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let start = sheet.bytes(i..i + 1).start;
        let (length, value) = recognise(sheet.source(), start)?;
        Some(Match::new(sheet.atom_after(i, start + length)?, value))
    }
}

impl Speak for Electronic {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        let spoken = speak(self);
        // `unter dem Hashtag #MeToo`: once is enough.
        match spoken.strip_prefix("Hashtag ") {
            Some(words) if sheet.left(atoms.start).starts_with("Hashtag") => words.into(),
            _ => spoken.into(),
        }
    }
}

/// What was recognised. The parts are as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Electronic {
    /// `www.bund.de/presse`: host and what follows it up to `?` or `#`.
    Web {
        /// Host name with its dots.
        host: String,
        /// Path with its leading slash, or empty.
        path: String,
    },
    /// `info@beispiel.de`.
    Mail {
        /// Before the `@`.
        local: String,
        /// After it.
        host: String,
    },
    /// `@tagesschau`; in the Fediverse `@name@host`.
    Handle {
        /// The account.
        name: String,
        /// The server, or empty.
        host: String,
    },
    /// `#FridaysForFuture`, without the `#`.
    Hashtag(String),
    /// `bericht.pdf`: name and extension.
    File {
        /// Before the last dot.
        stem: String,
        /// After it.
        extension: String,
    },
    /// `/etc/passwd`, `C:\Users`.
    Path(String),
}

/// Top-level domains that are said as words; all others of up to three letters are spelled.
const WORD_DOMAINS: [&str; 24] = [
    "com", "net", "org", "info", "name", "gov", "edu", "biz", "online", "berlin", "hamburg",
    "koeln", "bayern", "wien", "ruhr", "saarland", "news", "blog", "shop", "app", "social",
    "digital", "museum", "jetzt",
];

/// Country domains that may stand without `www` in running text.
const COUNTRY_DOMAINS: [&str; 40] = [
    "de", "at", "ch", "eu", "li", "lu", "fr", "it", "es", "pt", "nl", "be", "dk", "se", "no", "fi",
    "is", "pl", "cz", "sk", "hu", "si", "hr", "ro", "bg", "gr", "ie", "uk", "us", "ca", "ru", "ua",
    "tr", "jp", "cn", "io", "tv", "me", "ai", "fm",
];

/// File name extensions that are spelled.
const SPELLED_EXTENSIONS: [&str; 38] = [
    "pdf", "jpg", "jpeg", "png", "gif", "svg", "webp", "tif", "docx", "odt", "xls", "xlsx", "csv",
    "tsv", "ppt", "pptx", "txt", "rtf", "md", "html", "htm", "xml", "json", "mp3", "mp4", "wav",
    "avi", "mkv", "ogg", "exe", "dll", "js", "py", "rs", "php", "css", "apk", "epub",
];

/// File name extensions that are said as words.
const WORD_EXTENSIONS: [&str; 3] = ["doc", "zip", "rar"];

/// An address in running text is never longer; what is longer is read as ordinary text.
const MAX_LENGTH: usize = 2048;
/// The same for what carries no scheme.
const MAX_BARE_LENGTH: usize = 256;

/// Recognises an address, handle, hashtag or file name that starts at byte `at` of `text`, where a word may begin.
/// Gives its length in bytes and its parts.
#[must_use]
pub fn recognise(text: &str, at: usize) -> Option<(usize, Electronic)> {
    let previous = text[..at].chars().next_back();
    if previous.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '.' | '@' | '-' | '_' | '/' | '\\' | '#' | '&')
    }) {
        return None;
    }
    let rest = &text[at..];
    match rest.as_bytes().first()? {
        b'@' => handle(rest),
        b'#' => hashtag(rest),
        b'/' | b'~' => path(rest),
        byte if byte.is_ascii_alphanumeric() || *byte >= 0x80 => {
            let chunk = chunk(rest, MAX_BARE_LENGTH);
            // Nearly every word ends here.
            if !chunk.bytes().any(|b| matches!(b, b'.' | b'@' | b':')) {
                return None;
            }
            scheme(rest)
                .or_else(|| mail(chunk))
                .or_else(|| bare(chunk))
                .or_else(|| drive(rest))
                .or_else(|| file(chunk))
        }
        _ => None,
    }
}

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

fn handle(rest: &str) -> Option<(usize, Electronic)> {
    let name_end = 1 + rest[1..]
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
        .unwrap_or(rest.len() - 1);
    let name_end = trim_punctuation(&rest[..name_end]).len();
    let name = &rest[1..name_end];
    if !name.starts_with(char::is_alphanumeric) && !name.starts_with('_')
        || name_end > MAX_BARE_LENGTH
    {
        return None;
    }
    if let Some(after) = rest[name_end..].strip_prefix('@') {
        let host = trim_punctuation(&after[..host_length(after)]);
        if is_host(host) {
            return Some((
                name_end + 1 + host.len(),
                Electronic::Handle {
                    name: name.into(),
                    host: host.into(),
                },
            ));
        }
    }
    Some((
        name_end,
        Electronic::Handle {
            name: name.into(),
            host: String::new(),
        },
    ))
}

fn hashtag(rest: &str) -> Option<(usize, Electronic)> {
    let end = 1 + rest[1..]
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len() - 1);
    let tag = &rest[1..end];
    // `#1` is a number sign, not a hashtag.
    (tag.contains(char::is_alphabetic) && end <= MAX_BARE_LENGTH)
        .then_some((end, Electronic::Hashtag(tag.into())))
}

/// `https://host/path?query`.
fn scheme(rest: &str) -> Option<(usize, Electronic)> {
    let prefix = ["https://", "http://", "ftp://", "sftp://"]
        .into_iter()
        .find(|scheme| {
            rest.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })?
        .len();
    let chunk = chunk(rest, MAX_LENGTH);
    let (length, web) = web(chunk.get(prefix..)?)?;
    Some((prefix + length, web))
}

/// `www.bund.de/presse`, `bund.de`, `t-online.de`.
fn bare(chunk: &str) -> Option<(usize, Electronic)> {
    let host = trim_punctuation(&chunk[..host_length(chunk)]);
    (is_host(host)).then(|| web(chunk)).flatten()
}

fn web(chunk: &str) -> Option<(usize, Electronic)> {
    let host_end = host_length(chunk);
    if !chunk[host_end..].starts_with(['/', ':', '?', '#']) {
        let host = trim_punctuation(&chunk[..host_end]);
        return (host.contains('.') || host == "localhost").then_some((
            host.len(),
            Electronic::Web {
                host: host.into(),
                path: String::new(),
            },
        ));
    }
    let host = &chunk[..host_end];
    if !host.contains('.') && host != "localhost" {
        return None;
    }
    if chunk[host_end..].starts_with(':')
        && !chunk[host_end + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((
            host.len(),
            Electronic::Web {
                host: host.into(),
                path: String::new(),
            },
        ));
    }
    let whole = trim_punctuation(chunk);
    let tail = &whole[host_end..];
    let path = &tail[..tail.find(['?', '#']).unwrap_or(tail.len())];
    Some((
        whole.len(),
        Electronic::Web {
            host: host.into(),
            path: path.into(),
        },
    ))
}

fn mail(chunk: &str) -> Option<(usize, Electronic)> {
    let at = chunk.find('@')?;
    let local = &chunk[..at];
    let local = local.strip_prefix("mailto:").unwrap_or(local);
    let after = &chunk[at + 1..];
    let host = trim_punctuation(&after[..host_length(after)]);
    let good = !local.is_empty()
        && local
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '%'))
        && !local.ends_with('.')
        && host.contains('.');
    good.then_some((
        at + 1 + host.len(),
        Electronic::Mail {
            local: local.into(),
            host: host.into(),
        },
    ))
}

/// `bericht.pdf`, `Foto_2024.jpg`.
fn file(chunk: &str) -> Option<(usize, Electronic)> {
    let end = chunk
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(chunk.len());
    let name = trim_punctuation(&chunk[..end]);
    let (stem, extension) = name.rsplit_once('.')?;
    let known = is_extension(extension);
    // `Python.js` but not `z.md`.
    (known && stem.chars().count() >= 2 && !stem.ends_with('.')).then_some((
        name.len(),
        Electronic::File {
            stem: stem.into(),
            extension: extension.into(),
        },
    ))
}

/// `/etc/passwd`, `~/Bilder`.
fn path(rest: &str) -> Option<(usize, Electronic)> {
    let path = trim_punctuation(chunk(rest, MAX_BARE_LENGTH));
    let parts = path
        .trim_start_matches('~')
        .split('/')
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .count();
    let good = (parts >= 2 || (parts == 1 && path.starts_with("~/")))
        && path
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~'))
        && !path.contains("//");
    good.then_some((path.len(), Electronic::Path(path.into())))
}

/// `C:\Users\Anna`.
fn drive(rest: &str) -> Option<(usize, Electronic)> {
    let bytes = rest.as_bytes();
    let good =
        bytes.len() > 3 && bytes[0].is_ascii_uppercase() && bytes[1] == b':' && bytes[2] == b'\\';
    let path = trim_punctuation(chunk(rest, MAX_BARE_LENGTH));
    (good && path.len() > 3).then_some((path.len(), Electronic::Path(path.into())))
}

/// Up to the next blank, bracket or quotation mark, at most `limit` bytes.
fn chunk(rest: &str, limit: usize) -> &str {
    let mut end = limit.min(rest.len());
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let head = &rest[..end];
    let stop = head.find(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '"' | '„' | '“' | '”' | '»' | '«' | '(' | ')' | '[' | ']' | '|' | ','
            )
    });
    &head[..stop.unwrap_or(end)]
}

fn host_length(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.')))
        .unwrap_or(text.len())
}

/// Full stops and the like at the end belong to the sentence.
fn trim_punctuation(text: &str) -> &str {
    text.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '‘', '’', '…', '*'])
}

/// A host name that is certainly one: known ending, lower case where a full stop without a blank could be meant.
fn is_host(host: &str) -> bool {
    let Some((name, ending)) = host.rsplit_once('.') else {
        return false;
    };
    if name.is_empty() || host.contains("..") || host.starts_with(['.', '-']) {
        return false;
    }
    if host
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
        && host.len() > 4
    {
        return true;
    }
    let known = |ending: &str| WORD_DOMAINS.contains(&ending) || COUNTRY_DOMAINS.contains(&ending);
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let upper = || !host.chars().any(char::is_lowercase);
    letters >= 1
        && (known(ending) || (upper() && letters > 2 && known(&ending.to_ascii_lowercase())))
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

fn is_extension(extension: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Written → spoken, for the whole of the first recognised stretch.
    const FOUND: &[(&str, &str, &str)] = &[
        (
            "Mehr unter www.tagesschau.de im Netz.",
            "www.tagesschau.de",
            "w w w Punkt tagesschau Punkt d e",
        ),
        (
            "an info@beispiel.de.",
            "info@beispiel.de",
            "info ät beispiel Punkt d e",
        ),
        (
            "Unter https://www.bund.de/presse gibt es",
            "https://www.bund.de/presse",
            "w w w Punkt bund Punkt d e Schrägstrich presse",
        ),
        ("www.abc.com", "www.abc.com", "w w w Punkt a b c Punkt com"),
        ("Auf swr.de, ndr.de", "swr.de", "s w r Punkt d e"),
        (
            "Bei t-online.de steht",
            "t-online.de",
            "t Bindestrich online Punkt d e",
        ),
        ("Folgen Sie @OlafScholz.", "@OlafScholz", "ät Olaf Scholz"),
        (
            "Auf Mastodon: @anna@chaos.social",
            "@anna@chaos.social",
            "ät anna ät chaos Punkt social",
        ),
        (
            "Unter #FridaysForFuture sammeln",
            "#FridaysForFuture",
            "Hashtag Fridays For Future",
        ),
        ("#IchBinHanna!", "#IchBinHanna", "Hashtag Ich Bin Hanna"),
        (
            "Die Datei bericht.pdf fehlt",
            "bericht.pdf",
            "bericht Punkt p d f",
        ),
        ("lied.mp3", "lied.mp3", "lied Punkt m p drei"),
        (
            "In /etc/passwd steht",
            "/etc/passwd",
            "Schrägstrich e t c Schrägstrich passwd",
        ),
        (
            "Ordner C:\\Users\\Anna liegt",
            "C:\\Users\\Anna",
            "C Doppelpunkt Backslash Users Backslash Anna",
        ),
        (
            "https://zeit.de/2024/05/index?wt=1#top",
            "https://zeit.de/2024/05/index?wt=1#top",
            "zeit Punkt d e Schrägstrich zweitausendvierundzwanzig Schrägstrich null fünf Schrägstrich index",
        ),
        (
            "max_muster.mann@web.de",
            "max_muster.mann@web.de",
            "max Unterstrich muster Punkt mann ät web Punkt d e",
        ),
        (
            "kontakt@rki.de",
            "kontakt@rki.de",
            "kontakt ät r k i Punkt d e",
        ),
        ("Am Ende.Der Rest", "", ""),
        ("z.B. usw.de", "usw.de", "u s w Punkt d e"),
        ("Bei @zdfheute steht", "@zdfheute", "ät z d f heute"),
        ("Das ist #1 hier", "", ""),
        ("CDU/CSU und d.h. am 3.5.", "", ""),
        ("um 10.30 Uhr a.m.", "", ""),
        ("Dr.med. Anna", "", ""),
    ];

    #[test]
    fn examples() {
        let mut wrong = Vec::new();
        for (text, written, spoken) in FOUND {
            let found = (0..text.len())
                .filter(|at| text.is_char_boundary(*at))
                .find_map(|at| {
                    recognise(text, at)
                        .map(|(length, value)| (&text[at..at + length], speak(&value)))
                });
            let (got_written, got_spoken) = found.unwrap_or_default();
            if got_written != *written || got_spoken != *spoken {
                wrong.push(format!("{text}\n  expected {written:?} {spoken:?}\n  got      {got_written:?} {got_spoken:?}"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
