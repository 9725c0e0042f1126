//! Finds quotation marks and what they enclose.
//!
//! All the marks German pages use: `„…“`, `"…"`, `»…«`, the Swiss `«…»`, `‚…‘`, `'…'`, `›…‹`, the English
//! `“…”`, and mixtures such as `„…"`. Apostrophes (`geht's`, `'68er`, `Hans'`, `'ne`) and inches (`5"`) are told from
//! quotation marks by their neighbours. One pass, linear in the length of the text.
//!
//! What is done with a quotation is decided by [`crate::normalise::QuoteStyle`]; only [`Quotation::speech`] is ever announced
//! or given another voice.

use std::ops::Range;

/// Opening or closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Opens a quotation.
    Open,
    /// Closes one.
    Close,
}

/// One quotation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the mark.
    pub range: Range<usize>,
    /// Which side it is.
    pub side: Side,
    /// Index of its [`Quotation`]; `None` for a mark that closes what an earlier paragraph opened.
    pub quotation: Option<usize>,
}

/// What a pair of marks encloses.
#[expect(clippy::struct_excessive_bools, reason = "four independent facts")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The text between the marks, in bytes.
    pub inner: Range<usize>,
    /// 0 for a quotation that stands in no other.
    pub depth: usize,
    /// False if the text ended first; `inner` then reaches to the end of the text.
    pub closed: bool,
    /// Somebody's speech rather than a name, a title or a word held at arm's length.
    pub speech: bool,
    /// It goes on from the paragraph before.
    pub continued: bool,
    /// It goes on in the next paragraph.
    pub continues: bool,
}

impl Quotation {
    /// Speech that is announced or gets a voice of its own: outermost, and with a known end.
    #[must_use]
    pub fn is_speech(&self) -> bool {
        self.speech && self.depth == 0 && (self.closed || self.continues)
    }
}

/// All quotations of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quotes {
    /// The marks in the order of the text.
    pub marks: Vec<Mark>,
    /// The quotations in the order of their opening marks.
    pub quotations: Vec<Quotation>,
}

/// Families of marks that may close one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Guillemet,
    SingleGuillemet,
}

/// Deeper nesting than this is noise, not quotation.
const MAX_DEPTH: usize = 6;

/// Words that begin with an apostrophe because their first letters are left out.
const ELIDED: [&str; 16] = [
    "s",
    "n",
    "ne",
    "nen",
    "nem",
    "ner",
    "nes",
    "rum",
    "rein",
    "raus",
    "runter",
    "rauf",
    "ran",
    "rüber",
    "mal",
    "tschuldigung",
];

impl Quotes {
    /// Finds all quotation marks of `text`.
    #[must_use]
    pub fn find(text: &str) -> Self {
        // Most texts have no quotation; looking at bytes tells so quickly. 0xC2 and 0xE2 begin all marks beyond ASCII.
        let marked = text
            .bytes()
            .any(|byte| matches!(byte, b'"' | b'\'' | b'`' | 0xC2 | 0xE2));
        if !marked && !text.contains(",,") {
            return Self::default();
        }
        let mut finder = Finder {
            text,
            found: Self::default(),
            open: Vec::new(),
            last_single_close: last_single_close(text),
        };
        let mut previous = None;
        let mut skip_to = 0;
        for (at, character) in text.char_indices() {
            if at < skip_to {
                continue;
            }
            let length = finder.visit(at, character, previous);
            skip_to = at + length.max(character.len_utf8());
            previous = text[..skip_to].chars().next_back();
        }
        finder.finish()
    }

    /// The mark that begins at byte `at`.
    #[must_use]
    pub fn mark_at(&self, at: usize) -> Option<&Mark> {
        let index = self
            .marks
            .binary_search_by_key(&at, |mark| mark.range.start)
            .ok()?;
        self.marks.get(index)
    }

    /// The quotation that a mark belongs to.
    #[must_use]
    pub fn quotation(&self, mark: &Mark) -> Option<&Quotation> {
        self.quotations.get(mark.quotation?)
    }

    /// Joins quotations that go on over several paragraphs. A quotation that is left open goes on if the next paragraph
    /// begins with another opening mark (the custom of books), or has a closing mark that nothing opened.
    pub fn connect(paragraphs: &mut [Self], texts: &[&str]) {
        for index in (1..paragraphs.len().min(texts.len())).rev() {
            let (before, after) = paragraphs.split_at_mut(index);
            let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else {
                continue;
            };
            let Some(open) = before
                .quotations
                .iter()
                .position(|quotation| quotation.depth == 0 && !quotation.closed)
            else {
                continue;
            };
            if after.take_over(texts[index]) {
                before.quotations[open].continues = true;
                before.quotations[open].speech = true;
            }
        }
    }

    /// Makes the first quotation the continuation of one in the paragraph before, if there is such a quotation.
    fn take_over(&mut self, text: &str) -> bool {
        let Some(first) = self.marks.first_mut() else {
            return false;
        };
        match (first.side, first.quotation) {
            (Side::Close, None) => {
                first.quotation = Some(self.quotations.len());
                self.quotations.push(Quotation {
                    inner: 0..first.range.start,
                    depth: 0,
                    closed: true,
                    speech: true,
                    continued: true,
                    continues: false,
                });
                true
            }
            (Side::Open, Some(index)) if text[..first.range.start].trim().is_empty() => {
                let quotation = &mut self.quotations[index];
                if quotation.closed || quotation.continues {
                    quotation.continued = true;
                    quotation.speech = true;
                    return true;
                }
                false
            }
            _ => false,
        }
    }
}

struct Finder<'a> {
    text: &'a str,
    found: Quotes,
    open: Vec<(Family, usize)>,
    last_single_close: usize,
}

impl Finder<'_> {
    /// Looks at one character and returns how many bytes were used up as a mark (0: it is none).
    fn visit(&mut self, at: usize, character: char, previous: Option<char>) -> usize {
        let rest = &self.text[at..];
        let after = &rest[character.len_utf8()..];
        let next = after.chars().next();
        let length = character.len_utf8();
        match character {
            '„' => self.push(at, length, Family::Double),
            ',' if after.starts_with(',')
                && opens(previous, after[1..].chars().next())
                && after[1..].starts_with(char::is_alphanumeric) =>
            {
                self.push(at, 2, Family::Double)
            }
            '“' | '”' | '"' | '‟' => self.double(at, character, previous, next),
            '»' | '«' => self.guillemet(at, length, Family::Guillemet, previous, next),
            '›' | '‹' => self.guillemet(at, length, Family::SingleGuillemet, previous, next),
            '‚' if next.is_some_and(char::is_alphanumeric) && opens(previous, next) => {
                self.push(at, length, Family::Single)
            }
            '\'' if after.starts_with('\'') => {
                if self.is_open(Family::Double) && closes(previous, after[1..].chars().next()) {
                    self.pop(at, 2, Family::Double)
                } else if opens(previous, after[1..].chars().next()) {
                    self.push(at, 2, Family::Double)
                } else {
                    0
                }
            }
            '\'' | '‘' | '’' | '`' | '´' => self.single(at, length, previous, after),
            _ => 0,
        }
    }

    fn double(
        &mut self,
        at: usize,
        mark: char,
        previous: Option<char>,
        next: Option<char>,
    ) -> usize {
        let length = mark.len_utf8();
        let may_open = opens(previous, next);
        let may_close = closes(previous, next);
        if self.is_open(Family::Double) && (may_close || !may_open) {
            return self.pop(at, length, Family::Double);
        }
        // An inch mark: `ein 24"-Monitor`, with no quotation open that it could close.
        if mark == '"' && previous.is_some_and(|c| c.is_ascii_digit()) {
            return 0;
        }
        if may_open && (mark != '”' || !may_close) {
            self.push(at, length, Family::Double)
        } else {
            self.pop(at, length, Family::Double)
        }
    }

    fn guillemet(
        &mut self,
        at: usize,
        length: usize,
        family: Family,
        previous: Option<char>,
        next: Option<char>,
    ) -> usize {
        // The direction depends on the country, so the neighbours decide, and in doubt whether one is open.
        let may_open = opens(previous, next);
        let may_close = closes(previous, next);
        match (may_open, may_close) {
            (true, false) => self.push(at, length, family),
            (false, true) => self.pop(at, length, family),
            _ if self.is_open(family) => self.pop(at, length, family),
            _ => self.push(at, length, family),
        }
    }

    fn single(&mut self, at: usize, length: usize, previous: Option<char>, after: &str) -> usize {
        let next = after.chars().next();
        let inside_word =
            previous.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        if inside_word {
            return 0;
        }
        if self.is_open(Family::Single) && closes(previous, next) {
            return self.pop(at, length, Family::Single);
        }
        if opens(previous, next)
            && next.is_some_and(|c| c.is_alphanumeric() || c == '…')
            && at < self.last_single_close
            && !is_elision(after)
        {
            return self.push(at, length, Family::Single);
        }
        0
    }

    fn is_open(&self, family: Family) -> bool {
        self.open.iter().any(|(open, _)| *open == family)
    }

    fn push(&mut self, at: usize, length: usize, family: Family) -> usize {
        if self.open.len() >= MAX_DEPTH {
            return 0;
        }
        let index = self.found.quotations.len();
        self.found.quotations.push(Quotation {
            inner: at + length..self.text.len(),
            depth: self.open.len(),
            closed: false,
            speech: false,
            continued: false,
            continues: false,
        });
        self.found.marks.push(Mark {
            range: at..at + length,
            side: Side::Open,
            quotation: Some(index),
        });
        self.open.push((family, index));
        length
    }

    fn pop(&mut self, at: usize, length: usize, family: Family) -> usize {
        // What was opened after the one that closes now was never closed.
        let position = self.open.iter().rposition(|(open, _)| *open == family);
        let quotation = position.map(|position| {
            let index = self.open[position].1;
            self.open.truncate(position);
            index
        });
        if let Some(index) = quotation {
            let quotation = &mut self.found.quotations[index];
            quotation.inner.end = at;
            quotation.closed = true;
            quotation.speech = is_speech(self.text, &quotation.inner, at + length);
        }
        self.found.marks.push(Mark {
            range: at..at + length,
            side: Side::Close,
            quotation,
        });
        length
    }

    fn finish(mut self) -> Quotes {
        // An opening mark that is never closed must not push what follows one level down.
        let mut unclosed: Vec<usize> = Vec::new();
        for index in 0..self.found.quotations.len() {
            let start = self.found.quotations[index].inner.start;
            unclosed.retain(|outer| self.found.quotations[*outer].inner.end > start);
            self.found.quotations[index].depth = self.found.quotations[index]
                .depth
                .saturating_sub(unclosed.len());
            if !self.found.quotations[index].closed && unclosed.len() < MAX_DEPTH {
                unclosed.push(index);
            }
        }
        self.found
    }
}

/// Last byte offset at which a single mark could close a quotation; an opening one after it would never be closed.
fn last_single_close(text: &str) -> usize {
    text.char_indices()
        .rev()
        .find(|(at, c)| {
            matches!(c, '\'' | '‘' | '’' | '`' | '´')
                && closes(
                    text[..*at].chars().next_back(),
                    text[at + c.len_utf8()..].chars().next(),
                )
        })
        .map_or(0, |(at, _)| at)
}

/// A mark with these neighbours can open: something before it ends, and a word follows.
fn opens(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '(' | '['
                    | '{'
                    | '–'
                    | '—'
                    | '-'
                    | '/'
                    | ':'
                    | '|'
                    | '"'
                    | '„'
                    | '“'
                    | '»'
                    | '«'
                    | '‚'
                    | '\''
            )
    }) && next.is_some_and(|c| {
        !c.is_whitespace() && !matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']')
    })
}

/// A mark with these neighbours can close: a word or its punctuation stands before it, and no word follows at once.
fn closes(previous: Option<char>, next: Option<char>) -> bool {
    previous.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '{'))
        && next.is_none_or(|c| !c.is_alphanumeric())
}

/// `'68er`, `'89`, `'ne`, `'s`: the apostrophe stands for what is left out. `after` is the text behind it.
fn is_elision(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 2 {
        return true;
    }
    let word_end = after
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(after.len());
    let closed = after[word_end..].starts_with(['\'', '‘', '’']);
    !closed && ELIDED.iter().any(|word| *word == &after[..word_end])
}

/// Whether a quotation is somebody's speech, which the radio announces, or only a name, a title or a word in
/// distancing quotation marks (`sogenannte "Oktoberüberraschung"`, `der "Spiegel"`), which it does not.
///
/// Speech is what ends in `.`, `!`, `?` or `…` or stands before `, sagte` with at least two words, what follows a colon, and
/// any other quotation of at least five words; a single word only as a whole sentence after a colon (`Sie rief: „Halt!“`). The border of five is ours: titles of films and books seldom have more.
fn is_speech(text: &str, inner: &Range<usize>, after_mark: usize) -> bool {
    let quoted = text[inner.clone()].trim();
    let words = quoted.split_whitespace().take(6).count();
    // At most a few marks and blanks are skipped, so that a page of nothing but marks stays linear.
    let after_colon = text[..inner.start]
        .chars()
        .rev()
        .take(8)
        .find(|c| !c.is_whitespace() && !"„“”\"»«›‹‚'‘".contains(*c))
        == Some(':');
    let ends_sentence = quoted.ends_with(['.', '!', '?', '…']);
    let said = text[after_mark..].starts_with(", ")
        && !text[after_mark + 2..].starts_with(char::is_uppercase);
    words >= 5
        || (words >= 2 && (ends_sentence || said || after_colon))
        || (ends_sentence && after_colon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Written → the quotations as `[depth+]inner`, with `!` behind speech and `~` behind what is never closed.
    const EXAMPLES: &[(&str, &str)] = &[
        ("„Wir schaffen das“, sagte Merkel.", "0Wir schaffen das!"),
        ("Der \"Spiegel\" berichtet.", "0Spiegel"),
        (
            "als sogenannte 'Oktoberüberraschung' in den USA",
            "0Oktoberüberraschung",
        ),
        ("»Es ist genug!«, rief sie.", "0Es ist genug!!"),
        (
            "«Das glaube ich nicht», sagt die Bäuerin.",
            "0Das glaube ich nicht!",
        ),
        (
            "„Er rief: ‚Halt!‘ Dann lief er.“",
            "0Er rief: ‚Halt!‘ Dann lief er.!|1Halt!!",
        ),
        ("Wie geht's? Es ist 'ne Frage der '68er am Ku'damm.", ""),
        ("Hans' Auto und Lukas' Rad.", ""),
        ("Ein 24\"-Monitor und 5\" mehr.", ""),
        ("Er misst 5\", sagt \"Paul\".", "0Paul"),
        ("Mischung „aus Not\" und Eile.", "0aus Not"),
        ("Das Buch \"Der Weg“ liegt da.", "0Der Weg"),
        ("“That is it”, said Paul.", "0That is it!"),
        ("‘Nein’ heißt Nein.", "0Nein"),
        (",,Komm her'', rief er.", "0Komm her!"),
        ("„Das ist erst der Anfang.", "0Das ist erst der Anfang.~"),
        ("So war es.“ Dann ging er in die „Krone“.", "0Krone"),
        (
            "„Offen und dann „zu“ hier.",
            "0Offen und dann „zu“ hier.~|0zu",
        ),
        ("Ein »Nein« und ein «Ja».", "0Nein|0Ja"),
        ("Die („Krone“) und /\"Welt\"/", "0Krone|0Welt"),
        (
            "Er nannte es „eine Schande für das ganze Land“ und ging.",
            "0eine Schande für das ganze Land!",
        ),
        (
            "\"2024 wird kein gutes Jahr\", prognostiziert Cha, \"Es wird eine Achterbahnfahrt werden.\"",
            "02024 wird kein gutes Jahr!|0Es wird eine Achterbahnfahrt werden.!",
        ),
    ];

    fn show(text: &str) -> String {
        Quotes::find(text)
            .quotations
            .iter()
            .map(|q| {
                format!(
                    "{}{}{}{}",
                    q.depth,
                    &text[q.inner.clone()],
                    if q.speech { "!" } else { "" },
                    if q.closed { "" } else { "~" }
                )
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn finds_quotations_and_leaves_apostrophes_and_inches() {
        let wrong: Vec<_> = EXAMPLES
            .iter()
            .filter(|(text, expected)| show(text) != *expected)
            .map(|(text, expected)| {
                format!("{text}\n  expected {expected}\n  got      {}", show(text))
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_quotation_goes_on_in_the_next_paragraph() {
        let connected = |texts: &[&str]| {
            let mut paragraphs: Vec<Quotes> = texts.iter().map(|text| Quotes::find(text)).collect();
            Quotes::connect(&mut paragraphs, texts);
            paragraphs
                .iter()
                .flat_map(|quotes| {
                    quotes
                        .quotations
                        .iter()
                        .map(|q| (q.continued, q.continues, q.is_speech()))
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(
            connected(&["Er sagt: „Erstens.", "Zweitens.“ Dann ging er."]),
            [(false, true, true), (true, false, true)]
        );
        assert_eq!(
            connected(&["„Erstens.", "„Zweitens.", "„Drittens.“"]),
            [(false, true, true), (true, true, true), (true, false, true)]
        );
        assert_eq!(
            connected(&["„Erstens.", "Der „Spiegel“ schweigt."]),
            [(false, false, false), (false, false, false)]
        );
    }

    #[test]
    fn a_long_line_of_marks_takes_linear_time() {
        for pattern in ["'a ", "„a", "\"", "a' ", "»x« ", "''", ",,x"] {
            let text = pattern.repeat(1_000_000 / pattern.len());
            let start = std::time::Instant::now();
            let _ = Quotes::find(&text);
            assert!(
                start.elapsed().as_secs() < 5,
                "{pattern:?} took {:?}",
                start.elapsed()
            );
        }
    }

    proptest! {
        #[test]
        fn marks_are_in_order_and_on_character_borders(text in "[a-zA-ZäöüÄ0-9 .,:!?„“”\"»«›‹‚‘’'´`()–-]{0,80}") {
            let quotes = Quotes::find(&text);
            let mut end = 0;
            for mark in &quotes.marks {
                prop_assert!(mark.range.start >= end);
                prop_assert!(text.get(mark.range.clone()).is_some());
                end = mark.range.end;
            }
            for quotation in &quotes.quotations {
                prop_assert!(text.get(quotation.inner.clone()).is_some());
            }
        }
    }
}
