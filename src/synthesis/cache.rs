//! Sentences that were spoken before, on disk: what did not change is not spoken again, and a run that was killed goes on
//! where it was.
//!
//! An entry is a file named by the hash of all that its sound depends on. It appears whole or not at all, so that any number
//! of runs can share a cache; what is damaged all the same is seen by its checksum and spoken anew. Whatever goes wrong with
//! the cache, the speech is not harmed by it.

use std::{
    fs::{self, DirBuilder, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use super::{Prosody, Speech, SynthesisError, Synthesiser};
use crate::{audio::Audio, script::Utterance};

/// First bytes of an entry; another number whenever the layout, or what is done to the sound before it is kept, changes.
const MARK: [u8; 8] = *b"vorles01";

/// Length of mark, checksum, rate in Hz and scale.
const HEAD: usize = 8 + 16 + 4 + 4;

/// Longest sound of an entry, in bytes (half an hour at 22 kHz): a damaged or foreign file must not fill the memory.
const MOST_BYTES: u64 = 80 << 20;

/// The part of the limit, one in so many, that is freed when it is reached: not every new sentence costs a look at all.
const FREED: u64 = 5;

/// A folder of spoken sentences. Clones are the same one.
#[derive(Debug, Clone)]
pub struct Cache(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    limit: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Bytes in the folder, as far as this run knows; `None` before they were counted.
    size: Option<u64>,
    /// Something went wrong, and nothing more is kept.
    off: bool,
    /// What it was, until somebody asks.
    trouble: Option<io::Error>,
}

/// How much a cache holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Sentences.
    pub entries: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Cache {
    /// The cache in a folder, which is made when it is needed, holding at most `limit` bytes.
    #[must_use]
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self(Arc::new(Inner {
            folder,
            limit,
            state: Mutex::default(),
        }))
    }

    /// What went wrong, once; from then on nothing more is kept.
    #[must_use]
    pub fn take_trouble(&self) -> Option<io::Error> {
        self.state().trouble.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, key: &str) -> PathBuf {
        let (first, rest) = key.split_at(2);
        self.0.folder.join(first).join(rest)
    }

    /// The sound with this key. That it is used makes it young again.
    fn get(&self, key: &str) -> Option<Audio> {
        let mut file = File::open(self.path(key)).ok()?;
        let size = file.metadata().ok()?.len();
        let mut bytes = Vec::with_capacity(size.min(MOST_BYTES) as usize);
        (&mut file).take(MOST_BYTES).read_to_end(&mut bytes).ok()?;
        let audio = decode(&bytes)?;
        // A cache that cannot be written is still one that can be read.
        let _ = file.set_modified(SystemTime::now());
        Some(audio)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        let mut state = self.state();
        if state.off {
            return;
        }
        let done = self.write(key, bytes).and_then(|()| {
            let size = match state.size {
                Some(size) => size + bytes.len() as u64,
                None => size(&self.0.folder)?.bytes,
            };
            let size = if size > self.0.limit {
                shrink(&self.0.folder, self.0.limit - self.0.limit / FREED)?
            } else {
                size
            };
            state.size = Some(size);
            Ok(())
        });
        state.trouble = done.err();
        state.off = state.trouble.is_some();
    }

    fn write(&self, key: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.0.folder);
        make(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(".part-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(&path)?;
        Ok(())
    }
}

/// Makes a folder that only its owner can look into: what somebody has read to them is nobody else's business.
fn make(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How much a cache holds; one that is not there holds nothing.
///
/// # Errors
/// When it cannot be read.
pub fn size(folder: &Path) -> io::Result<Size> {
    Ok(files(folder)?
        .iter()
        .fold(Size::default(), |size, file| Size {
            entries: size.entries + u64::from(file.is_entry),
            bytes: size.bytes + file.bytes,
        }))
}

/// Removes everything, and gives how much that was.
///
/// # Errors
/// When it cannot be read or removed.
pub fn clear(folder: &Path) -> io::Result<Size> {
    let all = size(folder)?;
    for file in files(folder)? {
        remove(&file.path)?;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_shelf(&entry.path()) {
            // Another run may just have put something in.
            let _ = fs::remove_dir(entry.path());
        }
    }
    Ok(all)
}

/// A file of a cache.
struct Kept {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
    /// Not one that is, or was, being written.
    is_entry: bool,
}

/// All files in the folders that a cache makes; others are none of its business.
fn files(folder: &Path) -> io::Result<Vec<Kept>> {
    let shelves = match fs::read_dir(folder) {
        Ok(shelves) => shelves,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for shelf in shelves {
        let shelf = shelf?.path();
        if !is_shelf(&shelf) {
            continue;
        }
        for entry in fs::read_dir(shelf)? {
            let entry = entry?;
            // What another run has just removed is no longer there.
            let Ok(facts) = entry.metadata() else {
                continue;
            };
            files.push(Kept {
                bytes: facts.len(),
                used: facts.modified()?,
                is_entry: !entry.file_name().to_string_lossy().starts_with('.'),
                path: entry.path(),
            });
        }
    }
    Ok(files)
}

/// The folders of a cache have two hexadecimal digits.
fn is_shelf(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.len() == 2 && name.bytes().all(|b| b.is_ascii_hexdigit()) && path.is_dir()
}

/// Removes what was not used for longest, until no more than `bytes` are left, and gives how much is left.
fn shrink(folder: &Path, bytes: u64) -> io::Result<u64> {
    let mut files = files(folder)?;
    files.sort_by_key(|file| file.used);
    let mut left = files.iter().map(|file| file.bytes).sum::<u64>();
    for file in files {
        if left <= bytes {
            break;
        }
        remove(&file.path)?;
        left -= file.bytes;
    }
    Ok(left)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

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
    fn key(&self, utterance: &Utterance, prosody: Prosody) -> String {
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
        hasher.finalize().to_hex().to_string()
    }
}

impl Synthesiser for Cached {
    fn sample_rate(&self) -> u32 {
        self.engine.sample_rate()
    }

    fn version(&self) -> String {
        self.engine.version()
    }

    fn synthesise(
        &mut self,
        utterance: &Utterance,
        prosody: Prosody,
    ) -> Result<Speech, SynthesisError> {
        let key = self.key(utterance, prosody);
        if let Some(audio) = self.cache.as_ref().and_then(|cache| cache.get(&key)) {
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
        if let Some(cache) = self.cache.as_ref()
            && speech.warnings.is_empty()
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
    let mut bytes = Vec::with_capacity(HEAD + audio.samples.len() * 2);
    bytes.extend(MARK);
    bytes.extend([0; 16]);
    bytes.extend(audio.sample_rate.to_le_bytes());
    bytes.extend(scale.to_le_bytes());
    for sample in &audio.samples {
        bytes.extend(((sample / scale * 32_767.0).round() as i16).to_le_bytes());
    }
    let sum = checksum(&bytes);
    bytes[8..24].copy_from_slice(&sum);
    bytes
}

/// The sound of an entry; `None` if it is damaged.
fn decode(bytes: &[u8]) -> Option<Audio> {
    let (head, samples) = bytes.split_first_chunk::<HEAD>()?;
    if head[..8] != MARK || head[8..24] != checksum(bytes) {
        return None;
    }
    let sample_rate = u32::from_le_bytes(head[24..28].try_into().ok()?);
    let scale = f32::from_le_bytes(head[28..].try_into().ok()?) / 32_767.0;
    let (words, _) = samples.as_chunks::<2>();
    Some(Audio {
        sample_rate,
        samples: (words.iter())
            .map(|word| f32::from(i16::from_le_bytes(*word)) * scale)
            .collect(),
    })
}

/// Of everything behind the place of the checksum itself.
fn checksum(bytes: &[u8]) -> [u8; 16] {
    let hash = blake3::hash(bytes.get(24..).unwrap_or_default());
    let mut sum = [0; 16];
    sum.copy_from_slice(&hash.as_bytes()[..16]);
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        script::{Origin, Part, Role},
        synthesis::tone::Tone,
    };
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        time::Duration,
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
            voice.key(&said, plain),
            voice.key(&utterance("Das ist so!"), plain),
            voice.key(&respelled, plain),
            voice.key(&language, plain),
            voice.key(&said, Prosody { rate: 1.1, ..plain }),
            voice.key(
                &said,
                Prosody {
                    pitch: 1.1,
                    ..plain
                },
            ),
            voice.key(
                &said,
                Prosody {
                    volume: 1.1,
                    ..plain
                },
            ),
            other_voice.key(&said, plain),
        ];
        let different: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
        // A pause is not part of the sound.
        let paused = Utterance {
            pause_after_ms: 900,
            ..said.clone()
        };
        assert_eq!(voice.key(&paused, plain), keys[0]);
    }

    #[test]
    fn what_is_damaged_is_spoken_anew() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().into(), u64::MAX);
        let (mut voice, spoken) = cached(Some(&cache));
        let right = say(&mut voice, "Das ist so.");
        let path = files(folder.path()).unwrap().remove(0).path;
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
    fn beyond_the_limit_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let one = encode(&Audio {
            sample_rate: 16_000,
            samples: vec![0.5; 10_000],
        });
        let cache = Cache::new(folder.path().into(), one.len() as u64 * 10);
        let key = |n: usize| blake3::hash(&n.to_le_bytes()).to_hex().to_string();
        let age = |n: usize, seconds| {
            let file = File::open(cache.path(&key(n))).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(seconds))
                .unwrap();
        };
        for n in 0..10 {
            cache.put(&key(n), &one);
            age(n, 1000 - n as u64);
        }
        assert_eq!(size(folder.path()).unwrap().entries, 10);
        // The oldest is used again, and so is not the oldest any more.
        assert!(cache.get(&key(0)).is_some());
        cache.put(&key(10), &one);
        let kept: Vec<_> = (0..11).filter(|n| cache.get(&key(*n)).is_some()).collect();
        assert_eq!(kept, [0, 4, 5, 6, 7, 8, 9, 10]);
        assert!(size(folder.path()).unwrap().bytes <= one.len() as u64 * 8);

        fs::write(folder.path().join("foreign"), "stays").unwrap();
        assert_eq!(clear(folder.path()).unwrap().entries, 8);
        assert_eq!(size(folder.path()).unwrap(), Size::default());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(size(&folder.path().join("no")).unwrap(), Size::default());
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
