//! Acronyms: spelled (`CDU`), spoken as words (`NATO`), or as the table says (`GmbH`, `dpa`); unknown ones by how they can be spoken.

use super::{Match, Rule, ordinal::capitalise};
use crate::normalise::{
    tables::{Index, cell, rows},
    token::{Kind, Sheet},
};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

const TABLE: &str = include_str!("../tables/acronyms.tsv");

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Der IWF senkt die Prognose.",
        "Der I W F senkt die Prognose.",
    ),
    (
        "Das US-Militär und die US-Regierung schweigen.",
        "Das U S-Militär und die U S-Regierung schweigen.",
    ),
    ("Der DAX schloss im Plus.", "Der Dax schloss im Plus."),
    (
        "Die CDU/CSU-Fraktion stimmte zu.",
        "Die C D U C S U-Fraktion stimmte zu.",
    ),
    ("Der CDU-Chef und die AKWs", "Der C D U-Chef und die A K Ws"),
    (
        "Die WHO warnt, die UNICEF hilft.",
        "Die W H O warnt, die Unicef hilft.",
    ),
    ("Luxus-PCs", "Luxus-P Cs"),
    ("EILMELDUNG", "Eilmeldung"),
    ("Die XYZQ tagt.", "Die X Y Z Q tagt."),
    ("nach dem StGB", "nach dem S t G B"),
];

/// Written forms of several atoms, such as `AT&T` and `E.ON`.
static INDEX: LazyLock<Index<&'static str>> = LazyLock::new(|| {
    Index::new(rows(TABLE).filter_map(|row| Some((cell(&row, 0)?, cell(&row, 1)?))))
});

/// Words that are acronyms though they have but one capital or none: `Kfz`, `dpa`.
static HEADS: LazyLock<HashSet<String>> = LazyLock::new(|| INDEX.plain_heads());

/// Whether an acronym that does not look like one may start with this word.
#[must_use]
pub fn is_head(word: &str) -> bool {
    HEADS.contains(word)
}

/// Written to spoken form.
static ROWS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for row in rows(TABLE) {
        let (Some(written), Some(spoken)) = (cell(&row, 0), cell(&row, 1)) else {
            continue;
        };
        map.insert(written, spoken);
        if let Some(plural) =
            cell(&row, 3).filter(|plural| plural.starts_with(written) && *plural != written)
        {
            let ending = &plural[written.len()..];
            let spoken: &'static str = Box::leak(format!("{spoken}{ending}").into_boxed_str());
            map.insert(plural, spoken);
        }
    }
    map
});

/// The rule.
#[derive(Debug)]
pub struct Acronym;

impl Rule for Acronym {
    fn name(&self) -> &'static str {
        "acronym"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        if sheet.kind(i) != Some(Kind::Word)
            || sheet.glued_left(i) && sheet.digits(i.wrapping_sub(1)).is_none()
        {
            return None;
        }
        if let Some((spoken, end)) = INDEX.find(sheet, i).find(|(_, end)| {
            end - i > 1 && !(sheet.glued_right(*end) && sheet.glued_right(end - 1))
        }) {
            return Some(Match::new(end, (*spoken).to_owned()));
        }
        let text = letters(sheet.text(i))?;
        Some(Match::new(i + 1, text))
    }
}

/// How an acronym is said; `None` for what is none.
#[must_use]
pub fn letters(word: &str) -> Option<String> {
    if let Some(row) = ROWS.get(word) {
        return Some((*row).to_owned());
    }
    let count = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals < 2 {
        return None;
    }
    // `AKWs`, `GmbHs`, `CDUs`; `'s` as well
    for ending in ["'s", "’s", "s", "es", "er", "ler"] {
        if let Some(stem) = word.strip_suffix(ending)
            && !stem.is_empty()
            && stem.chars().all(char::is_uppercase)
            && stem.chars().count() >= 2
        {
            let ending = ending.trim_start_matches(['\'', '’']);
            if let Some(row) = ROWS.get(stem) {
                return Some(format!("{row}{ending}"));
            }
            return Some(format!("{}{ending}", unknown(stem)));
        }
    }
    if capitals == count {
        return Some(unknown(word));
    }
    // `JPMorgan`: initials run into a name.
    let run = word.chars().take_while(|c| c.is_uppercase()).count();
    if run >= 3 && run == capitals && count - run >= 3 {
        let at = word.char_indices().nth(run - 1).map_or(0, |(at, _)| at);
        return Some(format!("{} {}", spell(&word[..at]), &word[at..]));
    }
    // `BvR`, `StGB`, `GmbH`: short, capitals in the majority, no small vowel.
    let small_vowel = word
        .chars()
        .any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'ä' | 'ö' | 'ü'));
    if count <= 6
        && capitals >= 2
        && capitals * 2 >= count
        && !small_vowel
        && word.ends_with(char::is_uppercase)
    {
        return Some(spell(word));
    }
    None
}

/// A word in capitals that no table knows: spelled if short or unpronounceable, else a word.
fn unknown(word: &str) -> String {
    let count = word.chars().count();
    if count <= 3 || !pronounceable(word) || count == 4 && !open(word) {
        return spell(word);
    }
    let mut text = word.to_lowercase();
    capitalise(&mut text);
    text
}

/// Letters one by one.
fn spell(word: &str) -> String {
    let mut text = String::with_capacity(word.len() * 2);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Ä' | 'Ö' | 'Ü' | 'É')
}

/// Consonants that German words begin with.
const ONSETS: [&str; 38] = [
    "BL", "BR", "CH", "CL", "CR", "DR", "FL", "FR", "GL", "GN", "GR", "KL", "KN", "KR", "PF", "PH",
    "PL", "PR", "PS", "QU", "RH", "SCH", "SK", "SL", "SM", "SN", "SP", "SPR", "ST", "STR", "SW",
    "TH", "TR", "TS", "TW", "WR", "ZW", "SC",
];

/// Whether German could speak the word: vowels, a beginning that German words have, and no run of consonants that no German syllable border has.
fn pronounceable(word: &str) -> bool {
    let head = word.find(is_vowel).map_or(word, |at| &word[..at]);
    if head.chars().count() > 1 && !ONSETS.contains(&head) {
        return false;
    }
    let mut consonants = 0;
    let mut vowels = 0;
    let mut at_start = true;
    for c in word.chars() {
        if is_vowel(c) {
            vowels += 1;
            consonants = 0;
            at_start = false;
        } else {
            consonants += 1;
            if consonants > if at_start { 3 } else { 5 } {
                return false;
            }
        }
    }
    vowels > 0 && consonants <= 4
}

/// Whether a word of four letters is built like a word: consonants and vowels take turns, as in `NATO`, `UEFA`, `BAMF`.
fn open(word: &str) -> bool {
    let shape: String = word
        .chars()
        .map(|c| if is_vowel(c) { 'v' } else { 'c' })
        .collect();
    matches!(shape.as_str(), "cvcv" | "cvvc" | "vcvc" | "cvcc")
}
