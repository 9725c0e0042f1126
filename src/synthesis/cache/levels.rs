//! The level of a recording, so that what is rendered again need not be measured again.

use super::Cache;

/// Another number whenever the same speech gets another gain: with another limiter, meter or search.
const MARK: &str = "level1";

/// What was done to the sound of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// By how much it is turned up, in dB; `None` for sound that is left as it is.
    pub gain: Option<f64>,
    /// The integrated loudness that this gives, in LUFS; `None` for silence and for less than 400 ms.
    pub lufs: Option<f64>,
}

/// The levels that a speech has with different settings.
#[derive(Debug, Clone)]
pub struct Levels {
    pub(in crate::synthesis) cache: Cache,
    /// Hash of all that the whole sound depends on.
    pub(in crate::synthesis) speech: [u8; 32],
}

impl Levels {
    /// The level with some settings, if the same was rendered before.
    #[must_use]
    pub fn get(&self, settings: &str) -> Option<Level> {
        let bytes = self.cache.get(&self.key(settings))?;
        let ([gain, lufs], []) = bytes.as_chunks::<8>() else {
            return None;
        };
        let number = |bytes: &[u8; 8]| Some(f64::from_le_bytes(*bytes)).filter(|n| n.is_finite());
        Some(Level {
            gain: number(gain),
            lufs: number(lufs),
        })
    }

    /// Keeps a level.
    pub fn put(&self, settings: &str, level: Level) {
        let numbers = [level.gain, level.lufs].map(|n| n.unwrap_or(f64::NAN).to_le_bytes());
        self.cache.put(&self.key(settings), numbers.as_flattened());
    }

    fn key(&self, settings: &str) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.speech);
        hasher.update(MARK.as_bytes());
        hasher.update(settings.as_bytes());
        // The ending tells it from a sentence.
        format!("{}.level", hasher.finalize().to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_that_of_a_speech_and_of_settings_and_no_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().into(), u64::MAX);
        let levels = |speech| Levels {
            cache: cache.clone(),
            speech: [speech; 32],
        };
        let loud = Level {
            gain: Some(3.25),
            lufs: Some(-16.0),
        };
        let plain = Level {
            gain: None,
            lufs: None,
        };
        levels(1).put("-16", loud);
        levels(1).put("off", plain);
        assert_eq!(levels(1).get("-16"), Some(loud));
        assert_eq!(levels(1).get("off"), Some(plain));
        assert_eq!(levels(1).get("-20"), None);
        assert_eq!(levels(2).get("-16"), None);
        assert_eq!(super::super::size(folder.path()).unwrap().entries, 0);
        assert!(super::super::clear(folder.path()).unwrap().bytes > 0);
        assert_eq!(levels(1).get("-16"), None);
    }
}
