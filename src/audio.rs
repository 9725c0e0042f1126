//! Sound in memory.

/// Mono sound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audio {
    /// Samples per second, in Hz.
    pub sample_rate: u32,
    /// Amplitudes, nominally −1 to 1.
    pub samples: Vec<f32>,
}

impl Audio {
    /// Length in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(self.sample_rate.max(1))
    }
}
