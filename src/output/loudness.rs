//! Loudness after EBU R 128, and a limiter that keeps true peaks below a ceiling.

use std::{collections::VecDeque, f64::consts::PI};

use ebur128::{EbuR128, Mode};

/// How far the limiter looks ahead, in seconds.
const LOOK_AHEAD: f64 = 0.005;

/// Time in which the limiter lets go, in seconds. Longer than a period of the voice, so that it does not follow the wave;
/// short enough that no word is swallowed behind a loud one.
const RELEASE: f64 = 0.08;

/// Samples that the interpolation between two samples looks at.
const TAPS: usize = 16;

/// Points between two samples at which the wave is looked at, after ITU-R BS.1770-4, Annex 2 (fourfold oversampling).
const POINTS: usize = 3;

/// Measures sound as it passes, in constant memory.
pub struct Meter(Option<EbuR128>);

impl Meter {
    /// A meter for mono sound of a rate, in Hz.
    #[must_use]
    pub fn new(sample_rate: u32) -> Self {
        Self(EbuR128::new(1, sample_rate, Mode::I | Mode::TRUE_PEAK | Mode::HISTOGRAM).ok())
    }

    /// The same without the true peak, which takes most of the time.
    #[must_use]
    pub fn of_loudness(sample_rate: u32) -> Self {
        Self(EbuR128::new(1, sample_rate, Mode::I | Mode::HISTOGRAM).ok())
    }

    /// Hears some sound.
    pub fn add(&mut self, samples: &[f32]) {
        if let Some(meter) = &mut self.0 {
            // Mono sound of any length has whole frames, the only thing that can be wrong.
            let _ = meter.add_frames_f32(samples);
        }
    }

    /// Integrated loudness of all of it in LUFS; `None` for silence and for less than 400 ms.
    #[must_use]
    pub fn lufs(&self) -> Option<f64> {
        let lufs = self.0.as_ref()?.loudness_global().ok()?;
        lufs.is_finite().then_some(lufs)
    }

    /// Highest true peak in dBTP; `None` for silence, and where it is not measured.
    #[must_use]
    pub fn true_peak(&self) -> Option<f64> {
        let peak = 20.0 * self.0.as_ref()?.true_peak(0).ok()?.log10();
        peak.is_finite().then_some(peak)
    }
}

/// Decibels as a factor.
#[must_use]
pub fn factor(decibels: f64) -> f32 {
    10.0_f64.powf(decibels / 20.0) as f32
}

/// Gain and look-ahead limiter, for sound that comes in pieces. As many samples come out as go in, once it is flushed.
///
/// The gain that a sample needs is the least that any sample within the look-ahead needs, let go exponentially and smoothed
/// by a mean over the look-ahead, so that it is never above what is needed and never jumps. (D. Giannoulis et al., "Digital
/// Dynamic Range Compressor Design", 2012.)
pub struct Limiter {
    gain: f32,
    ceiling: f32,
    release: f32,
    width: usize,
    kernels: [[f32; TAPS]; POINTS],
    /// The last samples, for the interpolation.
    recent: VecDeque<f32>,
    /// Peak between the two samples before.
    peak_before: f32,
    /// Samples in a row that are too quiet to need a look.
    quiet: usize,
    count: usize,
    /// Needed gains that may still be the minimum, with their numbers.
    minimum: VecDeque<(usize, f32)>,
    released: f32,
    means: VecDeque<f32>,
    sum: f64,
    delayed: VecDeque<f32>,
    /// Samples still to be dropped at the beginning, the delay.
    lead: usize,
    limited: bool,
}

impl Limiter {
    /// A limiter for sound of a rate in Hz that multiplies by `gain` and keeps true peaks below `ceiling` (amplitude).
    #[must_use]
    pub fn new(sample_rate: u32, gain: f32, ceiling: f32) -> Self {
        let width = ((LOOK_AHEAD * f64::from(sample_rate)) as usize).max(1);
        let release = 1.0 - (-1.0 / (RELEASE * f64::from(sample_rate.max(1)))).exp();
        Self {
            gain,
            ceiling,
            release: release as f32,
            width,
            kernels: std::array::from_fn(|point| kernel((point + 1) as f64 / (POINTS + 1) as f64)),
            recent: VecDeque::from([0.0; TAPS]),
            peak_before: 0.0,
            quiet: 0,
            count: 0,
            minimum: VecDeque::new(),
            released: 1.0,
            means: VecDeque::from(vec![1.0; width]),
            sum: width as f64,
            delayed: VecDeque::from(vec![0.0; width]),
            lead: width + TAPS / 2,
            limited: false,
        }
    }

    /// Whether any sample was turned down.
    #[must_use]
    pub fn has_limited(&self) -> bool {
        self.limited
    }

    /// Takes some sound and appends what is ready.
    pub fn process(&mut self, samples: &[f32], out: &mut Vec<f32>) {
        for sample in samples {
            let ready = self.step(sample * self.gain);
            if self.lead > 0 {
                self.lead -= 1;
            } else {
                out.push(ready);
            }
        }
    }

    /// Appends what is still on the way.
    pub fn flush(&mut self, out: &mut Vec<f32>) {
        self.process(&vec![0.0; self.width + TAPS / 2], out);
    }

    fn step(&mut self, sample: f32) -> f32 {
        self.recent.pop_front();
        self.recent.push_back(sample);
        // No band-limited wave of such samples can reach the ceiling between them.
        self.quiet = if sample.abs() < self.ceiling * 0.5 {
            self.quiet + 1
        } else {
            0
        };
        let centre = self.recent[TAPS / 2 - 1];
        let peak_after = if self.quiet >= TAPS {
            0.0
        } else {
            self.between()
        };
        let peak = centre.abs().max(self.peak_before).max(peak_after);
        self.peak_before = peak_after;
        let needed = if peak > self.ceiling {
            self.ceiling / peak
        } else {
            1.0
        };
        self.limited |= needed < 1.0;
        while self.minimum.back().is_some_and(|(_, gain)| *gain >= needed) {
            self.minimum.pop_back();
        }
        self.minimum.push_back((self.count, needed));
        if self
            .minimum
            .front()
            .is_some_and(|(at, _)| at + self.width < self.count)
        {
            self.minimum.pop_front();
        }
        self.count += 1;
        let lowest = self.minimum.front().map_or(1.0, |(_, gain)| *gain);
        self.released = lowest.min(self.released + (1.0 - self.released) * self.release);
        self.sum += f64::from(self.released);
        self.means.push_back(self.released);
        self.sum -= f64::from(self.means.pop_front().unwrap_or(1.0));
        let gain = (self.sum / self.width as f64) as f32;
        self.delayed.push_back(centre);
        self.delayed.pop_front().unwrap_or(0.0) * gain.min(1.0)
    }

    /// Highest amplitude between the centre and the sample after it.
    fn between(&self) -> f32 {
        let (front, back) = self.recent.as_slices();
        self.kernels.iter().fold(0.0, |peak: f32, kernel| {
            let (first, second) = kernel.split_at(front.len());
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            peak.max((dot(front, first) + dot(back, second)).abs())
        })
    }
}

/// Windowed sinc (Hann) that gives the wave at a fraction of the way from sample `TAPS / 2 − 1` to the next.
fn kernel(fraction: f64) -> [f32; TAPS] {
    std::array::from_fn(|tap| {
        let distance = tap as f64 - (TAPS / 2 - 1) as f64 - fraction;
        let window = (PI * distance / TAPS as f64).cos().powi(2);
        ((PI * distance).sin() / (PI * distance) * window) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 16_000;

    fn limited(sound: &[f32], gain: f32, ceiling: f32) -> Vec<f32> {
        let mut limiter = Limiter::new(RATE, gain, ceiling);
        let mut out = Vec::new();
        for piece in sound.chunks(77) {
            limiter.process(piece, &mut out);
        }
        limiter.flush(&mut out);
        out
    }

    #[test]
    fn what_is_quiet_passes_in_its_place() {
        let sound: Vec<f32> = (0..1000).map(|i| (i as f32 * 0.1).sin() * 0.4).collect();
        let out = limited(&sound, 2.0, 0.891);
        assert_eq!(out.len(), sound.len());
        for (given, got) in sound.iter().zip(&out) {
            assert!((given * 2.0 - got).abs() < 1e-5, "{given} {got}");
        }
    }

    #[test]
    fn true_peaks_stay_below_the_ceiling_and_the_gain_does_not_jump() {
        // At a quarter of the rate and 45 degrees, the wave is 3 dB higher between the samples than on them.
        let burst = |i: usize| if (4000..9000).contains(&i) { 1.0 } else { 0.1 };
        let sound: Vec<f32> = (0..16_000)
            .map(|i| (i as f32 * std::f32::consts::FRAC_PI_2 + 0.785).sin() * burst(i))
            .collect();
        let out = limited(&sound, 3.0, factor(-1.0));
        let mut meter = Meter::new(RATE);
        meter.add(&out);
        let peak = meter.true_peak().unwrap();
        assert!((-2.0..=-0.8).contains(&peak), "{peak} dBTP");
        // Long before and after the burst nothing is turned down.
        for i in [100, 3800, 15_900] {
            assert!((out[i] - sound[i] * 3.0).abs() < 1e-3, "{i}");
        }
        let gains: Vec<f32> = out.iter().zip(&sound).map(|(o, s)| o / (s * 3.0)).collect();
        let jump = gains
            .windows(2)
            .map(|w| (w[1] - w[0]).abs())
            .fold(0.0, f32::max);
        assert!(jump < 0.02, "the gain jumps by {jump}");
    }

    #[test]
    fn silence_and_nothing_have_no_loudness() {
        let mut meter = Meter::new(RATE);
        assert_eq!((meter.lufs(), meter.true_peak()), (None, None));
        meter.add(&vec![0.0; 16_000]);
        assert_eq!((meter.lufs(), meter.true_peak()), (None, None));
    }
}
