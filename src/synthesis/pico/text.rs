//! What Pico is given to read: only characters it knows, no markup of the article's own, no piece too long.
//!
//! The engine's habits were found by ear and stopwatch, because nobody has written them down:
//! it knows the letters of Windows-1252 and leaves others out without a word (`Łódź` becomes `dz`); it takes
//! `(` and `»` for the end of a sentence, `...` for three, a soft hyphen for a symbol with a name; and it
//! loses the end of a word longer than 250 bytes.

use unicode_normalization::{UnicodeNormalization as _, char::decompose_compatible};

/// Longest run of letters that is handed over whole, in characters. The longest German words in use have
/// about 80; Pico's buffer for a word has 255 bytes.
const MAX_WORD: usize = 100;

/// Heard in the voice or not at all; Pico would call them by name or end the sentence.
const QUOTATION_MARKS: &str = "\"„“”‟«»‹›‚`´";

/// Rewrites text so that Pico says all of it and obeys none of it.
///
/// `<` is gone from the result, and with it every markup: Pico's tokeniser enters markup at that byte alone
/// (`tok_treatChar` in `picotok.c`). Runs in linear time.
pub fn sanitise(text: &str) -> String {
    let mut out = Sanitised::default();
    let mut characters = text.nfc().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match character {
            // A name for these is the normaliser's business; here they only must not be markup.
            '<' | '>' => out.gap(),
            _ if is_invisible(character) || QUOTATION_MARKS.contains(character) => {}
            '\'' | '’' | '‘' => {
                if out.in_word && next.is_some_and(char::is_alphanumeric) {
                    out.letter('\'');
                }
            }
            '(' | ')' | '[' | ']' | '{' | '}' | '…' | '–' | '—' | '―' => out.pause(),
            '-' if !out.in_word && !next.is_some_and(char::is_alphanumeric) => out.pause(),
            '\u{2010}' | '\u{2011}' => out.letter('-'),
            '.' | ',' | ';' | ':' | '!' | '?' => out.punctuation(character),
            _ if character.is_whitespace() || character.is_control() => out.gap(),
            _ if knows(character) => out.letter(character),
            _ => nearest(character, &mut out),
        }
    }
    out.text
}

/// Soft hyphen, zero-width characters, marks of direction.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Whether Pico has the character in its table: Windows-1252 without the two letters it lacks.
fn knows(character: char) -> bool {
    character.is_ascii()
        || matches!(
            character,
            '\u{a1}'..='\u{ff}' | 'Š' | 'š' | 'Ž' | 'ž' | '€' | '‰'
        )
}

/// Writes the letters that come closest to one Pico does not know; nothing if there are none.
fn nearest(character: char, out: &mut Sanitised) {
    let fixed = match character {
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ḍ' => "d",
        'Đ' => "D",
        'ı' => "i",
        'œ' => "ö",
        'Œ' => "Ö",
        'ŋ' => "ng",
        'ħ' => "h",
        'Ħ' => "H",
        'ẞ' => "SS",
        'ə' => "e",
        _ => "",
    };
    if !fixed.is_empty() {
        fixed.chars().for_each(|letter| out.letter(letter));
        return;
    }
    let mut found = false;
    decompose_compatible(character, |part| {
        // Letters only: `≮` and `＜` come apart into a `<`.
        if knows(part) && part.is_alphanumeric() {
            found = true;
            out.letter(part);
        }
    });
    if !found {
        out.gap();
    }
}

/// The text as it grows.
#[derive(Default)]
struct Sanitised {
    text: String,
    /// The last character written is part of a word.
    in_word: bool,
    /// White space is due before the next letter.
    gap: bool,
    /// A pause is due before the next letter.
    pause: bool,
    /// Characters since the last gap.
    word: usize,
}

impl Sanitised {
    fn letter(&mut self, letter: char) {
        if self.pause && self.text.ends_with(char::is_alphanumeric) {
            self.text.push(',');
        }
        if (self.gap || self.pause || self.word >= MAX_WORD) && !self.text.is_empty() {
            self.text.push(' ');
            self.word = 0;
        }
        self.gap = false;
        self.pause = false;
        self.text.push(letter);
        self.word += 1;
        self.in_word = letter.is_alphanumeric();
    }

    fn gap(&mut self) {
        self.gap = true;
        self.in_word = false;
    }

    fn pause(&mut self) {
        self.pause = true;
        self.in_word = false;
    }

    /// Writes one mark; of several in a row only the first, since Pico pauses for each.
    fn punctuation(&mut self, mark: char) {
        if self.text.ends_with(char::is_alphanumeric) || self.text.ends_with(['%', '€', '-', '\''])
        {
            self.text.push(mark);
            self.word += 1;
        }
        self.pause = false;
        self.in_word = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_pico_stumbles_over_are_rewritten() {
        let rows = [
            ("Er sagt „das“, heute.", "Er sagt das, heute."),
            ("Er sagt »das« heute.", "Er sagt das heute."),
            ("Das war (am Montag) klar.", "Das war, am Montag, klar."),
            ("Das war klar (am Montag).", "Das war klar, am Montag."),
            ("Er ging – und kam.", "Er ging, und kam."),
            ("Er ging - und kam.", "Er ging, und kam."),
            ("Nord-Süd", "Nord-Süd"),
            ("Und dann … nichts", "Und dann, nichts"),
            ("Und dann...", "Und dann."),
            ("Wie bitte?!", "Wie bitte?"),
            ("Lö\u{ad}sung\u{200b}", "Lösung"),
            ("Lo\u{308}sung", "Lösung"),
            ("Łódź und Erdoğan", "Lódz und Erdogan"),
            ("Škoda, Beyoncé", "Škoda, Beyoncé"),
            ("wie geht’s, ‚gut‘", "wie geht's, gut"),
            ("a\u{a0}b\n\nc\u{0}d", "a b c d"),
            (r#"<genfile file="/tmp/x"/>"#, "genfile file=/tmp/x/"),
            ("≮play file=x＞ ＜play＞", "play file=x play"),
            ("ﬁnden", "finden"),
            ("(Ende)", "Ende"),
            ("", ""),
        ];
        let wrong: Vec<_> = rows
            .iter()
            .filter(|(given, wanted)| sanitise(given) != *wanted)
            .map(|(given, wanted)| format!("{given:?}: {:?}, not {wanted:?}", sanitise(given)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_word_longer_than_picos_buffer_is_cut() {
        let text = sanitise(&"Haus".repeat(200));
        assert!(text.split(' ').all(|word| word.len() <= MAX_WORD));
        assert_eq!(text.replace(' ', ""), "Haus".repeat(200));
    }

    proptest! {
        #[test]
        fn nothing_but_known_characters_is_left(text in any::<String>()) {
            let clean = sanitise(&text);
            prop_assert!(clean.chars().all(|c| knows(c) && c != '<' && !c.is_control()), "{clean:?}");
        }

        #[test]
        fn no_german_letter_is_lost(text in "[a-zA-ZäöüÄÖÜß .,!?–„“()<>-]{0,300}") {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&sanitise(&text)), letters(&text));
        }
    }
}
