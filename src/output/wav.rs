//! WAV files: mono, 16 bit, written as the sound comes.

use std::{
    fs::File,
    io::{self, BufWriter, Seek as _, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use hound::{SampleFormat, WavSpec, WavWriter};

use super::{OutputError, atomic::AtomicFile};
use crate::{
    audio::Audio,
    synthesis::{Control, SpokenUtterance, Synthesis},
};

/// Bytes of the header that `hound` writes before the samples.
const HEADER_BYTES: u64 = 44;

/// Bytes of a sample.
const SAMPLE_BYTES: u64 = 2;

/// Most samples that a WAV can hold: its header counts the bytes after its first eight in 32 bits.
const MAX_SAMPLES: u64 = (u32::MAX as u64 - (HEADER_BYTES - 8)) / SAMPLE_BYTES;

/// Where every utterance lies in the file, in samples, in the order of the script; without the pauses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Rate of the sound, in Hz.
    pub sample_rate: u32,
    /// Length of the sound, in samples.
    pub samples: u64,
    /// One span for every utterance.
    pub spans: Vec<Range<u64>>,
}

impl Rendered {
    /// Length in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / f64::from(self.sample_rate.max(1))
    }
}

/// Renders speech into a WAV file. It appears at `target` when it is whole; until then, and if anything fails, what was there
/// stays. `each` sees every utterance as it is written: warnings, progress.
///
/// # Errors
/// When the target cannot be written, the voice fails or says nothing at all, there is more sound than a WAV can hold, or
/// `control` is stopped.
pub fn render_to_file(
    target: &Path,
    speech: Synthesis,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
) -> Result<Rendered, OutputError> {
    let file = AtomicFile::create(target)?;
    let mut wav = Wav::new(file.handle()?, target, speech.sample_rate())?;
    let rendered = wav.write_all(speech, control, each)?;
    wav.finish()?;
    file.commit()?;
    Ok(rendered)
}

/// Renders speech as a WAV into a stream that cannot seek, such as a pipe.
///
/// The header tells the length, which is known only at the end: the sound goes through an unnamed temporary file, so nothing
/// arrives before all is spoken, and what arrives is a file that every player accepts.
///
/// # Errors
/// As [`render_to_file`]; [`OutputError::BrokenPipe`] when nobody reads.
pub fn render_to_stream(
    stream: &mut dyn Write,
    speech: Synthesis,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
) -> Result<Rendered, OutputError> {
    let place = std::env::temp_dir();
    let fail = |error| OutputError::write(&place, error);
    let mut file = tempfile::tempfile().map_err(|source| OutputError::Create {
        path: place.clone(),
        source,
    })?;
    let mut wav = Wav::new(
        file.try_clone().map_err(fail)?,
        &place,
        speech.sample_rate(),
    )?;
    let rendered = wav.write_all(speech, control, each)?;
    wav.finish()?;
    file.rewind().map_err(fail)?;
    io::copy(&mut file, stream)
        .and_then(|_| stream.flush())
        .map_err(|error| OutputError::write(Path::new("standard output"), error))?;
    Ok(rendered)
}

/// A WAV file being written.
struct Wav {
    writer: WavWriter<BufWriter<File>>,
    /// Named in errors.
    place: PathBuf,
    count: SampleCount,
}

impl Wav {
    fn new(file: File, place: &Path, sample_rate: u32) -> Result<Self, OutputError> {
        let spec = WavSpec {
            channels: 1,
            sample_rate,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        Ok(Self {
            writer: WavWriter::new(BufWriter::with_capacity(1 << 16, file), spec)
                .map_err(|error| failed(place, error))?,
            place: place.to_owned(),
            count: SampleCount {
                sample_rate,
                samples: 0,
            },
        })
    }

    fn write_all(
        &mut self,
        speech: Synthesis,
        control: &Control,
        mut each: impl FnMut(&SpokenUtterance),
    ) -> Result<Rendered, OutputError> {
        let mut spans = Vec::new();
        for spoken in speech {
            if control.is_stopped() {
                return Err(OutputError::Stopped);
            }
            let spoken = spoken?;
            let start = self.count.samples;
            self.write(&spoken.audio)?;
            spans.push(start..start + spoken.speech_samples as u64);
            each(&spoken);
        }
        if !spans.is_empty() && spans.iter().all(Range::is_empty) {
            return Err(OutputError::Silent);
        }
        Ok(Rendered {
            sample_rate: self.count.sample_rate,
            samples: self.count.samples,
            spans,
        })
    }

    fn write(&mut self, audio: &Audio) -> Result<(), OutputError> {
        self.count.add(audio)?;
        for sample in &audio.samples {
            self.writer
                .write_sample(to_16_bit(*sample))
                .map_err(|error| failed(&self.place, error))?;
        }
        Ok(())
    }

    /// Writes the lengths into the header.
    fn finish(self) -> Result<(), OutputError> {
        self.writer
            .finalize()
            .map_err(|error| failed(&self.place, error))
    }
}

fn failed(place: &Path, error: hound::Error) -> OutputError {
    match error {
        hound::Error::IoError(error) => OutputError::write(place, error),
        other => OutputError::write(place, io::Error::other(other)),
    }
}

/// Full scale is ±32,767, so that both directions are alike.
fn to_16_bit(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16
}

/// Counts samples, because `hound` counts them in 32 bits and does not look.
struct SampleCount {
    sample_rate: u32,
    samples: u64,
}

impl SampleCount {
    /// Counts sound that is about to be written.
    fn add(&mut self, audio: &Audio) -> Result<(), OutputError> {
        if audio.sample_rate != self.sample_rate {
            return Err(OutputError::RateMismatch {
                file: self.sample_rate,
                sound: audio.sample_rate,
            });
        }
        let samples = self.samples + audio.samples.len() as u64;
        if samples > MAX_SAMPLES {
            return Err(OutputError::TooLong {
                hours: MAX_SAMPLES as f64 / f64::from(self.sample_rate) / 3600.0,
            });
        }
        self.samples = samples;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_four_gibibytes_are_refused_before_they_are_written() {
        let audio = |samples| Audio {
            sample_rate: 16_000,
            samples: vec![0.0; samples],
        };
        let mut count = SampleCount {
            sample_rate: 16_000,
            samples: MAX_SAMPLES - 10,
        };
        count.add(&audio(10)).unwrap();
        assert_eq!(
            HEADER_BYTES - 8 + count.samples * SAMPLE_BYTES,
            u64::from(u32::MAX) - 1
        );
        let error = count.add(&audio(1)).unwrap_err();
        assert!(matches!(error, OutputError::TooLong { hours } if (37.0..38.0).contains(&hours)));
        assert_eq!(
            count.samples, MAX_SAMPLES,
            "refused sound must not be counted"
        );
    }

    #[test]
    fn sound_of_another_rate_is_refused() {
        let mut count = SampleCount {
            sample_rate: 16_000,
            samples: 0,
        };
        let error = count.add(&Audio {
            sample_rate: 22_050,
            samples: vec![0.0],
        });
        assert!(matches!(error, Err(OutputError::RateMismatch { .. })));
    }

    #[test]
    fn full_scale_does_not_wrap() {
        let given = [0.0, 1.0, -1.0, 2.0, -2.0, 0.5, f32::NAN];
        let wanted = [0, 32_767, -32_767, 32_767, -32_767, 16_384, 0];
        assert_eq!(given.map(to_16_bit), wanted);
    }
}
