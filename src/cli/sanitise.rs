//! Text from the web on its way to a terminal: it must not move the cursor, change colours or turn around.
//! The idea is that of `fd` (`src/sanitize.rs`): what controls the terminal becomes a visible replacement.

/// `text` without control and bidirectional formatting characters; line feeds and tabs stay.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() => '\u{FFFD}',
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                '\u{FFFD}'
            }
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            clean("a\u{1b}[31mb\u{7}\u{202e}c\u{9b}d"),
            "a\u{fffd}[31mb\u{fffd}\u{fffd}c\u{fffd}d"
        );
        assert_eq!(clean("Ärger\nüber\t„Öl“"), "Ärger\nüber\t„Öl“");
    }
}
