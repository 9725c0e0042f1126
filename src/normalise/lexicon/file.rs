//! The dictionary's file: read with the line of each fault, written as a whole or not at all.

use super::{Entry, EntryFault, Lexicon, LexiconError, MAX_FILE, line_of};
use std::{
    fs,
    io::{self, Read, Write},
    path::Path,
};
use toml_edit::{Document, DocumentMut, InlineTable, Item, TableLike, Value, value};

const WORDS: &str = "words";

impl Lexicon {
    /// Reads a dictionary. A file that does not exist is an empty dictionary.
    ///
    /// # Errors
    /// If it cannot be read, is too large, is not TOML, or an entry is wrong; with the line.
    pub fn load(path: &Path) -> Result<Self, LexiconError> {
        match read(path)? {
            Some(text) => Self::from_toml(&text),
            None => Ok(Self::default()),
        }
    }

    /// Reads a dictionary from TOML.
    ///
    /// # Errors
    /// If it is not TOML, or an entry is wrong; with the line.
    pub fn from_toml(text: &str) -> Result<Self, LexiconError> {
        let document = Document::parse(text).map_err(|source| syntax(text, source))?;
        let line =
            |span: Option<std::ops::Range<usize>>| span.map_or(1, |span| line_of(text, span.start));
        let mut lexicon = Self::default();
        for (name, item) in document.as_table() {
            let unknown = || LexiconError::UnknownKey {
                line: line(
                    document
                        .as_table()
                        .key(name)
                        .and_then(toml_edit::Key::span)
                        .or(item.span()),
                ),
                key: name.to_owned(),
            };
            if name != WORDS {
                return Err(unknown());
            }
            let words = item.as_table_like().ok_or_else(unknown)?;
            for (word, item) in words.iter() {
                let span = words
                    .key(word)
                    .and_then(toml_edit::Key::span)
                    .or(item.span());
                let fault = |source| LexiconError::Entry {
                    line: line(span.clone()),
                    word: word.to_owned(),
                    source,
                };
                let entry = entry(item).map_err(fault)?;
                lexicon.add(word, entry).map_err(fault)?;
            }
        }
        Ok(lexicon)
    }

    /// Writes the dictionary to a file. What is there already keeps its comments and order. The file is replaced as a whole,
    /// so a failure leaves the old one untouched.
    ///
    /// # Errors
    /// If the old file is no dictionary, or the new one cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), LexiconError> {
        let old = read(path)?.unwrap_or_default();
        let text = self.merged_into(&old)?;
        replace(path, &text).map_err(|source| LexiconError::Write {
            path: path.to_owned(),
            source,
        })
    }

    fn merged_into(&self, old: &str) -> Result<String, LexiconError> {
        let before = Self::from_toml(old)?;
        let mut document = old
            .parse::<DocumentMut>()
            .map_err(|source| syntax(old, source))?;
        let item = document
            .entry(WORDS)
            .or_insert(Item::Table(toml_edit::Table::new()));
        if let Some(words) = item.as_table_like_mut() {
            let gone: Vec<String> = words
                .iter()
                .map(|(word, _)| word.to_owned())
                .filter(|word| self.get(word).is_none())
                .collect();
            for word in gone {
                words.remove(&word);
            }
            for (word, entry) in self.entries() {
                if before.get(word) != Some(entry) {
                    words.insert(word, write_entry(entry));
                }
            }
        }
        Ok(document.to_string())
    }
}

fn read(path: &Path) -> Result<Option<String>, LexiconError> {
    let fault = |source| LexiconError::Read {
        path: path.to_owned(),
        source,
    };
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error)),
    };
    let mut text = String::new();
    file.take(MAX_FILE + 1)
        .read_to_string(&mut text)
        .map_err(fault)?;
    if text.len() as u64 > MAX_FILE {
        return Err(LexiconError::TooLarge {
            path: path.to_owned(),
        });
    }
    Ok(Some(text))
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    // A link (dotfiles kept in a repository) stays a link: its target is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

fn syntax(text: &str, source: toml_edit::TomlError) -> LexiconError {
    LexiconError::Toml {
        line: source.span().map_or(1, |span| line_of(text, span.start)),
        source: Box::new(source),
    }
}

fn entry(item: &Item) -> Result<Entry, EntryFault> {
    if let Some(say) = item.as_str() {
        return Ok(Entry {
            say: say.to_owned(),
            ..Entry::default()
        });
    }
    let table: &dyn TableLike = item.as_table_like().ok_or(EntryFault::Form)?;
    let mut entry = Entry::default();
    for (field, item) in table.iter() {
        match field {
            "say" => item
                .as_str()
                .ok_or(EntryFault::Form)?
                .clone_into(&mut entry.say),
            "ignore_case" => entry.ignore_case = item.as_bool().ok_or(EntryFault::Form)?,
            "ipa" => entry.ipa = Some(item.as_str().ok_or(EntryFault::Form)?.to_owned()),
            _ => return Err(EntryFault::UnknownField),
        }
    }
    Ok(entry)
}

fn write_entry(entry: &Entry) -> Item {
    if !entry.ignore_case && entry.ipa.is_none() {
        return value(entry.say.as_str());
    }
    let mut table = InlineTable::new();
    if !entry.say.is_empty() {
        table.insert("say", Value::from(entry.say.as_str()));
    }
    if entry.ignore_case {
        table.insert("ignore_case", Value::from(true));
    }
    if let Some(ipa) = &entry.ipa {
        table.insert("ipa", Value::from(ipa.as_str()));
    }
    value(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# mine\n[words]\n\"Kyjiw\" = \"Kijiw\" # the city\ngif = { say = \"dschiff\", ignore_case = true }\n\"Łódź\" = { ipa = \"wut͡ɕ\" }\n";

    #[test]
    fn a_file_is_read_and_written_back_with_its_comments() {
        let mut lexicon = Lexicon::from_toml(FILE).expect("a good file");
        assert_eq!(lexicon.len(), 3);
        assert_eq!(lexicon.merged_into(FILE).expect("merges"), FILE);
        lexicon.remove("gif");
        lexicon
            .add(
                "Xi",
                Entry {
                    say: "Schi".into(),
                    ..Entry::default()
                },
            )
            .expect("good");
        let text = lexicon.merged_into(FILE).expect("merges");
        assert!(
            text.contains("# the city") && text.contains("Xi = \"Schi\"") && !text.contains("gif"),
            "{text}"
        );
        assert_eq!(Lexicon::from_toml(&text).expect("reads"), lexicon);
    }

    #[test]
    fn faults_name_their_line() {
        let line = |text: &str| match Lexicon::from_toml(text) {
            Err(
                LexiconError::Toml { line, .. }
                | LexiconError::Entry { line, .. }
                | LexiconError::UnknownKey { line, .. },
            ) => line,
            other => panic!("{text:?} gave {other:?}"),
        };
        assert_eq!(line("[words]\na = \"b\"\nc = \n"), 3);
        assert_eq!(line("[words]\na = \"b\"\nc = 5\n"), 3);
        assert_eq!(line("[words]\na = { say = \"b\", wie = 1 }\n"), 2);
        assert_eq!(line("[words]\na = \"\"\n"), 2);
        assert_eq!(line("\n[wörter]\na = \"b\"\n"), 2);
        assert_eq!(line("words = 3\n"), 1);
    }

    #[test]
    fn saving_replaces_the_file_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/lexicon.toml");
        let mut lexicon = Lexicon::load(&path).expect("no file is an empty dictionary");
        lexicon
            .add(
                "Xi",
                Entry {
                    say: "Schi".into(),
                    ..Entry::default()
                },
            )
            .expect("good");
        lexicon.save(&path).expect("writes");
        assert_eq!(Lexicon::load(&path).expect("reads"), lexicon);
        // A file that is no dictionary is not overwritten.
        fs::write(&path, "not = [toml").expect("writes");
        assert!(lexicon.save(&path).is_err());
        assert_eq!(fs::read_to_string(&path).expect("reads"), "not = [toml");
        assert_eq!(
            fs::read_dir(path.parent().expect("a folder"))
                .expect("lists")
                .count(),
            1,
            "no leftovers"
        );
    }
}
