//! Reading of the tables, and finding their written forms in a text.

use super::{
    text::TextOptions,
    token::{Kind, Sheet},
};
use rustc_hash::{FxHashMap, FxHashSet};

/// The rows of a table, without comments and empty lines.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// A cell; `None` for `-`.
pub(super) fn cell<'r>(row: &[&'r str], column: usize) -> Option<&'r str> {
    row.get(column)
        .copied()
        .filter(|cell| !cell.is_empty() && *cell != "-")
}

/// Written forms of several atoms, found by their first.
#[derive(Debug)]
pub(super) struct Index<T> {
    by_head: FxHashMap<String, Vec<Entry<T>>>,
}

#[derive(Debug)]
struct Entry<T> {
    /// The atoms, each with whether white space may stand before it.
    parts: Vec<(String, bool)>,
    row: T,
}

impl<T> Index<T> {
    pub(super) fn new(rows: impl Iterator<Item = (&'static str, T)>) -> Self {
        let options = TextOptions::default();
        let mut by_head: FxHashMap<String, Vec<Entry<T>>> = FxHashMap::default();
        for (written, row) in rows {
            let sheet = Sheet::new(written, &options);
            let mut parts = Vec::new();
            let mut space = false;
            for i in 0..sheet.len() {
                if sheet.kind(i) == Some(Kind::Space) {
                    space = true;
                } else {
                    parts.push((sheet.text(i).to_owned(), space));
                    space = false;
                }
            }
            let Some((head, _)) = parts.first() else {
                continue;
            };
            by_head
                .entry(head.clone())
                .or_default()
                .push(Entry { parts, row });
        }
        for entries in by_head.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.parts.len()));
        }
        Self { by_head }
    }

    /// Rows whose written form starts at atom `i`, the longest first, each with the place behind it.
    pub(super) fn find(&self, sheet: &Sheet, i: usize) -> impl Iterator<Item = (&T, usize)> {
        self.find_as(sheet, i, sheet.text(i))
    }

    /// The same with another spelling of the first atom.
    pub(super) fn find_as(
        &self,
        sheet: &Sheet,
        i: usize,
        head: &str,
    ) -> impl Iterator<Item = (&T, usize)> {
        self.by_head
            .get(head)
            .into_iter()
            .flatten()
            .filter_map(move |entry| Some((&entry.row, entry.end(sheet, i)?)))
    }

    /// Words that open a written form and are not marked as an abbreviation by a full stop or capitals, so that the text gives
    /// no other sign that something is to be found there.
    pub(super) fn plain_heads(&self) -> FxHashSet<String> {
        let plain = |entry: &Entry<T>| entry.parts.get(1).is_none_or(|(part, _)| part != ".");
        self.by_head
            .iter()
            .filter(|(head, entries)| {
                entries.iter().any(plain) && !head.chars().skip(1).any(char::is_uppercase)
            })
            .map(|(head, _)| head.clone())
            .collect()
    }
}

impl<T> Entry<T> {
    fn end(&self, sheet: &Sheet, i: usize) -> Option<usize> {
        let mut at = i + 1;
        for (part, space) in &self.parts[1..] {
            if *space {
                at = sheet.skip_space(at);
            }
            if !sheet.is(at, part) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::line;

    /// Name, text, columns of the example and of what it is to say.
    const TABLES: &[(&str, &str, Option<usize>)] = &[
        (
            "abbreviations",
            include_str!("tables/abbreviations.tsv"),
            Some(8),
        ),
        ("acronyms", include_str!("tables/acronyms.tsv"), Some(4)),
        ("currencies", include_str!("tables/currencies.tsv"), Some(7)),
        ("units", include_str!("tables/units.tsv"), Some(5)),
        ("nouns", include_str!("tables/nouns.tsv"), None),
        ("first_names", include_str!("tables/first_names.tsv"), None),
    ];

    /// Without punctuation, which the tables do not care for, and with the first letter as inside of a sentence.
    fn plain(text: &str) -> String {
        let text = text.replace(['(', ')', ',', '.', '„', '“', '‚', '‘', '»', '«'], " ");
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    }

    #[test]
    fn every_row_says_its_example() {
        let options = TextOptions::default();
        let mut wrong = Vec::new();
        for (name, table, example) in TABLES {
            let Some(column) = example else { continue };
            for row in rows(table) {
                let (Some(written), Some(spoken)) = (cell(&row, *column), cell(&row, column + 1))
                else {
                    wrong.push(format!("{name}: {row:?} has no example"));
                    continue;
                };
                let got = line(written, &options);
                if plain(&got) != plain(spoken) {
                    wrong.push(format!(
                        "{name}: {written:?}\n  want {spoken:?}\n  got  {got:?}"
                    ));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }

    #[test]
    fn every_row_is_unique() {
        let mut twice = Vec::new();
        for (name, table, _) in TABLES {
            let mut seen = std::collections::HashSet::new();
            for row in rows(table) {
                // An abbreviation may have a row for each context, a noun one for each gender.
                let key = match *name {
                    "abbreviations" => format!("{}\t{}", row[0], row[7]),
                    "nouns" => format!("{}\t{}", row[0], row[1]),
                    _ => row[0].to_owned(),
                };
                if !seen.insert(key) {
                    twice.push(format!("{name}: {}", row[0]));
                }
            }
        }
        assert!(twice.is_empty(), "twice: {}", twice.join(", "));
    }
}
