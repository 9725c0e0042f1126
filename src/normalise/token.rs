//! From text to atoms, and from atoms to tokens.
//!
//! An [`Atom`] is what the eye separates: a run of letters, a run of digits, a run of white space, or one other
//! character. Atoms tile the text: the end of one is the start of the next, and no byte is lost.
//!
//! A [`Token`] is one atom or several that a rule read as one thing: a date, a sum of money, an abbreviation.
//! Tokens tile the text too.

use super::{
    context::{Context, Foreign},
    quotes::Quotes,
    rules::Speak,
    text::TextOptions,
};
use std::ops::Range;

/// What kind of characters an [`Atom`] consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes between letters.
    Word,
    /// ASCII digits.
    Digits,
    /// White space of any kind, including no-break spaces.
    Space,
    /// One other character.
    Mark,
}

/// A run of characters of one kind. Offsets are bytes into the text of the [`Sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Atom {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Kind of its characters.
    pub kind: Kind,
}

/// A text cut into atoms, with the listener's wishes: all that a rule may look at.
#[derive(Debug)]
pub struct Sheet<'t> {
    text: &'t str,
    atoms: Vec<Atom>,
    options: &'t TextOptions,
    context: Context,
}

/// One or several atoms read as one thing.
#[derive(Debug)]
pub struct Token {
    /// The atoms it covers.
    pub atoms: Range<usize>,
    /// What it was read as.
    pub class: Class,
}

/// The semiotic class of a [`Token`].
#[derive(Debug)]
pub enum Class {
    /// Said as written.
    Plain,
    /// Read by a rule, as a typed value that knows how to say itself.
    Read {
        /// Name of the rule.
        rule: &'static str,
        /// The value.
        value: Box<dyn Speak>,
    },
}

impl<'t> Sheet<'t> {
    /// Cuts a text into atoms.
    #[must_use]
    pub fn new(text: &'t str, options: &'t TextOptions) -> Self {
        Self::in_context(text, options, Context::of(text))
    }

    /// Cuts a text into atoms, with what is known of its quotations and foreign stretches.
    #[must_use]
    pub fn in_context(text: &'t str, options: &'t TextOptions, context: Context) -> Self {
        Self {
            text,
            atoms: atoms(text),
            options,
            context,
        }
    }

    /// The quotations of the text.
    #[must_use]
    pub fn quotes(&self) -> &Quotes {
        &self.context.quotes
    }

    /// The foreign stretch that atom `i` is in, which no German rule may read.
    #[must_use]
    pub fn foreign(&self, i: usize) -> Option<&Foreign> {
        if self.context.foreign.is_empty() {
            return None;
        }
        self.context.foreign_at(self.atoms.get(i)?.start)
    }

    /// The atom after the one that ends at byte `end`, looking from atom `i` on; `None` if no atom ends there.
    #[must_use]
    pub fn atom_after(&self, i: usize, end: usize) -> Option<usize> {
        let rest = self.atoms.get(i..)?;
        let index = i + rest.iter().position(|atom| atom.end >= end)?;
        (self.atoms[index].end == end).then_some(index + 1)
    }

    /// The text.
    #[must_use]
    pub fn source(&self) -> &'t str {
        self.text
    }

    /// The listener's wishes.
    #[must_use]
    pub fn options(&self) -> &TextOptions {
        self.options
    }

    /// Number of atoms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.atoms.len()
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// Kind of the atom at `i`; `None` outside of the text.
    #[must_use]
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.atoms.get(i).map(|atom| atom.kind)
    }

    /// Written form of the atom at `i`; empty outside of the text.
    #[must_use]
    pub fn text(&self, i: usize) -> &'t str {
        self.atoms
            .get(i)
            .map_or("", |atom| &self.text[atom.start..atom.end])
    }

    /// Written form of several atoms.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        let bytes = self.bytes(range);
        &self.text[bytes]
    }

    /// Byte range of several atoms.
    #[must_use]
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let end = range.end.min(self.atoms.len());
        if range.start >= end {
            let at = self
                .atoms
                .get(range.start)
                .map_or(self.text.len(), |atom| atom.start);
            return at..at;
        }
        self.atoms[range.start].start..self.atoms[end - 1].end
    }

    /// Whether the atom at `i` is exactly this.
    #[must_use]
    pub fn is(&self, i: usize, text: &str) -> bool {
        self.text(i) == text
    }

    /// The word at `i`, if there is one.
    #[must_use]
    pub fn word(&self, i: usize) -> Option<&'t str> {
        (self.kind(i) == Some(Kind::Word)).then(|| self.text(i))
    }

    /// The digits at `i`, if there are any.
    #[must_use]
    pub fn digits(&self, i: usize) -> Option<&'t str> {
        (self.kind(i) == Some(Kind::Digits)).then(|| self.text(i))
    }

    /// Whether there is white space at `i`.
    #[must_use]
    pub fn space(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Space)
    }

    /// The mark at `i`, if there is one.
    #[must_use]
    pub fn mark(&self, i: usize) -> Option<char> {
        if self.kind(i) == Some(Kind::Mark) {
            self.text(i).chars().next()
        } else {
            None
        }
    }

    /// `i`, or the next place if there is white space at `i`.
    #[must_use]
    pub fn skip_space(&self, i: usize) -> usize {
        if self.space(i) { i + 1 } else { i }
    }

    /// The place before `i`, stepping over one run of white space; `None` at the start of the text.
    #[must_use]
    pub fn before(&self, i: usize) -> Option<usize> {
        let mut at = i.checked_sub(1)?;
        if self.space(at) {
            at = at.checked_sub(1)?;
        }
        Some(at)
    }

    /// The atom before `i`, stepping over one run of white space; empty at the start of the text.
    #[must_use]
    pub fn left(&self, i: usize) -> &'t str {
        self.before(i).map_or("", |at| self.text(at))
    }

    /// The atom at `i`, or after one run of white space at `i`; empty at the end.
    #[must_use]
    pub fn right(&self, i: usize) -> &'t str {
        self.text(self.skip_space(i))
    }

    /// Whether the atom at `i` touches a letter or digit on its left.
    #[must_use]
    pub fn glued_left(&self, i: usize) -> bool {
        i > 0 && matches!(self.kind(i - 1), Some(Kind::Word | Kind::Digits))
    }

    /// Whether there is a letter or digit at `i`.
    #[must_use]
    pub fn glued_right(&self, i: usize) -> bool {
        matches!(self.kind(i), Some(Kind::Word | Kind::Digits))
    }
}

/// Whether a character belongs to a word.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Cuts a text into atoms. Linear in its length.
fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(text.len() / 3 + 4);
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let kind = if c.is_ascii_digit() {
            Kind::Digits
        } else if is_letter(c) && !c.is_numeric() {
            Kind::Word
        } else if c.is_whitespace() {
            Kind::Space
        } else {
            Kind::Mark
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, c)) = rest.peek() {
            let same = match kind {
                Kind::Digits => c.is_ascii_digit(),
                Kind::Space => c.is_whitespace(),
                Kind::Mark => false,
                Kind::Word => {
                    is_letter(c)
                        || (matches!(c, '\'' | '’')
                            && text[at + c.len_utf8()..]
                                .chars()
                                .next()
                                .is_some_and(is_letter))
                }
            };
            if !same {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        atoms.push(Atom { start, end, kind });
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms_tile_the_text() {
        let options = TextOptions::default();
        let text = "Am 3. Mai 1’250 m² für Müller's Ö\u{301}l½!";
        let sheet = Sheet::new(text, &options);
        let joined: String = (0..sheet.len()).map(|i| sheet.text(i)).collect();
        assert_eq!(joined, text);
        assert!(sheet.is(2, "3") && sheet.is(3, "."));
    }
}
