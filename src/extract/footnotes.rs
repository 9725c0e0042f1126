//! Footnote marks that stand in the text without being raised: `[2]`, and a figure stuck to the end of a sentence.

use super::spans;
use crate::article::Text;
use std::ops::Range;

/// Takes the marks out of a text, where it is certain that they are marks.
pub fn cut(text: &mut Text) {
    for range in marks(&text.text).into_iter().rev() {
        spans::remove(text, range);
    }
}

/// Where the marks stand, in bytes, in order. In brackets: stuck to a word or a sentence, and followed by neither
/// letter nor figure. Without: stuck to the full stop behind a whole word in small letters, before the next sentence or
/// the end; behind an abbreviation (`Nr.1`) or within a name (`example.1`) it is none.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let range = match byte {
            b'[' => bracketed(text, at),
            b'.' => stuck(text, at),
            _ => None,
        };
        // A mark may follow a mark.
        let before = |range: &Range<usize>| {
            found.last().is_some_and(|last| last.end == range.start)
                || may_follow(&text[..range.start])
        };
        if let Some(range) = range
            && before(&range)
        {
            found.push(range);
        }
    }
    found
}

/// Whether a mark may be stuck to the end of a text: behind a word or a sentence.
pub fn may_follow(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphabetic() || ".,;:!?)“”\"«»’".contains(c))
}

fn bracketed(text: &str, open: usize) -> Option<Range<usize>> {
    let digits = digits_at(text, open + 1);
    let close = open + 1 + digits;
    let is_mark = (1..=3).contains(&digits)
        && text.as_bytes()[open + 1] != b'0'
        && text.as_bytes().get(close) == Some(&b']')
        && !text[close + 1..].starts_with(char::is_alphanumeric);
    is_mark.then_some(open..close + 1)
}

fn stuck(text: &str, stop: usize) -> Option<Range<usize>> {
    const WORD: usize = 4;
    let digits = digits_at(text, stop + 1);
    let end = stop + 1 + digits;
    let rest = &text[end..];
    let begins = rest.is_empty()
        || rest.strip_prefix(' ').is_some_and(|next| {
            next.starts_with(|c: char| c.is_uppercase() || "„»«\"".contains(c))
        });
    let word: Vec<char> = text[..stop]
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let is_word = word.len() >= WORD && word.iter().rev().skip(1).all(|c| c.is_lowercase());
    // The first letter may be large, but then the word is no abbreviation: those are short.
    let is_long = word.len() >= WORD + 2 || word.last().is_some_and(|c| c.is_lowercase());
    ((1..=2).contains(&digits) && text.as_bytes()[stop + 1] != b'0' && begins && is_word && is_long)
        .then_some(stop + 1..end)
}

fn digits_at(text: &str, from: usize) -> usize {
    text.bytes()
        .skip(from)
        .take(4)
        .take_while(u8::is_ascii_digit)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certain_marks_go() {
        let rows = [
            ("Die Gemeinde.[2] Der Rat", "Die Gemeinde. Der Rat"),
            ("dafür.[2][13] Das Land", "dafür. Das Land"),
            ("Der Rat[4], der tagt", "Der Rat, der tagt"),
            ("„So ist es.“[7]", "„So ist es.“"),
            ("Es wurde nachgeprüft.1 Dann", "Es wurde nachgeprüft. Dann"),
            ("in der Gemeinde.12", "in der Gemeinde."),
            ("wurde gebaut.1 „Gut“, sagte", "wurde gebaut. „Gut“, sagte"),
            ("siehe Nr.1 Absatz", "siehe Nr.1 Absatz"),
            ("nach Art.5 Grundgesetz", "nach Art.5 Grundgesetz"),
            ("Seite Satz.5 Ende", "Seite Satz.5 Ende"),
            ("die Fassung vorlage.1 und", "die Fassung vorlage.1 und"),
            ("um 19.30 Uhr", "um 19.30 Uhr"),
            ("die Liste [3] ist", "die Liste [3] ist"),
            ("Liste[0] ist", "Liste[0] ist"),
            ("Er [lacht] ging", "Er [lacht] ging"),
            ("im Jahr [1931] gebaut", "im Jahr [1931] gebaut"),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .map(|(written, want)| {
                let mut text = Text::plain(*written);
                cut(&mut text);
                (text.text, want)
            })
            .filter(|(got, want)| got != *want)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
