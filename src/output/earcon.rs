//! A gentle sound that tells the ear that a heading follows.

use std::f32::consts::{PI, TAU};

/// The two notes, E5 and B5, in Hz, and when each begins, in seconds.
const NOTES: [(f32, f32); 2] = [(659.26, 0.0), (987.77, 0.11)];

/// Length of the sound, in seconds.
const LENGTH: f32 = 0.5;

/// Time in which a note swells, in seconds: slow enough not to click.
const SWELL: f32 = 0.012;

/// Time in which a note falls to a third, in seconds.
const FALL: f32 = 0.12;

/// Highest amplitude of a note. Speech peaks at about half of full scale: a note at a fifth of that is heard beside it and
/// does not startle.
const AMPLITUDE: f32 = 0.1;

/// Silence before the words, in seconds.
const GAP: f32 = 0.25;

/// The sound at a rate in Hz, with the silence after it. It begins and ends at zero.
#[must_use]
pub fn earcon(sample_rate: u32) -> Vec<f32> {
    let rate = sample_rate.max(1) as f32;
    let count = |seconds: f32| (seconds * rate) as usize;
    let note = |time: f32, (frequency, begin): (f32, f32)| {
        let time = time - begin;
        if time <= 0.0 {
            return 0.0;
        }
        let swell = 0.5 - 0.5 * (PI * (time / SWELL).min(1.0)).cos();
        // The end is faded, too: what is left of the fall must not break off.
        let left = (LENGTH - begin - time).max(0.0);
        let fade = 0.5 - 0.5 * (PI * (left / 0.05).min(1.0)).cos();
        let wave = (TAU * frequency * time).sin() + 0.2 * (TAU * 2.0 * frequency * time).sin();
        wave / 1.2 * swell * fade * (-time / FALL).exp() * AMPLITUDE
    };
    let mut samples: Vec<f32> = (0..count(LENGTH))
        .map(|i| NOTES.iter().map(|n| note(i as f32 / rate, *n)).sum())
        .collect();
    samples.resize(count(LENGTH) + count(GAP), 0.0);
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::loudness::Meter;

    #[test]
    fn it_is_soft_and_does_not_click() {
        for rate in [16_000, 22_050, 48_000] {
            let sound = earcon(rate);
            let peak = sound.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
            assert!((0.05..0.2).contains(&peak), "{peak}");
            // No sample is further from the one before than the loudest, highest wave goes.
            let steepest = TAU * 2.0 * NOTES[1].0 / rate as f32 * peak * 1.2;
            let jump = sound
                .windows(2)
                .map(|w| (w[1] - w[0]).abs())
                .fold(0.0, f32::max);
            assert!(jump < steepest, "{jump} {steepest}");
            assert!(sound[0].abs() < 1e-4 && sound[sound.len() - 1].abs() < 1e-9);
            let mut meter = Meter::new(rate);
            meter.add(&sound);
            // Speech of the built-in voice has about −20 LUFS before it is levelled.
            let lufs = meter.lufs().unwrap();
            assert!((-36.0..-24.0).contains(&lufs), "{lufs}");
        }
    }
}
