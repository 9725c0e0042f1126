//! Speech → file, in two passes of constant memory.
//!
//! The sound is spoken into an unnamed temporary file first: only at its end are its length, its loudness, its chapters and
//! whether every sentence was said known, and most formats want these at their beginning. The second pass gives it its level
//! and its format. Where the level is known from an earlier run (see [`crate::synthesis::cache`]), nothing is measured, and a
//! WAV, which has no chapters, is written at once. The bytes are the same either way.

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
use crate::synthesis::{Control, SpokenUtterance, Synthesis, Warning, cache::Level};

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

impl Settings {
    /// Highest true peak of the sound before it is coded, in dBTP.
    fn ceiling(self) -> f64 {
        if self.format.is_lossy() {
            CEILING_LOSSY
        } else {
            CEILING_LOSSLESS
        }
    }

    /// All that the level of a given speech depends on.
    fn level_key(self) -> String {
        format!("{:?} {} {}", self.loudness, self.ceiling(), self.earcon)
    }
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
/// stays. `each` sees every utterance as it is spoken; `approve` sees the whole before it takes its place; it gives the tags,
/// or refuses.
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

/// Both passes, or the one that is enough.
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
    let levels = speech.levels();
    let key = settings.level_key();
    let known = levels.as_ref().and_then(|levels| levels.get(&key));
    let rate = speech.sample_rate();
    let open = |tags: &Tags| (settings.format).open(file, target, rate, settings.bit_rate, tags);
    if let Some(level) = known
        && !settings.format.has_tags()
    {
        let mut sink = open(&Tags::default())?;
        let mut leveller = Leveller::new(rate, level, settings);
        let write = |samples: &[f32]| leveller.write(samples, sink.as_mut());
        let (mut rendered, _) = record(speech, settings.earcon, control, write, each)?;
        leveller.finish(sink.as_mut())?;
        rendered.lufs = level.lufs;
        approve(&rendered)?;
        sink.finish()?;
        return Ok(rendered);
    }
    let mut spool = Spool::new(directory, target, rate)?;
    let mut meter = known.is_none().then(|| Meter::of_loudness(rate));
    let write = |samples: &[f32]| {
        if let Some(meter) = &mut meter {
            meter.add(samples);
        }
        spool.write(samples)
    };
    let (mut rendered, complete) = record(speech, settings.earcon, control, write, each)?;
    let tags = approve(&rendered)?;
    let level = if let Some(level) = known {
        level
    } else {
        let lufs = meter.and_then(|meter| meter.lufs());
        let level = spool.level(settings, lufs, control)?;
        // What the voice could not say this time it may say the next time, and then all is a little louder.
        if let Some(levels) = levels
            && complete
        {
            levels.put(&key, level);
        }
        level
    };
    let mut sink = open(&tags)?;
    let mut leveller = Leveller::new(rate, level, settings);
    spool.play(control, |samples| leveller.write(samples, sink.as_mut()))?;
    leveller.finish(sink.as_mut())?;
    sink.finish()?;
    rendered.lufs = level.lufs;
    Ok(rendered)
}

/// Speaks, and sends the sound on. Gives also whether the voice could say everything.
fn record(
    speech: Synthesis,
    with_earcon: bool,
    control: &Control,
    mut write: impl FnMut(&[f32]) -> Result<(), OutputError>,
    mut each: impl FnMut(&SpokenUtterance),
) -> Result<(Rendered, bool), OutputError> {
    let sample_rate = speech.sample_rate();
    let mut spans = Vec::new();
    let mut samples = 0_u64;
    let mut after_heading = false;
    let mut complete = true;
    for spoken in speech {
        if control.is_stopped() {
            return Err(OutputError::Stopped);
        }
        let spoken = spoken?;
        if spoken.audio.sample_rate != sample_rate {
            return Err(OutputError::RateMismatch {
                file: sample_rate,
                sound: spoken.audio.sample_rate,
            });
        }
        let heading = spoken.role == Role::Heading;
        if heading && !after_heading && with_earcon {
            let sound = earcon(sample_rate);
            write(&sound)?;
            samples += sound.len() as u64;
        }
        after_heading = heading;
        write(&spoken.audio.samples)?;
        spans.push(samples..samples + spoken.speech_samples as u64);
        samples += spoken.audio.samples.len() as u64;
        complete &= !spoken.warnings.iter().any(Warning::loses_text);
        each(&spoken);
    }
    if !spans.is_empty() && spans.iter().all(Range::is_empty) {
        return Err(OutputError::Silent);
    }
    let rendered = Rendered {
        sample_rate,
        samples,
        spans,
        lufs: None,
    };
    Ok((rendered, complete))
}

/// Gives sound its level.
struct Leveller {
    /// `None` leaves the sound as it is.
    limiter: Option<Limiter>,
    /// For the sound of one call.
    out: Vec<f32>,
}

impl Leveller {
    fn new(sample_rate: u32, level: Level, settings: Settings) -> Self {
        let ceiling = factor(settings.ceiling());
        let limiter = |gain| Limiter::new(sample_rate, factor(gain), ceiling);
        Self {
            limiter: level.gain.map(limiter),
            out: Vec::with_capacity(BLOCK),
        }
    }

    fn write(&mut self, samples: &[f32], sink: &mut dyn Sink) -> Result<(), OutputError> {
        let Some(limiter) = &mut self.limiter else {
            return sink.write(samples);
        };
        self.out.clear();
        limiter.process(samples, &mut self.out);
        sink.write(&self.out)
    }

    /// Sends on what is still on the way.
    fn finish(self, sink: &mut dyn Sink) -> Result<(), OutputError> {
        let Self { limiter, mut out } = self;
        out.clear();
        if let Some(mut limiter) = limiter {
            limiter.flush(&mut out);
        }
        sink.write(&out)
    }
}

fn temporary(directory: &Path) -> Result<File, OutputError> {
    tempfile::tempfile_in(directory).map_err(|source| OutputError::Create {
        path: directory.to_owned(),
        source,
    })
}

/// The sound as it was spoken, on disk.
struct Spool {
    writer: BufWriter<File>,
    /// Named in errors.
    place: PathBuf,
    sample_rate: u32,
    /// For the samples of one call.
    bytes: Vec<u8>,
}

impl Spool {
    fn new(directory: &Path, place: &Path, sample_rate: u32) -> Result<Self, OutputError> {
        Ok(Self {
            writer: BufWriter::with_capacity(1 << 16, temporary(directory)?),
            place: place.to_owned(),
            sample_rate,
            bytes: Vec::new(),
        })
    }

    fn write(&mut self, samples: &[f32]) -> Result<(), OutputError> {
        self.bytes.resize(samples.len() * 4, 0);
        let (words, _) = self.bytes.as_chunks_mut();
        for (word, sample) in words.iter_mut().zip(samples) {
            *word = sample.to_le_bytes();
        }
        self.writer
            .write_all(&self.bytes)
            .map_err(|error| OutputError::write(&self.place, error))
    }

    /// Finds the gain that gives the sound its loudness, by passes that only measure. Where the limiter has to work it takes
    /// loudness away; the gain is corrected for that.
    fn level(
        &mut self,
        settings: Settings,
        lufs: Option<f64>,
        control: &Control,
    ) -> Result<Level, OutputError> {
        let (Some(target), Some(lufs)) = (settings.loudness, lufs) else {
            return Ok(Level { gain: None, lufs });
        };
        let mut gain = (target - lufs).min(MOST_GAIN);
        let mut corrections = 0;
        loop {
            let (reached, limited) = self.limited(gain, settings, control)?;
            let missing = target - reached.unwrap_or(target);
            if !limited || missing.abs() < NEAR || corrections == CORRECTIONS {
                return Ok(Level {
                    gain: Some(gain),
                    lufs: reached,
                });
            }
            corrections += 1;
            gain = (gain + missing * STEP).min(MOST_GAIN);
        }
    }

    /// The loudness that a gain gives, and whether anything was turned down.
    fn limited(
        &mut self,
        gain: f64,
        settings: Settings,
        control: &Control,
    ) -> Result<(Option<f64>, bool), OutputError> {
        let ceiling = factor(settings.ceiling());
        let mut limiter = Limiter::new(self.sample_rate, factor(gain), ceiling);
        let mut meter = Meter::of_loudness(self.sample_rate);
        let mut out = Vec::with_capacity(BLOCK);
        self.play(control, |samples| {
            out.clear();
            limiter.process(samples, &mut out);
            meter.add(&out);
            Ok(())
        })?;
        out.clear();
        limiter.flush(&mut out);
        meter.add(&out);
        Ok((meter.lufs(), limiter.has_limited()))
    }

    /// The sound from its beginning, block by block.
    fn play(
        &mut self,
        control: &Control,
        mut each: impl FnMut(&[f32]) -> Result<(), OutputError>,
    ) -> Result<(), OutputError> {
        let fail = |error| OutputError::write(&self.place, error);
        // Seeking writes out what is still to be written.
        self.writer.rewind().map_err(fail)?;
        let mut reader = BufReader::with_capacity(1 << 16, self.writer.get_ref());
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
