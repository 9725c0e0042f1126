//! From written to spoken text.
//!
//! [`verbalise`] is the whole way: clean, cut into atoms, let the rules read them, split into sentences, speak.

use super::{
    context::Context,
    lexicon::Lexicon,
    quotes::Side,
    rules::{RULES, ordinal::capitalise, quote},
    sentence,
    token::{Class, Kind, Sheet, Token},
};
use crate::script::Rewrite;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, ops::Range, sync::Arc};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What the listener wishes of the spoken form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextOptions {
    /// Whether [`SpokenSentence::rewrites`] is filled.
    pub explain: bool,
    /// How gender forms such as `Lehrer*innen` are said.
    pub gender: GenderForm,
    /// Whether emoji are named instead of left out.
    pub name_emoji: bool,
    /// How quoted speech is set off.
    pub quotes: QuoteStyle,
    /// The user's own dictionary, which wins over every rule.
    pub lexicon: Option<Arc<Lexicon>>,
}

/// How quoted speech is set off. Names, titles and single words in quotation marks only lose their marks in all styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuoteStyle {
    /// By a short pause.
    #[default]
    Pause,
    /// As on the radio: `Zitat: … Zitat Ende`.
    Announce,
    /// By another voice or pitch.
    Voice,
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
    /// Where the voice changes, with [`QuoteStyle::Voice`].
    pub cuts: Vec<Cut>,
}

/// A place in a sentence where quoted speech begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Byte offset in [`SpokenSentence::spoken`].
    pub spoken: usize,
    /// Byte offset in the written text.
    pub written: usize,
    /// Whether speech begins here.
    pub speech: bool,
}

/// Turns German text into spoken sentences. Takes time linear in its length and cannot fail.
#[must_use]
pub fn verbalise(text: &str, options: &TextOptions) -> Vec<SpokenSentence> {
    verbalise_in(text, options, Context::of(text))
}

/// The same for a text whose quotations and foreign stretches are known; their offsets are bytes into `text`.
#[must_use]
pub fn verbalise_in(
    text: &str,
    options: &TextOptions,
    mut context: Context,
) -> Vec<SpokenSentence> {
    let clean = Clean::new(text);
    context.move_by(|at| clean.clean(at));
    let sheet = Sheet::in_context(&clean.text, options, context);
    let mut sentences = Vec::new();
    let mut current = Assembly::default();
    let mut next = 0;
    while next < sheet.len() {
        let token = read(&sheet, next);
        next = token.atoms.end;
        current.push(&sheet, &token, &clean);
        if matches!(token.class, Class::Plain)
            && sheet.kind(token.atoms.start) == Some(Kind::Mark)
            && sentence::ends(&sheet, token.atoms.start)
        {
            // Everything up to the white space belongs to this sentence.
            while next < sheet.len() && !sheet.space(next) {
                let token = read(&sheet, next);
                next = token.atoms.end;
                current.push(&sheet, &token, &clean);
            }
            std::mem::take(&mut current).finish_into(&mut sentences);
        }
    }
    current.finish_into(&mut sentences);
    sentences
}

/// The sentences of a text that is passed on unchanged, as byte ranges without the white space between them.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let options = TextOptions::default();
    let sheet = Sheet::in_context(text, &options, Context::default());
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for i in 0..sheet.len() {
        if sheet.space(i) {
            continue;
        }
        let bytes = sheet.bytes(i..i + 1);
        let first = *start.get_or_insert(bytes.start);
        let last = i + 1 >= sheet.len()
            || sheet.space(i + 1)
                && (i..=i)
                    .chain((0..i).rev().take(4))
                    .take_while(|&at| sheet.mark(at).is_some())
                    .any(|at| sentence::ends(&sheet, at));
        if last || i + 1 == sheet.len() || (i + 2 == sheet.len() && sheet.space(i + 1)) {
            found.push(first..bytes.end);
            start = None;
        }
    }
    found
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

/// The token that starts at atom `i`: the longest match of any rule, or the atom itself. The user's dictionary wins over the
/// rules, and foreign text is read by none.
fn read(sheet: &Sheet, i: usize) -> Token {
    if let Some(token) = lexicon(sheet, i) {
        return token;
    }
    if sheet.foreign(i).is_some() {
        return Token {
            atoms: i..i + 1,
            class: Class::Plain,
        };
    }
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

/// The entry of the user's dictionary that matches at atom `i`.
fn lexicon(sheet: &Sheet, i: usize) -> Option<Token> {
    let lexicon = sheet.options().lexicon.as_ref()?;
    if sheet.space(i) || sheet.glued_left(i) && sheet.glued_right(i) {
        return None;
    }
    let start = sheet.bytes(i..i + 1).start;
    let (length, entry) = lexicon.find(sheet.source(), start)?;
    if entry.say.is_empty() {
        return None;
    }
    Some(Token {
        atoms: i..sheet.atom_after(i, start + length)?,
        class: Class::Read {
            rule: "lexicon",
            value: Box::new(entry.say.clone()),
        },
    })
}

/// Whether any rule could start at atom `i`; the fast way past plain words.
fn interesting(sheet: &Sheet, i: usize) -> bool {
    match sheet.kind(i) {
        None | Some(Kind::Space) => false,
        Some(Kind::Digits) => true,
        Some(Kind::Mark) => {
            let plain = matches!(sheet.text(i), "." | "," | ";" | ":" | "!" | "?");
            !plain
                || sheet.is(i + 1, sheet.text(i))
                || sheet.glued_right(i + 1)
                || matches!(sheet.mark(i + 1), Some('-' | '+' | '–' | '−'))
                || sheet.space(i + 1) && sheet.digits(i + 2).is_some()
        }
        Some(Kind::Word) => {
            let word = sheet.text(i);
            let next = i + 1;
            let marked = match sheet.kind(next) {
                Some(Kind::Digits) => true,
                Some(Kind::Mark) => {
                    !matches!(sheet.text(next), "," | ";" | "!" | "?" | ")" | "“" | ":")
                        || sheet.glued_right(next + 1)
                        || sheet.is(next + 1, "/")
                }
                Some(Kind::Space) => {
                    sheet.digits(next + 1).is_some()
                        || matches!(sheet.mark(next + 1), Some('-' | '−' | '+' | '§' | '&'))
                }
                _ => false,
            };
            marked
                || sheet.mark(i.wrapping_sub(1)).is_some()
                || word.chars().nth(1).is_none()
                || word.chars().skip(1).any(char::is_uppercase)
                || super::abbreviations::is_head(word)
                || super::rules::acronym::is_head(word)
        }
    }
}

/// Whether a number, or a sign or currency before it, stands at atom `i`.
fn opens_with_number(sheet: &Sheet, i: usize) -> bool {
    let at = if sheet.mark(i).is_some() {
        sheet.skip_space(i + 1)
    } else {
        i
    };
    sheet.digits(at).is_some() || matches!(sheet.text(i), "½" | "¼" | "¾" | "⅓" | "⅔")
}

/// A sentence under construction.
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about what came before"
)]
#[derive(Default)]
struct Assembly {
    /// Whether the last piece came from a rule.
    after_read: bool,
    start: Option<usize>,
    end: usize,
    spoken: String,
    gap: bool,
    /// Whether the first words came from a number.
    opened_by_number: bool,
    /// A pause is due before the next word, unless punctuation makes one.
    pause: bool,
    /// A quotation mark stood just before.
    after_quote: bool,
    rewrites: Vec<Rewrite>,
    cuts: Vec<Cut>,
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
        let change = quote::voice_change(sheet, first);
        if change == Some(Side::Open) {
            self.cut(range.start, true);
        }
        self.note_foreign(sheet, token, &range);
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
                self.opened_by_number |= self.spoken.is_empty()
                    && !spoken.text.is_empty()
                    && opens_with_number(sheet, first);
                self.say(&spoken.text, true);
            }
        }
        self.after_quote = matches!(&token.class, Class::Read { rule: "quote", .. });
        if change == Some(Side::Close) {
            self.cut(self.end, false);
        }
    }

    fn cut(&mut self, written: usize, speech: bool) {
        self.cuts.push(Cut {
            spoken: self.spoken.len(),
            written,
            speech,
        });
    }

    /// Notes a foreign stretch at its first token, for `--explain`.
    fn note_foreign(&mut self, sheet: &Sheet, token: &Token, range: &Range<usize>) {
        if !sheet.options().explain {
            return;
        }
        if let Some(foreign) = sheet.foreign(token.atoms.start)
            && foreign.range.start == sheet.bytes(token.atoms.clone()).start
        {
            let written = sheet
                .source()
                .get(foreign.range.clone())
                .unwrap_or_default()
                .to_owned();
            self.rewrites.push(Rewrite {
                range: range.start..range.start + written.len(),
                spoken: written.clone(),
                written,
                rule: "foreign".to_owned(),
                reading: Some(format!("{}, {}", foreign.language, foreign.evidence)),
            });
        }
    }

    /// Appends a piece, with a blank where white space stood or where two words would run together. A rule's comma at either
    /// end of a piece is a pause, which is dropped where punctuation or the end of the sentence makes one anyway.
    fn say(&mut self, mut piece: &str, read: bool) {
        if read {
            if let Some(rest) = piece.strip_prefix(',') {
                self.pause = true;
                piece = rest.trim_start();
            }
            if let Some(rest) = piece.strip_suffix(',') {
                self.say(rest, true);
                self.pause = true;
                return;
            }
        }
        if piece.trim().is_empty() {
            self.gap |= !piece.is_empty();
            return;
        }
        let punctuation = piece.starts_with(['.', ',', ';', ':', '!', '?', '…']);
        if punctuation && self.spoken.is_empty() {
            return;
        }
        if punctuation {
            self.pause = false;
            self.gap = false;
            // `Kommst du?“, fragte er`, `Das war's.“.`: one sign is enough.
            if self.after_quote && matches!(piece, "," | ".") {
                if piece == "," && self.spoken.ends_with('.') {
                    self.spoken.pop();
                } else if self.spoken.ends_with(['!', '?', '.', '…']) {
                    return;
                }
            }
        }
        let touches = self.spoken.ends_with(char::is_alphanumeric)
            && piece.starts_with(char::is_alphanumeric);
        if std::mem::take(&mut self.pause) && !self.spoken.is_empty() {
            if !self.spoken.ends_with(['.', ',', ';', ':', '!', '?', '…']) {
                self.spoken.push(',');
            }
            self.gap = true;
        }
        if !self.spoken.is_empty() && (self.gap || touches && (read || self.after_read)) {
            self.spoken.push(' ');
        }
        // An announcement is followed by what it announces.
        self.gap = read && piece.ends_with(':');
        self.spoken.push_str(piece);
        self.after_read = read;
    }

    fn finish_into(mut self, sentences: &mut Vec<SpokenSentence>) {
        let Some(start) = self.start else { return };
        // A sentence that opens with a number opens with its first word's capital; `2,5 kg` alone is no sentence.
        if self.opened_by_number
            && self.spoken.ends_with(['.', '!', '?', '…'])
            && self.spoken.split_whitespace().nth(2).is_some()
        {
            capitalise(&mut self.spoken);
        }
        if !self.spoken.contains(char::is_alphanumeric) {
            self.spoken.clear();
        }
        // An emoji behind the last full stop belongs to the sentence before.
        if self.spoken.is_empty()
            && let Some(last) = sentences.last_mut()
        {
            last.range.end = self.end;
            last.rewrites.extend(self.rewrites);
            return;
        }
        if self.after_quote && self.spoken.ends_with(quote::END) {
            self.spoken.push('.');
        }
        sentences.push(SpokenSentence {
            range: start..self.end,
            spoken: self.spoken,
            rewrites: self.rewrites,
            cuts: self.cuts,
        });
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
                for mark in rest[length..]
                    .chars()
                    .take_while(|&c| unicode_normalization::char::is_combining_mark(c))
                    .take(32)
                {
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

    /// Offset in the clean text of a place in the source.
    fn clean(&self, at: usize) -> usize {
        match self
            .steps
            .partition_point(|&(_, source)| source <= at)
            .checked_sub(1)
        {
            Some(step) => {
                let end = self
                    .steps
                    .get(step + 1)
                    .map_or(self.text.len(), |next| next.0);
                (self.steps[step].0 + (at - self.steps[step].1)).min(end)
            }
            None => at,
        }
    }

    /// Offset in the source of the first byte at a place in the clean text.
    fn source(&self, at: usize) -> usize {
        match self
            .steps
            .partition_point(|&(clean, _)| clean <= at)
            .checked_sub(1)
        {
            Some(step) => self.steps[step].1 + (at - self.steps[step].0),
            None => at,
        }
    }

    /// Offset in the source one past the last byte of a range that ends at a place in the clean text.
    fn source_end(&self, at: usize) -> usize {
        match self
            .steps
            .partition_point(|&(clean, _)| clean < at)
            .checked_sub(1)
        {
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
