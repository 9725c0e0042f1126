//! The formats, and the trait that each of them implements.

use std::{fs::File, path::Path};

#[cfg(feature = "mp3")]
use super::mp3::Mp3Sink;
use super::{OutputError, flac::FlacSink, opus::OpusSink, tags::Tags, wav::WavSink};

/// A file that is being written.
pub trait Sink {
    /// Appends mono sound.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError>;
    /// Writes what is left and what only the end knows.
    ///
    /// # Errors
    /// As [`Sink::write`].
    fn finish(self: Box<Self>) -> Result<(), OutputError>;
}

/// Formats of audio files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// 16 bit, at the rate of the voice.
    Wav,
    /// Lossless, 16 bit, at the rate of the voice.
    Flac,
    /// 96 kbit/s, constant, at 44.1 kHz.
    #[cfg(feature = "mp3")]
    Mp3,
    /// Opus in Ogg, 32 kbit/s, at 48 kHz.
    Opus,
}

impl Format {
    /// The endings that [`Format::of`] knows, for people.
    pub const ENDINGS: &str = if cfg!(feature = "mp3") {
        ".wav, .flac, .mp3, .opus"
    } else {
        ".wav, .flac, .opus"
    };

    /// A small file that nearly every player knows.
    #[cfg(feature = "mp3")]
    pub const COMMON: Self = Self::Mp3;
    /// A small file that most players know.
    #[cfg(not(feature = "mp3"))]
    pub const COMMON: Self = Self::Opus;

    /// Ending of its files, without a dot.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Flac => "flac",
            #[cfg(feature = "mp3")]
            Self::Mp3 => "mp3",
            Self::Opus => "opus",
        }
    }

    /// The format that the ending of a file name asks for; `None` for one that is not known.
    #[must_use]
    pub fn of(name: &Path) -> Option<Self> {
        let ending = name.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "wav" | "wave" => Some(Self::Wav),
            "flac" => Some(Self::Flac),
            #[cfg(feature = "mp3")]
            "mp3" => Some(Self::Mp3),
            "opus" | "ogg" | "oga" => Some(Self::Opus),
            _ => None,
        }
    }

    /// Whether a file has tags, which are written before the sound.
    #[must_use]
    pub fn has_tags(self) -> bool {
        self != Self::Wav
    }

    /// Whether the sound that comes out is only like the one that went in.
    #[must_use]
    pub fn is_lossy(self) -> bool {
        match self {
            Self::Wav | Self::Flac => false,
            #[cfg(feature = "mp3")]
            Self::Mp3 => true,
            Self::Opus => true,
        }
    }

    /// Whether the format can have so many bits per second.
    #[must_use]
    pub fn takes_bit_rate(self, bit_rate: u32) -> bool {
        match self {
            Self::Wav | Self::Flac => false,
            #[cfg(feature = "mp3")]
            Self::Mp3 => super::mp3::BIT_RATES
                .iter()
                .any(|(rate, _)| *rate == bit_rate),
            // RFC 6716, 2.1.1.
            Self::Opus => (6_000..=256_000).contains(&bit_rate),
        }
    }

    /// Begins a file of sound of a rate, in Hz. A WAV has no tags. `place` is named in errors.
    pub(super) fn open(
        self,
        file: File,
        place: &Path,
        sample_rate: u32,
        bit_rate: Option<u32>,
        tags: &Tags,
    ) -> Result<Box<dyn Sink>, OutputError> {
        Ok(match self {
            Self::Wav => Box::new(WavSink::new(file, place, sample_rate)?),
            Self::Flac => Box::new(FlacSink::new(file, place, sample_rate, tags)?),
            #[cfg(feature = "mp3")]
            Self::Mp3 => Box::new(Mp3Sink::new(file, place, sample_rate, bit_rate, tags)?),
            Self::Opus => Box::new(OpusSink::new(file, place, sample_rate, bit_rate, tags)?),
        })
    }
}

/// Full scale is ±32,767, so that both directions are alike.
pub(super) fn to_16_bit(sample: f32) -> i16 {
    let value = sample.clamp(-1.0, 1.0) * 32_767.0;
    // As `round`, which is a call on processors of the oldest kind.
    (value + 0.5_f32.copysign(value)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_scale_does_not_wrap() {
        let given = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, f32::NAN];
        let wanted = [0, 32_767, -32_767, 32_767, -32_767, 16_384, 0];
        assert_eq!(given.map(to_16_bit), wanted);
    }
}
