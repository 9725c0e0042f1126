//! Names and foreign words that a German voice misreads, spelled so that any engine says them right.
//!
//! `tables/names.tsv` gives the respelling and the language of origin. Only the text for the engine is respelled
//! ([`Utterance::respelled`](crate::Utterance::respelled)); what is shown keeps its spelling.

use super::tables;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// As written: `Macron`.
    pub written: &'static str,
    /// As an engine is to read it: `Makrong`.
    pub respelled: &'static str,
    /// BCP 47 tag of the origin: `fr`.
    pub language: &'static str,
}

impl Name {
    /// `Xi` of `Xi Jinping`.
    #[must_use]
    pub fn first_word(&self) -> &'static str {
        &self.written[..word_end(self.written)]
    }
}

/// One name that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respelling {
    /// The row.
    pub name: Name,
    /// As it stands in the text, with its ending: `Macrons`.
    pub written: String,
    /// With the ending: `Makrongs`.
    pub respelled: String,
}

/// First word of a name → the names that begin with it, the longest first.
static NAMES: LazyLock<HashMap<&'static str, Vec<Name>>> = LazyLock::new(|| {
    let mut index: HashMap<&'static str, Vec<Name>> = HashMap::new();
    for row in tables::rows(include_str!("tables/names.tsv")) {
        if let [written, respelled, language, ..] = row[..] {
            let name = Name {
                written,
                respelled,
                language,
            };
            index.entry(name.first_word()).or_default().push(name);
        }
    }
    for names in index.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.written.len()));
    }
    index
});

/// Respells all names in a text, except those that `keep` wants as they are, and tells which. Borrowed if there are none.
#[must_use]
pub fn respell(text: &str, keep: impl Fn(Name) -> bool) -> (Cow<'_, str>, Vec<Respelling>) {
    let mut found = Vec::new();
    let mut respelled = String::new();
    let mut copied = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let end = word_end(rest);
        if end == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        match NAMES
            .get(&rest[..end])
            .or_else(|| genitive_stem(&rest[..end]).and_then(|stem| NAMES.get(stem)))
            .and_then(|names| {
                names
                    .iter()
                    .filter(|name| !keep(**name))
                    .find_map(|name| matched(*name, rest))
            }) {
            Some(hit) => {
                respelled.push_str(&text[copied..at]);
                respelled.push_str(&hit.respelled);
                at += hit.written.len();
                copied = at;
                found.push(hit);
            }
            None => at += end,
        }
    }
    if found.is_empty() {
        return (Cow::Borrowed(text), found);
    }
    respelled.push_str(&text[copied..]);
    (Cow::Owned(respelled), found)
}

fn word_end(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len())
}

fn genitive_stem(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|stem| stem.len() > 2)
}

/// The name at the start of a text, with a genitive ending: `Macrons`, `Cruz'`.
fn matched(name: Name, text: &str) -> Option<Respelling> {
    let after = text.strip_prefix(name.written)?;
    let ending = if !after.starts_with(char::is_alphanumeric) {
        // An apostrophe is only read as a part of the name if nothing follows it.
        let apostrophe = after.chars().next().filter(|c| matches!(c, '\'' | '’'));
        match apostrophe {
            Some(c) if !after[c.len_utf8()..].starts_with(char::is_alphanumeric) => c.len_utf8(),
            _ => 0,
        }
    } else if after.starts_with('s') && !after[1..].starts_with(char::is_alphanumeric) {
        1
    } else {
        return None;
    };
    let mut respelled = name.respelled.to_owned();
    if &after[..ending] == "s" && !respelled.ends_with(['s', 'ß', 'x', 'z']) {
        respelled.push('s');
    }
    Some(Respelling {
        name,
        written: text[..name.written.len() + ending].to_owned(),
        respelled,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_s_example_is_right() {
        let wrong: Vec<String> = tables::rows(include_str!("tables/names.tsv"))
            .filter_map(|row| {
                let [.., example, expected] = row[..] else {
                    return Some(format!("{row:?}: too few columns"));
                };
                let got = respell(example, |_| false).0;
                (got != expected)
                    .then(|| format!("{example:?}\n  want {expected:?}\n  got  {got:?}"))
            })
            .collect();
        assert!(
            wrong.is_empty(),
            "{} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }

    #[test]
    fn endings_are_kept_and_parts_of_words_left() {
        assert_eq!(
            respell("Macrons Rede, Macron-Gegner", |_| false).0,
            "Makrongs Rede, Makrong-Gegner"
        );
        assert_eq!(
            respell("Macronie", |_| false),
            (Cow::Borrowed("Macronie"), Vec::new())
        );
    }
}
