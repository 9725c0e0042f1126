//! From written to spoken text.
//!
//! [`verbalise`] is the whole way: clean, cut into atoms, let the rules read them, split into sentences, speak.

use super::{
    rules::RULES,
    sentence,
    token::{Class, Kind, Sheet, Token},
};
use crate::script::Rewrite;
use std::{borrow::Cow, ops::Range};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What the listener wishes of the spoken form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TextOptions {
    /// Whether [`SpokenSentence::rewrites`] is filled.
    pub explain: bool,
    /// How gender forms such as `Lehrer*innen` are said.
    pub gender: GenderForm,
    /// Whether emoji are named instead of left out.
    pub name_emoji: bool,
}

/// How gender forms such as `Lehrer*innen` are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GenderForm {
    /// `Lehrer innen`, with a short stop, as it is spoken today.
    #[default]
    Glottal,
    /// `Lehrerinnen und Lehrer`.
    Both,
    /// `Lehrerinnen`.
    Plain,
}

/// One sentence as it is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenSentence {
    /// Byte range in the written text. The ranges of all sentences tile the text apart from white space.
    pub range: Range<usize>,
    /// The spoken form, on one line.
    pub spoken: String,
    /// What was rewritten; empty unless wished for.
    pub rewrites: Vec<Rewrite>,
}

/// Turns German text into spoken sentences. Takes time linear in its length and cannot fail.
#[must_use]
pub fn verbalise(text: &str, options: &TextOptions) -> Vec<SpokenSentence> {
    let clean = Clean::new(text);
    let sheet = Sheet::new(&clean.text, options);
    let mut sentences = Vec::new();
    let mut current = Assembly::default();
    let mut next = 0;
    while next < sheet.len() {
        let token = read(&sheet, next);
        next = token.atoms.end;
        current.push(&sheet, &token, &clean);
        if matches!(token.class, Class::Plain) && sheet.kind(token.atoms.start) == Some(Kind::Mark) && sentence::ends(&sheet, token.atoms.start) {
            // Everything up to the white space belongs to this sentence.
            while next < sheet.len() && !sheet.space(next) {
                let token = read(&sheet, next);
                next = token.atoms.end;
                current.push(&sheet, &token, &clean);
            }
            sentences.extend(current.finish(text));
            current = Assembly::default();
        }
    }
    sentences.extend(current.finish(text));
    sentences
}

/// All tokens of a text, in order; they tile it.
#[must_use]
pub fn tokens(sheet: &Sheet) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut next = 0;
    while next < sheet.len() {
        let token = read(sheet, next);
        next = token.atoms.end;
        tokens.push(token);
    }
    tokens
}

/// The token that starts at atom `i`: the longest match of any rule, or the atom itself.
fn read(sheet: &Sheet, i: usize) -> Token {
    let mut best: Option<(usize, &'static str, super::rules::Match)> = None;
    if interesting(sheet, i) {
        for rule in RULES {
            if let Some(found) = rule.read(sheet, i)
                && found.end > i
                && best.as_ref().is_none_or(|(end, ..)| found.end > *end)
            {
                best = Some((found.end, rule.name(), found));
            }
        }
    }
    match best {
        Some((end, rule, found)) => Token {
            atoms: i..end,
            class: Class::Read {
                rule,
                value: found.value,
            },
        },
        None => Token {
            atoms: i..i + 1,
            class: Class::Plain,
        },
    }
}

/// Whether any rule could start at atom `i`; the fast way past plain words.
fn interesting(sheet: &Sheet, i: usize) -> bool {
    match sheet.kind(i) {
        None | Some(Kind::Space) => false,
        Some(Kind::Digits) => true,
        Some(Kind::Mark) => {
            let plain = matches!(sheet.text(i), "." | "," | ";" | ":" | "!" | "?" | "(" | ")" | "…" | "-");
            !plain || sheet.glued_right(i + 1) || matches!(sheet.mark(i + 1), Some('-' | '+' | '–' | '−')) || sheet.space(i + 1) && sheet.digits(i + 2).is_some()
        }
        Some(Kind::Word) => {
            let word = sheet.text(i);
            let next = i + 1;
            let marked = match sheet.kind(next) {
                Some(Kind::Digits) => true,
                Some(Kind::Mark) => !matches!(sheet.text(next), "," | ";" | "!" | "?" | ")" | "“" | ":") || sheet.glued_right(next + 1),
                Some(Kind::Space) => sheet.digits(next + 1).is_some() || matches!(sheet.mark(next + 1), Some('-' | '−' | '+' | '§' | '&')),
                _ => false,
            };
            marked
                || sheet.mark(i.wrapping_sub(1)).is_some()
                || word.chars().nth(1).is_none()
                || word.chars().skip(1).any(char::is_uppercase)
                || super::abbreviations::is_head(word)
        }
    }
}

/// A sentence under construction.
#[derive(Default)]
struct Assembly {
    start: Option<usize>,
    end: usize,
    spoken: String,
    gap: bool,
    rewrites: Vec<Rewrite>,
}

impl Assembly {
    fn push(&mut self, sheet: &Sheet, token: &Token, clean: &Clean) {
        let first = token.atoms.start;
        if sheet.space(first) {
            self.gap = true;
            return;
        }
        let bytes = sheet.bytes(token.atoms.clone());
        let range = clean.source(bytes.start)..clean.source_end(bytes.end);
        self.start.get_or_insert(range.start);
        self.end = range.end;
        match &token.class {
            Class::Plain => {
                let text = sheet.slice(token.atoms.clone());
                self.say(text, false);
            }
            Class::Read { rule, value } => {
                let spoken = value.speak(sheet, token.atoms.clone());
                if sheet.options().explain {
                    let written = sheet.slice(token.atoms.clone());
                    if written != spoken.text {
                        self.rewrites.push(Rewrite {
                            range,
                            written: written.to_owned(),
                            spoken: spoken.text.clone(),
                            rule: (*rule).to_owned(),
                            reading: spoken.reading,
                        });
                    }
                }
                self.say(&spoken.text, true);
            }
        }
    }

    /// Appends a piece, with a blank where white space stood or where two words would run together.
    fn say(&mut self, piece: &str, read: bool) {
        if piece.is_empty() {
            return;
        }
        let glued = read || self.spoken.ends_with('\u{0}');
        let touches = self.spoken.ends_with(char::is_alphanumeric) && piece.starts_with(char::is_alphanumeric);
        if !self.spoken.is_empty() && (self.gap || glued && touches) {
            self.spoken.push(' ');
        }
        self.gap = false;
        self.spoken.push_str(piece);
    }

    fn finish(self, _: &str) -> Option<SpokenSentence> {
        let start = self.start?;
        Some(SpokenSentence {
            range: start..self.end,
            spoken: self.spoken,
            rewrites: self.rewrites,
        })
    }
}

/// The text without characters that have no sound, in composed form, and the way back to the source's offsets.
struct Clean<'t> {
    text: Cow<'t, str>,
    /// Offsets in the clean text and in the source, at each place where they begin to run side by side.
    steps: Vec<(usize, usize)>,
}

/// Soft hyphen, zero-width characters, direction marks, variation selectors.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{fffc}')
        || c.is_control() && !c.is_whitespace()
}

impl<'t> Clean<'t> {
    fn new(source: &'t str) -> Self {
        let composed = is_nfc(source);
        if composed && !source.chars().any(is_silent) {
            return Self {
                text: source.into(),
                steps: Vec::new(),
            };
        }
        let mut text = String::with_capacity(source.len());
        let mut steps = vec![(0, 0)];
        let mut at = 0;
        let mut rest = source;
        while let Some(c) = rest.chars().next() {
            // A character with the combining marks that follow it.
            let mut length = c.len_utf8();
            if !composed && !c.is_ascii_digit() {
                for mark in rest[length..].chars().take_while(|&c| unicode_normalization::char::is_combining_mark(c)).take(32) {
                    length += mark.len_utf8();
                }
            }
            let piece = &rest[..length];
            if !is_silent(c) {
                if length == c.len_utf8() && is_nfc(piece) {
                    text.push(c);
                } else {
                    text.extend(piece.nfc());
                }
            }
            at += length;
            rest = &rest[length..];
            let (last_clean, last_source) = steps[steps.len() - 1];
            if text.len() - last_clean != at - last_source {
                steps.push((text.len(), at));
            }
        }
        Self {
            text: text.into(),
            steps,
        }
    }

    /// Offset in the source of the first byte at a place in the clean text.
    fn source(&self, at: usize) -> usize {
        match self.steps.partition_point(|&(clean, _)| clean <= at).checked_sub(1) {
            Some(step) => self.steps[step].1 + (at - self.steps[step].0),
            None => at,
        }
    }

    /// Offset in the source one past the last byte of a range that ends at a place in the clean text.
    fn source_end(&self, at: usize) -> usize {
        match self.steps.partition_point(|&(clean, _)| clean < at).checked_sub(1) {
            Some(step) => {
                let end = self.steps[step].1 + (at - self.steps[step].0);
                // A composed character at the end is longer in the source than the distance tells.
                match self.steps.get(step + 1) {
                    Some(&(clean, source)) if clean == at => source,
                    _ => end,
                }
            }
            None => at,
        }
    }
}
