//! What stands to the right of a number: its noun, and what that noun allows.

use super::{
    REACH,
    paradigm::{Cells, Declension},
    words::{adjective, is_adverb},
};
use crate::normalise::{
    abbreviations, nouns,
    token::{Kind, Sheet},
};

/// Finds the noun of a phrase whose number ends before atom `end`: its atom, stepping over adjectives and further numbers.
#[must_use]
pub fn noun_after(sheet: &Sheet, end: usize) -> Option<usize> {
    let mut at = end;
    for _ in 0..REACH {
        at = sheet.skip_space(at);
        let text = sheet.text(at);
        match sheet.kind(at)? {
            Kind::Word => {
                if text.starts_with(char::is_uppercase) {
                    return Some(last_part(sheet, at));
                }
                let joins = matches!(text, "und" | "oder" | "bis" | "sowie");
                let goes_on = if joins {
                    let next = sheet.skip_space(at + 1);
                    // `1. und 2. Tag`, `1. und einziges Album`
                    sheet.digits(next).is_some()
                        || text == "und"
                            && adjective(sheet.text(next), Declension::Strong).is_some()
                            && sheet.space(next + 1)
                            && sheet
                                .word(next + 2)
                                .is_some_and(|word| word.starts_with(char::is_uppercase))
                } else {
                    adjective(text, Declension::Strong).is_some() || is_adverb(text)
                };
                if !goes_on {
                    return None;
                }
                at += 1;
            }
            Kind::Digits => {
                at += 1;
                // `1. und 2. Weihnachtstag`; a compound such as `100-Meter-Lauf` is the noun itself.
                if sheet.is(at, "-") && sheet.glued_right(at + 1) {
                    return Some(last_part(sheet, at + 1));
                }
                if sheet.is(at, ".") {
                    at += 1;
                }
            }
            Kind::Mark if matches!(text, "„" | "\"" | "»" | "–" | "/" | "-" | "'" | "‚" | ",") =>
            {
                at += 1;
            }
            _ => return None,
        }
    }
    None
}

/// The last part of a hyphenated compound that starts at `i`.
#[must_use]
pub fn last_part(sheet: &Sheet, i: usize) -> usize {
    let mut at = i;
    for _ in 0..REACH * 2 {
        if sheet.is(at + 1, "-") && sheet.kind(at + 2) == Some(Kind::Word) {
            at += 2;
        } else {
            break;
        }
    }
    at
}

/// Cells of the noun at atom `i`.
#[must_use]
pub fn noun_cells(sheet: &Sheet, i: usize) -> Option<Cells> {
    // `19. Jh.`: an abbreviation has the gender of its noun.
    if sheet.is(i + 1, ".")
        && let Some(gender) = abbreviations::at(sheet, i)
            .into_iter()
            .find_map(|(row, ..)| row.gender)
    {
        return Some(Cells::gender(gender));
    }
    nouns::cells(sheet.text(i))
}
