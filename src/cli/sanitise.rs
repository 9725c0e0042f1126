//! Text from the web on its way to a terminal: it must not move the cursor, change colours or turn around.
//! The idea is that of `fd` (`src/sanitize.rs`): what controls the terminal becomes a visible replacement.

use std::fmt::Write as _;

/// `text` without control and bidirectional formatting characters; line feeds and tabs stay.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// The same on one line, with single spaces.
pub fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    clean(&words.join(" "))
}

/// JSON with the same characters as `\\u` escapes: no program that reads it sees a difference.
pub fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            // All of them lie in the basic plane. Inside strings `serde_json` has escaped what JSON forbids already.
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a terminal could obey the character.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{clean, escape_json, one_line};

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[31mb\u{7}\u{202e}c\u{9b}d"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}c\u{fffd}d"
        );
        assert_eq!(one_line(" a\n\u{2028}b\u{85}\tc\u{1b}"), "a b c\u{fffd}");
        assert_eq!(clean("Ärger\nüber\t„Öl“"), "Ärger\nüber\t„Öl“");
    }

    #[test]
    fn json_stays_the_same_json() {
        let given = "a\u{9b}31m\u{202e}b\n";
        let json = serde_json::to_string(given).expect("JSON");
        let escaped = escape_json(&json);
        assert_eq!(escaped, r#""a\u009b31m\u202eb\n""#);
        assert_eq!(
            serde_json::from_str::<String>(&escaped).expect("JSON"),
            given
        );
    }
}
