//! Speed without a change of pitch, of sound that is there already.

use std::num::NonZero;

use wsola::TimeStretch;

/// Differences of speed that nobody hears.
const SAME: f32 = 0.005;

/// One utterance whose speed can be changed while it is heard. At the speed it was made at it passes unchanged; at another it
/// goes through WSOLA (W. Verhelst, M. Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993).
pub struct Stretched {
    samples: Vec<f32>,
    /// Samples taken from `samples`.
    taken: usize,
    /// The speed it was made at.
    made_at: f32,
    stretch: Option<Stretch>,
}

struct Stretch {
    engine: TimeStretch,
    /// Stretched sound; `next` is the first that was not handed out.
    out: Vec<f32>,
    next: usize,
    /// Where the stretching begins. Its first hop fades in; together with what was heard before, which fades out over the
    /// same, that is just the sound as it was.
    seam: Option<usize>,
    /// Whether all of the sound was given to the engine.
    ended: bool,
}

impl Stretched {
    /// Sound that was made at the speed `made_at`.
    pub fn new(samples: Vec<f32>, made_at: f32) -> Self {
        Self {
            samples,
            taken: 0,
            made_at,
            stretch: None,
        }
    }

    /// How many of the samples have been handed out, nearly.
    pub fn heard(&self) -> usize {
        let waiting = self.stretch.as_ref().map_or(0, |s| s.engine.buffered());
        self.taken.saturating_sub(waiting)
    }

    /// The next sample at the speed `rate`; `None` at the end.
    pub fn next(&mut self, rate: f32, sample_rate: NonZero<u32>) -> Option<f32> {
        let tempo = rate / self.made_at;
        let Some(stretch) = &mut self.stretch else {
            if (tempo - 1.0).abs() > SAME
                && let Some(stretch) = Stretch::new(sample_rate, self.taken)
            {
                self.stretch = Some(stretch);
                return self.next(rate, sample_rate);
            }
            let sample = self.samples.get(self.taken).copied();
            self.taken += usize::from(sample.is_some());
            return sample;
        };
        while stretch.next >= stretch.out.len() {
            stretch.engine.set_tempo(tempo);
            if stretch.fill(&self.samples) {
                continue;
            }
            if stretch.engine.is_draining() || stretch.ended {
                return None;
            }
            let hop = stretch.engine.min_output_buff_size();
            let end = (self.taken + hop).min(self.samples.len());
            if end == self.taken {
                stretch.engine.set_draining();
                stretch.ended = true;
            }
            stretch.engine.push(&self.samples[self.taken..end]);
            self.taken = end;
        }
        let sample = stretch.out[stretch.next];
        stretch.next += 1;
        Some(sample)
    }
}

impl Stretch {
    fn new(sample_rate: NonZero<u32>, from: usize) -> Option<Self> {
        Some(Self {
            engine: TimeStretch::new(sample_rate, NonZero::<u16>::MIN).ok()?,
            out: Vec::new(),
            next: 0,
            seam: Some(from),
            ended: false,
        })
    }

    /// Takes what the engine has; false when it needs more.
    fn fill(&mut self, samples: &[f32]) -> bool {
        self.out.resize(self.engine.min_output_buff_size(), 0.0);
        self.next = 0;
        let written = self.engine.pull(&mut self.out).unwrap_or(0);
        self.out.truncate(written);
        if written > 0
            && let Some(from) = self.seam.take()
        {
            self.out.copy_from_slice(&samples[from..from + written]);
        }
        written > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: NonZero<u32> = NonZero::new(16_000).unwrap();

    /// A voiced sound: harmonics of 150 Hz, louder and softer four times a second.
    fn voice(seconds: f32) -> Vec<f32> {
        (0..(seconds * 16_000.0) as usize)
            .map(|i| {
                let t = i as f32 / 16_000.0;
                let tone = |n: f32| (std::f32::consts::TAU * 150.0 * n * t).sin() / n;
                let swell = 1.0 + 0.5 * (std::f32::consts::TAU * 4.0 * t).sin();
                0.2 * swell * (tone(1.0) + tone(2.0) + tone(3.0))
            })
            .collect()
    }

    fn play(mut sound: Stretched, rate: impl Fn(usize) -> f32) -> Vec<f32> {
        let mut out = Vec::new();
        while let Some(sample) = sound.next(rate(out.len()), RATE) {
            out.push(sample);
        }
        out
    }

    /// Frequency in Hz from the best lag of the autocorrelation.
    fn pitch(samples: &[f32]) -> f32 {
        let at = |lag: usize| -> f32 {
            let pairs = samples.iter().zip(&samples[lag..]);
            pairs.map(|(a, b)| a * b).sum::<f32>() / (samples.len() - lag) as f32
        };
        let best = (60..180).max_by(|a, b| at(*a).total_cmp(&at(*b)));
        16_000.0 / best.unwrap_or(1) as f32
    }

    #[test]
    fn the_own_speed_is_untouched() {
        let sound = voice(1.0);
        assert_eq!(play(Stretched::new(sound.clone(), 1.0), |_| 1.0), sound);
        assert_eq!(play(Stretched::new(sound.clone(), 2.5), |_| 2.5), sound);
    }

    #[test]
    fn any_speed_changes_the_length_and_keeps_the_pitch() {
        let sound = voice(3.0);
        let mut wrong = Vec::new();
        for (made_at, rate) in [
            (1.0, 0.5),
            (1.0, 0.75),
            (1.0, 1.25),
            (1.0, 2.0),
            (1.0, 3.0),
            (2.0, 1.0),
            (1.5, 3.0),
        ] {
            let out = play(Stretched::new(sound.clone(), made_at), |_| rate);
            let length = out.len() as f32 / sound.len() as f32 * rate / made_at;
            let pitch = pitch(&out[4000..8000]);
            if (length - 1.0).abs() > 0.03 || (pitch - 150.0).abs() > 4.5 {
                wrong.push(format!(
                    "{made_at} to {rate}: {length} of the length, {pitch} Hz"
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_change_of_speed_in_its_midst_does_not_click() {
        let sound = voice(2.0);
        let steepest = |samples: &[f32]| {
            let steps = samples.windows(2).map(|w| (w[1] - w[0]).abs());
            steps.fold(0.0, f32::max)
        };
        let out = play(Stretched::new(sound.clone(), 1.0), |at| match at {
            0..7_000 => 1.0,
            7_000..15_000 => 2.0,
            15_000..20_000 => 0.7,
            _ => 1.0,
        });
        assert!(steepest(&out) < steepest(&sound) * 1.3);
        let mut short = Stretched::new(voice(0.01), 1.0);
        while short.next(2.0, RATE).is_some() {}
    }
}
