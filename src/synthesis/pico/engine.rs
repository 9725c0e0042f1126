//! The Pico engine itself: the one place of this crate that calls `ttspico`'s unsafe function.
//!
//! Pico reads its two data files by path only, so the bytes compiled into this program go through a private
//! temporary file that is gone before the first word is spoken.

use std::{cell::RefCell, io, io::Write as _, rc::Rc};

use ttspico::{Engine, EngineStatus, PicoError, Resource, System, Voice};

/// Text analysis of German, from SVOX Pico (Apache-2.0, see `voices/pico/NOTICE`).
const TEXT_ANALYSIS: &[u8] = include_bytes!("../../../voices/pico/de-DE_ta.bin");
/// Signal generation of the German voice `gl0`, same source.
const SIGNAL_GENERATION: &[u8] = include_bytes!("../../../voices/pico/de-DE_gl0_sg.bin");

/// Memory that Pico manages by itself, in bytes. It uses about 2.5 MB of it, the rest stays untouched and costs nothing.
///
/// Pico takes parts of it for zero without having written to them (a sentence after another began with up to 600 samples of
/// another sound), and `ttspico` allocates it as it comes. A block this large is not kept by the usual allocators but
/// fetched anew from the system, which clears it. `sound_depends_on_the_text_alone` in `tests/synthesis.rs` holds this.
const MEMORY: usize = 64 << 20;

/// Longest path that Pico can open. It copies the path into 512 bytes without looking at its length
/// (`LOpen` in `picoos.c`), so a longer one must never reach it.
const MAX_PATH_BYTES: usize = 500;

/// Samples that one step may hand out: Pico never gives more than 255 bytes.
const STEP_SAMPLES: usize = 128;

/// Steps in a row without a sample after which the engine is taken to hang.
const MAX_SILENT_STEPS: u32 = 200_000;

/// Why the engine could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The temporary file for the voice data could not be written.
    #[error("the voice data could not be put into a temporary file")]
    TemporaryFile(#[source] io::Error),
    /// The temporary directory has a name that Pico cannot open.
    #[error("the path of the temporary directory is too long or not UTF-8")]
    TemporaryPath,
    /// Pico refused its data.
    #[error("{0}")]
    Pico(String),
}

/// Why one piece of text was not spoken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpeakError {
    /// Pico gave up.
    #[error("{0}")]
    Pico(String),
    /// Pico took steps without end and made no sound.
    #[error("the engine does not come to an end")]
    Endless,
}

impl From<PicoError> for SpeakError {
    fn from(error: PicoError) -> Self {
        Self::Pico(error.to_string())
    }
}

impl From<PicoError> for LoadError {
    fn from(error: PicoError) -> Self {
        Self::Pico(error.to_string())
    }
}

/// Pico with the German voice loaded, good for one text.
///
/// One text only, because the engine takes its noise from a table and starts where the last text ended, and
/// neither kind of reset brings it back. Loading takes half a millisecond; with it, the same text gives the
/// same samples whatever was said before and on whichever thread, and nothing is left over from an error.
pub struct Loaded(Engine);

impl Loaded {
    /// Loads the voice.
    pub fn new() -> Result<Self, LoadError> {
        let system = System::new(MEMORY)?;
        let analysis = load_resource(&system, TEXT_ANALYSIS)?;
        let signal = load_resource(&system, SIGNAL_GENERATION)?;
        let voice = System::create_voice(system, "vorleser")?;
        voice.borrow_mut().add_resource(analysis)?;
        voice.borrow_mut().add_resource(signal)?;
        // SAFETY: `create_engine` asks that a text analysis and a signal generation resource have been added
        // to the voice; both were just added, and errors have returned above.
        #[expect(
            unsafe_code,
            reason = "the only unsafe function of the crate `ttspico`"
        )]
        let engine = unsafe { Voice::create_engine(voice) }?;
        Ok(Self(engine))
    }

    /// Speaks text that may hold Pico's markup, at 16 kHz.
    pub fn speak(mut self, markup: &str) -> Result<Vec<i16>, SpeakError> {
        let mut samples = Vec::new();
        let mut rest = markup.as_bytes();
        while !rest.is_empty() {
            // The text buffer is small: whatever does not fit waits until the engine has eaten.
            let taken = self.0.put_text(rest)?;
            rest = &rest[taken..];
            self.drain(&mut samples)?;
        }
        self.0.flush()?;
        self.drain(&mut samples)?;
        Ok(samples)
    }

    /// Lets the engine work until it asks for more text.
    fn drain(&mut self, samples: &mut Vec<i16>) -> Result<(), SpeakError> {
        let mut buffer = [0_i16; STEP_SAMPLES];
        let mut silent_steps = 0;
        loop {
            let (count, status) = self.0.get_data(&mut buffer[..])?;
            samples.extend_from_slice(&buffer[..count]);
            if status == EngineStatus::Idle {
                return Ok(());
            }
            silent_steps = if count == 0 { silent_steps + 1 } else { 0 };
            if silent_steps > MAX_SILENT_STEPS {
                return Err(SpeakError::Endless);
            }
        }
    }
}

/// Hands the engine one data file through a temporary one, which only this user may read (mode 0600) and
/// which is removed before this returns: Pico copies it into its own memory.
fn load_resource(
    system: &Rc<RefCell<System>>,
    data: &[u8],
) -> Result<Rc<RefCell<Resource>>, LoadError> {
    let mut file = tempfile::Builder::new()
        .prefix("vorleser-")
        // Pico opens nothing without this ending.
        .suffix(".bin")
        .tempfile()
        .map_err(LoadError::TemporaryFile)?;
    file.write_all(data).map_err(LoadError::TemporaryFile)?;
    let path = file
        .path()
        .to_str()
        .filter(|path| path.len() <= MAX_PATH_BYTES)
        .ok_or(LoadError::TemporaryPath)?;
    Ok(System::load_resource(Rc::clone(system), path)?)
}
