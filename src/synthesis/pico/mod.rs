//! The built-in voice: SVOX Pico, German.

mod engine;
mod text;

pub use engine::LoadError;

use super::{Prosody, Speech, SynthesisError, Synthesiser, Warning, split::split};
use crate::{audio::Audio, script::Utterance};
use engine::{Loaded, SpeakError};

/// Rate of everything Pico says, in Hz.
const SAMPLE_RATE: u32 = 16_000;

/// Longest text handed to the engine at once, in bytes. Longer sentences (there are such in law gazettes) are
/// cut at clauses.
const MAX_PIECE: usize = 600;

/// Shortest piece that is cut further when the engine fails on it, in bytes.
const MIN_PIECE: usize = 12;

/// Pico's speed at rate 1, in per cent. At 100 it reads 128 words a minute, slower than any newsreader; `rate` is relative to
/// this.
const OWN_SPEED: f32 = 108.0;

/// Pico's own volume level, in percent. At 100 it clips in most sentences, at 50 still in some (`Haus Haus
/// Haus …`, or a low pitch); at 25 the loudest seen is half of full scale.
const VOLUME_LEVEL: u32 = 25;

/// What Pico says at [`VOLUME_LEVEL`] is multiplied by this. The limiter then has to touch only the loudest vowels.
const GAIN: f32 = 2.5;

/// SVOX Pico with its German voice.
pub struct Pico {}

impl Pico {
    /// Loads the voice once to see that it can be.
    ///
    /// # Errors
    /// When the temporary directory cannot be written; the engine takes its data from files only.
    pub fn new() -> Result<Self, SynthesisError> {
        load()?;
        Ok(Self {})
    }
}

impl Synthesiser for Pico {
    fn sample_rate(&self) -> u32 {
        SAMPLE_RATE
    }

    fn version(&self) -> String {
        let crate_version = env!("CARGO_PKG_VERSION");
        format!("{crate_version} {OWN_SPEED} {VOLUME_LEVEL} {GAIN} {MAX_PIECE} {MIN_PIECE}")
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let text = text::sanitise(utterance.engine_text());
        let gain = GAIN * prosody.volume;
        let mut speech = Speech {
            audio: Audio {
                sample_rate: SAMPLE_RATE,
                samples: Vec::new(),
            },
            warnings: Vec::new(),
        };
        // Last piece first: pieces that fail are cut and put back on top.
        let mut waiting = split(&text, MAX_PIECE);
        waiting.reverse();
        while let Some(piece) = waiting.pop() {
            match load()?.speak(&marked_up(piece, prosody)) {
                Ok(samples) => speech
                    .audio
                    .samples
                    .extend(samples.iter().map(|s| f32::from(*s) / 32_768.0 * gain)),
                Err(_) if piece.len() > MIN_PIECE => {
                    let pieces = split(piece, piece.len().div_ceil(2));
                    waiting.extend(pieces.into_iter().rev());
                }
                Err(error) => speech.warnings.push(Warning::Skipped {
                    text: piece.to_owned(),
                    reason: match error {
                        SpeakError::Pico(message) => message,
                        SpeakError::Endless => error.to_string(),
                    },
                }),
            }
        }
        Ok(speech)
    }
}

fn load() -> Result<Loaded, SynthesisError> {
    Loaded::new().map_err(SynthesisError::Pico)
}

/// Puts our own markup around text that can hold none.
fn marked_up(text: &str, prosody: Prosody) -> String {
    // Pauses at commas are Pico's own and do not follow the speed: at rate 3 a sentence with many of them takes 0.37 of
    // the time, not 0.33.
    let speed = (prosody.rate * OWN_SPEED).clamp(50.0, 324.0).round();
    let pitch = (prosody.pitch * 100.0).clamp(50.0, 200.0).round();
    format!(
        r#"<volume level="{VOLUME_LEVEL}"><speed level="{speed}"><pitch level="{pitch}">{text}"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_itself_never_reaches_full_scale() {
        let loud = "Haus ".repeat(40);
        let mut wrong = Vec::new();
        for rate in [0.5, 1.0, 3.0] {
            for pitch in [0.5, 0.75, 1.0, 2.0] {
                let prosody = Prosody {
                    rate,
                    pitch,
                    volume: 1.0,
                };
                let samples = load().unwrap().speak(&marked_up(&loud, prosody)).unwrap();
                let peak = samples.iter().map(|s| s.unsigned_abs()).max().unwrap();
                if peak > 26_000 {
                    wrong.push(format!("rate {rate}, pitch {pitch}: {peak}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
