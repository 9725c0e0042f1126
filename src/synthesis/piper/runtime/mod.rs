//! What runs a voice's network: one trait, one file for each runtime.
//!
//! The runtime in Rust lets `decoder` do the last part, where nearly all time goes.

mod decoder;
#[cfg(feature = "ort")]
mod ort;
pub mod outline;
mod rten;

use std::{path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

/// The programs that can run an ONNX model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RuntimeKind {
    /// The crate `rten`, in Rust and always there.
    #[default]
    Rten,
    /// ONNX Runtime, loaded from the system.
    #[cfg(feature = "ort")]
    Ort,
}

impl RuntimeKind {
    /// Name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rten => "rten",
            #[cfg(feature = "ort")]
            Self::Ort => "ort",
        }
    }
}

/// What a Piper network is given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Input<'a> {
    /// Numbers of the phonemes, with begin, end and padding.
    pub ids: &'a [i32],
    /// Noise, length and noise of the lengths, in this order.
    pub scales: [f32; 3],
    /// Number of the speaker; ignored by a network that has only one.
    pub speaker: u32,
    /// Where the noise begins: the same seed and the same input give the same sound.
    pub seed: u64,
    /// Most samples that can be speech; a network that makes more was not made for it.
    pub longest: usize,
}

/// A network in memory. Several engines share it.
pub trait Network: Send + Sync {
    /// Whether it can be told which speaker speaks.
    fn has_speakers(&self) -> bool;
    /// Something that runs it on `threads` processors at once.
    fn runner(self: Arc<Self>, threads: usize) -> Box<dyn Runner>;
}

/// Runs a network.
pub trait Runner: Send {
    /// Makes sound from phonemes; nominally −1 to 1, at the rate of the voice.
    ///
    /// # Errors
    /// When the network cannot be run on this input.
    fn run(&mut self, input: Input) -> Result<Vec<f32>, RuntimeError>;
}

/// Why a network cannot be loaded or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuntimeError {
    /// The runtime's library is not there, or not the one that is needed.
    #[error("ONNX Runtime cannot be loaded")]
    Missing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The file is not ONNX, is cut off, or uses what the runtime does not know.
    #[error("the model cannot be read")]
    Load(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A network that was made for something else.
    #[error("the model is no Piper voice: {0}")]
    Foreign(Mismatch),
    /// It failed on an input.
    #[error("the model cannot be run")]
    Run(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The front part of the network gives what its end cannot take.
    #[error(transparent)]
    Misfit(#[from] decoder::Misfit),
    /// More sound than any text of that length has.
    #[error("the model makes sound without end")]
    Endless,
    /// In a trial it turned out that the voice cannot be used.
    #[error("{0}")]
    Tried(String),
    /// A trial of the voice ended in the middle, because the model took all memory or made the runtime fail.
    #[error("the model brings down what runs it ({0})")]
    Died(String),
    /// A trial of the voice had to be ended.
    #[error("the model did not say a word in {0} seconds")]
    Slow(u64),
    /// The runtime gave up in the middle of its work.
    #[error("the model makes the runtime fail: {reason}")]
    Broken {
        /// What it said.
        reason: String,
    },
}

/// How a network differs from a Piper voice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// An input is missing.
    #[error("it has no input {0:?}")]
    MissingInput(&'static str),
    /// An input that nobody can fill.
    #[error("it wants an input {0:?}")]
    ForeignInput(String),
    /// It gives nothing.
    #[error("it has no output")]
    NoOutput,
    /// What it gives is not sound.
    #[error("its output is no sound")]
    Output,
}

/// Names of the inputs, as Piper's exporter gives them (`export_onnx.py`); the last one only with several speakers.
const INPUT: &str = "input";
const LENGTHS: &str = "input_lengths";
const SCALES: &str = "scales";
const SPEAKER: &str = "sid";

/// Loads a network.
///
/// # Errors
/// If the file is no Piper voice, or the runtime is not there.
pub fn load(path: &Path, kind: RuntimeKind) -> Result<Arc<dyn Network>, RuntimeError> {
    outline::check(path).map_err(|error| RuntimeError::Load(error.into()))?;
    match kind {
        RuntimeKind::Rten => rten::load(path),
        #[cfg(feature = "ort")]
        RuntimeKind::Ort => ort::load(path),
    }
}

/// Checks the names of a network's inputs and tells whether the speaker is one of them.
fn check_inputs<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Result<bool, RuntimeError> {
    for needed in [INPUT, LENGTHS, SCALES] {
        if !names.clone().any(|name| name == needed) {
            return Err(RuntimeError::Foreign(Mismatch::MissingInput(needed)));
        }
    }
    if let Some(foreign) = names
        .clone()
        .find(|name| ![INPUT, LENGTHS, SCALES, SPEAKER].contains(name))
    {
        let name = foreign.chars().take(40).collect();
        return Err(RuntimeError::Foreign(Mismatch::ForeignInput(name)));
    }
    Ok(names.into_iter().any(|name| name == SPEAKER))
}
