//! What stands to the left of a phrase: its preposition, determiner and adjectives.

use super::{
    REACH,
    paradigm::{Cells, Declension},
    words::{adjective, determiner, is_adverb, lower, preposition},
};
use crate::normalise::{
    rules::date,
    token::{Kind, Sheet},
};

/// What kind of preposition governs a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governor {
    /// None at all.
    None,
    /// One with a fixed case.
    Fixed,
    /// One with dative or accusative; in front of numbers and times it is the dative.
    TwoWay,
    /// `über`, which in news nearly always names the subject and takes the accusative.
    Over,
}

/// What stands to the left of a phrase.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// Cells that preposition and determiner allow.
    pub(super) cells: Cells,
    pub(super) declension: Declension,
    pub(super) determined: bool,
    pub(super) governor: Governor,
    /// The word that governs the phrase was looked for behind this atom.
    pub(super) edge: usize,
}

/// Reads what governs the phrase that starts at atom `start`.
#[must_use]
pub fn left(sheet: &Sheet, start: usize) -> Left {
    let mut result = Left {
        cells: Cells::ALL,
        declension: Declension::Strong,
        determined: false,
        governor: Governor::None,
        edge: start,
    };
    let mut adjectives: [Option<&str>; REACH] = [None; REACH];
    let mut count = 0;
    let mut at = start;
    for _ in 0..REACH * 2 {
        let Some(i) = sheet.before(at) else { break };
        let text = sheet.text(i);
        let word = lower(text);
        let word = word.as_ref();
        match sheet.kind(i) {
            Some(Kind::Word) => {
                if let Some((cells, swallowed)) = preposition(word) {
                    // `bis zum`, `bis 18.`: another preposition or a range may stand further left.
                    if word == "bis" && !result.determined {
                        if !steps_over_number(sheet, i) {
                            result.take_preposition(cells, false);
                            result.edge = i;
                            break;
                        }
                        at = i;
                        continue;
                    }
                    result.take_preposition(cells, swallowed);
                    if word == "über" {
                        result.governor = Governor::Over;
                    }
                    result.edge = i;
                    break;
                }
                if result.determined {
                    // Only a preposition may follow leftwards; adverbs such as `nur` do not count.
                    if is_adverb(word) || matches!(word, "all" | "allen" | "alle") {
                        at = i;
                        continue;
                    }
                    break;
                }
                if let Some((cells, declension)) = determiner(word) {
                    result.cells.narrow(cells);
                    result.declension = declension;
                    result.determined = true;
                    result.edge = i;
                } else if is_adverb(word) || matches!(word, "und" | "oder" | "sowie" | "zu") {
                    let linked = matches!(word, "und" | "oder" | "sowie");
                    if linked && !steps_over_number(sheet, i) {
                        let Some(counted) = counted_before(sheet, i) else {
                            break;
                        };
                        at = counted;
                        continue;
                    }
                } else if text.starts_with(char::is_lowercase)
                    && adjective(word, Declension::Strong).is_some()
                    && count < REACH
                {
                    adjectives[count] = Some(text);
                    count += 1;
                } else if sheet.kind(i) == Some(Kind::Word) && date::month(text).is_some() {
                    // `vom 3. Mai bis 5. Juni`
                } else {
                    break;
                }
            }
            Some(Kind::Digits) => {}
            Some(Kind::Mark) if matches!(text, "." | "–" | "-" | "/" | "„" | "\"" | "»" | "‚") =>
            {
                if text == "." && result.take_abbreviation(sheet, i, at == start) {
                    break;
                }
                if text == "." && i.checked_sub(1).is_none_or(|d| sheet.digits(d).is_none()) {
                    break;
                }
            }
            Some(Kind::Mark)
                if text == ","
                    && i.checked_sub(1)
                        .is_some_and(|d| sheet.is(d, ".") || sheet.digits(d).is_some()) => {}
            Some(Kind::Mark) if text == "," => {
                let Some(counted) = counted_before(sheet, i) else {
                    break;
                };
                at = counted;
                continue;
            }
            _ => break,
        }
        at = i;
    }
    result.take_adjectives(&adjectives);
    result
}

/// The number of the counted noun before the comma or `und` at `i`, so that an enumeration goes on: `mit 3 Toren, 1 Pfosten`.
fn counted_before(sheet: &Sheet, i: usize) -> Option<usize> {
    let noun = sheet.before(i)?;
    sheet
        .word(noun)
        .filter(|word| word.starts_with(char::is_uppercase))?;
    let number = sheet.before(noun)?;
    sheet.digits(number).map(|_| number)
}

/// Whether left of the joining word at `i` stands a number or ordinal, so that an enumeration or range goes on.
fn steps_over_number(sheet: &Sheet, i: usize) -> bool {
    let Some(at) = sheet.before(i) else {
        return false;
    };
    match sheet.kind(at) {
        Some(Kind::Digits) => true,
        Some(Kind::Mark) => sheet.is(at, ".") && at > 0 && sheet.digits(at - 1).is_some(),
        Some(Kind::Word) => {
            date::month(sheet.text(at)).is_some()
                && sheet
                    .before(at)
                    .is_some_and(|dot| sheet.is(dot, ".") || sheet.digits(dot).is_some())
        }
        _ => false,
    }
}

impl Left {
    /// Takes the abbreviation whose full stop is at `i` for what governs the phrase: `Brief v. 3. Mai`, `Mitte d. 19. Jahrhunderts`.
    fn take_abbreviation(&mut self, sheet: &Sheet, i: usize, next: bool) -> bool {
        let Some(word) = i.checked_sub(1).map(|at| sheet.text(at)) else {
            return false;
        };
        match word {
            "v" if next => {
                let cells = Cells::DATIVE.and(Cells::MASCULINE.or(Cells::NEUTER));
                self.take_preposition(cells, true);
            }
            "zw" | "Zw" | "lt" | "Lt" => self.take_preposition(Cells::DATIVE, false),
            "d" => {
                self.cells.narrow(Cells::GENITIVE);
                self.declension = Declension::Weak;
                self.determined = true;
                self.edge = i - 1;
            }
            _ => return false,
        }
        true
    }

    /// Without a determiner a word such as `nehme` in `man nehme 1/2 Liter` is as likely a verb.
    fn take_adjectives(&mut self, adjectives: &[Option<&str>]) {
        if !self.determined {
            return;
        }
        for word in adjectives.iter().flatten() {
            if let Some(cells) = adjective(word, self.declension) {
                self.cells.narrow(cells);
            }
        }
    }

    fn take_preposition(&mut self, cells: Cells, swallowed: bool) {
        self.cells.narrow(cells);
        self.governor = if cells == Cells::DATIVE.or(Cells::ACCUSATIVE) {
            Governor::TwoWay
        } else {
            Governor::Fixed
        };
        if swallowed && !self.determined {
            self.determined = true;
            self.declension = Declension::Weak;
        }
    }
}
