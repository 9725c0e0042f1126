//! From the rate of the voice to that of a format.

use rubato::{Fft, FixedSync, Resampler as _, audioadapter_buffers::direct::InterleavedSlice};

/// Samples that are converted at once.
const CHUNK: usize = 1024;

/// Converts mono sound that comes in pieces; the length stays the same to a sample, and nothing is delayed.
pub struct Resampler {
    /// `None` where both rates are the same.
    inner: Option<Fft<f32>>,
    from: u64,
    to: u64,
    pending: Vec<f32>,
    /// Samples still to be dropped, the delay of the filter.
    lead: usize,
    given: u64,
    taken: u64,
}

impl Resampler {
    /// From one rate to another, in Hz.
    ///
    /// # Errors
    /// When there is no way between these rates, such as to or from 0 Hz.
    pub fn new(from: u32, to: u32) -> Result<Self, rubato::ResamplerConstructionError> {
        let inner = if from == to {
            None
        } else {
            let (from, to) = (from as usize, to as usize);
            Some(Fft::new(from, to, CHUNK, 1, FixedSync::Input)?)
        };
        Ok(Self {
            lead: inner.as_ref().map_or(0, rubato::Resampler::output_delay),
            inner,
            from: from.into(),
            to: to.into(),
            pending: Vec::new(),
            given: 0,
            taken: 0,
        })
    }

    /// Takes some sound and appends what is ready.
    ///
    /// # Errors
    /// Never in practice; whatever the library says.
    pub fn process(
        &mut self,
        samples: &[f32],
        out: &mut Vec<f32>,
    ) -> Result<(), rubato::ResampleError> {
        self.given += samples.len() as u64;
        self.pending.extend_from_slice(samples);
        self.convert(out)
    }

    /// Appends what is still on the way.
    ///
    /// # Errors
    /// As [`Resampler::process`].
    pub fn flush(&mut self, out: &mut Vec<f32>) -> Result<(), rubato::ResampleError> {
        let whole = (self.given * self.to).div_ceil(self.from.max(1));
        while self.taken < whole {
            let before = out.len();
            self.pending.resize(self.pending.len() + CHUNK, 0.0);
            self.convert(out)?;
            let more = self.taken.saturating_sub(whole) as usize;
            out.truncate((out.len() - more).max(before));
        }
        Ok(())
    }

    fn convert(&mut self, out: &mut Vec<f32>) -> Result<(), rubato::ResampleError> {
        let Some(inner) = &mut self.inner else {
            self.taken += self.pending.len() as u64;
            out.append(&mut self.pending);
            return Ok(());
        };
        let mut at = 0;
        loop {
            let size = inner.input_frames_next();
            let Some(chunk) = self.pending.get(at..at + size) else {
                break;
            };
            at += size;
            let Ok(chunk) = InterleavedSlice::new(chunk, 1, size) else {
                break;
            };
            let sound = inner.process(&chunk, None)?.take_data();
            let lead = self.lead.min(sound.len());
            self.lead -= lead;
            self.taken += (sound.len() - lead) as u64;
            out.extend_from_slice(&sound[lead..]);
        }
        self.pending.drain(..at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_keeps_its_place_its_pitch_and_its_length() {
        for (from, to) in [
            (16_000, 44_100),
            (16_000, 48_000),
            (22_050, 48_000),
            (48_000, 48_000),
        ] {
            let wave = |i: usize, rate: u32| {
                (i as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin() * 0.5
            };
            let given: Vec<f32> = (0..from as usize).map(|i| wave(i, from)).collect();
            let mut resampler = Resampler::new(from, to).unwrap();
            let mut out = Vec::new();
            for piece in given.chunks(777) {
                resampler.process(piece, &mut out).unwrap();
            }
            resampler.flush(&mut out).unwrap();
            assert_eq!(out.len(), to as usize, "{from} → {to}");
            // The ends ring, as the tone begins and ends there.
            let middle = out.len() / 10..out.len() * 9 / 10;
            let worst = middle
                .map(|i| (out[i] - wave(i, to)).abs())
                .fold(0.0, f32::max);
            assert!(worst < 0.01, "{from} → {to}: {worst}");
        }
    }
}
