//! Text → units: what stood on the page as one line, with hard line breaks undone.

use std::collections::HashMap;

/// One line of the page, cleaned; a paragraph that was broken into lines is one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// White space collapsed, invisible characters and footnote marks removed.
    pub text: String,
    /// Number of its first line, from 1.
    pub line: usize,
    /// Whether a blank line, or the start of the text, stands before it.
    pub gap: bool,
}

/// Splits a text into its lines, blank ones left out.
pub(super) fn split(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = true;
    for (number, line) in text.lines().enumerate() {
        let clean = clean(line);
        if clean.is_empty() {
            gap = true;
            continue;
        }
        units.push(Unit {
            text: clean,
            line: number + 1,
            gap,
        });
        gap = false;
    }
    units
}

/// Joins the lines of paragraphs that were broken at a fixed width.
pub(super) fn join(units: Vec<Unit>) -> Vec<Unit> {
    match wrap_width(&units) {
        Some(width) => unwrap(units, width),
        None => units,
    }
}

/// Collapses white space; removes what is not seen on a page (soft hyphens, zero-width and direction marks,
/// control characters) and footnote or link marks such as `[12]`.
pub(super) fn clean(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    if out.contains('[') {
        out = without_marks(&out);
    }
    out
}

/// Removes `[1]` … `[9999]`. Between two letters or digits it is no footnote mark, and stays: the word is one with it.
fn without_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let digits = from[1..]
            .bytes()
            .take(5)
            .take_while(u8::is_ascii_digit)
            .count();
        let is_mark = (1..=4).contains(&digits)
            && from.as_bytes().get(digits + 1) == Some(&b']')
            && !(out.ends_with(char::is_alphanumeric)
                && from[digits + 2..].starts_with(char::is_alphanumeric));
        if is_mark {
            rest = &from[digits + 2..];
            if out.ends_with(' ') {
                rest = rest.trim_start();
            }
        } else {
            out.push('[');
            rest = &from[1..];
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Width at which the text was broken into lines, or `None` if its paragraphs are whole lines.
///
/// A text is taken for hard-wrapped when hardly any line is longer than 100 characters and lines follow each
/// other that a greedy line breaker would have broken right there.
fn wrap_width(units: &[Unit]) -> Option<usize> {
    const WIDEST: usize = 100;
    let lengths: Vec<usize> = units
        .iter()
        .filter(|unit| unit.text.matches(' ').count() >= 4)
        .map(|unit| unit.text.chars().count())
        .collect();
    let long = lengths.iter().filter(|&&length| length > WIDEST).count();
    if long * 30 > lengths.len() {
        return None;
    }
    let width = lengths.iter().copied().filter(|&l| l <= WIDEST).max()?;
    if width < 40 {
        return None;
    }
    let pairs = units.windows(2).filter(|pair| !pair[1].gap);
    let broken = pairs
        .filter(|pair| full(&pair[0].text, &pair[1].text, width) && !ends_sentence(&pair[0].text))
        .count();
    (broken >= 3).then_some(width)
}

/// Whether the first word of `next` would not have fitted behind `line`. Breakers differ by the indent.
fn full(line: &str, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default().chars().count();
    line.chars().count() + 1 + word + 4 > width
}

fn unwrap(units: Vec<Unit>, width: usize) -> Vec<Unit> {
    let mut joined: Vec<Unit> = Vec::with_capacity(units.len());
    // The last line of the unit that grows; only a full line goes on.
    let mut last = String::new();
    for unit in units {
        let goes_on = !unit.gap && bullet(&unit.text).is_none() && full(&last, &unit.text, width);
        last.clone_from(&unit.text);
        match joined.last_mut() {
            Some(open) if goes_on => append(&mut open.text, &unit.text),
            _ => joined.push(unit),
        }
    }
    joined
}

/// Joins two lines; a hyphen at the break stays unless it only split the word.
fn append(text: &mut String, next: &str) {
    const ELLIPSIS_BEFORE: [&str; 6] = ["und", "oder", "bis", "sowie", "bzw.", "als"];
    let word = next.split(' ').next().unwrap_or_default();
    let hyphen = text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    if !hyphen || ELLIPSIS_BEFORE.contains(&word) {
        text.push(' ');
    } else if word.starts_with(char::is_lowercase) {
        text.pop();
    }
    text.push_str(next);
}

/// Splits a list mark off: `• Text`, `* Text`, `- Text`, `1. Text`, `2) Text`.
pub(super) fn bullet(text: &str) -> Option<(Option<u32>, &str)> {
    const MARKS: [char; 11] = ['•', '*', '-', '+', '–', '·', '▪', '‣', '◦', '●', '■'];
    let (mark, rest) = text.split_once(' ')?;
    let mut chars = mark.chars();
    if let (Some(first), None) = (chars.next(), chars.next())
        && MARKS.contains(&first)
    {
        return Some((None, rest.trim_start()));
    }
    let digits = mark.strip_suffix('.').or_else(|| mark.strip_suffix(')'))?;
    // `25. Mai` and `1. FC` are no list marks; the caller asks for a second item beside this one.
    (digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
        .map(|number| (Some(number), rest.trim_start()))
}

/// Whether a line ends as a sentence does, quotes and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '“', '”', '«', '»', '’', '‘', '\'', ')', ']', ' '])
        .ends_with(['.', '!', '?', '…'])
}

/// How often each line stands in the text.
pub(super) fn counts(units: &[Unit]) -> HashMap<&str, usize> {
    let mut counts = HashMap::new();
    for unit in units {
        *counts.entry(unit.text.as_str()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_and_footnote_marks_go() {
        assert_eq!(
            clean(" Donau\u{ad}dampf\u{a0}\u{200b}schiff [12] fährt[3] \u{1b}[0m"),
            "Donaudampf schiff fährt [0m"
        );
        assert_eq!(clean("[Hinweis] und [12345]"), "[Hinweis] und [12345]");
        assert_eq!(clean("[["), "[[");
    }

    #[test]
    fn a_mark_within_a_word_stays() {
        assert_eq!(clean("3[0]A und a[1]b"), "3[0]A und a[1]b");
        assert_eq!(clean("Wort[1][2]weiter"), "Wort[2]weiter");
        assert_eq!(clean("am Ende.[3]Danach"), "am Ende.Danach");
    }

    #[test]
    fn hard_wrapped_paragraphs_become_one_unit() {
        let text = "Die Gemeinde hat am Montag den Bau der neuen Brücke über die Wiese be-\n\
                    schlossen. Die Kosten liegen nach Angaben der Kämmerei bei rund vier\n\
                    Millionen Euro, wie die Bürgermeisterin nach der Sitzung des Gemeinde-\n\
                    rats sagte.\n\nZweiter Absatz.\n";
        let units = join(split(text));
        assert_eq!(units.len(), 2, "{units:#?}");
        assert!(
            units[0].text.contains("Wiese beschlossen."),
            "{}",
            units[0].text
        );
        assert!(
            units[0].text.ends_with("des Gemeinderats sagte."),
            "{}",
            units[0].text
        );
    }

    #[test]
    fn whole_lines_stay_apart() {
        let text = "Überschrift\nEin Absatz, der länger ist als hundert Zeichen, weil er so aus dem Browser kam und nie umbrochen wurde.\nNoch einer.";
        assert_eq!(join(split(text)).len(), 3);
    }
}
