//! Captions with their credit, told by labels, agencies and names.

use super::cues::{agencies, credit_labels, words};

/// Whether a line is a caption with its credit, or the credit alone.
pub(super) fn is_credit(text: &str) -> bool {
    labelled(text) || names_behind_sentence(text) || agency_credit(text)
}

/// Whether the line ends in the name of a photographer or agency behind a label.
fn labelled(text: &str) -> bool {
    // A quick look first: most lines are long and have no label.
    let mut tail = text.len().saturating_sub(110);
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    let lower = text[tail..].to_lowercase();
    credit_labels().any(|label| {
        lower.rfind(label).is_some_and(|at| {
            let before = lower[..at].chars().next_back();
            // `…im BildFoto: Name` is glued; a letter of the same word in front is not a label.
            let apart =
                before.is_none_or(|c| !c.is_alphabetic()) || text.contains(&capitalised(label));
            let names = lower[at + label.len()..].trim();
            apart && names_only(names, text)
        })
    })
}

/// A caption with its credit behind the full stop: `Der Hafen am Morgen.Jana Wirth/Getty Images`.
fn names_behind_sentence(text: &str) -> bool {
    let Some(at) = text.rfind(['.', '!', '?', '…']) else {
        return false;
    };
    let tail = text[at..].trim_start_matches(['.', '!', '?', '…', '"', '“', '”', '»', '«', ')']);
    let glued = !tail.starts_with(' ');
    // `Dr. Jana Wirth`, `1. FC Aarau`: no sentence ends there.
    let last = text[..at].rsplit(' ').next().unwrap_or_default();
    let sentence = last.chars().count() >= 4
        && last.chars().all(char::is_alphabetic)
        && words(&text[..at]) >= 4;
    let names = tail.trim();
    let capitals = names
        .split([' ', '/', '|'])
        .filter(|word| !word.is_empty())
        .all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c == '©' || c == '(') || of_agency(word)
        });
    // A name alone may begin a sentence that was cut off; two names or a slash do not.
    let enough = glued || names.contains('/') || ends_in_agency(names);
    // `… sagte er. dpa` signs a paragraph off; a credit has a name.
    let has_name = names.split([' ', '/']).any(|word| {
        word.chars().count() >= 3
            && word.chars().skip(1).any(char::is_lowercase)
            && word.starts_with(char::is_uppercase)
    });
    sentence
        && capitals
        && has_name
        && enough
        && (1..=7).contains(&words(names))
        && names.len() >= 2
}

/// A credit on a line of its own: capitalised names and an agency, nothing else.
fn agency_credit(text: &str) -> bool {
    text.len() <= 90
        && ends_in_agency(text)
        && text
            .split([' ', '/'])
            .filter(|word| !word.is_empty())
            .all(|word| !word.starts_with(char::is_lowercase) || of_agency(word))
}

/// Whether a word in small letters may stand in a credit: `via`, or a word of an agency's name.
fn of_agency(word: &str) -> bool {
    let word = word.to_lowercase();
    word == "via" || agencies().any(|agency| agency.split([' ', '-']).any(|part| part == word))
}

fn ends_in_agency(text: &str) -> bool {
    let lower = text.to_lowercase();
    let lower = lower.trim_end_matches([')', '.', ' ']);
    agencies().any(|agency| {
        lower
            .strip_suffix(agency)
            .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })
}

fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Whether what follows a credit label are names: few words, hardly one in small letters, no sentence.
fn names_only(names: &str, text: &str) -> bool {
    const SMALL: [&str; 12] = [
        "dpa", "afp", "apa", "sda", "imago", "von", "via", "und", "für", "picture", "alliance",
        "images",
    ];
    let inner = names.trim_end_matches([')', ']', '.', ' ']);
    let count = words(inner);
    if inner.is_empty() || count > 9 || inner.contains(". ") {
        return false;
    }
    // The same stretch in its own spelling.
    let letters = names.chars().count();
    let start = text
        .char_indices()
        .rev()
        .nth(letters.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    let tail = &text[start..];
    let small = tail
        .split([' ', '/'])
        .filter(|word| {
            word.starts_with(char::is_lowercase)
                && !SMALL.contains(&word.trim_matches(|c: char| !c.is_alphabetic()))
        })
        .count();
    small * 3 <= count
}
