//! Level and edges of one utterance: limiter, trimming, fades.

use std::collections::VecDeque;

/// Highest amplitude that leaves the limiter: −1 dB below full scale.
pub const CEILING: f32 = 0.891;

/// How far the limiter looks ahead, in seconds.
const LOOK_AHEAD: f64 = 0.005;

/// A sample is silence when it is this far below the utterance's peak (−54 dB) …
const SILENCE_RELATIVE: f32 = 0.002;

/// … or below this anyway (−80 dB of full scale).
const SILENCE_ABSOLUTE: f32 = 0.000_1;

/// Silence kept before the first sound, in milliseconds.
pub const LEAD_MS: u32 = 20;

/// Silence kept after the last sound, in milliseconds. Longer than the lead, as a voice rings out.
pub const TAIL_MS: u32 = 60;

/// Length of the fades at both ends, in milliseconds: within lead and tail, so that no sound is touched.
const FADE_MS: u32 = 10;

/// Milliseconds in samples.
#[must_use]
pub fn samples(ms: u32, sample_rate: u32) -> usize {
    (u64::from(ms) * u64::from(sample_rate) / 1000) as usize
}

/// Turns down what would exceed [`CEILING`], smoothly and in time, and leaves everything else as it is.
///
/// The gain that each sample needs is spread to its neighbourhood by a sliding minimum and smoothed by a mean over
/// the same length, so that it is never above what any sample needs. (The usual look-ahead limiter, for example D.
/// Giannoulis et al., "Digital Dynamic Range Compressor Design", 2012; with the whole utterance in memory it needs no
/// delay.) Linear time.
pub fn limit(samples: &mut [f32], sample_rate: u32) {
    let needed = |sample: f32| {
        let amplitude = sample.abs();
        if amplitude > CEILING {
            CEILING / amplitude
        } else {
            1.0
        }
    };
    // What is no number (an engine's fault) would spread through the gain.
    for sample in samples.iter_mut().filter(|s| !s.is_finite()) {
        *sample = 0.0;
    }
    if samples.iter().all(|s| s.abs() <= CEILING) {
        return;
    }
    let reach = (LOOK_AHEAD * f64::from(sample_rate)) as usize;
    let gains: Vec<f32> = samples.iter().map(|s| needed(*s)).collect();
    let lowest = sliding_minimum(&gains, reach);
    let smooth = sliding_mean(&lowest, reach);
    for (sample, gain) in samples.iter_mut().zip(smooth) {
        // The mean is exact up to rounding; the clamp takes care of the last bit.
        *sample = (*sample * gain).clamp(-CEILING, CEILING);
    }
}

/// Minimum over `reach` values to either side of each value.
fn sliding_minimum(values: &[f32], reach: usize) -> Vec<f32> {
    let mut window: VecDeque<usize> = VecDeque::new();
    let mut ahead = 0;
    (0..values.len())
        .map(|at| {
            while ahead < values.len().min(at + reach + 1) {
                while window.back().is_some_and(|&i| values[i] >= values[ahead]) {
                    window.pop_back();
                }
                window.push_back(ahead);
                ahead += 1;
            }
            while window.front().is_some_and(|&i| i + reach < at) {
                window.pop_front();
            }
            window.front().map_or(1.0, |&i| values[i])
        })
        .collect()
}

/// Mean over `reach` values to either side of each value; the ends count as repeated.
fn sliding_mean(values: &[f32], reach: usize) -> Vec<f32> {
    let (Some(first), Some(last)) = (values.first(), values.last()) else {
        return Vec::new();
    };
    let mut sums = vec![0.0_f64];
    let padded = (std::iter::repeat_n(first, reach))
        .chain(values)
        .chain(std::iter::repeat_n(last, reach));
    let mut sum = 0.0;
    sums.extend(padded.map(|value| {
        sum += f64::from(*value);
        sum
    }));
    let width = 2 * reach + 1;
    sums.iter()
        .zip(&sums[width..])
        .map(|(before, after)| ((after - before) / width as f64) as f32)
        .collect()
}

/// Cuts or fills the silence at both ends to exactly [`LEAD_MS`] and [`TAIL_MS`] and fades the very ends to zero, so that no
/// joint clicks. All silence gives an empty result.
#[must_use]
pub fn trim(speech: &[f32], sample_rate: u32) -> Vec<f32> {
    let peak = speech.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
    let threshold = (peak * SILENCE_RELATIVE).max(SILENCE_ABSOLUTE);
    let loud = |s: &f32| s.abs() > threshold;
    let (Some(first), Some(last)) = (speech.iter().position(loud), speech.iter().rposition(loud))
    else {
        return Vec::new();
    };
    let lead = samples(LEAD_MS, sample_rate);
    let tail = samples(TAIL_MS, sample_rate);
    let from = first.saturating_sub(lead);
    let to = (last + 1 + tail).min(speech.len());
    let mut out = Vec::with_capacity(lead + (last + 1 - first) + tail);
    out.resize(lead - (first - from), 0.0);
    let start = out.len();
    out.extend_from_slice(&speech[from..to]);
    let fade = samples(FADE_MS, sample_rate);
    let ramp = |i: usize| (i as f32 / fade.max(1) as f32).min(1.0);
    for (i, sample) in out[start..]
        .iter_mut()
        .enumerate()
        .take(fade.min(first - from))
    {
        *sample *= ramp(i);
    }
    for (i, sample) in out
        .iter_mut()
        .rev()
        .enumerate()
        .take(fade.min(to - last - 1))
    {
        *sample *= ramp(i);
    }
    out.resize(lead + (last + 1 - first) + tail, 0.0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RATE: u32 = 16_000;

    #[test]
    fn quiet_sound_passes_unchanged() {
        let given: Vec<f32> = (0..2000).map(|i| (i as f32 * 0.1).sin() * 0.8).collect();
        let mut limited = given.clone();
        limit(&mut limited, RATE);
        assert_eq!(limited, given);
    }

    #[test]
    fn the_limiter_turns_down_only_near_a_peak() {
        let mut sound = vec![0.5_f32; 2000];
        sound[1000] = 2.0;
        limit(&mut sound, RATE);
        assert!((sound[1000] - CEILING).abs() < 1e-4);
        assert!((sound[1000 - 200] - 0.5).abs() < 1e-6);
        assert!((sound[1000 + 200] - 0.5).abs() < 1e-6);
        let steepest = sound[..995]
            .windows(2)
            .map(|w| (w[1] - w[0]).abs())
            .fold(0.0, f32::max);
        assert!(steepest < 0.01, "the gain jumps by {steepest}");
    }

    #[test]
    fn silence_around_speech_has_a_fixed_length() {
        let (lead, tail) = (samples(LEAD_MS, RATE), samples(TAIL_MS, RATE));
        for (before, after) in [(0, 0), (10, 3000), (5000, 0), (5000, 5000)] {
            let mut sound = vec![0.000_05; before];
            sound.extend([0.5; 1000]);
            sound.extend(vec![-0.000_05; after]);
            let trimmed = trim(&sound, RATE);
            assert_eq!(trimmed.len(), lead + 1000 + tail, "{before} {after}");
            assert!(trimmed[0].abs() < 1e-6 && trimmed[trimmed.len() - 1].abs() < 1e-6);
            assert_eq!(trimmed[lead..lead + 1000], [0.5; 1000], "{before} {after}");
        }
        assert!(trim(&[0.0; 500], RATE).is_empty());
        assert!(trim(&[], RATE).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_exceeds_the_ceiling(mut sound in prop::collection::vec(-5.0_f32..5.0, 0..700)) {
            limit(&mut sound, RATE);
            prop_assert!(sound.iter().all(|s| s.abs() <= CEILING));
        }
    }
}
