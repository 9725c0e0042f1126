//! What the keys mean.

use crate::cli::locales::t;
use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use vorleser::output::playback::{
    Command,
    Unit::{Heading, Paragraph, Sentence},
};

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Something about the reading.
    Reading(Command),
    /// Show the keys, or hide them again.
    Help,
    /// Ctrl-C: end as if by a signal.
    Interrupt,
    /// Ctrl-Z: hand the terminal back to the shell for a while.
    Suspend,
}

/// The keys with their meanings, as help lists them.
pub fn help() -> [(String, String); 11] {
    [
        (t!("key-space"), t!("key-space-does")),
        (t!("key-sides"), t!("key-sides-does")),
        (t!("key-up-down"), t!("key-up-down-does")),
        ("p, n".to_owned(), t!("key-heading-does")),
        ("+, -".to_owned(), t!("key-speed-does")),
        ("0".to_owned(), t!("key-zero-does")),
        ("r".to_owned(), t!("key-repeat-does")),
        ("s".to_owned(), t!("key-spell-does")),
        ("?".to_owned(), t!("key-help-does")),
        ("q".to_owned(), t!("key-quit-does")),
        (t!("key-control"), t!("key-control-does")),
    ]
}

/// What the key asks for, if anything.
pub fn wish(key: KeyEvent) -> Option<Wish> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        return match key.code {
            KeyCode::Char('c') => Some(Wish::Interrupt),
            KeyCode::Char('z') => Some(Wish::Suspend),
            _ => None,
        };
    }
    let command = match key.code {
        KeyCode::Left => Command::Back(Sentence),
        KeyCode::Right => Command::Forward(Sentence),
        KeyCode::Up => Command::Back(Paragraph),
        KeyCode::Down => Command::Forward(Paragraph),
        // With the shift lock on, too.
        KeyCode::Char(c) => match c.to_ascii_lowercase() {
            ' ' => Command::Pause,
            'p' => Command::Back(Heading),
            'n' => Command::Forward(Heading),
            // `=` is the plus key of keyboards where that wants Shift.
            '+' | '=' => Command::Faster,
            '-' => Command::Slower,
            '0' => Command::ToStart,
            'r' => Command::Repeat,
            's' => Command::Spell,
            'q' => Command::Quit,
            '?' => return Some(Wish::Help),
            _ => return None,
        },
        _ => return None,
    };
    Some(Wish::Reading(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_help_says() {
        let rows = [
            (KeyCode::Char(' '), Wish::Reading(Command::Pause)),
            (KeyCode::Left, Wish::Reading(Command::Back(Sentence))),
            (KeyCode::Right, Wish::Reading(Command::Forward(Sentence))),
            (KeyCode::Up, Wish::Reading(Command::Back(Paragraph))),
            (KeyCode::Down, Wish::Reading(Command::Forward(Paragraph))),
            (KeyCode::Char('p'), Wish::Reading(Command::Back(Heading))),
            (KeyCode::Char('N'), Wish::Reading(Command::Forward(Heading))),
            (KeyCode::Char('+'), Wish::Reading(Command::Faster)),
            (KeyCode::Char('-'), Wish::Reading(Command::Slower)),
            (KeyCode::Char('0'), Wish::Reading(Command::ToStart)),
            (KeyCode::Char('r'), Wish::Reading(Command::Repeat)),
            (KeyCode::Char('s'), Wish::Reading(Command::Spell)),
            (KeyCode::Char('q'), Wish::Reading(Command::Quit)),
            (KeyCode::Char('?'), Wish::Help),
        ];
        let wrong: Vec<_> = rows
            .into_iter()
            .map(|(code, meant)| (code, meant, wish(KeyEvent::new(code, KeyModifiers::NONE))))
            .filter(|(_, meant, got)| *got != Some(*meant))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let control = |c| wish(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
        assert_eq!(control('c'), Some(Wish::Interrupt));
        assert_eq!(control('z'), Some(Wish::Suspend));
        assert_eq!(control('q'), None);
    }
}
