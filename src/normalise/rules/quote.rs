//! Quotation marks. Which they are and what they enclose is found in [`crate::normalise::quotes`]; here is how they sound.
//!
//! A name, a title or a word held at arm's length loses its marks and nothing else. Speech is set off by a comma where no
//! punctuation does it already, or announced as on the radio (`Zitat: … Zitat Ende`), or spoken by another voice.

use super::{Match, Rule, Speak, Spoken};
use crate::normalise::{quotes::Side, text::QuoteStyle, token::Sheet};
use std::ops::Range;

const EXAMPLES: &[(&str, &str)] = &[
    (
        "„Wir schaffen das“, sagte Merkel.",
        "Wir schaffen das, sagte Merkel.",
    ),
    ("„Kommst du?“, fragte er.", "Kommst du? fragte er."),
    (
        "Der »Spiegel« nennt es eine 'Oktoberüberraschung'.",
        "Der Spiegel nennt es eine Oktoberüberraschung.",
    ),
    (
        "Er nannte es «eine Schande für das ganze Land» und ging.",
        "Er nannte es, eine Schande für das ganze Land, und ging.",
    ),
    ("Sie sagte: „Das war's.“", "Sie sagte: Das war's."),
];

/// What is said behind announced speech.
pub const END: &str = "Zitat Ende";

/// The rule.
#[derive(Debug)]
pub struct Quote;

/// A quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Value {
    side: Side,
    /// Whether it is one end of speech.
    speech: bool,
    /// Whether the speech goes on beyond this paragraph on that side.
    goes_on: bool,
}

impl Rule for Quote {
    fn name(&self) -> &'static str {
        "quote"
    }

    fn examples(&self) -> &'static [(&'static str, &'static str)] {
        EXAMPLES
    }

    fn read(&self, sheet: &Sheet, i: usize) -> Option<Match> {
        sheet.mark(i)?;
        let (value, end_byte) = value(sheet, i)?;
        Some(Match::new(sheet.atom_after(i, end_byte)?, value))
    }
}

impl Speak for Value {
    fn speak(&self, sheet: &Sheet, atoms: Range<usize>) -> Spoken {
        // `das"Wort`: without the mark the words would run together.
        let between = sheet.glued_left(atoms.start) && sheet.glued_right(atoms.end);
        match (sheet.options().quotes, self.side) {
            _ if !self.speech && between => " ".into(),
            _ if !self.speech => "".into(),
            (QuoteStyle::Announce, Side::Open) if !self.goes_on => ", Zitat:".into(),
            (QuoteStyle::Announce, Side::Close) => format!(", {END},").into(),
            (QuoteStyle::Voice, _) => "".into(),
            _ => ",".into(),
        }
    }
}

fn value(sheet: &Sheet, i: usize) -> Option<(Value, usize)> {
    let mark = sheet.quotes().mark_at(sheet.bytes(i..i + 1).start)?;
    let quotation = sheet.quotes().quotation(mark);
    let value = Value {
        side: mark.side,
        speech: quotation.is_some_and(super::super::quotes::Quotation::is_speech),
        goes_on: mark.side == Side::Open && quotation.is_some_and(|quotation| quotation.continued),
    };
    Some((value, mark.range.end))
}

/// Whether the voice changes at atom `i`: speech begins there or ends behind it.
#[must_use]
pub fn voice_change(sheet: &Sheet, i: usize) -> Option<Side> {
    if sheet.options().quotes != QuoteStyle::Voice {
        return None;
    }
    let (value, _) = value(sheet, i)?;
    value.speech.then_some(value.side)
}
