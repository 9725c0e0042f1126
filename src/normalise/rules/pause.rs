//! Dashes, brackets, ellipses and bars become the pause they mean: a comma, which every engine understands.

use super::{Match, Rule};
use crate::normalise::{sentence, token::Sheet};

const EXAMPLES: &[(&str, &str)] = &[
    (
        "Er kam – wie immer – zu spät.",
        "Er kam, wie immer, zu spät.",
    ),
    (
        "Der Täter (er war maskiert) entkam.",
        "Der Täter, er war maskiert, entkam.",
    ),
    (
        "Das ist [laut Polizei] falsch.",
        "Das ist, laut Polizei, falsch.",
    ),
    ("Er zögerte … und ging.", "Er zögerte, und ging."),
    (
        "Das ist (un)möglich, Kind(er).",
        "Das ist unmöglich, Kinder.",
    ),
    ("– Ja, das war es.", "Ja, das war es."),
    (
        "Der Zug Berlin–Hamburg fährt.",
        "Der Zug Berlin-Hamburg fährt.",
    ),
    ("Politik | Kultur", "Politik, Kultur"),
];

/// The rule.
#[derive(Debug)]
pub struct Pause;

impl Rule for Pause {
    fn name(&self) -> &'static str {
        "pause"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        let mark = sheet.mark(i)?;
        let spaced_left = i == 0 || !sheet.glued_left(i);
        let (end, spoken) = match mark {
            '(' | '[' | '{' | ')' | ']' | '}' => {
                (i + 1, if inside_word(sheet, i) { "" } else { "," })
            }
            '–' | '—' | '‒' | '―' | '⸺' => {
                let end = run(sheet, i, mark);
                let glued = sheet.glued_left(i) && sheet.glued_right(end);
                (end, if glued { "-" } else { "," })
            }
            // Only between blanks: a hyphen belongs to its word.
            '-' if spaced_left => {
                let end = run(sheet, i, '-');
                let free = end >= sheet.len() || sheet.space(end);
                if !free {
                    return None;
                }
                (end, ",")
            }
            '|' | '¦' | '•' | '‣' | '▪' | '■' | '►' | '▶' | '→' | '»' | '«' | '›' | '‹' => {
                (i + 1, ",")
            }
            '/' if spaced_left && (i + 1 >= sheet.len() || sheet.space(i + 1)) => (i + 1, ","),
            '…' | '.' => {
                let end = run(sheet, i, mark);
                // An ellipsis that ends the sentence stays its full stop.
                if (mark == '.' && end - i < 3) || sentence::ends(sheet, end - 1) {
                    return None;
                }
                (end, ",")
            }
            _ => return None,
        };
        Some(Match::new(end, spoken.to_owned()))
    }
}

/// Whether the bracket at `i` only marks a part of a word: `(un)möglich`, `Kind(er)`, `(Vor-)Urteile`.
fn inside_word(sheet: &Sheet, i: usize) -> bool {
    let opens = matches!(sheet.mark(i), Some('(' | '[' | '{'));
    let open = if opens {
        Some(i)
    } else {
        [2, 3]
            .into_iter()
            .filter_map(|back| i.checked_sub(back))
            .find(|at| sheet.is(*at, "("))
    };
    let Some(open) = open else { return false };
    if sheet.word(open + 1).is_none() {
        return false;
    }
    let close = if sheet.is(open + 2, "-") {
        open + 3
    } else {
        open + 2
    };
    sheet.is(close, ")")
        && (sheet.glued_left(open) || sheet.glued_right(close + 1))
        && (opens || close == i)
}

/// The end of a run of the same mark. At most a few dozen, so that the text may consist of nothing else.
fn run(sheet: &Sheet, i: usize, mark: char) -> usize {
    let mut end = i + 1;
    while end < i + 64 && sheet.mark(end) == Some(mark) {
        end += 1;
    }
    end
}
