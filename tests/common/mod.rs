//! Scripts for tests of the later stages.
#![allow(dead_code, reason = "every test file uses its own part")]

use std::sync::Arc;
use vorleser::{
    Prosody, Synthesiser,
    script::{Origin, Part, Role, Script, Utterance},
    synthesis::{Speech, SynthesisError, tone},
};

/// An utterance of the body with a pause of 300 ms.
pub fn utterance(text: &str) -> Utterance {
    Utterance {
        text: text.to_owned(),
        respelled: None,
        shown: text.to_owned(),
        language: "de".to_owned(),
        role: Role::Body,
        pause_after_ms: 300,
        sentence: 0,
        origin: Origin {
            part: Part::Block(0),
            range: 0..text.len(),
        },
        rewrites: Vec::new(),
    }
}

/// A script of such utterances.
pub fn script<S: AsRef<str>>(texts: &[S]) -> Arc<Script> {
    Arc::new(Script {
        title: None,
        language: "de".to_owned(),
        utterances: texts.iter().map(|text| utterance(text.as_ref())).collect(),
    })
}

/// Fails at one text, panics at another.
pub struct Fragile;

impl Synthesiser for Fragile {
    fn sample_rate(&self) -> u32 {
        16_000
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        match utterance.text.as_str() {
            "fail" => Err(SynthesisError::NoSuchVoice { id: "x".to_owned() }),
            "die" => panic!("as the test asks"),
            _ => tone::Tone::default().synthesise(utterance, prosody),
        }
    }
}
