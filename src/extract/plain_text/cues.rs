//! What a single line of a dump is, judged by itself: a cue of the table, a date line, a credit, a sentence.

use super::{
    byline::is_meta,
    credit::is_credit,
    lines::{bullet, ends_sentence},
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// What a line is, without its neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// One or more sentences; `long` is what a page's own texts seldom reach.
    Prose { long: bool },
    /// Words that are no sentence: title, heading, teaser, name.
    Short,
    /// An item of a list.
    Item(Option<u32>),
    /// Time mark of a live ticker; the length of the mark in bytes.
    Mark(usize),
    /// Date, reading time or name of the author.
    Meta,
    /// Opens a box of links inside the article.
    Related,
    /// Opens a list of articles, inside the article or behind it.
    Others,
    /// Stands where the article has ended.
    End,
    /// Not the article; why.
    Junk(&'static str),
}

/// A row of the table.
struct Cue {
    phrase: &'static str,
    place: Place,
    kind: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    End,
    Has,
    Tail,
}

/// The table, split by how a row is looked up.
struct Cues {
    lines: HashMap<&'static str, &'static str>,
    others: Vec<Cue>,
    /// Every word of the lines of interface, for bars such as `Facebook X E-Mail Link kopieren`.
    interface: HashSet<&'static str>,
    /// Names of agencies and picture libraries, as they end a credit.
    agencies: Vec<&'static str>,
}

/// Longest line, in bytes, that is compared with the table.
const LONGEST_CUE: usize = 160;
const TABLE: &str = include_str!("../tables/dump_cues.tsv");

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues {
        lines: HashMap::new(),
        others: Vec::new(),
        interface: HashSet::new(),
        agencies: Vec::new(),
    };
    for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(phrase), Some(place), Some(kind)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let place = match place {
            "start" => Place::Start,
            "end" => Place::End,
            "has" => Place::Has,
            "tail" => Place::Tail,
            "agency" => {
                cues.agencies.push(phrase);
                continue;
            }
            _ => {
                if matches!(kind, "share bar" | "navigation" | "widget") {
                    cues.interface.extend(phrase.split(' '));
                }
                cues.lines.insert(phrase, kind);
                continue;
            }
        };
        cues.others.push(Cue {
            phrase,
            place,
            kind,
        });
    }
    cues
});

/// Labels with names behind them, such as `foto:`.
pub(super) fn credit_labels() -> impl Iterator<Item = &'static str> {
    let labels = CUES.others.iter().filter(|cue| cue.place == Place::Tail);
    labels.map(|cue| cue.phrase)
}

/// Names of agencies and picture libraries, in small letters.
pub(super) fn agencies() -> impl Iterator<Item = &'static str> {
    CUES.agencies.iter().copied()
}

/// A line in the form in which lines are compared with each other and with the table.
pub(super) fn fold(text: &str) -> String {
    text.to_lowercase()
        // `12 Kommentare`, `Kommentare (12)`
        .trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ' '))
        .trim_end_matches(['.', '…', ':', '!', ' ', '>', '»', '›', '→'])
        .trim_start_matches(['>', '»', '›', '→', ' '])
        .to_owned()
}

/// Judges a line by itself.
pub(super) fn kind(text: &str) -> Kind {
    if !text.contains(char::is_alphanumeric) {
        return Kind::Junk("no words");
    }
    if furniture(text) {
        return Kind::Junk("link or furniture of a text browser");
    }
    if let Some(kind) = cue(text) {
        return kind;
    }
    if let Some(length) = clock_mark(text) {
        // `0:00 Anhören` is a player.
        let headline = text[length..].trim_start_matches([' ', ':']);
        return cue(headline).unwrap_or(Kind::Mark(length));
    }
    if is_meta(text) {
        return Kind::Meta;
    }
    if let Some((number, rest)) = bullet(text)
        && rest.contains(char::is_alphabetic)
        && cue(rest).is_none()
    {
        return Kind::Item(number);
    }
    let words = words(text);
    if ends_sentence(text) || (text.ends_with(':') && words >= 6) {
        let question = text
            .trim_end_matches(['"', '“', '”', '«', '»'])
            .ends_with(['?', '!']);
        // A short question or exclamation is a headline as often as a sentence; the neighbours decide.
        if words >= 3 && !(question && words <= 14 && !inner_sentence_end(text)) {
            return Kind::Prose {
                long: words >= 12 || text.len() >= 90,
            };
        }
    }
    if glued(text) {
        return Kind::Junk("navigation, glued together");
    }
    // A sentence whose full stop was lost still is one.
    if words >= 30 {
        return Kind::Prose { long: true };
    }
    Kind::Short
}

/// Number of words with a letter or digit.
pub(super) fn words(text: &str) -> usize {
    text.split(' ')
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// Whether a sentence ends inside the line and another follows.
fn inner_sentence_end(text: &str) -> bool {
    [". ", "! ", "? ", ".\" ", "“ "].iter().any(|end| {
        text.match_indices(end).any(|(at, _)| {
            at > 12
                && text[at + end.len()..]
                    .starts_with(|c: char| c.is_uppercase() || c == '"' || c == '„')
        })
    })
}

/// Addresses alone on a line, rulers, and what text browsers print for links, buttons and images.
fn furniture(text: &str) -> bool {
    let one_word = !text.contains(' ');
    (one_word && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")))
        || (text.starts_with('#') && text.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric))
        || (one_word && text.starts_with('[') && text.ends_with(']'))
        || text.starts_with("URL: ")
        // A breadcrumb.
        || (text.len() <= LONGEST_CUE && (text.matches(" > ").count() >= 2 || text.matches(" › ").count() >= 2 || text.matches(" » ").count() >= 2))
        // A bar of links: names side by side, no word in small letters between them.
        || (words(text) >= 7 && text.split(' ').all(|word| !word.starts_with(char::is_lowercase)) && !ends_sentence(text))
        || (text.len() <= 300 && text.matches(" | ").count() >= 3)
}

fn cue(text: &str) -> Option<Kind> {
    if text.len() > 4 * LONGEST_CUE {
        return None;
    }
    let folded = fold(text);
    if let Some(kind) = CUES.lines.get(folded.as_str()) {
        return Some(to_kind(kind));
    }
    if is_credit(text) {
        return Some(Kind::Junk("caption or credit"));
    }
    if asks_for_consent(text) {
        return Some(Kind::Junk("cookie text"));
    }
    if text.len() > LONGEST_CUE {
        return None;
    }
    let lower = text.to_lowercase();
    for cue in &CUES.others {
        let hit = match cue.place {
            Place::Start => starts_with_words(&lower, cue.phrase),
            Place::End => folded.ends_with(cue.phrase),
            Place::Has => lower.contains(cue.phrase),
            Place::Tail => false,
        };
        if hit {
            return Some(to_kind(cue.kind));
        }
    }
    // `Facebook X E-Mail Link kopieren`: nothing but words of the interface.
    if words(text) >= 2 && folded.split(' ').all(|word| CUES.interface.contains(word)) {
        return Some(Kind::Junk("interface"));
    }
    // `ShoppingAnzeigen`: every part a cue of its own.
    let parts = unglue(text);
    if parts.len() > 1 {
        let mut kinds = parts.iter().map(|part| CUES.lines.get(fold(part).as_str()));
        if kinds.all(|kind| kind.is_some()) {
            return Some(Kind::Junk("interface, glued together"));
        }
    }
    None
}

fn to_kind(kind: &'static str) -> Kind {
    match kind {
        "related" => Kind::Related,
        "other articles" => Kind::Others,
        "end" => Kind::End,
        "reading time" => Kind::Meta,
        junk => Kind::Junk(junk),
    }
}

fn starts_with_words(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        phrase.ends_with(|c: char| !c.is_alphanumeric()) || !rest.starts_with(char::is_alphabetic)
    })
}

/// A text that asks the reader for consent to cookies. Its subject and `Sie` or `wir` are needed, so that news
/// about cookies are not taken for it.
fn asks_for_consent(text: &str) -> bool {
    let lower = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    lower.contains("cookie")
        && has(&["sie ", "ihre", "ihnen", "wir ", "du ", "deine"])
        && has(&[
            "zustimm",
            "einwillig",
            "akzeptier",
            "einstellung",
            "whitelist",
            "blockier",
            "personalisier",
        ])
}

/// `14:32 Uhr`, `14.32 Uhr: …`, `+++ 14:32 Uhr: … +++`, `14:32 …`: the mark of a ticker entry at the start.
fn clock_mark(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start_matches(['+', ' ', '•']).len();
    let rest = &text[start..];
    let hour = rest.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let mark = *rest.as_bytes().get(hour)?;
    let minute = rest.as_bytes().get(hour + 1..hour + 3)?;
    if !(1..=2).contains(&hour)
        || !matches!(mark, b':' | b'.')
        || !minute.iter().all(u8::is_ascii_digit)
    {
        return None;
    }
    if rest[..hour].parse::<u8>().ok()? > 24 || rest[hour + 1..hour + 3].parse::<u8>().ok()? > 59 {
        return None;
    }
    let end = hour + 3;
    let after = &rest[end..];
    let clock = after
        .strip_prefix(" Uhr")
        .or_else(|| after.strip_prefix(" h"));
    let end = end + after.len() - clock.unwrap_or(after).len();
    let rest_of_line = clock.unwrap_or(after);
    let bounded =
        rest_of_line.is_empty() || rest_of_line.starts_with([':', ' ', '–', '-', '|', ',']);
    // `7.05 Euro` is no time, `14.32 Uhr` is; a sentence may begin with a time, but goes on in small letters.
    let capital = rest_of_line
        .trim_start_matches([':', ' ', '–', '-', '|', ','])
        .starts_with(|c: char| !c.is_lowercase());
    let goes_on = rest_of_line
        .trim_matches([':', ' ', '–', '-', '|', ',', '+'])
        .is_empty()
        || capital;
    (bounded && goes_on && (clock.is_some() || mark == b':')).then_some(start + end)
}

/// Parts of a line where a capital follows a small letter or digit inside a word: `HomePolitikAusland`.
fn unglue(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        if c.is_uppercase() && (before.is_lowercase() || before.is_ascii_digit()) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = c;
    }
    parts.push(&text[start..]);
    parts
}

/// Whether short names stand side by side without a space, as links of a menu do in a copied page.
fn glued(text: &str) -> bool {
    if text.len() > 1200 {
        return false;
    }
    // `StudentInnen`, `YouTube`, `McKinsey`: one break in a word, or a short stump, is a word's own.
    let parts = unglue(text);
    let breaks = parts
        .windows(2)
        .filter(|pair| {
            last_word(pair[0]) >= 3 && first_word(pair[1]) >= 3 && !pair[1].starts_with("Innen")
        })
        .count();
    breaks >= 2 && breaks * 4 >= words(text)
}

fn last_word(part: &str) -> usize {
    part.rsplit(' ')
        .next()
        .map_or(0, |word| word.chars().count())
}

fn first_word(part: &str) -> usize {
    part.split(' ')
        .next()
        .map_or(0, |word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_recognised_by_its_example() {
        let mut failed = Vec::new();
        let mut before = ("", "");
        for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let &[phrase, place, expected, language, example] = cells.as_slice() else {
                failed.push(format!("{row}: not five cells"));
                continue;
            };
            if (phrase, place) <= before {
                failed.push(format!("{phrase}: not sorted or not unique"));
            }
            before = (phrase, place);
            if !["de", "en", "fr", "it"].contains(&language)
                || !["line", "start", "end", "has", "tail", "agency"].contains(&place)
            {
                failed.push(format!("{row}: unknown language or place"));
            }
            let want = if matches!(place, "tail" | "agency") {
                Kind::Junk("caption or credit")
            } else {
                to_kind(expected)
            };
            let got = kind(example);
            if got != want && !(expected == "credit" && got == Kind::Junk("caption or credit")) {
                failed.push(format!("{example}: {got:?}, expected {want:?}"));
            }
        }
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }

    #[test]
    fn lines_are_judged_by_themselves() {
        let rows = [
            (
                "HomePolitikAuslandWetterSport",
                Kind::Junk("navigation, glued together"),
            ),
            ("Die StudentInnen und die YouTube-Stars", Kind::Short),
            (
                "Der Hafen am Morgen. (Foto: Jana Wirth/dpa)",
                Kind::Junk("caption or credit"),
            ),
            (
                "Auf dem Foto: ein Mann, der später nicht mehr gesehen wurde.",
                Kind::Prose { long: false },
            ),
            ("Von Jana Wirth", Kind::Meta),
            ("Von Jana Wirth und Jan de Boer, Aarau", Kind::Meta),
            ("Von Berlin nach Paris", Kind::Short),
            ("Von der Leyen reist ab", Kind::Short),
            ("3–4 Minuten", Kind::Meta),
            ("Veröffentlicht am 3. Mai 2024 um 14:30 Uhr", Kind::Meta),
            (
                "Die Wahl vom 3. Mai 2024 war knapp und wird nun angefochten.",
                Kind::Prose { long: true },
            ),
            ("14.32 Uhr: Der Zug steht", Kind::Mark(9)),
            ("+++ 9:05 Uhr: Sperrung aufgehoben +++", Kind::Mark(12)),
            (
                "14.32 Uhr war es, als der Zug stand.",
                Kind::Prose { long: false },
            ),
            ("7.05 Euro", Kind::Short),
            ("• Der Zug steht", Kind::Item(None)),
            ("2. Der Zug steht", Kind::Item(Some(2))),
            ("Und was jetzt?", Kind::Short),
            ("„Nein“, sagte er.", Kind::Prose { long: false }),
            (
                "Home > Lokales > Aarau",
                Kind::Junk("link or furniture of a text browser"),
            ),
            (
                "https://example.org/a",
                Kind::Junk("link or furniture of a text browser"),
            ),
            ("Streit und seine Folgen", Kind::Short),
        ];
        let failed: Vec<String> = rows
            .iter()
            .filter(|(line, want)| kind(line) != *want)
            .map(|(line, want)| format!("{line}: {:?}, expected {want:?}", kind(line)))
            .collect();
        assert!(failed.is_empty(), "{}", failed.join("\n"));
    }
}
