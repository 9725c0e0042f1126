//! Speech → file, in two passes of constant memory.
//!
//! The sound is spoken into an unnamed temporary file first: only at its end are its length, its loudness, its chapters and
//! whether every sentence was said known, and most formats want these at their beginning. The second pass gives it its level
//! and its format.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read as _, Seek as _, Write},
    ops::Range,
    path::{Path, PathBuf},
};

use super::{
    OutputError,
    atomic::AtomicFile,
    earcon::earcon,
    format::{Format, Sink},
    loudness::{Limiter, Meter, factor},
    tags::Tags,
};
use crate::script::Role;
use crate::synthesis::{Control, SpokenUtterance, Synthesis};

/// Samples that are worked on at once.
const BLOCK: usize = 1 << 14;

/// Highest true peak of formats that keep the wave, in dBTP: EBU R 128 allows −1, and meters differ by some tenths.
const CEILING_LOSSLESS: f64 = -1.3;

/// Highest true peak before lossy coding, in dBTP: the coder's noise adds to it.
const CEILING_LOSSY: f64 = -2.5;

/// Times that the gain is corrected for what the limiter takes away.
const CORRECTIONS: usize = 8;

/// How much of what is missing is added at a time: where the limiter works hard, a decibel of gain gives half of one.
const STEP: f64 = 1.5;

/// A loudness nearer than this is hit, in LU.
const NEAR: f64 = 0.1;

/// Most that sound is turned up, in dB: what is quieter than this is noise.
const MOST_GAIN: f64 = 40.0;

/// How a file is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Its format.
    pub format: Format,
    /// Its integrated loudness in LUFS; `None` to leave the sound as it is.
    pub loudness: Option<f64>,
    /// Bits per second of formats that have a choice; `None` for the usual number.
    pub bit_rate: Option<u32>,
    /// Whether a gentle sound is heard before headings.
    pub earcon: bool,
}

impl Default for Settings {
    /// A WAV of the sound as it is.
    fn default() -> Self {
        Self {
            format: Format::Wav,
            loudness: None,
            bit_rate: None,
            earcon: false,
        }
    }
}

/// Where every utterance lies in the sound, in samples, in the order of the script; without the pauses.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rendered {
    /// Rate of the sound as it was spoken, in Hz.
    pub sample_rate: u32,
    /// Length of the sound, in samples.
    pub samples: u64,
    /// One span for every utterance.
    pub spans: Vec<Range<u64>>,
    /// Integrated loudness of the finished sound in LUFS; `None` for silence and for less than 400 ms.
    pub lufs: Option<f64>,
}

impl Rendered {
    /// Length in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / f64::from(self.sample_rate.max(1))
    }
}

/// Renders speech into a file. It appears at `target` when it is whole; until then, and if anything fails, what was there
/// stays. `each` sees every utterance as it is spoken; `approve` sees the whole before it is
/// written; it gives the tags, or refuses.
///
/// # Errors
/// When the target cannot be written, the voice fails or says nothing at all, `approve` refuses, or `control` is stopped.
pub fn to_file(
    target: &Path,
    speech: Synthesis,
    settings: Settings,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
    approve: impl FnOnce(&Rendered) -> Result<Tags, OutputError>,
) -> Result<Rendered, OutputError> {
    let file = AtomicFile::create(target)?;
    let rendered = into(&file, target, speech, settings, control, each, approve)?;
    file.commit()?;
    Ok(rendered)
}

/// As [`to_file`], for a caller who has more to write before the file takes its place at `target`.
///
/// # Errors
/// As [`to_file`].
pub fn into(
    file: &AtomicFile,
    target: &Path,
    speech: Synthesis,
    settings: Settings,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
    approve: impl FnOnce(&Rendered) -> Result<Tags, OutputError>,
) -> Result<Rendered, OutputError> {
    let handle = file.handle()?;
    render(
        handle,
        file.directory(),
        target,
        speech,
        settings,
        control,
        each,
        approve,
    )
}

/// Renders speech into a stream that cannot seek, such as a pipe. Nothing arrives before all is spoken, and what arrives is a
/// file that every player accepts.
///
/// # Errors
/// As [`to_file`]; [`OutputError::BrokenPipe`] when nobody reads.
pub fn to_stream(
    stream: &mut dyn Write,
    speech: Synthesis,
    settings: Settings,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
    approve: impl FnOnce(&Rendered) -> Result<Tags, OutputError>,
) -> Result<Rendered, OutputError> {
    let place = std::env::temp_dir();
    let fail = |error| OutputError::write(&place, error);
    let mut file = temporary(&place)?;
    let handle = file.try_clone().map_err(fail)?;
    let rendered = render(
        handle, &place, &place, speech, settings, control, each, approve,
    )?;
    file.rewind().map_err(fail)?;
    io::copy(&mut file, stream)
        .and_then(|_| stream.flush())
        .map_err(|error| OutputError::write(Path::new("standard output"), error))?;
    Ok(rendered)
}

/// Both passes.
#[expect(
    clippy::too_many_arguments,
    reason = "the two ways above differ only in the file"
)]
fn render(
    file: File,
    directory: &Path,
    target: &Path,
    speech: Synthesis,
    settings: Settings,
    control: &Control,
    each: impl FnMut(&SpokenUtterance),
    approve: impl FnOnce(&Rendered) -> Result<Tags, OutputError>,
) -> Result<Rendered, OutputError> {
    let mut spool = Spool::new(directory, target, speech.sample_rate())?;
    let mut rendered = spool.record(speech, settings.earcon, control, each)?;
    let tags = approve(&rendered)?;
    let mut sink =
        settings
            .format
            .open(file, target, rendered.sample_rate, settings.bit_rate, &tags)?;
    rendered.lufs = spool.level(settings, rendered.lufs, control, sink.as_mut())?;
    sink.finish()?;
    Ok(rendered)
}

fn temporary(directory: &Path) -> Result<File, OutputError> {
    tempfile::tempfile_in(directory).map_err(|source| OutputError::Create {
        path: directory.to_owned(),
        source,
    })
}

/// The sound as it was spoken, on disk.
struct Spool {
    file: File,
    /// Named in errors.
    place: PathBuf,
    sample_rate: u32,
}

impl Spool {
    fn new(directory: &Path, place: &Path, sample_rate: u32) -> Result<Self, OutputError> {
        Ok(Self {
            file: temporary(directory)?,
            place: place.to_owned(),
            sample_rate,
        })
    }

    /// First pass: speaks and measures.
    fn record(
        &mut self,
        speech: Synthesis,
        with_earcon: bool,
        control: &Control,
        mut each: impl FnMut(&SpokenUtterance),
    ) -> Result<Rendered, OutputError> {
        let fail = |error| OutputError::write(&self.place, error);
        let mut writer = BufWriter::with_capacity(1 << 16, &self.file);
        let mut meter = Meter::of_loudness(self.sample_rate);
        let mut spans = Vec::new();
        let mut samples = 0_u64;
        let mut after_heading = false;
        for spoken in speech {
            if control.is_stopped() {
                return Err(OutputError::Stopped);
            }
            let spoken = spoken?;
            if spoken.audio.sample_rate != self.sample_rate {
                return Err(OutputError::RateMismatch {
                    file: self.sample_rate,
                    sound: spoken.audio.sample_rate,
                });
            }
            let mut write = |sound: &[f32]| {
                meter.add(sound);
                (sound.iter()).try_for_each(|sample| writer.write_all(&sample.to_le_bytes()))
            };
            let heading = spoken.role == Role::Heading;
            if heading && !after_heading && with_earcon {
                let sound = earcon(self.sample_rate);
                write(&sound).map_err(fail)?;
                samples += sound.len() as u64;
            }
            after_heading = heading;
            write(&spoken.audio.samples).map_err(fail)?;
            spans.push(samples..samples + spoken.speech_samples as u64);
            samples += spoken.audio.samples.len() as u64;
            each(&spoken);
        }
        writer.flush().map_err(fail)?;
        if !spans.is_empty() && spans.iter().all(Range::is_empty) {
            return Err(OutputError::Silent);
        }
        Ok(Rendered {
            sample_rate: self.sample_rate,
            samples,
            spans,
            lufs: meter.lufs(),
        })
    }

    /// Second pass: gives the sound its loudness and sends it on. Where the limiter has to work it takes loudness away; the
    /// gain is corrected for that, by passes that only measure. Gives the loudness reached.
    fn level(
        &self,
        settings: Settings,
        lufs: Option<f64>,
        control: &Control,
        sink: &mut dyn Sink,
    ) -> Result<Option<f64>, OutputError> {
        let (Some(target), Some(lufs)) = (settings.loudness, lufs) else {
            self.play(control, |samples| sink.write(samples))?;
            return Ok(lufs);
        };
        let ceiling = factor(if settings.format.is_lossy() {
            CEILING_LOSSY
        } else {
            CEILING_LOSSLESS
        });
        let mut gain = target - lufs;
        for _ in 0..CORRECTIONS {
            gain = gain.min(MOST_GAIN);
            let (reached, limited) = self.limited(factor(gain), ceiling, control, |_| Ok(()))?;
            let missing = target - reached.unwrap_or(target);
            if !limited || missing.abs() < NEAR {
                break;
            }
            gain += missing * STEP;
        }
        let gain = factor(gain.min(MOST_GAIN));
        let (reached, _) = self.limited(gain, ceiling, control, |samples| sink.write(samples))?;
        Ok(reached)
    }

    /// Plays through the limiter; gives the loudness and whether anything was turned down.
    fn limited(
        &self,
        gain: f32,
        ceiling: f32,
        control: &Control,
        mut sink: impl FnMut(&[f32]) -> Result<(), OutputError>,
    ) -> Result<(Option<f64>, bool), OutputError> {
        let mut limiter = Limiter::new(self.sample_rate, gain, ceiling);
        let mut meter = Meter::of_loudness(self.sample_rate);
        let mut out = Vec::with_capacity(BLOCK);
        self.play(control, |samples| {
            out.clear();
            limiter.process(samples, &mut out);
            meter.add(&out);
            sink(&out)
        })?;
        out.clear();
        limiter.flush(&mut out);
        meter.add(&out);
        sink(&out)?;
        Ok((meter.lufs(), limiter.has_limited()))
    }

    /// The sound from its beginning, block by block.
    fn play(
        &self,
        control: &Control,
        mut each: impl FnMut(&[f32]) -> Result<(), OutputError>,
    ) -> Result<(), OutputError> {
        let fail = |error| OutputError::write(&self.place, error);
        (&self.file).rewind().map_err(fail)?;
        let mut reader = BufReader::new(&self.file);
        let mut bytes = Vec::with_capacity(BLOCK * 4);
        let mut samples = Vec::with_capacity(BLOCK);
        loop {
            if control.is_stopped() {
                return Err(OutputError::Stopped);
            }
            bytes.clear();
            (&mut reader)
                .take(BLOCK as u64 * 4)
                .read_to_end(&mut bytes)
                .map_err(fail)?;
            if bytes.is_empty() {
                return Ok(());
            }
            samples.clear();
            let (words, _) = bytes.as_chunks::<4>();
            samples.extend(words.iter().map(|word| f32::from_le_bytes(*word)));
            each(&samples)?;
        }
    }
}
