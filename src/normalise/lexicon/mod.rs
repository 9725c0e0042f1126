//! The user's own dictionary: how words are to be said. It wins over every rule.
//!
//! The file is TOML:
//!
//! ```toml
//! [words]
//! "Kyjiw" = "Kijiw"
//! "Xi Jinping" = "Schi Dschinping"
//! "UN" = { say = "Vereinte Nationen" }
//! "gif" = { say = "dschiff", ignore_case = true }
//! ```
//!
//! An entry matches whole words. Its case counts, except that an entry in small letters also matches with a capital at the
//! start, as a sentence begins; `ignore_case` drops all difference. `ipa` is for natural voices.

mod file;
mod pls;

pub use pls::Imported;

use std::{
    collections::{BTreeMap, HashMap},
    io,
    path::PathBuf,
};

/// A dictionary has at most this many entries.
pub const MAX_ENTRIES: usize = 100_000;
/// Longest word and longest spoken form, in bytes.
pub const MAX_LENGTH: usize = 500;
/// Largest file that is read, in bytes.
pub const MAX_FILE: u64 = 20 << 20;

/// How a word is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// In ordinary German spelling.
    pub say: String,
    /// Whether `gif` also matches `GIF` and `Gif`.
    pub ignore_case: bool,
    /// Pronunciation in the International Phonetic Alphabet, for natural voices.
    pub ipa: Option<String>,
}

/// The user's own dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexicon {
    entries: BTreeMap<String, Entry>,
    /// First word of an entry in small letters → the entries that begin with it, the longest first.
    index: HashMap<String, Vec<String>>,
}

/// Why an entry is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EntryFault {
    /// The word is empty.
    #[error("the word is empty")]
    EmptyWord,
    /// There is nothing to say.
    #[error("nothing is given that could be said")]
    EmptySpoken,
    /// The word or the spoken form is too long.
    #[error("it is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// Control characters or markup in the spoken form.
    #[error("control characters, `<` and `>` cannot be said")]
    Unspeakable,
    /// The value is neither text nor a table with `say`.
    #[error("expected \"so sprechen\" or {{ say = \"so sprechen\" }}")]
    Form,
    /// A field that does not exist.
    #[error("only say, ignore_case and ipa can be given")]
    UnknownField,
    /// The dictionary is full.
    #[error("there are more than {MAX_ENTRIES} entries")]
    TooMany,
}

/// What can go wrong with a dictionary.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// The file could not be read.
    #[error("the dictionary {path} could not be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is larger than [`MAX_FILE`].
    #[error("the dictionary {path} is larger than {} MiB", MAX_FILE >> 20)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be written; the old one is untouched.
    #[error("the dictionary {path} could not be written")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The file is not TOML.
    #[error("line {line} of the dictionary is not TOML")]
    Toml {
        /// Line, counted from 1.
        line: usize,
        /// Why.
        #[source]
        source: Box<toml_edit::TomlError>,
    },
    /// There is something else than `[words]`.
    #[error("line {line} of the dictionary: \"{key}\" is unknown; entries stand under [words]")]
    UnknownKey {
        /// Line, counted from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// An entry is wrong.
    #[error("line {line} of the dictionary, entry \"{word}\"")]
    Entry {
        /// Line, counted from 1; 0 if the entry does not come from a file.
        line: usize,
        /// The word.
        word: String,
        /// What is wrong with it.
        #[source]
        source: EntryFault,
    },
    /// The file to import is not XML.
    #[error("line {line} of the lexicon is not well-formed XML")]
    Xml {
        /// Line, counted from 1.
        line: usize,
        /// Why.
        #[source]
        source: Box<quick_xml::Error>,
    },
    /// The file to import is XML, but no pronunciation lexicon that can be read.
    #[error("line {line} of the lexicon: {fault}")]
    Pls {
        /// Line, counted from 1.
        line: usize,
        /// What is wrong.
        fault: pls::PlsFault,
    },
}

pub use pls::PlsFault;

impl Lexicon {
    /// The entries in alphabetical order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries
            .iter()
            .map(|(word, entry)| (word.as_str(), entry))
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of exactly this word.
    #[must_use]
    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.entries.get(&tidy(word))
    }

    /// Adds or replaces an entry and gives back the one it replaces.
    ///
    /// # Errors
    /// If the word or the spoken form is empty, too long, or holds what cannot be said, or the dictionary is full.
    pub fn add(&mut self, word: &str, entry: Entry) -> Result<Option<Entry>, EntryFault> {
        let word = tidy(word);
        let entry = Entry {
            say: tidy(&entry.say),
            ..entry
        };
        check(&word, &entry)?;
        if self.entries.len() >= MAX_ENTRIES && !self.entries.contains_key(&word) {
            return Err(EntryFault::TooMany);
        }
        let old = self.entries.insert(word.clone(), entry);
        if old.is_none() {
            let same_head = self.index.entry(head(&word).to_lowercase()).or_default();
            same_head.push(word);
            same_head.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        Ok(old)
    }

    /// Removes an entry and gives it back; `None` if there is none.
    pub fn remove(&mut self, word: &str) -> Option<Entry> {
        let word = tidy(word);
        let old = self.entries.remove(&word)?;
        let head = head(&word).to_lowercase();
        if let Some(same_head) = self.index.get_mut(&head) {
            same_head.retain(|other| *other != word);
            if same_head.is_empty() {
                self.index.remove(&head);
            }
        }
        Some(old)
    }

    /// The longest entry that matches `text` at byte `at`, where a word begins, and the length of the match in bytes.
    #[must_use]
    pub fn find(&self, text: &str, at: usize) -> Option<(usize, &Entry)> {
        if self.index.is_empty() {
            return None;
        }
        let rest = &text[at..];
        let first = head(rest);
        // No entry is longer; without this a text of one endless word would be copied at each place.
        if first.is_empty() || first.len() > MAX_LENGTH {
            return None;
        }
        let candidates = self
            .index
            .get(first)
            .or_else(|| self.index.get(&first.to_lowercase()))?;
        candidates.iter().find_map(|word| {
            let entry = self.entries.get(word)?;
            let length = match_length(word, rest, entry.ignore_case)?;
            Some((length, entry))
        })
    }
}

/// White space outside off, inside single.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(word: &str, entry: &Entry) -> Result<(), EntryFault> {
    if word.is_empty() {
        return Err(EntryFault::EmptyWord);
    }
    if entry.say.is_empty() && entry.ipa.is_none() {
        return Err(EntryFault::EmptySpoken);
    }
    if word.len() > MAX_LENGTH
        || entry.say.len() > MAX_LENGTH
        || entry.ipa.as_ref().is_some_and(|ipa| ipa.len() > MAX_LENGTH)
    {
        return Err(EntryFault::TooLong);
    }
    if word.chars().chain(entry.say.chars()).any(char::is_control) || entry.say.contains(['<', '>'])
    {
        return Err(EntryFault::Unspeakable);
    }
    Ok(())
}

/// The first word, or the first character where no word begins.
fn head(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    if end > 0 {
        return &text[..end];
    }
    let end = text.chars().next().map_or(0, char::len_utf8);
    &text[..end]
}

/// How many bytes of `text` the entry covers; `None` if it does not match there as whole words.
fn match_length(word: &str, text: &str, ignore_case: bool) -> Option<usize> {
    let sentence_start = !word.contains(char::is_uppercase);
    let mut rest = text.char_indices().peekable();
    let mut first = true;
    for wanted in word.chars() {
        if wanted == ' ' {
            // Any white space, also a line break, stands for the blank.
            rest.next_if(|(_, c)| c.is_whitespace())?;
            while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        let (_, found) = rest.next()?;
        let same = found == wanted
            || ((ignore_case || (first && sentence_start))
                && found.to_lowercase().eq(wanted.to_lowercase()));
        if !same {
            return None;
        }
        first = false;
    }
    let length = rest.peek().map_or(text.len(), |(at, _)| *at);
    let ends = word.chars().next_back().is_some_and(char::is_alphanumeric)
        && text[length..].starts_with(char::is_alphanumeric);
    (!ends).then_some(length)
}

/// The line of a byte offset, counted from 1.
fn line_of(text: &str, offset: usize) -> usize {
    1 + text.get(..offset).unwrap_or(text).matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(entries: &[(&str, &str)]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (word, say) in entries {
            lexicon
                .add(
                    word,
                    Entry {
                        say: (*say).into(),
                        ..Entry::default()
                    },
                )
                .expect("a good entry");
        }
        lexicon
    }

    #[test]
    fn whole_words_match_and_the_longest_wins() {
        let mut lexicon = lexicon(&[
            ("Xi", "Schi"),
            ("Xi Jinping", "Schi Dschinping"),
            ("heuer", "dieses Jahr"),
            ("§ 218", "Paragraf zwei achtzehn"),
        ]);
        lexicon
            .add(
                "gif",
                Entry {
                    say: "dschiff".into(),
                    ignore_case: true,
                    ipa: None,
                },
            )
            .expect("a good entry");
        let said = |text: &str| {
            lexicon
                .find(text, 0)
                .map(|(length, entry)| (length, entry.say.clone()))
        };
        assert_eq!(
            said("Xi Jinping kommt"),
            Some((10, "Schi Dschinping".into()))
        );
        assert_eq!(
            said("Xi\u{a0}Jinping kommt"),
            Some((11, "Schi Dschinping".into()))
        );
        assert_eq!(said("Xi kommt"), Some((2, "Schi".into())));
        assert_eq!(said("Xian"), None);
        assert_eq!(said("XI"), None);
        assert_eq!(said("Heuer kommt"), Some((5, "dieses Jahr".into())));
        assert_eq!(said("GIF."), Some((3, "dschiff".into())));
        assert_eq!(
            said("§ 218 StGB").map(|(length, _)| length),
            Some("§ 218".len())
        );
    }

    #[test]
    fn what_cannot_be_said_is_refused() {
        let mut lexicon = Lexicon::default();
        let mut add = |word: &str, say: &str| {
            lexicon
                .add(
                    word,
                    Entry {
                        say: say.into(),
                        ..Entry::default()
                    },
                )
                .unwrap_err()
        };
        assert_eq!(add(" ", "a"), EntryFault::EmptyWord);
        assert_eq!(add("a", " "), EntryFault::EmptySpoken);
        assert_eq!(add("a", "<genfile file=\"x\"/>"), EntryFault::Unspeakable);
        assert_eq!(add("a", "x\u{1b}[0m"), EntryFault::Unspeakable);
        assert_eq!(add(&"a".repeat(600), "x"), EntryFault::TooLong);
    }

    #[test]
    fn a_removed_word_no_longer_matches() {
        let mut lexicon = lexicon(&[("Xi", "Schi")]);
        assert_eq!(
            lexicon.remove("Xi").map(|entry| entry.say),
            Some("Schi".into())
        );
        assert_eq!(lexicon.remove("Xi"), None);
        assert_eq!(lexicon.find("Xi", 0), None);
        assert_eq!(lexicon, Lexicon::default());
    }
}
