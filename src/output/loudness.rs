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

/// Samples that the limiter works on at once.
const BLOCK: usize = 256;

/// A gain this near to 1 is 1 (a thousandth of a decibel): what lets go exponentially would never end.
const LET_GO: f32 = 1.0 - 1e-4;

/// Gain and look-ahead limiter, for sound that comes in pieces. As many samples come out as go in, once it is flushed, and the
/// same ones whatever the pieces.
///
/// The gain that a sample needs is the least that any sample within the look-ahead needs, let go exponentially and smoothed
/// by a mean over the look-ahead, so that it is never above what is needed and never jumps. (D. Giannoulis et al., "Digital
/// Dynamic Range Compressor Design", 2012.) It works in blocks: most of speech needs no gain but 1, and is copied.
pub struct Limiter {
    gain: f32,
    ceiling: f32,
    release: f32,
    width: usize,
    kernels: [[f32; TAPS]; POINTS],
    /// The sound, turned up: the look-ahead and the reach of the interpolation, and behind them the block that is being filled.
    wave: Vec<f32>,
    /// Peak between the last centre and the sample after it.
    peak_before: f32,
    count: usize,
    /// Needed gains below 1 that may still be the minimum, with their numbers.
    minimum: VecDeque<(usize, f32)>,
    released: f32,
    means: VecDeque<f32>,
    sum: f64,
    /// Released gains of 1 in a row.
    calm: usize,
    /// Samples still to be dropped at the beginning, the delay.
    lead: usize,
    /// Samples that went in and did not come out yet.
    due: usize,
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
            wave: vec![0.0; width + TAPS],
            peak_before: 0.0,
            count: 0,
            minimum: VecDeque::new(),
            released: 1.0,
            means: VecDeque::from(vec![1.0; width]),
            sum: width as f64,
            calm: width,
            lead: width + TAPS / 2,
            due: 0,
            limited: false,
        }
    }

    /// Whether any sample was turned down.
    #[must_use]
    pub fn has_limited(&self) -> bool {
        self.limited
    }

    /// Takes some sound and appends what is ready.
    pub fn process(&mut self, mut samples: &[f32], out: &mut Vec<f32>) {
        let full = self.width + TAPS + BLOCK;
        self.due += samples.len();
        while !samples.is_empty() {
            let room = full - self.wave.len();
            let (now, later) = samples.split_at(room.min(samples.len()));
            (self.wave).extend(now.iter().map(|sample| sample * self.gain));
            samples = later;
            if self.wave.len() == full {
                self.block(out);
            }
        }
    }

    /// Appends what is still on the way.
    pub fn flush(&mut self, out: &mut Vec<f32>) {
        let end = out.len() + self.due;
        while out.len() < end {
            self.process(&[0.0; BLOCK], out);
        }
        out.truncate(end);
    }

    /// Gives the block that is full its gain.
    fn block(&mut self, out: &mut Vec<f32>) {
        let begin = out.len();
        // What comes out was the centre a look-ahead ago.
        out.extend(&self.wave[TAPS / 2..][..BLOCK]);
        let needed = self.needed();
        if needed.is_some() || self.calm < self.width {
            let needed = needed.unwrap_or([1.0; BLOCK]);
            for (sample, needed) in out[begin..].iter_mut().zip(needed) {
                *sample *= self.step(needed);
            }
        }
        let lead = self.lead.min(BLOCK);
        out.drain(begin..begin + lead);
        self.lead -= lead;
        self.due -= BLOCK - lead;
        self.wave.drain(..BLOCK);
    }

    /// The gain that each sample of the block needs by itself; `None` if that is 1 for all.
    fn needed(&mut self) -> Option<[f32; BLOCK]> {
        let recent = &self.wave[self.width..];
        let highest = recent.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        // No band-limited wave of such samples can reach the ceiling between them.
        if highest < self.ceiling * 0.5 {
            self.peak_before = 0.0;
            return None;
        }
        // Tap by tap over the whole block, which the processor does for several samples at once.
        let mut between = [0.0_f32; BLOCK];
        for kernel in &self.kernels {
            let mut wave = [0.0_f32; BLOCK];
            for (tap, weight) in kernel.iter().enumerate() {
                for (sum, sample) in wave.iter_mut().zip(&recent[tap + 1..]) {
                    *sum += sample * weight;
                }
            }
            for (peak, sample) in between.iter_mut().zip(wave) {
                *peak = peak.max(sample.abs());
            }
        }
        let mut needed = [1.0; BLOCK];
        let mut limited = false;
        let centres = &recent[TAPS / 2..];
        for ((needed, centre), after) in needed.iter_mut().zip(centres).zip(between) {
            let peak = centre.abs().max(self.peak_before).max(after);
            self.peak_before = after;
            if peak > self.ceiling {
                *needed = self.ceiling / peak;
                limited = true;
            }
        }
        self.limited |= limited;
        limited.then_some(needed)
    }

    /// The gain of the next sample to come out, from what the newest one needs.
    fn step(&mut self, needed: f32) -> f32 {
        if needed < 1.0 {
            while self.minimum.back().is_some_and(|(_, gain)| *gain >= needed) {
                self.minimum.pop_back();
            }
            self.minimum.push_back((self.count, needed));
        }
        let is_past = |(at, _): &(usize, f32)| at + self.width < self.count;
        if self.minimum.front().is_some_and(is_past) {
            self.minimum.pop_front();
        }
        self.count += 1;
        let lowest = self.minimum.front().map_or(1.0, |(_, gain)| *gain);
        let mut released = self.released + (1.0 - self.released) * self.release;
        if released > LET_GO {
            released = 1.0;
        }
        self.released = lowest.min(released);
        self.sum += f64::from(self.released);
        self.means.push_back(self.released);
        self.sum -= f64::from(self.means.pop_front().unwrap_or(1.0));
        if self.released < 1.0 {
            self.calm = 0;
        } else {
            self.calm += 1;
        }
        if self.calm >= self.width {
            // What was lost by rounding does not add up.
            self.sum = self.width as f64;
        }
        ((self.sum / self.width as f64) as f32).min(1.0)
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
    fn the_pieces_make_no_difference() {
        // Loud and quiet in turn, each for longer than the limiter takes to let go.
        let loudness = |i: usize| {
            if (i / 20_000).is_multiple_of(2) {
                0.9
            } else {
                0.1
            }
        };
        let sound: Vec<f32> = (0..70_000)
            .map(|i| (i as f32 * 0.7).sin() * loudness(i))
            .collect();
        let mut limiter = Limiter::new(RATE, 2.0, 0.5);
        let mut whole = Vec::new();
        limiter.process(&sound, &mut whole);
        limiter.flush(&mut whole);
        assert!(limiter.has_limited());
        assert_eq!(whole.len(), sound.len());
        assert!(limited(&sound, 2.0, 0.5) == whole);
        // Where it has let go, the sound is that which went in, to the last bit.
        assert!((39_000..39_900).all(|i| whole[i].to_bits() == (sound[i] * 2.0).to_bits()));
        for length in [0, 1, 77, BLOCK, BLOCK + 1] {
            assert_eq!(limited(&sound[..length], 2.0, 0.5).len(), length);
        }
    }

    #[test]
    fn silence_and_nothing_have_no_loudness() {
        let mut meter = Meter::new(RATE);
        assert_eq!((meter.lufs(), meter.true_peak()), (None, None));
        meter.add(&vec![0.0; 16_000]);
        assert_eq!((meter.lufs(), meter.true_peak()), (None, None));
    }
}
