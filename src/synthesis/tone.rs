//! A fake voice for tests: a tone per letter, the same every time.

use super::{Prosody, Speech, SynthesisError, Synthesiser};
use crate::{audio::Audio, script::Utterance};

/// Rate of the tones, in Hz.
const SAMPLE_RATE: u32 = 16_000;

/// Length of a letter at rate 1, in milliseconds; about that of German read aloud.
pub const MS_PER_LETTER: u32 = 60;

/// Silence around the tones, in milliseconds, for the pipeline to trim.
const MARGIN_MS: u32 = 200;

/// Speaks every character as a short tone whose pitch depends on it, so that two texts sound different and
/// the length tells the number of characters.
#[derive(Debug, Default)]
pub struct Tone {}

impl Synthesiser for Tone {
    fn sample_rate(&self) -> u32 {
        SAMPLE_RATE
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let length = super::level::samples(MS_PER_LETTER, SAMPLE_RATE) as f32 / prosody.rate;
        let margin = vec![0.0; super::level::samples(MARGIN_MS, SAMPLE_RATE)];
        let mut samples = margin.clone();
        for character in utterance.engine_text().chars() {
            let frequency = (200 + u32::from(character) % 32 * 20) as f32 * prosody.pitch;
            let step = std::f32::consts::TAU * frequency / SAMPLE_RATE as f32;
            samples.extend(
                (0..length as usize).map(|i| (i as f32 * step).cos() * 0.3 * prosody.volume),
            );
        }
        samples.extend(margin);
        Ok(Speech {
            audio: Audio {
                sample_rate: SAMPLE_RATE,
                samples,
            },
            warnings: Vec::new(),
        })
    }
}
