//! Sentences that were spoken before, on disk: what did not change is not spoken again, and a run that was killed goes on
//! where it was. Beside them lies the level of the whole, so that it is not measured again.
//!
//! An entry is a file named by the hash of all that its sound depends on. Whatever goes wrong with the cache, the speech is not
//! harmed by it.

mod levels;
mod store;

pub use levels::{Level, Levels};
pub use store::{Cache, Size, clear, size};

use super::{Prosody, Speech, SynthesisError, Synthesiser, Warning};
use crate::{audio::Audio, script::Utterance};
use store::MARK;

/// A voice that speaks each sentence once. Its sound is kept in 16 bits relative to its peak (noise 98 dB below it), and is
/// heard so the first time as well: whether it came from the cache cannot be told from the result.
pub struct Cached {
    engine: Box<dyn Synthesiser>,
    /// Without one every sentence is spoken, with the same result.
    cache: Option<Cache>,
    /// Voice and engine.
    voice: String,
}

impl Cached {
    /// Puts a cache before a voice. `voice` is its id.
    #[must_use]
    pub fn new(engine: Box<dyn Synthesiser>, voice: &str, cache: Option<Cache>) -> Self {
        let voice = format!("{voice}\0{}\0{}", engine.version(), engine.sample_rate());
        Self {
            engine,
            cache,
            voice,
        }
    }

    /// Hash of all that the sound depends on.
    fn hash(&self, utterance: &Utterance, prosody: Prosody) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&MARK);
        for text in [
            self.voice.as_str(),
            &utterance.language,
            utterance.engine_text(),
        ] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        for number in [prosody.rate, prosody.pitch, prosody.volume] {
            hasher.update(&number.to_le_bytes());
        }
        hasher.finalize()
    }
}

impl Synthesiser for Cached {
    fn sample_rate(&self) -> u32 {
        self.engine.sample_rate()
    }

    fn version(&self) -> String {
        self.engine.version()
    }

    fn fingerprint(&self, utterance: &Utterance, prosody: Prosody) -> Option<[u8; 32]> {
        Some(self.hash(utterance, prosody).into())
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let key = self.hash(utterance, prosody).to_hex();
        let kept = self.cache.as_ref().and_then(|cache| cache.get(&key));
        if let Some(audio) = kept.and_then(|bytes| decode(&bytes)) {
            return Ok(Speech {
                audio,
                warnings: Vec::new(),
            });
        }
        let mut speech = self.engine.synthesise(utterance, prosody)?;
        let bytes = encode(&speech.audio);
        if let Some(audio) = decode(&bytes) {
            speech.audio = audio;
        }
        // What failed may go well the next time.
        if let Some(cache) = &self.cache
            && !speech.warnings.iter().any(Warning::loses_text)
        {
            cache.put(&key, &bytes);
        }
        Ok(speech)
    }
}

fn encode(audio: &Audio) -> Vec<u8> {
    let peak = (audio.samples.iter())
        .filter(|sample| sample.is_finite())
        .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    let scale = if peak > 0.0 { peak } else { 1.0 };
    let mut bytes = Vec::with_capacity(8 + audio.samples.len() * 2);
    bytes.extend(audio.sample_rate.to_le_bytes());
    bytes.extend(scale.to_le_bytes());
    for sample in &audio.samples {
        bytes.extend(((sample / scale * 32_767.0).round() as i16).to_le_bytes());
    }
    bytes
}

/// The sound of an entry; `None` if it holds none.
fn decode(bytes: &[u8]) -> Option<Audio> {
    let (sample_rate, rest) = bytes.split_first_chunk()?;
    let (scale, samples) = rest.split_first_chunk()?;
    let scale = f32::from_le_bytes(*scale) / 32_767.0;
    let (words, _) = samples.as_chunks::<2>();
    Some(Audio {
        sample_rate: u32::from_le_bytes(*sample_rate),
        samples: (words.iter())
            .map(|word| f32::from(i16::from_le_bytes(*word)) * scale)
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        script::{Origin, Part, Role},
        synthesis::tone::Tone,
    };
    use std::{
        fs,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    /// Counts how often it had to speak.
    struct Counting(Tone, Arc<AtomicUsize>);

    impl Synthesiser for Counting {
        fn sample_rate(&self) -> u32 {
            self.0.sample_rate()
        }

        fn synthesise(&mut self, u: &Utterance, p: Prosody) -> Result<Speech, SynthesisError> {
            self.1.fetch_add(1, Ordering::Relaxed);
            self.0.synthesise(u, p)
        }
    }

    fn utterance(text: &str) -> Utterance {
        Utterance {
            text: text.into(),
            respelled: None,
            shown: text.into(),
            language: "de".into(),
            role: Role::Body,
            pause_after_ms: 0,
            sentence: 0,
            origin: Origin {
                part: Part::Block(0),
                range: 0..0,
            },
            rewrites: Vec::new(),
        }
    }

    fn cached(cache: Option<&Cache>) -> (Cached, Arc<AtomicUsize>) {
        let spoken = Arc::new(AtomicUsize::new(0));
        let engine = Counting(Tone::default(), Arc::clone(&spoken));
        (
            Cached::new(Box::new(engine), "tone", cache.cloned()),
            spoken,
        )
    }

    fn say(voice: &mut Cached, text: &str) -> Speech {
        voice
            .synthesise(&utterance(text), Prosody::default())
            .unwrap()
    }

    #[test]
    fn a_sentence_is_spoken_once_and_sounds_the_same_with_and_without() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("a/b"), u64::MAX);
        let (mut plain, _) = cached(None);
        let first = say(&mut plain, "Das ist so.");
        for round in 0..3 {
            let (mut voice, spoken) = cached(Some(&cache));
            assert!(say(&mut voice, "Das ist so.") == first);
            assert_eq!(spoken.load(Ordering::Relaxed), usize::from(round == 0));
        }
        let exact = Tone::default()
            .synthesise(&utterance("Das ist so."), Prosody::default())
            .unwrap();
        for (kept, exact) in first.audio.samples.iter().zip(&exact.audio.samples) {
            assert!((kept - exact).abs() < 2e-5, "{kept} {exact}");
        }
        assert!(cache.take_trouble().is_none());
    }

    #[test]
    fn whatever_changes_the_sound_changes_the_key() {
        let (voice, _) = cached(None);
        let plain = Prosody::default();
        let said = utterance("Das ist so.");
        let respelled = Utterance {
            respelled: Some("Daß ißt so.".into()),
            ..said.clone()
        };
        let language = Utterance {
            language: "en".into(),
            ..said.clone()
        };
        let other_voice = Cached::new(Box::new(Tone::default()), "tone2", None);
        let keys = [
            voice.hash(&said, plain),
            voice.hash(&utterance("Das ist so!"), plain),
            voice.hash(&respelled, plain),
            voice.hash(&language, plain),
            voice.hash(&said, Prosody { rate: 1.1, ..plain }),
            voice.hash(
                &said,
                Prosody {
                    pitch: 1.1,
                    ..plain
                },
            ),
            voice.hash(
                &said,
                Prosody {
                    volume: 1.1,
                    ..plain
                },
            ),
            other_voice.hash(&said, plain),
        ];
        let different: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
        // A pause is not part of the sound.
        let paused = Utterance {
            pause_after_ms: 900,
            ..said.clone()
        };
        assert_eq!(voice.hash(&paused, plain), keys[0]);
    }

    #[test]
    fn what_is_damaged_is_spoken_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().into(), u64::MAX);
        let (mut voice, spoken) = cached(Some(&cache));
        let right = say(&mut voice, "Das ist so.");
        let shelf = fs::read_dir(folder.path()).unwrap().next();
        let entry = fs::read_dir(shelf.unwrap().unwrap().path()).unwrap().next();
        let path = entry.unwrap().unwrap().path();
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[500] ^= 1;
        for (n, damaged) in [&b""[..], b"x", &whole[..100], &flipped]
            .into_iter()
            .enumerate()
        {
            fs::write(&path, damaged).unwrap();
            assert!(say(&mut voice, "Das ist so.") == right);
            assert_eq!(spoken.load(Ordering::Relaxed), n + 2);
            assert!(fs::read(&path).unwrap() == whole);
        }
    }

    #[test]
    fn trouble_is_told_once_and_does_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let blocked = folder.path().join("blocked");
        fs::write(&blocked, "a file where the folder should be").unwrap();
        let cache = Cache::new(blocked, u64::MAX);
        let (mut voice, spoken) = cached(Some(&cache));
        for _ in 0..3 {
            assert!(!say(&mut voice, "Das ist so.").audio.samples.is_empty());
        }
        assert_eq!(spoken.load(Ordering::Relaxed), 3);
        assert!(cache.take_trouble().is_some());
        assert!(cache.take_trouble().is_none());
    }
}
