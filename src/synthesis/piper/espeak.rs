//! eSpeak NG, which turns words into sounds as Piper's voices were trained with. Its C library is loaded while the program
//! runs, so that nothing under the GPL is linked.
#![allow(unsafe_code, reason = "the library has the interface of C")]

use std::{
    ffi::{CStr, CString, c_char, c_int, c_void},
    ptr,
    sync::{Mutex, OnceLock, PoisonError},
};

use libloading::Library;

use super::phonemes::Phonemiser;

/// Names of the library, the first that loads is taken: Linux, macOS (also where Homebrew puts it), Windows.
const NAMES: [&str; 6] = [
    "libespeak-ng.so.1",
    "libespeak-ng.so",
    "libespeak-ng.1.dylib",
    "/opt/homebrew/lib/libespeak-ng.dylib",
    "libespeak-ng.dll",
    "espeak-ng.dll",
];

/// Environment variable with the path of another library.
pub const LIBRARY: &str = "VORLESER_ESPEAK";

/// `AUDIO_OUTPUT_SYNCHRONOUS` of `speak_lib.h`: opens no sound device.
const SYNCHRONOUS: c_int = 2;
/// `espeakINITIALIZE_DONT_EXIT`: without it a missing data directory ends the program.
const DONT_EXIT: c_int = 0x8000;
/// `espeakCHARS_UTF8`, and neither SSML nor phonemes in the text.
const UTF8: c_int = 1;
/// `espeakPHONEMES_IPA`.
const IPA: c_int = 2;
/// `EE_OK`.
const OK: c_int = 0;

type SetVoiceByName = unsafe extern "C" fn(*const c_char) -> c_int;
type TextToPhonemes = unsafe extern "C" fn(*mut *const c_void, c_int, c_int) -> *const c_char;

/// Why there are no phonemes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EspeakError {
    /// The library is not there.
    #[error("this voice needs eSpeak NG, which is not installed")]
    Missing,
    /// What was found is not eSpeak NG.
    #[error("the library {0} is not eSpeak NG")]
    Foreign(String),
    /// The library is there, its data is not.
    #[error("eSpeak NG does not find its data")]
    Data,
    /// It does not know the language.
    #[error("eSpeak NG has no voice {0:?}")]
    Voice(String),
}

/// The loaded library. It keeps its state in global variables, so there is one, behind a lock.
struct Espeak {
    set_voice: SetVoiceByName,
    to_phonemes: TextToPhonemes,
    /// The voice that was set last.
    voice: String,
}

static ESPEAK: OnceLock<Result<Mutex<Espeak>, EspeakError>> = OnceLock::new();

/// The phonemes of one of eSpeak NG's voices.
#[derive(Debug)]
pub struct EspeakVoice(String);

impl EspeakVoice {
    /// Loads the library, if that was not done before, and looks for the voice, such as `de`.
    ///
    /// # Errors
    /// If the library, its data or the voice are not there.
    pub fn open(voice: &str) -> Result<Self, EspeakError> {
        let voice = Self(voice.to_owned());
        voice.phonemes("")?;
        Ok(voice)
    }
}

impl Phonemiser for EspeakVoice {
    fn phonemes(&self, text: &str) -> Result<String, EspeakError> {
        let espeak = ESPEAK.get_or_init(load).as_ref().map_err(Clone::clone)?;
        let mut espeak = espeak.lock().unwrap_or_else(PoisonError::into_inner);
        espeak.set_voice(&self.0)?;
        Ok(tidy(&espeak.phonemes(text)))
    }
}

fn load() -> Result<Mutex<Espeak>, EspeakError> {
    let asked = std::env::var(LIBRARY).ok();
    let names = asked.as_deref().map_or(NAMES.to_vec(), |name| vec![name]);
    // SAFETY: loading runs the initialisers of a library with eSpeak NG's name, or one that the user chose.
    let (name, library) = names
        .into_iter()
        .find_map(|name| Some((name, unsafe { Library::new(name) }.ok()?)))
        .ok_or(EspeakError::Missing)?;
    // It stays in memory until the program ends, as its functions are kept.
    let library: &'static Library = Box::leak(Box::new(library));
    let foreign = |_| EspeakError::Foreign(name.to_owned());
    // SAFETY: the types are those of `speak_lib.h`, which has not changed them since 2007.
    let (initialize, set_voice, to_phonemes) = unsafe {
        (
            *library
                .get::<unsafe extern "C" fn(c_int, c_int, *const c_char, c_int) -> c_int>(
                    b"espeak_Initialize\0",
                )
                .map_err(foreign)?,
            *library
                .get::<SetVoiceByName>(b"espeak_SetVoiceByName\0")
                .map_err(foreign)?,
            *library
                .get::<TextToPhonemes>(b"espeak_TextToPhonemes\0")
                .map_err(foreign)?,
        )
    };
    // SAFETY: called once, before all other functions; a null path means the library's own data directory.
    let rate = unsafe { initialize(SYNCHRONOUS, 0, ptr::null(), DONT_EXIT) };
    if rate <= 0 {
        return Err(EspeakError::Data);
    }
    Ok(Mutex::new(Espeak {
        set_voice,
        to_phonemes,
        voice: String::new(),
    }))
}

impl Espeak {
    fn set_voice(&mut self, voice: &str) -> Result<(), EspeakError> {
        if self.voice == voice {
            return Ok(());
        }
        let unknown = || EspeakError::Voice(voice.to_owned());
        let name = CString::new(voice).map_err(|_| unknown())?;
        // SAFETY: a string that ends in zero and lives during the call; `&mut self` keeps other threads away.
        if unsafe { (self.set_voice)(name.as_ptr()) } != OK {
            self.voice.clear();
            return Err(unknown());
        }
        voice.clone_into(&mut self.voice);
        Ok(())
    }

    /// What the library says to a text, with all its quirks.
    fn phonemes(&mut self, text: &str) -> String {
        // Control characters would be commands to the library.
        let clean = text.replace(char::is_control, " ");
        let mut phonemes = String::new();
        let Ok(text) = CString::new(clean) else {
            return phonemes;
        };
        let mut rest = text.as_ptr().cast::<c_void>();
        // Each call takes one clause; no text has more clauses than bytes.
        for _ in 0..=text.as_bytes().len() {
            if rest.is_null() {
                break;
            }
            // SAFETY: `rest` points into `text`, which lives until the end and ends in zero; the library moves it forward
            // or sets it to null. What it returns is a string in its own memory that is valid until the next call.
            let clause = unsafe {
                let clause = (self.to_phonemes)(&raw mut rest, UTF8, IPA);
                if clause.is_null() {
                    break;
                }
                CStr::from_ptr(clause)
            };
            phonemes.push(' ');
            phonemes.push_str(&clause.to_string_lossy());
        }
        phonemes
    }
}

/// Takes away the marks for a change of language, as Piper does, and mends what version 1.51 prints as `??`: the vowel
/// of `wurde` and `durch`, of which its phoneme table has no IPA. (No other phoneme of its German is printed so: compared
/// with its own notation on 4,000 nouns.)
fn tidy(phonemes: &str) -> String {
    let mut plain = String::with_capacity(phonemes.len());
    let mut rest = phonemes;
    while let Some((before, behind)) = rest.split_once('(') {
        plain.push_str(before);
        rest = behind.split_once(')').map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    let words: Vec<_> = plain.split_whitespace().collect();
    words.join(" ").replace("??", "ʊɐ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quirks_are_mended() {
        assert_eq!(tidy(" v??də  d??ç"), "vʊɐdə dʊɐç");
        assert_eq!(tidy("das (en)tˈiːm(de)"), "das tˈiːm");
        assert_eq!(tidy("a(b"), "a");
    }
}
