//! Web addresses, e-mail addresses, @handles, #hashtags, file names and paths.
//!
//! Read as a presenter reads them out: `www.tagesschau.de` is `w w w Punkt tagesschau Punkt d e`, `info@beispiel.de` is
//! `info ät beispiel Punkt d e`. The scheme (`https://`) is not said, nor is what follows `?` or `#` in an address: nobody can
//! type it by ear. `--explain` shows it as part of the rewrite.
//!
//! Syntax after RFC 3986 (addresses) and RFC 5321 (mail), narrowed to what stands in running text.

mod spoken;

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::token::Sheet;
use spoken::{is_extension, speak};
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
const COUNTRY_DOMAINS: [&str; 42] = [
    "de", "at", "ch", "eu", "li", "lu", "fr", "it", "es", "pt", "nl", "be", "dk", "se", "no", "fi",
    "is", "pl", "cz", "sk", "hu", "si", "hr", "ro", "bg", "gr", "ie", "uk", "us", "ca", "ru", "ua",
    "tr", "jp", "cn", "io", "tv", "me", "ai", "fm", "ly", "gl",
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
