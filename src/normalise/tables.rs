//! Reading of the tables, and finding their written forms in a text.

use super::{
    text::TextOptions,
    token::{Kind, Sheet},
};
use std::collections::HashMap;

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
    by_head: HashMap<String, Vec<Entry<T>>>,
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
        let mut by_head: HashMap<String, Vec<Entry<T>>> = HashMap::new();
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

    /// Whether a written form of a single word, without full stop, is exactly this.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.by_head
            .get(word)
            .is_some_and(|entries| entries.iter().any(|entry| entry.parts.len() == 1))
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
