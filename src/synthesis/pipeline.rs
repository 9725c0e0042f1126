//! The stage itself: every utterance of a script, in order, trimmed, levelled and with its pause.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use super::{
    Prosody, SynthesisError, Synthesiser, Warning,
    cache::{Cache, Levels},
    level,
};
use crate::{
    audio::Audio,
    script::{Role, Script, Utterance},
};

/// Utterances that one engine may be ahead of the listener. Bounds the memory: a long utterance is a megabyte.
const AHEAD: usize = 4;

/// The sound of one utterance, ready to be joined to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct SpokenUtterance {
    /// Number of the utterance in the script, counted from 0.
    pub index: usize,
    /// What it is in the article.
    pub role: Role,
    /// Speech and the pause after it; no amplitude above [`level::CEILING`], both ends at zero.
    pub audio: Audio,
    /// How many of the samples are speech; the others are the pause.
    pub speech_samples: usize,
    /// Text that the voice did not say.
    pub warnings: Vec<Warning>,
}

/// The utterances as they are spoken, in the order of the script. Engines run ahead in threads of their own; they
/// end when this is dropped.
pub struct Synthesis {
    sample_rate: u32,
    /// One per engine: engine *k* of *n* speaks the utterances *k*, *k* + *n*, *k* + 2*n* …, so that taking from the
    /// channels in turn gives the order of the script.
    engines: Vec<Receiver<Result<SpokenUtterance, SynthesisError>>>,
    next: usize,
    count: usize,
    /// Hash of all that the whole sound depends on, where the engines know it.
    fingerprint: Option<[u8; 32]>,
    levels: Option<Levels>,
}

/// Speaks a script with one or several engines of the same voice.
///
/// # Errors
/// When there is no engine, or the engines make sound at different rates.
pub fn synthesise(
    script: &Arc<Script>,
    engines: Vec<Box<dyn Synthesiser>>,
    prosody: Prosody,
) -> Result<Synthesis, SynthesisError> {
    let sample_rate = engines.first().map_or(0, |engine| engine.sample_rate());
    if sample_rate == 0 {
        return Err(SynthesisError::NoEngine);
    }
    if let Some(other) = engines.iter().find(|e| e.sample_rate() != sample_rate) {
        return Err(SynthesisError::MixedRates(sample_rate, other.sample_rate()));
    }
    let fingerprint =
        (engines.first()).and_then(|engine| fingerprint(engine.as_ref(), script, prosody));
    let stride = engines.len();
    let receivers = engines
        .into_iter()
        .enumerate()
        .map(|(first, engine)| {
            let (sender, receiver) = sync_channel(AHEAD);
            let script = Arc::clone(script);
            thread::spawn(move || run(engine, &script, first, stride, prosody, &sender));
            receiver
        })
        .collect();
    Ok(Synthesis {
        sample_rate,
        engines: receivers,
        next: 0,
        count: script.utterances.len(),
        fingerprint,
        levels: None,
    })
}

/// Hash of all that the sound of a script depends on; `None` if the engine does not know.
fn fingerprint(engine: &dyn Synthesiser, script: &Script, prosody: Prosody) -> Option<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&engine.sample_rate().to_le_bytes());
    hasher.update(&prosody.rate.to_le_bytes());
    for utterance in &script.utterances {
        hasher.update(&engine.fingerprint(utterance, prosody.for_role(utterance.role))?);
        hasher.update(&utterance.pause_after_ms.to_le_bytes());
        // Before headings there may be a sound.
        hasher.update(&[u8::from(utterance.role == Role::Heading)]);
    }
    Some(hasher.finalize().into())
}

/// One engine's share; ends when nobody listens any more.
fn run(
    mut engine: Box<dyn Synthesiser>,
    script: &Script,
    first: usize,
    stride: usize,
    prosody: Prosody,
    sender: &SyncSender<Result<SpokenUtterance, SynthesisError>>,
) {
    for (index, utterance) in script
        .utterances
        .iter()
        .enumerate()
        .skip(first)
        .step_by(stride)
    {
        let spoken = speak(engine.as_mut(), index, utterance, prosody);
        let failed = spoken.is_err();
        if sender.send(spoken).is_err() || failed {
            return;
        }
    }
}

/// Speaks one utterance and gives it its final edges, level and pause.
pub(super) fn speak(
    engine: &mut dyn Synthesiser,
    index: usize,
    utterance: &Utterance,
    prosody: Prosody,
) -> Result<SpokenUtterance, SynthesisError> {
    let mut speech = engine.synthesise(utterance, prosody.for_role(utterance.role))?;
    let sample_rate = speech.audio.sample_rate;
    level::limit(&mut speech.audio.samples, sample_rate);
    let mut samples = level::trim(&speech.audio.samples, sample_rate);
    let text = utterance.engine_text();
    let told = speech.warnings.iter().any(Warning::loses_text);
    if samples.is_empty() && !told && text.contains(char::is_alphanumeric) {
        speech.warnings.push(Warning::Silent {
            text: text.to_owned(),
        });
    }
    let speech_samples = samples.len();
    let pause_ms = (f64::from(utterance.pause_after_ms) / f64::from(prosody.rate.max(0.1))) as u32;
    samples.resize(speech_samples + level::samples(pause_ms, sample_rate), 0.0);
    Ok(SpokenUtterance {
        index,
        role: utterance.role,
        audio: Audio {
            sample_rate,
            samples,
        },
        speech_samples,
        warnings: speech.warnings,
    })
}

impl Synthesis {
    /// Rate of all sound, in Hz.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// The same, with a place where the level of the whole is kept.
    #[must_use]
    pub fn with_cache(self, cache: Option<Cache>) -> Self {
        let levels = cache.zip(self.fingerprint);
        let levels = levels.map(|(cache, speech)| Levels { cache, speech });
        Self { levels, ..self }
    }

    /// The levels that are kept of this speech.
    #[must_use]
    pub fn levels(&self) -> Option<Levels> {
        self.levels.clone()
    }
}

impl Iterator for Synthesis {
    type Item = Result<SpokenUtterance, SynthesisError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.count {
            return None;
        }
        let index = self.next;
        let spoken = index
            .checked_rem(self.engines.len())
            .and_then(|engine| self.engines.get(engine)?.recv().ok())
            .unwrap_or(Err(SynthesisError::WorkerDied { index }));
        // After a failure there is no next utterance, only a hole.
        self.next = if spoken.is_ok() {
            index + 1
        } else {
            self.count
        };
        Some(spoken)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.count - self.next))
    }
}
