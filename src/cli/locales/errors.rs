//! The library's errors and warnings in German. In English they say themselves what is wrong. A test holds that every
//! variant is named here; what another library or the system says is passed on as it is.

use super::{Language, language, number, t};
use std::{error::Error, path::Path};
use vorleser::{
    ExtractError, SourceError, SynthesisError,
    normalise::lexicon::{EntryFault, LexiconError, MAX_ENTRIES, MAX_FILE, PlsFault},
    output::{
        OutputError,
        cover::{CoverError, LONGEST_SIDE, MOST_BYTES, SHORTEST_SIDE, SHOW_LONGEST, SHOW_SHORTEST},
        playback::PlaybackError,
        podcast::PodcastError,
        timing::Lost,
    },
    source::{Foreign, MAX_REDIRECTS, clipboard::ClipboardError},
    synthesis::{
        Warning,
        pico::LoadError,
        piper::{
            PiperError,
            config::{ConfigError, ConfigFault},
            espeak::EspeakError,
            runtime::{Mismatch, RuntimeError, outline::OutlineError},
            store::StoreError,
        },
        system::SystemVoiceError,
    },
};

/// What is wrong, in the user's language.
pub fn words(error: &(dyn Error + 'static)) -> String {
    let german = match language() {
        Language::De => in_german(error),
        Language::En => None,
    };
    german.unwrap_or_else(|| error.to_string())
}

/// What to do about it, in the user's language, where the library knows.
pub fn hint(error: &(dyn Error + 'static)) -> Option<String> {
    let english = || {
        None.or_else(|| error.downcast_ref::<OutputError>().map(OutputError::hint))
            .or_else(|| error.downcast_ref::<PodcastError>().map(PodcastError::hint))
            .or_else(|| {
                error
                    .downcast_ref::<PlaybackError>()
                    .map(PlaybackError::hint)
            })
            .or_else(|| {
                error
                    .downcast_ref::<SynthesisError>()
                    .map(SynthesisError::hint)
            })
            .or_else(|| error.downcast_ref::<StoreError>().map(StoreError::hint))
            .flatten()
    };
    match language() {
        Language::De => german_hint(error).or_else(|| english().map(str::to_owned)),
        Language::En => english().map(str::to_owned),
    }
}

fn in_german(error: &(dyn Error + 'static)) -> Option<String> {
    None.or_else(|| error.downcast_ref().and_then(source))
        .or_else(|| error.downcast_ref().and_then(clipboard))
        .or_else(|| error.downcast_ref().and_then(extract))
        .or_else(|| error.downcast_ref().and_then(synthesis))
        .or_else(|| error.downcast_ref().and_then(piper))
        .or_else(|| error.downcast_ref().and_then(espeak))
        .or_else(|| error.downcast_ref().and_then(runtime))
        .or_else(|| error.downcast_ref().and_then(outline))
        .or_else(|| error.downcast_ref().and_then(voice_config))
        .or_else(|| error.downcast_ref().and_then(config_fault))
        .or_else(|| error.downcast_ref().and_then(store))
        .or_else(|| error.downcast_ref().and_then(system))
        .or_else(|| error.downcast_ref().and_then(load))
        .or_else(|| error.downcast_ref().and_then(output))
        .or_else(|| error.downcast_ref().and_then(playback))
        .or_else(|| error.downcast_ref().and_then(podcast))
        .or_else(|| error.downcast_ref().and_then(cover))
        .or_else(|| error.downcast_ref().and_then(lost))
        .or_else(|| error.downcast_ref().and_then(warning))
        .or_else(|| error.downcast_ref().and_then(lexicon))
        .or_else(|| error.downcast_ref().copied().and_then(entry))
        .or_else(|| error.downcast_ref().copied().and_then(pls))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

fn source(error: &SourceError) -> Option<String> {
    use SourceError as E;
    Some(match error {
        E::NoSuchInput { given, .. } => t!("source-no-such-input", given = given),
        E::Scheme { scheme } => t!("source-scheme", scheme = scheme),
        E::Address { given, .. } => t!("source-address", given = given),
        E::File { path, .. } => t!("source-file", path = name(path)),
        E::Directory { path } => t!("source-directory", path = name(path)),
        E::Stdin { .. } => t!("source-stdin"),
        E::TooLarge { limit } => t!("source-too-large", limit = limit / (1024 * 1024)),
        E::Foreign { found } => t!("source-foreign", found = foreign(found)),
        E::Archive => t!("source-archive"),
        E::Empty => t!("source-empty"),
        E::Client { .. } => t!("source-client"),
        E::Dns { host, .. } => t!("source-dns", host = host),
        E::Refused { host, .. } => t!("source-refused", host = host),
        E::Connect { host, .. } => t!("source-connect", host = host),
        E::Tls { host, .. } => t!("source-tls", host = host),
        E::Timeout { host, seconds } => t!("source-timeout", host = host, seconds = seconds),
        E::Redirects { host } => t!("source-redirects", host = host, most = MAX_REDIRECTS),
        E::NotFound { host, status } => t!("source-not-found", host = host, status = status),
        E::Forbidden { host, status } => t!("source-forbidden", host = host, status = status),
        E::RateLimited { host, .. } => t!("source-rate-limited", host = host),
        E::Server { host, status } => t!("source-server", host = host, status = status),
        E::Status { host, status } => t!("source-status", host = host, status = status),
        E::Disallowed { url } => t!("source-disallowed", url = url.as_str()),
        E::Feed { .. } => t!("source-feed"),
        E::Transfer { host, .. } => t!("source-transfer", host = host),
        _ => return None,
    })
}

fn foreign(found: &Foreign) -> String {
    match found {
        Foreign::Pdf => t!("foreign-pdf"),
        Foreign::Image(kind) => t!("foreign-image", kind = kind),
        Foreign::Audio(kind) => t!("foreign-audio", kind = kind),
        Foreign::Video(kind) => t!("foreign-video", kind = kind),
        Foreign::Other(kind) => t!("foreign-other", kind = kind),
        Foreign::Binary => t!("foreign-binary"),
        other => other.to_string(),
    }
}

fn clipboard(error: &ClipboardError) -> Option<String> {
    use ClipboardError as E;
    Some(match error {
        E::NotBuiltIn => t!("clipboard-not-built-in"),
        E::Unavailable { reason } => t!("clipboard-unavailable", reason = reason),
        E::Empty => t!("clipboard-empty"),
        _ => return None,
    })
}

fn extract(error: &ExtractError) -> Option<String> {
    use ExtractError as E;
    Some(match error {
        E::NoArticle => t!("extract-no-article"),
        E::Paywall { shown } => t!("extract-paywall", shown = shown),
        E::ConsentWall => t!("extract-consent-wall"),
        E::ErrorPage => t!("extract-error-page"),
        E::Index => t!("extract-index"),
        E::Video => t!("extract-video"),
        E::NeedsJavaScript => t!("extract-javascript"),
        E::Empty => t!("extract-empty"),
        _ => return None,
    })
}

fn synthesis(error: &SynthesisError) -> Option<String> {
    use SynthesisError as E;
    Some(match error {
        E::NoSuchVoice { id } => t!("synthesis-no-such-voice", id = id),
        E::NotInstalled { id } => t!("synthesis-not-installed", id = id),
        E::Piper(error) => return piper(error),
        E::Language {
            voice,
            speaks,
            text,
        } => {
            t!(
                "synthesis-language",
                voice = voice,
                speaks = speaks,
                text = text
            )
        }
        E::LiveOnly { id } => t!("synthesis-live-only", id = id),
        E::Pico(_) => t!("synthesis-pico"),
        E::System(error) => return system(error),
        E::NoEngine => t!("synthesis-no-engine"),
        E::MixedRates(one, other) => t!("synthesis-mixed-rates", one = one, other = other),
        E::WorkerDied { index } => t!("synthesis-worker-died", number = index + 1),
        _ => return None,
    })
}

fn piper(error: &PiperError) -> Option<String> {
    use PiperError as E;
    Some(match error {
        E::Read { path, .. } => t!("piper-read", path = name(path)),
        E::Folder { path, count } => t!("piper-folder", path = name(path), count = count),
        E::Config { path, .. } => t!("piper-config", path = name(path)),
        E::Model { path, .. } => t!("piper-model", path = name(path)),
        E::Espeak(error) => return espeak(error),
        E::OneSpeaker(count) => t!("piper-one-speaker", count = count),
        E::NoSuchSpeaker { name, known } => {
            t!("piper-no-such-speaker", name = name, known = known)
        }
        E::Endless => t!("piper-endless"),
        _ => return None,
    })
}

fn espeak(error: &EspeakError) -> Option<String> {
    use EspeakError as E;
    Some(match error {
        E::Missing => t!("espeak-missing"),
        E::Foreign(library) => t!("espeak-foreign", library = library),
        E::Data => t!("espeak-data"),
        E::Voice(voice) => t!("espeak-voice", voice = voice),
        _ => return None,
    })
}

fn runtime(error: &RuntimeError) -> Option<String> {
    use RuntimeError as E;
    Some(match error {
        E::Missing(_) => t!("runtime-missing"),
        E::Load(_) => t!("runtime-load"),
        E::Foreign(how) => t!("runtime-foreign", how = mismatch(how)),
        E::Run(_) => t!("runtime-run"),
        E::Broken { reason } => t!("runtime-broken", reason = reason),
        E::Died(how) => t!("runtime-died", how = how),
        E::Slow(seconds) => t!("runtime-slow", seconds = seconds),
        _ => return None,
    })
}

fn outline(error: &OutlineError) -> Option<String> {
    use OutlineError as E;
    Some(match error {
        E::Read(_) => t!("outline-read"),
        E::Foreign => t!("outline-foreign"),
        E::CutOff => t!("outline-cut-off"),
        E::TooMany(_) => t!("outline-too-many"),
        E::Deep => t!("outline-deep"),
        E::Tensor => t!("outline-tensor"),
        E::Unusual(what) => t!("outline-unusual", what = what),
        _ => return None,
    })
}

fn mismatch(how: &Mismatch) -> String {
    use Mismatch as E;
    match how {
        E::MissingInput(input) => t!("mismatch-missing-input", input = *input),
        E::ForeignInput(input) => t!("mismatch-foreign-input", input = input),
        E::NoOutput => t!("mismatch-no-output"),
        E::Output => t!("mismatch-output"),
        other => other.to_string(),
    }
}

fn voice_config(error: &ConfigError) -> Option<String> {
    use ConfigError as E;
    Some(match error {
        E::TooLarge => t!("voice-config-too-large"),
        E::Json(_) => t!("voice-config-json"),
        E::Fault(fault) => return config_fault(fault),
        _ => return None,
    })
}

fn config_fault(fault: &ConfigFault) -> Option<String> {
    use ConfigFault as E;
    Some(match fault {
        E::SampleRate(rate) => t!("voice-config-rate", rate = rate),
        E::PhonemeType(kind) => t!("voice-config-phoneme-type", kind = kind),
        E::EspeakVoice(voice) => t!("voice-config-espeak-voice", voice = voice),
        E::MissingPhoneme(phoneme) => t!("voice-config-missing-phoneme", phoneme = *phoneme),
        E::PhonemeIds(phoneme) => t!("voice-config-phoneme-ids", phoneme = phoneme),
        E::TooMany(what) => t!("voice-config-too-many", what = *what),
        E::Speakers(count) => t!("voice-config-speakers", count = count),
        E::Scale { name, value } => t!("voice-config-scale", name = *name, value = value),
        _ => return None,
    })
}

fn store(error: &StoreError) -> Option<String> {
    use StoreError as E;
    Some(match error {
        E::NoDirectory => t!("store-no-directory"),
        E::NotOffered(id) => t!("store-not-offered", id = id),
        E::NotInstalled(id) => t!("store-not-installed", id = id),
        E::Busy => t!("store-busy"),
        E::Address(given) => t!("store-address", given = given),
        E::Fetch { name, .. } => t!("store-fetch", file = name),
        E::Read { path, .. } => t!("store-read", path = name(path)),
        E::NotThere { name: file, place } => {
            t!("store-not-there", file = file, place = name(place))
        }
        E::Write { path, .. } => t!("store-write", path = name(path)),
        E::Size {
            name,
            bytes,
            expected,
        } => t!(
            "store-size",
            file = name,
            bytes = bytes,
            expected = expected
        ),
        E::Md5 { name } => t!("store-md5", file = name),
        _ => return None,
    })
}

fn service() -> String {
    if cfg!(target_os = "linux") {
        "Speech Dispatcher".to_owned()
    } else {
        t!("system-service")
    }
}

fn system(error: &SystemVoiceError) -> Option<String> {
    use SystemVoiceError as E;
    Some(match error {
        E::NotBuiltIn => t!("system-not-built-in"),
        E::Unavailable { reason } => {
            t!("system-unavailable", service = service(), reason = reason)
        }
        E::TimedOut { .. } => t!("system-timed-out", service = service()),
        E::NoSuchVoice { name } => t!("system-no-such-voice", service = service(), name = name),
        E::NoVoiceForLanguage { language } => {
            t!(
                "system-no-voice-for-language",
                service = service(),
                language = language
            )
        }
        E::Failed { reason, .. } => t!("system-failed", service = service(), reason = reason),
        _ => return None,
    })
}

fn load(error: &LoadError) -> Option<String> {
    Some(match error {
        LoadError::TemporaryFile(_) => t!("load-temporary-file"),
        LoadError::TemporaryPath => t!("load-temporary-path"),
        LoadError::Pico(reason) => reason.clone(),
        _ => return None,
    })
}

fn output(error: &OutputError) -> Option<String> {
    use OutputError as E;
    Some(match error {
        E::Create { path, .. } => t!("output-create", path = name(path)),
        E::IsDirectory { path } => t!("output-is-directory", path = name(path)),
        E::DiskFull { path, .. } => t!("output-disk-full", path = name(path)),
        E::Write { path, .. } => t!("output-write", path = name(path)),
        E::BrokenPipe => t!("output-broken-pipe"),
        E::RateMismatch { file, sound } => t!("output-rate-mismatch", file = file, sound = sound),
        E::Silent => t!("output-silent"),
        E::Lost { more, .. } => t!("output-lost", places = more + 1),
        E::Stopped => t!("output-stopped"),
        E::Synthesis(error) => return synthesis(error),
        _ => return None,
    })
}

fn playback(error: &PlaybackError) -> Option<String> {
    use PlaybackError as E;
    Some(match error {
        E::NotBuiltIn => t!("playback-not-built-in"),
        E::NoDevice { reason } => t!("playback-no-device", reason = reason),
        E::DeviceLost { reason } => t!("playback-device-lost", reason = reason),
        E::NoSuchDevice { name, near } if near.is_empty() => {
            t!("playback-no-such-device", name = name)
        }
        E::NoSuchDevice { name, near } => {
            let near = near.join(", ");
            t!("playback-no-such-device-near", name = name, near = near)
        }
        E::AmbiguousDevice { name, same } => {
            t!(
                "playback-ambiguous-device",
                name = name,
                same = same.join(", ")
            )
        }
        E::Synthesis(error) => return synthesis(error),
        _ => return None,
    })
}

fn podcast(error: &PodcastError) -> Option<String> {
    use PodcastError as E;
    Some(match error {
        E::NotAPodcast { path } => t!("podcast-not-one", path = name(path)),
        E::Occupied { path } => t!("podcast-occupied", path = name(path)),
        E::Read { path, .. } => t!("podcast-read", path = name(path)),
        E::Lock { path, .. } => t!("podcast-lock", path = name(path)),
        E::Remove { path, .. } => t!("podcast-remove", path = name(path)),
        E::Episode { path, .. } => t!("podcast-episode", path = name(path)),
        E::Settings { path, .. } => t!("podcast-settings", path = name(path)),
        E::NoSuchEpisode { name } => t!("podcast-no-such-episode", name = name),
        E::Feed { .. } => t!("podcast-feed"),
        E::Output(error) => return output(error),
        _ => return None,
    })
}

fn cover(error: &CoverError) -> Option<String> {
    use CoverError as E;
    Some(match error {
        E::Format => t!("cover-format"),
        E::Bytes => t!("cover-bytes", most = MOST_BYTES >> 20),
        E::Pixels { width, height } => t!(
            "cover-pixels",
            width = width,
            height = height,
            least = SHORTEST_SIDE,
            most = LONGEST_SIDE
        ),
        E::Show { width, height } => t!(
            "cover-show",
            width = width,
            height = height,
            least = SHOW_SHORTEST,
            most = SHOW_LONGEST
        ),
        _ => return None,
    })
}

fn lost(lost: &Lost) -> Option<String> {
    use Lost as E;
    Some(match lost {
        E::Unscripted { text, .. } => t!("lost-unscripted", text = text),
        E::Silent { number, text } => t!("lost-silent", number = number, text = text),
        E::Implausible {
            number,
            text,
            seconds,
        } => t!(
            "lost-implausible",
            number = number,
            text = text,
            seconds = self::number(*seconds, 2)
        ),
        E::OutOfOrder {
            number,
            text,
            start,
        } => t!(
            "lost-out-of-order",
            number = number,
            text = text,
            start = self::number(*start, 3)
        ),
        E::Count { utterances, spoken } => {
            t!("lost-count", utterances = utterances, spoken = spoken)
        }
        E::Length { audio, timing } => t!(
            "lost-length",
            audio = self::number(*audio, 3),
            timing = self::number(*timing, 3)
        ),
        _ => return None,
    })
}

fn warning(warning: &Warning) -> Option<String> {
    Some(match warning {
        Warning::Skipped { text, reason } => t!("warning-skipped", text = text, reason = reason),
        Warning::Silent { text } => t!("warning-silent", text = text),
        Warning::Unknown { sounds } => t!("warning-unknown", sounds = sounds),
        _ => return None,
    })
}

fn lexicon(error: &LexiconError) -> Option<String> {
    use LexiconError as E;
    Some(match error {
        E::Read { path, .. } => t!("lexicon-read", path = name(path)),
        E::TooLarge { path } => t!(
            "lexicon-too-large",
            path = name(path),
            most = MAX_FILE >> 20
        ),
        E::Write { path, .. } => t!("lexicon-write", path = name(path)),
        E::Toml { line, .. } => t!("lexicon-toml", line = line),
        E::UnknownKey { line, key } => t!("lexicon-unknown-key", line = line, key = key),
        E::Entry { line, word, .. } => t!("lexicon-entry", line = line, word = word),
        E::Xml { line, .. } => t!("lexicon-xml", line = line),
        E::Pls { line, fault } => {
            t!("lexicon-pls", line = line, fault = words(fault))
        }
        _ => return None,
    })
}

fn entry(fault: EntryFault) -> Option<String> {
    use EntryFault as E;
    Some(match fault {
        E::EmptyWord => t!("entry-empty-word"),
        E::EmptySpoken => t!("entry-empty-spoken"),
        E::TooLong => t!("entry-too-long"),
        E::Unspeakable => t!("entry-unspeakable"),
        E::Form => t!("entry-form"),
        E::UnknownField => t!("entry-unknown-field"),
        E::TooMany => t!("entry-too-many", most = MAX_ENTRIES),
        _ => return None,
    })
}

fn pls(fault: PlsFault) -> Option<String> {
    use PlsFault as E;
    Some(match fault {
        E::NotPls => t!("pls-not-pls"),
        E::DocumentType => t!("pls-document-type"),
        E::Entity => t!("pls-entity"),
        E::TooMany => t!("pls-too-many", most = MAX_ENTRIES, size = MAX_FILE >> 20),
        E::Unclosed => t!("pls-unclosed"),
        _ => return None,
    })
}

fn german_hint(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<OutputError>() {
        return Some(match error {
            OutputError::Create { .. } => t!("hint-output-create"),
            OutputError::IsDirectory { .. } => t!("hint-output-is-directory"),
            OutputError::DiskFull { .. } => t!("hint-output-disk-full"),
            OutputError::Silent => t!("hint-output-silent"),
            OutputError::Lost { .. } => t!("hint-output-lost"),
            OutputError::Synthesis(error) => return german_hint(error),
            _ => return None,
        });
    }
    if let Some(error) = error.downcast_ref::<PlaybackError>() {
        return Some(match error {
            PlaybackError::NotBuiltIn => t!("hint-playback-not-built-in"),
            PlaybackError::NoDevice { .. } | PlaybackError::DeviceLost { .. } => {
                t!("hint-playback-device")
            }
            PlaybackError::NoSuchDevice { .. } => t!("hint-playback-no-such-device"),
            PlaybackError::AmbiguousDevice { .. } => t!("hint-playback-ambiguous-device"),
            PlaybackError::Synthesis(error) => return german_hint(error),
            _ => return None,
        });
    }
    if let Some(error) = error.downcast_ref::<PodcastError>() {
        return Some(match error {
            PodcastError::NotAPodcast { .. } => t!("hint-podcast-not-one"),
            PodcastError::Occupied { .. } => t!("hint-podcast-occupied"),
            PodcastError::NoSuchEpisode { .. } => t!("hint-podcast-no-such-episode"),
            PodcastError::Episode { .. } => t!("hint-podcast-episode"),
            PodcastError::Settings { .. } => t!("hint-podcast-settings"),
            PodcastError::Output(error) => return german_hint(error),
            _ => return None,
        });
    }
    if let Some(error) = error.downcast_ref::<StoreError>() {
        return Some(match error {
            StoreError::NotOffered(_) => t!("hint-store-not-offered"),
            StoreError::NotInstalled(_) => t!("hint-store-not-installed"),
            StoreError::Busy => t!("hint-store-busy"),
            StoreError::Address(_) => t!("hint-store-address"),
            StoreError::NotThere { .. } => t!("hint-store-not-there"),
            StoreError::Size { .. } | StoreError::Md5 { .. } => t!("hint-store-again"),
            _ => return None,
        });
    }
    Some(match error.downcast_ref::<SynthesisError>()? {
        SynthesisError::Piper(error) => match error {
            PiperError::Folder { .. } => t!("hint-piper-folder"),
            PiperError::Model {
                source: RuntimeError::Missing(_),
                ..
            } => t!("hint-piper-runtime"),
            PiperError::Config { .. }
            | PiperError::Model { .. }
            | PiperError::OneSpeaker(_)
            | PiperError::Endless => t!("hint-piper-again"),
            PiperError::Espeak(EspeakError::Voice(_)) => t!("hint-piper-newer-espeak"),
            PiperError::Espeak(_) => t!("hint-piper-espeak"),
            _ => return None,
        },
        SynthesisError::Language { .. } => t!("hint-synthesis-language"),
        SynthesisError::LiveOnly { .. } => t!("hint-synthesis-live-only"),
        SynthesisError::Pico(_) => t!("hint-synthesis-pico"),
        SynthesisError::System(error) => match error {
            SystemVoiceError::NotBuiltIn => t!("hint-system-not-built-in"),
            SystemVoiceError::Unavailable { .. } | SystemVoiceError::TimedOut { .. }
                if cfg!(target_os = "linux") =>
            {
                t!("hint-system-unavailable")
            }
            SystemVoiceError::NoSuchVoice { .. } => t!("hint-system-no-such-voice"),
            SystemVoiceError::NoVoiceForLanguage { .. } if cfg!(target_os = "linux") => {
                t!("hint-system-no-voice-for-language")
            }
            _ => return None,
        },
        _ => return None,
    })
}
