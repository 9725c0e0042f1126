//! Lines that are nothing but date, reading time or the names of the authors.

use super::{cues::words, dates, lines::ends_sentence};

/// Words that stand beside a date in the head of a page and say nothing themselves.
const META_WORDS: [&str; 42] = [
    "aktualisiert",
    "veröffentlicht",
    "stand",
    "am",
    "um",
    "uhr",
    "von",
    "der",
    "vom",
    "zuletzt",
    "erstellt",
    "publiziert",
    "update",
    "datum",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "min",
    "minuten",
    "lesedauer",
    "lesezeit",
    "updated",
    "published",
    "on",
    "at",
    "by",
    "publié",
    "le",
    "à",
    "mis",
    "jour",
];

/// Whether a line is nothing but date, time, reading time and names.
pub(super) fn is_meta(text: &str) -> bool {
    if text.len() > 140 {
        return false;
    }
    if byline(text).is_some()
        || reading_time(text)
        || matches!(text, "Von" | "von" | "Von:" | "Par" | "By")
    {
        return true;
    }
    let found = dates::find(text);
    let Some(first) = found.first() else {
        return false;
    };
    let mut rest = text[..first.range.start].to_owned();
    for (n, date) in found.iter().enumerate() {
        let end = found.get(n + 1).map_or(text.len(), |next| next.range.start);
        rest.push(' ');
        rest.push_str(&text[date.range.end..end]);
    }
    // What is left are names, at most; a sentence has words in small letters and a full stop.
    let left: Vec<&str> = rest
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| {
            word.chars().count() > 1 && !META_WORDS.contains(&word.to_lowercase().as_str())
        })
        .collect();
    left.len() <= 6 && left.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// `3–4 Minuten`, `5 Min.`, `4 min`.
fn reading_time(text: &str) -> bool {
    let mut parts = text.rsplitn(2, ' ');
    let (Some(unit), Some(count)) = (parts.next(), parts.next()) else {
        return false;
    };
    matches!(
        unit,
        "Minuten" | "Min." | "Min" | "min" | "minutes" | "minuti" | "Minute"
    ) && count.len() <= 9
        && count.starts_with(|c: char| c.is_ascii_digit())
        && count
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '–' | '-' | ' '))
}

/// Names behind `Von`, `Par`, `Di`, `By` when the line is nothing else.
pub(super) fn byline(text: &str) -> Option<Vec<String>> {
    const PARTICLES: [&str; 9] = ["von", "van", "de", "der", "zu", "la", "di", "und", "in"];
    let (label, names) = text.split_once(' ')?;
    let label = label.trim_end_matches(':').to_lowercase();
    if !matches!(
        label.as_str(),
        "von" | "par" | "di" | "by" | "text" | "autor" | "autorin"
    ) || names.len() > 90
    {
        return None;
    }
    let name = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        (2..=4).contains(&words.len())
            && words.iter().all(|word| {
                PARTICLES.contains(word)
                    || (word.starts_with(char::is_uppercase)
                        && word
                            .chars()
                            .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '’' | '\'')))
            })
            && !words.last().is_some_and(|word| word.ends_with('.'))
    };
    // `Von Jana Wirth, Aarau`: the place is not a name.
    let list: Vec<&str> = names
        .split(" und ")
        .flat_map(|part| part.split([',', '|']))
        .map(str::trim)
        .collect();
    let (first, others) = list.split_first()?;
    // `Von Jana Wirth, Redakteurin für Finanzen`
    let role = others.len() == 1 && words(others[0]) <= 6 && !ends_sentence(names);
    let others_fit = others
        .iter()
        .all(|other| name(other) || (!other.is_empty() && words(other) == 1));
    (name(first) && (role || others_fit)).then(|| {
        list.iter()
            .filter(|&&other| name(other))
            .map(|&other| other.to_owned())
            .collect()
    })
}
