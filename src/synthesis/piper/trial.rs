//! A new voice is tried in a process of its own before this one speaks with it.
//!
//! A model can ask for more memory than there is, which ends the process, or compute for years; no look at the file tells
//! beforehand. So a program of ours ([`Trial::program`]) loads it and says a few sounds, under a limit of time and, on Unix, of
//! memory. What passed is remembered, and never tried again as long as its files are the same.
//!
//! This tells broken voices from sound ones. A model that was made to behave in the trial and not afterwards gets through, and
//! programs that use the library without a [`Trial`] have only what [`super::runtime`] looks at.

use std::{
    ffi::OsString,
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, SystemTime},
};

use super::{
    Config, PiperError, RuntimeKind,
    config::{BEGIN, END, PAD, Scales},
    config_of, longest, model_in, runtime,
    runtime::{Input, RuntimeError},
};

/// How long the trial of a voice may take. Real ones need a second or two, on slow machines twenty.
pub const LIMIT: Duration = Duration::from_secs(60);

/// Memory that a trial may take, in bytes: so much, and so many times the size of the model. Real ones take a tenth of it.
const MEMORY: u64 = 2 << 30;
const MEMORY_FACTOR: u64 = 8;

/// Exit code of a trial in which the voice failed; why stands on standard output.
pub const FAILED: u8 = 1;

/// Exit code of a trial that cannot be done here, whatever the voice is like.
pub const CANNOT: u8 = 5;

/// Longest reason that is taken from a trial, in bytes.
const MAX_REASON: u64 = 2000;

/// How voices are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The program that does it, by calling [`attempt`]: with [`Trial::arguments`], and behind them `--runtime NAME FOLDER`.
    pub program: PathBuf,
    /// Its first arguments.
    pub arguments: Vec<OsString>,
    /// Folder for the names of what passed; `None` to try each time.
    pub records: Option<PathBuf>,
    /// How long it may take.
    pub limit: Duration,
}

impl Trial {
    /// Tries the voice in a folder, unless it has passed already.
    ///
    /// # Errors
    /// When it fails.
    pub fn once(&self, folder: &Path, runtime: RuntimeKind) -> Result<(), PiperError> {
        let model = model_in(folder)?;
        let record = self.record(&model, runtime);
        if record.as_ref().is_some_and(|record| record.exists()) {
            return Ok(());
        }
        self.run(folder, &model, runtime, record.as_deref())
    }

    /// Tries the voice in a folder, whether or not it has passed already.
    ///
    /// # Errors
    /// When it fails.
    pub fn again(&self, folder: &Path, runtime: RuntimeKind) -> Result<(), PiperError> {
        let model = model_in(folder)?;
        let record = self.record(&model, runtime);
        self.run(folder, &model, runtime, record.as_deref())
    }

    fn run(
        &self,
        folder: &Path,
        model: &Path,
        runtime: RuntimeKind,
        record: Option<&Path>,
    ) -> Result<(), PiperError> {
        let (status, said) = match self.child(folder, runtime) {
            Ok(Some(ended)) => ended,
            Ok(None) => {
                return Err(PiperError::model(
                    model,
                    RuntimeError::Slow(self.limit.as_secs()),
                ));
            }
            // Where no process can be started, the voice is used as it is used without a trial.
            Err(_) => return Ok(()),
        };
        if status.success() {
            // Without a record it is tried once more the next time, no more.
            if let Some(record) = record {
                let made = record.parent().map(fs::create_dir_all);
                let _ = made.map(|made| made.and_then(|()| fs::write(record, "")));
            }
            return Ok(());
        }
        if was_stopped(status) {
            return Err(PiperError::Stopped);
        }
        match status.code() {
            // Whoever loads the voice is told the same.
            Some(code) if code == i32::from(CANNOT) => Ok(()),
            Some(code) if code == i32::from(FAILED) && !said.is_empty() => {
                Err(PiperError::model(model, RuntimeError::Tried(said)))
            }
            _ => Err(PiperError::model(
                model,
                RuntimeError::Died(status.to_string()),
            )),
        }
    }

    /// How a trial ended, and what it said; `None` if it had to be ended.
    fn child(
        &self,
        folder: &Path,
        runtime: RuntimeKind,
    ) -> io::Result<Option<(ExitStatus, String)>> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .args(["--runtime", runtime.name(), "--"])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // What a dying runtime says is not for the user.
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take();
        let (sender, ended) = mpsc::channel();
        thread::spawn(move || {
            let mut said = Vec::new();
            if let Some(out) = out {
                let _ = out.take(MAX_REASON).read_to_end(&mut said);
            }
            let _ = sender.send(said);
        });
        // Its end closes its standard output.
        let said = ended.recv_timeout(self.limit);
        if said.is_err() {
            child.kill()?;
        }
        let status = child.wait()?;
        Ok(said.ok().map(|said| {
            let said = String::from_utf8_lossy(&said);
            (status, said.trim().to_owned())
        }))
    }

    /// Where it is remembered that a voice has passed: a name that changes with its files.
    fn record(&self, model: &Path, runtime: RuntimeKind) -> Option<PathBuf> {
        let mut hash = blake3::Hasher::new();
        hash.update(env!("CARGO_PKG_VERSION").as_bytes());
        hash.update(runtime.name().as_bytes());
        for file in [model.to_owned(), config_of(model)] {
            let file = file.canonicalize().ok()?;
            let data = fs::metadata(&file).ok()?;
            let changed = data.modified().ok()?;
            let changed = changed.duration_since(SystemTime::UNIX_EPOCH).ok()?;
            hash.update(file.as_os_str().as_encoded_bytes());
            hash.update(&[0]);
            hash.update(&data.len().to_le_bytes());
            hash.update(&changed.as_nanos().to_le_bytes());
        }
        Some(
            self.records
                .as_ref()?
                .join(hash.finalize().to_hex().as_str()),
        )
    }
}

/// Whether somebody wanted the trial to end, and not the model.
#[cfg(unix)]
fn was_stopped(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt as _;
    // Hang-up, interrupt, termination.
    matches!(status.signal(), Some(1 | 2 | 15))
}

#[cfg(not(unix))]
fn was_stopped(_status: ExitStatus) -> bool {
    false
}

/// Tries the voice in a folder in this process, which is ended by what a [`Trial`] is there for. To be called by a process that
/// does nothing else: its memory is limited from now on.
///
/// # Errors
/// When the voice fails in a way that leaves the process alive.
pub fn attempt(folder: &Path, runtime: RuntimeKind) -> Result<(), PiperError> {
    let model = model_in(folder)?;
    limit(fs::metadata(&model).map_or(0, |model| model.len()));
    let config = Config::load(&config_of(&model))?;
    let network =
        runtime::load(&model, runtime).map_err(|source| PiperError::model(&model, source))?;
    if config.speaker_count > 1 && !network.has_speakers() {
        return Err(PiperError::OneSpeaker(config.speaker_count));
    }
    let ids = sounds(&config);
    let Scales {
        noise,
        length,
        noise_w,
    } = config.scales;
    let mut runner = network.runner(1);
    let mut speakers = vec![0, config.speaker_count - 1];
    speakers.dedup();
    for speaker in speakers {
        let input = Input {
            ids: &ids,
            scales: [noise, length, noise_w],
            speaker,
            seed: 0,
            longest: longest(ids.len(), length, config.sample_rate),
        };
        let sound = runner
            .run(input)
            .map_err(|source| PiperError::model(&model, source))?;
        if !sound.iter().all(|sample| sample.is_finite()) {
            return Err(PiperError::model(
                &model,
                RuntimeError::Foreign(runtime::Mismatch::Output),
            ));
        }
    }
    Ok(())
}

/// The letters from a to z, and the largest number of all: a model that has a place for it has one for all others.
fn sounds(config: &Config) -> Vec<i32> {
    let ids = |phoneme: &str| config.phoneme_ids.get(phoneme).into_iter().flatten();
    let mut sounds: Vec<i32> = ids(BEGIN).copied().collect();
    for letter in 'a'..='z' {
        sounds.extend(ids(PAD));
        sounds.extend(ids(letter.encode_utf8(&mut [0; 4])));
    }
    sounds.extend(ids(PAD));
    sounds.extend(config.phoneme_ids.values().flatten().max());
    sounds.extend(ids(PAD));
    sounds.extend(ids(END));
    sounds
}

/// Limits the memory of this process, where the system can, and leaves no picture of it behind when it dies.
#[cfg(unix)]
fn limit(model: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let memory = MEMORY.saturating_add(model.saturating_mul(MEMORY_FACTOR));
    for (resource, most) in [(Resource::Data, memory), (Resource::Core, 0)] {
        let most = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Where it is refused, there is the limit of time.
        let _ = setrlimit(resource, most);
    }
}

#[cfg(not(unix))]
fn limit(_model: u64) {}
