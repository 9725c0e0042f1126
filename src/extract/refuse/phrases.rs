//! The phrases of `tables/refusals.tsv`: what is written on pages that hold no article.

use crate::extract::vocabulary::rows;
use std::{borrow::Cow, sync::LazyLock};

/// Longer lines are running text, where an offer or an error page is talked about.
const LONGEST: usize = 300;

/// What a phrase of the table gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// An offer to subscribe, made to readers of this very article.
    Paywall,
    /// That this very article is not for everybody; such a phrase is one of [`Sign::Paywall`] too.
    Locked,
    /// A request for consent, or the button that gives it.
    Consent,
    /// That JavaScript is needed, or that the browser is checked.
    Script,
    /// That there is no such page.
    Error,
    /// That one is to log in here.
    Login,
}

/// Where a phrase counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Text,
    Title,
    WholeTitle,
}

struct Phrase {
    /// Normalised, with a space on both sides where a word begins and ends; the text between two parts is free.
    parts: Vec<String>,
    place: Where,
    sign: Sign,
}

static PHRASES: LazyLock<Vec<Phrase>> = LazyLock::new(|| {
    rows(include_str!("../tables/refusals.tsv"))
        .filter_map(|row| Phrase::read(&row))
        .collect()
});

impl Phrase {
    fn read(row: &[&str]) -> Option<Self> {
        let place = match *row.get(1)? {
            "text" => Where::Text,
            "title" => Where::Title,
            "whole title" => Where::WholeTitle,
            _ => return None,
        };
        let sign = match *row.get(2)? {
            "paywall" => Sign::Paywall,
            "locked" => Sign::Locked,
            "login" => Sign::Login,
            "consent" => Sign::Consent,
            "script" => Sign::Script,
            "error" => Sign::Error,
            _ => return None,
        };
        let written = *row.first()?;
        let open_end = written.ends_with('*');
        let mut parts: Vec<String> = written
            .split('…')
            .map(|part| normal(part).trim().to_owned())
            .collect();
        // What follows `…` may be the end of a word: `Digital-Abo`, `Beispiel+`.
        if let Some(first) = parts.first_mut() {
            first.insert(0, ' ');
        }
        if let Some(last) = parts.last_mut().filter(|_| !open_end) {
            last.push(' ');
        }
        Some(Self { parts, place, sign })
    }

    /// Whether the normalised text holds the phrase.
    fn is_in(&self, text: &str) -> bool {
        const FREE: usize = 40;
        let Some((first, rest)) = self.parts.split_first() else {
            return false;
        };
        // Pages of many short lines are the slow ones: setting up a search costs more than the search.
        if first.len() > text.len() {
            return false;
        }
        text.match_indices(first.as_str()).any(|(at, _)| {
            let mut from = at + first.len();
            rest.iter().all(|part| {
                text[from..]
                    .find(part.as_str())
                    .filter(|gap| *gap <= FREE)
                    .map(|gap| from += gap + part.len())
                    .is_some()
            })
        })
    }
}

/// The form in which phrases are compared: small letters, one space for anything that is no letter, digit or `+`, and a
/// space on both sides.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() || c == '+' {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// All that a line gives away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs(u8);

impl Signs {
    /// Whether a sign is among them.
    pub fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u8) != 0
    }

    fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u8;
        if sign == Sign::Locked {
            self.add(Sign::Paywall);
        }
    }
}

/// What a line gives away of the page.
pub fn signs(line: &str) -> Signs {
    let mut found = Signs::default();
    if line.chars().count() > LONGEST {
        return found;
    }
    let line = normal(&unquoted(line));
    for phrase in PHRASES.iter().filter(|phrase| phrase.place == Where::Text) {
        if !found.has(phrase.sign) && phrase.is_in(&line) {
            found.add(phrase.sign);
        }
    }
    found
}

/// Whether a line gives away that the page is of a kind.
pub fn gives_away(line: &str, sign: Sign) -> bool {
    signs(line).has(sign)
}

/// A line without what somebody is quoted with: an article may write about pages that are none.
fn unquoted(line: &str) -> Cow<'_, str> {
    const OPENING: [char; 3] = ['„', '»', '«'];
    if !line.contains(OPENING) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find(OPENING) {
        out.push_str(&rest[..open]);
        let mut inside = rest[open..].chars();
        let close: &[char] = match inside.next() {
            Some('„') => &['“', '”', '"'],
            Some('»') => &['«'],
            _ => &['»'],
        };
        let quoted = inside.as_str();
        if let Some(end) = quoted.find(close) {
            out.push_str(" … ");
            rest = quoted[end..].trim_start_matches(close);
        } else {
            // It is none if it does not end.
            out.push_str(quoted);
            rest = "";
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether a headline or page title is that of an error page, or of a page to log in.
pub fn is_title(title: &str, sign: Sign) -> bool {
    let title = normal(title);
    PHRASES.iter().any(|p| {
        p.sign == sign
            && match p.place {
                Where::Text => false,
                Where::Title => p.is_in(&title),
                Where::WholeTitle => p.parts.concat() == title,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_has_an_example_that_works() {
        let wrong: Vec<_> = rows(include_str!("../tables/refusals.tsv"))
            .filter(|row| {
                let Some(phrase) = Phrase::read(row) else {
                    return true;
                };
                let example = normal(row[4]);
                match phrase.place {
                    Where::WholeTitle => phrase.parts.concat() != example,
                    _ => !phrase.is_in(&example),
                }
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn phrases_are_sorted_and_unique_within_their_kind() {
        let keys: Vec<_> = rows(include_str!("../tables/refusals.tsv"))
            .map(|row| (row[2], row[0]))
            .collect();
        let wrong: Vec<_> = keys
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 >= pair[1].1)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn ordinary_lines_give_nothing_away() {
        let wrong: Vec<_> = [
            "Der Minister sagte, man müsse jetzt weiterarbeiten.",
            "Das Werk soll 404 Tage stillstehen.",
            "Der Verlag will sein Abo teurer machen.",
        ]
        .into_iter()
        .filter(|line| {
            is_title(line, Sign::Error)
                || [Sign::Paywall, Sign::Consent, Sign::Script, Sign::Error]
                    .iter()
                    .any(|sign| gives_away(line, *sign))
        })
        .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
