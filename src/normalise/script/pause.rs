//! Silences in milliseconds at rate 1. They are ours, judged by ear after the manner of radio news; none may reach two seconds.

use crate::script::{Role, Utterance};

/// Between two sentences of a paragraph.
const SENTENCE: u32 = 350;
/// Where the voice changes inside a sentence.
const VOICE: u32 = 120;

/// Before a part of this role.
fn before(role: Role) -> u32 {
    match role {
        Role::Heading => 1100,
        Role::Title => 500,
        Role::TickerEntry | Role::Question => 900,
        Role::Note => 600,
        _ => 0,
    }
}

/// After a part of this role.
fn after(role: Role) -> u32 {
    match role {
        Role::Kicker => 500,
        Role::Title | Role::Heading => 800,
        Role::Byline => 700,
        Role::Lead => 900,
        Role::Body | Role::Quote | Role::Answer => 700,
        Role::Question | Role::TickerEntry | Role::Note => 600,
        Role::ListItem | Role::TableRow => 450,
    }
}

/// Silence after each utterance: inside a sentence, inside a part, or between two parts.
pub fn set(utterances: &mut [Utterance]) {
    for index in 0..utterances.len() {
        let pause = match utterances.get(index + 1) {
            Some(next) if next.sentence == utterances[index].sentence => VOICE,
            Some(next) if next.origin.part == utterances[index].origin.part => SENTENCE,
            Some(next) => after(utterances[index].role).max(before(next.role)),
            None => after(utterances[index].role),
        };
        utterances[index].pause_after_ms = pause;
    }
}
